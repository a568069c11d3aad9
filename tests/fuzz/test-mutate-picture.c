/* test-mutate-picture.c - thousands of damaged photos: clean, or refused, never something between
 */
#include "san-picture.h"
#include "picture-samples.h"
#include "san-error.h"
#include "san-mutate.h"

#define ROUNDS 100000

static guint n_taken;

static void
judge (GBytes *picture)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) found = san_picture_clean (picture, &error);
  g_autoptr(GBytes) again = NULL;

  if (found == NULL)
    {
      g_assert_error (error, SAN_ERROR, SAN_ERROR_PICTURE);
      return;
    }
  g_assert_no_error (error);
  picture_assert_clean (found);
  again = san_picture_clean (found, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (again, found));
  n_taken++;
}

static void
mutate (guint32 seed, GBytes *(*make) (guint, gboolean), GBytes *(*make_other) (guint, gboolean))
{
  g_autoptr(SanMutator) mutator = san_mutator_new (san_mutate_seed (seed));
  g_autoptr(GBytes) said = make (6, FALSE);
  g_autoptr(GBytes) shown = make (3, TRUE);
  g_autoptr(GBytes) other = make_other (8, FALSE);
  guint rounds = san_mutate_rounds (ROUNDS);

  n_taken = 0;
  for (guint i = 0; i < rounds; i++)
    {
      g_autoptr(GBytes) mutant =
          san_mutator_next (mutator, i % 2 ? said : shown, i % 3 ? shown : other);

      judge (mutant);
    }
  g_test_message ("%u of %u could be cleaned", n_taken, rounds);
}

static void
test_jpeg (void)
{
  mutate (21, picture_jpeg, picture_png);
  g_assert_cmpuint (n_taken, >, 0);
}

static void
test_png (void)
{
  mutate (22, picture_png, picture_jpeg);
}

/* A changed byte in a PNG is found by its checksum: here the checksum is right again, so that the
 * reader behind it is asked too. */
static void
test_png_signed (void)
{
  static const char *names[] = { "IHDR", "PLTE", "IDAT", "IEND", "eXIf",
                                 "tRNS", "gAMA", "tEXt", "ZZZZ" };
  g_autoptr(SanMutator) mutator = san_mutator_new (san_mutate_seed (23));
  g_autoptr(GBytes) tiff = picture_tiff (TRUE, 6);
  g_autoptr(GBytes) header = g_bytes_new ("\0\0\0\3\0\0\0\2\10\3\0\0\0", 13);
  guint rounds = san_mutate_rounds (ROUNDS);

  n_taken = 0;
  for (guint i = 0; i < rounds; i++)
    {
      guint n = 2 + san_mutator_below (mutator, 7);
      GByteArray *png = g_byte_array_new ();
      g_autoptr(GBytes) whole = NULL;

      picture_add (png, "\x89PNG\r\n\x1a\n", 8);
      for (guint c = 0; c < n; c++)
        {
          guint which = c == 0       ? 0
                        : c + 1 == n ? 3
                                     : san_mutator_below (mutator, G_N_ELEMENTS (names));
          GBytes *sample = which == 0 ? header : tiff;
          g_autoptr(GBytes) data = san_mutator_below (mutator, 2)
                                        ? san_mutator_next (mutator, sample, NULL)
                                        : g_bytes_ref (sample);
          gsize size = which == 3   ? 0
                       : which == 6 ? 4
                       : which == 1 ? g_bytes_get_size (data) / 3 * 3
                                    : g_bytes_get_size (data);

          picture_add_chunk (png, names[which], g_bytes_get_data (data, NULL),
                             MIN (size, g_bytes_get_size (data)));
        }
      whole = picture_take (png);
      judge (whole);
    }
  g_test_message ("%u of %u could be cleaned", n_taken, rounds);
  g_assert_cmpuint (n_taken, >, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/mutants/jpeg-clean-or-refused", test_jpeg);
  g_test_add_func ("/base/mutants/png-clean-or-refused", test_png);
  g_test_add_func ("/base/mutants/png-chunks-with-right-checksums", test_png_signed);
  return g_test_run ();
}
