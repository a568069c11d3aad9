/* san-carry-run.h - one exchange under way; used by nothing but the exchange and bundles by hand */
#pragma once
#include "san-carry-private.h"
#include "san-seen.h"
G_BEGIN_DECLS

typedef struct
{
  SanCentre      *centre;
  SanCarryReader  reader;
  SanSeen        *seen;
  GArray         *wanted;           /* SanWanted: pieces that were asked for before */
  GPtrArray      *places;           /* SanPlace, as the rows; NULL by hand */
  char           *temp;
  SanProgress     progress;
  gpointer        data;
  GCancellable   *cancellable;
  guint           at, of;           /* file under way */
} SanCarryRun;

gboolean           san_carry_run_begin          (SanCarryRun *run, SanCentre *centre,
                                                 GError **error);
void               san_carry_run_clear          (SanCarryRun *run);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SanCarryRun, san_carry_run_clear)
void               san_carry_run_tell           (SanCarryRun *run, const char *what, guint at,
                                                 guint of);
gboolean           san_carry_run_ask_for_files  (SanCarryRun *run, SanExchangeResult *result,
                                                 GError **error);
gboolean           san_carry_run_take_failure   (SanCarryRun *run, SanExchangeResult *result,
                                                 GError *failure, GError **error);

SanPlaceResult    *san_place_result_new         (const char *name);
void               san_place_result_add_problem (SanPlaceResult *result, const char *file,
                                                 const char *message);
SanExchangeResult *san_exchange_result_new      (void);
SanExchangeResult *san_exchange_result_sum_up   (SanExchangeResult *result);

/* san-carry-place.c */
gboolean           san_carry_place_read         (SanCarryRun *run, SanPlace *place,
                                                 SanPlaceResult *result, GError **error);
gboolean           san_carry_place_write        (SanCarryRun *run, SanPlace *place,
                                                 SanPlaceResult *result, GError **error);

G_END_DECLS
