/* san-authority.h - who may do what in a centre: what its authority dossier's entries come to
 *
 * A pure function of the set of entries: no clock, no arrival order. Rules: FORMAT.md "Authority
 * evaluation". Rings: san-rings.h; whether an entry of another dossier counts: san-judge.h. */
#pragma once
#include "san-entry.h"
#include "san-authority-body.h"
#include "san-compartment.h"
G_BEGIN_DECLS

#define SAN_AUTHORITY_LIMIT  10000u    /* entries of one centre's authority dossier */
#define SAN_SEATS_LIMIT      500u      /* seats of one centre, asked when one is made */

/**
 * SanHeldReason:
 * @SAN_HELD_NOT: it counts
 * @SAN_HELD_INCOMPLETE: something of its past is not here
 * @SAN_HELD_MALFORMED: its body is absent or not canonical
 * @SAN_HELD_BAD_PROOF: a device, seat or recovery record whose proof of possession is wrong
 * @SAN_HELD_NOT_APPOINTED: the author's seat is nobody's, or not appointed in the entry's own past
 * @SAN_HELD_NO_RIGHT: the author's role does not hold the right
 * @SAN_HELD_REMOVED: written outside the cut of a removal of its author
 * @SAN_HELD_SUSPENDED: written outside the cut of a removal that is in a living cycle
 * @SAN_HELD_FROZEN: after an operation that only a newer version understands
 * @SAN_HELD_REPLACED: by a recovery key that an op 7 had replaced, or the losing one of two op 7s
 * @SAN_HELD_VOIDED: a removal that an op 10 voids
 * @SAN_HELD_DEAD: a removal that was killed
 * @SAN_HELD_CYCLE: a removal in a living cycle: it suspends, but does not remove
 * @SAN_HELD_UNKNOWN: an operation or kind that this version does not know; kept and passed on
 * @SAN_HELD_MISPLACED: an operation or kind that has no meaning in this dossier
 * @SAN_HELD_NOT_SHARED: the author's centre may not write that compartment of the dossier
 * @SAN_HELD_NEEDS_COSIGN: an erasure without a second person's signature: a request
 */
typedef enum
{
  SAN_HELD_NOT = 0,
  SAN_HELD_INCOMPLETE,
  SAN_HELD_MALFORMED,
  SAN_HELD_BAD_PROOF,
  SAN_HELD_NOT_APPOINTED,
  SAN_HELD_NO_RIGHT,
  SAN_HELD_REMOVED,
  SAN_HELD_SUSPENDED,
  SAN_HELD_FROZEN,
  SAN_HELD_REPLACED,
  SAN_HELD_VOIDED,
  SAN_HELD_DEAD,
  SAN_HELD_CYCLE,
  SAN_HELD_UNKNOWN,
  SAN_HELD_MISPLACED,
  SAN_HELD_NOT_SHARED,
  SAN_HELD_NEEDS_COSIGN,
} SanHeldReason;

/* "removed", "no-right" …, for logs and JSON */
const char *san_held_reason_get_name (SanHeldReason reason);

typedef struct _SanAuthority SanAuthority;     /* immutable, reference counted (atomic) */

/* Rows that say what the remover had; those of op 4s for the same removal follow op 3's own. */
typedef struct
{
  SanId32          entry;              /* the op 3 or op 4 */
  guint8           salt[SAN_SALT_SIZE];
  const SanCutRow *rows;               /* ascending */
  guint            n_rows;
} SanCut;

typedef struct
{
  SanId32        id;                   /* entry id of the op 3 */
  SanId32        author;
  guint8         what;                 /* SanRemoveWhat */
  SanId32        target;
  guint8         why;                  /* SanRemoveReason */
  gboolean       effective;
  gboolean       living;               /* in a living cycle: its targets are suspended */
  SanHeldReason  reason;               /* SAN_HELD_NOT if effective */
  /* [0] its own, then those of effective op 4s in causal order */
  const SanCut  *cuts;
  guint          n_cuts;
} SanRemoval;

/* A seat that counts: the first effective record of its key. Seats that were only claimed are not
 * listed. */
typedef struct
{
  SanId32  seat;                       /* signing key */
  SanId32  box_pk;
  SanId16  staff;
  SanId16  device;
  char     role[SAN_ROLE_LIMIT + 1];
  SanId32  appointed_by;               /* entry id: the founding entry or an op 2 */
  gboolean removed;                    /* an effective removal touches it */
  gboolean suspended;                  /* one of a living cycle touches it */
  gboolean spent;                      /* a slip that has signed its person's own seat */
  gboolean superintendent;             /* by its role; and neither removed nor suspended */
  /* effective and living ones that touch it, in causal order */
  const SanRemoval *const *removals;
  guint    n_removals;
} SanSeat;

typedef struct
{
  SanId16  device;
  SanId32  sign_pk;
  SanId32  box_pk;
  SanId32  entry;                      /* the founding entry or an op 1 */
  gboolean removed;
} SanDevice;

typedef struct
{
  SanId32  sign_pk;
  SanId32  box_pk;
  SanId32  entry;                      /* the founding entry or the op 7 that brought it */
} SanRecovery;

/**
 * san_authority_evaluate:
 * @entries: (element-type SanEntry): the stored entries of one authority dossier, its founding
 *   entry among them, in any order; repeats are ignored. Signatures, body hashes and journals
 *   were checked when they were stored; proofs inside bodies are checked here.
 * @known: (nullable): an earlier result for the same dossier: proofs that it found good or bad
 *   are not checked again. The result does not depend on it.
 *
 * Returns: (transfer full): what they come to. INVALID: no founding entry of type 1 or 2, or
 * entries of more than one dossier; UNTRUSTED: the founding entry proves nothing; REFUSED: more
 * than SAN_AUTHORITY_LIMIT.
 */
SanAuthority        *san_authority_evaluate      (GPtrArray *entries, const SanAuthority *known,
                                                  GError **error);
SanAuthority        *san_authority_ref           (SanAuthority *self);
void                 san_authority_unref         (SanAuthority *self);

const SanId32       *san_authority_get_centre    (const SanAuthority *self);      /* = dossier id */
/* SAN_FOUNDING_CENTRE or _PROGRAMME */
guint8               san_authority_get_type      (const SanAuthority *self);
/* "newer version needed" */
gboolean             san_authority_is_frozen     (const SanAuthority *self);

/* Entries, by causal order. */
guint                san_authority_get_n_entries (const SanAuthority *self);
/* @reason nullable */
const SanId32       *san_authority_get_entry     (const SanAuthority *self, guint i,
                                                  SanHeldReason *reason);
/* FALSE: not among them */
gboolean             san_authority_find_entry    (const SanAuthority *self, const SanId32 *entry,
                                                  SanHeldReason *reason);
gboolean             san_authority_is_effective  (const SanAuthority *self, const SanId32 *entry);
/* What a new entry of kind 2 names as its heads: at most SAN_HEADS_LIMIT, ascending. Should there
 * be more (somebody floods), those that count come first. */
guint                san_authority_get_heads     (const SanAuthority *self,
                                                  SanId32 out[SAN_HEADS_LIMIT]);

/* Recovery keys: those that were in force one after the other; the last one is in force. */
guint                san_authority_get_n_recovery (const SanAuthority *self);
const SanRecovery   *san_authority_get_recovery   (const SanAuthority *self, guint i);
const SanRecovery   *san_authority_get_recovery_in_force (const SanAuthority *self);
/* is or was in force */
gboolean             san_authority_is_recovery    (const SanAuthority *self, const SanId32 *key);

/* Seats ascending by key; devices ascending by id; removals in causal order, dead ones too. */
guint                san_authority_get_n_seats    (const SanAuthority *self);
const SanSeat       *san_authority_get_seat       (const SanAuthority *self, guint i);
/* (nullable) */
const SanSeat       *san_authority_find_seat      (const SanAuthority *self, const SanId32 *seat);
guint                san_authority_get_n_devices  (const SanAuthority *self);
const SanDevice     *san_authority_get_device     (const SanAuthority *self, guint i);
/* (nullable) */
const SanDevice     *san_authority_find_device    (const SanAuthority *self, const SanId16 *device);
guint                san_authority_get_n_removals (const SanAuthority *self);
const SanRemoval    *san_authority_get_removal    (const SanAuthority *self, guint i);
/* (nullable) */
const SanRemoval    *san_authority_find_removal   (const SanAuthority *self, const SanId32 *entry);
/* seats in office */
guint                san_authority_count_superintendents (const SanAuthority *self);

/**
 * san_authority_list_changed:
 * @before: (nullable): the result before the dossier grew
 *
 * Returns: (transfer full) (element-type SanId32): seats whose entries elsewhere may be judged
 * differently now: those are the entries to judge again. Ascending.
 */
GArray              *san_authority_list_changed   (const SanAuthority *self,
                                                   const SanAuthority *before);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SanAuthority, san_authority_unref)

G_END_DECLS
