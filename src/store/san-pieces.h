/* san-pieces.h - encrypted attachment pieces, one file each under DIR/pieces, named by their id
 *
 * What a piece says is known only to whoever can read the attachment's value. A piece that does
 * not match its name is never handed out. */
#pragma once
#include "san-attachment.h"
G_BEGIN_DECLS

typedef struct _SanPieces SanPieces;

/* the store's folder; pieces/ is made if missing */
SanPieces *san_pieces_open         (const char *dir, GError **error);
void       san_pieces_free         (SanPieces *self);
/* is there; not yet checked */
gboolean   san_pieces_has          (const SanPieces *self, const SanId32 *id);
/* sealed; NOT_FOUND, DAMAGED */
GBytes    *san_pieces_read         (const SanPieces *self, const SanId32 *id, GError **error);
/* id: (out) (optional) */
gboolean   san_pieces_write        (const SanPieces *self, GBytes *sealed, SanId32 *id,
                                    GError **error);
/* missing is fine */
gboolean   san_pieces_remove       (const SanPieces *self, const SanId32 *id, GError **error);
/* SanId32*, ascending; leftovers of a crash are removed */
GPtrArray *san_pieces_list         (const SanPieces *self, GError **error);
gboolean   san_pieces_measure      (const SanPieces *self, guint64 *n, guint64 *bytes,
                                    GError **error);

/**
 * san_pieces_add_file:
 *
 * Seals a file into pieces under a fresh key. Pieces written are removed again on failure.
 * REFUSED: more than 64 MiB, or not a plain file.
 *
 * Returns: (transfer full): the value that names them
 */
SanValue  *san_pieces_add_file     (const SanPieces *self, const char *path, const char *media_type,
                                    const char *name,
                                    GCancellable *cancellable, GError **error);
SanValue  *san_pieces_add_bytes    (const SanPieces *self, GBytes *plain, const char *media_type,
                                    const char *name, GError **error);
/* The whole attachment in memory. NOT_FOUND: pieces are missing. */
GBytes    *san_pieces_get_bytes    (const SanPieces *self, const SanAttachment *attachment,
                                    GError **error);
/* Writes the attachment to @path (0600), whole or not at all. */
gboolean   san_pieces_get_file     (const SanPieces *self, const SanAttachment *attachment,
                                    const char *path,
                                    GCancellable *cancellable, GError **error);
/* SanId32*, no repeats; never NULL */
GPtrArray *san_pieces_list_missing (const SanPieces *self, const SanAttachment *attachment);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SanPieces, san_pieces_free)

G_END_DECLS
