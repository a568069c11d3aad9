/* san-view-memo.c - what was read of a dossier out of one view, until that view changes
 *
 * One save asks for the same rows several times: what is offered, then the due rows of each view
 * whose readers can read them too. Kept are whole dossiers that are not large, some thousand rows
 * a view; a change of the view's records or writes forgets all of them, but that a record which is
 * new is added to what is kept of its dossier. Whoever goes through one holds it: what he calls may
 * make this view forget it, and none that is held is added to. */
#include "san-view-private.h"

#define MEMO_ROWS   256u  /* of one dossier */
#define MEMO_LIMIT  4096u /* of one view */

static void
write_clear (gpointer data)
{
  san_value_unref (((SanStoredWrite *)data)->value);
}

static SanViewMemo *
memo_new (void)
{
  SanViewMemo *self = g_new0 (SanViewMemo, 1);

  self->n_holders = 1;
  self->strings = g_string_chunk_new (512);
  self->records = g_array_new (FALSE, FALSE, sizeof (SanStoredRecord));
  self->writes = g_array_new (FALSE, FALSE, sizeof (SanStoredWrite));
  g_array_set_clear_func (self->writes, write_clear);
  return self;
}

static SanViewMemo *
memo_hold (SanViewMemo *self)
{
  self->n_holders++;
  return self;
}

void
san_view_memo_unref (SanViewMemo *self)
{
  if (--self->n_holders > 0)
    return;
  g_array_unref (self->records);
  g_array_unref (self->writes);
  g_string_chunk_free (self->strings);
  g_free (self);
}

/* FALSE: there are too many to keep. */
gboolean
san_view_memo_add_record (const SanStoredRecord *record, gpointer memo)
{
  SanViewMemo *self = memo;
  SanStoredRecord copy = *record;

  if (self->records->len >= MEMO_ROWS)
    return FALSE;
  copy.form = g_string_chunk_insert (self->strings, record->form);
  g_array_append_val (self->records, copy);
  return TRUE;
}

gboolean
san_view_memo_add_write (const SanStoredWrite *write, gpointer memo)
{
  SanViewMemo *self = memo;
  const SanStoredWrite *last =
      self->writes->len ? &g_array_index (self->writes, SanStoredWrite, self->writes->len - 1)
                        : NULL;
  SanStoredWrite copy = *write;

  if (self->writes->len >= MEMO_ROWS)
    return FALSE;
  copy.form = last && strcmp (last->form, write->form) == 0
                  ? last->form
                  : g_string_chunk_insert (self->strings, write->form);
  copy.field = g_string_chunk_insert (self->strings, write->field);
  san_value_ref (copy.value);
  g_array_append_val (self->writes, copy);
  return TRUE;
}

static guint
count_rows (const SanViewMemo *memo)
{
  return memo->records->len + memo->writes->len + 1;
}

static void
keep (SanView *self, gint64 dossier, SanViewMemo *memo)
{
  guint n = count_rows (memo);

  if (self->n_memo_rows + n > MEMO_LIMIT)
    san_view_forget_memos (self);
  self->n_memo_rows += n;
  g_hash_table_insert (self->memos, g_memdup2 (&dossier, sizeof dossier), memo_hold (memo));
}

/* (transfer full) in @out; its is_large says that it holds nothing, and never will. */
gboolean
san_view_recall (SanView *self, gint64 dossier, SanViewMemo **out, GError **error)
{
  SanViewMemo *known = g_hash_table_lookup (self->memos, &dossier);
  g_autoptr(SanViewMemo) memo = NULL;
  gboolean whole = TRUE;

  if (known)
    {
      *out = memo_hold (known);
      return TRUE;
    }
  memo = memo_new ();
  if (!san_view_read_records (self, dossier, memo, &whole, error)
      || (whole && memo->records->len > 0
          && !san_view_read_writes (self, dossier, memo, &whole, error)))
    return FALSE;
  if (!whole)
    {
      g_array_set_size (memo->records, 0);
      g_array_set_size (memo->writes, 0);
      memo->is_large = TRUE;
    }
  keep (self, dossier, memo);
  *out = g_steal_pointer (&memo);
  return TRUE;
}

static void
forget_one (SanView *self, gint64 dossier, const SanViewMemo *memo)
{
  self->n_memo_rows -= count_rows (memo);
  g_hash_table_remove (self->memos, &dossier);
}

/* The rows of @list from @from to @end, as the tables have them once they are in. */
static gboolean
add_new (SanView *self, const SanEntryInfo *info, SanChangeList *list, guint from, guint end,
         SanViewMemo *memo, GError **error)
{
  const SanChange *start = san_change_list_get (list, from);
  SanStoredRecord record = {
    .record = start->record,
    .form = start->form,
    .mask = 1u << self->compartment,
    .wall = info->wall,
    .doubtful = (info->flags & SAN_FLAG_CLOCK_DOUBTFUL) != 0,
  };
  gboolean fits;

  if (!san_ids_get_dossier (self->store, info->dossier, &record.dossier, error)
      || !san_ids_get_author (self->store, info->author, &record.author, error))
    return FALSE;
  fits = san_view_memo_add_record (&record, memo);
  for (guint i = from; fits && i < end; i++)
    {
      const SanChange *change = san_change_list_get (list, i);
      SanStoredWrite write = {
        .dossier = record.dossier,
        .record = record.record,
        .form = record.form,
        .field = change->field,
        .id = { .entry = info->id, .compartment = self->compartment, .number = i },
        .value = change->value,
        .author = record.author,
        .wall = record.wall,
        .doubtful = record.doubtful,
        .rank = 1,
      };

      fits = san_view_memo_add_write (&write, memo);
    }
  memo->is_large = !fits;
  return TRUE;
}

/* What was read of it may be otherwise from now on. */
void
san_view_changes (SanView *self)
{
  self->stamp = ++self->store->stamp;
}

/**
 * san_view_remember_new:
 * @list: its changes from @from to @end are of one record, which was not there before
 *
 * For what settling would leave as it was put: counts, and current.
 */
gboolean
san_view_remember_new (SanView *self, const SanEntryInfo *info, SanChangeList *list, guint from,
                       guint end, GError **error)
{
  SanViewMemo *memo = g_hash_table_lookup (self->memos, &info->dossier);
  guint before;

  san_view_changes (self);
  if (!memo || memo->is_large)
    return TRUE;
  before = count_rows (memo);
  if (memo->n_holders > 1)
    {
      forget_one (self, info->dossier, memo);
      return TRUE;
    }
  if (!add_new (self, info, list, from, end, memo, error))
    {
      san_view_forget_memos (self);
      return FALSE;
    }
  self->n_memo_rows += count_rows (memo) - before;
  if (memo->is_large)
    forget_one (self, info->dossier, memo);
  return TRUE;
}

void
san_view_forget_memos (SanView *self)
{
  san_view_changes (self);
  if (self->n_memo_rows > 0)
    g_hash_table_remove_all (self->memos);
  self->n_memo_rows = 0;
}

/* What the deriving function wants to find again */

gpointer
san_store_get_derive_memo (SanStore *self)
{
  return self->derive_memo;
}

void
san_store_set_derive_memo (SanStore *self, gpointer memo, GDestroyNotify destroy)
{
  san_store_forget_derived (self);
  self->derive_memo = memo;
  self->derive_memo_destroy = destroy;
}

void
san_store_forget_derived (SanStore *self)
{
  gpointer memo = g_steal_pointer (&self->derive_memo);

  if (memo)
    self->derive_memo_destroy (memo);
}
