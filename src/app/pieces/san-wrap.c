/* san-wrap.c - children one after the other, in as many lines as they need */
#include "san-wrap.h"

#define GAP       12
#define LINE_GAP  6
#define COLUMNS_EM 56                   /* what columns need at least, in letters of the text */
#define COLUMN    "san-wrap-column"      /* on a child: its column, from 1 on */

struct _SanWrap
{
  GtkLayoutManager parent_instance;
  int gap;
  const guint8 *columns;                /* (nullable) widths of 100, a 0 at the end */
};

G_DEFINE_FINAL_TYPE (SanWrap, san_wrap, GTK_TYPE_LAYOUT_MANAGER)

static int
natural_width (GtkWidget *child, int most)
{
  int minimum, natural;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
  return most >= 0 ? MAX (minimum, MIN (natural, most)) : natural;
}

/* How high a child is; @baseline is -1 for those that do not stand on the line's. */
static int
height_at (GtkWidget *child, int width, int *baseline)
{
  int minimum, natural;

  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, width, &minimum, &natural, NULL, baseline);
  if (gtk_widget_get_valign (child) != GTK_ALIGN_BASELINE)
    *baseline = -1;
  return natural;
}

typedef struct
{
  int above, below;  /* the baseline */
  int height;
  int left;          /* of the width */
} Line;

static void
count_height (Line *line, GtkWidget *child, int width)
{
  int baseline;
  int height = height_at (child, width, &baseline);

  if (baseline >= 0)
    {
      line->above = MAX (line->above, baseline);
      line->below = MAX (line->below, height - baseline);
    }
  line->height = MAX (MAX (line->height, height), line->above + line->below);
}

/* Those from @first on that fit into one line, and who begins the next one. */
static GtkWidget *
measure_line (SanWrap *self, GtkWidget *first, int width, Line *line)
{
  int used = 0;
  GtkWidget *child;

  *line = (Line){ 0 };
  for (child = first; child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      int wide;

      if (!gtk_widget_should_layout (child))
        continue;
      wide = natural_width (child, width);
      if (used > 0 && used + self->gap + wide > width)
        break;
      used += wide + (used > 0 ? self->gap : 0);
      count_height (line, child, wide);
    }
  line->left = MAX (0, width - used);
  return child;
}

/* The first one that wants to grow gets what is left. */
static void
place_line (SanWrap *self, GtkWidget *widget, GtkWidget *first, GtkWidget *end, int y, int width,
            Line line)
{
  gboolean from_right = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int x = 0;

  for (GtkWidget *child = first; child != end; child = gtk_widget_get_next_sibling (child))
    {
      GtkAllocation place = { x, y, 0, line.height };
      int wide, high, baseline;

      if (!gtk_widget_should_layout (child))
        continue;
      wide = natural_width (child, width);
      high = height_at (child, wide, &baseline);
      if (baseline >= 0)
        {
          place.y += line.above - baseline;
          place.height = high;
        }
      if (line.left > 0 && gtk_widget_get_hexpand (child))
        {
          wide += line.left;
          line.left = 0;
        }
      place.width = wide;
      if (from_right)
        place.x = width - x - wide;
      gtk_widget_size_allocate (child, &place, -1);
      x += wide > 0 ? wide + self->gap : 0;
    }
}

/* Columns */

static int
em_of (GtkWidget *widget)
{
  const PangoFontDescription *font =
    pango_context_get_font_description (gtk_widget_get_pango_context (widget));
  int size = pango_font_description_get_size (font) / PANGO_SCALE;

  return pango_font_description_get_size_is_absolute (font) ? size : size * 4 / 3;
}

/* Where the column of @child begins, and how wide it is without the gap behind it. */
static int
column_of (SanWrap *self, GtkWidget *child, int width, int *wide)
{
  guint column = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (child), COLUMN));
  int before = 0;

  for (guint i = 0; i + 1 < column; i++)
    before += self->columns[i];
  *wide = column > 0 ? MAX (0, width * self->columns[column - 1] / 100 - self->gap) : 0;
  return width * before / 100;
}

static gboolean
has_columns (SanWrap *self, GtkWidget *widget, int width)
{
  if (self->columns == NULL || width < COLUMNS_EM * em_of (widget))
    return FALSE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int minimum, wide;

      column_of (self, child, width, &wide);
      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
      if (minimum > wide)
        return FALSE;
    }
  return TRUE;
}

static int
height_in_columns (SanWrap *self, GtkWidget *widget, int width)
{
  int height = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int wide, high, baseline;

      column_of (self, child, width, &wide);
      high = height_at (child, wide, &baseline);
      height = MAX (height, high);
    }
  return height;
}

static void
place_in_columns (SanWrap *self, GtkWidget *widget, int width, int height)
{
  gboolean from_right = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int wide;
      int x = column_of (self, child, width, &wide);
      GtkAllocation place = { from_right ? width - x - wide : x, 0, wide, height };

      gtk_widget_size_allocate (child, &place, -1);
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
  Line line;

  *minimum = *natural = 0;
  if (orientation == GTK_ORIENTATION_VERTICAL && has_columns (self, widget, for_size))
    {
      *minimum = *natural = height_in_columns (self, widget, for_size);
      return;
    }
  if (orientation == GTK_ORIENTATION_VERTICAL)
    {
      for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;)
        {
          child = measure_line (self, child, for_size >= 0 ? for_size : G_MAXINT / 2, &line);
          *natural += line.height + (*natural > 0 && line.height > 0 ? LINE_GAP : 0);
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

  if (has_columns (self, widget, width))
    {
      place_in_columns (self, widget, width, height);
      return;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;)
    {
      Line line;
      GtkWidget *end = measure_line (self, child, width, &line);

      place_line (self, widget, child, end, y, width, line);
      y += line.height + (line.height > 0 ? LINE_GAP : 0);
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

void
san_wrap_set_columns (SanWrap *self, const guint8 *widths)
{
  self->columns = widths;
}

void
san_wrap_append_at (GtkWidget *box, GtkWidget *child, guint column)
{
  g_object_set_data (G_OBJECT (child), COLUMN, GUINT_TO_POINTER (column + 1));
  gtk_box_append (GTK_BOX (box), child);
}

GtkWidget *
san_without_baseline (GtkWidget *child)
{
  GtkWidget *box = san_wrap_box_new (0);

  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), child);
  return box;
}
