/* test-place-far.c - a place on a server, which may be old, half, full or away */
#include "san-place.h"
#include "san-test-far.h"
#include "san-test-forge.h"

#include "san-file.h"

#include <string.h>

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
  g_autoptr(GFile) folder = NULL;

  self->dir = test_dir_new ();
  self->temp = test_dir_new ();
  folder = far_file_new (self->dir);
  self->place = san_place_new (folder);
  self->ours = test_centre_new ("ours");
  self->recipient = *san_box_key_get_public (self->ours->first.box);
  g_assert_null (san_place_get_path (self->place));
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  far_set_mood (FAR_WELL);
  san_place_free (self->place);
  g_assert_cmpuint (test_dir_count (self->temp), ==, 0);
  test_dir_remove (self->dir);
  test_dir_remove (self->temp);
  test_centre_free (self->ours);
}

static gboolean
send (Fixture *self, SanBundleResult *result, GError **error)
{
  SanBundleSpec spec = test_centre_spec (self->ours, &self->recipient, 1, self->temp);
  g_autoptr(SanBundleWriter) writer = san_bundle_writer_new (&spec, NULL);

  return san_place_finish (self->place, writer, self->temp, result, NULL, error);
}

static void
test_there_and_back (Fixture *self, gconstpointer data)
{
  g_auto(SanBundleResult) result = { 0 };
  g_autoptr(GPtrArray) files = NULL;
  g_autoptr(GPtrArray) keys = g_ptr_array_new ();
  g_autoptr(SanBundleReader) reader = NULL;
  g_autofree char *copy = g_build_filename (self->temp, "copy", NULL);
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(GError) error = NULL;
  const SanPlaceFile *file;

  send (self, &result, &error);
  g_assert_no_error (error);
  files = san_place_list (self->place, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (files->len, ==, 1);
  file = g_ptr_array_index (files, 0);
  g_assert_cmpstr (file->name, ==, result.name);
  g_assert_cmpuint (file->size, ==, result.size);
  g_assert_true (file->whole);

  g_ptr_array_add (keys, self->ours->first.box);
  reader =
      san_bundle_reader_open (san_place_open (self->place, file->name, NULL, NULL), keys, &error);
  g_assert_no_error (error);
  san_place_fetch (self->place, file->name, copy, NULL, &error);
  g_assert_no_error (error);
  bytes = san_file_read (copy, SAN_BUNDLE_FILE_LIMIT, NULL);
  g_assert_cmpint (forge_read_of (bytes, self->ours->first.box, self->ours), ==, -1);
  san_file_remove (copy, NULL);
  g_assert_true (san_place_remove (self->place, result.name, NULL, &error));
  g_assert_true (san_place_remove (self->place, result.name, NULL, &error));
  g_assert_cmpuint (test_dir_count (self->dir), ==, 0);
}

static void
test_moods (Fixture *self, gconstpointer data)
{
  static const struct { FarMood mood; SanErrorCode code;
  } cases[] = {
    { FAR_NO_WRITE, SAN_ERROR_READ_ONLY },
    { FAR_NO_SPACE, SAN_ERROR_NO_SPACE },
    { FAR_NO_MOVE, SAN_ERROR_IO },
    { FAR_FULL, SAN_ERROR_NO_SPACE },
    { FAR_HALF, SAN_ERROR_IO },
    { FAR_HIDES, SAN_ERROR_NOT_FOUND },
    { FAR_AWAY, SAN_ERROR_NOT_FOUND },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto(SanBundleResult) result = { 0 };
      g_autoptr(GError) error = NULL;

      g_test_message ("mood %d", cases[i].mood);
      far_set_mood (cases[i].mood);
      g_assert_false (send (self, &result, &error));
      g_assert_error (error, SAN_ERROR, (int) cases[i].code);
      g_assert_cmpuint (test_dir_count (self->dir), ==, 0);
    }
}

static void
test_no_info (Fixture *self, gconstpointer data)
{
  g_auto(SanBundleResult) result = { 0 };
  g_autoptr(GError) error = NULL;
  guint64 room = 0;

  far_set_mood (FAR_NO_INFO);
  g_assert_true (san_place_get_free (self->place, &room, NULL, &error));
  g_assert_cmpuint (room, ==, G_MAXUINT64);
  send (self, &result, &error);
  g_assert_no_error (error);
}

static void
test_old_list (Fixture *self, gconstpointer data)
{
  g_auto(SanBundleResult) result = { 0 };
  g_autoptr(GPtrArray) files = NULL;
  g_autoptr(GError) error = NULL;

  send (self, &result, &error);
  g_assert_no_error (error);
  far_set_mood (FAR_OLD_LIST);
  files = san_place_list (self->place, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (files->len, ==, 0);
  far_set_mood (FAR_AWAY);
  g_assert_null (san_place_list (self->place, NULL, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_NOT_FOUND);
}

#define ADD(path, func) g_test_add ("/exchange/far/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (san_crypto_init (NULL));
  ADD ("there-and-back", test_there_and_back);
  ADD ("what-the-server-refuses-leaves-nothing", test_moods);
  ADD ("without-free-space-it-is-tried", test_no_info);
  ADD ("old-lists-and-absence-do-no-harm", test_old_list);
  return g_test_run ();
}
