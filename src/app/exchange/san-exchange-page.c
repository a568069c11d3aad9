/* san-exchange-page.c - pen drives and folders, what goes and comes, and how far partners are
 *
 * Plug, Ctrl+E, Enter: the rows of pen drives are there before the centre has answered, and the
 * first button has the focus. */
#include "san-exchange-page.h"
#include "san-arrivals.h"
#include "san-day-words.h"
#include "san-exchange-facts.h"
#include "san-exchange-offers.h"
#include "san-exchange-places.h"
#include "san-exchange-run.h"
#include "san-exchange-steps.h"
#include "san-exchange-words.h"
#include "san-i18n.h"
#include "san-line.h"
#include "san-lines.h"
#include "san-sentences.h"
#include "san-two-columns.h"
#include <adwaita.h>

#define LOOK_MS 100

struct _SanExchangePage
{
  SanPage parent_instance;

  GtkWidget        *root, *opened, *targets, *progress, *run, *cancel, *result, *first, *second,
                   *offers;
  SanExchangeSteps *steps;
  GtkWidget        *places, *partners;      /* boxes of lines */
  SanExchangeRun   *exchange;       /* borrowed from the desk */
  SanDrives        *drives;         /* borrowed from the desk */
  GPtrArray        *shown;          /* SanTarget, as the rows of @targets */
  guint             timer;
};

G_DEFINE_FINAL_TYPE (SanExchangePage, san_exchange_page, SAN_TYPE_PAGE)

static void ask (SanExchangePage *self);

/* --- pen drives and places that are here --- */

static void
exchange_cb (GtkButton *button, SanExchangePage *self)
{
  guint at = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "at"));
  const SanTarget *target = g_ptr_array_index (self->shown, at);

  san_exchange_run_start (self->exchange, target->uri, target->name, target->drive);
}

static char *
say_used (const SanTarget *target)
{
  g_autofree char *ago = NULL;

  if (target->look == NULL)
    return NULL;
  if (target->look->used_ms == 0)
    return g_strdup (_("Not used for exchange before."));
  ago = san_words_ago (target->look->used_ms, san_clock_now ());
  return san_words_print (_("Last used %s."), ago);
}

/* A card for each that is here: what it is, what waits on it, and the button. */
static GtkWidget *
make_target (SanExchangePage *self, guint at)
{
  const SanTarget *target = g_ptr_array_index (self->shown, at);
  g_autofree char *sentence = g_strdup_printf (target->drive ? _("Pen drive “%s” is here.")
                                                             : _("The folder “%s” is here."),
                                               target->name);
  g_autofree char *name = san_words_print (_("Exchange now with %s"), target->name);
  GtkWidget *row = san_line_row (target->drive ? "drive-removable-media-symbolic"
                                               : "folder-remote-symbolic",
                                 sentence, " ", NULL);
  GtkWidget *lines;
  GtkWidget *card = san_line_card (NULL, &lines);
  GtkWidget *button = san_line_button (_("Exchange now"), name);

  g_object_set_data (G_OBJECT (button), "at", GUINT_TO_POINTER (at));
  g_signal_connect (button, "clicked", G_CALLBACK (exchange_cb), self);
  if (at == 0)
    gtk_widget_add_css_class (button, "suggested-action");
  if (!target->drive)
    gtk_box_append (GTK_BOX (row),
                    san_exchange_places_forget_button (SAN_PAGE (self), target->name));
  gtk_box_append (GTK_BOX (row), button);
  gtk_box_prepend (GTK_BOX (card), row);
  gtk_widget_add_css_class (lines, "san-below-icon");
  g_object_set_data (G_OBJECT (card), "row", row);
  g_object_set_data (G_OBJECT (card), "lines", lines);
  g_object_set_data (G_OBJECT (card), "button", button);
  return card;
}

/* The second line of a card's row, which san_line_row() put under the first. */
static void
set_quiet (GtkWidget *card, const char *words)
{
  GtkWidget *box = san_line_row_get_words (g_object_get_data (G_OBJECT (card), "row"));

  gtk_label_set_label (GTK_LABEL (gtk_widget_get_last_child (box)), words != NULL ? words : " ");
}

/* What waits there, as far as it is known, and where it is. */
static void
show_look (GtkWidget *card, const SanTarget *target)
{
  GtkWidget *lines = g_object_get_data (G_OBJECT (card), "lines");
  g_autoptr(GPtrArray) words = target->look != NULL ? san_exchange_words_look (target->look) : NULL;
  g_autofree char *where = target->drive ? NULL : san_exchange_places_say_where (target->uri);

  san_lines_clear (lines);
  for (guint i = 0; words != NULL && i < words->len; i++)
    gtk_box_append (GTK_BOX (lines), san_line_label (g_ptr_array_index (words, i), NULL));
  if (words == NULL)
    gtk_box_append (GTK_BOX (lines),
                    san_line_label (_("Not known before it is tried."), "san-quiet"));
  if (where != NULL)
    gtk_box_append (GTK_BOX (lines), san_line_label (where, "san-quiet"));
}

static gboolean
same_targets (GPtrArray *a, GPtrArray *b)
{
  if (a == NULL || a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    if (!g_str_equal (((const SanTarget *) a->pdata[i])->uri,
                      ((const SanTarget *) b->pdata[i])->uri))
      return FALSE;
  return TRUE;
}

static GtkWidget *
first_button (SanExchangePage *self)
{
  GtkWidget *card = gtk_widget_get_first_child (self->targets);

  return card != NULL && self->shown != NULL && self->shown->len > 0
           ? g_object_get_data (G_OBJECT (card), "button")
           : NULL;
}

static void
show_targets (SanExchangePage *self, GPtrArray *targets /* (transfer full) */)
{
  gboolean same = same_targets (self->shown, targets);
  gboolean focused = gtk_widget_get_focus_child (self->targets) != NULL ||
                     gtk_widget_is_focus (self->targets) ||
                     gtk_widget_get_focus_child (GTK_WIDGET (self)) == NULL;
  GtkWidget *card;

  g_clear_pointer (&self->shown, g_ptr_array_unref);
  self->shown = targets;
  if (!same)
    {
      san_lines_clear (self->targets);
      for (guint i = 0; i < targets->len; i++)
        gtk_box_append (GTK_BOX (self->targets), make_target (self, i));
      if (targets->len == 0)
        {
          gtk_box_append (GTK_BOX (self->targets), san_line_card (NULL, &card));
          gtk_box_append (GTK_BOX (card),
                          san_line_row ("drive-removable-media-symbolic",
                                        _("Plug in a pen drive, or choose a shared folder."),
                                        _("Nothing leaves this laptop until you press Exchange."),
                                        NULL));
        }
      gtk_widget_set_focusable (self->targets, targets->len == 0);
      if (focused)
        gtk_widget_grab_focus (first_button (self) != NULL ? first_button (self) : self->targets);
    }
  card = gtk_widget_get_first_child (self->targets);
  for (guint i = 0; i < targets->len; i++, card = gtk_widget_get_next_sibling (card))
    {
      g_autofree char *used = say_used (targets->pdata[i]);

      set_quiet (card, used);
      show_look (card, targets->pdata[i]);
    }
}

/* What the desktop knows, before the centre has looked. */
static GPtrArray *
list_plugged (SanExchangePage *self)
{
  g_autoptr(GPtrArray) drives = san_drives_list (self->drives);
  GPtrArray *targets = g_ptr_array_new_with_free_func ((GDestroyNotify) san_target_free);

  for (guint i = 0; i < drives->len; i++)
    {
      const SanDrive *drive = g_ptr_array_index (drives, i);

      g_ptr_array_add (targets, san_target_new (drive->name, drive->uri, TRUE));
    }
  return targets;
}

/* --- how it goes, how it ended --- */

static gboolean
look_cb (gpointer data)
{
  SanExchangePage *self = data;
  double fraction;
  guint step = san_exchange_run_get_step (self->exchange, &fraction);

  san_exchange_steps_set (self->steps, step, fraction);
  return G_SOURCE_CONTINUE;
}

static void
ejected_cb (gboolean ok, gpointer data)
{
  SanDesk *desk = data;

  if (san_desk_is_open (desk))
    san_desk_toast (desk, ok ? _("The pen drive can be taken out now.")
                             : _("The pen drive is still in use by another program. Close it "
                                 "there, then try again."));
  g_object_unref (desk);
}

static void
eject_cb (SanExchangePage *self)
{
  const char *uri = san_exchange_run_get_uri (self->exchange);
  SanDesk *desk = g_object_ref (san_page_get_desk (SAN_PAGE (self)));

  if (uri == NULL || !san_drives_eject (self->drives, uri, ejected_cb, desk))
    g_object_unref (desk);
}

static void
review_cb (SanExchangePage *self)
{
  san_desk_go_page (san_page_get_desk (SAN_PAGE (self)), "review");
}

static void
add_result_buttons (SanExchangePage *self)
{
  GtkWidget *buttons = san_line_new (12);
  guint review = san_exchange_run_get_review (self->exchange);
  const char *uri = san_exchange_run_get_uri (self->exchange);

  if (review > 0)
    {
      GtkWidget *button = san_line_button (_("See what there is to review"), NULL);

      g_signal_connect_swapped (button, "clicked", G_CALLBACK (review_cb), self);
      gtk_box_append (GTK_BOX (buttons), button);
    }
  if (uri != NULL && san_drives_has (self->drives, uri))
    {
      GtkWidget *button = san_line_button (_("Remove safely"), NULL);

      g_signal_connect_swapped (button, "clicked", G_CALLBACK (eject_cb), self);
      gtk_box_append (GTK_BOX (buttons), button);
    }
  gtk_widget_set_visible (buttons, gtk_widget_get_first_child (buttons) != NULL);
  gtk_box_append (GTK_BOX (self->result), buttons);
}

static void
show_result (SanExchangePage *self, SanRunState state)
{
  GPtrArray *words = san_exchange_run_get_words (self->exchange);

  san_lines_clear (self->result);
  gtk_widget_set_visible (self->result, words != NULL);
  if (words == NULL)
    return;
  for (guint i = 0; i < words->len; i++)
    {
      GtkWidget *row = san_line_row (i > 0                   ? NULL
                                     : state == SAN_RUN_DONE ? "emblem-ok-symbolic"
                                                             : "dialog-warning-symbolic",
                                     g_ptr_array_index (words, i), NULL,
                                     state == SAN_RUN_DONE ? "san-done" : "san-overdue");

      if (i > 0)
        gtk_widget_add_css_class (row, "san-below-icon");
      gtk_box_append (GTK_BOX (self->result), row);
    }
  add_result_buttons (self);
}

static void
run_cb (SanExchangePage *self)
{
  SanRunState state = san_exchange_run_get_state (self->exchange);
  gboolean busy = state == SAN_RUN_BUSY;

  gtk_widget_set_visible (self->run, state == SAN_RUN_BUSY || state == SAN_RUN_DONE);
  gtk_widget_set_visible (self->cancel, busy);
  if (busy && self->timer == 0)
    {
      self->timer = g_timeout_add (LOOK_MS, look_cb, self);
      look_cb (self);
    }
  if (!busy)
    g_clear_handle_id (&self->timer, g_source_remove);
  if (state == SAN_RUN_DONE)
    san_exchange_steps_set (self->steps, SAN_EXCHANGE_N_STEPS - 1, 1);
  if (busy)
    gtk_widget_grab_focus (self->cancel);
  gtk_widget_set_sensitive (self->targets, !busy);
  show_result (self, state);
  gtk_widget_set_visible (self->progress, gtk_widget_get_visible (self->run) ||
                                            gtk_widget_get_visible (self->result));
  if (!busy && gtk_widget_get_mapped (GTK_WIDGET (self)) && first_button (self) != NULL)
    gtk_widget_grab_focus (first_button (self));
}

/* --- what the centre says --- */

/* Each partner once: how far both are, and what goes there next. */
static void
show_partners (SanExchangePage *self, const SanExchangeFacts *facts)
{
  gint64 now = san_clock_now ();

  san_lines_clear (self->partners);
  for (guint i = 0; i < facts->waiting->len; i++)
    {
      const SanWaitingRow *row = g_ptr_array_index (facts->waiting, i);
      const char *label = row->label != NULL ? row->label : _("Our other laptops");
      const char *icon, *css;
      g_autofree char *waiting = san_exchange_words_waiting (row);
      g_autofree char *sides = san_exchange_words_sides (row, now);
      g_autofree char *free_word = NULL;
      const char *state = san_exchange_words_state (row, now, &icon, &css, &free_word);
      g_autofree char *line = san_words_print (_("%1$s: %2$s"), label, state);
      /* Translators: what goes with the next exchange, such as "2 children, 31 notes" */
      g_autofree char *next = san_words_print (_("Will be sent: %s"), waiting);
      g_autofree char *awaited = san_exchange_words_awaited (row);
      GtkWidget *shown = san_line_row (icon, line, sides, css);

      gtk_box_append (GTK_BOX (san_line_row_get_words (shown)), san_line_label (next, NULL));
      if (awaited != NULL)
        gtk_box_append (GTK_BOX (san_line_row_get_words (shown)), san_line_label (awaited, NULL));
      gtk_box_append (GTK_BOX (self->partners), shown);
    }
  if (facts->waiting->len > 0)
    return;
  gtk_box_append (GTK_BOX (self->partners), san_line_label (_("No other centre yet. Pairing takes "
                                                              "4 minutes and one phone call."),
                                                            "san-quiet"));
}

static void
use_cb (GtkButton *button, SanExchangePage *self)
{
  g_autoptr(GFile) file = g_file_new_for_uri (san_page_get_stop (SAN_PAGE (self))->part);
  g_autofree char *path = g_file_get_path (file);

  gtk_widget_set_visible (self->opened, FALSE);
  san_exchange_run_apply (self->exchange, path);
}

static void
show_bundle (SanExchangePage *self, const SanExchangeFacts *facts)
{
  GtkWidget *lines, *row;
  GtkWidget *card = san_line_card (_("A bundle was opened"), &lines);
  GtkWidget *button = san_line_button (_("Use it"), NULL);
  g_autofree char *when = NULL;
  g_autofree char *sentence = NULL;

  san_lines_clear (self->opened);
  gtk_widget_set_visible (self->opened, TRUE);
  gtk_box_append (GTK_BOX (self->opened), card);
  if (facts->bundle == NULL)
    {
      sentence = san_exchange_words_failure (facts->bundle_error, FALSE, FALSE);
      gtk_box_append (GTK_BOX (lines),
                      san_line_row ("dialog-warning-symbolic", sentence, NULL, "san-overdue"));
      return;
    }
  when = san_words_moment (facts->bundle->wall_ms, san_clock_now ());
  sentence = san_words_print (_("From %1$s, written %2$s."), facts->bundle->from_label, when);
  row = san_line_row ("mail-send-receive-symbolic", sentence,
                      facts->bundle->complete
                        ? NULL
                        : _("It is not complete yet: nothing of it will be used."),
                      NULL);
  g_signal_connect (button, "clicked", G_CALLBACK (use_cb), self);
  gtk_box_append (GTK_BOX (row), button);
  gtk_box_append (GTK_BOX (lines), row);
}

static void
answer_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  SanExchangePage *self = SAN_EXCHANGE_PAGE (source);
  g_autoptr(GError) error = NULL;
  g_autoptr(SanExchangeFacts) facts = san_worker_run_finish (result, &error);

  if (facts == NULL)
    {
      san_desk_complain (san_page_get_desk (SAN_PAGE (self)), error);
      return;
    }
  show_partners (self, facts);
  san_exchange_places_show (self->places, SAN_PAGE (self), facts);
  san_exchange_offers_show (self->offers, SAN_PAGE (self), facts->offers);
  if (facts->bundle != NULL || facts->bundle_error != NULL)
    show_bundle (self, facts);
  show_targets (self, g_steal_pointer (&facts->targets));
}

/* What was opened is shown until it was used, whatever was exchanged before. */
static char *
dup_opened (SanExchangePage *self)
{
  const char *part = san_page_get_stop (SAN_PAGE (self))->part;
  g_autoptr(GFile) file = part != NULL ? g_file_new_for_uri (part) : NULL;
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;
  gboolean used = san_exchange_run_get_state (self->exchange) != SAN_RUN_IDLE &&
                  g_strcmp0 (path, san_exchange_run_get_uri (self->exchange)) == 0;

  return used ? NULL : g_steal_pointer (&path);
}

static void
ask (SanExchangePage *self)
{
  SanExchangeQuestion *question = g_new0 (SanExchangeQuestion, 1);

  question->drives = san_drives_list (self->drives);
  question->bundle = dup_opened (self);
  san_desk_ask (san_page_get_desk (SAN_PAGE (self)), GTK_WIDGET (self), san_exchange_facts_ask,
                question, (GDestroyNotify) san_exchange_question_free,
                (GDestroyNotify) san_exchange_facts_free, answer_cb, NULL);
}

static void
plugged_cb (SanExchangePage *self)
{
  ask (self);
}

static void
pair_cb (SanExchangePage *self)
{
  san_desk_go_page (san_page_get_desk (SAN_PAGE (self)), "pair");
}

static void
share_cb (SanExchangePage *self)
{
  san_desk_go_page (san_page_get_desk (SAN_PAGE (self)), "share");
}

static void
add_cards (SanExchangePage *self)
{
  gboolean may = san_centre_is_superintendent (san_page_get_centre (SAN_PAGE (self)));
  GtkWidget *button = san_line_button (_("Pair with a centre or laptop"), NULL);
  GtkWidget *share = san_line_button (_("Share a child"), NULL);
  GtkWidget *partners;

  partners = san_line_card (_("Partners"), &self->partners);
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (pair_cb), self);
  gtk_widget_set_halign (share, GTK_ALIGN_START);
  gtk_widget_set_visible (share, may);
  gtk_widget_set_visible (button, may);
  g_signal_connect_swapped (share, "clicked", G_CALLBACK (share_cb), self);
  gtk_box_append (GTK_BOX (partners), share);
  gtk_box_append (GTK_BOX (partners), button);
  gtk_box_append (GTK_BOX (self->second), partners);
  gtk_box_append (GTK_BOX (self->first), san_line_card (_("Other places"), &self->places));
}

static void
start (SanPage *page)
{
  SanExchangePage *self = SAN_EXCHANGE_PAGE (page);

  san_page_set_title (page, _("Exchange"));
  self->exchange = san_exchange_run_of (san_page_get_desk (page));
  self->drives = san_arrivals_get_drives (san_page_get_desk (page));
  add_cards (self);
  g_signal_connect_object (self->exchange, "changed", G_CALLBACK (run_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->drives, "found", G_CALLBACK (plugged_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->drives, "gone", G_CALLBACK (plugged_cb), self, G_CONNECT_SWAPPED);
  show_targets (self, list_plugged (self));
  run_cb (self);
  ask (self);
}

static void
refresh (SanPage *page)
{
  ask (SAN_EXCHANGE_PAGE (page));
}

/* Enter does nothing until there is something to exchange with. */
static GtkWidget *
first_focus (SanPage *page)
{
  SanExchangePage *self = SAN_EXCHANGE_PAGE (page);

  return first_button (self) != NULL ? first_button (self) : self->targets;
}

static void
san_exchange_page_dispose (GObject *object)
{
  SanExchangePage *self = SAN_EXCHANGE_PAGE (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_pointer (&self->shown, g_ptr_array_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), SAN_TYPE_EXCHANGE_PAGE);
  G_OBJECT_CLASS (san_exchange_page_parent_class)->dispose (object);
}

static void
san_exchange_page_class_init (SanExchangePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = san_exchange_page_dispose;
  SAN_PAGE_CLASS (klass)->start = start;
  SAN_PAGE_CLASS (klass)->refresh = refresh;
  SAN_PAGE_CLASS (klass)->first_focus = first_focus;
  SAN_PAGE_CLASS (klass)->help = "exchange";
  g_type_ensure (SAN_TYPE_EXCHANGE_STEPS);
  g_type_ensure (SAN_TYPE_TWO_COLUMNS);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               SAN_RESOURCE_UI "san-exchange-page.ui");
  gtk_widget_class_bind_template_child (widget_class, SanExchangePage, root);
  gtk_widget_class_bind_template_child (widget_class, SanExchangePage, opened);
  gtk_widget_class_bind_template_child (widget_class, SanExchangePage, targets);
  gtk_widget_class_bind_template_child (widget_class, SanExchangePage, progress);
  gtk_widget_class_bind_template_child (widget_class, SanExchangePage, run);
  gtk_widget_class_bind_template_child (widget_class, SanExchangePage, steps);
  gtk_widget_class_bind_template_child (widget_class, SanExchangePage, cancel);
  gtk_widget_class_bind_template_child (widget_class, SanExchangePage, result);
  gtk_widget_class_bind_template_child (widget_class, SanExchangePage, first);
  gtk_widget_class_bind_template_child (widget_class, SanExchangePage, second);
  gtk_widget_class_bind_template_child (widget_class, SanExchangePage, offers);
}

static void
cancel_cb (SanExchangePage *self)
{
  san_exchange_run_cancel (self->exchange);
}

static void
san_exchange_page_init (SanExchangePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (self->cancel, "clicked", G_CALLBACK (cancel_cb), self);
}
