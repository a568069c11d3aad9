/* san-page-cipher.c - one page or frame of the store's files, sealed and opened
 *
 * Layout: ciphertext | nonce 24 | tag 16, so that ciphertext begins where the page begins. The
 * nonce is random at each write and 192 bits long, so no counter has to survive a power cut.
 * The place of the page is the caller's associated data: a page moved elsewhere does not open. */
#include "san-page-cipher.h"

#include <sodium.h>

#define NONCE_SIZE crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
#define TAG_SIZE   crypto_aead_xchacha20poly1305_ietf_ABYTES

G_STATIC_ASSERT (NONCE_SIZE + TAG_SIZE == SAN_PAGE_OVERHEAD);

struct _SanPageCipher
{
  SanSecret *key;
};

/**
 * san_page_cipher_new:
 * @key: (transfer none): 32 bytes
 */
SanPageCipher *
san_page_cipher_new (const SanSecret *key)
{
  SanPageCipher *self = g_new0 (SanPageCipher, 1);

  g_assert (san_secret_get_size (key) == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);
  self->key = san_secret_ref ((SanSecret *) key);
  return self;
}

void
san_page_cipher_free (SanPageCipher *self)
{
  if (self == NULL)
    return;
  san_secret_unref (self->key);
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

  randombytes_buf (nonce, NONCE_SIZE);
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
