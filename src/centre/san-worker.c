/* san-worker.c - use cases off the main thread, one after the other
 *
 * One thread for the whole process: SQLite has one writer, and two centres are two processes. */
#include "san-worker.h"
#include "san-centre-private.h"

typedef struct
{
  SanCentre     *centre;
  SanWorkFunc    func;
  gpointer       input;
  GDestroyNotify input_free;
  GDestroyNotify result_free;
} Work;

static void
work_free (Work *work)
{
  if (work->input_free != NULL && work->input != NULL)
    work->input_free (work->input);
  g_clear_object (&work->centre);
  g_free (work);
}

/* Whoever asks its store on another thread from now on fails, each time and not only when the two
 * happen to meet. */
static gboolean
take_over (SanCentre *centre, GError **error)
{
  return centre == NULL || centre->store == NULL || san_store_take_over (centre->store, error);
}

static void
run (gpointer data, gpointer pool_data)
{
  g_autoptr(GTask) task = data;
  Work *work = g_task_get_task_data (task);
  GError *error = NULL;
  gpointer result = NULL;

  if (g_task_return_error_if_cancelled (task))
    return;
  if (take_over (work->centre, &error))
    result = work->func (work->centre, work->input, g_task_get_cancellable (task), &error);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, result, work->result_free);
}

static GThreadPool *
get_pool (void)
{
  static GThreadPool *pool;

  if (g_once_init_enter (&pool))
    {
      GThreadPool *fresh = g_thread_pool_new (run, NULL, 1, TRUE, NULL);

      g_once_init_leave (&pool, fresh);
    }
  return pool;
}

void
san_worker_run_async (SanCentre *centre, SanWorkFunc func, gpointer input,
                      GDestroyNotify input_free, GDestroyNotify result_free,
                      GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (centre, cancellable, callback, user_data);
  Work *work = g_new0 (Work, 1);

  work->centre = centre != NULL ? g_object_ref (centre) : NULL;
  work->func = func;
  work->input = input;
  work->input_free = input_free;
  work->result_free = result_free;
  g_task_set_source_tag (task, san_worker_run_async);
  g_task_set_task_data (task, work, (GDestroyNotify) work_free);
  g_thread_pool_push (get_pool (), task, NULL);
}

gpointer
san_worker_run_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, san_worker_run_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
