/* test-vfs-failures.c - each call of the disk, and each allocation of SQLite, fails once
 *
 * A piece of work is repeated with the first call failing, then the second (in the slower tests
 * with growing steps), until it comes through untouched; for every kind of call, failing once
 * and failing for good. After each
 * failure the store is opened again on a healthy disk and must hold what was acknowledged, or
 * that and the commit that failed. */
#include "vfs-model.h"
#include "san-vfs-private.h"
#include "san-file.h"
#include <string.h>

#define PATH "/d/x.db"

typedef struct
{
  SanSimDisk  *disk;
  SanSecret   *key;
  Model        model;
  Model        first;                   /* as in the image */
  SanSimImage *image;                   /* a store with its last commits in the WAL */
} Bench;

/* Work: FALSE when something failed; the model then holds what was acknowledged and tried */
typedef gboolean (*Work) (Bench *self);

static sqlite3 *
open_store (Bench *self, GError **error)
{
  sqlite3 *db = san_vfs_open (PATH, self->key, SAN_VFS_DEFAULT, error);

  if (db != NULL)
    model_exec (db, "PRAGMA cache_size=10; PRAGMA wal_autocheckpoint=40");
  return db;
}

static int
change (Bench *self, sqlite3 *db, guint from, guint n, guint size)
{
  int rc = SQLITE_OK;

  for (guint i = from; i < from + n && rc == SQLITE_OK; i++)
    rc = model_set (&self->model, db, i, size);
  return rc;
}

static int
commit (Bench *self, sqlite3 *db, guint from, guint n, guint size)
{
  int rc = model_exec (db, "BEGIN IMMEDIATE");

  if (rc == SQLITE_OK)
    rc = change (self, db, from, n, size);
  if (rc == SQLITE_OK)
    rc = model_exec (db, "COMMIT");
  if (rc == SQLITE_OK)
    model_keep (&self->model);
  return rc;
}

/* small commits, a spilled one with a part taken back, both kinds of folding the log in */
static int
work_on (Bench *self, sqlite3 *db)
{
  int rc = SQLITE_OK;

  for (guint i = 0; i < 8 && rc == SQLITE_OK; i++)
    rc = commit (self, db, 1 + 3 * i, 2, 500);
  if (rc == SQLITE_OK)
    rc = model_exec (db, "BEGIN IMMEDIATE");
  if (rc == SQLITE_OK)
    rc = change (self, db, 100, 60, 6000);
  if (rc == SQLITE_OK)
    {
      Model before = self->model;

      rc = model_exec (db, "SAVEPOINT s");
      if (rc == SQLITE_OK)
        rc = change (self, db, 90, 60, 4000);
      if (rc == SQLITE_OK)
        rc = model_exec (db, "ROLLBACK TO s; RELEASE s");
      if (rc == SQLITE_OK)
        memcpy (self->model.under_way, before.under_way, sizeof before.under_way);
    }
  if (rc == SQLITE_OK)
    rc = change (self, db, 105, 30, 3000);
  if (rc == SQLITE_OK)
    rc = model_exec (db, "COMMIT");
  if (rc == SQLITE_OK)
    model_keep (&self->model);
  if (rc == SQLITE_OK)
    rc = model_exec (db, "PRAGMA wal_checkpoint(RESTART)");
  if (rc == SQLITE_OK)
    rc = commit (self, db, 40, 1, 50);
  if (rc == SQLITE_OK)
    rc = model_exec (db, "VACUUM");
  if (rc == SQLITE_OK)
    rc = commit (self, db, 42, 20, 2000);
  return rc;
}

static gboolean
work_once (Bench *self)
{
  sqlite3 *db = open_store (self, NULL);
  int rc = db != NULL ? work_on (self, db) : SQLITE_CANTOPEN;

  sqlite3_close (db);
  return rc == SQLITE_OK;
}

/* somebody who sees an error, takes it back and goes on with the same connection */
static gboolean
work_on_after (Bench *self)
{
  sqlite3 *db = open_store (self, NULL);
  int rc = db != NULL ? work_on (self, db) : SQLITE_CANTOPEN;

  if (db == NULL)
    return FALSE;
  if (rc != SQLITE_OK)
    {
      model_exec (db, "ROLLBACK");
      model_drop (&self->model);
      g_assert_cmpint (commit (self, db, 60, 2, 3000), ==, SQLITE_OK);
      g_assert_cmpint (commit (self, db, 70, 1, 30), ==, SQLITE_OK);
    }
  sqlite3_close (db);
  return rc == SQLITE_OK;
}

static void
check_store (Bench *self, const char *what, guint n)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *why = NULL;
  sqlite3 *db = open_store (self, &error);

  if (db == NULL)
    g_error ("%s %u: cannot be opened afterwards: %s", what, n, error->message);
  if (!model_check (&self->model, db, &why))
    g_error ("%s %u: %s", what, n, why);
  sqlite3_close (db);
}

static void
start_again (Bench *self)
{
  san_sim_disk_restore (self->disk, self->image);
  self->model = self->first;
}

static void
bench_init (Bench *self, guint64 seed)
{
  g_autoptr(GError) error = NULL;
  sqlite3 *db;

  memset (self, 0, sizeof *self);
  self->disk = san_sim_disk_new (seed);
  san_sim_disk_make_dir (self->disk, "/d");
  g_assert_true (san_vfs_register (SAN_SIM_DISK_VFS, &error));
  self->key = san_secret_new_random (32);
  san_vfs_create_file (PATH, self->key, &error);
  g_assert_no_error (error);
  db = open_store (self, &error);
  g_assert_no_error (error);
  g_assert_cmpint (model_create (db), ==, SQLITE_OK);
  g_assert_cmpint (commit (self, db, 0, 12, 300), ==, SQLITE_OK);
  model_exec (db, "PRAGMA wal_checkpoint(RESTART)");
  g_assert_cmpint (commit (self, db, 3, 5, 700), ==, SQLITE_OK);
  self->image = san_sim_disk_snapshot (self->disk);
  self->first = self->model;
  sqlite3_close (db);
  start_again (self);
}

static void
bench_clear (Bench *self)
{
  san_sim_image_free (self->image);
  san_secret_unref (self->key);
  san_sim_disk_free (self->disk);
}

static const char *kind_names[]
    = { "open", "read", "write", "sync", "truncate", "delete", "lock", "any" };

static void
fail_each_call (Work work, gboolean for_good, gboolean cut_too, guint stride)
{
  Bench bench;
  guint runs = 0;

  bench_init (&bench, 1);
  for (SanSimKind kind = SAN_SIM_OPEN; kind <= SAN_SIM_LOCK; kind++)
    {
      guint n = 0;
      gboolean failed = TRUE, came_through;

      while (failed)
        {
          start_again (&bench);
          n += 1 + n / stride;
          san_sim_disk_fail (bench.disk, kind, n, for_good);
          came_through = work (&bench);
          failed = san_sim_disk_get_n_failed (bench.disk) > 0;
          g_assert_true (came_through || failed);
          san_sim_disk_fail (bench.disk, kind, 0, FALSE);
          if (cut_too)
            {
              san_sim_disk_cut_now (bench.disk);
              san_sim_disk_power_on (bench.disk, SAN_SIM_CUT_RANDOM);
            }
          check_store (&bench, kind_names[kind], n);
          runs++;
        }
    }
  g_test_message ("%u runs", runs);
  bench_clear (&bench);
}

static void
test_once (void)
{
  fail_each_call (work_once, FALSE, FALSE, G_MAXUINT);
}

static void
test_for_good (void)
{
  fail_each_call (work_once, TRUE, FALSE, 30);
}

static void
test_once_then_cut (void)
{
  fail_each_call (work_once, FALSE, TRUE, 60);
}

static void
test_goes_on (void)
{
  fail_each_call (work_on_after, FALSE, FALSE, 60);
}

static void
test_malloc (void)
{
  for (int for_good = 0; for_good < 2; for_good++)
    {
      Bench bench;
      guint n = 0, runs = 0;
      gboolean failed = TRUE;

      bench_init (&bench, 1);
      while (failed)
        {
          start_again (&bench);
          n += 1 + n / 30;
          san_sim_malloc_fail (n, for_good);
          work_once (&bench);
          failed = san_sim_malloc_get_n_failed () > 0;
          san_sim_malloc_fail (0, FALSE);
          check_store (&bench, "allocation", n);
          runs++;
        }
      g_test_message ("%u runs, up to allocation %u", runs, n);
      bench_clear (&bench);
    }
}

/* A log of some hundred frames, and the disk as it was when it was full of them */
static sqlite3 *
open_with_long_log (Bench *self)
{
  sqlite3 *db = open_store (self, NULL);

  g_assert_nonnull (db);
  model_exec (db, "PRAGMA wal_autocheckpoint=0; PRAGMA cache_size=2000");
  g_assert_cmpint (commit (self, db, 0, 200, 6000), ==, SQLITE_OK);
  return db;
}

/* A checkpoint's writes happen in another thread; its failure is still the checkpoint's, reading
 * goes on, and it can be done again */
static void
test_late_failure (void)
{
  Bench bench;
  guint n_failed = 0;
  gboolean failed = TRUE;

  bench_init (&bench, 1);
  for (guint n = 1; failed; n++)
    {
      g_autofree char *why = NULL;
      sqlite3 *db;
      int rc;

      start_again (&bench);
      db = open_with_long_log (&bench);
      san_sim_disk_fail (bench.disk, SAN_SIM_WRITE, n, FALSE);
      rc = model_exec (db, "PRAGMA wal_checkpoint(PASSIVE)");
      failed = san_sim_disk_get_n_failed (bench.disk) > 0;
      g_assert_cmpint (rc, ==, failed ? SQLITE_IOERR_WRITE : SQLITE_OK);
      n_failed += failed;
      san_sim_disk_fail (bench.disk, SAN_SIM_WRITE, 0, FALSE);
      if (!model_check (&bench.model, db, &why))
        g_error ("write %u: %s", n, why);
      g_assert_cmpint (model_exec (db, "PRAGMA wal_checkpoint(TRUNCATE)"), ==, SQLITE_OK);
      sqlite3_close (db);
      check_store (&bench, "write", n);
    }
  g_assert_cmpuint (n_failed, >, 64);
  bench_clear (&bench);
}

/* The same with a reader for whose sake the checkpoint stops short: nobody is told, so the store
 * does not answer until it is opened anew; then all is there */
static void
test_late_failure_beside_a_reader (void)
{
  Bench bench;
  guint n_broken = 0;
  gboolean failed = TRUE;

  bench_init (&bench, 1);
  for (guint n = 1; failed; n++)
    {
      sqlite3 *db, *reader;
      int rc, rc_read;

      start_again (&bench);
      db = open_with_long_log (&bench);
      reader = open_store (&bench, NULL);
      g_assert_nonnull (reader);
      g_assert_cmpint (model_exec (reader, "BEGIN; SELECT count(*) FROM t"), ==, SQLITE_OK);
      g_assert_cmpint (commit (&bench, db, 5, 1, 10), ==, SQLITE_OK);
      san_sim_disk_fail (bench.disk, SAN_SIM_WRITE, n, FALSE);
      rc = model_exec (db, "PRAGMA wal_checkpoint(PASSIVE)");
      failed = san_sim_disk_get_n_failed (bench.disk) > 0;
      san_sim_disk_fail (bench.disk, SAN_SIM_WRITE, 0, FALSE);
      model_exec (db, "PRAGMA shrink_memory");
      rc_read = model_exec (db, "SELECT sum(length(body)) FROM t");
      if (failed && rc == SQLITE_OK)
        n_broken++;
      g_assert_cmpint (rc_read, ==, failed && rc == SQLITE_OK ? SQLITE_IOERR_READ : SQLITE_OK);
      sqlite3_close (reader);
      sqlite3_close (db);
      check_store (&bench, "write", n);
    }
  g_test_message ("%u of the failures could not be told", n_broken);
  g_assert_cmpuint (n_broken, >, 0);
  bench_clear (&bench);
}

/* The disk has room for so many bytes more; with too few the error says so */
static void
test_full_disk (void)
{
  Bench bench;
  gint64 used = 0;
  g_auto(GStrv) names = NULL;
  guint n_full = 0;

  bench_init (&bench, 1);
  names = san_sim_disk_list (bench.disk);
  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autoptr(GBytes) bytes = san_sim_disk_get_file (bench.disk, names[i]);

      used += bytes != NULL ? (gint64) g_bytes_get_size (bytes) : 0;
    }
  for (gint64 room = 0; room < 2500000; room += 25001)
    {
      g_autoptr(GError) error = NULL;
      sqlite3 *db;
      int rc;

      start_again (&bench);
      san_sim_disk_set_capacity (bench.disk, used + room);
      db = open_store (&bench, &error);
      g_assert_no_error (error);
      rc = work_on (&bench, db);
      if (rc != SQLITE_OK)
        {
          n_full++;
          g_assert_cmpint (rc & 0xff, ==, SQLITE_FULL);
          san_vfs_set_error (&error, db, rc, "saving");
          g_assert_error (error, SAN_ERROR, SAN_ERROR_NO_SPACE);
        }
      sqlite3_close (db);
      check_store (&bench, "room", room);     /* opens on the full disk too */
    }
  g_assert_cmpuint (n_full, >, 10);
  bench_clear (&bench);
}

static void
test_read_only (void)
{
  g_autoptr(GError) error = NULL;
  Bench bench;

  bench_init (&bench, 1);
  san_sim_disk_set_read_only (bench.disk, TRUE);
  g_assert_null (san_vfs_open (PATH, bench.key, SAN_VFS_DEFAULT, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_READ_ONLY);
  g_clear_error (&error);
  g_assert_false (san_vfs_create_file ("/d/y.db", bench.key, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_READ_ONLY);
  san_sim_disk_set_read_only (bench.disk, FALSE);
  check_store (&bench, "read-only", 0);
  bench_clear (&bench);
}

/* A new file is there whole or not at all, whichever call fails, wherever the power goes */
static void
test_create (void)
{
  Bench bench;
  gboolean failed = TRUE;

  bench_init (&bench, 1);
  for (guint n = 1; failed; n++)
    for (guint seed = 0; seed < 6; seed++)
      {
        g_autoptr(GError) error = NULL;
        gboolean cut = seed > 0, made;

        start_again (&bench);
        san_sim_disk_fail (bench.disk, SAN_SIM_ANY, cut ? 0 : n, FALSE);
        san_sim_disk_cut_after (bench.disk, cut ? n : 0);
        made = san_vfs_create_file ("/d/y.db", bench.key, &error);
        failed
            = cut ? san_sim_disk_is_off (bench.disk) : san_sim_disk_get_n_failed (bench.disk) > 0;
        g_assert_true (made || failed);
        san_sim_disk_fail (bench.disk, SAN_SIM_ANY, 0, FALSE);
        san_sim_disk_cut_now (bench.disk);
        san_sim_disk_power_on (bench.disk, made ? SAN_SIM_CUT_LOSE : SAN_SIM_CUT_RANDOM);
        if (made || san_sim_disk_exists (bench.disk, "/d/y.db"))
          {
            sqlite3 *db = san_vfs_open ("/d/y.db", bench.key, SAN_VFS_DEFAULT, NULL);

            g_assert_nonnull (db);
            sqlite3_close (db);
          }
      }
  bench_clear (&bench);
}

/* 14: the same of a copy, which also holds all that the database does */
static void
test_copy (void)
{
  Bench bench;
  guint n_failed = 0;

  bench_init (&bench, 1);
  for (guint n = 1, failed = TRUE; failed; n++)
    for (guint cut = 0; cut < 2; cut++)
      {
        g_autofree char *why = NULL;
        gboolean copied;
        sqlite3 *db;

        start_again (&bench);
        db = open_store (&bench, NULL);
        san_sim_disk_fail (bench.disk, SAN_SIM_ANY, cut ? 0 : n, FALSE);
        san_sim_disk_cut_after (bench.disk, cut ? n : 0);
        copied = san_vfs_copy (db, "/d/y.db", bench.key, NULL);
        failed
            = cut ? san_sim_disk_is_off (bench.disk) : san_sim_disk_get_n_failed (bench.disk) > 0;
        n_failed += failed;
        g_assert_true (copied || failed);
        if (!cut && !copied)
          g_assert_false (san_sim_disk_exists (bench.disk, "/d/y.db.copy"));
        san_sim_disk_fail (bench.disk, SAN_SIM_ANY, 0, FALSE);
        san_sim_disk_cut_now (bench.disk);
        sqlite3_close (db);
        san_sim_disk_power_on (bench.disk, copied ? SAN_SIM_CUT_LOSE : SAN_SIM_CUT_RANDOM);
        check_store (&bench, "copy", n);
        if (!copied && !san_sim_disk_exists (bench.disk, "/d/y.db"))
          continue;
        db = san_vfs_open ("/d/y.db", bench.key, SAN_VFS_DEFAULT, NULL);
        g_assert_nonnull (db);
        if (!model_check (&bench.model, db, &why))
          g_error ("copy %u: %s", n, why);
        sqlite3_close (db);
      }
  g_assert_cmpuint (n_failed, >, 20);
  bench_clear (&bench);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  san_sim_malloc_install ();
  g_test_add_func ("/fault/vfs/each-call-fails-once", test_once);
  g_test_add_func ("/fault/vfs/each-call-fails-for-good", test_for_good);
  g_test_add_func ("/fault/vfs/each-call-fails-and-then-the-power", test_once_then_cut);
  g_test_add_func ("/fault/vfs/each-call-fails-and-work-goes-on", test_goes_on);
  g_test_add_func ("/fault/vfs/each-allocation-fails", test_malloc);
  g_test_add_func ("/fault/vfs/late-failure-is-the-checkpoints", test_late_failure);
  g_test_add_func ("/fault/vfs/late-failure-beside-a-reader", test_late_failure_beside_a_reader);
  g_test_add_func ("/fault/vfs/full-disk-is-said", test_full_disk);
  g_test_add_func ("/fault/vfs/read-only-disk-is-said", test_read_only);
  g_test_add_func ("/fault/vfs/new-file-is-whole-or-absent", test_create);
  g_test_add_func ("/fault/vfs/14/copy-is-whole-or-absent", test_copy);
  return g_test_run ();
}
