/* san-renew-page.c - a new passphrase by a slip's four words, or by the recovery code */
#include "san-renew-page.h"
#include "san-busy-button.h"
#include "san-column.h"
#include "san-enter.h"
#include "san-line.h"
#include "san-new-passphrase.h"
#include "san-passphrase-field.h"
#include "san-sentences.h"
#include "san-staff.h"
#include <glib/gi18n.h>

struct _SanRenewPage
{
  SanPage parent_instance;

  gboolean            by_code;
  GtkWidget          *root;
  GtkEntry           *name;         /* NULL: known */
  SanPassphraseField *proof;        /* the slip's words, or the code */
  SanNewPassphrase   *fresh;
  SanBusyButton      *open;
  GtkLabel           *said;
};

G_DEFINE_FINAL_TYPE (SanRenewPage, san_renew_page, SAN_TYPE_PAGE)

typedef struct { SanDesk *desk; gboolean by_code; char *name; SanSecret *proof, *fresh; } Renewal;

static void
renewal_free (Renewal *self)
{
  g_object_unref (self->desk);
  g_free (self->name);
  san_secret_unref (self->proof);
  san_secret_unref (self->fresh);
  g_free (self);
}

static gpointer
renew (SanCentre *none, gpointer input, GCancellable *cancellable, GError **error)
{
  Renewal *it = input;
  const SanPlaceOnDisk *where = san_desk_get_where (it->desk);

  return it->by_code ? san_staff_recover (where, it->name, it->proof, it->fresh, error)
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
                            name != NULL && *name != '\0' && san_passphrase_field_get_length (self->proof) > 0 &&
                              san_new_passphrase_is_ready (self->fresh) && !san_busy_button_is_busy (self->open));
}

static void
say_error (SanRenewPage *self, const GError *error)
{
  g_autofree char *sentence = NULL;

  if (!san_error_is_wrong_secret (error))
    sentence = san_sentence_for_error (error);
  else if (self->by_code)
    sentence = g_strdup (_("That is not the recovery code of this centre, or a symbol is wrong. Nothing was changed."));
  else
    sentence = g_strdup (_("Those are not the words of your slip, or it was used before. Nothing was changed. "
                           "Ask your superintendent for a new slip."));
  gtk_label_set_label (self->said, sentence);
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

  san_busy_button_set_busy (self->open, FALSE);
  if (centre == NULL)
    {
      say_error (self, error);
      changed_cb (self);
      gtk_widget_grab_focus (GTK_WIDGET (self->proof));
      return;
    }
  san_enter (desk, centre, name);
  san_desk_toast (desk, by_code ? _("The recovery code was used: everybody will see it. Your new passphrase is set.")
                                : _("Welcome. Your own passphrase is set; the slip is used up."));
}

static void
open_cb (SanRenewPage *self)
{
  Renewal *it;

  if (!gtk_widget_get_sensitive (GTK_WIDGET (self->open)))
    return;
  it = g_new0 (Renewal, 1);
  it->desk = g_object_ref (san_page_get_desk (SAN_PAGE (self)));
  it->by_code = self->by_code;
  it->name = g_strdup (get_name (self));
  it->proof = san_passphrase_field_take (self->proof);
  it->fresh = san_new_passphrase_take (self->fresh);
  gtk_label_set_label (self->said, "");
  san_busy_button_set_busy (self->open, TRUE);
  san_desk_ask_outside (it->desk, GTK_WIDGET (self), renew, it, (GDestroyNotify) renewal_free, g_object_unref,
                        renewed_cb, NULL);
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
  GtkWidget *row = san_line_new (12);
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
  GtkBox *box;

  self->by_code = g_str_equal (stop->page, "recovery");
  self->root = san_column_new (&box, TRUE);
  gtk_widget_set_parent (self->root, GTK_WIDGET (self));
  title = stop->part != NULL && *stop->part != '\0' ? g_strdup_printf (_("Welcome, %s"), stop->part)
                                                    : g_strdup (_("Welcome"));
  san_column_add_title (box, self->by_code ? _("A new passphrase with the recovery code") : title);
  san_column_add_text (box, self->by_code
    ? _("Type the code from the sealed envelope. Small letters, blanks and hyphens do not matter. It stays good: "
        "put it back into an envelope, and sign across the flap. Everybody will see that it was used.")
    : _("Type the four words of your slip. Then choose a passphrase that only you know. "
        "Nobody can look it up, the superintendent neither."));
  if (stop->part == NULL || *stop->part == '\0')
    {
      self->name = san_column_add_entry (box, _("Your short name"), NULL);
      g_signal_connect_swapped (self->name, "changed", G_CALLBACK (changed_cb), self);
    }
  add_proof (self, box);
  add_fresh (self, box);
  self->said = san_column_add_said (box);
  add_buttons (self, box);
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
  g_clear_pointer (&SAN_RENEW_PAGE (object)->root, gtk_widget_unparent);
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
