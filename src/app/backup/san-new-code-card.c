/* san-new-code-card.c - locks and opens the page of the recovery code with her name
 *
 * Only the code in force can put another in its place (it alone opens every ring), so there is one
 * way for somebody who forgot her passphrase and for somebody who wants another code. */
#include "san-new-code-card.h"
#include "san-i18n.h"
#include "san-lines.h"

static void
go_cb (GtkButton *button, SanDesk *desk)
{
  g_autoptr(SanDesk) kept = g_object_ref (desk);           /* the lock takes the page away */
  SanStop *stop = san_stop_new ("recovery");

  stop->part = g_strdup (san_centre_get_staff_name (san_desk_get_centre (desk)));
  san_desk_lock (kept);
  san_desk_go (kept, stop);
}

GtkWidget *
san_new_code_card_new (SanDesk *desk)
{
  GtkWidget *lines;
  GtkWidget *card = san_line_card (_("Recovery code"), &lines);
  GtkWidget *button = san_line_button (_("Make a new recovery code"), NULL);

  gtk_box_append (GTK_BOX (lines),
                  san_line_label (_("If somebody else may have seen it, put another one in its "
                                    "place. It needs the old one from the "
                                    "sealed envelope: without the old code there is no new one."),
                                  NULL));
  gtk_box_append (GTK_BOX (lines),
                  san_line_label (_("Sanrakshan locks. You type the old code, choose a passphrase "
                                    "and get the new code. "
                                    "Nothing is changed until you have typed the new one back."),
                                  "san-quiet"));
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  g_signal_connect_object (button, "clicked", G_CALLBACK (go_cb), desk, 0);
  gtk_box_append (GTK_BOX (lines), button);
  return card;
}
