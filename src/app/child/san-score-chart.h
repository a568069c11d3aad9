/* san-score-chart.h - one child's scores on one sheet: line, cut-off, and what chance would explain
 */
#pragma once
#include "san-desk.h"
#include "san-score-series.h"
G_BEGIN_DECLS

#define SAN_TYPE_SCORE_CHART (san_score_chart_get_type ())
G_DECLARE_FINAL_TYPE (SanScoreChart, san_score_chart, SAN, SCORE_CHART, GtkWidget)

/* Takes what it needs; @series is only looked at. The sentence under it is part of it. */
GtkWidget *san_score_chart_new (const SanScoreSeries *series, const char *language,
                                gint64 due /* of the next sheet, ms; 0: not known */);
/* The table in place of the line. */
void       san_score_chart_set_table (SanScoreChart *self, gboolean table);
gboolean   san_score_chart_get_table (SanScoreChart *self);

G_END_DECLS
