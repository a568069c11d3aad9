/* san-carry-write.c - for whom a bundle is sealed
 *
 * My own laptops by their own keys (one that lacks a new ring must still be able to read what
 * brings it), a partner by the leaves of its house ring, which every seat over there holds; and for
 * the same reason by the keys of those of its laptops that were left behind: one that was turned
 * back, or restored, and is the only one of its centre, gets the newest ring from us or never; and
 * one whose people were removed while the ring was renewed, and whose removal did not last. */
#include "san-carry-private.h"
#include "san-partner-cards.h"
#include "san-rings.h"
#include "san-store-rights.h"

#define STATE_RESET "reset"               /* journal that began with the restore */

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  return san_id32_compare (a, b);
}

/* Devices that are not removed, without this one, unless there is another copy of it; their box
 * keys. */
static GPtrArray *
list_own_devices (SanCarryWriter *self, const SanAuthority *authority, GError **error)
{
  GPtrArray *devices;
  gboolean twin = FALSE;

  if (!san_audience_has_twin (self->centre->store, &self->centre->id, &self->centre->device, &twin,
                              error))
    return NULL;
  devices = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < san_authority_get_n_devices (authority); i++)
    {
      const SanDevice *device = san_authority_get_device (authority, i);

      if (device->removed || (!twin && san_id16_equal (&device->device, &self->centre->device)))
        continue;
      g_ptr_array_add (devices, san_id16_copy (&device->device));
      g_array_append_val (self->recipients, device->box_pk);
    }
  return devices;
}

/* Leaves that descend from the house ring on its card; as long as nothing of that centre is here,
 * the ring on the card itself. */
static gboolean
list_partner_rings (SanCarryWriter *self, const SanId32 *partner, GError **error)
{
  g_autoptr(SanCard) card = san_partner_card_load (self->centre, partner, error);
  const SanAuthority *authority = NULL;
  const SanCardRing *rings;
  guint n = 0;

  if (card == NULL || !san_store_look_authority (self->centre->store, partner, &authority, error))
    return FALSE;
  rings = san_card_get_rings (card, &n);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr(GArray) leaves = NULL;

      if (rings[i].compartment != SAN_COMPARTMENT_HOUSE)
        continue;
      if (authority != NULL)
        leaves = san_authority_list_leaves (authority, &rings[i].id, 1);
      for (guint l = 0; leaves != NULL && l < leaves->len; l++)
        {
          g_array_append_val (self->leaves, g_array_index (leaves, SanId32, l));
          g_array_append_val (
              self->recipients,
              san_authority_find_ring (authority, &g_array_index (leaves, SanId32, l))->pk);
        }
      if (leaves == NULL || leaves->len == 0)
        g_array_append_val (self->recipients, rings[i].pk);
    }
  if (self->recipients->len > 0)
    return TRUE;
  g_set_error_literal (error, SAN_ERROR, SAN_ERROR_NOT_FOUND,
                       "that centre has no house ring on its card");
  return FALSE;
}

static gboolean
find_recipients (SanCarryWriter *self, const SanId32 *partner, GPtrArray **devices, GError **error)
{
  const SanAuthority *authority;

  if (partner != NULL)
    return list_partner_rings (self, partner, error);
  authority = san_centre_get_authority (self->centre, error);
  if (authority == NULL)
    return FALSE;
  *devices = list_own_devices (self, authority, error);
  return *devices != NULL;
}

static gboolean
is_recipient (SanCarryWriter *self, const SanId32 *pk)
{
  for (guint i = 0; i < self->recipients->len; i++)
    if (san_id32_equal (&g_array_index (self->recipients, SanId32, i), pk))
      return TRUE;
  return FALSE;
}

/* Somebody who sits there, suspended or not, holds a ring that the bundle is sealed to. */
static gboolean
opens_by_ring (SanCarryWriter *self, const SanAuthority *authority, const SanId16 *device)
{
  for (guint i = 0; i < san_authority_get_n_seats (authority); i++)
    {
      const SanSeat *seat = san_authority_get_seat (authority, i);

      if (seat->removed || seat->spent || !san_id16_equal (&seat->device, device))
        continue;
      for (guint l = 0; l < self->leaves->len; l++)
        if (san_authority_holds_ring (authority, &seat->seat,
                                      &g_array_index (self->leaves, SanId32, l)))
          return TRUE;
    }
  return FALSE;
}

/* A laptop that its centre removed is not among the peers. */
static gboolean
add_laptops_behind (SanCarryWriter *self, const SanId32 *partner, GError **error)
{
  const SanAuthority *authority = NULL;

  if (!san_store_look_authority (self->centre->store, partner, &authority, error))
    return FALSE;
  for (guint i = 0; authority != NULL && i < self->audience->peers->len; i++)
    {
      const SanPeer *peer = g_ptr_array_index (self->audience->peers, i);
      const SanDevice *device = san_authority_find_device (authority, &peer->device);
      gboolean behind = FALSE;

      if (device == NULL || is_recipient (self, &device->box_pk))
        continue;
      if (!san_audience_peer_lacks_own (peer, self->centre->store, &behind, error))
        return FALSE;
      if (behind || !opens_by_ring (self, authority, &device->device))
        g_array_append_val (self->recipients, device->box_pk);
    }
  return TRUE;
}

static gboolean
needs_reset (SanCarryWriter *self, gboolean *out, GError **error)
{
  g_autoptr(GBytes) state = NULL;
  SanId16 journal;

  if (!san_store_look_state (self->centre->store, STATE_RESET, &state, error))
    return FALSE;
  *out = state != NULL && g_bytes_get_size (state) == sizeof journal;
  if (!*out)
    return TRUE;
  memcpy (journal.b, g_bytes_get_data (state, NULL), sizeof journal);
  *out = !san_audience_knows_journal (self->audience, &journal);
  return TRUE;
}

gboolean
san_carry_may_write (SanCentre *self, gboolean *may, GError **error)
{
  const SanAuthority *authority = NULL;

  if (!san_store_look_authority (self->store, &self->id, &authority, error))
    return FALSE;
  *may = authority != NULL && san_authority_find_device (authority, &self->device) != NULL;
  return TRUE;
}

gboolean
san_carry_set_reset (SanCentre *self, GError **error)
{
  SanId16 journal;
  g_autoptr(GBytes) state = NULL;

  san_store_get_journal (self->store, &journal);
  state = g_bytes_new (journal.b, sizeof journal);
  return san_store_put_state (self->store, STATE_RESET, state, error);
}

gboolean
san_carry_writer_begin (SanCarryWriter *self, SanCentre *centre, const SanId32 *partner,
                        const char *temp_dir, gboolean *any, GError **error)
{
  g_autoptr(GPtrArray) devices = NULL;

  self->centre = centre;
  self->recipients = g_array_new (FALSE, FALSE, sizeof (SanId32));
  self->leaves = g_array_new (FALSE, FALSE, sizeof (SanId32));
  if (!find_recipients (self, partner, &devices, error))
    return FALSE;
  *any = self->recipients->len > 0;
  if (!*any)
    return TRUE;
  g_array_sort (self->recipients, compare_ids);
  self->audience = san_audience_new (centre->store, &centre->id,
                                     partner != NULL ? partner : &centre->id, devices, error);
  if (self->audience == NULL || (partner != NULL && !add_laptops_behind (self, partner, error)))
    return FALSE;
  self->outgoing.store = centre->store;
  self->outgoing.own = centre->id;
  self->outgoing.device = centre->device;
  self->outgoing.sign_key = centre->device_key;
  self->outgoing.own_key = centre->device_box;
  self->outgoing.recipients = (const SanId32 *) self->recipients->data;
  self->outgoing.n_recipients = self->recipients->len;
  self->outgoing.temp_dir = temp_dir;
  return needs_reset (self, &self->outgoing.reset, error);
}

void
san_carry_writer_clear (SanCarryWriter *self)
{
  g_clear_pointer (&self->audience, san_audience_free);
  g_clear_pointer (&self->recipients, g_array_unref);
  g_clear_pointer (&self->leaves, g_array_unref);
}
