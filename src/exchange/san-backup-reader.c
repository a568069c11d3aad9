/* san-backup-reader.c - what backups lie in a folder, for whoever has the recovery code
 *
 * The trust: the intro of a volume leads from a founding entry, or its newest change of recovery
 * key, that carries the code's own signing key. A backup that somebody else sealed to the public
 * recovery key fails here. */
#include "san-backup-reader.h"
#include "san-backup-writer.h"
#include "san-bundle-reader.h"

typedef struct
{
  const SanId32 *recovery_pk;
  SanId32        device_pk;
} Trust;

static SanSenderKnown
find_sender (const SanId32 *centre, const SanId16 *device, const SanIntro *intro, SanId32 *sign_pk,
             gpointer data)
{
  Trust *trust = data;

  if (intro == NULL || !san_id32_equal (san_intro_get_centre (intro), centre) ||
      !san_id32_equal (san_intro_get_recovery_pk (intro), trust->recovery_pk) ||
      !san_intro_find_device (intro, device, &trust->device_pk, NULL))
    return SAN_SENDER_UNKNOWN;
  return SAN_SENDER_BY_INTRO;
}

static void
backup_file_free (SanBackupFile *self)
{
  g_clear_pointer (&self->keyring, g_bytes_unref);
  g_free (self->name);
  g_free (self);
}

static gboolean
read_items (SanBundleReader *reader, SanBackupFile *file, gboolean *has_volume,
            GCancellable *cancellable, GError **error)
{
  for (;;)
    {
      g_auto(SanBundleItem) item = { 0 };

      if (!san_bundle_reader_next (reader, &item, cancellable, error))
        return FALSE;
      if (item.type == SAN_ITEM_END)
        return TRUE;
      if (item.type == SAN_ITEM_KEYRING)
        file->keyring = g_bytes_ref (item.bytes);
      if (item.type == SAN_ITEM_VOLUME)
        {
          *has_volume = san_volume_parse (item.bytes, &file->volume, error);
          if (!*has_volume)
            return FALSE;
        }
    }
}

static SanBackupFile *
read_file (SanPlace *place, const char *name, GPtrArray *keys, const SanId32 *recovery_pk,
           gboolean *has_volume, GCancellable *cancellable, GError **error)
{
  SanSource *source = san_place_open (place, name, cancellable, error);
  g_autoptr(SanBundleReader) reader =
      source != NULL ? san_bundle_reader_open (source, keys, error) : NULL;
  SanBackupFile *file = NULL;
  Trust trust = { recovery_pk, san_id32_zero };
  SanId32 commitment;

  *has_volume = FALSE;
  if (reader == NULL || !san_bundle_reader_read_header (reader, &commitment, error) ||
      !san_bundle_reader_read_manifest (reader, find_sender, &trust, error))
    return NULL;
  file = g_new0 (SanBackupFile, 1);
  file->name = g_strdup (name);
  file->manifest = *san_bundle_reader_get_manifest (reader);
  file->device_pk = trust.device_pk;
  if (!read_items (reader, file, has_volume, cancellable, error))
    g_clear_pointer (&file, backup_file_free);
  return file;
}

static int
compare_files (gconstpointer a, gconstpointer b)
{
  const SanBackupFile *one = *(SanBackupFile *const *) a;
  const SanBackupFile *other = *(SanBackupFile *const *) b;

  if (one->manifest.wall != other->manifest.wall)
    return one->manifest.wall < other->manifest.wall ? -1 : 1;
  return (one->manifest.number > other->manifest.number) -
         (one->manifest.number < other->manifest.number);
}

/* FALSE: not the file's fault. */
static gboolean
judge_failure (SanBackupFolder *out, GError *failure)
{
  if (failure->domain != SAN_ERROR || failure->code == SAN_ERROR_IO)
    return FALSE;
  if (failure->code == SAN_ERROR_NOT_FOR_US)
    out->n_strange++;
  else
    out->n_bad++;
  return TRUE;
}

static gboolean
take_file (SanPlace *place, const char *name, GPtrArray *keys, const SanId32 *recovery_pk,
           SanBackupFolder *out, GCancellable *cancellable, GError **error)
{
  g_autoptr(GError) failure = NULL;
  gboolean has_volume;
  SanBackupFile *file =
      read_file (place, name, keys, recovery_pk, &has_volume, cancellable, &failure);

  if (file == NULL)
    {
      if (judge_failure (out, failure))
        return TRUE;
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (g_ascii_strcasecmp (name, SAN_ERASED_NAME) == 0)
    g_ptr_array_add (out->erased, g_strdup (name));
  if (has_volume)
    g_ptr_array_add (out->files, file);
  else
    backup_file_free (file);
  return TRUE;
}

/* All of one centre: that of the newest file. */
static void
drop_other_centres (SanBackupFolder *out)
{
  const SanBackupFile *newest = g_ptr_array_index (out->files, out->files->len - 1);
  SanId32 centre = newest->manifest.centre;

  out->newest = newest->volume.backup;
  for (guint i = out->files->len; i > 0; i--)
    if (!san_id32_equal (
            &((const SanBackupFile *) g_ptr_array_index (out->files, i - 1))->manifest.centre,
            &centre))
      {
        g_ptr_array_remove_index (out->files, i - 1);
        out->n_bad++;
      }
}

static void
count_missing (SanBackupFolder *out)
{
  g_autoptr(GHashTable) there = g_hash_table_new (NULL, NULL);
  guint n = 0;

  for (guint i = 0; i < out->files->len; i++)
    {
      const SanBackupFile *file = g_ptr_array_index (out->files, i);

      if (!san_id16_equal (&file->volume.backup, &out->newest))
        continue;
      g_hash_table_add (there, GUINT_TO_POINTER (file->volume.index + 1u));
      n = MAX (n, file->volume.n);
    }
  out->n_missing = n - MIN (n, g_hash_table_size (there));
}

gboolean
san_backup_scan (SanPlace *place, SanBoxKey *recovery_box, const SanId32 *recovery_sign_pk,
                 SanBackupFolder *out, GCancellable *cancellable, GError **error)
{
  g_autoptr(GPtrArray) list = san_place_list (place, cancellable, error);
  g_autoptr(GPtrArray) keys = g_ptr_array_new ();
  g_auto(SanBackupFolder) folder = { 0 };

  if (list == NULL)
    return FALSE;
  g_ptr_array_add (keys, recovery_box);
  folder.files = g_ptr_array_new_with_free_func ((GDestroyNotify) backup_file_free);
  folder.erased = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < list->len; i++)
    {
      const SanPlaceFile *file = g_ptr_array_index (list, i);

      if (file->whole &&
          !take_file (place, file->name, keys, recovery_sign_pk, &folder, cancellable, error))
        return FALSE;
    }
  if (folder.files->len == 0)
    {
      gboolean locked = folder.n_strange > 0 && folder.n_bad == 0;

      g_set_error_literal (error, SAN_ERROR, locked ? SAN_ERROR_LOCKED : SAN_ERROR_NOT_FOUND,
                           locked ? "wrong recovery code: it opens no backup in this folder"
                                  : "there is no whole backup in this folder");
      return FALSE;
    }
  g_ptr_array_sort (folder.files, compare_files);
  drop_other_centres (&folder);
  count_missing (&folder);
  *out = folder;
  memset (&folder, 0, sizeof folder);
  return TRUE;
}

void
san_backup_folder_clear (SanBackupFolder *self)
{
  g_clear_pointer (&self->files, g_ptr_array_unref);
  g_clear_pointer (&self->erased, g_ptr_array_unref);
}
