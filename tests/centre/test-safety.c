/* test-safety.c - see her today: asked for once, seen by everybody, gone only when it was done */
#include "carry-fixture.h"
#include "san-dues.h"
#include "san-safety.h"

#define NOVEMBER_2026 ((gint64) 1795600000000)

static guint
count_due (SanCentre *centre, const SanId32 *child)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) dues = san_dues_list (centre, 0, child, NULL, &error);
  guint n = 0;

  g_assert_no_error (error);
  for (guint i = 0; i < dues->len; i++)
    n += g_str_equal (((SanDueItem *) dues->pdata[i])->milestone, "safety-today");
  return n;
}

static void
test_everybody_until_done (void)
{
  char *dir = carry_begin ();
  Laptop *laptop = laptop_new (dir, "a");
  g_autoptr(GError) error = NULL;
  SanId16 first, again, later;
  SanId32 child;

  laptop_found (laptop, "Shefali Bari");
  child = laptop_admit (laptop, "Bakul");
  g_assert_true (san_safety_open (laptop->centre, &child, &first, &error));
  g_assert_true (san_safety_open (laptop->centre, &child, &again, &error));
  g_assert_true (san_id16_equal (&first, &again));
  laptop_add_person (laptop, "rokeya", "house");
  g_assert_cmpuint (count_due (laptop->centre, &child), ==, 1); /* nobody was named: hers too */
  g_assert_true (san_safety_assign (laptop->centre, &first, "sunanda", "23:30", &error));
  g_assert_cmpuint (count_due (laptop->centre, &child), ==, 1);
  laptop_set (laptop, &first, "done", "now");
  g_assert_cmpuint (count_due (laptop->centre, &child), ==, 0);
  g_assert_true (san_safety_open (laptop->centre, &child, &later, &error));
  g_assert_false (san_id16_equal (&first, &later));
  g_assert_no_error (error);
  laptop_free (laptop);
  carry_end (dir);
}

static void
assert_proposed (const char *now, const char *expected)
{
  g_autofree char *text = NULL;
  SanInstant at;

  g_assert_true (san_instant_from_text (now, san_clock_zone (NOVEMBER_2026), &at, NULL));
  at = san_safety_propose_by (at.ms);
  text = san_instant_to_text (&at);
  g_assert_true (g_str_has_prefix (text, expected));
}

/* In two hours, but the day ends at midnight: what is asked for is asked for today. */
static void
test_proposed_time_is_today (void)
{
  assert_proposed ("2026-11-25T09:40", "2026-11-25T11:40");
  assert_proposed ("2026-11-25T21:59", "2026-11-25T23:59");
  assert_proposed ("2026-11-25T22:30", "2026-11-25T23:59");
  assert_proposed ("2026-11-25T23:59", "2026-11-25T23:59");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/centre/safety/everybody-until-done", test_everybody_until_done);
  g_test_add_func ("/centre/safety/proposed-time-is-today", test_proposed_time_is_today);
  return g_test_run ();
}
