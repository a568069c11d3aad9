/* san-today-groups.h - the headings between the rows of Today */
#pragma once
#include <gtk/gtk.h>
G_BEGIN_DECLS

/* @week: by the day on which each is due (no drafts among them); else by how pressing they are */
void san_today_groups_use (GtkListBox *list, gboolean week);

G_END_DECLS
