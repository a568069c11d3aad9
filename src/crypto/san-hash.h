/* san-hash.h - H and K of the format: BLAKE2b-256 with a domain in front */
#pragma once
#include "san-secret.h"
G_BEGIN_DECLS

#define SAN_DOMAIN_SIZE 16

typedef struct _SanHasher SanHasher;

/* ASCII, zero-filled; at most 16 letters */
void       san_domain_put    (const char *domain, guint8 out[SAN_DOMAIN_SIZE]);
/* H(d, m) */
void       san_hash          (const char *domain, const void *data, gsize n, SanId32 *out);
/* K(k, d, m), key 16..64 bytes */
void       san_keyed_hash    (const void *key, gsize key_size,
                              const char *domain, const void *data, gsize n, SanId32 *out);
SanHasher *san_hasher_new    (const char *domain);
SanHasher *san_hasher_new_keyed (const void *key, gsize key_size, const char *domain);
void       san_hasher_update (SanHasher *self, const void *data, gsize n);
void       san_hasher_finish (SanHasher *self, SanId32 *out);                   /* then only free */
void       san_hasher_free   (SanHasher *self);
/* K(k, d, m) as a secret of 32 */
SanSecret *san_derive        (const SanSecret *key, const char *domain, const void *data, gsize n);
/* crypto_kdf, 32 bytes; context of 8 letters */
SanSecret *san_derive_subkey (const SanSecret *key, guint64 id, const char *context);
guint64    san_padme         (guint64 n);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SanHasher, san_hasher_free)

G_END_DECLS
