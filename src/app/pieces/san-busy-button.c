/* san-busy-button.c - a button that shows in itself that its work is under way */
#include "san-busy-button.h"

struct _SanBusyButton
{
  GtkButton parent_instance;

  GtkStack   *stack;
  GtkLabel   *label;
  GtkSpinner *spinner;
};

enum { PROP_WORD = 1, N_PROPERTIES };
static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (SanBusyButton, san_busy_button, GTK_TYPE_BUTTON)

void
san_busy_button_set_busy (SanBusyButton *self, gboolean busy)
{
  gtk_stack_set_visible_child (self->stack,
                               busy ? GTK_WIDGET (self->spinner) : GTK_WIDGET (self->label));
  gtk_spinner_set_spinning (self->spinner, busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self), !busy);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_BUSY, busy, -1);
}

gboolean
san_busy_button_is_busy (SanBusyButton *self)
{
  return gtk_spinner_get_spinning (self->spinner);
}

static void
san_busy_button_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  SanBusyButton *self = SAN_BUSY_BUTTON (object);
  const char *word = g_value_get_string (value);

  gtk_label_set_label (self->label, word != NULL ? word : "");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, word, -1);
}

static void
san_busy_button_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_string (value, gtk_label_get_label (SAN_BUSY_BUTTON (object)->label));
}

static void
san_busy_button_class_init (SanBusyButtonClass *klass)
{
  G_OBJECT_CLASS (klass)->set_property = san_busy_button_set_property;
  G_OBJECT_CLASS (klass)->get_property = san_busy_button_get_property;
  properties[PROP_WORD] = g_param_spec_string ("word", NULL, NULL, "",
                                               G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPERTIES, properties);
}

static void
san_busy_button_init (SanBusyButton *self)
{
  self->stack = g_object_new (GTK_TYPE_STACK, "hhomogeneous", TRUE, NULL);
  self->label = g_object_new (GTK_TYPE_LABEL, "wrap", TRUE, NULL);
  self->spinner = g_object_new (GTK_TYPE_SPINNER, NULL);
  gtk_stack_add_child (self->stack, GTK_WIDGET (self->label));
  gtk_stack_add_child (self->stack, GTK_WIDGET (self->spinner));
  gtk_button_set_child (GTK_BUTTON (self), GTK_WIDGET (self->stack));
  gtk_widget_add_css_class (GTK_WIDGET (self), "text-button");
}
