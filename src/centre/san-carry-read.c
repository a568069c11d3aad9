/* san-carry-read.c - apply files that came, and look after what they brought
 *
 * Bundles are sealed to this laptop's own key or to the house ring, which is used for nothing
 * else; so these are the keys that are tried. */
#include "san-carry-private.h"
#include "san-journal-care.h"
#include "san-partner-cards.h"
#include "san-ring-care.h"
#include "san-store-rights.h"

#define RINGS_TRIED 4u

static GPtrArray *
list_keys (SanCentre *centre, GError **error)
{
  g_autoptr(GPtrArray) keys = g_ptr_array_new_with_free_func ((GDestroyNotify) san_box_key_unref);
  g_autoptr(GPtrArray) rings = NULL;

  g_ptr_array_add (keys, san_box_key_ref (centre->device_box));
  if (san_store_get_seat (centre->store) == NULL)
    return g_steal_pointer (&keys);      /* joining: no ring yet */
  rings = san_store_list_rings (centre->store, SAN_COMPARTMENT_HOUSE, error);
  if (rings == NULL)
    return NULL;
  for (guint i = 0; i < MIN (rings->len, RINGS_TRIED); i++)
    {
      const SanHeldRing *ring = g_ptr_array_index (rings, i);
      SanBoxKey *key = san_store_dup_ring (centre->store, &ring->id, error);

      if (key == NULL)
        return NULL;
      g_ptr_array_add (keys, key);
    }
  return g_steal_pointer (&keys);
}

/* Own, paired, or met in a shared child's dossier. */
static gboolean
knows_centre (const SanId32 *id, gpointer data)
{
  SanCentre *centre = data;

  return san_id32_equal (id, &centre->id) || san_centre_knows_partner (centre, id) ||
         san_store_get_authority (centre->store, id, NULL) != NULL;
}

gboolean
san_carry_reader_begin (SanCarryReader *self, SanCentre *centre, GError **error)
{
  self->centre = centre;
  self->incoming.store = centre->store;
  self->incoming.keys = list_keys (centre, error);
  self->incoming.knows_centre = knows_centre;
  self->incoming.data = centre;
  self->incoming.device = &centre->device;
  return self->incoming.keys != NULL;
}

void
san_carry_reader_clear (SanCarryReader *self)
{
  g_clear_pointer (&self->incoming.keys, g_ptr_array_unref);
}

gboolean
san_carry_reader_take (SanCarryReader *self, const char *path, gboolean *already, guint *n_new,
                       GCancellable *cancellable, GError **error)
{
  g_auto(SanIncomingResult) result = { 0 };
  SanSource *source = san_source_open_path (path, error);

  if (source == NULL || !san_incoming_apply (&self->incoming, source, &result, cancellable, error))
    return FALSE;
  *already = result.outcome == SAN_INCOMING_ALREADY;
  *n_new = result.n_new;
  self->n_new += result.n_new;
  self->n_pieces += result.n_pieces;
  self->n_applied += result.outcome == SAN_INCOMING_APPLIED;
  self->behind |= result.we_are_behind;
  return TRUE;
}

gboolean
san_carry_reader_settle (SanCarryReader *self, GCancellable *cancellable, GError **error)
{
  SanCentre *centre = self->centre;

  if (self->n_applied == 0)
    return TRUE;
  if (!san_centre_refresh (centre, cancellable, error))
    return FALSE;
  if (centre->joining)
    return TRUE;
  if (self->behind && !san_journal_begin_new (centre, SAN_NOTICE_ROLL_BACK, NULL, error))
    return FALSE;
  self->behind = FALSE;
  return san_ring_care (centre, error);
}

gboolean
san_carry_count_review (SanCentre *self, guint *out, GError **error)
{
  g_autoptr(GPtrArray) records =
      san_store_list_review (self->store, san_store_get_open_mask (self->store), error);
  g_autoptr(GPtrArray) held = records != NULL ? san_store_list_held (self->store, error) : NULL;

  if (held == NULL)
    return FALSE;
  *out = records->len + held->len;
  return TRUE;
}
