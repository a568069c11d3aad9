/* san-form.c - finding one's way in a form: concrete field names, rows of tables, small names
 *
 * A concrete name is a field's id, a row's place `TABLE.ROW`, or a cell `TABLE.ROW.COLUMN`. */
#include "san-form.h"

#include <string.h>

static const struct
{
  const char *name;
  guint8      value_type;
} field_types[SAN_N_FIELD_TYPES] = {
  [SAN_FIELD_TEXT]       = { "text",       SAN_VALUE_TEXT },
  [SAN_FIELD_LONG]       = { "long",       SAN_VALUE_TEXT },
  [SAN_FIELD_WHOLE]      = { "whole",      SAN_VALUE_INT },
  [SAN_FIELD_DECIMAL]    = { "decimal",    SAN_VALUE_DECIMAL },
  [SAN_FIELD_YES_NO]     = { "yes-no",     SAN_VALUE_BOOL },
  [SAN_FIELD_CHOICE]     = { "choice",     SAN_VALUE_CODES },
  [SAN_FIELD_CHOICES]    = { "choices",    SAN_VALUE_CODES },
  [SAN_FIELD_DATE]       = { "date",       SAN_VALUE_DATE },
  [SAN_FIELD_INSTANT]    = { "instant",    SAN_VALUE_INSTANT },
  [SAN_FIELD_PERSON]     = { "person",     SAN_VALUE_ID },
  [SAN_FIELD_CHILD]      = { "child",      SAN_VALUE_ID },
  [SAN_FIELD_RECORD]     = { "record",     SAN_VALUE_ID },
  [SAN_FIELD_ATTACHMENT] = { "attachment", SAN_VALUE_ATTACHMENT },
  [SAN_FIELD_SIGNATURE]  = { "signature",  SAN_VALUE_CLEARED },
  [SAN_FIELD_ROW]        = { "row",        SAN_VALUE_INT },
};

const char *
san_field_type_get_name (SanFieldType type)
{
  return (guint) type < SAN_N_FIELD_TYPES ? field_types[type].name : "newer";
}

int
san_field_type_from_name (const char *name)
{
  for (guint i = 0; i < SAN_N_FIELD_TYPES; i++)
    if (g_strcmp0 (name, field_types[i].name) == 0)
      return (int) i;
  return -1;
}

guint8
san_field_type_get_value_type (SanFieldType type)
{
  return (guint) type < SAN_N_FIELD_TYPES ? field_types[type].value_type
                                          : (guint8) SAN_VALUE_CLEARED;
}

const char *
san_mark_get_name (SanMark mark)
{
  static const char * const names[] = { "V", "V-", "M", "o" };

  return (guint) mark < G_N_ELEMENTS (names) ? names[mark] : "o";
}

/* ---- rows ---- */

static gboolean
is_row_key (const char *text, gsize n)
{
  if (n != SAN_ROW_KEY_LENGTH || !g_ascii_islower (text[0]))
    return FALSE;
  for (gsize i = 1; i < n; i++)
    if (!g_ascii_islower (text[i]) && !g_ascii_isdigit (text[i]))
      return FALSE;
  return TRUE;
}

gboolean
san_row_key_is_valid (const char *text)
{
  return is_row_key (text, strlen (text));
}

/**
 * san_row_key_new:
 *
 * Random, so that rows added at two places never meet: 26 * 36^7 keys.
 *
 * Returns: (transfer full)
 */
char *
san_row_key_new (void)
{
  static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789";
  char *key = g_malloc (SAN_ROW_KEY_LENGTH + 1);

  key[0] = letters[g_random_int_range (0, 26)];
  for (guint i = 1; i < SAN_ROW_KEY_LENGTH; i++)
    key[i] = letters[g_random_int_range (0, 36)];
  key[SAN_ROW_KEY_LENGTH] = '\0';
  return key;
}

/* ---- looking up ---- */

const SanTable *
san_form_find_table (const SanForm *self, const char *id)
{
  for (guint i = 0; i < self->n_tables; i++)
    if (strcmp (self->tables[i]->id, id) == 0)
      return self->tables[i];
  return NULL;
}

static const SanField *
find_column (const SanTable *table, const char *name)
{
  for (guint i = 0; i < table->n_columns; i++)
    if (strcmp (table->columns[i]->id, name) == 0)
      return table->columns[i];
  return NULL;
}

/**
 * san_form_split_name:
 * @name: a concrete field name
 * @table: (out): the table that it lies in
 * @row: (out caller-allocates): its row key
 * @column: (out) (nullable): its column; %NULL for the row's place
 *
 * A cell of a column that this version does not know is no cell: its value is kept by key.
 *
 * Returns: %FALSE, with all outputs untouched, if @name is not of a table of this form
 */
gboolean
san_form_split_name (const SanForm *self, const char *name, const SanTable **table,
                     char row[SAN_ROW_KEY_LENGTH + 1], const SanField **column)
{
  for (guint i = 0; i < self->n_tables; i++)
    {
      const SanTable *candidate = self->tables[i];
      gsize n = strlen (candidate->id);
      const SanField *found = NULL;
      const char *key;
      gsize key_length;

      if (strncmp (name, candidate->id, n) != 0 || name[n] != '.')
        continue;
      key = name + n + 1;
      key_length = strcspn (key, ".");
      if (!is_row_key (key, key_length))
        continue;
      if (key[key_length] == '.' && (found = find_column (candidate, key + key_length + 1)) == NULL)
        continue;
      *table = candidate;
      memcpy (row, key, SAN_ROW_KEY_LENGTH);
      row[SAN_ROW_KEY_LENGTH] = '\0';
      *column = found;
      return TRUE;
    }
  return FALSE;
}

/**
 * san_form_find_field:
 *
 * Returns: (transfer none) (nullable): the field, column or row place that @name means; %NULL:
 *   unknown to this version of the form
 */
const SanField *
san_form_find_field (const SanForm *self, const char *name)
{
  const SanTable *table = NULL;
  const SanField *column = NULL;
  char row[SAN_ROW_KEY_LENGTH + 1];

  for (guint i = 0; i < self->n_fields; i++)
    if (strcmp (self->fields[i]->id, name) == 0)
      return self->fields[i];
  if (!san_form_split_name (self, name, &table, row, &column))
    return NULL;
  return column != NULL ? column : table->row;
}

char *
san_form_make_name (const SanTable *table, const char *row, const SanField *column)
{
  g_return_val_if_fail (san_row_key_is_valid (row), NULL);

  return column != NULL && column != table->row
             ? g_strdup_printf ("%s.%s.%s", table->id, row, column->id)
             : g_strdup_printf ("%s.%s", table->id, row);
}

/**
 * san_form_may_write:
 * @role: a role id, or several joined by `+`
 *
 * Asked when somebody starts or changes a record, never when entries are applied.
 */
gboolean
san_form_may_write (const SanForm *self, const char *role)
{
  g_auto(GStrv) writers = g_strsplit (self->writers, " ", -1);
  g_auto(GStrv) roles = g_strsplit (role, "+", -1);

  if (strcmp (self->writers, "any") == 0)
    return TRUE;
  for (guint i = 0; roles[i] != NULL; i++)
    if (g_strv_contains ((const char * const *) writers, roles[i]))
      return TRUE;
  return FALSE;
}
