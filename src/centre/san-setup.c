/* san-setup.c - a new centre: its founding entry, rings, house dossier, first superintendent
 *
 * Keys come first, then the store, then the keyring. All of it lies in a store that is unfinished,
 * and so counts as none, until the last step: a laptop cut off half-way begins again. */
#include "san-setup.h"
#include "san-about.h"
#include "san-centre-private.h"
#include "san-device-state.h"
#include "san-name.h"
#include "san-press.h"
#include "san-recovery-code.h"
#include "san-ring-care.h"
#include "san-setup-private.h"
#include "san-system-forms.h"

#define PASSPHRASE_MIN     8
#define SUGGESTED_WORDS    4

/**
 * san_setup_check_passphrase:
 *
 * Returns: FALSE with REFUSED: fewer than eight letters, all the same, or one that thieves try
 * first
 */
gboolean
san_setup_check_passphrase (const SanSecret *passphrase, GError **error)
{
  gsize n = san_secret_get_size (passphrase);
  const guint8 *at = san_secret_get_data (passphrase);
  gboolean all_same = TRUE;

  for (gsize i = 1; i < n; i++)
    all_same &= at[i] == at[0];
  if (n < PASSPHRASE_MIN || all_same || san_setup_is_common (passphrase))
    {
      g_set_error_literal (
          error, SAN_ERROR, SAN_ERROR_REFUSED,
          "the passphrase is too easy to guess: four words that do not belong together are good");
      return FALSE;
    }
  return TRUE;
}

/* Counted as the keyring and a card will count it; what stands here can stand on a card. */
gboolean
san_setup_check_name (const char *name, GError **error)
{
  g_autofree char *nfc = name != NULL ? g_utf8_normalize (name, -1, G_NORMALIZE_NFC) : NULL;

  if (nfc != NULL && *nfc != '\0' && san_name_is_plain (name, strlen (name)) &&
      san_name_is_plain (nfc, strlen (nfc)))
    return TRUE;
  g_set_error (error, SAN_ERROR, SAN_ERROR_INVALID, "a name has 1 to %u letters, in one line",
               SAN_NAME_LETTERS);
  return FALSE;
}

SanSecret *
san_setup_parse_code (const SanSecret *text, GError **error)
{
  gsize n = san_secret_get_size (text);
  g_autoptr(SanSecret) ended = san_secret_new (n + 1);
  g_autoptr(GError) local = NULL;
  SanSecret *code;

  memcpy (san_secret_get_mutable (ended), san_secret_get_data (text), n);
  code = san_recovery_code_from_text ((const char *) san_secret_get_data (ended), &local);
  if (code == NULL)
    g_set_error_literal (error, SAN_ERROR, SAN_ERROR_LOCKED, "wrong recovery code");
  return code;
}

gboolean
san_setup_cost (guint unlock_ms, SanPassphraseCost *out, GError **error)
{
  return san_passphrase_calibrate (unlock_ms > 0 ? unlock_ms : SAN_SETUP_UNLOCK_MS, out, error);
}

void
san_setup_keys_make (SanSetupKeys *self)
{
  self->device_key = san_sign_key_new_random ();
  self->device_box = san_box_key_new_random ();
  self->seat_key = san_sign_key_new_random ();
  self->seat_box = san_box_key_new_random ();
  self->store_key = san_secret_new_random (32);
  san_random (self->device.b, sizeof self->device.b);
  san_random (self->staff.b, sizeof self->staff.b);
  san_random (self->store.b, sizeof self->store.b);
}

void
san_setup_keys_clear (SanSetupKeys *self)
{
  g_clear_pointer (&self->device_key, san_sign_key_unref);
  g_clear_pointer (&self->device_box, san_box_key_unref);
  g_clear_pointer (&self->seat_key, san_sign_key_unref);
  g_clear_pointer (&self->seat_box, san_box_key_unref);
  g_clear_pointer (&self->store_key, san_secret_unref);
}

/* The founding entry is made before the store knows whose it is: its id is the centre's. */
static SanEntry *
make_founding_entry (const SanSetupKeys *keys, const SanSecret *code, SanId16 *journal,
                     GError **error)
{
  g_autoptr(SanSignKey) recovery_sign = san_recovery_code_sign_key (code);
  g_autoptr(SanBoxKey) recovery_box = san_recovery_code_box_key (code);
  g_autoptr(GBytes) body = NULL;
  SanFounding founding;
  SanHeader header = { 0 };

  if (!san_founding_make_authority (
          &founding, SAN_FOUNDING_CENTRE, NULL, recovery_sign,
          san_box_key_get_public (recovery_box), &keys->device, keys->device_key,
          san_box_key_get_public (keys->device_box), &keys->staff, keys->seat_key,
          san_box_key_get_public (keys->seat_box), "superintendent", error))
    return NULL;
  body = san_founding_encode (&founding);
  san_journal_new (san_sign_key_get_public (keys->device_key), journal);
  header.kind = SAN_KIND_FOUNDING;
  header.journal = *journal;
  header.number = 1;
  header.author = *san_sign_key_get_public (keys->seat_key);
  header.wall = (guint64) MAX (san_clock_now (), 0);
  return san_entry_sign (&header, body, keys->seat_key, error);
}

static gboolean
write_founding (SanStore *store, SanEntry *entry, const SanId16 *journal, GError **error)
{
  g_autoptr(SanWriteTx) tx = NULL;
  SanSlot slot;

  if (!san_store_set_centre (store, san_entry_get_id (entry), error) ||
      !san_store_set_journal (store, journal, error))
    return FALSE;
  tx = san_write_begin (store, error);
  return tx != NULL && san_write_next (tx, NULL, &slot, error) &&
         san_write_add (tx, entry, error) && san_write_commit (tx, error);
}

static gboolean
found_house (SanCentre *self, GError **error)
{
  g_autoptr(SanPress) press = san_press_begin (self, error);

  return press != NULL && san_press_found (press, SAN_FOUNDING_HOUSE, &self->house, error) &&
         san_press_commit (press, error);
}

static gboolean
say_of_centre (SanChanges *changes, const char *field, const char *text, GError **error)
{
  return text == NULL || *text == '\0' ||
         san_changes_set_text (changes, SAN_COMPARTMENT_HOUSE, &san_record_centre, SAN_FORM_CENTRE,
                               field, text, error);
}

static gboolean
describe_centre (SanCentre *self, const SanSetup *setup, GError **error)
{
  g_autoptr(SanChanges) changes = san_changes_new (self, &self->house);
  g_autofree char *beds =
      setup->beds > 0 ? g_strdup_printf ("%u", MIN (setup->beds, SAN_BEDS_LIMIT)) : NULL;
  g_autoptr(SanPress) press = NULL;

  if (!say_of_centre (changes, SAN_CENTRE_NAME, setup->name, error) ||
      !say_of_centre (changes, SAN_CENTRE_PLACE, setup->place, error) ||
      !say_of_centre (changes, SAN_CENTRE_STATE, setup->state, error) ||
      !say_of_centre (changes, SAN_CENTRE_BEDS, beds, error) ||
      !say_of_centre (changes, SAN_CENTRE_CHILDREN, setup->children, error) ||
      !san_setup_describe_staff (changes, &self->staff, setup->staff, "superintendent",
                                 setup->language, error))
    return FALSE;
  press = san_press_begin (self, error);
  return press != NULL && san_press_add_changes (press, &self->house, changes, NULL, error) &&
         san_press_commit (press, error);
}

gboolean
san_setup_describe_staff (SanChanges *changes, const SanId16 *staff, const char *name,
                          const char *role, const char *language, GError **error)
{
  g_auto(GStrv) roles = g_strsplit (role, "+", -1);
  g_autoptr(SanValue) role_value = san_value_new_codes ((const char *const *) roles, error);
  g_autoptr(SanValue) language_value = san_value_new_code (language);
  SanInstant now = { san_clock_now (), san_clock_zone (san_clock_now ()) };
  SanDate today = san_date_from_instant (&now);
  g_autoptr(SanValue) since = san_value_new_date (&today);

  return role_value != NULL &&
         san_changes_set_text (changes, SAN_COMPARTMENT_HOUSE, staff, SAN_FORM_STAFF,
                               SAN_STAFF_NAME, name, error) &&
         san_changes_set (changes, SAN_COMPARTMENT_HOUSE, staff, SAN_FORM_STAFF, SAN_STAFF_ROLE,
                          role_value, error) &&
         san_changes_set (changes, SAN_COMPARTMENT_HOUSE, staff, SAN_FORM_STAFF, SAN_STAFF_SINCE,
                          since, error) &&
         san_changes_set (changes, SAN_COMPARTMENT_HOUSE, staff, SAN_FORM_STAFF, SAN_STAFF_LANGUAGE,
                          language_value, error);
}

gboolean
san_setup_write_keyring (const SanPlaceOnDisk *where, const SanSetupKeys *keys,
                         const SanSetup *setup, const SanPassphraseCost *cost,
                         const SanId32 *recovery_box, GError **error)
{
  g_autoptr(SanKeyring) keyring = san_keyring_new (&keys->store);
  SanSlotKeys slot = { keys->seat_key, keys->seat_box, keys->store_key };

  if (recovery_box != NULL && !san_keyring_set_recovery (keyring, keys->store_key, keys->device_key,
                                                         keys->device_box, recovery_box, error))
    return FALSE;
  return san_keyring_add (keyring, &keys->staff, SAN_SLOT_SEAT, setup->staff, !setup->ask_name,
                          "superintendent", setup->language, &slot, setup->passphrase, cost,
                          error) &&
         san_keyring_save (keyring, where->store, error);
}

/* Opens what was just made, as the superintendent. */
SanCentre *
san_setup_enter (const SanPlaceOnDisk *where, SanStore *store, const SanSetupKeys *keys,
                 GError **error)
{
  g_autoptr(SanKeyring) keyring = san_keyring_load (where->store, error);
  g_autoptr(SanCentre) self = NULL;

  if (keyring == NULL)
    {
      san_store_free (store);
      return NULL;
    }
  self = san_centre_new (where, store, g_steal_pointer (&keyring), keys->store_key, error);
  if (self == NULL)
    return NULL;
  san_centre_after_write (self);
  if (!san_centre_take_seat (self, keys->seat_key, keys->seat_box, &keys->staff, "superintendent",
                             NULL, error))
    return NULL;
  return g_steal_pointer (&self);
}

/* Forms and programme are read before anything is made: a folder that half exists helps nobody. */
static gboolean
check_definitions (const SanPlaceOnDisk *where, GError **error)
{
  g_autoptr(SanCatalogue) catalogue = san_catalogue_load (san_centre_data_dir (where), error);
  g_autoptr(SanProgramme) programme = NULL;

  if (catalogue == NULL)
    return FALSE;
  programme = san_programme_load (san_centre_data_dir (where), catalogue, error);
  return programme != NULL;
}

static SanCentre *
create (const SanPlaceOnDisk *where, const SanSetup *setup, SanSecret **recovery_text,
        GError **error)
{
  g_auto(SanSetupKeys) keys = { 0 };
  g_autoptr(SanSecret) code = NULL;
  g_autoptr(SanBoxKey) recovery_box = NULL;
  g_autoptr(SanEntry) founding = NULL;
  g_autoptr(SanStore) store = NULL;
  g_autoptr(SanCentre) self = NULL;
  SanPassphraseCost cost;
  SanId16 journal;

  if (!san_setup_check_name (setup->name, error) || !san_setup_check_name (setup->staff, error) ||
      !san_about_check_children (setup->children, error) ||
      !san_setup_check_passphrase (setup->passphrase, error) || !check_definitions (where, error) ||
      !san_setup_cost (setup->unlock_ms, &cost, error))
    return NULL;
  san_setup_keys_make (&keys);
  code = san_recovery_code_new_random ();
  recovery_box = san_recovery_code_box_key (code);
  founding = make_founding_entry (&keys, code, &journal, error);
  if (founding == NULL)
    return NULL;
  store = san_store_begin (where->store, keys.store_key, error);
  if (store == NULL || !write_founding (store, founding, &journal, error) ||
      !san_device_state_save (store, &keys.device, keys.device_key, keys.device_box, error) ||
      !san_setup_write_keyring (where, &keys, setup, &cost, san_box_key_get_public (recovery_box),
                                error))
    return NULL;
  self = san_setup_enter (where, g_steal_pointer (&store), &keys, error);
  /* entering made the first rings: house, case, medical, legal, staff; clinical is a counsellor's
   */
  if (self == NULL || !found_house (self, error) || !describe_centre (self, setup, error) ||
      (!setup->await_code && !san_store_finish (self->store, error)))
    return NULL;
  self->children = g_strdup (setup->children);
  *recovery_text = san_recovery_code_to_text (code);
  return g_steal_pointer (&self);
}

/**
 * san_setup_create:
 * @recovery_text: (out): as it is shown and printed, NUL-ended in locked memory
 *
 * Half a centre would be one whose recovery code nobody has seen: all of it, or nothing.
 *
 * Makes a centre with its first superintendent, who is unlocked afterwards. With await_code it
 * counts as none before san_setup_confirm().
 *
 * Returns: (transfer full): NULL with INVALID for a name, REFUSED for a weak passphrase, the
 * errors of the definitions or of the disk; then nothing of it is left
 */
SanCentre *
san_setup_create (const SanPlaceOnDisk *where, const SanSetup *setup, SanSecret **recovery_text,
                  GError **error)
{
  SanCentre *self = create (where, setup, recovery_text, error);

  if (self == NULL)
    san_store_discard (where->store);
  return self;
}

/**
 * san_setup_confirm:
 * @self: as san_setup_create() returned it with await_code
 *
 * The last step of a set-up whose recovery code is typed back first; a laptop that is switched
 * off before it has no centre, rather than one that nobody can recover.
 */
gboolean
san_setup_confirm (SanCentre *self, GError **error)
{
  g_return_val_if_fail (self->store != NULL, FALSE);
  return san_store_finish (self->store, error);
}

void
san_setup_abandon (SanCentre *self)
{
  g_autofree char *dir = g_strdup (self->dir);

  san_centre_lock (self);
  san_store_discard (dir);          /* a finished one is left alone */
}

SanSecret *
san_setup_suggest_passphrase (void)
{
  SanSecret *words = san_passphrase_new_words (SUGGESTED_WORDS);
  char *at = (char *) san_secret_get_mutable (words);

  for (gsize i = 0; i < san_secret_get_size (words); i++)
    if (at[i] == '-')
      at[i] = ' ';
  return words;
}
