/* san-share-what.h - which parts of a child's file another centre may read, and what that means */
#pragma once
#include "san-answers.h"
#include <gtk/gtk.h>
G_BEGIN_DECLS

#define SAN_TYPE_SHARE_WHAT (san_share_what_get_type ())
G_DECLARE_FINAL_TYPE (SanShareWhat, san_share_what, SAN, SHARE_WHAT, GtkWidget)

/* Signal: "chosen". @reads: bit c: she reads compartment c herself. */
GtkWidget *san_share_what_new          (guint reads);
guint      san_share_what_get_mask     (SanShareWhat *self);            /* the house always */
gboolean   san_share_what_is_read_only (SanShareWhat *self);
gboolean   san_share_what_has_history  (SanShareWhat *self);
/* As the answers of the form of the note have it; what they do not answer stays. */
void       san_share_what_show         (SanShareWhat *self, SanAnswers *answers);
SanValue  *san_share_what_dup_parts    (SanShareWhat *self);            /* as an answer there */
/* In sentences, into @box, which is emptied. @partner: its label. */
void       san_share_what_say          (SanShareWhat *self, const char *partner, GtkWidget *box);

G_END_DECLS
