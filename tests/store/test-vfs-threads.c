/* test-vfs-threads.c - three readers and two writers on one database, checkpoints between
 *
 * Two accounts always add up to the same; every reader looks at both within one statement and
 * again within one transaction. SAN_THREAD_SECONDS: how long (2). */
#include "vfs-fixture.h"
#include <stdlib.h>

#define SUM 100000
#define N_ROWS 400

typedef struct
{
  VfsFixture f;
  gint       stop;
  gint       n_reads, n_commits, n_wrong;
} Bank;

/* On a busy machine a thread may not get its turn for longer than a person would wait. */
static sqlite3 *
open_patiently (Bank *bank)
{
  g_autoptr(GError) error = NULL;
  sqlite3 *db = NULL;

  for (int i = 0; i < 20 && db == NULL; i++)
    {
      g_clear_error (&error);
      db = san_vfs_open (bank->f.path, bank->f.key, SAN_VFS_DEFAULT, &error);
      if (db == NULL)
        g_assert_error (error, SAN_ERROR, SAN_ERROR_IN_USE);
    }
  g_assert_no_error (error);
  sqlite3_busy_timeout (db, 60000);
  return db;
}

static gpointer
read_accounts (gpointer data)
{
  Bank *bank = data;
  sqlite3 *db = open_patiently (bank);

  vfs_run (db, "PRAGMA cache_size=20");
  while (!g_atomic_int_get (&bank->stop))
    {
      gint64 first, second;

      vfs_run (db, "BEGIN");
      first = vfs_number (db, "SELECT sum(money) FROM account");
      second = vfs_number (db, "SELECT sum(money) FROM account WHERE length(note) > 5");
      vfs_run (db, "COMMIT");
      if (first != SUM || second != SUM)
        g_atomic_int_inc (&bank->n_wrong);
      g_atomic_int_inc (&bank->n_reads);
    }
  vfs_close (db);
  return NULL;
}

static gpointer
move_money (gpointer data)
{
  Bank *bank = data;
  sqlite3 *db = open_patiently (bank);
  guint32 draw = GPOINTER_TO_UINT (g_thread_self ());

  vfs_run (db, "PRAGMA cache_size=20; PRAGMA wal_autocheckpoint=60");
  while (!g_atomic_int_get (&bank->stop))
    {
      g_autofree char *sql = NULL;
      int from, to;

      draw = draw * 1664525 + 1013904223;
      from = (draw >> 8) % N_ROWS;
      draw = draw * 1664525 + 1013904223;
      to = (draw >> 8) % N_ROWS;
      sql = g_strdup_printf ("BEGIN IMMEDIATE;"
                             "UPDATE account SET money = money - 7 WHERE n = %d;"
                             "UPDATE account SET money = money + 7 WHERE n = %d;"
                             "COMMIT",
                             from, to);
      vfs_run (db, sql);
      if (g_atomic_int_add (&bank->n_commits, 1) % 50 == 49)
        vfs_try (db, "PRAGMA wal_checkpoint(RESTART)");
    }
  vfs_close (db);
  return NULL;
}

static void
fill_bank (Bank *bank)
{
  sqlite3 *db = vfs_fixture_open (&bank->f);

  vfs_run (db, "CREATE TABLE account (n INTEGER PRIMARY KEY, money INTEGER, note TEXT); BEGIN");
  for (int n = 0; n < N_ROWS; n++)
    {
      g_autofree char *sql = g_strdup_printf (
          "INSERT INTO account VALUES (%d, %d, hex (zeroblob (400)))", n, SUM / N_ROWS);

      vfs_run (db, sql);
    }
  vfs_run (db, "COMMIT");
  vfs_close (db);
}

static void
test_bank (void)
{
  const char *wish = g_getenv ("SAN_THREAD_SECONDS");
  GThread *threads[5];
  Bank bank = { 0 };
  sqlite3 *db;

  vfs_fixture_init (&bank.f);
  fill_bank (&bank);
  for (int i = 0; i < 5; i++)
    threads[i]
        = g_thread_new (i < 3 ? "reader" : "writer", i < 3 ? read_accounts : move_money, &bank);
  g_usleep ((wish != NULL ? atoi (wish) : 2) * G_USEC_PER_SEC);
  g_atomic_int_set (&bank.stop, 1);
  for (int i = 0; i < 5; i++)
    g_thread_join (threads[i]);

  g_test_message ("%d reads, %d commits", bank.n_reads, bank.n_commits);
  g_assert_cmpint (bank.n_wrong, ==, 0);
  g_assert_cmpint (bank.n_reads, >, 0);
  g_assert_cmpint (bank.n_commits, >, 0);
  db = vfs_fixture_open (&bank.f);
  g_assert_cmpint (vfs_number (db, "SELECT sum(money) FROM account"), ==, SUM);
  g_assert_true (san_vfs_integrity_check (db, NULL));
  vfs_close (db);
  vfs_fixture_clear (&bank.f);
}

/* many come and go at once: the node is made and freed under their feet */
static gpointer
come_and_go (gpointer data)
{
  Bank *bank = data;

  for (int i = 0; i < 60; i++)
    {
      sqlite3 *db = open_patiently (bank);

      if (vfs_number (db, "SELECT count(*) FROM account") != N_ROWS)
        g_atomic_int_inc (&bank->n_wrong);
      vfs_run (db, "UPDATE account SET money = money WHERE n = 5");
      vfs_close (db);
    }
  return NULL;
}

static void
test_come_and_go (void)
{
  GThread *threads[4];
  Bank bank = { 0 };

  vfs_fixture_init (&bank.f);
  fill_bank (&bank);
  for (int i = 0; i < 4; i++)
    threads[i] = g_thread_new ("guest", come_and_go, &bank);
  for (int i = 0; i < 4; i++)
    g_thread_join (threads[i]);
  g_assert_cmpint (bank.n_wrong, ==, 0);
  /* two that leave at one moment may each have taken the other for the last: who comes next tidies
   * up */
  vfs_close (vfs_fixture_open (&bank.f));
  g_assert_cmpint (vfs_size (bank.f.wal), ==, -1);
  vfs_fixture_clear (&bank.f);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/vfs/9/readers-and-writers-agree", test_bank);
  g_test_add_func ("/store/vfs/9/come-and-go", test_come_and_go);
  return g_test_run ();
}
