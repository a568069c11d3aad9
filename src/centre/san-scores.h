/* san-scores.h - a filled-in score sheet, scored and compared with the one before */
#pragma once
#include "san-records.h"
G_BEGIN_DECLS

typedef struct
{
  char    *instrument;
  gboolean has_total;
  int      total;
  char    *band;                    /* label; NULL without a total */
  gboolean has_change;              /* an earlier sheet with a total exists */
  int      change;
  char    *judged;           /* easier, harder, no sure change; NULL where no figure is published */
  gboolean alert;                   /* an alert item was answered above its limit */
} SanScoreView;

void     san_score_view_free (SanScoreView *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SanScoreView, san_score_view_free)
gboolean san_score_get       (SanCentre *self, const SanId16 *record,
                              SanScoreView **score /* NULL: not a score sheet */, GError **error);

G_END_DECLS
