/* san-child-file.c - what a child's page shows */
#include "san-child-file.h"
#include "san-derive.h"
#include "san-excerpt.h"
#include "san-house-notes.h"
#include "san-record-view.h"
#include "san-staff.h"

#define ACCESS_LIMIT 500
#define ACCESS_NAME  "name"

static void
file_row_free (SanFileRow *row)
{
  g_free (row->author);
  g_free (row->line);
  g_free (row);
}

static void
alert_free (SanChildAlert *alert)
{
  g_free (alert->text);
  g_free (alert);
}

static void
closed_free (SanProtectedShelf *shelf)
{
  g_free (shelf->readers);
  g_free (shelf);
}

void
san_child_file_free (SanChildFile *self)
{
  g_clear_pointer (&self->row, san_child_row_free);
  g_free (self->responsible);
  g_ptr_array_unref (self->alerts);
  g_ptr_array_unref (self->rows);
  g_ptr_array_unref (self->closed);
  g_free (self);
}

/* The first answered field of the list. */
static char *
first_answer (SanFactSet *facts, const SanId16 *record, const char *fields)
{
  g_auto(GStrv) names = g_strsplit (fields != NULL ? fields : "", " ", -1);

  for (guint i = 0; names[i] != NULL; i++)
    {
      const SanValue *value =
          *names[i] != '\0' ? san_fact_set_get_value (facts, record, names[i]) : NULL;
      char *text = value != NULL ? san_value_dup_text (value) : NULL;

      if (text != NULL && *text != '\0')
        return text;
      g_free (text);
    }
  return NULL;
}

/* The stay in which a moment lies. */
static int
find_stay (SanFactSet *facts, gint64 at)
{
  for (guint i = san_fact_set_get_n_stays (facts); i > 0; i--)
    if (i == 1 || san_fact_set_get_stay (facts, i - 1)->from.first <= at)
      return (int) i;
  return 0;
}

static SanFileRow *
make_row (SanCentre *self, SanFactSet *facts, const SanStoredRecord *stored, GPtrArray *names,
          const char *alias)
{
  SanFileRow *row = g_new0 (SanFileRow, 1);
  g_autofree char *text = NULL;
  SanMoment moment;

  row->record = stored->record;
  row->form = san_catalogue_find_form (self->catalogue, stored->form);
  row->shelf = row->form != NULL ? row->form->shelf : NULL;
  row->at = san_fact_set_get_moment (facts, &stored->record, &moment) ? moment.first
                                                                      : (gint64) stored->wall;
  row->written = (gint64) stored->wall;
  row->author = san_centre_dup_author (self, &stored->author);
  row->finished = stored->finished;
  if (row->form == NULL)
    return row;
  text = first_answer (facts, &stored->record, row->form->hers);
  row->is_hers = text != NULL;
  if (text == NULL)
    text = first_answer (facts, &stored->record, row->form->excerpt);
  if (text != NULL)
    row->line = san_excerpt_make (text, names, alias != NULL ? alias : "");
  return row;
}

static int
compare_rows (gconstpointer a, gconstpointer b)
{
  const SanFileRow *one = *(SanFileRow *const *) a;
  const SanFileRow *two = *(SanFileRow *const *) b;

  if (one->at != two->at)
    return one->at > two->at ? -1 : 1;
  if (one->written != two->written)
    return one->written > two->written ? -1 : 1;
  return san_id16_compare (&one->record, &two->record);
}

static gboolean
add_rows (SanCentre *self, SanChildFile *file, SanFactSet *facts, GError **error)
{
  g_autoptr(GPtrArray) stored = san_store_list_records (
      self->store, &file->row->id, san_store_get_open_mask (self->store), error);
  g_autoptr(GPtrArray) names = san_excerpt_list_names (facts);

  if (stored == NULL)
    return FALSE;
  for (guint i = 0; i < stored->len; i++)
    if (!((SanStoredRecord *) stored->pdata[i])->withdrawn)
      g_ptr_array_add (file->rows,
                       make_row (self, facts, stored->pdata[i], names, file->row->alias));
  return TRUE;
}

/* What the house wrote of her: her names stand as her alias here too. */
static gboolean
add_house_rows (SanCentre *self, SanChildFile *file, SanFactSet *facts, GError **error)
{
  g_autoptr(SanFactSet) house = NULL;
  g_autoptr(GPtrArray) names = san_excerpt_list_names (facts);
  g_autoptr(GPtrArray) stored =
      san_house_notes_about (self, &file->row->id, SAN_HOUSE_NOTES_LIMIT, &house, error);

  if (stored == NULL)
    return FALSE;
  for (guint i = 0; i < stored->len; i++)
    g_ptr_array_add (file->rows, make_row (self, house, stored->pdata[i], names, file->row->alias));
  return TRUE;
}

static void
add_alert (SanChildFile *file, const char *kind, char *text, gint64 at)
{
  SanChildAlert *alert;

  if (text == NULL)
    return;
  alert = g_new0 (SanChildAlert, 1);
  alert->kind = kind;
  alert->text = text;
  alert->at = at;
  g_ptr_array_add (file->alerts, alert);
}

static void
add_texts (SanChildFile *file, SanFactSet *facts, const char *kind, const char *fact)
{
  g_autoptr(GPtrArray) answers =
      san_fact_set_list (facts, fact, san_fact_set_get_last_stay (facts));
  g_autoptr(GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < answers->len; i++)
    {
      g_autofree char *text =
          san_value_dup_text (((const SanFactAnswer *) answers->pdata[i])->value);

      if (text != NULL && *text != '\0' && g_hash_table_add (seen, g_strdup (text)))
        add_alert (file, kind, g_steal_pointer (&text), 0);
    }
}

/* The last day of the order that holds now. */
static void
add_order (SanChildFile *file, SanFactSet *facts)
{
  const SanFactAnswer *until =
      san_fact_set_get_newest (facts, "order.until", san_fact_set_get_last_stay (facts));
  SanDate date;

  if (until != NULL && san_value_get_date (until->value, &date))
    add_alert (file, "order", san_date_to_text (&date),
               san_instant_at_day (date.days, 12 * 60, san_clock_zone (0)).ms);
}

static void
add_header (SanCentre *self, SanChildFile *file, SanFactSet *facts)
{
  const SanFactAnswer *who = san_fact_set_get_newest (facts, "child.responsible", NULL);
  SanInstant now = { san_clock_now (), san_clock_zone (san_clock_now ()) };
  SanId16 staff;

  if (who != NULL && san_value_get_record (who->value, &staff))
    file->responsible = san_centre_dup_staff_name (self, &staff);
  if (!san_fact_set_get_age (facts, san_date_from_instant (&now).days, &file->youngest,
                             &file->oldest))
    file->youngest = file->oldest = -1;
  add_texts (file, facts, "help", "care.help");
  add_texts (file, facts, "allergy", "care.allergy");
  add_texts (file, facts, "diet", "care.diet");
  add_order (file, facts);
}

/* Who of the house can read a compartment: people, not seats, each once. */
static char *
list_readers (GPtrArray *staff, SanCompartment compartment)
{
  g_autoptr(GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  GString *readers = g_string_new (NULL);

  for (guint i = 0; i < staff->len; i++)
    {
      const SanStaffRow *row = staff->pdata[i];

      if (!g_str_equal (row->state, "active") || (row->rings & (1u << compartment)) == 0 ||
          row->name == NULL || !g_hash_table_add (seen, row->name))
        continue;
      g_string_append_printf (readers, "%s%s", readers->len > 0 ? ", " : "", row->name);
    }
  return g_string_free (readers, FALSE);
}

static gboolean
add_closed (SanCentre *self, SanChildFile *file, GError **error)
{
  static const SanCompartment asked[] = { SAN_COMPARTMENT_CASE, SAN_COMPARTMENT_MEDICAL,
                                          SAN_COMPARTMENT_CLINICAL, SAN_COMPARTMENT_LEGAL };
  g_autoptr(GPtrArray) staff = san_staff_list (self, error);

  if (staff == NULL)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (asked); i++)
    if (!san_centre_can_read (self, asked[i]))
      {
        SanProtectedShelf *shelf = g_new0 (SanProtectedShelf, 1);

        shelf->compartment = asked[i];
        shelf->readers = list_readers (staff, asked[i]);
        g_ptr_array_add (file->closed, shelf);
      }
  return TRUE;
}

SanChildFile *
san_child_file_get (SanCentre *self, const SanId32 *child, GError **error)
{
  g_autoptr(SanChildFile) file = g_new0 (SanChildFile, 1);
  g_autoptr(SanFactSet) facts = NULL;

  file->alerts = g_ptr_array_new_with_free_func ((GDestroyNotify) alert_free);
  file->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) file_row_free);
  file->closed = g_ptr_array_new_with_free_func ((GDestroyNotify) closed_free);
  file->row = san_child_get (self, child, error);
  if (file->row == NULL)
    return NULL;
  g_clear_pointer (&file->row->name, g_free);
  facts = san_derive_facts (self->store, self->catalogue, child,
                            san_store_get_open_mask (self->store), error);
  if (facts == NULL || !add_rows (self, file, facts, error) ||
      !add_house_rows (self, file, facts, error) || !add_closed (self, file, error))
    return NULL;
  g_ptr_array_sort (file->rows, compare_rows);
  for (guint i = 0; i < file->rows->len; i++)
    {
      SanFileRow *row = file->rows->pdata[i];

      row->stay = find_stay (facts, row->at);
    }
  add_header (self, file, facts);
  return g_steal_pointer (&file);
}

char *
san_child_show_name (SanCentre *self, const SanId32 *child, GError **error)
{
  g_autoptr(SanChildRow) row = NULL;

  if (!san_centre_can_read (self, SAN_COMPARTMENT_CASE))
    {
      g_set_error_literal (error, SAN_ERROR, SAN_ERROR_LOCKED, "this login does not read names");
      return NULL;
    }
  row = san_child_get (self, child, error);
  if (row == NULL)
    return NULL;
  if (row->name == NULL)
    {
      g_set_error_literal (error, SAN_ERROR, SAN_ERROR_NOT_FOUND, "no name is written down yet");
      return NULL;
    }
  if (!san_store_add_access (self->store, child, san_sign_key_get_public (self->seat_key),
                             ACCESS_NAME, san_clock_now (), error))
    return NULL;
  return g_steal_pointer (&row->name);
}

void
san_access_row_free (SanAccessRow *self)
{
  g_free (self->who);
  g_free (self->what);
  g_free (self);
}

GPtrArray *
san_child_list_access (SanCentre *self, const SanId32 *child, GError **error)
{
  g_autoptr(GPtrArray) stored = san_store_list_access (self->store, child, ACCESS_LIMIT, error);
  GPtrArray *rows;

  if (stored == NULL)
    return NULL;
  rows = g_ptr_array_new_with_free_func ((GDestroyNotify) san_access_row_free);
  for (guint i = 0; i < stored->len; i++)
    {
      const SanAccess *access = stored->pdata[i];
      SanAccessRow *row = g_new0 (SanAccessRow, 1);

      row->who = san_centre_dup_author (self, &access->seat);
      row->what = g_strdup (access->what);
      row->at = access->at;
      g_ptr_array_add (rows, row);
    }
  return rows;
}
