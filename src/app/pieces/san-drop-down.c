/* san-drop-down.c - a list of words to choose one of, as a screen reader should hear it
 *
 * GTK 4.8 names the list alone: the button in it takes the focus and has no name, nor has a line.
 * Newer GTK calls both by the chosen line and by nothing else. Here both are called by the question
 * and described by the chosen line. */
#include "san-drop-down.h"
#include "san-spoken.h"

static void
setup_cb (GtkListItemFactory *factory, GtkListItem *cell, gpointer data)
{
  gtk_list_item_set_child (cell, g_object_new (GTK_TYPE_LABEL, "wrap", TRUE, "xalign", 0.0,
                                               "natural-wrap-mode", GTK_NATURAL_WRAP_NONE, NULL));
}

static void
bind_cb (GtkListItemFactory *factory, GtkListItem *cell, gpointer data)
{
  GtkWidget *label = gtk_list_item_get_child (cell);
  const char *words = gtk_string_object_get_string (gtk_list_item_get_item (cell));

  gtk_label_set_label (GTK_LABEL (label), words);
  if (gtk_widget_get_parent (label) != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_parent (label)),
                                    GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
}

/* What the button shows of the chosen line is no stop of its own. */
static void
stop_inside (GtkWidget *widget)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      gtk_widget_set_focusable (child, FALSE);
      stop_inside (child);
    }
}

static void
chosen_cb (GtkDropDown *drop, GParamSpec *pspec, gpointer data)
{
  gpointer chosen = gtk_drop_down_get_selected_item (drop);
  const char *words = chosen != NULL ? gtk_string_object_get_string (chosen) : "";
  GtkWidget *button = gtk_widget_get_first_child (GTK_WIDGET (drop));

  gtk_accessible_update_property (GTK_ACCESSIBLE (drop), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words,
                                  -1);
  if (button != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                    words, -1);
}

void
san_drop_down_name (GtkDropDown *drop, const char *question)
{
  g_autoptr(GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  GtkWidget *button = gtk_widget_get_first_child (GTK_WIDGET (drop));

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  gtk_drop_down_set_factory (drop, factory);
  g_signal_connect (drop, "notify::selected-item", G_CALLBACK (chosen_cb), NULL);
  san_spoken_set (GTK_WIDGET (drop), question);
  chosen_cb (drop, NULL, NULL);
  if (button == NULL)
    return;
  san_spoken_set (button, question);
  stop_inside (button);
}
