/* san-label.c - one text in several languages: the English one first, translations behind it */
#include "san-label-private.h"

#include <string.h>

typedef struct
{
  char *language;
  char *text;
} Translation;

struct _SanLabel
{
  char   *text;
  GArray *translations;                     /* of Translation; NULL: none */
};

static void
translation_clear (gpointer data)
{
  Translation *translation = data;

  g_free (translation->language);
  g_free (translation->text);
}

SanLabel *
san_label_new (void)
{
  return g_new0 (SanLabel, 1);
}

/* As locales are named. gettext writes the modifier of `en@child` as a variant, `en-child`, from
 * 0.22 on; a country and a script have four letters at most. */
static char *
normal (const char *language)
{
  char *name = g_strdelimit (g_strdup (language), "-", '_');
  char *last = strrchr (name, '_');

  if (last != NULL && strlen (last + 1) > 4 && strchr (name, '@') == NULL)
    *last = '@';
  return name;
}

/* @language NULL: the English text. A language given twice: the first stays. */
void
san_label_add (SanLabel *self, const char *language, const char *text)
{
  Translation *translation;

  if (language == NULL)
    {
      if (self->text == NULL)
        self->text = g_strdup (text);
      return;
    }
  if (self->translations == NULL)
    {
      self->translations = g_array_new (FALSE, FALSE, sizeof (Translation));
      g_array_set_clear_func (self->translations, translation_clear);
    }
  g_array_set_size (self->translations, self->translations->len + 1);
  translation = &g_array_index (self->translations, Translation, self->translations->len - 1);
  translation->language = normal (language);
  translation->text = g_strdup (text);
}

void
san_label_free (SanLabel *self)
{
  g_free (self->text);
  g_clear_pointer (&self->translations, g_array_unref);
  g_free (self);
}

/* @modifier: "" or from '@' on */
static const char *
find_exact (const SanLabel *self, const char *language, gsize n, const char *modifier)
{
  for (guint i = 0; i < self->translations->len; i++)
    {
      const Translation *t = &g_array_index (self->translations, Translation, i);

      if (strncmp (t->language, language, n) == 0 && g_str_equal (t->language + n, modifier) &&
          t->text[0] != '\0')
        return t->text;
    }
  return NULL;
}

/**
 * san_label_get:
 * @language: (nullable): a language code such as `hi` or a locale name such as `bn_IN.UTF-8` or
 *   `hi@child`
 *
 * Looks for the language with its country, then for the language alone, then takes English; with a
 * modifier first for that of the language, of which a catalogue may hold few texts only.
 *
 * Returns: (transfer none): never %NULL
 */
const char *
san_label_get (const SanLabel *self, const char *language)
{
  const char *text = NULL;

  if (self == NULL)
    return "";
  if (language != NULL && self->translations != NULL)
    {
      g_autofree char *wanted = g_strdelimit (g_strdup (language), "-", '_');
      gsize alone = strcspn (wanted, "_.@");
      const char *modifier = strchr (wanted, '@');

      if (modifier != NULL)
        text = find_exact (self, wanted, alone, modifier);
      if (text == NULL)
        text = find_exact (self, wanted, strcspn (wanted, ".@"), "");
      if (text == NULL)
        text = find_exact (self, wanted, alone, "");
    }
  if (text == NULL)
    text = self->text;
  return text != NULL ? text : "";
}
