/* san-picture.c - which kind a picture is, and which way up it is shown
 *
 * The one thing of a photo's metadata that is kept is its orientation, since a phone that is held
 * upright writes the picture lying on its side and says so there. It is read, and written anew:
 * no byte of the old block is copied. */
#include "san-picture-private.h"
#include "san-error.h"

#include <string.h>

#define TAG_ORIENTATION 0x0112
#define TYPE_SHORT      3
#define TAGS_LIMIT      512                       /* a camera writes some 20 */

typedef struct
{
  SanPictureKind kind;
  guint          offset;
  guint          n;
  const char    *bytes;
} Signature;

static const Signature signatures[] = {
  { SAN_PICTURE_JPEG, 0, 3, "\xff\xd8\xff" },
  { SAN_PICTURE_PNG, 0, 8, "\x89PNG\r\n\x1a\n" },
  { SAN_PICTURE_OTHER, 0, 4, "GIF8" },
  { SAN_PICTURE_OTHER, 8, 4, "WEBP" },
  { SAN_PICTURE_OTHER, 0, 4, "II*\0" },           /* TIFF, and what most cameras call raw */
  { SAN_PICTURE_OTHER, 0, 4, "MM\0*" },
  { SAN_PICTURE_OTHER, 0, 4, "II+\0" },
  { SAN_PICTURE_OTHER, 0, 4, "MM\0+" },
  { SAN_PICTURE_OTHER, 0, 4, "IIU\0" },
  { SAN_PICTURE_OTHER, 0, 3, "IIR" },
  { SAN_PICTURE_OTHER, 0, 8, "FUJIFILM" },
  { SAN_PICTURE_OTHER, 0, 4, "8BPS" },
  { SAN_PICTURE_OTHER, 0, 2, "\xff\x0a" },        /* JPEG XL */
  { SAN_PICTURE_OTHER, 4, 4, "JXL " },
  { SAN_PICTURE_OTHER, 4, 4, "jP  " },            /* JPEG 2000 */
  { SAN_PICTURE_OTHER, 0, 4, "\xff\x4f\xff\x51" },
  { SAN_PICTURE_OTHER, 4, 4, "ftyp" },            /* HEIC, AVIF, MP4, 3GP */
  { SAN_PICTURE_OTHER, 4, 4, "moov" },
  { SAN_PICTURE_OTHER, 4, 4, "mdat" },
  { SAN_PICTURE_OTHER, 4, 4, "wide" },
  { SAN_PICTURE_OTHER, 8, 4, "AVI " },
  { SAN_PICTURE_OTHER, 0, 4, "\x1a\x45\xdf\xa3" },
};

/**
 * san_picture_get_kind:
 * @head: the first bytes of a file, %SAN_PICTURE_HEAD of them if it has so many
 *
 * Goes by the bytes, never by a name: what a viewer would show is what has to be cleaned.
 */
SanPictureKind
san_picture_get_kind (const void *head, gsize n)
{
  for (guint i = 0; i < G_N_ELEMENTS (signatures); i++)
    {
      const Signature *one = &signatures[i];

      if (n >= one->offset + one->n &&
          memcmp ((const guint8 *) head + one->offset, one->bytes, one->n) == 0)
        return one->kind;
    }
  return SAN_PICTURE_NONE;
}

const char *
san_picture_get_media_type (SanPictureKind kind)
{
  if (kind == SAN_PICTURE_JPEG)
    return "image/jpeg";
  return kind == SAN_PICTURE_PNG ? "image/png" : NULL;
}

gboolean
san_picture_refuse (GError **error, const char *what)
{
  g_set_error_literal (error, SAN_ERROR, SAN_ERROR_DAMAGED, what);
  return FALSE;
}

/* ---- which way up ---- */

static guint
read_u16 (const guint8 *p, gboolean little)
{
  return little ? (guint) p[1] << 8 | p[0] : san_picture_u16 (p);
}

static guint32
read_u32 (const guint8 *p, gboolean little)
{
  return little ? (guint32) read_u16 (p + 2, TRUE) << 16 | read_u16 (p, TRUE) : san_picture_u32 (p);
}

/* The orientation that the first folder of a TIFF block names. What is not well-formed says
 * nothing: the block goes away in any case. */
guint
san_picture_read_orientation (const guint8 *tiff, gsize n)
{
  gboolean little = n >= 8 && memcmp (tiff, "II*\0", 4) == 0;
  gsize at;
  guint tags;

  if (n < 8 || (!little && memcmp (tiff, "MM\0*", 4) != 0))
    return SAN_PICTURE_UPRIGHT;
  at = read_u32 (tiff + 4, little);
  if (at < 8 || at > n - 2 || n < 10)
    return SAN_PICTURE_UPRIGHT;
  tags = read_u16 (tiff + at, little);
  at += 2;
  for (guint i = 0; i < tags && i < TAGS_LIMIT && n - at >= 12; i++, at += 12)
    if (read_u16 (tiff + at, little) == TAG_ORIENTATION)
      {
        guint value = read_u16 (tiff + at + 8, little);

        if (read_u16 (tiff + at + 2, little) == TYPE_SHORT && read_u32 (tiff + at + 4, little) == 1
            && value >= 1 && value <= 8)
          return value;
      }
  return SAN_PICTURE_UPRIGHT;
}

void
san_picture_put_orientation (GByteArray *out, guint orientation)
{
  const guint8 tiff[SAN_PICTURE_TIFF_SIZE] = {
    'M', 'M', 0, 42, 0, 0, 0, 8,                  /* the first folder begins at 8 */
    0, 1, 0x01, 0x12, 0, TYPE_SHORT, 0, 0, 0, 1, 0, (guint8) orientation, 0, 0,
  };

  g_byte_array_append (out, tiff, sizeof tiff);
}

/* ---- whole pictures ---- */

/**
 * san_picture_clean:
 * @picture: a whole file
 *
 * Takes out all that is not needed to show the picture: camera, place, time, comments, thumbnails,
 * colour profiles, second pictures, and whatever lies behind its end. The pixels are not touched,
 * and the orientation stays. A clean picture comes back as the same bytes.
 *
 * Fails with %SAN_ERROR_REFUSED beyond %SAN_PICTURE_LIMIT, and with %SAN_ERROR_PICTURE for every
 * other kind of file and for a JPEG or PNG that is not as its format demands: what cannot be read
 * cannot be cleaned.
 *
 * Returns: (transfer full): the clean picture, of the same kind
 */
GBytes *
san_picture_clean (GBytes *picture, GError **error)
{
  g_autoptr(GByteArray) out = NULL;
  g_autoptr(GError) local = NULL;
  SanReader reader;
  gboolean ok;

  san_reader_init_bytes (&reader, picture, "picture");
  if (reader.size > SAN_PICTURE_LIMIT)
    {
      g_set_error (error, SAN_ERROR, SAN_ERROR_REFUSED,
                   "a picture of %" G_GSIZE_FORMAT " bytes, the limit is %u", reader.size,
                   SAN_PICTURE_LIMIT);
      return NULL;
    }
  out = g_byte_array_sized_new ((guint) reader.size);
  switch (san_picture_get_kind (reader.data, reader.size))
    {
    case SAN_PICTURE_JPEG:
      ok = san_picture_clean_jpeg (&reader, out, &local);
      break;
    case SAN_PICTURE_PNG:
      ok = san_picture_clean_png (&reader, out, &local);
      break;
    case SAN_PICTURE_NONE:
    case SAN_PICTURE_OTHER:
    default:
      ok = san_picture_refuse (&local, "not a JPEG or PNG picture");
      break;
    }
  if (!ok)
    {
      g_set_error_literal (error, SAN_ERROR, SAN_ERROR_PICTURE, local->message);
      return NULL;
    }
  return g_byte_array_free_to_bytes (g_steal_pointer (&out));
}
