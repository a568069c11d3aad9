/* san-score-series.h - the scores of one child over time, for the chart */
#pragma once
#include "san-records.h"
#include "san-instrument.h"
G_BEGIN_DECLS

typedef struct
{
  SanId16      record;
  gint64       at;                  /* ms of the sheet's day */
  int          day;                 /* of her stay, 1 is the day of arrival; 0: unknown */
  int          total;
  const char  *band;                /* (nullable) code */
  SanChangeJudged judged;           /* against the first of the series */
  int          change;              /* against the first */
} SanScorePoint;

typedef struct
{
  const SanInstrument *instrument;
  GArray              *points;      /* SanScorePoint, oldest first; only sheets with a total */
} SanScoreSeries;

/* (transfer full) (element-type SanScoreSeries): one for each instrument that has a total; none
 * for a login that does not read scores. */
GPtrArray *san_score_series_list (SanCentre *self, const SanId32 *child, GError **error);
void       san_score_series_free (SanScoreSeries *self);

G_END_DECLS
