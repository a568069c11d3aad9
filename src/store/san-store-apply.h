/* san-store-apply.h - entries that arrive: checked in the order of the format, all or nothing */
#pragma once
#include "san-store.h"
G_BEGIN_DECLS

typedef struct _SanApply SanApply;

#define SAN_WAITING_LIMIT       4096u               /* entries in the waiting room, per peer */
#define SAN_WAITING_BYTES_LIMIT (64u << 20)         /* and their bytes; the oldest go first */
#define SAN_OFFERS_BYTES_LIMIT  (64u << 20)         /* of all dossiers that nobody has accepted */
/* How a superintendent answers an offer, in the house dossier: form, record = the first 16 bytes of
 * the dossier's id, field, and one of two codes. The store acts on it. */
#define SAN_OFFER_FORM          "offer"
#define SAN_OFFER_ANSWER        "answer"
#define SAN_OFFER_ACCEPT        "accept"
#define SAN_OFFER_DECLINE       "decline"
/* there too others than superintendents' writes do not count */
#define SAN_PARTNER_FORM        "partner"

typedef enum
{
  SAN_APPLY_NEW,              /* stored; whether it counts is known at the commit */
  SAN_APPLY_HAD,              /* was here already */
  SAN_APPLY_WAITING,          /* in the waiting room, lacks something before it; not had */
  SAN_APPLY_QUARANTINED,    /* it, or what it follows, is not what we would have written; not had */
  SAN_APPLY_UNKNOWN_SEAT,     /* not stored, not had: comes again */
  /* bad length, signature or body hash: forgotten, anybody can make such a copy */
  SAN_APPLY_REFUSED,
  SAN_APPLY_NO_ROOM,          /* an offer's tray is full, a journal has 16 branches: not had */
  SAN_APPLY_ERASED,           /* header kept, body not: its case was erased */
  SAN_N_APPLY_OUTCOMES,
} SanApplyOutcome;

/* What one apply did; counts by outcome, and what came of it. */
typedef struct
{
  guint      n[SAN_N_APPLY_OUTCOMES];
  guint      n_held;          /* of the new ones: kept and forwarded, do not count */
  guint      n_freed;         /* from the waiting room */
  guint      n_became_held;   /* counted before, do not count now */
  guint      n_became_visible;
  GPtrArray *forks;           /* SanFork*: newly seen */
  GPtrArray *refused_authors; /* SanId32*: of quarantined or refused entries, by key, no repeats */
  GPtrArray *offers;          /* SanId32*: dossiers newly offered by other centres */
  GPtrArray *erased;          /* SanId32*: dossiers whose bodies were dropped now */
} SanApplySummary;

typedef struct
{
  SanId32 dossier;
  SanId16 journal;
  guint64 number;             /* two entries have this number */
  guint   branches;
} SanFork;

/* @peer: device that the bundle comes from: its part of the waiting room. One at a time (REFUSED).
 */
SanApply *san_apply_begin      (SanStore *store, const SanId16 *peer, GError **error);
/* Header and body in one. Never fails for what the entry is: that is the outcome. Fails for the
 * disk, and then the whole must be rolled back. */
gboolean  san_apply_add        (SanApply *self, GBytes *entry, SanApplyOutcome *outcome,
                                GError **error);
gboolean  san_apply_add_entry  (SanApply *self, SanEntry *entry /* NULL: not well-formed */,
                                SanApplyOutcome *outcome, GError **error);
/* Header only: counts if an effective erasure of that dossier is known, else UNKNOWN (not had). */
gboolean  san_apply_add_header (SanApply *self, const guint8 *header, gsize n,
                                SanApplyOutcome *outcome, GError **error);
/**
 * san_apply_commit:
 * @summary: (out) (optional): san_apply_summary_clear() when done
 *
 * Authority is evaluated again if it grew, changed entries judged, keys tried, erasures done,
 * house views brought up, all committed; then the other open views follow. On failure nothing
 * has changed.
 */
gboolean  san_apply_commit     (SanApply *self, GCancellable *cancellable, SanApplySummary *summary,
                                GError **error);
void      san_apply_free       (SanApply *self);     /* rolls back if not committed; NULL is fine */
void      san_apply_summary_clear (SanApplySummary *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SanApply, san_apply_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SanApplySummary, san_apply_summary_clear)

G_END_DECLS
