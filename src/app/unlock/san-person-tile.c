/* san-person-tile.c - somebody who can open this store: her short name and what she is */
#include "san-person-tile.h"
#include "san-example.h"
#include "san-i18n.h"
#include "san-sentences.h"

static void
add_line (GtkWidget *box, const char *text, const char *css)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", text, "wrap", TRUE, "justify",
                                   GTK_JUSTIFY_CENTER, NULL);

  gtk_widget_add_css_class (label, css);
  gtk_box_append (GTK_BOX (box), label);
}

GtkWidget *
san_person_tile_new (const SanLoginName *login, gboolean is_example)
{
  GtkWidget *child = gtk_flow_box_child_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  const char *role = g_str_has_prefix (login->role, "slip.")
                       ? login->role + strlen ("slip.") : login->role;
  /* Translators: a person's short name and her role */
  g_autofree char *name = san_words_print (_("%1$s, %2$s"), login->name, san_role_word (role));

  gtk_widget_add_css_class (box, "san-card");
  gtk_widget_add_css_class (box, "card");
  add_line (box, login->name, "heading");
  add_line (box, san_role_word (role), "san-quiet");
  if (login->is_slip)
    add_line (box, _("has a slip"), "san-due");
  else if (is_example)
    add_line (box, san_example_get_passphrase (), "san-protected");
  gtk_flow_box_child_set_child (GTK_FLOW_BOX_CHILD (child), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return child;
}
