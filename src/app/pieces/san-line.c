/* san-line.c - children side by side, as in a horizontal box
 *
 * GTK's own box asks each child how wide it would like to be at its least height; a label that
 * wraps answers that by trying widths, and boxes in boxes ask so again at every depth: a page of
 * eighty labels shaped its text eleven thousand times. Here a child is asked for its width alone,
 * and then how high it is at the width that it gets.
 *
 * Level ones stand on one base line as well, each as high as the row: words of two scripts side by
 * side. GTK's own box takes the height from a child that it puts on a base line. */
#include "san-line.h"

struct _SanLine
{
  GtkLayoutManager parent_instance;
  int gap;
  gboolean level;
};

enum { GAP = 1, LEVEL };

G_DEFINE_FINAL_TYPE (SanLine, san_line, GTK_TYPE_LAYOUT_MANAGER)

static guint
count (GtkWidget *widget, guint *n_expand)
{
  guint n = 0;

  *n_expand = 0;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_should_layout (child))
      {
        n++;
        *n_expand += gtk_widget_compute_expand (child, GTK_ORIENTATION_HORIZONTAL) ? 1 : 0;
      }
  return n;
}

/* Everybody's least, then what they would like, then the rest to those who expand. */
static void
share_out (SanLine *self, GtkWidget *widget, int width, GtkRequestedSize *sizes, guint n,
           guint n_expand)
{
  int rest = width - (int) (n - 1) * self->gap;
  guint i = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_should_layout (child))
      {
        sizes[i].data = child;
        gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &sizes[i].minimum_size,
                            &sizes[i].natural_size, NULL, NULL);
        rest -= sizes[i++].minimum_size;
      }
  rest = gtk_distribute_natural_allocation (MAX (rest, 0), n, sizes);
  for (i = 0; i < n && n_expand > 0; i++)
    if (gtk_widget_compute_expand (sizes[i].data, GTK_ORIENTATION_HORIZONTAL))
      {
        int more = rest / (int) n_expand--;

        sizes[i].minimum_size += more;
        rest -= more;
      }
}

static GtkSizeRequestMode
get_request_mode (GtkLayoutManager *manager, GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
measure_width (SanLine *self, GtkWidget *widget, guint n, int *minimum, int *natural)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int min, nat;

      if (!gtk_widget_should_layout (child))
        continue;
      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &min, &nat, NULL, NULL);
      *minimum += min;
      *natural += nat;
    }
  *minimum += (int) (n - 1) * self->gap;
  *natural += (int) (n - 1) * self->gap;
}

/* How far all of them reach above and below the base line of their words; FALSE: none has one. */
static gboolean
measure_level (const GtkRequestedSize *sizes, guint n, int *above, int *below)
{
  *above = *below = 0;
  for (guint i = 0; i < n; i++)
    {
      int high, base;

      gtk_widget_measure (sizes[i].data, GTK_ORIENTATION_VERTICAL, sizes[i].minimum_size, NULL,
                          &high, NULL, &base);
      if (base < 0)
        return FALSE;
      *above = MAX (*above, base);
      *below = MAX (*below, high - base);
    }
  return TRUE;
}

static void
measure (GtkLayoutManager *manager, GtkWidget *widget, GtkOrientation orientation, int for_size,
         int *minimum, int *natural, int *minimum_baseline, int *natural_baseline)
{
  SanLine *self = SAN_LINE (manager);
  guint n_expand;
  guint n = count (widget, &n_expand);
  g_autofree GtkRequestedSize *sizes = NULL;
  int above, below;

  *minimum = *natural = 0;
  if (n == 0)
    return;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      measure_width (self, widget, n, minimum, natural);
      return;
    }
  sizes = g_new0 (GtkRequestedSize, n);
  if (for_size < 0)
    gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &for_size, NULL, NULL);
  share_out (self, widget, for_size, sizes, n, n_expand);
  for (guint i = 0; i < n; i++)
    {
      int min, nat;

      gtk_widget_measure (sizes[i].data, GTK_ORIENTATION_VERTICAL, sizes[i].minimum_size, &min,
                          &nat, NULL, NULL);
      *minimum = MAX (*minimum, min);
      *natural = MAX (*natural, nat);
    }
  if (self->level && measure_level (sizes, n, &above, &below))
    {
      *minimum = MAX (*minimum, above + below);
      *natural = MAX (*natural, above + below);
    }
}

static void
allocate (GtkLayoutManager *manager, GtkWidget *widget, int width, int height, int baseline)
{
  SanLine *self = SAN_LINE (manager);
  gboolean from_right = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  guint n_expand;
  guint n = count (widget, &n_expand);
  g_autofree GtkRequestedSize *sizes = NULL;
  int x = 0, base = -1, above, below;

  if (n == 0)
    return;
  sizes = g_new0 (GtkRequestedSize, n);
  share_out (self, widget, width, sizes, n, n_expand);
  if (self->level && measure_level (sizes, n, &above, &below))
    base = above + MAX (0, height - above - below) / 2;
  for (guint i = 0; i < n; i++)
    {
      int wide = sizes[i].minimum_size;
      GtkAllocation place = { from_right ? width - x - wide : x, 0, wide, height };

      gtk_widget_size_allocate (sizes[i].data, &place, base);
      x += wide + self->gap;
    }
}

static void
san_line_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == GAP)
    SAN_LINE (object)->gap = g_value_get_int (value);
  else if (id == LEVEL)
    SAN_LINE (object)->level = g_value_get_boolean (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
san_line_class_init (SanLineClass *klass)
{
  GtkLayoutManagerClass *manager_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  G_OBJECT_CLASS (klass)->set_property = san_line_set_property;
  manager_class->get_request_mode = get_request_mode;
  manager_class->measure = measure;
  manager_class->allocate = allocate;
  g_object_class_install_property (G_OBJECT_CLASS (klass), GAP,
                                   g_param_spec_int ("gap", NULL, NULL, 0, 200, 0,
                                                     G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS));
  g_object_class_install_property (G_OBJECT_CLASS (klass), LEVEL,
                                   g_param_spec_boolean ("level", NULL, NULL, FALSE,
                                                         G_PARAM_WRITABLE |
                                                           G_PARAM_STATIC_STRINGS));
}

static void
san_line_init (SanLine *self)
{
}

static GtkWidget *
make_box (int gap, gboolean level)
{
  GtkWidget *box = g_object_new (GTK_TYPE_BOX, NULL);

  gtk_widget_set_layout_manager (box, g_object_new (SAN_TYPE_LINE, "gap", gap, "level", level,
                                                    NULL));
  return box;
}

GtkWidget *
san_line_new (int gap)
{
  return make_box (gap, FALSE);
}

GtkWidget *
san_line_new_level (int gap)
{
  return make_box (gap, TRUE);
}
