/* san-house-notes.c - records of the house that name a child
 *
 * One pass over the current answers of the house finds the records that name her; only those are
 * read whole. */
#include "san-house-notes.h"
#include "san-derive.h"

typedef struct
{
  SanCentre     *centre;
  const SanId32 *child;
  GHashTable    *named;             /* SanId16 -> itself */
  const char    *form_id;           /* of the last answer */
  const SanForm *form;
} Search;

/* TRUE: a question for a child, in whatever table it stands. */
static gboolean
asks_for_child (Search *self, const SanStoredWrite *write)
{
  const SanField *field;

  if (g_strcmp0 (self->form_id, write->form) != 0)
    {
      self->form_id = g_intern_string (write->form);
      self->form = san_catalogue_find_form (self->centre->catalogue, write->form);
    }
  field = self->form != NULL && self->form->dossier == SAN_DOSSIER_HOUSE
              ? san_form_find_field (self->form, write->field)
              : NULL;
  return field != NULL && field->type == SAN_FIELD_CHILD;
}

static gboolean
look_at (const SanStoredWrite *write, gpointer data)
{
  Search *self = data;
  SanId32 named;

  if (san_value_get_id (write->value, &named) && san_id32_equal (&named, self->child) &&
      asks_for_child (self, write) && !g_hash_table_contains (self->named, &write->record))
    g_hash_table_add (self->named, san_id16_copy (&write->record));
  return TRUE;
}

static int
compare_written (gconstpointer a, gconstpointer b)
{
  const SanStoredRecord *one = *(SanStoredRecord *const *) a;
  const SanStoredRecord *two = *(SanStoredRecord *const *) b;

  if (one->wall != two->wall)
    return one->wall > two->wall ? -1 : 1;
  return san_id16_compare (&one->record, &two->record);
}

static GPtrArray *
list_named (SanCentre *self, GHashTable *named, guint limit, GError **error)
{
  g_autoptr(GPtrArray) list =
      g_ptr_array_new_with_free_func ((GDestroyNotify) san_stored_record_free);
  GHashTableIter iter;
  gpointer record;

  g_hash_table_iter_init (&iter, named);
  while (g_hash_table_iter_next (&iter, &record, NULL))
    {
      g_autoptr(GError) local = NULL;
      SanStoredRecord *stored =
          san_store_dup_record (self->store, &self->house, record, NULL, &local);

      if (g_error_matches (local, SAN_ERROR, SAN_ERROR_NOT_FOUND)) /* an id that two forms claim */
        continue;
      if (stored == NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return NULL;
        }
      if (stored->withdrawn)
        san_stored_record_free (stored);
      else
        g_ptr_array_add (list, stored);
    }
  g_ptr_array_sort (list, compare_written);
  if (list->len > limit)
    g_ptr_array_set_size (list, (int) limit);
  return g_steal_pointer (&list);
}

GPtrArray *
san_house_notes_about (SanCentre *self, const SanId32 *child, guint limit, SanFactSet **facts,
                       GError **error)
{
  guint mask = san_store_get_open_mask (self->store);
  g_autoptr(GHashTable) named = g_hash_table_new_full (san_id16_hash, san_id16_equal, g_free, NULL);
  g_autoptr(SanFactSet) set = san_fact_set_new (self->catalogue);
  g_autoptr(GPtrArray) list = NULL;
  Search search = { self, child, named, NULL, NULL };

  if (!san_store_each_value (self->store, &self->house, NULL, mask, look_at, &search, error))
    return NULL;
  list = list_named (self, named, limit, error);
  if (list == NULL)
    return NULL;
  for (guint i = 0; i < list->len; i++)
    if (!san_derive_add_record (self->store, set, list->pdata[i], mask, error))
      return NULL;
  *facts = g_steal_pointer (&set);
  return g_steal_pointer (&list);
}
