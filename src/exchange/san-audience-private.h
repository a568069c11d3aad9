/* san-audience-private.h - for the files of the audience alone */
#pragma once
#include "san-audience.h"
G_BEGIN_DECLS

/* Is the entry here that a have row names as its head? */
gboolean san_audience_store_has     (SanStore *store, const SanHaveRow *row);
/* The writers of one device stand side by side: the end of those of the device at @first. */
guint    san_audience_end_of_device (const GPtrArray *peers, guint first);

G_END_DECLS
