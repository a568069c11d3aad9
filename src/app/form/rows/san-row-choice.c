/* san-row-choice.c - yes or no, one of a list, several of a list */
#include "san-row-kinds.h"
#include "san-i18n.h"

#define BUTTONS_LIMIT 8u            /* more than these stand in a list with a search */

static const SanList *
list_of (SanFormRow *row)
{
  SanFactSet *facts = san_answers_get_sheet (san_form_row_get_answers (row))->facts;

  return san_catalogue_find_list (san_fact_set_get_catalogue (facts),
                                  san_form_row_get_field (row)->list);
}

static SanValue *
value_of (SanFormRow *row)
{
  return san_answers_get_value (san_form_row_get_answers (row), san_form_row_get_name (row));
}

static const char *
label_of (SanFormRow *row, const SanOption *option, char **owned)
{
  g_autoptr(SanValue) value = san_value_new_code (option->code);

  *owned = san_answers_dup_display (san_form_row_get_answers (row), san_form_row_get_field (row),
                                    value);
  return *owned;
}

/* An option that is no longer offered is shown where it was chosen. */
static gboolean
is_offered (SanFormRow *row, const SanOption *option)
{
  SanValue *value = value_of (row);

  return option->retired_on == NULL || (value != NULL && san_value_has_code (value, option->code));
}

/* ---- yes or no ---- */

static void
yes_no_picked_cb (SanFormRow *row, const char *code)
{
  gboolean yes = g_str_equal (code, "yes"), now;
  SanValue *value = value_of (row);
  g_autoptr(SanValue) fresh = san_value_new_bool (yes);

  san_form_row_take_value (row, value != NULL && san_value_get_bool (value, &now) && now == yes
                                  ? NULL
                                  : fresh);
}

static GtkWidget *
make_yes_no (SanFormRow *row)
{
  GtkWidget *buttons = san_row_make_buttons (row, TRUE, yes_no_picked_cb);

  san_row_add_button (buttons, "yes", _("Yes"));
  san_row_add_button (buttons, "no", _("No"));
  return buttons;
}

static void
show_yes_no (SanFormRow *row, GtkWidget *input)
{
  SanValue *value = value_of (row);
  const char *codes[] = { NULL, NULL };
  gboolean yes;

  if (value != NULL && san_value_get_bool (value, &yes))
    codes[0] = yes ? "yes" : "no";
  san_row_press_buttons (input, codes);
}

const SanRowKind san_row_yes_no = { make_yes_no, show_yes_no };

/* ---- one of a list ---- */

static void
choice_picked_cb (SanFormRow *row, const char *code)
{
  SanValue *value = value_of (row);
  g_autoptr(SanValue) fresh = *code != '\0' ? san_value_new_code (code) : NULL;

  san_form_row_take_value (row, value != NULL && san_value_has_code (value, code) ? NULL : fresh);
}

static void
list_picked_cb (SanFormRow *row, const char *code)
{
  g_autoptr(SanValue) fresh = *code != '\0' ? san_value_new_code (code) : NULL;

  san_form_row_take_value (row, fresh);
}

/* (transfer full) (nullable): what shows the option to those who read little. */
static char *
dup_picture (const SanList *list, const SanOption *option)
{
  return g_str_equal (list->id, "incident-kinds") ? g_strdup_printf ("incident-%s-symbolic",
                                                                     option->code)
                                                  : NULL;
}

static void
add_option (GtkWidget *buttons, SanFormRow *row, const SanList *list, const SanOption *option)
{
  g_autofree char *label = NULL;
  g_autofree char *picture = dup_picture (list, option);

  label_of (row, option, &label);
  if (picture != NULL)
    san_row_add_picture (buttons, option->code, label, picture);
  else
    san_row_add_button (buttons, option->code, label);
}

static GtkWidget *
make_buttons (SanFormRow *row, const SanList *list, gboolean one_only, SanRowPicked picked)
{
  GtkWidget *buttons = san_row_make_buttons (row, one_only, picked);

  for (guint i = 0; i < list->n_options; i++)
    if (is_offered (row, &list->options[i]))
      add_option (buttons, row, list, &list->options[i]);
  return buttons;
}

static GtkWidget *
make_choice (SanFormRow *row)
{
  const SanList *list = list_of (row);
  g_autofree char *picture = dup_picture (list, &list->options[0]);
  g_autoptr(GPtrArray) labels = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GPtrArray) codes = g_ptr_array_new ();

  if (list->n_options <= BUTTONS_LIMIT || picture != NULL)
    return make_buttons (row, list, TRUE, choice_picked_cb);
  for (guint i = 0; i < list->n_options; i++)
    if (is_offered (row, &list->options[i]))
      {
        char *label;

        label_of (row, &list->options[i], &label);
        g_ptr_array_add (labels, label);
        g_ptr_array_add (codes, (char *) list->options[i].code);
      }
  return san_row_make_list (row, labels, codes, list_picked_cb);
}

static void
show_choice (SanFormRow *row, GtkWidget *input)
{
  SanValue *value = value_of (row);
  g_auto(GStrv) codes = value != NULL ? san_value_dup_codes (value) : NULL;

  if (GTK_IS_DROP_DOWN (input))
    san_row_set_list (input, codes != NULL ? codes[0] : NULL);
  else
    san_row_press_buttons (input, (const char *const *) codes);
}

const SanRowKind san_row_choice = { make_choice, show_choice };

/* ---- several of a list ---- */

static void
choices_picked_cb (SanFormRow *row, const char *code)
{
  SanValue *value = value_of (row);
  g_auto(GStrv) codes = value != NULL ? san_value_dup_codes (value) : NULL;
  g_autoptr(GPtrArray) next = g_ptr_array_new ();
  g_autoptr(SanValue) fresh = NULL;
  gboolean was = FALSE;

  for (guint i = 0; codes != NULL && codes[i] != NULL; i++)
    if (g_str_equal (codes[i], code))
      was = TRUE;
    else
      g_ptr_array_add (next, codes[i]);
  if (!was)
    g_ptr_array_add (next, (char *) code);
  if (next->len > 0)
    {
      g_ptr_array_add (next, NULL);
      fresh = san_value_new_codes ((const char *const *) next->pdata, NULL);
    }
  san_form_row_take_value (row, fresh);
}

static GtkWidget *
make_choices (SanFormRow *row)
{
  return make_buttons (row, list_of (row), FALSE, choices_picked_cb);
}

const SanRowKind san_row_choices = { make_choices, show_choice };
