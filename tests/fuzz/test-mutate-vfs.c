/* test-mutate-vfs.c - a store's file and its log, damaged at random
 *
 * Whatever the damage: no crash, and what can be read is what was once written. A damaged log
 * gives the first commits in order, or is refused and left alone. */
#include "san-mutate.h"
#include "san-sim-disk.h"
#include "san-vfs.h"
#include <sqlite3.h>
#include <string.h>

#define PATH "/d/x.db"
#define IN_FILE 40
#define ALL 90

static SanSecret *
fixed_key (void)
{
  guint8 bytes[32] = "a key that is the same each time";

  return san_secret_new_copy (bytes, sizeof bytes);
}

static void
insert (sqlite3 *db, int from, int to)
{
  for (int n = from; n < to; n++)
    {
      g_autofree char *sql
        = g_strdup_printf ("INSERT INTO t VALUES (%d, 'row %d' || hex (zeroblob (700)))", n, n);

      g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
    }
}

/* a file with IN_FILE rows and a log with the others */
static void
make_samples (SanSimDisk *disk, const SanSecret *key, GBytes **file, GBytes **wal)
{
  sqlite3 *db;

  san_sim_disk_make_dir (disk, "/d");
  g_assert_true (san_vfs_create_file (PATH, key, NULL));
  db = san_vfs_open (PATH, key, SAN_VFS_DEFAULT, NULL);
  g_assert_nonnull (db);
  sqlite3_exec (db,
                "PRAGMA wal_autocheckpoint=0; CREATE TABLE t (n INTEGER PRIMARY KEY, body TEXT)",
                NULL, NULL, NULL);
  insert (db, 0, IN_FILE);
  sqlite3_exec (db, "PRAGMA wal_checkpoint(TRUNCATE)", NULL, NULL, NULL);
  insert (db, IN_FILE, ALL);
  *file = san_sim_disk_get_file (disk, PATH);
  *wal = san_sim_disk_get_file (disk, PATH "-wal");
  sqlite3_close (db);
}

/* Rows that can be read, or -1; each must be right, in order and without a gap */
static int
read_rows (sqlite3 *db)
{
  sqlite3_stmt *statement = NULL;
  int rc = sqlite3_prepare_v2 (db, "SELECT n, body FROM t ORDER BY n", -1, &statement, NULL);
  int n = 0;

  while (rc == SQLITE_OK && sqlite3_step (statement) == SQLITE_ROW)
    {
      g_autofree char *head = g_strdup_printf ("row %d0", n);
      const char *body = (const char *) sqlite3_column_text (statement, 1);

      g_assert_cmpint (sqlite3_column_int (statement, 0), ==, n);
      g_assert_true (g_str_has_prefix (body, head) && strlen (body) == strlen (head) - 1 + 1400);
      n++;
    }
  return sqlite3_finalize (statement) == SQLITE_OK && rc == SQLITE_OK ? n : -1;
}

typedef struct
{
  guint whole, part, refused;
} Tally;

static void
try_mutant (SanSimDisk *disk, const SanSecret *key, GBytes *file, GBytes *wal, gboolean is_wal,
            Tally *tally)
{
  g_autoptr(GBytes) after = NULL;
  g_autoptr(GError) error = NULL;
  sqlite3 *db;
  int n = -1;

  san_sim_disk_put_file (disk, PATH, file);
  san_sim_disk_put_file (disk, PATH "-wal", wal);
  db = san_vfs_open (PATH, key, SAN_VFS_DEFAULT, &error);
  if (db != NULL)
    n = read_rows (db);
  sqlite3_close (db);
  tally->whole += n == ALL;
  tally->part += n >= 0 && n < ALL;
  tally->refused += n < 0;
  if (is_wal && n >= 0)
    g_assert_cmpint (n, >=, IN_FILE);
  if (is_wal && n < 0)
    {
      after = san_sim_disk_get_file (disk, PATH "-wal");
      g_assert_true (after != NULL && g_bytes_equal (after, wal));
    }
}

static void
mutate (gboolean is_wal)
{
  guint32 seed = san_mutate_seed (20260107);
  g_autoptr(SanMutator) mutator = san_mutator_new (seed);
  g_autoptr(SanSimDisk) disk = san_sim_disk_new (seed);
  g_autoptr(GBytes) file = NULL, wal = NULL;
  g_autoptr(SanSecret) key = NULL;
  Tally tally = { 0 };

  g_assert_true (san_vfs_register (SAN_SIM_DISK_VFS, NULL));
  key = fixed_key ();
  make_samples (disk, key, &file, &wal);
  for (guint i = 0; i < san_mutate_rounds (1500); i++)
    {
      g_autoptr(GBytes) mutant =
          san_mutator_next (mutator, is_wal ? wal : file, is_wal ? file : wal);

      try_mutant (disk, key, is_wal ? file : mutant, is_wal ? mutant : wal, is_wal, &tally);
    }
  g_test_message ("%u whole, %u in part, %u refused", tally.whole, tally.part, tally.refused);
  g_assert_cmpuint (tally.refused, >, 0);
}

static void
test_file (void)
{
  mutate (FALSE);
}

static void
test_wal (void)
{
  mutate (TRUE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/fuzz/vfs/file-damaged-at-random", test_file);
  g_test_add_func ("/fuzz/vfs/log-damaged-at-random", test_wal);
  return g_test_run ();
}
