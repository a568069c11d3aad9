/* san-vfs-run.c - sealed frames that follow each other reach the disk by one call
 *
 * They wait here until the next frame is not their neighbour, the run is full, or somebody needs
 * them on the disk: a sync (which ends every commit), the size, the end of the write lock. A
 * frame of the run that is written again is replaced in it. When the late write fails, frames
 * that SQLite believes written are gone; from then on nothing succeeds until the transaction is
 * over, so it cannot be committed. */
#include "san-vfs-wal.h"

static void
forget_waiting (SanVfsWal *self)
{
  g_mutex_lock (&self->node->lock);
  for (guint i = 0; i < self->run_n; i++)
    san_vfs_recent_forget (self->node, self->run_first + i);
  g_mutex_unlock (&self->node->lock);
  self->run_n = 0;
}

/* Writes what waits. The code is that of the disk, once; later calls say IOERR_WRITE. */
int
san_vfs_wal_flush (SanVfsWal *self)
{
  int rc;

  if (self->run_lost)
    return SQLITE_IOERR_WRITE;
  if (self->run_n == 0)
    return SQLITE_OK;
  rc = self->lower->pMethods->xWrite (self->lower, self->run, self->run_n * SAN_VFS_FRAME,
                                      san_vfs_wal_frame_offset (self->run_first));
  if (rc == SQLITE_OK)
    self->run_n = 0;
  else
    {
      forget_waiting (self);
      self->run_lost = TRUE;
    }
  return rc;
}

/* Where @frame is to be sealed, in @out; it then belongs to the run */
int
san_vfs_wal_take_slot (SanVfsWal *self, gint64 frame, guint8 **out)
{
  gint64 at = frame - self->run_first;
  int rc = SQLITE_OK;

  if (self->run == NULL)
    self->run = sqlite3_malloc (SAN_VFS_RUN * SAN_VFS_FRAME);
  if (self->run == NULL)
    return SQLITE_IOERR_NOMEM;
  if (self->run_n == 0 || at < 0 || at > self->run_n || at == SAN_VFS_RUN)
    {
      rc = san_vfs_wal_flush (self);
      self->run_first = frame;
      at = 0;
    }
  else if (self->run_lost)
    rc = SQLITE_IOERR_WRITE;
  if (rc != SQLITE_OK)
    return rc;
  self->run_n = MAX (self->run_n, (guint) at + 1);
  *out = self->run + at * SAN_VFS_FRAME;
  return SQLITE_OK;
}

gboolean
san_vfs_wal_is_waiting (SanVfsWal *self, gint64 frame)
{
  return frame >= self->run_first && frame < self->run_first + self->run_n;
}

/* Before the write lock is let go. After a commit nothing waits any more; what a rolled back
 * transaction left is of no use to anybody, but must not be written once others write. */
void
san_vfs_wal_end_writing (SanVfsWal *self)
{
  forget_waiting (self);
  self->run_lost = FALSE;
}
