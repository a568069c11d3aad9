/* san-keys.c - signing keys, box keys, sealing with a purpose, AEAD
 *
 * Public halves are computed from the secret ones here and never taken from a file, so a pair
 * cannot disagree. Everything signed or sealed carries its domain. */
#include "san-keys.h"

#include <sodium.h>
#include <string.h>

#define SMALL 1024u          /* messages up to here are joined with their domain on the stack */

struct _SanSignKey
{
  gatomicrefcount ref_count;
  SanId32         public_key;
  SanSecret      *seed;
};

struct _SanBoxKey
{
  gatomicrefcount ref_count;
  SanId32         public_key;
  SanSecret      *secret;
};

/* ---- signing ---- */

SanSignKey *
san_sign_key_new_random (void)
{
  g_autoptr(SanSecret) seed = san_secret_new_random (crypto_sign_SEEDBYTES);

  return san_sign_key_new_from_seed (seed);
}

/**
 * san_sign_key_new_from_seed:
 * @seed: (transfer none): 32 bytes
 *
 * Returns: (transfer full): the Ed25519 pair of that seed
 */
SanSignKey *
san_sign_key_new_from_seed (const SanSecret *seed)
{
  SanSignKey *self = g_new0 (SanSignKey, 1);
  guint8 sk[crypto_sign_SECRETKEYBYTES];

  g_assert (san_secret_get_size (seed) == crypto_sign_SEEDBYTES);
  g_atomic_ref_count_init (&self->ref_count);
  self->seed = san_secret_ref ((SanSecret *) seed);
  crypto_sign_seed_keypair (self->public_key.b, sk, san_secret_get_data (seed));
  sodium_memzero (sk, sizeof sk);
  return self;
}

SanSignKey *
san_sign_key_ref (SanSignKey *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
san_sign_key_unref (SanSignKey *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->ref_count))
    return;
  san_secret_unref (self->seed);
  g_free (self);
}

const SanId32 *
san_sign_key_get_public (const SanSignKey *self)
{
  return &self->public_key;
}

SanSecret *
san_sign_key_get_seed (const SanSignKey *self)
{
  return self->seed;
}

/* d16 || m in one piece, in @small if it fits, else in *@large, which the caller frees. */
static guint8 *
join (const char *domain, const void *data, gsize n, guint8 small[SMALL], guint8 **large)
{
  guint8 *joined = n <= SMALL - SAN_DOMAIN_SIZE
                     ? small
                     : (*large = g_malloc (n + SAN_DOMAIN_SIZE));

  san_domain_put (domain, joined);
  if (n > 0)
    memcpy (joined + SAN_DOMAIN_SIZE, data, n);
  return joined;
}

/**
 * san_sign:
 *
 * S(sk, d, m) of the formats: Ed25519 detached over the domain and the message.
 */
void
san_sign (const SanSignKey *self, const char *domain, const void *data, gsize n,
          guint8 out[SAN_SIGNATURE_SIZE])
{
  guint8 small[SMALL];
  g_autofree guint8 *large = NULL;
  guint8 *message = join (domain, data, n, small, &large);
  guint8 sk[crypto_sign_SECRETKEYBYTES];

  memcpy (sk, san_secret_get_data (self->seed), crypto_sign_SEEDBYTES);
  memcpy (sk + crypto_sign_SEEDBYTES, self->public_key.b, sizeof self->public_key.b);
  crypto_sign_detached (out, NULL, message, n + SAN_DOMAIN_SIZE, sk);
  sodium_memzero (sk, sizeof sk);
}

gboolean
san_verify (const SanId32 *public_key, const char *domain, const void *data, gsize n,
            const guint8 signature[SAN_SIGNATURE_SIZE])
{
  guint8 small[SMALL];
  g_autofree guint8 *large = NULL;
  guint8 *message = join (domain, data, n, small, &large);

  return crypto_sign_verify_detached (signature, message, n + SAN_DOMAIN_SIZE, public_key->b) == 0;
}

/* ---- boxes ---- */

SanBoxKey *
san_box_key_new_random (void)
{
  g_autoptr(SanSecret) secret = san_secret_new_random (crypto_box_SECRETKEYBYTES);

  return san_box_key_new_from_secret (secret);
}

/**
 * san_box_key_new_from_secret:
 * @sk: (transfer none): a 32-byte X25519 scalar
 */
SanBoxKey *
san_box_key_new_from_secret (const SanSecret *sk)
{
  SanBoxKey *self = g_new0 (SanBoxKey, 1);

  g_assert (san_secret_get_size (sk) == crypto_box_SECRETKEYBYTES);
  g_atomic_ref_count_init (&self->ref_count);
  self->secret = san_secret_ref ((SanSecret *) sk);
  crypto_scalarmult_base (self->public_key.b, san_secret_get_data (sk));
  return self;
}

/**
 * san_box_key_new_from_seed:
 * @seed: (transfer none): 32 bytes
 *
 * Returns: (transfer full): what crypto_box_seed_keypair() makes of it
 */
SanBoxKey *
san_box_key_new_from_seed (const SanSecret *seed)
{
  g_autoptr(SanSecret) secret = san_secret_new (crypto_box_SECRETKEYBYTES);
  SanId32 public_key;

  g_assert (san_secret_get_size (seed) == crypto_box_SEEDBYTES);
  crypto_box_seed_keypair (public_key.b, san_secret_get_mutable (secret),
                           san_secret_get_data (seed));
  return san_box_key_new_from_secret (secret);
}

SanBoxKey *
san_box_key_ref (SanBoxKey *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
san_box_key_unref (SanBoxKey *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->ref_count))
    return;
  san_secret_unref (self->secret);
  g_free (self);
}

const SanId32 *
san_box_key_get_public (const SanBoxKey *self)
{
  return &self->public_key;
}

SanSecret *
san_box_key_get_secret (const SanBoxKey *self)
{
  return self->secret;
}

/**
 * san_box_key_agree:
 *
 * Returns: (transfer full): raw X25519, to be hashed before use; %NULL with
 *   %SAN_ERROR_UNTRUSTED if their point has small order (nobody makes one by accident)
 */
SanSecret *
san_box_key_agree (const SanBoxKey *self, const SanId32 *their_public, GError **error)
{
  g_autoptr(SanSecret) shared = san_secret_new (crypto_scalarmult_BYTES);

  if (crypto_scalarmult (san_secret_get_mutable (shared), san_secret_get_data (self->secret),
                         their_public->b) != 0)
    {
      g_set_error_literal (error, SAN_ERROR, SAN_ERROR_UNTRUSTED,
                           "a public key is a point of small order");
      return NULL;
    }
  return g_steal_pointer (&shared);
}

/**
 * san_seal:
 * @out: @n + %SAN_SEAL_OVERHEAD bytes
 *
 * seal(d, x, pk) of the formats. Fails only if @to is no honest public key.
 */
gboolean
san_seal (const char *domain, const void *data, gsize n, const SanId32 *to, guint8 *out,
          GError **error)
{
  g_autoptr(SanSecret) message = san_secret_new (n + SAN_DOMAIN_SIZE);

  san_domain_put (domain, san_secret_get_mutable (message));
  if (n > 0)
    memcpy (san_secret_get_mutable (message) + SAN_DOMAIN_SIZE, data, n);
  if (crypto_box_seal (out, san_secret_get_data (message), n + SAN_DOMAIN_SIZE, to->b) == 0)
    return TRUE;
  g_set_error_literal (error, SAN_ERROR, SAN_ERROR_UNTRUSTED,
                       "a public key is a point of small order");
  return FALSE;
}

/**
 * san_unseal:
 *
 * Returns: (transfer full): the sealed bytes without their domain, or %NULL: %SAN_ERROR_DAMAGED
 *   if too short, %SAN_ERROR_LOCKED if it is not for this key or not for this purpose
 */
SanSecret *
san_unseal (const char *domain, const guint8 *sealed, gsize n, const SanBoxKey *key,
            GError **error)
{
  g_autoptr(SanSecret) message = NULL;
  guint8 d16[SAN_DOMAIN_SIZE];

  if (n < SAN_SEAL_OVERHEAD)
    {
      g_set_error (error, SAN_ERROR, SAN_ERROR_DAMAGED,
                   "sealed box of %" G_GSIZE_FORMAT " bytes, needs %d", n, SAN_SEAL_OVERHEAD);
      return NULL;
    }
  message = san_secret_new (n - crypto_box_SEALBYTES);
  san_domain_put (domain, d16);
  if (crypto_box_seal_open (san_secret_get_mutable (message), sealed, n, key->public_key.b,
                            san_secret_get_data (key->secret)) != 0
      || memcmp (san_secret_get_data (message), d16, sizeof d16) != 0)
    {
      g_set_error (error, SAN_ERROR, SAN_ERROR_LOCKED, "sealed box does not open as %s", domain);
      return NULL;
    }
  return san_secret_new_copy (san_secret_get_data (message) + SAN_DOMAIN_SIZE,
                              n - SAN_SEAL_OVERHEAD);
}

/* ---- AEAD ---- */

/**
 * san_aead_seal:
 * @out: @n + 16 bytes; may be @plain itself
 *
 * A(k, n, ad, p) of the formats. A nonce must never meet the same key twice.
 */
void
san_aead_seal (const SanSecret *key, const guint8 nonce[SAN_AEAD_NONCE_SIZE], const void *ad,
               gsize ad_n, const void *plain, gsize n, guint8 *out)
{
  g_assert (san_secret_get_size (key) == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);
  crypto_aead_xchacha20poly1305_ietf_encrypt (out, NULL, plain, n, ad, ad_n, NULL, nonce,
                                              san_secret_get_data (key));
}

/**
 * san_aead_open:
 * @out: @n - 16 bytes; zero-filled if the tag is wrong
 */
gboolean
san_aead_open (const SanSecret *key, const guint8 nonce[SAN_AEAD_NONCE_SIZE], const void *ad,
               gsize ad_n, const guint8 *sealed, gsize n, guint8 *out)
{
  g_assert (san_secret_get_size (key) == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);
  if (n < SAN_AEAD_TAG_SIZE)
    return FALSE;
  return crypto_aead_xchacha20poly1305_ietf_decrypt (out, NULL, NULL, sealed, n, ad, ad_n, nonce,
                                                     san_secret_get_data (key)) == 0;
}
