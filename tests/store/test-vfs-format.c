/* test-vfs-format.c - the page FORMAT.md, read as a second reader would
 *
 * The examples in it are opened, and files that the store wrote are opened by hand, with the
 * ciphers of `crypto` alone and offsets and associated data taken from that page. */
#include "vfs-fixture.h"
#include "san-hash.h"
#include "san-page-cipher.h"
#include "san-vfs-private.h"
#include <string.h>

/* (transfer full): the bytes of a block that starts with ```hex @name */
static GBytes *
example (const char *name)
{
  g_autofree char *path
      = g_test_build_filename (G_TEST_DIST, "..", "src", "store", "FORMAT.md", NULL);
  g_autofree char *start = g_strdup_printf ("```hex %s\n", name);
  g_autofree char *text = NULL, *hex = NULL;
  g_autoptr(GError) error = NULL;
  char *from, *to;
  GBytes *bytes;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  from = strstr (text, start);
  g_assert_nonnull (from);
  from += strlen (start);
  to = strstr (from, "```");
  hex = g_strndup (from, to - from);
  for (char *read = hex, *write = hex;; read++)
    if (*read != '\n' && (*write++ = *read) == '\0')
      break;
  bytes = san_bytes_from_hex (hex, &error);
  g_assert_no_error (error);
  return bytes;
}

static SanSecret *
example_key (void)
{
  guint8 key[32];

  for (guint i = 0; i < sizeof key; i++)
    key[i] = i;
  return san_secret_new_copy (key, sizeof key);
}

static void
put_example (const char *path, gsize at, const char *name)
{
  g_autoptr(GBytes) bytes = example (name);

  vfs_poke (path, at, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

/* the example as a file, with its zeros */
static void
write_example (VfsFixture *f)
{
  san_secret_unref (f->key);
  f->key = example_key ();
  vfs_truncate (f->path, 0);
  vfs_truncate (f->path, 8192);
  put_example (f->path, 0, "header");
  put_example (f->path, 4096, "page");
}

static void
test_example_opens (void)
{
  VfsFixture f;
  sqlite3 *db;

  vfs_fixture_init (&f);
  write_example (&f);
  db = vfs_fixture_open (&f);
  g_assert_true (san_vfs_integrity_check (db, NULL));
  g_assert_cmpint (vfs_number (db, "PRAGMA page_count"), ==, 1);
  vfs_close (db);
  vfs_fixture_clear (&f);
}

static SanPageCipher *
cipher (const SanSecret *key, guint id)
{
  g_autoptr(SanSecret) subkey = san_derive_subkey (key, id, "san1.vfs");

  return san_page_cipher_new (subkey);
}

static void
test_header_by_hand (void)
{
  g_autoptr(GBytes) header = example ("header");
  const guint8 *bytes = g_bytes_get_data (header, NULL);
  g_autoptr(SanSecret) key = example_key ();
  g_autoptr(SanSecret) subkey = san_derive_subkey (key, 3, "san1.vfs");
  SanId32 check;

  g_assert_cmpuint (g_bytes_get_size (header), ==, 64);
  g_assert_cmpmem (bytes, 8, "SANSTOR1", 8);
  g_assert_cmpmem (bytes + 8, 8, "\1\0\0\0\0\x10\0\0", 8);
  san_keyed_hash (san_secret_get_data (subkey), 32, "san1.vfs.check", bytes, 32, &check);
  g_assert_cmpmem (bytes + 32, 32, &check, 32);
}

static void
test_wal_header_by_hand (void)
{
  g_autoptr(GBytes) header = example ("header");
  g_autoptr(GBytes) wal = example ("wal");
  g_autoptr(GBytes) plain = example ("wal-plain");
  const guint8 *bytes = g_bytes_get_data (wal, NULL);
  g_autoptr(SanSecret) key = example_key ();
  g_autoptr(SanPageCipher) opener = cipher (key, 2);
  guint8 sealed[72], ad[24] = { 'W', 1 }, out[32];

  g_assert_cmpuint (g_bytes_get_size (wal), ==, 80);
  g_assert_cmpmem (bytes, 8, "SANWAL01", 8);
  memcpy (sealed, bytes + 32, 32);
  memcpy (sealed + 32, bytes + 8, 24);
  memcpy (sealed + 56, bytes + 64, 16);
  memcpy (ad + 8, (const guint8 *) g_bytes_get_data (header, NULL) + 16, 16);
  g_assert_true (san_page_cipher_open (opener, ad, sizeof ad, sealed, sizeof sealed, out));
  g_assert_cmpmem (out, 32, g_bytes_get_data (plain, NULL), g_bytes_get_size (plain));
}

/* the VFS reads the same header out of the example as was read by hand */
static void
test_wal_header_by_vfs (void)
{
  g_autoptr(GBytes) plain = example ("wal-plain");
  guint8 out[32] = { 0 };
  sqlite3_file *file = NULL;
  VfsFixture f;
  sqlite3 *db;

  vfs_fixture_init (&f);
  write_example (&f);
  db = vfs_fixture_open (&f);
  vfs_run (db, "PRAGMA user_version=1");     /* there is a WAL now */
  put_example (f.wal, 0, "wal");
  sqlite3_file_control (db, "main", SQLITE_FCNTL_JOURNAL_POINTER, &file);
  g_assert_cmpint (file->pMethods->xRead (file, out, 32, 0), ==, SQLITE_OK);
  g_assert_cmpmem (out, 32, g_bytes_get_data (plain, NULL), g_bytes_get_size (plain));
  vfs_close (db);
  vfs_fixture_clear (&f);
}

static void
open_page (VfsFixture *f, guint64 number, guint8 *text)
{
  g_autoptr(SanPageCipher) opener = cipher (f->key, 1);
  guint8 sealed[4096], ad[32] = { 'P', 1 };
  guint64 le = GUINT64_TO_LE (number);

  vfs_peek (f->path, VFS_PAGE_AT (number), sealed, sizeof sealed);
  memcpy (ad + 8, &le, 8);
  vfs_peek (f->path, 16, ad + 16, 16);
  g_assert_true (san_page_cipher_open (opener, ad, sizeof ad, sealed, sizeof sealed, text));
}

static void
open_frame (VfsFixture *f, guint64 index, const guint8 *salts, guint8 *text)
{
  g_autoptr(SanPageCipher) opener = cipher (f->key, 2);
  guint8 sealed[4120], ad[40] = { 'F', 1 };
  guint64 le = GUINT64_TO_LE (index);

  vfs_peek (f->wal, VFS_FRAME_AT (index), sealed, sizeof sealed);
  memcpy (ad + 8, &le, 8);
  vfs_peek (f->path, 16, ad + 16, 16);
  memcpy (ad + 32, salts, 8);
  g_assert_true (san_page_cipher_open (opener, ad, sizeof ad, sealed, sizeof sealed, text));
}

static void
read_wal_header (VfsFixture *f, guint8 *out)
{
  g_autoptr(SanPageCipher) opener = cipher (f->key, 2);
  guint8 sealed[72], ad[24] = { 'W', 1 };

  vfs_peek (f->wal, 32, sealed, 32);
  vfs_peek (f->wal, 8, sealed + 32, 24);
  vfs_peek (f->wal, 64, sealed + 56, 16);
  vfs_peek (f->path, 16, ad + 8, 16);
  g_assert_true (san_page_cipher_open (opener, ad, sizeof ad, sealed, sizeof sealed, out));
}

/* every page and every frame of a living store */
static void
test_store_by_hand (void)
{
  guint8 header[32], text[4080];
  int n_frames = 0, n_planted = 0;
  VfsFixture f;
  sqlite3 *db;

  vfs_fixture_init (&f);
  db = vfs_fixture_open (&f);
  vfs_fill (db, 0, 20);
  vfs_run (db, "PRAGMA wal_checkpoint(TRUNCATE)");
  vfs_count_frames (db, &n_frames);
  vfs_fill (db, 20, 30);

  g_assert_cmpint (vfs_size (f.wal), ==, 4096 + n_frames * 4120);
  read_wal_header (&f, header);
  for (int i = 0; i < n_frames; i++)
    {
      open_frame (&f, i, header + 16, text);
      g_assert_cmpmem (text + 8, 8, header + 16, 8);       /* the salts, once more */
      n_planted += memmem (text, sizeof text, VFS_PLANTED, strlen (VFS_PLANTED)) != NULL;
    }
  g_assert_cmpint (n_planted, >, 0);
  open_page (&f, 1, text);
  g_assert_cmpmem (text, 16, "SQLite format 3", 16);
  g_assert_cmpint (text[20], ==, 40);
  for (gint64 number = 2; VFS_PAGE_AT (number) < vfs_size (f.path); number++)
    open_page (&f, number, text);
  vfs_close (db);
  vfs_fixture_clear (&f);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/vfs-format/example-opens", test_example_opens);
  g_test_add_func ("/store/vfs-format/header-by-hand", test_header_by_hand);
  g_test_add_func ("/store/vfs-format/wal-header-by-hand", test_wal_header_by_hand);
  g_test_add_func ("/store/vfs-format/wal-header-by-the-vfs", test_wal_header_by_vfs);
  g_test_add_func ("/store/vfs-format/store-by-hand", test_store_by_hand);
  return g_test_run ();
}
