/* san-spoken.c - a button whose spoken words are others than those on it
 *
 * Newer GTK says of a button with words that they are its label, and a screen reader then hears
 * them and no others; of a button whose words were exchanged it hears nothing at all. */
#include "san-spoken.h"

void
san_spoken_set (GtkWidget *button, const char *words)
{
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, words,
                                  -1);
}
