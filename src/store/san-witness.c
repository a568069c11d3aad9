/* san-witness.c - the note outside the store that tells a copy or an old state from the present
 *
 * Layout (156 bytes): SANW, store 16, machine 16, journal 16, u64 entries, last 32, page sum 32,
 * and K(store key, "san1.witness", all before). */
#include "san-witness.h"

#include "san-file.h"
#include "san-hash.h"
#include "san-reader.h"
#include "san-writer.h"

#include <string.h>

#define BODY_SIZE    (4u + 3 * 16 + 8 + 2 * 32)
#define WITNESS_SIZE (BODY_SIZE + 32)

static void
mac (const SanSecret *store_key, const void *body, SanId32 *out)
{
  san_keyed_hash (san_secret_get_data (store_key), san_secret_get_size (store_key),
                  "san1.witness", body, BODY_SIZE, out);
}

/**
 * san_witness_dup_path:
 *
 * Returns: (transfer full): where the witness of that store is kept, outside any store folder
 */
char *
san_witness_dup_path (const SanId16 *store)
{
  g_autofree char *name = san_id16_to_text (store);

  return g_build_filename (g_get_user_state_dir (), "sanrakshan", name, NULL);
}

/**
 * san_witness_save:
 *
 * Replaces the witness; its folder is made if missing. Its size does not grow with the store. It
 * is not synced: after a power cut it may lag behind the store, which says nothing wrong.
 */
gboolean
san_witness_save (const char *path, const SanWitness *self, const SanSecret *store_key,
                  GError **error)
{
  g_autofree char *folder = NULL;
  g_auto(SanWriter) writer = { NULL };
  g_autoptr(GBytes) bytes = NULL;
  SanId32 digest;

  san_writer_init (&writer);
  san_writer_put_magic (&writer, "SANW");
  san_writer_put_id16 (&writer, &self->store);
  san_writer_put_id16 (&writer, &self->machine);
  san_writer_put_id16 (&writer, &self->journal);
  san_writer_put_u64 (&writer, self->n_entries);
  san_writer_put_id32 (&writer, &self->last);
  san_writer_put_id32 (&writer, &self->page_sum);
  mac (store_key, writer.bytes->data, &digest);
  san_writer_put_id32 (&writer, &digest);
  bytes = san_writer_end (&writer);
  if (san_file_overwrite (path, bytes, 0600, NULL))
    return TRUE;
  folder = g_path_get_dirname (path);
  return san_file_make_dir (folder, error) && san_file_overwrite (path, bytes, 0600, error);
}

static gboolean
parse (GBytes *bytes, SanWitness *out, SanId32 *digest, GError **error)
{
  SanReader reader;

  san_reader_init_bytes (&reader, bytes, "witness");
  return san_reader_take_magic (&reader, "SANW", error)
         && san_reader_take_id16 (&reader, &out->store, error)
         && san_reader_take_id16 (&reader, &out->machine, error)
         && san_reader_take_id16 (&reader, &out->journal, error)
         && san_reader_take_u64 (&reader, &out->n_entries, error)
         && san_reader_take_id32 (&reader, &out->last, error)
         && san_reader_take_id32 (&reader, &out->page_sum, error)
         && san_reader_take_id32 (&reader, digest, error)
         && san_reader_take_end (&reader, error);
}

gboolean
san_witness_load (const char *path, const SanId16 *store, const SanSecret *store_key,
                  SanWitness *out, GError **error)
{
  g_autoptr(GBytes) bytes = san_file_read (path, WITNESS_SIZE, error);
  SanWitness found;
  SanId32 expected, digest;

  if (bytes == NULL || !parse (bytes, &found, &digest, error))
    return FALSE;
  mac (store_key, g_bytes_get_data (bytes, NULL), &expected);
  if (!san_id32_equal (&expected, &digest) || !san_id16_equal (&found.store, store))
    {
      g_set_error_literal (error, SAN_ERROR, SAN_ERROR_UNTRUSTED,
                           "witness is not of this store and its key");
      return FALSE;
    }
  *out = found;
  return TRUE;
}

/**
 * san_witness_judge:
 * @self: (nullable): as it was loaded
 * @now: the store and the machine as they are
 *
 * Anything but %SAN_WITNESS_FITS asks for a new journal before the first new entry. Being wrong
 * on that side costs 16 bytes; being wrong on the other forks a journal.
 */
SanWitnessVerdict
san_witness_judge (const SanWitness *self, const SanWitness *now)
{
  if (self == NULL || !san_id16_equal (&self->store, &now->store))
    return SAN_WITNESS_MISSING;
  if (!san_id16_equal (&self->machine, &now->machine))
    return SAN_WITNESS_OTHER_MACHINE;
  if (!san_id16_equal (&self->journal, &now->journal) || self->n_entries > now->n_entries
      || (self->n_entries == now->n_entries && !san_id32_equal (&self->last, &now->last)))
    return SAN_WITNESS_ROLLED_BACK;
  return SAN_WITNESS_FITS;
}

/**
 * san_machine_hash:
 *
 * The same on one installed system, another on every other; says nothing about it. Read once, as
 * soon as that succeeds: every save asks.
 */
void
san_machine_hash (SanId16 *out)
{
  static GMutex lock;
  static SanId16 kept;                      /* zero: not read yet */
  G_GNUC_UNUSED g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&lock);
  g_autoptr(GBytes) bytes = NULL;
  const void *data;
  SanId32 digest;
  gsize n = 0;

  if (san_id16_is_zero (&kept))
    {
      bytes = san_file_read ("/etc/machine-id", 4096, NULL);
      data = bytes != NULL ? g_bytes_get_data (bytes, &n) : NULL;
      san_hash ("san1.machine", data, n, &digest);
      memcpy (out->b, digest.b, sizeof out->b);
      if (bytes != NULL)
        kept = *out;
      return;
    }
  *out = kept;
}
