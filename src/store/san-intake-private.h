/* san-intake-private.h - one entry on its way in: the checks of the format, in their order */
#pragma once
#include "san-tx-private.h"
G_BEGIN_DECLS

/**
 * san_intake_take:
 * @peer: whose part of the waiting room
 * @header_only: came without its body
 *
 * Checks and stores, or lets wait, or quarantines. Does not look for others that waited for it.
 */
gboolean san_intake_take        (SanTx *tx, SanEntry *entry, const SanId16 *peer,
                                 gboolean header_only,
                                 SanApplyOutcome *outcome, GError **error);
/* Where an entry belongs. need: the id that it lacks; why: it does not fit what is here. */
typedef enum { SAN_PLACE_FOUND, SAN_PLACE_LACKS, SAN_PLACE_WRONG } SanPlaceVerdict;
gboolean san_intake_find_place  (SanTx *tx, SanEntry *entry, SanTxPlace *place,
                                 SanPlaceVerdict *verdict,
                                 SanId32 *need, const char **why, GError **error);

/* san-room.c: is there room for it? FALSE in @room: not had. Asked once, for what is stored then.
 */
gboolean san_room_ask           (SanTx *tx, const SanParsed *parsed, const SanTxPlace *place,
                                 gboolean *room,
                                 GError **error);

/* san-waiting.c */
gboolean san_waiting_has        (SanStore *self, const SanId32 *id, gboolean *has, GError **error);
gboolean san_waiting_add        (SanStore *self, SanEntry *entry, const SanId32 *need,
                                 const SanId16 *peer, GError **error);
/* Tries again what waited for @id, and what waits for that, and so on. */
gboolean san_waiting_ask        (SanTx *tx, const SanId32 *id, GError **error);
gboolean san_waiting_is_quarantined (SanStore *self, const SanId32 *id, gboolean *is,
                                     GError **error);
gboolean san_waiting_quarantine (SanStore *self, SanEntry *entry, const char *why, GError **error);
void     san_waiting_name_author (SanTx *tx, const SanId32 *author);

G_END_DECLS
