/* san-picture-private.h - one cleaner for each format; big-endian, as both formats are */
#pragma once
#include "san-picture.h"
#include "san-reader.h"
G_BEGIN_DECLS

/* the orientation of a picture that says nothing */
#define SAN_PICTURE_UPRIGHT 1

/* Each appends the clean picture to @out. DAMAGED: not as the format demands; @out is then useless.
 */
gboolean san_picture_clean_jpeg (SanReader *reader, GByteArray *out, GError **error);
gboolean san_picture_clean_png  (SanReader *reader, GByteArray *out, GError **error);

guint    san_picture_read_orientation (const guint8 *tiff, gsize n);        /* 1 … 8 */
/* 26 bytes in TIFF's form */
void     san_picture_put_orientation  (GByteArray *out, guint orientation);
#define  SAN_PICTURE_TIFF_SIZE 26

static inline guint
san_picture_u16 (const guint8 *p)
{
  return (guint) p[0] << 8 | p[1];
}

static inline guint32
san_picture_u32 (const guint8 *p)
{
  return (guint32) san_picture_u16 (p) << 16 | san_picture_u16 (p + 2);
}

gboolean san_picture_refuse (GError **error, const char *what);            /* always FALSE */

G_END_DECLS
