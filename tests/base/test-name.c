/* test-name.c - names are counted in letters, whatever their script */
#include "san-name.h"

#include <string.h>

/* @n times @letter. */
static char *
times (const char *letter, guint n)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append (text, letter);
  return g_string_free (text, FALSE);
}

static void
test_letters (void)
{
  static const char *const scripts[] = { "x", "ñ", "क", "ক", "字", "𑀓" };

  for (guint i = 0; i < G_N_ELEMENTS (scripts); i++)
    {
      g_autofree char *sixty = times (scripts[i], 60);
      g_autofree char *longer = times (scripts[i], 61);

      g_assert_cmpuint (strlen (sixty), <=, SAN_NAME_BYTES);
      g_assert_true (san_name_is_short (sixty, strlen (sixty)));
      g_assert_true (san_name_is_plain (sixty, strlen (sixty)));
      g_assert_false (san_name_is_short (longer, strlen (longer)));
      g_assert_false (san_name_is_plain (longer, strlen (longer)));
    }
  g_assert_true (san_name_is_plain ("", 0));
}

static void
test_bad_bytes (void)
{
  static const char cut[] = "\xe0\xa4", nul[] = "a\0b", far[] = "\xf4\x90\x80\x80";
  g_autofree char *many = g_strnfill (SAN_NAME_BYTES + 1, '\x80');

  g_assert_false (san_name_is_short (cut, 2));
  g_assert_false (san_name_is_short (nul, 3));
  g_assert_false (san_name_is_short (far, 4));
  g_assert_false (san_name_is_short (many, SAN_NAME_BYTES + 1));
}

static void
test_as_written (void)
{
  static const char *const bad[] = { "two\nlines", "bell\a", "del\x7f", "turned \xe2\x80\xae round",
                                     "line \xe2\x80\xa8 end" };
  static const char joined[] = "श्री क्‍ष आश्रम";             /* a joiner belongs to it */

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_assert_true (san_name_is_short (bad[i], strlen (bad[i])));
      g_assert_false (san_name_is_plain (bad[i], strlen (bad[i])));
    }
  g_assert_true (san_name_is_plain (joined, strlen (joined)));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/name/sixty-letters-of-any-script", test_letters);
  g_test_add_func ("/base/name/other-bytes-are-none", test_bad_bytes);
  g_test_add_func ("/base/name/stands-as-it-is-written", test_as_written);
  return g_test_run ();
}
