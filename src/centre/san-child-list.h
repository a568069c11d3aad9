/* san-child-list.h - rows of the list of children */
#pragma once
#include "san-centre-private.h"
#include "san-kept.h"
#include "san-records.h"
#include "san-store-derived.h"
G_BEGIN_DECLS

/* Of what the house view keeps of her. */
SanChildRow *san_child_row_new (const SanId32 *child, guint status, const SanKeptSummary *kept);

G_END_DECLS
