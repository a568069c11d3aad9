/* san-moment.c - days and instants as stretches of time, and ages as ranges of years */
#include "san-fact-set.h"

#define DAY_MS    G_GINT64_CONSTANT (86400000)
#define MINUTE_MS G_GINT64_CONSTANT (60000)

/**
 * san_moment_from_value:
 * @zone: minutes east of Greenwich where the day was lived
 *
 * Returns: %FALSE, @out untouched, if @value is neither date nor instant
 */
gboolean
san_moment_from_value (const SanValue *value, gint16 zone, SanMoment *out)
{
  SanDate date;
  SanInstant instant;

  if (value == NULL)
    return FALSE;
  if (san_value_get_instant (value, &instant))
    {
      out->first = out->last = instant.ms;
      out->exact = TRUE;
      return TRUE;
    }
  if (!san_value_get_date (value, &date))
    return FALSE;
  out->first = san_date_get_first (&date) * DAY_MS - zone * MINUTE_MS;
  out->last = (san_date_get_last (&date) + G_GINT64_CONSTANT (1)) * DAY_MS - zone * MINUTE_MS - 1;
  out->exact = FALSE;
  return TRUE;
}

/* Whoever was @years old on @day was born between these two days. */
static void
birth_from_age (gint32 day, gint64 years, gint32 *first, gint32 *last)
{
  SanDate on = { day, SAN_PRECISION_DAY };
  SanDuration back = { (gint32) years * 12, 0, 0, TRUE };
  SanDuration further = { (gint32) (years + 1) * 12, 0, 0, TRUE };

  *last = san_date_add (&on, &back, 1).days;
  *first = san_date_add (&on, &further, 1).days + 1;
}

static gboolean
get_birth (SanFactSet *set, SanCatalogue *catalogue, gint32 *first, gint32 *last)
{
  const SanFact *birth = san_catalogue_find_meaning (catalogue, SAN_MEANING_BIRTH);
  const SanFact *age = san_catalogue_find_meaning (catalogue, SAN_MEANING_AGE);
  const SanFactAnswer *answer;
  SanMoment moment;
  SanDate date;
  gint64 years;

  answer = birth != NULL ? san_fact_set_get_newest (set, birth->name, NULL) : NULL;
  if (answer != NULL && san_value_get_date (answer->value, &date))
    {
      *first = san_date_get_first (&date);
      *last = san_date_get_last (&date);
      return TRUE;
    }
  answer = age != NULL ? san_fact_set_get_newest (set, age->name, NULL) : NULL;
  if (answer == NULL || !san_value_get_int (answer->value, &years) || years < 0 || years > 130
      || !san_fact_set_get_moment (set, &answer->record, &moment))
    return FALSE;
  {
    SanInstant said = { moment.first, answer->wall.zone };

    birth_from_age (san_date_from_instant (&said).days, years, first, last);
  }
  return TRUE;
}

/**
 * san_fact_set_get_age:
 * @on_day: days since 1970
 * @youngest: (out): whole years if she was born as late as the answer allows
 * @oldest: (out): if as early
 *
 * Returns: %FALSE, outputs untouched, if nobody said anything about her age
 */
gboolean
san_fact_set_get_age (SanFactSet *self, gint32 on_day, int *youngest, int *oldest)
{
  gint32 first, last;

  if (!get_birth (self, san_fact_set_get_catalogue (self), &first, &last))
    return FALSE;
  *youngest = MAX (0, san_date_years_between (last, on_day));
  *oldest = MAX (0, san_date_years_between (first, on_day));
  return TRUE;
}
