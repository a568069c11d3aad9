/* test-strength.c - the meter of new passphrases says what a thief could do */
#include "san-setup.h"
#include "san-strength.h"
#include <string.h>

#define SUGGESTIONS 200

static SanStrength
judge (const char *text, const char *const *own, SanWeakness *weakness)
{
  g_autoptr(SanSecret) words = san_secret_new_copy (text, strlen (text));

  return san_strength_judge (words, own, weakness);
}

static void
test_weak_ones (void)
{
  static const char *const own[] = { "Sunanda", "Shefali Bari", NULL };
  static const struct { const char *text; SanWeakness weakness;
  } weak[] = {
    { "password", SAN_WEAK_WORD },
    { "Mumbai1994", SAN_WEAK_WORD_AND_YEAR },
    { "sunanda12", SAN_WEAK_OWN },
    { "x7q", SAN_WEAK_SHORT },
  };

  for (guint i = 0; i < G_N_ELEMENTS (weak); i++)
    {
      SanWeakness weakness;
      SanStrength strength = judge (weak[i].text, own, &weakness);

      g_test_message ("%s: strength %d, weakness %d", weak[i].text, strength, weakness);
      g_assert_cmpint (strength, <, SAN_STRENGTH_YEARS);
      g_assert_cmpint (weakness, ==, weak[i].weakness);
    }
  g_assert_cmpint (judge ("abcabcabcabc", NULL, NULL), <, SAN_STRENGTH_YEARS);
  g_assert_cmpint (judge ("qwertyuiop", NULL, NULL), <, SAN_STRENGTH_YEARS);
}

static void
test_strong_ones (void)
{
  g_assert_cmpint (judge ("umbrella ninety copper goose lantern rice", NULL, NULL), ==,
                   SAN_STRENGTH_LIFE);
  g_assert_cmpint (judge ("नदी किनारे सात दीपक जलते हैं", NULL, NULL), ==, SAN_STRENGTH_LIFE);
}

static void
test_bounds (void)
{
  g_assert_cmpint (san_strength_from_bits (0), ==, SAN_STRENGTH_MINUTES);
  g_assert_cmpint (san_strength_from_bits (30), ==, SAN_STRENGTH_MINUTES);
  g_assert_cmpint (san_strength_from_bits (35), ==, SAN_STRENGTH_DAYS);
  g_assert_cmpint (san_strength_from_bits (39), ==, SAN_STRENGTH_YEARS);
  g_assert_cmpint (san_strength_from_bits (46), ==, SAN_STRENGTH_LIFE);
  g_assert_cmpint (san_strength_from_bits (2000), ==, SAN_STRENGTH_LIFE);
}

/* Four suggested words are what the meter itself accepts, nearly always at the first draw. */
static void
test_suggestions (void)
{
  guint weak = 0;

  for (guint i = 0; i < SUGGESTIONS; i++)
    {
      g_autoptr(SanSecret) words = san_setup_suggest_passphrase ();
      guint blanks = 0;

      for (gsize at = 0; at < san_secret_get_size (words); at++)
        blanks += san_secret_get_data (words)[at] == ' ';
      g_assert_cmpuint (blanks, ==, 3);
      g_assert_true (san_setup_check_passphrase (words, NULL));
      weak += san_strength_judge (words, NULL, NULL) < SAN_STRENGTH_YEARS;
    }
  g_test_message ("%u of %d suggestions were too weak", weak, SUGGESTIONS);
  g_assert_cmpuint (weak, <, SUGGESTIONS / 4);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (san_crypto_init (NULL));
  g_test_add_func ("/app/strength/weak-ones-and-why", test_weak_ones);
  g_test_add_func ("/app/strength/strong-ones", test_strong_ones);
  g_test_add_func ("/app/strength/bounds", test_bounds);
  g_test_add_func ("/app/strength/suggestions-are-strong", test_suggestions);
  return g_test_run ();
}
