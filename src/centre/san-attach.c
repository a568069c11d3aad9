/* san-attach.c - a file that somebody attaches to a record
 *
 * What a photo says of place, time and camera is taken out first, and of the file's name, which
 * may say who she is, nothing is kept. A picture that cannot be cleaned is refused: it would carry
 * where it was taken to every centre that the child is shared with. */
#include "san-attach.h"
#include "san-file.h"
#include "san-picture.h"
#include "san-pieces.h"

#define MEDIA_TYPE_UNKNOWN "application/octet-stream"
#define NAME "paper"

/* Photos are small enough to be cleaned in memory. */
static SanValue *
attach_picture (const SanPieces *pieces, const char *path, SanPictureKind kind, GError **error)
{
  g_autoptr(GBytes) given = san_file_read (path, SAN_ATTACHMENT_LIMIT, error);
  g_autoptr(GBytes) clean = given != NULL ? san_picture_clean (given, error) : NULL;

  return clean != NULL
             ? san_pieces_add_bytes (pieces, clean, san_picture_get_media_type (kind), NAME, error)
             : NULL;
}

/* Its name calls it a picture or a film, and its bytes are of no kind that could be cleaned. */
static gboolean
is_called_picture (const char *media)
{
  return g_str_has_prefix (media, "image/") || g_str_has_prefix (media, "video/");
}

static char *
dup_media_type (const char *path)
{
  g_autofree char *type = g_content_type_guess (path, NULL, 0, NULL);
  char *media = type != NULL ? g_content_type_get_mime_type (type) : NULL;

  return media != NULL ? media : g_strdup (MEDIA_TYPE_UNKNOWN);
}

/**
 * san_attach_file:
 *
 * Cleaned if it is a JPEG or PNG picture, and sealed into pieces, which are durable before the
 * entry that names them. PICTURE: a photo or film of another kind, or a damaged one. REFUSED: more
 * than 64 MiB, or not a plain file.
 *
 * Returns: (transfer full): the value that names the pieces
 */
SanValue *
san_attach_file (SanCentre *self, const char *path, GError **error)
{
  g_autoptr(SanPieces) pieces = san_pieces_open (self->dir, error);
  g_autofree char *media = dup_media_type (path);
  g_autoptr(GBytes) head = NULL;
  SanPictureKind kind;
  SanFileKind found;
  guint64 size = 0;

  if (pieces == NULL || !san_file_look (path, &found, &size, error))
    return NULL;
  if (found != SAN_FILE_PLAIN || size > SAN_ATTACHMENT_LIMIT)
    return san_pieces_add_file (pieces, path, media, NAME, NULL,
                                error); /* says what is wrong with it */
  head = san_file_read_head (path, SAN_PICTURE_HEAD, error);
  if (head == NULL)
    return NULL;
  kind = san_picture_get_kind (g_bytes_get_data (head, NULL), g_bytes_get_size (head));
  if (san_picture_get_media_type (kind) != NULL)
    return attach_picture (pieces, path, kind, error);
  if (kind == SAN_PICTURE_OTHER || is_called_picture (media))
    {
      g_set_error (error, SAN_ERROR, SAN_ERROR_PICTURE, "a file of the kind %s cannot be cleaned",
                   media);
      return NULL;
    }
  return san_pieces_add_file (pieces, path, media, NAME, NULL, error);
}
