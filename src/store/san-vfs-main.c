/* san-vfs-main.c - the database file: one header block, then sealed pages
 *
 * SQLite reads and writes whole pages at p·4096; on the disk they lie one header block further.
 * The last 40 bytes of a page are zero for SQLite and hold nonce and tag on the disk. Any other
 * shape of access is refused: it would mean a SQLite that we do not know. */
#include "san-vfs-private.h"

static SanVfsMain *
main_of (sqlite3_file *file)
{
  return (SanVfsMain *) file;
}

/* 'P', version, 6 zero bytes, page number, file id */
void
san_vfs_page_ad (const SanVfsNode *node, guint64 page, guint8 ad[32])
{
  guint64 number = GUINT64_TO_LE (page);

  memset (ad, 0, 8);
  ad[0] = 'P';
  ad[1] = 1;
  memcpy (ad + 8, &number, 8);
  memcpy (ad + 16, &node->file_id, 16);
}

sqlite3_int64
san_vfs_main_offset (guint64 number)
{
  return SAN_VFS_HEADER + (sqlite3_int64) (number - 1) * SAN_VFS_PAGE;
}

void
san_vfs_main_seal (const SanVfsNode *node, guint64 number, const guint8 *page, guint8 *out)
{
  guint8 ad[32];

  san_vfs_page_ad (node, number, ad);
  san_page_cipher_seal (node->pages, ad, sizeof ad, page, SAN_VFS_TEXT, out);
}

/* What a checkpoint's second hand failed to write is told by the next call that can tell it */
static int
take_late_error (SanVfsMain *self)
{
  int rc = self->late_error;

  self->late_error = SQLITE_OK;
  return rc == SQLITE_OK && g_atomic_int_get (&self->node->is_broken) ? SQLITE_IOERR : rc;
}

static int
main_close (sqlite3_file *file)
{
  SanVfsMain *self = main_of (file);
  int rc;

  san_vfs_fold_end (self);
  san_vfs_shm_unmap (file, 0);
  rc = self->lower->pMethods->xClose (self->lower);
  san_vfs_node_close (self->node);
  self->node = NULL;
  return rc;
}

/* Fewer bytes than a page came: nothing at all is the end of the file, a part is damage */
static int
short_page (SanVfsMain *self, sqlite3_int64 physical, guint8 *page)
{
  sqlite3_int64 size;
  int rc = self->lower->pMethods->xFileSize (self->lower, &size);

  if (rc != SQLITE_OK)
    return rc;
  memset (page, 0, SAN_VFS_PAGE);
  return size <= physical ? SQLITE_IOERR_SHORT_READ : SQLITE_IOERR_DATA;
}

static int
read_page (SanVfsMain *self, guint64 number, guint8 *page)
{
  sqlite3_int64 physical = san_vfs_main_offset (number);
  guint8 sealed[SAN_VFS_PAGE];
  guint8 ad[32];
  int rc = self->lower->pMethods->xRead (self->lower, sealed, SAN_VFS_PAGE, physical);

  if (rc == SQLITE_IOERR_SHORT_READ)
    return short_page (self, physical, page);
  if (rc != SQLITE_OK)
    return rc;
  san_vfs_page_ad (self->node, number, ad);
  if (!san_page_cipher_open (self->node->pages, ad, sizeof ad, sealed, SAN_VFS_PAGE, page))
    {
      memset (page, 0, SAN_VFS_PAGE);
      return SQLITE_IOERR_DATA;
    }
  memset (page + SAN_VFS_TEXT, 0, SAN_PAGE_OVERHEAD);
  return SQLITE_OK;
}

/* SQLite's own header, 100 bytes at 0 when it opens, 16 at 24 outside WAL. A power cut during a
 * checkpoint can tear page 1 while its whole text still lies in the WAL, so the read at opening
 * is then answered with what every store has; the page itself is read, and judged, later. */
static int
read_head (SanVfsMain *self, guint8 *buffer, int n, int offset)
{
  guint8 page[SAN_VFS_PAGE];
  int rc = read_page (self, 1, page);

  if (rc == SQLITE_IOERR_DATA && offset == 0)
    {
      san_vfs_put_first_page (page);
      rc = SQLITE_OK;
    }
  if (rc == SQLITE_OK)
    memcpy (buffer, page + offset, n);
  else
    memset (buffer, 0, n);
  san_wipe (page, sizeof page);
  return rc;
}

/* SQLite from 3.45 on reads the pages of a long value past its own cache: the front of one page, as
 * far as the value goes. What is handed out has been judged as a whole. */
static int
read_front (SanVfsMain *self, guint8 *buffer, int n, guint64 number)
{
  guint8 page[SAN_VFS_PAGE];
  int rc = read_page (self, number, page);

  if (rc == SQLITE_OK)
    memcpy (buffer, page, n);
  else
    memset (buffer, 0, n);
  san_wipe (page, sizeof page);
  return rc;
}

static int
main_read (sqlite3_file *file, void *buffer, int n, sqlite3_int64 offset)
{
  SanVfsMain *self = main_of (file);

  if (g_atomic_int_get (&self->node->is_broken))
    return SQLITE_IOERR_READ;
  if (n == SAN_VFS_PAGE && offset % SAN_VFS_PAGE == 0)
    return read_page (self, offset / SAN_VFS_PAGE + 1, buffer);
  if ((n == 100 && offset == 0) || (n == 16 && offset == 24))
    return read_head (self, buffer, n, offset);
  if (n > 0 && n <= SAN_VFS_TEXT && offset % SAN_VFS_PAGE == 0)
    return read_front (self, buffer, n, offset / SAN_VFS_PAGE + 1);
  return SQLITE_IOERR_READ;
}

static gboolean
is_zero (const guint8 *bytes, gsize n)
{
  guint8 any = 0;

  for (gsize i = 0; i < n; i++)
    any |= bytes[i];
  return any == 0;
}

/* The check of the reserved bytes catches a copy made from a database without them, whose pages
 * would lose their last 40 bytes of content */
static int
main_write (sqlite3_file *file, const void *buffer, int n, sqlite3_int64 offset)
{
  SanVfsMain *self = main_of (file);
  guint64 number = offset / SAN_VFS_PAGE + 1;
  guint8 sealed[SAN_VFS_PAGE];
  int rc;

  if (n != SAN_VFS_PAGE || offset % SAN_VFS_PAGE != 0 ||
      !is_zero ((const guint8 *) buffer + SAN_VFS_TEXT, SAN_PAGE_OVERHEAD))
    return SQLITE_IOERR_WRITE;
  if (g_atomic_int_get (&self->node->is_broken))
    return SQLITE_IOERR_WRITE;
  if (san_vfs_fold_take (self, number, buffer, &rc))
    return rc;
  san_vfs_main_seal (self->node, number, buffer, sealed);
  return self->lower->pMethods->xWrite (self->lower, sealed, SAN_VFS_PAGE,
                                        san_vfs_main_offset (number));
}

static int
main_truncate (sqlite3_file *file, sqlite3_int64 size)
{
  SanVfsMain *self = main_of (file);

  int rc = take_late_error (self);

  if (rc != SQLITE_OK)
    return rc;
  if (size % SAN_VFS_PAGE != 0)
    return SQLITE_IOERR_TRUNCATE;
  return self->lower->pMethods->xTruncate (self->lower, SAN_VFS_HEADER + size);
}

static int
main_sync (sqlite3_file *file, int flags)
{
  SanVfsMain *self = main_of (file);
  int rc = take_late_error (self);

  return rc == SQLITE_OK ? self->lower->pMethods->xSync (self->lower, flags) : rc;
}

static int
main_file_size (sqlite3_file *file, sqlite3_int64 *size)
{
  SanVfsMain *self = main_of (file);
  sqlite3_int64 physical;
  int rc = self->lower->pMethods->xFileSize (self->lower, &physical);

  if (rc == SQLITE_OK)
    *size = MAX (0, physical - SAN_VFS_HEADER);
  return rc;
}

static int
main_lock (sqlite3_file *file, int level)
{
  SanVfsMain *self = main_of (file);

  return self->lower->pMethods->xLock (self->lower, level);
}

static int
main_unlock (sqlite3_file *file, int level)
{
  SanVfsMain *self = main_of (file);

  return self->lower->pMethods->xUnlock (self->lower, level);
}

static int
main_check_reserved (sqlite3_file *file, int *out)
{
  SanVfsMain *self = main_of (file);

  return self->lower->pMethods->xCheckReservedLock (self->lower, out);
}

/* Only what is known to be harmless reaches the file below: sizes would be wrong by a header,
 * and holes would be pages that no longer open */
static int
main_file_control (sqlite3_file *file, int op, void *argument)
{
  SanVfsMain *self = main_of (file);

  switch (op)
    {
    case SQLITE_FCNTL_PRAGMA:
      return san_vfs_guard_pragma (self->node, argument);
    case SQLITE_FCNTL_CKPT_START:
      san_vfs_fold_start (self);
      return SQLITE_OK;
    case SQLITE_FCNTL_CKPT_DONE:
      san_vfs_fold_end (self);
      g_mutex_lock (&self->node->lock);
      san_vfs_recent_clear (self->node);      /* it was kept for this */
      g_mutex_unlock (&self->node->lock);
      return SQLITE_OK;
    case SQLITE_FCNTL_MMAP_SIZE:
      *(sqlite3_int64 *) argument = 0;
      return SQLITE_OK;
    case SQLITE_FCNTL_SIZE_HINT:
    case SQLITE_FCNTL_CHUNK_SIZE:
      return SQLITE_OK;
    case SQLITE_FCNTL_VFSNAME:
      *(char **) argument = sqlite3_mprintf ("%s", SAN_VFS_NAME);
      return SQLITE_OK;
    case SQLITE_FCNTL_LOCKSTATE:
    case SQLITE_FCNTL_LAST_ERRNO:
    case SQLITE_FCNTL_PERSIST_WAL:
    case SQLITE_FCNTL_HAS_MOVED:
      return self->lower->pMethods->xFileControl (self->lower, op, argument);
    default:
      return SQLITE_NOTFOUND;
    }
}

static int
main_sector_size (sqlite3_file *file)
{
  return SAN_VFS_PAGE;
}

/* Powersafe overwrite and nothing else: without it the WAL is written in pieces of any shape,
 * and no other promise of the disk below survives sealing */
static int
main_characteristics (sqlite3_file *file)
{
  return SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

static const sqlite3_io_methods main_methods = {
  .iVersion = 2,                        /* no xFetch: nothing is ever mapped */
  .xClose = main_close,
  .xRead = main_read,
  .xWrite = main_write,
  .xTruncate = main_truncate,
  .xSync = main_sync,
  .xFileSize = main_file_size,
  .xLock = main_lock,
  .xUnlock = main_unlock,
  .xCheckReservedLock = main_check_reserved,
  .xFileControl = main_file_control,
  .xSectorSize = main_sector_size,
  .xDeviceCharacteristics = main_characteristics,
  .xShmMap = san_vfs_shm_map,
  .xShmLock = san_vfs_shm_lock,
  .xShmBarrier = san_vfs_shm_barrier,
  .xShmUnmap = san_vfs_shm_unmap,
};

gsize
san_vfs_main_size (void)
{
  return (sizeof (SanVfsMain) + 15) & ~(gsize) 15;
}

/* A file without a whole page is no database of ours: SQLite would take it for a new one and
 * delete the WAL beside it. Only the target of a copy starts that way. */
static int
check_file (SanVfsMain *self, SanVfsPending *pending, SanId16 *file_id)
{
  guint8 block[SAN_VFS_HEADER];
  sqlite3_int64 size;
  int rc = self->lower->pMethods->xFileSize (self->lower, &size);

  if (rc != SQLITE_OK)
    return rc;
  if (size < SAN_VFS_HEADER + SAN_VFS_PAGE && !(pending->making && size == SAN_VFS_HEADER))
    {
      g_set_error (&pending->error, SAN_ERROR, SAN_ERROR_DAMAGED,
                   "database of %" G_GINT64_FORMAT " bytes, the smallest has %d", (gint64) size,
                   SAN_VFS_HEADER + SAN_VFS_PAGE);
      return SQLITE_CORRUPT;
    }
  rc = self->lower->pMethods->xRead (self->lower, block, sizeof block, 0);
  if (rc != SQLITE_OK)
    return rc;
  return san_vfs_header_check (block, pending->key, file_id, &pending->error) ? SQLITE_OK
                                                                              : SQLITE_NOTADB;
}

static int
join_node (SanVfsMain *self, const char *path, SanVfsPending *pending)
{
  SanId16 file_id;
  int rc = check_file (self, pending, &file_id);

  if (rc != SQLITE_OK)
    return rc;
  san_vfs_node_lock_table ();
  self->node = san_vfs_node_open (path, &file_id, pending);
  san_vfs_node_unlock_table ();
  return self->node != NULL ? SQLITE_OK : SQLITE_CANTOPEN;
}

/* The file is there already (san_vfs_create_file()) and its key was left with this thread */
int
san_vfs_main_open (sqlite3_file *file, const char *path, int flags, int *out_flags)
{
  SanVfsMain *self = main_of (file);
  SanVfsPending *pending = san_vfs_pending;
  sqlite3_vfs *lower = san_vfs_get_lower ();
  int got = 0;
  int rc;

  if (pending == NULL || path == NULL || strcmp (path, pending->path) != 0)
    return SQLITE_CANTOPEN;

  memset (self, 0, sizeof *self);
  self->lower = (sqlite3_file *) ((guint8 *) file + san_vfs_main_size ());
  rc = lower->xOpen (lower, path, self->lower, flags & ~SQLITE_OPEN_CREATE, &got);
  if (rc == SQLITE_OK && (got & SQLITE_OPEN_READONLY) != 0)
    rc = SQLITE_READONLY_CANTINIT;      /* recovery writes */
  if (rc == SQLITE_OK)
    rc = join_node (self, path, pending);
  if (rc != SQLITE_OK)
    {
      if (self->lower->pMethods != NULL)
        self->lower->pMethods->xClose (self->lower);
      return rc;
    }
  self->base.pMethods = &main_methods;
  if (out_flags != NULL)
    *out_flags = got;
  return SQLITE_OK;
}

/* The open main file to which the WAL or journal called @path belongs, if it is one of ours.
 * @path must be the very pointer that SQLite gave to xOpen. */
SanVfsMain *
san_vfs_main_of (const char *path)
{
  sqlite3_file *file = path != NULL ? sqlite3_database_file_object (path) : NULL;

  return file != NULL && file->pMethods == &main_methods ? main_of (file) : NULL;
}
