/* san-day-words.c - days, hours and how late something is, in the person's language */
#include "san-day-words.h"
#include "san-i18n.h"
#include "san-records.h"

#define MINUTE_MS ((gint64) 60 * 1000)
#define HOUR_MS   (60 * MINUTE_MS)
#define DAY_MS    (24 * HOUR_MS)

static const char *const months[] = {
  NC_("month, short", "Jan"), NC_("month, short", "Feb"), NC_("month, short", "Mar"),
  NC_("month, short", "Apr"), NC_("month, short", "May"), NC_("month, short", "Jun"),
  NC_("month, short", "Jul"), NC_("month, short", "Aug"), NC_("month, short", "Sep"),
  NC_("month, short", "Oct"), NC_("month, short", "Nov"), NC_("month, short", "Dec"),
};
static const char *const long_months[] = {
  NC_("month", "January"), NC_("month", "February"), NC_("month", "March"),
  NC_("month", "April"),   NC_("month", "May"),      NC_("month", "June"),
  NC_("month", "July"),    NC_("month", "August"),   NC_("month", "September"),
  NC_("month", "October"), NC_("month", "November"), NC_("month", "December"),
};
static const char *const days[] = {
  NC_("weekday", "Mon"), NC_("weekday", "Tue"), NC_("weekday", "Wed"), NC_("weekday", "Thu"),
  NC_("weekday", "Fri"), NC_("weekday", "Sat"), NC_("weekday", "Sun"),
};
static const char *const long_days[] = {
  NC_("weekday", "Monday"),   NC_("weekday", "Tuesday"), NC_("weekday", "Wednesday"),
  NC_("weekday", "Thursday"), NC_("weekday", "Friday"),  NC_("weekday", "Saturday"),
  NC_("weekday", "Sunday"),
};

static SanDate
local_date (gint64 ms)
{
  SanInstant at = { ms, san_clock_zone (ms) };

  return san_date_from_instant (&at);
}

/* 0 is Monday: 1970-01-01 was a Thursday. */
static guint
weekday (gint32 day)
{
  return (guint) (((day + 3) % 7 + 7) % 7);
}

static const char *
month_word (const char *context, const char *const *words, int month)
{
  return g_dpgettext2 (NULL, context, words[month - 1]);
}

char *
san_words_date (const SanDate *date)
{
  int year, month, day;

  san_date_get_ymd (date, &year, &month, &day);
  if (date->precision == SAN_PRECISION_YEAR)
    return san_words_print ("%d", year);
  if (date->precision == SAN_PRECISION_MONTH)
    /* Translators: month and year, "Nov 2026" */
    return san_words_print (_("%1$s %2$d"), month_word ("month, short", months, month), year);
  /* Translators: day, month and year, "24 Nov 2026" */
  return san_words_print (_("%1$d %2$s %3$d"), day, month_word ("month, short", months, month),
                          year);
}

char *
san_words_month (gint64 ms)
{
  SanDate date = local_date (ms);
  int year, month, day;

  san_date_get_ymd (&date, &year, &month, &day);
  /* Translators: month and year, "Nov 2026" */
  return san_words_print (_("%1$s %2$d"), month_word ("month", long_months, month), year);
}

char *
san_words_day (gint64 ms, gint64 now)
{
  SanDate date = local_date (ms);
  SanDate today = local_date (now);
  int year, month, day, this_year, other;

  if (date.days == today.days)
    return g_strdup (_("today"));
  if (date.days == today.days - 1)
    return g_strdup (_("yesterday"));
  if (date.days == today.days + 1)
    return g_strdup (_("tomorrow"));
  san_date_get_ymd (&date, &year, &month, &day);
  san_date_get_ymd (&today, &this_year, &other, &other);
  if (year != this_year)
    return san_words_date (&date);
  /* Translators: weekday, day and month, "Thu 26 Nov" */
  return san_words_print (_("%1$s %2$d %3$s"),
                          g_dpgettext2 (NULL, "weekday", days[weekday (date.days)]), day,
                          month_word ("month, short", months, month));
}

char *
san_words_long_day (gint64 ms)
{
  SanDate date = local_date (ms);
  int year, month, day;

  san_date_get_ymd (&date, &year, &month, &day);
  /* Translators: weekday, day and month, "Tuesday 24 November" */
  return san_words_print (_("%1$s %2$d %3$s"),
                          g_dpgettext2 (NULL, "weekday", long_days[weekday (date.days)]), day,
                          month_word ("month", long_months, month));
}

char *
san_words_clock (gint64 ms)
{
  gint64 minute = (ms / MINUTE_MS + san_clock_zone (ms)) % (24 * 60);
  int hour = (int) (minute / 60);
  g_autofree char *clock = san_words_print ("%d:%02d", hour % 12 == 0 ? 12 : hour % 12,
                                            (int) (minute % 60));

  if (hour < 4 || hour >= 21)
    return san_words_print (_("%s at night"), clock);
  if (hour < 12)
    return san_words_print (_("%s in the morning"), clock);
  if (hour < 16)
    return san_words_print (_("%s in the afternoon"), clock);
  return san_words_print (_("%s in the evening"), clock);
}

char *
san_words_moment (gint64 ms, gint64 now)
{
  g_autofree char *day = san_words_day (ms, now);
  g_autofree char *clock = san_words_clock (ms);

  /* Translators: day and hour, "today, 8:40 in the evening" */
  return san_words_print (_("%1$s, %2$s"), day, clock);
}

char *
san_words_ago (gint64 ms, gint64 now)
{
  gint64 gone = MAX (0, now - ms);
  int n;

  if (gone < MINUTE_MS)
    return g_strdup (_("just now"));
  n = (int) (gone / MINUTE_MS);
  if (gone < HOUR_MS)
    return san_words_print (ngettext ("%d minute ago", "%d minutes ago", (gulong) n), n);
  n = (int) (gone / HOUR_MS);
  if (local_date (ms).days == local_date (now).days)
    return san_words_print (ngettext ("%d hour ago", "%d hours ago", (gulong) n), n);
  n = local_date (now).days - local_date (ms).days;
  if (n <= 1)
    return g_strdup (_("yesterday"));
  return san_words_print (ngettext ("%d day ago", "%d days ago", (gulong) n), n);
}

static char *
overdue_words (gint64 at, gboolean exact, gint64 now)
{
  int hours = (int) ((now - at) / HOUR_MS);
  int n = local_date (now).days - local_date (at).days;

  if (exact && now - at < DAY_MS)
    return hours < 1
             ? g_strdup (_("overdue"))
             : san_words_print (ngettext ("%d hour overdue", "%d hours overdue", (gulong) hours),
                                hours);
  if (n < 1)
    return g_strdup (_("overdue"));
  return san_words_print (ngettext ("%d day overdue", "%d days overdue", (gulong) n), n);
}

char *
san_words_due (const char *state, gint64 at, gboolean exact, gint64 now)
{
  g_autofree char *day = NULL;

  if (g_str_equal (state, "overdue"))
    return overdue_words (at, exact, now);
  if (local_date (at).days == local_date (now).days)
    {
      g_autofree char *clock = exact ? san_words_clock (at) : NULL;

      return exact ? san_words_print (_("by %s"), clock) : g_strdup (_("today"));
    }
  day = exact ? san_words_moment (at, now) : san_words_day (at, now);
  return san_words_print (_("by %s"), day);
}

char *
san_words_stay_day (int day)
{
  if (day <= SAN_WALK_DAYS)
    return san_words_print (_("day %d of 90"), day);
  return san_words_print (_("month %d"), (day - 1) / 30 + 1);
}
