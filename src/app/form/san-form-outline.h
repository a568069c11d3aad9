/* san-form-outline.h - the sections of a form beside its questions: answered of asked, and a dot
 * where something is still needed for print */
#pragma once
#include "san-answers.h"
#include <gtk/gtk.h>
G_BEGIN_DECLS

#define SAN_TYPE_FORM_OUTLINE (san_form_outline_get_type ())
G_DECLARE_FINAL_TYPE (SanFormOutline, san_form_outline, SAN, FORM_OUTLINE, GtkWidget)

/* Signals: "section" (const SanSection*: pressed), "next-open" (the next one missing for print),
 * "mark" (const SanSection*, char: a letter of san-field-menu.h for all its questions). */
GtkWidget *san_form_outline_new   (SanAnswers *answers /* borrowed, outlives it */);
void       san_form_outline_add   (SanFormOutline *self, const SanSection *section);
/* Counts anew, and shows or hides its line. */
void       san_form_outline_show  (SanFormOutline *self, const SanSection *section,
                                   gboolean is_shown);
/* F2: what can be said of all blank questions of the section that has the focus; FALSE: none
 * has. */
gboolean   san_form_outline_open_menu (SanFormOutline *self);
/* How many answers print still needs, of all sections. */
void       san_form_outline_show_open (SanFormOutline *self);

G_END_DECLS
