/* san-vfs-recover.c - a frame does not open: was the power cut there, or is the log damaged?
 *
 * SQLite ends a recovered log at the first frame that it cannot believe. For the torn end of the
 * last transaction that is right. For a frame in the middle it would drop, without a word,
 * every commit behind it, and delete them at close. The two can be told apart because every
 * commit is synced before the next transaction is written: if behind the bad frame there is a
 * commit frame with its successor in place, all before the successor had reached the disk, so
 * the bad frame was whole once.
 *
 * "Its successor" means more than an authentic frame at the next index. After a cut, the log is
 * continued at the torn place under the same salts, and frames of the torn transaction may still
 * lie behind; a second cut then shows new commits in front of old leavings. The frames' own
 * checksums are chained, so a leaving does not continue the chain of what is in front of it. */
#include "san-vfs-wal.h"

/* Looks behind the frame @bad for a commit with its successor. An error of reading is returned;
 * the answer is in @damaged. */
static int
judge (SanVfsWal *self, gint64 bad, gboolean *damaged)
{
  guint8 before[SAN_VFS_FRAME_HEADER] = { 0 };
  guint8 text[SAN_VFS_FRAME_TEXT];
  gboolean after_commit = FALSE;
  int rc = SQLITE_OK;

  *damaged = FALSE;
  for (gint64 frame = bad + 1; !*damaged; frame++)
    {
      rc = san_vfs_wal_load_frame (self, frame, text);
      if (rc != SQLITE_OK && rc != SQLITE_IOERR_DATA)
        break;
      if (rc == SQLITE_IOERR_DATA)
        {
          after_commit = FALSE;
          continue;
        }
      *damaged = after_commit && san_vfs_wal_continues (self, before, text);
      after_commit = san_vfs_wal_is_commit (text);
      memcpy (before, text, sizeof before);
    }
  san_wipe (text, sizeof text);
  return rc == SQLITE_IOERR_SHORT_READ || rc == SQLITE_IOERR_DATA ? SQLITE_OK : rc;
}

/* A frame for SQLite's recovery: what it holds, zeros (OK) where the log was torn, IOERR_DATA
 * where it is damaged */
int
san_vfs_wal_recover_frame (SanVfsWal *self, gint64 frame, guint8 *out)
{
  gboolean damaged;
  int rc = san_vfs_wal_load_frame (self, frame, out);

  if (rc != SQLITE_IOERR_DATA)
    return rc;
  rc = judge (self, frame, &damaged);
  if (rc != SQLITE_OK)
    return rc;
  if (damaged)
    {
      g_mutex_lock (&self->node->lock);
      self->node->keeps_wal = TRUE;
      g_mutex_unlock (&self->node->lock);
      return SQLITE_IOERR_DATA;
    }
  memset (out, 0, SAN_VFS_FRAME_TEXT);
  return SQLITE_OK;
}
