/* test-keys.c - signatures, sealed boxes, AEAD, hashes: each bound to its purpose */
#include "san-keys.h"

#include <string.h>

static void
test_sign (void)
{
  g_autoptr(SanSignKey) key = san_sign_key_new_random ();
  g_autoptr(SanSignKey) again = san_sign_key_new_from_seed (san_sign_key_get_seed (key));
  g_autoptr(SanSignKey) other = san_sign_key_new_random ();
  guint8 signature[SAN_SIGNATURE_SIZE], twice[SAN_SIGNATURE_SIZE];
  const SanId32 *pk = san_sign_key_get_public (key);

  san_sign (key, "san1.entry.sig", "words", 5, signature);
  san_sign (again, "san1.entry.sig", "words", 5, twice);
  g_assert_cmpmem (signature, 64, twice, 64);
  g_assert_true (san_verify (pk, "san1.entry.sig", "words", 5, signature));
  g_assert_false (san_verify (pk, "san1.seat", "words", 5, signature));
  g_assert_false (san_verify (pk, "san1.entry.sig", "wordz", 5, signature));
  g_assert_false (san_verify (pk, "san1.entry.sig", "words", 4, signature));
  g_assert_false (san_verify (san_sign_key_get_public (other), "san1.entry.sig", "words", 5,
                              signature));
  for (guint i = 0; i < SAN_SIGNATURE_SIZE * 8; i++)
    {
      signature[i / 8] ^= (guint8) (1 << i % 8);
      g_assert_false (san_verify (pk, "san1.entry.sig", "words", 5, signature));
      signature[i / 8] ^= (guint8) (1 << i % 8);
    }
}

/* Messages round the border where they are joined with their domain elsewhere. */
static void
test_sign_sizes (void)
{
  g_autoptr(SanSignKey) key = san_sign_key_new_random ();
  static const gsize sizes[] = { 0, 1, 1007, 1008, 1009, 100000 };
  g_autofree guint8 *data = g_malloc0 (100000);
  guint8 signature[SAN_SIGNATURE_SIZE];

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      san_sign (key, "d", data, sizes[i], signature);
      g_assert_true (san_verify (san_sign_key_get_public (key), "d", data, sizes[i], signature));
    }
}

static void
test_zero_key_signs_nothing (void)
{
  guint8 signature[SAN_SIGNATURE_SIZE] = { 0 };

  g_assert_false (san_verify (&san_id32_zero, "san1.entry.sig", "x", 1, signature));
  signature[0] = 1;
  g_assert_false (san_verify (&san_id32_zero, "san1.entry.sig", "x", 1, signature));
}

static void
test_seal (void)
{
  g_autoptr(SanBoxKey) key = san_box_key_new_random ();
  g_autoptr(SanBoxKey) other = san_box_key_new_random ();
  g_autoptr(SanSecret) secret = san_secret_new_random (32);
  g_autoptr(SanSecret) opened = NULL;
  guint8 sealed[SAN_SEALED_KEY_SIZE], again[SAN_SEALED_KEY_SIZE];
  g_autoptr(GError) error = NULL;

  g_assert_true (san_seal ("san1.key.seal", san_secret_get_data (secret), 32,
                           san_box_key_get_public (key), sealed, NULL));
  g_assert_true (san_seal ("san1.key.seal", san_secret_get_data (secret), 32,
                           san_box_key_get_public (key), again, NULL));
  g_assert_cmpint (memcmp (sealed, again, sizeof sealed), !=, 0);
  opened = san_unseal ("san1.key.seal", sealed, sizeof sealed, key, NULL);
  g_assert_true (san_secret_equal (opened, secret));
  g_assert_null (san_unseal ("san1.ring.seal", sealed, sizeof sealed, key, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_LOCKED);
  g_clear_error (&error);
  g_assert_null (san_unseal ("san1.key.seal", sealed, sizeof sealed, other, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_LOCKED);
  for (gsize n = 0; n < sizeof sealed; n++)
    {
      int code = n < SAN_SEAL_OVERHEAD ? SAN_ERROR_DAMAGED : SAN_ERROR_LOCKED;

      g_clear_error (&error);
      g_assert_null (san_unseal ("san1.key.seal", sealed, n, key, &error));
      g_assert_error (error, SAN_ERROR, code);
      sealed[n] ^= 1;
      g_assert_null (san_unseal ("san1.key.seal", sealed, sizeof sealed, key, NULL));
      sealed[n] ^= 1;
    }
}

static void
test_seal_large (void)
{
  g_autoptr(SanBoxKey) key = san_box_key_new_random ();
  g_autofree guint8 *data = g_malloc0 (20000);
  g_autofree guint8 *sealed = g_malloc (20000 + SAN_SEAL_OVERHEAD);
  g_autoptr(SanSecret) opened = NULL;

  data[19999] = 7;
  g_assert_true (san_seal ("san1.keyring", data, 20000, san_box_key_get_public (key), sealed,
                           NULL));
  opened = san_unseal ("san1.keyring", sealed, 20000 + SAN_SEAL_OVERHEAD, key, NULL);
  g_assert_cmpmem (san_secret_get_data (opened), san_secret_get_size (opened), data, 20000);
}

/* The points of small order, as anybody can send them. */
static void
test_small_order (void)
{
  g_autoptr(SanBoxKey) key = san_box_key_new_random ();
  SanId32 one = { { 1 } };
  const SanId32 *points[] = { &san_id32_zero, &one };
  guint8 sealed[SAN_SEALED_KEY_SIZE];
  guint8 data[32] = { 0 };

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(GError) seal_error = NULL;

      g_assert_null (san_box_key_agree (key, points[i], &error));
      g_assert_error (error, SAN_ERROR, SAN_ERROR_UNTRUSTED);
      g_assert_false (san_seal ("d", data, 32, points[i], sealed, &seal_error));
      g_assert_error (seal_error, SAN_ERROR, SAN_ERROR_UNTRUSTED);
    }
}

static void
test_agree (void)
{
  g_autoptr(SanBoxKey) a = san_box_key_new_random ();
  g_autoptr(SanBoxKey) b = san_box_key_new_random ();
  g_autoptr(SanBoxKey) a_again = san_box_key_new_from_secret (san_box_key_get_secret (a));
  g_autoptr(SanSecret) ab = san_box_key_agree (a, san_box_key_get_public (b), NULL);
  g_autoptr(SanSecret) ba = san_box_key_agree (b, san_box_key_get_public (a), NULL);

  g_assert_true (san_secret_equal (ab, ba));
  g_assert_true (san_id32_equal (san_box_key_get_public (a), san_box_key_get_public (a_again)));
}

static void
test_aead (void)
{
  g_autoptr(SanSecret) key = san_secret_new_random (32);
  g_autoptr(SanSecret) other = san_secret_new_random (32);
  guint8 nonce[SAN_AEAD_NONCE_SIZE] = { 1 };
  guint8 sealed[5 + SAN_AEAD_TAG_SIZE], opened[5];

  san_aead_seal (key, nonce, "ad", 2, "words", 5, sealed);
  g_assert_true (san_aead_open (key, nonce, "ad", 2, sealed, sizeof sealed, opened));
  g_assert_cmpmem (opened, 5, "words", 5);
  g_assert_false (san_aead_open (key, nonce, "aD", 2, sealed, sizeof sealed, opened));
  g_assert_false (san_aead_open (key, nonce, NULL, 0, sealed, sizeof sealed, opened));
  g_assert_false (san_aead_open (other, nonce, "ad", 2, sealed, sizeof sealed, opened));
  for (gsize n = 0; n < sizeof sealed; n++)
    {
      g_assert_false (san_aead_open (key, nonce, "ad", 2, sealed, n, opened));
      sealed[n] ^= 0x80;
      g_assert_false (san_aead_open (key, nonce, "ad", 2, sealed, sizeof sealed, opened));
      sealed[n] ^= 0x80;
    }
  nonce[23] ^= 1;
  g_assert_false (san_aead_open (key, nonce, "ad", 2, sealed, sizeof sealed, opened));
}

static void
test_hasher (void)
{
  g_autoptr(SanHasher) pieces = san_hasher_new ("san1.payload");
  g_autoptr(SanHasher) keyed = san_hasher_new_keyed ("0123456789abcdef", 16, "san1.payload");
  SanId32 whole, in_pieces, other;

  san_hash ("san1.payload", "one two", 7, &whole);
  san_hasher_update (pieces, "one", 3);
  san_hasher_update (pieces, NULL, 0);
  san_hasher_update (pieces, " two", 4);
  san_hasher_finish (pieces, &in_pieces);
  g_assert_true (san_id32_equal (&whole, &in_pieces));
  san_hash ("san1.intro", "one two", 7, &other);
  g_assert_false (san_id32_equal (&whole, &other));
  san_keyed_hash ("0123456789abcdef", 16, "san1.payload", "one two", 7, &other);
  san_hasher_update (keyed, "one two", 7);
  san_hasher_finish (keyed, &in_pieces);
  g_assert_true (san_id32_equal (&other, &in_pieces));
  g_assert_false (san_id32_equal (&whole, &other));
}

static void
test_derive (void)
{
  g_autoptr(SanSecret) key = san_secret_new_random (32);
  g_autoptr(SanSecret) part = san_derive (key, "san1.part", NULL, 0);
  g_autoptr(SanSecret) link = san_derive (key, "san1.key.link", NULL, 0);
  g_autoptr(SanSecret) pages = san_derive_subkey (key, 1, "san1.vfs");
  g_autoptr(SanSecret) wal = san_derive_subkey (key, 2, "san1.vfs");
  g_autoptr(SanSecret) pages_again = san_derive_subkey (key, 1, "san1.vfs");
  SanId32 digest;

  g_assert_false (san_secret_equal (part, link));
  g_assert_false (san_secret_equal (pages, wal));
  g_assert_true (san_secret_equal (pages, pages_again));
  san_keyed_hash (san_secret_get_data (key), 32, "san1.part", NULL, 0, &digest);
  g_assert_cmpmem (digest.b, 32, san_secret_get_data (part), 32);
}

static void
test_padme (void)
{
  guint64 before = 0;

  for (guint64 n = 0; n < 9; n++)
    g_assert_cmpuint (san_padme (n), ==, n);
  g_assert_cmpuint (san_padme (9), ==, 10);
  for (guint64 n = 1; n < 200000; n++)
    {
      guint64 padded = san_padme (n);

      g_assert_cmpuint (padded, >=, n);
      g_assert_cmpuint (padded, <=, n + n / 8);            /* 12 % at the very most */
      g_assert_cmpuint (padded, >=, before);
      g_assert_cmpuint (san_padme (padded), ==, padded);
      before = padded;
    }
  g_assert_cmpuint (san_padme (G_MAXUINT64), ==, G_MAXUINT64);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (san_crypto_init (NULL));
  g_test_add_func ("/crypto/keys/sign", test_sign);
  g_test_add_func ("/crypto/keys/sign-all-sizes", test_sign_sizes);
  g_test_add_func ("/crypto/keys/zero-key-signs-nothing", test_zero_key_signs_nothing);
  g_test_add_func ("/crypto/keys/seal", test_seal);
  g_test_add_func ("/crypto/keys/seal-large", test_seal_large);
  g_test_add_func ("/crypto/keys/small-order-is-refused", test_small_order);
  g_test_add_func ("/crypto/keys/agree", test_agree);
  g_test_add_func ("/crypto/keys/aead", test_aead);
  g_test_add_func ("/crypto/hash/in-pieces", test_hasher);
  g_test_add_func ("/crypto/hash/derive", test_derive);
  g_test_add_func ("/crypto/hash/padme", test_padme);
  return g_test_run ();
}
