/* san-vfs-recent.c - the WAL frames written last, in the clear, in memory
 *
 * A checkpoint reads what was just written, and so does a spilled transaction when it rewrites
 * its checksums. Any connection of this process that changes a frame changes it here too, and a
 * new generation of the log empties it, so what is here is what lies on the disk. At most 4 MiB
 * per database, and only as much as the log has frames. */
#include "san-vfs-private.h"

gboolean
san_vfs_recent_get (SanVfsNode *node, gint64 frame, guint8 *out)
{
  SanVfsRecent *recent = node->recent;
  guint slot = frame % SAN_VFS_RECENT;

  if (recent == NULL || recent->frame[slot] != frame)
    return FALSE;
  memcpy (out, recent->text[slot], SAN_VFS_FRAME_TEXT);
  return TRUE;
}

static SanVfsRecent *
recent_new (void)
{
  SanVfsRecent *recent = g_try_new0 (SanVfsRecent, 1);

  for (guint i = 0; i < SAN_VFS_RECENT && recent != NULL; i++)
    recent->frame[i] = -1;
  return recent;
}

/* Without memory it is not remembered */
void
san_vfs_recent_put (SanVfsNode *node, gint64 frame, const guint8 *text)
{
  guint slot = frame % SAN_VFS_RECENT;

  if (node->recent == NULL)
    node->recent = recent_new ();
  if (node->recent == NULL)
    return;
  if (node->recent->text[slot] == NULL)
    node->recent->text[slot] = g_try_malloc (SAN_VFS_FRAME_TEXT);
  if (node->recent->text[slot] == NULL)
    return;
  memcpy (node->recent->text[slot], text, SAN_VFS_FRAME_TEXT);
  node->recent->frame[slot] = frame;
}

void
san_vfs_recent_forget (SanVfsNode *node, gint64 frame)
{
  guint slot = frame % SAN_VFS_RECENT;

  if (node->recent != NULL && node->recent->frame[slot] == frame)
    node->recent->frame[slot] = -1;
}

void
san_vfs_recent_clear (SanVfsNode *node)
{
  if (node->recent == NULL)
    return;
  for (guint i = 0; i < SAN_VFS_RECENT; i++)
    if (node->recent->text[i] != NULL)
      {
        san_wipe (node->recent->text[i], SAN_VFS_FRAME_TEXT);
        g_free (node->recent->text[i]);
      }
  g_clear_pointer (&node->recent, g_free);
}
