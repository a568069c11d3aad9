/* san-score-series.c - the scores of one child over time */
#include "san-score-series.h"
#include "san-derive.h"

void
san_score_series_free (SanScoreSeries *self)
{
  g_array_unref (self->points);
  g_free (self);
}

static int
day_of (SanFactSet *facts, const SanId16 *record, gint64 at)
{
  const SanStay *stay = san_fact_set_find_stay (facts, record);
  SanInstant from, then = { at, san_clock_zone (at) };

  if (stay == NULL)
    return 0;
  from = (SanInstant) { stay->from.first, san_clock_zone (stay->from.first) };
  return MAX (1, san_date_from_instant (&then).days - san_date_from_instant (&from).days + 1);
}

static SanScoreSeries *
make_series (SanFactSet *facts, const SanInstrument *instrument)
{
  g_autoptr(GPtrArray) sheets = san_fact_set_list_records (facts, instrument->form, NULL);
  SanScoreSeries *series = g_new0 (SanScoreSeries, 1);
  g_autoptr(SanScore) first = NULL;

  series->instrument = instrument;
  series->points = g_array_new (FALSE, FALSE, sizeof (SanScorePoint));
  for (guint i = 0; i < sheets->len; i++)
    {
      const SanFactRecord *sheet = sheets->pdata[i];
      g_autoptr(SanScore) score = san_instrument_score_record (instrument, facts, &sheet->record);
      SanScorePoint point = { .record = sheet->record };
      SanMoment moment;

      if (!score->has_total)
        continue;
      point.at = san_fact_set_get_moment (facts, &sheet->record, &moment) ? moment.first
                                                                          : sheet->written.ms;
      point.day = day_of (facts, &sheet->record, point.at);
      point.total = score->total;
      point.band = score->band != NULL ? score->band->code : NULL;
      if (first != NULL)
        point.judged = san_score_compare (first, score, &point.change);
      else
        first = g_steal_pointer (&score);
      g_array_append_val (series->points, point);
    }
  return series;
}

GPtrArray *
san_score_series_list (SanCentre *self, const SanId32 *child, GError **error)
{
  g_autoptr(SanFactSet) facts = san_derive_facts (self->store, self->catalogue, child,
                                                  san_store_get_open_mask (self->store), error);
  GPtrArray *list;

  if (facts == NULL)
    return NULL;
  list = g_ptr_array_new_with_free_func ((GDestroyNotify) san_score_series_free);
  for (guint i = 0; i < san_programme_get_n_instruments (self->programme); i++)
    {
      SanScoreSeries *series =
          make_series (facts, san_programme_get_instrument (self->programme, i));

      if (series->points->len > 0)
        g_ptr_array_add (list, series);
      else
        san_score_series_free (series);
    }
  return list;
}
