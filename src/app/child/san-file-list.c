/* san-file-list.c - what happened: records of a child, newest first, one line each
 *
 * Her words stand in normal weight behind a rule; the staff's words are quiet. A row opens its
 * record. At most ROWS are made at once; the last row makes the next ones. */
#include "san-file-list.h"
#include "san-day-words.h"
#include "san-i18n.h"
#include "san-line.h"

#define ROWS      60
#define DAY_CHARS 12                 /* wide enough for all, so that the days make a column */

struct _SanFileList
{
  GtkWidget parent_instance;

  GtkWidget *list;
  SanDesk   *desk;
  SanId32    child;
  SanChildFile *file;               /* borrowed: the page makes a new list for a new file */
  char      *shelf;
  char      *empty;
  guint      limit;                 /* rows to make at most */
  gboolean   by_month;              /* with a heading a month; earlier stays folded */
  gboolean   unfolded;
};

G_DEFINE_FINAL_TYPE (SanFileList, san_file_list, GTK_TYPE_WIDGET)

static void fill (SanFileList *self);

static const SanFileRow *
row_of (GtkListBoxRow *row)
{
  return g_object_get_data (G_OBJECT (row), "file-row");
}

/* The rows that were folded or too many stand where the pressed one stood. */
static void
open_more (SanFileList *self, GtkListBoxRow *row)
{
  int at = gtk_list_box_row_get_index (row);

  if (g_object_get_data (G_OBJECT (row), "stays") != NULL)
    self->unfolded = TRUE;
  else
    self->limit += ROWS;
  fill (self);
  row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), at);
  if (row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
activated_cb (GtkListBox *list, GtkListBoxRow *row, SanFileList *self)
{
  const SanFileRow *file_row = row_of (row);

  if (file_row == NULL)
    open_more (self, row);
  else if (file_row->form != NULL)
    san_desk_go_form (self->desk, file_row->form->id, &self->child, &file_row->record);
}

static GtkWidget *
make_line (const char *text, const char *style)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", text, "xalign", 0.0, "wrap", TRUE,
                                   "wrap-mode", PANGO_WRAP_WORD_CHAR, "max-width-chars", 70, NULL);

  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  return label;
}

/* How her stay began is told in words, with the hour. */
static char *
arrival_words (const SanFileRow *file_row, gint64 now)
{
  g_autofree char *clock = san_words_clock (file_row->at);
  g_autofree char *day = san_words_day (file_row->at, now);

  return g_str_equal (day, _("today")) ? san_words_print (_("She arrived today at %s."), clock)
                                       : san_words_print (_("She arrived at %s."), clock);
}

static void
add_line_of (GtkWidget *words, const SanFileRow *file_row, gint64 now)
{
  if (file_row->form != NULL && file_row->form->starts_stay)
    {
      g_autofree char *arrived = arrival_words (file_row, now);

      gtk_box_append (GTK_BOX (words), make_line (arrived, NULL));
    }
  if (file_row->line != NULL && file_row->is_hers)
    {
      g_autofree char *quoted = san_words_print (_("“%s”"), file_row->line);

      gtk_box_append (GTK_BOX (words), make_line (quoted, "san-hers"));
    }
  else if (file_row->line != NULL)
    gtk_box_append (GTK_BOX (words), make_line (file_row->line, NULL));
}

static GtkWidget *
make_row (SanFileList *self, const SanFileRow *file_row, gint64 now)
{
  const char *language = san_desk_get_language (self->desk);
  const char *what = file_row->form != NULL ? san_label_get (file_row->form->label, language)
                                            : _("From a newer version");
  g_autofree char *day = san_words_day (file_row->at, now);
  g_autofree char *by = san_words_print (_("%1$s · %2$s"), what, file_row->author);
  g_autofree char *spoken = NULL;
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = san_line_new (12);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *date = make_line (day, "san-quiet");

  g_object_set (date, "width-chars", DAY_CHARS, "max-width-chars", DAY_CHARS, NULL);
  gtk_widget_set_valign (date, GTK_ALIGN_START);
  gtk_widget_add_css_class (date, "numeric");
  gtk_widget_set_hexpand (words, TRUE);
  add_line_of (words, file_row, now);
  gtk_box_append (GTK_BOX (words), make_line (by, file_row->line != NULL ? "san-quiet" : NULL));
  gtk_box_append (GTK_BOX (box), date);
  gtk_box_append (GTK_BOX (box), words);
  if (file_row->form != NULL && file_row->form->is_long_note && !file_row->finished)
    {
      gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("document-edit-symbolic"));
      gtk_box_append (GTK_BOX (box), make_line (_("not finished"), "san-quiet"));
    }
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  g_object_set_data (G_OBJECT (row), "file-row", (gpointer) file_row);
  /* asked for when rows go away too, and then what it was made from may be gone */
  g_object_set_data_full (G_OBJECT (row), "month", san_words_month (file_row->at), g_free);
  spoken = g_strjoin (". ", day, by, file_row->line, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  return row;
}

static void
add_empty (SanFileList *self, const char *empty)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = san_line_new (0);

  gtk_box_append (GTK_BOX (box), make_line (empty, "san-quiet"));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  gtk_list_box_append (GTK_LIST_BOX (self->list), row);
}

/* A row that makes more rows: those of earlier stays, or the next ones. */
static void
add_more (SanFileList *self, const char *words, gboolean stays)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = san_line_new (12);
  GtkWidget *label = make_line (words, NULL);

  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box),
                  g_object_new (GTK_TYPE_IMAGE, "icon-name", "pan-down-symbolic", "accessible-role",
                                GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  if (stays)
    g_object_set_data (G_OBJECT (row), "stays", row);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  gtk_list_box_append (GTK_LIST_BOX (self->list), row);
}

static gboolean
is_wanted (SanFileList *self, const SanFileRow *file_row)
{
  if (self->shelf == NULL)
    return TRUE;
  if (g_str_equal (self->shelf, SAN_FILE_LIST_HERS))
    return file_row->is_hers;
  return g_strcmp0 (file_row->shelf, self->shelf) == 0;
}

static gboolean
is_folded (SanFileList *self, const SanFileRow *file_row)
{
  return self->by_month && !self->unfolded && file_row->stay > 0 &&
         file_row->stay < self->file->row->stay;
}

static void
fill (SanFileList *self)
{
  gint64 now = san_clock_now ();
  GtkListBoxRow *row;
  guint n = 0, left = 0, folded = 0;

  while ((row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), 0)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), GTK_WIDGET (row));
  for (guint i = 0; i < self->file->rows->len; i++)
    {
      const SanFileRow *file_row = self->file->rows->pdata[i];

      if (!is_wanted (self, file_row))
        continue;
      if (is_folded (self, file_row))
        folded++;
      else if (n++ >= self->limit)
        left++;
      else
        gtk_list_box_append (GTK_LIST_BOX (self->list), make_row (self, file_row, now));
    }
  if (n == 0 && folded == 0)
    add_empty (self, self->empty);
  if (left > 0)
    {
      g_autofree char *more = san_words_print (ngettext ("%u earlier note", "%u earlier notes",
                                                         left),
                                               left);

      add_more (self, more, FALSE);
    }
  if (folded > 0)
    {
      g_autofree char *more = san_words_print (ngettext ("From an earlier stay: %u note",
                                                         "From an earlier stay: %u notes",
                                                         folded),
                                               folded);

      add_more (self, more, TRUE);
    }
}

/* A month begins. */
static void
header_cb (GtkListBoxRow *row, GtkListBoxRow *before, gpointer data)
{
  const char *month = g_object_get_data (G_OBJECT (row), "month");
  const char *month_above = before != NULL ? g_object_get_data (G_OBJECT (before), "month") : NULL;
  GtkWidget *label;

  gtk_list_box_row_set_header (row, NULL);
  if (month == NULL || g_strcmp0 (month, month_above) == 0)
    return;
  label = make_line (month, "san-group");
  gtk_list_box_row_set_header (row, label);
}

void
san_file_list_show (SanFileList *self, SanChildFile *file, const char *shelf, const char *empty)
{
  self->child = file->row->id;
  self->file = file;
  self->limit = ROWS;
  g_free (self->shelf);
  g_free (self->empty);
  self->shelf = g_strdup (shelf);
  self->empty = g_strdup (empty);
  fill (self);
}

void
san_file_list_group (SanFileList *self)
{
  self->by_month = TRUE;
  gtk_list_box_set_header_func (GTK_LIST_BOX (self->list), header_cb, NULL, NULL);
}

static void
san_file_list_dispose (GObject *object)
{
  SanFileList *self = SAN_FILE_LIST (object);

  g_clear_pointer (&self->list, gtk_widget_unparent);
  g_clear_object (&self->desk);
  g_clear_pointer (&self->shelf, g_free);
  g_clear_pointer (&self->empty, g_free);
  G_OBJECT_CLASS (san_file_list_parent_class)->dispose (object);
}

static void
san_file_list_class_init (SanFileListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = san_file_list_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
san_file_list_init (SanFileList *self)
{
  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("What happened"), -1);
  g_signal_connect (self->list, "row-activated", G_CALLBACK (activated_cb), self);
  gtk_widget_set_parent (self->list, GTK_WIDGET (self));
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_START);
}

GtkWidget *
san_file_list_new (SanDesk *desk)
{
  SanFileList *self = g_object_new (SAN_TYPE_FILE_LIST, NULL);

  self->desk = g_object_ref (desk);
  return GTK_WIDGET (self);
}
