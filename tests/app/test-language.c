/* test-language.c - who lives in the centre decides whether sentences say "she" or "the child" */
#include "san-about.h"
#include "san-i18n.h"
#include "san-language.h"
#include <locale.h>
#include <string.h>

#define HER  "Next for her"
#define BACK "Might she have been here before? %u possible"

static const char *const languages[] = { "en", "hi", "bn", "mr" };

/* FALSE: nothing can be translated on this system, which has no locale but the plain C. */
static gboolean
begin (void)
{
  san_language_begin (g_getenv ("SAN_LOCALE_DIR"));
  san_language_set ("hi");
  if (!g_str_equal (_("Yes"), "Yes"))
    return TRUE;
  if (g_file_test ("/usr/lib/locale/C.utf8", G_FILE_TEST_IS_DIR))
    g_test_fail_printf ("she is not spoken to in her language under %s",
                        setlocale (LC_MESSAGES, NULL));
  else
    g_test_skip ("this system has no locale in which gettext looks for a language");
  return FALSE;
}

static void
test_no_language_installed (void)
{
  if (!begin ())
    return;
  g_assert_cmpstr (_("Yes"), ==, "हाँ");
  san_language_set ("bn");
  g_assert_cmpstr (_("Yes"), ==, "হ্যাঁ");
  san_language_set ("en");
  g_assert_cmpstr (_("Yes"), ==, "Yes");
}

static void
choose (const char *language, const char *children)
{
  san_language_set (language);
  san_language_set_says_she (san_about_says_she (children));
}

static void
test_who_lives_here (void)
{
  g_assert_true (san_about_says_she (NULL));
  g_assert_true (san_about_says_she (""));
  g_assert_true (san_about_says_she ("girls"));
  g_assert_false (san_about_says_she ("boys"));
  g_assert_false (san_about_says_she ("both"));
  g_assert_false (san_about_says_she ("of a newer version"));
}

static void
test_sentences (void)
{
  if (!begin ())
    return;
  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    {
      g_autofree char *girls = NULL;
      g_autofree char *boys = NULL;
      g_autofree char *yes = NULL;

      choose (languages[i], "girls");
      girls = g_strdup (_(HER));
      yes = g_strdup (_("Yes"));
      choose (languages[i], "boys");
      boys = g_strdup (_(HER));
      g_assert_cmpstr (_("Yes"), ==, yes);          /* what is not written again stays */
      choose (languages[i], "both");
      g_assert_cmpstr (_(HER), ==, boys);
      if (g_str_equal (languages[i], "bn"))         /* its words are for any child */
        g_assert_cmpstr (girls, ==, boys);
      else
        g_assert_cmpstr (girls, !=, boys);
      g_assert_cmpint (g_str_equal (girls, HER), ==, g_str_equal (languages[i], "en"));
      g_assert_cmpstr (boys, !=, HER);
    }
}

static void
test_counted (void)
{
  if (!begin ())
    return;
  choose ("en", "girls");
  g_assert_nonnull (strstr (ngettext (BACK, BACK, 2), "she"));
  choose ("en", "both");
  g_assert_nonnull (strstr (ngettext (BACK, BACK, 1), "the child"));
  g_assert_nonnull (strstr (ngettext (BACK, BACK, 2), "the child"));
  g_assert_cmpstr (ngettext ("%d day", "%d days", 2), ==, "%d days");
}

/* Before anybody is in, and after: the child. Labels of definitions go the same way. */
static void
test_labels (void)
{
  san_language_set_says_she (FALSE);
  san_language_set ("mr");
  g_assert_cmpstr (san_language_of_labels (), ==, "mr@child");
  g_assert_true (san_language_set_says_she (TRUE));
  g_assert_false (san_language_set_says_she (TRUE));
  g_assert_cmpstr (san_language_of_labels (), ==, "mr");
  san_language_set ("bn_IN.UTF-8");
  g_assert_cmpstr (san_language_of_labels (), ==, "bn");
  g_assert_true (san_language_set_says_she (FALSE));
  g_assert_cmpstr (san_language_of_labels (), ==, "bn@child");
  g_assert_cmpstr (san_language_get (), ==, "bn");
}

int
main (int argc, char **argv)
{
  /* a laptop on which no language is installed: the archive of locales is not looked at */
  g_setenv ("LOCPATH", "/nowhere", TRUE);
  g_setenv ("LC_ALL", "C.UTF-8", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/language/who-lives-here-decides", test_who_lives_here);
  g_test_add_func ("/app/language/no-language-need-be-installed", test_no_language_installed);
  g_test_add_func ("/app/language/sentences-speak-of-the-child", test_sentences);
  g_test_add_func ("/app/language/counted-sentences-too", test_counted);
  g_test_add_func ("/app/language/labels-follow", test_labels);
  return g_test_run ();
}
