/* san-digit-buttons.c - two buttons, of which one is pressed; each shows what it gives */
#include "san-digit-buttons.h"
#include "san-column.h"
#include "san-digits.h"
#include "san-i18n.h"
#include "san-line.h"

#define SAMPLE "1 2 3"

typedef struct { SanDigitsChosen chosen; GtkWidget *owner; } Wish;

static void
toggled_cb (GtkToggleButton *button, Wish *wish)
{
  if (gtk_toggle_button_get_active (button))
    wish->chosen (wish->owner, GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "own")));
}

static GtkToggleButton *
add_button (GtkWidget *row, const char *words, gboolean own, GtkToggleButton *group)
{
  GtkWidget *button = gtk_toggle_button_new_with_label (words);

  gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), group);
  g_object_set_data (G_OBJECT (button), "own", GINT_TO_POINTER (own));
  gtk_box_append (GTK_BOX (row), button);
  return GTK_TOGGLE_BUTTON (button);
}

GtkWidget *
san_digit_buttons_new (const char *language, gboolean own, SanDigitsChosen chosen, GtkWidget *owner)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *row = san_line_new_level (6);
  g_autofree char *sample = san_digits_dup_own (language, SAMPLE);
  GtkToggleButton *latin = add_button (row, SAMPLE, FALSE, NULL);
  GtkToggleButton *script = add_button (row, sample, TRUE, latin);
  Wish *wish = g_new0 (Wish, 1);

  *wish = (Wish) { chosen, owner };
  g_object_set (row, "accessible-role", GTK_ACCESSIBLE_ROLE_RADIO_GROUP, NULL);
  g_object_set_data_full (G_OBJECT (box), "wish", wish, g_free);
  gtk_toggle_button_set_active (own ? script : latin, TRUE);
  g_signal_connect (latin, "toggled", G_CALLBACK (toggled_cb), wish);
  g_signal_connect (script, "toggled", G_CALLBACK (toggled_cb), wish);
  san_column_add_heading (GTK_BOX (box), _("Digits"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Digits"),
                                  -1);
  gtk_box_append (GTK_BOX (box), row);
  return box;
}
