/* san-menu.c - buttons with an access key and menus, as a screen reader should hear them
 *
 * GTK 4.8 names such a button twice, "_Save Save", and what scrolls in a menu not at all. */
#include "san-menu.h"

void
san_menu_set (GtkMenuButton *button, GMenuModel *menu, const char *name)
{
  GtkPopover *popover;

  gtk_menu_button_set_menu_model (button, menu);
  popover = gtk_menu_button_get_popover (button);
  if (popover != NULL && gtk_popover_get_child (popover) != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_popover_get_child (popover)),
                                    GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

void
san_menu_name_key (GtkButton *button)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", gtk_button_get_label (button),
                                   "use-underline", TRUE, NULL);

  gtk_button_set_child (button, label);
  gtk_widget_add_css_class (GTK_WIDGET (button), "text-button");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  gtk_label_get_text (GTK_LABEL (label)), -1);
}
