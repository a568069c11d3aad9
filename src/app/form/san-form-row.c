/* san-form-row.c - one question of a form: its words, its answer, and what stands beside it
 *
 * From top to bottom: printed number and question, who reads it, help, where an offered answer
 * comes from, the input, what is not understood, versions, history. What this login may not read
 * is a quiet line; what is closed is words without an input. */
#include "san-form-row.h"
#include "san-form-beside.h"
#include "san-column.h"
#include "san-day-words.h"
#include "san-drop-down.h"
#include "san-field-menu.h"
#include "san-i18n.h"
#include "san-line.h"
#include "san-row-kinds.h"

struct _SanFormRow
{
  GtkWidget parent_instance;

  SanAnswers       *answers;
  const SanField   *field;
  char             *name;
  const SanRowKind *kind;           /* NULL: only words */
  GtkWidget        *box, *input, *words, *from, *from_words, *problem, *state, *state_words,
                   *history;
  GtkWidget        *menu;           /* (nullable) */
  int               cursor;         /* before the menu was opened; -1: elsewhere */
  gboolean          showing, kept_offer;
};

enum { ANSWERED, HISTORY, PICK, MOVE_ON, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SanFormRow, san_form_row, GTK_TYPE_WIDGET)

SanAnswers *
san_form_row_get_answers (SanFormRow *self)
{
  return self->answers;
}

const SanField *
san_form_row_get_field (SanFormRow *self)
{
  return self->field;
}

const char *
san_form_row_get_name (SanFormRow *self)
{
  return self->name;
}

gboolean
san_form_row_is_showing (SanFormRow *self)
{
  return self->showing;
}

char *
san_form_row_dup_plain (SanFormRow *self)
{
  const char *text = san_answers_get_text (self->answers, self->name);
  SanValue *value = san_answers_get_value (self->answers, self->name);

  if (text != NULL)
    return g_strdup (text);
  if (value == NULL || san_value_get_type (value) == SAN_VALUE_NO_ANSWER)
    return g_strdup ("");
  return san_answers_dup_display (self->answers, self->field, value);
}

/* ---- what stands beside the answer ---- */

static void
show_state (SanFormRow *self)
{
  SanValue *value = san_answers_get_value (self->answers, self->name);
  SanNoAnswer no_answer;
  gboolean is_no_answer = value != NULL && san_value_get_no_answer (value, &no_answer);
  g_autofree char *words = is_no_answer
                             ? san_answers_dup_display (self->answers, self->field, value)
                             : NULL;

  gtk_label_set_label (GTK_LABEL (self->state_words), words != NULL ? words : "");
  gtk_widget_set_visible (self->state, is_no_answer && self->kind != NULL);
}

static void
show_offer (SanFormRow *self)
{
  const SanOffer *offer = san_answers_get_offer (self->answers, self->name);
  gboolean is_shown = offer != NULL && offer->form != NULL && !self->kept_offer &&
                      self->kind != NULL &&
                      san_answers_get_from (self->answers, self->name) == SAN_ANSWER_OFFERED;

  if (is_shown)
    {
      g_autofree char *day = san_words_day (offer->at, san_clock_now ());
      g_autofree char
        /* Translators: where a proposed answer comes from: form, day, who wrote it */
        *words = san_words_print (_("From “%1$s”, %2$s, %3$s."),
                                  san_label_get (offer->form->label,
                                                 san_answers_get_language (self->answers)),
                                  day, offer->author != NULL ? offer->author : "");

      gtk_label_set_label (GTK_LABEL (self->from_words), words);
    }
  gtk_widget_set_visible (self->from, is_shown);
}

static void
show_words (SanFormRow *self)
{
  SanValue *value = san_answers_get_value (self->answers, self->name);
  g_autofree char *words = value != NULL
                             ? san_answers_dup_display (self->answers, self->field, value)
                             : NULL;

  if (self->words != NULL)
    gtk_label_set_label (GTK_LABEL (self->words), words != NULL && *words != '\0' ? words : "–");
}

void
san_form_row_show (SanFormRow *self)
{
  self->showing = TRUE;
  if (self->input != NULL)
    self->kind->show (self, self->input);
  self->showing = FALSE;
  show_words (self);
  show_state (self);
  show_offer (self);
}

void
san_form_row_mark (SanFormRow *self)
{
  gboolean is_bad = san_answers_get_text (self->answers, self->name) != NULL;
  g_autofree char *words = is_bad ? san_row_problem_words (self->field) : NULL;

  gtk_label_set_label (GTK_LABEL (gtk_widget_get_last_child (self->problem)),
                       words != NULL ? words : "");
  gtk_widget_set_visible (self->problem, is_bad);
  if (self->input != NULL)
    gtk_accessible_update_state (GTK_ACCESSIBLE (self->input), GTK_ACCESSIBLE_STATE_INVALID,
                                 is_bad ? GTK_ACCESSIBLE_INVALID_TRUE
                                        : GTK_ACCESSIBLE_INVALID_FALSE,
                                 -1);
}

void
san_form_row_show_problem (SanFormRow *self)
{
  san_scroll_to (self->problem);
}

/* ---- answers ---- */

static void
answered (SanFormRow *self, gboolean show)
{
  if (show)
    san_form_row_show (self);
  else
    {
      show_state (self);
      show_offer (self);
    }
  if (san_answers_get_text (self->answers, self->name) == NULL)
    san_form_row_mark (self);
  g_signal_emit (self, signals[ANSWERED], 0);
}

void
san_form_row_take_text (SanFormRow *self, const char *text)
{
  if (self->showing)
    return;
  san_answers_take_text (self->answers, self->field, self->name, text);
  answered (self, self->field->type == SAN_FIELD_PERSON);
}

void
san_form_row_take_value (SanFormRow *self, SanValue *value)
{
  if (self->showing)
    return;
  san_answers_take_value (self->answers, self->name, value);
  answered (self, TRUE);
}

void
san_form_row_take_file (SanFormRow *self, const char *path)
{
  san_answers_take_file (self->answers, self->name, path);
  answered (self, TRUE);
}

void
san_form_row_move_on (SanFormRow *self)
{
  g_signal_emit (self, signals[MOVE_ON], 0);
}

static void
take_no_answer (SanFormRow *self, SanNoAnswer what)
{
  g_autoptr(SanValue) value = san_value_new_no_answer (what);

  san_form_row_take_value (self, value);
  gtk_menu_button_popdown (GTK_MENU_BUTTON (self->menu));
  san_form_row_move_on (self);
}

/* ---- the field's menu ---- */

static void
act (gpointer data, char letter)
{
  SanFormRow *self = data;
  SanNoAnswer what;

  if (san_field_menu_no_answer (letter, &what))
    {
      take_no_answer (self, what);
      return;
    }
  if (letter == 'c')
    san_form_row_take_value (self, NULL);
  gtk_menu_button_popdown (GTK_MENU_BUTTON (self->menu));
  if (letter == 'h')
    g_signal_emit (self, signals[HISTORY], 0);
}

/* Closed: she is where she was, with the cursor where it was. */
static void
menu_closed_cb (GtkPopover *popover, SanFormRow *self)
{
  if (!san_form_row_focus (self, self->cursor) && self->menu != NULL)
    gtk_widget_grab_focus (gtk_widget_get_first_child (self->menu));
}

static void
fill_menu (GtkMenuButton *button, gpointer data)
{
  SanFormRow *self = data;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = gtk_root_get_focus (root);
  gboolean has_history = !san_answers_is_new (self->answers);
  const char *letters = self->kind == NULL ? "h" : has_history ? "urach" : "urac";
  GtkWidget *popover = san_field_menu_new (NULL, letters, act, self);

  self->cursor = focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self))
                   ? (int) san_form_row_get_cursor (self) : -1;
  g_signal_connect (popover, "closed", G_CALLBACK (menu_closed_cb), self);
  gtk_menu_button_set_popover (button, popover);
}

void
san_form_row_open_menu (SanFormRow *self)
{
  if (self->menu != NULL)
    gtk_menu_button_popup (GTK_MENU_BUTTON (self->menu));
}

/* ---- making it ---- */

static void
add_heading (SanFormRow *self)
{
  const char *language = san_answers_get_language (self->answers);
  GtkWidget *line = san_line_new (6);
  GtkWidget *label = san_form_beside_label (san_label_get (self->field->label, language),
                                            "san-question");

  if (self->field->number != NULL)
    {
      GtkWidget *number = san_form_beside_label (self->field->number, "san-quiet");

      gtk_widget_add_css_class (number, "numeric");
      gtk_box_append (GTK_BOX (line), number);
    }
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (line), label);
  if (self->field->type != SAN_FIELD_SIGNATURE && san_answers_may_read (self->answers, self->field))
    {
      self->menu = gtk_menu_button_new ();
      gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (self->menu), "view-more-symbolic");
      gtk_widget_add_css_class (self->menu, "flat");
      gtk_widget_set_valign (self->menu, GTK_ALIGN_CENTER);
      gtk_widget_set_focus_on_click (self->menu, FALSE);
      gtk_widget_set_tooltip_text (self->menu, _("Not known, did not want to say, not asked, what "
                                                 "stood here before (F2)"));
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->menu), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      _("More about this question"), -1);
      /* F2 opens it where there is an input; what is closed has nothing else to go to */
      gtk_widget_set_focusable (gtk_widget_get_first_child (self->menu), self->kind == NULL);
      gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (self->menu), fill_menu, self, NULL);
      gtk_box_append (GTK_BOX (line), self->menu);
    }
  gtk_box_append (GTK_BOX (self->box), line);
}

static void
add_readers (SanFormRow *self)
{
  GtkWidget *readers = san_form_beside_readers (san_answers_get_sheet (self->answers), self->field);

  if (readers != NULL)
    gtk_box_append (GTK_BOX (self->box), readers);
}

static void
change_cb (GtkButton *button, SanFormRow *self)
{
  san_form_row_focus (self, 0);
}

static void
keep_cb (GtkButton *button, SanFormRow *self)
{
  self->kept_offer = TRUE;
  show_offer (self);
  san_form_row_move_on (self);
}

static void
add_offer_line (SanFormRow *self)
{
  GtkWidget *keep = gtk_button_new_with_label (_("Keep"));
  GtkWidget *change = gtk_button_new_with_label (_("Change"));

  self->from = san_line_new (6);
  self->from_words = san_form_beside_label ("", "san-quiet");
  gtk_widget_set_hexpand (self->from_words, TRUE);
  gtk_widget_set_valign (keep, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (change, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (keep, "flat");
  gtk_widget_add_css_class (change, "flat");
  g_signal_connect (keep, "clicked", G_CALLBACK (keep_cb), self);
  g_signal_connect (change, "clicked", G_CALLBACK (change_cb), self);
  gtk_box_append (GTK_BOX (self->from), self->from_words);
  gtk_box_append (GTK_BOX (self->from), keep);
  gtk_box_append (GTK_BOX (self->from), change);
  gtk_widget_set_visible (self->from, FALSE);
  gtk_box_append (GTK_BOX (self->box), self->from);
}

static void
clear_state_cb (GtkButton *button, SanFormRow *self)
{
  san_form_row_take_value (self, NULL);
  san_form_row_focus (self, -1);
}

static void
add_state_line (SanFormRow *self)
{
  GtkWidget *clear = gtk_button_new_from_icon_name ("edit-clear-symbolic");

  self->state = san_line_new (6);
  self->state_words = san_form_beside_label ("", NULL);
  gtk_widget_set_valign (clear, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (clear, "flat");
  gtk_accessible_update_property (GTK_ACCESSIBLE (clear), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Clear"), -1);
  g_signal_connect (clear, "clicked", G_CALLBACK (clear_state_cb), self);
  gtk_box_append (GTK_BOX (self->state), gtk_image_new_from_icon_name ("dialog-question-symbolic"));
  gtk_box_append (GTK_BOX (self->state), self->state_words);
  gtk_box_append (GTK_BOX (self->state), clear);
  gtk_widget_set_visible (self->state, FALSE);
  gtk_box_append (GTK_BOX (self->box), self->state);
}

/* Left: now it may be said that it was not understood. */
static void
leave_cb (GtkEventControllerFocus *focus, SanFormRow *self)
{
  san_form_row_mark (self);
}

/* The part that takes the focus carries the question as its accessible name. */
static void
name_input (GtkWidget *widget, const char *label)
{
  if (GTK_IS_DROP_DOWN (widget))
    san_drop_down_name (GTK_DROP_DOWN (widget), label);
  else if (GTK_IS_ENTRY (widget) || GTK_IS_TEXT_VIEW (widget) ||
           gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (widget)) ==
             GTK_ACCESSIBLE_ROLE_RADIO_GROUP ||
           gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (widget)) ==
             GTK_ACCESSIBLE_ROLE_GROUP)
    gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                    -1);
  if (GTK_IS_BOX (widget))              /* a group itself in some versions of GTK */
    for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
         child = gtk_widget_get_next_sibling (child))
      name_input (child, label);
}

static void
add_input (SanFormRow *self)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();

  self->input = self->kind->make (self);
  name_input (self->input,
              san_label_get (self->field->label, san_answers_get_language (self->answers)));
  g_signal_connect (focus, "leave", G_CALLBACK (leave_cb), self);
  gtk_widget_add_controller (self->input, focus);
  gtk_box_append (GTK_BOX (self->box), self->input);
}

static void
add_closed (SanFormRow *self)
{
  if (san_answers_may_read (self->answers, self->field))
    {
      self->words = san_form_beside_label ("", "san-paper-words");
      gtk_label_set_selectable (GTK_LABEL (self->words), FALSE);
      gtk_box_append (GTK_BOX (self->box), self->words);
      if (san_row_has_paper (self))
        gtk_box_append (GTK_BOX (self->box), san_row_make_look (self));
    }
}

static void
pick_cb (GtkButton *button, SanFormRow *self)
{
  g_signal_emit (self, signals[PICK], 0,
                 (guint) GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "which")));
}

static void
add_versions (SanFormRow *self)
{
  GPtrArray *versions = san_answers_get_versions (self->answers, self->name);

  if (versions == NULL)
    return;
  gtk_box_append (GTK_BOX (self->box),
                  san_form_beside_line ("view-dual-symbolic",
                                        _("Two people wrote here without seeing each other. Which "
                                          "one stands?"),
                                        "san-overdue"));
  for (guint i = 0; i < versions->len; i++)
    {
      g_autofree char *words = san_form_beside_dup_version (self->answers, self->field,
                                                            versions->pdata[i]);
      GtkWidget *button = gtk_button_new ();

      gtk_button_set_child (GTK_BUTTON (button), san_form_beside_label (words, NULL));
      gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, words,
                                      -1);
      g_object_set_data (G_OBJECT (button), "which", GUINT_TO_POINTER (i + 1));
      gtk_widget_set_halign (button, GTK_ALIGN_START);
      g_signal_connect (button, "clicked", G_CALLBACK (pick_cb), self);
      gtk_box_append (GTK_BOX (self->box), button);
    }
}

void
san_form_row_show_history (SanFormRow *self, GPtrArray *versions)
{
  san_form_beside_fill_history (GTK_BOX (self->history), self->answers, self->field, versions);
  gtk_widget_set_visible (self->history, TRUE);
}

gboolean
san_form_row_focus (SanFormRow *self, int cursor)
{
  GtkWidget *focus;

  if (self->input == NULL || !gtk_widget_child_focus (self->input, GTK_DIR_TAB_FORWARD))
    if (self->input == NULL || !gtk_widget_grab_focus (self->input))
      return FALSE;
  focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));
  if (cursor >= 0 && GTK_IS_TEXT (focus))
    gtk_editable_set_position (GTK_EDITABLE (focus), cursor);
  else if (cursor >= 0 && GTK_IS_TEXT_VIEW (focus))
    {
      GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (focus));
      GtkTextIter at;

      gtk_text_buffer_get_iter_at_offset (buffer, &at, cursor);
      gtk_text_buffer_place_cursor (buffer, &at);
    }
  return TRUE;
}

guint
san_form_row_get_cursor (SanFormRow *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  int at = 0;

  if (GTK_IS_TEXT (focus))
    at = gtk_editable_get_position (GTK_EDITABLE (focus));
  else if (GTK_IS_TEXT_VIEW (focus))
    g_object_get (gtk_text_view_get_buffer (GTK_TEXT_VIEW (focus)), "cursor-position", &at, NULL);
  return (guint) MAX (at, 0);
}

static void
san_form_row_dispose (GObject *object)
{
  SanFormRow *self = SAN_FORM_ROW (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  self->input = self->words = self->menu = NULL;
  g_clear_pointer (&self->name, g_free);
  G_OBJECT_CLASS (san_form_row_parent_class)->dispose (object);
}

static void
san_form_row_class_init (SanFormRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = san_form_row_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  signals[ANSWERED] = g_signal_new ("answered", SAN_TYPE_FORM_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                    NULL, G_TYPE_NONE, 0);
  signals[HISTORY] = g_signal_new ("history", SAN_TYPE_FORM_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
  signals[PICK] = g_signal_new ("pick", SAN_TYPE_FORM_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[MOVE_ON] = g_signal_new ("move-on", SAN_TYPE_FORM_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
}

static void
san_form_row_init (SanFormRow *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

GtkWidget *
san_form_row_new (SanAnswers *answers, const SanField *field, const char *name)
{
  SanFormRow *self = g_object_new (SAN_TYPE_FORM_ROW, NULL);

  self->answers = answers;
  self->field = field;
  self->name = g_strdup (name);
  if (san_answers_may_write (answers, field) ||
      (field->type == SAN_FIELD_SIGNATURE && !san_answers_is_closed (answers)))
    self->kind = san_row_kind_get (field->type);
  add_heading (self);
  add_readers (self);
  if (field->help != NULL && self->kind != NULL)
    gtk_box_append (GTK_BOX (self->box),
                    san_form_beside_label (san_label_get (field->help,
                                                          san_answers_get_language (answers)),
                                           "san-help"));
  add_offer_line (self);
  if (self->kind != NULL)
    add_input (self);
  else
    add_closed (self);
  add_state_line (self);
  self->problem = san_form_beside_line ("dialog-warning-symbolic", "", "san-overdue");
  gtk_widget_set_visible (self->problem, FALSE);
  gtk_box_append (GTK_BOX (self->box), self->problem);
  add_versions (self);
  self->history = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  gtk_widget_set_visible (self->history, FALSE);
  gtk_box_append (GTK_BOX (self->box), self->history);
  san_form_row_show (self);
  san_form_row_mark (self);
  return GTK_WIDGET (self);
}
