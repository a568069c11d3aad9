/* san-exchange-places.h - the places of this laptop, and adding one */
#pragma once
#include "san-page.h"
G_BEGIN_DECLS

/* Fills @lines anew; what is typed in it meanwhile stays. @places: SanPlaceRow. */
void san_exchange_places_show (GtkWidget *lines, SanPage *page, GPtrArray *places);

G_END_DECLS
