/* test-tries.c - waiting times after wrong passphrases */
#include "san-tries.h"

static void
test_times (void)
{
  static const guint expected[] = { 0, 0, 2, 5, 15, 30, 60, 60, 60 };
  SanTries tries = { 0 };
  gint64 now = 1000;

  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      san_tries_add_wrong (&tries, now);
      g_assert_cmpuint (san_tries_seconds_left (&tries, now), ==, expected[i]);
      now += 2 * 60 * G_USEC_PER_SEC;
      g_assert_cmpuint (san_tries_seconds_left (&tries, now), ==, 0);
    }
}

static void
test_counts_down (void)
{
  SanTries tries = { 3, 5 * G_USEC_PER_SEC };

  g_assert_cmpuint (san_tries_seconds_left (&tries, 0), ==, 5);
  g_assert_cmpuint (san_tries_seconds_left (&tries, 1), ==, 5);
  g_assert_cmpuint (san_tries_seconds_left (&tries, 4 * G_USEC_PER_SEC + 1), ==, 1);
  g_assert_cmpuint (san_tries_seconds_left (&tries, 5 * G_USEC_PER_SEC), ==, 0);
  san_tries_clear (&tries);
  g_assert_cmpuint (san_tries_seconds_left (&tries, 0), ==, 0);
  san_tries_add_wrong (&tries, 0);
  g_assert_cmpuint (san_tries_seconds_left (&tries, 0), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/tries/two-are-free-then-the-wait-grows", test_times);
  g_test_add_func ("/app/tries/counts-down-and-forgets", test_counts_down);
  return g_test_run ();
}
