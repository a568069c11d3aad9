/* san-exchange-places.h - the places of this laptop that are not here now, and adding one */
#pragma once
#include "san-exchange-facts.h"
#include "san-page.h"
G_BEGIN_DECLS

/* Fills @lines anew; what is typed in it meanwhile stays. */
void  san_exchange_places_show      (GtkWidget *lines, SanPage *page,
                                     const SanExchangeFacts *facts);
char *san_exchange_places_say_where (const char *uri);     /* as people write it; (transfer full) */

/* Forgets the place of this name on @page. */
GtkWidget *san_exchange_places_forget_button (SanPage *page, const char *name);

G_END_DECLS
