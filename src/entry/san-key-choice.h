/* san-key-choice.h - under which dossier key to write; rules: FORMAT.md "Which key" */
#pragma once
#include "san-dossier-rights.h"
#include "san-rings.h"
G_BEGIN_DECLS

typedef enum
{
  SAN_KEY_USE,                         /* write under @key_id */
  SAN_KEY_MAKE,                        /* make a key, seal it to @targets, write under it */
  /* first rotate @ring (hand @others to the new one), then ask again */
  SAN_KEY_ROTATE,
  SAN_KEY_NO_RING,                     /* this login cannot write there */
} SanKeyVerdict;

typedef struct
{
  const SanDossierRights *rights;
  const SanCentreLookup  *centres;
  /* (element-type SanEntry): the dossier's *visible* entries of kind 3, any order */
  GPtrArray              *grants;
  SanId32                 centre;      /* the writer's own */
  guint8                  compartment; /* 1 to 5 */
  const SanId32          *my_ring;     /* (nullable): as for san_authority_choose_ring() */
  const SanId32          *held;        /* ring ids that this login holds */
  guint                   n_held;
  /* Rings by which another centre is known: its card's of that compartment, else the first that
   * was granted to it. Appends SanId32 to @out. */
  void                  (*anchors)     (gpointer data, const SanId32 *centre, guint8 compartment,
                                        GArray *out);
  /* Rings on the card of a paired centre whose authority has not arrived yet: appends SanKeyTarget
   * to @out. Until then they count as its leaves. May be NULL. */
  void                  (*card_rings)  (gpointer data, const SanId32 *centre, guint8 compartment,
                                        GArray *out);
  gpointer                data;
} SanKeyQuestion;

typedef struct
{
  SanKeyVerdict verdict;
  SanId32       key_id;                /* USE */
  /* the own ring: USE and MAKE to write with, ROTATE to follow */
  SanId32       ring;
  GArray       *others;                /* SanId32: ROTATE */
  /* SanKeyTarget, ascending: USE and MAKE: leaves of all entitled centres */
  GArray       *targets;
  GArray       *entitled;              /* SanId32, ascending: centres */
  /* SanId32, ascending: shared with, but no holder of the owner's ring has sealed to them */
  GArray       *unconfirmed;
  /* SanId32, ascending: entitled, but by which ring nobody has said: nothing is sealed to them */
  GArray       *ask;
  /* SanId32, ascending: keys granted by holders that no other one's link reaches: what "with
   * history" seals */
  GArray       *unlinked;
} SanKeyChoice;

/* Pure. (transfer full); INVALID: no such compartment; NOT_FOUND: the own centre is not here. */
SanKeyChoice *san_key_choose       (const SanKeyQuestion *question, GError **error);
void          san_key_choice_free  (SanKeyChoice *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SanKeyChoice, san_key_choice_free)

G_END_DECLS
