/* san-toasts.c - what was just done, at the foot of the page, for a few seconds
 *
 * Ours, since the theme's toast ellipsises. One at a time: a newer one takes the place of the
 * older, whose act then stays done. It never takes the focus; who goes to its button by Tab is back
 * where she was when it is gone. */
#include "san-toasts.h"
#include "san-focus.h"
#include "san-i18n.h"
#include "san-line.h"

#define SECONDS          4
#define SECONDS_TO_UNDO 10

struct _SanToasts
{
  GtkWidget parent_instance;

  GtkWidget *card;                  /* (nullable) */
  SanToast  *toast;
  SanDesk   *desk;                  /* borrowed: the shell holds it */
  guint      timer;
};

G_DEFINE_FINAL_TYPE (SanToasts, san_toasts, GTK_TYPE_WIDGET)

static void
clear (SanToasts *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->card != NULL)
    san_focus_give_back (GTK_WIDGET (self), self->card);
  g_clear_pointer (&self->card, gtk_widget_unparent);
  g_clear_pointer (&self->toast, san_toast_free);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

static gboolean
over_cb (gpointer data)
{
  SanToasts *self = data;

  self->timer = 0;
  clear (self);
  return G_SOURCE_REMOVE;
}

gboolean
san_toasts_undo (SanToasts *self)
{
  SanToast *toast;

  if (self->toast == NULL || self->toast->undo == NULL)
    return FALSE;
  toast = g_steal_pointer (&self->toast);
  clear (self);
  toast->undo (self->desk, toast->data);
  san_toast_free (toast);
  return TRUE;
}

static void
undo_cb (GtkButton *button, SanToasts *self)
{
  san_toasts_undo (self);
}

void
san_toasts_add (SanToasts *self, SanDesk *desk, SanToast *toast)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_STATUS,
                                   NULL);

  clear (self);
  self->desk = desk;
  self->toast = toast;
  self->card = san_line_new (12);
  gtk_widget_add_css_class (self->card, "san-toast");
  gtk_label_set_label (GTK_LABEL (label), toast->sentence);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 70);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_box_append (GTK_BOX (self->card), label);
  if (toast->undo != NULL)
    {
      GtkWidget *button = gtk_button_new_with_label (toast->label != NULL ? toast->label
                                                                          : _("Undo"));

      g_signal_connect (button, "clicked", G_CALLBACK (undo_cb), self);
      gtk_widget_set_focus_on_click (button, FALSE);
      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      gtk_box_append (GTK_BOX (self->card), button);
    }
  gtk_widget_set_parent (self->card, GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  self->timer = g_timeout_add_seconds (toast->undo != NULL ? SECONDS_TO_UNDO : SECONDS, over_cb,
                                       self);
}

static void
san_toasts_dispose (GObject *object)
{
  clear (SAN_TOASTS (object));
  G_OBJECT_CLASS (san_toasts_parent_class)->dispose (object);
}

static void
san_toasts_class_init (SanToastsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = san_toasts_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
san_toasts_init (SanToasts *self)
{
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_END);
  gtk_widget_set_margin_bottom (GTK_WIDGET (self), 18);
  san_focus_watch (GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}
