/* san-view-memo.c - what was read of a dossier out of one view, until that view changes
 *
 * One save asks for the same rows several times: what is offered, then the due rows of each view
 * whose readers can read them too. Kept are whole dossiers that are not large, some thousand rows
 * a view; a change of the view's records or writes forgets all of them. Whoever goes through one
 * holds it: what he calls may make this view forget it. */
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
  SanViewMemo *self = g_rc_box_new0 (SanViewMemo);

  self->strings = g_string_chunk_new (512);
  self->records = g_array_new (FALSE, FALSE, sizeof (SanStoredRecord));
  self->writes = g_array_new (FALSE, FALSE, sizeof (SanStoredWrite));
  g_array_set_clear_func (self->writes, write_clear);
  return self;
}

static void
memo_clear (gpointer data)
{
  SanViewMemo *self = data;

  g_array_unref (self->records);
  g_array_unref (self->writes);
  g_string_chunk_free (self->strings);
}

void
san_view_memo_unref (SanViewMemo *self)
{
  g_rc_box_release_full (self, memo_clear);
}

/* FALSE: there are too many to keep. */
gboolean
san_view_memo_add_record (SanViewMemo *self, const SanStoredRecord *record)
{
  SanStoredRecord copy = *record;

  if (self->records->len >= MEMO_ROWS)
    return FALSE;
  copy.form = g_string_chunk_insert (self->strings, record->form);
  g_array_append_val (self->records, copy);
  return TRUE;
}

gboolean
san_view_memo_add_write (SanViewMemo *self, const SanStoredWrite *write)
{
  const SanStoredWrite *last
      = self->writes->len ? &g_array_index (self->writes, SanStoredWrite, self->writes->len - 1) : NULL;
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

static void
keep (SanView *self, gint64 dossier, SanViewMemo *memo)
{
  guint n = memo->records->len + memo->writes->len + 1;

  if (self->n_memo_rows + n > MEMO_LIMIT)
    san_view_forget_memos (self);
  self->n_memo_rows += n;
  g_hash_table_insert (self->memos, g_memdup2 (&dossier, sizeof dossier), g_rc_box_acquire (memo));
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
      *out = g_rc_box_acquire (known);
      return TRUE;
    }
  memo = memo_new ();
  if (!san_view_read_records (self, dossier, memo, &whole, error)
      || (whole && !san_view_read_writes (self, dossier, memo, &whole, error)))
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

void
san_view_forget_memos (SanView *self)
{
  if (self->n_memo_rows > 0)
    g_hash_table_remove_all (self->memos);
  self->n_memo_rows = 0;
}
