/* san-dossier-rights-private.h - the steps by which a dossier's rights are worked out */
#pragma once
#include "san-authority-private.h"
#include "san-dossier-rights.h"
G_BEGIN_DECLS

/* A centre at whose hands the dossier was, one after the other. */
typedef struct
{
  SanId32 owner;
  /* guint: places of the acceptances that brought it; the founding entry for the first */
  GArray *by;
  GArray *offers;                      /* guint: places of op 18s */
  GArray *accepts;                     /* guint: places of op 19s */
  GArray *decisions;                   /* guint: places of op 20s */
  GArray *unshares;                    /* guint: places of op 17s */
} SanStage;

typedef struct
{
  const SanFacts        *facts;
  const SanCentreLookup *centres;
  SanId32               *centre;       /* by place: the author's; zero: nobody's */
  /* by place: her side of it; SAN_HELD_NOT: a superintendent in good standing */
  SanHeldReason         *author;
  SanWord               *frozen;
  SanWord               *freezers;
  SanHeldReason         *reasons;      /* by place: the outcome */
  GPtrArray             *stages;       /* SanStage; the last is the present owner's */
} SanRightsWork;

/* The result: filled by san-dossier-count.c, asked by san-dossier-rights.c. */

typedef struct
{
  SanId32  centre;
  guint    mask;
  gboolean reads;
  gboolean writes;
  guint    place;
  GArray  *taken;                      /* guint: indexes of unshares that touch it */
} SanRightsGrant;

typedef struct
{
  SanId32 centre;
  guint   place;
  SanCut  cut;
} SanRightsUnshare;

struct _SanDossierRights
{
  gint              ref_count;
  SanId32           dossier;
  guint8            type;
  SanId32           founder;
  SanId32           owner;
  SanHeldReason     founded;
  gboolean          frozen;
  gboolean          erased;
  SanId32           erasure;
  SanTransferState  transfer;
  guint             n_transfers;
  GArray           *offers;            /* SanOffer */
  GArray           *links;             /* SanId32 */
  GArray           *grants;            /* SanRightsGrant */
  GArray           *unshares;          /* SanRightsUnshare */
  GHashTable       *reasons;           /* id -> reason + 1 */
  GArray           *heads;             /* SanId32 */
  GPtrArray        *bodies;            /* owners of the rows of unshares */
  SanId32           digest;            /* of all by which entries are judged */
};

/* Does @place come from a superintendent of the owner whom that entry could know of? */
gboolean san_rights_is_by_owner   (const SanRightsWork *self, guint place);
/* Follows offers, acceptances, decisions; fills in stages and the reasons of ops 18 to 20. */
void     san_rights_follow        (SanRightsWork *self);
gboolean san_stage_is_disputed    (const SanRightsWork *self, const SanStage *stage);

G_END_DECLS
