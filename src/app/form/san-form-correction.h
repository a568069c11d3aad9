/* san-form-correction.h - where a correction of a closed record is typed */
#pragma once
#include "san-form-work.h"
G_BEGIN_DECLS

/* What is typed there goes to the work of the page. */
void     san_form_correction_set_up     (GtkTextView *text, GCallback typed, gpointer page);
void     san_form_correction_take       (GtkTextView *text, SanFormWork *work);
/* %FALSE: nothing is typed */
gboolean san_form_correction_show       (GtkTextView *text, SanFormWork *work);
gboolean san_form_correction_is_focused (GtkTextView *text, guint *cursor);
void     san_form_correction_focus      (GtkTextView *text, guint cursor);

G_END_DECLS
