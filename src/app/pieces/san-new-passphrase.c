/* san-new-passphrase.c - choosing a passphrase: twice, with an eye, a meter and four suggested
 * words
 *
 * It is accepted from "years" on, and the core must agree: it knows the commonest ones. */
#include "san-new-passphrase.h"
#include "san-caps-line.h"
#include "san-i18n.h"
#include "san-line.h"
#include "san-passphrase-field.h"
#include "san-setup.h"
#include "san-strength.h"

struct _SanNewPassphrase
{
  GtkWidget parent_instance;

  GtkWidget          *root;
  SanPassphraseField *first, *second;
  GtkToggleButton    *eye;
  GtkButton          *suggest;
  GtkLabel           *meter, *same;
  GtkImage           *meter_icon;
  GtkLevelBar        *meter_bar;
  GtkWidget          *meter_box;    /* bar, and the sentence that says what it shows */
  char              **own;
  gboolean            strong;
};

enum { CHANGED, ENTERED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SanNewPassphrase, san_new_passphrase, GTK_TYPE_WIDGET)

static const char *
strength_sentence (SanStrength strength)
{
  switch (strength)
    {
    case SAN_STRENGTH_LIFE:
      return _("Someone who steals the laptop would need longer than a life to guess this.");
    case SAN_STRENGTH_YEARS:
      return _("Someone who steals the laptop could guess this in years.");
    case SAN_STRENGTH_DAYS:
      return _("Someone who steals the laptop could guess this in days.");
    case SAN_STRENGTH_MINUTES:
    default:
      return _("Someone who steals the laptop could guess this in minutes.");
    }
}

static const char *
weakness_sentence (SanWeakness weakness)
{
  switch (weakness)
    {
    case SAN_WEAK_WORD_AND_YEAR:
      return _("It is a name or a word and a year.");
    case SAN_WEAK_OWN:
      return _("A name that everybody here knows is in it.");
    case SAN_WEAK_WORD:
      return _("It is a word that many people use.");
    case SAN_WEAK_REPEATS:
      return _("It repeats itself.");
    case SAN_WEAK_ROW:
      return _("Its keys lie side by side or count up.");
    case SAN_WEAK_SHORT:
    default:
      return _("It is short.");
    }
}

static void
show_strength (SanNewPassphrase *self, SanStrength strength, const char *reason)
{
  static const char *const styles[] = { "san-overdue", "san-done" };
  g_autofree char
    *sentence = reason == NULL
                  ? g_strdup (strength_sentence (strength))
                  /* Translators: how fast it could be guessed, and why; two whole sentences */
                  : san_words_print (_("%1$s %2$s"), strength_sentence (strength), reason);

  gtk_label_set_label (self->meter, sentence);
  gtk_image_set_from_icon_name (self->meter_icon,
                                self->strong ? "emblem-ok-symbolic" : "dialog-warning-symbolic");
  gtk_level_bar_set_value (self->meter_bar, 1.0 + strength);
  gtk_widget_remove_css_class (self->meter_box, styles[!self->strong]);
  gtk_widget_add_css_class (self->meter_box, styles[self->strong]);
}

static void
judge (SanNewPassphrase *self)
{
  g_autoptr(SanSecret) words = san_passphrase_field_dup (self->first);
  SanWeakness weakness;
  SanStrength strength;
  gboolean allowed;

  gtk_widget_set_visible (self->meter_box, words != NULL);
  self->strong = FALSE;
  if (words == NULL)
    return;
  allowed = san_setup_check_passphrase (words, NULL);
  strength = san_strength_judge (words, (const char *const *) self->own, &weakness);
  if (!allowed && strength >= SAN_STRENGTH_YEARS)
    {
      strength = SAN_STRENGTH_MINUTES;
      weakness = SAN_WEAK_WORD;
    }
  self->strong = strength >= SAN_STRENGTH_YEARS;
  show_strength (self, strength, self->strong ? NULL : weakness_sentence (weakness));
}

static gboolean
is_same (SanNewPassphrase *self)
{
  g_autoptr(SanSecret) a = san_passphrase_field_dup (self->first);
  g_autoptr(SanSecret) b = san_passphrase_field_dup (self->second);

  return a != NULL && b != NULL && san_secret_equal (a, b);
}

static void
show_same (SanNewPassphrase *self)
{
  const char *sentence = "";

  if (san_passphrase_field_get_length (self->second) > 0)
    sentence = is_same (self) ? _("Both are the same.") : _("They are not the same yet.");
  gtk_label_set_label (self->same, sentence);
}

static void
changed_cb (SanPassphraseField *field, SanNewPassphrase *self)
{
  if (field == self->first)
    judge (self);
  show_same (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

gboolean
san_new_passphrase_is_ready (SanNewPassphrase *self)
{
  return self->strong && is_same (self);
}

SanSecret *
san_new_passphrase_dup (SanNewPassphrase *self)
{
  return san_new_passphrase_is_ready (self) ? san_passphrase_field_dup (self->first) : NULL;
}

void
san_new_passphrase_clear (SanNewPassphrase *self)
{
  san_passphrase_field_clear (self->first);
  san_passphrase_field_clear (self->second);
  gtk_toggle_button_set_active (self->eye, FALSE);
}

SanSecret *
san_new_passphrase_take (SanNewPassphrase *self)
{
  SanSecret *words = san_new_passphrase_dup (self);

  if (words != NULL)
    san_new_passphrase_clear (self);
  return words;
}

GtkWidget *
san_new_passphrase_get_first (SanNewPassphrase *self)
{
  return GTK_WIDGET (self->first);
}

void
san_new_passphrase_set_own (SanNewPassphrase *self, const char *const *own)
{
  g_strfreev (self->own);
  self->own = g_strdupv ((char **) own);
  judge (self);
}

static void
entered_cb (SanPassphraseField *field, SanNewPassphrase *self)
{
  if (field == self->first)
    gtk_widget_grab_focus (GTK_WIDGET (self->second));
  else if (san_new_passphrase_is_ready (self))
    g_signal_emit (self, signals[ENTERED], 0);
}

static void
eye_cb (GtkToggleButton *eye, SanNewPassphrase *self)
{
  san_passphrase_field_set_shown (self->first, gtk_toggle_button_get_active (eye));
  san_passphrase_field_set_shown (self->second, gtk_toggle_button_get_active (eye));
}

/* Shown in the first field, to be typed once more in the second: fingers learn it so. */
static void
suggest_cb (GtkButton *button, SanNewPassphrase *self)
{
  g_autoptr(SanSecret) words = NULL;

  do
    {
      g_clear_pointer (&words, san_secret_unref);
      words = san_setup_suggest_passphrase ();
    }
  while (san_strength_judge (words, NULL, NULL) < SAN_STRENGTH_YEARS);
  gtk_toggle_button_set_active (self->eye, TRUE);
  san_passphrase_field_clear (self->second);
  san_passphrase_field_set (self->first, words);
  gtk_widget_grab_focus (GTK_WIDGET (self->second));
}

static GtkWidget *
make_heading (const char *words)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", words, "xalign", 0.0, "wrap", TRUE,
                                   NULL);

  gtk_widget_add_css_class (label, "heading");
  return label;
}

static void
add_first (SanNewPassphrase *self)
{
  GtkWidget *row = san_line_new (6);

  self->first = SAN_PASSPHRASE_FIELD (san_passphrase_field_new (_("New passphrase")));
  self->eye = g_object_new (GTK_TYPE_TOGGLE_BUTTON, "icon-name", "view-reveal-symbolic",
                            "tooltip-text", _("Show the passphrase"), NULL);
  self->suggest = g_object_new (GTK_TYPE_BUTTON, "label", _("Suggest four words"), "halign",
                                GTK_ALIGN_START, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->eye), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Show the passphrase"), -1);
  gtk_widget_set_hexpand (GTK_WIDGET (self->first), TRUE);
  gtk_box_append (GTK_BOX (row), GTK_WIDGET (self->first));
  gtk_box_append (GTK_BOX (row), GTK_WIDGET (self->eye));
  gtk_box_append (GTK_BOX (self->root), make_heading (_("New passphrase")));
  gtk_box_append (GTK_BOX (self->root), row);
  gtk_box_append (GTK_BOX (self->root), GTK_WIDGET (self->suggest));
  gtk_box_append (GTK_BOX (self->root), g_object_new (SAN_TYPE_CAPS_LINE, NULL));
}

static void
add_meter (SanNewPassphrase *self)
{
  GtkWidget *row = san_line_new (6);

  self->meter_icon = g_object_new (GTK_TYPE_IMAGE, "accessible-role",
                                   GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  self->meter = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_STATUS, "wrap",
                              TRUE, "xalign", 0.0, NULL);
  self->meter_bar = g_object_new (GTK_TYPE_LEVEL_BAR, "mode", GTK_LEVEL_BAR_MODE_DISCRETE,
                                  "max-value", 1.0 + SAN_STRENGTH_LIFE, "accessible-role",
                                  GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  self->meter_box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_box_append (GTK_BOX (row), GTK_WIDGET (self->meter_icon));
  gtk_box_append (GTK_BOX (row), GTK_WIDGET (self->meter));
  gtk_box_append (GTK_BOX (self->meter_box), GTK_WIDGET (self->meter_bar));
  gtk_box_append (GTK_BOX (self->meter_box), row);
  gtk_widget_set_visible (self->meter_box, FALSE);
  gtk_box_append (GTK_BOX (self->root), self->meter_box);
}

static void
add_second (SanNewPassphrase *self)
{
  GtkWidget *heading = make_heading (_("The same once more"));

  self->second = SAN_PASSPHRASE_FIELD (san_passphrase_field_new (_("The same once more")));
  self->same = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_STATUS, "wrap",
                             TRUE, "xalign", 0.0, NULL);
  gtk_widget_set_margin_top (heading, 6);
  gtk_box_append (GTK_BOX (self->root), heading);
  gtk_box_append (GTK_BOX (self->root), GTK_WIDGET (self->second));
  gtk_box_append (GTK_BOX (self->root), GTK_WIDGET (self->same));
}

static void
san_new_passphrase_dispose (GObject *object)
{
  SanNewPassphrase *self = SAN_NEW_PASSPHRASE (object);

  g_clear_pointer (&self->root, gtk_widget_unparent);
  g_clear_pointer (&self->own, g_strfreev);
  G_OBJECT_CLASS (san_new_passphrase_parent_class)->dispose (object);
}

static void
san_new_passphrase_class_init (SanNewPassphraseClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = san_new_passphrase_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  signals[CHANGED] = g_signal_new ("changed", SAN_TYPE_NEW_PASSPHRASE, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  signals[ENTERED] = g_signal_new ("entered", SAN_TYPE_NEW_PASSPHRASE, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
san_new_passphrase_init (SanNewPassphrase *self)
{
  self->root = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_set_parent (self->root, GTK_WIDGET (self));
  add_first (self);
  add_meter (self);
  add_second (self);
  g_signal_connect (self->first, "changed", G_CALLBACK (changed_cb), self);
  g_signal_connect (self->second, "changed", G_CALLBACK (changed_cb), self);
  g_signal_connect (self->first, "entered", G_CALLBACK (entered_cb), self);
  g_signal_connect (self->second, "entered", G_CALLBACK (entered_cb), self);
  g_signal_connect (self->eye, "toggled", G_CALLBACK (eye_cb), self);
  g_signal_connect (self->suggest, "clicked", G_CALLBACK (suggest_cb), self);
}
