/* test-canonical.c - every structure of this room: what is read is what would be written */
#include "samples.h"

#include <string.h>

#define WHOLE_LIMIT  700               /* larger samples get fewer values a byte */

static void
assert_refused_or_same (const Sample *sample, GBytes *bytes)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) again = sample->reread (bytes, &error);

  if (again == NULL)
    {
      g_assert_nonnull (error);
      g_assert_cmpuint (error->domain, ==, SAN_ERROR);
      return;
    }
  g_assert_no_error (error);
  assert_same_bytes (again, bytes);
}

static void
test_good (gconstpointer data)
{
  const Sample *sample = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) again = sample->reread (sample->bytes, &error);

  g_assert_no_error (error);
  assert_same_bytes (again, sample->bytes);
}

/* A copy of the exact length, so that a sanitizer sees a read past the end. */
static void
test_truncations (gconstpointer data)
{
  const Sample *sample = data;
  gsize size = g_bytes_get_size (sample->bytes);

  for (gsize n = 0; n < size; n++)
    {
      g_autoptr(GBytes) part = g_bytes_new (g_bytes_get_data (sample->bytes, NULL), n);
      g_autoptr(GError) error = NULL;
      g_autoptr(GBytes) again = sample->reread (part, &error);

      g_assert_null (again);
      g_assert_error (error, SAN_ERROR, SAN_ERROR_DAMAGED);
    }
}

static void
test_trailing_byte (gconstpointer data)
{
  const Sample *sample = data;

  for (guint value = 0; value < 256; value += 255)
    {
      gsize size = g_bytes_get_size (sample->bytes);
      guint8 *copy = g_malloc (size + 1);
      g_autoptr(GBytes) longer = g_bytes_new_take (copy, size + 1);
      g_autoptr(GError) error = NULL;
      g_autoptr(GBytes) again = NULL;

      memcpy (copy, g_bytes_get_data (sample->bytes, NULL), size);
      copy[size] = (guint8) value;
      again = sample->reread (longer, &error);
      g_assert_null (again);
      g_assert_error (error, SAN_ERROR, SAN_ERROR_DAMAGED);
    }
}

static void
test_single_bytes (gconstpointer data)
{
  const Sample *sample = data;
  gsize size = g_bytes_get_size (sample->bytes);
  const guint8 *original = g_bytes_get_data (sample->bytes, NULL);
  g_autofree guint8 *copy = g_memdup2 (original, size);
  g_autoptr(GBytes) bytes = g_bytes_new_static (copy, size);
  guint step = size <= WHOLE_LIMIT ? 1 : 23;

  for (gsize at = 0; at < size; at++)
    {
      for (guint change = 1; change < 256; change += step)
        {
          copy[at] = original[at] ^ (guint8) change;
          assert_refused_or_same (sample, bytes);
        }
      for (guint bit = 0; bit < 8; bit++)
        {
          copy[at] = original[at] ^ (guint8) (1u << bit);
          assert_refused_or_same (sample, bytes);
        }
      copy[at] = original[at];
    }
}

int
main (int argc, char *argv[])
{
  g_autoptr(GPtrArray) samples = NULL;

  g_test_init (&argc, &argv, NULL);
  g_assert_true (san_crypto_init (NULL));
  samples = samples_new ();
  for (guint i = 0; i < samples->len; i++)
    {
      const Sample *sample = g_ptr_array_index (samples, i);
      g_autofree char *good
          = g_strdup_printf ("/entry/canonical/%s/reads-back-what-was-written", sample->name);
      g_autofree char *cut
          = g_strdup_printf ("/entry/canonical/%s/every-truncation-is-refused", sample->name);
      g_autofree char *more
          = g_strdup_printf ("/entry/canonical/%s/a-trailing-byte-is-refused", sample->name);
      g_autofree char *bytes = g_strdup_printf (
          "/entry/canonical/%s/every-changed-byte-is-refused-or-kept", sample->name);

      g_test_add_data_func (good, sample, test_good);
      g_test_add_data_func (cut, sample, test_truncations);
      g_test_add_data_func (more, sample, test_trailing_byte);
      g_test_add_data_func (bytes, sample, test_single_bytes);
    }
  return g_test_run ();
}
