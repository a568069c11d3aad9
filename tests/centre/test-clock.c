/* test-clock.c - a laptop whose clock says 2000 or 2099 goes on, says so, and is right again after
 */
#include "carry-fixture.h"
#include "san-dues.h"
#include "san-sheet.h"

#define DAY_MS  ((gint64) 24 * 60 * 60 * 1000)
#define IN_2000 ((gint64) 946800000000)          /* 2 January 2000 */
#define TODAY   ((gint64) 1795600000000)         /* November 2026 */
#define IN_2099 ((gint64) 4083000000000)         /* May 2099 */

static char   *dir;
static Laptop *laptop;

static void
set_up (gint64 at)
{
  dir = carry_begin ();
  laptop = laptop_new (dir, "office");
  san_clock_set (at);
  laptop_found (laptop, "Shefali Bari");
  laptop_admit (laptop, "Asha");
  laptop_lock (laptop);
}

static void
tear_down (void)
{
  laptop_free (laptop);
  carry_end (dir);
  san_clock_set (0);
}

/* Unlocks at that time: in doubt or not, and said so exactly then. */
static void
use_at (gint64 at, gboolean doubtful)
{
  g_autoptr(GPtrArray) notices = NULL;
  gboolean said = FALSE;

  san_clock_set (at);
  laptop_unlock (laptop, "sunanda");
  notices = san_centre_take_notices (laptop->centre);
  for (guint i = 0; i < notices->len; i++)
    said |= g_str_equal (g_ptr_array_index (notices, i), "clock-doubtful");
  g_assert_cmpint (san_centre_get_clock_doubtful (laptop->centre, NULL), ==, doubtful);
  g_assert_cmpint (said, ==, doubtful);
}

/* A save at that time; its entry carries the doubt. */
static void
save_and_check (gboolean doubtful)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) typed = san_typed_list_new ();
  g_autoptr(SanRecordView) view = NULL;
  const SanFieldRow *row;
  SanId16 record;

  san_typed_list_add (typed, "note", "all slept well");
  san_record_new (laptop->centre, "day-note", NULL, typed, &record, &error);
  g_assert_no_error (error);
  view = san_record_get (laptop->centre, &record, FALSE, &error);
  g_assert_no_error (error);
  row = g_ptr_array_index (view->fields, 0);
  g_assert_cmpint (((SanFieldVersion *) g_ptr_array_index (row->versions, 0))->doubtful, ==,
                   doubtful);
}

/* The day of a new sheet is offered only by a clock that is believed. */
static void
check_offered_day (gboolean offered)
{
  g_autoptr(GError) error = NULL;
  SanSheet *sheet =
      san_sheet_open (laptop->centre, "day-note", &san_id32_zero, &san_id16_zero, &error);
  gboolean found = FALSE;

  g_assert_no_error (error);
  for (guint i = 0; i < sheet->offers->len; i++)
    found |= ((SanOffer *) g_ptr_array_index (sheet->offers, i))->field->starts_now;
  g_assert_cmpint (found, ==, offered);
  san_sheet_free (sheet);
}

static void
list_what_is_due (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) dues = san_dues_list (laptop->centre, 0, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (dues->len, >, 0);
}

static void
test_flat_battery (void)
{
  set_up (TODAY);
  for (guint i = 0; i < 5; i++)
    {
      use_at (IN_2000 + i * DAY_MS, TRUE); /* never believed: there are notes of later days */
      list_what_is_due ();
      save_and_check (TRUE);
      laptop_lock (laptop);
    }
  use_at (TODAY + DAY_MS, FALSE);
  list_what_is_due ();
  save_and_check (FALSE);
  tear_down ();
}

static void
test_far_ahead (void)
{
  set_up (TODAY);
  use_at (IN_2099, TRUE);
  check_offered_day (FALSE);
  list_what_is_due ();
  save_and_check (TRUE);
  laptop_lock (laptop);
  use_at (IN_2099 + DAY_MS / 24, TRUE);             /* the same day, again: still in doubt */
  save_and_check (TRUE);
  laptop_lock (laptop);
  use_at (TODAY + DAY_MS, FALSE);                   /* put right: at once */
  check_offered_day (TRUE);
  list_what_is_due ();
  save_and_check (FALSE);
  laptop_lock (laptop);
  use_at (TODAY + 2 * DAY_MS, FALSE);
  tear_down ();
}

static void
test_after_holidays (void)
{
  set_up (TODAY);
  use_at (TODAY + 45 * DAY_MS, TRUE);
  laptop_lock (laptop);
  use_at (TODAY + 45 * DAY_MS + 1000, TRUE);
  laptop_lock (laptop);
  use_at (TODAY + 46 * DAY_MS, TRUE);
  laptop_lock (laptop);
  use_at (TODAY + 47 * DAY_MS, TRUE);               /* the third day: believed from here on */
  laptop_lock (laptop);
  use_at (TODAY + 47 * DAY_MS + 1000, FALSE);
  save_and_check (FALSE);
  tear_down ();
}

static void
test_confirmed (void)
{
  g_autoptr(GError) error = NULL;

  set_up (IN_2000);                                 /* set up with a flat battery */
  use_at (TODAY, TRUE);
  g_assert_true (san_centre_confirm_clock (laptop->centre, &error));
  g_assert_no_error (error);
  save_and_check (FALSE);
  laptop_lock (laptop);
  use_at (TODAY + 1000, FALSE);
  tear_down ();
}

/* Another laptop of the house wrote in 2099 and believed it. */
static void
test_poisoned_by_another (void)
{
  g_autofree char *place = NULL;
  Laptop *desk;

  set_up (TODAY);
  place = carry_make_place (dir, "stick");
  desk = laptop_new (dir, "desk");
  use_at (TODAY, FALSE);
  laptop_join (desk, laptop, place);
  laptop_lock (desk);
  san_clock_set (IN_2099);
  laptop_unlock (desk, "sunanda");
  g_assert_true (san_centre_confirm_clock (desk->centre, NULL));
  laptop_admit (desk, "Nila");
  laptop_exchange_quietly (desk, place);
  laptop_lock (desk);
  laptop_lock (laptop);
  use_at (TODAY + DAY_MS, FALSE);
  laptop_exchange_quietly (laptop, place);
  laptop_lock (laptop);
  use_at (TODAY + DAY_MS + 1000, FALSE);            /* our own use goes on evenly */
  save_and_check (FALSE);
  laptop_free (desk);
  tear_down ();
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (san_crypto_init (NULL));
  g_test_add_func ("/centre/clock/flat-battery-says-2000", test_flat_battery);
  g_test_add_func ("/centre/clock/far-ahead-in-2099", test_far_ahead);
  g_test_add_func ("/centre/clock/after-holidays-it-is-believed-on-the-third-day",
                   test_after_holidays);
  g_test_add_func ("/centre/clock/a-person-confirms", test_confirmed);
  g_test_add_func ("/centre/clock/another-laptop-cannot-poison-it", test_poisoned_by_another);
  return g_test_run ();
}
