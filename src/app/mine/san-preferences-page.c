/* san-preferences-page.c - how she likes it: light or dark, larger buttons; how this laptop
 * behaves: when it locks, when it covers */
#include "san-preferences-page.h"
#include "san-column.h"
#include "san-i18n.h"
#include "san-line.h"
#include "san-lines.h"
#include "san-pages.h"
#include "san-settings.h"
#include "san-window.h"
#include <adwaita.h>

struct _SanPreferencesPage
{
  SanPage parent_instance;

  GtkWidget     *root;
  GtkSpinButton *minutes;
  GtkSwitch     *away, *larger;
};

G_DEFINE_FINAL_TYPE (SanPreferencesPage, san_preferences_page, SAN_TYPE_PAGE)

static void
minutes_cb (GtkSpinButton *spin, gpointer data)
{
  san_settings_set_lock_minutes ((guint) gtk_spin_button_get_value_as_int (spin));
}

static void
away_cb (GtkSwitch *away, GParamSpec *pspec, gpointer data)
{
  san_settings_set_cover_away (gtk_switch_get_active (away));
}

static void
colour_cb (GtkToggleButton *button, SanPreferencesPage *self)
{
  guint colours = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "colours"));

  if (!gtk_toggle_button_get_active (button))
    return;
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), (AdwColorScheme) colours);
  san_settings_set_colours (
    san_centre_get_staff (san_desk_get_centre (san_page_get_desk (SAN_PAGE (self)))), colours);
}

static void
larger_cb (GtkSwitch *larger, GParamSpec *pspec, SanPreferencesPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  gboolean now = gtk_switch_get_active (larger);

  san_settings_set_larger (
    san_centre_get_staff (san_desk_get_centre (san_page_get_desk (SAN_PAGE (self)))), now);
  if (SAN_IS_WINDOW (root))
    san_window_set_larger (SAN_WINDOW (root), now);
}

static void
add_field (GtkBox *box, const char *words, const char *more, GtkWidget *control)
{
  GtkWidget *row = san_line_new (12);
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);

  gtk_widget_set_hexpand (lines, TRUE);
  san_column_add_text (GTK_BOX (lines), words);
  gtk_widget_add_css_class (GTK_WIDGET (san_column_add_text (GTK_BOX (lines), more)), "san-quiet");
  gtk_box_append (GTK_BOX (row), lines);
  gtk_widget_set_valign (control, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (control), GTK_ACCESSIBLE_PROPERTY_LABEL, words,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, more, -1);
  gtk_box_append (GTK_BOX (row), control);
  gtk_box_append (box, row);
}

static GtkWidget *
make_colours (SanPreferencesPage *self)
{
  static const struct { const char *words; AdwColorScheme scheme;
  } schemes[] = {
    { N_("As the system"), ADW_COLOR_SCHEME_DEFAULT },
    { N_("Light"), ADW_COLOR_SCHEME_FORCE_LIGHT },
    { N_("Dark"), ADW_COLOR_SCHEME_FORCE_DARK },
  };
  AdwColorScheme now = adw_style_manager_get_color_scheme (adw_style_manager_get_default ());
  GtkWidget *row = g_object_new (GTK_TYPE_BOX, "spacing", 6, "accessible-role",
                                 GTK_ACCESSIBLE_ROLE_RADIO_GROUP, NULL);
  GtkToggleButton *first = NULL;

  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Light or dark"), -1);
  for (guint i = 0; i < G_N_ELEMENTS (schemes); i++)
    {
      GtkWidget *button = gtk_toggle_button_new_with_label (_(schemes[i].words));

      gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), first);
      if (first == NULL)
        first = GTK_TOGGLE_BUTTON (button);
      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), now == schemes[i].scheme);
      g_object_set_data (G_OBJECT (button), "colours", GUINT_TO_POINTER (schemes[i].scheme));
      g_signal_connect (button, "toggled", G_CALLBACK (colour_cb), self);
      gtk_box_append (GTK_BOX (row), button);
    }
  return row;
}

static void
add_hers (SanPreferencesPage *self, GtkBox *box)
{
  GtkWidget *mine = gtk_button_new_with_label (_("My page: passphrase, language, text size"));
  GtkWidget *card;

  gtk_box_append (box, san_line_card (_("For you"), &card));
  san_column_add_text (GTK_BOX (card), _("Light or dark"));
  gtk_box_append (GTK_BOX (card), make_colours (self));
  gtk_box_append (GTK_BOX (card), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  self->larger = GTK_SWITCH (gtk_switch_new ());
  gtk_switch_set_active (self->larger,
                         san_settings_get_larger (san_centre_get_staff (
                           san_desk_get_centre (san_page_get_desk (SAN_PAGE (self))))));
  g_signal_connect (self->larger, "notify::active", G_CALLBACK (larger_cb), self);
  add_field (GTK_BOX (card), _("Larger buttons"),
             _("Buttons, rows and fields are higher: easier for a finger or an unsteady hand."),
             GTK_WIDGET (self->larger));
  gtk_box_append (GTK_BOX (card), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  gtk_widget_set_halign (mine, GTK_ALIGN_START);
  gtk_actionable_set_detailed_action_name (GTK_ACTIONABLE (mine), "win.go::my-page");
  gtk_box_append (GTK_BOX (card), mine);
}

static void
add_laptop (SanPreferencesPage *self, GtkBox *box)
{
  GtkWidget *card;

  gtk_box_append (box, san_line_card (_("This laptop"), &card));
  self->minutes = GTK_SPIN_BUTTON (gtk_spin_button_new_with_range (SAN_LOCK_MINUTES_MIN,
                                                                   SAN_LOCK_MINUTES_MAX, 1));
  gtk_spin_button_set_value (self->minutes, san_settings_get_lock_minutes ());
  g_signal_connect (self->minutes, "value-changed", G_CALLBACK (minutes_cb), NULL);
  add_field (GTK_BOX (card), _("Lock after so many minutes without a key"),
             _("For house mothers it covers after 2 minutes and locks after 10."),
             GTK_WIDGET (self->minutes));
  self->away = GTK_SWITCH (gtk_switch_new ());
  gtk_switch_set_active (self->away, san_settings_get_cover_away ());
  g_signal_connect (self->away, "notify::active", G_CALLBACK (away_cb), NULL);
  gtk_box_append (GTK_BOX (card), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  add_field (GTK_BOX (card), _("Cover the page while another window is in front"),
             _("F12 covers it at any time."), GTK_WIDGET (self->away));
}

static void
start (SanPage *page)
{
  SanPreferencesPage *self = SAN_PREFERENCES_PAGE (page);
  GtkBox *box;

  san_page_set_title (page, _("Preferences"));
  self->root = san_column_new (&box, FALSE);
  gtk_widget_set_parent (self->root, GTK_WIDGET (self));
  add_hers (self, box);
  add_laptop (self, box);
}

static void
san_preferences_page_dispose (GObject *object)
{
  g_clear_pointer (&SAN_PREFERENCES_PAGE (object)->root, gtk_widget_unparent);
  G_OBJECT_CLASS (san_preferences_page_parent_class)->dispose (object);
}

static void
san_preferences_page_class_init (SanPreferencesPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = san_preferences_page_dispose;
  SAN_PAGE_CLASS (klass)->start = start;
  SAN_PAGE_CLASS (klass)->help = "preferences";
}

static void
san_preferences_page_init (SanPreferencesPage *self)
{
}
