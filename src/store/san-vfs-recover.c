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

#define SALTS_AT 16                     /* in SQLite's WAL header */
#define FRAME_SIZE_AT 4                 /* in its frame header: database size, 0 if no commit */
#define FRAME_SUM_AT 16

static guint32
get_u32 (const guint8 *bytes)
{
  guint32 value;

  memcpy (&value, bytes, 4);
  return GUINT32_FROM_BE (value);
}

/* A header was read at recovery or is about to be written: its generation is the present one */
void
san_vfs_wal_take_header (SanVfsWal *self, const guint8 *header)
{
  SanVfsNode *node = self->node;

  g_mutex_lock (&node->lock);
  memcpy (node->salts, header + SALTS_AT, sizeof node->salts);
  node->swapped_sums = (get_u32 (header) & 1) != (G_BYTE_ORDER == G_BIG_ENDIAN);
  g_mutex_unlock (&node->lock);
  g_atomic_int_inc ((gint *) &node->wal_turn);
}

/* SQLite's WAL checksum, continued over @n bytes (a multiple of 8) */
static void
add_sums (guint32 sums[2], const guint8 *bytes, gsize n, gboolean swapped)
{
  for (gsize i = 0; i < n; i += 8)
    {
      guint32 words[2];

      memcpy (words, bytes + i, 8);
      if (swapped)
        {
          words[0] = GUINT32_SWAP_LE_BE (words[0]);
          words[1] = GUINT32_SWAP_LE_BE (words[1]);
        }
      sums[0] += words[0] + sums[1];
      sums[1] += words[1] + sums[0];
    }
}

/* Whether the frame in @text was written right behind the one whose header is @before */
static gboolean
continues (SanVfsWal *self, const guint8 *before, const guint8 *text)
{
  static const guint8 reserved[SAN_PAGE_OVERHEAD] = { 0 };
  guint32 sums[2] = { get_u32 (before + FRAME_SUM_AT), get_u32 (before + FRAME_SUM_AT + 4) };
  gboolean swapped = self->node->swapped_sums;

  add_sums (sums, text, 8, swapped);
  add_sums (sums, text + SAN_VFS_FRAME_HEADER, SAN_VFS_TEXT, swapped);
  add_sums (sums, reserved, sizeof reserved, swapped);
  return sums[0] == get_u32 (text + FRAME_SUM_AT) && sums[1] == get_u32 (text + FRAME_SUM_AT + 4);
}

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
      *damaged = after_commit && continues (self, before, text);
      after_commit = get_u32 (text + FRAME_SIZE_AT) != 0;
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
      self->node->wal_is_damaged = TRUE;
      g_mutex_unlock (&self->node->lock);
      return SQLITE_IOERR_DATA;
    }
  memset (out, 0, SAN_VFS_FRAME_TEXT);
  return SQLITE_OK;
}
