/* fit.c - the room that widgets have and need, at the size that the window has now
 *
 * Exact where a picture is not: what GTK would cut is read from the layouts and the allocations.
 * A widget may leave its parent only by SLACK, and only what scrolls may hide what it holds. */
#include "fit.h"
#include <math.h>
#include <string.h>

#define SLACK 1.5f
#define FAR   1e6f

typedef struct
{
  Fit        *fit;
  GtkWidget  *window;
  const char *where;
} Look;

static void G_GNUC_PRINTF (4, 5)
tell (Look *look, guint *count, GtkWidget *widget, const char *format, ...)
{
  g_autofree char *what = NULL, *line = NULL;
  const char *text = GTK_IS_LABEL (widget) ? gtk_label_get_text (GTK_LABEL (widget))
                                           : gtk_widget_get_css_name (widget);
  GtkWidget *parent = gtk_widget_get_parent (widget);
  va_list list;

  va_start (list, format);
  what = g_strdup_vprintf (format, list);
  va_end (list);
  ++*count;
  line = g_strdup_printf ("%s: %s “%s” in %s: %s", look->where, G_OBJECT_TYPE_NAME (widget), text,
                          parent != NULL ? G_OBJECT_TYPE_NAME (parent) : "-", what);
  if (g_hash_table_add (look->fit->told, g_strdup (line)))
    g_print ("# %s\n", line);
}

static void
look_at_label (Look *look, GtkLabel *label)
{
  PangoLayout *layout = gtk_label_get_layout (label);
  int width, height, has_width = gtk_widget_get_width (GTK_WIDGET (label)),
                     has_height = gtk_widget_get_height (GTK_WIDGET (label));

  look->fit->labels++;
  if (*gtk_label_get_text (label) == '\0')
    return;
  pango_layout_get_pixel_size (layout, &width, &height);
  if (pango_layout_is_ellipsized (layout))
    tell (look, &look->fit->ellipsised, GTK_WIDGET (label), "ellipsised");
  else if (width > has_width + 1 || height > has_height + 1)
    tell (look, &look->fit->clipped, GTK_WIDGET (label), "needs %d×%d, has %d×%d", width, height,
          has_width, has_height);
}

static gboolean
lies_within (const graphene_rect_t *inner, const graphene_rect_t *outer)
{
  return inner->origin.x >= outer->origin.x - SLACK && inner->origin.y >= outer->origin.y - SLACK &&
         inner->origin.x + inner->size.width <= outer->origin.x + outer->size.width + SLACK &&
         inner->origin.y + inner->size.height <= outer->origin.y + outer->size.height + SLACK;
}

/* What may lie upon each other: layers, scrollbars over what they scroll, insides of text. */
static gboolean
may_overlap (GtkWidget *parent)
{
  return GTK_IS_OVERLAY (parent) || GTK_IS_STACK (parent) || GTK_IS_SCROLLED_WINDOW (parent) ||
         GTK_IS_TEXT (parent) || GTK_IS_TEXT_VIEW (parent) || GTK_IS_WINDOW (parent) ||
         GTK_IS_RANGE (parent);
}

static void
look_for_overlaps (Look *look, GtkWidget *parent)
{
  if (may_overlap (parent))
    return;
  for (GtkWidget *a = gtk_widget_get_first_child (parent); a != NULL;
       a = gtk_widget_get_next_sibling (a))
    for (GtkWidget *b = gtk_widget_get_next_sibling (a); b != NULL && gtk_widget_get_mapped (a);
         b = gtk_widget_get_next_sibling (b))
      {
        graphene_rect_t one, other, both;

        if (!gtk_widget_get_mapped (b) || GTK_IS_NATIVE (a) || GTK_IS_NATIVE (b) ||
            !gtk_widget_compute_bounds (a, parent, &one) ||
            !gtk_widget_compute_bounds (b, parent, &other) ||
            !graphene_rect_intersection (&one, &other, &both) || both.size.width <= SLACK ||
            both.size.height <= SLACK)
          continue;
        tell (look, &look->fit->overlaps, a, "overlaps %s by %.0f×%.0f", G_OBJECT_TYPE_NAME (b),
              both.size.width, both.size.height);
      }
}

/* The part of the window in which a child is drawn or can be scrolled to. */
static graphene_rect_t
reach_of_children (Look *look, GtkWidget *widget, const graphene_rect_t *bounds,
                   graphene_rect_t reach)
{
  if (GTK_IS_SCROLLED_WINDOW (widget))
    {
      GtkScrolledWindow *scrolled = GTK_SCROLLED_WINDOW (widget);
      GtkAdjustment *sideways = gtk_scrolled_window_get_hadjustment (scrolled);
      GtkPolicyType across, down;

      gtk_scrolled_window_get_policy (scrolled, &across, &down);
      if (gtk_adjustment_get_upper (sideways) - gtk_adjustment_get_page_size (sideways) > 1)
        tell (look, &look->fit->sideways, widget, "scrolls sideways by %.0f",
              gtk_adjustment_get_upper (sideways) - gtk_adjustment_get_page_size (sideways));
      graphene_rect_init (&reach, bounds->origin.x,
                          down == GTK_POLICY_NEVER ? bounds->origin.y : -FAR, bounds->size.width,
                          down == GTK_POLICY_NEVER ? bounds->size.height : 2 * FAR);
    }
  else if (gtk_widget_get_overflow (widget) == GTK_OVERFLOW_HIDDEN && !GTK_IS_SCROLLABLE (widget))
    graphene_rect_intersection (&reach, bounds, &reach);
  return reach;
}

static void
look_at (Look *look, GtkWidget *widget, graphene_rect_t reach)
{
  graphene_rect_t bounds;

  if (!gtk_widget_get_mapped (widget) || (GTK_IS_NATIVE (widget) && widget != look->window) ||
      !gtk_widget_compute_bounds (widget, look->window, &bounds))
    return;
  if (GTK_IS_LABEL (widget))
    look_at_label (look, GTK_LABEL (widget));
  if (bounds.size.width > 0 && bounds.size.height > 0 && widget != look->window &&
      !lies_within (&bounds, &reach))
    {
      tell (look, &look->fit->clipped, widget, "is cut: %.0f,%.0f %.0f×%.0f of %.0f,%.0f %.0f×%.0f",
            bounds.origin.x, bounds.origin.y, bounds.size.width, bounds.size.height, reach.origin.x,
            reach.origin.y, reach.size.width, reach.size.height);
      return;                       /* what it holds is cut with it */
    }
  if (GTK_IS_TEXT_VIEW (widget) || GTK_IS_RANGE (widget) || GTK_IS_SWITCH (widget))
    return;
  if (GTK_IS_TEXT (widget) && *gtk_editable_get_text (GTK_EDITABLE (widget)) != '\0')
    return;                         /* what was typed may be longer than its field */
  look_for_overlaps (look, widget);
  reach = reach_of_children (look, widget, &bounds, reach);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    look_at (look, child, reach);
}

/* Who makes the window larger than the screen: the deepest one that alone needs that much. */
static GtkWidget *
find_large (GtkWidget *widget, GtkOrientation orientation, int room, int *needs)
{
  int least;

  if (!gtk_widget_get_mapped (widget))
    return NULL;
  gtk_widget_measure (widget, orientation, -1, &least, NULL, NULL, NULL);
  if (least <= room)
    return NULL;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *deeper =
          GTK_IS_NATIVE (child) ? NULL : find_large (child, orientation, room, needs);

      if (deeper != NULL)
        return deeper;
    }
  *needs = least;
  return widget;
}

void
fit_look (Fit *self, GtkWindow *window, const char *where)
{
  Look look = { self, GTK_WIDGET (window), where };
  int width = gtk_widget_get_width (look.window), height = gtk_widget_get_height (look.window),
      needs = 0;
  graphene_rect_t screen;
  GtkWidget *large;

  if (self->told == NULL)
    self->told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if (width > FIT_WIDTH &&
      (large = find_large (look.window, GTK_ORIENTATION_HORIZONTAL, FIT_WIDTH, &needs)) != NULL)
    tell (&look, &self->clipped, large, "is %d wide", needs);
  if (height > FIT_HEIGHT &&
      (large = find_large (look.window, GTK_ORIENTATION_VERTICAL, FIT_HEIGHT, &needs)) != NULL)
    tell (&look, &self->clipped, large, "is %d high", needs);
  graphene_rect_init (&screen, 0, 0, MIN (width, FIT_WIDTH), MIN (height, FIT_HEIGHT));
  look_at (&look, look.window, screen);
}

/* Four new letters for ten: vowels are doubled, which no words of a pattern can suffer from. */
static char *
longer (const char *text)
{
  GString *grown = g_string_new (NULL);
  double owed = 0;

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar letter = g_utf8_get_char (at);

      g_string_append_unichar (grown, letter);
      if (!g_unichar_isalnum (letter) && !g_unichar_ismark (letter))
        continue;
      owed += 0.4;
      for (; owed >= 1 && g_unichar_isalpha (letter); owed--)
        g_string_append_unichar (grown, letter);
    }
  return g_string_free (grown, FALSE);
}

void
fit_lengthen (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget) && !gtk_label_get_use_markup (GTK_LABEL (widget)))
    {
      const char *text = gtk_label_get_text (GTK_LABEL (widget));
      g_autofree char *grown = longer (text);

      if (g_strcmp0 (text, g_object_get_data (G_OBJECT (widget), "longer")) == 0)
        return;                     /* is so already */
      gtk_label_set_text (GTK_LABEL (widget), grown);
      g_object_set_data_full (G_OBJECT (widget), "longer", g_strdup (grown), g_free);
      return;
    }
  if (GTK_IS_TEXT (widget))
    return;                         /* a field is made as wide as its hint when it is made */
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    fit_lengthen (child);
}

guint
fit_count (const Fit *self)
{
  return self->ellipsised + self->clipped + self->overlaps + self->sideways;
}
