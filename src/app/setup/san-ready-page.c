/* san-ready-page.c - the centre is ready: what one may do next */
#include "san-ready-page.h"
#include "san-column.h"
#include "san-i18n.h"
#include "san-pages.h"

struct _SanReadyPage
{
  SanPage parent_instance;

  GtkWidget *root;
  GtkWidget *first;                 /* borrowed */
};

G_DEFINE_FINAL_TYPE (SanReadyPage, san_ready_page, SAN_TYPE_PAGE)

static const struct { const char *page, *icon, *words, *more; } steps[] = {
  { "centre", "system-users-symbolic", N_("Add the people who work here"), N_("1 minute each") },
  { "admit", "list-add-symbolic", N_("Welcome the first child"), N_("2 minutes") },
  { "pair", "call-start-symbolic", N_("Pair with another centre"),
    N_("4 minutes and one phone call") },
  { "today", "task-due-symbolic", N_("Go to Today"), N_("The rest can wait") },
};

static void
go_cb (GtkButton *row, SanReadyPage *self)
{
  san_desk_go_page (san_page_get_desk (SAN_PAGE (self)),
                    g_object_get_data (G_OBJECT (row), "page"));
}

static void
start (SanPage *page)
{
  SanReadyPage *self = SAN_READY_PAGE (page);
  GtkBox *box;

  san_page_set_title (page, _("Ready"));
  self->root = san_column_new (&box, TRUE);
  gtk_widget_set_parent (self->root, GTK_WIDGET (self));
  san_column_add_title (box, _("Your centre is ready. You can stop here."));
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      GtkButton *row;

      if (san_pages_find (steps[i].page) == NULL)
        continue;
      row = san_column_add_row (box, steps[i].icon, _(steps[i].words), _(steps[i].more));
      g_object_set_data (G_OBJECT (row), "page", (gpointer) steps[i].page);
      g_signal_connect (row, "clicked", G_CALLBACK (go_cb), self);
      if (self->first == NULL)
        self->first = GTK_WIDGET (row);
    }
}

static GtkWidget *
first_focus (SanPage *page)
{
  return SAN_READY_PAGE (page)->first;
}

static void
san_ready_page_dispose (GObject *object)
{
  g_clear_pointer (&SAN_READY_PAGE (object)->root, gtk_widget_unparent);
  G_OBJECT_CLASS (san_ready_page_parent_class)->dispose (object);
}

static void
san_ready_page_class_init (SanReadyPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = san_ready_page_dispose;
  SAN_PAGE_CLASS (klass)->start = start;
  SAN_PAGE_CLASS (klass)->first_focus = first_focus;
  SAN_PAGE_CLASS (klass)->help = "welcome";
}

static void
san_ready_page_init (SanReadyPage *self)
{
}
