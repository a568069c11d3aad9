/* san-clock-care.h - is this laptop's clock right? */
#pragma once
#include "san-centre-private.h"
G_BEGIN_DECLS

/* at unlock: sets clock_doubtful and last_known_ms */
gboolean san_clock_judge    (SanCentre *self, GError **error);
/* this use, for the next judgement */
gboolean san_clock_remember (SanCentre *self, GError **error);

G_END_DECLS
