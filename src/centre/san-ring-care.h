/* san-ring-care.h - rings that this login has to make or renew */
#pragma once
#include "san-press.h"
#include "san-rings.h"
G_BEGIN_DECLS

/* First rings that this role makes, and leaves that somebody removed holds: done at unlock, after
 * an exchange and after a removal, in a press of its own. Then views are opened again. */
gboolean   san_ring_care        (SanCentre *centre, GError **error);
gboolean   san_ring_make_first  (SanPress *press, SanCentre *centre, guint compartment, SanId32 *id,
                                 GError **error);
gboolean   san_ring_rotate      (SanPress *press, SanCentre *centre, const SanId32 *ring,
                                 GArray *others, GError **error);
/* Op 6 of a ring that this login holds to a seat. */
gboolean   san_ring_hand_to_seat (SanPress *press, SanCentre *centre, const SanId32 *ring,
                                  const SanId32 *seat,
                                  const SanId32 *box_pk, GError **error);
/* As san_authority_choose_ring(), of what this login holds. FALSE: it could not be read. */
gboolean   san_ring_choose      (SanCentre *centre, const SanAuthority *authority,
                                 guint compartment, SanRingVerdict *verdict, SanId32 *ring,
                                 GArray **others, GError **error);

G_END_DECLS
