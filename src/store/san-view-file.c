/* san-view-file.c - the file of a protected compartment, and the key that opens it
 *
 * The view key is random, of this device, and kept in store.db sealed under the secret of the
 * ring that the login reads with. A file whose row is missing, does not open, or names another
 * ring gets a new key: after a new ring nothing newer may be written under the old one. */
#include "san-keychain-private.h"
#include "san-schema-private.h"
#include "san-view-private.h"
#include "san-view-key-private.h"
#include "san-error.h"
#include "san-file.h"
#include "san-vfs.h"
#include <errno.h>
#include <fcntl.h>

#define FILE_ID_OFFSET 16

char *
san_view_file_path (SanStore *store, guint8 compartment)
{
  g_autofree char *name = g_strconcat (san_compartment_get_name (compartment), ".db", NULL);

  return san_store_build_path (store, name);
}

static char *
row_name (guint8 compartment)
{
  return g_strconcat ("view-key.", san_compartment_get_name (compartment), NULL);
}

/* The file id stands in clear in the header block. */
static gboolean
read_file_id (const char *path, SanId16 *out, GError **error)
{
  const SanFileOps *ops = san_file_get_ops ();
  guint8 head[FILE_ID_OFFSET + sizeof out->b];
  int fd = ops->open (path, O_RDONLY | O_CLOEXEC, 0);
  gsize got = 0;
  ssize_t n = 0;
  int errsv;

  if (fd < 0)
    return san_error_set_errno (error, errno, path);
  while (got < sizeof head &&
         ((n = ops->read (fd, head + got, sizeof head - got)) > 0 || (n < 0 && errno == EINTR)))
    got += MAX (n, 0);
  errsv = errno;
  ops->close (fd);
  if (n < 0)
    return san_error_set_errno (error, errsv, path);
  if (got < sizeof head)
    {
      g_set_error (error, SAN_ERROR, SAN_ERROR_DAMAGED, "%s is cut short", path);
      return FALSE;
    }
  memcpy (out->b, head + FILE_ID_OFFSET, sizeof out->b);
  return TRUE;
}

/* The row's key for the file that lies there; LOCKED: not for this ring or this file. */
static SanSecret *
load_key (SanStore *store, guint8 compartment, const SanId32 *ring, const SanId16 *file_id,
          GError **error)
{
  g_autofree char *name = row_name (compartment);
  g_autoptr(GError) local = NULL;
  g_autoptr(GBytes) row = san_store_get_state (store, name, &local);
  SanBoxKey *ring_key = san_keychain_get_ring (store->keychain, ring);

  if (local)
    g_propagate_error (error, g_steal_pointer (&local));
  else if (!row || !ring_key)
    g_set_error (error, SAN_ERROR, SAN_ERROR_LOCKED, "there is no view key for this ring");
  else
    return san_view_key_unwrap (row, compartment, ring, ring_key, file_id, error);
  return NULL;
}

static gboolean
keep_key (SanStore *store, guint8 compartment, const SanId32 *ring, const SanId16 *file_id,
          const SanSecret *key, GError **error)
{
  g_autofree char *name = row_name (compartment);
  g_autoptr(GBytes) row = san_view_key_wrap (
      key, compartment, ring, san_keychain_get_ring (store->keychain, ring), file_id, NULL);

  return san_store_put_state (store, name, row, error);
}

static gboolean
attach (SanStore *store, guint8 compartment, const SanId32 *ring, SanDb *db, GError **error)
{
  gboolean fits;

  if (san_schema_check_view (db, &fits, error))
    {
      if (fits)
        store->views[compartment] = san_view_new (store, db, compartment, error);
      else
        g_set_error (error, SAN_ERROR, SAN_ERROR_DAMAGED, "view is of another version");
    }
  if (!store->views[compartment])
    {
      san_db_free (db);
      return FALSE;
    }
  store->views[compartment]->ring = *ring;
  return TRUE;
}

/* Which rings the leaf led to when the view last tried its grants: what it says is of these. */
static GBytes *
list_reach (const SanView *self)
{
  GHashTable *reach = self->store->keychain->parts[self->compartment].reach;
  GByteArray *bytes = g_byte_array_new ();
  g_autoptr(GList) rings = reach ? g_hash_table_get_keys (reach) : NULL;

  rings = g_list_sort (rings, san_id32_compare);
  for (GList *ring = rings; ring; ring = ring->next)
    g_byte_array_append (bytes, ((const SanId32 *)ring->data)->b, sizeof (SanId32));
  return g_byte_array_free_to_bytes (bytes);
}

static gboolean
put_reach (SanView *self, GError **error)
{
  g_autoptr(GBytes) reach = list_reach (self);
  g_autoptr(SanQuery) query
      = san_query (self->db, "INSERT OR REPLACE INTO view(name, value) VALUES('reach', ?1)", error);

  if (!query || !san_view_begin (self, error))
    return FALSE;
  san_query_put_bytes (query, 1, reach);
  if (san_query_run (query, error))
    return TRUE;
  san_view_abandon (self);
  return FALSE;
}

static gboolean
find_reach (SanView *self, GBytes **reach, GError **error)
{
  g_autoptr(SanQuery) query
      = san_query (self->db, "SELECT value FROM view WHERE name = 'reach'", error);
  gboolean row;

  if (!query || !san_query_step (query, &row, error))
    return FALSE;
  *reach = row ? san_query_dup_bytes (query, 0) : NULL;
  if (!*reach)
    *reach = g_bytes_new (NULL, 0);
  return TRUE;
}

static gboolean
leads_to_all (const SanView *self, GBytes *rings)
{
  gsize n;
  const guint8 *data = g_bytes_get_data (rings, &n);

  for (gsize at = 0; at + sizeof (SanId32) <= n; at += sizeof (SanId32))
    {
      SanId32 ring;

      memcpy (ring.b, data + at, sizeof ring.b);
      if (!san_keychain_reaches (self->store->keychain, self->compartment, &ring))
        return FALSE;
    }
  return TRUE;
}

/**
 * san_view_file_follow:
 *
 * The same leaf may lead to more rings than before: then grants are tried again; or no longer to
 * one of them, where a grant turned out not to count: then the view is made anew.
 */
gboolean
san_view_file_follow (SanStore *store, guint8 compartment, GError **error)
{
  SanView *view = store->views[compartment];
  g_autoptr(GBytes) now = list_reach (view);
  g_autoptr(GBytes) before = NULL;

  if (!find_reach (view, &before, error))
    return FALSE;
  if (g_bytes_equal (now, before))
    return TRUE;
  if (!leads_to_all (view, before))
    return san_view_file_make (store, compartment, error);
  return put_reach (view, error) && san_view_retry_grants (view, error);
}

static gboolean
open_present (SanStore *store, guint8 compartment, const SanId32 *ring, GError **error)
{
  g_autofree char *path = san_view_file_path (store, compartment);
  g_autoptr(SanSecret) key = NULL;
  SanId16 file_id;
  SanDb *db;

  if (!read_file_id (path, &file_id, error))
    return FALSE;
  key = load_key (store, compartment, ring, &file_id, error);
  if (!key)
    return FALSE;
  db = san_db_open (path, key, error);
  return db && attach (store, compartment, ring, db, error);
}

static gboolean
make_tables (SanDb *db, GError **error)
{
  if (san_db_begin (db, error) && san_schema_make_view (db, error))
    return san_db_commit (db, error);
  return FALSE;
}

static gboolean
make_new (SanStore *store, guint8 compartment, const SanId32 *ring, GError **error)
{
  g_autofree char *path = san_view_file_path (store, compartment);
  g_autoptr(SanSecret) key = san_secret_new_random (SAN_VIEW_KEY_SIZE);
  SanId16 file_id;
  SanDb *db;

  if (!san_vfs_remove_file (path, error))
    return FALSE;
  db = san_db_create (path, key, error);
  if (!db)
    return FALSE;
  if (!make_tables (db, error) || !read_file_id (path, &file_id, error)
      || !keep_key (store, compartment, ring, &file_id, key, error))
    {
      san_db_free (db);
      return FALSE;
    }
  return attach (store, compartment, ring, db, error)
         && put_reach (store->views[compartment], error);
}

/* Errors after which the file is simply made again; others are the disk's and are told. */
static gboolean
is_useless (const GError *error)
{
  return g_error_matches (error, SAN_ERROR, SAN_ERROR_LOCKED)
         || g_error_matches (error, SAN_ERROR, SAN_ERROR_DAMAGED)
         || g_error_matches (error, SAN_ERROR, SAN_ERROR_NOT_FOUND)
         || g_error_matches (error, SAN_ERROR, SAN_ERROR_TOO_NEW);
}

gboolean
san_view_file_open (SanStore *store, guint8 compartment, GError **error)
{
  const SanId32 *ring = &store->keychain->parts[compartment].leaf;
  g_autoptr(GError) local = NULL;

  if (open_present (store, compartment, ring, &local))
    return san_view_file_follow (store, compartment, error);
  if (is_useless (local))
    return make_new (store, compartment, ring, error);
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

gboolean
san_view_file_make (SanStore *store, guint8 compartment, GError **error)
{
  if (store->views[compartment])
    san_view_close (g_steal_pointer (&store->views[compartment]), NULL);
  return make_new (store, compartment, &store->keychain->parts[compartment].leaf, error);
}

/* Puts the copy in the place of the file. Cut off in between, the row does not fit, and the view
 * is made again. */
static gboolean
exchange (SanStore *store, guint8 compartment, const char *copy, const SanSecret *key,
          GError **error)
{
  const SanId32 *ring = &store->keychain->parts[compartment].leaf;
  g_autofree char *path = san_view_file_path (store, compartment);
  const SanFileOps *ops = san_file_get_ops ();
  SanId16 file_id;
  SanDb *db;

  if (!san_view_close (g_steal_pointer (&store->views[compartment]), error)
      || !san_vfs_remove_file (path, error))
    return FALSE;
  if (ops->rename (copy, path) != 0 || ops->sync_dir (store->dir) != 0)
    return san_error_set_errno (error, errno, path);
  if (!read_file_id (path, &file_id, error)
      || !keep_key (store, compartment, ring, &file_id, key, error))
    return FALSE;
  db = san_db_open (path, key, error);
  return db && attach (store, compartment, ring, db, error);
}

/**
 * san_view_file_rekey:
 *
 * After a new ring. If the new leaf leads to the old one, what the view holds stays right and is
 * copied under a new key; else, and whenever that fails, the view is made again.
 */
gboolean
san_view_file_rekey (SanStore *store, guint8 compartment, GError **error)
{
  SanView *view = store->views[compartment];
  g_autofree char *path = san_view_file_path (store, compartment);
  g_autofree char *copy = g_strconcat (path, ".new", NULL);
  g_autoptr(SanSecret) key = san_secret_new_random (SAN_VIEW_KEY_SIZE);

  if (san_keychain_reaches (store->keychain, compartment, &view->ring)
      && san_view_settle (view, NULL) && san_vfs_remove_file (copy, NULL)
      && san_db_copy (view->db, copy, key, NULL) && exchange (store, compartment, copy, key, NULL))
    return san_view_file_follow (store, compartment, error);
  san_vfs_remove_file (copy, NULL);
  return san_view_file_make (store, compartment, error);
}
