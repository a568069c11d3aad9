/* san-form-withdraw.h - taking a record back: the reason first, then the question */
#pragma once
#include "san-form-work.h"
G_BEGIN_DECLS

/* A strip that shows itself by san_form_withdraw_open(), or at once where @work has a reason that
 * was typed before. */
GtkWidget *san_form_withdraw_new        (GtkWidget *over /* borrowed: the page */,
                                         SanFormWork *work /* borrowed, outlives it */);
void       san_form_withdraw_open       (GtkWidget *strip);
/* @cursor: (out): the letters before it */
gboolean   san_form_withdraw_is_focused (GtkWidget *strip, guint *cursor);
/* FALSE: it is folded */
gboolean   san_form_withdraw_focus      (GtkWidget *strip, guint cursor);

G_END_DECLS
