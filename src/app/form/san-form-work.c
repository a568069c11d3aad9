/* san-form-work.c - what every page that writes a record does: open, keep drafts, save, finish
 *
 * A draft is sealed on the main thread within 2 s after the first key that is not saved, and
 * written beside the worker; leaving seals and writes at once. What is typed while a save is
 * under way is carried over into the answers that are read back after it. */
#include "san-form-work-private.h"
#include "san-day-words.h"
#include "san-i18n.h"
#include "san-make-space.h"
#include "san-undo.h"
#include <string.h>

#define DRAFT_MS  1500
#define VIEW_TYPE "(ssud)"          /* record, field, cursor, scroll */

/* ---- opening ---- */

typedef struct
{
  char     *form;
  SanId32   child;
  SanId16   record;
} Ask;

static void
ask_free (Ask *ask)
{
  g_free (ask->form);
  g_free (ask);
}

static gpointer
open_sheet (SanCentre *centre, gpointer input, GCancellable *cancellable, GError **error)
{
  const Ask *ask = input;

  return san_sheet_open (centre, ask->form, &ask->child, &ask->record, error);
}

static gboolean
is_unsaved (SanFormWork *self)
{
  return self->correction != NULL || self->reason != NULL ||
         san_answers_is_dirty (self->answers);
}

/* What she is at now goes over into the answers that came. */
static void
take_sheet (SanFormWork *self, SanSheet *sheet)
{
  SanCentre *centre = san_page_get_centre (self->page);
  g_autoptr(GPtrArray) typed = self->answers != NULL ? san_answers_dup_typed (self->answers) : NULL;
  SanAnswers *old = self->answers;
  g_autofree char *focus = NULL;
  guint cursor = 0;

  if (old != NULL)
    focus = g_strdup (self->calls.where (self->page, &cursor));
  else
    {
      focus = g_steal_pointer (&self->focus);
      cursor = self->cursor;
    }
  if (typed == NULL && sheet->draft != NULL)
    {
      typed = g_ptr_array_ref (sheet->draft->typed);
      self->draft = sheet->draft->id;
      self->draft_child = sheet->draft->child;
      g_free (focus);
      focus = g_strdup (sheet->draft->focus);
      cursor = sheet->draft->cursor;
      san_form_work_take_beside (self, typed);
    }
  self->child = sheet->child;
  self->record = sheet->record;
  g_free (self->form);
  self->form = g_strdup (sheet->form != NULL ? sheet->form->id : sheet->view->form);
  self->answers = san_answers_new (san_centre_get_catalogue (centre),
                                   san_desk_get_language (san_page_get_desk (self->page)), sheet);
  if (typed != NULL && !san_answers_is_closed (self->answers))
    san_answers_load (self->answers, typed);
  else if (old == NULL && typed != NULL && typed->len > 0)
    self->held = g_ptr_array_ref (typed);
  self->kept_changes = san_answers_get_changes (self->answers);
  if (old == NULL)
    san_form_work_drop_signed (self);
  else if (is_unsaved (self))
    {
      self->kept_changes = G_MAXUINT;     /* typed while a save ran: in no draft yet */
      san_form_work_touched (self);
    }
  self->calls.loaded (self->page, focus, cursor);
  g_clear_pointer (&old, san_answers_free);
}

static void
say_draft (SanFormWork *self, gint64 at)
{
  g_autofree char *clock = san_words_clock (at);
  /* Translators: a time of day */
  g_autofree char *words = san_words_print (_("Draft kept at %s"), clock);

  self->calls.kept (self->page, words);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  SanFormWork *self = data;
  g_autoptr(GError) error = NULL;
  SanSheet *sheet = san_worker_run_finish (result, &error);
  gint64 draft_at = sheet != NULL && sheet->draft != NULL ? sheet->draft->at : 0;
  gboolean first = self->answers == NULL;

  if (sheet == NULL)
    {
      san_desk_complain (san_page_get_desk (self->page), error);
      return;
    }
  take_sheet (self, sheet);
  if (first && draft_at != 0 && is_unsaved (self))
    say_draft (self, draft_at);
}

void
san_form_work_ask_sheet (SanFormWork *self)
{
  Ask *ask = g_new0 (Ask, 1);

  ask->form = g_strdup (self->form != NULL ? self->form : "");
  ask->child = self->child;
  ask->record = self->record;
  san_desk_ask (san_page_get_desk (self->page), GTK_WIDGET (self->page), open_sheet, ask,
                (GDestroyNotify) ask_free, (GDestroyNotify) san_sheet_free, opened_cb, self);
}

SanFormWork *
san_form_work_new (SanPage *page, const SanFormWorkPage *calls)
{
  SanFormWork *self = g_new0 (SanFormWork, 1);

  self->page = page;
  self->calls = *calls;
  return self;
}

void
san_form_work_free (SanFormWork *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_pointer (&self->keeper, san_draft_keeper_unref);
  g_clear_pointer (&self->answers, san_answers_free);
  g_free (self->form);
  g_free (self->focus);
  g_free (self->correction);
  g_free (self->reason);
  g_clear_pointer (&self->held, g_ptr_array_unref);
  g_free (self);
}

static void
read_view (SanFormWork *self, GVariant *view)
{
  const char *record, *focus;

  if (view == NULL || !g_variant_is_of_type (view, G_VARIANT_TYPE (VIEW_TYPE)))
    return;
  g_variant_get (view, "(&s&sud)", &record, &focus, &self->cursor, &self->scroll);
  san_id16_from_text (record, &self->record, NULL);
  if (*focus != '\0')
    self->focus = g_strdup (focus);
}

void
san_form_work_start (SanFormWork *self)
{
  const SanStop *stop = san_page_get_stop (self->page);

  self->form = g_strdup (stop->form);
  self->child = stop->child;
  self->record = stop->record;
  read_view (self, stop->view);
  self->keeper = san_centre_dup_drafts (san_page_get_centre (self->page));
  san_form_work_ask_sheet (self);
}

void
san_form_work_start_new (SanFormWork *self, const char *form, const SanId32 *child)
{
  self->form = g_strdup (form);
  self->child = *child;
  self->keeper = san_centre_dup_drafts (san_page_get_centre (self->page));
  san_form_work_ask_sheet (self);
}

void
san_form_work_refresh (SanFormWork *self)
{
  if (self->answers != NULL && !self->saving && !san_answers_is_dirty (self->answers))
    san_form_work_ask_sheet (self);
}

SanAnswers *
san_form_work_get_answers (SanFormWork *self)
{
  return self->answers;
}

const SanId16 *
san_form_work_get_record (SanFormWork *self)
{
  return &self->record;
}

const SanId32 *
san_form_work_get_child (SanFormWork *self)
{
  return &self->child;
}

double
san_form_work_get_scroll (SanFormWork *self)
{
  return self->scroll;
}

GVariant *
san_form_work_dup_view (SanFormWork *self, double scroll)
{
  g_autofree char *record = san_id16_to_text (&self->record);
  guint cursor = 0;
  const char *focus = self->answers != NULL ? self->calls.where (self->page, &cursor) : NULL;

  return g_variant_new (VIEW_TYPE, record, focus != NULL ? focus : "", cursor, scroll);
}

/* ---- drafts ---- */

static SanUnfinished *
make_draft (SanFormWork *self)
{
  SanUnfinished *draft = san_unfinished_new (self->form, &self->child, &self->record);
  const char *focus = self->calls.where (self->page, &draft->cursor);

  if (san_id16_is_zero (&self->draft))
    {
      self->draft = draft->id;
      self->draft_child = self->child;
    }
  draft->id = self->draft;
  g_ptr_array_unref (draft->typed);
  draft->typed = san_answers_dup_typed (self->answers);
  san_form_work_add_beside (self, draft->typed);
  draft->focus = g_strdup (focus);
  return draft;
}

static void
let_draft_go (SanFormWork *self)
{
  if (self->keeper != NULL && !san_id16_is_zero (&self->draft))
    san_draft_keeper_let_go (self->keeper, &self->draft, &self->draft_child, NULL);
  self->draft = san_id16_zero;
}

void
san_form_work_let_go (SanFormWork *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  let_draft_go (self);
  g_clear_pointer (&self->keeper, san_draft_keeper_unref);
}

typedef struct { SanFormWork *work; GtkWidget *page; } Kept;      /* page: weak */

static void
kept_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Kept *kept = data;
  g_autoptr(GError) error = NULL;
  gboolean ok = san_draft_keeper_keep_finish (result, &error);

  if (kept->page != NULL && kept->work->keeper != NULL)
    {
      if (ok)
        say_draft (kept->work, san_clock_now ());
      else
        {
          kept->work->calls.kept (kept->work->page,
                                  _("Not kept on the disk yet; it is in memory and on screen"));
          /* tried again, whether she types on or not */
          kept->work->kept_changes = G_MAXUINT;
          san_form_work_touched (kept->work);
        }
    }
  g_clear_weak_pointer (&kept->page);
  g_free (kept);
}

/* Everything typed was taken back: there is nothing to keep. */
static gboolean
nothing_to_keep (SanFormWork *self)
{
  if (self->answers == NULL || self->keeper == NULL ||
      (self->kept_changes == san_answers_get_changes (self->answers) && !self->beside_changed))
    return TRUE;
  self->kept_changes = san_answers_get_changes (self->answers);
  self->beside_changed = FALSE;
  if (is_unsaved (self) || self->held != NULL)
    return FALSE;
  let_draft_go (self);
  self->calls.kept (self->page, NULL);
  return TRUE;
}

static gboolean
draft_cb (gpointer data)
{
  SanFormWork *self = data;
  g_autoptr(SanUnfinished) draft = NULL;
  Kept *kept;

  self->timer = 0;
  if (self->saving || nothing_to_keep (self))
    return G_SOURCE_REMOVE;
  draft = make_draft (self);
  kept = g_new0 (Kept, 1);
  kept->work = self;
  g_set_weak_pointer (&kept->page, GTK_WIDGET (self->page));
  san_draft_keeper_keep_async (self->keeper, draft, kept_cb, kept);
  return G_SOURCE_REMOVE;
}

void
san_form_work_touched (SanFormWork *self)
{
  if (self->timer == 0)
    self->timer = g_timeout_add (DRAFT_MS, draft_cb, self);
}

void
san_form_work_leave (SanFormWork *self)
{
  g_autoptr(SanUnfinished) draft = NULL;

  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->answers == NULL || self->keeper == NULL)
    return;
  if (!is_unsaved (self) && nothing_to_keep (self))
    return;
  /* also when the words are kept: the cursor may have moved */
  draft = make_draft (self);
  san_draft_keeper_keep (self->keeper, draft, NULL);    /* else it waits in memory */
  self->kept_changes = san_answers_get_changes (self->answers);
  self->beside_changed = FALSE;
}

SanDraftKeeper *
san_form_work_keep (SanFormWork *self, SanId16 *draft)
{
  san_form_work_leave (self);
  if (self->keeper == NULL || san_id16_is_zero (&self->draft))
    return NULL;
  *draft = self->draft;
  return san_draft_keeper_ref (self->keeper);
}

/* ---- saving ---- */

typedef struct
{
  char      *form;
  SanId32    child, child_out;
  SanId16    record;
  GPtrArray *typed;
  gboolean   finish, was_new;
  GError    *problem;               /* (nullable): saved, but not finished */
} Save;

static void
save_free (Save *save)
{
  g_free (save->form);
  g_clear_pointer (&save->typed, g_ptr_array_unref);
  g_clear_error (&save->problem);
  g_free (save);
}

/* A record that was saved but could not be finished counts as saved, so that the next press does
 * not make a second one. */
static gpointer
save_sheet (SanCentre *centre, gpointer input, GCancellable *cancellable, GError **error)
{
  Save *save = input;
  Save *saved;

  save->child_out = save->child;
  if (!san_sheet_save (centre, save->form, &save->child, &save->record, &save->child_out,
                       save->typed, FALSE, error))
    return NULL;
  saved = g_new0 (Save, 1);
  if (save->finish && !san_record_finish (centre, &save->record, &saved->problem))
    save->finish = FALSE;
  saved->record = save->record;
  saved->child_out = save->child_out;
  saved->finish = save->finish;
  saved->was_new = save->was_new;
  saved->typed = g_ptr_array_ref (save->typed);
  return saved;
}

/* "field: reason" names the one that was not taken. */
static char *
field_in (SanFormWork *self, const GError *error)
{
  const char *colon = strchr (error->message, ':');
  g_autofree char *name = colon != NULL ? g_strndup (error->message, colon - error->message) : NULL;
  const SanForm *form = san_answers_get_sheet (self->answers)->form;

  if (!g_error_matches (error, SAN_ERROR, SAN_ERROR_INVALID) || name == NULL || form == NULL)
    return NULL;
  return san_form_find_field (form, name) != NULL ? g_steal_pointer (&name) : NULL;
}

static void
say_saved (SanFormWork *self, gboolean finished)
{
  g_autofree char *clock = san_words_clock (san_clock_now ());
  /* Translators: a time of day */
  g_autofree char *words = san_words_print (finished ? _("Finished and signed at %s")
                                                     : _("Saved at %s"),
                                            clock);

  self->calls.kept (self->page, words);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  SanFormWork *self = data;
  g_autoptr(GError) error = NULL;
  Save *saved = san_worker_run_finish (result, &error);

  self->saving = FALSE;
  if (saved == NULL)
    {
      g_autofree char *field = field_in (self, error);

      san_form_work_touched (self);
      self->calls.refused (self->page, field);
      if (field == NULL)
        san_make_space_complain (san_page_get_desk (self->page), error);
      return;
    }
  san_desk_strip_away (san_page_get_desk (self->page), "error");
  let_draft_go (self);
  san_answers_forget_files (self->answers, saved->typed);
  self->record = saved->record;
  self->child = saved->child_out;
  say_saved (self, saved->finish);
  self->calls.saved (self->page, saved->was_new, saved->finish);
  if (saved->problem != NULL)
    san_desk_complain (san_page_get_desk (self->page), saved->problem);
  save_free (saved);
  san_form_work_ask_sheet (self);
  san_desk_changed (san_page_get_desk (self->page));
}

void
san_form_work_save (SanFormWork *self, gboolean finish)
{
  Save *save;

  if (self->saving || self->answers == NULL)
    return;
  g_clear_handle_id (&self->timer, g_source_remove);
  self->saving = TRUE;
  save = g_new0 (Save, 1);
  save->form = g_strdup (self->form);
  save->child = self->child;
  save->record = self->record;
  save->typed = san_answers_dup_typed (self->answers);
  save->finish = finish;
  save->was_new = san_id16_is_zero (&self->record);
  san_desk_ask (san_page_get_desk (self->page), GTK_WIDGET (self->page), save_sheet, save,
                (GDestroyNotify) save_free, (GDestroyNotify) save_free, saved_cb, self);
}

void
san_form_work_save_if_needed (SanFormWork *self)
{
  if (self->answers == NULL)
    return;
  if (san_answers_is_new (self->answers) || san_answers_is_dirty (self->answers))
    san_form_work_save (self, FALSE);
  else
    san_desk_toast (san_page_get_desk (self->page), _("Everything is saved."));
}

gboolean
san_form_work_is_saving (SanFormWork *self)
{
  return self->saving;
}

void
san_form_work_offer_undo (SanFormWork *self, const char *sentence)
{
  san_undo_offer (san_page_get_desk (self->page), sentence, &self->record);
}
