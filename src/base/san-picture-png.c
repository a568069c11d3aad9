/* san-picture-png.c - a PNG with nothing but what draws it
 *
 * The file is a row of chunks (length, four letters, bytes, checksum). Chunks that are needed are
 * copied as they are; all others that a reader may skip are left out, known or not; one that it may
 * not skip and that we do not know is refused. Nothing behind the last chunk is kept: editors that
 * crop a picture have left the old one there. */
#include "san-picture-private.h"

#include <string.h>

#define CHUNKS_LIMIT  200000                      /* writers cut the pixels into 8 KiB and more */
#define LENGTH_LIMIT  0x7fffffffu
#define OVERHEAD      12                          /* length, letters and checksum */
#define SKIPPABLE(name) ((name)[0] & 0x20)        /* small first letter */

typedef struct
{
  GByteArray *out;
  guint       n_chunks;
  gboolean    has_palette;
  gboolean    has_pixels;
  gboolean    pixels_ended;
  gboolean    is_turned;
  gboolean    has_end;
} Picture;

/* Which way the colours are meant: short, and of a size that tells that nothing else is in it. */
static const struct { const char *name; gsize least, most; } drawn[] = {
  { "tRNS", 1, 256 }, { "gAMA", 4, 4 }, { "cHRM", 32, 32 }, { "sRGB", 1, 1 }, { "sBIT", 1, 4 },
  { "bKGD", 1, 6 }, { "pHYs", 9, 9 },
};

/* CRC-32 of PNG, half a byte a step. */
static guint32
checksum (const guint8 *data, gsize n)
{
  static const guint32 table[16] = {
    0x00000000, 0x1db71064, 0x3b6e20c8, 0x26d930ac, 0x76dc4190, 0x6b6b51f4, 0x4db26158, 0x5005713c,
    0xedb88320, 0xf00f9344, 0xd6d6a3e8, 0xcb61b38c, 0x9b64c2b0, 0x86d3d2d4, 0xa00ae278, 0xbdbdf21c,
  };
  guint32 sum = 0xffffffff;

  for (gsize i = 0; i < n; i++)
    {
      sum ^= data[i];
      sum = sum >> 4 ^ table[sum & 15];
      sum = sum >> 4 ^ table[sum & 15];
    }
  return ~sum;
}

static void
put_u32 (GByteArray *out, guint32 value)
{
  guint32 big = GUINT32_TO_BE (value);

  g_byte_array_append (out, (const guint8 *) &big, 4);
}

static gboolean
is_named (const guint8 *name, const char *letters)
{
  return memcmp (name, letters, 4) == 0;
}

static gboolean
is_header (const guint8 *data, gsize n)
{
  static const guint8 depths[7] = {
    31, 0, 24, 15, 24, 0, 24
  }; /* by colour type: bit d, depth 2^d */
  guint8 depth = n == 13 ? data[8] : 0;
  guint step = depth == 1    ? 0
               : depth == 2  ? 1
               : depth == 4  ? 2
               : depth == 8  ? 3
               : depth == 16 ? 4
                             : 7;

  return n == 13 && san_picture_u32 (data) - 1 < LENGTH_LIMIT
         && san_picture_u32 (data + 4) - 1 < LENGTH_LIMIT
         && data[9] <= 6 && step < 7 && (depths[data[9]] >> step & 1)
         && data[10] == 0 && data[11] == 0 && data[12] <= 1;
}

/* Chunks that a reader must know, in their order. */
static gboolean
take_critical (Picture *self, const guint8 *name, const guint8 *data, gsize n)
{
  if (is_named (name, "IHDR"))
    return self->n_chunks == 0 && is_header (data, n);
  if (is_named (name, "PLTE"))
    {
      gboolean ok = !self->has_palette && !self->has_pixels && n > 0 && n % 3 == 0 && n <= 768;

      self->has_palette = TRUE;
      return ok;
    }
  if (is_named (name, "IDAT"))
    {
      self->has_pixels = TRUE;
      return !self->pixels_ended;
    }
  self->has_end = is_named (name, "IEND");
  return self->has_end && n == 0 && self->has_pixels;
}

static gboolean
is_drawn (const guint8 *name, gsize n)
{
  for (guint i = 0; i < G_N_ELEMENTS (drawn); i++)
    if (is_named (name, drawn[i].name))
      return n >= drawn[i].least && n <= drawn[i].most;
  return FALSE;
}

/* What is left of an eXIf chunk. */
static void
put_turn (Picture *self, const guint8 *data, gsize n)
{
  guint orientation = san_picture_read_orientation (data, n);
  guint begin = self->out->len + 4;

  if (self->is_turned || orientation == SAN_PICTURE_UPRIGHT)
    return;
  self->is_turned = TRUE;
  put_u32 (self->out, SAN_PICTURE_TIFF_SIZE);
  g_byte_array_append (self->out, (const guint8 *) "eXIf", 4);
  san_picture_put_orientation (self->out, orientation);
  put_u32 (self->out, checksum (self->out->data + begin, 4 + SAN_PICTURE_TIFF_SIZE));
}

/* @chunk: the whole of it, of @n bytes between its letters and its checksum */
static gboolean
add_chunk (Picture *self, const guint8 *chunk, gsize n, GError **error)
{
  const guint8 *name = chunk + 4;
  const guint8 *data = chunk + 8;

  if (checksum (name, 4 + n) != san_picture_u32 (data + n))
    return san_picture_refuse (error, "a checksum in a PNG is wrong");
  if (self->has_pixels && !is_named (name, "IDAT"))
    self->pixels_ended = TRUE;
  if (SKIPPABLE (name))
    {
      if (self->n_chunks == 0)
        return san_picture_refuse (error, "a PNG without its header");
      if (is_named (name, "eXIf"))
        put_turn (self, data, n);
      if (!is_drawn (name, n))
        return TRUE;
    }
  else if (!take_critical (self, name, data, n))
    return san_picture_refuse (error, "a chunk of a PNG is not known, or not where it belongs");
  g_byte_array_append (self->out, chunk, (guint) (OVERHEAD + n));
  return TRUE;
}

gboolean
san_picture_clean_png (SanReader *reader, GByteArray *out, GError **error)
{
  Picture self = { .out = out };
  const guint8 *signature = san_reader_take (reader, 8, error);

  if (signature == NULL)
    return FALSE;
  g_byte_array_append (out, signature, 8);
  for (; !self.has_end; self.n_chunks++)
    {
      const guint8 *length = san_reader_take (reader, 4, error);
      guint32 n;

      if (length == NULL)
        return FALSE;
      n = san_picture_u32 (length);
      if (n > LENGTH_LIMIT || self.n_chunks == CHUNKS_LIMIT)
        return san_picture_refuse (error, "a PNG of too many or too long chunks");
      if (san_reader_take (reader, (gsize) n + 8, error) == NULL ||
          !add_chunk (&self, length, n, error))
        return FALSE;
    }
  return TRUE;
}
