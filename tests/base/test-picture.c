/* test-picture.c - what a photo says of place and camera is gone, and it still shows the same */
#include "san-picture.h"
#include "picture-samples.h"
#include "san-error.h"

#include <string.h>

static GBytes *
clean (GBytes *picture)
{
  g_autoptr(GError) error = NULL;
  GBytes *bytes = san_picture_clean (picture, &error);

  g_assert_no_error (error);
  picture_assert_clean (bytes);
  return bytes;
}

static void
assert_refused (GBytes *picture)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (san_picture_clean (picture, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_PICTURE);
}

static void
assert_same (GBytes *found, GBytes *expected)
{
  g_assert_cmpmem (g_bytes_get_data (found, NULL), g_bytes_get_size (found),
                   g_bytes_get_data (expected, NULL), g_bytes_get_size (expected));
}

static void
test_nothing_is_said (void)
{
  for (guint orientation = 0; orientation <= 8; orientation++)
    for (guint i = 0; i < 2; i++)
      {
        g_autoptr(GBytes) given =
            i == 0 ? picture_jpeg (orientation, FALSE) : picture_png (orientation, FALSE);
        g_autoptr(GBytes) expected =
            i == 0 ? picture_jpeg (orientation, TRUE) : picture_png (orientation, TRUE);
        g_autoptr(GBytes) found = clean (given);

        assert_same (found, expected);
        g_assert_null (
            memmem (g_bytes_get_data (found, NULL), g_bytes_get_size (found), "26.91", 5));
      }
}

static void
test_clean_stays (void)
{
  g_autoptr(GBytes) jpeg = picture_jpeg (6, TRUE);
  g_autoptr(GBytes) png = picture_png (6, TRUE);
  g_autoptr(GBytes) jpeg_again = clean (jpeg);
  g_autoptr(GBytes) png_again = clean (png);

  assert_same (jpeg_again, jpeg);
  assert_same (png_again, png);
}

/* Every cut before the end is refused; what lies behind it does not matter. */
static void
test_cut_short (void)
{
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr(GBytes) whole = i == 0 ? picture_jpeg (6, TRUE) : picture_png (6, TRUE);

      for (gsize n = 0; n < g_bytes_get_size (whole); n++)
        {
          g_autoptr(GBytes) part = g_bytes_new_from_bytes (whole, 0, n);

          assert_refused (part);
        }
    }
}

static void
assert_kind (const char *head, gsize n, SanPictureKind kind)
{
  g_autoptr(GBytes) bytes = g_bytes_new (head, n);

  g_assert_cmpint (san_picture_get_kind (head, n), ==, kind);
  g_assert_true ((san_picture_get_media_type (kind) != NULL) ==
                 (kind == SAN_PICTURE_JPEG || kind == SAN_PICTURE_PNG));
  assert_refused (bytes);
}

static void
test_kinds (void)
{
  assert_kind ("", 0, SAN_PICTURE_NONE);
  assert_kind ("%PDF-1.7\n%....", 14, SAN_PICTURE_NONE);
  assert_kind ("A letter", 8, SAN_PICTURE_NONE);
  assert_kind ("\xff\xd8", 2, SAN_PICTURE_NONE);
  assert_kind ("\xff\xd8\xff", 3, SAN_PICTURE_JPEG);
  assert_kind ("\x89PNG\r\n\x1a\n", 8, SAN_PICTURE_PNG);
  assert_kind ("GIF89a", 6, SAN_PICTURE_OTHER);
  assert_kind ("RIFF....WEBPVP8 ", 16, SAN_PICTURE_OTHER);
  assert_kind ("RIFF....WAVEfmt ", 16, SAN_PICTURE_NONE);
  assert_kind ("II*\0\10\0\0\0", 8, SAN_PICTURE_OTHER);
  assert_kind ("MM\0*\0\0\0\10", 8, SAN_PICTURE_OTHER);
  assert_kind ("\0\0\0\x18" "ftypheic", 12, SAN_PICTURE_OTHER);
  assert_kind ("\0\0\0\x18" "ftypmp42", 12, SAN_PICTURE_OTHER);
}

/* ---- which way up ---- */

/* The orientation that is left of a JPEG whose TIFF block is @tiff; 0: none. */
static guint
turn_of (GBytes *tiff)
{
  g_autoptr(GByteArray) exif = g_byte_array_new ();
  g_autoptr(GBytes) upright = picture_jpeg (1, TRUE);
  GByteArray *jpeg = g_byte_array_new ();
  g_autoptr(GBytes) given = NULL;
  g_autoptr(GBytes) found = NULL;
  const guint8 *data = g_bytes_get_data (upright, NULL);

  picture_add (exif, "Exif\0", 6);
  picture_add (exif, g_bytes_get_data (tiff, NULL), g_bytes_get_size (tiff));
  picture_add (jpeg, data, 2);
  picture_add_segment (jpeg, 0xe1, exif->data, exif->len);
  picture_add (jpeg, data + 2, g_bytes_get_size (upright) - 2);
  given = picture_take (jpeg);
  found = clean (given);
  data = g_bytes_get_data (found, NULL);
  return g_bytes_equal (found, upright) ? 0 : data[20 + 4 + 6 + 19];
}

static void
test_turned (void)
{
  for (guint orientation = 0; orientation < 12; orientation++)
    for (gboolean little = FALSE; little <= TRUE; little++)
      {
        g_autoptr(GBytes) tiff = picture_tiff (little, orientation);

        g_assert_cmpuint (turn_of (tiff), ==,
                          orientation > 1 && orientation <= 8 ? orientation : 0);
      }
}

static void
test_turned_wrongly (void)
{
  static const struct { guint at; guint8 value;
  } changes[] = {
    { 0, 'X' }, { 3, 43 }, { 4, 0x80 }, { 7, 0 },     { 7, 62 }, { 5, 1 },
    { 25, 4 },  { 25, 9 }, { 29, 2 },   { 26, 0xff }, /* another type, another number of values */
  };
  g_autoptr(GBytes) good = picture_tiff (FALSE, 6);

  g_assert_cmpuint (turn_of (good), ==, 6);
  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autofree guint8 *data = g_memdup2 (g_bytes_get_data (good, NULL), g_bytes_get_size (good));
      g_autoptr(GBytes) bad = NULL;

      data[changes[i].at] = changes[i].value;
      bad = g_bytes_new (data, g_bytes_get_size (good));
      g_assert_cmpuint (turn_of (bad), ==, 0);
    }
  for (gsize n = 0; n < 34; n++)                          /* cut within the tag or before it */
    {
      g_autoptr(GBytes) part = g_bytes_new_from_bytes (good, 0, n);

      g_assert_cmpuint (turn_of (part), ==, 0);
    }
}

/* ---- what is not as it should be ---- */

/* One segment more in front of the frame, or behind the scan. */
static GBytes *
with_segment (guint marker, const void *data, gsize n, gboolean behind)
{
  g_autoptr(GBytes) good = picture_jpeg (1, TRUE);
  gsize size = g_bytes_get_size (good);
  gsize at = behind ? size - 2 : 20;
  GByteArray *jpeg = g_byte_array_new ();

  picture_add (jpeg, g_bytes_get_data (good, NULL), at);
  picture_add_segment (jpeg, marker, data, n);
  picture_add (jpeg, (const guint8 *) g_bytes_get_data (good, NULL) + at, size - at);
  return picture_take (jpeg);
}

static void
test_strange_segments (void)
{
  static const struct { guint marker; const char *data; gsize n;
  } rows[] = {
    { 0xc3, "\10\0\1\0\1\1\1\x11\0", 9 }, /* lossless */
    { 0xc0, "\10\0\1\0\1\1\1\x11", 8 },
    { 0xc0, "\10\0\0\0\1\1\1\x11\0", 9 },
    { 0xc0, "\10\0\1\0\1\5", 6 },
    { 0xc0, "\10\0\1\0\1\1\1\x11\0", 9 }, /* a second frame */
    { 0xda, "\1\1\0\0\77\0", 6 },         /* a scan before the frame */
    { 0xdb, "\0", 1 },
    { 0xdb, "\x30", 1 },
    { 0xc4, "\0\1", 2 },
    { 0xc4, "\x20", 1 },
    { 0xdd, "\0\1\0", 3 },
    { 0xf0, "", 0 },
    { 0x01, "", 0 },
    { 0xd8, "", 0 },
    { 0xd3, "", 0 },
    { 0x4a, "", 0 },
    { 0xde, "", 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(GBytes) picture = with_segment (rows[i].marker, rows[i].data, rows[i].n, FALSE);

      assert_refused (picture);
    }
}

static void
test_later_scans (void)
{
  g_autoptr(GBytes) lines = with_segment (0xdc, "\0\2", 2, TRUE);
  g_autoptr(GBytes) late = with_segment (0xe1, PICTURE_SECRET, 17, TRUE);
  g_autoptr(GBytes) found = clean (lines);
  g_autoptr(GBytes) without = clean (late);
  g_autoptr(GBytes) expected = picture_jpeg (1, TRUE);

  g_assert_true (g_bytes_equal (found, lines));
  assert_same (without, expected);
}

static GBytes *
with_chunk (const char *name, const void *data, gsize n, gsize at)
{
  g_autoptr(GBytes) good = picture_png (1, TRUE);
  gsize size = g_bytes_get_size (good);
  GByteArray *png = g_byte_array_new ();

  picture_add (png, g_bytes_get_data (good, NULL), at);
  picture_add_chunk (png, name, data, n);
  picture_add (png, (const guint8 *) g_bytes_get_data (good, NULL) + at, size - at);
  return picture_take (png);
}

#define AFTER_HEADER  (8 + 25)
#define AFTER_PALETTE (AFTER_HEADER + 16 + 18)
#define BETWEEN       (AFTER_PALETTE + 18)
#define AFTER_PIXELS  (BETWEEN + 20)

static void
test_strange_chunks (void)
{
  static const struct { const char *name; gsize n, at;
  } rows[] = {
    { "tEXt", 0, 8 },
    { "IHDR", 13, 8 },
    { "IHDR", 13, AFTER_HEADER },
    { "PLTE", 6, AFTER_PALETTE },
    { "PLTE", 5, AFTER_HEADER },
    { "IEND", 0, AFTER_PALETTE },
    { "IEND", 1, AFTER_PIXELS },
    { "CgBI", 4, AFTER_HEADER },
    { "tEXt", 3, BETWEEN },
    { "IDAT", 3, AFTER_HEADER },
    { "PLTE", 3, AFTER_PIXELS },
  };
  static const guint8 zeros[16] = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(GBytes) picture = with_chunk (rows[i].name, zeros, rows[i].n, rows[i].at);

      assert_refused (picture);
    }
}

static void
test_checksums (void)
{
  g_autoptr(GBytes) good = picture_png (6, TRUE);
  gsize n = g_bytes_get_size (good);

  for (gsize at = 8; at < n; at++)
    {
      g_autofree guint8 *data = g_memdup2 (g_bytes_get_data (good, NULL), n);
      g_autoptr(GBytes) bad = NULL;

      data[at] ^= 0x10;
      bad = g_bytes_new (data, n);
      assert_refused (bad);
    }
}

static void
test_limits (void)
{
  g_autofree guint8 *large = g_malloc0 (SAN_PICTURE_LIMIT + 1);
  g_autoptr(GBytes) too_large = g_bytes_new_static (large, SAN_PICTURE_LIMIT + 1);
  GByteArray *jpeg = g_byte_array_new ();
  g_autoptr(GBytes) shown = picture_jpeg (1, TRUE);
  g_autoptr(GBytes) crowded = NULL;
  g_autoptr(GError) error = NULL;

  memcpy (large, "\xff\xd8\xff", 3);
  g_assert_null (san_picture_clean (too_large, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_REFUSED);
  picture_add (jpeg, "\xff\xd8", 2);
  for (guint i = 0; i < 10000; i++)
    picture_add_segment (jpeg, 0xfe, "", 0);
  picture_add (jpeg, (const guint8 *) g_bytes_get_data (shown, NULL) + 2,
               g_bytes_get_size (shown) - 2);
  crowded = picture_take (jpeg);
  assert_refused (crowded);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/picture/what-it-says-is-gone", test_nothing_is_said);
  g_test_add_func ("/base/picture/a-clean-one-stays-as-it-is", test_clean_stays);
  g_test_add_func ("/base/picture/every-cut-is-refused", test_cut_short);
  g_test_add_func ("/base/picture/kinds-by-their-first-bytes", test_kinds);
  g_test_add_func ("/base/picture/orientation-is-kept", test_turned);
  g_test_add_func ("/base/picture/a-broken-orientation-says-nothing", test_turned_wrongly);
  g_test_add_func ("/base/picture/strange-segments-are-refused", test_strange_segments);
  g_test_add_func ("/base/picture/what-comes-after-a-scan", test_later_scans);
  g_test_add_func ("/base/picture/strange-chunks-are-refused", test_strange_chunks);
  g_test_add_func ("/base/picture/wrong-checksums-are-refused", test_checksums);
  g_test_add_func ("/base/picture/limits", test_limits);
  return g_test_run ();
}
