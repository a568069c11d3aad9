/* san-slip-panel.c - a slip's four words, shown once: printed, copied by hand or read out */
#include "san-slip-panel.h"
#include "san-column.h"
#include "san-i18n.h"
#include "san-line.h"
#include "san-passphrase-field.h"
#include "san-secret-paper.h"
#include <string.h>

struct _SanSlipPanel
{
  GtkWidget parent_instance;

  GtkWidget *root;
  SanSecret *words;
  char      *name;
  GtkLabel  *said;
};

enum { DONE, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SanSlipPanel, san_slip_panel, GTK_TYPE_WIDGET)

static void
print_cb (SanSlipPanel *self)
{
  g_autoptr(GError) error = NULL;
  /* Translators: %s is a person's short name */
  g_autofree char *heading = san_words_print (_("Slip for %s"), self->name);

  const char *const steps[] = {
    _("Choose your name in Sanrakshan."),
    _("Type these four words."),
    _("Choose a passphrase of your own, which nobody else knows."),
    _("Tear this sheet up. The slip is good once."),
    NULL
  };
  const SanSecretSheet sheet = { .heading = heading, .secret = self->words, .steps = steps };

  if (!san_secret_paper_print (GTK_WIDGET (self), &sheet, &error) &&
      error != NULL)
    gtk_label_set_label (self->said,
                         _("It could not be printed. Write it down by hand; nothing is lost."));
}

static void
done_cb (SanSlipPanel *self)
{
  g_signal_emit (self, signals[DONE], 0);
}

static void
san_slip_panel_dispose (GObject *object)
{
  SanSlipPanel *self = SAN_SLIP_PANEL (object);

  g_clear_pointer (&self->root, gtk_widget_unparent);
  g_clear_pointer (&self->words, san_secret_unref);
  g_clear_pointer (&self->name, g_free);
  G_OBJECT_CLASS (san_slip_panel_parent_class)->dispose (object);
}

static void
san_slip_panel_class_init (SanSlipPanelClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = san_slip_panel_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  signals[DONE] = g_signal_new ("done", SAN_TYPE_SLIP_PANEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 0);
}

static void
san_slip_panel_init (SanSlipPanel *self)
{
  self->root = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_widget_add_css_class (self->root, "card");
  gtk_widget_add_css_class (self->root, "san-card");
  gtk_widget_set_parent (self->root, GTK_WIDGET (self));
}

GtkWidget *
san_slip_panel_new (const SanSecret *words, const char *name)
{
  SanSlipPanel *self = g_object_new (SAN_TYPE_SLIP_PANEL, NULL);
  GtkBox *box = GTK_BOX (self->root);
  g_autofree char *heading = san_words_print (_("Slip for %s"), name);
  GtkWidget *shown = san_passphrase_field_new (heading);
  GtkWidget *row = san_line_new (12);
  GtkWidget *print = gtk_button_new_with_label (_("Print"));
  GtkWidget *done = gtk_button_new_with_label (_("Done, hide it"));

  self->name = g_strdup (name);
  self->words = san_secret_new_copy (san_secret_get_data (words),
                                     strlen ((const char *) san_secret_get_data (words)));
  san_column_add_heading (box, heading);
  san_column_add_text (box, _("Four words, good once, shown only now. Hand them over or read them "
                              "out. With them she chooses "
                              "her own passphrase; you never know it."));
  san_passphrase_field_set (SAN_PASSPHRASE_FIELD (shown), self->words);
  san_passphrase_field_set_plain (SAN_PASSPHRASE_FIELD (shown), TRUE);
  gtk_widget_set_focusable (shown, FALSE);
  gtk_widget_set_can_target (shown, FALSE);
  gtk_widget_add_css_class (shown, "san-code");
  gtk_widget_add_css_class (shown, "san-slip");
  gtk_box_append (box, shown);
  self->said = san_column_add_said (box);
  gtk_widget_add_css_class (done, "suggested-action");
  gtk_widget_set_halign (row, GTK_ALIGN_END);
  gtk_box_append (GTK_BOX (row), print);
  gtk_box_append (GTK_BOX (row), done);
  gtk_box_append (box, row);
  g_signal_connect_swapped (print, "clicked", G_CALLBACK (print_cb), self);
  g_signal_connect_swapped (done, "clicked", G_CALLBACK (done_cb), self);
  return GTK_WIDGET (self);
}
