/* san-two-columns.c - two children side by side, or one under the other */
#include "san-two-columns.h"

#define GAP         18
#define FIRST_SHARE 60                   /* of 100 */
#define FIRST_EM    34

struct _SanTwoColumns
{
  GtkLayoutManager parent_instance;
  int share;                            /* of the first, of 100 */
};

G_DEFINE_FINAL_TYPE (SanTwoColumns, san_two_columns, GTK_TYPE_LAYOUT_MANAGER)

typedef struct { GtkWidget *first, *second; } Pair;

static Pair
children_of (GtkWidget *widget)
{
  Pair pair = { NULL, NULL };

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      if (!gtk_widget_should_layout (child))
        continue;
      if (pair.first == NULL)
        pair.first = child;
      else if (pair.second == NULL)
        pair.second = child;
    }
  return pair;
}

static int
em_of (GtkWidget *widget)
{
  const PangoFontDescription
    *font = pango_context_get_font_description (gtk_widget_get_pango_context (widget));
  int size = pango_font_description_get_size (font) / PANGO_SCALE;

  return pango_font_description_get_size_is_absolute (font) ? size : size * 4 / 3;
}

static int
minimum_width (GtkWidget *child)
{
  int minimum;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  return minimum;
}

static int
share_of (GtkWidget *widget)
{
  return SAN_TWO_COLUMNS (gtk_widget_get_layout_manager (widget))->share;
}

/* Width of the first column; 0: stacked. */
static int
first_width (GtkWidget *widget, const Pair *pair, int width)
{
  int first = (width - GAP) * share_of (widget) / 100;

  if (pair->second == NULL || first < FIRST_EM * em_of (widget) ||
      first < minimum_width (pair->first) || width - GAP - first < minimum_width (pair->second))
    return 0;
  return first;
}

static GtkSizeRequestMode
get_request_mode (GtkLayoutManager *manager, GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
measure_width (GtkWidget *widget, const Pair *pair, int *minimum, int *natural)
{
  int min, nat;

  *minimum = *natural = 0;
  if (pair->first != NULL)
    gtk_widget_measure (pair->first, GTK_ORIENTATION_HORIZONTAL, -1, minimum, natural, NULL, NULL);
  if (pair->second == NULL)
    return;
  gtk_widget_measure (pair->second, GTK_ORIENTATION_HORIZONTAL, -1, &min, &nat, NULL, NULL);
  *minimum = MAX (*minimum, min);
  *natural = MAX (*natural * 100 / share_of (widget), nat * 100 / (100 - share_of (widget))) + GAP;
}

static void
measure_height (GtkWidget *widget, const Pair *pair, int width, int *minimum, int *natural)
{
  int first = width >= 0 && pair->second != NULL ? first_width (widget, pair, width) : 0;
  int min, nat;

  *minimum = *natural = 0;
  if (pair->first != NULL)
    gtk_widget_measure (pair->first, GTK_ORIENTATION_VERTICAL, first > 0 ? first : width, minimum,
                        natural, NULL, NULL);
  if (pair->second == NULL)
    return;
  gtk_widget_measure (pair->second, GTK_ORIENTATION_VERTICAL,
                      first > 0 ? width - GAP - first : width, &min, &nat, NULL, NULL);
  *minimum = first > 0 ? MAX (*minimum, min) : *minimum + GAP + min;
  *natural = first > 0 ? MAX (*natural, nat) : *natural + GAP + nat;
}

static void
measure (GtkLayoutManager *manager, GtkWidget *widget, GtkOrientation orientation, int for_size,
         int *minimum, int *natural, int *minimum_baseline, int *natural_baseline)
{
  Pair pair = children_of (widget);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    measure_width (widget, &pair, minimum, natural);
  else
    measure_height (widget, &pair, for_size, minimum, natural);
}

static void
allocate (GtkLayoutManager *manager, GtkWidget *widget, int width, int height, int baseline)
{
  Pair pair = children_of (widget);
  int first = first_width (widget, &pair, width);
  gboolean from_right = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int above, below;

  if (pair.first == NULL)
    return;
  if (pair.second == NULL)
    {
      gtk_widget_size_allocate (pair.first, &(GtkAllocation) { 0, 0, width, height }, -1);
      return;
    }
  if (first > 0)
    {
      int second = width - GAP - first;
      GtkAllocation one = { 0, 0, first, height };
      GtkAllocation two = { first + GAP, 0, second, height };

      if (from_right)
        {
          one.x = second + GAP;
          two.x = 0;
        }
      gtk_widget_size_allocate (pair.first, &one, -1);
      gtk_widget_size_allocate (pair.second, &two, -1);
      return;
    }
  gtk_widget_measure (pair.first, GTK_ORIENTATION_VERTICAL, width, NULL, &above, NULL, NULL);
  gtk_widget_size_allocate (pair.first, &(GtkAllocation) { 0, 0, width, above }, -1);
  below = MAX (0, height - above - GAP);
  gtk_widget_size_allocate (pair.second, &(GtkAllocation) { 0, above + GAP, width, below }, -1);
}

static void
san_two_columns_class_init (SanTwoColumnsClass *klass)
{
  GtkLayoutManagerClass *manager_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  manager_class->get_request_mode = get_request_mode;
  manager_class->measure = measure;
  manager_class->allocate = allocate;
}

static void
san_two_columns_init (SanTwoColumns *self)
{
  self->share = FIRST_SHARE;
}

GtkWidget *
san_two_columns_box_new (int share)
{
  SanTwoColumns *layout = g_object_new (SAN_TYPE_TWO_COLUMNS, NULL);
  GtkWidget *box = g_object_new (GTK_TYPE_BOX, NULL);

  layout->share = share;
  gtk_widget_set_layout_manager (box, GTK_LAYOUT_MANAGER (layout));
  return box;
}
