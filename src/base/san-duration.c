/* san-duration.c - durations in text: calendar ones (months, days) and exact ones (seconds) */
#include "san-time-private.h"

#include <string.h>

#define MAX_AMOUNT 1000000          /* of any unit: more is a slip of the pen */

/* One "12M": digits and a letter of @units, which shrinks to the letters after it. */
static gboolean
take_amount (const char **p, const char **units, gint64 *amount, char *unit)
{
  const char *found;
  gint64 v = 0;

  if (!g_ascii_isdigit (**p))
    return FALSE;
  for (; g_ascii_isdigit (**p); (*p)++)
    if ((v = v * 10 + (**p - '0')) > MAX_AMOUNT)
      return FALSE;
  found = **p != '\0' ? strchr (*units, **p) : NULL;
  if (found == NULL)
    return FALSE;
  *unit = **p;
  *amount = v;
  *units = found + 1;
  (*p)++;
  return TRUE;
}

static gboolean
take_calendar (const char *p, SanDuration *d)
{
  const char *units = "YMWD";
  gint64 amount;
  char unit;

  do
    {
      if (!take_amount (&p, &units, &amount, &unit))
        return FALSE;
      switch (unit)
        {
        case 'Y': d->months += (gint32) (amount * 12); break;
        case 'M': d->months += (gint32) amount; break;
        case 'W': d->days += (gint32) (amount * 7); break;
        default:  d->days += (gint32) amount; break;
        }
    }
  while (*p != '\0');
  return TRUE;
}

static gboolean
take_exact (const char *p, SanDuration *d)
{
  const char *units = "HMS";
  gint64 amount;
  char unit;

  do
    {
      if (!take_amount (&p, &units, &amount, &unit))
        return FALSE;
      d->seconds += amount * (unit == 'H' ? 3600 : unit == 'M' ? 60 : 1);
    }
  while (*p != '\0');
  return TRUE;
}

/**
 * san_duration_from_text:
 *
 * Reads [-]PnYnMnWnD or [-]PTnHnMnS; calendar and exact parts do not mix.
 */
gboolean
san_duration_from_text (const char *text, SanDuration *out, GError **error)
{
  SanDuration d = { 0 };
  const char *p = text;

  d.negative = san_time_take_letter (&p, '-');
  if (!san_time_take_letter (&p, 'P')
      || !(san_time_take_letter (&p, 'T') ? take_exact (p, &d) : take_calendar (p, &d)))
    return san_time_invalid (error, "a duration", text);
  if (d.months == 0 && d.days == 0 && d.seconds == 0)
    d.negative = FALSE;
  *out = d;
  return TRUE;
}

char *
san_duration_to_text (const SanDuration *self)
{
  GString *text = g_string_new (self->negative ? "-P" : "P");
  gsize empty = text->len;

  if (self->months / 12 != 0)
    g_string_append_printf (text, "%dY", self->months / 12);
  if (self->months % 12 != 0)
    g_string_append_printf (text, "%dM", self->months % 12);
  if (self->days != 0)
    g_string_append_printf (text, "%dD", self->days);
  if (self->seconds != 0)
    g_string_append_c (text, 'T');
  if (self->seconds / 3600 != 0)
    g_string_append_printf (text, "%" G_GINT64_FORMAT "H", self->seconds / 3600);
  if (self->seconds / 60 % 60 != 0)
    g_string_append_printf (text, "%dM", (int) (self->seconds / 60 % 60));
  if (self->seconds % 60 != 0)
    g_string_append_printf (text, "%dS", (int) (self->seconds % 60));
  if (text->len == empty)
    g_string_append (text, "0D");
  return g_string_free (text, FALSE);
}

gboolean
san_duration_is_exact (const SanDuration *self)
{
  return self->seconds != 0;
}
