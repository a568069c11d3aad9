/* san-lines.c - lines of text that wrap, with an icon and a word */
#include "san-lines.h"
#include "san-line.h"

GtkWidget *
san_line_label (const char *text, const char *css)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", text, "wrap", TRUE, "xalign", 0.0,
                                   "wrap-mode", PANGO_WRAP_WORD_CHAR, NULL);

  if (css != NULL)
    gtk_widget_add_css_class (label, css);
  return label;
}

GtkWidget *
san_line_row (const char *icon, const char *text, const char *quiet, const char *css)
{
  GtkWidget *row = san_line_new (12);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);

  if (icon != NULL)
    {
      GtkWidget *image = g_object_new (GTK_TYPE_IMAGE, "icon-name", icon, "accessible-role",
                                       GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

      if (css != NULL)
        gtk_widget_add_css_class (image, css);
      if (quiet != NULL)                /* beside the first line */
        g_object_set (image, "valign", GTK_ALIGN_START, "margin-top", 2, NULL);
      gtk_box_append (GTK_BOX (row), image);
    }
  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  g_object_set_data (G_OBJECT (row), "words", words);
  gtk_box_append (GTK_BOX (words), san_line_label (text, NULL));
  if (quiet != NULL)
    gtk_box_append (GTK_BOX (words), san_line_label (quiet, "san-quiet"));
  gtk_box_append (GTK_BOX (row), words);
  return row;
}

GtkWidget *
san_line_row_get_words (GtkWidget *row)
{
  return g_object_get_data (G_OBJECT (row), "words");
}

GtkWidget *
san_line_check (const char *words, const char *quiet)
{
  GtkWidget *check = gtk_check_button_new ();
  GtkWidget *mark = gtk_widget_get_first_child (check);

  if (mark != NULL)
    gtk_widget_set_valign (mark, GTK_ALIGN_START);
  gtk_widget_add_css_class (check, "san-check");
  gtk_check_button_set_child (GTK_CHECK_BUTTON (check), san_line_row (NULL, words, quiet, NULL));
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  if (quiet != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                    quiet, -1);
  return check;
}

GtkWidget *
san_line_quiet (const char *icon, const char *text, const char *css)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *label = san_line_label (text, NULL);
  GtkWidget *image = g_object_new (GTK_TYPE_IMAGE, "icon-name", icon, "pixel-size", 40,
                                   "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

  g_object_set (label, "xalign", 0.5, "justify", GTK_JUSTIFY_CENTER, "max-width-chars", 60, NULL);
  gtk_widget_add_css_class (box, css);
  gtk_widget_set_vexpand (box, TRUE);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_widget_set_halign (box, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), image);
  gtk_box_append (GTK_BOX (box), label);
  return box;
}

GtkWidget *
san_line_calm (const char *icon, const char *text, const char *more)
{
  GtkWidget *box = san_line_quiet (icon, text, "san-calm");
  GtkWidget *label = san_line_label (more, "san-quiet");

  g_object_set (label, "xalign", 0.5, "justify", GTK_JUSTIFY_CENTER, "max-width-chars", 60, NULL);
  gtk_widget_add_css_class (gtk_widget_get_last_child (box), "title-4");
  gtk_widget_add_css_class (gtk_widget_get_first_child (box), "san-quiet");
  gtk_box_append (GTK_BOX (box), label);
  return box;
}

GtkWidget *
san_line_button (const char *word, const char *name)
{
  GtkWidget *button = gtk_button_new ();

  gtk_button_set_child (GTK_BUTTON (button),
                        g_object_new (GTK_TYPE_LABEL, "label", word, "wrap", TRUE, "justify",
                                      GTK_JUSTIFY_CENTER, NULL));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name != NULL ? name : word, -1);
  return button;
}

void
san_line_button_set_word (GtkWidget *button, const char *word)
{
  gtk_label_set_label (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))), word);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, word, -1);
}

GtkWidget *
san_line_card (const char *heading, GtkWidget **lines)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (card, "san-card");
  gtk_widget_set_hexpand (card, TRUE);
  if (heading != NULL)
    gtk_box_append (GTK_BOX (card), san_line_label (heading, "heading"));
  *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_box_append (GTK_BOX (card), *lines);
  return card;
}

void
san_lines_clear (GtkWidget *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (box)) != NULL)
    gtk_box_remove (GTK_BOX (box), child);
}
