/* san-dossier-rights.h - one dossier: whose it is, and which centre may write which compartment
 *
 * A pure function of the dossier's entries of kinds 1 and 2 and of the authorities of the centres
 * whose seats wrote them. Rules: FORMAT.md "Rights of a dossier". */
#pragma once
#include "san-judge.h"
G_BEGIN_DECLS

/**
 * san_dossier_rights_evaluate:
 * @entries: (element-type SanEntry): the dossier's stored entries of kinds 1 and 2 (higher kinds
 *   are looked at if given, others ignored), in any order, its founding entry (type 3 to 5)
 *   among them
 * @centres: authorities of centres, by seat and by id
 * @chain: for the cuts
 *
 * Returns: (transfer full): INVALID: no founding entry, or of an authority dossier.
 */
SanDossierRights *san_dossier_rights_evaluate   (GPtrArray *entries, const SanCentreLookup *centres,
                                                 const SanChainLookup *chain, GError **error);
SanDossierRights *san_dossier_rights_ref        (SanDossierRights *self);
void              san_dossier_rights_unref      (SanDossierRights *self);

const SanId32    *san_dossier_rights_get_dossier (const SanDossierRights *self);
/* SanFoundingType */
guint8            san_dossier_rights_get_type   (const SanDossierRights *self);
/* owner named at its founding */
const SanId32    *san_dossier_rights_get_founder (const SanDossierRights *self);
/* after transfers */
const SanId32    *san_dossier_rights_get_owner  (const SanDossierRights *self);
/* FALSE: nobody had the right to found it */
gboolean          san_dossier_rights_is_founded (const SanDossierRights *self,
                                                 SanHeldReason *reason);
gboolean          san_dossier_rights_is_frozen  (const SanDossierRights *self);

/* Masks: bit c = compartment c. Readers are the owner and whom it shares or offers with; a centre
 * that gave the dossier away may still have written. */
guint             san_dossier_rights_get_reads  (const SanDossierRights *self,
                                                 const SanId32 *centre);
guint             san_dossier_rights_get_writes (const SanDossierRights *self,
                                                 const SanId32 *centre);
/* (transfer full) SanId32 ascending, the owner among them */
GArray           *san_dossier_rights_list_readers (const SanDossierRights *self,
                                                   guint8 compartment);

/* Which compartments of those in @mask this entry of @centre may change: unshared centres only
 * inside the cut. */
guint             san_dossier_rights_may_write  (const SanDossierRights *self,
                                                 const SanId32 *centre, guint mask,
                                                 const SanEntry *entry,
                                                 const SanChainLookup *chain);

typedef enum
{
  SAN_TRANSFER_NONE,
  SAN_TRANSFER_OFFERED,                /* both write */
  SAN_TRANSFER_DISPUTED,               /* two accepted; the giver decides */
} SanTransferState;
/* of the present owner */
SanTransferState  san_dossier_rights_get_transfer (const SanDossierRights *self);
/* how often it changed hands */
guint             san_dossier_rights_get_n_transfers (const SanDossierRights *self);

typedef struct
{
  SanId32 entry;                       /* the op 18 */
  SanId32 to;
  SanId32 accepted;                    /* its op 19; zero: not yet */
} SanOffer;
/* open offers of the present owner, in causal order */
guint             san_dossier_rights_get_n_offers (const SanDossierRights *self);
const SanOffer   *san_dossier_rights_get_offer  (const SanDossierRights *self, guint i);

gboolean          san_dossier_rights_is_erased  (const SanDossierRights *self,
                                                 SanId32 *erasure /* nullable */);
guint             san_dossier_rights_get_n_links (const SanDossierRights *self);
const SanId32    *san_dossier_rights_get_link   (const SanDossierRights *self, guint i);

/* FALSE: not among them */
gboolean          san_dossier_rights_find_entry (const SanDossierRights *self, const SanId32 *entry,
                                                 SanHeldReason *reason);
guint             san_dossier_rights_get_heads  (const SanDossierRights *self,
                                                 SanId32 out[SAN_HEADS_LIMIT]);
/* TRUE: no entry is judged differently */
gboolean          san_dossier_rights_equal      (const SanDossierRights *a,
                                                 const SanDossierRights *b);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SanDossierRights, san_dossier_rights_unref)

G_END_DECLS
