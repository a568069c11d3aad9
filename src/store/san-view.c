/* san-view.c - a view follows the entries: by rev, in batches, as far as it can
 *
 * A batch: entries above the mark are put into the tables, the records that they touch are
 * settled, the mark rises. When no entry is left, the derived rows of touched dossiers are made
 * anew. An entry comes again whenever its verdict changes; putting it in twice changes nothing. */
#include "san-view-private.h"
#include "san-schema-private.h"
#include "san-error.h"

#define BATCH_ENTRIES 4096
#define COMMIT_ENTRIES 64 /* after so many a view of its own file commits */
#define LAG_LIMIT 1024    /* so far its mark on the disk may lie behind */

gboolean
san_view_is_house (const SanView *self)
{
  return self->db == self->store->db;
}

static gboolean
load (SanView *self, GError **error)
{
  if (!san_db_get_int (self->db, "SELECT value FROM view WHERE name = 'mark'", &self->mark, error)
      || !san_db_get_int (self->db, "SELECT count(*) FROM missing", &self->n_missing, error))
    return FALSE;
  self->kept_mark = self->mark;
  return TRUE;
}

static void
secret_free (gpointer secret)
{
  san_secret_unref (secret);
}

static void
memo_free (gpointer memo)
{
  san_view_memo_unref (memo);
}

static void
view_free (SanView *self)
{
  g_hash_table_unref (self->keys);
  g_hash_table_unref (self->records);
  g_hash_table_unref (self->memos);
  g_array_unref (self->touched);
  g_array_unref (self->reopened);
  g_free (self);
}

SanView *
san_view_new (SanStore *store, SanDb *db, guint8 compartment, GError **error)
{
  SanView *self = g_new0 (SanView, 1);

  self->store = store;
  self->db = db;
  san_view_changes (self);
  self->compartment = compartment;
  self->reads = san_compartment_reads_with (compartment);
  self->keys = g_hash_table_new_full (san_id32_hash, san_id32_equal, g_free, secret_free);
  self->records = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->memos = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, memo_free);
  self->touched = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->has_touched = self->has_summaries = self->has_search = TRUE;
  self->reopened = g_array_new (FALSE, FALSE, sizeof (gint64));
  if (load (self, error))
    return self;
  view_free (self);
  return NULL;
}

void
san_view_reset (SanView *self, gint64 mark, gint64 n_missing)
{
  self->mark = mark;
  self->kept_mark = 0;
  self->n_missing = n_missing;
  self->n_uncommitted = 0;
  self->shown_dossier = 0;
  self->forgotten = 0;
  g_hash_table_remove_all (self->keys);
  g_hash_table_remove_all (self->records);
  g_array_set_size (self->reopened, 0);
  g_array_set_size (self->touched, 0);
  self->has_touched = self->has_summaries = self->has_search = TRUE;
  self->fits_version = FALSE;
  san_view_forget_memos (self);
}

/* If the disk does not even say what the mark is, all is taken in again: that changes nothing. */
void
san_view_abandon (SanView *self)
{
  if (!san_view_is_house (self) || !self->store->tx)
    san_db_rollback (self->db);
  san_view_reset (self, 0, 0);
  if (!load (self, NULL))
    {
      self->mark = 0;
      self->n_missing = 1;
    }
}

gboolean
san_view_begin (SanView *self, GError **error)
{
  return san_db_is_in_tx (self->db) || san_db_begin (self->db, error);
}

static gboolean
put_mark (SanView *self, GError **error)
{
  g_autoptr(SanQuery) query
      = san_query (self->db, "UPDATE view SET value = ?1 WHERE name = 'mark'", error);

  if (!query)
    return FALSE;
  san_query_put_int (query, 1, self->mark);
  if (!san_query_run (query, error))
    return FALSE;
  self->kept_mark = self->mark;
  return TRUE;
}

/* The mark of a view in a file of its own is put there when it commits. */
gboolean
san_view_settle (SanView *self, GError **error)
{
  if (san_view_is_house (self) || !san_db_is_in_tx (self->db))
    return TRUE;
  if (!put_mark (self, error) || !san_db_commit (self->db, error))
    {
      san_view_abandon (self);
      return FALSE;
    }
  self->n_uncommitted = 0;
  return TRUE;
}

gboolean
san_view_done (SanView *self, GError **error)
{
  if (san_view_is_house (self))
    return self->store->tx != NULL || !san_db_is_in_tx (self->db)
           || san_db_commit (self->db, error);
  return self->n_uncommitted < COMMIT_ENTRIES || san_view_settle (self, error);
}

gboolean
san_view_close (SanView *self, GError **error)
{
  gboolean ok = san_view_settle (self, error);

  if (!san_view_is_house (self))
    ok = san_db_close (self->db, ok ? error : NULL) && ok;
  view_free (self);
  return ok;
}

/* For one made beside: its database stays open, without what was not committed. */
void
san_view_leave (SanView *self)
{
  san_db_rollback (self->db);
  view_free (self);
}

/* Is the dossier one that lists and counts show: own or accepted, and not erased? */
static gboolean
shows (SanView *self, gint64 dossier, gboolean *shown, GError **error)
{
  SanDossier about;
  gboolean found;

  if (dossier != self->shown_dossier)
    {
      if (!san_ids_describe_dossier (self->store, dossier, &about, &found, error))
        return FALSE;
      self->shown = found && (about.standing & SAN_STANDING_SHOWN) != 0 && !about.erased;
      self->shown_dossier = dossier;
    }
  *shown = self->shown;
  return TRUE;
}

typedef struct
{
  gint64        seq, dossier;
  guint8        kind;
  guint         parts;
  const guint8 *header;                        /* borrowed */
  gsize         n_header;
  GBytes       *body;                          /* NULL: there is none, or none for this view */
} Row;

static gboolean
put_row (SanView *self, const Row *row, GError **error)
{
  gboolean shown;

  if (!shows (self, row->dossier, &shown, error))
    return FALSE;
  if (!shown)
    return san_view_forget (self, row->dossier, error);
  if (self->forgotten == row->dossier)
    self->forgotten = 0;
  if ((row->parts & (1u << self->compartment)) && row->body
      && !san_view_put_entry (self, row->seq, row->kind, row->parts, row->header, row->n_header,
                              row->body, error))
    return FALSE;
  if ((row->kind == SAN_KIND_FOUNDING || san_view_is_concerned (self, row->seq, row->parts))
      && !san_view_touch (self, row->dossier, error))
    return FALSE;
  return self->n_missing == 0 || san_view_resolve (self, row->seq, error);
}

/* Columns: seq, rev, dossier, kind, parts, header, body. */
static gboolean
put_found (SanView *self, SanQuery *query, GError **error)
{
  g_autoptr(GBytes) body = NULL;
  Row row = {
    .seq = san_query_get_int (query, 0),
    .dossier = san_query_get_int (query, 2),
    .kind = san_query_get_int (query, 3),
    .parts = san_query_get_int (query, 4),
  };

  if (row.parts & (1u << self->compartment))
    {
      row.header = san_query_get_blob (query, 5, &row.n_header);
      body = san_query_dup_bytes (query, 6);
      row.body = body;
    }
  return put_row (self, &row, error);
}

/* What was stored last, if nothing else is ahead: memory has all of it. */
static gboolean
put_newest (SanView *self, gboolean *put, GError **error)
{
  SanStore *store = self->store;
  const SanEntryInfo *info
      = self->mark + 1 == store->rev ? san_ids_recall_arrival (store, store->rev) : NULL;
  Row row = { 0 };

  *put = info && info->seq == store->newest_body_seq;
  if (!*put)
    return TRUE;
  row.seq = info->seq;
  row.dossier = info->dossier;
  row.kind = info->kind;
  row.parts = info->parts;
  row.header = san_entry_get_raw_header (store->newest_entry);
  row.n_header = SAN_HEADER_SIZE;
  row.body = san_entry_get_body (store->newest_entry);
  self->shown_dossier = 0;
  self->mark = store->rev;
  return put_row (self, &row, error);
}

static gboolean
settle_records (SanView *self, GError **error)
{
  GHashTableIter iter;
  gpointer record;

  g_hash_table_iter_init (&iter, self->records);
  while (g_hash_table_iter_next (&iter, &record, NULL))
    if (!san_view_settle_record (self, *(gint64 *)record, error))
      return FALSE;
  g_hash_table_remove_all (self->records);
  return TRUE;
}

static gboolean
finish_batch (SanView *self, GError **error)
{
  return settle_records (self, error) && (!san_view_is_house (self) || put_mark (self, error));
}

static gboolean
put_batch (SanView *self, guint *n, GError **error)
{
  g_autoptr(SanQuery) query
      = san_query (self->store->db,
                   "SELECT seq, rev, dossier, kind, parts, header, body FROM entry WHERE rev > ?1"
                   " ORDER BY rev LIMIT ?2",
                   error);
  gint64 mark = self->mark;
  gboolean row;

  if (!query)
    return FALSE;
  self->shown_dossier = 0;
  san_query_put_int (query, 1, self->mark);
  san_query_put_int (query, 2, BATCH_ENTRIES);
  for (*n = 0;; ++*n)
    {
      if (!san_query_step (query, &row, error))
        return FALSE;
      if (!row)
        break;
      mark = san_query_get_int (query, 1);
      if (!put_found (self, query, error))
        return FALSE;
    }
  self->mark = mark;
  return finish_batch (self, error);
}

/* Parts that opened now touch other views too, though no entry came: a new rev says so. */
static gboolean
tell_others (SanView *self, GError **error)
{
  g_autoptr(SanQuery) query = NULL;
  gboolean own = !san_db_is_in_tx (self->store->db);

  if (self->reopened->len == 0 || self->beside || self->compartment != SAN_COMPARTMENT_CASE)
    {
      g_array_set_size (self->reopened, 0);
      return TRUE;
    }
  query = san_query (self->store->db, "UPDATE entry SET rev = ?2 WHERE seq = ?1", error);
  if (!query || (own && !san_db_begin (self->store->db, error)))
    return FALSE;
  for (guint i = 0; i < self->reopened->len; i++)
    {
      san_query_put_int (query, 1, g_array_index (self->reopened, gint64, i));
      san_query_put_int (query, 2, ++self->store->rev);
      if (!san_query_run (query, error))
        {
          if (own)
            san_db_rollback (self->store->db);
          return FALSE;
        }
    }
  g_array_set_size (self->reopened, 0);
  return !own || san_db_commit (self->store->db, error);
}

/* Entries that just came and say nothing to this view are passed over: no look at the disk. */
static void
pass_over (SanView *self)
{
  while (!san_view_is_house (self) && self->mark < self->store->rev && self->n_missing == 0
         && self->mark < self->kept_mark + LAG_LIMIT)
    {
      const SanEntryInfo *info = san_ids_recall_arrival (self->store, self->mark + 1);

      if (!info || info->kind != SAN_KIND_CHANGES || (info->parts & (1u << self->compartment))
          || san_view_is_concerned (self, info->seq, info->parts))
        return;
      self->mark++;
    }
}

static gboolean
follow (SanView *self, SanProgressFunc progress, gpointer data, GCancellable *cancellable,
        GError **error)
{
  guint64 all, done = 0;
  gboolean newest;
  guint n;

  pass_over (self);
  all = self->store->rev - self->mark;
  while (self->mark < self->store->rev)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error) || !san_view_begin (self, error)
          || !put_newest (self, &newest, error))
        return FALSE;
      n = newest;
      if (!(newest ? finish_batch (self, error) : put_batch (self, &n, error))
          || !tell_others (self, error))
        return FALSE;
      if (n == 0)
        break; /* revs that a rollback gave back */
      self->n_uncommitted += n;
      done += n;
      if (progress)
        progress (MIN (done, all), all, data);
      if (n == BATCH_ENTRIES &&
          (!san_view_put_touched (self, error) || !san_view_done (self, error)))
        return FALSE;
    }
  if (g_hash_table_size (self->records) > 0
      && (!san_view_begin (self, error) || !settle_records (self, error)
          || !tell_others (self, error)))
    return FALSE;
  if (!san_view_check_version (self, error))
    return FALSE;
  return san_view_derive (self, cancellable, error) && san_view_done (self, error);
}

/**
 * san_view_catch_up:
 *
 * Takes in what has a higher rev than the mark. Inside a transaction of the store the house view
 * is part of it; else on failure the view is as it was when it last committed.
 */
gboolean
san_view_catch_up (SanView *self, SanProgressFunc progress, gpointer data,
                   GCancellable *cancellable, GError **error)
{
  if (follow (self, progress, data, cancellable, error))
    return TRUE;
  if (!san_view_is_house (self) || !self->store->tx)
    san_view_abandon (self);
  return FALSE;
}

gboolean
san_view_empty (SanView *self, GError **error)
{
  san_view_forget_memos (self);
  if (!san_view_begin (self, error) || !san_schema_drop_view (self->db, error))
    return FALSE;
  san_view_reset (self, 0, 0);
  return TRUE;
}
