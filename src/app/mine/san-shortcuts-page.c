/* san-shortcuts-page.c - every key, and what it does
 *
 * A map of the keyboard: groups of keys in three columns, so that it is seen whole, each key drawn
 * as the cap that is pressed.
 * They hold under every keyboard layout. */
#include "san-shortcuts-page.h"
#include "san-column.h"
#include "san-i18n.h"
#include "san-line.h"
#include "san-wrap.h"
#include <adwaita.h>

#define WIDTH 1100

static const guint8 columns_of[] = { 34, 33, 33, 0 };

struct _SanShortcutsPage
{
  SanPage parent_instance;

  GtkWidget *root;
  GtkWidget *first;                 /* row */
};

G_DEFINE_FINAL_TYPE (SanShortcutsPage, san_shortcuts_page, SAN_TYPE_PAGE)

/* Keys as they are printed on keyboards: "+" holds them together, a blank stands between those of
 * which each does it, a "|" where they go on below. keys NULL: a heading; words NULL too: from here
 * on in the next column. */
static const struct { const char *keys, *words; } rows[] = {
  { NULL, N_("When somebody comes near") },
  { "F12", N_("Cover the screen; any key lifts it") },
  { "Ctrl+L", N_("Lock") },
  { "Ctrl+H", N_("Show or hide this child’s name") },
  { "Ctrl+Q", N_("Quit; it locks and never asks") },
  { NULL, N_("Pages") },
  { "Alt+1 … 8", N_("The pages on the left, from the first") },
  { "Ctrl+F", N_("Find a child, a page, a form") },
  { "Alt+← Esc", N_("Back one page") },
  { "Ctrl+Tab|Ctrl+PgDn", N_("Next part of this page") },
  { "Ctrl+N", N_("Welcome a child") },
  { "Ctrl+E", N_("Exchange") },
  { "Ctrl+R", N_("To review") },
  { "Ctrl+,", N_("Preferences") },
  { "F1", N_("Help for this page") },
  { "Ctrl+?", N_("This list of keys") },
  { NULL, NULL },
  { NULL, N_("Window and text") },
  { "Ctrl++|Ctrl+-", N_("Text larger, smaller") },
  { "Ctrl+0", N_("Text as usual") },
  { "F6", N_("To the next part of the window") },
  { "F9", N_("Show or hide the pages on the left") },
  { "F10", N_("Menu") },
  { NULL, N_("A child’s page") },
  { "Ctrl+I", N_("Who opened this child’s file") },
  { "T", N_("On Outcomes: the charts as tables, and back") },
  { NULL, N_("In a list") },
  { "↑ ↓|Home End", N_("Move") },
  { "Enter Space", N_("Open, choose") },
  { "Shift+F10", N_("What else can be done with this line") },
  { NULL, N_("In a field for a day") },
  { "T Y", N_("Today, yesterday") },
  { "+ -", N_("One day on, one day back") },
  { NULL, NULL },
  { NULL, N_("In a form") },
  { "Tab", N_("Next question; with Shift the one before") },
  { "Ctrl+↓|Ctrl+↑", N_("Next, previous part of the form") },
  { "F2", N_("Not known, not asked, what stood here before") },
  { "Ctrl+S", N_("Save") },
  { "Ctrl+Enter", N_("Finish and sign") },
  { "Ctrl+Z", N_("Undo: in a text, else what was just saved") },
  { "Ctrl+Shift+Z", N_("Redo in a text") },
  { NULL, N_("In a scoring sheet") },
  { "0 … 9", N_("Answer, and on to the next") },
  { "-", N_("Leave this one blank") },
  { "⌫", N_("Back to the one before") },
  { NULL, N_("In To review") },
  { "1 2 3", N_("Keep the left, keep the right, write another") },
  { "S", N_("Later") },
};

static void
add_plain (GtkWidget *line, const char *words)
{
  gtk_box_append (GTK_BOX (line), g_object_new (GTK_TYPE_LABEL, "label", words, NULL));
}

static void
add_cap (GtkWidget *line, const char *key)
{
  GtkWidget *cap = g_object_new (GTK_TYPE_LABEL, "label", key, "valign", GTK_ALIGN_CENTER, NULL);

  gtk_widget_add_css_class (cap, "san-key");
  gtk_box_append (GTK_BOX (line), cap);
}

/* "Ctrl++" is Ctrl and +: what is left of a "+" is never empty. */
static GtkWidget *
chord_new (const char *chord)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 3);
  const char *plus;

  if (g_str_equal (chord, "…"))
    add_plain (line, chord);
  else
    {
      for (; (plus = strchr (chord + 1, '+')) != NULL && plus[1] != '\0'; chord = plus + 1)
        {
          g_autofree char *key = g_strndup (chord, (gsize) (plus - chord));

          add_cap (line, key);
        }
      add_cap (line, chord);
    }
  return line;
}

static GtkWidget *
caps_new (const char *keys)
{
  g_auto(GStrv) lines = g_strsplit (keys, "|", -1);
  GtkWidget *caps = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "spacing",
                                  3, "valign", GTK_ALIGN_CENTER, NULL);

  for (guint l = 0; lines[l] != NULL; l++)
    {
      g_auto(GStrv) chords = g_strsplit (lines[l], " ", -1);
      GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

      for (guint i = 0; chords[i] != NULL; i++)
        gtk_box_append (GTK_BOX (line), chord_new (chords[i]));
      gtk_box_append (GTK_BOX (caps), line);
    }
  return caps;
}

/* The columns of keys of all groups of one column are as wide as each other. */
static GtkWidget *
row_new (GtkSizeGroup *of_keys, const char *keys, const char *words)
{
  g_autofree char *in_a_line = g_strdelimit (g_strdup (keys), "|", ' ');
  /* Translators: keys, and what they do: "Ctrl+L: Lock" */
  g_autofree char *spoken = san_words_print (_("%1$s: %2$s"), in_a_line, words);
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *line = san_line_new (12);
  GtkWidget *caps = caps_new (keys);

  gtk_size_group_add_widget (of_keys, caps);
  gtk_box_append (GTK_BOX (line), caps);
  gtk_box_append (GTK_BOX (line), g_object_new (GTK_TYPE_LABEL, "label", words, "xalign", 0.0,
                                                "wrap", TRUE, "hexpand", TRUE, NULL));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), line);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  return row;
}

/* The arrows go on from one group to the next. */
static gboolean
keynav_cb (GtkWidget *list, GtkDirectionType direction, SanShortcutsPage *self)
{
  return gtk_widget_child_focus (self->root, direction == GTK_DIR_UP ? GTK_DIR_TAB_BACKWARD
                                                                     : GTK_DIR_TAB_FORWARD);
}

static GtkListBox *
add_group (SanShortcutsPage *self, GtkWidget *column, const char *heading)
{
  GtkListBox *list;

  san_column_add_heading (GTK_BOX (column), heading);
  list = san_column_add_list (GTK_BOX (column), heading);
  gtk_widget_add_css_class (GTK_WIDGET (list), "san-keys");
  g_signal_connect (list, "keynav-failed", G_CALLBACK (keynav_cb), self);
  return list;
}

static void
add_rows (SanShortcutsPage *self, GtkWidget *columns)
{
  guint n = 0;
  g_autoptr(GtkSizeGroup) of_keys = NULL;
  GtkWidget *column = NULL;
  GtkListBox *list = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      if (column == NULL || (rows[i].keys == NULL && rows[i].words == NULL))
        {
          column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
          gtk_widget_set_valign (column, GTK_ALIGN_START);
          gtk_widget_set_hexpand (column, TRUE);
          san_wrap_append_at (columns, column, n++);
          g_clear_object (&of_keys);
          of_keys = gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL);
        }
      if (rows[i].words == NULL)
        continue;
      if (rows[i].keys == NULL)
        list = add_group (self, column, _(rows[i].words));
      else
        gtk_list_box_append (list, row_new (of_keys, rows[i].keys, _(rows[i].words)));
      if (self->first == NULL && rows[i].keys != NULL)
        self->first = GTK_WIDGET (gtk_list_box_get_row_at_index (list, 0));
    }
}

static void
start (SanPage *page)
{
  SanShortcutsPage *self = SAN_SHORTCUTS_PAGE (page);
  GtkWidget *columns = san_wrap_box_new (18);
  GtkWidget *clamp = adw_clamp_new ();

  san_page_set_title (page, _("Keys"));
  san_wrap_set_columns (SAN_WRAP (gtk_widget_get_layout_manager (columns)), columns_of);
  gtk_widget_add_css_class (columns, "san-page");
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), WIDTH);
  adw_clamp_set_tightening_threshold (ADW_CLAMP (clamp), WIDTH);
  adw_clamp_set_child (ADW_CLAMP (clamp), columns);
  self->root = san_scroll_new ();
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->root), clamp);
  gtk_widget_set_parent (self->root, GTK_WIDGET (self));
  add_rows (self, columns);
}

static GtkWidget *
first_focus (SanPage *page)
{
  return SAN_SHORTCUTS_PAGE (page)->first;
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
