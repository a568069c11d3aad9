/* san-view-derive.c - rows that are worked out from values: due, summaries, search
 *
 * A dossier that was touched is asked about; what is said replaces what was there, and only
 * what differs is written: the full-text index is costly to change. */
#include "san-view-private.h"
#include "san-error.h"
#include "san-time.h"

struct _SanDerived
{
  const SanId32 *dossier;
  GPtrArray *due;         /* SanDueRow */
  SanSummaryRow *summary; /* NULL: none */
  GPtrArray *search;      /* SearchRow */
  gint64 turn;
};

typedef struct
{
  char *keys;
  char *kind;
  char *latin;
} SearchRow;

static void
search_row_free (gpointer data)
{
  SearchRow *row = data;

  g_free (row->keys);
  g_free (row->kind);
  g_free (row->latin);
  g_free (row);
}

void
san_due_row_free (SanDueRow *self)
{
  g_free ((char *)self->milestone);
  g_clear_pointer (&self->data, g_bytes_unref);
  g_free (self);
}

void
san_summary_row_free (SanSummaryRow *self)
{
  if (!self)
    return;
  g_free ((char *)self->sort);
  g_clear_pointer (&self->data, g_bytes_unref);
  g_free (self);
}

static void
derived_clear (SanDerived *self)
{
  g_ptr_array_unref (self->due);
  g_ptr_array_unref (self->search);
  san_summary_row_free (self->summary);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SanDerived, derived_clear)

/* What the function says */

void
san_derived_add_due (SanDerived *self, const SanDueRow *row)
{
  SanDueRow *copy = g_memdup2 (row, sizeof *row);

  copy->dossier = *self->dossier;
  if (san_id32_is_zero (&copy->child))
    copy->child = *self->dossier;
  copy->milestone = g_strdup (row->milestone);
  copy->data = row->data ? g_bytes_ref (row->data) : NULL;
  self->turn = MIN (self->turn, row->turn);
  g_ptr_array_add (self->due, copy);
}

void
san_derived_set_summary (SanDerived *self, const char *sort, guint status, GBytes *data)
{
  san_summary_row_free (self->summary);
  self->summary = g_new0 (SanSummaryRow, 1);
  self->summary->sort = g_strdup (sort);
  self->summary->status = status;
  self->summary->data = data ? g_bytes_ref (data) : NULL;
}

void
san_derived_add_search (SanDerived *self, const char *keys, const char *kind, const char *latin)
{
  SearchRow *row = g_new0 (SearchRow, 1);

  row->keys = g_strdup (keys);
  row->kind = g_strdup (kind);
  row->latin = g_strdup (latin);
  g_ptr_array_add (self->search, row);
}

void
san_derived_set_turn (SanDerived *self, gint64 turn)
{
  self->turn = MIN (self->turn, turn);
}

static gboolean
run_with (SanView *self, const char *sql, gint64 dossier, GError **error)
{
  g_autoptr(SanQuery) query = san_query (self->db, sql, error);

  if (!query)
    return FALSE;
  san_query_put_int (query, 1, dossier);
  return san_query_run (query, error);
}

/* Writing, where it differs */

static gboolean
same_bytes (SanQuery *query, int i, GBytes *bytes)
{
  gsize n, size;
  const guint8 *data;
  gconstpointer want;

  if (san_query_is_null (query, i) || !bytes)
    return san_query_is_null (query, i) && !bytes;
  data = san_query_get_blob (query, i, &n);
  want = g_bytes_get_data (bytes, &size);
  return n == size && (n == 0 || memcmp (data, want, n) == 0);
}

static gboolean
same_due (SanQuery *query, const SanDueRow *row)
{
  SanId32 child = row->dossier;
  SanId16 record;

  san_query_get_id32 (query, 0, &child);
  return san_id32_equal (&child, &row->child)
         && strcmp (san_query_get_text (query, 1), row->milestone) == 0
         && san_query_get_id16 (query, 2, &record) && san_id16_equal (&record, &row->record)
         && san_query_get_int (query, 3) == row->at
         && !!san_query_get_int (query, 4) == !!row->exact
         && san_query_get_int (query, 5) == row->notice && san_query_get_int (query, 6) == row->turn
         && same_bytes (query, 7, row->data);
}

static gboolean
is_same_due (SanView *self, gint64 dossier, const SanDerived *derived, gboolean *same,
             GError **error)
{
  g_autoptr(SanQuery) query
      = san_query (self->db,
                   "SELECT child, milestone, record, at, exact, notice, turn, data FROM due"
                   " WHERE dossier = ?1 ORDER BY no",
                   error);
  gboolean row;

  if (!query)
    return FALSE;
  san_query_put_int (query, 1, dossier);
  for (guint i = 0;; i++)
    {
      if (!san_query_step (query, &row, error))
        return FALSE;
      *same = row ? i < derived->due->len && same_due (query, derived->due->pdata[i])
                  : i == derived->due->len;
      if (!row || !*same)
        return TRUE;
    }
}

static gboolean
put_due (SanView *self, gint64 dossier, const SanDerived *derived, GError **error)
{
  g_autoptr(SanQuery) query = NULL;
  gboolean same;

  if (!is_same_due (self, dossier, derived, &same, error))
    return FALSE;
  if (same)
    return TRUE;
  query = san_query (
      self->db,
      "INSERT INTO due(dossier, child, milestone, record, at, exact, notice, turn, data)"
      " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
      error);
  if (!query)
    return FALSE;
  if (!run_with (self, "DELETE FROM due WHERE dossier = ?1", dossier, error))
    return FALSE;
  for (guint i = 0; i < derived->due->len; i++)
    {
      const SanDueRow *row = derived->due->pdata[i];

      san_query_put_int (query, 1, dossier);
      if (san_id32_equal (&row->child, &row->dossier))
        san_query_put_null (query, 2);
      else
        san_query_put_blob (query, 2, row->child.b, sizeof row->child.b);
      san_query_put_text (query, 3, row->milestone);
      san_query_put_blob (query, 4, row->record.b, sizeof row->record.b);
      san_query_put_int (query, 5, row->at);
      san_query_put_int (query, 6, row->exact != 0);
      san_query_put_int (query, 7, row->notice);
      san_query_put_int (query, 8, row->turn);
      san_query_put_bytes (query, 9, row->data);
      if (!san_query_run (query, error))
        return FALSE;
    }
  return TRUE;
}

/* Most views never have any: then nothing need be looked for, dossier by dossier. */
static gboolean
look_for_any (SanView *self, const char *sql, gboolean *any, GError **error)
{
  gint64 rows = 0;

  if (*any && !san_db_get_int (self->db, sql, &rows, error))
    return FALSE;
  *any = rows != 0;
  return TRUE;
}

static gboolean
put_summary (SanView *self, gint64 dossier, const SanDerived *derived, GError **error)
{
  g_autoptr(SanQuery) query = NULL;
  const SanSummaryRow *row = derived->summary;

  if (!row)
    return look_for_any (self, "SELECT EXISTS (SELECT 1 FROM summary)", &self->has_summaries, error)
           && (!self->has_summaries
               || run_with (self, "DELETE FROM summary WHERE dossier = ?1", dossier, error));
  self->has_summaries = TRUE;
  query = san_query (self->db,
                     "INSERT INTO summary(dossier, sort, status, data) VALUES(?1, ?2, ?3, ?4)"
                     " ON CONFLICT(dossier) DO UPDATE SET sort = ?2, status = ?3, data = ?4"
                     " WHERE sort <> ?2 OR status <> ?3 OR data IS NOT ?4",
                     error);
  if (!query)
    return FALSE;
  san_query_put_int (query, 1, dossier);
  san_query_put_text (query, 2, row->sort);
  san_query_put_int (query, 3, row->status);
  san_query_put_bytes (query, 4, row->data);
  return san_query_run (query, error);
}

static gboolean
is_same_search (SanView *self, gint64 dossier, const SanDerived *derived, gboolean *same,
                GError **error)
{
  g_autoptr(SanQuery) query = san_query (
      self->db, "SELECT keys, kind, latin FROM search_row WHERE dossier = ?1 ORDER BY no", error);
  gboolean row;

  if (!query)
    return FALSE;
  san_query_put_int (query, 1, dossier);
  for (guint i = 0;; i++)
    {
      const SearchRow *want = i < derived->search->len ? derived->search->pdata[i] : NULL;

      if (!san_query_step (query, &row, error))
        return FALSE;
      *same = row ? want && strcmp (san_query_get_text (query, 0), want->keys) == 0
                        && strcmp (san_query_get_text (query, 1), want->kind) == 0
                        && strcmp (san_query_get_text (query, 2), want->latin) == 0
                  : !want;
      if (!row || !*same)
        return TRUE;
    }
}

/* The index holds no text of its own: it is told what to take out. */
static gboolean
drop_search (SanView *self, gint64 dossier, GError **error)
{
  return run_with (
             self,
             "INSERT INTO search(search, rowid, keys) SELECT 'delete', no, keys FROM search_row"
             " WHERE dossier = ?1",
             dossier, error)
         && run_with (self, "DELETE FROM search_row WHERE dossier = ?1", dossier, error);
}

static gboolean
put_search (SanView *self, gint64 dossier, const SanDerived *derived, GError **error)
{
  g_autoptr(SanQuery) row = NULL;
  g_autoptr(SanQuery) index = NULL;
  gboolean same;

  if (derived->search->len == 0
      && !look_for_any (self, "SELECT EXISTS (SELECT 1 FROM search_row)", &self->has_search, error))
    return FALSE;
  if (derived->search->len == 0 && !self->has_search)
    return TRUE;
  if (!is_same_search (self, dossier, derived, &same, error))
    return FALSE;
  if (same)
    return TRUE;
  self->has_search = TRUE;
  row = san_query (self->db,
                   "INSERT INTO search_row(dossier, keys, kind, latin) VALUES(?1, ?2, ?3, ?4)",
                   error);
  index = san_query (self->db, "INSERT INTO search(rowid, keys) VALUES(?1, ?2)", error);
  if (!row || !index || !drop_search (self, dossier, error))
    return FALSE;
  for (guint i = 0; i < derived->search->len; i++)
    {
      const SearchRow *want = derived->search->pdata[i];

      san_query_put_int (row, 1, dossier);
      san_query_put_text (row, 2, want->keys);
      san_query_put_text (row, 3, want->kind);
      san_query_put_text (row, 4, want->latin);
      if (!san_query_run (row, error))
        return FALSE;
      san_query_put_int (index, 1, san_db_get_last_row (self->db));
      san_query_put_text (index, 2, want->keys);
      if (!san_query_run (index, error))
        return FALSE;
    }
  return TRUE;
}

/* Also without a turn: what was derived by a clock that ran ahead is derived again when it is
 * right. */
static gboolean
put_turn (SanView *self, gint64 dossier, gint64 turn, GError **error)
{
  g_autoptr(SanQuery) same = san_query (
      self->db, "UPDATE turn SET since = ?3 WHERE dossier = ?1 AND at = ?2", error);
  g_autoptr(SanQuery) query = NULL;

  if (!same)
    return FALSE;
  san_query_put_int (same, 1, dossier);
  san_query_put_int (same, 2, turn);
  san_query_put_int (same, 3, san_clock_now ());
  if (!san_query_run (same, error))
    return FALSE;
  if (san_db_get_changes (self->db) > 0)
    return TRUE;
  query = san_query (self->db,
                     "INSERT INTO turn(dossier, at, since) VALUES(?1, ?2, ?3)"
                     " ON CONFLICT(dossier) DO UPDATE SET at = ?2, since = ?3",
                     error);
  if (!query)
    return FALSE;
  san_query_put_int (query, 1, dossier);
  san_query_put_int (query, 2, turn);
  san_query_put_int (query, 3, san_clock_now ());
  return san_query_run (query, error);
}

gboolean
san_view_derive_drop (SanView *self, gint64 dossier, GError **error)
{
  return run_with (self, "DELETE FROM due WHERE dossier = ?1", dossier, error)
         && run_with (self, "DELETE FROM summary WHERE dossier = ?1", dossier, error)
         && run_with (self, "DELETE FROM turn WHERE dossier = ?1", dossier, error)
         && drop_search (self, dossier, error);
}

/* Deriving */

static gboolean
derive_one (SanView *self, const SanDossier *dossier, gint64 no, GError **error)
{
  SanStore *store = self->store;
  g_auto(SanDerived) derived = {
    .dossier = &dossier->id,
    .due = g_ptr_array_new_with_free_func ((GDestroyNotify)san_due_row_free),
    .search = g_ptr_array_new_with_free_func (search_row_free),
    .turn = G_MAXINT64,
  };

  if (!(dossier->standing & SAN_STANDING_SHOWN) || dossier->erased)
    return san_view_derive_drop (self, no, error);
  if (!store->derive (store, self->compartment, self->reads, dossier, &derived,
                      store->derive_data, error))
    return FALSE;
  return put_due (self, no, &derived, error) && put_summary (self, no, &derived, error)
         && put_search (self, no, &derived, error) && put_turn (self, no, derived.turn, error);
}

/* Without a function, what is touched stays so until there is one. */
gboolean
san_view_derive (SanView *self, GCancellable *cancellable, GError **error)
{
  g_autoptr(GArray) dossiers = NULL;
  gboolean any;

  if (!self->store->derive || self->beside)
    return san_view_put_touched (self, error);
  if (!san_view_is_touched (self, &any, error))
    return FALSE;
  if (!any)
    return TRUE;
  dossiers = g_array_new (FALSE, FALSE, sizeof (gint64));
  if (!san_view_begin (self, error) || !san_view_list_touched (self, dossiers, error))
    return FALSE;
  for (guint i = 0; i < dossiers->len; i++)
    {
      gint64 no = g_array_index (dossiers, gint64, i);
      SanDossier dossier;
      SanId32 id;

      if (g_cancellable_set_error_if_cancelled (cancellable, error)
          || !san_ids_get_dossier (self->store, no, &id, error)
          || !san_store_find_dossier (self->store, &id, &dossier, error)
          || !derive_one (self, &dossier, no, error))
        return FALSE;
    }
  return san_view_drop_touched (self, error);
}

/* Rows made by other definitions than those of now are made again. */
gboolean
san_view_check_version (SanView *self, GError **error)
{
  const char *version = self->store->derive_version;
  g_autoptr(SanQuery) query = NULL;
  g_autoptr(SanQuery) put = NULL;
  gboolean row;

  if (!version || self->beside || self->fits_version)
    return TRUE;
  query = san_query (self->db, "SELECT 1 FROM view WHERE name = 'derive' AND value = ?1", error);
  put = san_query (self->db, "UPDATE view SET value = ?1 WHERE name = 'derive'", error);
  if (!query || !put)
    return FALSE;
  san_query_put_text (query, 1, version);
  san_query_put_text (put, 1, version);
  if (!san_query_step (query, &row, error))
    return FALSE;
  if (!row
      && (!san_view_begin (self, error) || !san_view_touch_all (self, error)
          || !san_query_run (put, error)))
    return FALSE;
  self->fits_version = TRUE;
  return TRUE;
}

/* Public */

gboolean
san_store_set_derive (SanStore *self, const char *version, SanDeriveFunc func, gpointer data,
                      GDestroyNotify destroy, GError **error)
{
  if (!san_store_check_idle (self, error))
    return FALSE;
  if (self->derive_destroy)
    self->derive_destroy (self->derive_data);
  g_free (self->derive_version);
  self->derive_version = g_strdup (version);
  self->derive = func;
  self->concern = NULL;
  memset (self->concerns, 0, SAN_CONCERN_SLOTS * sizeof *self->concerns);
  self->derive_data = data;
  self->derive_destroy = destroy;
  for (guint c = 0; c < SAN_N_COMPARTMENTS; c++)
    if (self->views[c])
      self->views[c]->fits_version = FALSE;
  for (guint c = 0; c < SAN_N_COMPARTMENTS; c++)
    if (self->views[c] && !san_view_catch_up (self->views[c], NULL, NULL, NULL, error))
      return FALSE;
  return TRUE;
}

void
san_store_set_concern (SanStore *self, SanConcernFunc func)
{
  self->concern = func;
}

static gboolean
turn_view (SanView *self, gint64 now, GError **error)
{
  g_autoptr(SanQuery) query = NULL;
  gint64 first, last;

  if (!san_db_get_int (self->db, "SELECT ifnull(min(at), 9223372036854775807) FROM turn", &first,
                       error)
      || !san_db_get_int (self->db, "SELECT ifnull(max(since), 0) FROM turn", &last, error))
    return FALSE;
  if (first > now && last <= now)
    return TRUE;
  query = san_query (self->db,
                     "INSERT OR IGNORE INTO touched SELECT dossier FROM turn WHERE at <= ?1"
                     " UNION SELECT dossier FROM turn WHERE since > ?1",
                     error);
  if (!query || !san_view_begin (self, error))
    return FALSE;
  san_query_put_int (query, 1, now);
  self->has_touched = TRUE;
  return san_query_run (query, error) && san_view_catch_up (self, NULL, NULL, NULL, error);
}

gboolean
san_store_turn (SanStore *self, gint64 now, GError **error)
{
  if (!san_store_check_idle (self, error))
    return FALSE;
  for (guint c = 0; c < SAN_N_COMPARTMENTS; c++)
    if (self->views[c] && !turn_view (self->views[c], now, error))
      {
        san_view_abandon (self->views[c]);
        if (c == 0)
          san_db_rollback (self->db);
        return FALSE;
      }
  return TRUE;
}
