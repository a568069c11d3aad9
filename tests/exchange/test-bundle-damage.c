/* test-bundle-damage.c - bundles hurt on the way: never applied, and named rightly
 *
 * "Applied" is what a reader of the whole would say: the end was reached. */
#include "san-test-forge.h"

#include "san-file.h"
#include "san-stream.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define FRAME (SAN_BUNDLE_FRAME_SIZE + SAN_STREAM_OVERHEAD)

static TestCentre *ours;
static TestCentre *theirs;
static GBytes *whole;          /* some frames of entries */

static GBytes *
make_whole (void)
{
  g_autoptr(GByteArray) payload = g_byte_array_new ();
  SanId32 dossier = { { 3 } };
  GBytes *bundle;
  Forge forge;

  for (guint i = 1; i <= 40; i++)
    {
      g_autoptr(GBytes) entry = test_entry (ours, &dossier, &ours->first.journal, i, 8000);

      forge_put_item (payload, SAN_ITEM_ENTRY, g_bytes_get_data (entry, NULL),
                      g_bytes_get_size (entry));
    }
  forge_init (&forge, ours, san_box_key_get_public (theirs->first.box));
  forge.payload = g_bytes_new (payload->data, payload->len);
  bundle = forge_bundle (&forge);
  g_bytes_unref (forge.payload);
  return bundle;
}

static int
read_bytes (const guint8 *data, gsize n)
{
  g_autoptr(GBytes) bundle = g_bytes_new (data, n);

  return forge_read_of (bundle, theirs->first.box, ours);
}

static void
test_flips (void)
{
  gsize n = g_bytes_get_size (whole);
  g_autofree guint8 *copy = g_memdup2 (g_bytes_get_data (whole, NULL), n);
  gsize last = 600 + (n - 600 - 1) / FRAME * FRAME;

  for (guint i = 0; i < 1000; i++)
    {
      gsize at = i < 300 ? (gsize) g_test_rand_int_range (0, 600)
                         : (gsize) g_test_rand_int_range (0, (gint32) n);
      guint8 bit = (guint8) (1 << g_test_rand_int_range (0, 8));
      int code;

      copy[at] ^= bit;
      code = read_bytes (copy, n);
      copy[at] ^= bit;
      if (code == SAN_ERROR_INCOMPLETE)            /* the last frame: as a cut would look */
        g_assert_cmpuint (at, >=, last);
      else if (code == SAN_ERROR_NOT_FOR_US)       /* the way to us */
        g_assert_cmpuint (at, <, 544);
      else
        g_assert_cmpint (code, ==, SAN_ERROR_DAMAGED);
    }
  g_assert_cmpint (read_bytes (copy, n), ==, -1);
}

static void
check_cut (gsize at)
{
  int code = read_bytes (g_bytes_get_data (whole, NULL), at);

  g_test_message ("cut at %" G_GSIZE_FORMAT, at);
  g_assert_cmpint (code, ==, SAN_ERROR_INCOMPLETE);
}

static void
test_cuts (void)
{
  const gsize special[] = { 0, 1, 31, 32, 543, 544, 575, 576, 599, 600, 601, 617, 618 };
  gsize n = g_bytes_get_size (whole);

  for (guint i = 0; i < G_N_ELEMENTS (special); i++)
    check_cut (special[i]);
  for (gsize at = 600 + FRAME; at < n; at += FRAME)
    for (int by = -1; by <= 1; by++)
      check_cut (at + (gsize) by);
  check_cut (n - 1);
  for (guint i = 0; i < 300; i++)
    check_cut ((gsize) g_test_rand_int_range (0, (gint32) n));
  g_assert_cmpint (read_bytes (g_bytes_get_data (whole, NULL), n), ==, -1);
}

static void
test_longer (void)
{
  gsize n = g_bytes_get_size (whole);
  g_autofree guint8 *copy = g_malloc0 (n + 3 * FRAME);
  const gsize more[] = { 1, 16, 17, 18, FRAME - 1, FRAME, FRAME + 1, 3 * FRAME };

  memcpy (copy, g_bytes_get_data (whole, NULL), n);
  for (guint i = 0; i < G_N_ELEMENTS (more); i++)
    g_assert_cmpint (read_bytes (copy, n + more[i]), !=, -1);
  memcpy (copy + n, copy + 600, FRAME);
  g_assert_cmpint (read_bytes (copy, n + FRAME), !=, -1);
}

static guint
count_frames (void)
{
  return (guint) ((g_bytes_get_size (whole) - 600 + FRAME - 1) / FRAME);
}

/* A failure in what then is the last frame looks like a cut. */
static void
expect_refused (int code, gboolean touches_end)
{
  if (touches_end)
    g_assert_true (code == SAN_ERROR_DAMAGED || code == SAN_ERROR_INCOMPLETE);
  else
    g_assert_cmpint (code, ==, SAN_ERROR_DAMAGED);
}

static void
test_swapped (void)
{
  gsize n = g_bytes_get_size (whole);
  guint frames = count_frames ();

  g_assert_cmpuint (frames, >=, 4);
  for (guint a = 0; a + 1 < frames; a++)
    for (guint b = a + 1; b + 1 < frames; b++)
      {
        g_autofree guint8 *copy = g_memdup2 (g_bytes_get_data (whole, NULL), n);
        g_autofree guint8 *kept = g_memdup2 (copy + 600 + a * FRAME, FRAME);

        memcpy (copy + 600 + a * FRAME, copy + 600 + b * FRAME, FRAME);
        memcpy (copy + 600 + b * FRAME, kept, FRAME);
        expect_refused (read_bytes (copy, n), FALSE);
      }
}

static void
test_repeated (void)
{
  gsize n = g_bytes_get_size (whole);

  for (guint a = 0; a + 1 < count_frames (); a++)
    {
      g_autofree guint8 *copy = g_malloc (n + FRAME);
      const guint8 *from = g_bytes_get_data (whole, NULL);
      gsize end = 600 + (a + 1) * FRAME;

      memcpy (copy, from, end);
      memcpy (copy + end, from + end - FRAME, FRAME);
      memcpy (copy + end + FRAME, from + end, n - end);
      expect_refused (read_bytes (copy, n + FRAME), FALSE);
    }
}

static void
test_removed (void)
{
  gsize n = g_bytes_get_size (whole);
  guint frames = count_frames ();

  for (guint a = 0; a + 1 < frames; a++)
    {
      g_autofree guint8 *copy = g_memdup2 (g_bytes_get_data (whole, NULL), n);
      gsize start = 600 + a * FRAME;

      memmove (copy + start, copy + start + FRAME, n - start - FRAME);
      expect_refused (read_bytes (copy, n - FRAME), a + 2 == frames);
    }
}

/* The same header, frames of another bundle of ours. */
static void
test_mixed (void)
{
  g_autoptr(GBytes) other = make_whole ();
  gsize n = g_bytes_get_size (whole);

  for (guint a = 0; a + 1 < count_frames (); a++)
    {
      g_autofree guint8 *copy = g_memdup2 (g_bytes_get_data (whole, NULL), n);

      memcpy (copy + 600 + a * FRAME,
              (const guint8 *) g_bytes_get_data (other, NULL) + 600 + a * FRAME, FRAME);
      expect_refused (read_bytes (copy, n), FALSE);
    }
}

/* --- strange files --- */

static gsize n_read;
static const SanFileOps *real_ops;

static ssize_t
counting_read (int fd, void *buffer, size_t n)
{
  ssize_t got = real_ops->read (fd, buffer, n);

  n_read += got > 0 ? (gsize) got : 0;
  return got;
}

static GPtrArray *
many_keys (guint n)
{
  GPtrArray *keys = g_ptr_array_new_with_free_func ((GDestroyNotify) san_box_key_unref);

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (keys, san_box_key_new_random ());
  return keys;
}

static char *
strange_file (const char *dir, goffset size)
{
  char *path = g_build_filename (dir, "strange.dat", NULL);
  guint8 bytes[600];
  int fd = g_open (path, O_CREAT | O_TRUNC | O_WRONLY, 0600);

  san_random (bytes, sizeof bytes);
  g_assert_cmpint (write (fd, bytes, sizeof bytes), ==, sizeof bytes);
  g_assert_cmpint (ftruncate (fd, size), ==, 0);
  close (fd);
  return path;
}

static void
test_strange (void)
{
  const goffset sizes[] = { 600, 4096, 65536, 1 << 20, 512 << 20 };
  g_autoptr(GPtrArray) keys = many_keys (10);
  g_autoptr(TestDir) dir = test_dir_new ();
  SanFileOps counting;

  real_ops = san_file_get_ops ();
  counting = *real_ops;
  counting.read = counting_read;
  san_file_set_ops (&counting);
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autofree char *path = strange_file (dir, sizes[i]);
      g_autoptr(GError) error = NULL;
      gint64 began = g_get_monotonic_time ();
      SanSource *source;

      n_read = 0;
      source = san_source_open_path (path, &error);
      g_assert_no_error (error);
      g_assert_null (san_bundle_reader_open (source, keys, &error));
      g_assert_error (error, SAN_ERROR, SAN_ERROR_NOT_FOR_US);
      g_assert_cmpuint (n_read, ==, 544);
      g_test_message ("%" G_GOFFSET_FORMAT " bytes: %" G_GINT64_FORMAT " us for 10 keys", sizes[i],
                      g_get_monotonic_time () - began);
    }
  san_file_set_ops (NULL);
}

static void
test_strange_is_quick (void)
{
  g_autoptr(GPtrArray) keys = many_keys (10);
  guint8 bytes[600];
  gint64 began;
  double each;

  san_random (bytes, sizeof bytes);
  began = g_get_monotonic_time ();
  for (guint i = 0; i < 100; i++)
    {
      g_autoptr(GBytes) strange = g_bytes_new (bytes, sizeof bytes);
      g_autoptr(GError) error = NULL;

      bytes[0]++;
      g_assert_null (san_bundle_reader_open (san_source_new_bytes (strange), keys, &error));
      g_assert_error (error, SAN_ERROR, SAN_ERROR_NOT_FOR_US);
    }
  each = (double) (g_get_monotonic_time () - began) / 1000;
  g_test_message ("%.1f us for each own key", each);
  g_assert_cmpfloat (each, <, 1000);
}

/* A point of small order as ephemeral key: everybody's secret would be the same. */
static void
test_small_order (void)
{
  g_autoptr(GPtrArray) keys = many_keys (2);
  guint8 bytes[65536] = { 0 };

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr(GBytes) strange = NULL;
      g_autoptr(GError) error = NULL;

      bytes[0] = (guint8) i;
      strange = g_bytes_new (bytes, sizeof bytes);
      g_assert_null (san_bundle_reader_open (san_source_new_bytes (strange), keys, &error));
      g_assert_error (error, SAN_ERROR, SAN_ERROR_NOT_FOR_US);
    }
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  g_assert_true (san_crypto_init (NULL));
  ours = test_centre_new ("ours");
  theirs = test_centre_new ("theirs");
  whole = make_whole ();
  g_test_add_func ("/exchange/damage/one-flipped-bit-is-never-applied", test_flips);
  g_test_add_func ("/exchange/damage/a-cut-file-is-not-complete", test_cuts);
  g_test_add_func ("/exchange/damage/a-longer-file-is-refused", test_longer);
  g_test_add_func ("/exchange/damage/swapped-frames-are-damage", test_swapped);
  g_test_add_func ("/exchange/damage/repeated-frames-are-damage", test_repeated);
  g_test_add_func ("/exchange/damage/removed-frames-are-damage", test_removed);
  g_test_add_func ("/exchange/damage/frames-of-another-bundle-are-damage", test_mixed);
  g_test_add_func ("/exchange/damage/of-strange-files-544-bytes-are-read", test_strange);
  g_test_add_func ("/exchange/damage/strange-files-take-under-1-ms-a-key", test_strange_is_quick);
  g_test_add_func ("/exchange/damage/small-order-keys-are-not-for-us", test_small_order);
  status = g_test_run ();
  g_bytes_unref (whole);
  test_centre_free (ours);
  test_centre_free (theirs);
  return status;
}
