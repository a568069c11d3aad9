/* san-example.h - two example centres with invented children; nothing in them is real */
#pragma once
#include "san-centre.h"
G_BEGIN_DECLS

/* Makes DIR with the stores of both centres (children 0), or one store with that many children,
 * and README.txt with every passphrase, as the last thing. Slots are cheap to open: for looking
 * around only. One that was cancelled (G_IO_ERROR_CANCELLED) is removed before it is made again.
 * @cancellable: (nullable) */
gboolean san_example_make (const SanPlaceOnDisk *where, const char *dir, guint children,
                           GCancellable *cancellable, GError **error);
/* Removes what san_example_make() made in DIR, and DIR itself if nothing else is in it. */
gboolean san_example_delete (const char *dir, GError **error);
const char *san_example_get_passphrase (void);   /* everybody's */

G_END_DECLS
