/* san-staff-private.h - pieces of the acts on people that other use cases need */
#pragma once
#include "san-press.h"
#include "san-ring.h"
#include "san-rings.h"
G_BEGIN_DECLS

gboolean san_staff_need_superintendent (SanCentre *self, GError **error);
gboolean san_staff_appoint       (SanPress *press, SanCentre *self, const SanId16 *staff,
                                  const SanSignKey *seat,
                                  /* op 2 of a seat made here */
                                  const SanBoxKey *box, const char *role, GError **error);
gboolean san_staff_hand_rings    (SanPress *press, SanCentre *self, guint mask, const SanId32 *seat,
                                  /* op 6 of the rings in mask that this login holds */
                                  const SanId32 *box_pk, GError **error);
gboolean san_staff_remove_target (SanPress *press, SanCentre *self, guint8 what,
                                  const SanId32 *target,
                                  /* op 3 and what follows of its cut */
                                  guint8 why, GError **error);
/* SanJournalHead: own heads, by dossier and journal */
GArray  *san_staff_list_heads    (SanCentre *self, GError **error);
/* those of this login that somebody removed has had */
gboolean san_staff_rotate_rings  (SanPress *press, SanCentre *self, GError **error);
void     san_staff_open_rings    (SanCentre *self);               /* after the commit of new ones */
/* Her seat is there and her passphrase opens it: whatever keeps it from opening now is told as
 * DONE. */
SanCentre *san_staff_enter (const SanPlaceOnDisk *where, const char *name,
                            const SanSecret *passphrase, const char *done, GError **error);
/* With the recovery code instead of a login. */
SanBoxKey *san_staff_open_ring_by_code (const SanAuthority *authority, const SanRing *ring,
                                        const SanId32 *recovery_pk,
                                        const SanBoxKey *recovery_box, GError **error);
gboolean   san_staff_hand_rings_by_code (SanPress *press, SanCentre *self,
                                         const SanSignKey *recovery_sign,
                                         const SanBoxKey *recovery_box, guint mask,
                                         const SanGrantee *to, GError **error);

G_END_DECLS
