/* san-renew-page.c - a new passphrase by a slip's four words, or by the recovery code
 *
 * The recovery code is good for once. The one that replaces it is shown and typed back before
 * anything is changed: whoever leaves the page until then has changed nothing. */
#include "san-renew-page.h"
#include "san-busy-button.h"
#include "san-code-step.h"
#include "san-column.h"
#include "san-enter.h"
#include "san-i18n.h"
#include "san-line.h"
#include "san-lines.h"
#include "san-new-passphrase.h"
#include "san-passphrase-field.h"
#include "san-sentences.h"
#include "san-show-it.h"
#include "san-staff.h"

/* What was typed; shared with the worker. */
typedef struct
{
  SanDesk *desk;
  gboolean by_code;
  char *name;
  SanSecret *proof, *fresh, *new_code;
} Renewal;

struct _SanRenewPage
{
  SanPage parent_instance;

  gboolean            by_code;
  GtkWidget          *root;
  GtkBox             *form, *code_box;
  GtkWidget          *buttons;
  GtkEntry           *name;         /* NULL: known */
  SanPassphraseField *proof;        /* the slip's words, or the code */
  SanNewPassphrase   *fresh;
  SanBusyButton      *open;
  GtkLabel           *said;
  SanShowIt          *show_it;
  Renewal            *pending;      /* its new code is shown, and not typed back yet */
};

G_DEFINE_FINAL_TYPE (SanRenewPage, san_renew_page, SAN_TYPE_PAGE)

typedef struct { SanSecret *code; char *centre; } NewCode;

static void
renewal_clear (gpointer data)
{
  Renewal *self = data;

  g_object_unref (self->desk);
  g_free (self->name);
  san_secret_unref (self->proof);
  san_secret_unref (self->fresh);
  g_clear_pointer (&self->new_code, san_secret_unref);
}

static void
renewal_unref (gpointer self)
{
  g_atomic_rc_box_release_full (self, renewal_clear);
}

static void
new_code_free (gpointer data)
{
  NewCode *self = data;

  san_secret_unref (self->code);
  g_free (self->centre);
  g_free (self);
}

static gpointer
begin (SanCentre *none, gpointer input, GCancellable *cancellable, GError **error)
{
  Renewal *it = input;
  g_autofree char *centre = NULL;
  SanSecret *code = san_staff_begin_recovery (san_desk_get_where (it->desk), it->name, it->proof,
                                              it->fresh, &centre, error);
  NewCode *made;

  if (code == NULL)
    return NULL;
  made = g_new0 (NewCode, 1);
  made->code = code;
  made->centre = g_steal_pointer (&centre);
  return made;
}

static gpointer
renew (SanCentre *none, gpointer input, GCancellable *cancellable, GError **error)
{
  Renewal *it = input;
  const SanPlaceOnDisk *where = san_desk_get_where (it->desk);

  return it->by_code
           ? san_staff_recover (where, it->name, it->proof, it->fresh, it->new_code, error)
           : san_centre_unlock_slip (where, it->name, it->proof, it->fresh, error);
}

static const char *
get_name (SanRenewPage *self)
{
  return self->name != NULL ? gtk_editable_get_text (GTK_EDITABLE (self->name))
                            : san_page_get_stop (SAN_PAGE (self))->part;
}

static void
changed_cb (SanRenewPage *self)
{
  const char *name = get_name (self);

  gtk_widget_set_sensitive (GTK_WIDGET (self->open),
                            name != NULL && *name != '\0' &&
                              san_passphrase_field_get_length (self->proof) > 0 &&
                              san_new_passphrase_is_ready (self->fresh) &&
                              !san_busy_button_is_busy (self->open));
}

static char *
dup_complaint (SanRenewPage *self, const GError *error)
{
  if (self->by_code && g_error_matches (error, SAN_ERROR, SAN_ERROR_ALREADY))
    return g_strdup (_("That code was replaced. Use the new one, or the passphrase that was "
                       "chosen with it."));
  if (!san_error_is_wrong_secret (error))
    return san_sentence_for_error (error);
  if (self->by_code)
    return g_strdup (_("That is not the recovery code of this centre, or it was replaced by a "
                       "newer one, or a symbol is wrong. "
                       "Nothing was changed."));
  return g_strdup (_("Those are not the words of your slip, or it was used before. Nothing was "
                     "changed. "
                     "Ask your superintendent for a new slip."));
}

static void
show_form (SanRenewPage *self, gboolean shown)
{
  gtk_widget_set_visible (GTK_WIDGET (self->form), shown);
  gtk_widget_set_visible (self->buttons, shown);
}

/* Everything is to be typed again; what was typed is forgotten. */
static void
begin_again (SanRenewPage *self, const GError *error)
{
  g_autofree char *sentence = dup_complaint (self, error);
  g_autofree char *both = g_strdup_printf ("%s %s", sentence,
                                           _("Keep both recovery codes until one of them has "
                                             "opened this laptop."));
  gboolean was_shown = self->pending != NULL;

  g_clear_pointer (&self->pending, renewal_unref);
  san_lines_clear (GTK_WIDGET (self->code_box));
  gtk_widget_set_sensitive (GTK_WIDGET (self->code_box), TRUE);
  show_form (self, TRUE);
  san_busy_button_set_busy (self->open, FALSE);
  gtk_label_set_label (self->said, was_shown ? both : sentence);
  changed_cb (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->proof));
  if (!was_shown)
    san_show_it_look (self->show_it, san_page_get_desk (SAN_PAGE (self)), self->said, error);
}

static void
renewed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  SanRenewPage *self = SAN_RENEW_PAGE (source);
  g_autoptr(SanDesk) desk = g_object_ref (san_page_get_desk (SAN_PAGE (self)));
  g_autoptr(GError) error = NULL;
  g_autofree char *name = g_strdup (get_name (self));
  gboolean by_code = self->by_code;
  SanCentre *centre = san_worker_run_finish (result, &error);

  if (centre == NULL)
    {
      begin_again (self, error);
      return;
    }
  san_busy_button_set_busy (self->open, FALSE);
  san_enter (desk, centre, name);
  san_desk_toast (desk, by_code ? _("Your new passphrase is set, and the new recovery code is "
                                    "good. Make a backup now: "
                                    "those from before open with the old code only.")
                                : _("Welcome. Your own passphrase is set; the slip is used up."));
}

static void
ask_renew (SanRenewPage *self, Renewal *it)
{
  san_desk_ask_outside (it->desk, GTK_WIDGET (self), renew, it, renewal_unref, g_object_unref,
                        renewed_cb, NULL);
}

static void
kept_cb (SanRenewPage *self)
{
  if (self->pending == NULL)
    return;
  gtk_widget_set_sensitive (GTK_WIDGET (self->code_box), FALSE);
  gtk_label_set_label (self->said, _("The new code is right. Your passphrase is being set; this "
                                     "takes a few seconds."));
  ask_renew (self, g_atomic_rc_box_acquire (self->pending));
}

static void
begun_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  SanRenewPage *self = SAN_RENEW_PAGE (source);
  Renewal *it = g_steal_pointer (&self->pending);
  g_autoptr(GError) error = NULL;
  NewCode *made = san_worker_run_finish (result, &error);
  GtkWidget *step;

  if (made == NULL)
    {
      renewal_unref (it);
      begin_again (self, error);
      return;
    }
  self->pending = it;
  it->new_code = san_secret_ref (made->code);
  step = san_code_step_new (made->code, made->centre != NULL ? made->centre : "");
  san_column_add_text (self->code_box, _("This code is new. Once you have typed it back, the one "
                                         "from the envelope opens "
                                         "this centre no more. Until then nothing is changed."));
  gtk_box_append (self->code_box, step);
  new_code_free (made);
  g_signal_connect_swapped (step, "kept", G_CALLBACK (kept_cb), self);
  san_busy_button_set_busy (self->open, FALSE);
  show_form (self, FALSE);
  gtk_widget_child_focus (GTK_WIDGET (self->code_box), GTK_DIR_TAB_FORWARD);
}

static void
open_cb (SanRenewPage *self)
{
  Renewal *it;

  if (!gtk_widget_get_sensitive (GTK_WIDGET (self->open)))
    return;
  it = g_atomic_rc_box_new0 (Renewal);
  it->desk = g_object_ref (san_page_get_desk (SAN_PAGE (self)));
  it->by_code = self->by_code;
  it->name = g_strdup (get_name (self));
  it->proof = san_passphrase_field_take (self->proof);
  it->fresh = san_new_passphrase_take (self->fresh);
  gtk_label_set_label (self->said, "");
  san_show_it_hide (self->show_it);
  san_busy_button_set_busy (self->open, TRUE);
  if (!self->by_code)
    {
      ask_renew (self, it);
      return;
    }
  self->pending = it;
  san_desk_ask_outside (it->desk, GTK_WIDGET (self), begin, g_atomic_rc_box_acquire (it),
                        renewal_unref, new_code_free, begun_cb, NULL);
}

static void
back_cb (SanRenewPage *self)
{
  san_desk_back (san_page_get_desk (SAN_PAGE (self)));
}

static void
proof_entered_cb (SanRenewPage *self)
{
  gtk_widget_grab_focus (san_new_passphrase_get_first (self->fresh));
}

static void
add_buttons (SanRenewPage *self, GtkBox *box)
{
  GtkWidget *row = self->buttons = san_line_new (12);
  GtkWidget *back = gtk_button_new_with_label (_("Back"));

  self->open = g_object_new (SAN_TYPE_BUSY_BUTTON, "word", _("Open"), NULL);
  gtk_widget_add_css_class (GTK_WIDGET (self->open), "suggested-action");
  gtk_widget_set_halign (row, GTK_ALIGN_END);
  gtk_box_append (GTK_BOX (row), back);
  gtk_box_append (GTK_BOX (row), GTK_WIDGET (self->open));
  gtk_box_append (box, row);
  g_signal_connect_swapped (back, "clicked", G_CALLBACK (back_cb), self);
  g_signal_connect_swapped (self->open, "clicked", G_CALLBACK (open_cb), self);
}

static void
add_proof (SanRenewPage *self, GtkBox *box)
{
  const char *heading = self->by_code ? _("Recovery code") : _("The four words of your slip");

  san_column_add_heading (box, heading);
  self->proof = SAN_PASSPHRASE_FIELD (san_passphrase_field_new (heading));
  san_passphrase_field_set_plain (self->proof, TRUE);
  gtk_box_append (box, GTK_WIDGET (self->proof));
  if (self->by_code)
    gtk_widget_add_css_class (GTK_WIDGET (self->proof), "san-code");
}

static void
add_fresh (SanRenewPage *self, GtkBox *box)
{
  const char *own[] = { san_page_get_stop (SAN_PAGE (self))->part, NULL };

  self->fresh = g_object_new (SAN_TYPE_NEW_PASSPHRASE, NULL);
  san_new_passphrase_set_own (self->fresh, own);
  gtk_box_append (box, GTK_WIDGET (self->fresh));
  g_signal_connect_swapped (self->fresh, "changed", G_CALLBACK (changed_cb), self);
  g_signal_connect_swapped (self->fresh, "entered", G_CALLBACK (open_cb), self);
}

static void
start (SanPage *page)
{
  SanRenewPage *self = SAN_RENEW_PAGE (page);
  const SanStop *stop = san_page_get_stop (page);
  g_autofree char *title = NULL;
  GtkBox *outer, *box;

  self->by_code = g_str_equal (stop->page, "recovery");
  self->root = san_column_new (&outer, TRUE);
  gtk_widget_set_parent (self->root, GTK_WIDGET (self));
  self->form = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 12));
  self->code_box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 12));
  gtk_box_append (outer, GTK_WIDGET (self->form));
  gtk_box_append (outer, GTK_WIDGET (self->code_box));
  box = self->form;
  title = stop->part != NULL && *stop->part != '\0' ? san_words_print (_("Welcome, %s"), stop->part)
                                                    : g_strdup (_("Welcome"));
  san_column_add_title (box, self->by_code ? _("A new passphrase with the recovery code") : title);
  san_column_add_text (box, self->by_code
                              ? _("Type the code from the sealed envelope. Small letters, blanks "
                                  "and hyphens do not matter. It is good for once: "
                                  "you get a new one, which you write down and put into an "
                                  "envelope. Everybody will see that it was used. "
                                  "Do this on one laptop only: the others know the new code after "
                                  "their next exchange.")
                              : _("Type the four words of your slip. Then choose a passphrase "
                                  "that only you know. "
                                  "Nobody can look it up, the superintendent neither."));
  if (stop->part == NULL || *stop->part == '\0')
    {
      self->name = san_column_add_entry (box, _("Your short name"), NULL);
      g_signal_connect_swapped (self->name, "changed", G_CALLBACK (changed_cb), self);
    }
  add_proof (self, box);
  add_fresh (self, box);
  self->said = san_column_add_said (outer);
  self->show_it = g_object_new (SAN_TYPE_SHOW_IT, NULL);
  gtk_box_append (outer, GTK_WIDGET (self->show_it));
  add_buttons (self, outer);
  g_signal_connect_swapped (self->proof, "changed", G_CALLBACK (changed_cb), self);
  g_signal_connect_swapped (self->proof, "entered", G_CALLBACK (proof_entered_cb), self);
  changed_cb (self);
}

static GtkWidget *
first_focus (SanPage *page)
{
  SanRenewPage *self = SAN_RENEW_PAGE (page);

  return self->name != NULL ? GTK_WIDGET (self->name) : GTK_WIDGET (self->proof);
}

static void
san_renew_page_dispose (GObject *object)
{
  SanRenewPage *self = SAN_RENEW_PAGE (object);

  g_clear_pointer (&self->pending, renewal_unref);
  g_clear_pointer (&self->root, gtk_widget_unparent);
  G_OBJECT_CLASS (san_renew_page_parent_class)->dispose (object);
}

static void
san_renew_page_class_init (SanRenewPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = san_renew_page_dispose;
  SAN_PAGE_CLASS (klass)->start = start;
  SAN_PAGE_CLASS (klass)->first_focus = first_focus;
  SAN_PAGE_CLASS (klass)->help = "unlock";
}

static void
san_renew_page_init (SanRenewPage *self)
{
}
