/* san-share-rows.h - the questions answered before a child is shared, as a form asks them */
#pragma once
#include "san-form-row.h"
G_BEGIN_DECLS

#define SAN_TYPE_SHARE_ROWS (san_share_rows_get_type ())
G_DECLARE_FINAL_TYPE (SanShareRows, san_share_rows, SAN, SHARE_ROWS, GtkWidget)

/* Signal: "answered". */
GtkWidget  *san_share_rows_new         (SanAnswers *answers /* borrowed, outlives it */);
SanFormRow *san_share_rows_find        (SanShareRows *self, const char *field);     /* (nullable) */
SanFormRow *san_share_rows_get_focused (SanShareRows *self);    /* (nullable): where she was last */
/* What keeps the share from being signed: a line for each question into @box, which is emptied.
 * %TRUE: nothing. */
gboolean    san_share_rows_say_open    (SanAnswers *answers, GtkWidget *box);

G_END_DECLS
