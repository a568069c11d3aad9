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

/**
 * san_review_list:
 *
 * Returns: (transfer full) (element-type SanReviewRow): what this login can decide
 */
GPtrArray *
san_review_list (SanCentre *self, GError **error)
{
  g_autoptr(GPtrArray) records =
      san_store_list_review (self->store, san_store_get_open_mask (self->store), error);
  g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) san_review_row_free);

  if (records == NULL)
    return NULL;
  for (guint i = 0; i < records->len; i++)
    if (!add_rows (self, g_ptr_array_index (records, i), rows, error))
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
