/* san-house-notes.h - records of the house that name a child: notes of the day, what happened */
#pragma once
#include "san-centre-private.h"
#include "san-fact-set.h"
#include "san-store-values.h"
G_BEGIN_DECLS

#define SAN_HOUSE_NOTES_LIMIT 500u      /* records of the house that one child's page shows */

/**
 * san_house_notes_about:
 * @facts: (out): the answers of those records that this login may read
 * @limit: at most so many, those written last
 *
 * They stand on her timeline and are never shared with another centre (design: forms are data).
 *
 * Returns: (transfer full) (element-type SanStoredRecord): none that was withdrawn
 */
GPtrArray *san_house_notes_about (SanCentre *self, const SanId32 *child, guint limit,
                                  SanFactSet **facts, GError **error);

G_END_DECLS
