/* san-form-reader.c - one form file into the structures of san-form.h
 *
 * The grammar has already been asked: elements and required attributes are there. What a grammar
 * cannot say is asked here if it concerns this field alone, else in san-form-check.c. */
#include "san-form-reader.h"

#include <string.h>

typedef struct
{
  SanPool   *pool;
  GPtrArray *mistakes;
  SanForm   *form;
  GPtrArray *fields;       /* of the whole form, outside tables */
  GPtrArray *tables;
} Reader;

void
san_form_add_mistake (GPtrArray *mistakes, long line, const char *format, ...)
{
  va_list args;
  g_autofree char *reason = NULL;

  va_start (args, format);
  reason = g_strdup_vprintf (format, args);
  va_end (args);
  g_ptr_array_add (mistakes, g_strdup_printf ("line %ld: %s", line, reason));
}

/* ---- attributes ---- */

static const char *
take_attribute (Reader *reader, const xmlNode *node, const char *name)
{
  return san_pool_take_string (reader->pool, san_xml_dup_attribute (node, name));
}

static const SanLabel *
take_label (Reader *reader, const xmlNode *node, const char *element)
{
  return san_pool_take_label (reader->pool, san_xml_read_label (node, element));
}

static SanMark
read_mark (const xmlNode *node)
{
  g_autofree char *text = san_xml_dup_attribute (node, "mark");

  for (int mark = SAN_MARK_VERIFIED; mark < SAN_MARK_OURS; mark++)
    if (g_strcmp0 (text, san_mark_get_name ((SanMark) mark)) == 0)
      return (SanMark) mark;
  return SAN_MARK_OURS;
}

static SanCondition *
read_condition (Reader *reader, const xmlNode *node, const char *name)
{
  g_autofree char *text = san_xml_dup_attribute (node, name);
  g_autoptr(GError) error = NULL;
  SanCondition *condition;

  if (text == NULL)
    return NULL;
  condition = san_condition_parse (text, &error);
  if (condition != NULL)
    return san_pool_take_condition (reader->pool, condition);
  san_form_add_mistake (reader->mistakes, san_xml_get_line (node), "%s: %s", name, error->message);
  return NULL;
}

static guint
read_number (const xmlNode *node, const char *name, guint otherwise)
{
  g_autofree char *text = san_xml_dup_attribute (node, name);
  guint64 number = otherwise;

  if (text != NULL)
    g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT32, &number, NULL);
  return (guint) number;
}

static gboolean
read_decimal (Reader *reader, const xmlNode *node, const char *name, SanDecimal *out)
{
  g_autofree char *text = san_xml_dup_attribute (node, name);
  const char *point;
  GString *digits;

  if (text == NULL)
    return FALSE;
  point = strchr (text, '.');
  digits = g_string_new (text);
  if (point != NULL)
    g_string_erase (digits, point - text, 1);
  if (digits->len <= 16 && (point == NULL || strlen (point + 1) <= 9))
    {
      out->digits = g_ascii_strtoll (digits->str, NULL, 10);
      out->scale = (guint8) (point != NULL ? strlen (point + 1) : 0);
      g_string_free (digits, TRUE);
      return TRUE;
    }
  g_string_free (digits, TRUE);
  san_form_add_mistake (reader->mistakes, san_xml_get_line (node), "%s: more than 15 figures",
                        name);
  return FALSE;
}

/* ---- fields ---- */

static void
read_plain_attributes (Reader *reader, SanField *field, const xmlNode *node)
{
  field->fact = take_attribute (reader, node, "fact");
  field->list = take_attribute (reader, node, "list");
  field->names = take_attribute (reader, node, "names");
  field->unit = take_attribute (reader, node, "unit");
  field->number = take_attribute (reader, node, "number");
  field->source = take_attribute (reader, node, "source");
  field->values = take_attribute (reader, node, "values");
  field->scale = read_number (node, "scale", 0);
  field->allows_age = san_xml_get_yes (node, "age");
  field->starts_now = san_xml_get_yes (node, "starts-now");
  field->is_name = san_xml_get_yes (node, "name");
  field->mark = read_mark (node);
  field->label = take_label (reader, node, "label");
  field->help = take_label (reader, node, "help");
  field->printed = take_label (reader, node, "printed");
}

static SanField *
read_field (Reader *reader, const SanSection *section, const SanTable *table, guint compartment,
            const xmlNode *node)
{
  SanField *field = san_pool_alloc0 (reader->pool, sizeof (SanField));
  g_autofree char *type = san_xml_dup_attribute (node, "type");
  g_autofree char *own = san_xml_dup_attribute (node, "compartment");
  g_autofree char *required = san_xml_dup_attribute (node, "required-for");

  field->id = take_attribute (reader, node, "id");
  field->type = (SanFieldType) san_field_type_from_name (type);
  field->compartment = own != NULL ? (guint) san_compartment_from_name (own) : compartment;
  field->section = section;
  field->table = table;
  field->line = san_xml_get_line (node);
  field->required = required == NULL ? SAN_REQUIRED_NEVER
                    : strcmp (required, "sign") == 0 ? SAN_REQUIRED_SIGN : SAN_REQUIRED_PRINT;
  field->show_if = read_condition (reader, node, "show-if");
  field->has_min = read_decimal (reader, node, "min", &field->min);
  field->has_max = read_decimal (reader, node, "max", &field->max);
  read_plain_attributes (reader, field, node);
  if (reader->form->compartment_varies && own != NULL)
    san_form_add_mistake (reader->mistakes, field->line,
                          "%s: the form's compartment varies, so its fields have none", field->id);
  reader->form->compartments |= 1u << field->compartment;
  return field;
}

static SanField *
make_row_field (Reader *reader, const SanSection *section, const SanTable *table, guint compartment)
{
  SanField *row = san_pool_alloc0 (reader->pool, sizeof (SanField));

  row->id = table->id;
  row->type = SAN_FIELD_ROW;
  row->compartment = compartment;
  row->mark = SAN_MARK_OURS;
  row->label = table->label;
  row->section = section;
  row->table = table;
  row->line = table->line;
  return row;
}

static const SanTable *
read_table (Reader *reader, const SanSection *section, const xmlNode *node)
{
  SanTable *table = san_pool_alloc0 (reader->pool, sizeof (SanTable));
  g_autofree char *own = san_xml_dup_attribute (node, "compartment");
  g_autofree char *rows = san_xml_dup_attribute (node, "rows-from");
  guint compartment =
      own != NULL ? (guint) san_compartment_from_name (own) : reader->form->compartment;
  GArray *columns = g_array_new (FALSE, FALSE, sizeof (const SanField *));

  table->id = take_attribute (reader, node, "id");
  table->label = take_label (reader, node, "label");
  table->line = san_xml_get_line (node);
  table->row = make_row_field (reader, section, table, compartment);
  if (rows != NULL)
    {
      const char *slash = strchr (rows, '/');

      table->rows_table = san_pool_string (reader->pool, slash + 1);
      table->rows_form = san_pool_take_string (reader->pool, g_strndup (rows, slash - rows));
    }
  for (xmlNode *child = san_xml_first (node, "field"); child != NULL;
       child = san_xml_next (child, "field"))
    {
      const SanField *column = read_field (reader, section, table, compartment, child);

      g_array_append_val (columns, column);
    }
  reader->form->compartments |= 1u << compartment;
  table->n_columns = columns->len;
  table->columns = san_pool_steal_array (reader->pool, columns);
  g_ptr_array_add (reader->tables, table);
  return table;
}

/* ---- sections, form ---- */

static const SanSection *
read_section (Reader *reader, const xmlNode *node)
{
  SanSection *section = san_pool_alloc0 (reader->pool, sizeof (SanSection));
  GArray *items = g_array_new (FALSE, TRUE, sizeof (SanItem));

  section->id = take_attribute (reader, node, "id");
  section->label = take_label (reader, node, "label");
  section->show_if = read_condition (reader, node, "show-if");
  section->line = san_xml_get_line (node);
  for (xmlNode *child = san_xml_first (node, NULL); child != NULL;
       child = san_xml_next (child, NULL))
    {
      SanItem item = { NULL, NULL };

      if (san_xml_is (child, "table"))
        item.table = read_table (reader, section, child);
      else if (san_xml_is (child, "field"))
        {
          item.field = read_field (reader, section, NULL, reader->form->compartment, child);
          g_ptr_array_add (reader->fields, (gpointer) item.field);
        }
      else
        continue;
      g_array_append_val (items, item);
    }
  section->n_items = items->len;
  section->items = san_pool_steal_array (reader->pool, items);
  return section;
}

static void
read_head (Reader *reader, const xmlNode *root)
{
  SanForm *form = reader->form;
  g_autofree char *dossier = san_xml_dup_attribute (root, "dossier");
  g_autofree char *compartment = san_xml_dup_attribute (root, "compartment");

  form->id = take_attribute (reader, root, "id");
  form->line = san_xml_get_line (root);
  form->official_id = take_attribute (reader, root, "official-id");
  form->version = read_number (root, "version", 1);
  form->dossier = strcmp (dossier, "house") == 0 ? SAN_DOSSIER_HOUSE : SAN_DOSSIER_CASE;
  form->compartment_varies = strcmp (compartment, "varies") == 0;
  form->compartment = form->compartment_varies ? SAN_COMPARTMENT_HOUSE
                                               : (guint) san_compartment_from_name (compartment);
  form->number = take_attribute (reader, root, "number");
  form->rule = take_attribute (reader, root, "rule");
  form->mark = read_mark (root);
  form->writers = take_attribute (reader, root, "writers");
  form->dated_by = take_attribute (reader, root, "dated-by");
  form->shelf = take_attribute (reader, root, "shelf");
  form->hers = take_attribute (reader, root, "hers");
  form->excerpt = take_attribute (reader, root, "excerpt");
  form->act = take_attribute (reader, root, "act");
  form->is_long_note = san_xml_get_yes (root, "long-note");
  form->instrument = take_attribute (reader, root, "instrument");
  form->opens = take_attribute (reader, root, "opens");
  form->opens_if = read_condition (reader, root, "opens-if");
  form->retired_on = take_attribute (reader, root, "retired-on");
  form->label = take_label (reader, root, "label");
  form->printed = take_label (reader, root, "printed");
}

static gpointer
steal_pointers (SanPool *pool, GPtrArray *array)
{
  gpointer *block = san_pool_alloc0 (pool, sizeof (gpointer) * (array->len + 1));

  for (guint i = 0; i < array->len; i++)
    block[i] = array->pdata[i];
  g_ptr_array_unref (array);
  return block;
}

SanForm *
san_form_read (const xmlNode *root, SanPool *pool, GPtrArray *mistakes)
{
  Reader reader = { pool, mistakes, san_pool_alloc0 (pool, sizeof (SanForm)), g_ptr_array_new (),
                    g_ptr_array_new () };
  GPtrArray *sections = g_ptr_array_new ();
  SanForm *form = reader.form;

  read_head (&reader, root);
  for (xmlNode *node = san_xml_first (root, "section"); node != NULL;
       node = san_xml_next (node, "section"))
    g_ptr_array_add (sections, (gpointer) read_section (&reader, node));
  if (form->compartment_varies)
    form->compartments = (1u << SAN_N_COMPARTMENTS) - 1;
  form->n_sections = sections->len;
  form->sections = steal_pointers (pool, sections);
  form->n_fields = reader.fields->len;
  form->fields = steal_pointers (pool, reader.fields);
  form->n_tables = reader.tables->len;
  form->tables = steal_pointers (pool, reader.tables);
  return form;
}
