/* test-vectors.c - the numbers printed in the format: another implementation must meet them */
#include "san-hash.h"
#include "san-recovery-code.h"
#include "san-stream.h"

#include <string.h>

static SanSecret *
repeated (guint8 byte, gsize n)
{
  SanSecret *secret = san_secret_new (n);

  memset (san_secret_get_mutable (secret), byte, n);
  return secret;
}

static void
assert_hex (const guint8 *bytes, gsize n, const char *expected)
{
  g_autofree char *hex = san_bytes_to_hex (bytes, n);

  g_assert_cmpstr (hex, ==, expected);
}

static void
test_hash (void)
{
  guint8 zeros[176] = { 0 };
  g_autoptr(SanSecret) key = repeated (0x42, 32);
  SanId32 digest;

  san_hash ("san1.entry.id", zeros, sizeof zeros, &digest);
  assert_hex (digest.b, 32, "90216b577e09bb6b4fa93e8d54b968e0609b73fc460fc02c6ced7f162037ed0d");
  san_hash ("san1.key.id", san_secret_get_data (key), 32, &digest);
  assert_hex (digest.b, 32, "3c3e096d38f669d9297cdbbe10889967c5747d809d383f7b1424a3a55246bab1");
}

static void
test_recovery_code (void)
{
  g_autoptr(SanSecret) code = san_secret_new (16);
  g_autoptr(SanSecret) text = NULL;
  g_autoptr(SanSignKey) sign = NULL;
  g_autoptr(SanBoxKey) box = NULL;

  for (guint8 i = 0; i < 16; i++)
    san_secret_get_mutable (code)[i] = i;
  text = san_recovery_code_to_text (code);
  g_assert_cmpstr ((const char *) san_secret_get_data (text), ==,
                   "000G4-0R40M-30E20-9185G-R38E1-WG3RN");
  g_assert_cmpuint (san_secret_get_size (text), ==, 35);
  sign = san_recovery_code_sign_key (code);
  box = san_recovery_code_box_key (code);
  assert_hex (san_sign_key_get_public (sign)->b, 32,
              "81fc9892f68831b27f9432c21decf40747c6b024ebd31a03973a777252770f21");
  assert_hex (san_box_key_get_public (box)->b, 32,
              "9cc346b1a5037b8e40c4fb1341991616ece42714f2e007dc7dd4a429dfff937b");
}

static void
test_pairing_number (void)
{
  g_autoptr(SanSecret) p = repeated (0x42, 32);
  SanId32 digest;
  guint64 v = 0;

  san_keyed_hash (san_secret_get_data (p), 32, "san1.pair.num", "482913", 6, &digest);
  for (int i = 7; i >= 0; i--)
    v = v << 8 | digest.b[i];
  g_assert_cmpuint (v % 1000000, ==, 909932);
}

static void
test_stanza (void)
{
  g_autoptr(SanSecret) ephemeral_sk = repeated (1, 32);
  g_autoptr(SanSecret) recipient_sk = repeated (2, 32);
  g_autoptr(SanSecret) file_key = repeated (3, 32);
  g_autoptr(SanBoxKey) ephemeral = san_box_key_new_from_secret (ephemeral_sk);
  g_autoptr(SanBoxKey) recipient = san_box_key_new_from_secret (recipient_sk);
  g_autoptr(GBytes) kek_bytes = san_bytes_from_hex (
    "50e2bddb6c8aa27abdae2429a0b924e1ce74daad58e3a4dedb35a7b2bd81f740", NULL);
  g_autoptr(SanSecret) kek = san_secret_new_copy (g_bytes_get_data (kek_bytes, NULL), 32);
  guint8 nonce[SAN_AEAD_NONCE_SIZE] = { 0 };
  guint8 stanza[SAN_STANZA_SIZE];
  guint8 opened[32];

  g_assert_true (san_stanza_make (ephemeral, san_box_key_get_public (recipient), file_key, stanza,
                                  NULL));
  assert_hex (stanza, 16, "2d8392491b639d080888c97cd2d2cd42");
  g_assert_true (san_aead_open (kek, nonce, NULL, 0, stanza + 16, 48, opened));
  g_assert_cmpmem (opened, 32, san_secret_get_data (file_key), 32);
}

static void
test_padme (void)
{
  g_assert_cmpuint (san_padme (100000), ==, 100352);
  g_assert_cmpuint (san_padme (1000000), ==, 1015808);
  g_assert_cmpuint (san_padme (123456789), ==, 123731968);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (san_crypto_init (NULL));
  g_test_add_func ("/crypto/vectors/hash", test_hash);
  g_test_add_func ("/crypto/vectors/recovery-code", test_recovery_code);
  g_test_add_func ("/crypto/vectors/pairing-number", test_pairing_number);
  g_test_add_func ("/crypto/vectors/stanza", test_stanza);
  g_test_add_func ("/crypto/vectors/padme", test_padme);
  return g_test_run ();
}
