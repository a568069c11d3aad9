/* san-staff-recovery.c - in by the recovery code, which is used up: a new seat, and a new code
 *
 * A code that lay open once is no secret any more, so whoever comes in by it leaves another one.
 * Nothing is written before the new code was seen and typed back: a laptop that is switched off
 * until then keeps its old code, and never has one that nobody knows.
 *
 * By the old code: every ring that it opens goes to the new one, which is then in force. By the new
 * one: her seat, with a superintendent's rings, and the removal of the one that she had here. So a
 * second laptop that has not heard of it may be entered by the old code and the same new one, and
 * both count. Rings that the old code has had are renewed by whoever holds them (san-ring-care.c).
 */
#include "san-staff.h"
#include "san-code-keys.h"
#include "san-device-state.h"
#include "san-press.h"
#include "san-recovery-code.h"
#include "san-ring.h"
#include "san-ring-care.h"
#include "san-setup-private.h"
#include "san-slots.h"
#include "san-staff-private.h"
#include "san-store-rights.h"

typedef struct
{
  SanCentre        *centre;         /* opened by the code */
  SanCodeKeys       old, fresh;
  SanId16           staff;
  gboolean          has_slot;       /* she has one here, which goes */
  SanSlotInfo       slot;
  GArray           *all;            /* SanId32: rings that the code opens */
  GArray *newest; /* SanId32: those of them that a superintendent reads and none of them follows */
} Recovery;

static void
recovery_clear (Recovery *self)
{
  g_clear_object (&self->centre);
  san_code_keys_clear (&self->old);
  san_code_keys_clear (&self->fresh);
  g_clear_pointer (&self->all, g_array_unref);
  g_clear_pointer (&self->newest, g_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Recovery, recovery_clear)

/* A change of the code that was cut off before the keyring's file was written, or that came with an
 * exchange and was not seen to since: now it is. */
static gboolean
catch_up (SanCentre *centre, const SanAuthority *authority, GError **error)
{
  if (!san_centre_keep_recovery_slot (centre, authority, error) || !san_slots_pay (centre, error))
    return FALSE;
  g_set_error_literal (
      error, SAN_ERROR, SAN_ERROR_ALREADY,
      "this recovery code was replaced: the new one opens this laptop, and so does the passphrase "
      "that was chosen with it");
  return FALSE;
}

static gboolean
open_centre (Recovery *self, const SanPlaceOnDisk *where, GError **error)
{
  g_autoptr(SanKeyring) keyring = san_keyring_load (where->store, error);
  g_auto(SanSlotKeys) device = { 0 };
  SanStore *store;
  const SanAuthority *authority;

  if (keyring == NULL)
    return FALSE;
  if (!san_keyring_open_recovery (keyring, self->old.box, &device, NULL))
    {
      g_set_error_literal (error, SAN_ERROR, SAN_ERROR_LOCKED, "wrong recovery code");
      return FALSE;
    }
  store = san_store_open (where->store, device.store_key, error);
  if (store == NULL)
    return FALSE;
  self->centre = san_centre_new (where, store, g_steal_pointer (&keyring), device.store_key, error);
  if (self->centre == NULL || !san_device_state_load (self->centre, error) ||
      !san_centre_find_house (self->centre, error))
    return FALSE;
  authority = san_centre_get_authority (self->centre, error);
  if (authority == NULL)
    return FALSE;
  return san_code_keys_are_in_force (&self->old, authority) ||
         catch_up (self->centre, authority, error);
}

static gboolean
is_followed (const SanAuthority *authority, GPtrArray *rings, const SanId32 *id)
{
  for (guint i = 0; i < rings->len; i++)
    {
      const SanRing *ring = san_authority_find_ring (
          authority, &((const SanHeldRing *) g_ptr_array_index (rings, i))->id);

      if (ring != NULL && ring->effective && san_id32_equal (&ring->previous, id))
        return TRUE;
    }
  return FALSE;
}

/* The code opens rings as a seat does: what it was given, and what that leads to. */
static gboolean
find_rings (Recovery *self, GError **error)
{
  SanStore *store = self->centre->store;
  g_autoptr(GPtrArray) rings = NULL;
  const SanAuthority *authority;
  guint reads = san_role_get_reads ("superintendent");

  if (!san_store_unlock (store, san_sign_key_get_public (self->old.sign), self->old.box, NULL,
                         error))
    return FALSE;
  rings = san_store_list_rings (store, -1, error);
  authority = rings != NULL ? san_centre_get_authority (self->centre, error) : NULL;
  if (authority == NULL)
    return FALSE;
  self->all = g_array_new (FALSE, FALSE, sizeof (SanId32));
  self->newest = g_array_new (FALSE, FALSE, sizeof (SanId32));
  for (guint i = 0; i < rings->len; i++)
    {
      const SanHeldRing *held = g_ptr_array_index (rings, i);
      const SanRing *ring = san_authority_find_ring (authority, &held->id);

      if (ring == NULL || !ring->effective)
        continue;
      g_array_append_val (self->all, held->id);
      if ((reads & (1u << held->compartment)) && !is_followed (authority, rings, &held->id))
        g_array_append_val (self->newest, held->id);
    }
  return TRUE;
}

static gboolean
begin (Recovery *self, const SanPlaceOnDisk *where, const char *name, const SanSecret *code,
       const SanSecret *passphrase, GError **error)
{
  const SanSlotInfo *slot;

  if (!san_code_keys_read (&self->old, code, error) ||
      !san_setup_check_passphrase (passphrase, error) || !open_centre (self, where, error) ||
      !san_centre_find_staff (self->centre, name != NULL ? name : "", &self->staff, error))
    return FALSE;
  slot = san_keyring_find_staff (self->centre->keyring, &self->staff);
  self->has_slot = slot != NULL;
  if (slot != NULL)
    self->slot = *slot;
  return find_rings (self, error);
}

static gboolean
hand_rings (Recovery *self, SanPress *press, const GArray *rings, const SanSignKey *sign,
            const SanBoxKey *box, GError **error)
{
  for (guint i = 0; i < rings->len; i++)
    if (!san_ring_hand_to_seat (press, self->centre, &g_array_index (rings, SanId32, i),
                                san_sign_key_get_public (sign), san_box_key_get_public (box),
                                error))
      return FALSE;
  return TRUE;
}

/* Her slot as it was, but for its keys and its passphrase; the recovery slot for the new code. */
static SanKeyring *
make_keyring (Recovery *self, const char *name, const SanSlotKeys *own, const SanSecret *passphrase,
              GError **error)
{
  SanCentre *centre = self->centre;
  g_autoptr(SanKeyring) keyring = san_slots_copy (centre, error);
  const char *language = self->has_slot ? self->slot.language : "en";
  gboolean shown = !self->has_slot || self->slot.name[0] != '\0';
  SanPassphraseCost cost;

  if (keyring == NULL || (!self->has_slot && !san_setup_cost (0, &cost, error)))
    return NULL;
  if (self->has_slot)
    {
      cost = self->slot.cost;
      san_keyring_remove (keyring, &self->slot.seat);
    }
  if (!san_keyring_add (keyring, &self->staff, SAN_SLOT_SEAT, name, shown, "superintendent",
                        language, own, passphrase, &cost, error) ||
      !san_keyring_set_recovery (keyring, centre->store_key, centre->device_key, centre->device_box,
                                 san_box_key_get_public (self->fresh.box), error))
    return NULL;
  return g_steal_pointer (&keyring);
}

static gboolean
add_new_code (Recovery *self, SanPress *press, GError **error)
{
  g_autoptr(SanAuthorityBody) body =
      san_new_recovery_make (self->fresh.sign, san_box_key_get_public (self->fresh.box),
                             san_sign_key_get_public (self->old.sign));

  return san_press_add_authority (press, &self->centre->id, body, NULL, error);
}

typedef struct { const SanId32 *seat; SanSeatRecord record; gboolean found; } Claim;

static gboolean
find_claim (SanEntry *entry, gpointer data)
{
  Claim *claim = data;
  g_autoptr(SanAuthorityBody) body = san_authority_body_parse (san_entry_get_body (entry), NULL);

  if (body != NULL && body->op == SAN_OP_SEAT &&
      san_id32_equal (&body->u.seat.sign_pk, claim->seat))
    {
      claim->record = body->u.seat;
      claim->found = TRUE;
    }
  return !claim->found;
}

/* Her seat here does not count where a code made it that was replaced meanwhile, on another laptop.
 * It is appointed once more, so that what she has written with it counts. */
static gboolean
appoint_again (Recovery *self, SanPress *press, gboolean *known, GError **error)
{
  SanCentre *centre = self->centre;
  const SanAuthority *authority = san_centre_get_authority (centre, error);
  Claim claim = { .seat = &self->slot.seat };
  g_autoptr(SanAuthorityBody) body = NULL;

  if (authority == NULL)
    return FALSE;
  *known = san_authority_find_seat (authority, &self->slot.seat) != NULL;
  if (*known)
    return TRUE;
  if (!san_store_each_by_recovery (centre->store, &centre->id, find_claim, &claim, error))
    return FALSE;
  *known = claim.found;
  if (!claim.found)
    return TRUE;
  body = san_authority_body_new (SAN_OP_SEAT);
  body->u.seat = claim.record;
  return san_press_add_authority (press, &centre->id, body, NULL, error);
}

static gboolean
remove_old (Recovery *self, SanPress *press, GError **error)
{
  const SanAuthority *authority;
  const SanSeat *seat;
  gboolean known;

  if (!self->has_slot)
    return TRUE;
  if (!appoint_again (self, press, &known, error))
    return FALSE;
  authority = known ? san_centre_get_authority (self->centre, error) : NULL;
  seat = authority != NULL ? san_authority_find_seat (authority, &self->slot.seat) : NULL;
  if (known && authority == NULL)
    return FALSE;
  return seat == NULL || seat->removed || seat->spent ||
         san_staff_remove_target (press, self->centre, SAN_REMOVE_SEAT, &self->slot.seat,
                                  SAN_REASON_OTHER, error);
}

static gboolean
write_all (Recovery *self, const char *name, const SanSecret *passphrase, GError **error)
{
  SanCentre *centre = self->centre;
  g_autoptr(SanSignKey) seat = san_sign_key_new_random ();
  g_autoptr(SanBoxKey) box = san_box_key_new_random ();
  SanSlotKeys own = { seat, box, centre->store_key };
  g_autoptr(SanKeyring) keyring = make_keyring (self, name, &own, passphrase, error);
  g_autoptr(SanPress) press = keyring != NULL ? san_press_begin (centre, error) : NULL;

  if (press == NULL)
    return FALSE;
  san_press_sign_as (press, self->old.sign);
  if (!hand_rings (self, press, self->all, self->fresh.sign, self->fresh.box, error) ||
      !add_new_code (self, press, error))
    return FALSE;
  san_press_sign_as (press, self->fresh.sign);
  return san_staff_appoint (press, centre, &self->staff, seat, box, "superintendent", error) &&
         remove_old (self, press, error) &&
         hand_rings (self, press, self->newest, seat, box, error) &&
         san_centre_note_recovery_slot (centre, san_box_key_get_public (self->fresh.box), error) &&
         san_slots_commit (centre, press, g_steal_pointer (&keyring), error);
}

SanSecret *
san_staff_begin_recovery (const SanPlaceOnDisk *where, const char *name,
                          const SanSecret *recovery_code, const SanSecret *passphrase,
                          char **centre_name, GError **error)
{
  g_auto(Recovery) self = { 0 };
  g_autoptr(SanSecret) code = NULL;

  if (!begin (&self, where, name, recovery_code, passphrase, error))
    return NULL;
  if (centre_name != NULL)
    *centre_name = san_centre_dup_name (self.centre);
  code = san_recovery_code_new_random ();
  return san_recovery_code_to_text (code);
}

SanCentre *
san_staff_recover (const SanPlaceOnDisk *where, const char *name, const SanSecret *recovery_code,
                   const SanSecret *passphrase, const SanSecret *fresh_code, GError **error)
{
  static const char done[] = "the new passphrase and the new recovery code are set";
  g_auto(Recovery) self = { 0 };
  g_autoptr(GError) local = NULL;

  if (!san_code_keys_read (&self.fresh, fresh_code, error) ||
      !begin (&self, where, name, recovery_code, passphrase, error) ||
      !write_all (&self, name, passphrase, error))
    return NULL;
  if (!san_slots_pay (self.centre, &local))
    {
      san_error_take_done (error, g_steal_pointer (&local), done);
      return NULL;
    }
  g_clear_object (&self.centre);
  return san_staff_enter (where, name, passphrase, done, error);
}
