/* san-menu.c - buttons with an access key and menus, as a screen reader should hear them
 *
 * GTK 4.8 names such a button twice, "_Save Save", and what scrolls in a menu not at all. Newer GTK
 * says the words of a menu button twice, and those of the lines of a menu never. */
#include "san-menu.h"
#include "san-spoken.h"

/* GTK's buttons in a menu are of no public type, but have properties. */
static void
name_lines (GtkWidget *widget)
{
  g_autofree char *words = NULL;

  if (g_object_class_find_property (G_OBJECT_GET_CLASS (widget), "menu-name") != NULL)
    g_object_get (widget, "text", &words, NULL);
  if (words != NULL)
    san_spoken_set (widget, words);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    name_lines (child);
}

void
san_menu_set (GtkMenuButton *button, GMenuModel *menu, const char *name)
{
  GtkPopover *popover;

  gtk_menu_button_set_menu_model (button, menu);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  popover = gtk_menu_button_get_popover (button);
  if (popover == NULL)
    return;
  if (gtk_popover_get_child (popover) != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_popover_get_child (popover)),
                                    GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  name_lines (GTK_WIDGET (popover));
}

void
san_menu_name_key (GtkButton *button)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", gtk_button_get_label (button),
                                   "use-underline", TRUE, NULL);

  gtk_button_set_child (button, label);
  gtk_widget_add_css_class (GTK_WIDGET (button), "text-button");
  san_spoken_set (GTK_WIDGET (button), gtk_label_get_text (GTK_LABEL (label)));
}
