/* san-picture-jpeg.c - a JPEG with nothing but its frame, its tables and its scans
 *
 * The file is a row of segments (a marker FF xx, a length, bytes) with coded data behind each start
 * of a scan. Segments that we know are checked and copied; of the application segments only three
 * facts are read and written anew: that it is JFIF, what Adobe says of the colours, and the
 * orientation. A segment that we do not know is refused, since it may be what shows the picture. */
#include "san-picture-private.h"

#include <string.h>

enum
{
  SOF0 = 0xc0, SOF1 = 0xc1, SOF2 = 0xc2, DHT = 0xc4, SOF9 = 0xc9, SOF10 = 0xca, DAC = 0xcc,
  RST0 = 0xd0, RST7 = 0xd7, SOI = 0xd8, EOI = 0xd9, SOS = 0xda, DQT = 0xdb, DNL = 0xdc, DRI = 0xdd,
  APP0 = 0xe0, APP1 = 0xe1, APP14 = 0xee, APP15 = 0xef, COM = 0xfe,
};

#define SEGMENTS_LIMIT 10000                      /* a progressive photo has some 30 */
#define JFIF_SIZE      14                         /* without its thumbnail */
#define ADOBE_SIZE     12

typedef struct
{
  GByteArray *body;
  guint8      jfif[JFIF_SIZE];
  gboolean    is_jfif;
  int         adobe;                              /* its colour transform; -1: nothing is said */
  guint       orientation;
  gboolean    is_turned;                          /* the first that says so wins, as in viewers */
  gboolean    has_frame;
  guint       n_scans;
} Picture;

static gboolean
begins (const guint8 *data, gsize n, const char *word, gsize n_word)
{
  return n >= n_word && memcmp (data, word, n_word) == 0;
}

static void
note_application (Picture *self, guint marker, const guint8 *data, gsize n)
{
  if (marker == APP0 && !self->is_jfif && begins (data, n, "JFIF", 5) && n >= JFIF_SIZE)
    {
      memcpy (self->jfif, data, JFIF_SIZE - 2);   /* the last two are the thumbnail's size */
      self->is_jfif = TRUE;
    }
  else if (marker == APP1 && !self->is_turned && begins (data, n, "Exif\0", 6))
    {
      self->orientation = san_picture_read_orientation (data + 6, n - 6);
      self->is_turned = self->orientation != SAN_PICTURE_UPRIGHT;
    }
  else if (marker == APP14 && begins (data, n, "Adobe", 5) && n >= ADOBE_SIZE &&
           data[ADOBE_SIZE - 1] <= 2)
    self->adobe = data[ADOBE_SIZE - 1];
}

/* ---- the segments that show the picture: as long as what they hold, and no longer ---- */

static gboolean
is_quantisation (const guint8 *data, gsize n)
{
  while (n > 0)
    {
      gsize size = 1 + (data[0] >> 4 == 0 ? 64 : 128);

      if (data[0] >> 4 > 1 || (data[0] & 15) > 3 || n < size)
        return FALSE;
      data += size;
      n -= size;
    }
  return TRUE;
}

static gboolean
is_huffman (const guint8 *data, gsize n)
{
  while (n > 0)
    {
      gsize size = 17;

      if (n < size || data[0] >> 4 > 1 || (data[0] & 15) > 3)
        return FALSE;
      for (guint i = 1; i <= 16; i++)
        size += data[i];
      if (size > 17 + 256 || n < size)
        return FALSE;
      data += size;
      n -= size;
    }
  return TRUE;
}

static gboolean
is_frame (const Picture *self, const guint8 *data, gsize n)
{
  return !self->has_frame && n >= 6 && (data[0] == 8 || data[0] == 12) &&
         san_picture_u16 (data + 1) > 0 && san_picture_u16 (data + 3) > 0 && data[5] >= 1 &&
         data[5] <= 4 && n == 6 + 3 * (gsize) data[5];
}

static gboolean
is_scan (const Picture *self, const guint8 *data, gsize n)
{
  return self->has_frame && n >= 1 && data[0] >= 1 && data[0] <= 4 && n == 4 + 2 * (gsize) data[0];
}

static gboolean
is_known (const Picture *self, guint marker, const guint8 *data, gsize n)
{
  switch (marker)
    {
    case SOF0: case SOF1: case SOF2: case SOF9: case SOF10:
      return is_frame (self, data, n);
    case DHT:
      return is_huffman (data, n);
    case DQT:
      return is_quantisation (data, n);
    case DAC:
      return n % 2 == 0 && n <= 64;
    case DRI:
      return n == 2;
    case DNL:
      return n == 2 && self->n_scans == 1;
    case SOS:
      return is_scan (self, data, n);
    default:
      return FALSE;
    }
}

static gboolean
is_start_of_frame (guint marker)
{
  return marker == SOF0 || marker == SOF1 || marker == SOF2 || marker == SOF9 || marker == SOF10;
}

static void
put_segment_head (GByteArray *out, guint marker, gsize n)
{
  const guint8 head[4] = { 0xff, (guint8) marker, (guint8) ((n + 2) >> 8), (guint8) (n + 2) };

  g_byte_array_append (out, head, sizeof head);
}

static gboolean
add_segment (Picture *self, guint marker, const guint8 *data, gsize n, GError **error)
{
  if ((marker >= APP0 && marker <= APP15) || marker == COM)
    {
      note_application (self, marker, data, n);
      return TRUE;
    }
  if (!is_known (self, marker, data, n))
    {
      g_autofree char *what = g_strdup_printf (
          "a segment %02x of %" G_GSIZE_FORMAT " bytes is not known in a JPEG", marker, n);

      return san_picture_refuse (error, what);
    }
  self->has_frame = self->has_frame || is_start_of_frame (marker);
  self->n_scans += marker == SOS;
  put_segment_head (self->body, marker, n);
  g_byte_array_append (self->body, data, (guint) n);
  return TRUE;
}

/* Coded data goes on until a marker that is none of a scan's own (00: a stuffed FF, RST). The
 * reader then stands before that marker. */
static gboolean
copy_coded (Picture *self, SanReader *reader, GError **error)
{
  const guint8 *begin = reader->data + reader->offset;
  const guint8 *end = reader->data + reader->size;
  const guint8 *at = begin;

  while ((at = memchr (at, 0xff, (gsize) (end - at))) != NULL && end - at >= 2)
    {
      const guint8 *next = at + 1;

      while (next < end && *next == 0xff)
        next++;                                   /* fill */
      if (next == end || (*next == 0 && next != at + 1))
        break;
      if (*next != 0 && (*next < RST0 || *next > RST7))
        {
          g_byte_array_append (self->body, begin, (guint) (at - begin));
          return san_reader_take (reader, (gsize) (at - begin), error) != NULL;
        }
      at = next + 1;
    }
  return san_picture_refuse (error, "the picture is cut short within a scan");
}

static gboolean
take_marker (SanReader *reader, guint *marker, GError **error)
{
  const guint8 *byte = san_reader_take (reader, 1, error);

  if (byte == NULL)
    return FALSE;
  if (*byte != 0xff)
    return san_picture_refuse (error, "something stands between the segments of a JPEG");
  while (*byte == 0xff)
    if ((byte = san_reader_take (reader, 1, error)) == NULL)
      return FALSE;
  *marker = *byte;
  return TRUE;
}

static gboolean
read_segments (Picture *self, SanReader *reader, GError **error)
{
  for (guint i = 0; i < SEGMENTS_LIMIT; i++)
    {
      const guint8 *length;
      const guint8 *data;
      guint marker = 0;

      if (!take_marker (reader, &marker, error))
        return FALSE;
      if (marker == EOI)
        return self->n_scans > 0 || san_picture_refuse (error, "a JPEG without a scan");
      length = san_reader_take (reader, 2, error);
      if (length == NULL)
        return FALSE;
      if (san_picture_u16 (length) < 2)
        return san_picture_refuse (error, "a segment of a JPEG is shorter than its own length");
      data = san_reader_take (reader, san_picture_u16 (length) - 2u, error);
      if (data == NULL || !add_segment (self, marker, data, san_picture_u16 (length) - 2u, error))
        return FALSE;
      if (marker == SOS && !copy_coded (self, reader, error))
        return FALSE;
    }
  return san_picture_refuse (error, "a JPEG of too many segments");
}

static void
put_head (const Picture *self, GByteArray *out)
{
  const guint8 adobe[ADOBE_SIZE] = { 'A', 'd', 'o', 'b', 'e', 0,
                                     100, 0,   0,   0,   0,   (guint8) self->adobe };

  g_byte_array_append (out, (const guint8 *) "\xff\xd8", 2);
  if (self->is_jfif)
    {
      put_segment_head (out, APP0, JFIF_SIZE);
      g_byte_array_append (out, self->jfif, JFIF_SIZE);
    }
  if (self->is_turned)
    {
      put_segment_head (out, APP1, 6 + SAN_PICTURE_TIFF_SIZE);
      g_byte_array_append (out, (const guint8 *) "Exif\0", 6);
      san_picture_put_orientation (out, self->orientation);
    }
  if (self->adobe >= 0)
    {
      put_segment_head (out, APP14, ADOBE_SIZE);
      g_byte_array_append (out, adobe, sizeof adobe);
    }
}

gboolean
san_picture_clean_jpeg (SanReader *reader, GByteArray *out, GError **error)
{
  g_autoptr(GByteArray) head = g_byte_array_new ();
  Picture self = { .body = out, .adobe = -1, .orientation = SAN_PICTURE_UPRIGHT };

  if (san_reader_take (reader, 2, error) == NULL || !read_segments (&self, reader, error))
    return FALSE;
  put_head (&self, head);
  g_byte_array_prepend (out, head->data, head->len);
  g_byte_array_append (out, (const guint8 *) "\xff\xd9", 2);
  return TRUE;
}
