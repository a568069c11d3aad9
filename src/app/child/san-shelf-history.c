/* san-shelf-history.c - when the notes of a section were written, also those taken back
 *
 * By the hour of writing, not by the day that a note speaks of. A line opens its note, where the
 * history of each answer stands. */
#include "san-shelf-history.h"
#include "san-day-words.h"
#include "san-i18n.h"
#include "san-line.h"
#include "san-lines.h"
#include "san-records.h"

#define ROWS 100u

struct _SanShelfHistory
{
  GtkWidget parent_instance;

  GtkWidget  *box, *button, *list;
  SanDesk    *desk;
  SanId32     child;
  const char *shelf;
};

#define SAN_TYPE_SHELF_HISTORY (san_shelf_history_get_type ())
G_DECLARE_FINAL_TYPE (SanShelfHistory, san_shelf_history, SAN, SHELF_HISTORY, GtkWidget)
G_DEFINE_FINAL_TYPE (SanShelfHistory, san_shelf_history, GTK_TYPE_WIDGET)

static const SanForm *
find_form (SanShelfHistory *self, const char *id)
{
  return san_catalogue_find_form (san_centre_get_catalogue (san_desk_get_centre (self->desk)), id);
}

static void
activated_cb (GtkListBox *list, GtkListBoxRow *row, SanShelfHistory *self)
{
  const char *form = g_object_get_data (G_OBJECT (row), "form");
  const SanId16 *record = g_object_get_data (G_OBJECT (row), "record");

  san_desk_go_form (self->desk, form, &self->child, record);
}

static const char *
state_words (const SanRecordView *view, const SanForm *form)
{
  if (view->withdrawn)
    return _("taken back");
  if (view->finished)
    return _("finished and signed");
  return form->is_long_note ? _("not finished") : NULL;
}

static GtkWidget *
make_row (SanShelfHistory *self, const SanRecordView *view, const SanForm *form)
{
  const char *label = san_label_get (form->label, san_desk_get_language (self->desk));
  const char *state = state_words (view, form);
  g_autofree char *when = san_words_moment (view->at_ms, san_clock_now ());
  g_autofree char *by = san_words_print (_("%1$s · %2$s"), label, view->author);
  g_autofree char *quiet = state != NULL ? san_words_print (_("%1$s · %2$s"), when, state)
                                         : g_strdup (when);
  g_autofree char *spoken = g_strjoin (". ", by, quiet, NULL);
  GtkWidget *row = gtk_list_box_row_new ();

  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), san_line_row (NULL, by, quiet, NULL));
  g_object_set_data_full (G_OBJECT (row), "form", g_strdup (form->id), g_free);
  g_object_set_data_full (G_OBJECT (row), "record", g_memdup2 (&view->id, sizeof view->id),
                          g_free);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  return row;
}

static gpointer
ask_records (SanCentre *centre, gpointer input, GCancellable *cancellable, GError **error)
{
  return san_child_records (centre, input, error);
}

static void
answer_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  SanShelfHistory *self = SAN_SHELF_HISTORY (source);
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) views = san_worker_run_finish (result, &error);
  GtkListBoxRow *row;
  guint n = 0;

  if (views == NULL)
    {
      san_desk_complain (self->desk, error);
      return;
    }
  while ((row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), 0)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), GTK_WIDGET (row));
  for (guint i = 0; i < views->len && n < ROWS; i++)
    {
      const SanRecordView *view = views->pdata[i];
      const SanForm *form = find_form (self, view->form);

      if (form == NULL || g_strcmp0 (form->shelf, self->shelf) != 0)
        continue;
      gtk_list_box_append (GTK_LIST_BOX (self->list), make_row (self, view, form));
      n++;
    }
  gtk_widget_set_visible (self->list, n > 0);
}

static void
toggled_cb (GtkToggleButton *button, SanShelfHistory *self)
{
  if (!gtk_toggle_button_get_active (button))
    gtk_widget_set_visible (self->list, FALSE);
  else
    san_desk_ask (self->desk, GTK_WIDGET (self), ask_records, san_id32_copy (&self->child), g_free,
                  (GDestroyNotify) g_ptr_array_unref, answer_cb, NULL);
}

static void
san_shelf_history_dispose (GObject *object)
{
  SanShelfHistory *self = SAN_SHELF_HISTORY (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (san_shelf_history_parent_class)->dispose (object);
}

static void
san_shelf_history_class_init (SanShelfHistoryClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = san_shelf_history_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
san_shelf_history_init (SanShelfHistory *self)
{
  const char *words = _("When it was written, and what was taken back");

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  self->button = gtk_toggle_button_new ();
  gtk_button_set_icon_name (GTK_BUTTON (self->button), "document-open-recent-symbolic");
  gtk_widget_set_tooltip_text (self->button, words);
  gtk_widget_set_valign (self->button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->button, "flat");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  words, -1);
  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->list, "boxed-list");
  gtk_widget_set_visible (self->list, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, words,
                                  -1);
  g_signal_connect (self->list, "row-activated", G_CALLBACK (activated_cb), self);
  g_signal_connect (self->button, "toggled", G_CALLBACK (toggled_cb), self);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

GtkWidget *
san_shelf_history_new (SanDesk *desk, const SanId32 *child, const char *shelf, GtkWidget *heading)
{
  SanShelfHistory *self = g_object_new (SAN_TYPE_SHELF_HISTORY, NULL);
  GtkWidget *head = san_line_new (12);

  self->desk = g_object_ref (desk);
  self->child = *child;
  self->shelf = shelf;
  gtk_widget_set_hexpand (heading, TRUE);
  gtk_box_append (GTK_BOX (head), heading);
  gtk_box_append (GTK_BOX (head), self->button);
  gtk_box_append (GTK_BOX (self->box), head);
  gtk_box_append (GTK_BOX (self->box), self->list);
  return GTK_WIDGET (self);
}
