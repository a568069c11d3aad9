/* san-pair-page.c - pairing with another centre, or letting in another laptop of ours
 *
 * Four steps on one page. The number is read out by one and typed by the other, never compared by
 * eye: whoever is still to type does not see her own. A wrong number puts both cards away. */
#include "san-pair-page.h"
#include "san-arrivals.h"
#include "san-choose.h"
#include "san-i18n.h"
#include "san-line.h"
#include "san-lines.h"
#include "san-pair-cards.h"
#include "san-pair-give.h"
#include "san-sentences.h"
#include <adwaita.h>

struct _SanPairPage
{
  SanPage parent_instance;

  GtkWidget *root, *steps;
  GtkWidget *give, *open, *phone, *end;     /* boxes of lines in the four cards */
  GtkWidget *phone_card, *end_card;
  SanDrives *drives;                /* borrowed from the desk */
  GBytes    *card;                  /* (nullable): theirs */
  char      *label;
  gboolean   laptop;
  char      *number;                /* (nullable): ours, once digits are in */
  gboolean   made;                  /* the digits were made here */
};

G_DEFINE_FINAL_TYPE (SanPairPage, san_pair_page, SAN_TYPE_PAGE)

static void ask_cards (SanPairPage *self);

static SanDesk *
desk (SanPairPage *self)
{
  return san_page_get_desk (SAN_PAGE (self));
}

static void
ask (SanPairPage *self, SanWorkFunc func, gpointer input, GDestroyNotify input_free,
     GDestroyNotify result_free, GAsyncReadyCallback done)
{
  san_desk_ask (desk (self), GTK_WIDGET (self), func, input, input_free, result_free, done, NULL);
}

static GtkWidget *
add_button (GtkWidget *lines, const char *word, GCallback clicked, SanPairPage *self)
{
  GtkWidget *button = san_line_button (word, NULL);

  gtk_widget_set_halign (button, GTK_ALIGN_START);
  g_signal_connect_swapped (button, "clicked", clicked, self);
  gtk_box_append (GTK_BOX (lines), button);
  return button;
}

/* The paths of pen drives that are plugged in. */
static char **
dup_drive_paths (SanPairPage *self)
{
  g_autoptr(GPtrArray) drives = san_drives_list (self->drives);
  GStrvBuilder *paths = g_strv_builder_new ();
  char **list;

  for (guint i = 0; i < drives->len; i++)
    {
      g_autoptr(GFile) root = g_file_new_for_uri (((const SanDrive *) drives->pdata[i])->uri);
      g_autofree char *path = g_file_get_path (root);

      if (path != NULL)
        g_strv_builder_add (paths, path);
    }
  list = g_strv_builder_end (paths);
  g_strv_builder_unref (paths);
  return list;
}

/* --- 4: the end --- */

/* Two reasons of refusal have sentences of their own. */
static char *
say_error (const GError *error)
{
  if (g_error_matches (error, SAN_ERROR, SAN_ERROR_REFUSED) &&
      g_str_has_prefix (error->message, "three wrong"))
    return g_strdup (_("Three wrong numbers today. Somebody may stand between you. Nothing was "
                       "changed. Try again tomorrow, or meet in person."));
  if (g_error_matches (error, SAN_ERROR, SAN_ERROR_REFUSED) &&
      g_str_has_prefix (error->message, "show your own"))
    return g_strdup (_("They cannot answer yet: they have no card of yours. Give your card first, "
                       "in step 1."));
  if (g_error_matches (error, SAN_ERROR, SAN_ERROR_REFUSED) &&
      g_str_has_prefix (error->message, "the joining card"))
    return g_strdup (_("That laptop wants to join for another person. She has to make its card "
                       "from your card. Nothing was changed."));
  return san_sentence_for_error (error);
}

static void
exchange_cb (SanPairPage *self)
{
  san_desk_go_page (desk (self), "exchange");
}

static void
show_end (SanPairPage *self, gboolean ok, const char *first, const char *second)
{
  san_lines_clear (self->end);
  gtk_widget_set_visible (self->end_card, TRUE);
  gtk_box_append (GTK_BOX (self->end),
                  san_line_row (ok ? "emblem-ok-symbolic" : "dialog-warning-symbolic", first,
                                second, ok ? "san-done" : "san-overdue"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->end_card), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  first, -1);
  gtk_widget_grab_focus (self->end_card);               /* comes into view, and is read out */
}

/* Whoever made the digits has typed first; now it is the other's turn to type. */
static void
show_accepted (SanPairPage *self)
{
  g_autofree char *spaced = san_pair_spaced (self->number);

  show_end (self, TRUE, _("You are talking to the same card."),
            self->laptop
              ? _("That laptop may join. Exchange once with a pen drive, carry it there, and "
                  "exchange there too.")
              : _("You are paired. From now on each exchange takes what is for them along."));
  if (self->made && !self->laptop)
    {
      gtk_box_append (GTK_BOX (self->end),
                      san_line_label (_("Now read this number to them. They type it, and then "
                                        "they are paired too:"),
                                      NULL));
      gtk_box_append (GTK_BOX (self->end), san_line_label (spaced, "title-1"));
    }
  gtk_widget_grab_focus (add_button (self->end, _("Go to Exchange"), G_CALLBACK (exchange_cb),
                                     self));
}

static void
put_cards_away (SanPairPage *self)
{
  g_clear_pointer (&self->card, g_bytes_unref);
  g_clear_pointer (&self->number, g_free);
  san_lines_clear (self->phone);
  gtk_widget_set_visible (self->phone_card, FALSE);
  san_pair_give_fill (self->give, desk (self), self->drives);
  ask_cards (self);
}

static void
accepted_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  SanPairPage *self = SAN_PAIR_PAGE (source);
  g_autoptr(GError) error = NULL;
  g_autofree char *ok = san_worker_run_finish (result, &error);
  g_autofree char *sentence = NULL;

  if (ok != NULL)
    {
      show_accepted (self);
      san_lines_clear (self->phone);
      gtk_widget_set_visible (self->phone_card, FALSE);
      g_clear_pointer (&self->card, g_bytes_unref);
      san_desk_changed (desk (self));
      return;
    }
  if (g_error_matches (error, SAN_ERROR, SAN_ERROR_UNTRUSTED))
    {
      put_cards_away (self);
      show_end (self, FALSE,
                _("Do not go on. Somebody may have changed the card, or a digit was misheard."),
                _("Both cards are put away; give them again, or meet in person."));
      return;
    }
  sentence = say_error (error);
  show_end (self, FALSE, sentence, NULL);
}

/* --- 3: the phone call --- */

static GtkWidget *
add_entry (GtkWidget *lines, const char *label, GCallback activated, SanPairPage *self)
{
  GtkWidget *row = san_line_new (12);
  GtkWidget *entry = gtk_entry_new ();
  GtkWidget *button = san_line_button (_("Continue"), NULL);

  gtk_entry_set_max_length (GTK_ENTRY (entry), 8);
  gtk_editable_set_width_chars (GTK_EDITABLE (entry), 10);
  gtk_entry_set_input_purpose (GTK_ENTRY (entry), GTK_INPUT_PURPOSE_DIGITS);
  gtk_entry_set_input_hints (GTK_ENTRY (entry), GTK_INPUT_HINT_PRIVATE | GTK_INPUT_HINT_NO_EMOJI);
  gtk_widget_add_css_class (entry, "numeric");
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_box_append (GTK_BOX (lines), san_line_label (label, NULL));
  gtk_box_append (GTK_BOX (row), entry);
  gtk_box_append (GTK_BOX (row), button);
  gtk_box_append (GTK_BOX (lines), row);
  g_object_set_data (G_OBJECT (button), "entry", entry);
  g_object_set_data (G_OBJECT (entry), "entry", entry);
  g_signal_connect (entry, "activate", activated, self);
  g_signal_connect (button, "clicked", activated, self);
  gtk_widget_grab_focus (entry);
  return entry;
}

/* (nullable): the six digits typed; else it says so. */
static char *
take_six (SanPairPage *self, GtkWidget *widget)
{
  GtkEditable *entry = g_object_get_data (G_OBJECT (widget), "entry");
  char *six = san_pair_six (gtk_editable_get_text (entry));

  if (six == NULL)
    {
      san_desk_toast (desk (self), _("Six digits, please."));
      gtk_widget_grab_focus (GTK_WIDGET (entry));
    }
  return six;
}

static void
number_typed_cb (GtkWidget *widget, SanPairPage *self)
{
  g_autofree char *six = take_six (self, widget);
  SanPairTyped *typed;

  if (six == NULL || self->card == NULL)
    return;
  typed = g_new0 (SanPairTyped, 1);
  typed->card = g_bytes_ref (self->card);
  typed->typed = g_steal_pointer (&six);
  ask (self, san_pair_accept, typed, (GDestroyNotify) san_pair_typed_free, g_free, accepted_cb);
}

static void
show_made (SanPairPage *self, const char *digits)
{
  g_autofree char *spaced = san_pair_spaced (digits);

  gtk_box_append (GTK_BOX (self->phone),
                  san_line_label (_("Read these six digits to them. They type them in:"), NULL));
  gtk_box_append (GTK_BOX (self->phone), san_line_label (spaced, "title-1"));
  add_entry (self->phone,
             _("Their laptop now shows a number. Ask them to read it out, and type it here:"),
             G_CALLBACK (number_typed_cb), self);
}

static void
show_heard (SanPairPage *self)
{
  g_autofree char *spaced = san_pair_spaced (self->number);

  gtk_box_append (GTK_BOX (self->phone),
                  san_line_label (_("Read this number to them. They type it in:"), NULL));
  gtk_box_append (GTK_BOX (self->phone), san_line_label (spaced, "title-1"));
  add_entry (self->phone, _("When it fits there, they read a number to you. Type it here:"),
             G_CALLBACK (number_typed_cb), self);
}

static void
number_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  SanPairPage *self = SAN_PAIR_PAGE (source);
  g_autoptr(GError) error = NULL;
  SanPairNumber *number = san_worker_run_finish (result, &error);

  if (number == NULL)
    {
      g_autofree char *sentence = say_error (error);

      show_end (self, FALSE, sentence, NULL);
      return;
    }
  gtk_widget_set_visible (self->end_card, FALSE);
  san_lines_clear (self->phone);
  g_free (self->number);
  self->number = g_strdup (number->number);
  if (self->made)
    show_made (self, number->digits);
  else
    show_heard (self);
  san_pair_number_free (number);
}

static void
ask_number (SanPairPage *self, char *digits /* (transfer full) (nullable) */)
{
  SanPairDigits *input = g_new0 (SanPairDigits, 1);

  input->card = g_bytes_ref (self->card);
  input->digits = digits;
  self->made = digits == NULL;
  ask (self, san_pair_number_ask, input, (GDestroyNotify) san_pair_digits_free,
       (GDestroyNotify) san_pair_number_free, number_cb);
}

static void
make_digits_cb (SanPairPage *self)
{
  ask_number (self, NULL);
}

static void
digits_typed_cb (GtkWidget *widget, SanPairPage *self)
{
  char *six = take_six (self, widget);

  if (six != NULL)
    ask_number (self, six);
}

static void
hear_digits_cb (SanPairPage *self)
{
  san_lines_clear (self->phone);
  add_entry (self->phone, _("They read six digits to you. Type them here:"),
             G_CALLBACK (digits_typed_cb), self);
}

static void
show_phone (SanPairPage *self)
{
  GtkWidget *first;

  san_lines_clear (self->phone);
  gtk_widget_set_visible (self->phone_card, TRUE);
  gtk_widget_set_visible (self->end_card, FALSE);
  gtk_box_append (GTK_BOX (self->phone),
                  san_line_label (_("Call them on a number that you know, not one that came with "
                                    "the card. One of you makes six digits and reads them out."),
                                  NULL));
  first = add_button (self->phone, _("I read out six digits"), G_CALLBACK (make_digits_cb), self);
  add_button (self->phone, _("They read six digits to me"), G_CALLBACK (hear_digits_cb), self);
  gtk_widget_grab_focus (first);
}

/* --- 2: their card --- */

static void
use_card (SanPairPage *self, const SanFoundCard *found)
{
  g_autofree char *sentence = g_strdup_printf (found->info->laptop
                                                 ? _("A laptop that wants to join this centre, "
                                                     "made by %s.")
                                                 : _("The card of %s."),
                                               found->info->label);

  san_lines_clear (self->open);
  if (found->info->ours || found->info->paired)
    {
      gtk_box_append (GTK_BOX (self->open),
                      san_line_row ("dialog-warning-symbolic", sentence,
                                    found->info->ours
                                      ? _("It is the card of your own centre. Open theirs.")
                                      : _("You are paired with them already. A new card does not "
                                          "replace the old one by itself; go on only if they told "
                                          "you why."),
                                    "san-overdue"));
      if (found->info->ours)
        {
          ask_cards (self);
          return;
        }
    }
  else
    gtk_box_append (GTK_BOX (self->open), san_line_row ("emblem-ok-symbolic", sentence,
                                                        _("Not believed yet: the phone call shows "
                                                          "whether it really is theirs."),
                                                        "san-done"));
  g_clear_pointer (&self->card, g_bytes_unref);
  self->card = g_bytes_ref (found->bytes);
  g_free (self->label);
  self->label = g_strdup (found->info->label);
  self->laptop = found->info->laptop;
  show_phone (self);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  SanPairPage *self = SAN_PAIR_PAGE (source);
  g_autoptr(GError) error = NULL;
  SanFoundCard *found = san_worker_run_finish (result, &error);

  if (found == NULL)
    {
      san_desk_complain (desk (self), error);
      return;
    }
  use_card (self, found);
  san_found_card_free (found);
}

static void
open_path (SanPairPage *self, const char *path)
{
  ask (self, san_pair_open, g_strdup (path), g_free, (GDestroyNotify) san_found_card_free,
       opened_cb);
}

static void
file_chosen_cb (GtkWidget *asker, GFile *file, gpointer data)
{
  g_autofree char *path = g_file_get_path (file);

  if (path != NULL)
    open_path (SAN_PAIR_PAGE (asker), path);
}

static void
choose_card_cb (SanPairPage *self)
{
  san_choose_file (GTK_WIDGET (self), _("Open their card"), _("Open"), NULL, "*.sancard",
                   file_chosen_cb, NULL);
}

static void
found_clicked_cb (GtkWidget *button, SanPairPage *self)
{
  open_path (self, g_object_get_data (G_OBJECT (button), "path"));
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  SanPairPage *self = SAN_PAIR_PAGE (source);
  g_autoptr(GPtrArray) cards = san_worker_run_finish (result, NULL);

  if (self->card != NULL)
    return;
  san_lines_clear (self->open);
  for (guint i = 0; cards != NULL && i < cards->len; i++)
    {
      const SanFoundCard *found = g_ptr_array_index (cards, i);
      g_autofree char *sentence = g_strdup_printf (found->info->laptop
                                                     ? _("A laptop that wants to join, made by %s")
                                                     : _("The card of %s"),
                                                   found->info->label);
      GtkWidget *row = san_line_row ("drive-removable-media-symbolic", sentence, NULL, NULL);
      GtkWidget *button = san_line_button (_("Open"), sentence);

      g_object_set_data_full (G_OBJECT (button), "path", g_strdup (found->path), g_free);
      g_signal_connect (button, "clicked", G_CALLBACK (found_clicked_cb), self);
      gtk_box_append (GTK_BOX (row), button);
      gtk_box_append (GTK_BOX (self->open), row);
    }
  if (cards == NULL || cards->len == 0)
    gtk_box_append (GTK_BOX (self->open),
                    san_line_label (_("No card of another centre is on a pen drive here."),
                                    "san-quiet"));
  add_button (self->open, _("Open a file…"), G_CALLBACK (choose_card_cb), self);
}

static void
ask_cards (SanPairPage *self)
{
  ask (self, san_pair_find, dup_drive_paths (self), (GDestroyNotify) g_strfreev,
       (GDestroyNotify) g_ptr_array_unref, found_cb);
}

/* --- the page --- */

static void
plugged_cb (SanPairPage *self)
{
  san_pair_give_fill (self->give, desk (self), self->drives);
  if (self->card == NULL)
    ask_cards (self);
}

static GtkWidget *
add_card (SanPairPage *self, const char *heading, GtkWidget **lines)
{
  GtkWidget *card = san_line_card (heading, lines);

  gtk_box_append (GTK_BOX (self->steps), card);
  return card;
}

static void
start (SanPage *page)
{
  SanPairPage *self = SAN_PAIR_PAGE (page);
  const char *part = san_page_get_stop (page)->part;

  san_page_set_title (page, _("Pairing"));
  if (!san_centre_is_superintendent (san_page_get_centre (page)))
    {
      gtk_box_append (GTK_BOX (self->steps), san_line_label (_("Only the superintendent pairs "
                                                               "centres and lets laptops in."),
                                                             NULL));
      return;
    }
  self->drives = san_arrivals_get_drives (san_page_get_desk (page));
  add_card (self, _("1 Give your card"), &self->give);
  add_card (self, _("2 Open theirs"), &self->open);
  self->phone_card = add_card (self, _("3 Phone them"), &self->phone);
  self->end_card = add_card (self, _("4 How it ended"), &self->end);
  gtk_widget_set_visible (self->phone_card, FALSE);
  gtk_widget_set_visible (self->end_card, FALSE);
  gtk_widget_set_focusable (self->end_card, TRUE);
  g_signal_connect_object (self->drives, "found", G_CALLBACK (plugged_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->drives, "gone", G_CALLBACK (plugged_cb), self, G_CONNECT_SWAPPED);
  plugged_cb (self);
  if (part != NULL)
    {
      g_autoptr(GFile) file = g_file_new_for_uri (part);

      file_chosen_cb (GTK_WIDGET (self), file, NULL);
    }
}

static void
san_pair_page_dispose (GObject *object)
{
  SanPairPage *self = SAN_PAIR_PAGE (object);

  g_clear_pointer (&self->card, g_bytes_unref);
  g_clear_pointer (&self->label, g_free);
  g_clear_pointer (&self->number, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), SAN_TYPE_PAIR_PAGE);
  G_OBJECT_CLASS (san_pair_page_parent_class)->dispose (object);
}

static void
san_pair_page_class_init (SanPairPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = san_pair_page_dispose;
  SAN_PAGE_CLASS (klass)->start = start;
  SAN_PAGE_CLASS (klass)->help = "pair";
  gtk_widget_class_set_template_from_resource (widget_class, SAN_RESOURCE_UI "san-pair-page.ui");
  gtk_widget_class_bind_template_child (widget_class, SanPairPage, root);
  gtk_widget_class_bind_template_child (widget_class, SanPairPage, steps);
}

static void
san_pair_page_init (SanPairPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
