/* test-id.c - ids, hex, base32 */
#include "san-error.h"
#include "san-id.h"

#include <string.h>

static void
test_hex (void)
{
  static const char *const bad[] = {
    "", "0", "00112233445566778899aabbccddee", "00112233445566778899aabbccddeeff0",
    "00112233445566778899aabbccddeefg", " 0112233445566778899aabbccddeeff",
    "00112233445566778899aabbccddeef\n",
  };
  SanId16 id, kept = { { 5 } };
  g_autofree char *text = NULL;

  g_assert_true (san_id16_from_text ("00112233445566778899AABBccddeeff", &id, NULL));
  text = san_id16_to_text (&id);
  g_assert_cmpstr (text, ==, "00112233445566778899aabbccddeeff");
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr(GError) error = NULL;

      id = kept;
      g_assert_false (san_id16_from_text (bad[i], &id, &error));
      g_assert_error (error, SAN_ERROR, SAN_ERROR_INVALID);
      g_assert_true (san_id16_equal (&id, &kept));
    }
}

static void
test_hex_bytes (void)
{
  g_autoptr(GBytes) bytes = san_bytes_from_hex ("00ff7F", NULL);
  g_autoptr(GBytes) none = san_bytes_from_hex ("", NULL);

  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), "\x00\xff\x7f", 3);
  g_assert_cmpuint (g_bytes_get_size (none), ==, 0);
  g_assert_null (san_bytes_from_hex ("0", NULL));
  g_assert_null (san_bytes_from_hex ("0x", NULL));
}

static void
test_compare (void)
{
  SanId32 a = { { 1 } }, b = { { 1 } };

  b.b[31] = 1;
  g_assert_cmpint (san_id32_compare (&a, &b), <, 0);
  g_assert_false (san_id32_equal (&a, &b));
  g_assert_cmpuint (san_id32_hash (&a), !=, san_id32_hash (&b));
  g_assert_true (san_id32_is_zero (&san_id32_zero));
  g_assert_false (san_id32_is_zero (&a));
  g_assert_true (san_id16_is_zero (&san_id16_zero));
}

/* The examples of RFC 4648, without their padding. */
static void
test_base32 (void)
{
  static const char *const pairs[][2] = {
    { "", "" }, { "f", "MY" }, { "fo", "MZXQ" }, { "foo", "MZXW6" }, { "foob", "MZXW6YQ" },
    { "fooba", "MZXW6YTB" }, { "foobar", "MZXW6YTBOI" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      g_autofree char *text = san_base32_encode ((const guint8 *) pairs[i][0],
                                                 strlen (pairs[i][0]));
      g_autoptr(GBytes) bytes = san_base32_decode (pairs[i][1], NULL);

      g_assert_cmpstr (text, ==, pairs[i][1]);
      g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), pairs[i][0],
                       strlen (pairs[i][0]));
    }
}

static void
test_base32_strict (void)
{
  static const char *const bad[] = { "my", "MY======", "M", "MZX", "MZ", "M1", "MZXW6YQA", "M Y" };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(GBytes) bytes = san_base32_decode (bad[i], &error);

      if (bytes != NULL)                 /* then it must be the one way to write it */
        {
          g_autofree char *again = san_base32_encode (g_bytes_get_data (bytes, NULL),
                                                      g_bytes_get_size (bytes));

          g_assert_cmpstr (again, ==, bad[i]);
        }
      else
        g_assert_error (error, SAN_ERROR, SAN_ERROR_INVALID);
    }
  g_assert_null (san_base32_decode ("MZ", NULL));        /* rest bits that are not zero */
}

static void
test_base32_all_lengths (void)
{
  guint8 bytes[64];

  for (guint i = 0; i < sizeof bytes; i++)
    bytes[i] = (guint8) g_test_rand_int ();
  for (gsize n = 0; n <= sizeof bytes; n++)
    {
      g_autofree char *text = san_base32_encode (bytes, n);
      g_autoptr(GBytes) again = san_base32_decode (text, NULL);

      g_assert_cmpmem (g_bytes_get_data (again, NULL), g_bytes_get_size (again), bytes, n);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/id/hex", test_hex);
  g_test_add_func ("/base/id/hex-bytes", test_hex_bytes);
  g_test_add_func ("/base/id/compare", test_compare);
  g_test_add_func ("/base/id/base32", test_base32);
  g_test_add_func ("/base/id/base32-is-strict", test_base32_strict);
  g_test_add_func ("/base/id/base32-all-lengths", test_base32_all_lengths);
  return g_test_run ();
}
