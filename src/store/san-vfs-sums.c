/* san-vfs-sums.c - SQLite's own WAL checksums: read, continued, and put right
 *
 * Each frame carries salts and a checksum that continues that of the frame before. A spilled
 * transaction that overwrites frames writes zeros there and rewrites from the first such frame
 * at commit. SQLite 3.40 forgets the frames in between when a savepoint is rolled back
 * behind that place: a committed transaction is left with zeros inside, and the next recovery
 * drops it and all that follow (found by tests/fault/test-vfs-power.c). The rewriting starts by
 * asking for the checksum that it continues; at that moment the forgotten frames are mended,
 * and SQLite goes on from the right sum. */
#include "san-vfs-wal.h"

#define HEADER_SALTS 16                 /* in SQLite's WAL header */
#define HEADER_SUM 24
#define FRAME_SIZE 4                    /* in a frame's: database size in pages, 0 if no commit */
#define FRAME_SALTS 8
#define FRAME_SUM 16

static guint32
get_u32 (const guint8 *bytes)
{
  guint32 value;

  memcpy (&value, bytes, 4);
  return GUINT32_FROM_BE (value);
}

static void
put_u32 (guint8 *bytes, guint32 value)
{
  value = GUINT32_TO_BE (value);
  memcpy (bytes, &value, 4);
}

/* A header was read at recovery or is about to be written: its generation is the present one */
void
san_vfs_wal_take_header (SanVfsWal *self, const guint8 *header)
{
  SanVfsNode *node = self->node;

  g_mutex_lock (&node->lock);
  memcpy (node->salts, header + HEADER_SALTS, sizeof node->salts);
  node->swapped_sums = (get_u32 (header) & 1) != (G_BYTE_ORDER == G_BIG_ENDIAN);
  san_vfs_recent_clear (node);
  g_mutex_unlock (&node->lock);
}

gboolean
san_vfs_wal_is_commit (const guint8 *text)
{
  return get_u32 (text + FRAME_SIZE) != 0;
}

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

/* From the sum of the frame before to that of the frame in @text */
static void
add_frame (SanVfsWal *self, guint32 sums[2], const guint8 *text)
{
  static const guint8 reserved[SAN_PAGE_OVERHEAD] = { 0 };
  gboolean swapped = self->node->swapped_sums;

  add_sums (sums, text, 8, swapped);
  add_sums (sums, text + SAN_VFS_FRAME_HEADER, SAN_VFS_TEXT, swapped);
  add_sums (sums, reserved, sizeof reserved, swapped);
}

/* Whether the frame in @text was written right behind the one whose header is @before */
gboolean
san_vfs_wal_continues (SanVfsWal *self, const guint8 *before, const guint8 *text)
{
  guint32 sums[2] = { get_u32 (before + FRAME_SUM), get_u32 (before + FRAME_SUM + 4) };

  add_frame (self, sums, text);
  return sums[0] == get_u32 (text + FRAME_SUM) && sums[1] == get_u32 (text + FRAME_SUM + 4);
}

static gboolean
is_forgotten (const guint8 *text)
{
  static const guint8 zeros[16] = { 0 };

  return memcmp (text + FRAME_SALTS, zeros, sizeof zeros) == 0;
}

/* The frame from which on, up to @last, all are forgotten; @sums: what they continue */
static int
find_first_forgotten (SanVfsWal *self, gint64 last, gint64 *first, guint32 sums[2])
{
  guint8 header[SAN_VFS_WAL_HEADER];
  int rc = SQLITE_OK;

  for (*first = last; *first > 0; (*first)--)
    {
      rc = san_vfs_wal_get_frame (self, *first - 1);
      if (rc != SQLITE_OK)
        return rc;
      if (!is_forgotten (self->text))
        {
          sums[0] = get_u32 (self->text + FRAME_SUM);
          sums[1] = get_u32 (self->text + FRAME_SUM + 4);
          return SQLITE_OK;
        }
    }
  rc = san_vfs_wal_load_header (self, header);
  sums[0] = get_u32 (header + HEADER_SUM);
  sums[1] = get_u32 (header + HEADER_SUM + 4);
  return rc;
}

static int
mend_frame (SanVfsWal *self, gint64 frame, guint32 sums[2])
{
  int rc = san_vfs_wal_get_frame (self, frame);

  if (rc != SQLITE_OK)
    return rc;
  add_frame (self, sums, self->text);
  g_mutex_lock (&self->node->lock);
  memcpy (self->text + FRAME_SALTS, self->node->salts, sizeof self->node->salts);
  g_mutex_unlock (&self->node->lock);
  put_u32 (self->text + FRAME_SUM, sums[0]);
  put_u32 (self->text + FRAME_SUM + 4, sums[1]);
  return san_vfs_wal_store_frame (self, frame);
}

/* The checksum of @frame, asked for by the rewriting of those behind it. When all of those were
 * rolled back, the frame asked for may even lie behind the last of the transaction, which is
 * the last one stored: then the sum of that one is the answer. */
int
san_vfs_wal_read_sum (SanVfsWal *self, gint64 frame, guint8 *out)
{
  gint64 last = self->last_stored >= 0 ? MIN (frame, self->last_stored) : frame;
  guint32 sums[2];
  gint64 first;
  int rc = san_vfs_wal_get_frame (self, last);

  if (rc == SQLITE_OK && is_forgotten (self->text))
    {
      rc = find_first_forgotten (self, last, &first, sums);
      for (gint64 i = first; i <= last && rc == SQLITE_OK; i++)
        rc = mend_frame (self, i, sums);
    }
  if (rc == SQLITE_OK)
    memcpy (out, self->text + FRAME_SUM, 8);
  else
    memset (out, 0, 8);
  return rc;
}
