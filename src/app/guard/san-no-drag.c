/* san-no-drag.c - what is selected in a text is not dragged out of it
 *
 * GTK keeps copies of dragged words for as long as the process lives: they would outlive a lock. A
 * drag begins on what is selected, so a press gives the selection up before the text sees it; cut,
 * copy and paste stay. With Shift a press goes on selecting. */
#include "san-no-drag.h"

static void
give_up_selection (GtkWidget *widget)
{
  GtkWidget *view = gtk_widget_get_ancestor (widget, GTK_TYPE_TEXT_VIEW);
  GtkWidget *text = gtk_widget_get_ancestor (widget, GTK_TYPE_TEXT);
  int start, end;

  if (view != NULL)
    {
      GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
      GtkTextIter at;

      gtk_text_buffer_get_iter_at_mark (buffer, &at, gtk_text_buffer_get_insert (buffer));
      if (gtk_text_buffer_get_has_selection (buffer))
        gtk_text_buffer_place_cursor (buffer, &at);
    }
  else if (text != NULL &&
           gtk_editable_get_selection_bounds (GTK_EDITABLE (text), &start, &end))
    gtk_editable_set_position (GTK_EDITABLE (text),
                               gtk_editable_get_position (GTK_EDITABLE (text)));
}

/* By finger nothing is dragged out, and handles that end a selection are pressed. */
static void
pressed_cb (GtkGestureClick *click, int n, double x, double y, GtkWidget *window)
{
  GtkEventController *controller = GTK_EVENT_CONTROLLER (click);
  GdkEvent *event = gtk_event_controller_get_current_event (controller);
  GtkWidget *under = gtk_widget_pick (window, x, y, GTK_PICK_DEFAULT);

  if (under == NULL || event == NULL || gdk_event_get_event_type (event) != GDK_BUTTON_PRESS ||
      (gtk_event_controller_get_current_event_state (controller) & GDK_SHIFT_MASK) != 0)
    return;
  give_up_selection (under);
}

void
san_no_drag_install (GtkWidget *window)
{
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (click), GTK_PHASE_CAPTURE);
  g_signal_connect (click, "pressed", G_CALLBACK (pressed_cb), window);
  gtk_widget_add_controller (window, GTK_EVENT_CONTROLLER (click));
}
