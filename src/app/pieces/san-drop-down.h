/* san-drop-down.h - a list of words to choose one of, as a screen reader should hear it */
#pragma once
#include <gtk/gtk.h>
G_BEGIN_DECLS

/* Names the list, the button that opens it and each of its lines; the words wrap. @drop shows
 * GtkStringObject and gets no other factory. */
void san_drop_down_name (GtkDropDown *drop, const char *question);

G_END_DECLS
