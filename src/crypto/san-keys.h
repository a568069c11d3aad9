/* san-keys.h - signing keys (Ed25519), box keys (X25519), sealing with a purpose, AEAD */
#pragma once
#include "san-hash.h"
G_BEGIN_DECLS

#define SAN_SIGNATURE_SIZE   64
#define SAN_SEAL_OVERHEAD    64      /* sealed box 48 + domain 16 */
#define SAN_SEALED_KEY_SIZE  96      /* seal of a 32-byte key */
#define SAN_AEAD_TAG_SIZE    16
#define SAN_AEAD_NONCE_SIZE  24

typedef struct _SanSignKey SanSignKey;   /* immutable, reference counted; secret part locked */
typedef struct _SanBoxKey  SanBoxKey;

SanSignKey    *san_sign_key_new_random    (void);
SanSignKey    *san_sign_key_new_from_seed (const SanSecret *seed);                 /* 32 bytes */
SanSignKey    *san_sign_key_ref           (SanSignKey *self);
void           san_sign_key_unref         (SanSignKey *self);
const SanId32 *san_sign_key_get_public    (const SanSignKey *self);
SanSecret     *san_sign_key_get_seed      (const SanSignKey *self);            /* (transfer none) */
void           san_sign                   (const SanSignKey *self, const char *domain,
                                           const void *data, gsize n,
                                           guint8 out[SAN_SIGNATURE_SIZE]);
gboolean       san_verify                 (const SanId32 *public_key, const char *domain,
                                           const void *data, gsize n,
                                           const guint8 signature[SAN_SIGNATURE_SIZE]);

SanBoxKey     *san_box_key_new_random     (void);
SanBoxKey     *san_box_key_new_from_secret (const SanSecret *sk);        /* 32-byte X25519 scalar */
SanBoxKey     *san_box_key_new_from_seed  (const SanSecret *seed);     /* crypto_box_seed_keypair */
SanBoxKey     *san_box_key_ref            (SanBoxKey *self);
void           san_box_key_unref          (SanBoxKey *self);
const SanId32 *san_box_key_get_public     (const SanBoxKey *self);
SanSecret     *san_box_key_get_secret     (const SanBoxKey *self);             /* (transfer none) */
/* raw X25519; a small-order point is refused */
SanSecret     *san_box_key_agree          (const SanBoxKey *self, const SanId32 *their_public,
                                           GError **error);

/* seal(d, x, pk) = crypto_box_seal(d16 || x); unseal refuses a wrong domain with LOCKED */
gboolean       san_seal                   (const char *domain, const void *data, gsize n,
                                           const SanId32 *to,
                                           guint8 *out /* n + SAN_SEAL_OVERHEAD */, GError **error);
SanSecret     *san_unseal                 (const char *domain, const guint8 *sealed, gsize n,
                                           const SanBoxKey *key, GError **error);

/* A(k, n, ad, p): XChaCha20-Poly1305-IETF with the tag appended */
void           san_aead_seal              (const SanSecret *key,
                                           const guint8 nonce[SAN_AEAD_NONCE_SIZE],
                                           const void *ad, gsize ad_n, const void *plain, gsize n,
                                           guint8 *out /* n + 16 */);
gboolean       san_aead_open              (const SanSecret *key,
                                           const guint8 nonce[SAN_AEAD_NONCE_SIZE],
                                           const void *ad, gsize ad_n, const guint8 *sealed,
                                           gsize n,
                                           guint8 *out /* n - 16 */);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SanSignKey, san_sign_key_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SanBoxKey, san_box_key_unref)

G_END_DECLS
