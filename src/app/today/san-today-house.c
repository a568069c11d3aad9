/* san-today-house.c - Today of a house mother */
#include "san-today-house.h"
#include "san-i18n.h"

#define ROLE_HOUSE "house"
#define PICTURE    48

static void
welcome_cb (SanDesk *desk)
{
  san_desk_go_page (desk, "admit");
}

static void
note_cb (SanDesk *desk)
{
  san_desk_go_form (desk, "day-note", NULL, NULL);
}

static void
happened_cb (SanDesk *desk)
{
  san_desk_go_form (desk, "incident", NULL, NULL);
}

gboolean
san_today_is_house (SanDesk *desk)
{
  return g_str_equal (san_centre_get_role (san_desk_get_centre (desk)), ROLE_HOUSE);
}

/* The picture of the house pages if it is drawn, else the theme's. */
static const char *
picture (const char *ours, const char *other)
{
  return gtk_icon_theme_has_icon (gtk_icon_theme_get_for_display (gdk_display_get_default ()), ours)
           ? ours
           : other;
}

static void
add_button (GtkBox *large, SanDesk *desk, const char *icon, const char *word,
            void (*clicked) (SanDesk *))
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", word, "wrap", TRUE, "justify",
                                   GTK_JUSTIFY_CENTER, NULL);

  gtk_box_append (GTK_BOX (box),
                  g_object_new (GTK_TYPE_IMAGE, "icon-name", icon, "pixel-size", PICTURE,
                                "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL));
  gtk_widget_add_css_class (label, "title-4");
  gtk_box_append (GTK_BOX (box), label);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_add_css_class (button, "card");
  gtk_widget_add_css_class (button, "san-large-button");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, word, -1);
  g_signal_connect_object (button, "clicked", G_CALLBACK (clicked), desk, G_CONNECT_SWAPPED);
  gtk_box_append (large, button);
}

void
san_today_house_fill (GtkBox *large, SanDesk *desk)
{
  add_button (large, desk, picture ("house-welcome-symbolic", "list-add-symbolic"),
              _("Welcome a child"), welcome_cb);
  add_button (large, desk, picture ("house-note-symbolic", "document-edit-symbolic"),
              _("Day's note"), note_cb);
  add_button (large, desk, picture ("house-happened-symbolic", "dialog-information-symbolic"),
              _("Something happened"), happened_cb);
}
