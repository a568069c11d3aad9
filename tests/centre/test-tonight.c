/* test-tonight.c - what is most pressing tonight, and from which day on something comes near */
#include "san-tonight.h"
#include <string.h>

#define DAY_MS  ((gint64) 24 * 60 * 60 * 1000)
#define HOUR_MS ((gint64) 60 * 60 * 1000)

#define NOVEMBER_2026 ((gint64) 1795600000000)

static gint64       noon;
static gint32       today;
static SanHouseCard card;

static void
set_up (void)
{
  gint16 zone = (gint16) san_clock_zone (NOVEMBER_2026);
  SanInstant moment;

  g_assert_true (san_instant_from_text ("2026-11-25T12:00", zone, &moment, NULL));
  noon = moment.ms;
  today = san_date_from_instant (&moment).days;
  memset (&card, 0, sizeof card);
  card.help = g_ptr_array_new ();
  card.diet = g_ptr_array_new ();
  card.allergy = g_ptr_array_new ();
}

static void
tear_down (void)
{
  g_ptr_array_unref (card.help);
  g_ptr_array_unref (card.diet);
  g_ptr_array_unref (card.allergy);
}

static void
test_order (void)                       /* each hides what is less pressing */
{
  set_up ();
  g_assert_cmpint (san_tonight_judge (&card, noon), ==, SAN_TONIGHT_NOTHING);
  g_ptr_array_add (card.diet, (gpointer) "no milk");
  g_assert_cmpint (san_tonight_judge (&card, noon), ==, SAN_TONIGHT_HELP);
  g_ptr_array_add (card.allergy, (gpointer) "penicillin");
  g_assert_cmpint (san_tonight_judge (&card, noon), ==, SAN_TONIGHT_ALLERGY);
  card.day = 3;
  g_assert_cmpint (san_tonight_judge (&card, noon), ==, SAN_TONIGHT_NEW);
  card.has_exit_planned = TRUE;
  card.exit_planned = (SanDate) { today + 14, SAN_PRECISION_DAY };
  g_assert_cmpint (san_tonight_judge (&card, noon), ==, SAN_TONIGHT_EXIT);
  card.has_hearing = TRUE;
  card.hearing = (SanInstant) { noon + 20 * HOUR_MS, san_clock_zone (noon) };
  g_assert_cmpint (san_tonight_judge (&card, noon), ==, SAN_TONIGHT_COURT);
  card.see_today = TRUE;
  g_assert_cmpint (san_tonight_judge (&card, noon), ==, SAN_TONIGHT_SEE);
  tear_down ();
}

static void
test_edges (void)                       /* the day before is not near yet */
{
  set_up ();
  card.day = 4;
  g_assert_false (san_tonight_is_new (&card));
  card.day = 0;                         /* no stay */
  g_assert_false (san_tonight_is_new (&card));
  card.has_exit_planned = TRUE;
  card.exit_planned = (SanDate) { today + 15, SAN_PRECISION_DAY };
  g_assert_false (san_tonight_has_exit (&card, noon));
  card.has_hearing = TRUE;
  card.hearing = (SanInstant) { noon + 2 * DAY_MS, san_clock_zone (noon) };
  g_assert_false (san_tonight_has_court (&card, noon));
  g_assert_true (san_house_card_nears_hearing (&card, noon));
  card.hearing.ms = noon + 14 * DAY_MS + 1;
  g_assert_false (san_house_card_nears_hearing (&card, noon));
  g_assert_cmpint (san_tonight_judge (&card, noon), ==, SAN_TONIGHT_NOTHING);
  tear_down ();
}

static void
test_eighteen (void)                    /* half a year before, until the day itself */
{
  set_up ();
  card.eighteen = (SanDate) { today + 180, SAN_PRECISION_DAY };
  g_assert_false (san_house_card_nears_eighteen (&card, noon));
  card.has_eighteen = TRUE;
  g_assert_true (san_house_card_nears_eighteen (&card, noon));
  card.eighteen.days = today + 181;
  g_assert_false (san_house_card_nears_eighteen (&card, noon));
  card.eighteen.days = today;
  g_assert_true (san_house_card_nears_eighteen (&card, noon));
  card.eighteen.days = today - 1;
  g_assert_false (san_house_card_nears_eighteen (&card, noon));
  tear_down ();
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/centre/tonight/most-pressing-first", test_order);
  g_test_add_func ("/centre/tonight/from-which-day-on", test_edges);
  g_test_add_func ("/centre/tonight/turning-eighteen", test_eighteen);
  return g_test_run ();
}
