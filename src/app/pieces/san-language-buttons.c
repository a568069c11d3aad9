/* san-language-buttons.c - the languages, each in its own script */
#include "san-language-buttons.h"
#include "san-i18n.h"
#include "san-language.h"
#include "san-line.h"

struct _SanLanguageButtons
{
  GtkWidget parent_instance;

  GtkWidget *box;
  SanDesk   *desk;
};

enum { CHOSEN, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SanLanguageButtons, san_language_buttons, GTK_TYPE_WIDGET)

static void
toggled_cb (GtkToggleButton *button, SanLanguageButtons *self)
{
  const char *code = g_object_get_data (G_OBJECT (button), "code");

  if (!gtk_toggle_button_get_active (button) || self->desk == NULL)
    return;
  g_object_ref (self);
  g_signal_emit (self, signals[CHOSEN], 0, code);
  san_desk_set_language (self->desk, code);       /* may take this widget away */
  g_object_unref (self);
}

void
san_language_buttons_set_desk (SanLanguageButtons *self, SanDesk *desk)
{
  for (GtkWidget *b = gtk_widget_get_first_child (self->box); b != NULL;
       b = gtk_widget_get_next_sibling (b))
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (b),
                                  g_str_equal (g_object_get_data (G_OBJECT (b), "code"),
                                               san_language_get ()));
  g_set_object (&self->desk, desk);
}

static void
san_language_buttons_dispose (GObject *object)
{
  SanLanguageButtons *self = SAN_LANGUAGE_BUTTONS (object);

  g_clear_object (&self->desk);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (san_language_buttons_parent_class)->dispose (object);
}

static void
san_language_buttons_class_init (SanLanguageButtonsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = san_language_buttons_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  signals[CHOSEN] = g_signal_new ("chosen", SAN_TYPE_LANGUAGE_BUTTONS, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
san_language_buttons_init (SanLanguageButtons *self)
{
  GtkToggleButton *first = NULL;
  const SanLanguage *languages;
  guint n;

  self->box = san_line_new_level (6);
  g_object_set (self->box, "halign", GTK_ALIGN_CENTER, "accessible-role",
                GTK_ACCESSIBLE_ROLE_RADIO_GROUP, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->box), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Language"), -1);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  languages = san_language_list (&n);
  for (guint i = 0; i < n; i++)
    {
      GtkWidget *button = gtk_toggle_button_new_with_label (languages[i].name);

      g_object_set_data (G_OBJECT (button), "code", (gpointer) languages[i].code);
      gtk_widget_add_css_class (button, "flat");
      gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), first);
      if (first == NULL)
        first = GTK_TOGGLE_BUTTON (button);
      g_signal_connect (button, "toggled", G_CALLBACK (toggled_cb), self);
      gtk_box_append (GTK_BOX (self->box), button);
    }
}
