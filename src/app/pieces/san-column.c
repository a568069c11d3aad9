/* san-column.c - one column of text and fields, as wide as text may be, that scrolls */
#include "san-column.h"
#include "san-i18n.h"
#include "san-line.h"
#include "san-name.h"
#include <adwaita.h>

#define WIDTH         660               /* at 100 % */
#define WIDEST        1000
#define NUMBER_DIGITS 4
#define BELOW         18                /* pixels that stay free under what is scrolled to */

GtkWidget *
san_scroll_new (void)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_accessible_update_property (GTK_ACCESSIBLE (scrolled), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("page"), -1);
  return scrolled;
}

/* A frame begins with its ticks and then places what changed: the next one finds it placed. */
static gboolean
scroll_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  guint *frames = data;
  GtkWidget *scrolled = gtk_widget_get_ancestor (widget, GTK_TYPE_SCROLLED_WINDOW);
  GtkAdjustment *down;
  graphene_rect_t place;

  if (++*frames < 2 || (gtk_widget_get_height (widget) == 0 && gtk_widget_get_visible (widget)))
    return G_SOURCE_CONTINUE;
  if (scrolled == NULL || !gtk_widget_compute_bounds (widget, scrolled, &place))
    return G_SOURCE_REMOVE;
  down = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled));
  place.size.height += BELOW - (float) gtk_widget_get_height (scrolled);
  if (place.origin.y + place.size.height > 0)
    gtk_adjustment_set_value (down, gtk_adjustment_get_value (down) +
                                      MIN (place.origin.y + place.size.height, place.origin.y));
  return G_SOURCE_REMOVE;
}

void
san_scroll_to (GtkWidget *widget)
{
  gtk_widget_add_tick_callback (widget, scroll_cb, g_new0 (guint, 1), g_free);
}

/* A line holds as many words of large text as of small, as long as the screen does. */
static void
text_size_cb (GtkSettings *settings, GParamSpec *pspec, GtkWidget *clamp)
{
  int dpi, width;

  g_object_get (settings, "gtk-xft-dpi", &dpi, NULL);
  width = CLAMP (WIDTH * (dpi / 1024) / 96, WIDTH, WIDEST);
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), width);
  adw_clamp_set_tightening_threshold (ADW_CLAMP (clamp), width);
}

GtkWidget *
san_column_new (GtkBox **box, gboolean centred)
{
  GtkWidget *scrolled = san_scroll_new ();
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  gtk_widget_set_vexpand (scrolled, TRUE);
  g_signal_connect_object (gtk_settings_get_default (), "notify::gtk-xft-dpi",
                           G_CALLBACK (text_size_cb), clamp, 0);
  text_size_cb (gtk_settings_get_default (), NULL, clamp);
  gtk_widget_add_css_class (column, "san-page");
  gtk_widget_set_valign (column, centred ? GTK_ALIGN_CENTER : GTK_ALIGN_START);
  adw_clamp_set_child (ADW_CLAMP (clamp), column);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), clamp);
  *box = GTK_BOX (column);
  return scrolled;
}

static GtkLabel *
add_label (GtkBox *box, const char *words, const char *css)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", words, "wrap", TRUE, "xalign", 0.0,
                                   NULL);

  if (css != NULL)
    gtk_widget_add_css_class (label, css);
  gtk_box_append (box, label);
  return GTK_LABEL (label);
}

GtkLabel *
san_column_add_title (GtkBox *box, const char *words)
{
  return add_label (box, words, "title-2");
}

GtkLabel *
san_column_add_text (GtkBox *box, const char *words)
{
  return add_label (box, words, NULL);
}

GtkLabel *
san_column_add_heading (GtkBox *box, const char *words)
{
  GtkLabel *label = add_label (box, words, "heading");

  gtk_widget_set_margin_top (GTK_WIDGET (label), 6);
  return label;
}

/* Empty it takes no room. */
static void
said_cb (GtkLabel *label)
{
  gtk_widget_set_visible (GTK_WIDGET (label), *gtk_label_get_text (label) != '\0');
}

GtkLabel *
san_column_add_said (GtkBox *box)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "wrap", TRUE, "xalign", 0.0, "visible", FALSE,
                                   "accessible-role", GTK_ACCESSIBLE_ROLE_ALERT, NULL);

  g_signal_connect (label, "notify::label", G_CALLBACK (said_cb), NULL);
  gtk_box_append (box, label);
  return GTK_LABEL (label);
}

GtkEntry *
san_column_add_entry (GtkBox *box, const char *heading, const char *hint)
{
  GtkWidget *group = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *entry = g_object_new (GTK_TYPE_ENTRY, "max-length", (int) SAN_NAME_LETTERS,
                                   "input-hints", GTK_INPUT_HINT_PRIVATE | GTK_INPUT_HINT_NO_EMOJI,
                                   NULL);

  gtk_widget_add_css_class (entry, "san-entry");
  add_label (GTK_BOX (group), heading, "heading");
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, heading,
                                  -1);
  gtk_box_append (GTK_BOX (group), entry);
  if (hint != NULL)
    {
      add_label (GTK_BOX (group), hint, "san-quiet");
      gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                      hint, -1);
    }
  gtk_box_append (box, group);
  return GTK_ENTRY (entry);
}

GtkListBox *
san_column_add_list (GtkBox *box, const char *spoken)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  gtk_box_append (box, list);
  return GTK_LIST_BOX (list);
}

GtkWidget *
san_column_list_row (const char *words, const char *more, const char *spoken, GtkBox **lines,
                     GtkBox **line)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *across = san_line_new (12);
  GtkWidget *down = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);

  gtk_widget_set_hexpand (down, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (san_column_add_text (GTK_BOX (down), words)), "heading");
  gtk_widget_add_css_class (GTK_WIDGET (san_column_add_text (GTK_BOX (down), more)), "san-quiet");
  gtk_box_append (GTK_BOX (across), down);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), across);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  if (lines != NULL)
    *lines = GTK_BOX (down);
  if (line != NULL)
    *line = GTK_BOX (across);
  return row;
}

/* Only digits come in, of whatever script. */
static void
insert_cb (GtkEditable *editable, const char *text, int length, int *position, gpointer data)
{
  g_autofree char *added = length < 0 ? g_strdup (text) : g_strndup (text, (gsize) length);

  for (const char *at = added; *at != '\0'; at = g_utf8_next_char (at))
    if (g_unichar_digit_value (g_utf8_get_char (at)) < 0)
      {
        g_signal_stop_emission_by_name (editable, "insert-text");
        return;
      }
}

GtkEntry *
san_column_add_number (GtkBox *box, const char *heading, const char *hint, guint now)
{
  GtkEntry *entry = san_column_add_entry (box, heading, hint);
  g_autofree char *text = now > 0 ? g_strdup_printf ("%u", now) : g_strdup ("");

  gtk_widget_set_halign (GTK_WIDGET (entry), GTK_ALIGN_START);
  gtk_entry_set_max_length (entry, NUMBER_DIGITS);
  gtk_entry_set_input_purpose (entry, GTK_INPUT_PURPOSE_DIGITS);
  g_object_set (entry, "width-chars", NUMBER_DIGITS + 4, "max-width-chars", NUMBER_DIGITS + 4,
                NULL);
  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  g_signal_connect (gtk_editable_get_delegate (GTK_EDITABLE (entry)), "insert-text",
                    G_CALLBACK (insert_cb), NULL);
  return entry;
}

guint
san_column_get_number (GtkEntry *entry)
{
  guint number = 0;

  for (const char *at = gtk_editable_get_text (GTK_EDITABLE (entry)); *at != '\0';
       at = g_utf8_next_char (at))
    number = number * 10 + (guint) MAX (0, g_unichar_digit_value (g_utf8_get_char (at)));
  return number;
}

GtkButton *
san_column_add_row (GtkBox *box, const char *icon, const char *words, const char *more)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *row = san_line_new (18);
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *image = gtk_image_new_from_icon_name (icon);

  gtk_image_set_pixel_size (GTK_IMAGE (image), 24);
  gtk_widget_add_css_class (image, "san-way-picture");
  gtk_widget_set_valign (image, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (row), image);
  gtk_widget_set_hexpand (lines, TRUE);
  gtk_widget_set_valign (lines, GTK_ALIGN_CENTER);
  add_label (GTK_BOX (lines), words, "heading");
  if (more != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (add_label (GTK_BOX (lines), more, "san-quiet")),
                              "san-plain");
  gtk_box_append (GTK_BOX (row), lines);
  gtk_button_set_child (GTK_BUTTON (button), row);
  gtk_widget_add_css_class (button, "card");
  gtk_widget_add_css_class (button, "san-way");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, words,
                                  -1);
  if (more != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                    more, -1);
  gtk_box_append (box, button);
  return GTK_BUTTON (button);
}
