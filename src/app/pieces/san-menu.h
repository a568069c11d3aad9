/* san-menu.h - buttons with an access key and menus, as a screen reader should hear them */
#pragma once
#include <gtk/gtk.h>
G_BEGIN_DECLS

/* The menu behind @button; both are called @name, since what scrolls in it takes the focus too.
 * Lines that come into @menu later are without a name where GTK gives them none. */
void san_menu_set      (GtkMenuButton *button, GMenuModel *menu, const char *name);
/* The words of @button have an underscore for its access key: it is not spoken, and they are said
 * once. */
void san_menu_name_key (GtkButton *button);

G_END_DECLS
