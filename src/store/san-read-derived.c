/* san-read-derived.c - reading due rows, summaries, search */
#include "san-view-private.h"
#include "san-error.h"

static SanView *
next_view (SanStore *self, guint mask, guint *c)
{
  for (; *c < SAN_N_COMPARTMENTS; ++*c)
    if ((mask & (1u << *c)) && self->views[*c])
      return self->views[(*c)++];
  return NULL;
}

/* Due */

#define DUE_COLUMNS                                                                                \
  "SELECT dossier, child, milestone, record, at, exact, notice, turn, data FROM due"

static SanQuery *
ask_due (SanView *view, const SanId32 *child, gint64 notice_until, GError **error)
{
  SanQuery *query;
  gint64 no = 0;

  if (child && !san_ids_find_dossier (view->store, child, &no, error))
    return NULL;
  query = san_query (view->db,
                     child ? DUE_COLUMNS
                         " WHERE ((dossier = ?2 AND child IS NULL) OR child = ?3) AND notice <= ?1"
                     : notice_until < G_MAXINT64 ? DUE_COLUMNS " WHERE notice <= ?1"
                                                 : DUE_COLUMNS,
                     error);
  if (query && (child || notice_until < G_MAXINT64))
    san_query_put_int (query, 1, notice_until);
  if (query && child)
    {
      san_query_put_int (query, 2, no);
      san_query_put_blob (query, 3, child->b, sizeof child->b);
    }
  return query;
}

static gboolean
read_due (SanView *view, SanQuery *query, SanDueRow *row, GError **error)
{
  if (!san_ids_get_dossier (view->store, san_query_get_int (query, 0), &row->dossier, error))
    return FALSE;
  if (!san_query_get_id32 (query, 1, &row->child))
    row->child = row->dossier;
  row->milestone = san_query_get_text (query, 2);
  if (!san_query_get_id16 (query, 3, &row->record))
    row->record = san_id16_zero;
  row->at = san_query_get_int (query, 4);
  row->exact = san_query_get_int (query, 5) != 0;
  row->notice = san_query_get_int (query, 6);
  row->turn = san_query_get_int (query, 7);
  return TRUE;
}

static gboolean
each_due_of (SanView *view, const SanId32 *child, gint64 notice_until, SanDueFunc func,
             gpointer user, gboolean *go_on, GError **error)
{
  g_autoptr(SanQuery) query = ask_due (view, child, notice_until, error);
  SanDueRow due = { 0 };
  gboolean row;

  if (!query)
    return FALSE;
  while (*go_on)
    {
      const guint8 *data;
      gsize n;

      if (!san_query_step (query, &row, error))
        return FALSE;
      if (!row)
        return TRUE;
      if (!read_due (view, query, &due, error))
        return FALSE;
      data = san_query_get_blob (query, 8, &n);
      *go_on = func (&due, data, n, user);
    }
  return TRUE;
}

gboolean
san_store_each_due (SanStore *self, guint mask, const SanId32 *child, gint64 notice_until,
                    SanDueFunc func, gpointer user, GError **error)
{
  gboolean go_on = TRUE;
  SanView *view;
  guint c = 0;

  if (!child && !san_ids_read_dossiers (self, error))
    return FALSE;
  while ((view = next_view (self, mask, &c)) != NULL)
    if (!each_due_of (view, child, notice_until, func, user, &go_on, error))
      return FALSE;
  return TRUE;
}

static int
due_compare (gconstpointer a, gconstpointer b)
{
  const SanDueRow *one = *(gpointer *)a, *two = *(gpointer *)b;
  int c;

  if (one->at != two->at)
    return one->at < two->at ? -1 : 1;
  c = san_id32_compare (&one->child, &two->child);
  c = c ? c : strcmp (one->milestone, two->milestone);
  return c ? c : san_id16_compare (&one->record, &two->record);
}

static gboolean
copy_due (const SanDueRow *row, const guint8 *data, gsize n, gpointer list)
{
  SanDueRow *copy = g_memdup2 (row, sizeof *row);

  copy->milestone = g_strdup (row->milestone);
  copy->data = n ? g_bytes_new (data, n) : NULL;
  g_ptr_array_add (list, copy);
  return TRUE;
}

GPtrArray *
san_store_list_due (SanStore *self, guint mask, const SanId32 *child, gint64 notice_until,
                    GError **error)
{
  g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify)san_due_row_free);

  if (!san_store_each_due (self, mask, child, notice_until, copy_due, list, error))
    return NULL;
  g_ptr_array_sort (list, due_compare);
  return g_steal_pointer (&list);
}

guint
san_store_count_due (SanStore *self, guint mask, gint64 at_until, GError **error)
{
  guint n = 0, c = 0;
  SanView *view;

  while ((view = next_view (self, mask, &c)) != NULL)
    {
      g_autoptr(SanQuery) query
          = san_query (view->db, "SELECT count(*) FROM due WHERE at <= ?1", error);
      gboolean row;

      if (!query)
        return 0;
      san_query_put_int (query, 1, at_until);
      if (!san_query_step (query, &row, error))
        return 0;
      n += san_query_get_int (query, 0);
    }
  return n;
}

/* Summaries */

static SanView *
view_of (SanStore *self, guint8 compartment, GError **error)
{
  if (compartment < SAN_N_COMPARTMENTS && self->views[compartment])
    return self->views[compartment];
  g_set_error (error, SAN_ERROR, SAN_ERROR_LOCKED, "compartment %u is not open", compartment);
  return NULL;
}

static SanSummaryRow *
read_summary (SanView *view, SanQuery *query, GError **error)
{
  SanSummaryRow *row = g_new0 (SanSummaryRow, 1);

  if (!san_ids_get_dossier (view->store, san_query_get_int (query, 0), &row->dossier, error))
    {
      g_free (row);
      return NULL;
    }
  row->compartment = view->compartment;
  row->sort = g_strdup (san_query_get_text (query, 1));
  row->status = san_query_get_int (query, 2);
  row->data = san_query_dup_bytes (query, 3);
  return row;
}

GPtrArray *
san_store_list_summaries (SanStore *self, guint8 compartment, int status, guint offset, guint limit,
                          GError **error)
{
  g_autoptr(GPtrArray) list
      = g_ptr_array_new_with_free_func ((GDestroyNotify)san_summary_row_free);
  SanView *view = view_of (self, compartment, error);
  g_autoptr(SanQuery) query = NULL;
  gboolean row;

  if (!view)
    return NULL;
  query
      = san_query (view->db,
                   status < 0 ? "SELECT dossier, sort, status, data FROM summary"
                                " ORDER BY sort, dossier LIMIT ?1 OFFSET ?2"
                              : "SELECT dossier, sort, status, data FROM summary WHERE status = ?3"
                                " ORDER BY sort, dossier LIMIT ?1 OFFSET ?2",
                   error);
  if (!query)
    return NULL;
  san_query_put_int (query, 1, limit);
  san_query_put_int (query, 2, offset);
  if (status >= 0)
    san_query_put_int (query, 3, status);
  while (TRUE)
    {
      SanSummaryRow *summary;

      if (!san_query_step (query, &row, error))
        return NULL;
      if (!row)
        return g_steal_pointer (&list);
      summary = read_summary (view, query, error);
      if (!summary)
        return NULL;
      g_ptr_array_add (list, summary);
    }
}

gboolean
san_store_each_summary (SanStore *self, guint8 compartment, SanSummaryFunc func, gpointer user,
                        GError **error)
{
  SanView *view = view_of (self, compartment, error);
  g_autoptr(SanQuery) query = NULL;
  gboolean row, go_on = TRUE;

  if (!view || !san_ids_read_dossiers (self, error))
    return FALSE;
  query = san_query (view->db, "SELECT dossier, status, data FROM summary", error);
  if (!query)
    return FALSE;
  while (go_on)
    {
      const guint8 *data;
      SanId32 id;
      gsize n;

      if (!san_query_step (query, &row, error))
        return FALSE;
      if (!row)
        return TRUE;
      if (!san_ids_get_dossier (self, san_query_get_int (query, 0), &id, error))
        return FALSE;
      data = san_query_get_blob (query, 2, &n);
      go_on = func (&id, san_query_get_int (query, 1), data, n, user);
    }
  return TRUE;
}

/* Many small reads in one transaction: each alone would lock and unlock the file. */
static gboolean
begin_reading (SanDb *db, gboolean *begun, GError **error)
{
  g_autoptr(SanQuery) query = NULL;

  *begun = FALSE;
  if (san_db_is_in_tx (db))
    return TRUE;
  query = san_query (db, "BEGIN", error);
  *begun = query && san_query_run (query, error);
  return *begun;
}

static gboolean
end_reading (SanDb *db, gboolean begun, gboolean ok, GError **error)
{
  if (begun && ok)
    return san_db_commit (db, error);
  if (begun)
    san_db_rollback (db);
  return ok;
}

static gboolean
read_summaries_of (SanView *view, const SanId32 *dossiers, guint n, SanSummaryFunc func,
                   gpointer user, GError **error)
{
  g_autoptr(SanQuery) query
      = san_query (view->db, "SELECT status, data FROM summary WHERE dossier = ?1", error);
  gboolean go_on = TRUE;

  for (guint i = 0; query && go_on && i < n; i++)
    {
      const guint8 *data;
      gboolean row;
      gint64 no;
      gsize size;

      if (!san_ids_find_dossier (view->store, &dossiers[i], &no, error))
        return FALSE;
      san_query_put_int (query, 1, no);
      if (!san_query_step (query, &row, error))
        return FALSE;
      if (row)
        {
          data = san_query_get_blob (query, 1, &size);
          go_on = func (&dossiers[i], san_query_get_int (query, 0), data, size, user);
        }
      san_query_reset (query);
    }
  return query != NULL;
}

gboolean
san_store_each_summary_of (SanStore *self, guint8 compartment, const SanId32 *dossiers, guint n,
                           SanSummaryFunc func, gpointer user, GError **error)
{
  SanView *view = view_of (self, compartment, error);
  gboolean begun, view_begun, ok;

  if (!view || !begin_reading (self->db, &begun, error))
    return FALSE;
  ok = begin_reading (view->db, &view_begun, error)
       && end_reading (view->db, view_begun,
                       read_summaries_of (view, dossiers, n, func, user, error), error);
  return end_reading (self->db, begun, ok, error);
}

SanSummaryRow *
san_store_dup_summary (SanStore *self, guint8 compartment, const SanId32 *dossier, GError **error)
{
  SanView *view = view_of (self, compartment, error);
  g_autoptr(SanQuery) query = NULL;
  gboolean row;
  gint64 no;

  if (!view || !san_ids_find_dossier (self, dossier, &no, error))
    return NULL;
  query = san_query (view->db, "SELECT dossier, sort, status, data FROM summary WHERE dossier = ?1",
                     error);
  if (!query)
    return NULL;
  san_query_put_int (query, 1, no);
  if (!san_query_step (query, &row, error) || !row)
    return NULL;
  return read_summary (view, query, error);
}

guint
san_store_count_summaries (SanStore *self, guint8 compartment, int status, GError **error)
{
  SanView *view = view_of (self, compartment, error);
  g_autoptr(SanQuery) query = NULL;
  gboolean row;

  if (!view)
    return 0;
  query = san_query (view->db,
                     status < 0 ? "SELECT count(*) FROM summary"
                                : "SELECT count(*) FROM summary WHERE status = ?1",
                     error);
  if (!query)
    return 0;
  if (status >= 0)
    san_query_put_int (query, 1, status);
  return san_query_step (query, &row, error) ? san_query_get_int (query, 0) : 0;
}

/* Search */

void
san_search_hit_free (SanSearchHit *self)
{
  g_free ((char *)self->kind);
  g_free ((char *)self->latin);
  g_free (self);
}

/* Each word a prefix, quoted so that nothing in it is taken for an operator. NULL: no word. */
static char *
make_match (const char *keys)
{
  g_auto(GStrv) words = g_strsplit_set (keys, " \t\n\"*", -1);
  g_autoptr(GString) match = g_string_new (NULL);

  for (guint i = 0; words[i]; i++)
    if (words[i][0])
      g_string_append_printf (match, "%s\"%s\"*", match->len ? " " : "", words[i]);
  return match->len ? g_string_free (g_steal_pointer (&match), FALSE) : NULL;
}

static gboolean
each_hit_of (SanView *view, const char *match, guint *left, SanHitFunc func, gpointer user,
             GError **error)
{
  g_autoptr(SanQuery) query = san_query (
      view->db,
      "SELECT r.dossier, r.kind, r.latin FROM search JOIN search_row r ON r.no = search.rowid"
      " WHERE search MATCH ?1 LIMIT ?2",
      error);
  SanSearchHit hit = { .compartment = view->compartment };
  gboolean row;

  if (!query)
    return FALSE;
  san_query_put_text (query, 1, match);
  san_query_put_int (query, 2, *left);
  while (*left)
    {
      if (!san_query_step (query, &row, error))
        return FALSE;
      if (!row)
        return TRUE;
      if (!san_ids_get_dossier (view->store, san_query_get_int (query, 0), &hit.dossier, error))
        return FALSE;
      hit.kind = san_query_get_text (query, 1);
      hit.latin = san_query_get_text (query, 2);
      *left = func (&hit, user) ? *left - 1 : 0;
    }
  return TRUE;
}

gboolean
san_store_each_hit (SanStore *self, const char *keys, guint mask, guint limit, SanHitFunc func,
                    gpointer user, GError **error)
{
  g_autofree char *match = make_match (keys);
  SanView *view;
  guint c = 0;

  while (match && limit && (view = next_view (self, mask, &c)) != NULL)
    if (!each_hit_of (view, match, &limit, func, user, error))
      return FALSE;
  return TRUE;
}

static gboolean
copy_hit (const SanSearchHit *hit, gpointer list)
{
  SanSearchHit *copy = g_memdup2 (hit, sizeof *hit);

  copy->kind = g_strdup (hit->kind);
  copy->latin = g_strdup (hit->latin);
  g_ptr_array_add (list, copy);
  return TRUE;
}

GPtrArray *
san_store_search (SanStore *self, const char *keys, guint mask, guint limit, GError **error)
{
  g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify)san_search_hit_free);

  if (!san_store_each_hit (self, keys, mask, limit, copy_hit, list, error))
    return NULL;
  return g_steal_pointer (&list);
}
