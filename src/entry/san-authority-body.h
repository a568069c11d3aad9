/* san-authority-body.h - body of kind 2: one operation on who may do what
 *
 * Only the bytes and the proofs that stand in them. Whether an operation counts is decided by
 * the evaluation of the whole set. */
#pragma once
#include "san-entry.h"
#include "san-record.h"
#include "san-cut.h"
G_BEGIN_DECLS

typedef enum
{
  SAN_OP_DEVICE = 1,
  SAN_OP_SEAT = 2,
  SAN_OP_REMOVE = 3,
  SAN_OP_ACCEPT = 4,
  SAN_OP_NEW_RING = 5,
  SAN_OP_RING_GRANT = 6,
  SAN_OP_NEW_RECOVERY = 7,
  SAN_OP_JOURNAL_NOTICE = 8,
  SAN_OP_ERASED = 9,
  SAN_OP_VOID = 10,
  SAN_OP_SHARE = 16,                  /* from here on: in a case dossier */
  SAN_OP_UNSHARE = 17,
  SAN_OP_TRANSFER_OFFER = 18,
  SAN_OP_TRANSFER_ACCEPT = 19,
  SAN_OP_TRANSFER_DECIDE = 20,
  SAN_OP_ERASE = 21,
  SAN_OP_LINK = 22,
} SanOp;

#define SAN_HEADS_LIMIT      64
#define SAN_COSIGNS_LIMIT    2
#define SAN_GRANTEES_LIMIT   512      /* of one new ring */
#define SAN_VOIDS_LIMIT      255

typedef enum { SAN_REMOVE_STAFF = 1, SAN_REMOVE_DEVICE = 2, SAN_REMOVE_SEAT = 3 } SanRemoveWhat;
typedef enum
{
  SAN_REASON_LEFT = 1,
  SAN_REASON_ROLE_CHANGED = 2,
  SAN_REASON_LOST = 3,
  SAN_REASON_STOLEN = 4,
  SAN_REASON_OTHER = 5,
} SanRemoveReason;
typedef enum
{
  SAN_NOTICE_RESTORE = 1,
  SAN_NOTICE_CLONE = 2,
  SAN_NOTICE_ROLL_BACK = 3
} SanJournalNotice;

typedef struct { SanId32 grantee; guint8 sealed[SAN_SEALED_KEY_SIZE]; } SanRingPair;
typedef struct { SanId32 seat; guint8 signature[SAN_SIGNATURE_SIZE]; } SanCosign;

typedef struct
{
  guint8     what;                    /* SanRemoveWhat */
  SanId32    target;                 /* staff or device id, zero-filled, or the seat's public key */
  guint8     reason;                  /* SanRemoveReason */
} SanRemove;
typedef struct
{
  guint8       compartment;
  SanId32      ring_pk;
  SanId32      previous;              /* ring id; zero: the first of its compartment */
  guint8       nonce[SAN_AEAD_NONCE_SIZE];
  guint8       link[48];
  SanRingPair *pairs;                 /* the recovery key's first, then seats ascending */
  guint        n_pairs;
} SanNewRing;
typedef struct { SanId32 ring; SanRingPair pair; } SanRingGrant;
typedef struct
{
  SanId32 sign_pk;
  SanId32 box_pk;
  guint8 proof[SAN_SIGNATURE_SIZE];
} SanNewRecovery;
typedef struct { guint8 why; SanId16 old_journal; SanId16 new_journal; } SanNotice;
typedef struct { SanId32 dossier; SanId32 erasure; } SanErased; /* erasure: entry id of the op 21 */
typedef struct { SanId32 *removals; guint n_removals; } SanVoid;
typedef struct { SanId32 centre; guint8 write; guint16 compartments; } SanShare;

/**
 * SanAuthorityBody:
 *
 * @op says which of the union is set; @rows (with @cut_salt) belongs to ops 3, 4 and 17. For an
 * op that this version does not know only @args is set, and kept as it came. Fill in a new one,
 * then san_authority_body_encode(); a parsed one is not changed any more.
 */
typedef struct
{
  guint8     salt[SAN_SALT_SIZE];
  guint      n_heads;
  SanId32    heads[SAN_HEADS_LIMIT];  /* ascending */
  guint16    op;
  GBytes    *args;                    /* (nullable): of an unknown op */
  guint8     cut_salt[SAN_SALT_SIZE];
  SanCutRow *rows;                    /* ascending */
  guint      n_rows;
  union
  {
    SanDeviceRecord device;           /* 1 */
    SanSeatRecord   seat;             /* 2 */
    SanRemove       remove;           /* 3 */
    SanId32         removal;          /* 4: which removal this extends */
    SanNewRing      new_ring;         /* 5 */
    SanRingGrant    ring_grant;       /* 6 */
    SanNewRecovery  new_recovery;     /* 7 */
    SanNotice       notice;           /* 8 */
    SanErased       erased;           /* 9 */
    SanVoid         voids;            /* 10 */
    SanShare        share;            /* 16 */
    SanId32         centre;           /* 17, 18: the other centre */
    SanId32         ref;              /* 19: the offer; 20: the acceptance that wins */
    SanId32         link;             /* 22: san_case_link() */
  } u;
  guint      n_cosigns;
  SanCosign  cosigns[SAN_COSIGNS_LIMIT];   /* ascending by seat */
} SanAuthorityBody;

SanAuthorityBody *san_authority_body_new       (guint16 op);       /* random salts, all else zero */
void              san_authority_body_free      (SanAuthorityBody *self);
SanAuthorityBody *san_authority_body_parse     (GBytes *body, GError **error);     /* DAMAGED */
/* REFUSED: over a limit or not canonical */
GBytes           *san_authority_body_encode    (const SanAuthorityBody *self, GError **error);
gboolean          san_op_is_known              (guint16 op);
gboolean          san_op_is_of_case            (guint16 op);                       /* 16 to 22 */

/* sorts, drops repeats */
gboolean          san_authority_body_set_heads (SanAuthorityBody *self, const SanId32 *heads,
                                                guint n, GError **error);
/* (transfer full) rows; sorts, drops repeats */
void              san_authority_body_take_rows (SanAuthorityBody *self, SanCutRow *rows, guint n);

/* Second signatures: over dossier, author and all body bytes before them. Add them last. */
gboolean          san_authority_body_cosign       (SanAuthorityBody *self, const SanId32 *dossier,
                                                   const SanId32 *author,
                                                   const SanSignKey *seat, GError **error);
gboolean          san_authority_body_check_cosign (const SanAuthorityBody *self, guint i,
                                                   const SanId32 *dossier,
                                                   /* UNTRUSTED */
                                                   const SanId32 *author, GError **error);
/* same for both orders */
void              san_case_link                   (const SanId32 *one, const SanId32 *other,
                                                   SanId32 *out);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SanAuthorityBody, san_authority_body_free)

G_END_DECLS
