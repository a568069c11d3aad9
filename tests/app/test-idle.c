/* test-idle.c - when an untouched window is covered and locked */
#include "san-idle.h"

static void
test_others (void)
{
  SanIdleRules rules = san_idle_rules ("counsellor", 5);

  g_assert_cmpint (san_idle_judge (&rules, 0, FALSE, 0), ==, SAN_IDLE_NOTHING);
  g_assert_cmpint (san_idle_judge (&rules, 269, FALSE, 0), ==, SAN_IDLE_NOTHING);
  g_assert_cmpint (san_idle_judge (&rules, 270, FALSE, 0), ==, SAN_IDLE_WARN);
  g_assert_cmpint (san_idle_judge (&rules, 299, FALSE, 0), ==, SAN_IDLE_WARN);
  g_assert_cmpint (san_idle_judge (&rules, 300, FALSE, 0), ==, SAN_IDLE_LOCK);
  g_assert_cmpint (san_idle_judge (&rules, 100000, FALSE, 0), ==, SAN_IDLE_LOCK);     /* it slept */
  rules = san_idle_rules ("house+nurse", 2);
  g_assert_cmpint (san_idle_judge (&rules, 120, FALSE, 0), ==, SAN_IDLE_LOCK);
}

static void
test_house_mother (void)
{
  SanIdleRules rules = san_idle_rules ("house", 5);

  g_assert_cmpint (san_idle_judge (&rules, 119, FALSE, 0), ==, SAN_IDLE_NOTHING);
  g_assert_cmpint (san_idle_judge (&rules, 120, FALSE, 0), ==, SAN_IDLE_COVER);
  g_assert_cmpint (san_idle_judge (&rules, 599, FALSE, 479), ==, SAN_IDLE_COVER);
  g_assert_cmpint (san_idle_judge (&rules, 600, FALSE, 480), ==, SAN_IDLE_LOCK);
}

static void
test_cover_by_hand (void)
{
  SanIdleRules rules = san_idle_rules ("nurse", 15);

  g_assert_cmpint (san_idle_judge (&rules, 29, TRUE, 29), ==, SAN_IDLE_NOTHING);
  g_assert_cmpint (san_idle_judge (&rules, 30, TRUE, 30), ==, SAN_IDLE_LOCK);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/idle/warns-then-locks", test_others);
  g_test_add_func ("/app/idle/house-mother-is-covered-first", test_house_mother);
  g_test_add_func ("/app/idle/a-cover-by-hand-becomes-a-lock", test_cover_by_hand);
  return g_test_run ();
}
