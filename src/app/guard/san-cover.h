/* san-cover.h - a plain calm sheet: the day, the programme's name, no data */
#pragma once
#include <gtk/gtk.h>
G_BEGIN_DECLS
GtkWidget *san_cover_new (void);     /* as of today; make it anew for each cover */
G_END_DECLS
