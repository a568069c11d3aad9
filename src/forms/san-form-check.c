/* san-form-check.c - what no grammar can say of a form: names that must exist, types that must
 * agree, ids that must differ. Everything found is listed; nothing is mended. */
#include "san-form-reader.h"

#include <string.h>

/* `$from.FIELD` must fit into the 64 letters of a field name. */
#define MAX_NAME 58u

typedef struct
{
  const SanForm      *form;
  const SanCatalogue *catalogue;
  GPtrArray          *mistakes;
} Check;

/* ---- fields by themselves ---- */

static void
check_list (Check *check, const SanField *field)
{
  gboolean wants = field->type == SAN_FIELD_CHOICE || field->type == SAN_FIELD_CHOICES;

  if (wants && field->list == NULL)
    san_form_add_mistake (check->mistakes, field->line, "%s: a choice needs a list", field->id);
  else if (!wants && field->list != NULL)
    san_form_add_mistake (check->mistakes, field->line, "%s: a %s has no list", field->id,
                          san_field_type_get_name (field->type));
  else if (wants && san_catalogue_find_list (check->catalogue, field->list) == NULL)
    san_form_add_mistake (check->mistakes, field->line, "%s: there is no list “%s”", field->id,
                          field->list);
}

static void
check_fact (Check *check, const SanField *field)
{
  const SanFact *fact;

  if (field->fact == NULL)
    return;
  fact = san_catalogue_find_fact (check->catalogue, field->fact);
  if (fact == NULL)
    san_form_add_mistake (check->mistakes, field->line, "%s: there is no fact “%s”", field->id,
                          field->fact);
  else if (san_field_type_get_value_type (fact->type) !=
           san_field_type_get_value_type (field->type))
    san_form_add_mistake (check->mistakes, field->line, "%s: is a %s, but the fact “%s” is a %s",
                          field->id, san_field_type_get_name (field->type), fact->name,
                          san_field_type_get_name (fact->type));
  else if (check->form->compartment_varies || fact->compartment != field->compartment)
    san_form_add_mistake (check->mistakes, field->line,
                          "%s: the fact “%s” belongs to the compartment %s", field->id, fact->name,
                          san_compartment_get_name (fact->compartment));
}

static void
check_unit (Check *check, const SanField *field)
{
  const SanList *units = san_catalogue_find_list (check->catalogue, "units");

  if (field->unit != NULL && (units == NULL || san_list_find_option (units, field->unit) == NULL))
    san_form_add_mistake (check->mistakes, field->line, "%s: the list “units” has no “%s”",
                          field->id, field->unit);
}

static gboolean
is_less (const SanDecimal *a, const SanDecimal *b)
{
  gdouble x = (gdouble) a->digits, y = (gdouble) b->digits;

  for (guint i = 0; i < a->scale; i++)
    x /= 10;
  for (guint i = 0; i < b->scale; i++)
    y /= 10;
  return x < y;
}

static void
check_attributes (Check *check, const SanField *field)
{
  gboolean is_number = field->type == SAN_FIELD_WHOLE || field->type == SAN_FIELD_DECIMAL;
  gboolean is_time = field->type == SAN_FIELD_DATE || field->type == SAN_FIELD_INSTANT;
  const char *wrong = NULL;

  if ((field->has_min || field->has_max || field->unit != NULL) && !is_number)
    wrong = "min, max and unit are for numbers";
  else if (field->has_min && field->has_max && is_less (&field->max, &field->min))
    wrong = "max is below min";
  else if (field->values != NULL && field->type != SAN_FIELD_WHOLE)
    wrong = "values are for whole numbers";
  else if (field->scale != 0 && field->type != SAN_FIELD_DECIMAL)
    wrong = "scale is for decimals";
  else if (field->allows_age && field->type != SAN_FIELD_DATE)
    wrong = "age is for dates";
  else if (field->starts_now && !is_time)
    wrong = "starts-now is for dates and instants";
  else if (field->is_name && field->type != SAN_FIELD_TEXT)
    wrong = "name is for texts";
  else if (field->names != NULL && field->type != SAN_FIELD_RECORD)
    wrong = "names is for records";
  else if (field->names == NULL && field->type == SAN_FIELD_RECORD)
    wrong = "a record says which forms it names";
  else if (field->type == SAN_FIELD_CHILD && check->form->dossier != SAN_DOSSIER_HOUSE)
    wrong = "a child is named only in forms of the house dossier";
  if (wrong != NULL)
    san_form_add_mistake (check->mistakes, field->line, "%s: %s", field->id, wrong);
}

static void
check_named_forms (Check *check, const SanField *field)
{
  g_auto(GStrv) names = NULL;

  if (field->names == NULL || strcmp (field->names, "any") == 0)
    return;
  names = g_strsplit (field->names, " ", -1);
  for (guint i = 0; names[i] != NULL; i++)
    if (san_catalogue_find_form (check->catalogue, names[i]) == NULL
        && strcmp (names[i], check->form->id) != 0)
      san_form_add_mistake (check->mistakes, field->line, "%s: there is no form “%s”", field->id,
                            names[i]);
}

/* ---- conditions ---- */

static gboolean
literal_fits (Check *check, SanFieldType type, const char *list, const SanValue *literal,
              GError **error)
{
  guint8 kept = san_field_type_get_value_type (type);
  guint8 given = san_value_get_type (literal);
  g_autofree char *code = san_value_dup_text (literal);
  const SanList *options = list != NULL ? san_catalogue_find_list (check->catalogue, list) : NULL;

  if (kept == SAN_VALUE_CODES && given == SAN_VALUE_TEXT)
    {
      if (options == NULL || san_list_find_option (options, code) != NULL)
        return TRUE;
      g_set_error (error, SAN_ERROR, SAN_ERROR_INVALID, "the list “%s” has no “%s”", list, code);
      return FALSE;
    }
  if (kept == given || (kept == SAN_VALUE_INT && given == SAN_VALUE_DECIMAL)
      || (kept == SAN_VALUE_INSTANT && given == SAN_VALUE_DATE))
    return TRUE;
  g_set_error (error, SAN_ERROR, SAN_ERROR_INVALID, "a %s is compared with a %s",
               san_field_type_get_name (type), san_value_type_name (given));
  return FALSE;
}

static const SanField *
find_own_field (const SanForm *form, const char *name)
{
  for (guint i = 0; i < form->n_fields; i++)
    if (strcmp (form->fields[i]->id, name) == 0)
      return form->fields[i];
  return NULL;
}

static gboolean
check_pair (const char *name, const SanValue *literal, gpointer data, GError **error)
{
  Check *check = data;
  const SanField *field = find_own_field (check->form, name);
  const SanFact *fact = san_catalogue_find_fact (check->catalogue, name);

  if (field != NULL)
    return literal_fits (check, field->type, field->list, literal, error);
  return fact == NULL || literal_fits (check, fact->type, NULL, literal, error);
}

static void
check_condition (Check *check, const SanCondition *condition, const char *owner, const char *what,
                 long line)
{
  const char * const *names;
  g_autoptr(GError) error = NULL;

  if (condition == NULL)
    return;
  names = san_condition_get_names (condition);
  for (guint i = 0; names[i] != NULL; i++)
    if (find_own_field (check->form, names[i]) == NULL
        && san_catalogue_find_fact (check->catalogue, names[i]) == NULL)
      san_form_add_mistake (check->mistakes, line,
                            "%s: %s: neither a field nor a fact is called “%s”", owner, what,
                            names[i]);
  if (!san_condition_check (condition, check_pair, check, &error))
    san_form_add_mistake (check->mistakes, line, "%s: %s: %s", owner, what, error->message);
}

/* ---- tables ---- */

static void
check_rows_from (Check *check, const SanTable *table)
{
  const SanForm *other;

  if (table->rows_form == NULL)
    return;
  other = strcmp (table->rows_form, check->form->id) == 0
            ? check->form : san_catalogue_find_form (check->catalogue, table->rows_form);
  if (other == NULL)
    san_form_add_mistake (check->mistakes, table->line, "%s: rows-from: there is no form “%s”",
                          table->id, table->rows_form);
  else if (san_form_find_table (other, table->rows_table) == NULL)
    san_form_add_mistake (check->mistakes, table->line,
                          "%s: rows-from: the form “%s” has no table “%s”", table->id,
                          table->rows_form, table->rows_table);
}

static void
check_field (Check *check, const SanField *field)
{
  check_list (check, field);
  check_fact (check, field);
  check_unit (check, field);
  check_attributes (check, field);
  check_named_forms (check, field);
  check_condition (check, field->show_if, field->id, "show-if", field->line);
}

static void
check_table (Check *check, const SanTable *table)
{
  check_rows_from (check, table);
  for (guint i = 0; i < table->n_columns; i++)
    {
      const SanField *column = table->columns[i];

      check_field (check, column);
      if (strlen (table->id) + 1 + SAN_ROW_KEY_LENGTH + 1 + strlen (column->id) > MAX_NAME)
        san_form_add_mistake (check->mistakes, column->line, "%s.ROW.%s: has more than %u letters",
                              table->id, column->id, MAX_NAME);
      for (guint j = 0; j < i; j++)
        if (strcmp (table->columns[j]->id, column->id) == 0)
          san_form_add_mistake (check->mistakes, column->line, "%s: two columns are called so",
                                column->id);
    }
}

/* ---- the form ---- */

static void
check_unique (Check *check, GHashTable *seen, const char *id, long line)
{
  if (!g_hash_table_add (seen, (gpointer) id))
    san_form_add_mistake (check->mistakes, line, "%s: used twice in this form", id);
}

static void
check_ids (Check *check)
{
  g_autoptr(GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(GHashTable) sections = g_hash_table_new (g_str_hash, g_str_equal);
  const SanForm *form = check->form;
  const SanTable *table;
  const SanField *column;
  char row[SAN_ROW_KEY_LENGTH + 1];

  for (guint i = 0; i < form->n_sections; i++)
    check_unique (check, sections, form->sections[i]->id, form->sections[i]->line);
  for (guint i = 0; i < form->n_tables; i++)
    check_unique (check, seen, form->tables[i]->id, form->tables[i]->line);
  for (guint i = 0; i < form->n_fields; i++)
    {
      check_unique (check, seen, form->fields[i]->id, form->fields[i]->line);
      if (san_form_split_name (form, form->fields[i]->id, &table, row, &column))
        san_form_add_mistake (check->mistakes, form->fields[i]->line,
                              "%s: could be a row of the table “%s”", form->fields[i]->id,
                              table->id);
    }
}

static void
check_writers (Check *check)
{
  g_auto(GStrv) writers = g_strsplit (check->form->writers, " ", -1);

  if (strcmp (check->form->writers, "any") == 0)
    return;
  for (guint i = 0; writers[i] != NULL; i++)
    if (san_catalogue_find_role (check->catalogue, writers[i]) == NULL)
      san_form_add_mistake (check->mistakes, check->form->line, "writers: there is no role “%s”",
                            writers[i]);
}

static void
check_dated_by (Check *check)
{
  const SanField *field;

  if (check->form->dated_by == NULL)
    return;
  field = find_own_field (check->form, check->form->dated_by);
  if (field == NULL || (field->type != SAN_FIELD_DATE && field->type != SAN_FIELD_INSTANT))
    san_form_add_mistake (check->mistakes, check->form->line,
                          "dated-by: no date or instant is called “%s”", check->form->dated_by);
}

/* Lists of the form's own fields. */
static void
check_fields_named (Check *check, const char *attribute, const char *names)
{
  g_auto(GStrv) fields = g_strsplit (names != NULL ? names : "", " ", -1);

  for (guint i = 0; fields[i] != NULL; i++)
    if (*fields[i] != '\0' && find_own_field (check->form, fields[i]) == NULL)
      san_form_add_mistake (check->mistakes, check->form->line, "%s: there is no field “%s”",
                            attribute, fields[i]);
}

static void
check_opens (Check *check)
{
  const SanForm *form = check->form;

  if ((form->opens == NULL) != (form->opens_if == NULL))
    san_form_add_mistake (check->mistakes, form->line, "opens and opens-if need each other");
  if (form->opens != NULL && san_catalogue_find_form (check->catalogue, form->opens) == NULL)
    san_form_add_mistake (check->mistakes, form->line, "opens: there is no form “%s”", form->opens);
  check_condition (check, form->opens_if, form->id, "opens-if", form->line);
}

void
san_form_check (const SanForm *self, const SanCatalogue *catalogue, GPtrArray *mistakes)
{
  Check check = { self, catalogue, mistakes };

  check_ids (&check);
  check_writers (&check);
  check_dated_by (&check);
  check_opens (&check);
  check_fields_named (&check, "hers", self->hers);
  check_fields_named (&check, "excerpt", self->excerpt);
  for (guint i = 0; i < self->n_sections; i++)
    check_condition (&check, self->sections[i]->show_if, self->sections[i]->id, "show-if",
                     self->sections[i]->line);
  for (guint i = 0; i < self->n_fields; i++)
    check_field (&check, self->fields[i]);
  for (guint i = 0; i < self->n_tables; i++)
    check_table (&check, self->tables[i]);
}
