/* san-staff-private.h - pieces of the acts on people that other use cases need */
#pragma once
#include "san-press.h"
G_BEGIN_DECLS

gboolean san_staff_need_superintendent (SanCentre *self, GError **error);
gboolean san_staff_appoint       (SanPress *press, SanCentre *self, const SanId16 *staff, const SanSignKey *seat,
                                  const SanBoxKey *box, const char *role, GError **error);          /* op 2 of a seat made here */
gboolean san_staff_hand_rings    (SanPress *press, SanCentre *self, guint mask, const SanId32 *seat,
                                  const SanId32 *box_pk, GError **error);                            /* op 6 of the rings in mask that this login holds */
gboolean san_staff_remove_target (SanPress *press, SanCentre *self, guint8 what, const SanId32 *target,
                                  guint8 why, GError **error);                                       /* op 3 and what follows of its cut */

G_END_DECLS
