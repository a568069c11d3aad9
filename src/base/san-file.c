/* san-file.c - whole small files read and replaced
 *
 * Order of a replacement: write a new file beside the old, sync it, rename it over the old, sync
 * the folder. At any instant a reader sees all of the old or all of the new. Nothing here calls
 * the system but through the table of operations. */
#include "san-file.h"

#include "san-error.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>
#include <unistd.h>

#define READ_STEP 65536u

static int
system_open (const char *path, int flags, mode_t mode)
{
  return open (path, flags, mode);
}

/* Some file systems of sticks cannot sync a folder; they say so with EINVAL, and the rename is
 * as durable there as it can be. */
static int
system_sync_dir (const char *path)
{
  int fd = open (path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  int result;
  int errsv;

  if (fd < 0)
    return -1;
  do
    result = fsync (fd);
  while (result < 0 && errno == EINTR);
  errsv = errno;
  close (fd);
  if (result < 0 && errsv != EINVAL && errsv != ENOTSUP && errsv != ENOSYS)
    {
      errno = errsv;
      return -1;
    }
  return 0;
}

/* Unlike GDir it tells a folder that could not be read to its end from one that ended. */
static char **
system_list (const char *path)
{
  g_autoptr(GStrvBuilder) names = g_strv_builder_new ();
  DIR *dir = opendir (path);
  struct dirent *row;
  int errsv;

  if (dir == NULL)
    return NULL;
  while ((void) (errno = 0), (row = readdir (dir)) != NULL)
    if (strcmp (row->d_name, ".") != 0 && strcmp (row->d_name, "..") != 0)
      g_strv_builder_add (names, row->d_name);
  errsv = errno;
  closedir (dir);
  errno = errsv;
  return errsv == 0 ? g_strv_builder_end (names) : NULL;
}

/* File systems that do not count (in memory, of phones) tell a size of nothing: there may be room.
 */
static int
system_space (const char *path, guint64 *bytes)
{
  struct statvfs fs;

  if (statvfs (path, &fs) != 0)
    return -1;
  *bytes = fs.f_blocks != 0 ? (guint64) fs.f_bavail * fs.f_frsize : G_MAXUINT64;
  return 0;
}

static const SanFileOps system_ops = {
  .open = system_open,
  .close = close,
  .read = read,
  .write = write,
  .sync = fsync,
  .rename = rename,
  .unlink = unlink,
  .sync_dir = system_sync_dir,
  .mkdir = mkdir,
  .stat = stat,
  .lstat = lstat,
  .fstat = fstat,
  .list = system_list,
  .space = system_space,
  .rmdir = rmdir,
};

static const SanFileOps *current_ops = &system_ops;

const SanFileOps *
san_file_get_ops (void)
{
  return g_atomic_pointer_get (&current_ops);
}

/**
 * san_file_set_ops:
 * @ops: (nullable): borrowed for as long as it is set; %NULL: the system's own
 *
 * For tests, before other threads run.
 */
void
san_file_set_ops (const SanFileOps *ops)
{
  g_atomic_pointer_set (&current_ops, ops != NULL ? ops : &system_ops);
}

/**
 * san_file_fail:
 * @errsv: the saved errno
 * @doing: e.g. "opening"; the file's name follows, without its folder
 *
 * Returns: always %FALSE, with the code that fits @errsv
 */
gboolean
san_file_fail (GError **error, int errsv, const char *doing, const char *path)
{
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *what = g_strdup_printf ("%s %s", doing, name);

  return san_error_set_errno (error, errsv, what);
}

/**
 * san_file_open:
 *
 * Opens through the table of calls, again when a signal interrupts.
 *
 * Returns: the descriptor, to be closed through the same table; -1 and errno
 */
int
san_file_open (const char *path, int flags, mode_t mode)
{
  int fd;

  do
    fd = san_file_get_ops ()->open (path, flags | O_CLOEXEC, mode);
  while (fd < 0 && errno == EINTR);
  return fd;
}

static gboolean
sync_retry (int fd)
{
  int result;

  do
    result = san_file_get_ops ()->sync (fd);
  while (result < 0 && errno == EINTR);
  return result == 0;
}

static gboolean
sync_folder_of (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);

  return san_file_get_ops ()->sync_dir (folder) == 0;
}

static gboolean
read_to_end (int fd, GByteArray *into, gsize limit, const char *path, GError **error)
{
  for (;;)
    {
      guint before = into->len;
      ssize_t got;

      g_byte_array_set_size (into, before + READ_STEP);
      do
        got = san_file_get_ops ()->read (fd, into->data + before, READ_STEP);
      while (got < 0 && errno == EINTR);
      if (got < 0)
        return san_file_fail (error, errno, "reading", path);
      g_byte_array_set_size (into, before + (guint) got);
      if (got == 0)
        return TRUE;
      if (into->len > limit)
        {
          g_autofree char *name = g_path_get_basename (path);

          g_set_error (error, SAN_ERROR, SAN_ERROR_DAMAGED,
                       "%s is longer than its limit of %" G_GSIZE_FORMAT " bytes", name, limit);
          return FALSE;
        }
    }
}

static int
open_to_read (const char *path, GError **error)
{
  int fd = san_file_open (path, O_RDONLY | O_NONBLOCK | O_NOCTTY, 0); /* a pipe must not hold us */

  /* for a reader, "may not" is a failure of reading, not a read-only medium */
  if (fd < 0)
    san_file_fail (error, errno == EACCES || errno == EPERM ? EIO : errno, "opening", path);
  return fd;
}

/**
 * san_file_read:
 * @limit: more than this is %SAN_ERROR_DAMAGED; at most 1 GiB
 *
 * Returns: (transfer full): the whole file, or %NULL (%SAN_ERROR_NOT_FOUND if there is none)
 */
GBytes *
san_file_read (const char *path, gsize limit, GError **error)
{
  g_autoptr(GByteArray) bytes = g_byte_array_new ();
  gboolean ok;
  int fd;

  g_return_val_if_fail (limit <= 1u << 30, NULL);
  fd = open_to_read (path, error);
  if (fd < 0)
    return NULL;
  ok = read_to_end (fd, bytes, limit, path, error);
  san_file_get_ops ()->close (fd);
  return ok ? g_byte_array_free_to_bytes (g_steal_pointer (&bytes)) : NULL;
}

GBytes *
san_file_read_head (const char *path, gsize n, GError **error)
{
  g_autofree guint8 *head = g_malloc (n);
  int fd = open_to_read (path, error);
  gsize had = 0;
  ssize_t got = 1;

  if (fd < 0)
    return NULL;
  while (had < n && got != 0)
    {
      got = san_file_get_ops ()->read (fd, head + had, n - had);
      if (got < 0 && errno != EINTR)
        {
          san_file_fail (error, errno, "reading", path);
          san_file_get_ops ()->close (fd);
          return NULL;
        }
      had += got > 0 ? (gsize) got : 0;
    }
  san_file_get_ops ()->close (fd);
  return g_bytes_new_take (g_steal_pointer (&head), had);
}

gboolean
san_file_look (const char *path, SanFileKind *kind, guint64 *size, GError **error)
{
  const SanFileOps *ops = san_file_get_ops ();
  struct stat info = { 0 };

  if ((ops->stat != NULL ? ops->stat : stat) (path, &info) < 0)
    {
      if (errno != ENOENT && errno != ENOTDIR)
        return san_file_fail (error, errno == EACCES ? EIO : errno, "looking for", path);
      *kind = SAN_FILE_NONE;
      return TRUE;
    }
  *kind = S_ISREG (info.st_mode)   ? SAN_FILE_PLAIN
          : S_ISDIR (info.st_mode) ? SAN_FILE_FOLDER
                                   : SAN_FILE_OTHER;
  if (size != NULL)
    *size = (guint64) info.st_size;
  return TRUE;
}

int
san_file_stat_link (const char *path, struct stat *out)
{
  const SanFileOps *ops = san_file_get_ops ();

  return (ops->lstat != NULL ? ops->lstat : lstat) (path, out);
}

int
san_file_stat_open (int fd, struct stat *out)
{
  const SanFileOps *ops = san_file_get_ops ();

  return (ops->fstat != NULL ? ops->fstat : fstat) (fd, out);
}

static int
compare_names (const void *a, const void *b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

char **
san_file_list (const char *path, GError **error)
{
  const SanFileOps *ops = san_file_get_ops ();
  char **names = (ops->list != NULL ? ops->list : system_list) (path);

  if (names == NULL)
    {
      san_file_fail (error, errno == EACCES ? EIO : errno, "listing", path);
      return NULL;
    }
  qsort (names, g_strv_length (names), sizeof *names, compare_names);
  return names;
}

gboolean
san_file_get_space (const char *path, guint64 *bytes, GError **error)
{
  const SanFileOps *ops = san_file_get_ops ();

  return (ops->space != NULL ? ops->space : system_space) (path, bytes) == 0 ||
         san_file_fail (error, errno, "asking for free space at", path);
}

void
san_file_drop_dir (const char *path)
{
  const SanFileOps *ops = san_file_get_ops ();

  (ops->rmdir != NULL ? ops->rmdir : rmdir) (path);
}

/**
 * san_file_write_all:
 *
 * Writes every byte, whatever pieces the system takes them in.
 */
gboolean
san_file_write_all (int fd, const void *data, gsize n, GError **error)
{
  const guint8 *at = data;

  while (n > 0)
    {
      ssize_t put = san_file_get_ops ()->write (fd, at, n);

      if (put < 0 && errno == EINTR)
        continue;
      if (put <= 0)
        return san_error_set_errno (error, put < 0 ? errno : EIO, "writing");
      at += put;
      n -= (gsize) put;
    }
  return TRUE;
}

static gboolean
write_new (const char *path, GBytes *bytes, int mode, GError **error)
{
  gsize n;
  const void *data = g_bytes_get_data (bytes, &n);
  gboolean ok;
  int fd = san_file_open (path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, (mode_t) mode);

  if (fd < 0)
    return san_file_fail (error, errno, "making", path);
  ok = san_file_write_all (fd, data, n, error);
  if (ok && !sync_retry (fd))
    ok = san_file_fail (error, errno, "syncing", path);
  if (san_file_get_ops ()->close (fd) < 0 && ok && errno != EINTR)
    ok = san_file_fail (error, errno, "closing", path);
  return ok;
}

/**
 * san_file_replace:
 * @path: the file; PATH.tmp beside it is used and, if one is left over from a crash, replaced
 * @mode: of the new file, e.g. 0600
 *
 * On failure @path holds all of the old bytes; only if the very last step (making the rename
 * durable) failed may it hold all of the new. Two threads must not replace one file at a time.
 */
gboolean
san_file_replace (const char *path, GBytes *bytes, int mode, GError **error)
{
  g_autofree char *temp = g_strconcat (path, ".tmp", NULL);
  const SanFileOps *ops = san_file_get_ops ();

  ops->unlink (temp);
  if (!write_new (temp, bytes, mode, error))
    {
      ops->unlink (temp);
      return FALSE;
    }
  if (ops->rename (temp, path) < 0)
    {
      san_file_fail (error, errno, "renaming onto", path);
      ops->unlink (temp);
      return FALSE;
    }
  if (!sync_folder_of (path))
    return san_file_fail (error, errno, "syncing the folder of", path);
  return TRUE;
}

static gboolean
has_size (const char *path, gsize n)
{
  struct stat found;

  return san_file_stat_link (path, &found) == 0 && S_ISREG (found.st_mode) && found.st_nlink == 1 &&
         (gsize) found.st_size == n;
}

/**
 * san_file_overwrite:
 * @bytes: fewer than fit a sector, always as many
 *
 * For a note that may lag behind what it tells of, and costs no sync. A power cut leaves old
 * bytes, new bytes, or what its reader refuses.
 */
gboolean
san_file_overwrite (const char *path, GBytes *bytes, int mode, GError **error)
{
  gsize n;
  const void *data = g_bytes_get_data (bytes, &n);
  gboolean ok;
  int fd;

  if (!has_size (path, n))
    return san_file_replace (path, bytes, mode, error);
  fd = san_file_open (path, O_WRONLY | O_NOFOLLOW, 0);
  if (fd < 0)
    return san_file_fail (error, errno, "opening", path);
  ok = san_file_write_all (fd, data, n, error);
  if (san_file_get_ops ()->close (fd) < 0 && ok && errno != EINTR)
    ok = san_file_fail (error, errno, "closing", path);
  return ok;
}

gboolean
san_file_remove (const char *path, GError **error)
{
  if (san_file_get_ops ()->unlink (path) < 0)
    return errno == ENOENT ? TRUE : san_file_fail (error, errno, "removing", path);
  if (!sync_folder_of (path))
    return san_file_fail (error, errno, "syncing the folder of", path);
  return TRUE;
}

/**
 * san_file_make_dir:
 *
 * Makes the folder and its parents, for this user alone. One that is there is left as it is.
 */
gboolean
san_file_make_dir (const char *path, GError **error)
{
  g_autofree char *parent = g_path_get_dirname (path);
  SanFileKind kind = SAN_FILE_NONE;

  if (!san_file_look (path, &kind, NULL, error))
    return FALSE;
  if (kind == SAN_FILE_FOLDER)
    return TRUE;
  if (strcmp (parent, path) != 0 && !san_file_make_dir (parent, error))
    return FALSE;
  if (san_file_get_ops ()->mkdir (path, 0700) < 0)
    {
      int errsv = errno;

      if (errsv == EEXIST && san_file_look (path, &kind, NULL, NULL) && kind == SAN_FILE_FOLDER)
        return TRUE;
      return san_file_fail (error, errsv, "making folder", path);
    }
  if (!sync_folder_of (path))
    return san_file_fail (error, errno, "syncing the folder of", path);
  return TRUE;
}
