/* san-attachment.h - the value of type 6, and its pieces: 1 MiB each under a key of their own */
#pragma once
#include "san-value.h"
#include "san-keys.h"
G_BEGIN_DECLS

#define SAN_ATTACHMENT_LIMIT  (64u * 1024 * 1024)
#define SAN_PIECE_SIZE        (1024u * 1024)
#define SAN_PIECES_LIMIT      64

typedef struct _SanAttachment SanAttachment;   /* immutable after the last piece is sealed; owned */

/* fresh key; REFUSED: too large */
SanAttachment *san_attachment_new          (guint64 size, const char *media_type, const char *name,
                                            GError **error);
SanAttachment *san_attachment_parse        (const guint8 *data, gsize n, GError **error);
SanAttachment *san_attachment_from_value   (const SanValue *value, GError **error);
/* REFUSED while pieces are missing */
SanValue      *san_attachment_to_value     (const SanAttachment *self, GError **error);
void           san_attachment_free         (SanAttachment *self);
guint64        san_attachment_get_size     (const SanAttachment *self);
/* size / 1 MiB, rounded up */
guint          san_attachment_get_n_pieces (const SanAttachment *self);
const SanId32 *san_attachment_get_piece    (const SanAttachment *self, guint i);
const char    *san_attachment_get_media_type (const SanAttachment *self);
const char    *san_attachment_get_name     (const SanAttachment *self);
/* bytes of piece i, before padding */
gsize          san_attachment_get_plain_size (const SanAttachment *self, guint i);
gsize          san_attachment_get_sealed_size (const SanAttachment *self, guint i);

/* Seals piece @i from exactly its plain bytes and remembers its id. Returns: (transfer full). */
GBytes        *san_attachment_seal_piece   (SanAttachment *self, guint i, const guint8 *plain,
                                            gsize n, GError **error);
/* Opens piece @i: id, key, place and padding must fit (else UNTRUSTED). Returns: (transfer full):
 * without padding. */
GBytes        *san_attachment_open_piece   (const SanAttachment *self, guint i, GBytes *sealed,
                                            GError **error);
/* H("san1.piece.id", …) */
void           san_piece_get_id            (GBytes *sealed, SanId32 *out);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SanAttachment, san_attachment_free)

G_END_DECLS
