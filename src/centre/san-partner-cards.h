/* san-partner-cards.h - the card of a paired centre, as the house dossier keeps it */
#pragma once
#include "san-centre-private.h"
#include "san-card.h"
G_BEGIN_DECLS

/* NOT_FOUND: not paired */
SanCard   *san_partner_card_load (SanCentre *self, const SanId32 *centre, GError **error);
/* SanCard*, by id; bad ones left out */
GPtrArray *san_partner_list      (SanCentre *self, GError **error);

G_END_DECLS
