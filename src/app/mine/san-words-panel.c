/* san-words-panel.c - changing one's passphrase: the present one, then a new one twice */
#include "san-words-panel.h"
#include "san-busy-button.h"
#include "san-column.h"
#include "san-i18n.h"
#include "san-new-passphrase.h"
#include "san-passphrase-field.h"
#include "san-sentences.h"
#include "san-staff.h"
#include "san-tries.h"

static SanTries tries;              /* outlives the page: leaving it makes nothing quicker */

struct _SanWordsPanel
{
  GtkWidget parent_instance;

  GtkWidget          *root;
  SanDesk            *desk;
  SanPassphraseField *present;
  SanNewPassphrase   *fresh;
  GtkLabel           *said;
  SanBusyButton      *change;
};

G_DEFINE_FINAL_TYPE (SanWordsPanel, san_words_panel, GTK_TYPE_WIDGET)

typedef struct { SanSecret *present, *fresh; } Words;

static void
words_free (Words *words)
{
  san_secret_unref (words->present);
  san_secret_unref (words->fresh);
  g_free (words);
}

static gpointer
set_passphrase (SanCentre *centre, gpointer input, GCancellable *cancellable, GError **error)
{
  Words *words = input;

  return GINT_TO_POINTER (san_staff_set_passphrase (centre, words->present, words->fresh, error));
}

static gboolean
is_ready (SanWordsPanel *self)
{
  return san_passphrase_field_get_length (self->present) > 0 &&
         san_new_passphrase_is_ready (self->fresh);
}

/* The button stands at the end of the page: it comes in sight when it can be pressed. */
static void
changed_cb (SanWordsPanel *self)
{
  GtkWidget *change = GTK_WIDGET (self->change);
  gboolean ready = is_ready (self);

  if (san_busy_button_is_busy (self->change))
    return;
  if (ready && !gtk_widget_get_sensitive (change))
    san_scroll_to (change);
  gtk_widget_set_sensitive (change, ready);
}

/* Below the fields, and the focus is in the first of them. */
static void
say (SanWordsPanel *self, const char *sentence)
{
  gtk_label_set_label (self->said, sentence);
  san_scroll_to (GTK_WIDGET (self->said));
}

/* TRUE while a try would be too early; says how long. */
static gboolean
say_wait (SanWordsPanel *self)
{
  guint seconds = san_tries_seconds_left (&tries, g_get_monotonic_time ());
  g_autofree char *sentence = NULL;

  if (seconds == 0)
    return FALSE;
  sentence = san_words_print (ngettext ("That is not your present passphrase. Nothing was changed. "
                                        "Wait %u second, then try again.",
                                        "That is not your present passphrase. Nothing was changed. "
                                        "Wait %u seconds, then try again.",
                                        seconds),
                              seconds);
  say (self, sentence);
  return TRUE;
}

static void
say_why_not (SanWordsPanel *self, const GError *error)
{
  g_autofree char *sentence = NULL;

  if (!san_error_is_wrong_secret (error))
    {
      sentence = san_sentence_for_error (error);
      say (self, sentence);
      return;
    }
  san_tries_add_wrong (&tries, g_get_monotonic_time ());
  if (!say_wait (self))
    say (self, _("That is not your present passphrase. Nothing was changed."));
  gtk_widget_grab_focus (GTK_WIDGET (self->present));
}

static void
set_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  SanWordsPanel *self = SAN_WORDS_PANEL (source);
  g_autoptr(GError) error = NULL;

  san_busy_button_set_busy (self->change, FALSE);
  if (san_worker_run_finish (result, &error) != NULL)
    {
      san_tries_clear (&tries);
      san_new_passphrase_clear (self->fresh);
      gtk_label_set_label (self->said, "");
      san_desk_toast (self->desk, _("Your passphrase is changed on this laptop."));
    }
  else
    say_why_not (self, error);
  changed_cb (self);
}

static void
change_cb (SanWordsPanel *self)
{
  Words *words;

  if (san_busy_button_is_busy (self->change) || !is_ready (self) || say_wait (self))
    return;
  words = g_new0 (Words, 1);
  words->present = san_passphrase_field_take (self->present);
  words->fresh = san_new_passphrase_dup (self->fresh); /* kept: the present one may be mistyped */
  gtk_label_set_label (self->said, "");
  san_busy_button_set_busy (self->change, TRUE);
  san_desk_ask (self->desk, GTK_WIDGET (self), set_passphrase, words, (GDestroyNotify) words_free,
                NULL, set_cb, NULL);
}

static void
present_entered_cb (SanWordsPanel *self)
{
  if (is_ready (self))
    change_cb (self);
  else
    gtk_widget_grab_focus (san_new_passphrase_get_first (self->fresh));
}

static void
san_words_panel_dispose (GObject *object)
{
  SanWordsPanel *self = SAN_WORDS_PANEL (object);

  g_clear_pointer (&self->root, gtk_widget_unparent);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (san_words_panel_parent_class)->dispose (object);
}

static void
san_words_panel_class_init (SanWordsPanelClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = san_words_panel_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
san_words_panel_init (SanWordsPanel *self)
{
  self->root = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_widget_set_parent (self->root, GTK_WIDGET (self));
}

static void
add_fields (SanWordsPanel *self, GtkBox *box)
{
  const char *own[] = { san_centre_get_staff_name (san_desk_get_centre (self->desk)), NULL };

  san_column_add_heading (box, _("Your present passphrase"));
  self->present = SAN_PASSPHRASE_FIELD (san_passphrase_field_new (_("Your present passphrase")));
  gtk_box_append (box, GTK_WIDGET (self->present));
  self->fresh = g_object_new (SAN_TYPE_NEW_PASSPHRASE, NULL);
  san_new_passphrase_set_own (self->fresh, own);
  gtk_box_append (box, GTK_WIDGET (self->fresh));
}

GtkWidget *
san_words_panel_new (SanDesk *desk)
{
  SanWordsPanel *self = g_object_new (SAN_TYPE_WORDS_PANEL, NULL);
  GtkBox *box = GTK_BOX (self->root);

  self->desk = g_object_ref (desk);
  san_column_add_title (box, _("Change your passphrase"));
  san_column_add_text (box, _("It changes on this laptop. On another laptop the old one stays "
                               "until you change it there."));
  add_fields (self, box);
  self->said = san_column_add_said (box);
  self->change = g_object_new (SAN_TYPE_BUSY_BUTTON, "word", _("Change"), "halign", GTK_ALIGN_END,
                               "sensitive", FALSE, NULL);
  gtk_widget_add_css_class (GTK_WIDGET (self->change), "suggested-action");
  gtk_box_append (box, GTK_WIDGET (self->change));
  g_signal_connect_swapped (self->present, "changed", G_CALLBACK (changed_cb), self);
  g_signal_connect_swapped (self->present, "entered", G_CALLBACK (present_entered_cb), self);
  g_signal_connect_swapped (self->fresh, "changed", G_CALLBACK (changed_cb), self);
  g_signal_connect_swapped (self->fresh, "entered", G_CALLBACK (change_cb), self);
  g_signal_connect_swapped (self->change, "clicked", G_CALLBACK (change_cb), self);
  return GTK_WIDGET (self);
}
