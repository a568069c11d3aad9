/* san-timeline.c - what happened, with its kinds: all, her words, one section
 *
 * Only kinds of which there is something are offered. */
#include "san-timeline.h"
#include "san-child-sections.h"
#include "san-drop-down.h"
#include "san-file-list.h"
#include "san-i18n.h"
#include "san-line.h"
#include "san-lines.h"

typedef struct
{
  SanFileList   *list;
  SanChildFile  *file;
  GtkStringList *ids;               /* of each kind; "": all */
} Kinds;

static void
kinds_free (gpointer data, GClosure *closure)
{
  g_object_unref (((Kinds *) data)->ids);
  g_free (data);
}

static void
kind_cb (GtkDropDown *drop, GParamSpec *pspec, Kinds *kinds)
{
  const char *id = gtk_string_list_get_string (kinds->ids, gtk_drop_down_get_selected (drop));

  san_file_list_show (kinds->list, kinds->file, id != NULL && *id != '\0' ? id : NULL,
                      _("Nothing is written yet."));
}

static gboolean
has_kind (SanChildFile *file, const char *shelf)
{
  for (guint i = 0; i < file->rows->len; i++)
    {
      const SanFileRow *row = file->rows->pdata[i];

      if (shelf == NULL ? row->is_hers : g_strcmp0 (row->shelf, shelf) == 0)
        return TRUE;
    }
  return FALSE;
}

static void
add_kind (GtkStringList *words, Kinds *kinds, const char *id, const char *word)
{
  gtk_string_list_append (words, word);
  gtk_string_list_append (kinds->ids, id);
}

/* (nullable): there is only one kind. */
static GtkWidget *
make_kinds (SanFileList *list, SanChildFile *file)
{
  g_autoptr(GtkStringList) words = gtk_string_list_new (NULL);
  Kinds *kinds = g_new0 (Kinds, 1);
  const SanChildSection *section;
  GtkWidget *drop;

  kinds->list = list;
  kinds->file = file;
  kinds->ids = gtk_string_list_new (NULL);
  add_kind (words, kinds, "", _("Everything"));
  if (has_kind (file, NULL))
    add_kind (words, kinds, SAN_FILE_LIST_HERS, _("Her words"));
  for (guint i = 1; (section = san_child_section_nth (i)) != NULL; i++)
    if (has_kind (file, section->id))
      add_kind (words, kinds, section->id, _(section->label));
  if (g_list_model_get_n_items (G_LIST_MODEL (words)) < 3)
    {
      kinds_free (kinds, NULL);
      return NULL;
    }
  drop = gtk_drop_down_new (G_LIST_MODEL (g_steal_pointer (&words)), NULL);
  san_drop_down_name (GTK_DROP_DOWN (drop), _("What happened: which kind"));
  g_signal_connect_data (drop, "notify::selected", G_CALLBACK (kind_cb), kinds, kinds_free, 0);
  return drop;
}

GtkWidget *
san_timeline_new (SanDesk *desk, SanChildFile *file)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *head = san_line_new (12);
  GtkWidget *heading = san_line_label (_("What happened"), "heading");
  GtkWidget *list = san_file_list_new (desk);
  GtkWidget *kinds = make_kinds (SAN_FILE_LIST (list), file);

  san_file_list_group (SAN_FILE_LIST (list));
  san_file_list_show (SAN_FILE_LIST (list), file, NULL, _("Nothing is written yet."));
  gtk_widget_set_hexpand (heading, TRUE);
  gtk_box_append (GTK_BOX (head), heading);
  if (kinds != NULL)
    gtk_box_append (GTK_BOX (head), kinds);
  gtk_box_append (GTK_BOX (box), head);
  gtk_box_append (GTK_BOX (box), list);
  return box;
}
