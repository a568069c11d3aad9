/* picture-samples.h - small pictures that say too much; only their form is true, not their pixels
 */
#pragma once
#include <gio/gio.h>
G_BEGIN_DECLS

#define PICTURE_SECRET "26.9124N 75.7873E"

void    picture_add         (GByteArray *out, const void *data, gsize n);
void    picture_add_segment (GByteArray *jpeg, guint marker, const void *data, gsize n);
void    picture_add_chunk   (GByteArray *png, const char *name, const void *data, gsize n);
GBytes *picture_take        (GByteArray *out);                                 /* (transfer full) */

/* A TIFF block with a place in it; @orientation 0: none is named. */
GBytes *picture_tiff        (gboolean little, guint orientation);
/* Every kind of segment that a phone writes; @clean: only what shows the picture. */
GBytes *picture_jpeg        (guint orientation, gboolean clean);
GBytes *picture_png         (guint orientation, gboolean clean);
/* What a clean picture consists of, read by somebody else than the cleaner. */
void    picture_assert_clean (GBytes *picture);

G_END_DECLS
