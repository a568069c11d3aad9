/* san-form-work-acts.c - what is done to a record that is written: corrected, picked, taken back
 *
 * What is typed beside its answers, a correction or why it is taken back, is kept in the draft of
 * the record until it is signed. */
#include "san-form-work-private.h"
#include "san-review.h"

typedef struct { SanId16 record; char *text; guint which; } Act;

static void
act_free (Act *act)
{
  g_free (act->text);
  g_free (act);
}

static Act *
act_new (SanFormWork *self, const char *text, guint which)
{
  Act *act = g_new0 (Act, 1);

  act->record = self->record;
  act->text = g_strdup (text);
  act->which = which;
  return act;
}

static gpointer
pick (SanCentre *centre, gpointer input, GCancellable *cancellable, GError **error)
{
  Act *act = input;

  return san_review_pick (centre, &act->record, act->text, act->which, error)
           ? g_strdup ("") : NULL;
}

static void
acted_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  SanFormWork *self = data;
  g_autoptr(GError) error = NULL;
  g_autofree char *done = san_worker_run_finish (result, &error);

  if (done == NULL)
    {
      san_desk_complain (san_page_get_desk (self->page), error);
      return;
    }
  san_form_work_ask_sheet (self);
  san_desk_changed (san_page_get_desk (self->page));
}

static void
ask_act (SanFormWork *self, SanWorkFunc func, Act *act, GAsyncReadyCallback done)
{
  san_desk_ask (san_page_get_desk (self->page), GTK_WIDGET (self->page), func, act,
                (GDestroyNotify) act_free, g_free, done, self);
}

void
san_form_work_pick (SanFormWork *self, const char *field, guint which)
{
  ask_act (self, pick, act_new (self, field, which), acted_cb);
}

static gpointer
withdraw (SanCentre *centre, gpointer input, GCancellable *cancellable, GError **error)
{
  Act *act = input;

  return san_record_withdraw (centre, &act->record, act->text, error) ? g_strdup ("") : NULL;
}

static void
withdrawn_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  if (!g_task_had_error (G_TASK (result)))
    san_form_work_set_reason (data, "");
  acted_cb (source, result, data);
}

void
san_form_work_withdraw (SanFormWork *self)
{
  g_autofree char *reason = g_strstrip (g_strdup (self->reason != NULL ? self->reason : ""));

  if (*reason != '\0')
    ask_act (self, withdraw, act_new (self, reason, 0), withdrawn_cb);
}

/* ---- what is typed beside the answers ---- */

static void
set_beside (SanFormWork *self, char **place, const char *text)
{
  if (*text == '\0')
    text = NULL;
  if (g_strcmp0 (*place, text) == 0)
    return;
  g_free (*place);
  *place = g_strdup (text);
  self->beside_changed = TRUE;
  san_form_work_touched (self);
}

const char *
san_form_work_get_reason (SanFormWork *self)
{
  return self->reason;
}

void
san_form_work_set_reason (SanFormWork *self, const char *text)
{
  set_beside (self, &self->reason, text);
}

const char *
san_form_work_get_correction (SanFormWork *self)
{
  return self->correction;
}

void
san_form_work_set_correction (SanFormWork *self, const char *text)
{
  set_beside (self, &self->correction, text);
}

void
san_form_work_take_beside (SanFormWork *self, GPtrArray *typed)
{
  for (guint i = 0; i < typed->len; i++)
    {
      const SanTyped *one = typed->pdata[i];
      char **place = g_str_equal (one->field, SAN_FORM_WORK_CORRECTION) ? &self->correction
                     : g_str_equal (one->field, SAN_FORM_WORK_REASON)   ? &self->reason
                                                                        : NULL;

      if (place == NULL)
        continue;
      if (*place == NULL && one->text != NULL && *one->text != '\0')
        *place = g_strdup (one->text);
      g_ptr_array_remove_index (typed, i--);
    }
}

void
san_form_work_add_beside (SanFormWork *self, GPtrArray *typed)
{
  for (guint i = 0; self->held != NULL && i < self->held->len; i++)
    {
      const SanTyped *one = self->held->pdata[i];

      if (one->value != NULL)
        san_typed_list_add_value (typed, one->field, one->value);
      else
        san_typed_list_add_file (typed, one->field, one->file, one->text);
    }
  if (self->correction != NULL)
    san_typed_list_add (typed, SAN_FORM_WORK_CORRECTION, self->correction);
  if (self->reason != NULL)
    san_typed_list_add (typed, SAN_FORM_WORK_REASON, self->reason);
}

static gboolean
is_signed (const SanRecordView *view, const char *text)
{
  g_autofree char *words = g_strstrip (g_strdup (text));

  for (guint i = 0; i < view->amendments->len; i++)
    {
      const SanFieldVersion *version = view->amendments->pdata[i];
      g_autofree char *there = san_value_dup_text (version->value);

      if (g_strcmp0 (there, words) == 0)
        return TRUE;
    }
  return FALSE;
}

void
san_form_work_drop_signed (SanFormWork *self)
{
  const SanRecordView *view = san_answers_get_sheet (self->answers)->view;

  if (self->correction != NULL && view != NULL && is_signed (view, self->correction))
    san_form_work_set_correction (self, "");
  if (self->reason != NULL && view != NULL && view->withdrawn)
    san_form_work_set_reason (self, "");
}

static gpointer
amend (SanCentre *centre, gpointer input, GCancellable *cancellable, GError **error)
{
  Act *act = input;

  return san_record_amend (centre, &act->record, act->text, error) ? g_strdup (act->text) : NULL;
}

/* What she typed on meanwhile stays. */
static void
amended_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  SanFormWork *self = data;
  g_autoptr(GError) error = NULL;
  g_autofree char *done = san_worker_run_finish (result, &error);
  g_autofree char *typed = g_strstrip (g_strdup (self->correction != NULL ? self->correction : ""));

  self->amending = FALSE;
  if (done == NULL)
    {
      san_desk_complain (san_page_get_desk (self->page), error);
      return;
    }
  if (g_str_equal (done, typed))
    san_form_work_set_correction (self, "");
  san_form_work_ask_sheet (self);
  san_desk_changed (san_page_get_desk (self->page));
}

void
san_form_work_amend (SanFormWork *self)
{
  g_autofree char *text = g_strstrip (g_strdup (self->correction != NULL ? self->correction : ""));

  if (self->amending || *text == '\0')
    return;
  self->amending = TRUE;
  san_desk_ask (san_page_get_desk (self->page), GTK_WIDGET (self->page), amend,
                act_new (self, text, 0), (GDestroyNotify) act_free, g_free, amended_cb, self);
}
