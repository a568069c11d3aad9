/* san-people-room.c - as high as its people need, or less, but never less than a row and a half
 *
 * GTK's own scrolled window asks how high its child would like to be at its least width: for a box
 * that flows that is much higher than at the width that it gets. */
#include "san-people-room.h"

#define ROW_AND_A_HALF 1.5

static GtkSizeRequestMode
get_mode (GtkWidget *box)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static GtkWidget *
get_people (GtkWidget *box)
{
  GtkWidget *scrolled = gtk_widget_get_first_child (box);
  GtkWidget *people = gtk_scrolled_window_get_child (GTK_SCROLLED_WINDOW (scrolled));

  return GTK_IS_VIEWPORT (people) ? gtk_viewport_get_child (GTK_VIEWPORT (people)) : people;
}

static void
measure (GtkWidget *box, GtkOrientation orientation, int for_size, int *minimum, int *natural,
         int *minimum_baseline, int *natural_baseline)
{
  GtkWidget *people = get_people (box);
  GtkWidget *first = gtk_widget_get_first_child (people);
  int high = 0;

  *minimum_baseline = *natural_baseline = -1;
  gtk_widget_measure (people, orientation, for_size, minimum, natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    return;
  if (first != NULL)
    gtk_widget_measure (first, GTK_ORIENTATION_VERTICAL, -1, &high, NULL, NULL, NULL);
  *minimum = MIN (*natural, (int) (ROW_AND_A_HALF * high));
}

static void
allocate (GtkWidget *box, int width, int height, int baseline)
{
  gtk_widget_size_allocate (gtk_widget_get_first_child (box),
                            &(GtkAllocation) { 0, 0, width, height }, -1);
}

void
san_people_room_set (GtkWidget *box)
{
  gtk_widget_set_layout_manager (box, gtk_custom_layout_new (get_mode, measure, allocate));
}
