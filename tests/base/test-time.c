/* test-time.c - the calendar rules that deadlines hang on */
#include "san-error.h"
#include "san-time.h"

static SanDate
date (const char *text)
{
  SanDate d;

  g_assert_true (san_date_from_text (text, &d, NULL));
  return d;
}

static SanDuration
duration (const char *text)
{
  SanDuration d;

  g_assert_true (san_duration_from_text (text, &d, NULL));
  return d;
}

static SanInstant
instant (const char *text)
{
  SanInstant i;

  g_assert_true (san_instant_from_text (text, 330, &i, NULL));
  return i;
}

static void
assert_date (SanDate d, const char *expected)
{
  g_autofree char *text = san_date_to_text (&d);

  g_assert_cmpstr (text, ==, expected);
}

static void
assert_instant (SanInstant i, const char *expected)
{
  g_autofree char *text = san_instant_to_text (&i);

  g_assert_cmpstr (text, ==, expected);
}

static void
assert_add (const char *from, const char *d, int times, const char *expected)
{
  SanDate start = date (from);
  SanDuration step = duration (d);

  assert_date (san_date_add (&start, &step, times), expected);
}

static void
test_every_day (void)
{
  GDate other;
  SanDate d;

  g_date_clear (&other, 1);
  g_date_set_dmy (&other, 1, 1, 1);
  for (gint32 days = -719162; days <= 2932896; days += days > -30000 && days < 60000 ? 1 : 11)
    {
      int year, month, day;
      SanDate back;

      g_date_set_julian (&other, (guint32) (days + 719163));
      d.days = days;
      d.precision = SAN_PRECISION_DAY;
      san_date_get_ymd (&d, &year, &month, &day);
      g_assert_cmpint (year, ==, g_date_get_year (&other));
      g_assert_cmpint (month, ==, (int) g_date_get_month (&other));
      g_assert_cmpint (day, ==, g_date_get_day (&other));
      g_assert_true (san_date_from_ymd (year, month, day, &back));
      g_assert_cmpint (back.days, ==, days);
    }
}

static void
test_text (void)
{
  SanDate d = date ("1970-01-01");

  g_assert_cmpint (d.days, ==, 0);
  g_assert_cmpint (date ("2026-11-25").days, ==, 20782);
  d = date ("2026-11");
  g_assert_cmpint (d.precision, ==, SAN_PRECISION_MONTH);
  g_assert_cmpint (d.days, ==, date ("2026-11-01").days);
  d = date ("2026");
  g_assert_cmpint (d.precision, ==, SAN_PRECISION_YEAR);
  g_assert_cmpint (d.days, ==, date ("2026-01-01").days);
  assert_date (date ("2024-02-29"), "2024-02-29");
  assert_date (date ("2026-11"), "2026-11");
  assert_date (date ("0001"), "0001");
  assert_date (date ("9999-12-31"), "9999-12-31");
}

static void
test_half_typed (void)
{
  static const char *const bad[] = {
    "", "2", "20", "202", "2026-", "2026-1", "2026-11-", "2026-11-2", "2026-11-255", "2026-1-25",
    "26-11-25", "2026-13", "2026-00", "2026-11-31", "2026-02-29", "2100-02-29", "2026-11-00",
    "0000", "2026/11/25", " 2026", "2026 ", "2026-11-25 ", "+2026", "-026", "२०२६", "20261125",
    "2026-11-25T", "\xff\xfe",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      SanDate d = { 7, 7 };
      g_autoptr(GError) error = NULL;

      g_assert_false (san_date_from_text (bad[i], &d, &error));
      g_assert_error (error, SAN_ERROR, SAN_ERROR_INVALID);
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      g_assert_cmpint (d.days, ==, 7);
    }
}

static void
test_clamping (void)
{
  assert_add ("2026-01-31", "P1M", 1, "2026-02-28");
  assert_add ("2024-01-31", "P1M", 1, "2024-02-29");
  assert_add ("2026-01-31", "P1M", 2, "2026-03-31");     /* from the anchor at once */
  assert_add ("2026-01-31", "P1M", 3, "2026-04-30");
  assert_add ("2026-08-31", "P6M", 1, "2027-02-28");
  assert_add ("2026-03-31", "-P1M", 1, "2026-02-28");
  assert_add ("2026-03-31", "P1M", -1, "2026-02-28");
  assert_add ("2026-03-31", "-P1M", -1, "2026-04-30");
  assert_add ("2026-12-15", "P1M", 1, "2027-01-15");
  assert_add ("2026-01-15", "-P1M", 1, "2025-12-15");
  assert_add ("2026-11-25", "P14D", 2, "2026-12-23");
  assert_add ("2026-11-25", "P2W", 1, "2026-12-09");
  assert_add ("2026-01-31", "P1M1D", 1, "2026-03-01");   /* months first, then days */
  assert_add ("2026-11-25", "PT24H", 1, "2026-11-26");
  assert_add ("2026-11-25", "PT36H", 1, "2026-11-27");
  assert_add ("2026-11-25", "-PT36H", 1, "2026-11-23");
  assert_add ("2026-11-25", "P1M", 0, "2026-11-25");
}

static void
test_leap_years (void)
{
  assert_add ("2024-02-29", "P1Y", 1, "2025-02-28");
  assert_add ("2024-02-29", "P1Y", 4, "2028-02-29");
  assert_add ("2024-02-29", "P18Y", 1, "2042-02-28");
  assert_add ("2000-02-29", "P100Y", 1, "2100-02-28");
  assert_add ("2000-02-29", "P400Y", 1, "2400-02-29");
  assert_add ("2026-12-31", "P1D", 1, "2027-01-01");
  assert_add ("2024-02-28", "P1D", 1, "2024-02-29");
  assert_add ("2026-02-28", "P1D", 1, "2026-03-01");
}

static void
test_imprecise (void)
{
  SanDate month = date ("2024-02");
  SanDate year = date ("2024");
  SanDuration step = duration ("P1M");

  g_assert_cmpint (san_date_get_first (&month), ==, date ("2024-02-01").days);
  g_assert_cmpint (san_date_get_last (&month), ==, date ("2024-02-29").days);
  g_assert_cmpint (san_date_get_first (&year), ==, date ("2024-01-01").days);
  g_assert_cmpint (san_date_get_last (&year), ==, date ("2024-12-31").days);
  assert_date (san_date_add (&month, &step, 1), "2024-03");
  assert_date (san_date_add (&year, &step, 12), "2025");
}

static void
test_age (void)
{
  gint32 born = date ("2010-05-17").days;
  gint32 leap = date ("2008-02-29").days;

  g_assert_cmpint (san_date_years_between (born, date ("2028-05-16").days), ==, 17);
  g_assert_cmpint (san_date_years_between (born, date ("2028-05-17").days), ==, 18);
  g_assert_cmpint (san_date_years_between (born, born), ==, 0);
  g_assert_cmpint (san_date_years_between (date ("2028-05-17").days, born), ==, -18);
  g_assert_cmpint (san_date_years_between (leap, date ("2026-02-27").days), ==, 17);
  g_assert_cmpint (san_date_years_between (leap, date ("2026-02-28").days), ==, 18);
  g_assert_cmpint (san_date_years_between (leap, date ("2028-02-28").days), ==, 19);
  g_assert_cmpint (san_date_years_between (leap, date ("2028-02-29").days), ==, 20);
}

/* Days that only an enemy writes: no overflow, no endless loop. */
static void
test_far_days (void)
{
  static const gint32 far[] = { G_MININT32, G_MININT32 + 1, G_MAXINT32 - 1, G_MAXINT32 };
  SanDuration step = duration ("P1000000Y");
  SanDuration hours = duration ("PT1000000H");

  for (guint i = 0; i < G_N_ELEMENTS (far); i++)
    for (guint8 p = 0; p <= SAN_PRECISION_YEAR; p++)
      {
        SanDate d = { far[i], p };
        g_autofree char *text = san_date_to_text (&d);

        g_assert_nonnull (text);
        g_assert_cmpint (san_date_get_last (&d), >=, far[i]);
        san_date_add (&d, &step, G_MAXINT);
        san_date_add (&d, &step, G_MININT);
        san_date_add (&d, &hours, G_MININT);
        san_date_years_between (far[i], far[3 - i]);
      }
  for (guint i = 0; i < 4; i++)
    {
      SanInstant at = { i % 2 == 0 ? G_MININT64 : G_MAXINT64, i < 2 ? G_MININT16 : G_MAXINT16 };
      g_autofree char *text = san_instant_to_text (&at);

      g_assert_nonnull (text);
      san_date_from_instant (&at);
      san_instant_add (&at, &step, G_MAXINT);
      san_instant_add (&at, &hours, G_MININT);
    }
}

static void
test_instant_text (void)
{
  static const char *const bad[] = {
    "", "2026-11-25", "2026-11-25T", "2026-11-25T2", "2026-11-25T20", "2026-11-25T20:4",
    "2026-11-25T24:00", "2026-11-25T20:60", "2026-11-25T20:40:60", "2026-11-25T20:40Zx",
    "2026-11-25T20:40+5:30", "2026-11-25T20:40+0530", "2026-11-25T20:40+05:60",
    "2026-11-25T20:40+24:00", "2026-02-30T10:00", "2026-11-25 20:40", "2026-11T20:40",
    "2026-11-25T20:40:00.", "2026-11-25T20:40:00.1",
  };

  assert_instant (instant ("2026-11-25T20:40"), "2026-11-25T20:40:00+05:30");
  assert_instant (instant ("2026-11-25T20:40:05Z"), "2026-11-25T20:40:05+00:00");
  assert_instant (instant ("2026-11-25T20:40:05.123-03:30"), "2026-11-25T20:40:05.123-03:30");
  g_assert_cmpint (instant ("1970-01-01T05:30").ms, ==, 0);
  g_assert_cmpint (instant ("1970-01-01T00:00Z").ms, ==, 0);
  g_assert_cmpint (instant ("1969-12-31T23:59:59.999Z").ms, ==, -1);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      SanInstant at = { 7, 7 };
      g_autoptr(GError) error = NULL;

      g_assert_false (san_instant_from_text (bad[i], 330, &at, &error));
      g_assert_error (error, SAN_ERROR, SAN_ERROR_INVALID);
      g_assert_cmpint (at.ms, ==, 7);
    }
}

static void
test_zones (void)
{
  SanInstant late = instant ("2026-11-25T23:30+05:30");
  SanInstant same = { late.ms, 0 };
  SanInstant west = { late.ms, -720 };
  SanInstant noon = san_instant_at_day (date ("2026-11-25").days, 12 * 60, 330);

  assert_date (san_date_from_instant (&late), "2026-11-25");
  assert_date (san_date_from_instant (&same), "2026-11-25");
  assert_date (san_date_from_instant (&west), "2026-11-25");
  late = instant ("2026-11-25T02:00+05:30");
  same.ms = late.ms;
  assert_date (san_date_from_instant (&late), "2026-11-25");
  assert_date (san_date_from_instant (&same), "2026-11-24");
  assert_instant (noon, "2026-11-25T12:00:00+05:30");
}

static void
test_instant_add (void)
{
  SanInstant at = instant ("2026-01-31T20:40");
  SanDuration month = duration ("P1M");
  SanDuration day = duration ("PT24H");
  SanDuration before = duration ("-P7D");
  SanDuration minutes = duration ("PT90M");

  assert_instant (san_instant_add (&at, &month, 1), "2026-02-28T20:40:00+05:30");
  assert_instant (san_instant_add (&at, &month, 2), "2026-03-31T20:40:00+05:30");
  assert_instant (san_instant_add (&at, &day, 1), "2026-02-01T20:40:00+05:30");
  assert_instant (san_instant_add (&at, &before, 1), "2026-01-24T20:40:00+05:30");
  assert_instant (san_instant_add (&at, &minutes, 3), "2026-02-01T01:10:00+05:30");
}

static void
assert_duration (const char *text, const char *expected, gboolean exact)
{
  SanDuration d = duration (text);
  g_autofree char *again = san_duration_to_text (&d);

  g_assert_cmpstr (again, ==, expected);
  g_assert_cmpint (san_duration_is_exact (&d), ==, exact);
}

static void
test_durations (void)
{
  static const char *const bad[] = {
    "", "P", "-P", "PT", "1M", "P1", "PM", "P1M1Y", "P1M2M", "P1.5M", "P1DT2H", "PT1D", "P1H",
    "P-1D", "P9999999D", "P1M ", " P1M", "p1m", "+P1M", "--P1M", "P1MT", "PT24",
    "P99999999999999999999D",
  };

  assert_duration ("P1M", "P1M", FALSE);
  assert_duration ("P14D", "P14D", FALSE);
  assert_duration ("P2W", "P14D", FALSE);
  assert_duration ("PT24H", "PT24H", TRUE);
  assert_duration ("PT90M", "PT1H30M", TRUE);
  assert_duration ("PT1H0M5S", "PT1H5S", TRUE);
  assert_duration ("-P7D", "-P7D", FALSE);
  assert_duration ("P17Y6M", "P17Y6M", FALSE);
  assert_duration ("P18M", "P1Y6M", FALSE);
  assert_duration ("P0D", "P0D", FALSE);
  assert_duration ("-P0D", "P0D", FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      SanDuration d = { .months = 7 };
      g_autoptr(GError) error = NULL;

      g_assert_false (san_duration_from_text (bad[i], &d, &error));
      g_assert_error (error, SAN_ERROR, SAN_ERROR_INVALID);
      g_assert_cmpint (d.months, ==, 7);
    }
}

static void
test_clock (void)
{
  gint64 before = g_get_real_time () / 1000;

  g_assert_cmpint (san_clock_now (), >=, before);
  san_clock_set (1234567);
  g_assert_cmpint (san_clock_now (), ==, 1234567);
  san_clock_set (0);
  g_assert_cmpint (san_clock_now (), >=, before);
  g_assert_cmpint (san_clock_zone (0), ==, 330);
  g_assert_cmpint (san_clock_zone (G_MAXINT64), ==, 0);
}

/* As GLib's own dates say, and a change of the zone is seen. */
static void
test_local_zone (void)
{
  static const char *const zones[] = { "America/New_York", "Asia/Kolkata", "UTC", "NST12:45" };
  g_autofree char *before = g_strdup (g_getenv ("TZ"));

  for (guint i = 0; i < G_N_ELEMENTS (zones); i++)
    {
      g_setenv ("TZ", zones[i], TRUE);
      for (gint64 second = -2000000000; second < 4000000000; second += 7654321)
        {
          g_autoptr(GDateTime) there = g_date_time_new_from_unix_local (second);

          g_assert_cmpint (san_clock_zone (second * 1000), ==,
                           g_date_time_get_utc_offset (there) / (60 * G_USEC_PER_SEC));
        }
    }
  g_setenv ("TZ", before, TRUE);
  g_assert_cmpint (san_clock_zone (0), ==, 330);
}

int
main (int argc, char **argv)
{
  g_setenv ("TZ", "Asia/Kolkata", TRUE);
  if (!g_file_test ("/usr/share/zoneinfo/Asia/Kolkata", G_FILE_TEST_EXISTS))
    g_setenv ("TZ", "IST-5:30", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/time/every-day-of-the-calendar", test_every_day);
  g_test_add_func ("/base/time/date-text", test_text);
  g_test_add_func ("/base/time/half-typed-dates-are-refused", test_half_typed);
  g_test_add_func ("/base/time/months-clamp-from-the-anchor", test_clamping);
  g_test_add_func ("/base/time/leap-years", test_leap_years);
  g_test_add_func ("/base/time/imprecise-dates", test_imprecise);
  g_test_add_func ("/base/time/ages", test_age);
  g_test_add_func ("/base/time/far-days-do-not-overflow", test_far_days);
  g_test_add_func ("/base/time/instant-text", test_instant_text);
  g_test_add_func ("/base/time/zones", test_zones);
  g_test_add_func ("/base/time/instant-add", test_instant_add);
  g_test_add_func ("/base/time/durations", test_durations);
  g_test_add_func ("/base/time/clock", test_clock);
  g_test_add_func ("/base/time/local-zone", test_local_zone);
  return g_test_run ();
}
