/* san-form-blank.h - what nobody answered on a sheet that is closed: one quiet line instead of a
 * dash under each question */
#pragma once
#include "san-form-row.h"
G_BEGIN_DECLS

#define SAN_TYPE_FORM_BLANK (san_form_blank_get_type ())
G_DECLARE_FINAL_TYPE (SanFormBlank, san_form_blank, SAN, FORM_BLANK, GtkWidget)

/* Signal: "toggled" (she wants to see them, or no more). */
GtkWidget *san_form_blank_new       (void);
/* FALSE: they are left out */
gboolean   san_form_blank_are_shown (SanFormBlank *self);
/* How many there are; of 0 nothing is said. */
void       san_form_blank_set_count (SanFormBlank *self, guint n);
/* Nothing stands there that she may read, and nothing waits to be decided. */
gboolean   san_form_blank_is        (SanFormRow *row);
/* Whether one of the children of @box is visible that is a question, or holds some. */
gboolean   san_form_blank_has_others (GtkWidget *box);

G_END_DECLS
