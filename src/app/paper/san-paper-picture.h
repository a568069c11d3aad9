/* san-paper-picture.h - a picture's bytes as something that can be shown */
#pragma once
#include <gtk/gtk.h>
G_BEGIN_DECLS

/**
 * san_paper_picture_new:
 * @media_type: as it was noted when the file was attached
 *
 * Any thread. Pictures that would not fit into memory are not opened. Nothing touches the disk.
 *
 * Returns: (transfer full) (nullable): %NULL: not a picture that can be shown
 */
GdkTexture *san_paper_picture_new (GBytes *content, const char *media_type);
G_END_DECLS
