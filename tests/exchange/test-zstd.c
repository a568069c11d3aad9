/* test-zstd.c - of all that zstd can do, one narrow frame is taken */
#include "san-test-forge.h"

#include <string.h>
#include <zstd.h>

static TestCentre *ours;
static TestCentre *theirs;
static GBytes *plain;            /* a payload of entries, 3 MiB of text that shrinks */

static GBytes *
make_plain (void)
{
  GByteArray *payload = g_byte_array_new ();
  SanId32 dossier = { { 3 } };

  for (guint i = 1; i <= 6; i++)
    {
      g_autoptr(GBytes) entry = test_entry (ours, &dossier, &ours->first.journal, i, 500000);
      gsize n = g_bytes_get_size (entry);
      g_autofree guint8 *bytes = g_memdup2 (g_bytes_get_data (entry, NULL), n);

      for (gsize at = SAN_HEADER_SIZE; at < n; at++)
        bytes[at] = (guint8) g_test_rand_int_range ('a', 'i');
      forge_put_item (payload, SAN_ITEM_ENTRY, bytes, n);
    }
  return g_byte_array_free_to_bytes (payload);
}

typedef struct
{
  int window;
  int checksum;
  int content_size;
  int level;
  const char *dictionary;
} Way;

static GBytes *
compress_with (GBytes *bytes, Way way)
{
  ZSTD_CCtx *context = ZSTD_createCCtx ();
  gsize room = ZSTD_compressBound (g_bytes_get_size (bytes));
  guint8 *out = g_malloc (room);
  gsize n;

  ZSTD_CCtx_setParameter (context, ZSTD_c_compressionLevel, way.level != 0 ? way.level : 3);
  ZSTD_CCtx_setParameter (context, ZSTD_c_checksumFlag, way.checksum);
  ZSTD_CCtx_setParameter (context, ZSTD_c_contentSizeFlag, way.content_size);
  if (way.window != 0)
    ZSTD_CCtx_setParameter (context, ZSTD_c_windowLog, way.window);
  if (way.dictionary != NULL)
    ZSTD_CCtx_loadDictionary (context, way.dictionary, strlen (way.dictionary));
  if (way.content_size)
    n = ZSTD_compress2 (context, out, room, g_bytes_get_data (bytes, NULL),
                        g_bytes_get_size (bytes));
  else
    {
      ZSTD_inBuffer in = { g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), 0 };
      ZSTD_outBuffer to = { out, room, 0 };

      ZSTD_compressStream2 (context, &to, &in, ZSTD_e_continue);
      g_assert_cmpuint (ZSTD_compressStream2 (context, &to, &in, ZSTD_e_end), ==, 0);
      n = to.pos;
    }
  g_assert_false (ZSTD_isError (n));
  ZSTD_freeCCtx (context);
  return g_bytes_new_take (out, n);
}

static GBytes *
join (GBytes *a, GBytes *b)
{
  GByteArray *both = g_byte_array_new ();

  g_byte_array_append (both, g_bytes_get_data (a, NULL), (guint) g_bytes_get_size (a));
  g_byte_array_append (both, g_bytes_get_data (b, NULL), (guint) g_bytes_get_size (b));
  return g_byte_array_free_to_bytes (both);
}

static int
send_counting (GBytes *payload, guint64 plain_size, guint n_entries)
{
  g_autoptr(GBytes) bundle = NULL;
  Forge forge;

  forge_init (&forge, ours, san_box_key_get_public (theirs->first.box));
  forge.manifest.flags = SAN_BUNDLE_ZSTD;
  forge.manifest.n_entries = n_entries;
  forge.payload = payload;
  forge.plain_size = plain_size;
  bundle = forge_bundle (&forge);
  return forge_read_of (bundle, theirs->first.box, ours);
}

static int
send (GBytes *payload)
{
  return send_counting (payload, g_bytes_get_size (plain), 6);
}

static void
test_taken (void)
{
  for (int window = 10; window <= 20; window++)
    for (int level = 1; level <= 9; level += 4)
      {
        g_autoptr(GBytes) packed =
            compress_with (plain, (Way){ .window = window, .level = level });

        g_assert_cmpint (send (packed), ==, -1);
      }
}

static void
test_windows (void)
{
  const int windows[] = { 21, 22, 24, 27 };

  for (guint i = 0; i < G_N_ELEMENTS (windows); i++)
    {
      g_autoptr(GBytes) packed = compress_with (plain, (Way) { .window = windows[i] });

      g_assert_cmpint (send (packed), ==, SAN_ERROR_DAMAGED);
    }
}

/* The window byte itself, from 2^10 to 2^41: refused before zstd could take memory for it. */
static void
test_window_byte (void)
{
  g_autoptr(GBytes) packed = compress_with (plain, (Way) { .window = 20 });
  guint8 *copy = g_memdup2 (g_bytes_get_data (packed, NULL), g_bytes_get_size (packed));
  g_autoptr(GBytes) changed = g_bytes_new_take (copy, g_bytes_get_size (packed));

  g_assert_cmpuint (copy[5], ==, 10 << 3);
  for (guint byte = (10 << 3) + 1; byte < 256; byte++)
    {
      copy[5] = (guint8) byte;
      g_assert_cmpint (send (changed), ==, SAN_ERROR_DAMAGED);
    }
}

static void
test_single_segment (void)
{
  g_autoptr(GBytes) packed = compress_with (plain, (Way) { .content_size = 1, .window = 27 });

  g_assert_cmpint (send (packed), ==, SAN_ERROR_DAMAGED);
}

static void
test_dictionary (void)
{
  g_autoptr(GBytes) packed = compress_with (plain, (Way) { .window = 20 });
  guint8 *copy = g_memdup2 (g_bytes_get_data (packed, NULL), g_bytes_get_size (packed));
  g_autoptr(GBytes) changed = g_bytes_new_take (copy, g_bytes_get_size (packed));

  for (guint8 flag = 1; flag < 4; flag++)
    {
      copy[4] = flag;                                      /* an id of 1, 2 or 4 bytes */
      g_assert_cmpint (send (changed), ==, SAN_ERROR_DAMAGED);
    }
  copy[4] = 8;                                             /* the reserved bit */
  g_assert_cmpint (send (changed), ==, SAN_ERROR_DAMAGED);
}

static void
test_checksum (void)
{
  g_autoptr(GBytes) packed = compress_with (plain, (Way) { .window = 20, .checksum = 1 });

  g_assert_cmpint (send (packed), ==, SAN_ERROR_DAMAGED);
}

static void
test_frames (void)
{
  g_autoptr(GBytes) none = g_bytes_new (NULL, 0);
  g_autoptr(GBytes) skip = g_bytes_new_static ("\x50\x2a\x4d\x18\4\0\0\0abcd", 12);
  g_autoptr(GBytes) packed = compress_with (plain, (Way) { .window = 20 });
  g_autoptr(GBytes) empty = compress_with (none, (Way) { .window = 20 });
  g_autoptr(GBytes) twice = join (packed, packed);
  g_autoptr(GBytes) then_empty = join (packed, empty);
  g_autoptr(GBytes) after_empty = join (empty, packed);
  g_autoptr(GBytes) then_skip = join (packed, skip);
  g_autoptr(GBytes) after_skip = join (skip, packed);
  g_autoptr(GBytes) zero = g_bytes_new_static ("\0", 1);
  g_autoptr(GBytes) then_zero = join (packed, zero);

  g_assert_cmpint (send (packed), ==, -1);
  g_assert_cmpint (send (twice), ==, SAN_ERROR_DAMAGED);
  g_assert_cmpint (send_counting (twice, 2 * g_bytes_get_size (plain), 12), ==, SAN_ERROR_DAMAGED);
  g_assert_cmpint (send (then_empty), ==, SAN_ERROR_DAMAGED);
  g_assert_cmpint (send (after_empty), ==, SAN_ERROR_DAMAGED);
  g_assert_cmpint (send (then_skip), ==, SAN_ERROR_DAMAGED);
  g_assert_cmpint (send (after_skip), ==, SAN_ERROR_DAMAGED);
  g_assert_cmpint (send (then_zero), ==, SAN_ERROR_DAMAGED);
}

static void
test_sizes (void)
{
  g_autoptr(GBytes) packed = compress_with (plain, (Way) { .window = 20 });
  gsize n = g_bytes_get_size (plain);
  gsize m = g_bytes_get_size (packed);

  g_assert_cmpint (send_counting (packed, n - 1, 6), ==, SAN_ERROR_DAMAGED);
  g_assert_cmpint (send_counting (packed, n + 1, 6), ==, SAN_ERROR_DAMAGED);
  g_assert_cmpint (send_counting (packed, n + 8, 6), ==, SAN_ERROR_DAMAGED);
  g_assert_cmpint (send_counting (packed, n - 500248, 5), ==,
                   SAN_ERROR_DAMAGED); /* an item more than said */
  for (gsize cut = 1; cut < m; cut += 1 + m / 50)
    {
      g_autoptr(GBytes) part = g_bytes_new_from_bytes (packed, 0, m - cut);

      g_assert_cmpint (send (part), ==, SAN_ERROR_DAMAGED);
    }
}

/* 300 MiB of zeros in a few kB, honestly counted: more than the ratio that is believed. */
static void
test_bomb (void)
{
  g_autofree guint8 *zeros = g_malloc0 (64 << 20);
  g_autoptr(GBytes) big = g_bytes_new_take (g_steal_pointer (&zeros), 64 << 20);
  g_autoptr(GBytes) packed = compress_with (big, (Way) { .window = 20 });

  g_assert_cmpuint (g_bytes_get_size (packed), <, 20000);
  g_assert_cmpint (send_counting (packed, 64 << 20, 0), ==, SAN_ERROR_DAMAGED);
  /* and one that lies about it stops at the size that it said */
  g_assert_cmpint (send_counting (packed, 400000, 0), ==, SAN_ERROR_DAMAGED);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  g_assert_true (san_crypto_init (NULL));
  ours = test_centre_new ("ours");
  theirs = test_centre_new ("theirs");
  plain = make_plain ();
  g_test_add_func ("/exchange/zstd/frames-within-the-window-are-taken", test_taken);
  g_test_add_func ("/exchange/zstd/larger-windows-refused", test_windows);
  g_test_add_func ("/exchange/zstd/each-larger-window-byte-refused", test_window_byte);
  g_test_add_func ("/exchange/zstd/content-as-window-refused", test_single_segment);
  g_test_add_func ("/exchange/zstd/dictionary-refused", test_dictionary);
  g_test_add_func ("/exchange/zstd/checksum-refused", test_checksum);
  g_test_add_func ("/exchange/zstd/two-frames-refused", test_frames);
  g_test_add_func ("/exchange/zstd/sizes-must-be-those-signed", test_sizes);
  g_test_add_func ("/exchange/zstd/bombs-do-not-burst", test_bomb);
  status = g_test_run ();
  g_bytes_unref (plain);
  test_centre_free (ours);
  test_centre_free (theirs);
  return status;
}
