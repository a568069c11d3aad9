/* san-key-grant.h - body of kind 3: a dossier key of one compartment, sealed to rings */
#pragma once
#include "san-entry.h"
#include "san-compartment.h"
G_BEGIN_DECLS

#define SAN_KEY_SIZE          32
#define SAN_KEY_RINGS_LIMIT   512

typedef struct { SanId32 ring; guint8 sealed[SAN_SEALED_KEY_SIZE]; } SanKeyPair;
typedef struct { SanId32 ring; SanId32 pk; } SanKeyTarget;      /* a ring id and its public key */

typedef struct
{
  guint8      salt[SAN_SALT_SIZE];
  guint8      compartment;            /* 1-5: house parts are in clear */
  SanId32     key_id;
  SanId32     previous_id;            /* zero: no history */
  guint8      nonce[SAN_AEAD_NONCE_SIZE];
  guint8      link[SAN_KEY_SIZE + SAN_AEAD_TAG_SIZE];
  SanKeyPair *pairs;                  /* ascending by ring */
  guint       n_pairs;
} SanKeyGrant;

SanKeyGrant      *san_key_grant_parse     (GBytes *body, GError **error);            /* DAMAGED */
GBytes           *san_key_grant_encode    (const SanKeyGrant *self);
void              san_key_grant_free      (SanKeyGrant *self);
/* (nullable) */
const SanKeyPair *san_key_grant_find      (const SanKeyGrant *self, const SanId32 *ring);

/**
 * san_key_grant_make:
 * @key: the key, 32 bytes; @previous: (nullable): its predecessor, or none for "from now on only"
 * @rings: to whom, in any order, repeats dropped; 1 to 512
 */
SanKeyGrant      *san_key_grant_make      (guint8 compartment, const SanSecret *key,
                                           const SanSecret *previous,
                                           const SanKeyTarget *rings, guint n_rings,
                                           GError **error);
/* Returns: (transfer full): the key. NOT_FOUND: not sealed to that ring; LOCKED: does not open
 * with @ring_key; UNTRUSTED: opens to a key with another id: the grant is refused and its author
 * named. */
SanSecret        *san_key_grant_open      (const SanKeyGrant *self, const SanId32 *ring,
                                           const SanBoxKey *ring_key, GError **error);
/* Returns: (transfer full): the key before. NOT_FOUND: no history; UNTRUSTED as above. */
SanSecret        *san_key_grant_open_link (const SanKeyGrant *self, const SanSecret *key,
                                           GError **error);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SanKeyGrant, san_key_grant_free)

G_END_DECLS
