/* contrast.c - the contrast of words as they are drawn
 *
 * Of each label and icon the pixels are read: the ground is the corner of its own rectangle, the ink
 * the pixel that differs most from it. Thin strokes are drawn half transparent, so what is found is
 * rather too little than too much. Luminance alone counts, so a picture in grey has the same. */
#include "contrast.h"
#include <math.h>
#include <string.h>

static const char *const states[] = { "san-safety", "san-overdue", "san-due", "san-done", "san-protected" };

typedef struct
{
  Contrast   *found;
  GtkWidget  *window;
  const char *where;
  guchar     *pixels;               /* BGRA */
  int         width, height;
} Look;

static void G_GNUC_PRINTF (4, 5)
tell (Look *look, guint *count, GtkWidget *widget, const char *format, ...)
{
  const char *text = GTK_IS_LABEL (widget) ? gtk_label_get_text (GTK_LABEL (widget))
                   : GTK_IS_IMAGE (widget) ? gtk_image_get_icon_name (GTK_IMAGE (widget)) : gtk_widget_get_css_name (widget);
  g_autofree char *what = NULL, *line = NULL;
  va_list list;

  va_start (list, format);
  what = g_strdup_vprintf (format, list);
  va_end (list);
  ++*count;
  line = g_strdup_printf ("%s: “%s” in %s: %s", look->where, text, G_OBJECT_TYPE_NAME (gtk_widget_get_parent (widget)), what);
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
  int right = (int) floorf (area->origin.x + area->size.width), bottom = (int) floorf (area->origin.y + area->size.height);
  double ground = luminance (look, left, top), most = 1;

  for (int y = top; y < bottom; y++)
    for (int x = left; x < right; x++)
      {
        double ink = luminance (look, x, y);

        most = MAX (most, (MAX (ink, ground) + 0.05) / (MIN (ink, ground) + 0.05));
      }
  return most;
}

static void
weigh (Look *look, GtkWidget *widget, const graphene_rect_t *area)
{
  gboolean word = GTK_IS_LABEL (widget);
  double *least = word ? &look->found->least_word : &look->found->least_mark;
  double limit = word ? CONTRAST_WORDS : CONTRAST_MARKS;
  double contrast = contrast_in (look, area);

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
  if (icon ? GTK_IS_IMAGE (widget) : GTK_IS_LABEL (widget) && *gtk_label_get_text (GTK_LABEL (widget)) != '\0')
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
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
      GTK_IS_SWITCH (widget) ||         /* its state is where its knob is; the theme's marks in it are faint */
      !gtk_widget_is_sensitive (widget) || !gtk_widget_compute_bounds (widget, look->window, &bounds) ||
      !graphene_rect_intersection (&shown, &bounds, &seen))
    return;
  look_for_state (look, widget);
  if (GTK_IS_SCROLLED_WINDOW (widget))
    shown = seen;
  if ((GTK_IS_LABEL (widget) && *gtk_label_get_text (GTK_LABEL (widget)) != '\0') ||
      (GTK_IS_IMAGE (widget) && gtk_image_get_icon_name (GTK_IMAGE (widget)) != NULL))
    {
      if (graphene_rect_contains_rect (&shown, &bounds) && bounds.size.width >= 4 && bounds.size.height >= 4)
        weigh (look, widget, &bounds);
      return;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    look_at (look, child, shown);
}

static GdkTexture *
draw (GtkWidget *window, int width, int height)
{
  g_autoptr(GdkPaintable) paintable = gtk_widget_paintable_new (window);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  GskRenderNode *node;
  GdkTexture *texture;

  gdk_paintable_snapshot (paintable, snapshot, width, height);
  node = gtk_snapshot_free_to_node (snapshot);
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (window)), node,
                                         &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));
  gsk_render_node_unref (node);
  return texture;
}

void
contrast_look (Contrast *self, GtkWindow *window, const char *where)
{
  Look look = { self, GTK_WIDGET (window), where, NULL, gtk_widget_get_width (GTK_WIDGET (window)),
                gtk_widget_get_height (GTK_WIDGET (window)) };
  g_autoptr(GdkTexture) texture = draw (look.window, look.width, look.height);
  g_autofree guchar *pixels = g_malloc ((size_t) look.width * (size_t) look.height * 4);

  if (self->told == NULL)
    self->told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gdk_texture_download (texture, pixels, (size_t) look.width * 4);
  look.pixels = pixels;
  look_at (&look, look.window, (graphene_rect_t) GRAPHENE_RECT_INIT (0, 0, (float) look.width, (float) look.height));
}
