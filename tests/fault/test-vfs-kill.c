/* test-vfs-kill.c - a process that writes is killed, again and again, on a real file system
 *
 * It says each number after its commit; afterwards that many are there, or one more. Spilled
 * transactions, checkpoints and VACUUM go on between. SAN_KILLS: how often (20). */
#include "san-vfs.h"
#include <glib/gstdio.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static void
run (sqlite3 *db, const char *sql)
{
  if (sqlite3_exec (db, sql, NULL, NULL, NULL) != SQLITE_OK)
    g_error ("%s: %s", sql, sqlite3_errmsg (db));
}

static guint
count (sqlite3 *db)
{
  sqlite3_stmt *statement = NULL;
  guint n;

  g_assert_cmpint (sqlite3_prepare_v2 (db, "SELECT count(*) FROM done", -1, &statement, NULL), ==,
                   SQLITE_OK);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  n = sqlite3_column_int (statement, 0);
  sqlite3_finalize (statement);
  return n;
}

static sqlite3 *
open_store (const char *path, const SanSecret *key)
{
  g_autoptr(GError) error = NULL;
  sqlite3 *db = san_vfs_open (path, key, SAN_VFS_DEFAULT, &error);

  g_assert_no_error (error);
  return db;
}

/* Never returns */
static void
write_until_killed (const char *path, const SanSecret *key, int tell)
{
  sqlite3 *db = open_store (path, key);

  run (db, "PRAGMA cache_size=10; PRAGMA wal_autocheckpoint=80");
  for (guint n = count (db) + 1;; n++)
    {
      g_autofree char *done = g_strdup_printf ("INSERT INTO done VALUES (%u)", n);

      run (db, "BEGIN IMMEDIATE");
      run (db, done);
      run (db, n % 5 ? "INSERT INTO t VALUES (randomblob (700))"
                     : "UPDATE t SET body = randomblob (600 + random () % 400); DELETE FROM t "
                       "WHERE rowid % 3 = 0;"
                       "INSERT INTO t SELECT randomblob (900) FROM done LIMIT 60");
      run (db, "COMMIT");
      if (write (tell, &n, sizeof n) != sizeof n)
        _exit (1);
      if (n % 37 == 0)
        run (db, "VACUUM");
      if (n % 11 == 0)
        run (db, "PRAGMA wal_checkpoint(RESTART)");
    }
}

static guint
round_of (const char *path, const SanSecret *key)
{
  guint n = 0, said = 0;
  int fds[2], status;
  pid_t child;

  g_assert_cmpint (pipe (fds), ==, 0);
  child = fork ();
  if (child == 0)
    {
      close (fds[0]);
      write_until_killed (path, key, fds[1]);
    }
  close (fds[1]);
  if (read (fds[0], &n, sizeof n) == sizeof n)
    said = n;
  g_usleep (g_test_rand_int_range (0, 60000));
  kill (child, SIGKILL);
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFSIGNALED (status));
  while (read (fds[0], &n, sizeof n) == sizeof n)
    said = n;
  close (fds[0]);
  return said;
}

static void
test_kill (void)
{
  const char *wish = g_getenv ("SAN_KILLS");
  guint rounds = wish != NULL ? atoi (wish) : 20;
  g_autofree char *folder = g_dir_make_tmp ("san-kill-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "x.db", NULL);
  g_autoptr(SanSecret) key = NULL;
  guint there = 0;
  sqlite3 *db;

  g_assert_true (san_vfs_register (NULL, NULL));
  key = san_secret_new_random (32);
  g_assert_true (san_vfs_create_file (path, key, NULL));
  db = open_store (path, key);
  run (db, "CREATE TABLE done (n INTEGER PRIMARY KEY); CREATE TABLE t (body BLOB)");
  sqlite3_close (db);
  for (guint i = 0; i < rounds; i++)
    {
      guint said = MAX (round_of (path, key), there);

      db = open_store (path, key);
      there = count (db);
      g_assert_cmpuint (there, >=, said);
      g_assert_cmpuint (there, <=, said + 1);
      g_assert_true (san_vfs_integrity_check (db, NULL));
      g_assert_true (san_vfs_close (db, NULL));
    }
  g_test_message ("%u kills, %u commits", rounds, there);
  g_assert_true (san_vfs_remove_file (path, NULL));
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/fault/vfs/killed-process-loses-nothing", test_kill);
  return g_test_run ();
}
