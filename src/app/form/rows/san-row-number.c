/* san-row-number.c - a number, with its unit beside it */
#include "san-row-kinds.h"
#include "san-answer.h"
#include "san-i18n.h"
#include "san-line.h"

/* Units as the form's data names them, in her language. */
static const char *
unit_word (const char *unit)
{
  static const struct { const char *unit, *word;
  } words[] = {
    { "years", N_("years") }, { "months", N_("months") },   { "days", N_("days") },
    { "hours", N_("hours") }, { "minutes", N_("minutes") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_equal (words[i].unit, unit))
      return _(words[i].word);
  return unit;
}

static GtkWidget *
make (SanFormRow *row)
{
  const SanField *field = san_form_row_get_field (row);
  GtkWidget *box = san_line_new (6);
  GtkWidget *entry = san_row_make_entry (row);

  gtk_widget_set_hexpand (entry, FALSE);
  gtk_widget_set_valign (entry, GTK_ALIGN_CENTER);
  gtk_editable_set_width_chars (GTK_EDITABLE (entry), 8);
  gtk_entry_set_input_purpose (GTK_ENTRY (entry), GTK_INPUT_PURPOSE_NUMBER);
  gtk_widget_add_css_class (entry, "numeric");
  gtk_box_append (GTK_BOX (box), entry);
  if (field->unit != NULL)
    gtk_box_append (GTK_BOX (box), g_object_new (GTK_TYPE_LABEL, "label", unit_word (field->unit),
                                                 "valign", GTK_ALIGN_CENTER, NULL));
  return box;
}

/* The number alone: its unit stands beside the entry. */
static void
show (SanFormRow *row, GtkWidget *input)
{
  GtkEditable *entry = GTK_EDITABLE (gtk_widget_get_first_child (input));
  SanAnswers *answers = san_form_row_get_answers (row);
  const char *typed = san_answers_get_text (answers, san_form_row_get_name (row));
  SanValue *value = san_answers_get_value (answers, san_form_row_get_name (row));
  g_autofree char *number = value != NULL && san_value_get_type (value) != SAN_VALUE_NO_ANSWER
                              ? san_answer_to_plain (value)
                              : NULL;
  const char *text = typed != NULL ? typed : number != NULL ? number : "";

  if (g_strcmp0 (gtk_editable_get_text (entry), text) != 0)
    gtk_editable_set_text (entry, text);
}

const SanRowKind san_row_number = { make, show };
