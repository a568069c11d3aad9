/* san-canonical-private.h - small checks that every reader of this room makes */
#pragma once
#include "san-reader.h"
#include "san-error.h"
G_BEGIN_DECLS

gboolean san_damaged        (GError **error, const char *format, ...) G_GNUC_PRINTF (2, 3);
gboolean san_refused        (GError **error, const char *format, ...) G_GNUC_PRINTF (2, 3);
gboolean san_invalid        (GError **error, const char *format, ...) G_GNUC_PRINTF (2, 3);
gboolean san_untrusted      (GError **error, const char *format, ...) G_GNUC_PRINTF (2, 3);
gboolean san_check_count    (const SanReader *reader, guint32 n, guint32 limit, gsize smallest,
                             const char *what, GError **error);
gboolean san_take_ids       (SanReader *reader, SanId32 *out, guint n, const char *what,
                             GError **error);
gboolean san_ids_ascending  (const SanId32 *ids, guint n);
guint    san_ids_sort       (SanId32 *ids, guint n);
gboolean san_all_zero       (const void *data, gsize n);

G_END_DECLS
