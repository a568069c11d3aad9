/* san-proposals.h - a free alias, sign and bed for a child who comes at night */
#pragma once
#include "san-centre-private.h"
#include "san-records.h"
#include "san-welcome.h"
G_BEGIN_DECLS

typedef struct _SanProposals SanProposals;

SanProposals *san_proposals_new      (SanCentre *self, GError **error);
void          san_proposals_free     (SanProposals *self);
/* Adds alias, sign and bed to @typed where they are not; REFUSED for an alias close to her name
 * or one that somebody in care has. */
gboolean      san_proposals_complete (SanProposals *self, GPtrArray *typed, GError **error);
/* May she be called that here? @name: (nullable): as it was typed. */
SanAliasVerdict san_proposals_judge   (SanProposals *self, const char *alias, const char *name);
/* somebody in care has it */
gboolean      san_proposals_has_sign  (SanProposals *self, const char *sign);
gboolean      san_proposals_has_bed   (SanProposals *self, const char *bed);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SanProposals, san_proposals_free)

G_END_DECLS
