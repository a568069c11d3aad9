/* san-vfs.c - registration, and which files may be opened and deleted
 *
 * Fails closed: a main database whose key was handed over, its WAL, and a RAM journal for a copy
 * in the making. Whatever else SQLite may ask for (a temporary file, a super-journal, a library
 * to load) is refused, since it would lie on the disk in clear. */
#include "san-vfs-private.h"

__thread SanVfsPending *san_vfs_pending;

static sqlite3_vfs the_vfs;
static sqlite3_vfs *the_lower;          /* changes only while nothing is open */

sqlite3_vfs *
san_vfs_get_lower (void)
{
  return the_lower;
}

static int
vfs_open (sqlite3_vfs *vfs, const char *path, sqlite3_file *file, int flags, int *out_flags)
{
  SanVfsMain *owner;

  file->pMethods = NULL;
  if (flags & SQLITE_OPEN_MAIN_DB)
    return san_vfs_main_open (file, path, flags, out_flags);
  if (flags & SQLITE_OPEN_WAL)
    return san_vfs_wal_open (file, path, flags, out_flags);
  if (flags & SQLITE_OPEN_MAIN_JOURNAL)
    {
      owner = san_vfs_main_of (path);
      if (owner != NULL && owner->node->making)
        return san_vfs_ram_open (file, flags, out_flags);
    }
  return SQLITE_CANTOPEN;
}

/* A WAL that is damaged, or was not folded in as SQLite believes, holds the last copy of
 * acknowledged changes */
static gboolean
may_delete_wal (const char *path)
{
  g_autofree char *owner = g_strndup (path, strlen (path) - strlen ("-wal"));
  SanVfsNode *node;
  gboolean may = TRUE;

  san_vfs_node_lock_table ();
  node = san_vfs_node_find (owner);
  if (node != NULL)
    {
      g_mutex_lock (&node->lock);
      may = !node->keeps_wal;
      g_mutex_unlock (&node->lock);
    }
  san_vfs_node_unlock_table ();
  return may;
}

static int
vfs_delete (sqlite3_vfs *vfs, const char *path, int sync_dir)
{
  if (g_str_has_suffix (path, "-journal"))
    return SQLITE_OK;                   /* there is none on the disk */
  if (g_str_has_suffix (path, "-wal") && may_delete_wal (path))
    return the_lower->xDelete (the_lower, path, sync_dir);
  return SQLITE_IOERR_DELETE;
}

static int
vfs_access (sqlite3_vfs *vfs, const char *path, int flags, int *out)
{
  *out = 0;
  if (g_str_has_suffix (path, "-journal"))
    return SQLITE_OK;                   /* one that lies there is none of ours: not hot */
  return the_lower->xAccess (the_lower, path, flags, out);
}

static int
vfs_full_pathname (sqlite3_vfs *vfs, const char *path, int n, char *out)
{
  return the_lower->xFullPathname (the_lower, path, n, out);
}

static void *
vfs_dl_open (sqlite3_vfs *vfs, const char *path)
{
  return NULL;
}

static void
vfs_dl_error (sqlite3_vfs *vfs, int n, char *message)
{
  sqlite3_snprintf (n, message, "libraries are not loaded");
}

static void
(*vfs_dl_sym (sqlite3_vfs *vfs, void *library, const char *symbol)) (void)
{
  return NULL;
}

static void
vfs_dl_close (sqlite3_vfs *vfs, void *library)
{
}

static int
vfs_randomness (sqlite3_vfs *vfs, int n, char *out)
{
  san_random (out, n);
  return n;
}

static int
vfs_sleep (sqlite3_vfs *vfs, int microseconds)
{
  return the_lower->xSleep (the_lower, microseconds);
}

static int
vfs_current_time (sqlite3_vfs *vfs, double *out)
{
  return the_lower->xCurrentTime (the_lower, out);
}

static int
vfs_current_time_64 (sqlite3_vfs *vfs, sqlite3_int64 *out)
{
  double days;
  int rc;

  if (the_lower->iVersion >= 2 && the_lower->xCurrentTimeInt64 != NULL)
    return the_lower->xCurrentTimeInt64 (the_lower, out);
  rc = the_lower->xCurrentTime (the_lower, &days);
  if (rc == SQLITE_OK)
    *out = (sqlite3_int64) (days * 86400000.0);
  return rc;
}

static int
vfs_get_last_error (sqlite3_vfs *vfs, int n, char *out)
{
  return the_lower->xGetLastError != NULL ? the_lower->xGetLastError (the_lower, n, out) : 0;
}

static sqlite3_vfs the_vfs = {
  .iVersion = 2,
  .zName = SAN_VFS_NAME,
  .xOpen = vfs_open,
  .xDelete = vfs_delete,
  .xAccess = vfs_access,
  .xFullPathname = vfs_full_pathname,
  .xDlOpen = vfs_dl_open,
  .xDlError = vfs_dl_error,
  .xDlSym = vfs_dl_sym,
  .xDlClose = vfs_dl_close,
  .xRandomness = vfs_randomness,
  .xSleep = vfs_sleep,
  .xCurrentTime = vfs_current_time,
  .xGetLastError = vfs_get_last_error,
  .xCurrentTimeInt64 = vfs_current_time_64,
};

static gboolean
register_over (sqlite3_vfs *lower, GError **error)
{
  gsize size = MAX (MAX (san_vfs_main_size (), san_vfs_wal_size ()) + lower->szOsFile,
                    san_vfs_ram_size ());
  int rc;

  sqlite3_vfs_unregister (&the_vfs);
  the_vfs.szOsFile = size;
  the_vfs.mxPathname = lower->mxPathname;
  the_lower = lower;
  rc = sqlite3_vfs_register (&the_vfs, FALSE);
  if (rc == SQLITE_OK)
    return TRUE;
  the_lower = NULL;
  return san_vfs_set_error (error, NULL, rc, "registering the encrypting vfs");
}

/* Nobody asks SQLite how much memory it has, and counting it takes a lock at each malloc and free.
 * Refused, and no matter, once SQLite is in use. */
static void
count_no_memory (void)
{
  static gsize once = 0;

  if (g_once_init_enter (&once))
    {
      sqlite3_config (SQLITE_CONFIG_MEMSTATUS, 0);
      g_once_init_leave (&once, 1);
    }
}

/**
 * san_vfs_register:
 * @lower: (nullable): name of the VFS that does the reading and writing; %NULL: the platform's
 *
 * Puts the encrypting VFS on top of @lower. Done again, it exchanges what lies below, which is
 * possible only while no database is open (IN_USE). san_vfs_open() calls it with %NULL if nobody
 * did before.
 */
gboolean
san_vfs_register (const char *lower, GError **error)
{
  sqlite3_vfs *below;
  gboolean ok = TRUE;

  if (!san_crypto_init (error))
    return FALSE;
  count_no_memory ();
  below = sqlite3_vfs_find (lower);
  if (below == NULL || below == &the_vfs)
    {
      g_set_error (error, SAN_ERROR, SAN_ERROR_NOT_FOUND, "no vfs called %s",
                   lower != NULL ? lower : "(default)");
      return FALSE;
    }
  san_vfs_node_lock_table ();
  if (below != the_lower && san_vfs_node_is_any_open ())
    {
      g_set_error (error, SAN_ERROR, SAN_ERROR_IN_USE, "databases are open over the present vfs");
      ok = FALSE;
    }
  else if (below != the_lower)
    ok = register_over (below, error);
  san_vfs_node_unlock_table ();
  return ok;
}

/* (transfer full) in @full: the name under which xOpen will see @path */
gboolean
san_vfs_full_path (const char *path, char **full, GError **error)
{
  g_autofree char *absolute = g_canonicalize_filename (path, NULL);
  g_autofree char *buffer = NULL;
  int rc;

  if (the_lower == NULL && !san_vfs_register (NULL, error))
    return FALSE;
  buffer = g_malloc0 (the_lower->mxPathname + 1);
  rc = the_lower->xFullPathname (the_lower, absolute, the_lower->mxPathname + 1, buffer);
  if (rc != SQLITE_OK && rc != SQLITE_OK_SYMLINK)
    return san_vfs_set_error (error, NULL, rc, absolute);
  *full = g_steal_pointer (&buffer);
  return TRUE;
}
