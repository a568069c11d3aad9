/* contrast.c - the contrast of words as they are drawn
 *
 * Of each label and icon the pixels are read: the ground is the pixel beside its corner, the ink
 * the one that differs most from it. Thin strokes are drawn half transparent: what seems faint is
 * drawn again larger. Luminance alone counts, so a picture in grey has the same. */
#include "contrast.h"
#include <math.h>
#include <string.h>

#define CLOSER 4

static const char *const states[] = { "san-safety", "san-overdue", "san-due", "san-done",
                                      "san-protected" };

typedef struct
{
  Contrast   *found;
  GtkWidget  *window;
  const char *where;
  GskRenderNode *node;              /* what is drawn */
  guchar     *pixels;               /* of it, BGRA */
  int         width, height;
} Look;

static void G_GNUC_PRINTF (4, 5)
tell (Look *look, guint *count, GtkWidget *widget, const char *format, ...)
{
  const char *text = GTK_IS_LABEL (widget)   ? gtk_label_get_text (GTK_LABEL (widget))
                     : GTK_IS_IMAGE (widget) ? gtk_image_get_icon_name (GTK_IMAGE (widget))
                                             : gtk_widget_get_css_name (widget);
  g_autofree char *what = NULL, *line = NULL;
  va_list list;

  va_start (list, format);
  what = g_strdup_vprintf (format, list);
  va_end (list);
  ++*count;
  line = g_strdup_printf ("%s: “%s” in %s: %s", look->where, text,
                          G_OBJECT_TYPE_NAME (gtk_widget_get_parent (widget)), what);
  if (g_hash_table_add (look->found->told, g_strdup (line)))
    g_print ("# %s\n", line);
}

static double
linear (guchar part)
{
  double value = part / 255.0;

  return value <= 0.04045 ? value / 12.92 : pow ((value + 0.055) / 1.055, 2.4);
}

static double
luminance (const Look *look, int x, int y)
{
  const guchar *pixel = look->pixels + 4 * ((size_t) y * (size_t) look->width + (size_t) x);

  return 0.2126 * linear (pixel[2]) + 0.7152 * linear (pixel[1]) + 0.0722 * linear (pixel[0]);
}

/* Of WCAG 2: 1 to 21. */
static double
contrast_in (const Look *look, const graphene_rect_t *area)
{
  int left = (int) ceilf (area->origin.x), top = (int) ceilf (area->origin.y);
  int right = (int) floorf (area->origin.x + area->size.width),
      bottom = (int) floorf (area->origin.y + area->size.height);
  double ground = luminance (look, MAX (0, left - 1), top), most = 1;

  for (int y = top; y < bottom; y++)
    for (int x = left; x < right; x++)
      {
        double ink = luminance (look, x, y);

        most = MAX (most, (MAX (ink, ground) + 0.05) / (MIN (ink, ground) + 0.05));
      }
  return most;
}

static guchar *
read_pixels (GskRenderNode *node, GtkWidget *window, const graphene_rect_t *area)
{
  g_autoptr(GdkTexture) texture =
      gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (window)), node, area);
  size_t stride = 4 * (size_t) gdk_texture_get_width (texture);
  guchar *pixels = g_malloc (stride * (size_t) gdk_texture_get_height (texture));

  gdk_texture_download (texture, pixels, stride);
  return pixels;
}

/* Of one widget alone, drawn larger; a pixel of what is left of it is the ground. */
static double
contrast_closer (const Look *look, const graphene_rect_t *area)
{
  graphene_rect_t large = GRAPHENE_RECT_INIT (
      floorf (area->origin.x - 1) * CLOSER, floorf (area->origin.y) * CLOSER,
      ceilf (area->size.width + 1) * CLOSER, ceilf (area->size.height) * CLOSER);
  graphene_rect_t all = GRAPHENE_RECT_INIT (1, 0, large.size.width - 1, large.size.height);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  g_autofree guchar *pixels = NULL;
  Look closer = *look;
  GskRenderNode *node;

  gtk_snapshot_scale (snapshot, CLOSER, CLOSER);
  gtk_snapshot_append_node (snapshot, look->node);
  node = gtk_snapshot_free_to_node (snapshot);
  pixels = read_pixels (node, look->window, &large);
  gsk_render_node_unref (node);
  closer.pixels = pixels;
  closer.width = (int) large.size.width;
  closer.height = (int) large.size.height;
  return contrast_in (&closer, &all);
}

static void
weigh (Look *look, GtkWidget *widget, const graphene_rect_t *area)
{
  gboolean word = GTK_IS_LABEL (widget);
  double *least = word ? &look->found->least_word : &look->found->least_mark;
  double limit = word ? CONTRAST_WORDS : CONTRAST_MARKS;
  double contrast = contrast_in (look, area);

  if (contrast < limit)
    contrast = contrast_closer (look, area);
  ++*(word ? &look->found->words : &look->found->marks);
  *least = *least == 0 ? contrast : MIN (*least, contrast);
  if (contrast < limit)
    tell (look, &look->found->faint, widget, "%.2f to 1", contrast);
}

static gboolean
holds (GtkWidget *widget, gboolean icon)
{
  if (!gtk_widget_get_visible (widget))
    return FALSE;
  if (icon ? GTK_IS_IMAGE (widget)
           : GTK_IS_LABEL (widget) && *gtk_label_get_text (GTK_LABEL (widget)) != '\0')
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (holds (child, icon))
      return TRUE;
  return FALSE;
}

/* A state is told by an icon and a word, in it or beside it. */
static void
look_for_state (Look *look, GtkWidget *widget)
{
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      GtkWidget *beside = gtk_widget_get_parent (widget);

      if (!gtk_widget_has_css_class (widget, states[i]))
        continue;
      if (!holds (beside, TRUE) || !holds (beside, FALSE))
        tell (look, &look->found->colour_alone, widget, "%s by colour alone", states[i]);
    }
}

static void
look_at (Look *look, GtkWidget *widget, graphene_rect_t shown)
{
  graphene_rect_t bounds, seen;

  if (!gtk_widget_get_mapped (widget) || (GTK_IS_NATIVE (widget) && widget != look->window) ||
      GTK_IS_SWITCH (
          widget) || /* its state is where its knob is; the theme's marks in it are faint */
      !gtk_widget_is_sensitive (widget) ||
      !gtk_widget_compute_bounds (widget, look->window, &bounds) ||
      !graphene_rect_intersection (&shown, &bounds, &seen))
    return;
  look_for_state (look, widget);
  if (GTK_IS_SCROLLED_WINDOW (widget))
    shown = seen;
  if ((GTK_IS_LABEL (widget) && *gtk_label_get_text (GTK_LABEL (widget)) != '\0') ||
      (GTK_IS_IMAGE (widget) && gtk_image_get_icon_name (GTK_IMAGE (widget)) != NULL))
    {
      if (graphene_rect_contains_rect (&shown, &bounds) && bounds.size.width >= 4 &&
          bounds.size.height >= 4)
        weigh (look, widget, &bounds);
      return;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    look_at (look, child, shown);
}

static GskRenderNode *
draw (GtkWidget *window, int width, int height)
{
  g_autoptr(GdkPaintable) paintable = gtk_widget_paintable_new (window);
  GtkSnapshot *snapshot = gtk_snapshot_new ();

  gdk_paintable_snapshot (paintable, snapshot, width, height);
  return gtk_snapshot_free_to_node (snapshot);
}

void
contrast_look (Contrast *self, GtkWindow *window, const char *where)
{
  Look look = { .found = self, .window = GTK_WIDGET (window), .where = where };
  graphene_rect_t all;

  look.width = gtk_widget_get_width (look.window);
  look.height = gtk_widget_get_height (look.window);
  graphene_rect_init (&all, 0, 0, (float) look.width, (float) look.height);
  if (self->told == NULL)
    self->told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  look.node = draw (look.window, look.width, look.height);
  look.pixels = read_pixels (look.node, look.window, &all);
  look_at (&look, look.window, all);
  gsk_render_node_unref (look.node);
  g_free (look.pixels);
}
