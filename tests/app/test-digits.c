/* test-digits.c - her digits, in what the window says and never in what people wrote */
#include "san-day-words.h"
#include "san-i18n.h"
#include "san-language.h"
#include <string.h>

static void
set_up (const char *language, gboolean own)
{
  san_language_set (language);
  san_digits_set_own (own);
}

static void
test_default (void)
{
  g_autofree char *text = NULL;
  g_autofree char *shown = NULL;

  set_up ("hi", FALSE);
  text = san_words_print ("%d of 90, %s", 30, "bed 7");
  shown = san_digits_show ("24");
  g_assert_cmpstr (text, ==, "30 of 90, bed 7");
  g_assert_cmpstr (shown, ==, "24");
  g_assert_cmpstr (san_digits_of_words ("4 minutes"), ==, "4 minutes");
}

/* A sentence changes its own numbers, not what stands for %s. */
static void
test_sentence (void)
{
  static const struct { const char *language, *numbers, *words; } all[] = {
    { "hi", "३ Bakul 7 1,20,000% 05 +६ २०२६", "९० दिन: F12, WHO-5, Alt+1, २५/११ %1$d %02d १८" },
    { "mr", "३ Bakul 7 1,20,000% 05 +६ २०२६", "९० दिन: F12, WHO-5, Alt+1, २५/११ %1$d %02d १८" },
    { "bn", "৩ Bakul 7 1,20,000% 05 +৬ ২০২৬", "৯০ दिन: F12, WHO-5, Alt+1, ২৫/১১ %1$d %02d ১৮" },
    { "en", "3 Bakul 7 1,20,000% 05 +6 2026", "90 दिन: F12, WHO-5, Alt+1, 25/11 %1$d %02d 18" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    {
      g_autofree char *numbers = NULL;
      g_autofree char *words = NULL;

      set_up (all[i].language, TRUE);
      numbers = san_words_print ("%2$d %1$s 1,20,000%% 05 %3$+d %4$" G_GUINT64_FORMAT, "Bakul 7", 3,
                                 6, (guint64) 2026);
      words = g_strdup (san_digits_of_words ("90 दिन: F12, WHO-5, Alt+1, 25/11 %1$d %02d 18"));
      g_assert_cmpstr (words, ==, all[i].words);
      g_assert_cmpstr (numbers, ==, all[i].numbers);
    }
}

static void
test_dates (void)
{
  SanDate day = { .days = 20781, .precision = SAN_PRECISION_DAY };      /* 24 November 2026 */
  g_autofree char *date = NULL;
  g_autofree char *stay = NULL;

  set_up ("mr", TRUE);
  date = san_words_date (&day);
  stay = san_words_stay_day (30);
  g_assert_true (g_str_has_prefix (date, "२४ "));
  g_assert_true (g_str_has_suffix (date, " २०२६"));
  g_assert_nonnull (strstr (stay, "३०"));
  g_assert_nonnull (strstr (stay, "९०"));
  g_assert_null (strpbrk (stay, "0123456789"));
}

static void
test_exist (void)
{
  g_assert_false (san_digits_exist ("en"));
  g_assert_true (san_digits_exist ("hi"));
  g_assert_true (san_digits_exist ("bn"));
  g_assert_true (san_digits_exist ("mr"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/digits/are-0-to-9-unless-she-chose", test_default);
  g_test_add_func ("/app/digits/a-sentence-changes-its-own-numbers-only", test_sentence);
  g_test_add_func ("/app/digits/dates-and-days-of-stay", test_dates);
  g_test_add_func ("/app/digits/of-three-languages", test_exist);
  return g_test_run ();
}
