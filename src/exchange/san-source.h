/* san-source.h - bytes of a file from its beginning on, wherever it lies
 *
 * Local files go through base's table of system calls, so that a test can fail or count them;
 * others through GIO. Nothing is read ahead. */
#pragma once
#include "san-error.h"
G_BEGIN_DECLS

typedef struct _SanSource SanSource;

/* regular files only; NOT_FOUND, IO, REFUSED */
SanSource  *san_source_open     (GFile *file, GCancellable *cancellable, GError **error);
SanSource  *san_source_open_path (const char *path, GError **error);
SanSource  *san_source_new_bytes (GBytes *bytes);           /* (transfer none): keeps a reference */
guint64     san_source_get_size (const SanSource *self);          /* as it was when it was opened */
/* less than n only at the end */
gboolean    san_source_read     (SanSource *self, void *out, gsize n, gsize *got, GError **error);
void        san_source_free     (SanSource *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SanSource, san_source_free)

G_END_DECLS
