/* san-row-attachment.c - a file: chosen here, sealed and attached when the form is saved */
#include "san-row-kinds.h"
#include "san-choose.h"
#include "san-i18n.h"
#include "san-line.h"

static void
chosen_cb (GtkWidget *asker, GFile *file, gpointer data)
{
  g_autofree char *path = g_file_get_path (file);

  if (path != NULL)
    san_form_row_take_file (SAN_FORM_ROW (asker), path);
  else
    gtk_widget_activate_action (asker, "form.no-path", NULL);
}

static void
clicked_cb (GtkButton *button, SanFormRow *row)
{
  san_choose_file (GTK_WIDGET (row), _("Attach a file"), _("Attach"), NULL, NULL, chosen_cb, NULL);
}

GtkWidget *
san_row_make_look (SanFormRow *row)
{
  GtkWidget *button = gtk_button_new_with_label (_("Look at it"));

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "form.paper");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", san_form_row_get_name (row));
  return button;
}

gboolean
san_row_has_paper (SanFormRow *row)
{
  SanAnswers *answers = san_form_row_get_answers (row);
  SanValue *value = san_answers_get_value (answers, san_form_row_get_name (row));

  return san_answers_get_file (answers, san_form_row_get_name (row)) == NULL && value != NULL &&
         san_value_get_type (value) == SAN_VALUE_ATTACHMENT;
}

static GtkWidget *
make (SanFormRow *row)
{
  GtkWidget *box = san_line_new (12);
  GtkWidget *button = gtk_button_new_with_label (_("Choose a file"));
  GtkWidget *state = g_object_new (GTK_TYPE_LABEL, "wrap", TRUE, "xalign", 0.0, "valign",
                                   GTK_ALIGN_CENTER, NULL);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect (button, "clicked", G_CALLBACK (clicked_cb), row);
  gtk_box_append (GTK_BOX (box), san_row_make_look (row));    /* first, so that one is back here */
  gtk_box_append (GTK_BOX (box), button);
  gtk_box_append (GTK_BOX (box), state);
  return box;
}

static void
show (SanFormRow *row, GtkWidget *input)
{
  SanAnswers *answers = san_form_row_get_answers (row);
  const char *name = san_form_row_get_name (row);
  const char *words = "";

  if (san_answers_get_file (answers, name) != NULL)
    words = _("A file is chosen. It is attached when you save.");
  else if (san_row_has_paper (row))
    words = _("A file is attached.");
  gtk_widget_set_visible (gtk_widget_get_first_child (input), san_row_has_paper (row));
  gtk_label_set_label (GTK_LABEL (gtk_widget_get_last_child (input)), words);
}

const SanRowKind san_row_attachment = { make, show };
