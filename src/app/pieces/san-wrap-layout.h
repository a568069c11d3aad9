/* san-wrap-layout.h - children one after the other, on as many lines as they need */
#pragma once
#include <gtk/gtk.h>
G_BEGIN_DECLS

#define SAN_TYPE_WRAP_LAYOUT (san_wrap_layout_get_type ())
G_DECLARE_FINAL_TYPE (SanWrapLayout, san_wrap_layout, SAN, WRAP_LAYOUT, GtkLayoutManager)

GtkLayoutManager *san_wrap_layout_new (int spacing);
/* A widget that holds its children so; add them by gtk_widget_set_parent(). */
#define SAN_TYPE_WRAP_BOX (san_wrap_box_get_type ())
G_DECLARE_FINAL_TYPE (SanWrapBox, san_wrap_box, SAN, WRAP_BOX, GtkWidget)
GtkWidget        *san_wrap_box_new    (GtkAccessibleRole role);
void              san_wrap_box_append (SanWrapBox *self, GtkWidget *child);

G_END_DECLS
