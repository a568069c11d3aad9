/* san-backup.c - everything of this laptop into a folder, for the recovery code alone to open
 *
 * Staff passphrases never open a backup: a stick in a drawer would be a guessing target. */
#include "san-carry-private.h"
#include "san-backup-writer.h"
#include "san-payload.h"
#include "san-ring-care.h"
#include "san-store-rights.h"

static void
add_recipient (GArray *recipients, const SanId32 *pk)
{
  for (guint i = 0; i < recipients->len; i++)
    if (san_id32_equal (&g_array_index (recipients, SanId32, i), pk))
      return;
  if (recipients->len < SAN_BUNDLE_STANZAS)
    g_array_append_vals (recipients, pk, 1);
}

/* The recovery key, my house ring, then other leaves of it. */
static GArray *
list_recipients (const SanAuthority *authority, const SanBoxKey *house_key, const SanId32 *house)
{
  GArray *recipients = g_array_new (FALSE, FALSE, sizeof (SanId32));
  g_autoptr(GArray) leaves = san_authority_list_leaves (authority, house, 1);

  add_recipient (recipients, &san_authority_get_recovery_in_force (authority)->box_pk);
  add_recipient (recipients, san_box_key_get_public (house_key));
  for (guint i = 0; i < leaves->len; i++)
    add_recipient (recipients,
                   &san_authority_find_ring (authority, &g_array_index (leaves, SanId32, i))->pk);
  return recipients;
}

static gboolean
write_with_ring (SanCentre *self, SanBackup *backup, const char *folder, SanBackupResult *out,
                 GCancellable *cancellable, GError **error)
{
  const SanAuthority *authority = san_centre_get_authority (self, error);
  g_autoptr(SanBoxKey) house_key = NULL;
  g_autoptr(GArray) recipients = NULL;
  g_autoptr(GBytes) keyring = san_keyring_encode (self->keyring);
  g_autoptr(GBytes) sealed = NULL;
  g_autoptr(SanPlace) place = san_place_new_uri (folder);
  SanRingVerdict verdict;
  SanId32 house;

  if (authority == NULL ||
      !san_ring_choose (self, authority, SAN_COMPARTMENT_HOUSE, &verdict, &house, NULL, error))
    return FALSE;
  if (verdict == SAN_RING_NONE)
    {
      g_set_error_literal (error, SAN_ERROR, SAN_ERROR_LOCKED,
                           "this login does not hold the house ring");
      return FALSE;
    }
  house_key = san_store_dup_ring (self->store, &house, error);
  if (house_key == NULL)
    return FALSE;
  recipients = list_recipients (authority, house_key, &house);
  sealed = san_keyring_item_seal (keyring, &san_authority_get_recovery_in_force (authority)->box_pk,
                                  error);
  if (sealed == NULL)
    return FALSE;
  backup->own_key = house_key;
  backup->recipients = (const SanId32 *) recipients->data;
  backup->n_recipients = recipients->len;
  backup->keyring = sealed;
  san_place_tidy (place, cancellable);
  return san_backup_write (backup, place, out, cancellable, error);
}

/**
 * san_carry_backup:
 * @folder: path or URI
 * @progress: (nullable) (scope call)
 *
 * A whole copy of what this laptop holds, read back from the medium. Only the recovery code that
 * is in force and the house ring open it: no passphrase does.
 *
 * Returns: FALSE with REFUSED before this laptop has joined, LOCKED without the house ring, or an
 * error of the place
 */
gboolean
san_carry_backup (SanCentre *self, const char *folder, SanProgress progress, gpointer data,
                  guint *n_entries, guint *n_pieces, GCancellable *cancellable, GError **error)
{
  g_autofree char *temp = NULL;
  SanBackup backup = { 0 };
  SanBackupResult result = { 0 };
  gboolean ok;

  if (self->joining)
    {
      g_set_error_literal (error, SAN_ERROR, SAN_ERROR_REFUSED,
                           "this laptop has not joined yet: exchange first");
      return FALSE;
    }
  temp = san_carry_temp_begin (self->dir, error);
  if (temp == NULL)
    return FALSE;
  backup.store = self->store;
  backup.own = self->id;
  backup.device = self->device;
  backup.sign_key = self->device_key;
  backup.temp_dir = temp;
  backup.volume_bytes = self->backup_volume_bytes;
  backup.progress = progress;
  backup.data = data;
  ok = write_with_ring (self, &backup, folder, &result, cancellable, error);
  san_carry_temp_end (temp);
  if (!ok)
    return FALSE;
  {
    g_autoptr(GFile) file = g_file_new_for_commandline_arg (folder);
    g_autofree char *uri = g_file_get_uri (file);

    san_carry_note_backup (self, uri, result.n_entries);
  }
  *n_entries = result.n_entries;
  *n_pieces = result.n_pieces;
  return TRUE;
}
