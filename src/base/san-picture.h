/* san-picture.h - photos without what they say of place, time and camera
 *
 * A paper is photographed with a phone, and the phone writes into the file where it stood. What is
 * kept is what a viewer needs to show the picture, and nothing else. */
#pragma once
#include <gio/gio.h>
G_BEGIN_DECLS

#define SAN_PICTURE_HEAD  16                      /* so many first bytes tell the kind */
#define SAN_PICTURE_LIMIT (64u * 1024 * 1024)

/**
 * SanPictureKind:
 * @SAN_PICTURE_NONE: not a picture as far as its first bytes tell
 * @SAN_PICTURE_JPEG: can be cleaned
 * @SAN_PICTURE_PNG: can be cleaned
 * @SAN_PICTURE_OTHER: a picture or film that may say where it was taken and cannot be cleaned here
 */
typedef enum
{
  SAN_PICTURE_NONE,
  SAN_PICTURE_JPEG,
  SAN_PICTURE_PNG,
  SAN_PICTURE_OTHER
} SanPictureKind;

SanPictureKind san_picture_get_kind       (const void *head, gsize n);
/* NULL: not one that can be cleaned */
const char    *san_picture_get_media_type (SanPictureKind kind);
GBytes        *san_picture_clean          (GBytes *picture, GError **error);

G_END_DECLS
