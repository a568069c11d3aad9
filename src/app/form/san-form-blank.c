/* san-form-blank.c - what nobody answered on a sheet that is closed */
#include "san-form-blank.h"
#include "san-i18n.h"
#include "san-line.h"
#include "san-lines.h"

struct _SanFormBlank
{
  GtkWidget parent_instance;

  GtkWidget *line, *words, *toggle;
  gboolean   are_shown;
};

enum { TOGGLED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SanFormBlank, san_form_blank, GTK_TYPE_WIDGET)

gboolean
san_form_blank_is (SanFormRow *row)
{
  SanAnswers *answers = san_form_row_get_answers (row);
  const char *name = san_form_row_get_name (row);

  return san_answers_may_read (answers, san_form_row_get_field (row)) &&
         san_answers_get_value (answers, name) == NULL &&
         san_answers_get_versions (answers, name) == NULL;
}

gboolean
san_form_blank_has_others (GtkWidget *box)
{
  for (GtkWidget *child = gtk_widget_get_first_child (box); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (!GTK_IS_LABEL (child) && !GTK_IS_BUTTON (child) && gtk_widget_get_visible (child))
      return TRUE;
  return FALSE;
}

gboolean
san_form_blank_are_shown (SanFormBlank *self)
{
  return self->are_shown;
}

void
san_form_blank_set_count (SanFormBlank *self, guint n)
{
  g_autofree char *words = san_words_print (
    ngettext ("%u question was left blank.", "%u questions were left blank.", n), n);

  gtk_label_set_label (GTK_LABEL (self->words), words);
  gtk_widget_set_visible (GTK_WIDGET (self), n > 0);
}

static void
toggle_cb (GtkButton *button, SanFormBlank *self)
{
  self->are_shown = !self->are_shown;
  san_line_button_set_word (self->toggle, self->are_shown ? _("Leave them out") : _("Show them"));
  g_signal_emit (self, signals[TOGGLED], 0);
}

static void
san_form_blank_dispose (GObject *object)
{
  g_clear_pointer (&SAN_FORM_BLANK (object)->line, gtk_widget_unparent);
  G_OBJECT_CLASS (san_form_blank_parent_class)->dispose (object);
}

static void
san_form_blank_class_init (SanFormBlankClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = san_form_blank_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  signals[TOGGLED] = g_signal_new ("toggled", SAN_TYPE_FORM_BLANK, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
}

static void
san_form_blank_init (SanFormBlank *self)
{
  self->line = san_line_new (12);
  self->words = san_line_label ("", "san-quiet");
  self->toggle = san_line_button (_("Show them"), NULL);
  gtk_widget_set_valign (self->words, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->toggle, "flat");
  g_signal_connect (self->toggle, "clicked", G_CALLBACK (toggle_cb), self);
  gtk_box_append (GTK_BOX (self->line), self->words);
  gtk_box_append (GTK_BOX (self->line), self->toggle);
  gtk_widget_set_parent (self->line, GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

GtkWidget *
san_form_blank_new (void)
{
  return g_object_new (SAN_TYPE_FORM_BLANK, NULL);
}
