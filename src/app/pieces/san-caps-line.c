/* san-caps-line.c - Caps Lock is on: an icon and a sentence, for as long as it is */
#include "san-caps-line.h"
#include "san-i18n.h"
#include "san-line.h"

struct _SanCapsLine
{
  GtkWidget parent_instance;

  GtkWidget *line;
  GdkDevice *keyboard;              /* (nullable): whose Caps Lock is watched */
};

G_DEFINE_FINAL_TYPE (SanCapsLine, san_caps_line, GTK_TYPE_WIDGET)

static void
caps_cb (SanCapsLine *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self), self->keyboard != NULL &&
                                               gdk_device_get_caps_lock_state (self->keyboard));
}

static void
watch (SanCapsLine *self)
{
  GdkSeat *seat = gdk_display_get_default_seat (gtk_widget_get_display (GTK_WIDGET (self)));

  self->keyboard = seat != NULL ? gdk_seat_get_keyboard (seat) : NULL;
  if (self->keyboard == NULL)
    return;
  g_object_ref (self->keyboard);
  g_signal_connect_object (self->keyboard, "notify::caps-lock-state", G_CALLBACK (caps_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
san_caps_line_dispose (GObject *object)
{
  SanCapsLine *self = SAN_CAPS_LINE (object);

  if (self->keyboard != NULL)
    g_signal_handlers_disconnect_by_data (self->keyboard, self);
  g_clear_object (&self->keyboard);
  g_clear_pointer (&self->line, gtk_widget_unparent);
  G_OBJECT_CLASS (san_caps_line_parent_class)->dispose (object);
}

static void
san_caps_line_class_init (SanCapsLineClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = san_caps_line_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
san_caps_line_init (SanCapsLine *self)
{
  GtkWidget *icon = g_object_new (GTK_TYPE_IMAGE, "icon-name", "input-keyboard-symbolic",
                                  "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  GtkWidget *words = g_object_new (GTK_TYPE_LABEL, "label", _("Caps Lock is on."), "wrap", TRUE,
                                   "xalign", 0.0, "accessible-role", GTK_ACCESSIBLE_ROLE_STATUS,
                                   NULL);

  self->line = san_line_new (6);
  gtk_widget_add_css_class (self->line, "san-overdue");
  gtk_box_append (GTK_BOX (self->line), icon);
  gtk_box_append (GTK_BOX (self->line), words);
  gtk_widget_set_parent (self->line, GTK_WIDGET (self));
  watch (self);
  caps_cb (self);
}
