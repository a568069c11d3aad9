/* san-form-head.c - the form and the child, who reads it, how it was closed, what was corrected */
#include "san-form-head.h"
#include "san-answer.h"
#include "san-child-tag.h"
#include "san-day-words.h"
#include "san-i18n.h"
#include <adwaita.h>

#define TEXT_WIDTH 720

char *
san_form_head_dup_heading (const SanSheet *sheet, const char *language)
{
  const char *form = sheet->form != NULL ? san_label_get (sheet->form->label, language)
                                         : sheet->view->form;
  g_autofree char *tag = NULL;

  if (sheet->alias == NULL || *sheet->alias == '\0')
    return g_strdup (form);
  tag = san_child_tag_dup_words (sheet->alias, sheet->bed);
  return g_strdup_printf ("%s · %s", form, tag);
}

char *
san_form_head_dup_readers (const SanSheet *sheet)
{
  g_autofree char *names = NULL;

  if (sheet->form == NULL || sheet->form->compartment_varies ||
      sheet->form->compartment == SAN_COMPARTMENT_HOUSE)
    return NULL;
  names = san_sheet_dup_readers (sheet, sheet->form->compartment);
  if (*names == '\0')
    return g_strdup (_("Nobody in this house can read this yet."));
  /* Translators: names of those who can read this form */
  return san_words_print (_("Read by %s."), names);
}

char *
san_form_head_dup_closed (const SanSheet *sheet)
{
  const SanRecordView *view = sheet->view;
  g_autofree char *moment = NULL;

  if (view == NULL || !(view->finished || view->withdrawn))
    return NULL;
  if (view->withdrawn)
    /* Translators: why a record was taken back */
    return san_words_print (_("Taken back: %s"),
                            view->withdrawn_reason != NULL ? view->withdrawn_reason : "");
  moment = san_words_moment (view->finished_ms, san_clock_now ());
  /* Translators: who, and when: "today, 8:40 in the evening" */
  return san_words_print (_("Finished and signed by %1$s, %2$s"), view->author, moment);
}

GtkWidget *
san_form_head_new_amendments (const SanSheet *sheet)
{
  GtkWidget *box, *clamp;

  if (sheet->view == NULL || sheet->view->amendments->len == 0)
    return NULL;
  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  for (guint i = 0; i < sheet->view->amendments->len; i++)
    {
      const SanFieldVersion *version = sheet->view->amendments->pdata[i];
      g_autofree char *text = san_value_dup_text (version->value);
      g_autofree char *at = san_words_moment (version->at_ms, san_clock_now ());
      /* Translators: who, when, what */
      g_autofree char *words = san_words_print (_("Correction by %1$s, %2$s: %3$s"),
                                                version->author, at, text != NULL ? text : "");

      gtk_box_append (GTK_BOX (box), g_object_new (GTK_TYPE_LABEL, "label", words, "wrap", TRUE,
                                                   "xalign", 0.0, NULL));
    }
  clamp = adw_clamp_new ();
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), TEXT_WIDTH);
  adw_clamp_set_tightening_threshold (ADW_CLAMP (clamp), TEXT_WIDTH);
  adw_clamp_set_child (ADW_CLAMP (clamp), box);
  gtk_widget_add_css_class (clamp, "san-strip");
  return clamp;
}

static void
add_quietly (GtkWidget *box, const char *words)
{
  gtk_box_append (GTK_BOX (box), g_object_new (GTK_TYPE_LABEL, "label", words, "wrap", TRUE,
                                               "xalign", 0.0, "valign", GTK_ALIGN_CENTER, NULL));
}

/* Fields of a newer version: by key, to be read only. */
GtkWidget *
san_form_head_new_unknown (const SanSheet *sheet)
{
  GtkWidget *box = NULL;

  for (guint i = 0; sheet->view != NULL && i < sheet->view->fields->len; i++)
    {
      const SanFieldRow *row = sheet->view->fields->pdata[i];
      const SanFieldVersion *version = row->versions->len > 0 ? row->versions->pdata[0] : NULL;
      g_autofree char *value = NULL;
      g_autofree char *words = NULL;

      if (sheet->form != NULL && san_form_find_field (sheet->form, row->field) != NULL)
        continue;
      if (box == NULL)
        {
          box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
          gtk_widget_add_css_class (box, "san-quiet");
          add_quietly (box, _("From a newer version. Kept as it is and passed on."));
        }
      value = version != NULL ? san_answer_to_plain (version->value) : g_strdup ("");
      words = g_strdup_printf ("%s: %s", row->field, value);
      add_quietly (box, words);
    }
  return box;
}

void
san_form_head_say_refused (SanDesk *desk)
{
  san_desk_strip (desk, "error", "dialog-warning-symbolic",
                  _("One answer was not understood. It is marked; what you typed is kept."), NULL,
                  NULL);
}
