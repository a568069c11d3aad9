/* san-sim-vfs.c - the simulated disk as a SQLite VFS
 *
 * Behaves as SQLite's own on unix: the first sync of a WAL also syncs its folder, a full
 * disk is SQLITE_FULL, a read-only one opens read-only. Locks are those of one process. */
#include "san-sim-disk-core.h"
#include <sqlite3.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>

typedef struct
{
  sqlite3_file base;
  SimHandle   *handle;
  char        *folder;                  /* to be synced with the first sync; else NULL */
  int          level;
} SimFile;

static SimFile *
file_of (sqlite3_file *file)
{
  return (SimFile *) file;
}

static gboolean
is_alive (SimFile *self)
{
  return self->handle->epoch == san_sim_the_disk->epoch;
}

static void
let_go (SimFile *self, int level)
{
  SimNode *node = self->handle->node;

  if (!is_alive (self))
    return;
  if (self->level >= SQLITE_LOCK_SHARED && level < SQLITE_LOCK_SHARED)
    node->n_shared--;
  if (node->reserved == self)
    node->reserved = NULL;
  if (node->pending == self)
    node->pending = NULL;
  if (node->exclusive == self)
    node->exclusive = NULL;
}

static int
sim_unlock (sqlite3_file *file, int level)
{
  SimFile *self = file_of (file);

  san_sim_lock_disk ();
  if (level < self->level)
    {
      let_go (self, level);
      self->level = level;
    }
  san_sim_unlock_disk ();
  return SQLITE_OK;
}

static int
sim_close (sqlite3_file *file)
{
  SimFile *self = file_of (file);

  sim_unlock (file, SQLITE_LOCK_NONE);
  san_sim_close (self->handle);
  g_free (self->folder);
  return SQLITE_OK;
}

static int
sim_read (sqlite3_file *file, void *buffer, int n, sqlite3_int64 offset)
{
  gssize got = san_sim_read (file_of (file)->handle, buffer, n, offset);

  if (got < 0)
    return SQLITE_IOERR_READ;
  memset ((guint8 *) buffer + got, 0, n - got);
  return got == n ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
}

static int
sim_write (sqlite3_file *file, const void *buffer, int n, sqlite3_int64 offset)
{
  gssize put = san_sim_write (file_of (file)->handle, buffer, n, offset);

  if (put == n)
    return SQLITE_OK;
  return put >= 0 || errno == ENOSPC ? SQLITE_FULL : SQLITE_IOERR_WRITE;
}

static int
sim_truncate (sqlite3_file *file, sqlite3_int64 size)
{
  return san_sim_truncate (file_of (file)->handle, size) == 0 ? SQLITE_OK : SQLITE_IOERR_TRUNCATE;
}

static int
sim_sync (sqlite3_file *file, int flags)
{
  SimFile *self = file_of (file);

  if (san_sim_sync (self->handle) != 0)
    return SQLITE_IOERR_FSYNC;
  if (self->folder != NULL)
    {
      if (san_sim_sync_dir (self->folder) != 0)
        return SQLITE_IOERR_DIR_FSYNC;
      g_clear_pointer (&self->folder, g_free);
    }
  return SQLITE_OK;
}

static int
sim_file_size (sqlite3_file *file, sqlite3_int64 *size)
{
  *size = san_sim_size (file_of (file)->handle);
  return *size >= 0 ? SQLITE_OK : SQLITE_IOERR_FSTAT;
}

static int
try_lock (SimFile *self, int level)
{
  SimNode *node = self->handle->node;

  if (level == SQLITE_LOCK_SHARED)
    {
      if (node->pending != NULL || node->exclusive != NULL)
        return SQLITE_BUSY;
      node->n_shared++;
    }
  else if (level == SQLITE_LOCK_RESERVED)
    {
      if (node->reserved != NULL && node->reserved != self)
        return SQLITE_BUSY;
      node->reserved = self;
    }
  else
    {
      if ((node->reserved != NULL && node->reserved != self) ||
          (node->pending != NULL && node->pending != self))
        return SQLITE_BUSY;
      node->pending = self;
      self->level = SQLITE_LOCK_PENDING;
      if (node->n_shared > 1)
        return SQLITE_BUSY;
      node->exclusive = self;
    }
  self->level = level;
  return SQLITE_OK;
}

static int
sim_lock (sqlite3_file *file, int level)
{
  SimFile *self = file_of (file);
  int rc;

  if (self->level >= level)
    return SQLITE_OK;
  if (san_sim_may_lock (self->handle) != 0)
    return SQLITE_IOERR_LOCK;
  san_sim_lock_disk ();
  rc = try_lock (self, level);
  san_sim_unlock_disk ();
  return rc;
}

static int
sim_check_reserved (sqlite3_file *file, int *out)
{
  san_sim_lock_disk ();
  *out = file_of (file)->handle->node->reserved != NULL;
  san_sim_unlock_disk ();
  return SQLITE_OK;
}

static int
sim_file_control (sqlite3_file *file, int op, void *argument)
{
  return SQLITE_NOTFOUND;
}

static int
sim_sector_size (sqlite3_file *file)
{
  return 4096;
}

static int
sim_characteristics (sqlite3_file *file)
{
  return SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

static const sqlite3_io_methods sim_methods = {
  .iVersion = 1,
  .xClose = sim_close,
  .xRead = sim_read,
  .xWrite = sim_write,
  .xTruncate = sim_truncate,
  .xSync = sim_sync,
  .xFileSize = sim_file_size,
  .xLock = sim_lock,
  .xUnlock = sim_unlock,
  .xCheckReservedLock = sim_check_reserved,
  .xFileControl = sim_file_control,
  .xSectorSize = sim_sector_size,
  .xDeviceCharacteristics = sim_characteristics,
};

static int
vfs_open (sqlite3_vfs *vfs, const char *path, sqlite3_file *file, int flags, int *out_flags)
{
  SimFile *self = file_of (file);
  int mode = (flags & SQLITE_OPEN_READWRITE) ? O_RDWR : O_RDONLY;

  memset (self, 0, sizeof *self);
  if (path == NULL)
    return SQLITE_CANTOPEN;             /* a temporary file: nothing here wants one */
  if (flags & SQLITE_OPEN_CREATE)
    mode |= O_CREAT;
  if (san_sim_open (path, mode, &self->handle) != 0)
    {
      if (errno != EROFS || san_sim_open (path, O_RDONLY, &self->handle) != 0)
        return SQLITE_CANTOPEN;
      flags = (flags & ~(SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE)) | SQLITE_OPEN_READONLY;
    }
  if ((flags & SQLITE_OPEN_CREATE) && (flags & (SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL)))
    self->folder = g_path_get_dirname (path);
  self->base.pMethods = &sim_methods;
  if (out_flags != NULL)
    *out_flags = flags;
  return SQLITE_OK;
}

static int
vfs_delete (sqlite3_vfs *vfs, const char *path, int sync_dir)
{
  if (san_sim_unlink (path) != 0)
    return errno == ENOENT ? SQLITE_IOERR_DELETE_NOENT : SQLITE_IOERR_DELETE;
  if (sync_dir)
    {
      g_autofree char *folder = g_path_get_dirname (path);

      if (san_sim_sync_dir (folder) != 0)
        return SQLITE_IOERR_DIR_FSYNC;
    }
  return SQLITE_OK;
}

static int
vfs_access (sqlite3_vfs *vfs, const char *path, int flags, int *out)
{
  gint64 size = 0;

  *out = 0;
  if (san_sim_access (path, &size) == 0)
    *out = flags != SQLITE_ACCESS_EXISTS || size > 0;
  else if (errno == EIO)
    return SQLITE_IOERR_ACCESS;
  return SQLITE_OK;
}

static int
vfs_full_pathname (sqlite3_vfs *vfs, const char *path, int n, char *out)
{
  return g_strlcpy (out, path, n) < (gsize) n ? SQLITE_OK : SQLITE_CANTOPEN;
}

static int
vfs_randomness (sqlite3_vfs *vfs, int n, char *out)
{
  san_sim_lock_disk ();
  for (int i = 0; i < n; i++)
    out[i] = g_rand_int (san_sim_the_disk->rand);
  san_sim_unlock_disk ();
  return n;
}

static int
vfs_sleep (sqlite3_vfs *vfs, int microseconds)
{
  g_usleep (microseconds);
  return microseconds;
}

static int
vfs_current_time (sqlite3_vfs *vfs, double *out)
{
  *out = 2440587.5 + g_get_real_time () / 86400e6;
  return SQLITE_OK;
}

static sqlite3_vfs sim_vfs = {
  .iVersion = 1,
  .szOsFile = sizeof (SimFile),
  .mxPathname = 1024,
  .zName = SAN_SIM_DISK_VFS,
  .xOpen = vfs_open,
  .xDelete = vfs_delete,
  .xAccess = vfs_access,
  .xFullPathname = vfs_full_pathname,
  .xRandomness = vfs_randomness,
  .xSleep = vfs_sleep,
  .xCurrentTime = vfs_current_time,
};

void
san_sim_vfs_register (void)
{
  int rc = sqlite3_vfs_register (&sim_vfs, FALSE);

  g_assert (rc == SQLITE_OK);
}

void
san_sim_vfs_unregister (void)
{
  sqlite3_vfs_unregister (&sim_vfs);
}
