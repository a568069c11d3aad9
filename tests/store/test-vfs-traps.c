/* test-vfs-traps.c - what goes wrong between SQLite and an encrypting VFS, one test each
 *
 * The number in a name is the trap's in src/store/README.md. */
#include "vfs-fixture.h"
#include "san-vfs-private.h"
#include "san-file.h"
#include <glib/gstdio.h>
#include <sys/wait.h>
#include <unistd.h>

#define PAGE_AT(p) (4096 + ((p) - 1) * 4096)
#define FRAME_AT(i) (4096 + (i) * 4120)

/* A database whose last commits lie only in the WAL, as after a kill: in folder, nobody has it
 * open. Made by copying both files while they are open. */
static void
leave_wal_behind (VfsFixture *self, int rows)
{
  g_autofree char *path = g_strconcat (self->path, ".2", NULL);
  g_autofree char *wal = g_strconcat (self->wal, ".2", NULL);
  sqlite3 *db = vfs_fixture_open (self);

  vfs_run (db, "PRAGMA wal_autocheckpoint=0");
  vfs_fill (db, 0, rows);
  vfs_copy_file (self->path, path);
  vfs_copy_file (self->wal, wal);
  vfs_close (db);
  g_assert_cmpint (vfs_size (self->wal), ==, -1);
  g_assert_cmpint (g_rename (path, self->path), ==, 0);
  g_assert_cmpint (g_rename (wal, self->wal), ==, 0);
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
test_1_wrong_key (void)
{
  g_autoptr(SanSecret) wrong = san_secret_new_random (32);
  g_autoptr(GError) error = NULL;
  g_autofree char *before = NULL, *before_wal = NULL, *after = NULL, *after_wal = NULL;
  gsize n, n_wal, n_after, n_wal_after;
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

  g_assert_true (g_file_get_contents (f.path, &after, &n_after, NULL));
  g_assert_true (g_file_get_contents (f.wal, &after_wal, &n_wal_after, NULL));
  g_assert_cmpmem (before, n, after, n_after);
  g_assert_cmpmem (before_wal, n_wal, after_wal, n_wal_after);
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
  vfs_flip (f.path, PAGE_AT (1) + 700);
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
      vfs_flip (f.wal, FRAME_AT (frames[i]) + 99);
      size = vfs_size (f.wal);
      g_assert_cmpint (vfs_fixture_bare (&f, f.key, &db), ==, SQLITE_OK);
      g_assert_cmpint (vfs_try (db, "SELECT count(*) FROM t"), ==, SQLITE_IOERR_DATA);
      sqlite3_close (db);
      g_assert_cmpint (vfs_size (f.wal), ==, size);
      g_assert_null (san_vfs_open (f.path, f.key, SAN_VFS_DEFAULT, &error));
      g_assert_error (error, SAN_ERROR, SAN_ERROR_DAMAGED);
      g_assert_cmpint (vfs_size (f.wal), ==, size);
      vfs_flip (f.wal, FRAME_AT (frames[i]) + 99);
      db = vfs_fixture_open (&f);
      g_assert_cmpint (vfs_number (db, "SELECT count(*) FROM t"), ==, 20);
      vfs_close (db);
      vfs_fixture_clear (&f);
    }
}


static void
test_18_zero_page_is_refused (void)
{
  static const guint8 zeros[4096];
  VfsFixture f;
  sqlite3 *db;

  vfs_fixture_init (&f);
  db = vfs_fixture_open (&f);
  vfs_fill (db, 0, 50);
  vfs_close (db);
  vfs_poke (f.path, PAGE_AT (5), zeros, sizeof zeros);
  db = vfs_fixture_open (&f);
  g_assert_cmpint (vfs_try (db, "SELECT sum(length(body)) FROM t"), ==, SQLITE_IOERR_DATA);
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
  g_test_add_func ("/store/vfs/3/damage-in-the-middle-is-said", test_3_damage_in_the_middle_is_said);
  g_test_add_func ("/store/vfs/18/zero-page-is-refused", test_18_zero_page_is_refused);
  return g_test_run ();
}
