/* san-page-cipher.h - seal and open one page or frame of the store's files: fast, no allocation */
#pragma once
#include "san-secret.h"
G_BEGIN_DECLS

#define SAN_PAGE_OVERHEAD 40      /* nonce 24 || tag 16, behind the ciphertext */

typedef struct _SanPageCipher SanPageCipher;

SanPageCipher *san_page_cipher_new  (const SanSecret *key);       /* 32 bytes */
void           san_page_cipher_free (SanPageCipher *self);
void           san_page_cipher_seal (const SanPageCipher *self, const void *ad, gsize ad_n,
                                     const guint8 *plain, gsize n,
                                     guint8 *out /* n + 40: ct | nonce | tag */);
gboolean       san_page_cipher_open (const SanPageCipher *self, const void *ad, gsize ad_n,
                                     const guint8 *sealed, gsize n /* with the 40 */,
                                     guint8 *out /* n - 40 */);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SanPageCipher, san_page_cipher_free)

G_END_DECLS
