/* san-stream.h - secretstream in frames, and the stanza that hands its key to a recipient */
#pragma once
#include "san-keys.h"
G_BEGIN_DECLS

#define SAN_STREAM_HEADER_SIZE 24
#define SAN_STREAM_OVERHEAD    17
#define SAN_STANZA_SIZE        64

typedef struct _SanStreamPush SanStreamPush;
typedef struct _SanStreamPull SanStreamPull;

SanStreamPush *san_stream_push_new   (const SanSecret *key, guint8 header[SAN_STREAM_HEADER_SIZE]);
void           san_stream_push       (SanStreamPush *self, const guint8 *plain, gsize n,
                                      gboolean final, guint8 *out /* n + 17 */);
void           san_stream_push_free  (SanStreamPush *self);
SanStreamPull *san_stream_pull_new   (const SanSecret *key,
                                      const guint8 header[SAN_STREAM_HEADER_SIZE]);
gboolean       san_stream_pull       (SanStreamPull *self, const guint8 *sealed, gsize n,
                                      gboolean *final, guint8 *out /* n - 17 */);
void           san_stream_pull_free  (SanStreamPull *self);

/* stanza = tag 16 || A(KEK, 24 zeros, "", file key 32); tag and KEK from X25519(ephemeral,
 * recipient) */
gboolean       san_stanza_make       (const SanBoxKey *ephemeral, const SanId32 *recipient,
                                      const SanSecret *file_key,
                                      guint8 out[SAN_STANZA_SIZE], GError **error);
SanSecret     *san_stanza_find       (const SanId32 *ephemeral, const SanBoxKey *recipient,
                                      /* the file key; NULL without error: none is ours */
                                      const guint8 *stanzas, guint n, GError **error);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SanStreamPush, san_stream_push_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SanStreamPull, san_stream_pull_free)

G_END_DECLS
