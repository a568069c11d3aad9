/* san-vfs-ram.c - the rollback journal of a file that is just being made, kept in RAM
 *
 * Only a copy under its temporary name ever has one (san_vfs_copy()): if the power goes, the
 * half-made copy is thrown away, so the journal need not outlive the process. */
#include "san-vfs-private.h"

typedef struct
{
  sqlite3_file base;
  guint8      *data;                    /* sqlite3_realloc64() */
  sqlite3_int64 size;
  sqlite3_int64 room;
} SanVfsRam;

static int
ram_close (sqlite3_file *file)
{
  SanVfsRam *self = (SanVfsRam *) file;

  if (self->data != NULL)
    san_wipe (self->data, self->room);
  sqlite3_free (self->data);
  self->data = NULL;
  return SQLITE_OK;
}

static int
ram_read (sqlite3_file *file, void *buffer, int n, sqlite3_int64 offset)
{
  SanVfsRam *self = (SanVfsRam *) file;
  sqlite3_int64 there = CLAMP (self->size - offset, 0, n);

  if (there > 0)
    memcpy (buffer, self->data + offset, there);
  memset ((guint8 *) buffer + there, 0, n - there);
  return there == n ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
}

static int
make_room (SanVfsRam *self, sqlite3_int64 size)
{
  sqlite3_int64 room = MAX (self->room, 65536);
  guint8 *data;

  if (size <= self->room)
    return SQLITE_OK;
  while (room < size)
    room *= 2;
  data = sqlite3_malloc64 (room);
  if (data == NULL)
    return SQLITE_IOERR_NOMEM;
  memset (data + self->size, 0, room - self->size);
  if (self->size > 0)
    memcpy (data, self->data, self->size);
  ram_close (&self->base);
  self->data = data;
  self->room = room;
  return SQLITE_OK;
}

static int
ram_write (sqlite3_file *file, const void *buffer, int n, sqlite3_int64 offset)
{
  SanVfsRam *self = (SanVfsRam *) file;
  int rc = make_room (self, offset + n);

  if (rc != SQLITE_OK)
    return rc;
  memcpy (self->data + offset, buffer, n);
  self->size = MAX (self->size, offset + n);
  return SQLITE_OK;
}

static int
ram_truncate (sqlite3_file *file, sqlite3_int64 size)
{
  SanVfsRam *self = (SanVfsRam *) file;

  if (size < self->size)
    {
      memset (self->data + size, 0, self->size - size);
      self->size = size;
    }
  return SQLITE_OK;
}

static int
ram_sync (sqlite3_file *file, int flags)
{
  return SQLITE_OK;
}

static int
ram_file_size (sqlite3_file *file, sqlite3_int64 *size)
{
  *size = ((SanVfsRam *) file)->size;
  return SQLITE_OK;
}

static int
ram_lock (sqlite3_file *file, int level)
{
  return SQLITE_OK;
}

static int
ram_check_reserved (sqlite3_file *file, int *out)
{
  *out = 0;
  return SQLITE_OK;
}

static int
ram_file_control (sqlite3_file *file, int op, void *argument)
{
  return SQLITE_NOTFOUND;
}

static int
ram_sector_size (sqlite3_file *file)
{
  return SAN_VFS_PAGE;
}

static int
ram_characteristics (sqlite3_file *file)
{
  return SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

static const sqlite3_io_methods ram_methods = {
  .iVersion = 1,
  .xClose = ram_close,
  .xRead = ram_read,
  .xWrite = ram_write,
  .xTruncate = ram_truncate,
  .xSync = ram_sync,
  .xFileSize = ram_file_size,
  .xLock = ram_lock,
  .xUnlock = ram_lock,
  .xCheckReservedLock = ram_check_reserved,
  .xFileControl = ram_file_control,
  .xSectorSize = ram_sector_size,
  .xDeviceCharacteristics = ram_characteristics,
};

gsize
san_vfs_ram_size (void)
{
  return sizeof (SanVfsRam);
}

int
san_vfs_ram_open (sqlite3_file *file, int flags, int *out_flags)
{
  SanVfsRam *self = (SanVfsRam *) file;

  memset (self, 0, sizeof *self);
  self->base.pMethods = &ram_methods;
  if (out_flags != NULL)
    *out_flags = flags;
  return SQLITE_OK;
}
