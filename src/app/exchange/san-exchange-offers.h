/* san-exchange-offers.h - children that other centres share with us, to accept or decline */
#pragma once
#include "san-page.h"
G_BEGIN_DECLS

/* Fills @box, hidden while there are none. @offers: SanOfferRow. */
void san_exchange_offers_show (GtkWidget *box, SanPage *page, GPtrArray *offers);

G_END_DECLS
