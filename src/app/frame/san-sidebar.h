/* san-sidebar.h - the pages of her role, and who is using it, whether it is saved */
#pragma once
#include "san-desk.h"
G_BEGIN_DECLS
#define SAN_TYPE_SIDEBAR (san_sidebar_get_type ())
G_DECLARE_FINAL_TYPE (SanSidebar, san_sidebar, SAN, SIDEBAR, GtkWidget)
void        san_sidebar_set_desk (SanSidebar *self, SanDesk *desk);
/* a page that has no row leaves the selection */
void        san_sidebar_select   (SanSidebar *self, const char *page);
/* (nullable) name of a page */
const char *san_sidebar_get_nth  (SanSidebar *self, guint n /* from 1 */);
/* hers; a page without a row is everybody's */
gboolean    san_sidebar_has      (SanSidebar *self, const char *page);
/* (nullable) "Saved 10:42" */
void        san_sidebar_set_kept (SanSidebar *self, const char *sentence);
/* what toast or strip said, for 60 s; NULL: it is over */
void        san_sidebar_say      (SanSidebar *self, const char *sentence);
void        san_sidebar_refresh  (SanSidebar *self);                   /* counts beside the pages */
G_END_DECLS
