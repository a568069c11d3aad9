/* san-join.c - a second laptop of a centre: its keys, its seat, and the card that asks to be let in
 *
 * The store is made around the centre's id alone: nothing of the centre is here before the first
 * laptop has accepted the card and the first bundle has come. Until then the login waits. */
#include "san-carry-private.h"
#include "san-card.h"
#include "san-device-state.h"
#include "san-pairing-private.h"
#include "san-setup-private.h"

static SanCard *
read_centre_card (GBytes *bytes, GError **error)
{
  g_autoptr(SanCard) card = san_card_parse (bytes, NULL, error);

  if (card == NULL)
    return NULL;
  if (!san_role_is_superintendent (san_card_get_role (card)))
    {
      g_set_error_literal (error, SAN_ERROR, SAN_ERROR_REFUSED,
                           "the card is not a superintendent's");
      return NULL;
    }
  return g_steal_pointer (&card);
}

/* Her second seat: the staff id and role of the seat on the centre's card. */
static SanCard *
make_joining_card (const SanSetupKeys *keys, const SanCard *centre, const char *label,
                   GError **error)
{
  SanCardSpec spec = { 0 };

  spec.kind = SAN_CARD_JOIN;
  spec.centre = *san_card_get_centre (centre);
  spec.device = keys->device;
  spec.device_sign_key = keys->device_key;
  spec.device_box_key = keys->device_box;
  spec.staff = keys->staff;
  spec.seat_sign_key = keys->seat_key;
  spec.seat_box_key = keys->seat_box;
  spec.role = san_card_get_role (centre);
  spec.label = label;
  return san_card_new (&spec, error);
}

static SanStore *
make_store (const SanPlaceOnDisk *where, const SanSetupKeys *keys, const SanCard *centre,
            const SanCard *joining, GError **error)
{
  g_autoptr(SanStore) store = san_store_begin (where->store, keys->store_key, error);
  SanId16 journal;

  if (store == NULL)
    return NULL;
  san_journal_new (san_sign_key_get_public (keys->device_key), &journal);
  if (!san_store_set_centre (store, san_card_get_centre (centre), error) ||
      !san_store_set_journal (store, &journal, error) ||
      !san_device_state_save (store, &keys->device, keys->device_key, keys->device_box, error) ||
      !san_store_put_state (store, SAN_STATE_MY_CARD, san_card_get_bytes (joining), error))
    return NULL;
  return g_steal_pointer (&store);
}

/* The recovery slot is made once the recovery key of the centre is known. */
static SanKeyring *
make_keyring (const SanPlaceOnDisk *where, const SanSetupKeys *keys, const SanSetup *setup,
              const char *role, const SanPassphraseCost *cost, GError **error)
{
  g_autoptr(SanKeyring) keyring = san_keyring_new (&keys->store);
  SanSlotKeys slot = { keys->seat_key, keys->seat_box, keys->store_key };

  if (!san_keyring_add (keyring, &keys->staff, SAN_SLOT_SEAT, setup->staff, !setup->ask_name, role,
                        setup->language, &slot, setup->passphrase, cost, error) ||
      !san_keyring_save (keyring, where->store, error))
    return NULL;
  return g_steal_pointer (&keyring);
}

static SanCentre *
join (const SanPlaceOnDisk *where, const SanSetup *setup, GBytes *card_bytes, GBytes **joining_card,
      GError **error)
{
  g_auto(SanSetupKeys) keys = { 0 };
  g_autoptr(SanCard) card = NULL;
  g_autoptr(SanCard) joining = NULL;
  g_autoptr(SanStore) store = NULL;
  g_autoptr(SanKeyring) keyring = NULL;
  g_autoptr(SanCentre) self = NULL;
  SanPassphraseCost cost;

  if (!san_setup_check_name (setup->staff, error) ||
      !san_setup_check_passphrase (setup->passphrase, error))
    return NULL;
  card = read_centre_card (card_bytes, error);
  if (card == NULL || !san_setup_cost (setup->unlock_ms, &cost, error))
    return NULL;
  san_setup_keys_make (&keys);
  keys.staff = *san_card_get_staff (card);
  joining = make_joining_card (&keys, card, setup->staff, error);
  if (joining == NULL)
    return NULL;
  store = make_store (where, &keys, card, joining, error);
  keyring = store != NULL
                ? make_keyring (where, &keys, setup, san_card_get_role (card), &cost, error)
                : NULL;
  if (keyring == NULL)
    return NULL;
  self = san_centre_new (where, g_steal_pointer (&store), g_steal_pointer (&keyring),
                         keys.store_key, error);
  if (self == NULL)
    return NULL;
  san_centre_after_write (self);
  if (!san_centre_take_seat (self, keys.seat_key, keys.seat_box, &keys.staff,
                             san_card_get_role (card), NULL, error) ||
      !san_store_finish (self->store, error))
    return NULL;
  *joining_card = g_bytes_ref (san_card_get_bytes (joining));
  return g_steal_pointer (&self);
}

SanCentre *
san_setup_join (const SanPlaceOnDisk *where, const SanSetup *setup, GBytes *card_bytes,
                GBytes **joining_card, GError **error)
{
  SanCentre *self = join (where, setup, card_bytes, joining_card, error);

  if (self == NULL)
    san_store_discard (where->store);
  return self;
}
