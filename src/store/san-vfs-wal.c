/* san-vfs-wal.c - the write-ahead log: one sealed header block, then sealed frames
 *
 * SQLite's frame (24 bytes of header, then the page) is sealed as one unit of the same size, so
 * neither page numbers nor SQLite's linear checksums over the plain page lie there. The present
 * generation's salts are part of what is authenticated: a frame of an older one does not open.
 *
 * SQLite writes a frame's header and page by two calls; the header is held until its page comes.
 * A header or page alone rewrites the sealed frame; SQLite does that only to frames of the
 * running transaction. The judgement over frames that do not open: san-vfs-recover.c. */
#include "san-vfs-wal.h"

static SanVfsWal *
wal_of (sqlite3_file *file)
{
  return (SanVfsWal *) file;
}

sqlite3_int64
san_vfs_wal_frame_offset (gint64 frame)
{
  return SAN_VFS_WAL_BLOCK + frame * SAN_VFS_FRAME;
}

/* 'F', version, 6 zero bytes, frame index, file id, salts of the present generation */
static void
frame_ad (SanVfsNode *node, gint64 frame, guint8 ad[40])
{
  guint64 number = GUINT64_TO_LE ((guint64) frame);

  memset (ad, 0, 8);
  ad[0] = 'F';
  ad[1] = 1;
  memcpy (ad + 8, &number, 8);
  memcpy (ad + 16, &node->file_id, 16);
  g_mutex_lock (&node->lock);
  memcpy (ad + 32, node->salts, 8);
  g_mutex_unlock (&node->lock);
}

/* 'W', version, 6 zero bytes, file id */
static void
header_ad (const SanVfsNode *node, guint8 ad[24])
{
  memset (ad, 0, 8);
  ad[0] = 'W';
  ad[1] = 1;
  memcpy (ad + 8, &node->file_id, 16);
}

/* Reads the sealed frame and opens it into @out (24 + 4056 bytes) under the present salts.
 * SHORT_READ: there is no such frame, or no whole one; IOERR_DATA: it does not open. */
int
san_vfs_wal_load_frame (SanVfsWal *self, gint64 frame, guint8 *out)
{
  guint8 sealed[SAN_VFS_FRAME];
  guint8 ad[40];
  int rc = self->lower->pMethods->xRead (self->lower, sealed, SAN_VFS_FRAME,
                                         san_vfs_wal_frame_offset (frame));

  if (rc != SQLITE_OK)
    return rc;
  frame_ad (self->node, frame, ad);
  return san_page_cipher_open (self->node->wal, ad, sizeof ad, sealed, SAN_VFS_FRAME, out)
           ? SQLITE_OK
           : SQLITE_IOERR_DATA;
}

/* The text of @frame, of the running transaction too */
int
san_vfs_wal_get_frame (SanVfsWal *self, gint64 frame)
{
  gboolean found;
  int rc = SQLITE_OK;

  g_mutex_lock (&self->node->lock);
  found = san_vfs_recent_get (self->node, frame, self->text);
  g_mutex_unlock (&self->node->lock);
  if (found)
    return SQLITE_OK;
  if (san_vfs_wal_is_waiting (self, frame))
    rc = san_vfs_wal_flush (self);
  return rc == SQLITE_OK ? san_vfs_wal_load_frame (self, frame, self->text) : rc;
}

/* Seals the text as @frame. The salts come from the node: in the frame's own header they are
 * zero while SQLite has the rewriting of checksums ahead of it. */
int
san_vfs_wal_store_frame (SanVfsWal *self, gint64 frame)
{
  guint8 *sealed;
  guint8 ad[40];
  int rc = san_vfs_wal_take_slot (self, frame, &sealed);

  if (rc != SQLITE_OK)
    return rc;
  frame_ad (self->node, frame, ad);
  san_page_cipher_seal (self->node->wal, ad, sizeof ad, self->text, SAN_VFS_FRAME_TEXT, sealed);
  g_mutex_lock (&self->node->lock);
  san_vfs_recent_put (self->node, frame, self->text);
  g_mutex_unlock (&self->node->lock);
  self->last_stored = frame;
  return SQLITE_OK;
}

/* A held header whose page did not follow rewrites its frame; without a frame there, it was the
 * start of one that never came */
static int
settle_header (SanVfsWal *self)
{
  gint64 frame = self->held_frame;
  int rc;

  if (frame < 0)
    return SQLITE_OK;
  self->held_frame = -1;
  rc = san_vfs_wal_get_frame (self, frame);
  if (rc == SQLITE_IOERR_SHORT_READ)
    return SQLITE_OK;
  if (rc != SQLITE_OK)
    return rc;
  memcpy (self->text, self->held, SAN_VFS_FRAME_HEADER);
  return san_vfs_wal_store_frame (self, frame);
}

static int
wal_close (sqlite3_file *file)
{
  SanVfsWal *self = wal_of (file);
  int rc = settle_header (self);
  int rc_close;

  if (rc == SQLITE_OK)
    rc = san_vfs_wal_flush (self);
  rc_close = self->lower->pMethods->xClose (self->lower);
  self->owner->wal = NULL;
  sqlite3_free (self->run);
  san_wipe (self->text, sizeof self->text);
  san_wipe (self->held, sizeof self->held);
  return rc != SQLITE_OK ? rc : rc_close;
}

/* On the disk: "SANWAL01", nonce, ciphertext, tag, zeros; the cipher gives ciphertext first */
static int
write_header (SanVfsWal *self, const guint8 *header)
{
  SanVfsNode *node = self->node;
  guint8 block[SAN_VFS_WAL_BLOCK] = { 0 };
  guint8 sealed[SAN_VFS_WAL_HEADER + SAN_PAGE_OVERHEAD];
  guint8 ad[24];
  gboolean keeps;
  int rc = san_vfs_wal_flush (self);

  g_mutex_lock (&node->lock);
  keeps = node->keeps_wal;
  g_mutex_unlock (&node->lock);
  if (rc != SQLITE_OK || keeps)
    return rc != SQLITE_OK ? rc : SQLITE_IOERR_WRITE;
  header_ad (node, ad);
  san_page_cipher_seal (node->wal, ad, sizeof ad, header, SAN_VFS_WAL_HEADER, sealed);
  memcpy (block, SAN_VFS_WAL_MAGIC, 8);
  memcpy (block + 8, sealed + 32, 24);
  memcpy (block + 32, sealed, 32);
  memcpy (block + 64, sealed + 56, 16);
  san_vfs_wal_take_header (self, header);
  return self->lower->pMethods->xWrite (self->lower, block, sizeof block, 0);
}

/* IOERR_DATA when what lies there is no header block of this file */
int
san_vfs_wal_load_header (SanVfsWal *self, guint8 *header)
{
  guint8 block[SAN_VFS_WAL_BLOCK];
  guint8 sealed[SAN_VFS_WAL_HEADER + SAN_PAGE_OVERHEAD];
  guint8 ad[24];
  int rc = self->lower->pMethods->xRead (self->lower, block, sizeof block, 0);

  if (rc != SQLITE_OK)
    return rc;
  header_ad (self->node, ad);
  memcpy (sealed, block + 32, 32);
  memcpy (sealed + 32, block + 8, 24);
  memcpy (sealed + 56, block + 64, 16);
  if (memcmp (block, SAN_VFS_WAL_MAGIC, 8) != 0 ||
      !san_page_cipher_open (self->node->wal, ad, sizeof ad, sealed, sizeof sealed, header))
    return SQLITE_IOERR_DATA;
  for (gsize i = 80; i < sizeof block; i++)
    if (block[i] != 0)
      return SQLITE_IOERR_DATA;
  return SQLITE_OK;
}

/* The whole header, or its checksum (8 bytes at 24) when checksums are rewritten. One that does
 * not open while the index is rebuilt looks like a cut while the log was started anew. */
static int
wal_read_header (SanVfsWal *self, guint8 *buffer, int n, int offset)
{
  guint8 header[SAN_VFS_WAL_HEADER];
  gboolean recovering = san_vfs_shm_is_recovering (self->owner);
  int rc = san_vfs_wal_load_header (self, header);

  if (rc == SQLITE_OK && recovering)
    san_vfs_wal_take_header (self, header);
  if (rc == SQLITE_OK)
    memcpy (buffer, header + offset, n);
  else
    memset (buffer, 0, n);
  return rc == SQLITE_IOERR_DATA && recovering ? SQLITE_OK : rc;
}

/* Header and page together: recovery, and the rewriting of checksums */
static int
read_whole_frame (SanVfsWal *self, guint8 *buffer, gint64 frame)
{
  int rc;

  if (san_vfs_shm_is_recovering (self->owner))
    rc = san_vfs_wal_recover_frame (self, frame, buffer);
  else
    {
      rc = san_vfs_wal_get_frame (self, frame);
      if (rc == SQLITE_OK)
        memcpy (buffer, self->text, SAN_VFS_FRAME_TEXT);
    }
  if (rc == SQLITE_OK)
    memset (buffer + SAN_VFS_FRAME_TEXT, 0, SAN_PAGE_OVERHEAD);
  else
    memset (buffer, 0, SAN_VFS_FRAME);
  return rc;
}

static int
read_page (SanVfsWal *self, guint8 *page, gint64 frame)
{
  int rc = san_vfs_wal_get_frame (self, frame);

  if (rc == SQLITE_OK)
    memcpy (page, self->text + SAN_VFS_FRAME_HEADER, SAN_VFS_TEXT);
  else
    memset (page, 0, SAN_VFS_TEXT);
  memset (page + SAN_VFS_TEXT, 0, SAN_PAGE_OVERHEAD);
  return rc;
}

static int
wal_read (sqlite3_file *file, void *buffer, int n, sqlite3_int64 offset)
{
  SanVfsWal *self = wal_of (file);
  gint64 frame = (offset - SAN_VFS_WAL_HEADER) / SAN_VFS_FRAME;
  int at = (offset - SAN_VFS_WAL_HEADER) % SAN_VFS_FRAME;
  int rc = settle_header (self);

  if (rc != SQLITE_OK)
    return rc;
  if ((n == SAN_VFS_WAL_HEADER && offset == 0) || (n == 8 && offset == 24))
    return wal_read_header (self, buffer, n, offset);
  if (offset < SAN_VFS_WAL_HEADER)
    return SQLITE_IOERR_READ;
  if (n == SAN_VFS_FRAME && at == 0)
    return read_whole_frame (self, buffer, frame);
  if (n == SAN_VFS_PAGE && at == SAN_VFS_FRAME_HEADER)
    return read_page (self, buffer, frame);
  if (n == 8 && at == 16)
    return san_vfs_wal_read_sum (self, frame, buffer);
  return SQLITE_IOERR_READ;
}

/* The page of a frame: with the header just held it is a new frame, alone it replaces the page
 * of one that is there */
static int
write_page (SanVfsWal *self, const guint8 *page, gint64 frame)
{
  int rc = SQLITE_OK;

  for (int i = SAN_VFS_TEXT; i < SAN_VFS_PAGE; i++)
    if (page[i] != 0)
      return SQLITE_IOERR_WRITE;
  if (self->held_frame == frame)
    {
      self->held_frame = -1;
      memcpy (self->text, self->held, SAN_VFS_FRAME_HEADER);
    }
  else
    {
      rc = settle_header (self);
      if (rc == SQLITE_OK)
        rc = san_vfs_wal_get_frame (self, frame);
    }
  if (rc != SQLITE_OK)
    return rc;
  memcpy (self->text + SAN_VFS_FRAME_HEADER, page, SAN_VFS_TEXT);
  return san_vfs_wal_store_frame (self, frame);
}

static int
wal_write (sqlite3_file *file, const void *buffer, int n, sqlite3_int64 offset)
{
  SanVfsWal *self = wal_of (file);
  gint64 frame = (offset - SAN_VFS_WAL_HEADER) / SAN_VFS_FRAME;
  int at = (offset - SAN_VFS_WAL_HEADER) % SAN_VFS_FRAME;
  int rc;

  if (n == SAN_VFS_PAGE && offset >= SAN_VFS_WAL_HEADER && at == SAN_VFS_FRAME_HEADER)
    return write_page (self, buffer, frame);

  rc = settle_header (self);
  if (rc != SQLITE_OK)
    return rc;
  if (n == SAN_VFS_WAL_HEADER && offset == 0)
    return write_header (self, buffer);
  if (n == SAN_VFS_FRAME_HEADER && offset >= SAN_VFS_WAL_HEADER && at == 0)
    {
      memcpy (self->held, buffer, SAN_VFS_FRAME_HEADER);
      self->held_frame = frame;
      return SQLITE_OK;
    }
  return SQLITE_IOERR_WRITE;
}

static int
wal_truncate (sqlite3_file *file, sqlite3_int64 size)
{
  SanVfsWal *self = wal_of (file);
  gboolean keeps;
  int rc = san_vfs_wal_flush (self);

  self->held_frame = -1;
  if (rc != SQLITE_OK)
    return rc;
  g_mutex_lock (&self->node->lock);
  keeps = self->node->keeps_wal;
  san_vfs_recent_clear (self->node);
  g_mutex_unlock (&self->node->lock);
  if (keeps)
    return SQLITE_IOERR_TRUNCATE;
  if (size < SAN_VFS_WAL_HEADER)
    size = 0;
  else
    size = size - SAN_VFS_WAL_HEADER + SAN_VFS_WAL_BLOCK;
  return self->lower->pMethods->xTruncate (self->lower, size);
}

static int
wal_sync (sqlite3_file *file, int flags)
{
  SanVfsWal *self = wal_of (file);
  int rc = settle_header (self);

  if (rc == SQLITE_OK)
    rc = san_vfs_wal_flush (self);
  return rc == SQLITE_OK ? self->lower->pMethods->xSync (self->lower, flags) : rc;
}

static int
wal_file_size (sqlite3_file *file, sqlite3_int64 *size)
{
  SanVfsWal *self = wal_of (file);
  sqlite3_int64 physical;
  int rc = settle_header (self);

  if (rc == SQLITE_OK)
    rc = san_vfs_wal_flush (self);
  if (rc == SQLITE_OK)
    rc = self->lower->pMethods->xFileSize (self->lower, &physical);
  if (rc == SQLITE_OK)
    *size = physical < SAN_VFS_WAL_BLOCK ? 0 : SAN_VFS_WAL_HEADER + physical - SAN_VFS_WAL_BLOCK;
  return rc;
}

static int
wal_lock (sqlite3_file *file, int level)
{
  return SQLITE_OK;                     /* SQLite locks the database file and the WAL index */
}

static int
wal_check_reserved (sqlite3_file *file, int *out)
{
  *out = 0;
  return SQLITE_OK;
}

static int
wal_file_control (sqlite3_file *file, int op, void *argument)
{
  return SQLITE_NOTFOUND;
}

static int
wal_sector_size (sqlite3_file *file)
{
  return SAN_VFS_PAGE;
}

static int
wal_characteristics (sqlite3_file *file)
{
  return SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

static const sqlite3_io_methods wal_methods = {
  .iVersion = 1,
  .xClose = wal_close,
  .xRead = wal_read,
  .xWrite = wal_write,
  .xTruncate = wal_truncate,
  .xSync = wal_sync,
  .xFileSize = wal_file_size,
  .xLock = wal_lock,
  .xUnlock = wal_lock,
  .xCheckReservedLock = wal_check_reserved,
  .xFileControl = wal_file_control,
  .xSectorSize = wal_sector_size,
  .xDeviceCharacteristics = wal_characteristics,
};

gsize
san_vfs_wal_size (void)
{
  return (sizeof (SanVfsWal) + 15) & ~(gsize) 15;
}

int
san_vfs_wal_open (sqlite3_file *file, const char *path, int flags, int *out_flags)
{
  SanVfsWal *self = wal_of (file);
  SanVfsMain *owner = san_vfs_main_of (path);
  sqlite3_vfs *lower = san_vfs_get_lower ();
  int rc;

  if (owner == NULL)
    return SQLITE_CANTOPEN;

  memset (self, 0, sizeof *self);
  self->owner = owner;
  self->node = owner->node;
  self->held_frame = -1;
  self->lower = (sqlite3_file *) ((guint8 *) file + san_vfs_wal_size ());
  rc = lower->xOpen (lower, path, self->lower, flags, out_flags);
  if (rc == SQLITE_OK)
    {
      self->base.pMethods = &wal_methods;
      owner->wal = self;
    }
  else if (self->lower->pMethods != NULL)
    self->lower->pMethods->xClose (self->lower);
  return rc;
}
