/* san-row-record.c - another record of the same child, by its form and its day */
#include "san-row-kinds.h"
#include "san-day-words.h"

static void
picked_cb (SanFormRow *row, const char *code)
{
  g_autoptr(SanValue) value = NULL;
  SanId16 id;

  if (*code != '\0' && san_id16_from_text (code, &id, NULL))
    value = san_value_new_record (&id);
  san_form_row_take_value (row, value);
}

static gboolean
is_wanted (const SanField *field, const char *form)
{
  g_auto(GStrv) names = g_strsplit (field->names != NULL ? field->names : "any", " ", -1);

  return g_strv_contains ((const char *const *) names, form) ||
         g_strv_contains ((const char *const *) names, "any");
}

static char *
words_of (SanFormRow *row, const SanSheet *sheet, const SanFactRecord *record)
{
  const SanForm *form = san_catalogue_find_form (san_fact_set_get_catalogue (sheet->facts),
                                                 record->form);
  g_autofree char *day = NULL;
  SanMoment moment;

  day = san_words_day (san_fact_set_get_moment (sheet->facts, &record->record, &moment)
                         ? moment.first
                         : record->written.ms,
                       san_clock_now ());
  return g_strdup_printf (
    "%s · %s",
    form != NULL
      ? san_label_get (form->label, san_answers_get_language (san_form_row_get_answers (row)))
      : record->form,
    day);
}

static GtkWidget *
make (SanFormRow *row)
{
  const SanSheet *sheet = san_answers_get_sheet (san_form_row_get_answers (row));
  g_autoptr(GPtrArray) records = san_fact_set_list_records (sheet->facts, NULL, NULL);
  g_autoptr(GPtrArray) labels = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GPtrArray) codes = g_ptr_array_new_with_free_func (g_free);

  for (guint i = records->len; i > 0; i--)
    {
      const SanFactRecord *record = records->pdata[i - 1];

      if (!is_wanted (san_form_row_get_field (row), record->form) ||
          san_id16_equal (&record->record, &sheet->record))
        continue;
      g_ptr_array_add (labels, words_of (row, sheet, record));
      g_ptr_array_add (codes, san_id16_to_text (&record->record));
    }
  return san_row_make_list (row, labels, codes, picked_cb);
}

static void
show (SanFormRow *row, GtkWidget *input)
{
  SanValue *value = san_answers_get_value (san_form_row_get_answers (row),
                                           san_form_row_get_name (row));
  g_autofree char *code = NULL;
  SanId16 id;

  if (value != NULL && san_value_get_record (value, &id))
    code = san_id16_to_text (&id);
  san_row_set_list (input, code);
}

const SanRowKind san_row_record = { make, show };
