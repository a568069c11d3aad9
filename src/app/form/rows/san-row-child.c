/* san-row-child.c - a child of the house, by alias and bed */
#include "san-row-kinds.h"
#include "san-child-tag.h"

static void
picked_cb (SanFormRow *row, const char *code)
{
  g_autoptr(SanValue) value = NULL;
  SanId32 id;

  if (*code != '\0' && san_id32_from_text (code, &id, NULL))
    value = san_value_new_id (&id);
  san_form_row_take_value (row, value);
}

static GtkWidget *
make (SanFormRow *row)
{
  const SanSheet *sheet = san_answers_get_sheet (san_form_row_get_answers (row));
  g_autoptr(GPtrArray) labels = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GPtrArray) codes = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; sheet->children != NULL && i < sheet->children->len; i++)
    {
      const SanChildRow *child = sheet->children->pdata[i];

      g_ptr_array_add (labels, san_child_tag_dup_words (child->alias, child->bed));
      g_ptr_array_add (codes, san_id32_to_text (&child->id));
    }
  return san_row_make_list (row, labels, codes, picked_cb);
}

static void
show (SanFormRow *row, GtkWidget *input)
{
  SanValue *value = san_answers_get_value (san_form_row_get_answers (row),
                                           san_form_row_get_name (row));
  g_autofree char *code = NULL;
  SanId32 id;

  if (value != NULL && san_value_get_id (value, &id))
    code = san_id32_to_text (&id);
  san_row_set_list (input, code);
}

const SanRowKind san_row_child = { make, show };
