/* bench-bundle.c - writing and reading a bundle of 10,000 entries against its two engines alone
 *
 * Floor: zstd and secretstream over the same bytes, into a file that is synced. Ours does all that
 * a bundle needs: order, hash, header, name, folder synced, and the medium read back. */
#include "san-bench.h"
#include "san-test-forge.h"

#include "san-file.h"
#include "san-place.h"
#include "san-stream.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>
#include <zstd.h>

#define N_ENTRIES 10000
#define BODY      640
#define FRAME     65536u
#define N_STRANGE 900

typedef struct
{
  TestCentre *ours;
  SanId32 recipient;
  GPtrArray *entries;
  char *dir;
  SanSecret *key;
  GBytes *bundle;
  char *strange_dir;
  GPtrArray *keys;
} Work;

/* As entries are: a third in clear, the rest ciphertext. */
static GBytes *
make_entry (Work *self, guint i)
{
  SanId32 dossier = { { 1, (guint8) (i >> 12), (guint8) (i >> 4) } };
  g_autoptr(GBytes) entry =
      test_entry (self->ours, &dossier, &self->ours->first.journal, 1 + i % 16, BODY);
  gsize n = g_bytes_get_size (entry);
  guint8 *bytes = g_memdup2 (g_bytes_get_data (entry, NULL), n);

  san_random (bytes + SAN_HEADER_SIZE + BODY / 4, BODY * 3 / 4);
  return g_bytes_new_take (bytes, n);
}

static void
write_bundle (gpointer data)
{
  Work *self = data;
  SanBundleSpec spec = test_centre_spec (self->ours, &self->recipient, 1, self->dir);
  g_autoptr(GError) error = NULL;
  g_autoptr(SanBundleWriter) writer = san_bundle_writer_new (&spec, &error);
  g_auto(SanBundleResult) result = { 0 };
  g_autofree char *path = NULL;

  for (guint i = 0; i < self->entries->len; i++)
    {
      GBytes *entry = g_ptr_array_index (self->entries, i);

      san_bundle_writer_add (writer, SAN_ITEM_ENTRY, g_bytes_get_data (entry, NULL),
                             g_bytes_get_size (entry), &error);
    }
  g_assert_no_error (error);
  san_bundle_writer_finish (writer, self->dir, &result, NULL, &error);
  g_assert_no_error (error);
  path = g_build_filename (self->dir, result.name, NULL);
  if (self->bundle == NULL)
    self->bundle = san_file_read (path, SAN_BUNDLE_FILE_LIMIT, NULL);
  g_unlink (path);
}

static void
push_all (SanStreamPush *push, const guint8 *bytes, gsize n, guint8 *sealed, int fd)
{
  for (gsize at = 0; at < n; at += FRAME)
    {
      gsize step = MIN (FRAME, n - at);

      san_stream_push (push, bytes + at, step, at + FRAME >= n, sealed);
      g_assert_true (san_file_write_all (fd, sealed, step + SAN_STREAM_OVERHEAD, NULL));
    }
  fsync (fd);
}

static void
engines (gpointer data)
{
  Work *self = data;
  ZSTD_CCtx *context = ZSTD_createCCtx ();
  g_autofree guint8 *out = g_malloc (32 << 20);
  g_autofree guint8 *sealed = g_malloc (FRAME + SAN_STREAM_OVERHEAD);
  guint8 header[SAN_STREAM_HEADER_SIZE];
  g_autoptr(SanStreamPush) push = san_stream_push_new (self->key, header);
  ZSTD_outBuffer to = { out, 32 << 20, 0 };
  ZSTD_inBuffer nothing = { NULL, 0, 0 };
  g_autofree char *path = g_build_filename (self->dir, "floor", NULL);
  int fd = g_open (path, O_CREAT | O_WRONLY | O_TRUNC, 0600);

  ZSTD_CCtx_setParameter (context, ZSTD_c_compressionLevel, 3);
  ZSTD_CCtx_setParameter (context, ZSTD_c_windowLog, 20);
  for (guint i = 0; i < self->entries->len; i++)
    {
      GBytes *entry = g_ptr_array_index (self->entries, i);
      ZSTD_inBuffer in = { g_bytes_get_data (entry, NULL), g_bytes_get_size (entry), 0 };

      ZSTD_compressStream2 (context, &to, &in, ZSTD_e_continue);
    }
  g_assert_cmpuint (ZSTD_compressStream2 (context, &to, &nothing, ZSTD_e_end), ==, 0);
  push_all (push, out, to.pos, sealed, fd);
  close (fd);
  g_unlink (path);
  ZSTD_freeCCtx (context);
}

static void
read_bundle (gpointer data)
{
  Work *self = data;

  g_assert_cmpint (forge_read_of (self->bundle, self->ours->first.box, self->ours), ==, -1);
}

/* The engines the other way round, and the hash that the format asks for. */
static void
engines_back (gpointer data)
{
  Work *self = data;
  gsize n = g_bytes_get_size (self->bundle);
  const guint8 *bytes = g_bytes_get_data (self->bundle, NULL);
  g_autoptr(SanSecret) file_key = forge_open (self->bundle, self->ours->first.box);
  g_autoptr(SanSecret) stream_key = san_derive (file_key, "san1.stream", bytes + 544, 32);
  g_autoptr(SanStreamPull) pull = san_stream_pull_new (stream_key, bytes + 576);
  g_autofree guint8 *plain = g_malloc (n + FRAME);
  g_autofree guint8 *out = g_malloc (1 << 20);
  ZSTD_DCtx *context = ZSTD_createDCtx ();
  ZSTD_inBuffer in;
  gsize had = 0;
  gboolean final = FALSE;
  guint32 front;
  SanId32 hash;

  for (gsize at = 600; at < n; at += FRAME + SAN_STREAM_OVERHEAD)
    {
      gsize step = MIN (FRAME + SAN_STREAM_OVERHEAD, n - at);

      g_assert_true (san_stream_pull (pull, bytes + at, step, &final, plain + had));
      had += step - SAN_STREAM_OVERHEAD;
    }
  memcpy (&front, plain + 4, 4);
  san_hash ("san1.payload", plain + 72 + front, had - 72 - front, &hash);
  in = (ZSTD_inBuffer) { plain + 8 + front + 64, had - 72 - front, 0 };
  for (;;)
    {
      ZSTD_outBuffer to = { out, 1 << 20, 0 };

      if (ZSTD_decompressStream (context, &to, &in) == 0)
        break;
    }
  ZSTD_freeDCtx (context);
}

static void
fill_strange (Work *self)
{
  g_autofree guint8 *bytes = g_malloc (FRAME);

  self->strange_dir = test_dir_new ();
  self->keys = g_ptr_array_new_with_free_func ((GDestroyNotify) san_box_key_unref);
  g_ptr_array_add (self->keys, san_box_key_new_random ());
  san_random (bytes, FRAME);
  for (guint i = 0; i < N_STRANGE; i++)
    {
      g_autofree char *name = san_bundle_name_new ();
      g_autofree char *path = g_build_filename (self->strange_dir, name, NULL);

      san_random (bytes, 600);
      g_assert_true (g_file_set_contents (path, (char *) bytes, FRAME, NULL));
    }
}

/* What is done with a file seen for the first time, for one own key. */
static void
look (gpointer data)
{
  Work *self = data;
  g_autoptr(SanPlace) place = san_place_new_uri (self->strange_dir);
  g_autoptr(GPtrArray) files = san_place_list (place, NULL, NULL);

  g_assert_cmpuint (files->len, ==, N_STRANGE);
  for (guint i = 0; i < files->len; i++)
    {
      const SanPlaceFile *file = g_ptr_array_index (files, i);
      SanSource *source = san_place_open (place, file->name, NULL, NULL);

      g_assert_null (san_bundle_reader_open (source, self->keys, NULL));
    }
}

static void
list_and_read (gpointer data)
{
  san_bench_read_folder (((const Work *) data)->strange_dir);
}

int
main (void)
{
  Work self = { 0 };

  g_assert_true (san_crypto_init (NULL));
  self.ours = test_centre_new ("ours");
  self.recipient = *san_box_key_get_public (self.ours->first.box);
  self.dir = test_dir_new ();
  self.key = san_secret_new_random (32);
  self.entries = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  for (guint i = 0; i < N_ENTRIES; i++)
    g_ptr_array_add (self.entries, make_entry (&self, i));
  fill_strange (&self);
  write_bundle (&self);

  san_bench_header ("bundle of 10,000 entries");
  san_bench_ratio ("write, sync, read back / zstd and secretstream", 1.5, 11, NULL, write_bundle,
                   &self, NULL, engines, &self);
  san_bench_ratio ("read / secretstream, hash and zstd", 1.5, 11, NULL, read_bundle, &self, NULL,
                   engines_back, &self);
  san_bench_ratio ("900 files for the first time / list, read 600 bytes", 6.0, 11, NULL, look,
                   &self, NULL, list_and_read, &self);

  test_dir_remove (self.strange_dir);
  test_dir_remove (self.dir);
  g_ptr_array_unref (self.keys);
  g_ptr_array_unref (self.entries);
  g_bytes_unref (self.bundle);
  san_secret_unref (self.key);
  test_centre_free (self.ours);
  return 0;
}
