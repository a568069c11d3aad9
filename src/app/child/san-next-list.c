/* san-next-list.c - what is due next for one child
 *
 * A row says what, why now and for whom it waits; Enter opens the form that answers it. */
#include "san-next-list.h"
#include "san-day-words.h"
#include "san-sentences.h"
#include <glib/gi18n.h>

struct _SanNextList
{
  GtkWidget parent_instance;

  GtkWidget *list;
  SanDesk   *desk;
  GPtrArray *dues;
};

G_DEFINE_FINAL_TYPE (SanNextList, san_next_list, GTK_TYPE_WIDGET)

static void
activated_cb (GtkListBox *list, GtkListBoxRow *row, SanNextList *self)
{
  const SanDueItem *due = self->dues->pdata[gtk_list_box_row_get_index (row)];
  const SanMilestone *milestone = san_programme_find_milestone (
      san_centre_get_programme (san_desk_get_centre (self->desk)), due->milestone);

  const char *form = milestone == NULL ? NULL : milestone->form != NULL ? milestone->form :
                     milestone->n_fulfilments > 0 ? milestone->fulfilments[0].form : NULL;

  if (form != NULL)
    san_desk_go_form (self->desk, form, &due->child, NULL);
}

static const char *
icon_of (const char *state)
{
  return g_str_equal (state, "overdue") ? "task-past-due-symbolic" : "appointment-soon-symbolic";
}

static GtkWidget *
make_row (const SanDueItem *due, gint64 now)
{
  g_autofree char *when = san_words_due (due->state, due->at.ms, due->exact, now);
  /* Translators: how late or by when, then whose it is: "2 days overdue · counsellor" */
  g_autofree char *why = g_strdup_printf (_("%1$s · %2$s"), when, san_role_word (due->role));
  g_autofree char *spoken = g_strjoin (". ", due->label, why, NULL);
  g_autofree char *source = g_strdup_printf ("%s (%s)", due->source != NULL ? due->source : "", due->mark);
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *what = g_object_new (GTK_TYPE_LABEL, "label", due->label, "xalign", 0.0, "wrap", TRUE, NULL);
  GtkWidget *late = g_object_new (GTK_TYPE_LABEL, "label", why, "xalign", 0.0, "wrap", TRUE, NULL);
  GtkWidget *icon = gtk_image_new_from_icon_name (icon_of (due->state));
  const char *style = g_str_equal (due->state, "overdue") ? "san-overdue" :
                      g_str_equal (due->state, "today") ? "san-due" : "san-quiet";

  gtk_widget_add_css_class (icon, style);
  gtk_widget_add_css_class (late, style);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (words), what);
  gtk_box_append (GTK_BOX (words), late);
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), words);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_widget_set_tooltip_text (row, source);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  return row;
}

void
san_next_list_show (SanNextList *self, GPtrArray *dues, guint limit)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), 0)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), GTK_WIDGET (row));
  g_clear_pointer (&self->dues, g_ptr_array_unref);
  self->dues = g_ptr_array_ref (dues);
  for (guint i = 0; i < MIN (dues->len, limit); i++)
    gtk_list_box_append (GTK_LIST_BOX (self->list), make_row (dues->pdata[i], san_clock_now ()));
  if (dues->len == 0)
    {
      GtkWidget *nothing = gtk_list_box_row_new ();

      gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (nothing),
                                  g_object_new (GTK_TYPE_LABEL, "label", _("Nothing is waiting for her."), "xalign", 0.0,
                                                "wrap", TRUE, NULL));
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (nothing), FALSE);
      gtk_widget_set_focusable (nothing, FALSE);
      gtk_list_box_append (GTK_LIST_BOX (self->list), nothing);
    }
}

GtkWidget *
san_next_list_get_first (SanNextList *self)
{
  if (self->dues == NULL || self->dues->len == 0)
    return NULL;
  return GTK_WIDGET (gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), 0));
}

static void
san_next_list_dispose (GObject *object)
{
  SanNextList *self = SAN_NEXT_LIST (object);

  g_clear_pointer (&self->list, gtk_widget_unparent);
  g_clear_pointer (&self->dues, g_ptr_array_unref);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (san_next_list_parent_class)->dispose (object);
}

static void
san_next_list_class_init (SanNextListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = san_next_list_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
san_next_list_init (SanNextList *self)
{
  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Next for her"), -1);
  g_signal_connect (self->list, "row-activated", G_CALLBACK (activated_cb), self);
  gtk_widget_set_parent (self->list, GTK_WIDGET (self));
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_START);
}

GtkWidget *
san_next_list_new (SanDesk *desk)
{
  SanNextList *self = g_object_new (SAN_TYPE_NEXT_LIST, NULL);

  self->desk = g_object_ref (desk);
  return GTK_WIDGET (self);
}
