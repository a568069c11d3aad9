/* san-draft-keeper.c - unfinished answers of whoever is at the keyboard, kept at once
 *
 * Sealing needs the seat's key, writing does not: so what could not be written waits as sealed
 * bytes under the name of its file, one list for the process, and outlives a lock. */
#include "san-draft-keeper-private.h"
#include "san-centre-private.h"
#include "san-draft.h"
#include "san-file.h"

#define CONTENT_VERSION 1
#define CONTENT_TYPE    "(qsaya(syayms)msu)"   /* version, form, record, answers, focus, cursor */
#define KIND_TEXT       255                         /* as typed, not understood yet */
#define KIND_FILE       254
#define OLD_DAYS        7

struct _SanDraftKeeper
{
  gatomicrefcount refs;
  GMutex          mutex;            /* of the keys */
  SanDrafts      *drafts;           /* NULL once blind */
  SanBoxKey      *seat;
};

static GMutex waiting_mutex;        /* of the table */
static GMutex writing_mutex;        /* held while files are written or removed */
static GHashTable *waiting;         /* path -> GBytes */

/* ---- waiting bytes ---- */

static void
put_waiting (char *path, GBytes *sealed)
{
  g_mutex_lock (&waiting_mutex);
  if (waiting == NULL)
    waiting =
        g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);
  g_hash_table_replace (waiting, path, g_bytes_ref (sealed));
  g_mutex_unlock (&waiting_mutex);
}

static void
drop_waiting (const char *path, GBytes *written)
{
  g_mutex_lock (&waiting_mutex);
  if (waiting != NULL && (written == NULL || g_hash_table_lookup (waiting, path) == written))
    g_hash_table_remove (waiting, path);
  g_mutex_unlock (&waiting_mutex);
}

static char *
take_one_path (GHashTable *tried, GBytes **sealed)
{
  GHashTableIter iter;
  gpointer path, bytes;
  char *found = NULL;

  g_mutex_lock (&waiting_mutex);
  if (waiting != NULL)
    {
      g_hash_table_iter_init (&iter, waiting);
      while (found == NULL && g_hash_table_iter_next (&iter, &path, &bytes))
        if (!g_hash_table_contains (tried, path))
          {
            found = g_strdup (path);
            *sealed = g_bytes_ref (bytes);
          }
    }
  g_mutex_unlock (&waiting_mutex);
  return found;
}

/* All that waits, each tried once; the first failure is reported after the others were tried. */
static gboolean
write_waiting (GError **error)
{
  g_autoptr(GHashTable) tried = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GError) first = NULL;
  char *path;
  GBytes *sealed;

  g_mutex_lock (&writing_mutex);
  while ((path = take_one_path (tried, &sealed)) != NULL)
    {
      g_autoptr(GBytes) bytes = sealed;

      if (san_draft_write (path, bytes, first == NULL ? &first : NULL))
        drop_waiting (path, bytes);
      g_hash_table_add (tried, path);
    }
  g_mutex_unlock (&writing_mutex);
  if (first == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&first));
  return FALSE;
}

/* ---- what a draft says ---- */

SanUnfinished *
san_unfinished_new (const char *form, const SanId32 *child, const SanId16 *record)
{
  SanUnfinished *self = g_new0 (SanUnfinished, 1);

  san_random (self->id.b, sizeof self->id.b);
  if (child != NULL)
    self->child = *child;
  if (record != NULL)
    self->record = *record;
  self->form = g_strdup (form);
  self->typed = san_typed_list_new ();
  return self;
}

void
san_unfinished_free (SanUnfinished *self)
{
  if (self == NULL)
    return;
  g_free (self->form);
  g_free (self->focus);
  g_ptr_array_unref (self->typed);
  g_free (self);
}

static GVariant *
bytes_variant (const void *data, gsize n)
{
  return g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, data, n, 1);
}

static GBytes *
pack (const SanUnfinished *self)
{
  GVariantBuilder answers;
  g_autoptr(GVariant) variant = NULL;

  g_variant_builder_init (&answers, G_VARIANT_TYPE ("a(syayms)"));
  for (guint i = 0; i < self->typed->len; i++)
    {
      const SanTyped *typed = g_ptr_array_index (self->typed, i);
      gsize n = typed->text != NULL ? strlen (typed->text) : 0;
      const void *data = typed->text;
      guint8 kind = typed->file != NULL ? KIND_FILE : KIND_TEXT;

      if (typed->value != NULL)
        {
          kind = san_value_get_type (typed->value);
          data = san_value_get_data (typed->value, &n);
        }
      g_variant_builder_add (&answers, "(sy@ayms)", typed->field, kind, bytes_variant (data, n),
                             typed->file);
    }
  variant = g_variant_ref_sink (g_variant_new (
      "(qs@aya(syayms)msu)", CONTENT_VERSION, self->form,
      bytes_variant (self->record.b, sizeof self->record.b), &answers, self->focus, self->cursor));
  return g_variant_get_data_as_bytes (variant);
}

static void
take_answer (GPtrArray *typed, const char *field, guint8 kind, GVariant *bytes, const char *file)
{
  gsize n;
  const void *data = g_variant_get_fixed_array (bytes, &n, 1);
  g_autofree char *text = NULL;
  g_autoptr(SanValue) value = NULL;

  if (kind == KIND_TEXT || kind == KIND_FILE)
    {
      text = g_strndup (data, n);
      san_typed_list_add_file (typed, field, file, text);
      return;
    }
  value = san_value_new_raw (kind, data, n, NULL);
  if (value != NULL)
    san_typed_list_add_value (typed, field, value);
}

/* NULL: written by a newer version. */
static SanUnfinished *
unpack (const SanDraft *draft)
{
  g_autoptr(GVariant) variant = g_variant_ref_sink (
      g_variant_new_from_bytes (G_VARIANT_TYPE (CONTENT_TYPE), draft->content, FALSE));
  g_autoptr(GVariant) record = NULL;
  g_autoptr(GVariantIter) answers = NULL;
  SanUnfinished *self;
  const char *form, *field, *focus, *file;
  guint8 kind;
  guint16 version;
  guint cursor;
  GVariant *bytes;
  const void *id;
  gsize n;

  if (!g_variant_is_normal_form (variant))
    return NULL;
  g_variant_get (variant, "(q&s@aya(syayms)m&su)", &version, &form, &record, &answers, &focus,
                 &cursor);
  id = g_variant_get_fixed_array (record, &n, 1);
  if (version != CONTENT_VERSION || n != sizeof (SanId16) ||
      g_variant_iter_n_children (answers) > SAN_DRAFT_ANSWERS_LIMIT)
    return NULL;
  self = san_unfinished_new (form, &draft->dossier, id);
  self->id = draft->id;
  self->at = draft->at;
  self->focus = g_strdup (focus);
  self->cursor = cursor;
  while (g_variant_iter_loop (answers, "(&sy@aym&s)", &field, &kind, &bytes, &file))
    take_answer (self->typed, field, kind, bytes, file);
  return self;
}

/* ---- the keeper ---- */

SanDraftKeeper *
san_draft_keeper_new (const char *dir, const SanSecret *store_key, const SanBoxKey *seat)
{
  SanDraftKeeper *self = g_new0 (SanDraftKeeper, 1);

  g_atomic_ref_count_init (&self->refs);
  g_mutex_init (&self->mutex);
  self->drafts = san_drafts_open (dir, store_key);
  self->seat = san_box_key_ref ((SanBoxKey *) seat);
  write_waiting (NULL);                 /* what waits goes on waiting if it fails again */
  return self;
}

SanDraftKeeper *
san_draft_keeper_ref (SanDraftKeeper *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
san_draft_keeper_forget (SanDraftKeeper *self)
{
  g_mutex_lock (&self->mutex);
  g_clear_pointer (&self->drafts, san_drafts_free);
  g_clear_pointer (&self->seat, san_box_key_unref);
  g_mutex_unlock (&self->mutex);
}

void
san_draft_keeper_unref (SanDraftKeeper *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  san_draft_keeper_forget (self);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

static gboolean
need_keys (SanDraftKeeper *self, GError **error)
{
  if (self->drafts != NULL)
    return TRUE;
  g_set_error_literal (error, SAN_ERROR, SAN_ERROR_LOCKED, "the centre is locked");
  return FALSE;
}

/* Sealed, and in the list of what waits. */
static gboolean
seal (SanDraftKeeper *self, SanUnfinished *draft, GError **error)
{
  g_autoptr(GBytes) content = NULL;
  g_autoptr(GBytes) sealed = NULL;
  SanDraft stored = { draft->id, draft->child, san_clock_now (), NULL };

  if (draft->typed->len > SAN_DRAFT_ANSWERS_LIMIT)
    {
      g_set_error (error, SAN_ERROR, SAN_ERROR_REFUSED, "draft of %u answers, limit is %u",
                   draft->typed->len, SAN_DRAFT_ANSWERS_LIMIT);
      return FALSE;
    }
  content = pack (draft);
  stored.content = content;
  g_mutex_lock (&self->mutex);
  if (need_keys (self, error))
    sealed = san_drafts_seal (self->drafts, &stored, self->seat, error);
  if (sealed != NULL)
    put_waiting (san_drafts_dup_path (self->drafts, &draft->id, &draft->child), sealed);
  g_mutex_unlock (&self->mutex);
  if (sealed == NULL)
    return FALSE;
  draft->at = stored.at;
  return TRUE;
}

gboolean
san_draft_keeper_keep (SanDraftKeeper *self, SanUnfinished *draft, GError **error)
{
  return seal (self, draft, error) && write_waiting (error);
}

static void
write_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;

  if (write_waiting (&error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
san_draft_keeper_keep_async (SanDraftKeeper *self, SanUnfinished *draft, GAsyncReadyCallback done,
                             gpointer user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, NULL, done, user_data);
  GError *error = NULL;

  g_task_set_source_tag (task, san_draft_keeper_keep_async);
  if (seal (self, draft, &error))
    g_task_run_in_thread (task, write_in_thread);
  else
    g_task_return_error (task, error);
}

gboolean
san_draft_keeper_keep_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, san_draft_keeper_keep_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * san_draft_keeper_let_go:
 *
 * It was saved, or she lets it go. One that was never written is no error.
 */
gboolean
san_draft_keeper_let_go (SanDraftKeeper *self, const SanId16 *id, const SanId32 *child,
                         GError **error)
{
  g_autofree char *path = NULL;
  gboolean gone;

  g_mutex_lock (&self->mutex);
  if (need_keys (self, error))
    path = san_drafts_dup_path (self->drafts, id, child);
  g_mutex_unlock (&self->mutex);
  if (path == NULL)
    return FALSE;
  drop_waiting (path, NULL);
  g_mutex_lock (&writing_mutex);
  gone = !g_file_test (path, G_FILE_TEST_EXISTS) || san_file_remove (path, error);
  g_mutex_unlock (&writing_mutex);
  return gone;
}

GPtrArray *
san_draft_keeper_list (SanDraftKeeper *self, GError **error)
{
  g_autoptr(GPtrArray) stored = NULL;
  g_autoptr(GPtrArray) drafts =
      g_ptr_array_new_with_free_func ((GDestroyNotify) san_unfinished_free);

  write_waiting (NULL);
  g_mutex_lock (&writing_mutex);                /* reading clears away half-written files */
  g_mutex_lock (&self->mutex);
  if (need_keys (self, error))
    stored = san_drafts_list (self->drafts, self->seat, NULL, error);
  g_mutex_unlock (&self->mutex);
  g_mutex_unlock (&writing_mutex);
  if (stored == NULL)
    return NULL;
  for (guint i = 0; i < stored->len; i++)
    {
      SanUnfinished *draft = unpack (g_ptr_array_index (stored, i));

      if (draft != NULL)
        g_ptr_array_add (drafts, draft);
    }
  return g_steal_pointer (&drafts);
}

SanUnfinished *
san_draft_keeper_find (SanDraftKeeper *self, const char *form, const SanId32 *child,
                       const SanId16 *record, GError **error)
{
  g_autoptr(GPtrArray) drafts = san_draft_keeper_list (self, error);

  for (guint i = 0; drafts != NULL && i < drafts->len; i++)
    {
      const SanUnfinished *draft = g_ptr_array_index (drafts, i);

      if (g_str_equal (draft->form, form) && san_id32_equal (&draft->child, child) &&
          san_id16_equal (&draft->record, record))
        return g_ptr_array_steal_index (drafts, i);
    }
  return NULL;
}

/* ---- of an open centre ---- */

SanDraftKeeper *
san_centre_dup_drafts (SanCentre *self)
{
  return self->drafts != NULL ? san_draft_keeper_ref (self->drafts) : NULL;
}

void
san_unfinished_row_free (SanUnfinishedRow *self)
{
  g_free (self->form);
  g_free (self->alias);
  g_free (self->sign);
  g_free (self->bed);
  g_free (self);
}

static SanUnfinishedRow *
row_new (SanCentre *self, const SanUnfinished *draft, gint64 now)
{
  SanUnfinishedRow *row = g_new0 (SanUnfinishedRow, 1);

  row->id = draft->id;
  row->child = draft->child;
  row->record = draft->record;
  row->form = g_strdup (draft->form);
  row->at_ms = draft->at;
  row->old = now - draft->at >= OLD_DAYS * G_GINT64_CONSTANT (86400000);
  if (!san_id32_is_zero (&draft->child))
    san_child_dup_tag (self, &draft->child, &row->alias, &row->sign, &row->bed);
  return row;
}

GPtrArray *
san_unfinished_list (SanCentre *self, GError **error)
{
  g_autoptr(GPtrArray) drafts = NULL;
  g_autoptr(GPtrArray) rows =
      g_ptr_array_new_with_free_func ((GDestroyNotify) san_unfinished_row_free);

  if (self->drafts == NULL)
    return g_steal_pointer (&rows);
  drafts = san_draft_keeper_list (self->drafts, error);
  if (drafts == NULL)
    return NULL;
  for (guint i = 0; i < drafts->len; i++)
    g_ptr_array_add (rows, row_new (self, g_ptr_array_index (drafts, i), san_clock_now ()));
  return g_steal_pointer (&rows);
}
