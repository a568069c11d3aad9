/* san-form-beside.h - lines that stand beside an answer: who reads it, what stood there before */
#pragma once
#include "san-answers.h"
#include <gtk/gtk.h>
G_BEGIN_DECLS

/* wraps */
GtkWidget *san_form_beside_label       (const char *text, const char *css /* (nullable) */);
GtkWidget *san_form_beside_line        (const char *icon, const char *text, const char *css);
/* (nullable): those who read the form */
GtkWidget *san_form_beside_readers     (const SanSheet *sheet, const SanField *field);
char      *san_form_beside_dup_version (SanAnswers *answers, const SanField *field,
                                        const SanFieldVersion *version);
/* @box is emptied; @versions: SanFieldVersion, (nullable): nothing stood there. */
void       san_form_beside_fill_history (GtkBox *box, SanAnswers *answers, const SanField *field,
                                         GPtrArray *versions);

G_END_DECLS
