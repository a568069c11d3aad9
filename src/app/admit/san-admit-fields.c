/* san-admit-fields.c - what is asked at the door
 *
 * Words of the questions come from the form, so they are the ones that print. A field of a
 * compartment that she does not write is not there at all. No question about the past. */
#include "san-admit-fields.h"
#include "san-choice-buttons.h"
#include "san-date-keys.h"
#include "san-drop-down.h"
#include "san-i18n.h"
#include "san-line.h"
#include "san-sign-button.h"
#include "san-wrap.h"

#define FORM    "welcome"
#define LETTERS 200
#define DAY_MS  ((gint64) 24 * 60 * 60 * 1000)

typedef struct
{
  const char *field;                /* of the form; static */
  GtkWidget  *widget;               /* entry, choice buttons, drop-down, sign button */
  GtkWidget  *part;                 /* what is hidden with it */
} Row;

struct _SanAdmitFields
{
  GtkWidget parent_instance;

  GtkWidget     *box;
  SanDesk       *desk;
  const SanForm *form;
  GArray        *rows;              /* Row */
  GtkWidget     *alias_said;
  gboolean       settling, touched, alias_chosen, sign_chosen, bed_chosen;
};

G_DEFINE_FINAL_TYPE (SanAdmitFields, san_admit_fields, GTK_TYPE_WIDGET)

static guint changed_signal, name_signal;

static Row *
find_row (SanAdmitFields *self, const char *field)
{
  for (guint i = 0; i < self->rows->len; i++)
    if (g_str_equal (g_array_index (self->rows, Row, i).field, field))
      return &g_array_index (self->rows, Row, i);
  return NULL;
}

/* Reading and writing one answer as text */

static char *
dup_answer (const Row *row)
{
  if (SAN_IS_CHOICE_BUTTONS (row->widget))
    return g_strdup (san_choice_buttons_get (SAN_CHOICE_BUTTONS (row->widget)));
  if (SAN_IS_SIGN_BUTTON (row->widget))
    return g_strdup (san_sign_button_get (SAN_SIGN_BUTTON (row->widget)));
  if (GTK_IS_DROP_DOWN (row->widget))
    {
      const char *const *codes = g_object_get_data (G_OBJECT (row->widget), "codes");
      guint chosen = gtk_drop_down_get_selected (GTK_DROP_DOWN (row->widget));

      return chosen == 0 || chosen == GTK_INVALID_LIST_POSITION
               ? NULL : g_strdup (codes[chosen - 1]);
    }
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (row->widget))));
}

static void
set_answer (const Row *row, const char *text)
{
  if (SAN_IS_CHOICE_BUTTONS (row->widget))
    san_choice_buttons_set (SAN_CHOICE_BUTTONS (row->widget), text);
  else if (SAN_IS_SIGN_BUTTON (row->widget))
    san_sign_button_set (SAN_SIGN_BUTTON (row->widget), text);
  else if (GTK_IS_DROP_DOWN (row->widget))
    {
      const char *const *codes = g_object_get_data (G_OBJECT (row->widget), "codes");

      for (guint i = 0; codes[i] != NULL; i++)
        if (g_str_equal (codes[i], text))
          gtk_drop_down_set_selected (GTK_DROP_DOWN (row->widget), i + 1);
    }
  else
    gtk_editable_set_text (GTK_EDITABLE (row->widget), text);
}

/* "20:40" is the last time that it was 20:40; nothing typed is now; anything else is for the form
 * to read. */
static char *
dup_arrived (const char *text)
{
  gint64 now = san_clock_now ();
  SanInstant today = { now, san_clock_zone (now) };
  int hour, minute, length = 0;
  SanInstant at;

  if (sscanf (text, "%2d:%2d%n", &hour, &minute, &length) != 2 || text[length] != '\0' ||
      hour > 23 || minute > 59 || hour < 0 || minute < 0)
    return g_strdup (text);
  at = san_instant_at_day (san_date_from_instant (&today).days, hour * 60 + minute, today.zone);
  if (at.ms > now)
    at.ms -= DAY_MS;
  return san_instant_to_text (&at);
}

/* As she may write it herself; what a draft keeps is exact. */
static char *
dup_arrived_words (const char *text)
{
  SanInstant at;

  return san_instant_from_text (text, san_clock_zone (san_clock_now ()), &at, NULL)
           ? san_moment_as_typed (&at)
           : g_strdup (text);
}

/* Making */

static void
touched_cb (SanAdmitFields *self)
{
  if (self->settling)
    return;
  self->touched = TRUE;
  g_signal_emit (self, changed_signal, 0);
}

static void
alias_cb (SanAdmitFields *self)
{
  if (self->settling)
    return;
  self->alias_chosen = TRUE;
  touched_cb (self);
  g_signal_emit (self, name_signal, 0);
}

static void
name_cb (SanAdmitFields *self)
{
  if (self->settling)
    return;
  touched_cb (self);
  g_signal_emit (self, name_signal, 0);
}

static void
sign_cb (SanAdmitFields *self)
{
  self->sign_chosen = TRUE;
  touched_cb (self);
}

static void
bed_cb (SanAdmitFields *self)
{
  if (self->settling)
    return;
  self->bed_chosen = TRUE;
  touched_cb (self);
}

static const SanField *
field_of (SanAdmitFields *self, const char *name)
{
  const SanField *field = self->form != NULL ? san_form_find_field (self->form, name) : NULL;
  SanCentre *centre = san_desk_get_centre (self->desk);

  return field != NULL && san_centre_can_read (centre, (SanCompartment) field->compartment)
           ? field : NULL;
}

static const char *
word_of (SanAdmitFields *self, const SanField *field)
{
  return san_label_get (field->label, san_desk_get_language (self->desk));
}

static GtkWidget *
add_said (GtkWidget *box, const char *words, const char *css)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", words, "wrap", TRUE, "xalign", 0.0,
                                   "natural-wrap-mode", GTK_NATURAL_WRAP_NONE, NULL);

  if (css != NULL)
    gtk_widget_add_css_class (label, css);
  gtk_box_append (GTK_BOX (box), label);
  return label;
}

static void
add_label (GtkWidget *box, const char *words, const char *css)
{
  GtkWidget *label = add_said (box, words, css);

  gtk_widget_set_focusable (label, FALSE);
}

/* A question on a line of its own, the answer below; help in quiet words. */
static void
add_part (SanAdmitFields *self, GtkWidget *box, const SanField *field, const char *id,
          GtkWidget *widget, const char *help)
{
  GtkWidget *part = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  Row row = { id, widget, part };

  add_label (part, word_of (self, field), NULL);
  gtk_box_append (GTK_BOX (part), widget);
  if (help != NULL)
    {
      GtkWidget *label = add_said (part, help, "san-quiet");

      gtk_widget_add_css_class (label, "san-small");
    }
  gtk_box_append (GTK_BOX (box), part);
  g_array_append_val (self->rows, row);
}

static GtkWidget *
add_entry (SanAdmitFields *self, GtkWidget *box, const char *id, int width, const char *help,
           void (*changed) (SanAdmitFields *))
{
  const SanField *field = field_of (self, id);
  GtkWidget *entry;

  if (field == NULL)
    return NULL;
  entry = g_object_new (GTK_TYPE_ENTRY, "max-length", LETTERS, "input-hints",
                        GTK_INPUT_HINT_PRIVATE | GTK_INPUT_HINT_NO_EMOJI, NULL);
  if (width > 0)
    g_object_set (entry, "width-chars", width, "max-width-chars", width, "halign", GTK_ALIGN_START,
                  NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  word_of (self, field), -1);
  g_signal_connect_swapped (entry, "changed", G_CALLBACK (changed), self);
  add_part (self, box, field, id, entry, help);
  return entry;
}

static const SanList *
list_of (SanAdmitFields *self, const SanField *field)
{
  return san_catalogue_find_list (san_centre_get_catalogue (san_desk_get_centre (self->desk)),
                                  field->list);
}

static void
add_choice (SanAdmitFields *self, GtkWidget *box, const char *id)
{
  const SanField *field = field_of (self, id);
  const SanList *list = field != NULL && field->list != NULL ? list_of (self, field) : NULL;
  GtkWidget *buttons;

  if (field == NULL)
    return;
  buttons = san_choice_buttons_new (word_of (self, field));
  if (list == NULL)
    {
      san_choice_buttons_add (SAN_CHOICE_BUTTONS (buttons), "yes", _("Yes"));
      san_choice_buttons_add (SAN_CHOICE_BUTTONS (buttons), "no", _("No"));
    }
  for (guint i = 0; list != NULL && i < list->n_options; i++)
    if (list->options[i].retired_on == NULL)
      san_choice_buttons_add (SAN_CHOICE_BUTTONS (buttons), list->options[i].code,
                              san_label_get (list->options[i].label,
                                             san_desk_get_language (self->desk)));
  g_signal_connect_swapped (buttons, "changed", G_CALLBACK (touched_cb), self);
  add_part (self, box, field, id, buttons, NULL);
}

/* A longer list: the first place says that nobody answered. */
static void
add_list (SanAdmitFields *self, GtkWidget *box, const char *id)
{
  const SanField *field = field_of (self, id);
  const SanList *list = field != NULL && field->list != NULL ? list_of (self, field) : NULL;
  g_autoptr(GtkStringList) words = gtk_string_list_new (NULL);
  const char **codes;
  GtkWidget *drop;

  if (list == NULL)
    return;
  codes = g_new0 (const char *, list->n_options + 1);
  gtk_string_list_append (words, _("Not answered yet"));
  for (guint i = 0, n = 0; i < list->n_options; i++)
    if (list->options[i].retired_on == NULL)
      {
        codes[n++] = list->options[i].code;
        gtk_string_list_append (words, san_label_get (list->options[i].label,
                                                      san_desk_get_language (self->desk)));
      }
  drop = gtk_drop_down_new (G_LIST_MODEL (g_steal_pointer (&words)), NULL);
  gtk_widget_set_halign (drop, GTK_ALIGN_START);
  g_object_set_data_full (G_OBJECT (drop), "codes", codes, g_free);
  san_drop_down_name (GTK_DROP_DOWN (drop), word_of (self, field));
  g_signal_connect_swapped (drop, "notify::selected", G_CALLBACK (touched_cb), self);
  add_part (self, box, field, id, drop, NULL);
}

static void
add_who_she_is_here (SanAdmitFields *self)
{
  GtkWidget *line = san_line_new (18);
  const SanField *sign = field_of (self, "sign");
  GtkWidget *entry;

  if (sign != NULL)
    {
      GtkWidget *button = san_sign_button_new (self->desk);

      gtk_widget_set_halign (button, GTK_ALIGN_START);
      g_signal_connect_swapped (button, "changed", G_CALLBACK (sign_cb), self);
      add_part (self, line, sign, "sign", button, NULL);
    }
  add_entry (self, line, "alias", 0, NULL, alias_cb);
  add_entry (self, line, "bed", 6, NULL, bed_cb);
  entry = find_row (self, "alias")->part;
  gtk_widget_set_hexpand (entry, TRUE);
  gtk_box_append (GTK_BOX (self->box), line);
  self->alias_said = add_said (self->box, "", "san-overdue");
  g_object_set (self->alias_said, "accessible-role", GTK_ACCESSIBLE_ROLE_ALERT, "visible", FALSE,
                NULL);
}

static void
fill (SanAdmitFields *self)
{
  GtkWidget *ages = san_wrap_box_new (18);
  GtkWidget *entry;

  add_who_she_is_here (self);
  gtk_box_append (GTK_BOX (self->box), ages);
  entry = add_entry (self, ages, "age", 4, NULL, touched_cb);
  if (entry != NULL)
    gtk_entry_set_input_purpose (GTK_ENTRY (entry), GTK_INPUT_PURPOSE_DIGITS);
  add_choice (self, ages, "age-kind");
  add_choice (self, self->box, "brought-by");
  entry = add_entry (self, self->box, "arrived", 20,
                     _("Empty means now. Else the hour, such as 20:40."), touched_cb);
  if (entry != NULL)
    gtk_entry_set_placeholder_text (GTK_ENTRY (entry), _("now"));
  add_label (self->box, _("Three quiet questions"), "heading");
  add_choice (self, self->box, "ill-now");
  add_choice (self, self->box, "medicine-tonight");
  add_entry (self, self->box, "medicine-what", 0, NULL, touched_cb);
  add_choice (self, self->box, "afraid");
  add_entry (self, self->box, "afraid-of", 0,
             _("Only what she says by herself. No questions about the past tonight."), touched_cb);
  add_label (self->box, _("This may wait"), "heading");
  add_entry (self, self->box, "tonight", 0, _("One sentence, such as “a light in the corridor”."),
             touched_cb);
  add_entry (self, self->box, "name", 0, _("Her name stays hidden on the screen."), name_cb);
  add_list (self, self->box, "language");
  add_choice (self, self->box, "order-state");
  add_entry (self, self->box, "belongings", 0, NULL, touched_cb);
}

static void
show_if_yes (SanAdmitFields *self, const char *question, const char *more)
{
  Row *asked = find_row (self, question);
  Row *row = find_row (self, more);

  if (asked != NULL && row != NULL)
    gtk_widget_set_visible (row->part,
                            g_strcmp0 (san_choice_buttons_get (SAN_CHOICE_BUTTONS (asked->widget)),
                                       "yes") == 0);
}

static void
follow (SanAdmitFields *self)
{
  show_if_yes (self, "medicine-tonight", "medicine-what");
  show_if_yes (self, "afraid", "afraid-of");
}

/* From outside */

void
san_admit_fields_offer (SanAdmitFields *self, const SanWelcomeOffer *offer)
{
  self->settling = TRUE;
  if (!self->alias_chosen)
    set_answer (find_row (self, "alias"), offer->alias);
  if (!self->sign_chosen && offer->sign != NULL)
    set_answer (find_row (self, "sign"), offer->sign);
  if (!self->bed_chosen)
    set_answer (find_row (self, "bed"), offer->bed);
  self->settling = FALSE;
}

GPtrArray *
san_admit_fields_dup_typed (SanAdmitFields *self)
{
  GPtrArray *typed = san_typed_list_new ();

  for (guint i = 0; i < self->rows->len; i++)
    {
      const Row *row = &g_array_index (self->rows, Row, i);
      g_autofree char *text = gtk_widget_get_visible (row->part) ? dup_answer (row) : NULL;
      g_autofree char *read = text != NULL && g_str_equal (row->field, "arrived")
                                ? dup_arrived (text)
                                : g_strdup (text);

      if (read != NULL && *read != '\0')
        san_typed_list_add (typed, row->field, read);
    }
  return typed;
}

void
san_admit_fields_fill (SanAdmitFields *self, GPtrArray *typed)
{
  self->settling = TRUE;
  for (guint i = 0; i < typed->len; i++)
    {
      const SanTyped *one = g_ptr_array_index (typed, i);
      Row *row = find_row (self, one->field);
      g_autofree char *words = one->text != NULL && g_str_equal (one->field, "arrived")
                                 ? dup_arrived_words (one->text)
                                 : g_strdup (one->text);

      if (row != NULL && words != NULL)
        set_answer (row, words);
      self->alias_chosen |= g_str_equal (one->field, "alias");
      self->sign_chosen |= g_str_equal (one->field, "sign");
      self->bed_chosen |= g_str_equal (one->field, "bed");
    }
  self->touched = TRUE;
  self->settling = FALSE;
  follow (self);
}

const char *
san_admit_fields_get_alias (SanAdmitFields *self)
{
  return gtk_editable_get_text (GTK_EDITABLE (find_row (self, "alias")->widget));
}

const char *
san_admit_fields_get_name (SanAdmitFields *self)
{
  Row *row = find_row (self, "name");

  return row != NULL ? gtk_editable_get_text (GTK_EDITABLE (row->widget)) : "";
}

gboolean
san_admit_fields_is_touched (SanAdmitFields *self)
{
  return self->touched;
}

void
san_admit_fields_say_alias (SanAdmitFields *self, const char *sentence)
{
  gtk_label_set_label (GTK_LABEL (self->alias_said), sentence != NULL ? sentence : "");
  gtk_widget_set_visible (self->alias_said, sentence != NULL);
}

int
san_admit_fields_get_place (SanAdmitFields *self, int *cursor)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  *cursor = -1;
  for (guint i = 0; focus != NULL && i < self->rows->len; i++)
    {
      GtkWidget *widget = g_array_index (self->rows, Row, i).widget;

      if (focus != widget && !gtk_widget_is_ancestor (focus, widget))
        continue;
      if (GTK_IS_ENTRY (widget) && gtk_editable_get_position (GTK_EDITABLE (widget)) <
                                     gtk_entry_get_text_length (GTK_ENTRY (widget)))
        *cursor = gtk_editable_get_position (GTK_EDITABLE (widget));
      return (int) i;               /* -1 is behind the last letter */
    }
  return -1;
}

GtkWidget *
san_admit_fields_take_place (SanAdmitFields *self, int place, int cursor)
{
  GtkWidget *widget;

  if (place < 0 || place >= (int) self->rows->len)
    return san_admit_fields_get_first (self);
  widget = g_array_index (self->rows, Row, place).widget;
  if (GTK_IS_ENTRY (widget) && gtk_entry_grab_focus_without_selecting (GTK_ENTRY (widget)))
    gtk_editable_set_position (GTK_EDITABLE (widget), cursor);
  return widget;
}

void
san_admit_fields_focus_alias (SanAdmitFields *self)
{
  gtk_widget_grab_focus (find_row (self, "alias")->widget);
}

GtkWidget *
san_admit_fields_get_first (SanAdmitFields *self)
{
  Row *row = find_row (self, "age");

  return row != NULL ? row->widget : NULL;
}

static void
san_admit_fields_dispose (GObject *object)
{
  SanAdmitFields *self = SAN_ADMIT_FIELDS (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->rows, g_array_unref);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (san_admit_fields_parent_class)->dispose (object);
}

static void
san_admit_fields_class_init (SanAdmitFieldsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = san_admit_fields_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  changed_signal = g_signal_new ("changed", SAN_TYPE_ADMIT_FIELDS, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
  name_signal = g_signal_new ("name-changed", SAN_TYPE_ADMIT_FIELDS, G_SIGNAL_RUN_LAST, 0, NULL,
                              NULL, NULL, G_TYPE_NONE, 0);
}

static void
san_admit_fields_init (SanAdmitFields *self)
{
  self->rows = g_array_new (FALSE, TRUE, sizeof (Row));
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

GtkWidget *
san_admit_fields_new (SanDesk *desk)
{
  SanAdmitFields *self = g_object_new (SAN_TYPE_ADMIT_FIELDS, NULL);

  self->desk = g_object_ref (desk);
  self->form = san_catalogue_find_form (san_centre_get_catalogue (san_desk_get_centre (desk)),
                                        FORM);
  fill (self);
  follow (self);
  g_signal_connect (self, "changed", G_CALLBACK (follow), NULL);
  return GTK_WIDGET (self);
}
