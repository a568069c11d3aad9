/* san-roll-private.h - whom of those in care a choice shows, and in which order */
#pragma once
#include "san-centre-private.h"
#include "san-roll.h"
G_BEGIN_DECLS

/* @cards (element-type SanHouseCard): those that do not fit are taken out, the rest is sorted. */
gboolean san_roll_choose (SanCentre *self, const SanRollChoice *choice, GPtrArray *cards,
                          GError **error);

G_END_DECLS
