/* san-page-cipher.c - one page or frame of the store's files, sealed and opened
 *
 * Layout: ciphertext | nonce 24 | tag 16, so that ciphertext begins where the page begins. The
 * nonce is random at each write and 192 bits long, so no counter has to survive a power cut.
 * The place of the page is the caller's associated data: a page moved elsewhere does not open.
 *
 * Random bytes for nonces are fetched for many pages at once: asking the system for each is a
 * tenth of the whole work. Each is used once; a forked child starts with fresh ones. */
#include "san-page-cipher.h"

#include <pthread.h>
#include <sodium.h>
#include <string.h>

#define NONCE_SIZE crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
#define TAG_SIZE   crypto_aead_xchacha20poly1305_ietf_ABYTES

G_STATIC_ASSERT (NONCE_SIZE + TAG_SIZE == SAN_PAGE_OVERHEAD);

#define NONCES 64u

typedef struct
{
  GMutex lock;
  guint  forks;                          /* as counted when it was filled */
  guint  left;
  guint8 bytes[NONCES][NONCE_SIZE];
} NoncePool;

struct _SanPageCipher
{
  SanSecret *key;
  NoncePool *nonces;
};

static _Atomic guint n_forks = 0;

static void
count_fork_cb (void)
{
  n_forks++;
}

static void
watch_forks (void)
{
  static gsize watching = 0;

  if (g_once_init_enter (&watching))
    {
      pthread_atfork (NULL, NULL, count_fork_cb);
      g_once_init_leave (&watching, 1);
    }
}

static void
take_nonce (NoncePool *pool, guint8 out[NONCE_SIZE])
{
  g_mutex_lock (&pool->lock);
  if (pool->left == 0 || pool->forks != n_forks)
    {
      randombytes_buf (pool->bytes, sizeof pool->bytes);
      pool->left = NONCES;
      pool->forks = n_forks;
    }
  memcpy (out, pool->bytes[--pool->left], NONCE_SIZE);
  g_mutex_unlock (&pool->lock);
}

/**
 * san_page_cipher_new:
 * @key: (transfer none): 32 bytes
 */
SanPageCipher *
san_page_cipher_new (const SanSecret *key)
{
  SanPageCipher *self = g_new0 (SanPageCipher, 1);

  g_assert (san_secret_get_size (key) == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);
  watch_forks ();
  self->key = san_secret_ref ((SanSecret *) key);
  self->nonces = g_new0 (NoncePool, 1);
  g_mutex_init (&self->nonces->lock);
  return self;
}

void
san_page_cipher_free (SanPageCipher *self)
{
  if (self == NULL)
    return;
  san_secret_unref (self->key);
  g_mutex_clear (&self->nonces->lock);
  g_free (self->nonces);
  g_free (self);
}

/**
 * san_page_cipher_seal:
 * @out: @n + 40 bytes; may be @plain itself
 *
 * Any thread; nothing is allocated.
 */
void
san_page_cipher_seal (const SanPageCipher *self, const void *ad, gsize ad_n, const guint8 *plain,
                      gsize n, guint8 *out)
{
  guint8 *nonce = out + n;

  take_nonce (self->nonces, nonce);
  crypto_aead_xchacha20poly1305_ietf_encrypt_detached (out, nonce + NONCE_SIZE, NULL, plain, n,
                                                       ad, ad_n, NULL, nonce,
                                                       san_secret_get_data (self->key));
}

/**
 * san_page_cipher_open:
 * @n: with the 40 bytes; fewer do not open
 * @out: @n - 40 bytes, may be @sealed itself; zero-filled if the tag is wrong
 */
gboolean
san_page_cipher_open (const SanPageCipher *self, const void *ad, gsize ad_n, const guint8 *sealed,
                      gsize n, guint8 *out)
{
  const guint8 *nonce;

  if (n < SAN_PAGE_OVERHEAD)
    return FALSE;
  n -= SAN_PAGE_OVERHEAD;
  nonce = sealed + n;
  return crypto_aead_xchacha20poly1305_ietf_decrypt_detached (out, NULL, sealed, n,
                                                              nonce + NONCE_SIZE, ad, ad_n, nonce,
                                                              san_secret_get_data (self->key)) == 0;
}
