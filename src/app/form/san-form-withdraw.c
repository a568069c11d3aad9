/* san-form-withdraw.c - taking a record back: the reason first, then the question
 *
 * Nothing vanishes: what was written stays in the history with the reason beside it. */
#include "san-form-withdraw.h"
#include "san-i18n.h"
#include "san-lines.h"
#include "san-question.h"

typedef struct { GtkWidget *over, *entry; SanFormWithdrawn yes; } Withdraw;

static void
yes_cb (GtkWidget *over, gpointer data)
{
  Withdraw *self = data;
  g_autofree char *reason = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry)));

  self->yes (over, g_strstrip (reason));
}

static void
ask_cb (GtkWidget *widget, Withdraw *self)
{
  g_autofree char
    *reason = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry))));

  if (*reason == '\0')
    gtk_widget_grab_focus (self->entry);
  else
    san_question_ask (self->over, _("Take this record back?"),
                      _("It no longer counts: nothing is due from it and no number counts it. "
                        "What was written stays in the history, with your reason. "
                        "Where it was shared, the others see that it was taken back."),
                      _("Keep it"), _("Take it back"), yes_cb, self, NULL);
}

static void
not_cb (GtkButton *button, GtkWidget *strip)
{
  gtk_widget_set_visible (strip, FALSE);
}

GtkWidget *
san_form_withdraw_new (GtkWidget *over, SanFormWithdrawn yes)
{
  Withdraw *self = g_new0 (Withdraw, 1);
  GtkWidget *strip = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *act = san_line_button (_("Take it back…"), NULL);
  GtkWidget *not_now = san_line_button (_("Keep it"), NULL);
  const char *label = _("Why is it taken back?");

  *self = (Withdraw) { over, gtk_entry_new (), yes };
  gtk_entry_set_input_hints (GTK_ENTRY (self->entry),
                             GTK_INPUT_HINT_PRIVATE | GTK_INPUT_HINT_NO_EMOJI);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label, -1);
  gtk_widget_set_hexpand (self->entry, TRUE);
  gtk_widget_set_valign (self->entry, GTK_ALIGN_CENTER);
  g_signal_connect (self->entry, "activate", G_CALLBACK (ask_cb), self);
  g_signal_connect (act, "clicked", G_CALLBACK (ask_cb), self);
  g_signal_connect (not_now, "clicked", G_CALLBACK (not_cb), strip);
  gtk_box_append (GTK_BOX (strip), san_line_label (label, NULL));
  gtk_box_append (GTK_BOX (strip), self->entry);
  gtk_box_append (GTK_BOX (strip), act);
  gtk_box_append (GTK_BOX (strip), not_now);
  gtk_widget_add_css_class (strip, "san-strip");
  gtk_widget_set_visible (strip, FALSE);
  g_object_set_data_full (G_OBJECT (strip), "withdraw", self, g_free);
  return strip;
}

void
san_form_withdraw_open (GtkWidget *strip)
{
  gtk_widget_set_visible (strip, TRUE);
  gtk_widget_grab_focus (((Withdraw *) g_object_get_data (G_OBJECT (strip), "withdraw"))->entry);
}
