/* san-next-list.c - what is due next for one child: the same rows as on Today, without her tag */
#include "san-next-list.h"
#include "san-due-row.h"
#include "san-i18n.h"

struct _SanNextList
{
  GtkWidget parent_instance;

  GtkWidget *list;
  SanDesk   *desk;
};

G_DEFINE_FINAL_TYPE (SanNextList, san_next_list, GTK_TYPE_WIDGET)

static void
activated_cb (GtkListBox *list, GtkListBoxRow *row, SanNextList *self)
{
  if (SAN_IS_DUE_ROW (row))
    san_due_row_open (SAN_DUE_ROW (row));
}

static GtkWidget *
make_nothing (void)
{
  GtkWidget *row = gtk_list_box_row_new ();

  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row),
                              g_object_new (GTK_TYPE_LABEL, "label",
                                            _("Nothing is waiting for her."), "xalign", 0.0,
                                            "wrap", TRUE, "margin-top", 9, "margin-bottom", 9,
                                            "margin-start", 12, NULL));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  return row;
}

void
san_next_list_show (SanNextList *self, GPtrArray *rows, guint limit)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), 0)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), GTK_WIDGET (row));
  for (guint i = 0; i < MIN (rows->len, limit); i++)
    gtk_list_box_append (GTK_LIST_BOX (self->list),
                         san_due_row_new (self->desk, rows->pdata[i], FALSE));
  if (rows->len == 0)
    gtk_list_box_append (GTK_LIST_BOX (self->list), make_nothing ());
}

GtkWidget *
san_next_list_get_first (SanNextList *self)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), 0);

  return row != NULL && SAN_IS_DUE_ROW (row) ? GTK_WIDGET (row) : NULL;
}

static void
san_next_list_dispose (GObject *object)
{
  SanNextList *self = SAN_NEXT_LIST (object);

  g_clear_pointer (&self->list, gtk_widget_unparent);
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
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Next for her"), -1);
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
