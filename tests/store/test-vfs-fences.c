/* test-vfs-fences.c - what the encrypting VFS refuses, whoever asks
 *
 * The number in a name is the trap's in src/store/TRAPS.md. */
#include "vfs-fixture.h"
#include "san-vfs-private.h"
#include <glib/gstdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* a database without reserved bytes cannot be copied over ours: its pages would lose their ends */
static void
test_6_reserved_bytes (void)
{
  sqlite3_backup *backup;
  sqlite3 *db, *memory = NULL;
  VfsFixture f;

  vfs_fixture_init (&f);
  g_assert_cmpint (sqlite3_open (":memory:", &memory), ==, SQLITE_OK);
  sqlite3_extended_result_codes (memory, 1);
  vfs_fill (memory, 0, 50);
  db = vfs_fixture_open (&f);
  backup = sqlite3_backup_init (db, "main", memory, "main");
  g_assert_nonnull (backup);
  g_assert_cmpint (sqlite3_backup_step (backup, -1), !=, SQLITE_DONE);
  g_assert_cmpint (sqlite3_backup_finish (backup), !=, SQLITE_OK);
  sqlite3_close (memory);
  vfs_close (db);
  db = vfs_fixture_open (&f);
  g_assert_true (san_vfs_integrity_check (db, NULL));
  vfs_run (db, "VACUUM");
  g_assert_cmpint (vfs_number (db, "SELECT count(*) FROM sqlite_schema"), ==, 0);
  vfs_close (db);
  vfs_fixture_clear (&f);
}

/* no connection crosses a fork: a child does not join what its parent has open */
static void
test_8_child_does_not_join (void)
{
  VfsFixture f;
  sqlite3 *db;
  int status;
  pid_t child;

  vfs_fixture_init (&f);
  db = vfs_fixture_open (&f);
  vfs_fill (db, 0, 3);
  child = fork ();
  if (child == 0)
    _exit (san_vfs_open (f.path, f.key, SAN_VFS_DEFAULT, NULL) == NULL ? 0 : 1);
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFEXITED (status) && WEXITSTATUS (status) == 0);
  vfs_fill (db, 3, 6);
  vfs_close (db);
  vfs_fixture_clear (&f);
}

static sqlite3_file *
file_of (sqlite3 *db)
{
  sqlite3_file *file = NULL;

  g_assert_cmpint (sqlite3_file_control (db, "main", SQLITE_FCNTL_FILE_POINTER, &file), ==,
                   SQLITE_OK);
  return file;
}

/* the locks of the WAL index, by three connections of one file */
static void
test_9_locks (void)
{
  const int share = SQLITE_SHM_LOCK | SQLITE_SHM_SHARED,
            alone = SQLITE_SHM_LOCK | SQLITE_SHM_EXCLUSIVE;
  const int unshare = SQLITE_SHM_UNLOCK | SQLITE_SHM_SHARED;
  const int let_go = SQLITE_SHM_UNLOCK | SQLITE_SHM_EXCLUSIVE;
  sqlite3_file *a, *b;
  void volatile *map_a, *map_b;
  VfsFixture f;
  sqlite3 *one, *two;

  vfs_fixture_init (&f);
  g_assert_cmpint (vfs_fixture_bare (&f, f.key, &one), ==, SQLITE_OK);
  g_assert_cmpint (vfs_fixture_bare (&f, f.key, &two), ==, SQLITE_OK);
  a = file_of (one);
  b = file_of (two);
  g_assert_cmpint (san_vfs_shm_lock (a, 3, 1, share), ==, SQLITE_IOERR_SHMLOCK);
  g_assert_cmpint (san_vfs_shm_map (a, 0, 32768, 0, &map_a), ==, SQLITE_OK);
  g_assert_null ((void *) map_a);
  g_assert_cmpint (san_vfs_shm_map (a, 1, 32768, 1, &map_a), ==, SQLITE_OK);
  g_assert_cmpint (san_vfs_shm_map (b, 1, 32768, 0, &map_b), ==, SQLITE_OK);
  g_assert_true (map_a == map_b && map_a != NULL && *(char volatile *) map_a == 0);
  *(char volatile *) map_a = 7;

  g_assert_cmpint (san_vfs_shm_lock (a, 3, 1, share), ==, SQLITE_OK);
  g_assert_cmpint (san_vfs_shm_lock (b, 3, 1, share), ==, SQLITE_OK);
  g_assert_cmpint (san_vfs_shm_lock (a, 3, 1, alone), ==, SQLITE_BUSY);
  g_assert_cmpint (san_vfs_shm_lock (a, 2, 3, alone), ==, SQLITE_BUSY);
  g_assert_cmpint (san_vfs_shm_lock (b, 2, 1, alone), ==,
                   SQLITE_OK); /* all or nothing: 2 is free */
  g_assert_cmpint (san_vfs_shm_lock (a, 2, 1, share), ==, SQLITE_BUSY);
  g_assert_cmpint (san_vfs_shm_lock (b, 3, 1, unshare), ==, SQLITE_OK);
  g_assert_cmpint (san_vfs_shm_lock (a, 3, 1, alone), ==, SQLITE_OK);      /* over its own share */
  g_assert_cmpint (san_vfs_shm_lock (b, 3, 1, share), ==, SQLITE_BUSY);
  g_assert_cmpint (san_vfs_shm_lock (a, 3, 1, let_go), ==, SQLITE_OK);
  g_assert_cmpint (san_vfs_shm_lock (b, 3, 1, share), ==, SQLITE_OK);
  g_assert_cmpint (san_vfs_shm_lock (a, 7, 2, share), ==, SQLITE_IOERR_SHMLOCK);

  g_assert_cmpint (san_vfs_shm_unmap (b, 0), ==, SQLITE_OK);               /* lets its locks go */
  g_assert_cmpint (san_vfs_shm_lock (a, 2, 2, alone), ==, SQLITE_OK);
  g_assert_cmpint (san_vfs_shm_unmap (a, 0), ==, SQLITE_OK);
  g_assert_cmpint (san_vfs_shm_map (b, 1, 32768, 1, &map_b), ==, SQLITE_OK);
  g_assert_cmpint (*(char volatile *) map_b, ==, 0);                       /* from nothing again */
  vfs_close (one);
  vfs_close (two);
  vfs_fixture_clear (&f);
}

static void
test_11_no_map (void)
{
  int chunk = 1 << 20;
  gint64 size;
  VfsFixture f;
  sqlite3 *db;

  vfs_fixture_init (&f);
  db = vfs_fixture_open (&f);
  size = vfs_size (f.path);
  g_assert_cmpint (vfs_try (db, "PRAGMA mmap_size=1000000"), ==, SQLITE_ERROR);
  g_assert_cmpint (file_of (db)->pMethods->iVersion, ==, 2);
  sqlite3_file_control (db, "main", SQLITE_FCNTL_CHUNK_SIZE, &chunk);
  vfs_fill (db, 0, 3);
  vfs_run (db, "PRAGMA wal_checkpoint(TRUNCATE)");
  g_assert_cmpint (vfs_size (f.path), <, size + (1 << 20));
  g_assert_cmpint (vfs_size (f.path) % 4096, ==, 0);
  vfs_close (db);
  vfs_fixture_clear (&f);
}

/* shapes of access that SQLite does not use */
static void
test_11_other_shapes (void)
{
  static guint8 bytes[8192];
  const sqlite3_io_methods *methods;
  sqlite3_file *file;
  VfsFixture f;
  sqlite3 *db;

  vfs_fixture_init (&f);
  db = vfs_fixture_open (&f);
  file = file_of (db);
  methods = file->pMethods;
  g_assert_cmpint (methods->xRead (file, bytes, 4096, 100), ==, SQLITE_IOERR_READ);
  g_assert_cmpint (methods->xRead (file, bytes, 8192, 0), ==, SQLITE_IOERR_READ);
  g_assert_cmpint (methods->xWrite (file, bytes, 100, 0), ==, SQLITE_IOERR_WRITE);
  g_assert_cmpint (methods->xTruncate (file, 4097), ==, SQLITE_IOERR_TRUNCATE);
  memset (bytes, 0, sizeof bytes);
  bytes[4095] = 1;
  g_assert_cmpint (methods->xWrite (file, bytes, 4096, 0), ==, SQLITE_IOERR_WRITE);
  vfs_fill (db, 0, 2);
  sqlite3_file_control (db, "main", SQLITE_FCNTL_JOURNAL_POINTER, &file);
  methods = file->pMethods;
  g_assert_cmpint (methods->xRead (file, bytes, 4096, 32), ==, SQLITE_IOERR_READ);
  g_assert_cmpint (methods->xRead (file, bytes, 24, 32), ==, SQLITE_IOERR_READ);
  g_assert_cmpint (methods->xRead (file, bytes, 8, 0), ==, SQLITE_IOERR_READ);
  g_assert_cmpint (methods->xWrite (file, bytes, 1000, 56), ==, SQLITE_IOERR_WRITE);
  g_assert_cmpint (methods->xWrite (file, bytes, 16, 0), ==, SQLITE_IOERR_WRITE);
  vfs_close (db);
  vfs_fixture_clear (&f);
}

static void
test_12_one_promise (void)
{
  sqlite3_file *file;
  VfsFixture f;
  sqlite3 *db;

  vfs_fixture_init (&f);
  db = vfs_fixture_open (&f);
  file = file_of (db);
  g_assert_cmpint (file->pMethods->xDeviceCharacteristics (file), ==,
                   SQLITE_IOCAP_POWERSAFE_OVERWRITE);
  g_assert_cmpint (file->pMethods->xSectorSize (file), ==, 4096);
  vfs_close (db);
  vfs_fixture_clear (&f);
}

static int
try_to_open (const char *path, int flags)
{
  sqlite3_vfs *vfs = sqlite3_vfs_find (SAN_VFS_NAME);
  sqlite3_file *file = g_malloc0 (vfs->szOsFile);
  int rc = vfs->xOpen (vfs, path, file, flags, NULL);

  g_assert_null (file->pMethods);
  g_free (file);
  return rc;
}

static void
test_13_nothing_else_opens (void)
{
  const int kinds[]
      = { SQLITE_OPEN_TEMP_DB,      SQLITE_OPEN_TRANSIENT_DB, SQLITE_OPEN_MAIN_DB,
          SQLITE_OPEN_TEMP_JOURNAL, SQLITE_OPEN_SUBJOURNAL,   SQLITE_OPEN_SUPER_JOURNAL };
  g_autofree char *other = NULL;
  VfsFixture f;
  sqlite3 *db;

  vfs_fixture_init (&f);
  other = g_build_filename (f.folder, "other", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    g_assert_cmpint (try_to_open (other, kinds[i] | SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE), ==,
                     SQLITE_CANTOPEN);
  g_assert_cmpint (try_to_open (f.path, SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_READWRITE), ==,
                   SQLITE_CANTOPEN);
  g_assert_cmpint (sqlite3_open_v2 (f.path, &db, SQLITE_OPEN_READWRITE, SAN_VFS_NAME), ==,
                   SQLITE_CANTOPEN);
  sqlite3_close (db);
  g_assert_cmpint (vfs_size (other), ==, -1);
  vfs_fixture_clear (&f);
}

/* a sort and a temporary table larger than the cache, in memory; the fixture's end finds no file */
static void
test_13_temporary_is_memory (void)
{
  VfsFixture f;
  sqlite3 *db;

  vfs_fixture_init (&f);
  db = vfs_fixture_open (&f);
  vfs_run (db, "PRAGMA cache_size=10; BEGIN");
  vfs_fill (db, 0, 500);
  vfs_run (db, "COMMIT; CREATE TEMP TABLE w AS SELECT body || random() AS x FROM t;"
               "SELECT count(*) FROM (SELECT x FROM w ORDER BY x)");
  g_assert_cmpint (vfs_try (db, "PRAGMA temp_store=FILE"), ==, SQLITE_ERROR);
  vfs_close (db);
  vfs_fixture_clear (&f);
}

/* a journal that somebody laid beside the store is not taken for a hot one */
static void
test_13_foreign_journal (void)
{
  g_autofree char *journal = NULL;
  VfsFixture f;
  sqlite3 *db;

  vfs_fixture_init (&f);
  journal = g_strconcat (f.path, "-journal", NULL);
  db = vfs_fixture_open (&f);
  vfs_fill (db, 0, 5);
  vfs_close (db);
  vfs_copy_file (f.path, journal);
  db = vfs_fixture_open (&f);
  g_assert_cmpint (vfs_number (db, "SELECT count(*) FROM t"), ==, 5);
  vfs_fill (db, 5, 9);
  vfs_close (db);
  g_assert_cmpint (vfs_size (journal), >, 0);
  vfs_fixture_clear (&f);
}

static void
test_15_no_attach (void)
{
  g_autofree char *out = NULL;
  char *statements[5];
  VfsFixture f;
  sqlite3 *db;

  vfs_fixture_init (&f);
  out = g_build_filename (f.folder, "out.db", NULL);
  statements[0] = g_strdup_printf ("ATTACH '%s' AS a", out);
  statements[1] = g_strdup_printf ("ATTACH 'file:%s?vfs=unix' AS a", out);
  statements[2] = g_strdup_printf ("ATTACH '%s' || '' AS a", out);
  statements[3] = g_strdup_printf ("VACUUM INTO '%s'", out);
  statements[4] = g_strdup_printf ("VACUUM INTO 'file:%s?vfs=unix'", out);
  db = vfs_fixture_open (&f);
  vfs_fill (db, 0, 3);
  for (guint i = 0; i < G_N_ELEMENTS (statements); i++)
    {
      g_assert_cmpint (vfs_try (db, statements[i]), ==, SQLITE_AUTH);
      g_free (statements[i]);
    }
  g_assert_cmpint (vfs_try (db, "SELECT load_extension('x')"), !=, SQLITE_OK);
  vfs_run (db, "VACUUM");
  g_assert_cmpint (vfs_size (out), ==, -1);
  vfs_close (db);
  vfs_fixture_clear (&f);
}

static void
test_16_pragmas (void)
{
  static const char *refused[] = {
    "journal_mode=DELETE", "journal_mode=OFF", "journal_mode=MEMORY", "main.journal_mode=TRUNCATE",
    "locking_mode=EXCLUSIVE", "synchronous=NORMAL", "synchronous=OFF", "synchronous=0",
    "temp_store=0", "secure_delete=OFF", "secure_delete=FAST", "page_size=8192", "mmap_size=4096",
    "temp_store_directory='/tmp'", "writable_schema=ON", "journal_mode('persist')",
  };
  static const char *allowed[] = {
    "journal_mode=WAL",  "journal_mode",     "synchronous=FULL", "synchronous=EXTRA",
    "temp_store=MEMORY", "cache_size=-2000", "foreign_keys=ON",  "wal_checkpoint",
    "integrity_check",   "user_version=3",
  };
  VfsFixture f;
  sqlite3 *db;

  vfs_fixture_init (&f);
  db = vfs_fixture_open (&f);
  vfs_fill (db, 0, 3);
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autofree char *sql = g_strconcat ("PRAGMA ", refused[i], NULL);

      g_assert_cmpint (vfs_try (db, sql), ==, SQLITE_ERROR);
    }
  for (guint i = 0; i < G_N_ELEMENTS (allowed); i++)
    {
      g_autofree char *sql = g_strconcat ("PRAGMA ", allowed[i], NULL);

      vfs_run (db, sql);
    }
  vfs_fill (db, 3, 6);
  vfs_close (db);
  db = vfs_fixture_open (&f);
  g_assert_cmpint (vfs_number (db, "SELECT count(*) FROM t"), ==, 6);
  vfs_close (db);
  vfs_fixture_clear (&f);
}

/* the new file is one file, in WAL from its first byte on */
static void
test_17_creation (void)
{
  g_autoptr(GError) error = NULL;
  VfsFixture f;
  sqlite3 *db;
  GDir *dir;

  vfs_fixture_init (&f);
  g_assert_cmpint (vfs_size (f.path), ==, 8192);
  dir = g_dir_open (f.folder, 0, NULL);
  g_assert_cmpstr (g_dir_read_name (dir), ==, "x.db");
  g_assert_null (g_dir_read_name (dir));
  g_dir_close (dir);
  g_assert_false (san_vfs_create_file (f.path, f.key, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_ALREADY);
  db = vfs_fixture_open (&f);
  g_assert_true (san_vfs_integrity_check (db, NULL));
  vfs_close (db);
  vfs_fixture_clear (&f);
}

/* a WAL that an earlier database left under the name is not the new one's */
static void
test_17_made_anew (void)
{
  g_autofree char *wal = NULL;
  VfsFixture f;
  sqlite3 *db;

  vfs_fixture_init (&f);
  wal = g_strconcat (f.wal, ".2", NULL);
  db = vfs_fixture_open (&f);
  vfs_fill (db, 0, 5);
  vfs_copy_file (f.wal, wal);
  vfs_close (db);
  for (int round = 0; round < 2; round++)
    {
      g_assert_true (san_vfs_remove_file (f.path, NULL));
      vfs_copy_file (wal, f.wal);
      g_assert_true (san_vfs_create_file (f.path, f.key, NULL));
      g_assert_cmpint (vfs_size (f.wal), ==, -1);
      if (round == 1)
        vfs_copy_file (wal, f.wal);
      db = vfs_fixture_open (&f);
      g_assert_cmpint (vfs_number (db, "SELECT count(*) FROM sqlite_schema"), ==, 0);
      vfs_close (db);
    }
  g_remove (wal);
  vfs_fixture_clear (&f);
}

static void
test_query_only (void)
{
  VfsFixture f;
  sqlite3 *db;

  vfs_fixture_init (&f);
  db = san_vfs_open (f.path, f.key, SAN_VFS_QUERY_ONLY, NULL);
  g_assert_nonnull (db);
  g_assert_cmpint (vfs_try (db, "CREATE TABLE t (n)") & 0xff, ==, SQLITE_READONLY);
  vfs_close (db);
  vfs_fixture_clear (&f);
}

static void
test_exchanged_beneath (void)
{
  g_autofree char *other = NULL;
  VfsFixture f;
  sqlite3 *db;

  vfs_fixture_init (&f);
  other = g_build_filename (f.folder, "other.db", NULL);
  g_assert_true (san_vfs_create_file (other, f.key, NULL));
  db = vfs_fixture_open (&f);
  g_assert_cmpint (g_rename (other, f.path), ==, 0);
  g_assert_null (san_vfs_open (f.path, f.key, SAN_VFS_DEFAULT, NULL));
  vfs_close (db);
  vfs_fixture_clear (&f);
}

static void
test_register (void)
{
  g_autoptr(GError) error = NULL;
  VfsFixture f;
  sqlite3 *db;

  vfs_fixture_init (&f);
  db = vfs_fixture_open (&f);
  g_assert_true (san_vfs_register (NULL, NULL));
  g_assert_false (san_vfs_register ("unix-dotfile", &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_IN_USE);
  g_clear_error (&error);
  vfs_close (db);
  g_assert_false (san_vfs_register (SAN_VFS_NAME, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (san_vfs_open ("/nowhere/x.db", f.key, SAN_VFS_DEFAULT, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_NOT_FOUND);
  vfs_fixture_clear (&f);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/vfs/6/reserved-bytes-are-checked", test_6_reserved_bytes);
  g_test_add_func ("/store/vfs/8/child-does-not-join", test_8_child_does_not_join);
  g_test_add_func ("/store/vfs/9/locks-of-the-index", test_9_locks);
  g_test_add_func ("/store/vfs/11/nothing-is-mapped", test_11_no_map);
  g_test_add_func ("/store/vfs/11/other-shapes-are-refused", test_11_other_shapes);
  g_test_add_func ("/store/vfs/12/one-promise", test_12_one_promise);
  g_test_add_func ("/store/vfs/13/nothing-else-opens", test_13_nothing_else_opens);
  g_test_add_func ("/store/vfs/13/temporary-is-memory", test_13_temporary_is_memory);
  g_test_add_func ("/store/vfs/13/foreign-journal-is-not-hot", test_13_foreign_journal);
  g_test_add_func ("/store/vfs/15/no-attach-no-code", test_15_no_attach);
  g_test_add_func ("/store/vfs/16/pragmas-are-guarded", test_16_pragmas);
  g_test_add_func ("/store/vfs/17/created-in-one-piece", test_17_creation);
  g_test_add_func ("/store/vfs/17/made-anew-is-empty", test_17_made_anew);
  g_test_add_func ("/store/vfs/query-only-refuses-change", test_query_only);
  g_test_add_func ("/store/vfs/exchanged-beneath-is-refused", test_exchanged_beneath);
  g_test_add_func ("/store/vfs/register", test_register);
  return g_test_run ();
}
