/* san-answer-choice.c - yes or no; one or several options of a list, by code */
#include "san-answer-private.h"

#include <string.h>

#define MAX_CODES 64u

/* ---- yes or no ---- */

static SanValue *
parse_yes_no (const SanAnswerJob *job, const char *text, GError **error)
{
  static const char * const yes[] = { "yes", "y", "true", "1", NULL };
  static const char * const no[] = { "no", "n", "false", "0", NULL };
  g_autofree char *word = san_answer_digits (text);

  if (g_strv_contains (yes, word))
    return san_value_new_bool (TRUE);
  if (g_strv_contains (no, word))
    return san_value_new_bool (FALSE);
  san_answer_refuse (job, error, "expected yes or no, found “%s”", text);
  return NULL;
}

static char *
display_yes_no (const SanAnswerJob *job, const SanValue *value)
{
  gboolean yes = FALSE;

  san_value_get_bool (value, &yes);
  return g_strdup (san_answer_word (job, "words", yes ? "yes" : "no"));
}

const SanAnswerType san_answer_yes_no = { parse_yes_no, NULL, display_yes_no };

/* ---- options ---- */

static char *
name_options (const SanList *list)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < list->n_options; i++)
    if (list->options[i].retired_on == NULL)
      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", list->options[i].code);
  return g_string_free (text, FALSE);
}

static gboolean
refuse_code (const SanAnswerJob *job, const char *code, GError **error)
{
  const SanList *list = san_catalogue_find_list (job->catalogue, job->field->list);
  g_autofree char *options = list != NULL ? name_options (list) : g_strdup ("");

  return san_answer_refuse (job, error, "“%s” is none of %s", code, options);
}

/* What is typed now must be offered now; what was chosen once stays valid (check_options). */
static gboolean
is_offered (const SanAnswerJob *job, const char *code)
{
  const SanList *list = san_catalogue_find_list (job->catalogue, job->field->list);
  const SanOption *option = list != NULL ? san_list_find_option (list, code) : NULL;

  return option != NULL && option->retired_on == NULL;
}

static SanValue *
parse_options (const SanAnswerJob *job, const char *text, GError **error)
{
  g_autofree char *plain = san_answer_digits (text);
  g_auto(GStrv) words = g_strsplit_set (plain, ", \t\n", -1);
  g_autoptr(GPtrArray) codes = g_ptr_array_new ();

  for (guint i = 0; words[i] != NULL; i++)
    {
      if (words[i][0] == '\0')
        continue;
      if (!is_offered (job, words[i]))
        {
          refuse_code (job, words[i], error);
          return NULL;
        }
      if (!g_ptr_array_find_with_equal_func (codes, words[i], g_str_equal, NULL))
        g_ptr_array_add (codes, words[i]);
    }
  if (codes->len == 0 || codes->len > MAX_CODES)
    {
      san_answer_refuse (job, error, "names %u options, expected 1 to %u", codes->len, MAX_CODES);
      return NULL;
    }
  g_ptr_array_add (codes, NULL);
  return san_value_new_codes ((const char * const *) codes->pdata, error);
}

static gboolean
check_options (const SanAnswerJob *job, const SanValue *value, GError **error)
{
  const SanList *list = san_catalogue_find_list (job->catalogue, job->field->list);
  g_auto(GStrv) codes = san_value_dup_codes (value);
  guint n = g_strv_length (codes);

  if (job->field->type == SAN_FIELD_CHOICE && n != 1)
    return san_answer_refuse (job, error, "names %u options, expected one", n);
  for (guint i = 0; i < n; i++)
    if (list == NULL || san_list_find_option (list, codes[i]) == NULL)
      return refuse_code (job, codes[i], error);
  return TRUE;
}

/* In the order of the list; codes that it does not know come last, as they are. */
static char *
display_options (const SanAnswerJob *job, const SanValue *value)
{
  const SanList *list = san_catalogue_find_list (job->catalogue, job->field->list);
  g_auto(GStrv) codes = san_value_dup_codes (value);
  g_autoptr(GPtrArray) labels = g_ptr_array_new ();

  for (guint i = 0; list != NULL && i < list->n_options; i++)
    if (g_strv_contains ((const char * const *) codes, list->options[i].code))
      g_ptr_array_add (labels, (gpointer) san_label_get (list->options[i].label, job->language));
  for (guint i = 0; codes[i] != NULL; i++)
    if (list == NULL || san_list_find_option (list, codes[i]) == NULL)
      g_ptr_array_add (labels, codes[i]);
  g_ptr_array_add (labels, NULL);
  return g_strjoinv (", ", (char **) labels->pdata);
}

const SanAnswerType san_answer_choice = { parse_options, check_options, display_options };
