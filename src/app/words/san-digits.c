/* san-digits.c - which digits, and where in a sentence they stand
 *
 * A number inside a name of Latin letters stays as it is printed elsewhere: F12, WHO-5, Alt+1. */
#include "san-digits.h"
#include "san-language.h"
#include <string.h>

#define MARK_BEGIN '\001' /* round a number that printf writes; in no text of ours */
#define MARK_END   '\002'

static gboolean own_digits;

/* Its zero; 0: none but 0-9. */
static gunichar
zero_of (const char *language)
{
  if (g_str_equal (language, "hi") || g_str_equal (language, "mr"))
    return 0x0966;
  return g_str_equal (language, "bn") ? 0x09e6 : 0;
}

static gunichar
wanted_zero (void)
{
  return own_digits ? zero_of (san_language_get ()) : 0;
}

gboolean
san_digits_exist (const char *language)
{
  return zero_of (language) != 0;
}

void
san_digits_set_own (gboolean own)
{
  own_digits = own;
}

gboolean
san_digits_get_own (void)
{
  return own_digits;
}

static void
append (GString *text, char c, gunichar zero)
{
  if (g_ascii_isdigit (c))
    g_string_append_unichar (text, zero + (gunichar) (c - '0'));
  else
    g_string_append_c (text, c);
}

static char *
dup_with (const char *text, gunichar zero)
{
  GString *shown = g_string_new (NULL);

  for (const char *at = text; *at != '\0'; at++)
    append (shown, *at, zero != 0 ? zero : '0');
  return g_string_free (shown, FALSE);
}

char *
san_digits_dup_own (const char *language, const char *text)
{
  return dup_with (text, zero_of (language));
}

/**
 * san_digits_show:
 * @text: holds no words that somebody wrote
 *
 * Returns: (transfer full): the same with her digits
 */
char *
san_digits_show (const char *text)
{
  return dup_with (text, wanted_zero ());
}

/* A directive of printf at @at, "%2$d": its length. *@is_number: it writes digits. 0: there is
 * none. */
static gsize
directive_length (const char *at, gboolean *is_number)
{
  gsize n = 1;

  if (*at != '%')
    return 0;
  n += strspn (at + n, "0123456789$-+ #'.*lhzjtq");
  if (at[n] == '\0')
    return 0;
  *is_number = strchr ("diufFgGeE", at[n]) != NULL;
  return n + 1;
}

/* Whether the digits at @at belong to a name in Latin letters: F12, WHO-5, Alt+1. */
static gboolean
in_latin_name (const char *words, const char *at)
{
  if (at > words && (at[-1] == '-' || at[-1] == '+'))
    at--;
  return at > words && g_ascii_isalpha (at[-1]);
}

/**
 * san_digits_of_words:
 * @words: translated; may be a format, whose directives stay
 *
 * Returns: the same with her digits; kept for ever, as a translation is
 */
const char *
san_digits_of_words (const char *words)
{
  gunichar zero = wanted_zero ();
  g_autoptr(GString) shown = NULL;
  gboolean latin = FALSE;

  if (zero == 0 || strpbrk (words, "0123456789") == NULL)
    return words;
  shown = g_string_new (NULL);
  for (const char *at = words; *at != '\0';)
    {
      gboolean is_number;
      gsize skip = directive_length (at, &is_number);

      if (skip > 0)
        {
          g_string_append_len (shown, at, (gssize) skip);
          at += skip;
          continue;
        }
      if (g_ascii_isdigit (*at) && (at == words || !g_ascii_isdigit (at[-1])))
        latin = in_latin_name (words, at);
      append (shown, *at, latin ? '0' : zero);
      at++;
    }
  return g_intern_string (shown->str);
}

/* @format with a mark before and after each number; kept for ever, as @format is. */
static const char *mark_numbers (const char *format) G_GNUC_FORMAT (1);

static const char *
mark_numbers (const char *format)
{
  g_autoptr(GString) marked = g_string_new (NULL);

  while (*format != '\0')
    {
      gboolean is_number = FALSE;
      gsize n = directive_length (format, &is_number);

      if (is_number)
        g_string_append_c (marked, MARK_BEGIN);
      g_string_append_len (marked, format, (gssize) MAX (n, 1));
      if (is_number)
        g_string_append_c (marked, MARK_END);
      format += MAX (n, 1);
    }
  return g_intern_string (marked->str);
}

char *
san_words_print (const char *format, ...)
{
  gunichar zero = wanted_zero ();
  g_autofree char *text = NULL;
  GString *shown;
  gboolean inside = FALSE;
  va_list values;

  va_start (values, format);
  text = g_strdup_vprintf (zero != 0 ? mark_numbers (format) : format, values);
  va_end (values);
  if (zero == 0)
    return g_steal_pointer (&text);
  shown = g_string_new (NULL);
  for (const char *at = text; *at != '\0'; at++)
    if (*at == MARK_BEGIN || *at == MARK_END)
      inside = *at == MARK_BEGIN;
    else
      append (shown, *at, inside ? zero : '0');
  return g_string_free (shown, FALSE);
}
