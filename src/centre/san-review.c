/* san-review.c - what a person must decide: values that were written unseen */
#include "san-review.h"
#include "san-record-view.h"
#include "san-record-write.h"

#define SHOWN_RANKS 64u              /* values of one field that are shown beside each other */

void
san_review_row_free (SanReviewRow *self)
{
  g_free (self->form);
  g_free (self->field);
  g_ptr_array_unref (self->values);
  g_free (self);
}

/* Of one field: the current values, the first of them first, then what is proposed. */
static GPtrArray *
list_versions (SanCentre *self, GPtrArray *writes, const char *field)
{
  GPtrArray *versions = san_field_versions_new ();

  for (guint rank = 1; rank <= SHOWN_RANKS; rank++)
    for (guint i = 0; i < writes->len; i++)
      {
        const SanStoredWrite *write = g_ptr_array_index (writes, i);

        if (write->rank == rank && g_str_equal (write->field, field))
          g_ptr_array_add (versions, san_field_version_new (self, write));
      }
  for (guint i = 0; i < writes->len; i++)
    {
      const SanStoredWrite *write = g_ptr_array_index (writes, i);

      if (write->state == SAN_WRITE_PROPOSED && g_str_equal (write->field, field))
        g_ptr_array_add (versions, san_field_version_new (self, write));
    }
  return versions;
}

/* One row for each field of the record with more than one current value, a proposed amendment or
 * an edit by somebody who had not seen the withdrawal. Writes come ordered by field. */
static gboolean
add_rows (SanCentre *self, const SanStoredRecord *record, GPtrArray *rows, GError **error)
{
  g_autoptr(GPtrArray) writes =
      san_store_list_history (self->store, &record->dossier, &record->record, record->form, NULL,
                              san_store_get_open_mask (self->store), error);
  g_autoptr(GHashTable) fields = g_hash_table_new (g_str_hash, g_str_equal);

  if (writes == NULL)
    return FALSE;
  for (guint i = 0; i < writes->len; i++)
    {
      const SanStoredWrite *write = g_ptr_array_index (writes, i);

      if (!san_field_is_reserved (write->field) &&
          (write->rank > 1 || write->state == SAN_WRITE_PROPOSED || write->unseen))
        g_hash_table_add (fields, (gpointer) write->field);
    }
  for (guint i = 0; i < writes->len; i++)
    {
      const SanStoredWrite *write = g_ptr_array_index (writes, i);
      SanReviewRow *row;

      if (!g_hash_table_remove (fields, write->field))
        continue;
      row = g_new0 (SanReviewRow, 1);
      row->child = record->dossier;
      row->record = record->record;
      row->form = g_strdup (record->form);
      row->field = g_strdup (write->field);
      row->values = list_versions (self, writes, row->field);
      g_ptr_array_add (rows, row);
    }
  return TRUE;
}

typedef struct { char *alias; const SanStoredRecord *record; } Placed;

static void
placed_clear (gpointer data)
{
  g_free (((Placed *) data)->alias);
}

/* What is of the house first, then child by child; of one of them the oldest note first. */
static int
compare_placed (gconstpointer a, gconstpointer b)
{
  const Placed *one = a, *two = b;
  int order = g_utf8_collate (one->alias, two->alias);

  if (order == 0)
    order = san_id32_compare (&one->record->dossier, &two->record->dossier);
  if (order == 0)
    order = (one->record->wall > two->record->wall) - (one->record->wall < two->record->wall);
  return order != 0 ? order : san_id16_compare (&one->record->record, &two->record->record);
}

/* The records borrowed from @records. */
static GArray *
place_records (SanCentre *self, GPtrArray *records)
{
  GArray *placed = g_array_sized_new (FALSE, FALSE, sizeof (Placed), records->len);

  g_array_set_clear_func (placed, placed_clear);
  for (guint i = 0; i < records->len; i++)
    {
      g_autofree char *sign = NULL;
      g_autofree char *bed = NULL;
      Placed one = { NULL, g_ptr_array_index (records, i) };

      san_child_dup_tag (self, &one.record->dossier, &one.alias, &sign, &bed);
      if (one.alias == NULL)
        one.alias = g_strdup ("");
      g_array_append_val (placed, one);
    }
  g_array_sort (placed, compare_placed);
  return placed;
}

/**
 * san_review_list:
 *
 * Returns: (transfer full) (element-type SanReviewRow): what this login can decide; of the house
 *   first, then child by child by alias, the oldest note first
 */
GPtrArray *
san_review_list (SanCentre *self, GError **error)
{
  g_autoptr(GPtrArray) records =
      san_store_list_review (self->store, san_store_get_open_mask (self->store), error);
  g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) san_review_row_free);
  g_autoptr(GArray) placed = NULL;

  if (records == NULL)
    return NULL;
  placed = place_records (self, records);
  for (guint i = 0; i < placed->len; i++)
    if (!add_rows (self, g_array_index (placed, Placed, i).record, rows, error))
      return NULL;
  return g_steal_pointer (&rows);
}

/* The chosen value is written again over all that are current, so that history says who decided. */
gboolean
san_review_pick (SanCentre *self, const SanId16 *record, const char *field, guint which,
                 GError **error)
{
  g_autoptr(SanStoredRecord) stored = san_record_locate (self, record, error);
  g_autoptr(GPtrArray) values = NULL;
  g_autoptr(SanChanges) changes = NULL;

  if (stored == NULL)
    return FALSE;
  values = san_store_list_values (self->store, &stored->dossier, record, stored->form, field,
                                  san_store_get_open_mask (self->store), error);
  if (values == NULL)
    return FALSE;
  if (values->len < 2)
    {
      g_set_error_literal (error, SAN_ERROR, SAN_ERROR_ALREADY,
                           "there is nothing to decide in that field");
      return FALSE;
    }
  changes = san_changes_new (self, &stored->dossier);
  for (guint i = 0; i < values->len; i++)
    {
      const SanStoredWrite *write = g_ptr_array_index (values, i);

      if (write->rank == which)
        return san_changes_set (changes, write->id.compartment, record, stored->form, field,
                                write->value, error) &&
               san_record_save (self, &stored->dossier, changes, error);
    }
  g_set_error (error, SAN_ERROR, SAN_ERROR_INVALID, "there are %u values to choose from",
               values->len);
  return FALSE;
}
