/* san-exchange-steps.h - the five steps of an exchange and how far it is */
#pragma once
#include <gtk/gtk.h>
G_BEGIN_DECLS
#define SAN_TYPE_EXCHANGE_STEPS (san_exchange_steps_get_type ())
G_DECLARE_FINAL_TYPE (SanExchangeSteps, san_exchange_steps, SAN, EXCHANGE_STEPS, GtkWidget)
/* step 4: done */
void san_exchange_steps_set (SanExchangeSteps *self, guint step, double fraction);
G_END_DECLS
