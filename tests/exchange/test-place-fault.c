/* test-place-fault.c - a medium that fails at each call in turn
 *
 * Whatever fails, what lies there afterwards is nothing, a `.part`, or the whole file; and what
 * was said to be done is done. */
#include "san-place.h"
#include "san-test-forge.h"

#include "san-file.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

static TestCentre *ours;
static SanId32 recipient;
static const SanFileOps *real;
static gint fail_at;              /* counts down; 0: this call */
static int fail_with;
static gboolean stays_broken;     /* a pulled stick: all that follows fails too */
static gboolean short_writes;
static guint n_entries = 30;      /* in the bundle */

static gboolean
fails (void)
{
  if (fail_at > 0)
    {
      fail_at--;
      return FALSE;
    }
  if (fail_at < 0)
    return FALSE;
  if (!stays_broken)
    fail_at = -1;
  errno = fail_with;
  return TRUE;
}

static int
bad_open (const char *path, int flags, mode_t mode)
{
  return fails () ? -1 : real->open (path, flags, mode);
}

static int
bad_close (int fd)
{
  int result = real->close (fd);

  return fails () ? -1 : result;
}

static ssize_t
bad_read (int fd, void *buffer, size_t n)
{
  return fails () ? -1 : real->read (fd, buffer, n);
}

static ssize_t
bad_write (int fd, const void *buffer, size_t n)
{
  if (fails ())
    return -1;
  return real->write (fd, buffer, short_writes ? 1 + n / 3 : n);
}

static int
bad_sync (int fd)
{
  return fails () ? -1 : real->sync (fd);
}

static int
bad_rename (const char *from, const char *to)
{
  return fails () ? -1 : real->rename (from, to);
}

static int
bad_unlink (const char *path)
{
  return fails () ? -1 : real->unlink (path);
}

static int
bad_sync_dir (const char *path)
{
  return fails () ? -1 : real->sync_dir (path);
}

static const SanFileOps bad = {
  .open = bad_open, .close = bad_close, .read = bad_read, .write = bad_write, .sync = bad_sync,
  .rename = bad_rename, .unlink = bad_unlink, .sync_dir = bad_sync_dir,
};

static SanBundleWriter *
begin (const char *temp, GError **error)
{
  SanBundleSpec spec = test_centre_spec (ours, &recipient, 1, temp);
  g_autoptr(SanBundleWriter) writer = NULL;
  SanId32 dossier = { { 3 } };

  spec.flags = 0;
  writer = san_bundle_writer_new (&spec, error);
  if (writer == NULL)
    return NULL;
  for (guint i = 1; i <= n_entries; i++)
    {
      g_autoptr(GBytes) entry = test_entry (ours, &dossier, &ours->first.journal, i, 8000);

      if (!san_bundle_writer_add (writer, SAN_ITEM_ENTRY, g_bytes_get_data (entry, NULL),
                                  g_bytes_get_size (entry), error))
        return NULL;
    }
  return g_steal_pointer (&writer);
}

static gboolean
write_one (const char *dir, const char *temp, SanBundleResult *result, GError **error)
{
  g_autoptr(SanPlace) place = san_place_new_uri (dir);
  g_autoptr(SanBundleWriter) writer = begin (temp, error);

  return writer != NULL && san_place_finish (place, writer, temp, result, NULL, error);
}

/* What a receiver finds under each name. */
static guint
count_whole (const char *dir)
{
  g_autoptr(GDir) files = g_dir_open (dir, 0, NULL);
  const char *name;
  guint n = 0;

  while ((name = g_dir_read_name (files)) != NULL)
    {
      g_autofree char *path = g_build_filename (dir, name, NULL);
      g_autoptr(GBytes) bytes = NULL;

      if (g_str_has_suffix (name, ".part"))
        continue;
      bytes = san_file_read (path, SAN_BUNDLE_FILE_LIMIT, NULL);
      g_assert_cmpint (forge_read_of (bytes, ours->first.box, ours), ==, -1);
      n++;
    }
  return n;
}

static gboolean
try_once (gint at, int with, gboolean broken)
{
  g_autoptr(TestDir) dir = test_dir_new ();
  g_autoptr(TestDir) temp = test_dir_new ();
  g_auto(SanBundleResult) result = { 0 };
  g_autoptr(GError) error = NULL;
  gboolean ok, reached;

  fail_at = at;
  fail_with = with;
  stays_broken = broken;
  san_file_set_ops (&bad);
  ok = write_one (dir, temp, &result, &error);
  reached = fail_at <= 0 && (fail_at < 0 || broken);
  fail_at = -1;
  san_file_set_ops (NULL);
  g_assert_true (ok == (error == NULL));
  if (ok)
    g_assert_cmpuint (count_whole (dir), ==, 1);
  else
    {
      g_assert_true (error->domain == SAN_ERROR);
      g_assert_cmpuint (count_whole (dir), <=, 1);
      if (!broken)
        g_assert_cmpuint (test_dir_count (temp), <=, 1);
    }
  return reached;
}

static void
loop (int with, gboolean broken)
{
  gint at = 0;

  while (try_once (at, with, broken))
    at++;
  g_test_message ("%d calls, each failed once", at);
  g_assert_cmpint (at, >=, 20);
}

static void
test_io (void)
{
  loop (EIO, FALSE);
}

static void
test_full (void)
{
  loop (ENOSPC, FALSE);
}

/* More than stays in memory: now the temporary file can fail too. */
static void
test_large (void)
{
  gint at = 0;

  n_entries = 1060;
  for (gint step = 1; try_once (at, ENOSPC, FALSE); at += step)
    step = at < 12 ? 1 : 41;
  n_entries = 30;
  g_test_message ("%d calls", at);
  g_assert_cmpint (at, >, 300);
}

static void
test_pulled (void)
{
  loop (ENODEV, TRUE);
}

/* When only writing fails, nothing at all is left, and the code says what to do. */
static void
check_code (int with, SanErrorCode code)
{
  g_autoptr(TestDir) dir = test_dir_new ();
  g_autoptr(TestDir) temp = test_dir_new ();
  g_auto(SanBundleResult) result = { 0 };
  g_autoptr(GError) error = NULL;
  SanFileOps only_sync = *real;

  only_sync.sync = bad_sync;
  fail_at = 0;
  fail_with = with;
  stays_broken = TRUE;
  san_file_set_ops (&only_sync);
  g_assert_false (write_one (dir, temp, &result, &error));
  fail_at = -1;
  san_file_set_ops (NULL);
  g_assert_error (error, SAN_ERROR, (int) code);
  g_assert_cmpuint (test_dir_count (dir), ==, 0);
  g_assert_cmpuint (test_dir_count (temp), ==, 0);
}

static void
test_codes (void)
{
  check_code (EIO, SAN_ERROR_IO);
  check_code (ENOSPC, SAN_ERROR_NO_SPACE);
  check_code (EFBIG, SAN_ERROR_NO_SPACE);
  check_code (EROFS, SAN_ERROR_READ_ONLY);
  check_code (EACCES, SAN_ERROR_READ_ONLY);
}

static void
test_short (void)
{
  short_writes = TRUE;
  g_assert_false (try_once (1000000, EIO, FALSE));
  short_writes = FALSE;
}

/* A stick that keeps other bytes than it was given: found when it is read back. */
static gboolean lie;

static ssize_t
lying_write (int fd, const void *buffer, size_t n)
{
  g_autofree guint8 *copy = g_memdup2 (buffer, n);

  if (lie && n == SAN_BUNDLE_FRAME_SIZE + 17)
    copy[n / 2] ^= 1;
  return real->write (fd, copy, n);
}

static void
test_lying (void)
{
  g_autoptr(TestDir) dir = test_dir_new ();
  g_autoptr(TestDir) temp = test_dir_new ();
  g_auto(SanBundleResult) result = { 0 };
  g_autoptr(GError) error = NULL;
  SanFileOps lying = *real;
  g_autoptr(SanPlace) place = san_place_new_uri (dir);
  g_autoptr(SanBundleWriter) writer = begin (temp, &error);

  g_assert_no_error (error);
  lying.write = lying_write;
  san_file_set_ops (&lying);
  lie = TRUE;
  g_assert_false (san_place_finish (place, writer, temp, &result, NULL, &error));
  lie = FALSE;
  san_file_set_ops (NULL);
  g_assert_error (error, SAN_ERROR, SAN_ERROR_IO);
  g_assert_cmpuint (test_dir_count (dir), ==, 0);
}

static void
test_put (void)
{
  g_autoptr(TestDir) temp = test_dir_new ();
  g_autofree char *from = g_build_filename (temp, "from", NULL);
  g_autofree char *contents = g_strnfill (300000, 'x');
  gboolean reached = TRUE;

  g_assert_true (g_file_set_contents (from, contents, 300000, NULL));
  for (gint at = 0; reached; at++)
    {
      g_autoptr(TestDir) dir = test_dir_new ();
      g_autoptr(SanPlace) place = san_place_new_uri (dir);
      g_autofree char *name = san_bundle_name_new ();
      g_autofree char *to = g_build_filename (dir, name, NULL);
      g_autoptr(GError) error = NULL;
      g_autofree char *found = NULL;
      gboolean ok;

      fail_at = at;
      fail_with = EIO;
      stays_broken = FALSE;
      san_file_set_ops (&bad);
      ok = san_place_put (place, from, name, NULL, &error);
      reached = fail_at < 0;
      fail_at = -1;
      san_file_set_ops (NULL);
      g_assert_true (ok == (error == NULL));
      if (g_file_get_contents (to, &found, NULL, NULL))
        g_assert_cmpstr (found, ==, contents);
      else
        g_assert_false (ok);
    }
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  g_assert_true (san_crypto_init (NULL));
  real = san_file_get_ops ();
  fail_at = -1;
  ours = test_centre_new ("ours");
  recipient = *san_box_key_get_public (ours->first.box);
  g_test_add_func ("/exchange/fault/each-call-fails-once", test_io);
  g_test_add_func ("/exchange/fault/each-call-finds-it-full", test_full);
  g_test_add_func ("/exchange/fault/calls-for-a-large-one-fail", test_large);
  g_test_add_func ("/exchange/fault/stick-pulled-at-each-call", test_pulled);
  g_test_add_func ("/exchange/fault/codes-say-what-to-do", test_codes);
  g_test_add_func ("/exchange/fault/short-writes-are-continued", test_short);
  g_test_add_func ("/exchange/fault/other-bytes-come-back", test_lying);
  g_test_add_func ("/exchange/fault/putting-fails-at-each-call", test_put);
  status = g_test_run ();
  test_centre_free (ours);
  return status;
}
