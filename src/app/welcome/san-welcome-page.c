/* san-welcome-page.c - the first page ever: which language, and which way in
 *
 * "Another centre" of the unlock page leads here too; then the centre of this laptop is a row. */
#include "san-welcome-page.h"
#include "san-column.h"
#include "san-example.h"
#include "san-i18n.h"
#include "san-language-buttons.h"
#include "san-pages.h"
#include "san-sentences.h"

#define GUESS_SECONDS 8.0           /* how long making the example takes on an old laptop */

struct _SanWelcomePage
{
  SanPage parent_instance;

  GtkWidget          *root;
  GtkBox             *rows, *examples;
  SanLanguageButtons *languages;
  GtkProgressBar     *progress;
  GtkLabel           *said;
  guint               pulse;
  gint64              begun;
};

G_DEFINE_FINAL_TYPE (SanWelcomePage, san_welcome_page, SAN_TYPE_PAGE)

static const struct { const char *folder, *name, *more; } centres[] = {
  { "shefali-bari", N_("Shefali Bari (example)"), N_("22 girls, a home in the east") },
  { "gulmohar-ghar", N_("Gulmohar Ghar (example)"), N_("40 children, a home in the west") },
};

typedef struct { SanDesk *desk; char *dir; } Making;

static void
making_free (Making *self)
{
  g_object_unref (self->desk);
  g_free (self->dir);
  g_free (self);
}

/* One that was cut off half-way begins again; who quits or goes elsewhere does not wait for it. */
static gpointer
make_example (SanCentre *none, gpointer input, GCancellable *cancellable, GError **error)
{
  Making *it = input;

  return GINT_TO_POINTER (san_example_delete (it->dir, error) &&
                          san_example_make (san_desk_get_where (it->desk), it->dir, 0, cancellable,
                                            error));
}

static gboolean
has_example (SanDesk *desk)
{
  g_autofree char *dir = san_desk_dup_example_dir (desk);
  g_autofree char *readme = g_build_filename (dir, "README.txt", NULL);

  return g_file_test (readme, G_FILE_TEST_EXISTS);
}

static void
example_cb (GtkButton *button, SanWelcomePage *self)
{
  g_autoptr(SanDesk) desk = g_object_ref (san_page_get_desk (SAN_PAGE (self)));
  g_autofree char *dir = san_desk_dup_example_dir (desk);
  g_autofree char *store = g_build_filename (dir, g_object_get_data (G_OBJECT (button), "folder"),
                                             NULL);

  san_desk_set_store (desk, store);       /* the unlock page comes; this one is gone */
}

static void
show_examples (SanWelcomePage *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (centres); i++)
    {
      GtkButton *row = san_column_add_row (self->examples, "user-home-symbolic",
                                           _(centres[i].name), _(centres[i].more));

      g_object_set_data (G_OBJECT (row), "folder", (gpointer) centres[i].folder);
      g_signal_connect (row, "clicked", G_CALLBACK (example_cb), self);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->rows), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->examples), TRUE);
  gtk_widget_child_focus (GTK_WIDGET (self->examples), GTK_DIR_TAB_FORWARD);
}

static void
stop_progress (SanWelcomePage *self)
{
  g_clear_handle_id (&self->pulse, g_source_remove);
  gtk_widget_set_visible (GTK_WIDGET (self->progress), FALSE);
  gtk_widget_set_sensitive (GTK_WIDGET (self->rows), TRUE);
}

static void
made_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  SanWelcomePage *self = SAN_WELCOME_PAGE (source);
  g_autoptr(GError) error = NULL;

  stop_progress (self);
  if (san_worker_run_finish (result, &error) != NULL)
    {
      show_examples (self);
      return;
    }
  {
    g_autofree char *sentence = san_sentence_for_error (error);

    gtk_label_set_label (self->said, sentence);
  }
}

/* The core does not say how far it is: the bar slows down towards its end. */
static gboolean
pulse_cb (gpointer data)
{
  SanWelcomePage *self = data;
  double seconds = (double) (g_get_monotonic_time () - self->begun) / G_USEC_PER_SEC;

  gtk_progress_bar_set_fraction (self->progress, seconds / (seconds + GUESS_SECONDS / 2));
  return G_SOURCE_CONTINUE;
}

static void
look_around_cb (SanWelcomePage *self)
{
  SanDesk *desk = san_page_get_desk (SAN_PAGE (self));
  Making *it;

  if (has_example (desk))
    {
      show_examples (self);
      return;
    }
  it = g_new0 (Making, 1);
  it->desk = g_object_ref (desk);
  it->dir = san_desk_dup_example_dir (desk);
  self->begun = g_get_monotonic_time ();
  self->pulse = g_timeout_add (100, pulse_cb, self);
  gtk_label_set_label (self->said, "");
  gtk_widget_set_visible (GTK_WIDGET (self->progress), TRUE);
  gtk_widget_set_sensitive (GTK_WIDGET (self->rows), FALSE);
  san_desk_ask_outside (desk, GTK_WIDGET (self), make_example, it, (GDestroyNotify) making_free,
                        NULL, made_cb, NULL);
}

static void
go_cb (GtkButton *row, SanWelcomePage *self)
{
  san_desk_go_page (san_page_get_desk (SAN_PAGE (self)),
                    g_object_get_data (G_OBJECT (row), "page"));
}

static void
own_cb (SanWelcomePage *self)
{
  g_autoptr(SanDesk) desk = g_object_ref (san_page_get_desk (SAN_PAGE (self)));

  san_desk_set_store (desk, NULL);
}

static void
add_way (SanWelcomePage *self, const char *page, const char *icon, const char *words,
         const char *more)
{
  GtkButton *row;

  if (san_pages_find (page) == NULL)
    return;
  row = san_column_add_row (self->rows, icon, words, more);
  g_object_set_data (G_OBJECT (row), "page", (gpointer) page);
  g_signal_connect (row, "clicked", G_CALLBACK (go_cb), self);
}

/* Only a laptop without a centre begins one: setting up needs an empty place. */
static void
add_ways (SanWelcomePage *self)
{
  SanDesk *desk = san_page_get_desk (SAN_PAGE (self));
  GtkButton *row;

  if (san_desk_has_standard_store (desk))
    {
      row = san_column_add_row (self->rows, "user-home-symbolic", _("The centre of this laptop"),
                                _("Open it with your passphrase"));
      g_signal_connect_swapped (row, "clicked", G_CALLBACK (own_cb), self);
    }
  else
    {
      add_way (self, "setup", "list-add-symbolic", _("Start a new centre"), _("6 minutes"));
      add_way (self, "join", "computer-symbolic", _("Join this laptop to my centre"),
               _("4 minutes; you need the other laptop or a pen drive"));
      add_way (self, "restore", "document-open-recent-symbolic", _("Restore a backup"),
               _("The old laptop broke or is lost; you need the recovery code"));
    }
  row = san_column_add_row (self->rows, "view-reveal-symbolic", _("Look around with example data"),
                            _("10 seconds; nothing in it is real"));
  g_signal_connect_swapped (row, "clicked", G_CALLBACK (look_around_cb), self);
}

static GtkBox *
add_group (GtkBox *box)
{
  GtkWidget *group = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  gtk_box_append (box, group);
  return GTK_BOX (group);
}

static void
add_greeting (GtkBox *box)
{
  GtkWidget *picture = g_object_new (GTK_TYPE_IMAGE, "icon-name", SAN_APPLICATION_ID "-symbolic",
                                     "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  GtkLabel *title, *more;

  gtk_widget_add_css_class (picture, "san-mark");
  gtk_box_append (box, picture);
  title = san_column_add_title (box, _("Welcome to Sanrakshan"));
  gtk_widget_remove_css_class (GTK_WIDGET (title), "title-2");
  gtk_widget_add_css_class (GTK_WIDGET (title), "title-1");
  more = san_column_add_text (box, _("The notebook of a children’s home. It stays on this laptop, "
                                     "locked."));
  gtk_widget_add_css_class (GTK_WIDGET (more), "san-quiet");
  gtk_widget_set_margin_bottom (GTK_WIDGET (more), 6);
  g_object_set (title, "xalign", 0.5, "justify", GTK_JUSTIFY_CENTER, NULL);
  g_object_set (more, "xalign", 0.5, "justify", GTK_JUSTIFY_CENTER, NULL);
}

static void
start (SanPage *page)
{
  SanWelcomePage *self = SAN_WELCOME_PAGE (page);
  GtkBox *box;

  self->root = san_column_new (&box, TRUE);
  gtk_widget_set_parent (self->root, GTK_WIDGET (self));
  self->languages = g_object_new (SAN_TYPE_LANGUAGE_BUTTONS, NULL);
  gtk_box_append (box, GTK_WIDGET (self->languages));
  san_language_buttons_set_desk (self->languages, san_page_get_desk (page));
  add_greeting (box);
  self->rows = add_group (box);
  add_ways (self);
  self->examples = add_group (box);
  san_column_add_text (self->examples, _("Two example centres are ready. Nothing in them is real: "
                                         "no person, no place. "
                                         "Each person’s passphrase stands under her name."));
  gtk_widget_set_visible (GTK_WIDGET (self->examples), FALSE);
  self->progress = g_object_new (GTK_TYPE_PROGRESS_BAR, "show-text", TRUE, "text",
                                 _("Making two example centres"), "visible", FALSE, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->progress), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  gtk_progress_bar_get_text (self->progress), -1);
  gtk_box_append (box, GTK_WIDGET (self->progress));
  self->said = san_column_add_said (box);
}

static GtkWidget *
first_focus (SanPage *page)
{
  return gtk_widget_get_first_child (GTK_WIDGET (SAN_WELCOME_PAGE (page)->rows));
}

static void
san_welcome_page_dispose (GObject *object)
{
  SanWelcomePage *self = SAN_WELCOME_PAGE (object);

  g_clear_handle_id (&self->pulse, g_source_remove);
  g_clear_pointer (&self->root, gtk_widget_unparent);
  G_OBJECT_CLASS (san_welcome_page_parent_class)->dispose (object);
}

static void
san_welcome_page_class_init (SanWelcomePageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = san_welcome_page_dispose;
  SAN_PAGE_CLASS (klass)->start = start;
  SAN_PAGE_CLASS (klass)->first_focus = first_focus;
  SAN_PAGE_CLASS (klass)->help = "welcome";
}

static void
san_welcome_page_init (SanWelcomePage *self)
{
}
