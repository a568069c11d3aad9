/* san-paper-page.c - a file that is attached to a record, looked at inside the window
 *
 * A picture is shown from memory; nothing readable is written anywhere. The one way out is a copy
 * where she says, after a plain word of warning; what cannot be shown here can only be copied. */
#include "san-paper-page.h"
#include "san-choose.h"
#include "san-i18n.h"
#include "san-lines.h"
#include "san-paper.h"
#include "san-paper-picture.h"
#include "san-programme.h"
#include "san-sentences.h"

struct _SanPaperPage
{
  SanPage parent_instance;

  GtkWidget  *root, *words, *warning, *choose, *copy, *size, *scroll;
  GtkPicture *picture;
  const char *extension;
};

G_DEFINE_FINAL_TYPE (SanPaperPage, san_paper_page, SAN_TYPE_PAGE)

typedef struct { SanId16 record; char *field; char *path; } Ask;
typedef struct { GdkTexture *picture; const char *extension; } Look;

static void
ask_free (Ask *ask)
{
  g_free (ask->field);
  g_free (ask->path);
  g_free (ask);
}

static void
look_free (Look *look)
{
  g_clear_object (&look->picture);
  g_free (look);
}

static Ask *
ask_new (SanPaperPage *self, const char *path)
{
  const SanStop *stop = san_page_get_stop (SAN_PAGE (self));
  Ask *ask = g_new0 (Ask, 1);

  ask->record = stop->record;
  ask->field = g_strdup (stop->part);
  ask->path = g_strdup (path);
  return ask;
}

/* ---- a look ---- */

static gpointer
look (SanCentre *centre, gpointer input, GCancellable *cancellable, GError **error)
{
  const Ask *ask = input;
  g_autoptr(SanPaper) paper = san_paper_open (centre, &ask->record, ask->field, error);
  Look *look;

  if (paper == NULL)
    return NULL;
  look = g_new0 (Look, 1);
  look->picture = san_paper_picture_new (paper->content, paper->media_type);
  look->extension = paper->extension;
  return look;
}

static void
say (SanPaperPage *self, const char *sentence)
{
  gtk_label_set_label (GTK_LABEL (self->words), sentence);
}

static void
looked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  SanPaperPage *self = SAN_PAPER_PAGE (source);
  g_autoptr(GError) error = NULL;
  Look *look = san_worker_run_finish (result, &error);

  if (look == NULL)
    {
      g_autofree char *sentence = g_error_matches (error, SAN_ERROR, SAN_ERROR_NOT_FOUND)
                                    ? g_strdup (_("This file has not arrived here yet. It comes "
                                                  "with one of the next exchanges."))
                                    : san_sentence_for_error (error);

      say (self, sentence);
      return;
    }
  self->extension = look->extension;
  gtk_widget_set_visible (self->copy, TRUE);
  gtk_picture_set_paintable (self->picture, GDK_PAINTABLE (look->picture));
  gtk_widget_set_visible (self->scroll, look->picture != NULL);
  gtk_widget_set_visible (self->size, look->picture != NULL);
  say (self, look->picture != NULL
               ? _("It is shown from the sealed store. No readable copy is made.")
               : _("This kind of file cannot be shown here. Save a copy to open it in another "
                   "program."));
  look_free (look);
  san_page_grab_first_focus (SAN_PAGE (self));
}

static void
size_cb (GtkToggleButton *size, SanPaperPage *self)
{
  gtk_picture_set_can_shrink (self->picture, !gtk_toggle_button_get_active (size));
}

/* ---- a copy ---- */

static gpointer
copy (SanCentre *centre, gpointer input, GCancellable *cancellable, GError **error)
{
  const Ask *ask = input;

  return GINT_TO_POINTER (san_paper_copy (centre, &ask->record, ask->field, ask->path, error));
}

static void
copied_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  SanDesk *desk = san_page_get_desk (SAN_PAGE (source));
  g_autoptr(GError) error = NULL;

  if (san_worker_run_finish (result, &error) != NULL)
    san_desk_toast (desk, _("The copy is written. It is not sealed: delete it when it is not "
                            "needed any more."));
  else
    san_desk_complain (desk, error);
}

static void
chosen_cb (GtkWidget *asker, GFile *file, gpointer data)
{
  SanPaperPage *self = SAN_PAPER_PAGE (asker);
  g_autofree char *path = g_file_get_path (file);

  gtk_widget_set_visible (self->warning, FALSE);
  if (path == NULL)
    san_desk_toast (san_page_get_desk (SAN_PAGE (self)),
                    _("That place cannot be used. Choose one on this laptop or on a pen drive."));
  else
    san_desk_ask (san_page_get_desk (SAN_PAGE (self)), asker, copy, ask_new (self, path),
                  (GDestroyNotify) ask_free, NULL, copied_cb, NULL);
}

static void
choose_cb (SanPaperPage *self)
{
  g_autofree char *name = g_strconcat ("paper", self->extension, NULL);

  san_choose_save (GTK_WIDGET (self), _("Where should the copy go?"), _("Write it here"), NULL,
                   name, chosen_cb, NULL);
}

static void
copy_cb (SanPaperPage *self)
{
  gtk_widget_set_visible (self->warning, TRUE);
  gtk_widget_grab_focus (self->choose);
}

static void
not_cb (SanPaperPage *self)
{
  gtk_widget_set_visible (self->warning, FALSE);
  gtk_widget_grab_focus (self->copy);
}

/* ---- the page ---- */

static void
start (SanPage *page)
{
  const SanStop *stop = san_page_get_stop (page);
  const SanForm
    *form = san_catalogue_find_form (san_centre_get_catalogue (san_page_get_centre (page)),
                                     stop->form);
  const SanField *field = form != NULL ? san_form_find_field (form, stop->part) : NULL;

  san_page_set_title (page, field != NULL
                              ? san_label_get (field->label,
                                               san_desk_get_language (san_page_get_desk (page)))
                              : _("Attached file"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (SAN_PAPER_PAGE (page)->picture),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, san_page_get_title (page), -1);
  san_desk_ask (san_page_get_desk (page), GTK_WIDGET (page), look,
                ask_new (SAN_PAPER_PAGE (page), NULL), (GDestroyNotify) ask_free,
                (GDestroyNotify) look_free, looked_cb, NULL);
}

static GtkWidget *
first_focus (SanPage *page)
{
  SanPaperPage *self = SAN_PAPER_PAGE (page);

  return gtk_widget_get_visible (self->size) ? self->size : self->copy;
}

static void
san_paper_page_dispose (GObject *object)
{
  SanPaperPage *self = SAN_PAPER_PAGE (object);

  if (self->picture != NULL)
    gtk_picture_set_paintable (self->picture, NULL);
  self->picture = NULL;
  g_clear_pointer (&self->root, gtk_widget_unparent);
  G_OBJECT_CLASS (san_paper_page_parent_class)->dispose (object);
}

static void
san_paper_page_class_init (SanPaperPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = san_paper_page_dispose;
  SAN_PAGE_CLASS (klass)->start = start;
  SAN_PAGE_CLASS (klass)->first_focus = first_focus;
  SAN_PAGE_CLASS (klass)->help = "form";
}

static GtkWidget *
make_head (SanPaperPage *self)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  self->words = san_line_label ("", "san-quiet");
  self->size = gtk_toggle_button_new_with_label (_("Full size"));
  self->copy = san_line_button (_("Save a copy…"), NULL);
  gtk_widget_set_hexpand (self->words, TRUE);
  gtk_widget_set_valign (self->size, GTK_ALIGN_CENTER);
  gtk_widget_set_visible (self->size, FALSE);
  gtk_widget_set_visible (self->copy, FALSE);
  g_signal_connect (self->size, "toggled", G_CALLBACK (size_cb), self);
  g_signal_connect_swapped (self->copy, "clicked", G_CALLBACK (copy_cb), self);
  gtk_box_append (GTK_BOX (head), self->words);
  gtk_box_append (GTK_BOX (head), self->size);
  gtk_box_append (GTK_BOX (head), self->copy);
  return head;
}

static GtkWidget *
make_warning (SanPaperPage *self)
{
  GtkWidget *row = san_line_row ("dialog-warning-symbolic",
                                 _("A copy outside Sanrakshan is not sealed: whoever has the "
                                   "laptop or the pen drive can read it."),
                                 _("Delete it when it is not needed any more. That you made it is "
                                   "written down."),
                                 NULL);
  GtkWidget *not_now = san_line_button (_("No copy"), NULL);

  self->choose = san_line_button (_("Choose where…"), NULL);
  g_signal_connect_swapped (self->choose, "clicked", G_CALLBACK (choose_cb), self);
  g_signal_connect_swapped (not_now, "clicked", G_CALLBACK (not_cb), self);
  gtk_box_append (GTK_BOX (row), self->choose);
  gtk_box_append (GTK_BOX (row), not_now);
  gtk_widget_add_css_class (row, "san-strip");
  gtk_widget_set_visible (row, FALSE);
  return row;
}

static void
san_paper_page_init (SanPaperPage *self)
{
  self->extension = "";
  self->root = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_widget_add_css_class (self->root, "san-page");
  gtk_box_append (GTK_BOX (self->root), make_head (self));
  self->warning = make_warning (self);
  gtk_box_append (GTK_BOX (self->root), self->warning);
  self->picture = GTK_PICTURE (gtk_picture_new ());
  self->scroll = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroll), GTK_WIDGET (self->picture));
  gtk_widget_set_vexpand (self->scroll, TRUE);
  gtk_widget_set_visible (self->scroll, FALSE);
  gtk_box_append (GTK_BOX (self->root), self->scroll);
  gtk_widget_set_parent (self->root, GTK_WIDGET (self));
}

void
san_paper_page_go (SanDesk *desk, const char *form, const SanId32 *child, const SanId16 *record,
                   const char *name)
{
  SanStop *stop = san_stop_new ("paper");

  stop->form = g_strdup (form);
  stop->child = *child;
  stop->record = *record;
  stop->part = g_strdup (name);
  san_desk_go (desk, stop);
}
