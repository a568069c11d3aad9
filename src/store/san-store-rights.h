/* san-store-rights.h - who may what: authorities and dossier rights, as the entries here make them
 *
 * Both are worked out when first asked for, kept in memory, and made anew when their dossier
 * grows. What is borrowed from here is valid until the next write or apply. */
#pragma once
#include "san-store.h"
#include "san-authority.h"
#include "san-judge.h"
#include "san-dossier-rights.h"
#include "san-rings.h"
G_BEGIN_DECLS

/* (transfer none) of a centre or programme; NOT_FOUND: its founding entry is not here. */
SanAuthority     *san_store_get_authority    (SanStore *self, const SanId32 *centre,
                                              GError **error);
/* the same; %NULL in @out: not here; FALSE: it could not be read */
gboolean          san_store_look_authority   (SanStore *self, const SanId32 *centre,
                                              const SanAuthority **out, GError **error);
/* (transfer none) of a house, case or programme dossier; NOT_FOUND. */
SanDossierRights *san_store_get_rights       (SanStore *self, const SanId32 *dossier,
                                              GError **error);
/* Authorities by seat and by centre, for san_key_choose(). (transfer none) */
const SanCentreLookup *san_store_get_centre_lookup (SanStore *self);
/* FALSE: one of them could not be read since; what was made of their answers must not be used. */
gboolean          san_store_check_lookup     (SanStore *self, GError **error);
const SanChainLookup  *san_store_get_chain_lookup  (SanStore *self);
/* SanEntry*: kinds 3 of the dossier's compartment that count: for san_key_choose(). (transfer full)
 */
GPtrArray        *san_store_list_key_grants  (SanStore *self, const SanId32 *dossier,
                                              guint8 compartment, GError **error);
/* Why an entry of another dossier than an authority one does not count. NOT_FOUND. */
gboolean          san_store_judge            (SanStore *self, const SanId32 *entry,
                                              SanJudgement *out, GError **error);
/* The centre's house dossier: the founding seat's smallest-id visible one. FALSE without error:
 * none yet. */
gboolean          san_store_find_house       (SanStore *self, const SanId32 *centre, SanId32 *out,
                                              GError **error);

G_END_DECLS
