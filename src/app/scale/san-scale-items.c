/* san-scale-items.c - the items of a sheet: a digit answers and goes on
 *
 * One stop for Tab; inside, digits answer (0 and 1, or Y and N, where yes or no is asked), minus
 * leaves blank, Backspace and Up go back one, Down goes on. Nothing is added up while she may
 * look. */
#include "san-scale-items.h"
#include "san-i18n.h"
#include "san-latin-key.h"
#include "san-line.h"
#include "san-wrap.h"

typedef struct { const SanItemDef *item; const SanField *field; GtkWidget *line, *keys; } Line;

struct _SanScaleItems
{
  GtkWidget parent_instance;

  SanAnswers *answers;
  GtkWidget  *box;
  GArray     *lines;
  guint       current;
};

enum { ANSWERED, THROUGH, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SanScaleItems, san_scale_items, GTK_TYPE_WIDGET)

static Line *
nth (SanScaleItems *self, guint at)
{
  return &g_array_index (self->lines, Line, at);
}

static gboolean
number_of (SanScaleItems *self, const Line *line, gint64 *out)
{
  SanValue *value = san_answers_get_value (self->answers, line->field->id);
  gboolean yes;

  if (value == NULL)
    return FALSE;
  if (san_value_get_bool (value, &yes))
    {
      *out = yes;
      return TRUE;
    }
  return san_value_get_int (value, out);
}

static void
show_line (SanScaleItems *self, const Line *line)
{
  gint64 number = 0;
  gboolean answered = number_of (self, line, &number);

  for (GtkWidget *key = gtk_widget_get_first_child (line->keys); key != NULL;
       key = gtk_widget_get_next_sibling (key))
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (key),
                                  answered &&
                                    GPOINTER_TO_INT (g_object_get_data (G_OBJECT (key),
                                                                        "number")) == number);
}

static char *
word_for (const SanItemDef *item, int number)
{
  if (item->yes_no)
    return g_strdup (number != 0 ? _("Yes") : _("No"));
  return san_words_print ("%d", number);
}

/* What a screen reader hears: the item, and its answer. */
static void
say_current (SanScaleItems *self)
{
  const Line *line = nth (self, self->current);
  gint64 number = 0;
  gboolean answered = number_of (self, line, &number);
  g_autofree char *given = answered ? word_for (line->item, (int) number) : NULL;
  g_autofree char
    /* Translators: an item of a sheet, its answer */
    *words = san_words_print (_("%1$s: %2$s"),
                              san_label_get (line->field->label,
                                             san_answers_get_language (self->answers)),
                              given != NULL ? given : _("blank"));

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
}

void
san_scale_items_set_current (SanScaleItems *self, guint at)
{
  gtk_widget_remove_css_class (nth (self, self->current)->line, "san-current");
  self->current = MIN (at, self->lines->len - 1);
  gtk_widget_add_css_class (nth (self, self->current)->line, "san-current");
  say_current (self);
}

guint
san_scale_items_get_current (SanScaleItems *self)
{
  return self->current;
}

static void
go_on (SanScaleItems *self)
{
  if (self->current + 1 < self->lines->len)
    san_scale_items_set_current (self, self->current + 1);
  else
    g_signal_emit (self, signals[THROUGH], 0);
}

static void
answer (SanScaleItems *self, const Line *line, int number)
{
  g_autoptr(SanValue) value = line->item->yes_no ? san_value_new_bool (number != 0)
                                                 : san_value_new_int (number);

  san_answers_take_value (self->answers, line->field->id, value);
  show_line (self, line);
  g_signal_emit (self, signals[ANSWERED], 0);
}

static gboolean
is_allowed (const SanItemDef *item, int number)
{
  for (guint i = 0; i < item->n_allowed; i++)
    if (item->allowed[i] == number)
      return TRUE;
  return FALSE;
}

static void
clear (SanScaleItems *self, const Line *line)
{
  san_answers_take_value (self->answers, line->field->id, NULL);
  show_line (self, line);
  g_signal_emit (self, signals[ANSWERED], 0);
}

static gboolean
key_cb (GtkEventControllerKey *keys, guint keyval, guint keycode, GdkModifierType state,
        SanScaleItems *self)
{
  const Line *line = nth (self, self->current);
  guint latin = san_latin_key (gtk_widget_get_display (GTK_WIDGET (self)), keyval, keycode, state);
  gunichar letter = g_unichar_tolower (gdk_keyval_to_unicode (latin));
  int number = g_unichar_isdigit (letter)            ? g_unichar_digit_value (letter)
               : line->item->yes_no && letter == 'y' ? 1
               : line->item->yes_no && letter == 'n' ? 0
                                                     : -1;

  if (state & (GDK_CONTROL_MASK | GDK_ALT_MASK))
    return FALSE;
  if (number >= 0)
    {
      if (!is_allowed (line->item, number))
        {
          gtk_widget_error_bell (GTK_WIDGET (self));
          return TRUE;
        }
      answer (self, line, number);
      go_on (self);
      return TRUE;
    }
  if (letter == '-')
    {
      clear (self, line);
      go_on (self);
    }
  else if (keyval == GDK_KEY_BackSpace || keyval == GDK_KEY_Up)
    san_scale_items_set_current (self, self->current > 0 ? self->current - 1 : 0);
  else if (keyval == GDK_KEY_Down)
    san_scale_items_set_current (self, self->current + 1);
  else if (keyval == GDK_KEY_Return || keyval == GDK_KEY_KP_Enter)
    g_signal_emit (self, signals[THROUGH], 0);
  else
    return FALSE;
  return TRUE;
}

static void
clicked_cb (GtkWidget *key, SanScaleItems *self)
{
  for (guint i = 0; i < self->lines->len; i++)
    if (gtk_widget_is_ancestor (key, nth (self, i)->line))
      {
        gtk_widget_grab_focus (GTK_WIDGET (self));
        san_scale_items_set_current (self, i);
        answer (self, nth (self, i),
                GPOINTER_TO_INT (g_object_get_data (G_OBJECT (key), "number")));
        go_on (self);
        return;
      }
}

/* ---- making it ---- */

static void
add_key (SanScaleItems *self, Line *line, int number)
{
  g_autofree char *word = word_for (line->item, number);
  GtkWidget *key = gtk_toggle_button_new_with_label (word);

  g_object_set_data (G_OBJECT (key), "number", GINT_TO_POINTER (number));
  gtk_widget_set_focusable (key, FALSE);
  gtk_widget_set_size_request (key, 52, 40);
  gtk_widget_set_sensitive (key, san_answers_may_write (self->answers, line->field));
  gtk_widget_add_css_class (key, "numeric");
  gtk_widget_add_css_class (key, "san-pick");
  g_signal_connect (key, "clicked", G_CALLBACK (clicked_cb), self);
  gtk_box_append (GTK_BOX (line->keys), key);
}

static void
add_item (SanScaleItems *self, const SanItemDef *item, const SanField *field)
{
  Line line = { item, field, san_line_new (12),
                san_wrap_box_new_as (6, GTK_ACCESSIBLE_ROLE_GROUP) };
  GtkWidget *number = g_object_new (GTK_TYPE_LABEL, "label",
                                    item->number != NULL ? item->number : "", "width-chars", 3,
                                    "xalign", 1.0, "valign", GTK_ALIGN_CENTER, NULL);
  GtkWidget *topic = g_object_new (GTK_TYPE_LABEL, "label",
                                   san_label_get (field->label,
                                                  san_answers_get_language (self->answers)),
                                   "wrap", TRUE, "xalign", 0.0, "valign", GTK_ALIGN_CENTER,
                                   "hexpand", TRUE, NULL);

  gtk_widget_add_css_class (number, "numeric");
  gtk_widget_add_css_class (number, "san-quiet");
  gtk_widget_add_css_class (line.line, "san-scale-line");
  gtk_box_append (GTK_BOX (line.line), number);
  gtk_box_append (GTK_BOX (line.line), topic);
  gtk_box_append (GTK_BOX (line.line), line.keys);
  gtk_box_append (GTK_BOX (self->box), line.line);
  g_array_append_val (self->lines, line);
  for (guint i = 0; i < item->n_allowed; i++)
    add_key (self, nth (self, self->lines->len - 1), item->allowed[i]);
  show_line (self, nth (self, self->lines->len - 1));
}

static void
san_scale_items_dispose (GObject *object)
{
  SanScaleItems *self = SAN_SCALE_ITEMS (object);

  g_clear_pointer (&self->lines, g_array_unref);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (san_scale_items_parent_class)->dispose (object);
}

static void
san_scale_items_class_init (SanScaleItemsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = san_scale_items_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
  signals[ANSWERED] = g_signal_new ("answered", SAN_TYPE_SCALE_ITEMS, G_SIGNAL_RUN_LAST, 0, NULL,
                                    NULL, NULL, G_TYPE_NONE, 0);
  signals[THROUGH] = g_signal_new ("through", SAN_TYPE_SCALE_ITEMS, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
san_scale_items_init (SanScaleItems *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->lines = g_array_new (FALSE, FALSE, sizeof (Line));
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

GtkWidget *
san_scale_items_new (SanAnswers *answers, const SanInstrument *instrument)
{
  SanScaleItems *self = g_object_new (SAN_TYPE_SCALE_ITEMS, NULL);
  const SanForm *form = san_answers_get_sheet (answers)->form;

  self->answers = answers;
  for (guint i = 0; i < instrument->n_items; i++)
    {
      g_autofree char *name = g_strconcat (SAN_ITEM_FIELD_PREFIX, instrument->items[i].key, NULL);
      const SanField *field = san_form_find_field (form, name);

      if (field != NULL)
        add_item (self, &instrument->items[i], field);
    }
  san_scale_items_set_current (self, 0);
  return GTK_WIDGET (self);
}
