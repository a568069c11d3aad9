/* test-pieces.c - attachments in sealed pieces: whole, checked, and nothing left of a failure */
#include "san-error.h"
#include "san-file.h"
#include "san-pieces.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

typedef struct
{
  char      *dir;
  char      *path;
  SanPieces *pieces;
} Fixture;

static void
remove_tree (const char *path)
{
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *inner = g_build_filename (path, name, NULL);

      remove_tree (inner);
    }
  g_remove (path);
}

static void
set_up (Fixture *f, gconstpointer data)
{
  f->dir = g_dir_make_tmp ("san-pieces-XXXXXX", NULL);
  f->path = g_build_filename (f->dir, "file", NULL);
  f->pieces = san_pieces_open (f->dir, NULL);
  g_assert_nonnull (f->pieces);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  san_file_set_ops (NULL);
  san_pieces_free (f->pieces);
  remove_tree (f->dir);
  g_assert_false (g_file_test (f->dir, G_FILE_TEST_EXISTS));
  g_free (f->path);
  g_free (f->dir);
}

static GBytes *
some_bytes (gsize n)
{
  guint8 *data = g_malloc (n + 1);

  for (gsize i = 0; i < n; i++)
    data[i] = (guint8) (i * 7 + i / 256);
  return g_bytes_new_take (data, n);
}

static SanValue *
add_file (Fixture *f, GBytes *plain)
{
  g_assert_true (san_file_replace (f->path, plain, 0600, NULL));
  return san_pieces_add_file (f->pieces, f->path, "image/png", "wound.png", NULL, NULL);
}

static void
test_sizes (Fixture *f, gconstpointer data)
{
  static const gsize sizes[] = { 0, 1, 4096, 4097, (1 << 20) - 1, 1 << 20, (1 << 20) + 1, 5 << 19 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr(GBytes) plain = some_bytes (sizes[i]);
      g_autoptr(SanValue) value = add_file (f, plain);
      g_autoptr(SanAttachment) attachment = san_attachment_from_value (value, NULL);
      g_autoptr(GBytes) back = san_pieces_get_bytes (f->pieces, attachment, NULL);
      g_autoptr(GBytes) from_file = NULL;

      g_assert_true (g_bytes_equal (plain, back));
      g_assert_cmpstr (san_attachment_get_name (attachment), ==, "wound.png");
      g_assert_true (san_pieces_get_file (f->pieces, attachment, f->path, NULL, NULL));
      from_file = san_file_read (f->path, 1 << 30, NULL);
      g_assert_true (g_bytes_equal (plain, from_file));
    }
}

static void
test_same_file_twice (Fixture *f, gconstpointer data)
{
  g_autoptr(GBytes) plain = some_bytes (100);
  g_autoptr(SanValue) a = san_pieces_add_bytes (f->pieces, plain, "text/plain", "a", NULL);
  g_autoptr(SanValue) b = san_pieces_add_bytes (f->pieces, plain, "text/plain", "a", NULL);
  g_autoptr(GPtrArray) list = san_pieces_list (f->pieces, NULL);

  g_assert_false (san_value_equal (a, b)); /* fresh keys: nobody can tell they are equal */
  g_assert_cmpuint (list->len, ==, 2);
  g_assert_cmpint (san_id32_compare (list->pdata[0], list->pdata[1]), <, 0);
}

static void
test_nothing_in_clear (Fixture *f, gconstpointer data)
{
  static const char words[] = "Drew the river. Slept until six.";
  g_autoptr(GBytes) plain = g_bytes_new_static (words, sizeof words);
  g_autoptr(SanValue) value = san_pieces_add_bytes (f->pieces, plain, "text/plain", "n", NULL);
  g_autoptr(SanAttachment) attachment = san_attachment_from_value (value, NULL);
  g_autoptr(GBytes) sealed
    = san_pieces_read (f->pieces, san_attachment_get_piece (attachment, 0), NULL);
  gsize n;
  const void *bytes = g_bytes_get_data (sealed, &n);

  g_assert_null (memmem (bytes, n, "river", 5));
  g_assert_cmpuint (n, ==, 4096 + 16);
}

static void
test_missing (Fixture *f, gconstpointer data)
{
  g_autoptr(GBytes) plain = some_bytes (3 << 20);
  g_autoptr(SanValue) value = add_file (f, plain);
  g_autoptr(SanAttachment) attachment = san_attachment_from_value (value, NULL);
  const SanId32 *second = san_attachment_get_piece (attachment, 1);
  g_autoptr(GBytes) kept = san_pieces_read (f->pieces, second, NULL);
  g_autoptr(GPtrArray) missing = san_pieces_list_missing (f->pieces, attachment);
  g_autoptr(GPtrArray) then = NULL;
  g_autoptr(GBytes) whole = NULL;
  g_autoptr(GError) error = NULL;
  guint64 n, bytes;
  SanId32 id;

  g_assert_cmpuint (missing->len, ==, 0);
  g_assert_true (san_pieces_measure (f->pieces, &n, &bytes, NULL));
  g_assert_cmpuint (n, ==, 3);
  g_assert_cmpuint (bytes, ==, 3 * ((1 << 20) + 16));
  g_assert_true (san_pieces_remove (f->pieces, second, NULL));
  g_assert_true (san_pieces_remove (f->pieces, second, NULL));
  g_assert_false (san_pieces_has (f->pieces, second));
  then = san_pieces_list_missing (f->pieces, attachment);
  g_assert_cmpuint (then->len, ==, 1);
  g_assert_true (san_id32_equal (then->pdata[0], second));
  g_assert_null (san_pieces_get_bytes (f->pieces, attachment, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_NOT_FOUND);
  g_assert_true (san_pieces_write (f->pieces, kept, &id, NULL));      /* it came with a bundle */
  g_assert_true (san_id32_equal (&id, second));
  whole = san_pieces_get_bytes (f->pieces, attachment, NULL);
  g_assert_true (g_bytes_equal (whole, plain));
}

static char *
path_of (Fixture *f, const SanId32 *id)
{
  g_autofree char *name = san_id32_to_text (id);
  g_autofree char *folder = g_strndup (name, 2);

  return g_build_filename (f->dir, "pieces", folder, name, NULL);
}

static void
test_damaged (Fixture *f, gconstpointer data)
{
  g_autoptr(GBytes) plain = some_bytes (10);
  g_autoptr(SanValue) value = add_file (f, plain);
  g_autoptr(SanAttachment) attachment = san_attachment_from_value (value, NULL);
  const SanId32 *id = san_attachment_get_piece (attachment, 0);
  g_autoptr(GBytes) good = san_pieces_read (f->pieces, id, NULL);
  g_autofree char *path = path_of (f, id);
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) again = NULL;

  g_assert_true (g_file_set_contents (path, "not it", 6, NULL));
  g_assert_null (san_pieces_read (f->pieces, id, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_DAMAGED);
  g_assert_true (san_pieces_write (f->pieces, good, NULL, NULL));     /* mended by a good copy */
  again = san_pieces_get_bytes (f->pieces, attachment, NULL);
  g_assert_true (g_bytes_equal (again, plain));
}

static void
test_leftovers (Fixture *f, gconstpointer data)
{
  g_autoptr(GBytes) plain = some_bytes (10);
  g_autoptr(SanValue) value = add_file (f, plain);
  g_autoptr(SanAttachment) attachment = san_attachment_from_value (value, NULL);
  g_autofree char *path = path_of (f, san_attachment_get_piece (attachment, 0));
  g_autofree char *left = g_strconcat (path, ".tmp", NULL);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *foreign = g_build_filename (folder, "notes.txt", NULL);
  g_autoptr(GPtrArray) list = NULL;

  g_assert_true (g_file_set_contents (left, "half", 4, NULL));
  g_assert_true (g_file_set_contents (foreign, "x", 1, NULL));
  list = san_pieces_list (f->pieces, NULL);
  g_assert_cmpuint (list->len, ==, 1);
  g_assert_false (g_file_test (left, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (foreign, G_FILE_TEST_EXISTS));
}

static void
test_refused (Fixture *f, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *over = g_build_filename (f->dir, "over", NULL);
  g_autoptr(GBytes) too_large = some_bytes ((1 << 20) + 17);

  g_assert_null (san_pieces_add_file (f->pieces, f->dir, "a/b", "n", NULL, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_null (san_pieces_add_file (f->pieces, "/nonexistent", "a/b", "n", NULL, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_true (g_file_set_contents (over, "", 0, NULL));
  g_assert_cmpint (truncate (over, (64 << 20) + 1), ==, 0);
  g_assert_null (san_pieces_add_file (f->pieces, over, "a/b", "n", NULL, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_false (san_pieces_write (f->pieces, too_large, NULL, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_DAMAGED);
}

static void
test_cancelled (Fixture *f, gconstpointer data)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GBytes) plain = some_bytes (2 << 20);
  g_autoptr(GError) error = NULL;

  g_assert_true (san_file_replace (f->path, plain, 0600, NULL));
  g_cancellable_cancel (cancellable);
  g_assert_null (san_pieces_add_file (f->pieces, f->path, "a/b", "n", cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* ---- every Nth file call fails ---- */

static const SanFileOps *real;
static guint calls, fail_at;

static gboolean
fails (void)
{
  calls++;
  errno = ENOSPC;
  return calls == fail_at;
}

static int
layer_open (const char *path, int flags, mode_t mode)
{
  return fails () ? -1 : real->open (path, flags, mode);
}

static ssize_t
layer_read (int fd, void *buffer, size_t n)
{
  return fails () ? -1 : real->read (fd, buffer, n);
}

static ssize_t
layer_write (int fd, const void *buffer, size_t n)
{
  return fails () ? -1 : real->write (fd, buffer, n);
}

static int
layer_sync (int fd)
{
  return fails () ? -1 : real->sync (fd);
}

static int
layer_rename (const char *from, const char *to)
{
  return fails () ? -1 : real->rename (from, to);
}

static int
layer_mkdir (const char *path, mode_t mode)
{
  return fails () ? -1 : real->mkdir (path, mode);
}

static int
layer_sync_dir (const char *path)
{
  return fails () ? -1 : real->sync_dir (path);
}

static void
test_every_call_fails (Fixture *f, gconstpointer data)
{
  g_autoptr(GBytes) plain = some_bytes ((2 << 20) + 5);
  SanFileOps layer = *san_file_get_ops ();
  guint n;

  real = san_file_get_ops ();
  layer.open = layer_open;
  layer.read = layer_read;
  layer.write = layer_write;
  layer.sync = layer_sync;
  layer.rename = layer_rename;
  layer.mkdir = layer_mkdir;
  layer.sync_dir = layer_sync_dir;
  g_assert_true (san_file_replace (f->path, plain, 0600, NULL));
  for (n = 1;; n++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(SanValue) value = NULL;
      g_autoptr(GPtrArray) list = NULL;

      calls = 0;
      fail_at = n;
      san_file_set_ops (&layer);
      value = san_pieces_add_file (f->pieces, f->path, "a/b", "n", NULL, &error);
      san_file_set_ops (NULL);
      list = san_pieces_list (f->pieces, NULL);
      if (value == NULL)
        {
          g_assert_error (error, SAN_ERROR, SAN_ERROR_NO_SPACE);
          g_assert_cmpuint (list->len, <=, 1); /* at most the one whose name was not yet durable */
          for (guint i = 0; i < list->len; i++)
            g_assert_true (san_pieces_remove (f->pieces, list->pdata[i], NULL));
          continue;
        }
      g_assert_cmpuint (list->len, ==, 3);
      if (calls < n)
        break;
      for (guint i = 0; i < list->len; i++)              /* the failure was looked over: fine too */
        g_assert_true (san_pieces_remove (f->pieces, list->pdata[i], NULL));
    }
  g_assert_cmpuint (n, >, 15);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (san_crypto_init (NULL));
#define ADD(name, func) g_test_add ("/store/pieces/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("all-sizes", test_sizes);
  ADD ("same-file-twice-cannot-be-told", test_same_file_twice);
  ADD ("nothing-in-clear", test_nothing_in_clear);
  ADD ("missing-pieces-are-listed", test_missing);
  ADD ("damage-shows-and-is-mended", test_damaged);
  ADD ("leftovers-are-removed", test_leftovers);
  ADD ("refused", test_refused);
  ADD ("cancelled", test_cancelled);
  ADD ("every-call-fails-nothing-is-left", test_every_call_fails);
#undef ADD
  return g_test_run ();
}
