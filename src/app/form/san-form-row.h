/* san-form-row.h - one question of a form: its words, its answer, and what stands beside it */
#pragma once
#include <gtk/gtk.h>
#include "san-answers.h"
G_BEGIN_DECLS

#define SAN_TYPE_FORM_ROW (san_form_row_get_type ())
G_DECLARE_FINAL_TYPE (SanFormRow, san_form_row, SAN, FORM_ROW, GtkWidget)

/* Signals: "answered" (the answer changed), "history" (she asks for it), "pick" (guint: version
 * from 1), "move-on" (the answer is complete: the next question, please). */
GtkWidget      *san_form_row_new          (SanAnswers *answers /* borrowed, outlives it */,
                                           const SanField *field, const char *name);
void            san_form_row_show         (SanFormRow *self);          /* the answer as it is now */
/* says what is not understood, if so */
void            san_form_row_mark         (SanFormRow *self);
void            san_form_row_show_problem (SanFormRow *self);       /* scrolls to its words */
gboolean        san_form_row_focus        (SanFormRow *self, int cursor);  /* cursor -1: as it is */
guint           san_form_row_get_cursor   (SanFormRow *self);
void            san_form_row_open_menu    (SanFormRow *self);                  /* F2 */
void            san_form_row_show_history (SanFormRow *self,
                                           GPtrArray *versions /* SanFieldVersion, borrowed */);
const SanField *san_form_row_get_field    (SanFormRow *self);
const char     *san_form_row_get_name     (SanFormRow *self);
SanAnswers     *san_form_row_get_answers  (SanFormRow *self);

/* For the kinds of rows. */
void            san_form_row_take_text    (SanFormRow *self, const char *text);
void            san_form_row_take_value   (SanFormRow *self, SanValue *value /* nullable: blank */);
void            san_form_row_take_file    (SanFormRow *self, const char *path);
void            san_form_row_move_on      (SanFormRow *self);
gboolean        san_form_row_is_showing   (SanFormRow *self);     /* what changes now is not hers */
/* The text of its answer: typed, else as it would be typed. (transfer full) */
char           *san_form_row_dup_plain    (SanFormRow *self);

G_END_DECLS
