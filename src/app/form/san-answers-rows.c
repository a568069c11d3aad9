/* san-answers-rows.c - rows of tables: added here, taken away, or lent by another form */
#include "san-answers-private.h"
#include <string.h>

static void
add_key (SanAnswers *self, const SanTable *table, const char *name, GHashTable *keys)
{
  char row[SAN_ROW_KEY_LENGTH + 1];
  const SanTable *found;
  const SanField *column;

  if (san_form_split_name (self->sheet->form, name, &found, row, &column) && found == table)
    g_hash_table_add (keys, g_strdup (row));
}

/* The newest record of the form that lends its rows. */
static gboolean
find_lender (SanAnswers *self, const SanTable *table, SanId16 *out)
{
  g_autoptr(GPtrArray) records = table->rows_form != NULL
                                   ? san_fact_set_list_records (self->sheet->facts,
                                                                table->rows_form, NULL)
                                   : NULL;

  if (records == NULL || records->len == 0)
    return FALSE;
  *out = ((const SanFactRecord *) records->pdata[records->len - 1])->record;
  return TRUE;
}

/* Keys of the rows that another form lends, in the order in which they stand there; NULL: none. */
static GPtrArray *
list_lent_keys (SanAnswers *self, const SanTable *table)
{
  SanId16 record;

  return find_lender (self, table, &record)
           ? san_fact_set_list_rows (self->sheet->facts, &record, table->rows_table) : NULL;
}

char *
san_answers_dup_row_words (SanAnswers *self, const SanTable *table, const char *row)
{
  const SanForm *form = table->rows_form != NULL
                          ? san_catalogue_find_form (self->catalogue, table->rows_form)
                          : NULL;
  const SanTable *lent = form != NULL ? san_form_find_table (form, table->rows_table) : NULL;
  g_autoptr(GString) words = g_string_new (NULL);
  SanId16 record;

  if (lent == NULL || !find_lender (self, table, &record))
    return NULL;
  for (guint c = 0; c < lent->n_columns; c++)
    {
      g_autofree char *name = san_form_make_name (lent, row, lent->columns[c]);
      const SanValue *value = san_fact_set_get_value (self->sheet->facts, &record, name);
      g_autofree char *text = value != NULL
                                ? san_answers_dup_display (self, lent->columns[c], value)
                                : NULL;

      if (text != NULL && *text != '\0')
        g_string_append_printf (words, "%s%s", words->len > 0 ? " · " : "", text);
    }
  return words->len > 0 ? g_string_free (g_steal_pointer (&words), FALSE) : NULL;
}

static gint64
place_of (SanAnswers *self, const SanTable *table, const char *row, gboolean *taken_away)
{
  g_autofree char *name = san_form_make_name (table, row, NULL);
  SanValue *value = san_answers_get_value (self, name);
  gint64 place = G_MAXINT64;

  *taken_away = FALSE;
  if (value == NULL)
    *taken_away = g_hash_table_contains (self->typed, name) ||
                  g_hash_table_contains (self->saved, name);
  else
    san_value_get_int (value, &place);
  return place;
}

typedef struct { SanAnswers *answers; const SanTable *table; GPtrArray *lent; } Sorting;

static guint
lent_place_of (const Sorting *self, const char *row)
{
  guint at = G_MAXUINT;

  if (self->lent != NULL)
    g_ptr_array_find_with_equal_func (self->lent, row, g_str_equal, &at);
  return at;
}

static int
compare_rows (gconstpointer a, gconstpointer b, gpointer data)
{
  const Sorting *sorting = data;
  const char *first = *(char *const *) a, *second = *(char *const *) b;
  gboolean away;
  gint64 one = place_of (sorting->answers, sorting->table, first, &away);
  gint64 two = place_of (sorting->answers, sorting->table, second, &away);
  guint lent_one = lent_place_of (sorting, first), lent_two = lent_place_of (sorting, second);

  if (one != two)
    return one < two ? -1 : 1;
  if (lent_one != lent_two)
    return lent_one < lent_two ? -1 : 1;
  return strcmp (first, second);
}

GPtrArray *
san_answers_list_rows (SanAnswers *self, const SanTable *table)
{
  g_autoptr(GHashTable) keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GPtrArray *rows = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GPtrArray) lent = list_lent_keys (self, table);
  Sorting sorting = { self, table, lent };
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, self->saved);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    add_key (self, table, key, keys);
  g_hash_table_iter_init (&iter, self->typed);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    add_key (self, table, key, keys);
  for (guint i = 0; lent != NULL && i < lent->len; i++)
    g_hash_table_add (keys, g_strdup (lent->pdata[i]));
  g_hash_table_iter_init (&iter, keys);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      gboolean away;

      place_of (self, table, key, &away);
      if (!away)
        g_ptr_array_add (rows, g_strdup (key));
    }
  g_ptr_array_sort_with_data (rows, compare_rows, &sorting);
  return rows;
}

char *
san_answers_add_row (SanAnswers *self, const SanTable *table)
{
  g_autoptr(GPtrArray) rows = san_answers_list_rows (self, table);
  char *row = san_row_key_new ();
  g_autofree char *name = san_form_make_name (table, row, NULL);
  g_autoptr(SanValue) place = NULL;
  gint64 last = 0;

  for (guint i = 0; i < rows->len; i++)
    {
      gboolean away;
      gint64 at = place_of (self, table, rows->pdata[i], &away);

      if (at != G_MAXINT64)
        last = MAX (last, at);
    }
  place = san_value_new_int (last + 1);
  san_answers_put (self, name, place, NULL, NULL);
  return row;
}

void
san_answers_remove_row (SanAnswers *self, const SanTable *table, const char *row)
{
  g_autofree char *name = san_form_make_name (table, row, NULL);

  for (guint c = 0; c < table->n_columns; c++)
    {
      g_autofree char *cell = san_form_make_name (table, row, table->columns[c]);

      g_hash_table_remove (self->typed, cell);         /* what is saved stays in the history */
    }
  if (g_hash_table_contains (self->saved, name))
    san_answers_put (self, name, NULL, NULL, NULL);
  else
    {
      g_hash_table_remove (self->typed, name);
      self->changes++;
    }
}
