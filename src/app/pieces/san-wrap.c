/* san-wrap.c - children one after the other, in as many lines as they need */
#include "san-wrap.h"

#define GAP       12
#define LINE_GAP  6

struct _SanWrap
{
  GtkLayoutManager parent_instance;
  int gap;
};

G_DEFINE_FINAL_TYPE (SanWrap, san_wrap, GTK_TYPE_LAYOUT_MANAGER)

static int
natural_width (GtkWidget *child, int most)
{
  int minimum, natural;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
  return most >= 0 ? MAX (minimum, MIN (natural, most)) : natural;
}

static int
height_at (GtkWidget *child, int width)
{
  int minimum, natural;

  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, width, &minimum, &natural, NULL, NULL);
  return natural;
}

/* Those from @first on that fit into one line: height, what is left of the width, and who begins
 * the next line. */
static GtkWidget *
measure_line (SanWrap *self, GtkWidget *first, int width, int *height, int *left)
{
  int used = 0;
  GtkWidget *child;

  *height = 0;
  for (child = first; child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      int wide;

      if (!gtk_widget_should_layout (child))
        continue;
      wide = natural_width (child, width);
      if (used > 0 && used + self->gap + wide > width)
        break;
      used += wide + (used > 0 ? self->gap : 0);
      *height = MAX (*height, height_at (child, wide));
    }
  *left = MAX (0, width - used);
  return child;
}

/* The first one that wants to grow gets @left. */
static void
place_line (SanWrap *self, GtkWidget *widget, GtkWidget *first, GtkWidget *end, int y, int width,
            int height, int left)
{
  gboolean from_right = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int x = 0;

  for (GtkWidget *child = first; child != end; child = gtk_widget_get_next_sibling (child))
    {
      GtkAllocation place = { x, y, 0, height };
      int wide;

      if (!gtk_widget_should_layout (child))
        continue;
      wide = natural_width (child, width);
      if (left > 0 && gtk_widget_get_hexpand (child))
        {
          wide += left;
          left = 0;
        }
      place.width = wide;
      if (from_right)
        place.x = width - x - wide;
      gtk_widget_size_allocate (child, &place, -1);
      x += wide > 0 ? wide + self->gap : 0;
    }
}

static GtkSizeRequestMode
get_request_mode (GtkLayoutManager *manager, GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
measure (GtkLayoutManager *manager, GtkWidget *widget, GtkOrientation orientation, int for_size,
         int *minimum, int *natural, int *minimum_baseline, int *natural_baseline)
{
  SanWrap *self = SAN_WRAP (manager);
  int height, left;

  *minimum = *natural = 0;
  if (orientation == GTK_ORIENTATION_VERTICAL)
    {
      for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;)
        {
          child = measure_line (self, child, for_size >= 0 ? for_size : G_MAXINT / 2, &height,
                                &left);
          *natural += height + (*natural > 0 && height > 0 ? LINE_GAP : 0);
        }
      *minimum = *natural;
      return;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int min, nat;

      if (!gtk_widget_should_layout (child))
        continue;
      gtk_widget_measure (child, orientation, -1, &min, &nat, NULL, NULL);
      *minimum = MAX (*minimum, min);
      *natural += nat + (*natural > 0 ? self->gap : 0);
    }
}

static void
allocate (GtkLayoutManager *manager, GtkWidget *widget, int width, int height, int baseline)
{
  SanWrap *self = SAN_WRAP (manager);
  int y = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;)
    {
      int line, left;
      GtkWidget *end = measure_line (self, child, width, &line, &left);

      place_line (self, widget, child, end, y, width, line, left);
      y += line + (line > 0 ? LINE_GAP : 0);
      child = end;
    }
}

static void
san_wrap_class_init (SanWrapClass *klass)
{
  GtkLayoutManagerClass *manager_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  manager_class->get_request_mode = get_request_mode;
  manager_class->measure = measure;
  manager_class->allocate = allocate;
}

static void
san_wrap_init (SanWrap *self)
{
  self->gap = GAP;
}

void
san_wrap_set_gap (SanWrap *self, int gap)
{
  self->gap = gap;
}

GtkWidget *
san_wrap_box_new_as (int gap, GtkAccessibleRole role)
{
  SanWrap *layout = g_object_new (SAN_TYPE_WRAP, NULL);
  GtkWidget *box = g_object_new (GTK_TYPE_BOX, "accessible-role", role, NULL);

  layout->gap = gap;
  gtk_widget_set_layout_manager (box, GTK_LAYOUT_MANAGER (layout));
  return box;
}

GtkWidget *
san_wrap_box_new (int gap)
{
  return san_wrap_box_new_as (gap, GTK_ACCESSIBLE_ROLE_GENERIC);
}

GtkWidget *
san_without_baseline (GtkWidget *child)
{
  GtkWidget *box = san_wrap_box_new (0);

  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), child);
  return box;
}
