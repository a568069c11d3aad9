/* san-centre.c - the open centre: unlock, who is at the keyboard, lock
 *
 * Order at unlock: keyring, store, definitions, rings and views, then what the programme owes to
 * the truth: is this store older than what this laptop remembers, is the clock right, are rings
 * to be made or renewed. */
#include "san-centre-private.h"
#include "san-clock-care.h"
#include "san-derive.h"
#include "san-device-state.h"
#include "san-draft-keeper-private.h"
#include "san-journal-care.h"
#include "san-ring-care.h"
#include "san-slots.h"
#include "san-store-check.h"
#include "san-store-rights.h"
#include "san-system-forms.h"

G_DEFINE_FINAL_TYPE (SanCentre, san_centre, G_TYPE_OBJECT)

#define LOOK_AGAIN     ((guint64) 1000)                   /* entries: more than a day's */
#define STATE_RECOVERY "recovery.slot" /* the recovery box key that it is sealed to */

static void
forget_keys (SanCentre *self)
{
  g_clear_pointer (&self->store_key, san_secret_unref);
  g_clear_pointer (&self->seat_key, san_sign_key_unref);
  g_clear_pointer (&self->seat_box, san_box_key_unref);
  g_clear_pointer (&self->device_key, san_sign_key_unref);
  g_clear_pointer (&self->device_box, san_box_key_unref);
}

void
san_centre_lock (SanCentre *self)
{
  g_return_if_fail (SAN_IS_CENTRE (self));

  if (self->drafts != NULL)
    san_draft_keeper_forget (self->drafts);
  g_clear_pointer (&self->drafts, san_draft_keeper_unref);
  if (self->store != NULL && san_store_take_over (self->store, NULL))
    san_store_lock (self->store);
  forget_keys (self);
  g_clear_pointer (&self->store, san_store_free);
  g_clear_pointer (&self->keyring, san_keyring_free);
}

static void
san_centre_finalize (GObject *object)
{
  SanCentre *self = SAN_CENTRE (object);

  san_centre_lock (self);
  g_clear_pointer (&self->catalogue, san_catalogue_unref);
  g_clear_pointer (&self->programme, san_programme_unref);
  g_clear_pointer (&self->notices, g_ptr_array_unref);
  g_free (self->dir);
  g_free (self->state_dir);
  g_free (self->staff_name);
  g_free (self->role);
  g_free (self->language);
  g_free (self->children);
  G_OBJECT_CLASS (san_centre_parent_class)->finalize (object);
}

static void
san_centre_class_init (SanCentreClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = san_centre_finalize;
}

static void
san_centre_init (SanCentre *self)
{
  self->notices = g_ptr_array_new_with_free_func (g_free);
}

const char *
san_centre_data_dir (const SanPlaceOnDisk *where)
{
  return where->data != NULL ? where->data : SAN_DATA_DIR;
}

gboolean
san_centre_has_store (const SanPlaceOnDisk *where)
{
  g_autofree char *keyring = g_build_filename (where->store, "keyring", NULL);
  gboolean unfinished = TRUE;

  return g_file_test (keyring, G_FILE_TEST_EXISTS) &&
         san_store_look_unfinished (where->store, &unfinished, NULL) && !unfinished;
}

SanCentre *
san_centre_new (const SanPlaceOnDisk *where, SanStore *store, SanKeyring *keyring,
                const SanSecret *store_key, GError **error)
{
  g_autoptr(SanCentre) self = g_object_new (SAN_TYPE_CENTRE, NULL);

  self->dir = g_strdup (where->store);
  self->state_dir = g_strdup (where->state);
  self->store = store;
  self->keyring = keyring;
  self->store_key = san_secret_ref ((SanSecret *) store_key);
  self->catalogue = san_catalogue_load (san_centre_data_dir (where), error);
  if (self->catalogue == NULL)
    return NULL;
  self->programme = san_programme_load (san_centre_data_dir (where), self->catalogue, error);
  if (self->programme == NULL ||
      !san_derive_install (store, self->catalogue, self->programme, error))
    return NULL;
  san_store_get_centre (store, &self->id);
  return san_slots_redo (self, error) ? g_steal_pointer (&self) : NULL;
}

gboolean
san_centre_find_house (SanCentre *self, GError **error)
{
  g_autoptr(GError) local = NULL;
  SanId32 house;

  if (san_store_find_house (self->store, &self->id, &house, &local))
    self->house = house;
  else if (local != NULL && !g_error_matches (local, SAN_ERROR, SAN_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  return TRUE;
}

const SanAuthority *
san_centre_get_authority (SanCentre *self, GError **error)
{
  return san_store_get_authority (self->store, &self->id, error);
}

void
san_centre_notice (SanCentre *self, const char *code)
{
  g_ptr_array_add (self->notices, g_strdup (code));
}

/* A full disk must not keep anybody from reading: what is due is then as of the last use. */
static gboolean
turn_the_day (SanCentre *self, GError **error)
{
  g_autoptr(GError) local = NULL;

  if (san_store_turn (self->store, san_clock_now (), &local) && san_clock_remember (self, &local))
    return TRUE;
  if (g_error_matches (local, SAN_ERROR, SAN_ERROR_NO_SPACE))
    {
      san_centre_notice (self, "disk-full");
      return TRUE;
    }
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* Slots of people who were removed, here or on another laptop, are deleted. */
static gboolean
tidy_slots (SanCentre *self, const SanAuthority *authority, GError **error)
{
  g_autoptr(SanKeyring) keyring = san_slots_copy (self, error);
  gboolean changed = FALSE;

  if (keyring == NULL)
    return FALSE;
  for (guint i = san_keyring_get_n_slots (keyring); i > 0; i--)
    {
      const SanSlotInfo *slot = san_keyring_get_slot (keyring, i - 1);
      const SanSeat *seat = san_authority_find_seat (authority, &slot->seat);

      if (seat != NULL && (seat->removed || seat->spent))
        changed |= san_keyring_remove (keyring, &seat->seat);
    }
  return !changed || san_slots_save (self, g_steal_pointer (&keyring), error);
}

/* A removed seat and a used slip open nothing, however old the keyring is that still has them:
 * the answer is that of a wrong passphrase. */
static gboolean
seat_still_counts (const SanAuthority *authority, const SanId32 *id, GError **error)
{
  const SanSeat *seat = san_authority_find_seat (authority, id);

  if (seat == NULL || (!seat->removed && !seat->spent))
    return TRUE;
  g_set_error_literal (error, SAN_ERROR, SAN_ERROR_LOCKED, "wrong passphrase");
  return FALSE;
}

static gboolean
set_person (SanCentre *self, SanSignKey *seat, SanBoxKey *box, const SanId16 *staff,
            const char *role)
{
  const SanSlotInfo *slot = san_keyring_find_seat (self->keyring, san_sign_key_get_public (seat));

  self->seat_key = san_sign_key_ref (seat);
  self->seat_box = san_box_key_ref (box);
  self->staff = *staff;
  self->role = g_strdup (role);
  self->reads = san_role_get_reads (role);
  if (slot != NULL && slot->name[0] != '\0')
    self->staff_name = g_strdup (slot->name);
  return TRUE;
}

/* The recovery code opens this laptop's store too: made once its key is known, again when the
 * centre has a new one. */
gboolean
san_centre_keep_recovery_slot (SanCentre *self, const SanAuthority *authority, GError **error)
{
  const SanId32 *box = &san_authority_get_recovery_in_force (authority)->box_pk;
  g_autoptr(GBytes) kept = san_store_get_state (self->store, STATE_RECOVERY, NULL);
  g_autoptr(SanKeyring) keyring = NULL;

  if (san_keyring_has_recovery (self->keyring) && kept != NULL &&
      g_bytes_get_size (kept) == sizeof box->b &&
      memcmp (g_bytes_get_data (kept, NULL), box->b, sizeof box->b) == 0)
    return TRUE;
  keyring = san_slots_copy (self, error);
  return keyring != NULL &&
         san_keyring_set_recovery (keyring, self->store_key, self->device_key, self->device_box,
                                   box, error) &&
         san_slots_save (self, g_steal_pointer (&keyring), error) &&
         san_centre_note_recovery_slot (self, box, error);
}

gboolean
san_centre_note_recovery_slot (SanCentre *self, const SanId32 *box, GError **error)
{
  g_autoptr(GBytes) now = g_bytes_new (box->b, sizeof box->b);

  return san_store_put_state (self->store, STATE_RECOVERY, now, error);
}

gboolean
san_centre_refresh (SanCentre *self, GCancellable *cancellable, GError **error)
{
  g_autoptr(GError) local = NULL;
  const SanAuthority *authority = san_centre_get_authority (self, &local);
  const SanId32 *seat = san_sign_key_get_public (self->seat_key);

  if (authority == NULL && !g_error_matches (local, SAN_ERROR, SAN_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  self->joining = authority == NULL || san_authority_find_seat (authority, seat) == NULL;
  if (authority == NULL)
    return TRUE;
  if (!san_centre_find_house (self, error) || !tidy_slots (self, authority, error) ||
      !san_centre_keep_recovery_slot (self, authority, error) ||
      (!self->joining && !seat_still_counts (authority, seat, error)))
    {
      san_store_lock (self->store); /* nothing stays open for somebody who was removed */
      return FALSE;
    }
  return san_store_unlock (self->store, seat, self->seat_box, cancellable, error);
}

/* After a sudden stop: the newest entries' chains, signatures and bodies are looked at again. */
static gboolean
look_after_sudden_stop (SanCentre *self, GCancellable *cancellable, GError **error)
{
  g_auto(SanVerifyReport) report = { 0 };
  guint64 mark = san_store_get_mark (self->store);

  if (!san_store_was_unclean (self->store))
    return TRUE;
  if (!san_store_verify (self->store, SAN_VERIFY_ENTRIES, mark > LOOK_AGAIN ? mark - LOOK_AGAIN : 0,
                         NULL, NULL, cancellable, &report, error))
    return FALSE;
  san_centre_notice (self, report.problems->len > 0 ? "damaged" : "sudden-stop");
  return TRUE;
}

gboolean
san_centre_take_seat (SanCentre *self, SanSignKey *seat, SanBoxKey *box, const SanId16 *staff,
                      const char *role, GCancellable *cancellable, GError **error)
{
  set_person (self, seat, box, staff, role);
  if (!san_device_state_load (self, error) || !san_centre_refresh (self, cancellable, error))
    return FALSE;
  if (self->joining)
    return TRUE;                  /* nothing can be written before the centre has answered */
  if (!look_after_sudden_stop (self, cancellable, error) ||
      !san_clock_judge (self, error) ||
      !san_journal_care (self, error) ||
      !san_ring_care (self, error) ||
      !turn_the_day (self, error))
    return FALSE;
  if (self->staff_name == NULL)
    self->staff_name = san_centre_dup_staff_name (self, staff);
  g_free (self->children);
  self->children = san_centre_dup_house_text (self, &san_record_centre, SAN_FORM_CENTRE,
                                              SAN_CENTRE_CHILDREN);
  self->drafts = san_draft_keeper_new (self->dir, self->store_key, box);
  return TRUE;
}

/* Without a name the only slot is meant. */
static const char *
only_name (SanKeyring *keyring, const char *staff, GError **error)
{
  if (staff != NULL)
    return staff;
  if (san_keyring_get_n_slots (keyring) == 1 && san_keyring_get_slot (keyring, 0)->name[0] != '\0')
    return san_keyring_get_slot (keyring, 0)->name;
  g_set_error_literal (error, SAN_ERROR, SAN_ERROR_INVALID,
                       "several people use this laptop: say who (--staff)");
  return NULL;
}

/* One constant sentence for a wrong name and a wrong passphrase. */
static gboolean
open_slot (SanKeyring *keyring, const char *name, const SanSecret *passphrase, SanId32 *seat,
           SanSlotKeys *keys, GError **error)
{
  g_autoptr(GError) local = NULL;

  if (san_keyring_open_named (keyring, name, passphrase, seat, keys, &local))
    return TRUE;
  if (g_error_matches (local, SAN_ERROR, SAN_ERROR_LOCKED) ||
      g_error_matches (local, SAN_ERROR, SAN_ERROR_NOT_FOUND))
    g_set_error_literal (error, SAN_ERROR, SAN_ERROR_LOCKED, "wrong passphrase");
  else
    g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* A keyring beside an unfinished store opens nothing. */
static SanKeyring *
load_keyring (const char *dir, GError **error)
{
  g_autoptr(GError) local = NULL;
  SanKeyring *keyring = NULL;
  gboolean unfinished;

  if (san_store_look_unfinished (dir, &unfinished, &local))
    {
      if (unfinished)
        g_set_error (&local, SAN_ERROR, SAN_ERROR_NOT_FOUND, "the store in %s was not finished",
                     dir);
      else
        keyring = san_keyring_load (dir, &local);
    }
  if (g_error_matches (local, SAN_ERROR, SAN_ERROR_NOT_FOUND))
    g_set_error (error, SAN_ERROR, SAN_ERROR_NOT_FOUND, "no store in %s", dir);
  else if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  return keyring;
}

gboolean
san_centre_open_slot (const SanPlaceOnDisk *where, const char *staff, const SanSecret *passphrase,
                      SanSlotKind kind, SanKeyring **keyring_out, SanSlotInfo *info,
                      SanSlotKeys *keys, GError **error)
{
  g_autoptr(SanKeyring) keyring = load_keyring (where->store, error);
  g_auto(SanSlotKeys) opened = { 0 };
  const char *name;
  const SanSlotInfo *slot;
  SanId32 seat;

  if (keyring == NULL)
    return FALSE;
  name = only_name (keyring, staff, error);
  if (name == NULL || !open_slot (keyring, name, passphrase, &seat, &opened, error))
    return FALSE;
  slot = san_keyring_find_seat (keyring, &seat);
  if (slot->kind != kind)
    {
      if (kind == SAN_SLOT_SEAT)
        g_set_error_literal (error, SAN_ERROR, SAN_ERROR_REFUSED,
                             "this is a slip: choose your own passphrase with it first");
      else
        g_set_error_literal (error, SAN_ERROR, SAN_ERROR_ALREADY,
                             "this is no slip: she has her own passphrase");
      return FALSE;
    }
  *info = *slot;
  *keys = opened;
  memset (&opened, 0, sizeof opened);
  *keyring_out = g_steal_pointer (&keyring);
  return TRUE;
}

/* @stale: the store held a newer keyring, in which this slot is no more; its file is right now. */
static SanCentre *
unlock_once (const SanPlaceOnDisk *where, const char *staff, const SanSecret *passphrase,
             gboolean *stale, GCancellable *cancellable, GError **error)
{
  g_autoptr(SanKeyring) keyring = NULL;
  g_autoptr(SanStore) store = NULL;
  g_autoptr(SanCentre) self = NULL;
  g_auto(SanSlotKeys) keys = { 0 };
  SanSlotInfo info;

  if (!san_centre_open_slot (where, staff, passphrase, SAN_SLOT_SEAT, &keyring, &info, &keys,
                             error))
    return NULL;
  store = san_store_open (where->store, keys.store_key, error);
  if (store == NULL)
    return NULL;
  self = san_centre_new (where, g_steal_pointer (&store), g_steal_pointer (&keyring),
                         keys.store_key, error);
  if (self == NULL)
    return NULL;
  *stale = san_keyring_find_seat (self->keyring, &info.seat) == NULL;
  if (!san_centre_take_seat (self, keys.sign, keys.box, &info.staff, info.role, cancellable, error))
    return NULL;
  return g_steal_pointer (&self);
}

SanCentre *
san_centre_unlock (const SanPlaceOnDisk *where, const char *staff, const SanSecret *passphrase,
                   GCancellable *cancellable, GError **error)
{
  g_autoptr(GError) local = NULL;
  gboolean stale = FALSE;
  SanCentre *self = unlock_once (where, staff, passphrase, &stale, cancellable, &local);

  if (self != NULL)
    return self;
  if (stale)
    return unlock_once (where, staff, passphrase, &stale, cancellable, error);
  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

void
san_login_name_free (SanLoginName *self)
{
  g_free (self->name);
  g_free (self->role);
  g_free (self->language);
  g_free (self);
}

GPtrArray *
san_centre_list_logins (const SanPlaceOnDisk *where, GError **error)
{
  g_autoptr(SanKeyring) keyring = load_keyring (where->store, error);
  g_autoptr(GPtrArray) logins =
      g_ptr_array_new_with_free_func ((GDestroyNotify) san_login_name_free);

  if (keyring == NULL)
    return NULL;
  for (guint i = 0; i < san_keyring_get_n_slots (keyring); i++)
    {
      const SanSlotInfo *slot = san_keyring_get_slot (keyring, i);
      SanLoginName *login = g_new0 (SanLoginName, 1);

      login->name = g_strdup (slot->name);
      login->role = g_strdup (slot->role);
      login->language = g_strdup (slot->language);
      login->is_slip = slot->kind == SAN_SLOT_SLIP;
      g_ptr_array_add (logins, login);
    }
  return g_steal_pointer (&logins);
}

void
san_centre_set_language (SanCentre *self, const char *language)
{
  g_free (self->language);
  self->language = g_strdup (language);
}

const char *
san_centre_get_language (SanCentre *self)
{
  return self->language;
}

const char *
san_centre_get_children (SanCentre *self)
{
  return self->children != NULL ? self->children : "";
}

const SanId32 *
san_centre_get_id (SanCentre *self)
{
  return &self->id;
}

const char *
san_centre_get_staff_name (SanCentre *self)
{
  return self->staff_name != NULL ? self->staff_name : "";
}

const SanId16 *
san_centre_get_staff (SanCentre *self)
{
  return &self->staff;
}

const char *
san_centre_get_role (SanCentre *self)
{
  return self->role;
}

gboolean
san_centre_can_read (SanCentre *self, SanCompartment compartment)
{
  return (san_store_get_open_mask (self->store) & (1u << compartment)) != 0;
}

SanCatalogue *
san_centre_get_catalogue (SanCentre *self)
{
  return self->catalogue;
}

SanProgramme *
san_centre_get_programme (SanCentre *self)
{
  return self->programme;
}

gboolean
san_centre_get_clock_doubtful (SanCentre *self, gint64 *last_known_ms)
{
  if (last_known_ms != NULL)
    *last_known_ms = self->last_known_ms;
  return self->clock_doubtful;
}

GPtrArray *
san_centre_take_notices (SanCentre *self)
{
  GPtrArray *notices = self->notices;

  self->notices = g_ptr_array_new_with_free_func (g_free);
  return notices;
}

GArray *
san_centre_list_rings (SanCentre *self)
{
  GArray *states = g_array_new (FALSE, TRUE, sizeof (SanRingState));
  const SanAuthority *authority = san_centre_get_authority (self, NULL);
  guint pending = authority != NULL ? san_authority_get_pending_mask (authority) : 0;

  for (guint c = 0; c < SAN_N_COMPARTMENTS; c++)
    {
      SanRingState state = { c, "none yet" };
      SanId32 ring;

      for (guint i = 0; authority != NULL && i < san_authority_get_n_rings (authority); i++)
        if (san_authority_get_ring (authority, i)->compartment == c &&
            san_authority_get_ring (authority, i)->effective)
          state.state = "not held";
      if (san_store_get_my_ring (self->store, (guint8) c, &ring))
        state.state = "held";
      if (pending & (1u << c))
        state.state = "rotation pending";
      g_array_append_val (states, state);
    }
  return states;
}

const char *
san_centre_describe_libraries (void)
{
  return "GLib " G_STRINGIFY (GLIB_MAJOR_VERSION) "." G_STRINGIFY (GLIB_MINOR_VERSION);
}
