/* san-form-mark.h - a run of questions of which the same is said instead of an answer */
#pragma once
#include "san-form-row.h"
G_BEGIN_DECLS

/* Of those in @box. @letter: of san-field-menu.h: 'u', 'r', 'a' for what is still blank; 'c' takes
 * such an answer back where there is one. */
void san_form_mark_rows (GPtrArray *rows /* SanFormRow */, GtkWidget *box, char letter);

G_END_DECLS
