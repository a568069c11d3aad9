/* san-vfs-copy.c - database files made, copied and removed as wholes
 *
 * A new file, header and first page together, comes into being by one rename; so does a copy,
 * after it was opened again and checked. A name never points to half of one. */
#include "san-vfs-private.h"
#include "san-file.h"
#include <errno.h>
#include <fcntl.h>

static gboolean
refuse_if_there (const char *path, GError **error)
{
  SanFileKind kind;

  if (!san_file_look (path, &kind, NULL, error))
    return FALSE;
  if (kind == SAN_FILE_NONE)
    return TRUE;
  g_set_error (error, SAN_ERROR, SAN_ERROR_ALREADY, "%s is already there", path);
  return FALSE;
}

/**
 * san_vfs_create_file:
 * @path: where nothing is yet, else ALREADY
 * @key: 32 random bytes of its own
 *
 * Makes an empty database that san_vfs_open() takes. It appears whole or not at all, also when
 * the power goes. A WAL that an earlier database of the name left behind is removed.
 */
gboolean
san_vfs_create_file (const char *path, const SanSecret *key, GError **error)
{
  g_autofree char *wal = g_strconcat (path, "-wal", NULL);
  g_autoptr(GBytes) bytes = NULL;

  g_return_val_if_fail (san_secret_get_size (key) == 32, FALSE);
  if (!refuse_if_there (path, error) || !san_file_remove (wal, error))
    return FALSE;
  bytes = san_vfs_header_new (key, TRUE);
  return san_file_replace (path, bytes, 0600, error);
}

/**
 * san_vfs_remove_file:
 *
 * Removes a database that nobody has open, and its WAL. Missing is fine.
 */
gboolean
san_vfs_remove_file (const char *path, GError **error)
{
  g_autofree char *wal = g_strconcat (path, "-wal", NULL);

  return san_file_remove (wal, error) && san_file_remove (path, error);
}

static gboolean
vacuum_into (sqlite3 *db, SanVfsPending *pending, GError **error)
{
  sqlite3_stmt *statement = NULL;
  int rc = sqlite3_prepare_v2 (db, "VACUUM INTO ?1", -1, &statement, NULL);

  g_assert (san_vfs_pending == NULL);
  if (rc == SQLITE_OK)
    rc = sqlite3_bind_text (statement, 1, pending->path, -1, SQLITE_STATIC);
  san_vfs_pending = pending;
  if (rc == SQLITE_OK)
    rc = sqlite3_step (statement);
  san_vfs_pending = NULL;
  if (rc != SQLITE_DONE)
    san_vfs_set_error (error, db, rc, "copying the database");
  sqlite3_finalize (statement);
  return rc == SQLITE_DONE;
}

/* SQLite leaves the copy outside WAL; its journal for the change is in RAM. Close folds the WAL
 * into the file and syncs it. */
static gboolean
finish_copy (SanVfsPending *pending, GError **error)
{
  sqlite3 *db = NULL;
  int rc = san_vfs_open_bare (pending, &db);
  gboolean ok = FALSE;

  if (rc == SQLITE_OK)
    rc = sqlite3_exec (db, "PRAGMA journal_mode=MEMORY; PRAGMA journal_mode=WAL;", NULL, NULL,
                       NULL);
  if (rc != SQLITE_OK)
    san_vfs_set_error (error, db, rc, "opening the copy");
  else
    ok = san_vfs_integrity_check (db, error);
  rc = sqlite3_close (db);
  if (ok && rc != SQLITE_OK)
    ok = san_vfs_set_error (error, NULL, rc, "closing the copy");
  return ok;
}

/* SQLite syncs neither the target of a VACUUM INTO nor its directory */
static gboolean
sync_and_rename (const char *from, const char *to, GError **error)
{
  const SanFileOps *ops = san_file_get_ops ();
  g_autofree char *folder = g_path_get_dirname (to);
  int fd = ops->open (from, O_RDWR | O_CLOEXEC, 0);
  int rc;

  if (fd < 0)
    return san_error_set_errno (error, errno, from);
  rc = ops->sync (fd) == 0 ? 0 : errno;
  ops->close (fd);
  if (rc == 0 && (ops->rename (from, to) != 0 || ops->sync_dir (folder) != 0))
    rc = errno;
  return rc == 0 || san_error_set_errno (error, rc, to);
}

static gboolean
make_copy (sqlite3 *db, SanVfsPending *pending, const char *path, GError **error)
{
  g_autoptr(GBytes) header = san_vfs_header_new (pending->key, FALSE);
  gboolean ok = san_file_replace (pending->path, header, 0600, error) &&
                vacuum_into (db, pending, error) && finish_copy (pending, error);

  if (pending->error != NULL && !ok)
    {
      g_clear_error (error);
      g_propagate_error (error, g_steal_pointer (&pending->error));
    }
  return ok && sync_and_rename (pending->path, path, error);
}

/**
 * san_vfs_copy:
 * @db: the database to copy, outside a transaction
 * @path: where the copy goes; nothing may be there (ALREADY)
 * @key: the copy's own 32-byte key
 *
 * Writes what @db holds, without its free pages, as a new database that was opened again and
 * checked before it got its name.
 */
gboolean
san_vfs_copy (sqlite3 *db, const char *path, const SanSecret *key, GError **error)
{
  g_autofree char *temporary = g_strconcat (path, ".copy", NULL);
  g_autofree char *full = NULL;
  SanVfsPending pending = { .key = key, .making = TRUE };

  g_return_val_if_fail (san_secret_get_size (key) == 32, FALSE);
  if (!refuse_if_there (path, error) || !san_vfs_remove_file (temporary, error) ||
      !san_vfs_full_path (temporary, &full, error))
    return FALSE;
  pending.path = full;
  if (make_copy (db, &pending, path, error))
    return TRUE;
  san_vfs_remove_file (temporary, NULL);
  return FALSE;
}
