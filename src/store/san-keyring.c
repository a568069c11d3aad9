/* san-keyring.c - the slots in memory: adding, opening, removing, the recovery slot
 *
 * The file's bytes are read and written in san-keyring-file.c. Everything that a slot shows is
 * bound to what it seals: a name, role or cost changed on disk makes it stop opening. */
#include "san-keyring-private.h"

#include "san-compartment.h"

#include <string.h>

#define SEED_SIZE 32u

/* ---- names ---- */

/* As it is hashed and stored: NFC, so that one name typed on two keyboards is one. */
static char *
normal_name (const char *name, GError **error)
{
  g_autofree char *nfc = g_utf8_normalize (name, -1, G_NORMALIZE_NFC);

  if (nfc != NULL)
    g_strstrip (nfc);
  if (nfc == NULL || !san_keyring_name_is_fine (nfc, strlen (nfc)) || *nfc == '\0')
    {
      g_set_error (error, SAN_ERROR, SAN_ERROR_INVALID,
                   "a short name has 1 to %u letters and no control letters",
                   SAN_NAME_LETTERS);
      return NULL;
    }
  return g_steal_pointer (&nfc);
}

static gboolean
same_name (const char *a, const char *b)
{
  g_autofree char *folded_a = g_utf8_casefold (a, -1);
  g_autofree char *folded_b = g_utf8_casefold (b, -1);

  return strcmp (folded_a, folded_b) == 0;
}

guint8
san_keyring_name_tag (const SanId16 *store, const char *name)
{
  SanId32 digest;

  san_keyed_hash (store->b, sizeof store->b, "san1.name", name, strlen (name), &digest);
  return digest.b[0];
}

/* ---- making and finding ---- */

SanKeyring *
san_keyring_new (const SanId16 *store)
{
  SanKeyring *self = g_new0 (SanKeyring, 1);

  self->store = *store;
  self->slots = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
san_keyring_free (SanKeyring *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->slots);
  g_free (self);
}

void
san_slot_keys_clear (SanSlotKeys *self)
{
  g_clear_pointer (&self->sign, san_sign_key_unref);
  g_clear_pointer (&self->box, san_box_key_unref);
  g_clear_pointer (&self->store_key, san_secret_unref);
}

const SanId16 *
san_keyring_get_store (const SanKeyring *self)
{
  return &self->store;
}

guint
san_keyring_get_n_slots (const SanKeyring *self)
{
  return self->slots->len;
}

static Slot *
slot_at (const SanKeyring *self, guint i)
{
  return g_ptr_array_index (self->slots, i);
}

const SanSlotInfo *
san_keyring_get_slot (const SanKeyring *self, guint i)
{
  g_return_val_if_fail (i < self->slots->len, NULL);
  return &slot_at (self, i)->info;
}

static Slot *
find_slot (const SanKeyring *self, const SanId32 *seat)
{
  for (guint i = 0; i < self->slots->len; i++)
    if (san_id32_equal (&slot_at (self, i)->info.seat, seat))
      return slot_at (self, i);
  return NULL;
}

const SanSlotInfo *
san_keyring_find_seat (const SanKeyring *self, const SanId32 *seat)
{
  Slot *slot = find_slot (self, seat);

  return slot != NULL ? &slot->info : NULL;
}

const SanSlotInfo *
san_keyring_find_staff (const SanKeyring *self, const SanId16 *staff)
{
  for (guint i = 0; i < self->slots->len; i++)
    if (san_id16_equal (&slot_at (self, i)->info.staff, staff))
      return &slot_at (self, i)->info;
  return NULL;
}

/* ---- a slot ---- */

static GBytes *
slot_ad (const SanKeyring *self, const Slot *slot)
{
  g_auto(SanWriter) writer = { NULL };
  guint8 d16[SAN_DOMAIN_SIZE];

  san_domain_put ("san1.slot", d16);
  san_writer_init (&writer);
  san_writer_put (&writer, d16, sizeof d16);
  san_writer_put_id16 (&writer, &self->store);
  san_keyring_put_shown (slot, &writer);
  return san_writer_end (&writer);
}

static gboolean
seal_slot (const SanKeyring *self, Slot *slot, const SanSlotKeys *keys,
           const SanSecret *passphrase, GError **error)
{
  g_autoptr(SanSecret) key = NULL;
  g_autoptr(SanSecret) plain = san_secret_new (SLOT_PLAIN_SIZE);
  g_autoptr(GBytes) ad = NULL;
  guint8 *at = san_secret_get_mutable (plain);
  gsize ad_n;
  const void *ad_data;

  san_random (slot->salt, sizeof slot->salt);
  san_random (slot->nonce, sizeof slot->nonce);
  key = san_passphrase_derive (passphrase, slot->salt, &slot->info.cost, error);
  if (key == NULL)
    return FALSE;
  memcpy (at, san_secret_get_data (san_sign_key_get_seed (keys->sign)), SEED_SIZE);
  memcpy (at + 32, san_secret_get_data (san_box_key_get_secret (keys->box)), 32);
  memcpy (at + 64, san_secret_get_data (keys->store_key), 32);
  ad = slot_ad (self, slot);
  ad_data = g_bytes_get_data (ad, &ad_n);
  san_aead_seal (key, slot->nonce, ad_data, ad_n, at, SLOT_PLAIN_SIZE, slot->sealed);
  return TRUE;
}

static void
keys_from_plain (const guint8 *plain, SanSlotKeys *out)
{
  g_autoptr(SanSecret) seed = san_secret_new_copy (plain, SEED_SIZE);
  g_autoptr(SanSecret) box = san_secret_new_copy (plain + 32, 32);

  out->sign = san_sign_key_new_from_seed (seed);
  out->box = san_box_key_new_from_secret (box);
  out->store_key = san_secret_new_copy (plain + 64, 32);
}

static gboolean
open_slot (const SanKeyring *self, const Slot *slot, const SanSecret *passphrase,
           SanSlotKeys *out, GError **error)
{
  g_autoptr(SanSecret) key = NULL;
  g_autoptr(SanSecret) plain = san_secret_new (SLOT_PLAIN_SIZE);
  g_autoptr(GBytes) ad = slot_ad (self, slot);
  g_auto(SanSlotKeys) keys = { NULL };
  gsize ad_n;
  const void *ad_data = g_bytes_get_data (ad, &ad_n);

  key = san_passphrase_derive (passphrase, slot->salt, &slot->info.cost, error);
  if (key == NULL)
    return FALSE;
  if (!san_aead_open (key, slot->nonce, ad_data, ad_n, slot->sealed, SLOT_SEALED_SIZE,
                      san_secret_get_mutable (plain)))
    {
      g_set_error_literal (error, SAN_ERROR, SAN_ERROR_LOCKED,
                           "the passphrase does not open this slot");
      return FALSE;
    }
  keys_from_plain (san_secret_get_data (plain), &keys);
  if (!san_id32_equal (san_sign_key_get_public (keys.sign), &slot->info.seat))
    {
      g_set_error_literal (error, SAN_ERROR, SAN_ERROR_DAMAGED,
                           "the slot holds the key of another seat");
      return FALSE;
    }
  *out = keys;
  keys = (SanSlotKeys) { NULL };
  return TRUE;
}

/* ---- changing ---- */

/* Two people whose shown names are equal could not be told apart on the unlock page. Names that
 * are not shown cannot be compared; their tags may collide, and then both slots are tried. */
static gboolean
name_is_free (const SanKeyring *self, const char *name, const SanId32 *except, GError **error)
{
  for (guint i = 0; i < self->slots->len; i++)
    {
      const SanSlotInfo *info = &slot_at (self, i)->info;

      if (!san_id32_equal (&info->seat, except) && same_name (info->name, name))
        {
          g_set_error_literal (error, SAN_ERROR, SAN_ERROR_ALREADY,
                               "this short name is taken on this laptop");
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
fill_info (SanSlotInfo *info, const SanId16 *staff, SanSlotKind kind, const char *role,
           const char *language, GError **error)
{
  if (!san_role_is_well_formed (role, strlen (role))
      || !san_keyring_language_is_fine (language, strlen (language)))
    {
      g_set_error_literal (error, SAN_ERROR, SAN_ERROR_INVALID, "role or language is not one");
      return FALSE;
    }
  info->staff = *staff;
  info->kind = kind;
  g_strlcpy (info->role, role, sizeof info->role);
  g_strlcpy (info->language, language, sizeof info->language);
  return TRUE;
}

static void
insert_slot (SanKeyring *self, Slot *slot)
{
  guint i = 0;

  san_keyring_remove (self, &slot->info.seat);
  while (i < self->slots->len
         && san_id32_compare (&slot_at (self, i)->info.seat, &slot->info.seat) < 0)
    i++;
  g_ptr_array_insert (self->slots, (gint) i, slot);
}

gboolean
san_keyring_add (SanKeyring *self, const SanId16 *staff, SanSlotKind kind, const char *name,
                 gboolean show_name, const char *role, const char *language,
                 const SanSlotKeys *keys, const SanSecret *passphrase,
                 const SanPassphraseCost *cost, GError **error)
{
  g_autofree char *normal = normal_name (name, error);
  g_autofree Slot *slot = g_new0 (Slot, 1);

  if (normal == NULL || !fill_info (&slot->info, staff, kind, role, language, error))
    return FALSE;
  slot->info.seat = *san_sign_key_get_public (keys->sign);
  slot->info.cost = *cost;
  slot->info.tag = san_keyring_name_tag (&self->store, normal);
  if (show_name)
    g_strlcpy (slot->info.name, normal, sizeof slot->info.name);
  if (!name_is_free (self, normal, &slot->info.seat, error))
    return FALSE;
  if (self->slots->len >= SAN_KEYRING_MAX_SLOTS && find_slot (self, &slot->info.seat) == NULL)
    {
      g_set_error (error, SAN_ERROR, SAN_ERROR_REFUSED, "this laptop has its %u people",
                   SAN_KEYRING_MAX_SLOTS);
      return FALSE;
    }
  if (!seal_slot (self, slot, keys, passphrase, error))
    return FALSE;
  insert_slot (self, g_steal_pointer (&slot));
  return TRUE;
}

gboolean
san_keyring_remove (SanKeyring *self, const SanId32 *seat)
{
  Slot *slot = find_slot (self, seat);

  return slot != NULL && g_ptr_array_remove (self->slots, slot);
}

/* ---- opening ---- */

gboolean
san_keyring_open (const SanKeyring *self, const SanId32 *seat, const SanSecret *passphrase,
                  SanSlotKeys *out, GError **error)
{
  Slot *slot = find_slot (self, seat);

  if (slot == NULL)
    {
      g_set_error_literal (error, SAN_ERROR, SAN_ERROR_NOT_FOUND, "no slot of this seat here");
      return FALSE;
    }
  return open_slot (self, slot, passphrase, out, error);
}

static gboolean
may_be_named (const SanKeyring *self, const Slot *slot, const char *name)
{
  if (slot->info.name[0] != '\0')
    return same_name (slot->info.name, name);
  return slot->info.tag == san_keyring_name_tag (&self->store, name);
}

gboolean
san_keyring_open_named (const SanKeyring *self, const char *name, const SanSecret *passphrase,
                        SanId32 *seat, SanSlotKeys *out, GError **error)
{
  g_autofree char *normal = normal_name (name, error);
  gboolean hidden = FALSE;
  gboolean tried = FALSE;

  if (normal == NULL)
    return FALSE;
  for (guint i = 0; i < self->slots->len; i++)
    {
      const Slot *slot = slot_at (self, i);
      g_autoptr(GError) failure = NULL;

      hidden = hidden || slot->info.name[0] == '\0';
      if (!may_be_named (self, slot, normal))
        continue;
      tried = TRUE;
      if (open_slot (self, slot, passphrase, out, &failure))
        {
          if (seat != NULL)
            *seat = slot->info.seat;
          return TRUE;
        }
      if (!g_error_matches (failure, SAN_ERROR, SAN_ERROR_LOCKED))
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return FALSE;
        }
    }
  g_set_error_literal (error, SAN_ERROR,
                       tried || hidden ? SAN_ERROR_LOCKED : SAN_ERROR_NOT_FOUND,
                       tried || hidden ? "name and passphrase open no slot"
                                       : "nobody of this name has a slot here");
  return FALSE;
}

/* ---- recovery ---- */

gboolean
san_keyring_set_recovery (SanKeyring *self, const SanSecret *store_key, const SanSignKey *device,
                          const SanBoxKey *device_box, const SanId32 *recovery_box,
                          GError **error)
{
  g_autoptr(SanSecret) plain = san_secret_new (SLOT_PLAIN_SIZE);
  guint8 sealed[RECOVERY_SIZE];
  guint8 *at = san_secret_get_mutable (plain);

  memcpy (at, san_secret_get_data (store_key), 32);
  memcpy (at + 32, san_secret_get_data (san_sign_key_get_seed (device)), SEED_SIZE);
  memcpy (at + 64, san_secret_get_data (san_box_key_get_secret (device_box)), 32);
  if (!san_seal ("san1.recovery", at, SLOT_PLAIN_SIZE, recovery_box, sealed, error))
    return FALSE;
  memcpy (self->recovery, sealed, sizeof sealed);
  return TRUE;
}

gboolean
san_keyring_has_recovery (const SanKeyring *self)
{
  static const guint8 nothing[RECOVERY_SIZE] = { 0 };

  return memcmp (self->recovery, nothing, RECOVERY_SIZE) != 0;
}

gboolean
san_keyring_open_recovery (const SanKeyring *self, const SanBoxKey *recovery, SanSlotKeys *out,
                           GError **error)
{
  g_autoptr(SanSecret) plain = NULL;
  g_autoptr(SanSecret) seed = NULL;
  g_autoptr(SanSecret) box = NULL;
  const guint8 *at;

  if (!san_keyring_has_recovery (self))
    {
      g_set_error_literal (error, SAN_ERROR, SAN_ERROR_NOT_FOUND, "no recovery slot yet");
      return FALSE;
    }
  plain = san_unseal ("san1.recovery", self->recovery, RECOVERY_SIZE, recovery, error);
  if (plain == NULL)
    return FALSE;
  at = san_secret_get_data (plain);
  seed = san_secret_new_copy (at + 32, SEED_SIZE);
  box = san_secret_new_copy (at + 64, 32);
  out->store_key = san_secret_new_copy (at, 32);
  out->sign = san_sign_key_new_from_seed (seed);
  out->box = san_box_key_new_from_secret (box);
  return TRUE;
}
