/* san-wrap-layout.c - children one after the other, on as many lines as they need
 *
 * Each as wide as it wants to be, at most as wide as a line; nothing is cut. */
#include "san-wrap-layout.h"

struct _SanWrapLayout
{
  GtkLayoutManager parent_instance;

  int spacing;
};

G_DEFINE_FINAL_TYPE (SanWrapLayout, san_wrap_layout, GTK_TYPE_LAYOUT_MANAGER)

/* Places the children in a line of @width, or (allocate FALSE) only finds the height. */
static int
lay (SanWrapLayout *self, GtkWidget *widget, int width, gboolean allocate)
{
  gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int x = 0, y = 0, line = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      int min, natural, w, h;

      if (!gtk_widget_should_layout (child))
        continue;
      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &min, &natural, NULL, NULL);
      w = MAX (min, MIN (natural, width));
      gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, w, NULL, &h, NULL, NULL);
      if (x > 0 && x + w > width)
        {
          x = 0;
          y += line + self->spacing;
          line = 0;
        }
      if (allocate)
        {
          GtkAllocation place = { mirrored ? width - x - w : x, y, w, h };

          gtk_widget_size_allocate (child, &place, -1);
        }
      x += w + self->spacing;
      line = MAX (line, h);
    }
  return y + line;
}

static void
widest (SanWrapLayout *self, GtkWidget *widget, int *minimum, int *natural)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      int min, nat;

      if (!gtk_widget_should_layout (child))
        continue;
      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &min, &nat, NULL, NULL);
      *minimum = MAX (*minimum, min);
      *natural += nat + (*natural > 0 ? self->spacing : 0);
    }
}

static GtkSizeRequestMode
get_request_mode (GtkLayoutManager *manager, GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
measure (GtkLayoutManager *manager, GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
         int *minimum_baseline, int *natural_baseline)
{
  SanWrapLayout *self = SAN_WRAP_LAYOUT (manager);
  int min = 0, nat = 0;

  widest (self, widget, &min, &nat);
  if (orientation == GTK_ORIENTATION_VERTICAL)
    min = nat = lay (self, widget, for_size < 0 ? nat : MAX (for_size, min), FALSE);
  *minimum = min;
  *natural = MAX (min, nat);
}

static void
allocate (GtkLayoutManager *manager, GtkWidget *widget, int width, int height, int baseline)
{
  lay (SAN_WRAP_LAYOUT (manager), widget, width, TRUE);
}

static void
san_wrap_layout_class_init (SanWrapLayoutClass *klass)
{
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  layout_class->get_request_mode = get_request_mode;
  layout_class->measure = measure;
  layout_class->allocate = allocate;
}

static void
san_wrap_layout_init (SanWrapLayout *self)
{
  self->spacing = 6;
}

GtkLayoutManager *
san_wrap_layout_new (int spacing)
{
  SanWrapLayout *self = g_object_new (SAN_TYPE_WRAP_LAYOUT, NULL);

  self->spacing = spacing;
  return GTK_LAYOUT_MANAGER (self);
}

/* ---- a box of that kind ---- */

struct _SanWrapBox { GtkWidget parent_instance; };

G_DEFINE_FINAL_TYPE (SanWrapBox, san_wrap_box, GTK_TYPE_WIDGET)

static void
san_wrap_box_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (san_wrap_box_parent_class)->dispose (object);
}

static void
san_wrap_box_class_init (SanWrapBoxClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = san_wrap_box_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), SAN_TYPE_WRAP_LAYOUT);
}

static void
san_wrap_box_init (SanWrapBox *self)
{
}

GtkWidget *
san_wrap_box_new (GtkAccessibleRole role)
{
  return g_object_new (SAN_TYPE_WRAP_BOX, "accessible-role", role, NULL);
}

void
san_wrap_box_append (SanWrapBox *self, GtkWidget *child)
{
  gtk_widget_set_parent (child, GTK_WIDGET (self));
}
