/* san-access-page.c - who opened a child's file on this laptop, and when
 *
 * A plain list: the child may be shown it. Only what happened on this laptop is known, and the
 * page says so. */
#include "san-access-page.h"
#include "san-choice-buttons.h"
#include "san-column.h"
#include "san-child-file.h"
#include "san-day-words.h"
#include "san-i18n.h"
#include "san-line.h"
#include "san-lines.h"
#include <adwaita.h>

struct _SanAccessPage
{
  SanPage parent_instance;

  GtkWidget        *scroll, *list, *who;
  SanChoiceButtons *choice;         /* pressed: only what that person did */
};

G_DEFINE_FINAL_TYPE (SanAccessPage, san_access_page, SAN_TYPE_PAGE)

static const char *
what_words (const char *what)
{
  if (g_str_equal (what, "opened"))
    return _("opened her page");
  if (g_str_equal (what, "name"))
    return _("saw her name");
  if (g_str_equal (what, "paper"))
    return _("looked at an attached file");
  if (g_str_equal (what, "copy"))
    return _("saved a copy of an attached file");
  return what;
}

static GtkWidget *
make_row (const SanAccessRow *access)
{
  g_autofree char *when = san_words_moment (access->at, san_clock_now ());
  /* Translators: who did what, "Mitali · opened her page" */
  g_autofree char *words = san_words_print (_("%1$s · %2$s"), access->who,
                                            what_words (access->what));
  g_autofree char *spoken = g_strjoin (". ", words, when, NULL);
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = san_line_new (12);

  gtk_box_append (GTK_BOX (box), g_object_new (GTK_TYPE_LABEL, "label", words, "wrap", TRUE,
                                               "xalign", 0.0, "hexpand", TRUE, NULL));
  gtk_box_append (GTK_BOX (box),
                  g_object_new (GTK_TYPE_LABEL, "label", when, "wrap", TRUE, "xalign", 1.0, NULL));
  gtk_widget_add_css_class (gtk_widget_get_last_child (box), "san-quiet");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  g_object_set_data_full (G_OBJECT (row), "who", g_strdup (access->who), g_free);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  return row;
}

static gboolean
is_wanted (GtkListBoxRow *row, gpointer data)
{
  const char *who = san_choice_buttons_get (SAN_ACCESS_PAGE (data)->choice);

  return who == NULL || g_strcmp0 (who, g_object_get_data (G_OBJECT (row), "who")) == 0;
}

static void
chosen_cb (SanAccessPage *self)
{
  gtk_list_box_invalidate_filter (GTK_LIST_BOX (self->list));
}

/* A button a person; a list of one person needs none. */
static void
add_people (SanAccessPage *self, GPtrArray *rows)
{
  g_autoptr(GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < rows->len; i++)
    {
      const SanAccessRow *row = g_ptr_array_index (rows, i);

      if (g_hash_table_add (names, row->who))
        san_choice_buttons_add (self->choice, row->who, row->who);
    }
  gtk_widget_set_visible (self->who, g_hash_table_size (names) > 1);
}

static gpointer
ask_access (SanCentre *centre, gpointer input, GCancellable *cancellable, GError **error)
{
  return san_child_list_access (centre, input, error);
}

static void
answer_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  SanAccessPage *self = SAN_ACCESS_PAGE (source);
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) rows = san_worker_run_finish (result, &error);

  if (rows == NULL)
    {
      san_desk_complain (san_page_get_desk (SAN_PAGE (self)), error);
      return;
    }
  for (guint i = 0; i < rows->len; i++)
    gtk_list_box_append (GTK_LIST_BOX (self->list), make_row (rows->pdata[i]));
  add_people (self, rows);
  san_page_grab_first_focus (SAN_PAGE (self));
}

static void
start (SanPage *page)
{
  san_page_set_title (page, _("Who opened it"));
  san_desk_ask (san_page_get_desk (page), GTK_WIDGET (page), ask_access,
                san_id32_copy (&san_page_get_stop (page)->child), g_free,
                (GDestroyNotify) g_ptr_array_unref, answer_cb, NULL);
}

static GtkWidget *
first_focus (SanPage *page)
{
  return SAN_ACCESS_PAGE (page)->list;
}

static void
san_access_page_dispose (GObject *object)
{
  g_clear_pointer (&SAN_ACCESS_PAGE (object)->scroll, gtk_widget_unparent);
  G_OBJECT_CLASS (san_access_page_parent_class)->dispose (object);
}

static void
san_access_page_class_init (SanAccessPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = san_access_page_dispose;
  SAN_PAGE_CLASS (klass)->start = start;
  SAN_PAGE_CLASS (klass)->first_focus = first_focus;
  SAN_PAGE_CLASS (klass)->help = "access";
}

static void
san_access_page_init (SanAccessPage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *words = g_object_new (GTK_TYPE_LABEL, "label",
                                   _("Who looked at her file on this laptop, newest first. "
                                     "She may be shown this list."),
                                   "wrap", TRUE, "xalign", 0.0, NULL);

  gtk_widget_add_css_class (words, "san-quiet");
  gtk_widget_add_css_class (box, "san-page");
  self->list = gtk_list_box_new ();
  gtk_widget_add_css_class (self->list, "boxed-list");
  gtk_widget_set_valign (self->list, GTK_ALIGN_START);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Who opened it"), -1);
  self->who = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  self->choice = SAN_CHOICE_BUTTONS (san_choice_buttons_new (_("Show only what one person did")));
  gtk_box_append (GTK_BOX (self->who), san_line_label (_("Show only what one person did"), NULL));
  gtk_box_append (GTK_BOX (self->who), GTK_WIDGET (self->choice));
  gtk_widget_set_visible (self->who, FALSE);
  g_signal_connect_swapped (self->choice, "changed", G_CALLBACK (chosen_cb), self);
  gtk_list_box_set_filter_func (GTK_LIST_BOX (self->list), is_wanted, self, NULL);
  gtk_box_append (GTK_BOX (box), words);
  gtk_box_append (GTK_BOX (box), self->who);
  gtk_box_append (GTK_BOX (box), self->list);
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 720);
  adw_clamp_set_child (ADW_CLAMP (clamp), box);
  self->scroll = san_scroll_new ();
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroll), clamp);
  gtk_widget_set_parent (self->scroll, GTK_WIDGET (self));
}
