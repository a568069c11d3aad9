/* san-review-more.c - the other things that wait for a person: sharing to confirm, held notes
 *
 * Nothing of a protected compartment goes to another centre before somebody who reads it says so:
 * these are the cards for her. */
#include "san-review-more.h"
#include "san-i18n.h"
#include "san-line.h"
#include "san-lines.h"
#include "san-told.h"

typedef struct { char *id; guint64 to; } Accept;

const char *
san_compartment_word (guint compartment)
{
  static const char *const words[SAN_N_COMPARTMENTS] = {
    N_("what everybody in the house reads"),
    N_("name, family, orders and plan"),
    N_("counselling notes"),
    N_("health notes"),
    N_("court notes"),
    N_("staff papers"),
  };

  return compartment < SAN_N_COMPARTMENTS ? _(words[compartment]) : "";
}

static void
accept_free (Accept *accept)
{
  g_free (accept->id);
  g_free (accept);
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  SanDesk *desk = san_page_get_desk (SAN_PAGE (source));
  g_autoptr(GError) error = NULL;
  g_autofree char *sentence = san_worker_run_finish (result, &error);

  if (sentence == NULL)
    {
      san_desk_complain (desk, error);
      return;
    }
  san_desk_toast (desk, sentence);
  san_desk_changed (desk);
}

/* --- sharing to confirm --- */

static gpointer
confirm (SanCentre *centre, gpointer id, GCancellable *cancellable, GError **error)
{
  return san_share_confirm (centre, id, error)
           ? g_strdup (_("Confirmed. It goes with the next exchange."))
           : NULL;
}

static void
confirm_cb (GtkWidget *button, SanPage *page)
{
  san_desk_ask (san_page_get_desk (page), GTK_WIDGET (page), confirm,
                g_strdup (g_object_get_data (G_OBJECT (button), "id")), g_free, g_free, done_cb,
                NULL);
}

static void
add_pending (GtkWidget *lines, SanPage *page, const SanPendingShare *share)
{
  g_autofree char *sentence = san_words_print (_("%1$s is to be shared with %2$s: %3$s."),
                                               share->alias, share->to_label,
                                               san_compartment_word (share->compartment));
  GtkWidget *row = san_line_row ("emblem-shared-symbolic", sentence,
                                 _("Nobody over there can read it before you confirm. What they "
                                   "have read they keep."),
                                 "san-protected");
  GtkWidget *button = san_line_button (_("Confirm"), NULL);

  g_object_set_data_full (G_OBJECT (button), "id", san_id32_to_text (&share->id), g_free);
  g_signal_connect (button, "clicked", G_CALLBACK (confirm_cb), page);
  gtk_box_append (GTK_BOX (row), button);
  gtk_box_append (GTK_BOX (lines), row);
}

/* --- held notes --- */

static gpointer
accept_notes (SanCentre *centre, gpointer input, GCancellable *cancellable, GError **error)
{
  const Accept *accept = input;
  guint n = 0;

  if (!san_review_accept (centre, accept->id, accept->to, &n, error))
    return NULL;
  return san_words_print (ngettext ("%u note counts now.", "%u notes count now.", n), n);
}

static void
accept_cb (GtkWidget *button, SanPage *page)
{
  const SanHeldNotes *notes = g_object_get_data (G_OBJECT (button), "notes");
  GtkSpinButton *spin = g_object_get_data (G_OBJECT (button), "spin");
  Accept *accept = g_new0 (Accept, 1);

  accept->id = san_id32_to_text (&notes->id);
  accept->to = spin != NULL ? notes->from + (guint64) gtk_spin_button_get_value_as_int (spin) - 1
                            : 0;
  san_desk_ask (san_page_get_desk (page), GTK_WIDGET (page), accept_notes, accept,
                (GDestroyNotify) accept_free, g_free, done_cb, NULL);
}

static GtkWidget *
make_accept (const char *word, const SanHeldNotes *notes, GtkWidget *spin, SanPage *page)
{
  GtkWidget *button = san_line_button (word, NULL);
  SanHeldNotes *copy = g_memdup2 (notes, sizeof *notes);

  copy->name = NULL;
  g_object_set_data_full (G_OBJECT (button), "notes", copy, g_free);
  g_object_set_data (G_OBJECT (button), "spin", spin);
  g_signal_connect (button, "clicked", G_CALLBACK (accept_cb), page);
  return button;
}

static char *
dup_held_words (const SanHeldNotes *notes, guint n)
{
  if (notes->of_laptop)
    /* Translators: how many, whose */
    return san_words_print (ngettext ("%1$u note of %2$s came from a laptop after it was removed.",
                                      "%1$u notes of %2$s came from a laptop after it was removed.",
                                      n),
                            n, notes->name);
  return san_words_print (ngettext ("%1$u note of %2$s came after she was removed.",
                                    "%1$u notes of %2$s came after she was removed.", n),
                          n, notes->name);
}

static const char *
held_advice (const SanHeldNotes *notes)
{
  if (san_id32_is_zero (&notes->id))
    return _("Her login there was made while she was removed here: they do not count and stay as "
             "they are.");
  if (notes->of_laptop)
    return _("They do not count until you accept them. Ask her first whether she wrote them.");
  return _("They do not count until you accept them. Written before she left, they are as good as "
           "any other.");
}

/* All, or only the first of them: somebody may have gone on writing after she should have
 * stopped. */
static void
add_held (GtkWidget *lines, SanPage *page, const SanHeldNotes *notes, gboolean may)
{
  guint n = (guint) MIN (notes->to - notes->from + 1, G_MAXINT);
  g_autofree char *sentence = dup_held_words (notes, n);
  GtkWidget *row = san_line_row ("document-open-recent-symbolic", sentence, held_advice (notes),
                                 "san-overdue");

  gtk_box_append (GTK_BOX (lines), row);
  if (!may || san_id32_is_zero (&notes->id))
    return;
  gtk_box_append (GTK_BOX (row), make_accept (_("Accept all"), notes, NULL, page));
  if (n > 1)
    {
      GtkWidget *part = san_line_new (12);
      GtkWidget *spin = gtk_spin_button_new_with_range (1, n, 1);

      gtk_widget_add_css_class (part, "san-below-icon");
      gtk_accessible_update_property (GTK_ACCESSIBLE (spin), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      _("How many of them"), -1);
      gtk_box_append (GTK_BOX (part), san_line_label (_("Only the first:"), NULL));
      gtk_box_append (GTK_BOX (part), spin);
      gtk_box_append (GTK_BOX (part), make_accept (_("Accept these"), notes, spin, page));
      gtk_box_append (GTK_BOX (lines), part);
    }
}

guint
san_review_more_show (GtkWidget *box, SanPage *page, GPtrArray *pending, GPtrArray *held,
                      GPtrArray *told)
{
  gboolean may = san_centre_is_superintendent (san_page_get_centre (page));
  GtkWidget *lines;

  san_lines_clear (box);
  if (told->len > 0)
    {
      gtk_box_append (GTK_BOX (box), san_line_card (_("To know"), &lines));
      san_told_add (lines, told);
    }
  if (pending->len > 0)
    {
      gtk_box_append (GTK_BOX (box), san_line_card (_("To confirm"), &lines));
      for (guint i = 0; i < pending->len; i++)
        add_pending (lines, page, g_ptr_array_index (pending, i));
    }
  if (held->len > 0 && may)
    {
      gtk_box_append (GTK_BOX (box), san_line_card (_("Notes that came late"), &lines));
      for (guint i = 0; i < held->len; i++)
        add_held (lines, page, g_ptr_array_index (held, i), may);
    }
  return told->len + pending->len + (may ? held->len : 0);
}
