/* san-tx-private.h - one transaction of new entries, own or applied */
#pragma once
#include "san-store-private.h"
#include "san-store-apply.h"
#include "san-parsed-private.h"
G_BEGIN_DECLS

struct _SanTx
{
  SanStore        *store;
  gboolean         own;                        /* what this device writes, not what arrives */
  gint64           old_seq;                    /* entries up to this were here before */
  GHashTable      *sizes;                      /* gint64 dossier -> gint64: bytes added */
  GHashTable      *forks;                   /* "dossier journal" -> gint64[2]: got another branch */
  GHashTable      *counts;                    /* gint64 dossier -> guint64: entries of kinds 1, 2 */
  GHashTable      *shares;          /* gint64 dossier -> who brought how many of them: san-room.c */
  SanApplySummary  summary;                    /* lists are made when first needed */
  GHashTable      *fits;            /* seat and journal that belong together: SeatJournal, itself */
  gboolean         has_new_offer;
  gboolean         settled_alone;     /* all that was added counts, and no verdict can change */
  gboolean         has_aside;                /* something is in the waiting room or in quarantine */
  gboolean         has_bare;                /* bodies are missing, and no erasure counts any more */
  SanId32          asked_dossier;              /* memo of what follows; zero: not asked */
  gboolean         asked_erased;
  gboolean         asked_called_erased;
  gint64           asked_no;                   /* memo of what follows; 0: not asked */
  gboolean         asked_offered;

  /* What memory said of the file when it began: taken back without asking the disk, which may be
   * what failed. */
  SanId32          old_centre;
  SanId16          old_journal;
  gint64           old_rev;
  guint64          old_offer_bytes;
  gboolean         old_offers_touched;
  gint64           old_mark;                   /* of the house view */
  gint64           old_missing;
};

/* Where an entry belongs, found while it was checked. */
typedef struct
{
  gint64   dossier;                            /* 0: it founds one */
  gboolean is_authority;
  gint64   previous;                           /* seq, 0: none */
} SanTxPlace;

SanTx    *san_tx_begin   (SanStore *store, gboolean own, GError **error);
void      san_tx_cancel  (SanStore *store);                       /* rolls back what runs, if any */
gboolean  san_tx_add     (SanTx *self, const SanParsed *parsed, const SanTxPlace *place,
                          GError **error);
/* Judges, erases, brings up house views, commits; frees @self in any case. Then the views follow.
 */
gboolean  san_tx_commit  (SanTx *self, gboolean refuse_held, GCancellable *cancellable,
                          SanApplySummary *summary, GError **error);
gboolean  san_tx_add_grant (SanStore *store, const SanParsed *parsed, const SanEntryInfo *info,
                            GError **error);
gboolean  san_tx_count_rules (SanTx *self, gint64 dossier, guint64 *n, GError **error);

GHashTable *san_room_new_shares (void);

/* san-claims.c: whose keys entries claim, with good proofs */
gboolean  san_claims_add       (SanStore *self, const SanParsed *parsed, const SanId32 *centre,
                                gint64 seq, GError **error);
GHashTable *san_claims_new_memo (void);
gboolean  san_claims_fit       (SanTx *tx, const SanHeader *header, gboolean *fits, GError **error);
gboolean  san_claims_is_recovery (SanStore *self, const SanId32 *pk, gboolean *is, GError **error);

/* san-erase.c */
gboolean  san_erase_is_erased  (SanStore *self, const SanId32 *dossier, gboolean *is,
                                GError **error);
/* Has anybody called it erased, whether that counts or not? */
gboolean  san_erase_is_called_erased (SanStore *self, const SanId32 *dossier, gboolean *is,
                                      GError **error);
gboolean  san_erase_has_bare   (SanStore *self, gboolean *has, GError **error);
/* The body of an entry that is here without it, though its case is not erased. @filled: it was
 * needed. */
gboolean  san_erase_fill       (SanTx *tx, SanEntry *entry, gint64 seq, gboolean *filled,
                                GError **error);
gboolean  san_erase_run        (SanTx *tx, GError **error);

/* san-offers.c */
gboolean  san_offers_settle    (SanTx *tx, gboolean *changed, GError **error);

G_END_DECLS
