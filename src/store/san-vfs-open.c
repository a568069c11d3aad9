/* san-vfs-open.c - a connection as the store uses it: opened with a key, set up, fenced in */
#include "san-vfs-private.h"
#include "san-file.h"

#define BUSY_MS 5000

/* One row of SQLite's integrity_check is a sentence about damage or the word "ok"; a page that
 * cannot be read is a row too, and no error */
#define INTEGRITY_OK "ok"

/* What a result code means for whoever called */
static SanErrorCode
code_of (int rc)
{
  if (rc == SQLITE_IOERR_DATA)
    return SAN_ERROR_DAMAGED;
  switch (rc & 0xff)
    {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return SAN_ERROR_DAMAGED;
    case SQLITE_FULL:
      return SAN_ERROR_NO_SPACE;
    case SQLITE_READONLY:
    case SQLITE_PERM:
      return SAN_ERROR_READ_ONLY;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return SAN_ERROR_IN_USE;
    case SQLITE_AUTH:
    case SQLITE_CONSTRAINT:
    case SQLITE_TOOBIG:
      return SAN_ERROR_REFUSED;
    case SQLITE_NOTFOUND:
      return SAN_ERROR_NOT_FOUND;
    default:
      return SAN_ERROR_IO;
    }
}

/**
 * san_vfs_set_error:
 * @db: (nullable): the connection that failed, for its own words
 * @rc: an extended result code, none of the good ones
 * @what: what was being done, lower case
 *
 * Turns a failure of SQLite into one of %SAN_ERROR. Returns: %FALSE, always.
 */
gboolean
san_vfs_set_error (GError **error, sqlite3 *db, int rc, const char *what)
{
  const char *message = sqlite3_errstr (rc);

  if (db != NULL && sqlite3_extended_errcode (db) == rc)
    message = sqlite3_errmsg (db);
  g_set_error (error, SAN_ERROR, code_of (rc), "%s: %s (%d)", what, message, rc);
  return FALSE;
}

/**
 * san_vfs_authorize:
 *
 * The store's least authorizer, set on each connection by san_vfs_open(). Whoever sets a
 * narrower one calls it first and keeps its refusals: it forbids to attach a second database,
 * which could be in clear, and to load code. VACUUM attaches a nameless one; san_vfs_copy() the
 * file that it is making.
 */
int
san_vfs_authorize (void *unused, int action, const char *first, const char *second,
                   const char *schema, const char *inside)
{
  if (action == SQLITE_ATTACH)
    {
      gboolean ours = first != NULL &&
                      (first[0] == '\0' || (san_vfs_pending != NULL && san_vfs_pending->making &&
                                            strcmp (first, san_vfs_pending->path) == 0));
      return ours ? SQLITE_OK : SQLITE_DENY;
    }
  if (action == SQLITE_FUNCTION && second != NULL
      && sqlite3_stricmp (second, "load_extension") == 0)
    return SQLITE_DENY;
  return SQLITE_OK;
}

/* The key is with this thread only while SQLite opens the file */
int
san_vfs_open_bare (SanVfsPending *pending, sqlite3 **db)
{
  int rc;

  g_assert (san_vfs_pending == NULL);
  san_vfs_pending = pending;
  rc = sqlite3_open_v2 (pending->path, db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX,
                        SAN_VFS_NAME);
  san_vfs_pending = NULL;
  if (rc == SQLITE_OK)
    sqlite3_extended_result_codes (*db, 1);
  return rc;
}

static gboolean
run (sqlite3 *db, const char *sql, GError **error)
{
  int rc = sqlite3_exec (db, sql, NULL, NULL, NULL);

  return rc == SQLITE_OK || san_vfs_set_error (error, db, rc, "setting up the database");
}

/* Also the first look into the file: recovers the WAL and reads page 1 */
static gboolean
check_is_wal (sqlite3 *db, GError **error)
{
  sqlite3_stmt *statement = NULL;
  g_autofree char *mode = NULL;
  int rc = sqlite3_prepare_v2 (db, "PRAGMA journal_mode", -1, &statement, NULL);

  if (rc == SQLITE_OK)
    rc = sqlite3_step (statement);
  if (rc == SQLITE_ROW)
    mode = g_strdup ((const char *) sqlite3_column_text (statement, 0));
  sqlite3_finalize (statement);
  if (rc != SQLITE_ROW)
    return san_vfs_set_error (error, db, rc, "opening the database");
  if (g_strcmp0 (mode, "wal") != 0)
    {
      g_set_error (error, SAN_ERROR, SAN_ERROR_DAMAGED, "database has journal mode %s, not wal",
                   mode);
      return FALSE;
    }
  rc = sqlite3_exec (db, "SELECT count(*) FROM sqlite_schema", NULL, NULL, NULL);
  return rc == SQLITE_OK || san_vfs_set_error (error, db, rc, "opening the database");
}

static gboolean
set_up (sqlite3 *db, SanVfsFlags flags, GError **error)
{
  static const char settings[] = "PRAGMA temp_store=MEMORY;"
                                 "PRAGMA synchronous=FULL;"
                                 "PRAGMA secure_delete=ON;";

  sqlite3_busy_timeout (db, BUSY_MS);
  sqlite3_db_config (db, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, NULL);
  sqlite3_db_config (db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config (db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  sqlite3_set_authorizer (db, san_vfs_authorize, NULL);
  return run (db, settings, error) && check_is_wal (db, error) &&
         ((flags & SAN_VFS_QUERY_ONLY) == 0 || run (db, "PRAGMA query_only=ON", error));
}

static gboolean
is_missing (const char *path)
{
  SanFileKind kind;

  return san_file_look (path, &kind, NULL, NULL) && kind == SAN_FILE_NONE;
}

static gboolean
open_failed (SanVfsPending *pending, sqlite3 *db, int rc, GError **error)
{
  if (pending->error != NULL)
    g_propagate_prefixed_error (error, g_steal_pointer (&pending->error), "opening %s: ",
                                pending->path);
  else if (rc == SQLITE_CANTOPEN && is_missing (pending->path))
    g_set_error (error, SAN_ERROR, SAN_ERROR_NOT_FOUND, "no database at %s", pending->path);
  else
    {
      g_autofree char *what = g_strdup_printf ("opening %s", pending->path);

      san_vfs_set_error (error, db, rc, what);
    }
  return FALSE;
}

/**
 * san_vfs_open:
 * @path: a file made by san_vfs_create_file() or san_vfs_copy()
 * @key: its 32-byte data key; not kept
 *
 * Opens a connection to be used from any thread, one at a time (it has no lock of its own), and
 * looks into the file, so damage that keeps it from being read shows here. WAL, synchronous=FULL,
 * nothing temporary on the disk, deleted content overwritten.
 *
 * Errors: NOT_FOUND; LOCKED: another key (nothing was touched, also no WAL beside it); DAMAGED;
 * TOO_NEW; READ_ONLY; IN_USE; IO. Returns: (transfer full): close it with san_vfs_close().
 */
sqlite3 *
san_vfs_open (const char *path, const SanSecret *key, SanVfsFlags flags, GError **error)
{
  g_autofree char *full = NULL;
  SanVfsPending pending = { .key = key };
  sqlite3 *db = NULL;
  int rc;

  g_return_val_if_fail (san_secret_get_size (key) == 32, NULL);
  if (!san_vfs_full_path (path, &full, error))
    return NULL;
  pending.path = full;
  rc = san_vfs_open_bare (&pending, &db);
  if (rc != SQLITE_OK)
    open_failed (&pending, db, rc, error);
  else if (set_up (db, flags, error))
    return db;
  sqlite3_close_v2 (db);
  return NULL;
}

/**
 * san_vfs_close:
 * @db: (transfer full) (nullable): from san_vfs_open()
 *
 * Closes a connection; the last one of a file folds the WAL into it. On failure (IN_USE: a
 * statement is not finalized, which is a mistake of ours) it stays open.
 */
gboolean
san_vfs_close (sqlite3 *db, GError **error)
{
  int rc = sqlite3_close (db);

  return rc == SQLITE_OK || san_vfs_set_error (error, db, rc, "closing the database");
}

/**
 * san_vfs_integrity_check:
 *
 * Runs SQLite's own check over every page and index. Errors: DAMAGED with its first finding.
 */
gboolean
san_vfs_integrity_check (sqlite3 *db, GError **error)
{
  sqlite3_stmt *statement = NULL;
  g_autofree char *finding = NULL;
  int rc = sqlite3_prepare_v2 (db, "PRAGMA integrity_check(1)", -1, &statement, NULL);

  if (rc == SQLITE_OK)
    rc = sqlite3_step (statement);
  if (rc == SQLITE_ROW)
    finding = g_strdup ((const char *) sqlite3_column_text (statement, 0));
  sqlite3_finalize (statement);
  if (rc != SQLITE_ROW)
    return san_vfs_set_error (error, db, rc, "checking the database");
  if (g_strcmp0 (finding, INTEGRITY_OK) != 0)
    {
      g_set_error (error, SAN_ERROR, SAN_ERROR_DAMAGED, "checking the database: %s", finding);
      return FALSE;
    }
  return TRUE;
}
