/* san-form-mark.c - a run of questions of which the same is said instead of an answer */
#include "san-form-mark.h"
#include "san-field-menu.h"

static gboolean
is_concerned (SanFormRow *row, gboolean clear)
{
  SanAnswers *answers = san_form_row_get_answers (row);
  const char *name = san_form_row_get_name (row);
  const SanField *field = san_form_row_get_field (row);
  SanValue *value = san_answers_get_value (answers, name);

  if (field->type == SAN_FIELD_SIGNATURE || field->table != NULL ||
      !gtk_widget_get_visible (GTK_WIDGET (row)) || !san_answers_may_write (answers, field))
    return FALSE;
  if (clear)
    return value != NULL && san_value_get_type (value) == SAN_VALUE_NO_ANSWER;
  return value == NULL && san_answers_get_text (answers, name) == NULL &&
         san_answers_get_file (answers, name) == NULL;
}

void
san_form_mark_rows (GPtrArray *rows, GtkWidget *box, char letter)
{
  SanNoAnswer what = SAN_NO_ANSWER_NOT_ASKED;
  gboolean clear = !san_field_menu_no_answer (letter, &what);

  for (guint i = 0; i < rows->len; i++)
    if (gtk_widget_is_ancestor (rows->pdata[i], box) && is_concerned (rows->pdata[i], clear))
      {
        g_autoptr(SanValue) value = clear ? NULL : san_value_new_no_answer (what);

        san_form_row_take_value (rows->pdata[i], value);
      }
}
