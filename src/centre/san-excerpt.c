/* san-excerpt.c - a line of a record to be seen in passing: short, and without her names
 *
 * Names are compared word by word, folded, so that "Rupkatha's" is found and "rupee" is not. Words
 * of one or two letters are left alone: they would be found everywhere. */
#include "san-excerpt.h"
#include <string.h>

#define EXCERPT_LETTERS 140
#define NAME_LETTERS    3

void
san_excerpt_add_name (GPtrArray *names, const char *text)
{
  g_auto(GStrv) words = g_strsplit_set (text, " \t\n,.;:()'\"-", -1);

  for (guint i = 0; words[i] != NULL; i++)
    if (g_utf8_strlen (words[i], -1) >= NAME_LETTERS)
      g_ptr_array_add (names, g_utf8_casefold (words[i], -1));
}

GPtrArray *
san_excerpt_list_names (SanFactSet *facts)
{
  g_autoptr(GPtrArray) records = san_fact_set_list_records (facts, NULL, NULL);
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  SanCatalogue *catalogue = san_fact_set_get_catalogue (facts);

  for (guint r = 0; r < records->len; r++)
    {
      const SanFactRecord *record = g_ptr_array_index (records, r);
      const SanForm *form = san_catalogue_find_form (catalogue, record->form);
      g_autoptr(GPtrArray) answers = san_fact_set_list_answers (facts, &record->record);

      for (guint i = 0; form != NULL && i < answers->len; i++)
        {
          const SanFactAnswer *answer = g_ptr_array_index (answers, i);
          const SanField *field = san_form_find_field (form, answer->field);
          g_autofree char *text =
              field != NULL && field->is_name ? san_value_dup_text (answer->value) : NULL;

          if (text != NULL)
            san_excerpt_add_name (names, text);
        }
    }
  return names;
}

static gboolean
is_name (GPtrArray *names, const char *word, gsize n)
{
  g_autofree char *folded = g_utf8_casefold (word, (gssize) n);

  for (guint i = 0; i < names->len; i++)
    if (strcmp (names->pdata[i], folded) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
is_letter (gunichar c)
{
  return g_unichar_isalnum (c) || g_unichar_ismark (c) || c == 0x200C || c == 0x200D;
}

static char *
make (const char *text, GPtrArray *names, const char *alias, glong limit)
{
  GString *out = g_string_new (NULL);
  glong letters = 0;
  gboolean blank = TRUE;

  for (const char *p = text; *p != '\0';)
    {
      const char *end = p;

      while (*end != '\0' && is_letter (g_utf8_get_char (end)))
        end = g_utf8_next_char (end);
      if (end == p)
        {
          gboolean space = g_unichar_isspace (g_utf8_get_char (p)) || *p == '\n';

          end = g_utf8_next_char (p);
          if (space && !blank)
            g_string_append_c (out, ' ');
          else if (!space)
            g_string_append_len (out, p, end - p);
          blank = space;
          letters++;
        }
      else
        {
          if (is_name (names, p, (gsize) (end - p)))
            g_string_append (out, alias);
          else
            g_string_append_len (out, p, end - p);
          letters += g_utf8_pointer_to_offset (p, end);
          blank = FALSE;
        }
      p = end;
      if (letters > limit && *p != '\0')
        {
          g_string_append (out, "…");
          break;
        }
    }
  return g_strchomp (g_string_free (out, FALSE));
}

char *
san_excerpt_make (const char *text, GPtrArray *names, const char *alias)
{
  return make (text, names, alias, EXCERPT_LETTERS);
}

char *
san_excerpt_hide (const char *text, GPtrArray *names, const char *alias)
{
  return make (text, names, alias, G_MAXLONG);
}
