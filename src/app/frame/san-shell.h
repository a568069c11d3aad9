/* san-shell.h - the frame around the pages of one login: header, sidebar, strips, toasts, jobs */
#pragma once
#include "san-page.h"
G_BEGIN_DECLS

#define SAN_TYPE_SHELL (san_shell_get_type ())
G_DECLARE_FINAL_TYPE (SanShell, san_shell, SAN, SHELL, GtkWidget)

GtkWidget     *san_shell_new       (SanDesk *desk);                    /* the desk is open */
void           san_shell_begin     (SanShell *self);             /* at the first page of her role */
void           san_shell_take_way  (SanShell *self, GPtrArray *way /* (transfer full) SanStop */);
/* with each page's view; pages are left (drafts kept) */
GPtrArray     *san_shell_dup_way   (SanShell *self);
const SanId16 *san_shell_get_staff (SanShell *self);
/* (transfer none) (nullable): the one that is shown */
SanPage       *san_shell_get_page  (SanShell *self);
void           san_shell_go        (SanShell *self, const SanStop *stop);
gboolean       san_shell_may_go    (SanShell *self, const char *page);  /* her role has it */
void           san_shell_go_nth    (SanShell *self, guint n /* from 1 */);
void           san_shell_back      (SanShell *self);
void           san_shell_act       (SanShell *self, const char *act);

G_END_DECLS
