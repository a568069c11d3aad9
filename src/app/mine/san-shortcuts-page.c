/* san-shortcuts-page.c - every key, and what it does
 *
 * A table of words: two columns, a row a key. They hold under every keyboard layout. */
#include "san-shortcuts-page.h"
#include "san-column.h"
#include "san-i18n.h"

struct _SanShortcutsPage
{
  SanPage parent_instance;

  GtkWidget *root;
};

G_DEFINE_FINAL_TYPE (SanShortcutsPage, san_shortcuts_page, SAN_TYPE_PAGE)

/* keys NULL: a heading */
static const struct { const char *keys, *words; } rows[] = {
  { NULL, N_("Everywhere") },
  { "F12", N_("Cover the screen; any key lifts it") },
  { "Ctrl+L", N_("Lock") },
  { "Alt+1 … Alt+8", N_("Go to the first … eighth page") },
  { "Ctrl+F", N_("Find a child, a page, a form") },
  { "Alt+←, Esc", N_("Back one page") },
  { "Ctrl+N", N_("Welcome a child") },
  { "Ctrl+E", N_("Exchange") },
  { "Ctrl+R", N_("To review") },
  { "Ctrl+H", N_("Show or hide this child’s name") },
  { "Ctrl+I", N_("Who opened this child’s file") },
  { "F1", N_("Help for this page") },
  { "Ctrl+?", N_("This list of keys") },
  { "Ctrl+,", N_("Preferences") },
  { "Ctrl++  Ctrl+-  Ctrl+0", N_("Text larger, smaller, as usual") },
  { "F6", N_("To the next part of the window") },
  { "F9", N_("Show or hide the pages on the left") },
  { "F10", N_("Menu") },
  { "Ctrl+Q", N_("Quit; it locks and never asks") },
  { NULL, N_("In a form") },
  { "Tab, Shift+Tab", N_("Next, previous question") },
  { "Ctrl+S", N_("Save") },
  { "Ctrl+Enter", N_("Finish and sign") },
  { "Ctrl+PgDn, Ctrl+PgUp", N_("Next, previous child, day or part") },
  { "Ctrl+Z, Ctrl+Shift+Z",
    N_("Undo, redo: in a text, else what was just saved, while Undo stands at the foot") },
  { NULL, N_("In a list") },
  { "↑ ↓ Home End", N_("Move") },
  { "Enter, Space", N_("Open, choose") },
  { "T", N_("On Outcomes: the charts as tables, and back") },
  { NULL, N_("In a scoring sheet") },
  { "0 … 9", N_("Answer, and on to the next") },
  { "-", N_("Leave this one blank") },
  { "⌫", N_("Back to the one before") },
};

/* @first: the columns of keys of all groups are as wide as each other. */
static void
add_key (GtkGrid *grid, GtkSizeGroup *first, int at, const char *keys, const char *words)
{
  GtkWidget *key = g_object_new (GTK_TYPE_LABEL, "label", keys, "xalign", 0.0, "wrap", TRUE, NULL);
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", words, "xalign", 0.0, "wrap", TRUE,
                                   "hexpand", TRUE, NULL);

  gtk_widget_add_css_class (key, "heading");
  gtk_size_group_add_widget (first, key);
  gtk_grid_attach (grid, key, 0, at, 1, 1);
  gtk_grid_attach (grid, label, 1, at, 1, 1);
}

static void
start (SanPage *page)
{
  SanShortcutsPage *self = SAN_SHORTCUTS_PAGE (page);
  g_autoptr(GtkSizeGroup) first = gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL);
  GtkGrid *grid = NULL;
  GtkBox *box;

  san_page_set_title (page, _("Keys"));
  self->root = san_column_new (&box, FALSE);
  gtk_widget_set_parent (self->root, GTK_WIDGET (self));
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      if (rows[i].keys != NULL)
        {
          add_key (grid, first, (int) i, rows[i].keys, _(rows[i].words));
          continue;
        }
      san_column_add_title (box, _(rows[i].words));
      grid = GTK_GRID (gtk_grid_new ());
      gtk_grid_set_column_spacing (grid, 24);
      gtk_grid_set_row_spacing (grid, 6);
      gtk_box_append (box, GTK_WIDGET (grid));
    }
  gtk_widget_set_focusable (self->root, TRUE);      /* arrows scroll */
}

static GtkWidget *
first_focus (SanPage *page)
{
  return SAN_SHORTCUTS_PAGE (page)->root;
}

static void
san_shortcuts_page_dispose (GObject *object)
{
  g_clear_pointer (&SAN_SHORTCUTS_PAGE (object)->root, gtk_widget_unparent);
  G_OBJECT_CLASS (san_shortcuts_page_parent_class)->dispose (object);
}

static void
san_shortcuts_page_class_init (SanShortcutsPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = san_shortcuts_page_dispose;
  SAN_PAGE_CLASS (klass)->start = start;
  SAN_PAGE_CLASS (klass)->first_focus = first_focus;
  SAN_PAGE_CLASS (klass)->help = "shortcuts";
}

static void
san_shortcuts_page_init (SanShortcutsPage *self)
{
}
