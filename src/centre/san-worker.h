/* san-worker.h - use cases off the main thread, one after the other, for faces with a window
 *
 * The core is synchronous and uses a store from one thread at a time. A face hands a use case to
 * the one worker and gets the result in its own main context; whoever waits can be cancelled. */
#pragma once
#include "san-centre.h"
G_BEGIN_DECLS

/**
 * SanWorkFunc:
 * @centre: (nullable): the open centre; %NULL for work that opens one
 * @input: what was handed over; not touched by anybody else meanwhile
 *
 * Runs on the worker. Returns: (transfer full) (nullable): the result; on failure %NULL and @error.
 */
typedef gpointer (*SanWorkFunc) (SanCentre *centre, gpointer input, GCancellable *cancellable,
                  GError **error);

/**
 * san_worker_run_async:
 * @centre: (nullable): kept alive until the work is done; its store is the worker's from then on:
 *   asked from another thread it answers IN_USE
 * @input: (transfer full): freed on the worker with @input_free
 * @result_free: (nullable): for a result that nobody takes
 *
 * Queues @func. Work begins in the order in which it was queued, one at a time. Cancelled before
 * it begins it does not begin.
 */
void     san_worker_run_async  (SanCentre           *centre,
                                SanWorkFunc          func,
                                gpointer             input,
                                GDestroyNotify       input_free,
                                GDestroyNotify       result_free,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data);
/* (transfer full) (nullable): the result, or %NULL with @error. */
gpointer san_worker_run_finish (GAsyncResult        *result,
                                GError             **error);

G_END_DECLS
