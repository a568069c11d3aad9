/* san-ring.h - rings: a centre's key pair for one compartment, sealed to seats, linked to the past
 */
#pragma once
#include "san-authority-body.h"
G_BEGIN_DECLS

/* Somebody to whom a ring is given: her seat (or the recovery) signing key, and her box key. */
typedef struct { SanId32 grantee; SanId32 box_pk; } SanGrantee;

gboolean   san_ring_pair_seal  (SanRingPair *out, const SanGrantee *to, const SanBoxKey *ring,
                                GError **error);
/* Returns: (transfer full): the ring; LOCKED: not sealed to @mine; UNTRUSTED: another key than
 * @ring_pk. */
SanBoxKey *san_ring_pair_open  (const SanRingPair *self, const SanBoxKey *mine,
                                const SanId32 *ring_pk, GError **error);
/* (nullable) */
const SanRingPair *san_new_ring_find_pair (const SanNewRing *self, const SanId32 *grantee);

/**
 * san_new_ring_make:
 * @previous: (nullable): ring id that it follows, with @old, that ring's keys; %NULL: the first
 * @recovery: signing and box key of the recovery key in force; it always comes first
 * @seats: the seats that get it, in any order
 *
 * Returns: (transfer full): an authority body of op 5, to be given heads and encoded.
 */
SanAuthorityBody *san_new_ring_make  (guint8 compartment, const SanBoxKey *ring,
                                      const SanId32 *previous, const SanBoxKey *old,
                                      const SanGrantee *recovery, const SanGrantee *seats,
                                      guint n_seats, GError **error);
/* Returns: (transfer full): the keys of the ring before. NOT_FOUND: a first ring; UNTRUSTED: the
 * link does not open, or to another key than @previous_pk. */
SanBoxKey        *san_new_ring_open_link (const SanNewRing *self, const SanBoxKey *ring,
                                          const SanId32 *previous_pk, GError **error);
/* op 6 */
SanAuthorityBody *san_ring_grant_make    (const SanId32 *ring_id, const SanBoxKey *ring,
                                          const SanGrantee *to, GError **error);
/* op 7 */
SanAuthorityBody *san_new_recovery_make  (const SanSignKey *sign, const SanId32 *box_pk,
                                          const SanId32 *author);
/* UNTRUSTED */
gboolean          san_new_recovery_verify (const SanAuthorityBody *self, const SanId32 *author,
                                           GError **error);

G_END_DECLS
