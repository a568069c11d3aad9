/* san-alias.c - words of the alias against words of every real name in the dossier
 *
 * Compared whole and without case, so that "Rupa" is refused beside "Rupa Mondal" but "Kadam" is
 * not refused for "Ka". The message does not repeat the name: it may be read over a shoulder. */
#include "san-alias.h"

#include <string.h>

static char **
split_words (const char *text)
{
  g_autofree char *composed = g_utf8_normalize (text, -1, G_NORMALIZE_ALL_COMPOSE);
  g_autofree char *folded = g_utf8_casefold (composed != NULL ? composed : "", -1);

  return g_strsplit_set (folded, " \t\n.,-/()'", -1);
}

static gboolean
share_a_word (char **a, char **b)
{
  for (guint i = 0; a[i] != NULL; i++)
    if (g_utf8_strlen (a[i], -1) > 1 && g_strv_contains ((const char * const *) b, a[i]))
      return TRUE;
  return FALSE;
}

static gboolean
gives_away (SanFactSet *set, const SanFactRecord *record, char **alias)
{
  const SanForm *form = san_catalogue_find_form (san_fact_set_get_catalogue (set), record->form);
  g_autoptr(GPtrArray) answers = san_fact_set_list_answers (set, &record->record);

  for (guint i = 0; form != NULL && i < answers->len; i++)
    {
      const SanFactAnswer *answer = answers->pdata[i];
      const SanField *field = san_form_find_field (form, answer->field);
      g_autofree char *name =
          field != NULL && field->is_name ? san_value_dup_text (answer->value) : NULL;
      g_auto(GStrv) words = name != NULL ? split_words (name) : NULL;

      if (words != NULL && share_a_word (alias, words))
        return TRUE;
    }
  return FALSE;
}

gboolean
san_alias_check (SanFactSet *set, const char *alias, GError **error)
{
  g_auto(GStrv) words = split_words (alias);
  g_autoptr(GPtrArray) records = san_fact_set_list_records (set, NULL, NULL);

  for (guint i = 0; i < records->len; i++)
    if (gives_away (set, records->pdata[i], words))
      {
        g_set_error_literal (error, SAN_ERROR, SAN_ERROR_REFUSED,
                             "the alias repeats a name that is written down for her");
        return FALSE;
      }
  return TRUE;
}
