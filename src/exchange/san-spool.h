/* san-spool.h - bytes put aside: a little in memory, more in a file without a name, under a key
 * that only this process has
 *
 * For this room alone. Written once, then read once from the beginning. */
#pragma once
#include "san-error.h"
G_BEGIN_DECLS

typedef struct _SanSpool SanSpool;

SanSpool *san_spool_new    (const char *folder);
gboolean  san_spool_write  (SanSpool *self, const void *data, gsize n, GError **error);
gboolean  san_spool_rewind (SanSpool *self, GError **error);            /* no more writing */
/* less than n only at the end */
gboolean  san_spool_read   (SanSpool *self, void *out, gsize n, gsize *got, GError **error);
void      san_spool_free   (SanSpool *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SanSpool, san_spool_free)

G_END_DECLS
