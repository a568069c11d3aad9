/* san-restore.c - an empty store filled from a backup, by the recovery code
 *
 * Restoring is applying bundles to an empty store. What differs is who sits there afterwards. A
 * dead laptop rises again: same device keys, same slots, a new journal. A lost or stolen one may
 * still be alive in other hands: this is another device with one new superintendent's seat, and
 * the old device is removed with a cut. Either way others are told that what they heard of us is
 * void, until they have answered. */
#include "san-carry-private.h"
#include "san-backup-reader.h"
#include "san-backup-writer.h"
#include "san-device-state.h"
#include "san-file.h"
#include "san-hash.h"
#include "san-journal-care.h"
#include "san-recovery-code.h"
#include "san-removal.h"
#include "san-setup-private.h"
#include "san-staff-private.h"
#include "san-store-rights.h"
#include "san-wanted.h"

typedef struct
{
  const SanPlaceOnDisk *where;
  SanPlace       *place;
  SanSignKey     *sign;                 /* the recovery keys */
  SanBoxKey      *box;
  SanBackupFolder folder;
  SanKeyring     *old_keyring;          /* (nullable): of the laptop that made the backup */
  SanSlotKeys     old;                  /* its store key and device keys */
  SanSetupKeys    keys;                 /* lost: the new ones */
  SanStore       *store;                /* until the centre has it */
  gboolean        finished;
  SanCentre      *centre;
  guint           n_entries;
} Run;

static void
run_clear (Run *run)
{
  g_clear_object (&run->centre);
  g_clear_pointer (&run->store, san_store_free);
  if (!run->finished && run->where != NULL)
    san_store_discard (run->where->store);         /* nothing is left behind */
  g_clear_pointer (&run->place, san_place_free);
  g_clear_pointer (&run->sign, san_sign_key_unref);
  g_clear_pointer (&run->box, san_box_key_unref);
  g_clear_pointer (&run->old_keyring, san_keyring_free);
  san_backup_folder_clear (&run->folder);
  san_slot_keys_clear (&run->old);
  san_setup_keys_clear (&run->keys);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Run, run_clear)

/* --- reading --- */

static const SanBackupFile *
newest_file (const Run *run)
{
  return g_ptr_array_index (run->folder.files, run->folder.files->len - 1);
}

/* The newest keyring in the folder, opened by the code. */
static gboolean
open_keyring (Run *run, GError **error)
{
  for (guint i = run->folder.files->len; i > 0; i--)
    {
      const SanBackupFile *file = g_ptr_array_index (run->folder.files, i - 1);
      g_autoptr(SanSecret) plain = NULL;
      g_autoptr(GBytes) bytes = NULL;

      if (file->keyring == NULL)
        continue;
      plain = san_unseal ("san1.keyring", g_bytes_get_data (file->keyring, NULL),
                          g_bytes_get_size (file->keyring), run->box, error);
      if (plain == NULL)
        return FALSE;
      bytes = g_bytes_new (san_secret_get_data (plain), san_secret_get_size (plain));
      run->old_keyring = san_keyring_parse (bytes, error);
      return run->old_keyring != NULL &&
             san_keyring_open_recovery (run->old_keyring, run->box, &run->old, error);
    }
  g_set_error_literal (error, SAN_ERROR, SAN_ERROR_NOT_FOUND,
                       "the first volume of the backup is missing");
  return FALSE;
}

static gboolean
knows_centre (const SanId32 *centre, gpointer data)
{
  const Run *run = data;

  return san_id32_equal (centre, &newest_file (run)->manifest.centre);
}

static gboolean
apply_file (Run *run, SanIncoming *incoming, const char *name, GError **error)
{
  SanSource *source = san_place_open (run->place, name, NULL, error);
  g_auto(SanIncomingResult) result = { 0 };

  if (source == NULL)
    return FALSE;
  if (!san_incoming_apply (incoming, source, &result, NULL, error))
    {
      g_prefix_error (error, "%s: ", name);
      return FALSE;
    }
  run->n_entries += result.n_new;
  return TRUE;
}

/* What must not come back is read before anything that might bring it. */
static gboolean
apply_all (Run *run, GError **error)
{
  g_autoptr(GPtrArray) keys = g_ptr_array_new ();
  SanIncoming incoming = { run->store, keys, knows_centre, run, NULL, TRUE };

  g_ptr_array_add (keys, run->box);
  for (guint i = 0; i < run->folder.erased->len; i++)
    if (!apply_file (run, &incoming, g_ptr_array_index (run->folder.erased, i), error))
      return FALSE;
  for (guint i = 0; i < run->folder.files->len; i++)
    if (!apply_file (run, &incoming,
                     ((const SanBackupFile *) g_ptr_array_index (run->folder.files, i))->name,
                     error))
      return FALSE;
  return TRUE;
}

static gboolean
fill_store (Run *run, const SanSecret *store_key, const SanId32 *device_pk, GError **error)
{
  SanId16 journal;

  run->store = san_store_begin (run->where->store, store_key, error);
  if (run->store == NULL)
    return FALSE;
  san_journal_new (device_pk, &journal);
  return san_store_set_centre (run->store, &newest_file (run)->manifest.centre, error) &&
         san_store_set_journal (run->store, &journal, error) && apply_all (run, error);
}

static gboolean
open_centre (Run *run, SanKeyring *keyring, const SanSecret *store_key, GError **error)
{
  run->centre =
      san_centre_new (run->where, g_steal_pointer (&run->store), keyring, store_key, error);
  return run->centre != NULL && san_device_state_load (run->centre, error) &&
         san_centre_find_house (run->centre, error);
}

/* --- dead: the same laptop again --- */

static gboolean
check_made_by (const Run *run, GError **error)
{
  const SanId32 *own = san_sign_key_get_public (run->old.sign);

  if (san_id32_equal (&newest_file (run)->device_pk, own))
    return TRUE;
  g_set_error_literal (
      error, SAN_ERROR, SAN_ERROR_REFUSED,
      "another laptop made this backup: restore it as lost, or two laptops would be one");
  return FALSE;
}

static gboolean
find_device (Run *run, SanId16 *out, GError **error)
{
  SanAuthority *authority =
      san_store_get_authority (run->store, &newest_file (run)->manifest.centre, error);

  for (guint i = 0; authority != NULL && i < san_authority_get_n_devices (authority); i++)
    {
      const SanDevice *device = san_authority_get_device (authority, i);

      if (san_id32_equal (&device->sign_pk, san_sign_key_get_public (run->old.sign)))
        {
          *out = device->device;
          return TRUE;
        }
    }
  if (authority != NULL)
    g_set_error_literal (error, SAN_ERROR, SAN_ERROR_DAMAGED,
                         "the backup does not name the laptop that made it");
  return FALSE;
}

/* The journal that the dead laptop wrote last: of those that are hers the one with the newest
 * entry. */
static gboolean
find_old_journal (Run *run, SanId16 *out, GError **error)
{
  g_autoptr(GPtrArray) heads = san_store_list_heads (run->store, NULL, error);
  guint64 newest = 0;

  for (guint i = 0; heads != NULL && i < heads->len; i++)
    {
      const SanHead *head = g_ptr_array_index (heads, i);
      g_autoptr(SanEntry) entry = NULL;

      if (!san_journal_fits (&head->journal, san_sign_key_get_public (run->old.sign)))
        continue;
      entry = san_store_dup_entry (run->store, &head->id, error);
      if (entry == NULL)
        return FALSE;
      if (san_entry_get_header (entry)->wall >= newest)
        {
          newest = san_entry_get_header (entry)->wall;
          *out = head->journal;
        }
    }
  return heads != NULL && (newest == 0 || san_store_set_journal (run->store, out, error));
}

static gboolean
raise_dead (Run *run, GError **error)
{
  SanId16 device;
  SanId16 journal;

  if (!check_made_by (run, error) ||
      !fill_store (run, run->old.store_key, san_sign_key_get_public (run->old.sign), error) ||
      !find_device (run, &device, error) || !find_old_journal (run, &journal, error) ||
      !san_device_state_save (run->store, &device, run->old.sign, run->old.box, error) ||
      !san_peers_keep_number (run->store, newest_file (run)->manifest.number, error) ||
      !san_keyring_save (run->old_keyring, run->where->store, error) ||
      !open_centre (run, g_steal_pointer (&run->old_keyring), run->old.store_key, error))
    return FALSE;
  return san_journal_begin_new (run->centre, SAN_NOTICE_RESTORE, run->sign, error) &&
         san_carry_set_reset (run->centre, error);
}

/* --- lost or stolen: another laptop --- */

static gboolean
add_device (Run *run, SanPress *press, GError **error)
{
  g_autoptr(SanAuthorityBody) body = san_authority_body_new (SAN_OP_DEVICE);

  san_device_record_make (&body->u.device, &run->keys.device, run->keys.device_key,
                          san_box_key_get_public (run->keys.device_box), &run->centre->id);
  return san_press_add_authority (press, &run->centre->id, body, NULL, error);
}

/* Those that made the newest backup; another laptop of the centre may be alive and well. */
static gboolean
remove_old_devices (Run *run, SanPress *press, GError **error)
{
  g_autoptr(GHashTable) done = g_hash_table_new (san_id16_hash, san_id16_equal);

  for (guint i = 0; i < run->folder.files->len; i++)
    {
      const SanBackupFile *file = g_ptr_array_index (run->folder.files, i);
      const SanAuthority *authority = san_centre_get_authority (run->centre, error);
      const SanDevice *device;
      SanId32 target;

      if (authority == NULL)
        return FALSE;
      device = san_authority_find_device (authority, &file->manifest.device);
      if (!san_id16_equal (&file->volume.backup, &run->folder.newest) || device == NULL ||
          device->removed || !g_hash_table_add (done, (gpointer) &file->manifest.device))
        continue;
      san_removal_target_from_id16 (&file->manifest.device, &target);
      if (!san_staff_remove_target (press, run->centre, SAN_REMOVE_DEVICE, &target, SAN_REASON_LOST,
                                    error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
begin_anew (Run *run, GError **error)
{
  g_autoptr(SanPress) press = san_press_begin (run->centre, error);
  SanGrantee me = { *san_sign_key_get_public (run->keys.seat_key),
                    *san_box_key_get_public (run->keys.seat_box) };

  if (press == NULL)
    return FALSE;
  san_press_sign_as (press, run->sign);
  return add_device (run, press, error) &&
         san_staff_appoint (press, run->centre, &run->keys.staff, run->keys.seat_key,
                            run->keys.seat_box, "superintendent", error) &&
         san_staff_hand_rings_by_code (press, run->centre, run->sign, run->box,
                                       san_role_get_reads ("superintendent"), &me, error) &&
         remove_old_devices (run, press, error) && san_press_commit (press, error);
}

/* What her slot cost to open before, else as at set-up. */
static gboolean
choose_cost (const Run *run, const SanId16 *staff, SanPassphraseCost *out, GError **error)
{
  const SanSlotInfo *slot =
      run->old_keyring != NULL ? san_keyring_find_staff (run->old_keyring, staff) : NULL;

  if (slot == NULL)
    return san_setup_cost (0, out, error);
  *out = slot->cost;
  return TRUE;
}

static gboolean
make_slot (Run *run, const char *staff, const SanSecret *passphrase, GError **error)
{
  SanCentre *centre = run->centre;
  SanSlotKeys slot = { run->keys.seat_key, run->keys.seat_box, run->keys.store_key };
  const SanAuthority *authority = san_centre_get_authority (centre, error);
  SanPassphraseCost cost;

  return authority != NULL && choose_cost (run, &run->keys.staff, &cost, error) &&
         san_keyring_set_recovery (
             centre->keyring, run->keys.store_key, run->keys.device_key, run->keys.device_box,
             &san_authority_get_recovery_in_force (authority)->box_pk, error) &&
         san_keyring_add (centre->keyring, &run->keys.staff, SAN_SLOT_SEAT, staff, TRUE,
                          "superintendent", "en", &slot, passphrase, &cost, error) &&
         san_keyring_save (centre->keyring, run->where->store, error);
}

static gboolean
replace_lost (Run *run, const char *staff, const SanSecret *passphrase, GError **error)
{
  san_setup_keys_make (&run->keys);
  if (!fill_store (run, run->keys.store_key, san_sign_key_get_public (run->keys.device_key),
                   error) ||
      !san_device_state_save (run->store, &run->keys.device, run->keys.device_key,
                              run->keys.device_box, error) ||
      !open_centre (run, san_keyring_new (&run->keys.store), run->keys.store_key, error) ||
      !san_centre_find_staff (run->centre, staff, &run->keys.staff, error) ||
      !begin_anew (run, error) || !make_slot (run, staff, passphrase, error) ||
      !san_carry_set_reset (run->centre, error))
    return FALSE;
  return san_centre_take_seat (run->centre, run->keys.seat_key, run->keys.seat_box,
                               &run->keys.staff, "superintendent", NULL, error) &&
         san_wanted_refresh (run->centre->store, error);
}

/* --- the whole --- */

static gboolean
begin_run (Run *run, const SanPlaceOnDisk *where, const char *folder, const SanSecret *code_text,
           gboolean laptop_dead, GError **error)
{
  g_autoptr(SanSecret) code = san_setup_parse_code (code_text, error);
  g_autoptr(GError) local = NULL;

  if (code == NULL)
    return FALSE;
  run->where = where;
  run->place = san_place_new_uri (folder);
  run->sign = san_recovery_code_sign_key (code);
  run->box = san_recovery_code_box_key (code);
  if (!san_backup_scan (run->place, run->box, san_sign_key_get_public (run->sign), &run->folder,
                        NULL, error))
    return FALSE;
  if (open_keyring (run, &local) || !laptop_dead)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/**
 * san_carry_restore:
 * @laptop_dead: the same laptop rises again, with its logins; else it is lost: this is another one
 * @staff: (nullable): who will sit here, if it was lost; somebody whom the backup knows
 * @result: (out)
 *
 * Returns: (transfer full) (nullable): the open centre if the laptop was lost. NULL without an
 * error if it was dead: everybody unlocks as before. LOCKED: not the code of this backup; REFUSED:
 * another laptop made it, or the passphrase is weak; NOT_FOUND; on any failure nothing of it is
 * left
 */
SanCentre *
san_carry_restore (const SanPlaceOnDisk *where, const char *folder, const SanSecret *recovery_code,
                   gboolean laptop_dead, const char *staff, const SanSecret *passphrase,
                   SanRestoreResult *result, GError **error)
{
  g_auto(Run) run = { 0 };
  gboolean ok;

  if (!laptop_dead && (staff == NULL || passphrase == NULL))
    {
      g_set_error_literal (error, SAN_ERROR, SAN_ERROR_INVALID,
                           "a new laptop needs a name and a passphrase");
      return NULL;
    }
  if (!laptop_dead && !san_setup_check_passphrase (passphrase, error))
    return NULL;
  if (!begin_run (&run, where, folder, recovery_code, laptop_dead, error))
    return NULL;
  ok = laptop_dead ? raise_dead (&run, error) : replace_lost (&run, staff, passphrase, error);
  if (!ok || !san_store_finish (run.centre->store, error))
    return NULL;
  run.finished = TRUE;
  result->entries = run.n_entries;
  result->missing = run.folder.n_missing;
  result->code = NULL;
  return laptop_dead ? NULL : g_steal_pointer (&run.centre);
}
