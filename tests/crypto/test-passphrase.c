/* test-passphrase.c - costs, caps, slips of four words, the recovery code */
#include "san-passphrase.h"
#include "san-recovery-code.h"

#include <string.h>

static const SanPassphraseCost cheap = { 1, 8192 };

static SanSecret *
derive (const char *text, const guint8 *salt, const SanPassphraseCost *cost, GError **error)
{
  g_autoptr(SanSecret) passphrase = san_secret_new_copy (text, strlen (text));

  return san_passphrase_derive (passphrase, salt, cost, error);
}

static void
test_derive (void)
{
  guint8 salt[SAN_PASSPHRASE_SALT_SIZE] = { 1 };
  guint8 other_salt[SAN_PASSPHRASE_SALT_SIZE] = { 2 };
  SanPassphraseCost dearer = { 2, 8192 };
  g_autoptr(SanSecret) a = derive ("words", salt, &cheap, NULL);
  g_autoptr(SanSecret) again = derive ("words", salt, &cheap, NULL);
  g_autoptr(SanSecret) b = derive ("word", salt, &cheap, NULL);
  g_autoptr(SanSecret) c = derive ("words", other_salt, &cheap, NULL);
  g_autoptr(SanSecret) d = derive ("words", salt, &dearer, NULL);
  g_autoptr(SanSecret) empty = derive ("", salt, &cheap, NULL);

  g_assert_true (san_secret_equal (a, again));
  g_assert_false (san_secret_equal (a, b));
  g_assert_false (san_secret_equal (a, c));
  g_assert_false (san_secret_equal (a, d));
  g_assert_nonnull (empty);
  g_assert_cmpuint (san_secret_get_size (a), ==, 32);
}

/* Numbers from a file: nobody may make us run for an hour or take all memory. */
static void
test_caps (void)
{
  static const SanPassphraseCost bad[] = {
    { 0, 8192 }, { 17, 8192 }, { G_MAXUINT64, 8192 }, { 1, 8191 }, { 1, 0 },
    { 1, (1u << 30) + 1 }, { 1, G_MAXUINT64 }, { 1, G_GUINT64_CONSTANT (1) << 32 },
  };
  static const SanPassphraseCost good[] = { { 1, 8192 }, { 16, 1u << 30 } };
  guint8 salt[SAN_PASSPHRASE_SALT_SIZE] = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_null (derive ("words", salt, &bad[i], &error));
      g_assert_error (error, SAN_ERROR, SAN_ERROR_DAMAGED);
    }
  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    g_assert_true (san_passphrase_cost_check (&good[i], NULL));
}

static void
test_calibrate (void)
{
  SanPassphraseCost minimum, quick, slow;

  san_passphrase_cost_minimum (&minimum);
  g_assert_true (san_passphrase_calibrate (0, &quick, NULL));
  g_assert_cmpuint (quick.ops, ==, minimum.ops);
  g_assert_cmpuint (quick.mem, ==, minimum.mem);
  g_assert_true (san_passphrase_calibrate (1, &quick, NULL));
  g_assert_cmpuint (quick.ops, ==, minimum.ops);
  g_assert_cmpuint (quick.mem, ==, minimum.mem);
  g_assert_true (san_passphrase_calibrate (60000, &slow, NULL));
  g_assert_cmpuint (slow.mem, ==, 256u << 20);
  g_assert_cmpuint (slow.ops, >, minimum.ops);
  g_assert_true (san_passphrase_cost_check (&slow, NULL));
}

static void
test_words (void)
{
  g_autoptr(GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < 500; i++)
    {
      g_autoptr(SanSecret) slip = san_passphrase_new_words (4);
      const char *text = (const char *) san_secret_get_data (slip);
      g_auto(GStrv) words = g_strsplit (text, "-", -1);

      g_assert_cmpuint (strlen (text), ==, san_secret_get_size (slip));
      g_assert_cmpuint (g_strv_length (words), ==, 4);
      for (guint w = 0; w < 4; w++)
        {
          g_assert_cmpuint (strlen (words[w]), >=, 3);
          g_assert_cmpuint (strlen (words[w]), <=, 6);
          for (const char *p = words[w]; *p != '\0'; p++)
            g_assert_true (g_ascii_islower (*p));
          g_hash_table_add (seen, g_strdup (words[w]));
        }
    }
  g_assert_cmpuint (g_hash_table_size (seen), >, 900);      /* of 1,296: 1,017 are to be expected */
}

static void
test_code_round_trip (void)
{
  for (guint i = 0; i < 200; i++)
    {
      g_autoptr(SanSecret) code = san_recovery_code_new_random ();
      g_autoptr(SanSecret) text = san_recovery_code_to_text (code);
      g_autoptr(SanSecret) again
        = san_recovery_code_from_text ((const char *) san_secret_get_data (text), NULL);

      g_assert_true (san_secret_equal (code, again));
    }
}

static void
test_code_as_people_write (void)
{
  static const char *const ways[] = {
    "000G4-0R40M-30E20-9185G-R38E1-WG3RN", "000g40r40m30e209185gr38e1wg3rn",
    " ooog4 or4om 3oe2o 9i85g r38el wg3rn\n", "OOOG4--OR4OM-3OE2O-9L85G-R38EI-WG3RN",
  };

  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      g_autoptr(SanSecret) code = san_recovery_code_from_text (ways[i], NULL);

      g_assert_nonnull (code);
      for (guint8 b = 0; b < 16; b++)
        g_assert_cmpuint (san_secret_get_data (code)[b], ==, b);
    }
}

static void
assert_code_fails (const char *text, SanErrorCode code)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (san_recovery_code_from_text (text, &error));
  g_assert_error (error, SAN_ERROR, (int) code);
}

/* One slip of the pen, anywhere: found, but for the one in a million that the check allows. */
static void
test_code_slips (void)
{
  static const char right[] = "000G4-0R40M-30E20-9185G-R38E1-WG3RN";
  static const char symbols[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

  assert_code_fails ("", SAN_ERROR_INVALID);
  assert_code_fails ("000G4-0R40M-30E20-9185G-R38E1-WG3R", SAN_ERROR_INVALID);
  assert_code_fails ("000G4-0R40M-30E20-9185G-R38E1-WG3RNN", SAN_ERROR_INVALID);
  assert_code_fails ("000U4-0R40M-30E20-9185G-R38E1-WG3RN", SAN_ERROR_INVALID);
  assert_code_fails ("000G4-0R40M-30E20-9185G-R38E1-WG3R\xc3\xa9", SAN_ERROR_INVALID);
  for (guint i = 0; i < sizeof right - 1; i++)
    for (const char *s = symbols; *s != '\0'; s++)
      {
        g_autofree char *slip = g_strdup (right);

        if (right[i] == '-' || right[i] == *s)
          continue;
        slip[i] = *s;
        assert_code_fails (slip, SAN_ERROR_LOCKED);
      }
}

static void
test_crockford (void)
{
  static const guint8 bytes[10] = { 0xff, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0, 0 };
  g_autofree char *seat = san_crockford_encode (bytes, 80);
  g_autofree char *one = san_crockford_encode (bytes, 1);
  g_autofree char *none = san_crockford_encode (bytes, 0);

  g_assert_cmpstr (seat, ==, "ZZZZZZZZ00000000");
  g_assert_cmpstr (one, ==, "G");
  g_assert_cmpstr (none, ==, "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (san_crypto_init (NULL));
  g_test_add_func ("/crypto/passphrase/derive", test_derive);
  g_test_add_func ("/crypto/passphrase/costs-are-capped", test_caps);
  g_test_add_func ("/crypto/passphrase/calibrate", test_calibrate);
  g_test_add_func ("/crypto/passphrase/words", test_words);
  g_test_add_func ("/crypto/recovery-code/round-trip", test_code_round_trip);
  g_test_add_func ("/crypto/recovery-code/as-people-write-it", test_code_as_people_write);
  g_test_add_func ("/crypto/recovery-code/slips-of-the-pen", test_code_slips);
  g_test_add_func ("/crypto/recovery-code/crockford", test_crockford);
  return g_test_run ();
}
