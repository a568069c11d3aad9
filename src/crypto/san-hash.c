/* san-hash.c - BLAKE2b-256 with the domain in front of every message
 *
 * No hash or derived key of the formats is made without a domain, so a digest for one purpose is
 * never a digest for another. */
#include "san-hash.h"

#include <sodium.h>
#include <string.h>

struct _SanHasher
{
  crypto_generichash_state state;         /* aligned to 64 bytes: see san_hasher_new() */
};

/**
 * san_domain_put:
 * @domain: ASCII, at most 16 letters; a longer one is a mistake of ours
 */
void
san_domain_put (const char *domain, guint8 out[SAN_DOMAIN_SIZE])
{
  gsize n = strlen (domain);

  g_assert (n <= SAN_DOMAIN_SIZE);
  memset (out, 0, SAN_DOMAIN_SIZE);
  memcpy (out, domain, n);
}

static void
begin (crypto_generichash_state *state, const void *key, gsize key_size, const char *domain)
{
  guint8 d16[SAN_DOMAIN_SIZE];

  g_assert (key == NULL || (key_size >= crypto_generichash_KEYBYTES_MIN
                            && key_size <= crypto_generichash_KEYBYTES_MAX));
  san_domain_put (domain, d16);
  crypto_generichash_init (state, key, key != NULL ? key_size : 0, sizeof (SanId32));
  crypto_generichash_update (state, d16, sizeof d16);
}

static void
hash_into (const void *key, gsize key_size, const char *domain, const void *data, gsize n,
           guint8 *out)
{
  crypto_generichash_state state;

  begin (&state, key, key_size, domain);
  if (n > 0)
    crypto_generichash_update (&state, data, n);
  crypto_generichash_final (&state, out, sizeof (SanId32));
  sodium_memzero (&state, sizeof state);
}

/**
 * san_hash:
 *
 * H(d, m) of the formats.
 */
void
san_hash (const char *domain, const void *data, gsize n, SanId32 *out)
{
  hash_into (NULL, 0, domain, data, n, out->b);
}

/**
 * san_keyed_hash:
 * @key_size: 16 to 64
 *
 * K(k, d, m) of the formats, where the result is not secret.
 */
void
san_keyed_hash (const void *key, gsize key_size, const char *domain, const void *data, gsize n,
                SanId32 *out)
{
  hash_into (key, key_size, domain, data, n, out->b);
}

static SanHasher *
hasher_new (const void *key, gsize key_size, const char *domain)
{
  SanHasher *self = g_aligned_alloc0 (1, sizeof (SanHasher), 64);

  begin (&self->state, key, key_size, domain);
  return self;
}

/**
 * san_hasher_new:
 *
 * H(d, m) for an m that comes in pieces.
 */
SanHasher *
san_hasher_new (const char *domain)
{
  return hasher_new (NULL, 0, domain);
}

SanHasher *
san_hasher_new_keyed (const void *key, gsize key_size, const char *domain)
{
  return hasher_new (key, key_size, domain);
}

void
san_hasher_update (SanHasher *self, const void *data, gsize n)
{
  if (n > 0)
    crypto_generichash_update (&self->state, data, n);
}

void
san_hasher_finish (SanHasher *self, SanId32 *out)
{
  crypto_generichash_final (&self->state, out->b, sizeof out->b);
}

void
san_hasher_free (SanHasher *self)
{
  if (self == NULL)
    return;
  sodium_memzero (self, sizeof *self);
  g_aligned_free (self);
}

/**
 * san_derive:
 *
 * Returns: (transfer full): K(k, d, m) as a secret of 32 bytes
 */
SanSecret *
san_derive (const SanSecret *key, const char *domain, const void *data, gsize n)
{
  SanSecret *derived = san_secret_new (sizeof (SanId32));

  hash_into (san_secret_get_data (key), san_secret_get_size (key), domain, data, n,
             san_secret_get_mutable (derived));
  return derived;
}

/**
 * san_derive_subkey:
 * @key: 32 bytes
 * @context: 8 letters
 *
 * Returns: (transfer full): crypto_kdf_derive_from_key() of 32 bytes
 */
SanSecret *
san_derive_subkey (const SanSecret *key, guint64 id, const char *context)
{
  SanSecret *derived = san_secret_new (32);

  g_assert (san_secret_get_size (key) == crypto_kdf_KEYBYTES);
  g_assert (strlen (context) == crypto_kdf_CONTEXTBYTES);
  crypto_kdf_derive_from_key (san_secret_get_mutable (derived), 32, id, context,
                              san_secret_get_data (key));
  return derived;
}

/**
 * san_padme:
 *
 * The length that @n is padded to: it tells little more than the order of magnitude.
 */
guint64
san_padme (guint64 n)
{
  guint e, s;
  guint64 mask;

  if (n < 4)
    return n;
  e = 63 - (guint) __builtin_clzll (n);
  s = 32 - (guint) __builtin_clz (e);
  mask = (G_GUINT64_CONSTANT (1) << (e - s)) - 1;
  return n > G_MAXUINT64 - mask ? G_MAXUINT64 : (n + mask) & ~mask;
}
