/* san-sim-power.c - power cuts, ordered failures, and looking at the disk from outside */
#include "san-sim-disk-core.h"
#include <string.h>

SanSimDisk *
san_sim_disk_new (guint64 seed)
{
  SanSimDisk *self = g_new0 (SanSimDisk, 1);
  guint32 seeds[2] = { (guint32) seed, (guint32) (seed >> 32) };

  g_assert (san_sim_the_disk == NULL);
  g_mutex_init (&self->lock);
  self->rand = g_rand_new_with_seed_array (seeds, 2);
  self->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, san_sim_node_unref);
  self->durable_names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, san_sim_node_unref);
  self->name_changes = g_ptr_array_new_with_free_func (san_sim_name_change_free);
  self->needles = g_ptr_array_new_with_free_func (g_free);
  self->sector = 512;
  self->capacity = -1;
  san_sim_the_disk = self;
  san_sim_vfs_register ();
  san_sim_ops_install ();
  return self;
}

void
san_sim_disk_free (SanSimDisk *self)
{
  if (self == NULL)
    return;
  san_sim_ops_remove ();
  san_sim_vfs_unregister ();
  san_sim_the_disk = NULL;
  g_ptr_array_unref (self->name_changes);
  g_hash_table_unref (self->names);
  g_hash_table_unref (self->durable_names);
  g_ptr_array_unref (self->needles);
  g_rand_free (self->rand);
  g_mutex_clear (&self->lock);
  g_free (self);
}

static void
put_name (SanSimDisk *self, const char *path, SimNode *node)
{
  g_hash_table_insert (self->names, g_strdup (path), san_sim_node_ref (node));
  g_hash_table_insert (self->durable_names, g_strdup (path), san_sim_node_ref (node));
}

static void
make_dir (SanSimDisk *self, const char *path)
{
  g_autofree char *parent = g_path_get_dirname (path);
  SimNode *node;

  if (g_hash_table_contains (self->names, path) || strcmp (parent, path) == 0)
    return;
  make_dir (self, parent);
  node = san_sim_node_new (TRUE);
  put_name (self, path, node);
  san_sim_node_unref (node);
}

void
san_sim_disk_make_dir (SanSimDisk *self, const char *path)
{
  san_sim_lock_disk ();
  make_dir (self, path);
  san_sim_unlock_disk ();
}

void
san_sim_disk_cut_after (SanSimDisk *self, guint64 n)
{
  san_sim_lock_disk ();
  self->cut_after = n;
  san_sim_unlock_disk ();
}

void
san_sim_disk_cut_now (SanSimDisk *self)
{
  san_sim_lock_disk ();
  self->is_off = TRUE;
  san_sim_unlock_disk ();
}

gboolean
san_sim_disk_is_off (SanSimDisk *self)
{
  gboolean is_off;

  san_sim_lock_disk ();
  is_off = self->is_off;
  san_sim_unlock_disk ();
  return is_off;
}

/* The sectors that a write touches each reach the platter or do not. Bytes of a sector that the
 * write does not cover are never changed (SQLite calls that powersafe overwrite). */
static void
tear_write (SanSimDisk *self, SimNode *node, const SimChange *change)
{
  gsize n;
  const guint8 *bytes = g_bytes_get_data (change->bytes, &n);

  for (gsize from = 0; from < n;)
    {
      gsize part = MIN (n - from, self->sector - (change->offset + from) % self->sector);

      if (g_rand_boolean (self->rand))
        san_sim_apply (node->durable, change->offset + from, bytes + from, part);
      from += part;
    }
}

static void
settle_change (SanSimDisk *self, SimNode *node, const SimChange *change, SanSimCut cut, guint64 end)
{
  gsize n = 0;
  const guint8 *bytes = change->bytes != NULL ? g_bytes_get_data (change->bytes, &n) : NULL;
  gboolean tears = cut == SAN_SIM_CUT_TEAR || cut == SAN_SIM_CUT_GARBLE ||
                   (cut == SAN_SIM_CUT_PREFIX && change->turn == end);
  gboolean keeps = cut == SAN_SIM_CUT_KEEP || (cut == SAN_SIM_CUT_PREFIX && change->turn < end);

  if (tears && bytes != NULL)
    tear_write (self, node, change);
  else if (keeps || ((tears || cut == SAN_SIM_CUT_SOME) && g_rand_boolean (self->rand)))
    san_sim_apply (node->durable, change->offset, bytes, n);
}

/* One sector that lies wholly in an owed write comes out as noise */
static void
garble (SanSimDisk *self, SimNode *node)
{
  for (guint i = 0; i < node->changes->len; i++)
    {
      SimChange *change = node->changes->pdata[i];
      gint64 first, last, at;

      if (change->bytes == NULL || g_rand_int_range (self->rand, 0, node->changes->len) != 0)
        continue;
      first = (change->offset + self->sector - 1) / self->sector;
      last = (change->offset + (gint64) g_bytes_get_size (change->bytes)) / self->sector;
      if (first >= last)
        continue;
      at = g_rand_int_range (self->rand, first, last) * (gint64) self->sector;
      for (guint k = 0; k < self->sector && at + k < node->durable->len; k++)
        node->durable->data[at + k] = g_rand_int (self->rand);
      return;
    }
}

static void
settle_names (SanSimDisk *self, SanSimCut cut)
{
  g_autoptr(GHashTable) left = g_hash_table_new (g_str_hash, g_str_equal);

  /* Names of one folder reach the platter in order, up to some point */
  for (guint i = 0; i < self->name_changes->len; i++)
    {
      SimNameChange *change = self->name_changes->pdata[i];

      if (g_hash_table_contains (left, change->folder))
        continue;
      if (cut == SAN_SIM_CUT_LOSE || (cut != SAN_SIM_CUT_KEEP && g_rand_boolean (self->rand)))
        g_hash_table_add (left, change->folder);
      else
        san_sim_apply_name (self->durable_names, change);
    }
}

static GList *
sorted_names (GHashTable *names)
{
  return g_list_sort (g_hash_table_get_keys (names), (GCompareFunc) strcmp);
}

static guint64
draw_end (SanSimDisk *self)
{
  guint64 first = G_MAXUINT64;
  GHashTableIter iter;
  gpointer node;

  g_hash_table_iter_init (&iter, self->names);
  while (g_hash_table_iter_next (&iter, NULL, &node))
    if (((SimNode *) node)->changes->len > 0)
      first = MIN (first, ((SimChange *) ((SimNode *) node)->changes->pdata[0])->turn);
  if (first > self->turn)
    return self->turn + 1;
  return first + g_rand_int_range (self->rand, 0, self->turn - first + 2);
}

/* A file under two names in the two tables is one node: settled once, since its list empties */
static void
settle_files (SanSimDisk *self, GHashTable *names, SanSimCut cut, guint64 end)
{
  GList *paths = sorted_names (names);

  for (GList *path = paths; path != NULL; path = path->next)
    {
      SimNode *node = g_hash_table_lookup (names, path->data);

      for (guint i = 0; i < node->changes->len; i++)
        settle_change (self, node, node->changes->pdata[i], cut, end);
      if (cut == SAN_SIM_CUT_GARBLE)
        garble (self, node);
      g_ptr_array_set_size (node->changes, 0);
      g_byte_array_set_size (node->now, 0);
      g_byte_array_append (node->now, node->durable->data, node->durable->len);
    }
  g_list_free (paths);
}

static void
forget_handles (SanSimDisk *self)
{
  GHashTableIter iter;
  gpointer node;

  self->epoch++;
  g_hash_table_iter_init (&iter, self->names);
  while (g_hash_table_iter_next (&iter, NULL, &node))
    {
      SimNode *file = node;

      file->n_shared = 0;
      file->reserved = file->pending = file->exclusive = NULL;
    }
}

static void
use_durable_names (SanSimDisk *self)
{
  GHashTableIter iter;
  gpointer path, node;

  g_ptr_array_set_size (self->name_changes, 0);
  g_hash_table_remove_all (self->names);
  g_hash_table_iter_init (&iter, self->durable_names);
  while (g_hash_table_iter_next (&iter, &path, &node))
    g_hash_table_insert (self->names, g_strdup (path), san_sim_node_ref (node));
}

void
san_sim_disk_power_on (SanSimDisk *self, SanSimCut cut)
{
  guint64 end;

  san_sim_lock_disk ();
  if (cut == SAN_SIM_CUT_RANDOM)
    cut = g_rand_int_range (self->rand, SAN_SIM_CUT_KEEP, SAN_SIM_CUT_GARBLE + 1);
  end = draw_end (self);
  settle_files (self, self->names, cut, end);
  settle_files (self, self->durable_names, cut, end);
  settle_names (self, cut);
  use_durable_names (self);
  forget_handles (self);
  self->is_off = FALSE;
  self->cut_after = 0;
  self->fail_nth = 0;
  san_sim_unlock_disk ();
}

void
san_sim_disk_set_sector (SanSimDisk *self, guint bytes)
{
  g_assert (bytes == 512 || bytes == 4096);
  self->sector = bytes;
}

guint64
san_sim_disk_get_n_changes (SanSimDisk *self)
{
  guint64 n;

  san_sim_lock_disk ();
  n = self->n_changes;
  san_sim_unlock_disk ();
  return n;
}

void
san_sim_disk_fail (SanSimDisk *self, SanSimKind kind, guint nth, gboolean for_good)
{
  san_sim_lock_disk ();
  self->fail_kind = kind;
  self->fail_nth = nth;
  self->fail_for_good = for_good;
  self->n_failed = 0;
  san_sim_unlock_disk ();
}

guint
san_sim_disk_get_n_failed (SanSimDisk *self)
{
  guint n;

  san_sim_lock_disk ();
  n = self->n_failed;
  san_sim_unlock_disk ();
  return n;
}

void
san_sim_disk_set_capacity (SanSimDisk *self, gint64 bytes)
{
  san_sim_lock_disk ();
  self->capacity = bytes;
  san_sim_unlock_disk ();
}

void
san_sim_disk_set_read_only (SanSimDisk *self, gboolean read_only)
{
  san_sim_lock_disk ();
  self->is_read_only = read_only;
  san_sim_unlock_disk ();
}

gboolean
san_sim_disk_exists (SanSimDisk *self, const char *path)
{
  gboolean exists;

  san_sim_lock_disk ();
  exists = g_hash_table_contains (self->names, path);
  san_sim_unlock_disk ();
  return exists;
}

GBytes *
san_sim_disk_get_file (SanSimDisk *self, const char *path)
{
  GBytes *bytes = NULL;
  SimNode *node;

  san_sim_lock_disk ();
  node = g_hash_table_lookup (self->names, path);
  if (node != NULL && !node->is_dir)
    bytes = g_bytes_new (node->now->data, node->now->len);
  san_sim_unlock_disk ();
  return bytes;
}

static void
put_content (SanSimDisk *self, const char *path, GBytes *bytes)
{
  SimNode *node = san_sim_node_new (FALSE);
  gsize n;
  const guint8 *data = g_bytes_get_data (bytes, &n);

  g_byte_array_append (node->now, data, n);
  g_byte_array_append (node->durable, data, n);
  put_name (self, path, node);
  san_sim_node_unref (node);
}

void
san_sim_disk_put_file (SanSimDisk *self, const char *path, GBytes *bytes)
{
  g_autofree char *folder = g_path_get_dirname (path);

  san_sim_lock_disk ();
  make_dir (self, folder);
  if (bytes != NULL)
    put_content (self, path, bytes);
  else
    {
      g_hash_table_remove (self->names, path);
      g_hash_table_remove (self->durable_names, path);
    }
  san_sim_unlock_disk ();
}

GStrv
san_sim_disk_list (SanSimDisk *self)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  GList *paths;

  san_sim_lock_disk ();
  paths = sorted_names (self->names);
  for (GList *path = paths; path != NULL; path = path->next)
    g_strv_builder_add (builder, path->data);
  san_sim_unlock_disk ();
  g_list_free (paths);
  return g_strv_builder_end (builder);
}

void
san_sim_disk_watch (SanSimDisk *self, const char *needle)
{
  san_sim_lock_disk ();
  g_ptr_array_add (self->needles, g_strdup (needle));
  san_sim_unlock_disk ();
}

guint
san_sim_disk_get_n_seen (SanSimDisk *self)
{
  guint n;

  san_sim_lock_disk ();
  n = self->n_seen;
  san_sim_unlock_disk ();
  return n;
}

struct _SanSimImage
{
  GHashTable *files;                    /* path -> GBytes, NULL for a folder */
};

static void
free_content (gpointer bytes)
{
  g_clear_pointer ((GBytes **) &bytes, g_bytes_unref);
}

SanSimImage *
san_sim_disk_snapshot (SanSimDisk *self)
{
  SanSimImage *image = g_new0 (SanSimImage, 1);
  GHashTableIter iter;
  gpointer path, node;

  image->files = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_content);
  san_sim_lock_disk ();
  g_hash_table_iter_init (&iter, self->names);
  while (g_hash_table_iter_next (&iter, &path, &node))
    {
      SimNode *file = node;

      g_hash_table_insert (image->files, g_strdup (path),
                           file->is_dir ? NULL : g_bytes_new (file->now->data, file->now->len));
    }
  san_sim_unlock_disk ();
  return image;
}

void
san_sim_disk_restore (SanSimDisk *self, const SanSimImage *image)
{
  GHashTableIter iter;
  gpointer path, bytes;

  san_sim_lock_disk ();
  g_hash_table_remove_all (self->durable_names);
  use_durable_names (self);
  g_hash_table_iter_init (&iter, image->files);
  while (g_hash_table_iter_next (&iter, &path, &bytes))
    {
      if (bytes == NULL)
        make_dir (self, path);
      else
        put_content (self, path, bytes);
    }
  forget_handles (self);
  self->is_off = self->is_read_only = FALSE;
  self->cut_after = 0;
  self->fail_nth = 0;
  self->capacity = -1;
  san_sim_unlock_disk ();
}

void
san_sim_image_free (SanSimImage *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->files);
  g_free (self);
}
