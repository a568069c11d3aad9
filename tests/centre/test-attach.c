/* test-attach.c - what is attached: photos without place and camera, or a clear no */
#include "san-attachment.h"
#include "house-fixture.h"
#include "picture-samples.h"
#include "san-error.h"
#include "san-child-file.h"
#include "san-paper.h"
#include "san-pieces.h"

#include <string.h>

/* A court's order with this file as its paper. */
static gboolean
attach (House *self, const char *name, const void *data, gsize n, SanId16 *record, GError **error)
{
  g_autofree char *path = g_build_filename (self->dir, name, NULL);
  g_autoptr(GPtrArray) typed = san_typed_list_new ();

  g_assert_true (g_file_set_contents (path, data, (gssize) n, NULL));
  san_typed_list_add (typed, "kind", "placement");
  san_typed_list_add_file (typed, "paper", path, NULL);
  return san_record_new (self->laptop->centre, "order", &self->child, typed, record, error);
}

static void
assert_attached (House *self, const char *name, GBytes *given, GBytes *kept)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) found = NULL;
  SanId16 record;

  attach (self, name, g_bytes_get_data (given, NULL), g_bytes_get_size (given), &record, &error);
  g_assert_no_error (error);
  found = san_record_read_attachment (self->laptop->centre, &record, "paper", &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (found, kept));
}

static void
assert_logged (House *self, const char *what)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) rows = san_child_list_access (self->laptop->centre, &self->child, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (rows->len, >, 0);
  g_assert_cmpstr (((const SanAccessRow *) rows->pdata[0])->what, ==, what);
}

/* A look and a copy are each written in her log; a copy that cannot be written leaves nothing. */
static void
test_taken_out (void)
{
  g_autoptr(GBytes) given = g_bytes_new_static ("%PDF-1.4 as it was given", 24);
  g_autofree char *copy = NULL;
  g_autofree char *nowhere = NULL;
  g_autofree char *found = NULL;
  g_autoptr(SanPaper) paper = NULL;
  g_autoptr(GError) error = NULL;
  SanId16 record;
  gsize n;
  House house;

  house = house_begin ();
  copy = g_build_filename (house.dir, "copy.pdf", NULL);
  nowhere = g_build_filename (house.dir, "no-such-folder", "copy.pdf", NULL);
  attach (&house, "order.pdf", g_bytes_get_data (given, NULL), g_bytes_get_size (given), &record,
          &error);
  g_assert_no_error (error);
  paper = san_paper_open (house.laptop->centre, &record, "paper", &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (paper->content, given));
  g_assert_cmpstr (paper->media_type, ==, "application/pdf");
  g_assert_cmpstr (paper->extension, ==, ".pdf");
  assert_logged (&house, "paper");
  g_assert_true (san_paper_copy (house.laptop->centre, &record, "paper", copy, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (copy, &found, &n, NULL));
  g_assert_cmpmem (found, n, g_bytes_get_data (given, NULL), g_bytes_get_size (given));
  assert_logged (&house, "copy");
  g_assert_false (san_paper_copy (house.laptop->centre, &record, "paper", nowhere, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (san_paper_open (house.laptop->centre, &record, "kind", &error));
  g_assert_nonnull (error);
  house_end (&house);
}

static void
test_cleaned (void)
{
  g_autoptr(GBytes) jpeg = picture_jpeg (6, FALSE);
  g_autoptr(GBytes) jpeg_clean = picture_jpeg (6, TRUE);
  g_autoptr(GBytes) png = picture_png (0, FALSE);
  g_autoptr(GBytes) png_clean = picture_png (0, TRUE);
  g_autoptr(GBytes) paper = g_bytes_new_static ("%PDF-1.4 as it was given", 24);
  g_autoptr(GBytes) nothing = g_bytes_new_static ("", 0);
  House house;

  house = house_begin ();
  assert_attached (&house, "IMG_20261125.jpg", jpeg, jpeg_clean);
  assert_attached (&house, "photo.pdf", jpeg, jpeg_clean);          /* its name does not hide it */
  assert_attached (&house, "no-name-at-all", png, png_clean);
  assert_attached (&house, "order.pdf", paper, paper);
  assert_attached (&house, "empty.txt", nothing, nothing);
  house_end (&house);
}

static void
test_refused (void)
{
  static const struct { const char *name, *data; gsize n;
  } rows[] = {
    { "photo.jpg", "not a photo", 11 },
    { "photo.jpg", "\xff\xd8\xff\xe1 cut", 8 },
    { "photo.jpg", "", 0 },
    { "IMG_1.heic",
      "\0\0\0\x18"
      "ftypheic",
      12 },
    { "paper",
      "\0\0\0\x18"
      "ftypheic",
      12 },
    { "scan.tif", "II*\0\10\0\0\0", 8 },
    { "film.pdf",
      "\0\0\0\x18"
      "ftypmp42",
      12 },
    { "a.webp", "RIFF....WEBPVP8 ", 16 },
  };
  House house;

  house = house_begin ();
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(SanPieces) pieces = san_pieces_open (house.laptop->store, NULL);
      g_autoptr(GPtrArray) left = NULL;
      g_autoptr(GError) error = NULL;
      SanId16 record;

      g_assert_false (attach (&house, rows[i].name, rows[i].data, rows[i].n, &record, &error));
      g_assert_error (error, SAN_ERROR, SAN_ERROR_PICTURE);
      left = san_pieces_list (pieces, NULL);
      g_assert_cmpuint (left->len, ==, 0);
    }
  house_end (&house);
}

static void
test_not_a_file (void)
{
  g_autoptr(GPtrArray) typed = san_typed_list_new ();
  g_autoptr(GError) error = NULL;
  House house;
  SanId16 record;

  house = house_begin ();
  san_typed_list_add_file (typed, "paper", house.dir, NULL);
  g_assert_false (
      san_record_new (house.laptop->centre, "order", &house.child, typed, &record, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_REFUSED);
  house_end (&house);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/centre/attach/photos-are-cleaned-papers-stay", test_cleaned);
  g_test_add_func ("/centre/attach/what-cannot-be-cleaned-is-refused", test_refused);
  g_test_add_func ("/centre/attach/a-folder-is-no-paper", test_not_a_file);
  g_test_add_func ("/centre/attach/a-look-and-a-copy-are-logged", test_taken_out);
  return g_test_run ();
}
