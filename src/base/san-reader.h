/* san-reader.h - the only way in for bytes from outside: each take checks the length first */
#pragma once
#include "san-id.h"
G_BEGIN_DECLS

/**
 * SanReader:
 *
 * A cursor over borrowed bytes. Lives on the stack; integers are little-endian. On failure the
 * cursor and the output stay untouched and the error is %SAN_ERROR_DAMAGED, naming @what, the
 * bytes wanted and the bytes left.
 */
typedef struct
{
  const guint8 *data;
  gsize         size;
  gsize         offset;
  const char   *what;
} SanReader;

void          san_reader_init       (SanReader *self, const void *data, gsize size,
                                     const char *what);
void          san_reader_init_bytes (SanReader *self, GBytes *bytes, const char *what);
gsize         san_reader_get_left   (const SanReader *self);
gboolean      san_reader_take_u8    (SanReader *self, guint8  *out, GError **error);
gboolean      san_reader_take_u16   (SanReader *self, guint16 *out, GError **error);
gboolean      san_reader_take_u32   (SanReader *self, guint32 *out, GError **error);
gboolean      san_reader_take_u64   (SanReader *self, guint64 *out, GError **error);
gboolean      san_reader_take_i16   (SanReader *self, gint16  *out, GError **error);
gboolean      san_reader_take_i32   (SanReader *self, gint32  *out, GError **error);
gboolean      san_reader_take_i64   (SanReader *self, gint64  *out, GError **error);
gboolean      san_reader_take_id16  (SanReader *self, SanId16 *out, GError **error);
gboolean      san_reader_take_id32  (SanReader *self, SanId32 *out, GError **error);
/* borrowed; NULL on error, also for n = 0 never NULL on success */
const guint8 *san_reader_take       (SanReader *self, gsize n, GError **error);
gboolean      san_reader_take_copy  (SanReader *self, void *out, gsize n, GError **error);
/* 4 or 8 letters */
gboolean      san_reader_take_magic (SanReader *self, const char *magic, GError **error);
gboolean      san_reader_take_zeros (SanReader *self, gsize n, GError **error);
gboolean      san_reader_take_end   (SanReader *self, GError **error);     /* nothing may be left */

G_END_DECLS
