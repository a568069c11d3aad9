/* san-sidebar.c - the pages of her role, and who is using it, whether it is saved,
 * when it was last exchanged
 *
 * Which pages a role has, and in which order, stands in data/roles.xml; a page that this version
 * does not have is absent, not greyed. */
#include "san-sidebar.h"
#include "san-day-words.h"
#include "san-i18n.h"
#include "san-line.h"
#include "san-lines.h"
#include "san-menu.h"
#include "san-pages.h"
#include "san-sentences.h"
#include "san-today.h"

#define SAY_SECONDS 60

struct _SanSidebar
{
  GtkWidget parent_instance;

  GtkWidget     *root;
  GtkListBox    *pages;
  GtkLabel      *example, *said, *kept, *exchanged;
  GtkMenuButton *who;
  SanDesk       *desk;
  GPtrArray     *names;             /* static page names, in the order of the rows */
  guint          say_timer;
};

G_DEFINE_FINAL_TYPE (SanSidebar, san_sidebar, GTK_TYPE_WIDGET)

static GtkWidget *
make_row (const SanPageKind *kind)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = san_line_new (12);
  GtkWidget *label = gtk_label_new (_(kind->label));
  GtkWidget *count = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (count, "san-count");
  gtk_widget_set_visible (count, FALSE);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name (kind->icon));
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), count);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _(kind->label), -1);
  return row;
}

static void
add_pages (SanSidebar *self)
{
  SanCentre *centre = san_desk_get_centre (self->desk);
  g_auto(GStrv) roles = g_strsplit (san_centre_get_role (centre), "+", -1);

  for (guint below = 0; below < 2; below++)
    for (guint r = 0; roles[r] != NULL; r++)
      {
        const SanRole *role = san_catalogue_find_role (san_centre_get_catalogue (centre), roles[r]);

        for (guint i = 0; role != NULL && i < role->n_pages; i++)
          {
            const SanPageKind *kind = san_pages_find (role->pages[i]);

            if (kind == NULL || kind->label == NULL || kind->below_line != (gboolean) below ||
                g_ptr_array_find (self->names, kind->name, NULL))
              continue;
            gtk_list_box_append (self->pages, make_row (kind));
            g_ptr_array_add (self->names, (gpointer) kind->name);
          }
      }
}

static void
header_cb (GtkListBoxRow *row, GtkListBoxRow *before, gpointer data)
{
  SanSidebar *self = data;
  int at = gtk_list_box_row_get_index (row);
  const SanPageKind *kind, *previous;

  if (before == NULL || at < 1 || (guint) at >= self->names->len)
    return;
  kind = san_pages_find (self->names->pdata[at]);
  previous = san_pages_find (self->names->pdata[at - 1]);
  gtk_list_box_row_set_header (row, kind->below_line && !previous->below_line
                                      ? gtk_separator_new (GTK_ORIENTATION_HORIZONTAL) : NULL);
}

gboolean
san_sidebar_has (SanSidebar *self, const char *page)
{
  const SanPageKind *kind = san_pages_find (page);

  return kind != NULL && (kind->label == NULL || g_ptr_array_find (self->names, kind->name, NULL));
}

static void
activated_cb (GtkListBox *list, GtkListBoxRow *row, SanSidebar *self)
{
  san_desk_go_page (self->desk, self->names->pdata[gtk_list_box_row_get_index (row)]);
}

static void
set_who (SanSidebar *self)
{
  SanCentre *centre = san_desk_get_centre (self->desk);
  g_autoptr(GMenu) menu = g_menu_new ();
  /* Translators: a person's short name and her role, "Mitali · counsellor" */
  g_autofree char *who = san_words_print (_("%1$s · %2$s"), san_centre_get_staff_name (centre),
                                          san_role_word (san_centre_get_role (centre)));
  GtkWidget *line = san_line_new (12);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (words), san_line_label (san_centre_get_staff_name (centre), "heading"));
  gtk_box_append (GTK_BOX (words),
                  san_line_label (san_role_word (san_centre_get_role (centre)), "san-role"));
  gtk_box_append (GTK_BOX (line), gtk_image_new_from_icon_name ("avatar-default-symbolic"));
  gtk_box_append (GTK_BOX (line), words);
  gtk_box_append (GTK_BOX (line), gtk_image_new_from_icon_name ("pan-up-symbolic"));
  gtk_menu_button_set_child (self->who, line);
  /* GTK's box around it is centred */
  gtk_widget_set_halign (gtk_widget_get_parent (line), GTK_ALIGN_FILL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->who), GTK_ACCESSIBLE_PROPERTY_LABEL, who,
                                  -1);
  if (san_pages_find ("my-page") != NULL)
    g_menu_append (menu, _("My page"), "win.go::my-page");
  g_menu_append (menu, _("Change person"), "app.lock");
  g_menu_append (menu, _("Lock"), "app.lock");
  san_menu_set (self->who, G_MENU_MODEL (menu), who);
}

void
san_sidebar_set_desk (SanSidebar *self, SanDesk *desk)
{
  g_set_object (&self->desk, desk);
  add_pages (self);
  gtk_list_box_set_header_func (self->pages, header_cb, self, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->example), san_desk_is_example (desk));
  set_who (self);
}

const char *
san_sidebar_get_nth (SanSidebar *self, guint n)
{
  return n >= 1 && n <= self->names->len ? self->names->pdata[n - 1] : NULL;
}

void
san_sidebar_select (SanSidebar *self, const char *page)
{
  GtkListBoxRow *row = NULL;        /* none: a page that is not listed here */

  for (guint at = 0; at < self->names->len && row == NULL; at++)
    if (g_str_equal (self->names->pdata[at], page))
      row = gtk_list_box_get_row_at_index (self->pages, (int) at);
  gtk_list_box_select_row (self->pages, row);
}

static void
set_line (GtkLabel *label, const char *sentence)
{
  gtk_label_set_label (label, sentence != NULL ? sentence : "");
  gtk_widget_set_visible (GTK_WIDGET (label), sentence != NULL);
}

void
san_sidebar_set_kept (SanSidebar *self, const char *sentence)
{
  set_line (self->kept, sentence);
}

static gboolean
said_cb (gpointer data)
{
  SanSidebar *self = data;

  self->say_timer = 0;
  set_line (self->said, NULL);
  return G_SOURCE_REMOVE;
}

void
san_sidebar_say (SanSidebar *self, const char *sentence)
{
  g_clear_handle_id (&self->say_timer, g_source_remove);
  set_line (self->said, sentence);
  if (sentence != NULL)
    self->say_timer = g_timeout_add_seconds (SAY_SECONDS, said_cb, self);
}

static void
set_count (SanSidebar *self, const char *page, guint n, const char *spoken)
{
  guint at;

  for (at = 0; at < self->names->len; at++)
    if (g_str_equal (self->names->pdata[at], page))
      {
        GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->pages, (int) at);
        GtkWidget *count = gtk_widget_get_last_child (gtk_list_box_row_get_child (row));
        g_autofree char *text = san_words_print ("%u", n);
        /* Translators: a page of the sidebar, then what waits there: "Today, 7 due" */
        g_autofree char *label = n > 0 ? san_words_print (_("%1$s, %2$s"),
                                                          _(san_pages_find (page)->label), spoken)
                                       : g_strdup (_(san_pages_find (page)->label));

        gtk_label_set_label (GTK_LABEL (count), text);
        gtk_widget_set_visible (count, n > 0);
        gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                        -1);
      }
}

/* On every page, so that everybody knows how old the others' news can be. */
static void
set_exchanged (SanSidebar *self, gint64 ms)
{
  g_autofree char *ago = ms > 0 ? san_words_ago (ms, san_clock_now ()) : NULL;
  g_autofree char *sentence = ago != NULL ? san_words_print (_("Last exchange: %s."), ago) : NULL;

  set_line (self->exchanged, sentence);
}

static gpointer
get_counts (SanCentre *centre, gpointer input, GCancellable *cancellable, GError **error)
{
  return san_counts_get (centre, error);
}

/* A count that cannot be had is not worth a complaint: the page itself will say it. */
static void
counted_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  SanSidebar *self = SAN_SIDEBAR (source);
  g_autofree SanCounts *counts = san_worker_run_finish (result, NULL);
  g_autofree char *due = NULL;
  g_autofree char *children = NULL;
  g_autofree char *review = NULL;
  g_autofree char *offers = NULL;

  if (counts == NULL)
    return;
  due = san_words_print (ngettext ("%u due", "%u due", counts->due), counts->due);
  children = san_words_print (ngettext ("%u in care", "%u in care", counts->children),
                              counts->children);
  review = san_words_print (ngettext ("%u to review", "%u to review", counts->review),
                            counts->review);
  offers = san_words_print (ngettext ("%u offer waits", "%u offers wait", counts->offers),
                            counts->offers);
  set_count (self, "today", counts->due, due);
  set_count (self, "children", counts->children, children);
  set_count (self, "review", counts->review, review);
  set_count (self, "exchange", counts->offers, offers);
  set_exchanged (self, counts->exchanged_ms);
}

void
san_sidebar_refresh (SanSidebar *self)
{
  san_desk_ask (self->desk, GTK_WIDGET (self), get_counts, NULL, NULL, g_free, counted_cb, NULL);
}

static void
san_sidebar_dispose (GObject *object)
{
  SanSidebar *self = SAN_SIDEBAR (object);

  g_clear_handle_id (&self->say_timer, g_source_remove);
  g_clear_object (&self->desk);
  g_clear_pointer (&self->names, g_ptr_array_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), SAN_TYPE_SIDEBAR);
  G_OBJECT_CLASS (san_sidebar_parent_class)->dispose (object);
}

static void
san_sidebar_class_init (SanSidebarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = san_sidebar_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, SAN_RESOURCE_UI "san-sidebar.ui");
  gtk_widget_class_bind_template_child (widget_class, SanSidebar, root);
  gtk_widget_class_bind_template_child (widget_class, SanSidebar, pages);
  gtk_widget_class_bind_template_child (widget_class, SanSidebar, example);
  gtk_widget_class_bind_template_child (widget_class, SanSidebar, said);
  gtk_widget_class_bind_template_child (widget_class, SanSidebar, kept);
  gtk_widget_class_bind_template_child (widget_class, SanSidebar, exchanged);
  gtk_widget_class_bind_template_child (widget_class, SanSidebar, who);
}

static void
san_sidebar_init (SanSidebar *self)
{
  self->names = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (self->pages, "row-activated", G_CALLBACK (activated_cb), self);
}
