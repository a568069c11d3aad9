/* san-choice-buttons.c - one answer of a few, as buttons; a digit picks and moves on */
#include "san-choice-buttons.h"
#include "san-wrap.h"

struct _SanChoiceButtons
{
  GtkWidget parent_instance;

  GtkWidget *box;                   /* wraps */
  GPtrArray *buttons;               /* borrowed GtkToggleButton with their code as data */
  gboolean   settling;
};

G_DEFINE_FINAL_TYPE (SanChoiceButtons, san_choice_buttons, GTK_TYPE_WIDGET)

static guint changed_signal;

static const char *
code_of (gpointer button)
{
  return g_object_get_data (button, "code");
}

/* GTK tells that it is pressed; of one of several a screen reader asks whether it is checked. */
static void
say_checked (gpointer button)
{
  GtkAccessibleTristate checked = gtk_toggle_button_get_active (button);

  gtk_accessible_update_state (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_STATE_CHECKED, checked, -1);
}

static void
toggled_cb (GtkToggleButton *button, SanChoiceButtons *self)
{
  say_checked (button);
  if (self->settling)
    return;
  self->settling = TRUE;
  for (guint i = 0; i < self->buttons->len; i++)
    if (self->buttons->pdata[i] != button)
      gtk_toggle_button_set_active (self->buttons->pdata[i], FALSE);
  self->settling = FALSE;
  g_signal_emit (self, changed_signal, 0);
}

const char *
san_choice_buttons_get (SanChoiceButtons *self)
{
  for (guint i = 0; i < self->buttons->len; i++)
    if (gtk_toggle_button_get_active (self->buttons->pdata[i]))
      return code_of (self->buttons->pdata[i]);
  return NULL;
}

void
san_choice_buttons_set (SanChoiceButtons *self, const char *code)
{
  self->settling = TRUE;
  for (guint i = 0; i < self->buttons->len; i++)
    gtk_toggle_button_set_active (self->buttons->pdata[i],
                                  g_strcmp0 (code_of (self->buttons->pdata[i]), code) == 0);
  self->settling = FALSE;
}

void
san_choice_buttons_add (SanChoiceButtons *self, const char *code, const char *word)
{
  GtkWidget *button = g_object_new (GTK_TYPE_TOGGLE_BUTTON, "accessible-role",
                                    GTK_ACCESSIBLE_ROLE_RADIO, NULL);
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", word, "wrap", TRUE,
                                   "natural-wrap-mode", GTK_NATURAL_WRAP_NONE, NULL);

  gtk_button_set_child (GTK_BUTTON (button), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, word, -1);
  say_checked (button);
  g_object_set_data_full (G_OBJECT (button), "code", g_strdup (code), g_free);
  g_signal_connect (button, "toggled", G_CALLBACK (toggled_cb), self);
  g_ptr_array_add (self->buttons, button);
  gtk_box_append (GTK_BOX (self->box), button);
}

/* Digits of any script count. */
static gboolean
key_cb (GtkEventControllerKey *keys, guint keyval, guint code, GdkModifierType state,
        SanChoiceButtons *self)
{
  gunichar letter = gdk_keyval_to_unicode (keyval);
  int digit = letter != 0 ? g_unichar_digit_value (letter) : -1;

  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0 || digit < 1 ||
      (guint) digit > self->buttons->len)
    return GDK_EVENT_PROPAGATE;
  gtk_toggle_button_set_active (self->buttons->pdata[digit - 1], TRUE);
  gtk_widget_child_focus (GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (self))),
                          GTK_DIR_TAB_FORWARD);
  return GDK_EVENT_STOP;
}

/* One stop for Tab; the arrows go from answer to answer. */
static gboolean
focus (GtkWidget *widget, GtkDirectionType direction)
{
  SanChoiceButtons *self = SAN_CHOICE_BUTTONS (widget);
  gboolean inside = gtk_widget_get_focus_child (widget) != NULL;
  gpointer chosen = NULL;
  guint at = 0;

  if (self->buttons->len == 0 ||
      (inside && (direction == GTK_DIR_TAB_FORWARD || direction == GTK_DIR_TAB_BACKWARD)))
    return FALSE;
  for (guint i = 0; i < self->buttons->len; i++)
    {
      if (gtk_toggle_button_get_active (self->buttons->pdata[i]))
        chosen = self->buttons->pdata[i];
      if (gtk_widget_has_focus (self->buttons->pdata[i]))
        at = i;
    }
  if (!inside)
    return gtk_widget_grab_focus (chosen != NULL ? chosen : self->buttons->pdata[0]);
  if (direction == GTK_DIR_RIGHT && at + 1 < self->buttons->len)
    return gtk_widget_grab_focus (self->buttons->pdata[at + 1]);
  if (direction == GTK_DIR_LEFT && at > 0)
    return gtk_widget_grab_focus (self->buttons->pdata[at - 1]);
  return FALSE;
}

static void
san_choice_buttons_dispose (GObject *object)
{
  SanChoiceButtons *self = SAN_CHOICE_BUTTONS (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->buttons, g_ptr_array_unref);
  G_OBJECT_CLASS (san_choice_buttons_parent_class)->dispose (object);
}

static void
san_choice_buttons_class_init (SanChoiceButtonsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = san_choice_buttons_dispose;
  widget_class->focus = focus;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_RADIO_GROUP);
  changed_signal = g_signal_new ("changed", SAN_TYPE_CHOICE_BUTTONS, G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
}

static void
san_choice_buttons_init (SanChoiceButtons *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->buttons = g_ptr_array_new ();
  self->box = san_wrap_box_new (6);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

GtkWidget *
san_choice_buttons_new (const char *question)
{
  GtkWidget *self = g_object_new (SAN_TYPE_CHOICE_BUTTONS, NULL);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, question,
                                  -1);
  return self;
}
