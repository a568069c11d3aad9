/* san-exchange-run.h - the exchange that is under way, whichever page is shown
 *
 * One a window. Going to another page does not stop it; Cancel and lock do. What it ended with is
 * kept until the next one or the lock. */
#pragma once
#include "san-carry.h"
#include "san-desk.h"
G_BEGIN_DECLS

#define SAN_TYPE_EXCHANGE_RUN (san_exchange_run_get_type ())
G_DECLARE_FINAL_TYPE (SanExchangeRun, san_exchange_run, SAN, EXCHANGE_RUN, GObject)

#define SAN_EXCHANGE_N_STEPS 5u           /* reading, checking, using, writing, done */

typedef enum { SAN_RUN_IDLE, SAN_RUN_BUSY, SAN_RUN_DONE, SAN_RUN_FAILED } SanRunState;

/* Signal: "changed" (the state). */
SanExchangeRun *san_exchange_run_of        (SanDesk *desk);    /* (transfer none): the desk's one */
/* @name: of the place, for people. @drive: a pen drive. Nothing happens while one is under way. */
void            san_exchange_run_start     (SanExchangeRun *self, const char *uri, const char *name,
                                            gboolean drive);
/* A bundle that was opened by hand. */
void            san_exchange_run_apply     (SanExchangeRun *self, const char *path);
void            san_exchange_run_cancel    (SanExchangeRun *self);
SanRunState     san_exchange_run_get_state (SanExchangeRun *self);
/* while busy; 0 to 3 */
guint           san_exchange_run_get_step  (SanExchangeRun *self, double *fraction);
/* (transfer none) (nullable): sentences of how it ended */
GPtrArray      *san_exchange_run_get_words (SanExchangeRun *self);
guint           san_exchange_run_get_review (SanExchangeRun *self);  /* how many things to review */
const char     *san_exchange_run_get_uri   (SanExchangeRun *self);     /* (nullable) */

G_END_DECLS
