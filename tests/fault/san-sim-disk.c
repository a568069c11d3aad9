/* san-sim-disk.c - files in RAM whose writes are owed to the platter until they are synced
 *
 * Each file has what a reader sees, what the last sync left, and the changes between. Names are
 * a second table of the same kind: a new, renamed or removed name is owed until its folder is
 * synced. Which debts a power cut settles is drawn by the seed: san-sim-power.c. */
#include "san-sim-disk-core.h"
#include <errno.h>
#include <fcntl.h>
#include <string.h>

SanSimDisk *san_sim_the_disk;

void
san_sim_lock_disk (void)
{
  g_mutex_lock (&san_sim_the_disk->lock);
}

void
san_sim_unlock_disk (void)
{
  g_mutex_unlock (&san_sim_the_disk->lock);
}

void
san_sim_change_free (gpointer change)
{
  SimChange *self = change;

  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_free (self);
}

SimNode *
san_sim_node_new (gboolean is_dir)
{
  SimNode *self = g_new0 (SimNode, 1);

  g_atomic_ref_count_init (&self->refs);
  self->is_dir = is_dir;
  self->now = g_byte_array_new ();
  self->durable = g_byte_array_new ();
  self->changes = g_ptr_array_new_with_free_func (san_sim_change_free);
  return self;
}

SimNode *
san_sim_node_ref (SimNode *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
san_sim_node_unref (gpointer node)
{
  SimNode *self = node;

  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_byte_array_unref (self->now);
  g_byte_array_unref (self->durable);
  g_ptr_array_unref (self->changes);
  g_free (self);
}

/* Puts @n bytes (NULL: cuts) into a file's content; a hole is zeros */
void
san_sim_apply (GByteArray *content, gint64 offset, const guint8 *bytes, gsize n)
{
  guint size = content->len;

  if (bytes == NULL)
    {
      g_byte_array_set_size (content, offset);
      if (offset > size)
        memset (content->data + size, 0, offset - size);
      return;
    }
  if (offset + n > size)
    {
      g_byte_array_set_size (content, offset + n);
      if (offset > size)
        memset (content->data + size, 0, offset - size);
    }
  memcpy (content->data + offset, bytes, n);
}

static void
settle (SimNode *node)
{
  for (guint i = 0; i < node->changes->len; i++)
    {
      SimChange *change = node->changes->pdata[i];
      gsize n = 0;
      const guint8 *bytes = change->bytes != NULL ? g_bytes_get_data (change->bytes, &n) : NULL;

      san_sim_apply (node->durable, change->offset, bytes, n);
    }
  g_ptr_array_set_size (node->changes, 0);
}

static void
owe (SanSimDisk *disk, SimNode *node, gint64 offset, const void *bytes, gsize n)
{
  SimChange *change = g_new0 (SimChange, 1);

  change->turn = ++disk->turn;
  change->offset = offset;
  change->bytes = bytes != NULL ? g_bytes_new (bytes, n) : NULL;
  g_ptr_array_add (node->changes, change);
  san_sim_apply (node->now, offset, bytes, n);
}

/* Whether the call may go on: power, then the failure ordered for its kind. A change at which
 * the power goes is still made, as an owed one, and then fails: @cut. */
static gboolean
step (SanSimDisk *disk, SanSimKind kind, gboolean is_change, gboolean *cut)
{
  *cut = FALSE;
  if (disk->is_off)
    {
      errno = EIO;
      return FALSE;
    }
  if (disk->fail_nth > 0 && (disk->fail_kind == kind || disk->fail_kind == SAN_SIM_ANY))
    {
      if (--disk->fail_nth == 0)
        {
          disk->n_failed++;
          disk->fail_nth = disk->fail_for_good ? 1 : 0;
          errno = EIO;
          return FALSE;
        }
    }
  if (is_change)
    {
      disk->n_changes++;
      if (disk->cut_after > 0 && --disk->cut_after == 0)
        *cut = disk->is_off = TRUE;
    }
  return TRUE;
}

static int
ended (gboolean cut, int result)
{
  if (!cut)
    return result;
  errno = EIO;
  return -1;
}

static int
fail (int code)
{
  if (code == EROFS || code == ENOSPC)
    san_sim_the_disk->n_failed++;
  errno = code;
  return -1;
}

static gboolean
is_alive (SanSimDisk *disk, SimHandle *handle)
{
  if (handle->epoch == disk->epoch)
    return TRUE;
  errno = EIO;
  return FALSE;
}

static SimNode *
look_up (SanSimDisk *disk, const char *path)
{
  return g_hash_table_lookup (disk->names, path);
}

static gboolean
has_parent (SanSimDisk *disk, const char *path)
{
  g_autofree char *parent = g_path_get_dirname (path);
  SimNode *node = look_up (disk, parent);

  return (node != NULL && node->is_dir) || strcmp (parent, "/") == 0 || strcmp (parent, ".") == 0;
}

static void
owe_name (SanSimDisk *disk, const char *path, SimNode *node, const char *gone)
{
  SimNameChange *change = g_new0 (SimNameChange, 1);

  change->folder = g_path_get_dirname (path);
  change->path = g_strdup (path);
  change->node = node != NULL ? san_sim_node_ref (node) : NULL;
  change->gone = g_strdup (gone);
  san_sim_apply_name (disk->names, change);
  g_ptr_array_add (disk->name_changes, change);
}

void
san_sim_apply_name (GHashTable *names, const SimNameChange *change)
{
  if (change->gone != NULL)
    g_hash_table_remove (names, change->gone);
  if (change->node != NULL)
    g_hash_table_insert (names, g_strdup (change->path), san_sim_node_ref (change->node));
  else
    g_hash_table_remove (names, change->path);
}

void
san_sim_name_change_free (gpointer change)
{
  SimNameChange *self = change;

  g_clear_pointer (&self->node, san_sim_node_unref);
  g_free (self->folder);
  g_free (self->path);
  g_free (self->gone);
  g_free (self);
}

static int
find_or_make (SanSimDisk *disk, const char *path, int flags, SimNode **out)
{
  gboolean writes = (flags & O_ACCMODE) != O_RDONLY;
  SimNode *node = look_up (disk, path);
  gboolean cut;

  if (!step (disk, SAN_SIM_OPEN, FALSE, &cut))
    return -1;
  if (writes && disk->is_read_only)
    return fail (EROFS);
  if (node != NULL && (flags & O_CREAT) && (flags & O_EXCL))
    return fail (EEXIST);
  if (node != NULL && node->is_dir && writes)
    return fail (EISDIR);
  if (node == NULL)
    {
      if (!(flags & O_CREAT) || !has_parent (disk, path))
        return fail (ENOENT);
      node = san_sim_node_new (FALSE);
      owe_name (disk, path, node, NULL);
      san_sim_node_unref (node);
    }
  if ((flags & O_TRUNC) && node->now->len > 0)
    owe (disk, node, 0, NULL, 0);
  *out = node;
  return 0;
}

int
san_sim_open (const char *path, int flags, SimHandle **out)
{
  SanSimDisk *disk = san_sim_the_disk;
  SimNode *node = NULL;
  int result;

  san_sim_lock_disk ();
  result = find_or_make (disk, path, flags, &node);
  if (result == 0)
    {
      SimHandle *handle = g_new0 (SimHandle, 1);

      handle->node = san_sim_node_ref (node);
      handle->epoch = disk->epoch;
      handle->may_write = (flags & O_ACCMODE) != O_RDONLY;
      handle->may_read = (flags & O_ACCMODE) != O_WRONLY;
      handle->appends = (flags & O_APPEND) != 0;
      *out = handle;
    }
  san_sim_unlock_disk ();
  return result;
}

int
san_sim_close (SimHandle *handle)
{
  san_sim_lock_disk ();
  san_sim_node_unref (handle->node);
  g_free (handle);
  san_sim_unlock_disk ();
  return 0;
}

gssize
san_sim_read (SimHandle *handle, void *buffer, gsize n, gint64 offset)
{
  SanSimDisk *disk = san_sim_the_disk;
  gboolean cut;
  gssize there = -1;

  san_sim_lock_disk ();
  if (is_alive (disk, handle) && step (disk, SAN_SIM_READ, FALSE, &cut))
    {
      gint64 size = handle->node->now->len;

      there = CLAMP (size - offset, 0, (gint64) n);
      if (there > 0)
        memcpy (buffer, handle->node->now->data + offset, there);
    }
  san_sim_unlock_disk ();
  return there;
}

static void
look_for_needles (SanSimDisk *disk, const void *buffer, gsize n)
{
  for (guint i = 0; i < disk->needles->len; i++)
    if (memmem (buffer, n, disk->needles->pdata[i], strlen (disk->needles->pdata[i])) != NULL)
      disk->n_seen++;
}

static gint64
count_used (SanSimDisk *disk)
{
  gint64 used = 0;
  GHashTableIter iter;
  gpointer node;

  g_hash_table_iter_init (&iter, disk->names);
  while (g_hash_table_iter_next (&iter, NULL, &node))
    used += ((SimNode *) node)->now->len;
  return used;
}

gint64
san_sim_disk_get_used (SanSimDisk *self)
{
  gint64 used;

  san_sim_lock_disk ();
  used = count_used (self);
  san_sim_unlock_disk ();
  return used;
}

static gsize
room_for (SanSimDisk *disk, SimNode *node, gint64 offset, gsize n)
{
  if (disk->capacity < 0)
    return n;
  return CLAMP (disk->capacity - count_used (disk) + node->now->len - offset, 0, (gint64) n);
}

/* On a full disk the part that fits is written, as the system does */
gssize
san_sim_write (SimHandle *handle, const void *buffer, gsize n, gint64 offset)
{
  SanSimDisk *disk = san_sim_the_disk;
  gboolean cut;
  gssize written = -1;

  san_sim_lock_disk ();
  if (is_alive (disk, handle) && disk->is_read_only)
    written = fail (EROFS);
  else if (is_alive (disk, handle) && step (disk, SAN_SIM_WRITE, TRUE, &cut))
    {
      gsize fits = room_for (disk, handle->node, offset, n);

      look_for_needles (disk, buffer, n);
      if (fits > 0)
        owe (disk, handle->node, offset, buffer, fits);
      disk->n_failed += fits > 0 && fits < n;
      written = fits > 0 || n == 0 ? (gssize) fits : fail (ENOSPC);
      written = ended (cut, written);
    }
  san_sim_unlock_disk ();
  return written;
}

int
san_sim_truncate (SimHandle *handle, gint64 size)
{
  SanSimDisk *disk = san_sim_the_disk;
  gboolean cut;
  int result = -1;

  san_sim_lock_disk ();
  if (is_alive (disk, handle) && step (disk, SAN_SIM_TRUNCATE, TRUE, &cut))
    {
      if (size != handle->node->now->len)
        owe (disk, handle->node, size, NULL, 0);
      result = ended (cut, 0);
    }
  san_sim_unlock_disk ();
  return result;
}

int
san_sim_sync (SimHandle *handle)
{
  SanSimDisk *disk = san_sim_the_disk;
  gboolean cut;
  int result = -1;

  san_sim_lock_disk ();
  if (is_alive (disk, handle) && step (disk, SAN_SIM_SYNC, TRUE, &cut))
    {
      if (!cut)
        settle (handle->node);
      result = ended (cut, 0);
    }
  san_sim_unlock_disk ();
  return result;
}

gint64
san_sim_size (SimHandle *handle)
{
  SanSimDisk *disk = san_sim_the_disk;
  gboolean cut;
  gint64 size = -1;

  san_sim_lock_disk ();
  if (is_alive (disk, handle) && step (disk, SAN_SIM_READ, FALSE, &cut))
    size = handle->node->now->len;
  san_sim_unlock_disk ();
  return size;
}

int
san_sim_may_lock (SimHandle *handle)
{
  SanSimDisk *disk = san_sim_the_disk;
  gboolean cut;
  int result;

  san_sim_lock_disk ();
  result = is_alive (disk, handle) && step (disk, SAN_SIM_LOCK, FALSE, &cut) ? 0 : -1;
  san_sim_unlock_disk ();
  return result;
}

static int
change_names (SanSimDisk *disk, const char *path, SimNode *node, const char *gone)
{
  gboolean cut;

  if (!step (disk, SAN_SIM_DELETE, TRUE, &cut))
    return -1;
  if (disk->is_read_only)
    return fail (EROFS);
  owe_name (disk, path, node, gone);
  return ended (cut, 0);
}

int
san_sim_rename (const char *from, const char *to)
{
  SanSimDisk *disk = san_sim_the_disk;
  SimNode *node;
  int result;

  san_sim_lock_disk ();
  node = look_up (disk, from);
  if (disk->is_off)
    result = fail (EIO);
  else if (node == NULL || !has_parent (disk, to))
    result = fail (ENOENT);
  else
    {
      san_sim_node_ref (node);
      result = change_names (disk, to, node, from);
      san_sim_node_unref (node);
    }
  san_sim_unlock_disk ();
  return result;
}

int
san_sim_unlink (const char *path)
{
  SanSimDisk *disk = san_sim_the_disk;
  int result;

  san_sim_lock_disk ();
  if (disk->is_off)
    result = fail (EIO);
  else if (look_up (disk, path) == NULL)
    result = fail (ENOENT);
  else
    result = change_names (disk, path, NULL, NULL);
  san_sim_unlock_disk ();
  return result;
}

int
san_sim_mkdir (const char *path)
{
  SanSimDisk *disk = san_sim_the_disk;
  int result;

  san_sim_lock_disk ();
  if (disk->is_off)
    result = fail (EIO);
  else if (look_up (disk, path) != NULL)
    result = fail (EEXIST);
  else if (!has_parent (disk, path))
    result = fail (ENOENT);
  else
    {
      SimNode *node = san_sim_node_new (TRUE);

      result = change_names (disk, path, node, NULL);
      san_sim_node_unref (node);
    }
  san_sim_unlock_disk ();
  return result;
}

int
san_sim_sync_dir (const char *path)
{
  SanSimDisk *disk = san_sim_the_disk;
  gboolean cut;
  int result = -1;

  san_sim_lock_disk ();
  if (step (disk, SAN_SIM_SYNC, TRUE, &cut))
    {
      for (guint i = 0; i < disk->name_changes->len && !cut;)
        {
          SimNameChange *change = disk->name_changes->pdata[i];

          if (strcmp (change->folder, path) != 0)
            {
              i++;
              continue;
            }
          san_sim_apply_name (disk->durable_names, change);
          g_ptr_array_remove_index (disk->name_changes, i);
        }
      result = ended (cut, 0);
    }
  san_sim_unlock_disk ();
  return result;
}

int
san_sim_access (const char *path, gint64 *size)
{
  SanSimDisk *disk = san_sim_the_disk;
  gboolean cut;
  SimNode *node;
  int result = -1;

  san_sim_lock_disk ();
  if (step (disk, SAN_SIM_READ, FALSE, &cut))
    {
      node = look_up (disk, path);
      result = node == NULL ? fail (ENOENT) : node->is_dir ? fail (EISDIR) : 0;
      if (result == 0)
        *size = node->now->len;
    }
  san_sim_unlock_disk ();
  return result;
}

int
san_sim_look (const char *path, gboolean *is_dir, gint64 *size)
{
  SanSimDisk *disk = san_sim_the_disk;
  gboolean cut;
  int result = -1;

  san_sim_lock_disk ();
  if (step (disk, SAN_SIM_READ, FALSE, &cut))
    {
      SimNode *node = look_up (disk, path);

      result = node == NULL ? fail (ENOENT) : 0;
      if (node != NULL)
        {
          *is_dir = node->is_dir;
          *size = node->now->len;
        }
    }
  san_sim_unlock_disk ();
  return result;
}

static char **
list_names (SanSimDisk *disk, const char *path)
{
  g_autoptr(GStrvBuilder) names = g_strv_builder_new ();
  SimNode *node = look_up (disk, path);
  GHashTableIter iter;
  gpointer other;

  if (node == NULL || !node->is_dir)
    {
      errno = node == NULL ? ENOENT : ENOTDIR;
      return NULL;
    }
  g_hash_table_iter_init (&iter, disk->names);
  while (g_hash_table_iter_next (&iter, &other, NULL))
    {
      g_autofree char *parent = g_path_get_dirname (other);
      g_autofree char *name = g_path_get_basename (other);

      if (strcmp (parent, path) == 0)
        g_strv_builder_add (names, name);
    }
  return g_strv_builder_end (names);
}

char **
san_sim_list (const char *path)
{
  SanSimDisk *disk = san_sim_the_disk;
  char **names = NULL;
  gboolean cut;

  san_sim_lock_disk ();
  if (step (disk, SAN_SIM_READ, FALSE, &cut))
    names = list_names (disk, path);
  san_sim_unlock_disk ();
  return names;
}

gboolean
san_sim_has_folder_of (const char *path)
{
  SanSimDisk *disk = san_sim_the_disk;
  SimNode *node;
  gboolean has;

  san_sim_lock_disk ();
  node = look_up (disk, path);
  has = node != NULL || has_parent (disk, path);
  san_sim_unlock_disk ();
  return has;
}

int
san_sim_space (const char *path, guint64 *bytes)
{
  SanSimDisk *disk = san_sim_the_disk;
  gboolean cut;
  int result = -1;

  san_sim_lock_disk ();
  if (step (disk, SAN_SIM_READ, FALSE, &cut))
    {
      *bytes = disk->capacity < 0 ? (guint64) 1 << 40
                                  : (guint64) MAX (disk->capacity - count_used (disk), 0);
      result = 0;
    }
  san_sim_unlock_disk ();
  return result;
}

int
san_sim_rmdir (const char *path)
{
  SanSimDisk *disk = san_sim_the_disk;
  g_auto(GStrv) names = NULL;
  SimNode *node;
  int result;

  san_sim_lock_disk ();
  node = look_up (disk, path);
  names = list_names (disk, path);
  if (disk->is_off)
    result = fail (EIO);
  else if (node == NULL || names == NULL)
    result = fail (ENOENT);
  else
    result = names[0] != NULL ? fail (ENOTEMPTY) : change_names (disk, path, NULL, NULL);
  san_sim_unlock_disk ();
  return result;
}
