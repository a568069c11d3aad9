/* san-place.h - a folder where bundles are exchanged: a stick, a shared folder, dav, sftp, smb
 *
 * Files in it never change once they have their name: they are written as `.part`, synced,
 * renamed, and read back. Local folders go through base's table of system calls, others through
 * GIO. What is there may be old, half or missing: a place is never believed. */
#pragma once
#include "san-bundle.h"
#include "san-bundle-writer.h"
#include "san-source.h"
G_BEGIN_DECLS

#define SAN_PLACE_FILES_LIMIT 4096u

typedef struct _SanPlace SanPlace;

typedef struct
{
  char    *name;
  guint64  size;
  gint64   time;                        /* ms: the newest that the file system says of it */
  gboolean whole;                       /* the size is one that a whole bundle can have */
  gboolean named;                       /* the name is one that we give, in whatever case */
} SanPlaceFile;

/*
 * Errors of all of these: NOT_FOUND (no such folder or file any more, or a local folder that is on
 * another medium than when it was first looked at: stick pulled), READ_ONLY, NO_SPACE, REFUSED (not
 * a folder, not a regular file), IO.
 */
SanPlace   *san_place_new       (GFile *folder);
SanPlace   *san_place_new_uri   (const char *uri_or_path);
GFile      *san_place_get_folder (const SanPlace *self);                    /* (transfer none) */
const char *san_place_get_path  (const SanPlace *self);             /* (nullable): if it is local */

/**
 * san_place_list:
 *
 * Who looks into them does so at SAN_PLACE_FILES_LIMIT at most in one go, from the first on: a
 * crowd of strange files delays ours, never hides it.
 *
 * Returns: (transfer full) (element-type SanPlaceFile): `.dat` files up to 600 MiB: whole sizes
 *   first, of these names like ours first, of these the newest first
 */
GPtrArray  *san_place_list      (SanPlace *self, GCancellable *cancellable, GError **error);
SanSource  *san_place_open      (SanPlace *self, const char *name, GCancellable *cancellable,
                                 GError **error);

/* Copies to a local file first, since a stick may change under us; at most 600 MiB. */
gboolean    san_place_fetch     (SanPlace *self, const char *name, const char *to_path,
                                 GCancellable *cancellable, GError **error);

/* A finished local file goes there under its name; read back and compared. */
gboolean    san_place_put       (SanPlace *self, const char *from_path, const char *name,
                                 GCancellable *cancellable, GError **error);

/* Finishes the bundle right there if the folder is local, else beside temp_dir and puts it. */
gboolean    san_place_finish    (SanPlace *self, SanBundleWriter *writer, const char *temp_dir,
                                 SanBundleResult *out, GCancellable *cancellable, GError **error);

/* Deletes one of our own files (REFUSED for any other kind of name); missing is fine. */
gboolean    san_place_remove    (SanPlace *self, const char *name, GCancellable *cancellable,
                                 GError **error);

/* Our .part files that a pulled stick left behind: removed if older than an hour. Returns how many.
 */
guint       san_place_tidy      (SanPlace *self, GCancellable *cancellable);

/* Is a bundle of that name there, and of a size that a whole one can have? FALSE also if the place
 * cannot say: then it is written once more. */
gboolean    san_place_has       (SanPlace *self, const char *name);

/* G_MAXUINT64 if the place cannot say. */
gboolean    san_place_get_free  (SanPlace *self, guint64 *bytes, GCancellable *cancellable,
                                 GError **error);
void        san_place_free      (SanPlace *self);
void        san_place_file_free (SanPlaceFile *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SanPlace, san_place_free)

G_END_DECLS
