/* san-child-list.h - rows of the list of children */
#pragma once
#include "san-centre-private.h"
#include "san-records.h"
#include "san-store-derived.h"
G_BEGIN_DECLS

/* Of what the house view keeps of her. */
SanChildRow *san_child_row_new (const SanId32 *child, guint status, const guint8 *data, gsize n);

G_END_DECLS
