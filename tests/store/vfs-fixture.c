/* vfs-fixture.c - see vfs-fixture.h */
#include "vfs-fixture.h"
#include "san-vfs-private.h"
#include <glib/gstdio.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

void
vfs_fixture_init (VfsFixture *self)
{
  g_autoptr(GError) error = NULL;

  self->folder = g_dir_make_tmp ("san-vfs-XXXXXX", &error);
  g_assert_no_error (error);
  self->path = g_build_filename (self->folder, "x.db", NULL);
  self->wal = g_strconcat (self->path, "-wal", NULL);
  g_assert_true (san_vfs_register (NULL, &error));
  self->key = san_secret_new_random (32);
  san_vfs_create_file (self->path, self->key, &error);
  g_assert_no_error (error);
}

void
vfs_fixture_clear (VfsFixture *self)
{
  GDir *dir = g_dir_open (self->folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->folder, name, NULL);

      g_assert_cmpint (g_remove (path), ==, 0);
    }
  g_dir_close (dir);
  g_assert_cmpint (g_rmdir (self->folder), ==, 0);
  san_secret_unref (self->key);
  g_free (self->folder);
  g_free (self->path);
  g_free (self->wal);
}

sqlite3 *
vfs_fixture_open (VfsFixture *self)
{
  g_autoptr(GError) error = NULL;
  sqlite3 *db = san_vfs_open (self->path, self->key, SAN_VFS_DEFAULT, &error);

  g_assert_no_error (error);
  return db;
}

int
vfs_fixture_bare (VfsFixture *self, const SanSecret *key, sqlite3 **db)
{
  SanVfsPending pending = { .path = self->path, .key = key };
  int rc = san_vfs_open_bare (&pending, db);

  g_clear_error (&pending.error);
  return rc;
}

int
vfs_try (sqlite3 *db, const char *sql)
{
  int rc = sqlite3_exec (db, sql, NULL, NULL, NULL);

  return rc == SQLITE_OK ? rc : sqlite3_extended_errcode (db);
}

void
vfs_run (sqlite3 *db, const char *sql)
{
  int rc = vfs_try (db, sql);

  if (rc != SQLITE_OK)
    g_error ("%s: %s (%d)", sql, sqlite3_errmsg (db), rc);
}

char *
vfs_text (sqlite3 *db, const char *sql)
{
  sqlite3_stmt *statement = NULL;
  char *text = NULL;

  if (sqlite3_prepare_v2 (db, sql, -1, &statement, NULL) == SQLITE_OK &&
      sqlite3_step (statement) == SQLITE_ROW)
    text = g_strdup ((const char *) sqlite3_column_text (statement, 0));
  sqlite3_finalize (statement);
  return text;
}

gint64
vfs_number (sqlite3 *db, const char *sql)
{
  g_autofree char *text = vfs_text (db, sql);

  if (text == NULL)
    g_error ("%s: %s (%d)", sql, sqlite3_errmsg (db), sqlite3_extended_errcode (db));
  return g_ascii_strtoll (text, NULL, 10);
}

void
vfs_close (sqlite3 *db)
{
  g_assert_cmpint (sqlite3_close (db), ==, SQLITE_OK);
}

void
vfs_fill (sqlite3 *db, int from, int to)
{
  vfs_run (db, "CREATE TABLE IF NOT EXISTS t (n INTEGER PRIMARY KEY, body TEXT)");
  for (int n = from; n < to; n++)
    {
      g_autofree char *sql = g_strdup_printf (
          "INSERT INTO t VALUES (%d, '%s' || hex (zeroblob (1500)))", n, VFS_PLANTED);

      vfs_run (db, sql);
    }
}

static int
note_frames (void *data, sqlite3 *db, const char *schema, int n)
{
  *(int *) data = n;
  return SQLITE_OK;
}

void
vfs_count_frames (sqlite3 *db, int *n)
{
  sqlite3_wal_hook (db, note_frames, n);
}

void
vfs_close_as_killed (VfsFixture *self, sqlite3 *db)
{
  g_autofree char *path = g_strconcat (self->path, ".2", NULL);
  g_autofree char *wal = g_strconcat (self->wal, ".2", NULL);

  vfs_copy_file (self->path, path);
  vfs_copy_file (self->wal, wal);
  vfs_close (db);
  g_assert_cmpint (g_rename (path, self->path), ==, 0);
  g_assert_cmpint (g_rename (wal, self->wal), ==, 0);
}

void
vfs_copy_file (const char *from, const char *to)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *bytes = NULL;
  gsize n;

  g_file_get_contents (from, &bytes, &n, &error);
  g_assert_no_error (error);
  g_file_set_contents (to, bytes, n, &error);
  g_assert_no_error (error);
}

void
vfs_peek (const char *path, gint64 offset, void *bytes, gsize n)
{
  int fd = g_open (path, O_RDONLY, 0);

  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (pread (fd, bytes, n, offset), ==, n);
  close (fd);
}

void
vfs_poke (const char *path, gint64 offset, const void *bytes, gsize n)
{
  int fd = g_open (path, O_WRONLY, 0);

  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (pwrite (fd, bytes, n, offset), ==, n);
  close (fd);
}

void
vfs_flip (const char *path, gint64 offset)
{
  guint8 byte;

  vfs_peek (path, offset, &byte, 1);
  byte ^= 0x10;
  vfs_poke (path, offset, &byte, 1);
}

gint64
vfs_size (const char *path)
{
  GStatBuf st;

  return g_stat (path, &st) == 0 ? (gint64) st.st_size : -1;
}

void
vfs_truncate (const char *path, gint64 size)
{
  g_assert_cmpint (truncate (path, size), ==, 0);
}

gboolean
vfs_holds (const char *path, const char *needle)
{
  g_autofree char *bytes = NULL;
  gsize n;

  if (!g_file_get_contents (path, &bytes, &n, NULL))
    return FALSE;
  return memmem (bytes, n, needle, strlen (needle)) != NULL;
}
