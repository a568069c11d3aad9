/* san-disk.h - a local file written or read in pieces through base's table of system calls
 *
 * For this room alone. Each call is repeated when a signal interrupts it. */
#pragma once
#include "san-error.h"
#include "san-file.h"
G_BEGIN_DECLS

/* regular files only; -1 on failure */
int       san_disk_open_read (const char *path, guint64 *size, GError **error);
gboolean  san_disk_read      (int fd, void *out, gsize n, gsize *got, GError **error);
void      san_disk_close     (int fd);                                             /* -1 is fine */
/* what the cache holds of it, so that reading asks the medium */
gboolean  san_disk_forget    (const char *path, GError **error);

/* G_MAXUINT64: cannot say */
gboolean  san_disk_get_free  (GFile *folder, guint64 *bytes, GCancellable *cancellable,
                              GError **error);
/* NO_SPACE */
gboolean  san_disk_check_room (GFile *folder, guint64 size, GCancellable *cancellable,
                               GError **error);

/* A file that gets its name only when it is whole and on the medium. */
typedef struct _SanPartFile SanPartFile;

SanPartFile *san_part_file_new    (const char *folder, const char *name, GError **error);
gboolean     san_part_file_write  (SanPartFile *self, const void *data, gsize n, GError **error);
/* time made neutral, sync, rename, folder synced; not durable: renamed only */
gboolean     san_part_file_commit (SanPartFile *self, gboolean durable, GError **error);
const char  *san_part_file_get_path (const SanPartFile *self);                   /* its final one */
void         san_part_file_undo   (SanPartFile *self);        /* after commit: away with it again */
void         san_part_file_free   (SanPartFile *self);      /* removes the .part if not committed */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SanPartFile, san_part_file_free)

/* GIO's own errors as ours; always FALSE. (transfer full) from */
gboolean     san_error_take_gio   (GError **error, GError *from, const char *what);

G_END_DECLS
