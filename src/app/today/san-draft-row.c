/* san-draft-row.c - something that she began and did not save */
#include "san-draft-row.h"
#include "san-child-tag.h"
#include "san-day-words.h"
#include "san-i18n.h"
#include "san-line.h"
#include "san-spoken.h"
#include "san-state-words.h"

struct _SanDraftRow
{
  GtkListBoxRow parent_instance;

  SanDesk *desk;
  SanId16  id, record;
  SanId32  child;
  char    *form;
};

G_DEFINE_FINAL_TYPE (SanDraftRow, san_draft_row, GTK_TYPE_LIST_BOX_ROW)

static void
go_on (SanDesk *desk, const char *form, const SanId32 *child, const SanId16 *record)
{
  if (g_str_equal (form, "welcome"))
    san_desk_go_page (desk, "admit");
  else
    san_desk_go_form (desk, form, san_id32_is_zero (child) ? NULL : child,
                      san_id16_is_zero (record) ? NULL : record);
}

void
san_draft_open (SanDesk *desk, const SanUnfinishedRow *row)
{
  go_on (desk, row->form, &row->child, &row->record);
}

void
san_draft_row_open (SanDraftRow *self)
{
  go_on (self->desk, self->form, &self->child, &self->record);
}

static void
let_go (SanDraftRow *self)
{
  g_autoptr(SanDraftKeeper) keeper = san_centre_dup_drafts (san_desk_get_centre (self->desk));
  g_autoptr(SanDesk) desk = g_object_ref (self->desk);
  g_autoptr(GError) error = NULL;

  if (keeper == NULL)
    return;
  if (!san_draft_keeper_let_go (keeper, &self->id, &self->child, &error))
    {
      san_desk_complain (desk, error);
      return;
    }
  san_desk_toast (desk, _("The draft is gone."));
  san_desk_changed (desk);
}

static GtkWidget *
make_label (const char *text)
{
  return g_object_new (GTK_TYPE_LABEL, "label", text, "wrap", TRUE, "xalign", 0.0, NULL);
}

static void
add_button (GtkWidget *line, const char *word, const char *spoken, GCallback clicked,
            SanDraftRow *self)
{
  GtkWidget *button = gtk_button_new_with_label (word);
  g_autofree char *label = san_words_print (_("%1$s: %2$s"), word, spoken);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  san_spoken_set (button, label);
  g_signal_connect_swapped (button, "clicked", clicked, self);
  gtk_box_append (GTK_BOX (line), button);
}

char *
san_draft_dup_form_label (SanDesk *desk, const char *form)
{
  const SanForm
    *found = san_catalogue_find_form (san_centre_get_catalogue (san_desk_get_centre (desk)), form);

  return g_strdup (found != NULL ? san_label_get (found->label, san_desk_get_language (desk))
                                 : form);
}

static void
fill (SanDraftRow *self, const SanUnfinishedRow *row)
{
  GtkWidget *line = san_line_new (9);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 1);
  g_autofree char *form = san_draft_dup_form_label (self->desk, self->form);
  g_autofree char *moment = san_words_moment (row->at_ms, san_clock_now ());
  g_autofree char *kept = row->old ? san_words_print (_("draft of %s: finish, or let go?"), moment)
                                   : san_words_print (_("draft of %s"), moment);
  g_autofree char *tag = row->alias != NULL ? san_child_tag_dup_words (row->alias, row->bed) : NULL;
  /* Translators: a child's tag, then the form: "Bakul · 7: Session" */
  g_autofree char *what = tag != NULL ? san_words_print (_("%1$s: %2$s"), tag, form)
                                      : g_strdup (form);
  g_autofree char *spoken = san_words_print (_("%1$s. %2$s."), what, kept);
  GtkWidget *why = san_state_words_new ("unfinished", kept);

  if (row->alias != NULL)
    gtk_box_append (GTK_BOX (line), san_sign_disc_new (row->sign, row->alias, 24));
  gtk_box_append (GTK_BOX (words), make_label (what));
  gtk_widget_add_css_class (why, "san-small");
  gtk_box_append (GTK_BOX (words), why);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (line), words);
  if (row->old)
    add_button (line, _("Let go"), spoken, G_CALLBACK (let_go), self);
  add_button (line, _("Go on"), spoken, G_CALLBACK (san_draft_row_open), self);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), line);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

GtkWidget *
san_draft_row_new (SanDesk *desk, const SanUnfinishedRow *row)
{
  SanDraftRow *self = g_object_new (SAN_TYPE_DRAFT_ROW, NULL);

  self->desk = g_object_ref (desk);
  self->id = row->id;
  self->record = row->record;
  self->child = row->child;
  self->form = g_strdup (row->form);
  fill (self, row);
  return GTK_WIDGET (self);
}

static void
san_draft_row_dispose (GObject *object)
{
  SanDraftRow *self = SAN_DRAFT_ROW (object);

  g_clear_object (&self->desk);
  g_clear_pointer (&self->form, g_free);
  G_OBJECT_CLASS (san_draft_row_parent_class)->dispose (object);
}

static void
san_draft_row_class_init (SanDraftRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = san_draft_row_dispose;
}

static void
san_draft_row_init (SanDraftRow *self)
{
  gtk_widget_add_css_class (GTK_WIDGET (self), "san-row");
}
