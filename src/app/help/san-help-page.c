/* san-help-page.c - the help of one page, and the way to all topics */
#include "san-help-page.h"
#include "san-column.h"
#include "san-i18n.h"
#include "san-topic.h"
#include "san-two-columns.h"
#include <adwaita.h>

struct _SanHelpPage
{
  SanPage parent_instance;

  GtkWidget *scroll, *words, *topics;
  GPtrArray *names;                 /* static, by row of @topics */
};

G_DEFINE_FINAL_TYPE (SanHelpPage, san_help_page, SAN_TYPE_PAGE)

/* In the order in which somebody new meets them. */
static const char *const all_topics[] = {
  "welcome", "unlock", "slip",   "today",  "children", "admit",   "child",       "access",
  "form",    "session", "scale", "exchange", "pair",   "share",   "review",      "backup",
  "restore", "centre", "grant",  "my-page", "preferences", "shortcuts",
};

gboolean
san_help_has (const char *topic)
{
  for (guint i = 0; i < G_N_ELEMENTS (all_topics); i++)
    if (g_str_equal (all_topics[i], topic))
      return TRUE;
  return FALSE;
}

static const char *
data_dir (SanHelpPage *self)
{
  return san_centre_data_dir (san_desk_get_where (san_page_get_desk (SAN_PAGE (self))));
}

static void
add_words (SanHelpPage *self, const char *text, const char *style)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", text, "wrap", TRUE, "xalign", 0.0,
                                   "selectable", FALSE, NULL);

  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  gtk_box_append (GTK_BOX (self->words), label);
}

/* The one that is read stands out in the list. */
static void
mark_topic (SanHelpPage *self, const char *name)
{
  for (guint i = 0; i < self->names->len; i++)
    {
      GtkListBoxRow *row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->topics), (int) i);

      if (g_str_equal (self->names->pdata[i], name))
        gtk_widget_add_css_class (GTK_WIDGET (row), "san-current");
      else
        gtk_widget_remove_css_class (GTK_WIDGET (row), "san-current");
    }
}

static void
show_topic (SanHelpPage *self, const char *name)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(SanTopic) topic = san_topic_read (data_dir (self), name, &error);
  GtkWidget *child;

  if (topic == NULL && !g_str_equal (name, "index"))
    topic = san_topic_read (data_dir (self), "index", NULL);

  while ((child = gtk_widget_get_first_child (self->words)) != NULL)
    gtk_box_remove (GTK_BOX (self->words), child);
  if (topic == NULL)
    {
      add_words (self, _("There is no help about this page yet."), NULL);
      return;
    }
  mark_topic (self, name);
  san_page_set_title (SAN_PAGE (self), topic->title);
  add_words (self, topic->title, "title-2");
  for (guint i = 0; i < topic->paragraphs->len; i++)
    add_words (self, topic->paragraphs->pdata[i], NULL);
}

static void
topic_cb (GtkListBox *list, GtkListBoxRow *row, SanHelpPage *self)
{
  show_topic (self, self->names->pdata[gtk_list_box_row_get_index (row)]);
  gtk_adjustment_set_value (
    gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroll)), 0);
}

static void
add_topics (SanHelpPage *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (all_topics); i++)
    {
      g_autoptr(SanTopic) topic = san_topic_read (data_dir (self), all_topics[i], NULL);
      GtkWidget *row;

      if (topic == NULL)
        continue;
      row = gtk_list_box_row_new ();
      gtk_list_box_row_set_child (
        GTK_LIST_BOX_ROW (row),
        g_object_new (GTK_TYPE_LABEL, "label", topic->title, "wrap", TRUE, "xalign", 0.0,
                      "margin-top", 9, "margin-bottom", 9, "margin-start", 12, NULL));
      gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      topic->title, -1);
      gtk_list_box_append (GTK_LIST_BOX (self->topics), row);
      g_ptr_array_add (self->names, (gpointer) all_topics[i]);
    }
}

static void
start (SanPage *page)
{
  SanHelpPage *self = SAN_HELP_PAGE (page);
  const char *part = san_page_get_stop (page)->part;

  add_topics (self);
  show_topic (self, part != NULL ? part : "index");
}

static void
san_help_page_dispose (GObject *object)
{
  SanHelpPage *self = SAN_HELP_PAGE (object);

  g_clear_pointer (&self->scroll, gtk_widget_unparent);
  g_clear_pointer (&self->names, g_ptr_array_unref);
  G_OBJECT_CLASS (san_help_page_parent_class)->dispose (object);
}

static void
san_help_page_class_init (SanHelpPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = san_help_page_dispose;
  SAN_PAGE_CLASS (klass)->start = start;
}

static void
san_help_page_init (SanHelpPage *self)
{
  GtkWidget *columns = san_two_columns_box_new (60);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *heading =
    g_object_new (GTK_TYPE_LABEL, "label", _("All topics"), "xalign", 0.0, "wrap", TRUE, NULL);

  self->names = g_ptr_array_new ();
  self->words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  self->topics = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->topics), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->topics, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->topics), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("All topics"), -1);
  g_signal_connect (self->topics, "row-activated", G_CALLBACK (topic_cb), self);
  gtk_widget_add_css_class (heading, "heading");
  gtk_box_append (GTK_BOX (box), heading);
  gtk_box_append (GTK_BOX (box), self->topics);
  gtk_widget_set_valign (self->words, GTK_ALIGN_START);
  gtk_widget_set_valign (box, GTK_ALIGN_START);
  gtk_widget_add_css_class (columns, "san-page");
  gtk_box_append (GTK_BOX (columns), self->words);
  gtk_box_append (GTK_BOX (columns), box);
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 1100);
  adw_clamp_set_tightening_threshold (ADW_CLAMP (clamp), 1100);
  adw_clamp_set_child (ADW_CLAMP (clamp), columns);
  self->scroll = san_scroll_new ();
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroll), clamp);
  gtk_widget_set_parent (self->scroll, GTK_WIDGET (self));
}
