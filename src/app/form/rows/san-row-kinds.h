/* san-row-kinds.h - how each type of field is answered: one file a type, one table */
#pragma once
#include "san-form-row.h"
G_BEGIN_DECLS

typedef struct
{
  GtkWidget *(*make) (SanFormRow *row);                       /* the widget that takes the answer */
  void       (*show) (SanFormRow *row, GtkWidget *input);       /* the answer came from elsewhere */
} SanRowKind;

extern const SanRowKind san_row_text, san_row_long, san_row_number, san_row_yes_no, san_row_choice,
    san_row_choices, san_row_date, san_row_instant, san_row_person, san_row_child, san_row_record,
    san_row_attachment, san_row_signature;

/* (nullable): the place of a row has none */
const SanRowKind *san_row_kind_get      (SanFieldType type);
/* Why it was not understood, and how it would be: a sentence of her language. */
char             *san_row_problem_words (const SanField *field);

/* A field for one line with what every row's has: no emoji, nothing learned by input methods. */
GtkWidget        *san_row_make_entry    (SanFormRow *row);
/* Buttons of which one or several are pressed: digits pick, arrows move, one stop for Tab. */
typedef void    (*SanRowPicked)         (SanFormRow *row, const char *code);
GtkWidget        *san_row_make_buttons  (SanFormRow *row, gboolean one_only, SanRowPicked picked);
void              san_row_add_button    (GtkWidget *buttons, const char *code, const char *label);
/* The same, larger, with a picture above its word. */
void              san_row_add_picture   (GtkWidget *buttons, const char *code, const char *label,
                                         const char *icon);
void              san_row_press_buttons (GtkWidget *buttons,
                                         const char *const *codes /* nullable */);
gboolean          san_row_has_button    (GtkWidget *buttons, const char *code);
/* A list to choose from, with a search; before the first of @labels (element-type utf8) stands that
 * none is chosen, with the code "". */
GtkWidget        *san_row_make_list     (SanFormRow *row, GPtrArray *labels, GPtrArray *codes,
                                         SanRowPicked picked);
void              san_row_set_list      (GtkWidget *list, const char *code /* nullable */);
/* A button that opens the file which is attached, and whether one is. */
GtkWidget        *san_row_make_look     (SanFormRow *row);
gboolean          san_row_has_paper     (SanFormRow *row);

G_END_DECLS
