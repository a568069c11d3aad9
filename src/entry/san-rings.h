/* san-rings.h - rings of a centre: who holds them, which one to use; rules: FORMAT.md "Rings" */
#pragma once
#include "san-authority.h"
#include "san-key-grant.h"
G_BEGIN_DECLS

/* One grant that counts: in the ring's own op 5, or in an op 6. */
typedef struct
{
  /* seat, recovery signing key, or a ring to which it is handed */
  SanId32 grantee;
  guint8  sealed[SAN_SEALED_KEY_SIZE];
  SanId32 by;                          /* entry id of the op 5 or op 6 */
} SanRingHold;

typedef struct
{
  SanId32            id;               /* entry id of its op 5 */
  guint8             compartment;
  SanId32            pk;
  SanId32            previous;         /* zero: the first of its compartment */
  SanId32            maker;            /* seat or recovery key */
  gboolean           effective;
  /* effective, and no effective ring follows it, nor is it handed to one */
  gboolean           leaf;
  /* a leaf that somebody has who should not: rotate before writing */
  gboolean           pending;
  const SanRingHold *holds;            /* in causal order; empty if not effective */
  guint              n_holds;
} SanRing;

/* in causal order: the newest last */
guint          san_authority_get_n_rings    (const SanAuthority *self);
const SanRing *san_authority_get_ring       (const SanAuthority *self, guint i);
/* (nullable) */
const SanRing *san_authority_find_ring      (const SanAuthority *self, const SanId32 *ring);

/* Holder = grantee of its effective op 5 or of an effective op 6, or holder of a ring to which it
 * was handed. @who: a seat's key, or a recovery key. */
gboolean       san_authority_holds_ring     (const SanAuthority *self, const SanId32 *who,
                                             const SanId32 *ring);
/* (transfer full) SanId32, ascending; seats and recovery keys */
GArray        *san_authority_list_holders   (const SanAuthority *self, const SanId32 *ring);
/* (transfer full) SanId32, in causal order */
GArray        *san_authority_list_held_rings (const SanAuthority *self, const SanId32 *who,
                                              int compartment /* -1: all */);
/* Seats that get a ring that follows @ring: those in office or suspended that hold it, no removed
 * ones, no spent slips. (transfer full) SanId32, ascending. */
GArray        *san_authority_list_heirs     (const SanAuthority *self, const SanId32 *ring);

/* Descends: is it, or follows it through "previous" and "handed to", any number of steps. */
gboolean       san_authority_ring_descends  (const SanAuthority *self, const SanId32 *ring,
                                             const SanId32 *from);
/* Same family: descends from the ring at which the chain of "previous" of @of begins. Every ring of
 * a family was made or taken in by a holder of another of it. */
gboolean       san_authority_ring_is_family (const SanAuthority *self, const SanId32 *ring,
                                             const SanId32 *of);
/* (transfer full) SanId32, ascending: leaves that descend from any of these */
GArray        *san_authority_list_leaves    (const SanAuthority *self, const SanId32 *from,
                                             guint n_from);
/* Leaves of a compartment for which rotation is pending: given to somebody removed, to a role that
 * does not read it, or to a key that is nobody's. */
/* (transfer full) SanId32, ascending */
GArray        *san_authority_list_pending   (const SanAuthority *self, guint8 compartment);
/* bit c: pending in compartment c */
guint          san_authority_get_pending_mask (const SanAuthority *self);

typedef enum
{
  SAN_RING_NONE,                       /* no ring: this login cannot write there */
  SAN_RING_USE,                        /* @ring is the one to write under */
  /* make a ring that follows @ring, hand @others to it, then write */
  SAN_RING_ROTATE,
} SanRingVerdict;

/**
 * san_authority_choose_ring:
 * @my_ring: (nullable): the ring that my seat made, else the first granted to it
 * @held: ring ids that this login holds
 * @ring: (out): which; untouched with SAN_RING_NONE
 * @others: (out) (optional) (transfer full): SanId32, ascending: further leaves of mine to be
 *   handed to the new ring; empty unless SAN_RING_ROTATE
 *
 * For my own centre. A ring that does not descend from @my_ring is never chosen.
 */
SanRingVerdict san_authority_choose_ring    (const SanAuthority *self, const SanId32 *my_ring,
                                             const SanId32 *held, guint n_held, SanId32 *ring,
                                             GArray **others);
/* The row to keep as "my ring": the first that @seat made, else the first granted to it, in causal
 * order among what is here. FALSE: none. Remember the answer: what comes later does not change
 * it. */
gboolean       san_authority_find_my_ring   (const SanAuthority *self, const SanId32 *seat,
                                             guint8 compartment, SanId32 *out);

G_END_DECLS
