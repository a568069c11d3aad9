/* test-place.c - folders that are full of other things, read-only, gone, or not ours to touch */
#include "san-place.h"
#include "san-test-forge.h"

#include "san-file.h"
#include "san-time.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utime.h>

typedef struct
{
  char *dir;
  char *temp;
  SanPlace *place;
  TestCentre *ours;
  SanId32 recipient;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->dir = test_dir_new ();
  self->temp = test_dir_new ();
  self->place = san_place_new_uri (self->dir);
  self->ours = test_centre_new ("ours");
  self->recipient = *san_box_key_get_public (self->ours->first.box);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  san_place_free (self->place);
  test_dir_remove (self->dir);
  test_dir_remove (self->temp);
  test_centre_free (self->ours);
}

static void
put_file (const char *dir, const char *name, goffset size, gint64 time)
{
  g_autofree char *path = g_build_filename (dir, name, NULL);
  struct utimbuf times = { time, time };
  int fd = g_open (path, O_CREAT | O_WRONLY | O_TRUNC, 0600);

  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (ftruncate (fd, size), ==, 0);
  close (fd);
  utime (path, &times);
}

static SanBundleWriter *
begin (Fixture *self)
{
  SanBundleSpec spec = test_centre_spec (self->ours, &self->recipient, 1, self->temp);
  g_autoptr(GError) error = NULL;
  SanBundleWriter *writer = san_bundle_writer_new (&spec, &error);

  g_assert_no_error (error);
  return writer;
}

static void
test_list (Fixture *self, gconstpointer data)
{
  g_autoptr(GPtrArray) files = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *folder = g_build_filename (self->dir, "folder.dat", NULL);
  g_autofree char *link = g_build_filename (self->dir, "link.dat", NULL);
  g_autofree char *pipe = g_build_filename (self->dir, "pipe.dat", NULL);

  put_file (self->dir, "holiday.jpg", 65536, 0);
  put_file (self->dir, "notes.dat", 100, 0);
  put_file (self->dir, "whole.dat", 65536, 0);
  put_file (self->dir, "LOUD.DAT", 67584, 0);
  put_file (self->dir, "ABCDEFGHIJKLMNOPQRSTUVWXYZ.DAT", 65536, 0);
  put_file (self->dir, "half.dat", 65537, 0);
  put_file (self->dir, "new.dat.part", 65536, 0);
  put_file (self->dir, ".hidden.dat", 65536, 0);
  put_file (self->dir, "huge.dat", (goffset) SAN_BUNDLE_FILE_LIMIT + 1, 0);
  g_mkdir (folder, 0700);
  g_assert_cmpint (symlink ("/etc/passwd", link), ==, 0);
  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  files = san_place_list (self->place, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (files->len, ==, 5);
  for (guint i = 0; i < files->len; i++)
    {
      const SanPlaceFile *file = g_ptr_array_index (files, i);

      g_assert_true (file->whole == (i < 3));
      g_assert_true (file->named == (i == 0));           /* though the others are not older */
      if (file->whole && !file->named)
        g_assert_true (strcmp (file->name, "whole.dat") == 0 ||
                       strcmp (file->name, "LOUD.DAT") == 0);
    }
}

/* 5,000 strange files and one of ours, all of one second: the newest comes among the first that a
 * look takes, each strange one at a tag's price. */
static void
test_crowd (Fixture *self, gconstpointer data)
{
  g_autoptr(SanBundleWriter) writer = begin (self);
  g_auto(SanBundleResult) result = { 0 };
  g_autoptr(GPtrArray) files = NULL;
  g_autoptr(GPtrArray) keys = g_ptr_array_new ();
  g_autoptr(GError) error = NULL;
  guint n_ours = 0;
  gint64 began;

  for (guint i = 0; i < 5000; i++)
    {
      g_autofree char *name = san_bundle_name_new ();

      put_file (self->dir, name, 65536, 1000 + i);
    }
  san_place_finish (self->place, writer, self->temp, &result, NULL, &error);
  g_assert_no_error (error);
  g_ptr_array_add (keys, self->ours->first.box);
  began = g_get_monotonic_time ();
  files = san_place_list (self->place, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (files->len, ==, 5001);
  for (guint i = 0; i < SAN_PLACE_FILES_LIMIT; i++)
    {
      const SanPlaceFile *file = g_ptr_array_index (files, i);
      SanSource *source = san_place_open (self->place, file->name, NULL, &error);
      g_autoptr(SanBundleReader) reader = NULL;

      g_assert_no_error (error);
      reader = san_bundle_reader_open (source, keys, NULL);
      n_ours += reader != NULL;
    }
  g_test_message ("%.2f s", (double) (g_get_monotonic_time () - began) / 1e6);
  g_assert_cmpuint (n_ours, ==, 1);
}

/* What a pulled stick kept only a part of counts as not there, so it is written again. */
static void
test_has (Fixture *self, gconstpointer data)
{
  g_autofree char *name = san_bundle_name_new ();

  g_assert_false (san_place_has (self->place, name));
  put_file (self->dir, name, 65536, 0);
  g_assert_true (san_place_has (self->place, name));
  put_file (self->dir, name, 65535, 0);
  g_assert_false (san_place_has (self->place, name));
  put_file (self->dir, name, 0, 0);
  g_assert_false (san_place_has (self->place, name));
}

static gboolean pulled;
static guint looks;                 /* at the folder until then */

static int
stat_pulled (const char *path, struct stat *out)
{
  int result = lstat (path, out);

  if (g_str_has_suffix (path, "/.") && (pulled || looks-- == 0))
    {
      pulled = TRUE;
      out->st_dev++;
    }
  return result;
}

/* The folder where sticks are mounted stays, but the stick is gone: before, or while it is written.
 */
static void
test_pulled (Fixture *self, gconstpointer data)
{
  SanFileOps ops = *san_file_get_ops ();

  ops.lstat = stat_pulled;
  san_file_set_ops (&ops);
  for (guint i = 1; i <= 2; i++)
    {
      g_autoptr(SanPlace) place = san_place_new_uri (self->dir);
      g_autoptr(SanBundleWriter) writer = begin (self);
      g_auto(SanBundleResult) result = { 0 };
      g_autoptr(GPtrArray) files = NULL;
      g_autoptr(GPtrArray) left = NULL;
      g_autoptr(GError) error = NULL;

      looks = i;
      pulled = FALSE;
      files = san_place_list (place, NULL, &error);
      g_assert_no_error (error);
      g_assert_false (san_place_finish (place, writer, self->temp, &result, NULL, &error));
      g_assert_error (error, SAN_ERROR, SAN_ERROR_NOT_FOUND);
      g_assert_true (pulled);
      g_clear_error (&error);
      left = san_place_list (self->place, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (left->len, ==, 0);
    }
  san_file_set_ops (NULL);
}

static void
test_finish (Fixture *self, gconstpointer data)
{
  g_autoptr(SanBundleWriter) writer = begin (self);
  g_auto(SanBundleResult) result = { 0 };
  g_autoptr(GError) error = NULL;
  g_autofree char *path = NULL;
  g_autofree char *copy = g_build_filename (self->temp, "copy", NULL);
  g_autoptr(GBytes) there = NULL;
  g_autoptr(GBytes) here = NULL;
  GStatBuf info;

  san_place_finish (self->place, writer, self->temp, &result, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (test_dir_count (self->dir), ==, 1);
  g_assert_cmpuint (test_dir_count (self->temp), ==, 0);
  path = g_build_filename (self->dir, result.name, NULL);
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mtime, ==, 946684800);
  g_assert_cmpuint (info.st_size, ==, result.size);

  san_place_fetch (self->place, result.name, copy, NULL, &error);
  g_assert_no_error (error);
  there = san_file_read (path, SAN_BUNDLE_FILE_LIMIT, NULL);
  here = san_file_read (copy, SAN_BUNDLE_FILE_LIMIT, NULL);
  g_assert_true (g_bytes_equal (there, here));
  g_assert_cmpint (forge_read_of (here, self->ours->first.box, self->ours), ==, -1);
}

static void
test_put (Fixture *self, gconstpointer data)
{
  g_autofree char *name = san_bundle_name_new ();
  g_autofree char *from = g_build_filename (self->temp, "from", NULL);
  g_autofree char *to = g_build_filename (self->dir, name, NULL);
  g_autoptr(GError) error = NULL;
  GStatBuf info;

  put_file (self->temp, "from", 70000, 0);
  san_place_put (self->place, from, name, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_stat (to, &info), ==, 0);
  g_assert_cmpuint (info.st_size, ==, 70000);
  g_assert_cmpuint (test_dir_count (self->dir), ==, 1);
  g_assert_true (san_place_remove (self->place, name, NULL, &error));
  g_assert_true (san_place_remove (self->place, name, NULL, &error));      /* missing is fine */
  g_assert_cmpuint (test_dir_count (self->dir), ==, 0);
}

static void
test_names (Fixture *self, gconstpointer data)
{
  static const char *const bad[] = {
    "", ".", "..", "../x.dat", "/etc/passwd", "a/b.dat", ".hidden"
  };
  g_autofree char *copy = g_build_filename (self->temp, "copy", NULL);
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_assert_null (san_place_open (self->place, bad[i], NULL, &error));
      g_assert_error (error, SAN_ERROR, SAN_ERROR_REFUSED);
      g_clear_error (&error);
      g_assert_false (san_place_put (self->place, copy, bad[i], NULL, &error));
      g_assert_error (error, SAN_ERROR, SAN_ERROR_REFUSED);
      g_clear_error (&error);
    }
  put_file (self->dir, "photos.dat", 100, 0);
  g_assert_false (san_place_remove (self->place, "photos.dat", NULL, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_REFUSED);
  g_assert_cmpuint (test_dir_count (self->dir), ==, 1);
}

static void
test_gone (Fixture *self, gconstpointer data)
{
  g_autofree char *nowhere = g_build_filename (self->dir, "pulled", NULL);
  g_autoptr(SanPlace) place = san_place_new_uri (nowhere);
  g_autoptr(SanBundleWriter) writer = begin (self);
  g_auto(SanBundleResult) result = { 0 };
  g_autoptr(GError) error = NULL;
  guint64 room;

  g_assert_null (san_place_list (place, NULL, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (san_place_open (place, "x.dat", NULL, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (san_place_get_free (place, &room, NULL, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (san_place_finish (place, writer, self->temp, &result, NULL, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_NOT_FOUND);
  g_assert_cmpuint (test_dir_count (self->temp), ==, 0);
}

static void
test_odd_folder (Fixture *self, gconstpointer data)
{
  g_autofree char *path = g_build_filename (self->dir, "file", NULL);
  g_autoptr(SanPlace) place = san_place_new_uri (path);
  g_autoptr(GError) error = NULL;

  put_file (self->dir, "file", 10, 0);
  g_assert_null (san_place_list (place, NULL, &error));
  g_assert_nonnull (error);
  g_assert_true (error->domain == SAN_ERROR);
}

/* A pipe or a folder in the way of a name cannot hold us up. */
static void
test_pipe (Fixture *self, gconstpointer data)
{
  g_autofree char *pipe = g_build_filename (self->dir, "pipe.dat", NULL);
  g_autofree char *folder = g_build_filename (self->dir, "folder.dat", NULL);
  g_autoptr(GError) error = NULL;

  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  g_mkdir (folder, 0700);
  g_assert_null (san_place_open (self->place, "pipe.dat", NULL, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_null (san_place_open (self->place, "folder.dat", NULL, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_REFUSED);
}

/* A link that somebody laid where our .part would come must not make us write through it. */
static void
test_link (Fixture *self, gconstpointer data)
{
  g_autofree char *name = san_bundle_name_new ();
  g_autofree char *from = g_build_filename (self->temp, "from", NULL);
  g_autofree char *target = g_build_filename (self->temp, "precious", NULL);
  g_autofree char *part = g_strdup_printf ("%s/%s.part", self->dir, name);
  g_autoptr(GError) error = NULL;
  GStatBuf info;

  put_file (self->temp, "from", 70000, 0);
  put_file (self->temp, "precious", 12, 0);
  g_assert_cmpint (symlink (target, part), ==, 0);
  g_assert_false (san_place_put (self->place, from, name, NULL, &error));
  g_assert_nonnull (error);
  g_assert_cmpint (g_stat (target, &info), ==, 0);
  g_assert_cmpuint (info.st_size, ==, 12);
}

static void
test_tidy (Fixture *self, gconstpointer data)
{
  g_autofree char *name = san_bundle_name_new ();
  g_autofree char *part = g_strconcat (name, ".part", NULL);
  gint64 now = g_get_real_time () / 1000;

  put_file (self->dir, part, 500, 0);
  put_file (self->dir, "somebody-elses.part", 500, 0);
  put_file (self->dir, name, 500, 0);
  g_assert_cmpuint (san_place_tidy (self->place, NULL), ==, 0); /* may be another laptop at work */
  san_clock_set (now + 2 * 3600 * 1000);
  g_assert_cmpuint (san_place_tidy (self->place, NULL), ==, 1);
  san_clock_set (0);
  g_assert_cmpuint (test_dir_count (self->dir), ==, 2);
}

static void
test_cancelled (Fixture *self, gconstpointer data)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(SanBundleWriter) writer = begin (self);
  g_auto(SanBundleResult) result = { 0 };
  g_autoptr(GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_false (san_place_finish (self->place, writer, self->temp, &result, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (test_dir_count (self->dir), ==, 0);
  g_assert_cmpuint (test_dir_count (self->temp), ==, 0);
}

static void
test_room (Fixture *self, gconstpointer data)
{
  guint64 room = 0;
  g_autoptr(GError) error = NULL;

  g_assert_true (san_place_get_free (self->place, &room, NULL, &error));
  g_assert_cmpuint (room, >, 0);
}

#define ADD(path, func) g_test_add ("/exchange/place/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (san_crypto_init (NULL));
  ADD ("lists-what-could-be-a-bundle", test_list);
  ADD ("cut-file-is-not-there", test_has);
  ADD ("pulled-stick-leaves-its-folder", test_pulled);
  ADD ("own-file-found-among-5000", test_crowd);
  ADD ("finished-bundle-lies-there-alone", test_finish);
  ADD ("put-and-removed", test_put);
  ADD ("names-never-lead-out-of-it", test_names);
  ADD ("gone-is-not-found", test_gone);
  ADD ("file-in-place-of-the-folder", test_odd_folder);
  ADD ("pipes-and-folders-are-no-files", test_pipe);
  ADD ("links-are-not-written-through", test_link);
  ADD ("tidies-only-old-parts-of-ours", test_tidy);
  ADD ("cancelled-leaves-nothing", test_cancelled);
  ADD ("says-how-much-room-there-is", test_room);
  return g_test_run ();
}
