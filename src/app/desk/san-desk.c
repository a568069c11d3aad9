/* san-desk.c - what every page is given
 *
 * Work goes to the one worker of the centre. An answer that comes after a lock, or for a page that
 * is gone, is dropped here, so no page has to think of it. Locking does not wait for the worker:
 * the pages go at once, running work is cancelled, and the centre is locked as the worker's next
 * piece of work. */
#include "san-desk-private.h"
#include "san-page.h"
#include "san-probe.h"
#include "san-sentences.h"

struct _SanDesk
{
  GObject parent_instance;

  char           *standard;         /* the store that it began with */
  char           *store, *state, *data;
  /* an example keeps its witness to itself: all of it goes at once */
  char           *example_state;
  SanPlaceOnDisk  where;
  SanCentre      *centre;           /* NULL: locked */
  GPtrArray      *asks;             /* borrowed, those on their way */
  GPtrArray      *jobs;             /* borrowed SanJob */
};

enum
{
  OPENED,
  LOCKED,
  CHANGED,
  LANGUAGE_CHANGED,
  STORE_CHANGED,
  BACK,
  GO,
  TOAST,
  STRIP,
  STRIP_AWAY,
  JOBS,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SanDesk, san_desk, G_TYPE_OBJECT)

typedef struct
{
  SanDesk            *desk;
  GtkWidget          *asker;        /* weak pointer */
  gboolean            has_asker;
  gboolean            dropped;
  gulong              gone;         /* handler on the asker */
  GCancellable       *cancellable;
  GAsyncReadyCallback done;
  gpointer            user_data;
} Ask;

static void
drop_ask (Ask *ask)
{
  ask->dropped = TRUE;
  g_cancellable_cancel (ask->cancellable);
}

static void
asker_gone_cb (GtkWidget *asker, Ask *ask)
{
  drop_ask (ask);
}

static void
free_ask (Ask *ask)
{
  g_ptr_array_remove_fast (ask->desk->asks, ask);
  san_probe_asks (-1);
  if (ask->asker != NULL)
    {
      g_clear_signal_handler (&ask->gone, ask->asker);
      g_clear_weak_pointer (&ask->asker);
    }
  g_object_unref (ask->cancellable);
  g_object_unref (ask->desk);
  g_free (ask);
}

/* Somebody may still hold a page that was left: it stands in no window, and nothing is asked of
 * it. */
static gboolean
was_left (GtkWidget *asker)
{
  return SAN_IS_PAGE (asker) && gtk_widget_get_root (asker) == NULL;
}

static void
answer_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Ask *ask = data;
  SanDesk *desk = g_object_ref (ask->desk);     /* what is done may let go of the last window */
  GtkWidget *asker = ask->asker;
  gboolean wanted = !ask->dropped && (!ask->has_asker || (asker != NULL && !was_left (asker)));
  GAsyncReadyCallback done = ask->done;
  gpointer user_data = ask->user_data;

  if (wanted && done != NULL)
    {
      g_autoptr(GObject) held = asker != NULL ? g_object_ref (G_OBJECT (asker)) : NULL;

      free_ask (ask);
      done (held, result, user_data);
      san_probe_answer (asker);
    }
  else
    {
      free_ask (ask);
    }
  g_object_unref (desk);
}

static void
ask_centre (SanDesk *self, SanCentre *centre, GtkWidget *asker, SanWorkFunc func, gpointer input,
            GDestroyNotify input_free, GDestroyNotify result_free, GAsyncReadyCallback done,
            gpointer user_data)
{
  Ask *ask = g_new0 (Ask, 1);

  ask->desk = g_object_ref (self);
  ask->has_asker = asker != NULL;
  g_set_weak_pointer (&ask->asker, asker);
  if (asker != NULL)
    ask->gone = g_signal_connect (asker, "destroy", G_CALLBACK (asker_gone_cb), ask);
  ask->cancellable = g_cancellable_new ();
  ask->done = done;
  ask->user_data = user_data;
  g_ptr_array_add (self->asks, ask);
  san_probe_asks (1);
  san_worker_run_async (centre, func, input, input_free, result_free, ask->cancellable, answer_cb,
                        ask);
}

void
san_desk_ask (SanDesk *self, GtkWidget *asker, SanWorkFunc func, gpointer input,
              GDestroyNotify input_free, GDestroyNotify result_free, GAsyncReadyCallback done,
              gpointer user_data)
{
  g_return_if_fail (SAN_IS_DESK (self));
  if (self->centre == NULL)
    {
      if (input_free != NULL && input != NULL)
        input_free (input);
      return;
    }
  ask_centre (self, self->centre, asker, func, input, input_free, result_free, done, user_data);
}

void
san_desk_ask_outside (SanDesk *self, GtkWidget *asker, SanWorkFunc func, gpointer input,
                      GDestroyNotify input_free, GDestroyNotify result_free,
                      GAsyncReadyCallback done, gpointer user_data)
{
  g_return_if_fail (SAN_IS_DESK (self));
  ask_centre (self, NULL, asker, func, input, input_free, result_free, done, user_data);
}

gboolean
san_desk_is_asking (SanDesk *self)
{
  return self->asks->len > 0;
}

static void
set_where (SanDesk *self, const char *store)
{
  char *copy = g_strdup (store);

  g_free (self->store);
  self->store = copy;
  g_clear_pointer (&self->example_state, g_free);
  self->where = (SanPlaceOnDisk) { self->store, self->state, self->data };
  if (san_desk_is_example (self))
    {
      g_autofree char *dir = san_desk_dup_example_dir (self);

      self->example_state = g_build_filename (dir, "state", NULL);
      self->where.state = self->example_state;
    }
}

static void
san_desk_finalize (GObject *object)
{
  SanDesk *self = SAN_DESK (object);

  g_clear_object (&self->centre);
  g_ptr_array_unref (self->asks);
  g_ptr_array_unref (self->jobs);
  g_free (self->standard);
  g_free (self->store);
  g_free (self->example_state);
  g_free (self->state);
  g_free (self->data);
  G_OBJECT_CLASS (san_desk_parent_class)->finalize (object);
}

static guint
add_signal (const char *name, guint n, GType type)
{
  return n == 0 ? g_signal_new (name, SAN_TYPE_DESK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 0)
                : g_signal_new (name, SAN_TYPE_DESK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, type);
}

static void
san_desk_class_init (SanDeskClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = san_desk_finalize;
  signals[OPENED] = add_signal ("opened", 0, 0);
  signals[LOCKED] = add_signal ("locked", 0, 0);
  signals[CHANGED] = add_signal ("changed", 0, 0);
  signals[LANGUAGE_CHANGED] = add_signal ("language-changed", 0, 0);
  signals[STORE_CHANGED] = add_signal ("store-changed", 0, 0);
  signals[BACK] = add_signal ("back", 0, 0);
  signals[GO] = add_signal ("go", 1, G_TYPE_POINTER);
  signals[TOAST] = add_signal ("toast", 1, G_TYPE_POINTER);
  signals[STRIP] = add_signal ("strip", 1, G_TYPE_POINTER);
  signals[STRIP_AWAY] = add_signal ("strip-away", 1, G_TYPE_STRING);
  signals[JOBS] = add_signal ("jobs", 0, 0);
}

static void
san_desk_init (SanDesk *self)
{
  self->asks = g_ptr_array_new ();
  self->jobs = g_ptr_array_new ();
}

SanDesk *
san_desk_new (const SanPlaceOnDisk *where)
{
  SanDesk *self = g_object_new (SAN_TYPE_DESK, NULL);

  self->state = g_strdup (where->state);
  self->data = g_strdup (where->data);
  self->standard = g_strdup (where->store);
  set_where (self, where->store);
  return self;
}

const SanPlaceOnDisk *
san_desk_get_where (SanDesk *self)
{
  return &self->where;
}

void
san_desk_set_store (SanDesk *self, const char *store)
{
  g_return_if_fail (self->centre == NULL);
  set_where (self, store != NULL ? store : self->standard);
  g_signal_emit (self, signals[STORE_CHANGED], 0);
}

gboolean
san_desk_has_store (SanDesk *self)
{
  return san_centre_has_store (&self->where);
}

gboolean
san_desk_has_standard_store (SanDesk *self)
{
  SanPlaceOnDisk standard = { self->standard, self->state, self->data };

  return san_centre_has_store (&standard);
}

char *
san_desk_dup_example_dir (SanDesk *self)
{
  return g_build_filename (g_get_user_data_dir (), "sanrakshan-example", NULL);
}

gboolean
san_desk_is_example (SanDesk *self)
{
  g_autofree char *dir = san_desk_dup_example_dir (self);
  g_autofree char *parent = g_path_get_dirname (self->where.store);

  return g_str_equal (dir, parent);
}

void
san_desk_open (SanDesk *self, SanCentre *centre)
{
  g_return_if_fail (self->centre == NULL && SAN_IS_CENTRE (centre));
  self->centre = centre;
  san_desk_begin_words (self);
  san_probe_mark (SAN_PROBE_OPENED);
  g_signal_emit (self, signals[OPENED], 0);
}

static gpointer
lock_centre (SanCentre *none, gpointer input, GCancellable *cancellable, GError **error)
{
  san_centre_lock (input);
  return g_object_ref (input);
}

static void
keys_gone_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  san_probe_mark (SAN_PROBE_KEYS_GONE);
}

void
san_desk_lock (SanDesk *self)
{
  SanCentre *centre = g_steal_pointer (&self->centre);

  if (centre == NULL)
    return;
  san_desk_end_words ();
  g_ptr_array_foreach (self->asks, (GFunc) (void (*) (void)) drop_ask, NULL);
  for (guint i = 0; i < self->jobs->len; i++)
    if (((SanJob *) self->jobs->pdata[i])->cancellable != NULL)
      g_cancellable_cancel (((SanJob *) self->jobs->pdata[i])->cancellable);
  g_signal_emit (self, signals[LOCKED], 0);
  san_probe_mark (SAN_PROBE_LOCKED);
  san_worker_run_async (NULL, lock_centre, centre, g_object_unref, g_object_unref, NULL,
                        keys_gone_cb, NULL);
}

gboolean
san_desk_is_open (SanDesk *self)
{
  return self->centre != NULL;
}

SanCentre *
san_desk_get_centre (SanDesk *self)
{
  return self->centre;
}

void
san_desk_changed (SanDesk *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
  san_desk_look_at_words (self);
}

void
san_desk_go (SanDesk *self, SanStop *stop)
{
  g_signal_emit (self, signals[GO], 0, stop);
  san_stop_free (stop);
}

void
san_desk_go_page (SanDesk *self, const char *page)
{
  san_desk_go (self, san_stop_new (page));
}

void
san_desk_go_child (SanDesk *self, const SanId32 *child, const char *part)
{
  SanStop *stop = san_stop_new ("child");

  stop->child = *child;
  stop->part = g_strdup (part);
  san_desk_go (self, stop);
}

void
san_desk_go_form (SanDesk *self, const char *form, const SanId32 *child, const SanId16 *record)
{
  gboolean is_new = record == NULL || san_id16_is_zero (record);
  const char *page = g_str_has_prefix (form, "score.")         ? "scale"
                     : g_str_equal (form, "session")           ? "session"
                     : g_str_equal (form, "share") && is_new ? "share"
                                                               : "form";
  SanStop *stop = san_stop_new (page);

  stop->form = g_strdup (form);
  stop->child = child != NULL ? *child : san_id32_zero;
  stop->record = record != NULL ? *record : san_id16_zero;
  san_desk_go (self, stop);
}

void
san_desk_back (SanDesk *self)
{
  g_signal_emit (self, signals[BACK], 0);
}

void
san_toast_free (SanToast *self)
{
  if (self->free_data != NULL)
    self->free_data (self->data);
  g_free (self->sentence);
  g_free (self->label);
  g_free (self);
}

void
san_desk_toast_undo (SanDesk *self, const char *sentence, const char *label, SanDeskUndo undo,
                     gpointer data, GDestroyNotify free_data)
{
  SanToast *toast = g_new0 (SanToast, 1);

  toast->sentence = g_strdup (sentence);
  toast->label = g_strdup (label);
  toast->undo = undo;
  toast->data = data;
  toast->free_data = free_data;
  g_signal_emit (self, signals[TOAST], 0, toast);
}

void
san_desk_toast (SanDesk *self, const char *sentence)
{
  san_desk_toast_undo (self, sentence, NULL, NULL, NULL, NULL);
}

void
san_desk_strip (SanDesk *self, const char *key, const char *icon, const char *sentence,
                const char *button, const char *action)
{
  SanStrip strip = { key, icon, sentence, button, action };

  g_signal_emit (self, signals[STRIP], 0, &strip);
}

void
san_desk_strip_away (SanDesk *self, const char *key)
{
  g_signal_emit (self, signals[STRIP_AWAY], 0, key);
}

void
san_desk_complain (SanDesk *self, const GError *error)
{
  g_autofree char *sentence = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  sentence = san_sentence_for_error (error);
  san_desk_strip (self, "error", "dialog-warning-symbolic", sentence, NULL, NULL);
}

GPtrArray *
san_desk_get_jobs (SanDesk *self)
{
  return self->jobs;
}

SanJob *
san_desk_begin_job (SanDesk *self, const char *what, GCancellable *cancellable)
{
  SanJob *job = g_new0 (SanJob, 1);

  job->desk = g_object_ref (self);
  job->what = g_strdup (what);
  job->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;
  job->begun = g_get_monotonic_time ();
  job->per_mille = -1;
  g_ptr_array_add (self->jobs, job);
  g_signal_emit (self, signals[JOBS], 0);
  return job;
}

void
san_job_progress (SanJob *job, guint64 done, guint64 of)
{
  g_atomic_int_set (&job->per_mille, of == 0 ? -1 : (gint) (MIN (done, of) * 1000 / of));
}

void
san_job_end (SanJob *job)
{
  g_ptr_array_remove (job->desk->jobs, job);
  g_signal_emit (job->desk, signals[JOBS], 0);
  g_clear_object (&job->cancellable);
  g_object_unref (job->desk);
  g_free (job->what);
  g_free (job);
}
