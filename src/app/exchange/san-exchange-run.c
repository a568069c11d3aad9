/* san-exchange-run.c - the exchange that is under way, whichever page is shown
 *
 * The worker tells how far it is through two atomic numbers; the page and the row at the foot look
 * at them. The row is taken away when the work is let go, be it finished, cancelled or locked. */
#include "san-exchange-run.h"
#include "san-exchange-words.h"
#include "san-i18n.h"

#define KEY "san-exchange-run"

/* What the worker holds. */
typedef struct
{
  gatomicrefcount refs;
  char           *uri;              /* a place, or the path of a file */
  gboolean        file;
  GCancellable   *cancellable;
  SanJob         *job;
  gint            step, per_mille;  /* atomic */
} Task;

struct _SanExchangeRun
{
  GObject parent_instance;

  SanDesk    *desk;                 /* borrowed: it owns us */
  Task       *task;                 /* (nullable): under way */
  SanRunState state;
  gboolean    drive;
  char       *uri;
  GPtrArray  *words;
  guint       review;
};

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SanExchangeRun, san_exchange_run, G_TYPE_OBJECT)

static Task *
task_ref (Task *task)
{
  g_atomic_ref_count_inc (&task->refs);
  return task;
}

static void
task_unref (Task *task)
{
  if (!g_atomic_ref_count_dec (&task->refs))
    return;
  g_free (task->uri);
  g_object_unref (task->cancellable);
  g_free (task);
}

static gboolean
end_job_cb (gpointer data)
{
  Task *task = data;

  g_clear_pointer (&task->job, san_job_end);
  task_unref (task);
  return G_SOURCE_REMOVE;
}

/* On the worker; the row at the foot belongs to the main thread. */
static void
task_let_go (gpointer data)
{
  g_idle_add (end_job_cb, data);
}

static void
told (const char *what, guint64 done, guint64 of, gpointer data)
{
  static const char *const steps[] = { "reading", "checking", "using", "writing" };
  Task *task = data;

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    if (g_str_equal (steps[i], what))
      g_atomic_int_set (&task->step, (gint) i);
  g_atomic_int_set (&task->per_mille, of == 0 ? 0 : (gint) (MIN (done, of) * 1000 / of));
  san_job_progress (task->job,
                    (guint64) g_atomic_int_get (&task->step) * 1000 +
                      (guint64) g_atomic_int_get (&task->per_mille),
                    4000);
}

static void
pass_on_cb (GCancellable *cancellable, GCancellable *other)
{
  g_cancellable_cancel (other);
}

static gpointer
exchange (SanCentre *centre, gpointer input, GCancellable *cancellable, GError **error)
{
  Task *task = input;
  gulong lock = g_cancellable_connect (cancellable, G_CALLBACK (pass_on_cb), task->cancellable,
                                       NULL);
  SanExchangeResult *result = NULL;

  if (task->file)
    san_carry_apply (centre, task->uri, &result, error);
  else
    result = san_carry_exchange (centre, task->uri, told, task, task->cancellable, error);
  g_cancellable_disconnect (cancellable, lock);
  return result;
}

static void
end (SanExchangeRun *self, SanRunState state, GPtrArray *words)
{
  g_clear_pointer (&self->task, task_unref);
  g_clear_pointer (&self->words, g_ptr_array_unref);
  self->words = words;
  self->state = state;
  g_signal_emit (self, signals[CHANGED], 0);
}

static gboolean
is_gone (SanExchangeRun *self)
{
  g_autoptr(GFile) folder = g_file_new_for_uri (self->uri);

  return self->drive && !g_file_query_exists (folder, NULL);
}

static void
failed (SanExchangeRun *self, const GError *error)
{
  GPtrArray *words = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (words, san_exchange_words_failure (error, self->drive, is_gone (self)));
  end (self, SAN_RUN_FAILED, words);
}

static void
exchanged_cb (GObject *none, GAsyncResult *result, gpointer data)
{
  SanExchangeRun *self = data;      /* the desk that asks owns it */
  g_autoptr(GError) error = NULL;
  g_autoptr(SanExchangeResult) done = san_worker_run_finish (result, &error);
  gboolean whole = done != NULL && done->unwritten == NULL && done->unsettled == NULL;

  if (done == NULL)
    failed (self, error);
  else
    {
      self->review = done->review;
      end (self, whole ? SAN_RUN_DONE : SAN_RUN_FAILED,
           san_exchange_words_result (done, self->drive));
    }
  san_desk_changed (self->desk);
}

static void
begin (SanExchangeRun *self, const char *uri, const char *what, gboolean file)
{
  Task *task = g_new0 (Task, 1);

  g_atomic_ref_count_init (&task->refs);
  task->uri = g_strdup (uri);
  task->file = file;
  task->cancellable = g_cancellable_new ();
  task->job = san_desk_begin_job (self->desk, what, file ? NULL : task->cancellable);
  self->task = task_ref (task);
  self->state = SAN_RUN_BUSY;
  self->review = 0;
  g_clear_pointer (&self->words, g_ptr_array_unref);
  g_free (self->uri);
  self->uri = g_strdup (uri);
  san_desk_ask (self->desk, NULL, exchange, task, task_let_go,
                (GDestroyNotify) san_exchange_result_free, exchanged_cb, self);
  g_signal_emit (self, signals[CHANGED], 0);
}

void
san_exchange_run_start (SanExchangeRun *self, const char *uri, const char *name, gboolean drive)
{
  g_autofree char *what = san_words_print (_("Exchanging with %s"), name);

  if (self->task != NULL || !san_desk_is_open (self->desk))
    return;
  self->drive = drive;
  begin (self, uri, what, FALSE);
}

void
san_exchange_run_apply (SanExchangeRun *self, const char *path)
{
  if (self->task != NULL || !san_desk_is_open (self->desk))
    return;
  self->drive = FALSE;
  begin (self, path, _("Using the bundle"), TRUE);
}

void
san_exchange_run_cancel (SanExchangeRun *self)
{
  if (self->task != NULL)
    g_cancellable_cancel (self->task->cancellable);
}

SanRunState
san_exchange_run_get_state (SanExchangeRun *self)
{
  return self->state;
}

guint
san_exchange_run_get_step (SanExchangeRun *self, double *fraction)
{
  *fraction = self->task != NULL ? g_atomic_int_get (&self->task->per_mille) / 1000.0 : 0;
  return self->task != NULL ? (guint) g_atomic_int_get (&self->task->step) : 0;
}

GPtrArray *
san_exchange_run_get_words (SanExchangeRun *self)
{
  return self->words;
}

guint
san_exchange_run_get_review (SanExchangeRun *self)
{
  return self->review;
}

const char *
san_exchange_run_get_uri (SanExchangeRun *self)
{
  return self->uri;
}

/* The answer of what runs is dropped at a lock, so the state goes back by itself. */
static void
locked_cb (SanDesk *desk, SanExchangeRun *self)
{
  san_exchange_run_cancel (self);
  g_clear_pointer (&self->uri, g_free);
  end (self, SAN_RUN_IDLE, NULL);
}

static void
san_exchange_run_finalize (GObject *object)
{
  SanExchangeRun *self = SAN_EXCHANGE_RUN (object);

  g_clear_pointer (&self->task, task_unref);
  g_clear_pointer (&self->words, g_ptr_array_unref);
  g_free (self->uri);
  G_OBJECT_CLASS (san_exchange_run_parent_class)->finalize (object);
}

static void
san_exchange_run_class_init (SanExchangeRunClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = san_exchange_run_finalize;
  signals[CHANGED] = g_signal_new ("changed", SAN_TYPE_EXCHANGE_RUN, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
san_exchange_run_init (SanExchangeRun *self)
{
}

SanExchangeRun *
san_exchange_run_of (SanDesk *desk)
{
  SanExchangeRun *self = g_object_get_data (G_OBJECT (desk), KEY);

  if (self != NULL)
    return self;
  self = g_object_new (SAN_TYPE_EXCHANGE_RUN, NULL);
  self->desk = desk;
  g_signal_connect_object (desk, "locked", G_CALLBACK (locked_cb), self, 0);
  g_object_set_data_full (G_OBJECT (desk), KEY, self, g_object_unref);
  return self;
}
