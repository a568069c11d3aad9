/* san-sim-ops.c - the simulated disk as the table of system calls below plain files */
#include "san-sim-disk-core.h"
#include "san-file.h"
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#define FIRST_FD 100000                 /* not to be taken for a real one */
#define MAX_FDS 256

static SimHandle *handles[MAX_FDS];

static gboolean
is_real (int fd)
{
  return fd < FIRST_FD;
}

static SimHandle *
handle_of (int fd)
{
  if (fd < FIRST_FD || fd >= FIRST_FD + MAX_FDS || handles[fd - FIRST_FD] == NULL)
    {
      errno = EBADF;
      return NULL;
    }
  return handles[fd - FIRST_FD];
}

/* What only is read and lies in no folder of the disk (forms, the machine's id) is the system's. */
static gboolean
is_elsewhere (const char *path)
{
  return !san_sim_has_folder_of (path);
}

static int
ops_open (const char *path, int flags, mode_t mode)
{
  SimHandle *handle;
  int slot = -1;

  if ((flags & O_ACCMODE) == O_RDONLY && is_elsewhere (path))
    return open (path, flags, mode);
  if (san_sim_open (path, flags, &handle) != 0)
    return -1;
  san_sim_lock_disk ();
  for (int i = 0; i < MAX_FDS && slot < 0; i++)
    if (handles[i] == NULL)
      {
        handles[i] = handle;
        slot = i;
      }
  san_sim_unlock_disk ();
  if (slot < 0)
    {
      san_sim_close (handle);
      errno = EMFILE;
      return -1;
    }
  return FIRST_FD + slot;
}

static int
ops_close (int fd)
{
  SimHandle *handle;

  if (is_real (fd))
    return close (fd);
  handle = handle_of (fd);
  if (handle == NULL)
    return -1;
  san_sim_close (handle);
  san_sim_lock_disk ();
  handles[fd - FIRST_FD] = NULL;
  san_sim_unlock_disk ();
  return 0;
}

static ssize_t
ops_read (int fd, void *buffer, size_t n)
{
  SimHandle *handle;
  gssize got;

  if (is_real (fd))
    return read (fd, buffer, n);
  handle = handle_of (fd);
  if (handle == NULL)
    return -1;
  if (!handle->may_read)
    {
      errno = EBADF;
      return -1;
    }
  got = san_sim_read (handle, buffer, n, handle->at);
  if (got > 0)
    handle->at += got;
  return got;
}

static ssize_t
ops_write (int fd, const void *buffer, size_t n)
{
  SimHandle *handle = handle_of (fd);
  gssize put;

  if (handle == NULL)
    return -1;
  if (!handle->may_write)
    {
      errno = EBADF;
      return -1;
    }
  if (handle->appends)
    handle->at = handle->node->now->len;
  put = san_sim_write (handle, buffer, n, handle->at);
  if (put > 0)
    handle->at += put;
  return put;
}

static int
ops_sync (int fd)
{
  SimHandle *handle = handle_of (fd);

  return handle != NULL ? san_sim_sync (handle) : -1;
}

static int
ops_mkdir (const char *path, mode_t mode)
{
  return san_sim_mkdir (path);
}

static void
fill_stat (struct stat *out, gboolean is_dir, gint64 size)
{
  memset (out, 0, sizeof *out);
  out->st_mode = is_dir ? S_IFDIR | 0700 : S_IFREG | 0600;
  out->st_size = size;
}

/* FOLDER/. is the folder. */
static int
ops_stat (const char *path, struct stat *out)
{
  g_autofree char *itself =
      g_str_has_suffix (path, "/.") ? g_path_get_dirname (path) : g_strdup (path);
  gboolean is_dir;
  gint64 size;

  if (is_elsewhere (itself))
    return stat (path, out);
  if (san_sim_look (itself, &is_dir, &size) != 0)
    return -1;
  fill_stat (out, is_dir, size);
  return 0;
}

static int
ops_fstat (int fd, struct stat *out)
{
  SimHandle *handle;
  gint64 size;

  if (is_real (fd))
    return fstat (fd, out);
  handle = handle_of (fd);
  size = handle != NULL ? san_sim_size (handle) : -1;
  if (size < 0)
    return -1;
  fill_stat (out, FALSE, size);
  return 0;
}

static char **
ops_list (const char *path)
{
  if (!is_elsewhere (path))
    return san_sim_list (path);
  errno = ENOENT;
  return NULL;
}

static const SanFileOps sim_ops = {
  .open = ops_open,
  .close = ops_close,
  .read = ops_read,
  .write = ops_write,
  .sync = ops_sync,
  .rename = san_sim_rename,
  .unlink = san_sim_unlink,
  .sync_dir = san_sim_sync_dir,
  .mkdir = ops_mkdir,
  .stat = ops_stat,
  .lstat = ops_stat,
  .fstat = ops_fstat,
  .list = ops_list,
  .space = san_sim_space,
  .rmdir = san_sim_rmdir,
};

void
san_sim_ops_install (void)
{
  san_file_set_ops (&sim_ops);
}

void
san_sim_ops_remove (void)
{
  san_file_set_ops (NULL);
  for (int i = 0; i < MAX_FDS; i++)
    g_assert (handles[i] == NULL);
}
