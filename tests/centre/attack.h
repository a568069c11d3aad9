/* attack.h - all that a login holds, tried on all that lies in the store
 *
 * Somebody who is unlocked reads her own memory: every secret in it, whatever the programme would
 * do with it, is tried on every sealed thing, and what that yields is tried again. Nothing here
 * asks a role, a right or an authority: only keys count. */
#pragma once
#include "san-centre-private.h"
G_BEGIN_DECLS

/* How many things of each compartment came open. */
typedef struct
{
  guint parts[SAN_N_COMPARTMENTS];
  guint grants[SAN_N_COMPARTMENTS];
  guint rings[SAN_N_COMPARTMENTS];
  guint view_keys[SAN_N_COMPARTMENTS];
  guint files[SAN_N_COMPARTMENTS];
  guint n_secrets;
  guint n_tries;
} Loot;

typedef struct _Attack Attack;

Attack *attack_new         (const SanPlaceOnDisk *where);
void    attack_free        (Attack *self);
void    attack_take_login  (Attack *self, SanCentre *centre);  /* every secret of the open centre */
void    attack_take_slot   (Attack *self, const SanSlotKeys *keys);  /* of a slip seen on its way */
Loot    attack_run         (Attack *self);                           /* nobody has the store open */

G_END_DECLS
