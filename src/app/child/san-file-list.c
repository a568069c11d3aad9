/* san-file-list.c - what happened: records of a child, newest first, one line each
 *
 * Her words stand in normal weight behind a rule; the staff's words are quiet. A row opens its
 * record. At most ROWS are made at once; "Earlier" makes the next ones. */
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
  GArray    *records;               /* SanId16 by row */
  GPtrArray *forms;                 /* form id by row, borrowed from the catalogue */
};

G_DEFINE_FINAL_TYPE (SanFileList, san_file_list, GTK_TYPE_WIDGET)

static void
activated_cb (GtkListBox *list, GtkListBoxRow *row, SanFileList *self)
{
  guint at = (guint) gtk_list_box_row_get_index (row);

  if (at < self->records->len && self->forms->pdata[at] != NULL)
    san_desk_go_form (self->desk, self->forms->pdata[at], &self->child,
                      &g_array_index (self->records, SanId16, at));
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
  if (file_row->line != NULL && file_row->is_hers)
    {
      g_autofree char *quoted = san_words_print (_("“%s”"), file_row->line);

      gtk_box_append (GTK_BOX (words), make_line (quoted, "san-hers"));
    }
  else if (file_row->line != NULL)
    gtk_box_append (GTK_BOX (words), make_line (file_row->line, NULL));
  gtk_box_append (GTK_BOX (words), make_line (by, file_row->line != NULL ? "san-quiet" : NULL));
  gtk_box_append (GTK_BOX (box), date);
  gtk_box_append (GTK_BOX (box), words);
  if (file_row->form != NULL && file_row->form->is_long_note && !file_row->finished)
    {
      gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("document-edit-symbolic"));
      gtk_box_append (GTK_BOX (box), make_line (_("not finished"), "san-quiet"));
    }
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
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

void
san_file_list_show (SanFileList *self, SanChildFile *file, const char *shelf, const char *empty)
{
  gint64 now = san_clock_now ();
  GtkListBoxRow *row;
  guint n = 0, left = 0;

  while ((row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), 0)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), GTK_WIDGET (row));
  g_array_set_size (self->records, 0);
  g_ptr_array_set_size (self->forms, 0);
  self->child = file->row->id;
  for (guint i = 0; i < file->rows->len; i++)
    {
      const SanFileRow *file_row = file->rows->pdata[i];

      if (shelf != NULL && g_strcmp0 (file_row->shelf, shelf) != 0)
        continue;
      if (n++ >= ROWS)
        {
          left++;
          continue;
        }
      gtk_list_box_append (GTK_LIST_BOX (self->list), make_row (self, file_row, now));
      g_array_append_val (self->records, file_row->record);
      g_ptr_array_add (self->forms, file_row->form != NULL ? (gpointer) file_row->form->id : NULL);
    }
  if (n == 0)
    add_empty (self, empty);
  if (left > 0)
    {
      g_autofree char *more = san_words_print (ngettext ("%u earlier note", "%u earlier notes",
                                                         left),
                                               left);

      add_empty (self, more);
    }
}

static void
san_file_list_dispose (GObject *object)
{
  SanFileList *self = SAN_FILE_LIST (object);

  g_clear_pointer (&self->list, gtk_widget_unparent);
  g_clear_object (&self->desk);
  g_clear_pointer (&self->records, g_array_unref);
  g_clear_pointer (&self->forms, g_ptr_array_unref);
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
  self->records = g_array_new (FALSE, FALSE, sizeof (SanId16));
  self->forms = g_ptr_array_new ();
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
