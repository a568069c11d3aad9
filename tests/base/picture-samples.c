/* picture-samples.c - small pictures that say too much, and a second reader of clean ones */
#include "picture-samples.h"

#include <string.h>

#define SIGNATURE "\x89PNG\r\n\x1a\n"

static const guint8 frame[] = { 8, 0, 2, 0, 3, 1, 1, 0x11, 0 };
static const guint8 scan[] = { 1, 1, 0, 0, 63, 0 };
static const guint8 coded[] = { 0x12, 0xff, 0x00, 0x34, 0xff, 0xd0, 0x56, 0xff, 0x00 };
static const guint8 png_header[] = { 0, 0, 0, 3, 0, 0, 0, 2, 8, 3, 0, 0, 0 };

void
picture_add (GByteArray *out, const void *data, gsize n)
{
  g_byte_array_append (out, data, (guint) n);
}

GBytes *
picture_take (GByteArray *out)
{
  return g_byte_array_free_to_bytes (out);
}

static void
add_big (GByteArray *out, guint64 value, guint n)
{
  for (guint i = n; i-- > 0;)
    g_byte_array_append (out, &(guint8) { (guint8) (value >> 8 * i) }, 1);
}

void
picture_add_segment (GByteArray *jpeg, guint marker, const void *data, gsize n)
{
  add_big (jpeg, 0xff00u | marker, 2);
  add_big (jpeg, n + 2, 2);
  picture_add (jpeg, data, n);
}

/* Bit by bit, as the specification has it. */
static guint32
crc (const guint8 *data, gsize n)
{
  guint32 sum = 0xffffffff;

  for (gsize i = 0; i < n; i++)
    {
      sum ^= data[i];
      for (guint bit = 0; bit < 8; bit++)
        sum = sum >> 1 ^ (sum & 1 ? 0xedb88320 : 0);
    }
  return ~sum;
}

void
picture_add_chunk (GByteArray *png, const char *name, const void *data, gsize n)
{
  guint begin = png->len + 4;

  add_big (png, n, 4);
  picture_add (png, name, 4);
  picture_add (png, data, n);
  add_big (png, crc (png->data + begin, n + 4), 4);
}

static void
add_int (GByteArray *out, gboolean little, guint32 value, guint n)
{
  for (guint i = 0; i < n; i++)
    g_byte_array_append (out, &(guint8) { (guint8) (value >> 8 * (little ? i : n - 1 - i)) }, 1);
}

static void
add_tag (GByteArray *out, gboolean little, guint tag, guint type, guint n, guint value, guint width)
{
  add_int (out, little, tag, 2);
  add_int (out, little, type, 2);
  add_int (out, little, n, 4);
  add_int (out, little, value, width);
  add_int (out, little, 0, 4 - width);
}

GBytes *
picture_tiff (gboolean little, guint orientation)
{
  GByteArray *out = g_byte_array_new ();

  picture_add (out, little ? "II" : "MM", 2);
  add_int (out, little, 42, 2);
  add_int (out, little, 8, 4);
  add_int (out, little, orientation != 0 ? 3 : 2, 2);
  add_tag (out, little, 0x010f, 2, sizeof PICTURE_SECRET, 62, 4);      /* the camera's maker */
  if (orientation != 0)
    add_tag (out, little, 0x0112, 3, 1, orientation, 2);
  add_tag (out, little, 0x8825, 4, 1, 62, 4);                          /* the place */
  add_int (out, little, 0, 4);
  while (out->len < 62)
    add_int (out, little, 0, 1);
  picture_add (out, PICTURE_SECRET, sizeof PICTURE_SECRET);
  return picture_take (out);
}

static void
add_exif (GByteArray *jpeg, guint orientation)
{
  g_autoptr(GBytes) tiff = picture_tiff (TRUE, orientation);
  g_autoptr(GByteArray) data = g_byte_array_new ();

  picture_add (data, "Exif\0", 6);
  picture_add (data, g_bytes_get_data (tiff, NULL), g_bytes_get_size (tiff));
  picture_add_segment (jpeg, 0xe1, data->data, data->len);
}

static void
add_said (GByteArray *jpeg, guint orientation)
{
  add_exif (jpeg, orientation);
  picture_add_segment (jpeg, 0xe1, "http://ns.adobe.com/xap/1.0/\0" PICTURE_SECRET, 46);
  picture_add_segment (jpeg, 0xe2, "ICC_PROFILE\0\1\1" PICTURE_SECRET, 31);
  picture_add_segment (jpeg, 0xed, "Photoshop 3.0\0" PICTURE_SECRET, 31);
  picture_add_segment (jpeg, 0xfe, PICTURE_SECRET, 17);
}

/* As the cleaner ought to write it. */
static void
add_turn (GByteArray *out, guint orientation)
{
  picture_add (out, "MM\0*\0\0\0\10\0\1", 10);
  add_tag (out, FALSE, 0x0112, 3, 1, orientation, 2);
  add_int (out, FALSE, 0, 4);
}

static void
add_shown (GByteArray *jpeg, gboolean clean)
{
  guint8 quantisation[65] = { 0 };
  guint8 huffman[18] = { 0, 1 };

  picture_add_segment (jpeg, 0xdb, quantisation, sizeof quantisation);
  picture_add_segment (jpeg, 0xc0, frame, sizeof frame);
  if (!clean)
    picture_add_segment (jpeg, 0xfe, PICTURE_SECRET, 17);
  picture_add_segment (jpeg, 0xc4, huffman, sizeof huffman);
  picture_add_segment (jpeg, 0xdd, "\0\1", 2);
  if (!clean)
    picture_add (jpeg, "\xff\xff", 2);                                 /* fill */
  picture_add_segment (jpeg, 0xda, scan, sizeof scan);
  picture_add (jpeg, coded, sizeof coded);
  picture_add (jpeg, "\xff\xd9", 2);
}

GBytes *
picture_jpeg (guint orientation, gboolean clean)
{
  GByteArray *jpeg = g_byte_array_new ();
  g_autoptr(GByteArray) turn = g_byte_array_new ();

  picture_add (jpeg, "\xff\xd8", 2);
  if (clean)
    picture_add_segment (jpeg, 0xe0, "JFIF\0\1\2\1\0\x48\0\x48\0\0", 14);
  else
    picture_add_segment (jpeg, 0xe0, "JFIF\0\1\2\1\0\x48\0\x48\1\1abc", 17);
  if (!clean)
    add_said (jpeg, orientation);
  else if (orientation > 1)
    {
      picture_add (turn, "Exif\0", 6);
      add_turn (turn, orientation);
      picture_add_segment (jpeg, 0xe1, turn->data, turn->len);
    }
  picture_add_segment (jpeg, 0xee, clean ? "Adobe\0\x64\0\0\0\0\1" : "Adobe\0\x65\7\7\7\7\1x",
                       clean ? 12 : 13);
  add_shown (jpeg, clean);
  if (!clean)
    picture_add (jpeg, "second picture: " PICTURE_SECRET, 33);
  return picture_take (jpeg);
}

GBytes *
picture_png (guint orientation, gboolean clean)
{
  GByteArray *png = g_byte_array_new ();
  g_autoptr(GByteArray) turn = g_byte_array_new ();
  g_autoptr(GBytes) tiff = picture_tiff (FALSE, orientation);

  picture_add (png, SIGNATURE, 8);
  picture_add_chunk (png, "IHDR", png_header, sizeof png_header);
  picture_add_chunk (png, "gAMA", "\0\0\xb1\x8f", 4);
  if (!clean)
    {
      picture_add_chunk (png, "tEXt", "Comment\0" PICTURE_SECRET, 25);
      picture_add_chunk (png, "iTXt", "XML\0\0\0\0\0" PICTURE_SECRET, 25);
      picture_add_chunk (png, "zTXt", "Place\0\0" PICTURE_SECRET, 24);
      picture_add_chunk (png, "tIME", "\7\xea\3\14\12\0\0", 7);
      picture_add_chunk (png, "iCCP", "Laptop of Asha\0\0" PICTURE_SECRET, 33);
      picture_add_chunk (png, "prIv", PICTURE_SECRET, 17);
      picture_add_chunk (png, "sRGB", "\0" PICTURE_SECRET, 18);        /* no sRGB is so long */
      picture_add_chunk (png, "eXIf", g_bytes_get_data (tiff, NULL), g_bytes_get_size (tiff));
    }
  else if (orientation > 1)
    {
      add_turn (turn, orientation);
      picture_add_chunk (png, "eXIf", turn->data, turn->len);
    }
  picture_add_chunk (png, "PLTE", "\1\2\3\4\5\6", 6);
  picture_add_chunk (png, "IDAT", "pixels", 6);
  picture_add_chunk (png, "IDAT", "and more", 8);
  if (!clean)
    picture_add_chunk (png, "tEXt", "Comment\0" PICTURE_SECRET, 25);
  picture_add_chunk (png, "IEND", NULL, 0);
  if (!clean)
    picture_add (png, "what was cut away: " PICTURE_SECRET, 36);
  return picture_take (png);
}

/* ---- a second reader: what may stand in a clean picture ---- */

static void
assert_turn (const guint8 *data, gsize n)
{
  g_autoptr(GByteArray) turn = g_byte_array_new ();

  g_assert_cmpuint (n, ==, 26);
  g_assert_true (data[19] >= 2 && data[19] <= 8);
  add_turn (turn, data[19]);
  g_assert_cmpmem (data, n, turn->data, turn->len);
}

static void
assert_segment (guint marker, const guint8 *data, gsize n)
{
  switch (marker)
    {
    case 0xe0:
      g_assert_cmpuint (n, ==, 14);
      g_assert_cmpmem (data, 5, "JFIF", 5);
      g_assert_cmpmem (data + 12, 2, "\0\0", 2);
      break;
    case 0xe1:
      g_assert_cmpmem (data, MIN (n, 6), "Exif\0", 6);
      assert_turn (data + 6, n - 6);
      break;
    case 0xee:
      g_assert_cmpmem (data, MIN (n, 11), "Adobe\0\x64\0\0\0\0", 11);
      g_assert_cmpuint (n, ==, 12);
      break;
    default:
      g_assert_nonnull (memchr ("\xc0\xc1\xc2\xc4\xc9\xca\xcc\xda\xdb\xdc\xdd", (int) marker, 11));
    }
}

static void
assert_clean_jpeg (const guint8 *p, const guint8 *end)
{
  for (p += 2; ;)
    {
      gsize n;

      g_assert_cmpint (end - p, >=, 2);
      g_assert_cmpuint (p[0], ==, 0xff);
      if (p[1] == 0xd9)
        break;
      n = (gsize) p[2] << 8 | p[3];
      g_assert_cmpint (end - p, >=, (gssize) n + 2);
      assert_segment (p[1], p + 4, n - 2);
      p += 2 + n;
      if (p[-(gssize) n - 1] != 0xda)
        continue;
      while (p[0] != 0xff || p[1] == 0 || p[1] == 0xff || (p[1] >= 0xd0 && p[1] <= 0xd7))
        g_assert_true (++p + 1 < end);                                 /* coded data */
    }
  g_assert_true (p + 2 == end);
}

static void
assert_clean_png (const guint8 *p, const guint8 *end)
{
  static const char *names = "IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB sBIT bKGD pHYs eXIf";
  gsize n = 0;

  for (p += 8; p < end; p += 12 + n)
    {
      g_autofree char *name = NULL;

      g_assert_cmpint (end - p, >=, 12);
      n = (gsize) p[0] << 24 | (gsize) p[1] << 16 | (gsize) p[2] << 8 | p[3];
      g_assert_cmpuint ((gsize) (end - p), >=, n + 12);
      name = g_strndup ((const char *) p + 4, 4);
      g_assert_nonnull (strstr (names, name));
      g_assert_true (p + 12 + n < end || g_str_equal (name, "IEND"));
      if (g_str_equal (name, "eXIf"))
        assert_turn (p + 8, n);
    }
}

void
picture_assert_clean (GBytes *picture)
{
  gsize n;
  const guint8 *data = g_bytes_get_data (picture, &n);

  if (n > 8 && memcmp (data, SIGNATURE, 8) == 0)
    assert_clean_png (data, data + n);
  else
    {
      g_assert_cmpmem (data, MIN (n, 2), "\xff\xd8", 2);
      assert_clean_jpeg (data, data + n);
    }
}
