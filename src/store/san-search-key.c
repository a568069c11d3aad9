/* san-search-key.c - one key for a name, in whatever script and spelling it was typed
 *
 * ICU brings every script into plain Latin letters; the folding after it was found by trying 45
 * forms of 15 names in Latin, Devanagari and Bengali until the three forms of each were one. It
 * loses a lot on purpose (Roy, Ray and Rai are all "r"): it finds candidates, which are then
 * ranked by distance on the Latin text. */
#include "san-search-key.h"

#include <string.h>
#include <unicode/ustring.h>
#include <unicode/utrans.h>

#define TEXT_LIMIT     4096        /* bytes of a text that are looked at: names, not novels */
#define DISTANCE_LIMIT 256u        /* bytes of each text that are compared */

/* ---- to plain Latin letters ---- */

static UTransliterator *
get_transliterator (void)
{
  static gsize made = 0;
  static UTransliterator *transliterator = NULL;

  if (g_once_init_enter (&made))
    {
      static const UChar id[] = u"Any-Latin; Latin-ASCII; Lower";
      UErrorCode status = U_ZERO_ERROR;

      transliterator = utrans_openU (id, -1, UTRANS_FORWARD, NULL, 0, NULL, &status);
      if (U_FAILURE (status))
        transliterator = NULL;           /* ICU without its data: Latin letters still work */
      g_once_init_leave (&made, 1);
    }
  return transliterator;
}

/**
 * san_search_prepare:
 *
 * Reads ICU's rules, which takes longer than a frame: once, before somebody types.
 */
void
san_search_prepare (void)
{
  get_transliterator ();
}

/* ICU does not promise that one transliterator may be used by two threads at a time. */
static gboolean
transliterate (UChar *text, int32_t *length, int32_t capacity)
{
  static GMutex lock;
  UTransliterator *transliterator = get_transliterator ();
  UErrorCode status = U_ZERO_ERROR;
  int32_t limit = *length;

  if (transliterator == NULL)
    return TRUE;
  g_mutex_lock (&lock);
  utrans_transUChars (transliterator, text, length, capacity, 0, &limit, &status);
  g_mutex_unlock (&lock);
  return U_SUCCESS (status);
}

/* UTF-16 of @text after transliteration; NULL if it is no UTF-8. */
static UChar *
to_latin (const char *text, gsize n, int32_t *length)
{
  for (int32_t capacity = (int32_t) n * 4 + 64;; capacity *= 2)
    {
      g_autofree UChar *buffer = g_new (UChar, capacity);
      UErrorCode status = U_ZERO_ERROR;

      u_strFromUTF8 (buffer, capacity, length, text, (int32_t) n, &status);
      if (U_FAILURE (status))
        return NULL;
      if (transliterate (buffer, length, capacity))
        return g_steal_pointer (&buffer);
      if (capacity > TEXT_LIMIT * 64)
        return NULL;
    }
}

/* Length of @text up to the limit, not inside a letter. */
static gsize
limited_length (const char *text)
{
  gsize n = strnlen (text, TEXT_LIMIT);

  while (n > 0 && n == TEXT_LIMIT && (text[n] & 0xc0) == 0x80)
    n--;
  return n;
}

/* What transliteration leaves between letters of one word. */
static gboolean
is_inside_a_word (UChar c)
{
  return c > 0x7f || c == '\'' || c == '`' || c == '~' || c == '^' || c == '"';
}

/* One letter after the other; blanks are kept back until a word follows. */
static void
append_letter (GString *latin, UChar c, gboolean *blank)
{
  if (c < 0x80 && g_ascii_isalnum ((char) c))
    {
      if (*blank && latin->len > 0)
        g_string_append_c (latin, ' ');
      *blank = FALSE;
      g_string_append_c (latin, g_ascii_tolower ((char) c));
    }
  else if (!is_inside_a_word (c))
    *blank = TRUE;
}

/**
 * san_search_latin:
 *
 * Returns: (transfer full): lower-case ASCII letters and digits, single blanks between words;
 *   "" if there are none
 */
char *
san_search_latin (const char *text)
{
  gsize n = limited_length (text);
  GString *latin = g_string_sized_new (n);
  g_autofree UChar *letters = NULL;
  int32_t length = 0;
  gboolean blank = FALSE;

  if (g_str_is_ascii (text))           /* ICU leaves it as it is, after reading all of its rules */
    {
      for (gsize i = 0; i < n; i++)
        append_letter (latin, (UChar) text[i], &blank);
      return g_string_free (latin, FALSE);
    }
  letters = to_latin (text, n, &length);
  for (int32_t i = 0; letters != NULL && i < length; i++)
    append_letter (latin, letters[i], &blank);
  return g_string_free (latin, FALSE);
}

/* ---- folding ---- */

static gboolean
is_vowel (char c)
{
  return c != '\0' && strchr ("aeiou", c) != NULL;
}

/* Letters that sound alike become one; ck is k. */
static char
fold_letter (char c, char next)
{
  switch (c)
    {
    case 'f': return 'p';
    case 'v':
    case 'w': return 'b';
    case 'z': return 'j';
    case 'q':
    case 'x': return 'k';
    case 'c': return next == 'k' ? 'k' : 's';
    case 'y': return 'i';
    default:  return c;
    }
}

static void
append_new (GString *key, char c)
{
  if (key->len == 0 || key->str[key->len - 1] != c || g_ascii_isdigit (c))
    g_string_append_c (key, c);
}

/* Aspirates lose their h, then each letter is folded and doubles collapse. */
static void
fold_sounds (const char *latin, gsize n, GString *out)
{
  char before = '\0';              /* the last letter that was kept, unfolded */

  for (gsize i = 0; i < n; i++)
    {
      if (latin[i] == ' ' || (latin[i] == 'h' && before != '\0' && strchr ("kgcjtdpbs", before)))
        continue;
      before = latin[i];
      append_new (out, fold_letter (latin[i], i + 1 < n ? latin[i + 1] : '\0'));
    }
}

/* The key of @n Latin letters: sounds folded, vowels dropped but a leading one, which is a. */
static char *
fold (const char *latin, gsize n)
{
  g_autoptr(GString) sounds = g_string_new (NULL);
  GString *key = g_string_new (NULL);

  fold_sounds (latin, n, sounds);
  for (gsize i = 0; i < sounds->len; i++)
    if (!is_vowel (sounds->str[i]))
      append_new (key, sounds->str[i]);
    else if (i == 0)
      append_new (key, 'a');
  return g_string_free (key, FALSE);
}

char *
san_search_key (const char *word)
{
  g_autofree char *latin = san_search_latin (word);

  return fold (latin, strlen (latin));
}

/**
 * san_search_keys:
 *
 * Returns: (transfer full): the keys of its words, NULL-ended
 */
char **
san_search_keys (const char *text)
{
  g_autofree char *latin = san_search_latin (text);
  g_autoptr(GStrvBuilder) keys = g_strv_builder_new ();

  for (const char *word = latin; *word != '\0';)
    {
      gsize n = strcspn (word, " ");
      g_autofree char *key = fold (word, n);

      if (*key != '\0')
        g_strv_builder_add (keys, key);
      word += n + (word[n] == ' ');
    }
  return g_strv_builder_end (keys);
}

char *
san_search_joined (const char *text)
{
  g_auto(GStrv) keys = san_search_keys (text);

  return g_strjoinv (" ", keys);
}

/* ---- ranking ---- */

/* Letters to add, drop or change to make @a of @b, and of the first @begun_n letters of @b. */
static guint
distance_n (const char *a, gsize a_n, const char *b, gsize b_n, gsize begun_n, guint *begun)
{
  guint row[DISTANCE_LIMIT + 1];

  for (guint j = 0; j <= a_n; j++)
    row[j] = j;
  *begun = row[a_n];
  for (guint i = 1; i <= b_n; i++)
    {
      guint diagonal = row[0];

      row[0] = i;
      for (guint j = 1; j <= a_n; j++)
        {
          guint above = row[j];
          guint change = diagonal + (b[i - 1] != a[j - 1]);

          row[j] = MIN (change, MIN (above, row[j - 1]) + 1);
          diagonal = above;
        }
      if (i == begun_n)
        *begun = row[a_n];
    }
  return row[a_n];
}

static gsize
count_same (const char *a, const char *b, gsize n)
{
  gsize same = 0;

  while (same < n && a[same] == b[same])
    same++;
  return same;
}

/**
 * san_search_distance:
 *
 * Letters to add, drop or change; of each text the first 256 bytes count.
 */
guint
san_search_distance (const char *a, const char *b)
{
  guint begun;

  return distance_n (a, strnlen (a, DISTANCE_LIMIT), b, strnlen (b, DISTANCE_LIMIT), 0, &begun);
}

/* A whole word counts double, so that of two equally near ones the finished one comes first. What
 * both begin with costs nothing: most candidates begin with all of it. */
static guint
rank_word (const char *word, gsize n, const char *name)
{
  guint best = 2 * (guint) n + 2;

  while (*name != '\0')
    {
      gsize name_n = strcspn (name, " ");
      gsize counted = MIN (name_n, DISTANCE_LIMIT);
      gsize least = MIN (n, counted);
      gsize same = count_same (word, name, least);
      guint begun;
      guint whole =
          distance_n (word + same, n - same, name + same, counted - same, least - same, &begun);

      best = MIN (best, MIN (2 * whole, 2 * begun + 1));
      name += name_n + (name[name_n] == ' ');
    }
  return best;
}

/**
 * san_search_rank:
 * @query: what was typed, by san_search_latin()
 * @name: a candidate, by san_search_latin()
 *
 * Returns: 0 if each word of @query is a word of @name; more the farther they are
 */
guint
san_search_rank (const char *query, const char *name)
{
  guint rank = 0;

  while (*query != '\0')
    {
      gsize n = strcspn (query, " ");

      rank += rank_word (query, MIN (n, DISTANCE_LIMIT), name);
      query += n + (query[n] == ' ');
    }
  return rank;
}
