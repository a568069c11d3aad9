/* san-exchange-offers.c - children that other centres share with us, to accept or decline
 *
 * Until the superintendent accepts, nothing of the child is shown here; the other centre keeps her
 * either way. */
#include "san-exchange-offers.h"
#include "san-i18n.h"
#include "san-line.h"
#include "san-lines.h"
#include "san-partners.h"

typedef struct { char *id; gboolean accept; char *reason; } Answer;

static void
answer_free (Answer *answer)
{
  g_free (answer->id);
  g_free (answer->reason);
  g_free (answer);
}

static gpointer
answer_offer (SanCentre *centre, gpointer input, GCancellable *cancellable, GError **error)
{
  const Answer *answer = input;

  if (!san_offer_answer (centre, answer->id, answer->accept, answer->reason, error))
    return NULL;
  return g_strdup (answer->accept ? "accept" : "decline");
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  SanDesk *desk = san_page_get_desk (SAN_PAGE (source));
  g_autoptr(GError) error = NULL;
  g_autofree char *what = san_worker_run_finish (result, &error);

  if (what == NULL)
    {
      san_desk_complain (desk, error);
      return;
    }
  san_desk_toast (desk, g_str_equal (what, "accept")
                          ? _("Accepted. The child is under Children now.")
                          : _("Declined. The child stays with them. Tell them why, if you can."));
  san_desk_changed (desk);
}

static void
send (SanPage *page, const char *id, gboolean accept, const char *reason)
{
  Answer *answer = g_new0 (Answer, 1);

  answer->id = g_strdup (id);
  answer->accept = accept;
  answer->reason = reason != NULL && *reason != '\0' ? g_strdup (reason) : NULL;
  san_desk_ask (san_page_get_desk (page), GTK_WIDGET (page), answer_offer, answer,
                (GDestroyNotify) answer_free, g_free, answered_cb, NULL);
}

static void
accept_cb (GtkWidget *button, SanPage *page)
{
  send (page, g_object_get_data (G_OBJECT (button), "id"), TRUE, NULL);
}

static void
decline_cb (GtkWidget *widget, SanPage *page)
{
  GtkEditable *entry = g_object_get_data (G_OBJECT (widget), "reason");

  send (page, g_object_get_data (G_OBJECT (widget), "id"), FALSE, gtk_editable_get_text (entry));
}

static void
open_decline_cb (GtkWidget *button, GtkWidget *panel)
{
  gtk_widget_set_visible (panel, TRUE);
  gtk_widget_child_focus (panel, GTK_DIR_TAB_FORWARD);
}

/* Inline, not a dialog: she can write why, or leave it out. The answer stands in the own house
 * dossier, which no other centre reads. */
static GtkWidget *
make_decline (const char *id, SanPage *page)
{
  GtkWidget *panel = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *row = san_line_new (12);
  GtkWidget *entry = gtk_entry_new ();
  GtkWidget *button = san_line_button (_("Decline"), NULL);
  GtkWidget *label = san_line_label (_("Why not? It stays in your notes here."), NULL);

  gtk_entry_set_input_hints (GTK_ENTRY (entry), GTK_INPUT_HINT_PRIVATE | GTK_INPUT_HINT_NO_EMOJI);
  gtk_widget_set_hexpand (entry, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  gtk_label_get_label (GTK_LABEL (label)), -1);
  g_object_set_data_full (G_OBJECT (button), "id", g_strdup (id), g_free);
  g_object_set_data (G_OBJECT (button), "reason", entry);
  g_signal_connect (button, "clicked", G_CALLBACK (decline_cb), page);
  gtk_box_append (GTK_BOX (row), entry);
  gtk_box_append (GTK_BOX (row), button);
  gtk_box_append (GTK_BOX (panel), label);
  gtk_box_append (GTK_BOX (panel), row);
  gtk_widget_set_visible (panel, FALSE);
  return panel;
}

static void
add_offer (GtkWidget *lines, SanPage *page, const SanOfferRow *offer, gboolean may_answer)
{
  g_autofree char *id = san_id32_to_text (&offer->id);
  g_autofree char *sentence = san_words_print (_("%s shares a child with you."), offer->from_label);
  GtkWidget *row = san_line_row ("emblem-shared-symbolic", sentence,
                                 offer->answered ? _("You declined. It can still be accepted.")
                                                 : _("The child stays with them until you accept. "
                                                     "After that the child is under Children here "
                                                     "too, and both centres write."),
                                 "san-due");
  GtkWidget *accept, *decline, *panel;

  gtk_box_append (GTK_BOX (lines), row);
  if (!may_answer)
    return;
  accept = san_line_button (_("Accept"), NULL);
  g_object_set_data_full (G_OBJECT (accept), "id", g_strdup (id), g_free);
  g_signal_connect (accept, "clicked", G_CALLBACK (accept_cb), page);
  gtk_box_append (GTK_BOX (row), accept);
  if (offer->answered)
    return;
  panel = make_decline (id, page);
  decline = san_line_button (_("Decline…"), NULL);
  g_signal_connect (decline, "clicked", G_CALLBACK (open_decline_cb), panel);
  gtk_box_append (GTK_BOX (row), decline);
  gtk_box_append (GTK_BOX (lines), panel);
}

void
san_exchange_offers_show (GtkWidget *box, SanPage *page, GPtrArray *offers)
{
  gboolean may_answer = san_centre_is_superintendent (san_page_get_centre (page));
  GtkWidget *lines;

  san_lines_clear (box);
  gtk_widget_set_visible (box, offers->len > 0);
  if (offers->len == 0)
    return;
  gtk_box_append (GTK_BOX (box), san_line_card (_("Offered to us"), &lines));
  for (guint i = 0; i < offers->len; i++)
    add_offer (lines, page, g_ptr_array_index (offers, i), may_answer);
}
