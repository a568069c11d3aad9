/* san-clock-care.h - is this laptop's clock right? */
#pragma once
#include "san-centre-private.h"
G_BEGIN_DECLS

gboolean san_clock_judge    (SanCentre *self, GError **error);     /* at unlock: sets clock_doubtful and last_known_ms */
gboolean san_clock_remember (SanCentre *self, GError **error);     /* this use, for the next judgement */

G_END_DECLS
