/* san-code-step.c - the recovery code: shown, printed or written down, hidden, typed back whole
 *
 * The code is drawn by the passphrase field, out of locked memory; no label ever holds it. */
#include "san-code-step.h"
#include "san-code-groups.h"
#include "san-column.h"
#include "san-i18n.h"
#include "san-line.h"
#include "san-passphrase-field.h"
#include "san-secret-paper.h"
#include "san-sentences.h"

struct _SanCodeStep
{
  GtkWidget parent_instance;

  SanSecret          *code;
  char               *centre;
  GtkStack           *stack;
  SanPassphraseField *typed;
  GtkImage           *ticks[SAN_CODE_GROUPS];
  GtkLabel           *said, *counted;
};

enum { KEPT, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SanCodeStep, san_code_step, GTK_TYPE_WIDGET)

static void
hide_cb (SanCodeStep *self)
{
  gtk_stack_set_visible_child_name (self->stack, "type");
  gtk_widget_grab_focus (GTK_WIDGET (self->typed));
}

static void
show_again_cb (SanCodeStep *self)
{
  san_passphrase_field_clear (self->typed);
  gtk_stack_set_visible_child_name (self->stack, "show");
}

static void
print_cb (SanCodeStep *self)
{
  g_autoptr(GError) error = NULL;
  /* Translators: %s is the name of the centre */
  g_autofree char *heading = san_words_print (_("Recovery code of %s"), self->centre);
  const char *const steps[] = {
    _("Type the code back into Sanrakshan, so that we know it is right."),
    _("Fold this sheet, the code inside, and put it into an envelope."),
    _("Close the envelope and sign across the flap."),
    _("Keep it in a safe place outside the centre’s office."),
    NULL
  };
  SanSecretSheet sheet = {
    .heading = heading,
    .secret = self->code,
    .steps = steps,
    .why = _("Without this code and without a superintendent nobody can open the records. Copy it "
             "nowhere else, and take no photo of it."),
    .cut = _("Cut here and glue this part onto the envelope."),
    .label = _("Open it only when no superintendent can open the records any more."),
    .seal = _("Closed by"),
  };

  if (san_secret_paper_print (GTK_WIDGET (self), &sheet, &error))
    hide_cb (self);
  else if (error != NULL)
    gtk_label_set_label (self->said,
                         _("It could not be printed. Write it down by hand; nothing is lost."));
}

static void
typed_cb (SanCodeStep *self)
{
  g_autoptr(SanSecret) typed = san_passphrase_field_dup (self->typed);
  g_autofree char *counted = NULL;
  gboolean is_whole;
  guint mask = san_code_groups_match (self->code, typed, &is_whole);
  guint n = 0;

  for (guint g = 0; g < SAN_CODE_GROUPS; g++)
    {
      gboolean right = (mask & (1u << g)) != 0;

      gtk_image_set_from_icon_name (self->ticks[g],
                                    right ? "emblem-ok-symbolic" : "media-record-symbolic");
      gtk_widget_set_css_classes (GTK_WIDGET (self->ticks[g]),
                                  (const char *[]) { right ? "san-done" : "san-quiet", NULL });
      n += right;
    }
  counted = san_words_print (ngettext ("%u group of 6 is right", "%u groups of 6 are right", n), n);
  gtk_label_set_label (self->counted, counted);
  if (is_whole)
    {
      san_passphrase_field_clear (self->typed);
      g_signal_emit (self, signals[KEPT], 0);
    }
}

static GtkWidget *
add_button (GtkBox *row, const char *words, const char *css)
{
  GtkWidget *button = gtk_button_new_with_label (words);

  if (css != NULL)
    gtk_widget_add_css_class (button, css);
  gtk_box_append (row, button);
  return button;
}

static GtkBox *
add_row (GtkBox *box)
{
  GtkWidget *row = san_line_new (12);

  gtk_widget_set_halign (row, GTK_ALIGN_END);
  gtk_box_append (box, row);
  return GTK_BOX (row);
}

static GtkWidget *
make_show (SanCodeStep *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *shown = san_passphrase_field_new (_("Recovery code"));
  GtkBox *row;

  san_column_add_title (GTK_BOX (box), _("The recovery code"));
  san_column_add_text (GTK_BOX (box),
                       _("Without this code and without a superintendent, nobody can open the "
                         "records. "
                         "Not even we. Put it into an envelope, sign across the flap, and keep it "
                         "outside the centre’s office. Take no photo of it."));
  san_passphrase_field_set (SAN_PASSPHRASE_FIELD (shown), self->code);
  san_passphrase_field_set_plain (SAN_PASSPHRASE_FIELD (shown), TRUE);
  gtk_widget_set_focusable (shown, FALSE);
  gtk_widget_set_can_target (shown, FALSE);
  gtk_widget_add_css_class (shown, "san-code");
  gtk_box_append (GTK_BOX (box), shown);
  self->said = san_column_add_said (GTK_BOX (box));
  row = add_row (GTK_BOX (box));
  g_signal_connect_swapped (add_button (row, _("Print"), NULL), "clicked", G_CALLBACK (print_cb),
                            self);
  g_signal_connect_swapped (add_button (row, _("I have written it down"), "suggested-action"),
                            "clicked", G_CALLBACK (hide_cb), self);
  return box;
}

static void
add_ticks (SanCodeStep *self, GtkBox *box)
{
  GtkWidget *row = san_line_new (18);

  for (guint g = 0; g < SAN_CODE_GROUPS; g++)
    {
      self->ticks[g] = g_object_new (GTK_TYPE_IMAGE, "accessible-role",
                                     GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
      gtk_box_append (GTK_BOX (row), GTK_WIDGET (self->ticks[g]));
    }
  self->counted = g_object_new (GTK_TYPE_LABEL, "wrap", TRUE, "xalign", 0.0, "accessible-role",
                                GTK_ACCESSIBLE_ROLE_STATUS, NULL);
  gtk_box_append (GTK_BOX (row), GTK_WIDGET (self->counted));
  gtk_box_append (box, row);
}

static GtkWidget *
make_type (SanCodeStep *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkBox *row;

  san_column_add_title (GTK_BOX (box), _("Type the code back"));
  san_column_add_text (GTK_BOX (box), _("Type it from your sheet, so that we know it is right. "
                                        "Small letters, blanks and hyphens do not matter."));
  self->typed = SAN_PASSPHRASE_FIELD (san_passphrase_field_new (_("Recovery code")));
  san_passphrase_field_set_plain (self->typed, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->typed), "san-code");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->typed));
  add_ticks (self, GTK_BOX (box));
  row = add_row (GTK_BOX (box));
  g_signal_connect_swapped (add_button (row, _("Show the code again"), NULL), "clicked",
                            G_CALLBACK (show_again_cb), self);
  return box;
}

static void
san_code_step_dispose (GObject *object)
{
  SanCodeStep *self = SAN_CODE_STEP (object);
  GtkWidget *stack = GTK_WIDGET (g_steal_pointer (&self->stack));

  g_clear_pointer (&stack, gtk_widget_unparent);
  g_clear_pointer (&self->code, san_secret_unref);
  g_clear_pointer (&self->centre, g_free);
  G_OBJECT_CLASS (san_code_step_parent_class)->dispose (object);
}

static void
san_code_step_class_init (SanCodeStepClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = san_code_step_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  signals[KEPT] = g_signal_new ("kept", SAN_TYPE_CODE_STEP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 0);
}

static void
san_code_step_init (SanCodeStep *self)
{
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_widget_set_parent (GTK_WIDGET (self->stack), GTK_WIDGET (self));
}

GtkWidget *
san_code_step_new (SanSecret *code, const char *centre)
{
  SanCodeStep *self = g_object_new (SAN_TYPE_CODE_STEP, NULL);

  self->code = san_secret_ref (code);
  self->centre = g_strdup (centre);
  gtk_stack_add_named (self->stack, make_show (self), "show");
  gtk_stack_add_named (self->stack, make_type (self), "type");
  typed_cb (self);
  g_signal_connect_swapped (self->typed, "changed", G_CALLBACK (typed_cb), self);
  return GTK_WIDGET (self);
}
