/* san-spoken.h - a button whose spoken words are others than those on it */
#pragma once
#include <gtk/gtk.h>
G_BEGIN_DECLS

/* A screen reader calls @button @words, whatever stands on it. Its own words must not be set anew
 * afterwards: GTK 4.8 would speak those. */
void san_spoken_set (GtkWidget *button, const char *words);

G_END_DECLS
