/* san-seams.c - what is different in these tests: passphrases are cheap, chance is a sequence
 *
 * Linked in place of a few functions, and as libsodium's source of random bytes. So one number
 * gives one run, down to the last key and id, and ids that decide ties are the same each time. */
#include "san-seams.h"
#include "san-catalogue.h"
#include "san-programme.h"
#include <sodium.h>
#include <string.h>

/* Nonces of pages are fetched by this many bytes, by one thread or by another: how often is not for
 * a seed to say, so they come from elsewhere. */
#define NONCES_BYTES (64 * 24)

static guint64 state[2];
static __thread guint64 aside[2] = { 1, 2 };

static guint64
next (guint64 at[2])
{
  guint64 a = at[0], b = at[1];

  at[0] = b;
  a ^= a << 23;
  at[1] = a ^ b ^ (a >> 17) ^ (b >> 26);
  return at[1] + b;
}

static const char *
name (void)
{
  return "seed";
}

static uint32_t
random32 (void)
{
  return (uint32_t) (next (state) >> 32);
}

static void
fill (void *out, size_t n)
{
  guint64 *from = n == NONCES_BYTES ? aside : state;
  guint8 *at = out;

  while (n > 0)
    {
      guint64 word = next (from);
      size_t part = MIN (n, sizeof word);

      memcpy (at, &word, part);
      at += part;
      n -= part;
    }
}

static randombytes_implementation sequence = { name, random32, NULL, NULL, fill, NULL };

void
seams_seed (guint32 seed)
{
  state[0] = G_GUINT64_CONSTANT (0x9e3779b97f4a7c15) ^ seed;
  state[1] = G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9) + (guint64) seed * 0x100000001b3;
  for (guint i = 0; i < 32; i++)
    next (state);
}

void
seams_begin (void)
{
  seams_seed (1);
  randombytes_set_implementation (&sequence);
}

int __wrap_crypto_pwhash (unsigned char *out, unsigned long long n_out, const char *words,
                          unsigned long long n_words, const unsigned char *salt,
                          unsigned long long ops, size_t memory, int algorithm);

int
__wrap_crypto_pwhash (unsigned char *out, unsigned long long n_out, const char *words,
                      unsigned long long n_words, const unsigned char *salt, unsigned long long ops,
                      size_t memory, int algorithm)
{
  return crypto_generichash (out, n_out, (const unsigned char *) words, n_words, salt,
                             crypto_pwhash_SALTBYTES);
}

/* The two below seal the pages of the store's files and nothing else: here they mark a page with
 * its place and key. */
static void
mark_page (unsigned char *mark, const unsigned char *ad, unsigned long long n_ad,
           const unsigned char *nonce, const unsigned char *key)
{
  crypto_generichash_state hash;

  crypto_generichash_init (&hash, key, 32, crypto_aead_xchacha20poly1305_ietf_ABYTES);
  crypto_generichash_update (&hash, ad, n_ad);
  crypto_generichash_update (&hash, nonce, crypto_aead_xchacha20poly1305_ietf_NPUBBYTES);
  crypto_generichash_final (&hash, mark, crypto_aead_xchacha20poly1305_ietf_ABYTES);
}

int __wrap_crypto_aead_xchacha20poly1305_ietf_encrypt_detached (
    unsigned char *out, unsigned char *mark, unsigned long long *n_mark, const unsigned char *plain,
    unsigned long long n, const unsigned char *ad, unsigned long long n_ad,
    const unsigned char *none, const unsigned char *nonce, const unsigned char *key);
int __wrap_crypto_aead_xchacha20poly1305_ietf_decrypt_detached (
    unsigned char *out, unsigned char *none, const unsigned char *sealed, unsigned long long n,
    const unsigned char *mark, const unsigned char *ad, unsigned long long n_ad,
    const unsigned char *nonce, const unsigned char *key);

int
__wrap_crypto_aead_xchacha20poly1305_ietf_encrypt_detached (
    unsigned char *out, unsigned char *mark, unsigned long long *n_mark, const unsigned char *plain,
    unsigned long long n, const unsigned char *ad, unsigned long long n_ad,
    const unsigned char *none, const unsigned char *nonce, const unsigned char *key)
{
  memmove (out, plain, n);
  mark_page (mark, ad, n_ad, nonce, key);
  return 0;
}

int
__wrap_crypto_aead_xchacha20poly1305_ietf_decrypt_detached (
    unsigned char *out, unsigned char *none, const unsigned char *sealed, unsigned long long n,
    const unsigned char *mark, const unsigned char *ad, unsigned long long n_ad,
    const unsigned char *nonce, const unsigned char *key)
{
  unsigned char right[crypto_aead_xchacha20poly1305_ietf_ABYTES];

  mark_page (right, ad, n_ad, nonce, key);
  if (memcmp (right, mark, sizeof right) != 0)
    return -1;
  memmove (out, sealed, n);
  return 0;
}

SanCatalogue *__real_san_catalogue_load (const char *dir, GError **error);
SanCatalogue *__wrap_san_catalogue_load (const char *dir, GError **error);
SanProgramme *__real_san_programme_load (const char *dir, SanCatalogue *catalogue, GError **error);
SanProgramme *__wrap_san_programme_load (const char *dir, SanCatalogue *catalogue, GError **error);

SanCatalogue *
__wrap_san_catalogue_load (const char *dir, GError **error)
{
  static SanCatalogue *known;

  if (known == NULL)
    known = __real_san_catalogue_load (dir, error);
  return known != NULL ? san_catalogue_ref (known) : NULL;
}

SanProgramme *
__wrap_san_programme_load (const char *dir, SanCatalogue *catalogue, GError **error)
{
  static SanProgramme *known;

  if (known == NULL)
    known = __real_san_programme_load (dir, catalogue, error);
  return known != NULL ? san_programme_ref (known) : NULL;
}
