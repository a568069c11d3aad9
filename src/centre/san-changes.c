/* san-changes.c - what one press of Save is going to write, sorted by compartment
 *
 * A change names the writes that it saw and replaces. What a person saw is what is current when
 * she presses Save on this laptop: views and writes share one thread, so nothing comes between. */
#include "san-changes.h"

struct _SanChanges
{
  SanCentre        *centre;
  gboolean          has_dossier;
  SanId32           dossier;
  SanChangeBuilder *builders[SAN_N_COMPARTMENTS];
  GArray           *begun;       /* SanId16: drawn here */
  GHashTable       *values;      /* "record field" -> SanValue */
};

SanChanges *
san_changes_new (SanCentre *centre, const SanId32 *dossier)
{
  SanChanges *self = g_new0 (SanChanges, 1);

  self->centre = centre;
  self->has_dossier = dossier != NULL;
  if (dossier != NULL)
    self->dossier = *dossier;
  self->begun = g_array_new (FALSE, FALSE, sizeof (SanId16));
  self->values =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) san_value_unref);
  return self;
}

void
san_changes_free (SanChanges *self)
{
  for (guint c = 0; c < SAN_N_COMPARTMENTS; c++)
    g_clear_pointer (&self->builders[c], san_change_builder_free);
  g_array_unref (self->begun);
  g_hash_table_unref (self->values);
  g_free (self);
}

void
san_changes_begin (SanChanges *self, SanId16 *record)
{
  san_random (record->b, sizeof record->b);
  g_array_append_val (self->begun, *record);
}

gboolean
san_changes_is_new (SanChanges *self, const SanId16 *record)
{
  for (guint i = 0; i < self->begun->len; i++)
    if (san_id16_equal (&g_array_index (self->begun, SanId16, i), record))
      return TRUE;
  return FALSE;
}

static char *
value_key (const SanId16 *record, const char *field)
{
  g_autofree char *hex = san_id16_to_text (record);

  return g_strconcat (hex, " ", field, NULL);
}

SanValue *
san_changes_peek (SanChanges *self, const SanId16 *record, const char *field)
{
  g_autofree char *key = value_key (record, field);

  return g_hash_table_lookup (self->values, key);
}

static SanChangeBuilder *
need_builder (SanChanges *self, guint compartment)
{
  if (self->builders[compartment] == NULL)
    self->builders[compartment] = san_change_builder_new ();
  return self->builders[compartment];
}

/* The current writes of a field: ids in an array of SanWriteId. */
static GArray *
list_seen (SanChanges *self, guint compartment, const SanId16 *record, const char *form,
           const char *field, GError **error)
{
  g_autoptr(GArray) seen = g_array_new (FALSE, FALSE, sizeof (SanWriteId));
  g_autoptr(GPtrArray) current = NULL;

  if (!self->has_dossier || san_changes_is_new (self, record))
    return g_steal_pointer (&seen);
  current = san_store_list_values (self->centre->store, &self->dossier, record, form, field,
                                   1u << compartment, error);
  if (current == NULL)
    return NULL;
  for (guint i = 0; i < current->len; i++)
    {
      const SanStoredWrite *write = g_ptr_array_index (current, i);

      if (seen->len < SAN_TARGETS_LIMIT)
        g_array_append_val (seen, write->id);
    }
  return g_steal_pointer (&seen);
}

gboolean
san_changes_set (SanChanges *self, guint compartment, const SanId16 *record, const char *form,
                 const char *field, SanValue *value, GError **error)
{
  g_autoptr(GArray) seen = list_seen (self, compartment, record, form, field, error);

  if (seen == NULL ||
      !san_change_builder_add (need_builder (self, compartment), record, form, field, value,
                               (const SanWriteId *) seen->data, seen->len, error))
    return FALSE;
  g_hash_table_insert (self->values, value_key (record, field), san_value_ref (value));
  return TRUE;
}

gboolean
san_changes_set_text (SanChanges *self, guint compartment, const SanId16 *record, const char *form,
                      const char *field, const char *text, GError **error)
{
  g_autoptr(SanValue) value = san_value_new_text (text, error);

  return value != NULL && san_changes_set (self, compartment, record, form, field, value, error);
}

gboolean
san_changes_finish (SanChanges *self, guint compartment, const SanId16 *record, const char *form,
                    GError **error)
{
  g_autoptr(GPtrArray) entries = NULL;
  g_autoptr(GArray) seen = list_seen (self, compartment, record, form, SAN_FIELD_FINISH, error);
  g_autofree SanId32 *ids = NULL;

  if (seen == NULL)
    return FALSE;
  entries = san_store_list_closing (self->centre->store, &self->dossier, record, form,
                                    (guint8) compartment, error);
  if (entries == NULL)
    return FALSE;
  ids = g_new (SanId32, entries->len + 1);
  for (guint i = 0; i < entries->len; i++)
    ids[i] = *(const SanId32 *) g_ptr_array_index (entries, i);
  return san_change_builder_finish (need_builder (self, compartment), record, form, ids,
                                    entries->len, (const SanWriteId *) seen->data, seen->len,
                                    error);
}

gboolean
san_changes_close (SanChanges *self, guint compartment, const SanId16 *record, const char *form,
                   const SanId32 *written, GError **error)
{
  return san_change_builder_finish (need_builder (self, compartment), record, form, written, 1,
                                    NULL, 0, error);
}

gboolean
san_changes_amend (SanChanges *self, guint compartment, const SanId16 *record, const char *form,
                   const char *text, GError **error)
{
  g_autoptr(SanValue) value = san_value_new_text (text, error);

  return value != NULL &&
         san_change_builder_add (need_builder (self, compartment), record, form, SAN_FIELD_AMEND,
                                 value, NULL, 0, error);
}

guint
san_changes_get_mask (const SanChanges *self)
{
  guint mask = 0;

  for (guint c = 0; c < SAN_N_COMPARTMENTS; c++)
    if (self->builders[c] != NULL)
      mask |= 1u << c;
  return mask;
}

SanChangeBuilder *
san_changes_get (SanChanges *self, guint compartment)
{
  return self->builders[compartment];
}
