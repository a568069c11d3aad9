/* san-form-beside.c - a line of icon and words, and what such lines say of one answer */
#include "san-form-beside.h"
#include "san-day-words.h"
#include "san-i18n.h"
#include "san-line.h"

GtkWidget *
san_form_beside_label (const char *text, const char *css)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", text, "wrap", TRUE, "xalign", 0.0,
                                   "valign", GTK_ALIGN_CENTER, NULL);

  if (css != NULL)
    gtk_widget_add_css_class (label, css);
  return label;
}

GtkWidget *
san_form_beside_line (const char *icon, const char *text, const char *css)
{
  GtkWidget *line = san_line_new (6);
  GtkWidget *image = gtk_image_new_from_icon_name (icon);

  gtk_widget_set_valign (image, GTK_ALIGN_START);       /* beside the first line */
  gtk_widget_add_css_class (line, "san-beside");
  gtk_box_append (GTK_BOX (line), image);
  gtk_box_append (GTK_BOX (line), san_form_beside_label (text, NULL));
  gtk_widget_add_css_class (line, css);
  return line;
}

GtkWidget *
san_form_beside_readers (const SanSheet *sheet, const SanField *field)
{
  g_autofree char *readers = NULL;
  g_autofree char *words = NULL;

  if (sheet->form->compartment_varies || field->compartment == sheet->form->compartment)
    return NULL;
  if (field->compartment == SAN_COMPARTMENT_HOUSE)
    return san_form_beside_line ("emblem-shared-symbolic", _("Everyone in the house reads this."),
                                 "san-due");
  readers = san_sheet_dup_readers (sheet, field->compartment);
  /* Translators: names of those who can read this answer */
  words = san_words_print (_("Only read by %s."), readers);
  return san_form_beside_line ("changes-prevent-symbolic", words, "san-protected");
}

char *
san_form_beside_dup_version (SanAnswers *answers, const SanField *field,
                             const SanFieldVersion *version)
{
  g_autofree char *value = san_answers_dup_display (answers, field, version->value);
  g_autofree char *at = san_words_moment (version->at_ms, san_clock_now ());

  /* Translators: an answer, who wrote it, when */
  return san_words_print (_("%1$s (%2$s, %3$s)"), *value != '\0' ? value : "–", version->author,
                          at);
}

void
san_form_beside_fill_history (GtkBox *box, SanAnswers *answers, const SanField *field,
                              GPtrArray *versions)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (box))) != NULL)
    gtk_box_remove (box, child);
  if (versions == NULL || versions->len == 0)
    gtk_box_append (box, san_form_beside_label (_("Nothing stood here before."), "san-quiet"));
  for (guint i = 0; versions != NULL && i < versions->len; i++)
    {
      g_autofree char *words = san_form_beside_dup_version (answers, field, versions->pdata[i]);

      gtk_box_append (box,
                      san_form_beside_line ("document-open-recent-symbolic", words, "san-quiet"));
    }
}
