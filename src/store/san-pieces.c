/* san-pieces.c - encrypted attachment pieces, one file each: DIR/pieces/ab/abcd….
 *
 * A piece's name is the hash of its bytes, so a name tells nothing, writing twice is harmless, and
 * damage shows at the first reading. Nothing here knows which case a piece belongs to. */
#include "san-pieces.h"

#include "san-file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define SEALED_LIMIT (SAN_PIECE_SIZE + SAN_AEAD_TAG_SIZE)
#define NAME_SIZE    64u

struct _SanPieces
{
  char *dir;
};

/**
 * san_pieces_open:
 * @dir: the store's folder
 *
 * Returns: (transfer full): the pieces under it
 */
SanPieces *
san_pieces_open (const char *dir, GError **error)
{
  g_autoptr(SanPieces) self = g_new0 (SanPieces, 1);

  self->dir = g_build_filename (dir, "pieces", NULL);
  return san_file_make_dir (self->dir, error) ? g_steal_pointer (&self) : NULL;
}

void
san_pieces_free (SanPieces *self)
{
  if (self == NULL)
    return;
  g_free (self->dir);
  g_free (self);
}

static char *
piece_path (const SanPieces *self, const SanId32 *id)
{
  g_autofree char *name = san_id32_to_text (id);
  char folder[3] = { name[0], name[1], '\0' };

  return g_build_filename (self->dir, folder, name, NULL);
}

gboolean
san_pieces_has (const SanPieces *self, const SanId32 *id)
{
  g_autofree char *path = piece_path (self, id);
  SanFileKind kind;

  return san_file_look (path, &kind, NULL, NULL) && kind == SAN_FILE_PLAIN;
}

/**
 * san_pieces_read:
 *
 * Returns: (transfer full): the sealed bytes, which match their id; %SAN_ERROR_NOT_FOUND,
 *   %SAN_ERROR_DAMAGED
 */
GBytes *
san_pieces_read (const SanPieces *self, const SanId32 *id, GError **error)
{
  g_autofree char *path = piece_path (self, id);
  g_autoptr(GBytes) sealed = san_file_read (path, SEALED_LIMIT, error);
  SanId32 found;

  if (sealed == NULL)
    return NULL;
  san_piece_get_id (sealed, &found);
  if (!san_id32_equal (&found, id))
    {
      g_autofree char *name = san_id32_to_text (id);

      g_set_error (error, SAN_ERROR, SAN_ERROR_DAMAGED, "piece %s does not match its name", name);
      return NULL;
    }
  return g_steal_pointer (&sealed);
}

/**
 * san_pieces_write:
 * @id: (out) (optional): its name
 *
 * Durable on return. A whole copy that is here already is left alone, a damaged one replaced.
 */
gboolean
san_pieces_write (const SanPieces *self, GBytes *sealed, SanId32 *id, GError **error)
{
  SanId32 name;
  g_autofree char *path = NULL;
  g_autofree char *folder = NULL;
  g_autoptr(GBytes) here = NULL;

  if (g_bytes_get_size (sealed) > SEALED_LIMIT)
    {
      g_set_error (error, SAN_ERROR, SAN_ERROR_DAMAGED, "piece of %" G_GSIZE_FORMAT
                   " bytes, limit is %u", g_bytes_get_size (sealed), SEALED_LIMIT);
      return FALSE;
    }
  san_piece_get_id (sealed, &name);
  path = piece_path (self, &name);
  folder = g_path_get_dirname (path);
  here = san_pieces_read (self, &name, NULL);
  if (here == NULL
      && (!san_file_make_dir (folder, error) || !san_file_replace (path, sealed, 0600, error)))
    return FALSE;
  if (id != NULL)
    *id = name;
  return TRUE;
}

gboolean
san_pieces_remove (const SanPieces *self, const SanId32 *id, GError **error)
{
  g_autofree char *path = piece_path (self, id);
  g_autofree char *folder = g_path_get_dirname (path);
  SanFileKind kind;

  if (!san_file_look (folder, &kind, NULL, error))
    return FALSE;
  return kind != SAN_FILE_FOLDER || san_file_remove (path, error);
}

/* ---- listing ---- */

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  return san_id32_compare (*(const SanId32 *const *) a, *(const SanId32 *const *) b);
}

static gboolean
list_folder (const char *path, const char *folder, GPtrArray *ids, guint64 *bytes, GError **error)
{
  g_auto(GStrv) names = san_file_list (path, error);

  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    {
      g_autofree char *file = g_build_filename (path, names[i], NULL);
      SanFileKind kind;
      guint64 size;
      SanId32 id;

      if (g_str_has_suffix (names[i], ".tmp"))
        san_file_get_ops ()->unlink (file);            /* left by a power cut */
      else if (strlen (names[i]) == NAME_SIZE && strncmp (names[i], folder, 2) == 0
               && san_id32_from_text (names[i], &id, NULL))
        {
          if (!san_file_look (file, &kind, &size, error))
            return FALSE;
          if (kind != SAN_FILE_PLAIN)
            continue;
          g_ptr_array_add (ids, san_id32_copy (&id));
          *bytes += size;
        }
    }
  return names != NULL;
}

/* All or an error: what is not listed would be missing from a backup. */
static GPtrArray *
list_all (const SanPieces *self, guint64 *bytes, GError **error)
{
  g_autoptr(GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_auto(GStrv) names = san_file_list (self->dir, error);

  if (names == NULL)
    return NULL;
  *bytes = 0;
  for (guint i = 0; names[i] != NULL; i++)
    if (strlen (names[i]) == 2)
      {
        g_autofree char *path = g_build_filename (self->dir, names[i], NULL);

        if (!list_folder (path, names[i], ids, bytes, error))
          return NULL;
      }
  g_ptr_array_sort (ids, compare_ids);
  return g_steal_pointer (&ids);
}

/**
 * san_pieces_list:
 *
 * Returns: (transfer full) (element-type SanId32): names of all pieces here, unchecked, ascending
 */
GPtrArray *
san_pieces_list (const SanPieces *self, GError **error)
{
  guint64 bytes;

  return list_all (self, &bytes, error);
}

gboolean
san_pieces_measure (const SanPieces *self, guint64 *n, guint64 *bytes, GError **error)
{
  guint64 sum;
  g_autoptr(GPtrArray) ids = list_all (self, &sum, error);

  if (ids == NULL)
    return FALSE;
  *n = ids->len;
  *bytes = sum;
  return TRUE;
}

GPtrArray *
san_pieces_list_missing (const SanPieces *self, const SanAttachment *attachment)
{
  GPtrArray *missing = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < san_attachment_get_n_pieces (attachment); i++)
    {
      const SanId32 *id = san_attachment_get_piece (attachment, i);

      if (!san_pieces_has (self, id)
          && !g_ptr_array_find_with_equal_func (missing, id, san_id32_equal, NULL))
        g_ptr_array_add (missing, san_id32_copy (id));
    }
  return missing;
}

/* ---- whole attachments ---- */

/* Seals and writes one piece; its id goes to @written, to be taken back on failure. */
static gboolean
add_piece (const SanPieces *self, SanAttachment *attachment, guint i, const guint8 *plain,
           GPtrArray *written, GError **error)
{
  gsize n = san_attachment_get_plain_size (attachment, i);
  g_autoptr(GBytes) sealed = san_attachment_seal_piece (attachment, i, plain, n, error);
  SanId32 id;

  if (sealed == NULL || !san_pieces_write (self, sealed, &id, error))
    return FALSE;
  g_ptr_array_add (written, san_id32_copy (&id));
  return TRUE;
}

static void
take_back (const SanPieces *self, GPtrArray *written)
{
  for (guint i = 0; i < written->len; i++)
    san_pieces_remove (self, g_ptr_array_index (written, i), NULL);
}

SanValue *
san_pieces_add_bytes (const SanPieces *self, GBytes *plain, const char *media_type,
                      const char *name, GError **error)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (plain, &size);
  g_autoptr(SanAttachment) attachment = san_attachment_new (size, media_type, name, error);
  g_autoptr(GPtrArray) written = g_ptr_array_new_with_free_func (g_free);
  SanValue *value = NULL;
  gboolean ok = attachment != NULL;

  for (guint i = 0; ok && i < san_attachment_get_n_pieces (attachment); i++)
    ok = add_piece (self, attachment, i, data + (gsize) i * SAN_PIECE_SIZE, written, error);
  if (ok)
    value = san_attachment_to_value (attachment, error);
  if (value == NULL)
    take_back (self, written);
  return value;
}

/* Exactly @n bytes; a file that ends sooner is being written by somebody. */
static gboolean
read_exactly (int fd, guint8 *into, gsize n, GError **error)
{
  while (n > 0)
    {
      ssize_t got = san_file_get_ops ()->read (fd, into, n);

      if (got < 0 && errno == EINTR)
        continue;
      if (got < 0)
        return san_error_set_errno (error, errno, "reading the file to attach");
      if (got == 0)
        {
          g_set_error_literal (error, SAN_ERROR, SAN_ERROR_IO,
                               "the file to attach grew shorter while it was read");
          return FALSE;
        }
      into += got;
      n -= (gsize) got;
    }
  return TRUE;
}

static int
open_plain_file (const char *path, guint64 *size, GError **error)
{
  struct stat info;
  int fd = san_file_get_ops ()->open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY, 0);

  if (fd < 0)
    {
      san_error_set_errno (error, errno == EACCES || errno == EPERM ? EIO : errno,
                           "opening the file to attach");
      return -1;
    }
  if (san_file_stat_open (fd, &info) < 0)
    {
      san_error_set_errno (error, errno, "looking at the file to attach");
      san_file_get_ops ()->close (fd);
      return -1;
    }
  if (!S_ISREG (info.st_mode) || (guint64) info.st_size > SAN_ATTACHMENT_LIMIT)
    {
      g_set_error (error, SAN_ERROR, SAN_ERROR_REFUSED,
                   "only a plain file of at most %u bytes can be attached",
                   SAN_ATTACHMENT_LIMIT);
      san_file_get_ops ()->close (fd);
      return -1;
    }
  *size = (guint64) info.st_size;
  return fd;
}

static gboolean
add_from (const SanPieces *self, int fd, SanAttachment *attachment, GPtrArray *written,
          GCancellable *cancellable, GError **error)
{
  g_autofree guint8 *plain = g_malloc (SAN_PIECE_SIZE);
  gboolean ok = TRUE;

  for (guint i = 0; ok && i < san_attachment_get_n_pieces (attachment); i++)
    ok = !g_cancellable_set_error_if_cancelled (cancellable, error)
         && read_exactly (fd, plain, san_attachment_get_plain_size (attachment, i), error)
         && add_piece (self, attachment, i, plain, written, error);
  san_wipe (plain, SAN_PIECE_SIZE);
  return ok;
}

SanValue *
san_pieces_add_file (const SanPieces *self, const char *path, const char *media_type,
                     const char *name, GCancellable *cancellable, GError **error)
{
  guint64 size;
  int fd = open_plain_file (path, &size, error);
  g_autoptr(SanAttachment) attachment = NULL;
  g_autoptr(GPtrArray) written = g_ptr_array_new_with_free_func (g_free);
  SanValue *value = NULL;

  if (fd < 0)
    return NULL;
  attachment = san_attachment_new (size, media_type, name, error);
  if (attachment != NULL && add_from (self, fd, attachment, written, cancellable, error))
    value = san_attachment_to_value (attachment, error);
  san_file_get_ops ()->close (fd);
  if (value == NULL)
    take_back (self, written);
  return value;
}

static gboolean
get_piece (const SanPieces *self, const SanAttachment *attachment, guint i, guint8 *into,
           GError **error)
{
  g_autoptr(GBytes) sealed
    = san_pieces_read (self, san_attachment_get_piece (attachment, i), error);
  g_autoptr(GBytes) plain
    = sealed != NULL ? san_attachment_open_piece (attachment, i, sealed, error) : NULL;

  if (plain == NULL)
    return FALSE;
  memcpy (into + (gsize) i * SAN_PIECE_SIZE, g_bytes_get_data (plain, NULL),
          g_bytes_get_size (plain));
  return TRUE;
}

static GBytes *
get_bytes (const SanPieces *self, const SanAttachment *attachment, GCancellable *cancellable,
           GError **error)
{
  gsize size = (gsize) san_attachment_get_size (attachment);
  g_autofree guint8 *plain = g_malloc (size + 1);

  for (guint i = 0; i < san_attachment_get_n_pieces (attachment); i++)
    if (g_cancellable_set_error_if_cancelled (cancellable, error)
        || !get_piece (self, attachment, i, plain, error))
      return NULL;
  return g_bytes_new_take (g_steal_pointer (&plain), size);
}

GBytes *
san_pieces_get_bytes (const SanPieces *self, const SanAttachment *attachment, GError **error)
{
  return get_bytes (self, attachment, NULL, error);
}

gboolean
san_pieces_get_file (const SanPieces *self, const SanAttachment *attachment, const char *path,
                     GCancellable *cancellable, GError **error)
{
  g_autoptr(GBytes) plain = get_bytes (self, attachment, cancellable, error);

  return plain != NULL && san_file_replace (path, plain, 0600, error);
}
