/* san-devices-view.c - the laptops of the centre; one that is lost or stolen is removed */
#include "san-devices-view.h"
#include "san-column.h"
#include "san-i18n.h"
#include "san-question.h"
#include "san-remove-button.h"
#include "san-sentences.h"
#include "san-staff.h"

#define SHOWN_DIGITS 8

struct _SanDevicesView
{
  GtkWidget parent_instance;

  GtkWidget  *root;
  SanDesk    *desk;
  GtkListBox *list;
  GtkLabel   *said;
};

G_DEFINE_FINAL_TYPE (SanDevicesView, san_devices_view, GTK_TYPE_WIDGET)

typedef struct { char *id; const char *reason; } Act;

static void
act_free (Act *act)
{
  g_free (act->id);
  g_free (act);
}

static Act *
act_new (const char *id, const char *reason)
{
  Act *act = g_new0 (Act, 1);

  act->id = g_strdup (id);
  act->reason = reason;
  return act;
}

static gpointer
list_devices (SanCentre *centre, gpointer input, GCancellable *cancellable, GError **error)
{
  return san_device_list (centre, error);
}

static gpointer
revoke_device (SanCentre *centre, gpointer input, GCancellable *cancellable, GError **error)
{
  Act *act = input;

  return GINT_TO_POINTER (san_device_revoke (centre, act->id, act->reason, error));
}

static void
complain (SanDevicesView *self, const GError *error)
{
  g_autofree char *sentence = san_sentence_for_error (error);

  gtk_label_set_label (self->said, sentence);
}

static void
revoked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  SanDevicesView *self = SAN_DEVICES_VIEW (source);
  g_autoptr(GError) error = NULL;

  if (san_worker_run_finish (result, &error) == NULL)
    {
      complain (self, error);
      return;
    }
  san_desk_toast (self->desk, _("That laptop is removed. It gets nothing more from here."));
  san_desk_changed (self->desk);
}

static void
revoke_yes (GtkWidget *over, gpointer data)
{
  SanDevicesView *self = SAN_DEVICES_VIEW (over);
  Act *asked = data;

  san_desk_ask (self->desk, GTK_WIDGET (self), revoke_device, act_new (asked->id, asked->reason),
                (GDestroyNotify) act_free, NULL, revoked_cb, NULL);
}

static void
ask_remove (GtkWidget *owner, const char *id, const char *reason)
{
  san_question_ask (owner, _("Remove this laptop?"),
                    _("It gets nothing more from here, and what it writes from now on is not "
                      "used. What it sent until now "
                      "stays. Keys are changed. It cannot come back; it can join again as a new "
                      "one."),
                    _("Keep it"), _("Remove"), revoke_yes, act_new (id, reason),
                    (GDestroyNotify) act_free);
}

static GtkWidget *
make_row (SanDevicesView *self, const SanDeviceRow *device)
{
  static const SanRemoveReason reasons[] = {
    { "lost", N_("It is lost") },
    { "stolen", N_("It is stolen") },
    { "other", N_("It is broken, or not used any more") },
    { NULL, NULL },
  };
  GtkBox *lines, *line;
  g_autofree char *id = san_id16_to_text (&device->id);
  g_autofree char *name = san_words_print (_("Laptop %.*s"), SHOWN_DIGITS, id);
  g_autofree char *people = san_words_print (ngettext ("%u person has used it",
                                                       "%u people have used it", device->n_people),
                                             device->n_people);
  gboolean removed = g_str_equal (device->state, "removed");
  const char *words = device->is_mine ? _("This laptop") : name;
  GtkWidget *row = san_column_list_row (words, removed ? _("removed") : people, words, &lines,
                                        &line);

  if (device->exists_twice)
    gtk_widget_add_css_class (GTK_WIDGET (san_column_add_text (lines,
                                                               _("It exists twice: two laptops "
                                                                 "claim the same number. Call "
                                                                 "your coordinator before you go "
                                                                 "on."))),
                              "san-overdue");
  if (!removed && !device->is_mine)
    gtk_box_append (line, san_remove_button_new (GTK_WIDGET (self), id, reasons, ask_remove));
  return row;
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  SanDevicesView *self = SAN_DEVICES_VIEW (source);
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) rows = san_worker_run_finish (result, &error);
  GtkWidget *old;

  if (rows == NULL)
    {
      complain (self, error);
      return;
    }
  while ((old = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, old);
  for (guint i = 0; i < rows->len; i++)
    gtk_list_box_append (self->list, make_row (self, rows->pdata[i]));
}

void
san_devices_view_refresh (SanDevicesView *self)
{
  san_desk_ask (self->desk, GTK_WIDGET (self), list_devices, NULL, NULL,
                (GDestroyNotify) g_ptr_array_unref, listed_cb, NULL);
}

static void
san_devices_view_dispose (GObject *object)
{
  SanDevicesView *self = SAN_DEVICES_VIEW (object);

  g_clear_pointer (&self->root, gtk_widget_unparent);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (san_devices_view_parent_class)->dispose (object);
}

static void
san_devices_view_class_init (SanDevicesViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = san_devices_view_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
san_devices_view_init (SanDevicesView *self)
{
}

GtkWidget *
san_devices_view_new (SanDesk *desk)
{
  SanDevicesView *self = g_object_new (SAN_TYPE_DEVICES_VIEW, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->desk = g_object_ref (desk);
  self->root = box;
  gtk_widget_set_parent (box, GTK_WIDGET (self));
  san_column_add_text (GTK_BOX (box), _("A second laptop joins by a card: on it choose “Join this "
                                        "laptop to my centre”, "
                                        "here go to Exchange, Pair."));
  self->said = san_column_add_said (GTK_BOX (box));
  self->list = san_column_add_list (GTK_BOX (box), _("Laptops"));
  san_devices_view_refresh (self);
  return GTK_WIDGET (self);
}
