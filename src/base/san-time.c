/* san-time.c - days and instants as the law counts them
 *
 * Proleptic Gregorian calendar over all 32-bit days, computed here: bytes from outside may hold
 * any day, and no library date may abort on one. Month arithmetic clamps to the month's end and
 * always counts from the anchor at once (T3), so that 31 January + 2 months is 31 March. */
#include "san-time-private.h"

#include "san-error.h"

#include <string.h>

#define DAY_MS    G_GINT64_CONSTANT (86400000)
#define MINUTE_MS G_GINT64_CONSTANT (60000)

/* ---- the calendar ---- */

typedef struct { gint64 year; int month; int day; } Civil;

/* What san_floor_div() leaves: never negative. */
static gint64
floor_rest (gint64 a, gint64 b)
{
  return a % b < 0 ? a % b + b : a % b;
}

static gboolean
is_leap (gint64 year)
{
  return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int
month_length (gint64 year, int month)
{
  static const int lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

  return lengths[month - 1] + (month == 2 && is_leap (year));
}

/* Days before 1 January of @year, counted from 1970. */
static gint64
days_before_year (gint64 year)
{
  gint64 y = year - 1;

  return 365 * (year - 1970) + (san_floor_div (y, 4) - 492) - (san_floor_div (y, 100) - 19)
         + (san_floor_div (y, 400) - 4);
}

static gint64
days_from_civil (gint64 year, int month, int day)
{
  gint64 days = days_before_year (year);

  for (int m = 1; m < month; m++)
    days += month_length (year, m);
  return days + day - 1;
}

static Civil
civil_from_days (gint64 days)
{
  Civil c = { 1970 + san_floor_div (days * 400, 146097), 1, 1 }; /* within one year of the truth */

  while (days_before_year (c.year) > days)
    c.year--;
  while (days_before_year (c.year + 1) <= days)
    c.year++;
  days -= days_before_year (c.year);
  while (days >= month_length (c.year, c.month))
    days -= month_length (c.year, c.month++);
  c.day = (int) days + 1;
  return c;
}

static gint32
clamp_days (gint64 days)
{
  return (gint32) CLAMP (days, G_MININT32, G_MAXINT32);
}

static gint64
clamped_sum (gint64 a, gint64 b)
{
  gint64 sum;

  if (__builtin_add_overflow (a, b, &sum))
    return b < 0 ? G_MININT64 : G_MAXINT64;
  return sum;
}

static gint64
clamped_product (gint64 a, gint64 b)
{
  gint64 product;

  if (__builtin_mul_overflow (a, b, &product))
    return (a < 0) != (b < 0) ? G_MININT64 : G_MAXINT64;
  return product;
}

static gint64
add_months (gint64 days, gint64 months)
{
  Civil c;
  gint64 month;

  if (months == 0)
    return days;
  c = civil_from_days (days);
  month = c.year * 12 + c.month - 1 + months;
  c.year = san_floor_div (month, 12);
  c.month = (int) (month - c.year * 12) + 1;
  return days_from_civil (c.year, c.month, MIN (c.day, month_length (c.year, c.month)));
}

/* ---- text ---- */

/* Exactly @n ASCII digits at *@p; steps over them. */
static gboolean
take_digits (const char **p, int n, int *out)
{
  int v = 0;

  for (int i = 0; i < n; i++)
    {
      if (!g_ascii_isdigit ((*p)[i]))
        return FALSE;
      v = v * 10 + ((*p)[i] - '0');
    }
  *p += n;
  *out = v;
  return TRUE;
}

gboolean
san_time_invalid (GError **error, const char *what, const char *text)
{
  g_autofree char *shown = g_utf8_make_valid (text, (gssize) strnlen (text, 40));

  g_set_error (error, SAN_ERROR, SAN_ERROR_INVALID, "“%s” is not %s", shown, what);
  return FALSE;
}

static void
append_civil (GString *text, gint64 days, int precision)
{
  Civil c = civil_from_days (days);

  g_string_append_printf (text,
                          c.year >= 0 && c.year <= 9999 ? "%04" G_GINT64_FORMAT
                                                        : "%+05" G_GINT64_FORMAT,
                          c.year);
  if (precision <= SAN_PRECISION_MONTH)
    g_string_append_printf (text, "-%02d", c.month);
  if (precision == SAN_PRECISION_DAY)
    g_string_append_printf (text, "-%02d", c.day);
}

/* ---- dates ---- */

static SanDate
with_precision (gint64 days, guint8 precision)
{
  SanDate date = { clamp_days (days), precision };

  if (precision != SAN_PRECISION_DAY)
    {
      Civil c = civil_from_days (date.days);
      gint64 first = days_from_civil (c.year, precision == SAN_PRECISION_YEAR ? 1 : c.month, 1);

      date.days = clamp_days (first);
    }
  return date;
}

/**
 * san_date_from_text:
 *
 * Reads YYYY-MM-DD, YYYY-MM or YYYY, years 0001 to 9999. Anything half-typed, and a day that
 * does not exist, is %SAN_ERROR_INVALID.
 */
gboolean
san_date_from_text (const char *text, SanDate *out, GError **error)
{
  const char *p = text;
  int year, month = 1, day = 1;
  guint8 precision = SAN_PRECISION_YEAR;
  SanDate date;

  if (!take_digits (&p, 4, &year))
    return san_time_invalid (error, "a date", text);
  if (*p != '\0')
    {
      if (!san_time_take_letter (&p, '-') || !take_digits (&p, 2, &month))
        return san_time_invalid (error, "a date", text);
      precision = SAN_PRECISION_MONTH;
      if (*p != '\0')
        {
          if (!san_time_take_letter (&p, '-') || !take_digits (&p, 2, &day) || *p != '\0')
            return san_time_invalid (error, "a date", text);
          precision = SAN_PRECISION_DAY;
        }
    }
  if (!san_date_from_ymd (year, month, day, &date))
    return san_time_invalid (error, "a day of the calendar", text);
  date.precision = precision;
  *out = date;
  return TRUE;
}

char *
san_date_to_text (const SanDate *self)
{
  GString *text = g_string_new (NULL);

  append_civil (text, self->days, self->precision);
  return g_string_free (text, FALSE);
}

gboolean
san_date_from_ymd (int year, int month, int day, SanDate *out)
{
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1
      || day > month_length (year, month))
    return FALSE;
  out->days = (gint32) days_from_civil (year, month, day);
  out->precision = SAN_PRECISION_DAY;
  return TRUE;
}

void
san_date_get_ymd (const SanDate *self, int *year, int *month, int *day)
{
  Civil c = civil_from_days (self->days);

  if (year != NULL)
    *year = (int) c.year;
  if (month != NULL)
    *month = c.month;
  if (day != NULL)
    *day = c.day;
}

/* Milliseconds on the wall where it was written. */
static gint64
local_ms (const SanInstant *self)
{
  return clamped_sum (self->ms, self->zone * MINUTE_MS);
}

SanDate
san_date_from_instant (const SanInstant *self)
{
  SanDate date = { clamp_days (san_floor_div (local_ms (self), DAY_MS)), SAN_PRECISION_DAY };

  return date;
}

gint32
san_date_get_first (const SanDate *self)
{
  return self->days;
}

gint32
san_date_get_last (const SanDate *self)
{
  switch (self->precision)
    {
    case SAN_PRECISION_MONTH:
      return clamp_days (add_months (self->days, 1) - 1);
    case SAN_PRECISION_YEAR:
      return clamp_days (add_months (self->days, 12) - 1);
    default:
      return self->days;
    }
}

static gint64
signed_times (const SanDuration *d, int times)
{
  return d->negative ? -(gint64) times : times;
}

/* Whole days for a span of hours, away from zero: the last day that it can reach. */
static gint64
days_of_seconds (gint64 seconds)
{
  return seconds / 86400 + (seconds % 86400 > 0) - (seconds % 86400 < 0);
}

/**
 * san_date_add:
 * @times: how often, counted from @self at once; may be negative
 *
 * Months first, clamped to the month's end, then days; hours count as the whole days that they
 * can reach. An imprecise date moves by its first day and stays as imprecise: to count from
 * one of its ends, take san_date_get_first() or san_date_get_last() first.
 */
SanDate
san_date_add (const SanDate *self, const SanDuration *d, int times)
{
  gint64 n = signed_times (d, times);
  gint64 days = add_months (self->days, CLAMP (d->months * n, G_MININT32, G_MAXINT32));

  days += d->days * n + days_of_seconds (clamped_product (d->seconds, n));
  return with_precision (days, self->precision);
}

/**
 * san_date_years_between:
 *
 * Whole years; somebody born on 29 February is a year older on 28 February of a common year.
 * Negative if @to lies before @from.
 */
int
san_date_years_between (gint32 from, gint32 to)
{
  gint64 years;

  if (to < from)
    return -san_date_years_between (to, from);
  years = civil_from_days (to).year - civil_from_days (from).year;
  if (add_months (from, years * 12) > to)
    years--;
  return (int) years;
}

/* ---- instants ---- */

static gboolean
take_clock (const char **p, gint64 *ms)
{
  int hour, minute, second = 0, thousandths = 0;

  if (!take_digits (p, 2, &hour) || !san_time_take_letter (p, ':') || !take_digits (p, 2, &minute))
    return FALSE;
  if (san_time_take_letter (p, ':'))
    {
      if (!take_digits (p, 2, &second))
        return FALSE;
      if (san_time_take_letter (p, '.') && !take_digits (p, 3, &thousandths))
        return FALSE;
    }
  if (hour > 23 || minute > 59 || second > 59)
    return FALSE;
  *ms = ((hour * 60 + minute) * 60 + second) * G_GINT64_CONSTANT (1000) + thousandths;
  return TRUE;
}

/* Z or +hh:mm to the end of the text; nothing: the default stays. */
static gboolean
take_zone (const char *p, gint16 *zone)
{
  gboolean west = *p == '-';
  int hours, minutes;

  if (*p == '\0')
    return TRUE;
  if (strcmp (p, "Z") == 0)
    {
      *zone = 0;
      return TRUE;
    }
  if (*p != '+' && *p != '-')
    return FALSE;
  p++;
  if (!take_digits (&p, 2, &hours) || !san_time_take_letter (&p, ':') ||
      !take_digits (&p, 2, &minutes) || *p != '\0' || hours > 23 || minutes > 59)
    return FALSE;
  *zone = (gint16) (west ? -(hours * 60 + minutes) : hours * 60 + minutes);
  return TRUE;
}

/**
 * san_instant_from_text:
 * @default_zone: minutes east of Greenwich, taken if the text names no zone
 *
 * Reads YYYY-MM-DDThh:mm, then :ss and .mmm if there, then Z or +hh:mm if there.
 */
gboolean
san_instant_from_text (const char *text, gint16 default_zone, SanInstant *out, GError **error)
{
  const char *p = text;
  int year, month, day;
  gint64 ms;
  gint16 zone = default_zone;
  SanDate date;

  if (!take_digits (&p, 4, &year) || !san_time_take_letter (&p, '-') ||
      !take_digits (&p, 2, &month) || !san_time_take_letter (&p, '-') ||
      !take_digits (&p, 2, &day) || !san_time_take_letter (&p, 'T') || !take_clock (&p, &ms) ||
      !take_zone (p, &zone))
    return san_time_invalid (error, "a day and time", text);
  if (!san_date_from_ymd (year, month, day, &date))
    return san_time_invalid (error, "a day of the calendar", text);
  out->ms = date.days * DAY_MS + ms - zone * MINUTE_MS;
  out->zone = zone;
  return TRUE;
}

char *
san_instant_to_text (const SanInstant *self)
{
  GString *text = g_string_new (NULL);
  gint64 ms = local_ms (self);
  gint64 days = san_floor_div (ms, DAY_MS);
  gint64 rest = floor_rest (ms, DAY_MS);
  int zone = ABS ((int) self->zone);

  append_civil (text, days, SAN_PRECISION_DAY);
  g_string_append_printf (text, "T%02d:%02d:%02d", (int) (rest / 3600000),
                          (int) (rest / 60000 % 60), (int) (rest / 1000 % 60));
  if (rest % 1000 != 0)
    g_string_append_printf (text, ".%03d", (int) (rest % 1000));
  g_string_append_printf (text, "%c%02d:%02d", self->zone < 0 ? '-' : '+', zone / 60, zone % 60);
  return g_string_free (text, FALSE);
}

/**
 * san_instant_add:
 *
 * Months and days move the day in the instant's own zone and keep the time on its wall; hours
 * are exact.
 */
SanInstant
san_instant_add (const SanInstant *self, const SanDuration *d, int times)
{
  gint64 n = signed_times (d, times);
  gint64 ms = local_ms (self);
  gint64 days = san_floor_div (ms, DAY_MS);
  gint64 rest = floor_rest (ms, DAY_MS);
  SanInstant sum = { 0, self->zone };

  days = add_months (days, CLAMP (d->months * n, G_MININT32, G_MAXINT32)) + d->days * n;
  ms = clamped_sum (clamped_product (days, DAY_MS), rest - self->zone * MINUTE_MS);
  sum.ms = clamped_sum (ms, clamped_product (clamped_product (d->seconds, n), 1000));
  return sum;
}

SanInstant
san_instant_at_day (gint32 days, int minute_of_day, gint16 zone)
{
  SanInstant at = { days * DAY_MS + (minute_of_day - zone) * MINUTE_MS, zone };

  return at;
}
