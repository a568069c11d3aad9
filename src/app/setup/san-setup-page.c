/* san-setup-page.c - a new centre: its name, you, a passphrase, the recovery code
 *
 * The centre is made after the passphrase and counts only once its code was typed back: whoever
 * leaves before that leaves nothing behind. */
#include "san-setup-page.h"
#include "san-about.h"
#include "san-busy-button.h"
#include "san-children-choice.h"
#include "san-code-step.h"
#include "san-column.h"
#include "san-digit-buttons.h"
#include "san-enter.h"
#include "san-i18n.h"
#include "san-language.h"
#include "san-line.h"
#include "san-new-passphrase.h"
#include "san-sentences.h"
#include "san-settings.h"
#include "san-setup.h"

struct _SanSetupPage
{
  SanPage parent_instance;

  GtkWidget        *root;
  GtkStack         *steps;
  GtkLabel         *step_of, *said;
  GtkWidget        *buttons, *back;
  SanBusyButton    *next;
  GtkEntry         *centre, *place, *state, *beds, *name;
  SanChoiceButtons *children;
  GtkCheckButton   *ask_name;
  SanNewPassphrase *fresh;
  GtkBox           *code_box;
  const char       *language;       /* static */
  GtkBox           *digits;         /* where they are chosen */
  gboolean          own_digits;
  SanCentre        *made;           /* not confirmed yet */
  guint             step;           /* 0 centre, 1 you, 2 passphrase, 3 code */
};

G_DEFINE_FINAL_TYPE (SanSetupPage, san_setup_page, SAN_TYPE_PAGE)

static const char *const step_names[] = { "centre", "you", "passphrase", "code" };

typedef struct
{
  SanDesk *desk;
  char *centre, *place, *state, *children, *name;
  guint beds;
  const char *language;
  gboolean ask_name;
  SanSecret *words;
} Making;
typedef struct { SanCentre *centre; SanSecret *code; } Made;

static void
making_free (Making *self)
{
  g_object_unref (self->desk);
  g_free (self->centre);
  g_free (self->place);
  g_free (self->state);
  g_free (self->children);
  g_free (self->name);
  san_secret_unref (self->words);
  g_free (self);
}

static gpointer
abandon (SanCentre *none, gpointer input, GCancellable *cancellable, GError **error)
{
  san_setup_abandon (input);
  return NULL;
}

static void
made_free (Made *self)
{
  if (self->centre != NULL)
    san_worker_run_async (NULL, abandon, self->centre, g_object_unref, NULL, NULL, NULL, NULL);
  san_secret_unref (self->code);
  g_free (self);
}

static gpointer
make (SanCentre *none, gpointer input, GCancellable *cancellable, GError **error)
{
  Making *it = input;
  SanSetup setup = { it->centre, it->place,    it->name, it->language, it->words,
                     0,          it->ask_name, TRUE,     it->state,    it->beds,
                     it->children };
  SanSecret *code = NULL;
  SanCentre *centre = san_setup_create (san_desk_get_where (it->desk), &setup, &code, error);
  Made *made;

  if (centre == NULL)
    return NULL;
  made = g_new0 (Made, 1);
  made->centre = centre;
  made->code = code;
  return made;
}

static gpointer
confirm (SanCentre *none, gpointer input, GCancellable *cancellable, GError **error)
{
  return san_setup_confirm (input, error) ? g_object_ref (input) : NULL;
}

static void
complain (SanSetupPage *self, const GError *error)
{
  g_autofree char *sentence = san_sentence_for_error (error);

  gtk_label_set_label (self->said, sentence);
}

static void
confirmed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  SanSetupPage *self = SAN_SETUP_PAGE (source);
  g_autoptr(SanDesk) desk = g_object_ref (san_page_get_desk (SAN_PAGE (self)));
  g_autofree char *name = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name)));
  g_autoptr(GError) error = NULL;
  SanCentre *centre = san_worker_run_finish (result, &error);

  if (centre == NULL)
    {
      complain (self, error);
      return;
    }
  g_clear_object (&self->made);
  san_settings_set_own_digits (san_centre_get_staff (centre),
                               self->own_digits && san_digits_exist (self->language));
  san_enter (desk, centre, name);
  san_desk_go_page (desk, "ready");
}

static void
kept_cb (SanSetupPage *self)
{
  san_desk_ask_outside (san_page_get_desk (SAN_PAGE (self)), GTK_WIDGET (self), confirm,
                        g_object_ref (self->made), g_object_unref, g_object_unref, confirmed_cb,
                        NULL);
}

static gboolean
can_go_on (SanSetupPage *self)
{
  switch (self->step)
    {
    case 0:
      return *gtk_editable_get_text (GTK_EDITABLE (self->centre)) != '\0';
    case 1:
      return *gtk_editable_get_text (GTK_EDITABLE (self->name)) != '\0';
    default:
      return self->step == 2 && san_new_passphrase_is_ready (self->fresh);
    }
}

static void
changed_cb (SanSetupPage *self)
{
  if (!san_busy_button_is_busy (self->next))
    gtk_widget_set_sensitive (GTK_WIDGET (self->next), can_go_on (self));
}

static void
focus_step (SanSetupPage *self)
{
  GtkWidget *first[] = { GTK_WIDGET (self->centre), GTK_WIDGET (self->name),
                         san_new_passphrase_get_first (self->fresh) };

  if (self->step < G_N_ELEMENTS (first))
    gtk_widget_grab_focus (first[self->step]);
  else
    gtk_widget_child_focus (GTK_WIDGET (self->code_box), GTK_DIR_TAB_FORWARD);
}

static void
show_step (SanSetupPage *self, guint step)
{
  g_autofree char *sentence = san_words_print (_("A new centre: step %1$u of %2$u"), step + 1, 4u);
  const char *own[] = { gtk_editable_get_text (GTK_EDITABLE (self->centre)),
                        gtk_editable_get_text (GTK_EDITABLE (self->name)),
                        gtk_editable_get_text (GTK_EDITABLE (self->place)), NULL };

  self->step = step;
  gtk_label_set_label (self->step_of, sentence);
  gtk_label_set_label (self->said, "");
  gtk_stack_set_visible_child_name (self->steps, step_names[step]);
  gtk_widget_set_visible (self->buttons, step < 3);
  if (step == 2)
    san_new_passphrase_set_own (self->fresh, own);
  changed_cb (self);
  focus_step (self);
}

static void
made_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  SanSetupPage *self = SAN_SETUP_PAGE (source);
  g_autoptr(GError) error = NULL;
  Made *made = san_worker_run_finish (result, &error);
  GtkWidget *code;

  san_busy_button_set_busy (self->next, FALSE);
  gtk_widget_set_sensitive (self->back, TRUE);
  gtk_widget_set_sensitive (GTK_WIDGET (self->steps), TRUE);
  if (made == NULL)
    {
      show_step (self, 2);
      complain (self, error);
      return;
    }
  self->made = g_steal_pointer (&made->centre);
  code = san_code_step_new (made->code, gtk_editable_get_text (GTK_EDITABLE (self->centre)));
  made_free (made);
  gtk_box_append (self->code_box, code);
  g_signal_connect_swapped (code, "kept", G_CALLBACK (kept_cb), self);
  show_step (self, 3);
}

static void
make_centre (SanSetupPage *self)
{
  Making *it = g_new0 (Making, 1);

  it->desk = g_object_ref (san_page_get_desk (SAN_PAGE (self)));
  it->centre = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->centre)));
  it->place = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->place)));
  it->state = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->state)));
  it->beds = san_column_get_number (self->beds);
  it->children = san_children_choice_dup (self->children);
  it->name = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name)));
  it->language = self->language;
  it->ask_name = gtk_check_button_get_active (self->ask_name);
  it->words = san_new_passphrase_take (self->fresh);
  gtk_label_set_label (self->said, _("Setting the lock so that it fits this laptop. This takes a "
                                     "few seconds."));
  san_busy_button_set_busy (self->next, TRUE);
  gtk_widget_set_sensitive (self->back, FALSE);
  gtk_widget_set_sensitive (GTK_WIDGET (self->steps), FALSE);
  san_desk_ask_outside (it->desk, GTK_WIDGET (self), make, it, (GDestroyNotify) making_free,
                        (GDestroyNotify) made_free, made_cb, NULL);
}

static void
next_cb (SanSetupPage *self)
{
  if (!can_go_on (self) || san_busy_button_is_busy (self->next))
    return;
  if (self->step == 2)
    make_centre (self);
  else
    show_step (self, self->step + 1);
}

static void
back_cb (SanSetupPage *self)
{
  if (self->step > 0)
    show_step (self, self->step - 1);
  else
    san_desk_back (san_page_get_desk (SAN_PAGE (self)));
}

static GtkBox *
add_step (SanSetupPage *self, const char *title, const char *text)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  if (title != NULL)
    san_column_add_title (GTK_BOX (box), title);
  if (text != NULL)
    san_column_add_text (GTK_BOX (box), text);
  gtk_stack_add_named (self->steps, box, step_names[self->step++]);
  return GTK_BOX (box);
}

static GtkEntry *
add_entry (SanSetupPage *self, GtkBox *box, const char *heading, const char *hint)
{
  GtkEntry *entry = san_column_add_entry (box, heading, hint);

  g_signal_connect_swapped (entry, "changed", G_CALLBACK (changed_cb), self);
  g_signal_connect_swapped (entry, "activate", G_CALLBACK (next_cb), self);
  return entry;
}

static void
digits_chosen (GtkWidget *owner, gboolean own)
{
  SAN_SETUP_PAGE (owner)->own_digits = own;
}

/* Where the language that she has chosen has digits of its own. */
static void
show_digits (SanSetupPage *self)
{
  GtkWidget *old = gtk_widget_get_first_child (GTK_WIDGET (self->digits));

  if (old != NULL)
    gtk_box_remove (self->digits, old);
  gtk_widget_set_visible (GTK_WIDGET (self->digits), san_digits_exist (self->language));
  if (san_digits_exist (self->language))
    gtk_box_append (self->digits, san_digit_buttons_new (self->language, self->own_digits,
                                                         digits_chosen, GTK_WIDGET (self)));
}

static void
language_cb (GtkToggleButton *button, SanSetupPage *self)
{
  if (!gtk_toggle_button_get_active (button))
    return;
  self->language = g_object_get_data (G_OBJECT (button), "code");
  show_digits (self);
}

/* The window changes to it once she is in. */
static void
add_languages (SanSetupPage *self, GtkBox *box)
{
  GtkWidget *row = san_line_new_level (6);
  GtkToggleButton *first = NULL;
  const SanLanguage *languages;
  guint n;

  self->digits = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 0));
  san_column_add_heading (box, _("Your language"));
  g_object_set (row, "accessible-role", GTK_ACCESSIBLE_ROLE_RADIO_GROUP, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Your language"), -1);
  languages = san_language_list (&n);
  for (guint i = 0; i < n; i++)
    {
      GtkWidget *button = gtk_toggle_button_new_with_label (languages[i].name);

      g_object_set_data (G_OBJECT (button), "code", (gpointer) languages[i].code);
      gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), first);
      if (first == NULL)
        first = GTK_TOGGLE_BUTTON (button);
      g_signal_connect (button, "toggled", G_CALLBACK (language_cb), self);
      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button),
                                    g_str_equal (languages[i].code, san_language_get ()));
      gtk_box_append (GTK_BOX (row), button);
    }
  gtk_box_append (box, row);
  gtk_box_append (box, GTK_WIDGET (self->digits));
}

static void
add_text_size (GtkBox *box)
{
  GtkWidget *row = san_line_new (6);
  static const struct { const char *word, *action; } sizes[] = {
    { N_("Smaller text"), "app.text-size(-1)" }, { N_("Larger text"), "app.text-size(1)" },
  };

  san_column_add_heading (box, _("Text size"));
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      GtkWidget *button = gtk_button_new_with_label (_(sizes[i].word));

      gtk_actionable_set_detailed_action_name (GTK_ACTIONABLE (button), sizes[i].action);
      gtk_box_append (GTK_BOX (row), button);
    }
  gtk_box_append (box, row);
}

/* Its words wrap. */
static GtkCheckButton *
make_check (const char *words)
{
  GtkWidget *check = gtk_check_button_new_with_label (words);
  GtkWidget *label = gtk_widget_get_last_child (check);

  if (GTK_IS_LABEL (label))
    gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  return GTK_CHECK_BUTTON (check);
}

static void
add_steps (SanSetupPage *self)
{
  GtkBox *box = add_step (self, _("Your centre"), _("You can change this later."));

  self->centre = add_entry (self, box, _("Name of the centre"), NULL);
  self->place = add_entry (self, box, _("Town or district"), _("This may wait."));
  self->state = add_entry (self, box, _("State"), _("This may wait."));
  self->beds = san_column_add_number (box, _("Number of beds"), _("This may wait."), 0);
  g_signal_connect_swapped (self->beds, "activate", G_CALLBACK (next_cb), self);
  self->children = san_children_choice_add (box, "");
  gtk_widget_add_css_class (GTK_WIDGET (san_column_add_text (box, _("This may wait."))),
                            "san-quiet");
  box = add_step (self, _("You"), _("You are the superintendent: you add the others."));
  self->name = add_entry (self, box, _("Your short name"),
                          _("This is how others on this laptop will find you."));
  add_languages (self, box);
  add_text_size (box);
  self->ask_name = make_check (_("Do not show names when the laptop is locked: ask for the name "
                                 "too"));
  gtk_box_append (box, GTK_WIDGET (self->ask_name));
  box = add_step (self, _("Your passphrase"),
                  _("Several words are easier to remember and harder to guess than one. "
                    "Nobody can look it up."));
  self->fresh = g_object_new (SAN_TYPE_NEW_PASSPHRASE, NULL);
  gtk_box_append (box, GTK_WIDGET (self->fresh));
  g_signal_connect_swapped (self->fresh, "changed", G_CALLBACK (changed_cb), self);
  g_signal_connect_swapped (self->fresh, "entered", G_CALLBACK (next_cb), self);
  self->code_box = add_step (self, NULL, NULL);
}

static void
add_buttons (SanSetupPage *self, GtkBox *box)
{
  self->buttons = san_line_new (12);
  self->back = gtk_button_new_with_label (_("Back"));
  self->next = g_object_new (SAN_TYPE_BUSY_BUTTON, "word", _("Next"), NULL);
  gtk_widget_add_css_class (GTK_WIDGET (self->next), "suggested-action");
  gtk_widget_set_halign (self->buttons, GTK_ALIGN_END);
  gtk_box_append (GTK_BOX (self->buttons), self->back);
  gtk_box_append (GTK_BOX (self->buttons), GTK_WIDGET (self->next));
  gtk_box_append (box, self->buttons);
  g_signal_connect_swapped (self->back, "clicked", G_CALLBACK (back_cb), self);
  g_signal_connect_swapped (self->next, "clicked", G_CALLBACK (next_cb), self);
}

static void
start (SanPage *page)
{
  SanSetupPage *self = SAN_SETUP_PAGE (page);
  GtkBox *box;

  self->root = san_column_new (&box, TRUE);
  gtk_widget_set_parent (self->root, GTK_WIDGET (self));
  self->step_of = san_column_add_text (box, "");
  gtk_widget_add_css_class (GTK_WIDGET (self->step_of), "san-quiet");
  self->steps = g_object_new (GTK_TYPE_STACK, "vhomogeneous", FALSE, "hhomogeneous", FALSE, NULL);
  gtk_box_append (box, GTK_WIDGET (self->steps));
  add_steps (self);
  self->said = san_column_add_said (box);
  add_buttons (self, box);
  show_step (self, 0);
}

static GtkWidget *
first_focus (SanPage *page)
{
  return GTK_WIDGET (SAN_SETUP_PAGE (page)->centre);
}

static void
san_setup_page_dispose (GObject *object)
{
  SanSetupPage *self = SAN_SETUP_PAGE (object);

  if (self->made != NULL)
    san_worker_run_async (NULL, abandon, g_steal_pointer (&self->made), g_object_unref, NULL, NULL,
                          NULL, NULL);
  g_clear_pointer (&self->root, gtk_widget_unparent);
  G_OBJECT_CLASS (san_setup_page_parent_class)->dispose (object);
}

static void
san_setup_page_class_init (SanSetupPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = san_setup_page_dispose;
  SAN_PAGE_CLASS (klass)->start = start;
  SAN_PAGE_CLASS (klass)->first_focus = first_focus;
  SAN_PAGE_CLASS (klass)->help = "welcome";
}

static void
san_setup_page_init (SanSetupPage *self)
{
}
