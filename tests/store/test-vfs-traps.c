/* test-vfs-traps.c - where data was lost, or read wrongly, between SQLite and a sealing VFS
 *
 * One test each; the number in a name is the trap's in src/store/TRAPS.md. What is refused on
 * principle is in test-vfs-fences.c. */
#include "vfs-fixture.h"
#include "san-vfs-private.h"
#include <glib/gstdio.h>
#include <string.h>

/* the last commits lie only in the WAL */
static void
leave_wal_behind (VfsFixture *self, int rows)
{
  sqlite3 *db = vfs_fixture_open (self);

  vfs_run (db, "PRAGMA wal_autocheckpoint=0");
  vfs_fill (db, 0, rows);
  vfs_close_as_killed (self, db);
}

static void
test_round_trip (void)
{
  VfsFixture f;
  sqlite3 *db;

  vfs_fixture_init (&f);
  db = vfs_fixture_open (&f);
  vfs_fill (db, 0, 100);
  g_assert_cmpint (vfs_number (db, "PRAGMA page_size"), ==, 4096);
  g_assert_cmpint (vfs_number (db, "PRAGMA synchronous"), ==, 2);
  g_assert_cmpint (vfs_number (db, "PRAGMA temp_store"), ==, 2);
  g_assert_cmpint (vfs_number (db, "PRAGMA secure_delete"), ==, 1);
  g_assert_true (san_vfs_close (db, NULL));
  db = vfs_fixture_open (&f);
  g_assert_cmpint (vfs_number (db, "SELECT count(*) FROM t"), ==, 100);
  g_assert_true (san_vfs_integrity_check (db, NULL));
  vfs_close (db);
  vfs_fixture_clear (&f);
}

static void
assert_same_file (const char *path, const char *before, gsize n_before)
{
  g_autofree char *after = NULL;
  gsize n_after;

  g_assert_true (g_file_get_contents (path, &after, &n_after, NULL));
  g_assert_cmpmem (before, n_before, after, n_after);
}

static void
test_1_wrong_key (void)
{
  g_autoptr(SanSecret) wrong = san_secret_new_random (32);
  g_autoptr(GError) error = NULL;
  g_autofree char *before = NULL, *before_wal = NULL;
  gsize n, n_wal;
  VfsFixture f;
  sqlite3 *db;

  vfs_fixture_init (&f);
  leave_wal_behind (&f, 20);
  g_assert_true (g_file_get_contents (f.path, &before, &n, NULL));
  g_assert_true (g_file_get_contents (f.wal, &before_wal, &n_wal, NULL));

  g_assert_null (san_vfs_open (f.path, wrong, SAN_VFS_DEFAULT, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_LOCKED);
  g_assert_cmpint (vfs_fixture_bare (&f, wrong, &db), ==, SQLITE_NOTADB);
  sqlite3_close (db);

  assert_same_file (f.path, before, n);
  assert_same_file (f.wal, before_wal, n_wal);
  db = vfs_fixture_open (&f);
  g_assert_cmpint (vfs_number (db, "SELECT count(*) FROM t"), ==, 20);
  vfs_close (db);
  vfs_fixture_clear (&f);
}

/* also while the right key has it open */
static void
test_1_wrong_key_beside (void)
{
  g_autoptr(SanSecret) wrong = san_secret_new_random (32);
  g_autoptr(GError) error = NULL;
  VfsFixture f;
  sqlite3 *db;

  vfs_fixture_init (&f);
  db = vfs_fixture_open (&f);
  g_assert_null (san_vfs_open (f.path, wrong, SAN_VFS_DEFAULT, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_LOCKED);
  vfs_fill (db, 0, 3);
  vfs_close (db);
  vfs_fixture_clear (&f);
}

static void
test_1_short_file_keeps_wal (void)
{
  const gint64 sizes[] = { 0, 1, 4095, 4096, 4097, 8191 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr(GError) error = NULL;
      VfsFixture f;
      sqlite3 *db;
      gint64 size;

      vfs_fixture_init (&f);
      leave_wal_behind (&f, 5);
      vfs_truncate (f.path, sizes[i]);
      size = vfs_size (f.wal);
      g_assert_cmpint (vfs_fixture_bare (&f, f.key, &db), ==, SQLITE_CORRUPT);
      sqlite3_close (db);
      g_assert_null (san_vfs_open (f.path, f.key, SAN_VFS_DEFAULT, &error));
      g_assert_error (error, SAN_ERROR, SAN_ERROR_DAMAGED);
      g_assert_cmpint (vfs_size (f.wal), ==, size);
      vfs_fixture_clear (&f);
    }
}

static void
test_2_torn_first_page (void)
{
  VfsFixture f;
  sqlite3 *db;

  vfs_fixture_init (&f);
  leave_wal_behind (&f, 20);
  vfs_flip (f.path, VFS_PAGE_AT (1) + 700);
  db = vfs_fixture_open (&f);
  g_assert_cmpint (vfs_number (db, "SELECT count(*) FROM t"), ==, 20);
  vfs_close (db);
  db = vfs_fixture_open (&f);           /* healed by the checkpoint at close */
  g_assert_true (san_vfs_integrity_check (db, NULL));
  vfs_close (db);
  vfs_fixture_clear (&f);
}

static void
test_3_torn_tail_is_dropped (void)
{
  for (int cut = 0; cut < 4; cut++)
    {
      VfsFixture f;
      sqlite3 *db;
      gint64 size;

      vfs_fixture_init (&f);
      leave_wal_behind (&f, 20);
      size = vfs_size (f.wal);
      if (cut == 0)
        vfs_flip (f.wal, size - 2000);
      else
        vfs_truncate (f.wal, size - 1000 * cut);
      db = vfs_fixture_open (&f);
      g_assert_cmpint (vfs_number (db, "SELECT count(*) FROM t"), ==, 19);
      g_assert_true (san_vfs_integrity_check (db, NULL));
      vfs_fill (db, 19, 25);            /* and the log goes on from there */
      vfs_close (db);
      vfs_fixture_clear (&f);
    }
}

static void
test_3_damage_in_the_middle_is_said (void)
{
  const int frames[] = { 0, 1, 7 };

  for (guint i = 0; i < G_N_ELEMENTS (frames); i++)
    {
      g_autoptr(GError) error = NULL;
      VfsFixture f;
      sqlite3 *db;
      gint64 size;

      vfs_fixture_init (&f);
      leave_wal_behind (&f, 20);
      vfs_flip (f.wal, VFS_FRAME_AT (frames[i]) + 99);
      size = vfs_size (f.wal);
      g_assert_cmpint (vfs_fixture_bare (&f, f.key, &db), ==, SQLITE_OK);
      g_assert_cmpint (vfs_try (db, "SELECT count(*) FROM t"), ==, SQLITE_IOERR_DATA);
      sqlite3_close (db);
      g_assert_cmpint (vfs_size (f.wal), ==, size);
      g_assert_null (san_vfs_open (f.path, f.key, SAN_VFS_DEFAULT, &error));
      g_assert_error (error, SAN_ERROR, SAN_ERROR_DAMAGED);
      g_assert_cmpint (vfs_size (f.wal), ==, size);
      vfs_flip (f.wal, VFS_FRAME_AT (frames[i]) + 99);
      db = vfs_fixture_open (&f);
      g_assert_cmpint (vfs_number (db, "SELECT count(*) FROM t"), ==, 20);
      vfs_close (db);
      vfs_fixture_clear (&f);
    }
}

/* A transaction is torn at its first frame; shorter ones go over its start under the same salts;
 * a second cut tears the first frame of the last of these. Behind the tear lie then a commit
 * frame that is whole and a whole leaving of the torn one, which does not continue it. */
static void
test_3_leavings_are_no_damage (void)
{
  int n_frames = 0, n_torn, n_good;
  VfsFixture f;
  sqlite3 *db;

  vfs_fixture_init (&f);
  db = vfs_fixture_open (&f);
  vfs_count_frames (db, &n_frames);
  vfs_fill (db, 0, 6);
  n_torn = n_frames;
  vfs_run (db, "BEGIN");
  vfs_fill (db, 100, 150);
  vfs_run (db, "COMMIT");
  vfs_close_as_killed (&f, db);
  vfs_flip (f.wal, VFS_FRAME_AT (n_torn) + 50);

  db = vfs_fixture_open (&f);
  vfs_count_frames (db, &n_frames);
  g_assert_cmpint (vfs_number (db, "SELECT count(*) FROM t"), ==, 6);
  vfs_fill (db, 6, 7);
  n_good = n_frames;
  vfs_run (db, "BEGIN");
  vfs_fill (db, 7, 11);
  vfs_run (db, "COMMIT");
  g_assert_cmpint (n_good, >, n_torn);
  g_assert_cmpint (n_frames, >, n_good + 1);
  vfs_close_as_killed (&f, db);
  g_assert_cmpint (vfs_size (f.wal), >, VFS_FRAME_AT (n_frames + 1));
  vfs_flip (f.wal, VFS_FRAME_AT (n_good) + 50);

  db = vfs_fixture_open (&f);
  g_assert_cmpint (vfs_number (db, "SELECT count(*) FROM t"), ==, 7);
  vfs_close (db);
  vfs_fixture_clear (&f);
}

/* no text, no SQL, no header of SQLite's, of the WAL neither */
static void
test_4_nothing_in_clear (void)
{
  static const char *needles[] = { VFS_PLANTED, "SQLite format 3", "CREATE TABLE" };
  guint8 magic[8];
  VfsFixture f;
  sqlite3 *db;

  vfs_fixture_init (&f);
  db = vfs_fixture_open (&f);
  vfs_fill (db, 0, 30);
  for (guint i = 0; i < G_N_ELEMENTS (needles); i++)
    {
      g_assert_false (vfs_holds (f.path, needles[i]));
      g_assert_false (vfs_holds (f.wal, needles[i]));
    }
  vfs_peek (f.wal, 0, magic, sizeof magic);
  g_assert_cmpmem (magic, sizeof magic, "SANWAL01", 8);
  vfs_close (db);
  for (guint i = 0; i < G_N_ELEMENTS (needles); i++)
    g_assert_false (vfs_holds (f.path, needles[i]));
  vfs_fixture_clear (&f);
}

/* a spilled transaction writes frames again: their pages alone, then their headers alone */
static void
test_5_spilled_transaction_survives_a_kill (void)
{
  VfsFixture f;
  sqlite3 *db;

  vfs_fixture_init (&f);
  db = vfs_fixture_open (&f);
  vfs_run (db, "PRAGMA wal_autocheckpoint=0; PRAGMA cache_size=10; BEGIN");
  vfs_fill (db, 0, 300);
  vfs_run (db, "COMMIT; BEGIN");
  for (int round = 0; round < 3; round++)
    vfs_run (db,
             "UPDATE t SET body = substr (body, 1, 40) || hex (randomblob (1400)) WHERE n % 3 = 0");
  vfs_run (db, "COMMIT");
  vfs_run (db, "INSERT INTO t VALUES (1000, 'behind')");
  vfs_close_as_killed (&f, db);
  db = vfs_fixture_open (&f);
  g_assert_cmpint (vfs_number (db, "SELECT count(*) FROM t"), ==, 301);
  g_assert_cmpint (vfs_number (db, "SELECT count(*) FROM t WHERE length (body) = 2840"), ==, 100);
  g_assert_true (san_vfs_integrity_check (db, NULL));
  vfs_close (db);
  vfs_fixture_clear (&f);
}

/* one connection starts the log anew, the other reads what it wrote there, and the reverse */
static void
test_10_salts_are_shared (void)
{
  VfsFixture f;
  sqlite3 *a, *b;

  vfs_fixture_init (&f);
  a = vfs_fixture_open (&f);
  b = vfs_fixture_open (&f);
  vfs_fill (a, 0, 10);
  for (int round = 1; round < 8; round++)
    {
      vfs_run (a, "PRAGMA wal_checkpoint(RESTART)");
      vfs_fill (round % 2 ? a : b, round * 10, round * 10 + 10);
      g_assert_cmpint (vfs_number (a, "SELECT count(*) FROM t"), ==, round * 10 + 10);
      g_assert_cmpint (vfs_number (b, "SELECT sum(length(body)) > 0 FROM t"), ==, 1);
      vfs_run (b, "PRAGMA wal_checkpoint(TRUNCATE)");
    }
  vfs_close (a);
  vfs_close (b);
  vfs_fixture_clear (&f);
}

static void
test_14_copy (void)
{
  g_autoptr(SanSecret) key = san_secret_new_random (32);
  g_autoptr(GError) error = NULL;
  g_autofree char *path = NULL;
  VfsFixture f;
  sqlite3 *db, *copy;

  vfs_fixture_init (&f);
  path = g_build_filename (f.folder, "copy.db", NULL);
  db = vfs_fixture_open (&f);
  vfs_fill (db, 0, 200);
  vfs_run (db, "DELETE FROM t WHERE n >= 100");
  g_assert_true (san_vfs_copy (db, path, key, &error));
  g_assert_no_error (error);
  g_assert_false (san_vfs_copy (db, path, key, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_ALREADY);
  vfs_close (db);
  g_assert_false (vfs_holds (path, VFS_PLANTED));
  g_assert_null (san_vfs_open (path, f.key, SAN_VFS_DEFAULT, NULL));
  copy = san_vfs_open (path, key, SAN_VFS_DEFAULT, NULL);
  g_assert_nonnull (copy);
  g_assert_cmpint (vfs_number (copy, "SELECT count(*) FROM t"), ==, 100);
  vfs_fill (copy, 100, 120);
  g_assert_true (san_vfs_integrity_check (copy, NULL));
  vfs_close (copy);
  vfs_fixture_clear (&f);
}

/* an attacker who blanks a page does not get an empty one */
static void
test_18_zero_page (void)
{
  static const guint8 zeros[4096];
  VfsFixture f;
  sqlite3 *db;

  vfs_fixture_init (&f);
  db = vfs_fixture_open (&f);
  vfs_fill (db, 0, 50);
  vfs_close (db);
  vfs_poke (f.path, VFS_PAGE_AT (5), zeros, sizeof zeros);
  db = vfs_fixture_open (&f);
  g_assert_cmpint (vfs_try (db, "SELECT sum(length(body)) FROM t"), ==, SQLITE_IOERR_DATA);
  vfs_close (db);
  vfs_fixture_clear (&f);
}

static void
test_19_integrity_check_is_a_row (void)
{
  g_autoptr(GError) error = NULL;
  VfsFixture f;
  sqlite3 *db;

  vfs_fixture_init (&f);
  db = vfs_fixture_open (&f);
  vfs_fill (db, 0, 50);
  vfs_close (db);
  vfs_flip (f.path, VFS_PAGE_AT (9) + 10);
  db = vfs_fixture_open (&f);
  g_assert_false (san_vfs_integrity_check (db, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_DAMAGED);
  vfs_close (db);
  vfs_fixture_clear (&f);
}

/* the same page written twice has another nonce, and all else differs with it */
static void
test_20_nonces (void)
{
  guint8 before[4096], after[4096];
  guint same = 0;
  VfsFixture f;
  sqlite3 *db;

  vfs_fixture_init (&f);
  db = vfs_fixture_open (&f);
  vfs_fill (db, 0, 10);
  vfs_run (db, "PRAGMA wal_checkpoint(TRUNCATE)");
  vfs_peek (f.path, VFS_PAGE_AT (3), before, sizeof before);
  vfs_run (db, "BEGIN; UPDATE t SET body = 'x' || substr (body, 2);"
               "UPDATE t SET body = 'p' || substr (body, 2); COMMIT");
  vfs_run (db, "PRAGMA wal_checkpoint(TRUNCATE)");
  vfs_peek (f.path, VFS_PAGE_AT (3), after, sizeof after);
  for (guint i = 0; i < sizeof before; i++)
    same += before[i] == after[i];
  g_assert_cmpuint (same, <, 100);
  g_assert_true (memcmp (before + 4056, after + 4056, 24) != 0);
  vfs_close (db);
  vfs_fixture_clear (&f);
}

/* SQLite 3.40 leaves frames without salts and checksum when a savepoint is rolled back to a place
 * in front of the first frame that was written twice */
static void
test_23_savepoint_in_a_spilled_transaction (void)
{
  for (int tail = 0; tail < 80; tail += 5)
    {
      VfsFixture f;
      sqlite3 *db;

      vfs_fixture_init (&f);
      db = vfs_fixture_open (&f);
      vfs_run (db, "PRAGMA wal_autocheckpoint=0; PRAGMA cache_size=10; BEGIN");
      vfs_fill (db, 0, 100);
      vfs_run (db, "COMMIT; BEGIN");
      vfs_fill (db, 200, 230);
      vfs_run (db, "SAVEPOINT s");
      vfs_fill (db, 300, 360);
      vfs_run (db, "UPDATE t SET body = body || 'more' WHERE n >= 300");
      vfs_run (db, "ROLLBACK TO s; RELEASE s");
      if (tail > 0)
        vfs_fill (db, 400, 400 + tail);
      vfs_run (db, "COMMIT");
      vfs_fill (db, 500, 503);
      vfs_close_as_killed (&f, db);
      db = vfs_fixture_open (&f);
      g_assert_cmpint (vfs_number (db, "SELECT count(*) FROM t"), ==, 133 + tail);
      g_assert_true (san_vfs_integrity_check (db, NULL));
      vfs_close (db);
      vfs_fixture_clear (&f);
    }
}

/* 23, where all that was written twice is rolled back: what SQLite then continues is the sum of a
 * frame behind the end of the transaction */
static void
test_23_all_rolled_back (void)
{
  static const char blob[] = "INSERT INTO v VALUES (randomblob (600000))";
  VfsFixture f;
  sqlite3 *db;

  vfs_fixture_init (&f);
  db = vfs_fixture_open (&f);
  vfs_run (db, "CREATE TABLE u (n); CREATE TABLE v (b); INSERT INTO u VALUES (1)");
  vfs_run (db, "PRAGMA wal_autocheckpoint=0; PRAGMA cache_size=10; BEGIN");
  vfs_fill (db, 0, 2);
  vfs_run (db, "SAVEPOINT s");
  for (int round = 0; round < 3; round++)
    {
      vfs_run (db, blob);
      vfs_run (db, "UPDATE u SET n = n + 1");
    }
  vfs_run (db, "ROLLBACK TO s; RELEASE s; COMMIT");
  vfs_fill (db, 2, 9);
  vfs_close_as_killed (&f, db);
  db = vfs_fixture_open (&f);
  g_assert_cmpint (vfs_number (db, "SELECT count(*) FROM t"), ==, 9);
  g_assert_cmpint (vfs_number (db, "SELECT n FROM u"), ==, 1);
  g_assert_true (san_vfs_integrity_check (db, NULL));
  vfs_close (db);
  vfs_fixture_clear (&f);
}

/* by SQLite itself where it does so (3.45 and later), and by the shape of such a read everywhere */
static void
test_27_direct_reads_of_long_values (void)
{
  guint8 whole[4096], front[4056];
  sqlite3_file *file = NULL;
  VfsFixture f;
  sqlite3 *db;
  gint64 pages;

  vfs_fixture_init (&f);
  db = vfs_fixture_open (&f);
  vfs_run (db, "CREATE TABLE long (id INTEGER PRIMARY KEY, value BLOB, hash BLOB)");
  vfs_run (db, "INSERT INTO long (value) VALUES (randomblob (30000)), (randomblob (4057)), "
               "(randomblob (70000))");
  vfs_run (db, "UPDATE long SET hash = hex (value)");
  vfs_run (db, "PRAGMA wal_checkpoint(TRUNCATE)");
  pages = vfs_number (db, "PRAGMA page_count");
  vfs_close (db);
  db = vfs_fixture_open (&f);                   /* nothing of it in a cache */
  g_assert_cmpint (vfs_number (db, "SELECT count (*) FROM long WHERE hex (value) = hash"), ==, 3);
  g_assert_cmpint (sqlite3_file_control (db, "main", SQLITE_FCNTL_FILE_POINTER, &file), ==,
                   SQLITE_OK);
  for (gint64 page = 2; page <= pages; page++)
    {
      static const int sizes[] = { 5, 100, 4056 };

      g_assert_cmpint (file->pMethods->xRead (file, whole, 4096, (page - 1) * 4096), ==, SQLITE_OK);
      for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
        {
          g_assert_cmpint (file->pMethods->xRead (file, front, sizes[i], (page - 1) * 4096), ==,
                           SQLITE_OK);
          g_assert_cmpmem (front, sizes[i], whole, sizes[i]);
        }
    }
  g_assert_cmpint (file->pMethods->xRead (file, front, 4057, 4096), ==, SQLITE_IOERR_READ);
  g_assert_cmpint (file->pMethods->xRead (file, front, 5, 4097), ==, SQLITE_IOERR_READ);
  vfs_flip (f.path,
            VFS_PAGE_AT (pages) + 4000); /* behind what is asked: the page is judged whole */
  g_assert_cmpint (file->pMethods->xRead (file, front, 5, (pages - 1) * 4096), ==,
                   SQLITE_IOERR_DATA);
  vfs_close (db);
  vfs_fixture_clear (&f);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/vfs/round-trip", test_round_trip);
  g_test_add_func ("/store/vfs/1/wrong-key-touches-nothing", test_1_wrong_key);
  g_test_add_func ("/store/vfs/1/wrong-key-beside-the-right-one", test_1_wrong_key_beside);
  g_test_add_func ("/store/vfs/1/short-file-keeps-its-wal", test_1_short_file_keeps_wal);
  g_test_add_func ("/store/vfs/2/torn-first-page-is-healed", test_2_torn_first_page);
  g_test_add_func ("/store/vfs/3/torn-tail-is-dropped", test_3_torn_tail_is_dropped);
  g_test_add_func ("/store/vfs/3/damage-in-the-middle-is-said",
                   test_3_damage_in_the_middle_is_said);
  g_test_add_func ("/store/vfs/3/leavings-are-no-damage", test_3_leavings_are_no_damage);
  g_test_add_func ("/store/vfs/4/nothing-in-clear", test_4_nothing_in_clear);
  g_test_add_func ("/store/vfs/5/spilled-transaction-survives-a-kill",
                   test_5_spilled_transaction_survives_a_kill);
  g_test_add_func ("/store/vfs/10/salts-are-shared", test_10_salts_are_shared);
  g_test_add_func ("/store/vfs/14/copy-is-whole-and-ours", test_14_copy);
  g_test_add_func ("/store/vfs/18/zero-page-is-refused", test_18_zero_page);
  g_test_add_func ("/store/vfs/19/integrity-check-is-a-row", test_19_integrity_check_is_a_row);
  g_test_add_func ("/store/vfs/20/nonces-are-new", test_20_nonces);
  g_test_add_func ("/store/vfs/23/savepoint-in-a-spilled-transaction",
                   test_23_savepoint_in_a_spilled_transaction);
  g_test_add_func ("/store/vfs/23/all-rolled-back", test_23_all_rolled_back);
  g_test_add_func ("/store/vfs/27/direct-reads-of-long-values",
                   test_27_direct_reads_of_long_values);
  return g_test_run ();
}
