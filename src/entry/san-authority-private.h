/* san-authority-private.h - the steps of authority evaluation, shared by its files
 *
 * Entries are known by their place in causal order, keys by a small number. The past of every
 * entry is one row of bits, so that every question "is it in the past of" is one look: 12.5 MB
 * at the limit of 10,000 entries, 30 kB for the few hundred of a usual centre. */
#pragma once
#include "san-authority.h"
#include "san-rings.h"
#include "san-founding.h"
G_BEGIN_DECLS

/* Bits */

typedef guint64 SanWord;
#define SAN_WORDS(n) (((n) + 63) / 64)

static inline gboolean
san_bit_get (const SanWord *bits, guint i)
{
  return (bits[i / 64] >> (i % 64) & 1) != 0;
}

static inline void
san_bit_set (SanWord *bits, guint i)
{
  bits[i / 64] |= G_GUINT64_CONSTANT (1) << (i % 64);
}

static inline void
san_bits_or (SanWord *bits, const SanWord *other, guint words)
{
  for (guint i = 0; i < words; i++)
    bits[i] |= other[i];
}

/* Facts: what stands in the entries (san-facts.c) */

#define SAN_NOWHERE G_MAXUINT

typedef struct
{
  SanEntry              *entry;
  const SanHeader       *header;
  const SanId32         *id;
  SanAuthorityBody      *body;       /* kind 2 */
  guint                  op;         /* 0: no kind 2 */
  guint                  author;     /* number of the key */
  guint                  previous;   /* place, or SAN_NOWHERE */
  gboolean               is_head;
  gboolean               proven;     /* ops 1, 2, 7 and the founding entry: its proofs are good */
  const SanSeatRecord   *seat;       /* op 2 and founding entry, proven: the record; else NULL */
  const SanDeviceRecord *device;     /* op 1 and founding entry, proven */
  guint                  seat_key;   /* number of the record's key */
  gboolean               superintendent;     /* by the record's role */
} SanFact;

typedef struct { SanId32 id; SanHeldReason reason; } SanLeftOut;

typedef struct
{
  SanId32      dossier;
  SanFounding  founding;
  SanId32      context;              /* c of the proofs in the founding entry */
  guint        n;
  guint        words;
  SanFact     *facts;                /* causal order */
  SanWord     *past;                 /* n rows of words */
  guint        found_at;             /* place of the founding entry */
  GHashTable  *places;               /* id -> place + 1 */
  GHashTable  *prefixes;             /* first 16 bytes of an id -> place + 1 of the last such; */
  guint       *same_prefix;          /* ... the others: place + 1, or 0 */
  GHashTable  *key_numbers;          /* author or record key -> number + 1 */
  /* by key number: GArray of guint, places of its records, rising */
  GPtrArray   *records;
  /* by key number: GArray of guint, places of op 2s it wrote, rising */
  GPtrArray   *seatings;
  GArray      *all_records;          /* guint: places of all records, rising */
  GArray      *removals;             /* guint: places of op 3s, rising */
  GArray      *recoveries;           /* guint: places of proven op 7s, rising */
  GArray      *left_out;             /* SanLeftOut, ascending */
  GHashTable  *proofs;               /* id -> 1 bad, 2 good */
} SanFacts;

/* @proofs: (nullable): verdicts of an earlier evaluation. Any founding type; INVALID, UNTRUSTED,
 * REFUSED as for san_authority_evaluate(). */
SanFacts *san_facts_new      (GPtrArray *entries, GHashTable *proofs, GError **error);
void      san_facts_free     (SanFacts *self);
/* place, or SAN_NOWHERE */
guint     san_facts_find     (const SanFacts *self, const SanId32 *id);
/* number, or SAN_NOWHERE */
guint     san_facts_find_key (const SanFacts *self, const SanId32 *key);
/* bits of all that have one of these in their past */
SanWord  *san_facts_after    (const SanFacts *self, const SanWord *these);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SanFacts, san_facts_free)

static inline const SanWord *
san_facts_past (const SanFacts *self, guint place)
{
  return self->past + (gsize) place * self->words;
}

/* Is @earlier in the past of @later (never of itself)? */
static inline gboolean
san_facts_knows (const SanFacts *self, guint later, guint earlier)
{
  return san_bit_get (san_facts_past (self, later), earlier);
}

static inline GArray *
san_facts_records (const SanFacts *self, guint key)
{
  return g_ptr_array_index (self->records, key);
}

/* Recovery keys (san-authority-recovery.c) */

typedef struct
{
  SanRecovery key;
  guint       number;                /* of the signing key; SAN_NOWHERE: nobody names it */
  guint       brought_by;            /* place */
  guint       replaced_by;           /* place, or SAN_NOWHERE */
} SanRecoveryLink;

typedef struct
{
  GArray  *links;                    /* SanRecoveryLink: the last is in force */
  SanWord *counts;                   /* places whose author is a recovery key that counts there */
  int     *link_of_key;              /* by key number: index into links, or -1 */
} SanRecoveryChain;

SanRecoveryChain *san_recovery_chain_new      (const SanFacts *facts, const SanWord *frozen);
void              san_recovery_chain_free     (SanRecoveryChain *self);
/* The signing key in force in the past of @place alone. */
const SanId32    *san_recovery_chain_known_at (const SanFacts *facts, const SanWord *frozen,
                                               guint place);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SanRecoveryChain, san_recovery_chain_free)

/* Reach (san-authority-reach.c) */

/* @without: (nullable): op 2s left out. Returns: (transfer full): places of records reached. */
SanWord  *san_reach_new                (const SanFacts *facts, const SanRecoveryChain *chain,
                                        const SanWord *frozen, const SanWord *without);
gboolean  san_reach_is_superintendent  (const SanFacts *facts, const SanWord *reached, guint place);
/* May a slip record sign this record: same person, same device, the slip's own role? */
gboolean  san_slip_fits                (const SanSeatRecord *slip, const SanSeatRecord *seat);

/* A removal in the graph. */
typedef enum { SAN_NODE_EFFECTIVE, SAN_NODE_LIVING, SAN_NODE_DEAD } SanNodeState;

typedef struct
{
  guint        place;
  gboolean     by_recovery;
  SanWord     *inside;               /* places */
  GArray      *covers;               /* guint: places of the reached records that it touches */
  SanNodeState state;
} SanNode;

/* Does removal @place touch the record at @record, by its text and by what that record knew? */
gboolean  san_removal_covers           (const SanFacts *facts, guint place, guint record);
/* Returns: (transfer full) (element-type SanNode): removals that count in reach, with their
 * insides and what they touch; states not yet decided. */
GArray   *san_nodes_new                (const SanFacts *facts, const SanRecoveryChain *chain,
                                        const SanWord *frozen,
                                        const SanWord *voided, const SanWord *reached);

/* Kills and who stays (san-authority-graph.c) */
void      san_nodes_decide             (GArray *nodes, const SanFacts *facts,
                                        const SanRecoveryChain *chain,
                                        const SanWord *frozen, const SanWord *reached);

/* What counts (san-authority-count.c) */

typedef struct
{
  SanId32 grantee;
  guint   by;                        /* place of the op 5 or op 6 */
  guint   pair;                      /* index into the pairs of the op 5; 0 for an op 6 */
} SanHold;

typedef struct
{
  guint       place;
  guint8      compartment;
  GArray     *holds;                 /* SanHold, in causal order */
  GHashTable *by_grantee;            /* SanId32 -> GArray of guint: places of grants */
  /* guint pairs: place of the op 6, place of the ring that took it */
  GArray     *handed;
  GArray     *leaked;                /* SanId32: given by a holder to what is no seat (any more) */
  gboolean    followed;              /* an effective op 5 names it as previous */
} SanRingState;                      /* effective rings only */

/* One pass through steps 0 to 5. */
typedef struct
{
  SanWord    *reached;
  GArray     *nodes;                 /* SanNode */
  guint8     *reasons;               /* SanHeldReason by place */
  SanWord    *effective;             /* places */
  SanWord    *freezers;              /* places of operations that freeze */
  GPtrArray  *rings;                 /* SanRingState, in causal order */
  GHashTable *rings_by_place;        /* place -> SanRingState */
} SanRound;

SanRound *san_round_new                (const SanFacts *facts, const SanRecoveryChain *chain,
                                        const SanWord *frozen, const SanWord *voided);
void      san_round_free               (SanRound *self);
/* The record of @key that won among those known at @place (SAN_NOWHERE: among all). */
guint     san_round_find_record        (const SanRound *self, const SanFacts *facts, guint key,
                                        guint place);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SanRound, san_round_free)

/* Rings within a round (san-authority-rings.c) */
SanHeldReason san_round_count_ring     (SanRound *self, const SanFacts *facts,
                                        const SanRecoveryChain *chain,
                                        const SanWord *frozen, guint place,
                                        guint record /* SAN_NOWHERE: recovery */);
SanHeldReason san_round_count_grant    (SanRound *self, const SanFacts *facts,
                                        const SanRecoveryChain *chain,
                                        guint place, guint record);
void          san_ring_state_free      (SanRingState *self);

/* The whole (san-authority-rounds.c) */
typedef struct
{
  SanRecoveryChain *chain;
  SanRound         *round;           /* the last one */
  SanWord          *frozen;          /* places after a freezing operation */
  gboolean          is_frozen;
} SanOutcome;

SanOutcome *san_outcome_new            (const SanFacts *facts);
void        san_outcome_free           (SanOutcome *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SanOutcome, san_outcome_free)

/* The result's own shape: filled by san-authority-result.c. */
typedef struct
{
  SanRing    ring;
  GArray    *holds;                  /* SanRingHold */
  GPtrArray *next;                   /* SanRingRow (borrowed): rings that follow it or took it in */
  guint      index;
} SanRingRow;

struct _SanAuthority
{
  gint        ref_count;
  SanId32     centre;
  guint8      type;
  gboolean    frozen;
  /* SanLeftOut: id and reason, causal order, those left out last */
  GArray     *entries;
  GHashTable *entry_index;           /* id -> index + 1 */
  GArray     *heads;                 /* SanId32, ascending, at most SAN_HEADS_LIMIT */
  GArray     *recovery;              /* SanRecovery */
  GPtrArray  *seats;                 /* SanSeat, ascending */
  GHashTable *seat_index;            /* seat -> SanSeat */
  GPtrArray  *devices;               /* SanDevice, ascending */
  GPtrArray  *removals;              /* SanRemoval, causal order */
  GHashTable *removal_index;         /* id -> SanRemoval */
  GPtrArray  *rings;                 /* SanRingRow, causal order */
  GHashTable *ring_index;            /* id -> SanRingRow */
  GPtrArray  *bodies;                /* SanAuthorityBody: owners of the rows of cuts */
  GHashTable *proofs;
};

G_END_DECLS
