/* san-answer-time.c - days as precise as they are known, and moments of a day
 *
 * Days: 2026-11-25, 2026-11, 2026; 25/11/2026, 25.11.26, 25/11 (this year), 11/2026; today,
 * yesterday, tomorrow; 3d and -3d from today; where the field allows it, an age: "15 y",
 * "15 y 6 m". Moments: a day and a time of day, or a time alone (today), or now. */
#include "san-answer-private.h"

#include <string.h>

#define MIN_YEAR 1900
#define MAX_YEAR 2100
#define MAX_AGE  120

/* ---- small readers; each moves *p only on success ---- */

static gboolean
take_number (const char **p, int max_digits, int *out)
{
  int n = 0, number = 0;

  for (; n < max_digits && g_ascii_isdigit ((*p)[n]); n++)
    number = number * 10 + ((*p)[n] - '0');
  if (n == 0 || g_ascii_isdigit ((*p)[n]))
    return FALSE;
  *p += n;
  *out = number;
  return TRUE;
}

static gboolean
take_word (const char **p, const char *word)
{
  gsize n = strlen (word);

  if (strncmp (*p, word, n) != 0 || g_ascii_isalnum ((*p)[n]))
    return FALSE;
  *p += n;
  return TRUE;
}

static gboolean
take_one_of (const char **p, const char * const *words)
{
  for (guint i = 0; words[i] != NULL; i++)
    if (take_word (p, words[i]))
      return TRUE;
  return FALSE;
}

static void
skip_blanks (const char **p)
{
  while (g_ascii_isspace (**p))
    (*p)++;
}

/* ---- days ---- */

static SanDate
day_of (gint32 days)
{
  SanDate date = { days, SAN_PRECISION_DAY };

  return date;
}

static gboolean
read_relative (const char *text, gint32 today, SanDate *out)
{
  gboolean back = text[0] == '-';
  const char *p = text + (back || text[0] == '+');
  int days;

  if (strcmp (text, "today") == 0)
    *out = day_of (today);
  else if (strcmp (text, "yesterday") == 0)
    *out = day_of (today - 1);
  else if (strcmp (text, "tomorrow") == 0)
    *out = day_of (today + 1);
  else if (take_number (&p, 5, &days) && strcmp (p, "d") == 0)
    *out = day_of (back ? today - days : today + days);
  else
    return FALSE;
  return TRUE;
}

/* Two figures of a year: the latest year that is not after next year. */
static int
whole_year (int year, int this_year)
{
  if (year >= 100)
    return year;
  year += this_year - this_year % 100;
  return year > this_year + 1 ? year - 100 : year;
}

static gboolean
make_date (int year, int month, int day, SanPrecision precision, SanDate *out)
{
  if (!san_date_from_ymd (year, month, day, out))
    return FALSE;
  out->precision = (guint8) precision;
  return TRUE;
}

/* 25/11/2026, 25/11, 11/2026, with / . or - (but 2026-11 is ISO and comes first) */
static gboolean
read_day_first (const char *text, gint32 today, SanDate *out)
{
  const char *p = text;
  SanDate now = day_of (today);
  int first, second, third, this_year, month, day;
  char mark;

  san_date_get_ymd (&now, &this_year, &month, &day);
  if (!take_number (&p, 2, &first) || *p == '\0' || strchr ("/.-", *p) == NULL)
    return FALSE;
  mark = *p++;
  if (!take_number (&p, 4, &second))
    return FALSE;
  if (*p == '\0')
    return second > 99 ? make_date (second, first, 1, SAN_PRECISION_MONTH, out)
                       : make_date (this_year, second, first, SAN_PRECISION_DAY, out);
  if (*p++ != mark || !take_number (&p, 4, &third) || *p != '\0')
    return FALSE;
  return make_date (whole_year (third, this_year), second, first, SAN_PRECISION_DAY, out);
}

static gboolean
read_day (const char *text, gint32 today, SanDate *out)
{
  SanDate date;
  int year, month, day;

  if (!read_relative (text, today, &date) && !san_date_from_text (text, &date, NULL)
      && !read_day_first (text, today, &date))
    return FALSE;
  san_date_get_ymd (&date, &year, &month, &day);
  if (year < MIN_YEAR || year > MAX_YEAR)
    return FALSE;
  *out = date;
  return TRUE;
}

/* ---- ages ---- */

/* "15 y", "15 years", "15y 6m": the month of birth if months are said, else the year in which
 * somebody of that age was most likely born, which is the one half a year further back. */
static gboolean
read_age (const char *text, gint32 today, SanDate *out)
{
  static const char * const year_words[] = { "y", "yr", "yrs", "year", "years", NULL };
  static const char * const month_words[] = { "m", "mo", "month", "months", NULL };
  const char *p = text;
  SanDate now = day_of (today);
  SanDuration back = { 0, 0, 0, TRUE };
  int years, months = 0, year, month, day;
  gboolean has_months = FALSE;

  if (!take_number (&p, 3, &years))
    return FALSE;
  skip_blanks (&p);
  if (*p == 'y' && g_ascii_isdigit (p[1]))             /* 15y6m */
    p++;
  else if (!take_one_of (&p, year_words))
    return FALSE;
  skip_blanks (&p);
  if (*p != '\0')
    {
      has_months = take_number (&p, 2, &months);
      skip_blanks (&p);
      if (!has_months || months > 11 || !take_one_of (&p, month_words) || *p != '\0')
        return FALSE;
    }
  if (years > MAX_AGE)
    return FALSE;
  back.months = years * 12 + (has_months ? months : 6);
  now = san_date_add (&now, &back, 1);
  san_date_get_ymd (&now, &year, &month, &day);
  return make_date (year, has_months ? month : 1, 1,
                    has_months ? SAN_PRECISION_MONTH : SAN_PRECISION_YEAR, out);
}

/* ---- date ---- */

static SanValue *
parse_date (const SanAnswerJob *job, const char *typed, GError **error)
{
  g_autofree char *text = san_answer_digits (typed);
  SanInstant now = san_answer_now (job);
  gint32 today = san_date_from_instant (&now).days;
  SanDate date;

  if (!read_day (text, today, &date) && !(job->field->allows_age && read_age (text, today, &date)))
    {
      san_answer_refuse (job, error,
                         "expected a day such as 2026-11-25, a month, a year%s, found “%s”",
                         job->field->allows_age ? " or an age such as “15 y”" : "", typed);
      return NULL;
    }
  if (job->field->allows_age && san_date_get_first (&date) > today)
    {
      san_answer_refuse (job, error, "nobody is born after today");
      return NULL;
    }
  return san_value_new_date (&date);
}

static char *
show_date (const SanAnswerJob *job, const SanDate *date)
{
  int year, month, day;
  char code[12];

  san_date_get_ymd (date, &year, &month, &day);
  g_snprintf (code, sizeof code, "%d", month);
  switch (date->precision)
    {
    case SAN_PRECISION_YEAR:
      return g_strdup_printf ("%d", year);
    case SAN_PRECISION_MONTH:
      return g_strdup_printf ("%s %d", san_answer_word (job, "months", code), year);
    case SAN_PRECISION_DAY:
    default:
      return g_strdup_printf ("%d %s %d", day, san_answer_word (job, "months", code), year);
    }
}

static char *
display_date (const SanAnswerJob *job, const SanValue *value)
{
  SanDate date = { 0, SAN_PRECISION_DAY };

  san_value_get_date (value, &date);
  return show_date (job, &date);
}

const SanAnswerType san_answer_date = { parse_date, NULL, display_date };

/* ---- instant ---- */

/* 20:40, 20.40, 8:40 pm, 8 pm */
static gboolean
read_time (const char *text, int *minute_of_day)
{
  static const char * const after_noon[] = { "pm", "p.m.", NULL };
  static const char * const before_noon[] = { "am", "a.m.", NULL };
  const char *p = text;
  int hour, minute = 0;
  gboolean has_minute = FALSE, is_pm, is_am;

  if (!take_number (&p, 2, &hour))
    return FALSE;
  if (*p == ':' || *p == '.')
    {
      p++;
      has_minute = g_ascii_isdigit (p[0]) && g_ascii_isdigit (p[1]) && take_number (&p, 2, &minute);
      if (!has_minute)
        return FALSE;
    }
  skip_blanks (&p);
  is_pm = take_one_of (&p, after_noon);
  is_am = !is_pm && take_one_of (&p, before_noon);
  if (*p != '\0' || !(has_minute || is_pm || is_am) || minute > 59)
    return FALSE;
  if (is_pm || is_am)
    {
      if (hour < 1 || hour > 12)
        return FALSE;
      hour = hour % 12 + (is_pm ? 12 : 0);
    }
  if (hour > 23)
    return FALSE;
  *minute_of_day = hour * 60 + minute;
  return TRUE;
}

static SanInstant
at_local (const SanAnswerJob *job, gint32 days, int minute_of_day, gint16 zone)
{
  SanInstant at = san_instant_at_day (days, minute_of_day, zone);
  gint16 own = san_answer_zone_at (job, at.ms);

  return own != zone ? san_instant_at_day (days, minute_of_day, own) : at;
}

/* "2026-11-25 20:40", "yesterday 22:00", "25/11 8 pm", "20:40" */
static gboolean
read_moment (const SanAnswerJob *job, const char *text, SanInstant *out)
{
  SanInstant now = san_answer_now (job);
  gint32 today = san_date_from_instant (&now).days;
  const char *blank = strchr (text, ' ');
  g_autofree char *head = blank != NULL ? g_strndup (text, blank - text) : NULL;
  SanDate date;
  int minute_of_day;

  if (strcmp (text, "now") == 0)
    {
      *out = now;
      return TRUE;
    }
  if (read_time (text, &minute_of_day))
    {
      *out = at_local (job, today, minute_of_day, now.zone);
      return TRUE;
    }
  if (blank == NULL || !read_day (head, today, &date) || date.precision != SAN_PRECISION_DAY)
    return FALSE;
  skip_blanks (&blank);
  if (!read_time (blank, &minute_of_day))
    return FALSE;
  *out = at_local (job, date.days, minute_of_day, now.zone);
  return TRUE;
}

/* ISO capitals: the T between day and time, and Z. */
static gboolean
read_iso (const SanAnswerJob *job, const char *typed, SanInstant *out)
{
  g_autofree char *plain = san_answer_digits (typed);
  g_autofree char *text = g_ascii_strup (plain, -1);
  SanInstant now = san_answer_now (job);
  SanInstant at;
  gboolean names_zone =
      g_str_has_suffix (text, "Z") || strpbrk (text + MIN (strlen (text), 10), "+-") != NULL;

  if (!san_instant_from_text (text, now.zone, &at, NULL))
    return FALSE;
  if (!names_zone)
    {
      gint16 own = san_answer_zone_at (job, at.ms);

      if (own != at.zone && !san_instant_from_text (text, own, &at, NULL))
        return FALSE;
    }
  *out = at;
  return TRUE;
}

static SanValue *
parse_instant (const SanAnswerJob *job, const char *typed, GError **error)
{
  g_autofree char *text = san_answer_digits (typed);
  SanInstant at;
  SanDate day;
  int year, month, dummy;

  if (read_iso (job, typed, &at) || read_moment (job, text, &at))
    {
      day = san_date_from_instant (&at);
      san_date_get_ymd (&day, &year, &month, &dummy);
      if (year >= MIN_YEAR && year <= MAX_YEAR)
        return san_value_new_instant (&at);
    }
  san_answer_refuse (
      job, error, "expected a day and time such as 2026-11-25T20:40 or “today 20:40”, found “%s”",
      typed);
  return NULL;
}

static char *
display_instant (const SanAnswerJob *job, const SanValue *value)
{
  SanInstant at = { 0, 0 };
  g_autofree char *date = NULL;
  SanDate day;
  gint64 minutes;

  san_value_get_instant (value, &at);
  day = san_date_from_instant (&at);
  date = show_date (job, &day);
  minutes = (at.ms - san_instant_at_day (day.days, 0, at.zone).ms) / 60000;
  return g_strdup_printf ("%s, %02d:%02d", date, (int) (minutes / 60), (int) (minutes % 60));
}

const SanAnswerType san_answer_instant = { parse_instant, NULL, display_instant };
