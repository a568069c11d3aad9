/* san-show-it.c - under "already open on this laptop": the button that leads to that window
 *
 * The store's lock says which process has it. If that process has the store's name on the session
 * bus it is a window of this login; else it is a terminal, or somebody else's login, and no
 * button could lead there. */
#include "san-show-it.h"
#include "san-arrivals.h"
#include "san-i18n.h"
#include "san-sentences.h"
#include "san-store-name.h"

struct _SanShowIt
{
  GtkButton parent_instance;

  SanDesk      *desk;
  GtkLabel     *said;               /* (nullable) weak */
  GError       *error;
  GCancellable *cancellable;        /* of what is asked on the bus */
};

G_DEFINE_FINAL_TYPE (SanShowIt, san_show_it, GTK_TYPE_BUTTON)

static void
forget (SanShowIt *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_error (&self->error);
  g_clear_weak_pointer (&self->said);
}

void
san_show_it_hide (SanShowIt *self)
{
  forget (self);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

static void
asked_cb (GObject *bus, GAsyncResult *result, gpointer data)
{
  g_autoptr(SanShowIt) self = data;
  gint64 pid = san_store_name_ask_holder_finish (bus, result);
  g_autofree char *sentence = NULL;

  if (self->error == NULL || self->said == NULL)
    return;
  if (pid != 0 && pid == san_error_get_holder (self->error))
    {
      gtk_widget_set_sensitive (GTK_WIDGET (self), TRUE);
      gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
      gtk_widget_grab_focus (GTK_WIDGET (self));
      return;
    }
  sentence = san_sentence_in_use_elsewhere (self->error);
  gtk_label_set_label (self->said, sentence);
}

void
san_show_it_look (SanShowIt *self, SanDesk *desk, GtkLabel *said, const GError *error)
{
  san_show_it_hide (self);
  if (!g_error_matches (error, SAN_ERROR, SAN_ERROR_IN_USE))
    return;
  self->error = g_error_copy (error);
  g_set_object (&self->desk, desk);
  g_set_weak_pointer (&self->said, said);
  self->cancellable = g_cancellable_new ();
  if (san_store_name_ask_holder (san_desk_get_where (desk)->store, self->cancellable, asked_cb,
                                 g_object_ref (self)))
    return;
  {
    g_autofree char *sentence = san_sentence_in_use_elsewhere (error);

    g_object_unref (self);
    gtk_label_set_label (said, sentence);
  }
}

static void
shown_cb (GObject *bus, GAsyncResult *result, gpointer data)
{
  g_autoptr(SanShowIt) self = data;

  if (self->error == NULL)          /* this page is gone, or asked something else */
    return;
  if (san_store_name_show_finish (bus, result))
    {
      gtk_widget_activate_action (GTK_WIDGET (self), "app.quit", NULL);
      return;
    }
  gtk_widget_set_sensitive (GTK_WIDGET (self), TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (self->said != NULL)
    gtk_label_set_label (self->said, _("The other window does not answer. Wait a little, then "
                                       "press Show it again."));
}

static void
san_show_it_clicked (GtkButton *button)
{
  SanShowIt *self = SAN_SHOW_IT (button);

  gtk_widget_set_sensitive (GTK_WIDGET (self), FALSE);
  san_store_name_show (san_desk_get_where (self->desk)->store,
                       san_arrivals_get_opened (self->desk), self->cancellable, shown_cb,
                       g_object_ref (self));
}

static void
san_show_it_dispose (GObject *object)
{
  SanShowIt *self = SAN_SHOW_IT (object);

  forget (self);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (san_show_it_parent_class)->dispose (object);
}

static void
san_show_it_class_init (SanShowItClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = san_show_it_dispose;
  GTK_BUTTON_CLASS (klass)->clicked = san_show_it_clicked;
}

static void
san_show_it_init (SanShowIt *self)
{
  gtk_button_set_label (GTK_BUTTON (self), _("Show it"));
  gtk_widget_add_css_class (GTK_WIDGET (self), "suggested-action");
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_START);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}
