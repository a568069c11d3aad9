/* san-form-withdraw.c - taking a record back: the reason first, then the question
 *
 * Nothing vanishes: what was written stays in the history with the reason beside it. The reason is
 * kept in the draft of the record until it is taken back, or she keeps it. */
#include "san-form-withdraw.h"
#include "san-i18n.h"
#include "san-lines.h"
#include "san-question.h"

typedef struct { GtkWidget *over, *strip, *entry; SanFormWork *work; } Withdraw;

static Withdraw *
of_strip (GtkWidget *strip)
{
  return g_object_get_data (G_OBJECT (strip), "withdraw");
}

/* The strip may have been made anew while the question stood there: the work is the page's. */
static void
yes_cb (GtkWidget *over, gpointer work)
{
  san_form_work_withdraw (work);
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
                      _("Keep it"), _("Take it back"), yes_cb, self->work, NULL);
}

static void
typed_cb (GtkEditable *entry, Withdraw *self)
{
  san_form_work_set_reason (self->work, gtk_editable_get_text (entry));
}

static void
not_cb (GtkButton *button, Withdraw *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  gtk_widget_set_visible (self->strip, FALSE);
}

static void
add_entry (Withdraw *self, const char *label)
{
  const char *reason = san_form_work_get_reason (self->work);

  gtk_entry_set_input_hints (GTK_ENTRY (self->entry),
                             GTK_INPUT_HINT_PRIVATE | GTK_INPUT_HINT_NO_EMOJI);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label, -1);
  gtk_widget_set_hexpand (self->entry, TRUE);
  gtk_widget_set_valign (self->entry, GTK_ALIGN_CENTER);
  if (reason != NULL)
    gtk_editable_set_text (GTK_EDITABLE (self->entry), reason);
  g_signal_connect (self->entry, "activate", G_CALLBACK (ask_cb), self);
  g_signal_connect (self->entry, "changed", G_CALLBACK (typed_cb), self);
  gtk_widget_set_visible (self->strip, reason != NULL);
}

GtkWidget *
san_form_withdraw_new (GtkWidget *over, SanFormWork *work)
{
  Withdraw *self = g_new0 (Withdraw, 1);
  GtkWidget *strip = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *act = san_line_button (_("Take it back…"), NULL);
  GtkWidget *not_now = san_line_button (_("Keep it"), NULL);
  const char *label = _("Why is it taken back?");

  *self = (Withdraw) { over, strip, gtk_entry_new (), work };
  add_entry (self, label);
  g_signal_connect (act, "clicked", G_CALLBACK (ask_cb), self);
  g_signal_connect (not_now, "clicked", G_CALLBACK (not_cb), self);
  gtk_box_append (GTK_BOX (strip), san_line_label (label, NULL));
  gtk_box_append (GTK_BOX (strip), self->entry);
  gtk_box_append (GTK_BOX (strip), act);
  gtk_box_append (GTK_BOX (strip), not_now);
  gtk_widget_add_css_class (strip, "san-strip");
  g_object_set_data_full (G_OBJECT (strip), "withdraw", self, g_free);
  return strip;
}

void
san_form_withdraw_open (GtkWidget *strip)
{
  gtk_widget_set_visible (strip, TRUE);
  gtk_widget_grab_focus (of_strip (strip)->entry);
}

gboolean
san_form_withdraw_is_focused (GtkWidget *strip, guint *cursor)
{
  GtkWidget *entry = of_strip (strip)->entry;
  GtkWidget *focus = gtk_widget_get_focus_child (entry);      /* the text in it has it */

  if (focus == NULL || !gtk_widget_is_focus (focus))
    return FALSE;
  *cursor = (guint) gtk_editable_get_position (GTK_EDITABLE (entry));
  return TRUE;
}

gboolean
san_form_withdraw_focus (GtkWidget *strip, guint cursor)
{
  GtkWidget *entry = of_strip (strip)->entry;

  if (!gtk_widget_get_visible (strip))
    return FALSE;
  gtk_entry_grab_focus_without_selecting (GTK_ENTRY (entry));
  gtk_editable_set_position (GTK_EDITABLE (entry), (int) MIN (cursor, (guint) G_MAXINT));
  return TRUE;
}
