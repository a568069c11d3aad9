/* san-no-drag.h - what is selected in a text is not dragged out of it */
#pragma once
#include <gtk/gtk.h>
G_BEGIN_DECLS
void san_no_drag_install (GtkWidget *window);
G_END_DECLS
