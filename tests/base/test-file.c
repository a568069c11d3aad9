/* test-file.c - whole files: old or new, never between, whatever call fails */
#include "san-error.h"
#include "san-file.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

/* ---- a layer whose Nth call fails ---- */

static const SanFileOps *real;
static guint calls, fail_at;        /* fail_at 0: never */
static gboolean fail_on;            /* and every call after it, as when the stick is pulled */
static int fail_errno = EIO;
static gsize max_write = G_MAXSIZE; /* short writes */
static gboolean interrupt;          /* every other write says EINTR first */
static GString *order;

static gboolean
fails (const char *name)
{
  calls++;
  if (order != NULL)
    g_string_append_printf (order, "%s ", name);
  if (fail_at != 0 && (calls == fail_at || (fail_on && calls > fail_at)))
    {
      errno = fail_errno;
      return TRUE;
    }
  return FALSE;
}

static int
layer_open (const char *path, int flags, mode_t mode)
{
  return fails ("open") ? -1 : real->open (path, flags, mode);
}

static int
layer_close (int fd)
{
  int result = real->close (fd);            /* a failing close has closed */

  return fails ("close") ? -1 : result;
}

static ssize_t
layer_read (int fd, void *buffer, size_t n)
{
  return fails ("read") ? -1 : real->read (fd, buffer, n);
}

static ssize_t
layer_write (int fd, const void *buffer, size_t n)
{
  if (fails ("write"))
    return -1;
  if (interrupt && calls % 2 == 0)
    {
      errno = EINTR;
      return -1;
    }
  return real->write (fd, buffer, MIN (n, max_write));
}

static int
layer_sync (int fd)
{
  return fails ("sync") ? -1 : real->sync (fd);
}

static int
layer_rename (const char *from, const char *to)
{
  return fails ("rename") ? -1 : real->rename (from, to);
}

static int
layer_unlink (const char *path)
{
  return fails ("unlink") ? -1 : real->unlink (path);
}

static int
layer_sync_dir (const char *path)
{
  return fails ("sync_dir") ? -1 : real->sync_dir (path);
}

static int
layer_mkdir (const char *path, mode_t mode)
{
  return fails ("mkdir") ? -1 : real->mkdir (path, mode);
}

static const SanFileOps layer = {
  layer_open, layer_close, layer_read, layer_write, layer_sync, layer_rename, layer_unlink,
  layer_sync_dir, layer_mkdir,
};

static void
layer_on (guint at, gboolean on)
{
  calls = 0;
  fail_at = at;
  fail_on = on;
  san_file_set_ops (&layer);
}

static void
layer_off (void)
{
  san_file_set_ops (NULL);
  fail_at = 0;
  fail_on = FALSE;
  fail_errno = EIO;
  max_write = G_MAXSIZE;
  interrupt = FALSE;
}

/* ---- a folder for each test ---- */

typedef struct
{
  char   *dir;
  char   *path;
  char   *temp;
  GBytes *old;
  GBytes *new;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autofree char *text = g_strnfill (3000, 'n');

  f->dir = g_dir_make_tmp ("san-file-XXXXXX", NULL);
  f->path = g_build_filename (f->dir, "thing", NULL);
  f->temp = g_strconcat (f->path, ".tmp", NULL);
  f->old = g_bytes_new_static ("old", 3);
  f->new = g_bytes_new (text, 3000);
  real = san_file_get_ops ();
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  layer_off ();
  g_unlink (f->path);
  g_unlink (f->temp);
  g_assert_cmpint (g_rmdir (f->dir), ==, 0);
  g_free (f->dir);
  g_free (f->path);
  g_free (f->temp);
  g_bytes_unref (f->old);
  g_bytes_unref (f->new);
}

static gboolean
holds (Fixture *f, GBytes *expected)
{
  g_autoptr(GBytes) now = san_file_read (f->path, 10000, NULL);

  return now != NULL && g_bytes_equal (now, expected);
}

static void
test_round_trip (Fixture *f, gconstpointer data)
{
  GStatBuf info;

  g_assert_true (san_file_replace (f->path, f->old, 0640, NULL));
  g_assert_true (holds (f, f->old));
  g_assert_true (san_file_replace (f->path, f->new, 0600, NULL));
  g_assert_true (holds (f, f->new));
  g_assert_cmpint (g_stat (f->path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  g_assert_false (g_file_test (f->temp, G_FILE_TEST_EXISTS));
}

/* SQLite's method: fail the first call, then the second …, until a run passes untouched. */
static void
test_every_call_fails (Fixture *f, gconstpointer data)
{
  gboolean on = GPOINTER_TO_INT (data);
  guint n;

  max_write = 1000;
  for (n = 1;; n++)
    {
      g_autoptr(GError) error = NULL;
      gboolean ok;

      layer_off ();
      g_assert_true (san_file_replace (f->path, f->old, 0600, NULL));
      max_write = 1000;
      layer_on (n, on);
      ok = san_file_replace (f->path, f->new, 0600, &error);
      fail_at = 0;
      if (calls < n)
        {
          g_assert_true (ok);
          break;
        }
      layer_off ();
      g_assert_true (holds (f, f->old) || holds (f, f->new));
      if (ok)
        g_assert_true (holds (f, f->new));
      else
        g_assert_error (error, SAN_ERROR, SAN_ERROR_IO);
      if (!on)
        g_assert_false (g_file_test (f->temp, G_FILE_TEST_EXISTS));
    }
  g_assert_cmpuint (n, >, 9);
}

static void
test_order (Fixture *f, gconstpointer data)
{
  order = g_string_new (NULL);
  layer_on (0, FALSE);
  g_assert_true (san_file_replace (f->path, f->new, 0600, NULL));
  layer_off ();
  g_assert_cmpstr (order->str, ==, "unlink open write sync close rename sync_dir ");
  g_string_free (g_steal_pointer (&order), TRUE);
}

/* Of the same size: in place, without waiting for the disk. Else, and through a link: replaced. */
static void
test_overwrite (Fixture *f, gconstpointer data)
{
  g_autoptr(GBytes) same =
      g_bytes_new_take (g_strnfill (g_bytes_get_size (f->old), 'x'), g_bytes_get_size (f->old));
  g_autofree char *link = g_strconcat (f->path, ".link", NULL);
  g_autoptr(GBytes) there = NULL;

  g_assert_true (san_file_overwrite (f->path, f->old, 0600, NULL));
  g_assert_true (holds (f, f->old));
  order = g_string_new (NULL);
  layer_on (0, FALSE);
  g_assert_true (san_file_overwrite (f->path, same, 0600, NULL));
  layer_off ();
  g_assert_cmpstr (order->str, ==, "open write close ");
  g_string_free (g_steal_pointer (&order), TRUE);
  g_assert_true (holds (f, same));
  g_assert_true (san_file_overwrite (f->path, f->new, 0600, NULL));
  g_assert_true (holds (f, f->new));
  g_assert_cmpint (rename (f->path, link), ==, 0);
  g_assert_cmpint (symlink (link, f->path), ==, 0);
  g_assert_true (san_file_overwrite (f->path, same, 0600, NULL));
  g_assert_true (holds (f, same));
  there = san_file_read (link, 10000, NULL);
  g_assert_true (g_bytes_equal (there, f->new));
  g_unlink (link);
}

static void
test_short_writes (Fixture *f, gconstpointer data)
{
  max_write = 7;
  interrupt = TRUE;
  layer_on (0, FALSE);
  g_assert_true (san_file_replace (f->path, f->new, 0600, NULL));
  layer_off ();
  g_assert_true (holds (f, f->new));
}

static void
test_errno (Fixture *f, gconstpointer data)
{
  static const struct { int errsv; SanErrorCode code; } pairs[] = {
    { ENOSPC, SAN_ERROR_NO_SPACE }, { EDQUOT, SAN_ERROR_NO_SPACE }, { EFBIG, SAN_ERROR_NO_SPACE },
    { EROFS, SAN_ERROR_READ_ONLY }, { EACCES, SAN_ERROR_READ_ONLY }, { EIO, SAN_ERROR_IO },
    { EBUSY, SAN_ERROR_IN_USE }, { ENOENT, SAN_ERROR_NOT_FOUND },
  };

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      g_autoptr(GError) error = NULL;

      fail_errno = pairs[i].errsv;
      layer_on (3, FALSE);                  /* the write */
      g_assert_false (san_file_replace (f->path, f->new, 0600, &error));
      layer_off ();
      g_assert_error (error, SAN_ERROR, (int) pairs[i].code);
      g_assert_false (g_file_test (f->path, G_FILE_TEST_EXISTS));
    }
}

static void
test_leftover (Fixture *f, gconstpointer data)
{
  g_assert_true (g_file_set_contents (f->temp, "half", 4, NULL));
  g_assert_true (san_file_replace (f->path, f->new, 0600, NULL));
  g_assert_true (holds (f, f->new));
  g_assert_false (g_file_test (f->temp, G_FILE_TEST_EXISTS));
}

static void
test_read (Fixture *f, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = NULL;

  g_assert_null (san_file_read (f->path, 10, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_true (san_file_replace (f->path, f->new, 0600, NULL));
  bytes = san_file_read (f->path, 3000, NULL);
  g_assert_true (g_bytes_equal (bytes, f->new));
  g_assert_null (san_file_read (f->path, 2999, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_DAMAGED);
  g_clear_error (&error);
  g_assert_null (san_file_read (f->dir, 10, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_INVALID);
  for (guint n = 1; n <= 3; n++)
    {
      g_autoptr(GBytes) part = NULL;

      g_clear_error (&error);
      layer_on (n, FALSE);
      part = san_file_read (f->path, 3000, &error);
      layer_off ();
      g_assert_null (part);
      g_assert_error (error, SAN_ERROR, SAN_ERROR_IO);
    }
}

static void
test_remove (Fixture *f, gconstpointer data)
{
  g_assert_true (san_file_remove (f->path, NULL));
  g_assert_true (san_file_replace (f->path, f->old, 0600, NULL));
  g_assert_true (san_file_remove (f->path, NULL));
  g_assert_false (g_file_test (f->path, G_FILE_TEST_EXISTS));
}

static void
test_make_dir (Fixture *f, gconstpointer data)
{
  g_autofree char *a = g_build_filename (f->dir, "a", NULL);
  g_autofree char *b = g_build_filename (a, "b", NULL);
  g_autofree char *through = g_build_filename (f->path, "x", NULL);
  g_autoptr(GError) error = NULL;
  GStatBuf info;

  g_assert_true (san_file_make_dir (b, NULL));
  g_assert_true (san_file_make_dir (b, NULL));
  g_assert_cmpint (g_stat (b, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0700);
  g_assert_cmpint (g_rmdir (b), ==, 0);
  g_assert_cmpint (g_rmdir (a), ==, 0);
  g_assert_true (san_file_replace (f->path, f->old, 0600, NULL));
  g_assert_false (san_file_make_dir (through, &error));
  g_assert_nonnull (error);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, data, func) \
  g_test_add ("/base/file/" name, Fixture, data, set_up, func, tear_down)
  ADD ("round-trip", NULL, test_round_trip);
  ADD ("one-call-fails-old-or-new", GINT_TO_POINTER (FALSE), test_every_call_fails);
  ADD ("all-calls-fail-from-one-on-old-or-new", GINT_TO_POINTER (TRUE), test_every_call_fails);
  ADD ("sync-comes-before-rename", NULL, test_order);
  ADD ("overwritten-in-place-without-sync", NULL, test_overwrite);
  ADD ("short-and-interrupted-writes", NULL, test_short_writes);
  ADD ("errno-becomes-what-to-do", NULL, test_errno);
  ADD ("leftover-of-a-crash-is-replaced", NULL, test_leftover);
  ADD ("read-has-a-limit", NULL, test_read);
  ADD ("remove", NULL, test_remove);
  ADD ("make-dir", NULL, test_make_dir);
#undef ADD
  return g_test_run ();
}
