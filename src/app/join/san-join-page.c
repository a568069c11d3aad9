/* san-join-page.c - a second laptop of a centre: its card, you, the number
 *
 * The first laptop gives its card (Exchange, Pair); this one makes a joining card for it. Then the
 * six digits that the first one shows are typed here, and the number that comes out is typed
 * there. With the first exchange everything arrives. */
#include "san-join-page.h"
#include "san-busy-button.h"
#include "san-choose.h"
#include "san-column.h"
#include "san-enter.h"
#include "san-file.h"
#include "san-i18n.h"
#include "san-language.h"
#include "san-line.h"
#include "san-new-passphrase.h"
#include "san-partners.h"
#include "san-sentences.h"
#include "san-setup.h"

#define CARD_LIMIT 4096
#define CARD_NAME  "joining.sancard"

struct _SanJoinPage
{
  SanPage parent_instance;

  GtkWidget        *root, *first, *second;
  GtkButton        *choose, *save, *show;
  GtkLabel         *chosen, *saved, *number, *said;
  GtkEntry         *name, *digits;
  SanNewPassphrase *fresh;
  SanBusyButton    *next;
  GBytes           *card;           /* the centre's */
  GBytes           *joining;        /* ours */
  SanCentre        *made;           /* waits for its centre */
};

G_DEFINE_FINAL_TYPE (SanJoinPage, san_join_page, SAN_TYPE_PAGE)

typedef struct
{
  SanDesk *desk;
  char *path, *name;
  GBytes *card;
  SanSecret *words;
  SanCentre *centre;
  char *text;
} Work;

static void
work_free (Work *self)
{
  g_clear_object (&self->desk);
  g_clear_object (&self->centre);
  g_clear_pointer (&self->card, g_bytes_unref);
  g_clear_pointer (&self->words, san_secret_unref);
  g_free (self->path);
  g_free (self->name);
  g_free (self->text);
  g_free (self);
}

static Work *
work_new (SanJoinPage *self)
{
  Work *work = g_new0 (Work, 1);

  work->desk = g_object_ref (san_page_get_desk (SAN_PAGE (self)));
  return work;
}

static void
ask (SanJoinPage *self, SanWorkFunc func, Work *work, GDestroyNotify result_free,
     GAsyncReadyCallback done)
{
  san_desk_ask_outside (work->desk, GTK_WIDGET (self), func, work, (GDestroyNotify) work_free,
                        result_free, done, NULL);
}

static void
complain (SanJoinPage *self, const GError *error)
{
  g_autofree char *sentence = san_sentence_for_error (error);

  gtk_label_set_label (self->said, sentence);
}

static gpointer
read_card (SanCentre *none, gpointer input, GCancellable *cancellable, GError **error)
{
  return san_file_read (((Work *) input)->path, CARD_LIMIT, error);
}

static gpointer
write_card (SanCentre *none, gpointer input, GCancellable *cancellable, GError **error)
{
  Work *work = input;

  return GINT_TO_POINTER (san_file_replace (work->path, work->card, 0644, error));
}

/* The result is @work's own copy of what was made: centre and joining card. */
static gpointer
join (SanCentre *none, gpointer input, GCancellable *cancellable, GError **error)
{
  Work *work = input;
  SanSetup setup = { NULL, NULL, work->name, san_language_get (), work->words, 0, FALSE };
  GBytes *joining = NULL;
  SanCentre *centre = san_setup_join (san_desk_get_where (work->desk), &setup, work->card, &joining,
                                      error);
  Work *made;

  if (centre == NULL)
    return NULL;
  made = g_new0 (Work, 1);
  made->centre = centre;
  made->card = joining;
  return made;
}

static gpointer
find_number (SanCentre *none, gpointer input, GCancellable *cancellable, GError **error)
{
  Work *work = input;
  g_autofree char *digits = NULL;
  char *number = NULL;

  return san_card_number (work->centre, work->card, work->text, &digits, &number, error)
           ? number : NULL;
}

static void
changed_cb (SanJoinPage *self)
{
  if (!san_busy_button_is_busy (self->next))
    gtk_widget_set_sensitive (GTK_WIDGET (self->next),
                              self->made != NULL ||
                                (self->card != NULL && san_new_passphrase_is_ready (self->fresh) &&
                                 *gtk_editable_get_text (GTK_EDITABLE (self->name)) != '\0'));
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  SanJoinPage *self = SAN_JOIN_PAGE (source);
  g_autoptr(GError) error = NULL;
  GBytes *card = san_worker_run_finish (result, &error);

  if (card == NULL)
    {
      complain (self, error);
      return;
    }
  g_clear_pointer (&self->card, g_bytes_unref);
  self->card = card;
  gtk_label_set_label (self->said, "");
  gtk_label_set_label (self->chosen, _("The card is read."));
  gtk_widget_grab_focus (GTK_WIDGET (self->name));
  changed_cb (self);
}

static void
card_chosen (GtkWidget *asker, GFile *file, gpointer data)
{
  SanJoinPage *self = SAN_JOIN_PAGE (asker);
  Work *work = work_new (self);

  work->path = g_file_get_path (file);
  ask (self, read_card, work, (GDestroyNotify) g_bytes_unref, read_cb);
}

static void
choose_cb (SanJoinPage *self)
{
  san_choose_file (GTK_WIDGET (self), _("The card of your centre"), _("Use this card"), NULL,
                   "*.sancard", card_chosen, NULL);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  SanJoinPage *self = SAN_JOIN_PAGE (source);
  g_autoptr(GError) error = NULL;

  if (san_worker_run_finish (result, &error) == NULL)
    {
      complain (self, error);
      return;
    }
  gtk_label_set_label (self->said, "");
  gtk_label_set_label (self->saved, _("The card is written. Carry it to the other laptop: "
                                      "Exchange, Pair, their card."));
  gtk_widget_grab_focus (GTK_WIDGET (self->digits));
}

static void
place_chosen (GtkWidget *asker, GFile *file, gpointer data)
{
  SanJoinPage *self = SAN_JOIN_PAGE (asker);
  Work *work = work_new (self);

  work->path = g_file_get_path (file);
  work->card = g_bytes_ref (self->joining);
  ask (self, write_card, work, NULL, saved_cb);
}

static void
save_cb (SanJoinPage *self)
{
  san_choose_save (GTK_WIDGET (self), _("Where should the card go?"), _("Write it here"), NULL,
                   CARD_NAME, place_chosen, NULL);
}

static void
number_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  SanJoinPage *self = SAN_JOIN_PAGE (source);
  g_autoptr(GError) error = NULL;
  g_autofree char *number = san_worker_run_finish (result, &error);

  if (number == NULL)
    {
      complain (self, error);
      return;
    }
  gtk_label_set_label (self->said, "");
  gtk_label_set_label (self->number, number);
}

static void
show_cb (SanJoinPage *self)
{
  Work *work;

  if (self->made == NULL || *gtk_editable_get_text (GTK_EDITABLE (self->digits)) == '\0')
    return;
  work = work_new (self);
  work->centre = g_object_ref (self->made);
  work->card = g_bytes_ref (self->card);
  work->text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->digits)));
  ask (self, find_number, work, g_free, number_cb);
}

static void
joined_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  SanJoinPage *self = SAN_JOIN_PAGE (source);
  g_autoptr(GError) error = NULL;
  Work *made = san_worker_run_finish (result, &error);

  san_busy_button_set_busy (self->next, FALSE);
  if (made == NULL)
    {
      complain (self, error);
      changed_cb (self);
      return;
    }
  self->made = g_steal_pointer (&made->centre);
  self->joining = g_steal_pointer (&made->card);
  work_free (made);
  gtk_label_set_label (self->said, "");
  gtk_widget_set_visible (self->first, FALSE);
  gtk_widget_set_visible (self->second, TRUE);
  g_object_set (self->next, "word", _("Open"), NULL);
  changed_cb (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->save));
}

static void
next_cb (SanJoinPage *self)
{
  g_autoptr(SanDesk) desk = g_object_ref (san_page_get_desk (SAN_PAGE (self)));
  g_autofree char *name = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name)));
  Work *work;

  if (self->made != NULL)
    {
      san_enter (desk, g_steal_pointer (&self->made), name);
      return;
    }
  if (!gtk_widget_get_sensitive (GTK_WIDGET (self->next)))
    return;
  work = work_new (self);
  work->name = g_strdup (name);
  work->card = g_bytes_ref (self->card);
  work->words = san_new_passphrase_take (self->fresh);
  san_busy_button_set_busy (self->next, TRUE);
  ask (self, join, work, (GDestroyNotify) work_free, joined_cb);
}

static void
back_cb (SanJoinPage *self)
{
  san_desk_back (san_page_get_desk (SAN_PAGE (self)));
}

static GtkButton *
add_button (GtkBox *box, const char *words)
{
  GtkWidget *button = g_object_new (GTK_TYPE_BUTTON, "label", words, "halign", GTK_ALIGN_START,
                                    NULL);

  gtk_box_append (box, button);
  return GTK_BUTTON (button);
}

static void
fill_first (SanJoinPage *self, GtkBox *box)
{
  san_column_add_text (box, _("On the other laptop go to Exchange, Pair, and write your card on a "
                              "pen drive. "
                              "It must be your own: you join as yourself."));
  self->choose = add_button (box, _("Choose the card…"));
  self->chosen = san_column_add_said (box);
  self->name = san_column_add_entry (box, _("Your short name"), _("As on the other laptop."));
  self->fresh = g_object_new (SAN_TYPE_NEW_PASSPHRASE, NULL);
  gtk_box_append (box, GTK_WIDGET (self->fresh));
  g_signal_connect_swapped (self->choose, "clicked", G_CALLBACK (choose_cb), self);
  g_signal_connect_swapped (self->name, "changed", G_CALLBACK (changed_cb), self);
  g_signal_connect_swapped (self->fresh, "changed", G_CALLBACK (changed_cb), self);
  g_signal_connect_swapped (self->fresh, "entered", G_CALLBACK (next_cb), self);
}

static void
fill_second (SanJoinPage *self, GtkBox *box)
{
  san_column_add_heading (box, _("1. The card of this laptop"));
  self->save = add_button (box, _("Write it on a pen drive…"));
  self->saved = san_column_add_said (box);
  self->digits = san_column_add_entry (box, _("2. The six digits that the other laptop shows"),
                                       NULL);
  self->show = add_button (box, _("Show the number"));
  san_column_add_heading (box, _("3. Type this number on the other laptop"));
  self->number = san_column_add_said (box);
  gtk_widget_add_css_class (GTK_WIDGET (self->number), "san-code");
  san_column_add_heading (box, _("4. Exchange"));
  san_column_add_text (box, _("Exchange on the other laptop first, then here, with the same pen "
                              "drive. Then everything is here."));
  g_signal_connect_swapped (self->save, "clicked", G_CALLBACK (save_cb), self);
  g_signal_connect_swapped (self->show, "clicked", G_CALLBACK (show_cb), self);
  g_signal_connect_swapped (self->digits, "activate", G_CALLBACK (show_cb), self);
}

static void
start (SanPage *page)
{
  SanJoinPage *self = SAN_JOIN_PAGE (page);
  GtkWidget *row = san_line_new (12);
  GtkWidget *back = gtk_button_new_with_label (_("Back"));
  GtkBox *box;

  self->root = san_column_new (&box, TRUE);
  gtk_widget_set_parent (self->root, GTK_WIDGET (self));
  san_column_add_title (box, _("Join this laptop to your centre"));
  self->first = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  self->second = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_box_append (box, self->first);
  gtk_box_append (box, self->second);
  fill_first (self, GTK_BOX (self->first));
  fill_second (self, GTK_BOX (self->second));
  gtk_widget_set_visible (self->second, FALSE);
  self->said = san_column_add_said (box);
  self->next = g_object_new (SAN_TYPE_BUSY_BUTTON, "word", _("Next"), NULL);
  gtk_widget_add_css_class (GTK_WIDGET (self->next), "suggested-action");
  gtk_widget_set_halign (row, GTK_ALIGN_END);
  gtk_box_append (GTK_BOX (row), back);
  gtk_box_append (GTK_BOX (row), GTK_WIDGET (self->next));
  gtk_box_append (box, row);
  g_signal_connect_swapped (back, "clicked", G_CALLBACK (back_cb), self);
  g_signal_connect_swapped (self->next, "clicked", G_CALLBACK (next_cb), self);
  changed_cb (self);
}

static GtkWidget *
first_focus (SanPage *page)
{
  return GTK_WIDGET (SAN_JOIN_PAGE (page)->choose);
}

static void
san_join_page_dispose (GObject *object)
{
  SanJoinPage *self = SAN_JOIN_PAGE (object);

  g_clear_pointer (&self->card, g_bytes_unref);
  g_clear_pointer (&self->joining, g_bytes_unref);
  g_clear_object (&self->made);
  g_clear_pointer (&self->root, gtk_widget_unparent);
  G_OBJECT_CLASS (san_join_page_parent_class)->dispose (object);
}

static void
san_join_page_class_init (SanJoinPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = san_join_page_dispose;
  SAN_PAGE_CLASS (klass)->start = start;
  SAN_PAGE_CLASS (klass)->first_focus = first_focus;
  SAN_PAGE_CLASS (klass)->help = "welcome";
}

static void
san_join_page_init (SanJoinPage *self)
{
}
