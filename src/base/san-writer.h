/* san-writer.h - canonical little-endian bytes */
#pragma once
#include "san-id.h"
G_BEGIN_DECLS

typedef struct { GByteArray *bytes; } SanWriter;   /* on the stack; init, put…, then end or clear */

void    san_writer_init       (SanWriter *self);
void    san_writer_clear      (SanWriter *self);
GBytes *san_writer_end        (SanWriter *self);   /* (transfer full); self is empty afterwards */
gsize   san_writer_get_size   (const SanWriter *self);
void    san_writer_put        (SanWriter *self, const void *data, gsize n);
void    san_writer_put_bytes  (SanWriter *self, GBytes *bytes);
void    san_writer_put_u8     (SanWriter *self, guint8  v);
void    san_writer_put_u16    (SanWriter *self, guint16 v);
void    san_writer_put_u32    (SanWriter *self, guint32 v);
void    san_writer_put_u64    (SanWriter *self, guint64 v);
void    san_writer_put_i16    (SanWriter *self, gint16  v);
void    san_writer_put_i32    (SanWriter *self, gint32  v);
void    san_writer_put_i64    (SanWriter *self, gint64  v);
void    san_writer_put_id16   (SanWriter *self, const SanId16 *id);
void    san_writer_put_id32   (SanWriter *self, const SanId32 *id);
void    san_writer_put_magic  (SanWriter *self, const char *magic);
void    san_writer_put_zeros  (SanWriter *self, gsize n);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SanWriter, san_writer_clear)

G_END_DECLS
