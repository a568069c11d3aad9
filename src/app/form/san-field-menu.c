/* san-field-menu.c - what can be said of a question besides its answer: U R A C, and H for
 * history */
#include "san-field-menu.h"
#include "san-i18n.h"
#include "san-latin-key.h"
#include "san-line.h"
#include "san-lines.h"
#include <string.h>

#define HEAD_CHARS 28

typedef struct { const char *letters; SanFieldMenuAct act; gpointer data; } Menu;

static const struct { char letter; const char *words, *key; } items[] = {
  { 'u', N_("Not known"), "U" },
  { 'r', N_("Did not want to say"), "R" },
  { 'a', N_("Not asked"), "A" },
  { 'c', N_("Clear"), "C" },
  { 'h', N_("What stood here before"), "H" },
};

static gboolean
key_cb (GtkEventControllerKey *keys, guint keyval, guint keycode, GdkModifierType state, Menu *menu)
{
  GtkWidget *popover = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (keys));
  guint latin = san_latin_key (gtk_widget_get_display (popover), keyval, keycode, state);
  char letter = latin < 128 ? g_ascii_tolower ((char) latin) : '\0';

  if (state & (GDK_CONTROL_MASK | GDK_ALT_MASK) || letter == '\0')
    return FALSE;
  if (strchr (menu->letters, letter) == NULL)
    return FALSE;
  menu->act (menu->data, letter);
  return TRUE;
}

gboolean
san_field_menu_no_answer (char letter, SanNoAnswer *out)
{
  switch (letter)
    {
    case 'u': *out = SAN_NO_ANSWER_NOT_KNOWN; return TRUE;
    case 'r': *out = SAN_NO_ANSWER_REFUSED; return TRUE;
    case 'a': *out = SAN_NO_ANSWER_NOT_ASKED; return TRUE;
    default: return FALSE;
    }
}

static void
item_cb (GtkWidget *item, Menu *menu)
{
  menu->act (menu->data, (char) GPOINTER_TO_INT (g_object_get_data (G_OBJECT (item), "letter")));
}

static void
add_item (Menu *menu, GtkWidget *box, char letter, const char *words, const char *key)
{
  GtkWidget *item = gtk_button_new ();
  GtkWidget *line = san_line_new (24);
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", words, "xalign", 0.0, "hexpand", TRUE,
                                   "valign", GTK_ALIGN_CENTER, NULL);
  GtkWidget *shortcut = gtk_label_new (key);

  gtk_widget_add_css_class (shortcut, "san-quiet");
  gtk_box_append (GTK_BOX (line), label);
  gtk_box_append (GTK_BOX (line), shortcut);
  gtk_button_set_child (GTK_BUTTON (item), line);
  gtk_widget_add_css_class (item, "flat");
  gtk_accessible_update_property (GTK_ACCESSIBLE (item), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  g_object_set_data (G_OBJECT (item), "letter", GINT_TO_POINTER ((int) letter));
  g_signal_connect (item, "clicked", G_CALLBACK (item_cb), menu);
  gtk_box_append (GTK_BOX (box), item);
}

GtkWidget *
san_field_menu_new (const char *head, const char *letters, SanFieldMenuAct act, gpointer data)
{
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkEventController *keys = gtk_event_controller_key_new ();
  Menu *menu = g_new (Menu, 1);

  *menu = (Menu) { letters, act, data };
  if (head != NULL)
    {
      GtkWidget *label = san_line_label (head, "san-quiet");

      g_object_set (label, "max-width-chars", HEAD_CHARS, "margin-start", 9, "margin-end", 9,
                    "margin-bottom", 6, NULL);
      gtk_box_append (GTK_BOX (box), label);
    }
  for (guint i = 0; i < G_N_ELEMENTS (items); i++)
    if (strchr (letters, items[i].letter) != NULL)
      add_item (menu, box, items[i].letter, _(items[i].words), items[i].key);
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  g_object_set_data_full (G_OBJECT (popover), "menu", menu, g_free);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), menu);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (popover, keys);
  return popover;
}
