/* town.h - three centres and one case dossier between them, for the tests of rights and keys
 *
 * Centre c has seats 20c superintendent, 20c+1 a second one, 20c+2 counsellor, 20c+3 nurse, 20c+4
 * house mother, 20c+5 case worker, each her own staff, all on laptop 2c; 20c+6 counsellor on
 * laptop 2c+1. */
#pragma once
#include "authority-world.h"
#include "san-dossier-rights.h"
G_BEGIN_DECLS

#define N_CENTRES 3u
#define HEAD_OF(c)       (20 * (c))
#define SECOND_OF(c)     (20 * (c) + 1)
#define COUNSELLOR_OF(c) (20 * (c) + 2)
#define NURSE_OF(c)      (20 * (c) + 3)
#define MOTHER_OF(c)     (20 * (c) + 4)
#define WORKER_OF(c)     (20 * (c) + 5)
#define VISITOR_OF(c)    (20 * (c) + 6)

typedef struct
{
  World          *centre[N_CENTRES];
  SanAuthority   *authority[N_CENTRES];
  World          *dossier;
  SanCentreLookup centres;
  SanChainLookup  chain;
} Town;

/* a seat; a centre's number */
Town             *town_new      (SanFoundingType type, guint founder, guint owner);
void              town_free     (Town *self);
const SanId32    *town_id       (const Town *self, guint centre);
/* evaluate the centres again */
void              town_update   (Town *self);
/* The authority of that centre is not here. */
void              town_forget   (Town *self, guint centre);
/* (transfer full): in several orders, all equal */
SanDossierRights *town_rights   (Town *self);
SanJudgement      town_judge    (Town *self, const SanDossierRights *rights, guint entry,
                                 guint parts);
SanHeldReason     town_reason   (Town *self, const SanDossierRights *rights, guint entry);
/* Entries of the dossier, by a seat on its own laptop. */
guint             town_note     (Town *self, guint seat);
guint             town_op       (Town *self, guint seat, SanAuthorityBody *body);
/* all laptops know all of the dossier */
void              town_meet     (Town *self);

SanAuthorityBody *op_share      (Town *self, guint centre, gboolean write, guint compartments);
SanAuthorityBody *op_unshare    (Town *self, guint centre);
SanAuthorityBody *op_offer      (Town *self, guint centre);
SanAuthorityBody *op_ref        (Town *self, SanOp op, guint entry);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Town, town_free)

G_END_DECLS
