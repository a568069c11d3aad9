/* test-vfs-errors.c - a damaged or exchanged file, row by row: what opening and reading say
 *
 * Each case starts from a database of 200 rows in the file and, if it says so, 30 more that lie
 * only in the WAL. "open" is the bare handle, "scan" reads every row. */
#include "vfs-fixture.h"
#include "san-vfs-private.h"
#include <glib/gstdio.h>
#include <string.h>

#define IN_FILE 200
#define IN_WAL 30

typedef struct
{
  VfsFixture f;
  char      *old;                       /* the file before rows 100 and up */
  int        n_frames;                  /* 0: no WAL */
} Case;

static void
case_init (Case *self, gboolean with_wal)
{
  sqlite3 *db;

  vfs_fixture_init (&self->f);
  self->old = g_strconcat (self->f.path, ".old", NULL);
  self->n_frames = 0;
  db = vfs_fixture_open (&self->f);
  vfs_fill (db, 0, IN_FILE / 2);
  vfs_run (db, "PRAGMA wal_checkpoint(TRUNCATE)");
  vfs_copy_file (self->f.path, self->old);
  vfs_fill (db, IN_FILE / 2, IN_FILE);
  vfs_run (db, "PRAGMA wal_checkpoint(TRUNCATE)");
  if (!with_wal)
    {
      vfs_close (db);
      return;
    }
  vfs_count_frames (db, &self->n_frames);
  vfs_fill (db, IN_FILE, IN_FILE + IN_WAL);
  vfs_close_as_killed (&self->f, db);
}

/* Asserts the codes; a scan that works must count @rows. With a WAL and an error it must stay. */
static void
case_end (Case *self, int open_code, int scan_code, int rows)
{
  gint64 wal = vfs_size (self->f.wal);
  sqlite3 *db = NULL;
  int rc = vfs_fixture_bare (&self->f, self->f.key, &db);

  g_assert_cmpint (rc, ==, open_code);
  if (rc == SQLITE_OK)
    {
      rc = vfs_try (db, "SELECT sum(length(body)) FROM t");
      g_assert_cmpint (rc, ==, scan_code);
      if (rc == SQLITE_OK)
        g_assert_cmpint (vfs_number (db, "SELECT count(*) FROM t"), ==, rows);
    }
  sqlite3_close (db);
  if (rc == SQLITE_IOERR_DATA && self->n_frames > 0)
    g_assert_cmpint (vfs_size (self->f.wal), ==, wal);
  g_free (self->old);
  vfs_fixture_clear (&self->f);
}

static void
test_wrong_key (void)
{
  Case c;
  sqlite3 *db;

  case_init (&c, TRUE);
  {
    g_autoptr(SanSecret) wrong = san_secret_new_random (32);

    g_assert_cmpint (vfs_fixture_bare (&c.f, wrong, &db), ==, SQLITE_NOTADB);
    sqlite3_close (db);
  }
  case_end (&c, SQLITE_OK, SQLITE_OK, IN_FILE + IN_WAL);
}

static void
test_page_1 (void)
{
  Case c;

  case_init (&c, TRUE);                 /* the WAL holds page 1 */
  vfs_flip (c.f.path, VFS_PAGE_AT (1) + 2000);
  case_end (&c, SQLITE_OK, SQLITE_OK, IN_FILE + IN_WAL);
  case_init (&c, FALSE);
  vfs_flip (c.f.path, VFS_PAGE_AT (1) + 2000);
  case_end (&c, SQLITE_OK, SQLITE_IOERR_DATA, 0);
}

/* in the text, the nonce, the tag */
static void
test_page_n (void)
{
  const int places[] = { 0, 2000, 4055, 4056, 4079, 4080, 4095 };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      sqlite3 *db;
      Case c;

      case_init (&c, FALSE);
      vfs_flip (c.f.path, VFS_PAGE_AT (90) + places[i]);
      g_assert_cmpint (vfs_fixture_bare (&c.f, c.f.key, &db), ==, SQLITE_OK);
      g_assert_cmpint (vfs_number (db, "SELECT n FROM t WHERE n = 3"), ==,
                       3); /* others are readable */
      vfs_close (db);
      case_end (&c, SQLITE_OK, SQLITE_IOERR_DATA, 0);
    }
}

static void
test_swapped_pages (void)
{
  guint8 a[4096], b[4096];
  Case c;

  case_init (&c, FALSE);
  vfs_peek (c.f.path, VFS_PAGE_AT (70), a, sizeof a);
  vfs_peek (c.f.path, VFS_PAGE_AT (71), b, sizeof b);
  vfs_poke (c.f.path, VFS_PAGE_AT (70), b, sizeof b);
  vfs_poke (c.f.path, VFS_PAGE_AT (71), a, sizeof a);
  case_end (&c, SQLITE_OK, SQLITE_IOERR_DATA, 0);
}

/* a page of another file of ours, under the same key */
static void
test_foreign_page (void)
{
  g_autofree char *other = NULL;
  guint8 page[4096];
  Case c;

  case_init (&c, FALSE);
  other = g_build_filename (c.f.folder, "other.db", NULL);
  g_assert_true (san_vfs_create_file (other, c.f.key, NULL));
  vfs_peek (other, VFS_PAGE_AT (1), page, sizeof page);
  vfs_poke (c.f.path, VFS_PAGE_AT (1), page, sizeof page);
  case_end (&c, SQLITE_OK, SQLITE_IOERR_DATA, 0);
}

/* what is not found out: FORMAT.md says so */
static void
test_old_versions (void)
{
  guint8 page[4096];
  Case c;

  case_init (&c, FALSE);
  vfs_peek (c.old, VFS_PAGE_AT (20), page, sizeof page);
  vfs_poke (c.f.path, VFS_PAGE_AT (20), page, sizeof page);
  case_end (&c, SQLITE_OK, SQLITE_OK, IN_FILE);

  case_init (&c, FALSE);
  vfs_copy_file (c.old, c.f.path);
  case_end (&c, SQLITE_OK, SQLITE_OK, IN_FILE / 2);
}

static void
test_cut (void)
{
  gint64 size;
  Case c;

  case_init (&c, FALSE);
  size = vfs_size (c.f.path);
  vfs_truncate (c.f.path, size - 5 * 4096);
  case_end (&c, SQLITE_OK, SQLITE_CORRUPT, 0);

  case_init (&c, FALSE);
  vfs_truncate (c.f.path, VFS_PAGE_AT (40) + 1000);
  g_assert_cmpint (vfs_size (c.f.path), <, size);
  case_end (&c, SQLITE_OK, SQLITE_CORRUPT, 0);
}

static void
test_cut_mid_page (void)
{
  Case c;

  case_init (&c, FALSE);
  vfs_truncate (c.f.path, vfs_size (c.f.path) - 1000);
  case_end (&c, SQLITE_OK, SQLITE_IOERR_DATA, 0);
}

static void
test_empty (void)
{
  Case c;

  case_init (&c, TRUE);
  vfs_truncate (c.f.path, 0);
  case_end (&c, SQLITE_CORRUPT, 0, 0);
  case_init (&c, TRUE);
  vfs_truncate (c.f.path, 4096);
  case_end (&c, SQLITE_CORRUPT, 0, 0);
}

static void
test_wal_last_frame (void)
{
  Case c;

  case_init (&c, TRUE);
  vfs_truncate (c.f.wal, VFS_FRAME_AT (c.n_frames) - 700);
  case_end (&c, SQLITE_OK, SQLITE_OK, IN_FILE + IN_WAL - 1);
  case_init (&c, TRUE);
  vfs_flip (c.f.wal, VFS_FRAME_AT (c.n_frames - 1) + 512);
  case_end (&c, SQLITE_OK, SQLITE_OK, IN_FILE + IN_WAL - 1);
}

static void
test_wal_middle (void)
{
  guint8 a[4120], b[4120];
  Case c;

  case_init (&c, TRUE);
  vfs_flip (c.f.wal, VFS_FRAME_AT (c.n_frames / 2) + 5);
  case_end (&c, SQLITE_OK, SQLITE_IOERR_DATA, 0);

  case_init (&c, TRUE);
  vfs_flip (c.f.wal, VFS_FRAME_AT (0) + 5);
  case_end (&c, SQLITE_OK, SQLITE_IOERR_DATA, 0);

  case_init (&c, TRUE);
  vfs_peek (c.f.wal, VFS_FRAME_AT (4), a, sizeof a);
  vfs_peek (c.f.wal, VFS_FRAME_AT (5), b, sizeof b);
  vfs_poke (c.f.wal, VFS_FRAME_AT (4), b, sizeof b);
  vfs_poke (c.f.wal, VFS_FRAME_AT (5), a, sizeof a);
  case_end (&c, SQLITE_OK, SQLITE_IOERR_DATA, 0);
}

static void
test_wal_header (void)
{
  const int places[] = { 0, 10, 40, 70, 4000 };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      Case c;

      case_init (&c, TRUE);
      vfs_flip (c.f.wal, places[i]);
      case_end (&c, SQLITE_OK, SQLITE_OK, IN_FILE);
    }
}

static void
test_wal_removed (void)
{
  Case c;

  case_init (&c, TRUE);
  g_assert_cmpint (g_remove (c.f.wal), ==, 0);
  case_end (&c, SQLITE_OK, SQLITE_OK, IN_FILE);
}

/* every byte of the header block counts */
static void
test_header_block (void)
{
  const int places[] = { 0, 6, 7, 8, 10, 12, 16, 31, 32, 63, 64, 2000, 4095 };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autoptr(GError) error = NULL;
      Case c;

      case_init (&c, TRUE);
      vfs_flip (c.f.path, places[i]);
      g_assert_null (san_vfs_open (c.f.path, c.f.key, SAN_VFS_DEFAULT, &error));
      g_assert_true (g_error_matches (error, SAN_ERROR, SAN_ERROR_LOCKED) ||
                     g_error_matches (error, SAN_ERROR, SAN_ERROR_DAMAGED));
      case_end (&c, SQLITE_NOTADB, 0, 0);
    }
}

static void
test_newer_format (void)
{
  g_autoptr(GError) error = NULL;
  VfsFixture f;

  vfs_fixture_init (&f);
  vfs_poke (f.path, 7, "2", 1);
  g_assert_null (san_vfs_open (f.path, f.key, SAN_VFS_DEFAULT, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_TOO_NEW);
  vfs_fixture_clear (&f);
}

static void
test_not_ours (void)
{
  g_autoptr(GError) error = NULL;
  VfsFixture f;
  sqlite3 *plain;

  vfs_fixture_init (&f);
  g_assert_cmpint (g_remove (f.path), ==, 0);
  g_assert_cmpint (sqlite3_open (f.path, &plain), ==, SQLITE_OK);
  vfs_fill (plain, 0, 5);
  vfs_close (plain);
  g_assert_null (san_vfs_open (f.path, f.key, SAN_VFS_DEFAULT, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_DAMAGED);
  vfs_fixture_clear (&f);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/vfs-errors/wrong-key", test_wrong_key);
  g_test_add_func ("/store/vfs-errors/bit-in-page-1", test_page_1);
  g_test_add_func ("/store/vfs-errors/bit-in-another-page", test_page_n);
  g_test_add_func ("/store/vfs-errors/swapped-pages", test_swapped_pages);
  g_test_add_func ("/store/vfs-errors/page-of-another-file", test_foreign_page);
  g_test_add_func ("/store/vfs-errors/old-versions-are-not-found-out", test_old_versions);
  g_test_add_func ("/store/vfs-errors/cut-by-pages", test_cut);
  g_test_add_func ("/store/vfs-errors/cut-in-a-page", test_cut_mid_page);
  g_test_add_func ("/store/vfs-errors/empty-file", test_empty);
  g_test_add_func ("/store/vfs-errors/wal-last-frame", test_wal_last_frame);
  g_test_add_func ("/store/vfs-errors/wal-middle-frame", test_wal_middle);
  g_test_add_func ("/store/vfs-errors/wal-header-is-not-found-out", test_wal_header);
  g_test_add_func ("/store/vfs-errors/wal-removed-is-not-found-out", test_wal_removed);
  g_test_add_func ("/store/vfs-errors/header-block", test_header_block);
  g_test_add_func ("/store/vfs-errors/newer-format", test_newer_format);
  g_test_add_func ("/store/vfs-errors/not-ours", test_not_ours);
  return g_test_run ();
}
