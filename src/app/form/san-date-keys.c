/* san-date-keys.c - one key in a field of days: T today, Y yesterday, + and - a day on and back */
#include "san-date-keys.h"
#include <string.h>

#define DAY_LENGTH 10u              /* 25/11/2026 */

char *
san_date_as_typed (const SanDate *date)
{
  int year, month, day;

  san_date_get_ymd (date, &year, &month, &day);
  if (date->precision == SAN_PRECISION_YEAR)
    return g_strdup_printf ("%04d", year);
  if (date->precision == SAN_PRECISION_MONTH)
    return g_strdup_printf ("%02d/%04d", month, year);
  return g_strdup_printf ("%02d/%02d/%04d", day, month, year);
}

char *
san_moment_as_typed (const SanInstant *at)
{
  SanDate date = san_date_from_instant (at);
  g_autofree char *day = san_date_as_typed (&date);
  gint64 minute = at->ms / 60000 + at->zone;
  int of_day = (int) (minute - (gint64) date.days * 1440);

  return g_strdup_printf ("%s %02d:%02d", day, of_day / 60, of_day % 60);
}

/* A whole day as we write it, and what follows it. */
static gboolean
read_day (const char *text, SanDate *out, const char **rest)
{
  int at[3];

  if (strlen (text) < DAY_LENGTH)
    return FALSE;
  for (guint i = 0; i < DAY_LENGTH; i++)
    if (i == 2 || i == 5 ? text[i] != '/' : !g_ascii_isdigit (text[i]))
      return FALSE;
  at[0] = (text[0] - '0') * 10 + text[1] - '0';
  at[1] = (text[3] - '0') * 10 + text[4] - '0';
  at[2] = (text[6] - '0') * 1000 + (text[7] - '0') * 100 + (text[8] - '0') * 10 + text[9] - '0';
  *rest = text + DAY_LENGTH;
  return (**rest == '\0' || **rest == ' ') && san_date_from_ymd (at[2], at[1], at[0], out);
}

static char *
join (const SanDate *date, const char *rest, gboolean with_time, const SanInstant *now)
{
  g_autofree char *day = san_date_as_typed (date);
  g_autofree char *moment = with_time ? san_moment_as_typed (now) : NULL;

  if (rest != NULL && *rest != '\0')
    return g_strconcat (day, rest, NULL);
  return with_time ? g_strconcat (day, moment + DAY_LENGTH, NULL) : g_steal_pointer (&day);
}

char *
san_date_key (const char *text, gunichar key, gboolean with_time, const SanInstant *now)
{
  SanDate today = san_date_from_instant (now);
  const char *rest = NULL;
  SanDate day = today;
  gboolean is_whole = read_day (text, &day, &rest);

  if (!is_whole && *text != '\0')
    return NULL;
  switch (g_unichar_tolower (key))
    {
    case 't':
      day = today;
      break;
    case 'y':
      day = today;
      day.days--;
      break;
    case '+':
    case '=':
      day.days++;
      break;
    case '-':
      day.days--;
      break;
    default:
      return NULL;
    }
  return join (&day, rest, with_time, now);
}
