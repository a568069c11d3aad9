/* san-record-view.c - a record as a face shows it: fields in the form's order, versions, history */
#include "san-records.h"
#include "san-record-view.h"
#include "san-pieces.h"

static void
version_free (SanFieldVersion *version)
{
  san_value_unref (version->value);
  g_free (version->author);
  g_free (version);
}

static void
field_row_free (SanFieldRow *row)
{
  g_free (row->field);
  g_free (row->form);
  g_ptr_array_unref (row->versions);
  g_free (row);
}

void
san_record_view_free (SanRecordView *self)
{
  g_free (self->form);
  g_free (self->author);
  g_free (self->withdrawn_reason);
  g_ptr_array_unref (self->amendments);
  g_ptr_array_unref (self->fields);
  g_free (self);
}

static const char *
standing_of (const SanStoredWrite *write)
{
  switch (write->state)
    {
    case SAN_WRITE_COUNTS:
      return write->rank > 0 ? "current" : "replaced";
    case SAN_WRITE_PROPOSED:
      return "proposed";
    case SAN_WRITE_HELD:
    case SAN_WRITE_AFTER_FINISH:
    default:
      return "held";
    }
}

SanFieldVersion *
san_field_version_new (SanCentre *self, const SanStoredWrite *write)
{
  SanFieldVersion *version = g_new0 (SanFieldVersion, 1);

  version->value = san_value_ref (write->value);
  version->author = san_centre_dup_author (self, &write->author);
  version->seat = write->author;
  version->at_ms = (gint64) write->wall;
  version->doubtful = write->doubtful;
  version->entry = write->id.entry;
  version->standing = standing_of (write);
  return version;
}

GPtrArray *
san_field_versions_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) version_free);
}

static SanFieldRow *
find_row (GPtrArray *rows, const SanStoredWrite *write)
{
  SanFieldRow *row;

  for (guint i = 0; i < rows->len; i++)
    if (g_str_equal (((SanFieldRow *) g_ptr_array_index (rows, i))->field, write->field))
      return g_ptr_array_index (rows, i);
  row = g_new0 (SanFieldRow, 1);
  row->field = g_strdup (write->field);
  row->form = g_strdup (write->form);
  row->versions = san_field_versions_new ();
  g_ptr_array_add (rows, row);
  return row;
}

static guint
place_of (const SanForm *form, const char *field)
{
  const SanField *found = form != NULL ? san_form_find_field (form, field) : NULL;

  if (found == NULL)
    return G_MAXUINT;
  for (guint i = 0; i < form->n_fields; i++)
    if (form->fields[i] == found)
      return i;
  return form->n_fields;       /* cells of tables come after the plain fields */
}

/* A row is put where its place says; its key is random. */
static gint64
row_place_of (const SanRecordView *view, const SanTable *table, const char *row)
{
  g_autofree char *name = san_form_make_name (table, row, NULL);
  gint64 place = G_MAXINT64;

  for (guint i = 0; i < view->fields->len; i++)
    {
      const SanFieldRow *field = view->fields->pdata[i];

      for (guint v = 0; g_str_equal (field->field, name) && v < field->versions->len; v++)
        san_value_get_int (((const SanFieldVersion *) field->versions->pdata[v])->value, &place);
    }
  return place;
}

static int
column_of (const SanTable *table, const SanField *column)
{
  for (guint i = 0; column != NULL && i < table->n_columns; i++)
    if (table->columns[i] == column)
      return (int) i;
  return -1;                   /* the place of the row */
}

static int
compare_tables (const SanForm *form, const SanTable *one, const SanTable *two)
{
  for (guint i = 0; one != two && i < form->n_tables; i++)
    if (form->tables[i] == one || form->tables[i] == two)
      return form->tables[i] == one ? -1 : 1;
  return 0;
}

typedef struct { const SanForm *form; const SanRecordView *view; } Sorting;

static int
compare_cells (const Sorting *sorting, const char *one, const char *two)
{
  char row_one[SAN_ROW_KEY_LENGTH + 1], row_two[SAN_ROW_KEY_LENGTH + 1];
  const SanTable *table_one, *table_two;
  const SanField *column_one, *column_two;
  gint64 place_one, place_two;
  gboolean known_one = san_form_split_name (sorting->form, one, &table_one, row_one, &column_one);
  gboolean known_two = san_form_split_name (sorting->form, two, &table_two, row_two, &column_two);
  int order;

  if (!known_one || !known_two)
    return known_two - known_one;       /* what a newer form has comes last */
  order = compare_tables (sorting->form, table_one, table_two);
  if (order != 0)
    return order;
  place_one = row_place_of (sorting->view, table_one, row_one);
  place_two = row_place_of (sorting->view, table_two, row_two);
  if (place_one != place_two)
    return place_one < place_two ? -1 : 1;
  order = strcmp (row_one, row_two);
  return order != 0 ? order
                    : column_of (table_one, column_one) - column_of (table_two, column_two);
}

static int
compare_rows (gconstpointer a, gconstpointer b, gpointer data)
{
  const Sorting *sorting = data;
  const SanFieldRow *one = *(SanFieldRow *const *) a;
  const SanFieldRow *two = *(SanFieldRow *const *) b;
  guint place_one = place_of (sorting->form, one->field);
  guint place_two = place_of (sorting->form, two->field);
  int order = 0;

  if (place_one != place_two)
    return place_one < place_two ? -1 : 1;
  if (sorting->form != NULL)
    order = compare_cells (sorting, one->field, two->field);
  return order != 0 ? order : strcmp (one->field, two->field);
}

static void
sort_fields (SanRecordView *view, const SanForm *form)
{
  g_autoptr(GPtrArray) fields = g_ptr_array_new ();
  SanRecordView before = { .fields = fields };          /* sorting moves what it looks into */
  Sorting sorting = { form, &before };

  for (guint i = 0; i < view->fields->len; i++)
    g_ptr_array_add (fields, view->fields->pdata[i]);
  g_ptr_array_sort_with_data (view->fields, compare_rows, &sorting);
}

static void
take_write (SanCentre *self, SanRecordView *view, const SanStoredWrite *write)
{
  if (g_str_equal (write->field, SAN_FIELD_AMEND))
    g_ptr_array_add (view->amendments, san_field_version_new (self, write));
  else if (g_str_equal (write->field, SAN_FIELD_WITHDRAW) && view->withdrawn_reason == NULL)
    view->withdrawn_reason = san_value_dup_text (write->value);
  else if (!san_field_is_reserved (write->field))
    g_ptr_array_add (find_row (view->fields, write)->versions, san_field_version_new (self, write));
}

SanRecordView *
san_record_view_new (SanCentre *self, const SanStoredRecord *stored)
{
  SanRecordView *view = g_new0 (SanRecordView, 1);

  view->id = stored->record;
  view->dossier = stored->dossier;
  view->form = g_strdup (stored->form);
  view->author = san_centre_dup_author (self, &stored->author);
  view->at_ms = (gint64) stored->wall;
  view->finished = stored->finished;
  view->finished_ms = (gint64) stored->finished_wall;
  view->withdrawn = stored->withdrawn;
  view->amendments = san_field_versions_new ();
  view->fields = g_ptr_array_new_with_free_func ((GDestroyNotify) field_row_free);
  return view;
}

SanRecordView *
san_record_get (SanCentre *self, const SanId16 *record, gboolean history, GError **error)
{
  g_autoptr(SanStoredRecord) stored = san_record_locate (self, record, error);
  g_autoptr(SanRecordView) view = NULL;
  g_autoptr(GPtrArray) writes = NULL;
  guint mask = san_store_get_open_mask (self->store);

  if (stored == NULL)
    return NULL;
  writes = history ? san_store_list_history (self->store, &stored->dossier, record, stored->form,
                                             NULL, mask, error)
                   : san_store_list_values (self->store, &stored->dossier, record, stored->form,
                                            NULL, mask, error);
  if (writes == NULL)
    return NULL;
  view = san_record_view_new (self, stored);
  for (guint i = 0; i < writes->len; i++)
    take_write (self, view, g_ptr_array_index (writes, i));
  sort_fields (view, san_catalogue_find_form (self->catalogue, stored->form));
  return g_steal_pointer (&view);
}

GBytes *
san_record_read_attachment (SanCentre *self, const SanId16 *record, const char *field,
                            GError **error)
{
  g_autoptr(SanStoredRecord) stored = san_record_locate (self, record, error);
  g_autoptr(GPtrArray) values = NULL;
  g_autoptr(SanAttachment) attachment = NULL;
  g_autoptr(SanPieces) pieces = NULL;

  if (stored == NULL)
    return NULL;
  values = san_store_list_values (self->store, &stored->dossier, record, stored->form, field,
                                  san_store_get_open_mask (self->store), error);
  if (values == NULL)
    return NULL;
  if (values->len > 0)
    attachment = san_attachment_from_value (
        ((const SanStoredWrite *) g_ptr_array_index (values, 0))->value, error);
  else
    g_set_error (error, SAN_ERROR, SAN_ERROR_NOT_FOUND, "nothing is attached at \"%s\"", field);
  if (attachment == NULL)
    return NULL;
  pieces = san_pieces_open (self->dir, error);
  return pieces != NULL ? san_pieces_get_bytes (pieces, attachment, error) : NULL;
}
