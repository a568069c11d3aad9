/* san-example-pair.h - two example centres that work together */
#pragma once
#include "san-example-private.h"
G_BEGIN_DECLS

/* Pairs both, shares one child of @a with @b, and leaves one answer that both have corrected
 * without seeing each other. @folder becomes the practice pen drive of both. */
gboolean san_example_pair (SanExample *a, SanExample *b, const char *folder, const char *alias,
                           GError **error);

G_END_DECLS
