/* san-section-bar.c - the sections of a page as a row of flat buttons that wraps */
#include "san-section-bar.h"
#include "san-i18n.h"
#include "san-line.h"
#include "san-wrap.h"

struct _SanSectionBar
{
  GtkWidget parent_instance;

  GtkWidget *box;                   /* GtkFlowBox */
  GPtrArray *buttons;               /* GtkToggleButton, borrowed; data "id" */
  guint      at;
  gboolean   quiet;
};

enum { CHOSEN, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SanSectionBar, san_section_bar, GTK_TYPE_WIDGET)

static const char *
id_of (SanSectionBar *self, guint i)
{
  return g_object_get_data (G_OBJECT (self->buttons->pdata[i]), "id");
}

/* One is down; only that one takes the focus by Tab. */
static void
set_at (SanSectionBar *self, guint at)
{
  self->quiet = TRUE;
  self->at = at;
  for (guint i = 0; i < self->buttons->len; i++)
    {
      gtk_toggle_button_set_active (self->buttons->pdata[i], i == at);
      gtk_widget_set_focusable (self->buttons->pdata[i], i == at);
      gtk_accessible_update_state (GTK_ACCESSIBLE (self->buttons->pdata[i]),
                                   GTK_ACCESSIBLE_STATE_SELECTED, i == at, -1);
    }
  self->quiet = FALSE;
}

static void
choose (SanSectionBar *self, guint at)
{
  set_at (self, at);
  g_signal_emit (self, signals[CHOSEN], 0, id_of (self, at));
}

static void
toggled_cb (GtkToggleButton *button, SanSectionBar *self)
{
  guint at;

  if (self->quiet || !g_ptr_array_find (self->buttons, button, &at))
    return;
  choose (self, at);
  gtk_widget_grab_focus (GTK_WIDGET (button));  /* a click takes the focus from what went away */
}

void
san_section_bar_step (SanSectionBar *self, int step)
{
  guint n = self->buttons->len;
  guint at = n > 0 ? (self->at + n + (guint) (step % (int) n)) % n : 0;

  if (n == 0)
    return;
  choose (self, at);
  gtk_widget_grab_focus (self->buttons->pdata[at]);
}

static gboolean
key_cb (GtkEventControllerKey *keys, guint keyval, guint keycode, GdkModifierType state,
        SanSectionBar *self)
{
  if (keyval == GDK_KEY_Right || keyval == GDK_KEY_Down)
    san_section_bar_step (self, 1);
  else if (keyval == GDK_KEY_Left || keyval == GDK_KEY_Up)
    san_section_bar_step (self, -1);
  else
    return FALSE;
  return TRUE;
}

void
san_section_bar_add (SanSectionBar *self, const char *id, const char *label, gboolean is_protected)
{
  GtkWidget *button = g_object_new (GTK_TYPE_TOGGLE_BUTTON, "accessible-role",
                                    GTK_ACCESSIBLE_ROLE_TAB, NULL);
  GtkWidget *box = san_line_new (6);

  gtk_box_append (GTK_BOX (box), g_object_new (GTK_TYPE_LABEL, "label", label, "wrap", TRUE, NULL));
  if (is_protected)
    gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("changes-prevent-symbolic"));
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_add_css_class (button, "flat");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  if (is_protected)
    gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                    _("You do not read this"), -1);
  g_object_set_data_full (G_OBJECT (button), "id", g_strdup (id), g_free);
  g_signal_connect (button, "toggled", G_CALLBACK (toggled_cb), self);
  g_ptr_array_add (self->buttons, button);
  gtk_box_append (GTK_BOX (self->box), button);
  set_at (self, self->at);
}

void
san_section_bar_choose (SanSectionBar *self, const char *id)
{
  for (guint i = 0; i < self->buttons->len; i++)
    if (g_strcmp0 (id_of (self, i), id) == 0)
      set_at (self, i);
}

const char *
san_section_bar_get (SanSectionBar *self)
{
  return self->at < self->buttons->len ? id_of (self, self->at) : NULL;
}

static void
san_section_bar_dispose (GObject *object)
{
  SanSectionBar *self = SAN_SECTION_BAR (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->buttons, g_ptr_array_unref);
  G_OBJECT_CLASS (san_section_bar_parent_class)->dispose (object);
}

static void
san_section_bar_class_init (SanSectionBarClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = san_section_bar_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_TAB_LIST);
  signals[CHOSEN] = g_signal_new ("chosen", SAN_TYPE_SECTION_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
san_section_bar_init (SanSectionBar *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->buttons = g_ptr_array_new ();
  self->box = san_wrap_box_new (6);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}
