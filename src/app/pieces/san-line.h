/* san-line.h - a box whose children stand side by side, cheaply measured */
#pragma once
#include <gtk/gtk.h>
G_BEGIN_DECLS

#define SAN_TYPE_LINE (san_line_get_type ())
G_DECLARE_FINAL_TYPE (SanLine, san_line, SAN, LINE, GtkLayoutManager)

/* A GtkBox for gtk_box_append() and the like; its spacing is @gap and stays so. */
GtkWidget *san_line_new       (int gap);
GtkWidget *san_line_new_level (int gap);        /* and their words stand on one base line */

G_END_DECLS
