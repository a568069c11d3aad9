/* san-paper-picture.c - a picture's bytes as something that can be shown
 *
 * By GdkPixbuf, which turns a photo the way it was held; its size is looked at before its points
 * are, so that a small file that claims a huge picture is not believed. */
#include "san-paper-picture.h"

#define POINTS_LIMIT (100u * 1000 * 1000)
#define STEP         (64u * 1024)

static void
size_cb (GdkPixbufLoader *loader, int width, int height, gboolean *too_large)
{
  *too_large = width <= 0 || height <= 0 || (guint64) width * (guint64) height > POINTS_LIMIT;
}

static gboolean
feed (GdkPixbufLoader *loader, GBytes *content, const gboolean *too_large)
{
  gsize n;
  const guint8 *data = g_bytes_get_data (content, &n);

  for (gsize at = 0; at < n; at += STEP)
    if (!gdk_pixbuf_loader_write (loader, data + at, MIN (STEP, n - at), NULL) || *too_large)
      return FALSE;
  return TRUE;
}

GdkTexture *
san_paper_picture_new (GBytes *content, const char *media_type)
{
  g_autoptr(GdkPixbufLoader) loader = NULL;
  g_autoptr(GdkPixbuf) turned = NULL;
  gboolean too_large = FALSE, fed, closed;

  if (!g_str_has_prefix (media_type, "image/"))
    return NULL;
  loader = gdk_pixbuf_loader_new ();
  g_signal_connect (loader, "size-prepared", G_CALLBACK (size_cb), &too_large);
  fed = feed (loader, content, &too_large);
  closed = gdk_pixbuf_loader_close (loader, NULL);      /* always, or it complains */
  if (!fed || !closed || gdk_pixbuf_loader_get_pixbuf (loader) == NULL)
    return NULL;
  turned = gdk_pixbuf_apply_embedded_orientation (gdk_pixbuf_loader_get_pixbuf (loader));
  return turned != NULL ? gdk_texture_new_for_pixbuf (turned) : NULL;
}
