/* san-safety.h - see her today: asked for without the reason, for everybody to see */
#pragma once
#include "san-records.h"
G_BEGIN_DECLS

/**
 * san_safety_open:
 * @record: (out): the one that is open: there already, or made now
 *
 * From here on it stands on everybody's Today until somebody writes that it was done, whether or
 * not anyone was named. Whoever worries need not finish her own note first.
 */
gboolean san_safety_open   (SanCentre *self, const SanId32 *child, SanId16 *record, GError **error);
/* By when she should have been seen if nobody says otherwise: in two hours, but today. */
SanInstant san_safety_propose_by (gint64 now);
/* Who is responsible (a name or a staff id) and until when today, as typed. */
gboolean san_safety_assign (SanCentre *self, const SanId16 *record, const char *responsible,
                            const char *by, GError **error);

G_END_DECLS
