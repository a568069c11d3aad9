/* san-disk.c - files under `.part` until they are whole; reading that asks the medium */
#include "san-disk.h"

#include "san-bundle.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#define NEUTRAL_TIME 946684800      /* 2000-01-01: a stick need not tell when we were at work */

struct _SanPartFile
{
  char *folder;
  char *part;
  char *final;
  int fd;
  gboolean has_part;
  gboolean committed;
};

/**
 * san_disk_open_read:
 *
 * A pipe, a device or a folder is %SAN_ERROR_REFUSED, and cannot hold us up.
 */
int
san_disk_open_read (const char *path, guint64 *size, GError **error)
{
  struct stat info;
  int fd = san_file_open (path, O_RDONLY | O_NONBLOCK | O_NOCTTY, 0);

  if (fd < 0)
    {
      san_file_fail (error, errno == EACCES || errno == EPERM ? EIO : errno, "opening", path);
      return -1;
    }
  if (san_file_stat_open (fd, &info) < 0)
    {
      san_file_fail (error, errno, "looking at", path);
      san_disk_close (fd);
      return -1;
    }
  if (!S_ISREG (info.st_mode))
    {
      g_set_error (error, SAN_ERROR, SAN_ERROR_REFUSED, "%s is not a regular file", path);
      san_disk_close (fd);
      return -1;
    }
  *size = (guint64) info.st_size;
  return fd;
}

gboolean
san_disk_read (int fd, void *out, gsize n, gsize *got, GError **error)
{
  gsize have = 0;

  while (have < n)
    {
      ssize_t step = san_file_get_ops ()->read (fd, (guint8 *) out + have, n - have);

      if (step < 0 && errno == EINTR)
        continue;
      if (step < 0)
        return san_error_set_errno (error, errno, "reading");
      if (step == 0)
        break;
      have += (gsize) step;
    }
  *got = have;
  return TRUE;
}

void
san_disk_close (int fd)
{
  if (fd >= 0)
    san_file_get_ops ()->close (fd);
}

/**
 * san_disk_forget:
 *
 * Asks the system to let go of what it holds of a written file. What it keeps all the same is no
 * error; a file that cannot be opened is.
 */
gboolean
san_disk_forget (const char *path, GError **error)
{
  guint64 size;
  int fd = san_disk_open_read (path, &size, error);

  if (fd < 0)
    return FALSE;
  posix_fadvise (fd, 0, 0, POSIX_FADV_DONTNEED);
  san_disk_close (fd);
  return TRUE;
}

/**
 * san_part_file_new:
 *
 * Begins `NAME.part` in @folder; one that a pulled stick left behind is written over. A link is
 * never followed: a stick that somebody prepared must not make us write elsewhere.
 */
SanPartFile *
san_part_file_new (const char *folder, const char *name, GError **error)
{
  g_autoptr(SanPartFile) self = g_new0 (SanPartFile, 1);

  self->folder = g_strdup (folder);
  self->final = g_build_filename (folder, name, NULL);
  self->part = g_strconcat (self->final, SAN_BUNDLE_PART_END, NULL);
  self->fd = san_file_open (self->part,
                            O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_NONBLOCK, 0644);
  if (self->fd < 0)
    {
      san_file_fail (error, errno, "making", self->part);
      return NULL;
    }
  self->has_part = TRUE;
  return g_steal_pointer (&self);
}

gboolean
san_part_file_write (SanPartFile *self, const void *data, gsize n, GError **error)
{
  return san_file_write_all (self->fd, data, n, error);
}

static gboolean
sync_and_close (SanPartFile *self, gboolean durable, GError **error)
{
  struct timespec times[2] = { { NEUTRAL_TIME, 0 }, { NEUTRAL_TIME, 0 } };
  int fd = self->fd;
  int result;

  futimens (fd, times);             /* a nicety: not every medium can */
  do
    result = durable ? san_file_get_ops ()->sync (fd) : 0;
  while (result < 0 && errno == EINTR);
  if (result < 0)
    return san_file_fail (error, errno, "syncing", self->part);
  self->fd = -1;
  if (san_file_get_ops ()->close (fd) < 0 && errno != EINTR)
    return san_file_fail (error, errno, "closing", self->part);
  return TRUE;
}

gboolean
san_part_file_commit (SanPartFile *self, gboolean durable, GError **error)
{
  if (!sync_and_close (self, durable, error))
    return FALSE;
  if (san_file_get_ops ()->rename (self->part, self->final) < 0)
    return san_file_fail (error, errno, "renaming onto", self->final);
  self->has_part = FALSE;
  self->committed = TRUE;
  if (durable && san_file_get_ops ()->sync_dir (self->folder) < 0)
    {
      san_file_fail (error, errno, "syncing the folder of", self->final);
      san_part_file_undo (self);
      return FALSE;
    }
  return TRUE;
}

const char *
san_part_file_get_path (const SanPartFile *self)
{
  return self->final;
}

void
san_part_file_undo (SanPartFile *self)
{
  if (!self->committed)
    return;
  self->committed = FALSE;
  san_file_get_ops ()->unlink (self->final);
  san_file_get_ops ()->sync_dir (self->folder);
}

void
san_part_file_free (SanPartFile *self)
{
  if (self == NULL)
    return;
  if (self->has_part)
    {
      san_disk_close (self->fd);
      san_file_get_ops ()->unlink (self->part);
    }
  g_free (self->folder);
  g_free (self->part);
  g_free (self->final);
  g_free (self);
}

static SanErrorCode
code_from_gio (const GError *from)
{
  if (from->domain != G_IO_ERROR)
    return SAN_ERROR_IO;
  switch (from->code)
    {
    case G_IO_ERROR_NOT_FOUND:
    case G_IO_ERROR_NOT_MOUNTED:
    case G_IO_ERROR_NOT_DIRECTORY:
    case G_IO_ERROR_HOST_NOT_FOUND:
    case G_IO_ERROR_HOST_UNREACHABLE:
    case G_IO_ERROR_NETWORK_UNREACHABLE:
      return SAN_ERROR_NOT_FOUND;
    case G_IO_ERROR_NO_SPACE:
      return SAN_ERROR_NO_SPACE;
    case G_IO_ERROR_READ_ONLY:
    case G_IO_ERROR_PERMISSION_DENIED:
      return SAN_ERROR_READ_ONLY;
    case G_IO_ERROR_BUSY:
      return SAN_ERROR_IN_USE;
    case G_IO_ERROR_NOT_REGULAR_FILE:
    case G_IO_ERROR_IS_DIRECTORY:
      return SAN_ERROR_REFUSED;
    default:
      return SAN_ERROR_IO;
    }
}

/**
 * san_error_take_gio:
 *
 * A cancelled operation stays %G_IO_ERROR_CANCELLED: that one is the caller's own doing.
 */
gboolean
san_error_take_gio (GError **error, GError *from, const char *what)
{
  if (from->domain == SAN_ERROR || g_error_matches (from, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, from);
      return FALSE;
    }
  g_set_error (error, SAN_ERROR, code_from_gio (from), "%s: %s", what, from->message);
  g_error_free (from);
  return FALSE;
}

gboolean
san_disk_get_free (GFile *folder, guint64 *bytes, GCancellable *cancellable, GError **error)
{
  g_autofree char *path = g_file_is_native (folder) ? g_file_get_path (folder) : NULL;
  g_autoptr(GFileInfo) info = NULL;
  GError *problem = NULL;

  if (path != NULL)
    return san_file_get_space (path, bytes, error);
  info = g_file_query_filesystem_info (folder, G_FILE_ATTRIBUTE_FILESYSTEM_FREE, cancellable,
                                       &problem);
  if (info == NULL && g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED))
    {
      g_error_free (problem);
      *bytes = G_MAXUINT64;
      return TRUE;
    }
  if (info == NULL)
    return san_error_take_gio (error, problem, "asking for free space");
  *bytes = g_file_info_has_attribute (info, G_FILE_ATTRIBUTE_FILESYSTEM_FREE)
               ? g_file_info_get_attribute_uint64 (info, G_FILE_ATTRIBUTE_FILESYSTEM_FREE)
               : G_MAXUINT64;
  return TRUE;
}

/**
 * san_disk_check_room:
 *
 * Asked before anything is written, so that the person hears at once how much is missing.
 */
gboolean
san_disk_check_room (GFile *folder, guint64 size, GCancellable *cancellable, GError **error)
{
  guint64 room;

  if (!san_disk_get_free (folder, &room, cancellable, error))
    return FALSE;
  if (room >= size)
    return TRUE;
  g_set_error (error, SAN_ERROR, SAN_ERROR_NO_SPACE,
               "room for %" G_GUINT64_FORMAT " bytes, %" G_GUINT64_FORMAT " are needed", room,
               size);
  return FALSE;
}
