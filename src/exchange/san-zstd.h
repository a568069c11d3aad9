/* san-zstd.h - one zstd frame with a window of 1 MiB, no checksum, no dictionary
 *
 * For this room alone, which is the only one with <zstd.h>. */
#pragma once
#include "san-error.h"
G_BEGIN_DECLS

typedef struct _SanDeflate SanDeflate;      /* bytes in, fewer bytes to a sink */
typedef struct _SanInflate SanInflate;

typedef gboolean (*SanSink) (gpointer sink, const void *data, gsize n, GError **error);

SanDeflate *san_deflate_new   (SanSink sink, gpointer sink_data);
gboolean    san_deflate_write (SanDeflate *self, const void *data, gsize n, GError **error);
gboolean    san_deflate_end   (SanDeflate *self, GError **error);
void        san_deflate_free  (SanDeflate *self);

/**
 * san_inflate_step:
 * @in: (inout): what is there; moved on by what was taken
 * @got: bytes put into @out
 * @ended: whether the frame is complete
 *
 * Fails with %SAN_ERROR_DAMAGED for anything but the one kind of frame above.
 */
SanInflate *san_inflate_new   (void);
gboolean    san_inflate_step  (SanInflate *self, const guint8 **in, gsize *in_n, guint8 *out,
                               gsize out_n,
                               gsize *got, gboolean *ended, GError **error);
void        san_inflate_free  (SanInflate *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SanDeflate, san_deflate_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SanInflate, san_inflate_free)

G_END_DECLS
