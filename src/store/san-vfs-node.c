/* san-vfs-node.c - the table of open database files, one node each, by full path
 *
 * Two connections of one file must share its WAL index, its locks and the WAL's salts; the node
 * is where they meet. It is made by the first open of a main file and freed by the last close,
 * so the next open starts from nothing and recovers from what lies on the disk. */
#include "san-vfs-private.h"
#include "san-hash.h"
#include <unistd.h>

static GMutex table_lock;
static GHashTable *table;               /* path -> SanVfsNode, both owned by the node */

void
san_vfs_node_lock_table (void)
{
  g_mutex_lock (&table_lock);
}

void
san_vfs_node_unlock_table (void)
{
  g_mutex_unlock (&table_lock);
}

gboolean
san_vfs_node_is_any_open (void)
{
  return table != NULL && g_hash_table_size (table) > 0;
}

/* With the table locked; NULL when nobody has @path open */
SanVfsNode *
san_vfs_node_find (const char *path)
{
  return table != NULL ? g_hash_table_lookup (table, path) : NULL;
}

static SanVfsNode *
node_new (const char *path, const SanId16 *file_id, const SanVfsPending *pending)
{
  g_autoptr(SanSecret) page_key = san_derive_subkey (pending->key, 1, "san1.vfs");
  g_autoptr(SanSecret) wal_key = san_derive_subkey (pending->key, 2, "san1.vfs");
  SanVfsNode *self = g_new0 (SanVfsNode, 1);

  self->path = g_strdup (path);
  self->process = getpid ();
  self->making = pending->making;
  self->file_id = *file_id;
  self->pages = san_page_cipher_new (page_key);
  self->wal = san_page_cipher_new (wal_key);
  g_mutex_init (&self->lock);
  return self;
}

/* With the table locked and the key already proved against the file. NULL when @path is open
 * under another file id (the file was exchanged beneath somebody), by the other of the two
 * purposes, or was opened before a fork(). */
SanVfsNode *
san_vfs_node_open (const char *path, const SanId16 *file_id, const SanVfsPending *pending)
{
  SanVfsNode *self = san_vfs_node_find (path);

  if (self == NULL)
    {
      if (table == NULL)
        table = g_hash_table_new (g_str_hash, g_str_equal);
      self = node_new (path, file_id, pending);
      g_hash_table_insert (table, self->path, self);
    }
  else if (!san_id16_equal (&self->file_id, file_id) || self->making != pending->making ||
           self->process != getpid ())
    return NULL;

  self->n_users++;
  return self;
}

void
san_vfs_node_close (SanVfsNode *self)
{
  g_mutex_lock (&table_lock);
  if (--self->n_users > 0)
    {
      g_mutex_unlock (&table_lock);
      return;
    }
  g_hash_table_remove (table, self->path);
  g_mutex_unlock (&table_lock);

  g_assert (self->shm.n_users == 0);
  san_vfs_recent_clear (self);
  san_page_cipher_free (self->pages);
  san_page_cipher_free (self->wal);
  g_mutex_clear (&self->lock);
  g_free (self->path);
  g_free (self);
}
