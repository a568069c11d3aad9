/* san-waiting.c - the waiting room, and quarantine
 *
 * Only entries whose seat, signature and hash are good get here. Dropping one is safe: it was
 * never claimed as had. Quarantine goes by entry id, so that it does not depend on the order of
 * arrival: what follows a bad entry is bad, another branch of the journal is not. */
#include "san-intake-private.h"
#include "san-error.h"

static gboolean
is_in (SanDb *db, const char *sql, const SanId32 *id, gboolean *is, GError **error)
{
  g_autoptr(SanQuery) query = san_query (db, sql, error);

  if (!query)
    return FALSE;
  san_query_put_blob (query, 1, id->b, sizeof id->b);
  return san_query_step (query, is, error);
}

gboolean
san_waiting_has (SanStore *self, const SanId32 *id, gboolean *has, GError **error)
{
  return is_in (self->db, "SELECT 1 FROM waiting WHERE id = ?1", id, has, error);
}

gboolean
san_waiting_is_quarantined (SanStore *self, const SanId32 *id, gboolean *is, GError **error)
{
  return is_in (self->db, "SELECT 1 FROM quarantine WHERE id = ?1", id, is, error);
}

void
san_waiting_name_author (SanTx *tx, const SanId32 *author)
{
  GPtrArray *list = tx->summary.refused_authors;

  for (guint i = 0; i < list->len; i++)
    if (san_id32_equal (list->pdata[i], author))
      return;
  g_ptr_array_add (list, san_id32_copy (author));
}

gboolean
san_waiting_quarantine (SanStore *self, SanEntry *entry, const char *why, GError **error)
{
  g_autoptr(SanQuery) query
      = san_query (self->db,
                   "INSERT OR IGNORE INTO quarantine(id, dossier, journal, number, author, why)"
                   " VALUES(?1, ?2, ?3, ?4, ?5, ?6)",
                   error);
  const SanHeader *header = san_entry_get_header (entry);
  const SanId32 *id = san_entry_get_id (entry);

  if (!query)
    return FALSE;
  san_query_put_blob (query, 1, id->b, sizeof id->b);
  san_query_put_blob (query, 2, san_entry_get_dossier (entry)->b, sizeof (SanId32));
  san_query_put_blob (query, 3, header->journal.b, sizeof header->journal.b);
  san_query_put_int (query, 4, header->number);
  san_query_put_blob (query, 5, header->author.b, sizeof header->author.b);
  san_query_put_text (query, 6, why);
  self->tx->has_aside = TRUE;
  return san_query_run (query, error);
}

/* Oldest out, until this peer's part is within its limits. */
static gboolean
make_room (SanDb *db, const SanId16 *peer, GError **error)
{
  g_autoptr(SanQuery) count
      = san_query (db, "SELECT count(*), sum(size), min(no) FROM waiting WHERE peer = ?1", error);
  g_autoptr(SanQuery) drop = san_query (db, "DELETE FROM waiting WHERE no = ?1", error);
  gboolean row;

  if (!count || !drop)
    return FALSE;
  san_query_put_blob (count, 1, peer->b, sizeof peer->b);
  while (TRUE)
    {
      if (!san_query_step (count, &row, error))
        return FALSE;
      if (san_query_get_int (count, 0) <= SAN_WAITING_LIMIT
          && san_query_get_int (count, 1) <= SAN_WAITING_BYTES_LIMIT)
        return TRUE;
      san_query_put_int (drop, 1, san_query_get_int (count, 2));
      san_query_reset (count);
      if (!san_query_run (drop, error))
        return FALSE;
    }
}

gboolean
san_waiting_add (SanStore *self, SanEntry *entry, const SanId32 *need, const SanId16 *peer,
                 GError **error)
{
  g_autoptr(SanQuery) query = san_query (
      self->db,
      "INSERT OR IGNORE INTO waiting(id, need, peer, dossier, journal, number, size, entry)"
      " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
      error);
  const SanHeader *header = san_entry_get_header (entry);
  const SanId32 *id = san_entry_get_id (entry);
  g_autoptr(GBytes) bytes = san_entry_to_bytes (entry);

  if (!query)
    return FALSE;
  san_query_put_blob (query, 1, id->b, sizeof id->b);
  san_query_put_blob (query, 2, need->b, sizeof need->b);
  san_query_put_blob (query, 3, peer->b, sizeof peer->b);
  san_query_put_blob (query, 4, san_entry_get_dossier (entry)->b, sizeof (SanId32));
  san_query_put_blob (query, 5, header->journal.b, sizeof header->journal.b);
  san_query_put_int (query, 6, header->number);
  san_query_put_int (query, 7, g_bytes_get_size (bytes));
  san_query_put_bytes (query, 8, bytes);
  self->tx->has_aside = TRUE;
  return san_query_run (query, error) && make_room (self->db, peer, error);
}

typedef struct
{
  gint64 no;
  SanId16 peer;
  GBytes *bytes;
} Waiting;

static void
waiting_clear (gpointer data)
{
  g_bytes_unref (((Waiting *)data)->bytes);
}

static gboolean
list_waiting (SanDb *db, const SanId32 *need, GArray *list, GError **error)
{
  g_autoptr(SanQuery) query
      = san_query (db, "SELECT no, peer, entry FROM waiting WHERE need = ?1", error);
  gboolean row;

  if (!query)
    return FALSE;
  san_query_put_blob (query, 1, need->b, sizeof need->b);
  while (TRUE)
    {
      Waiting waiting;

      if (!san_query_step (query, &row, error))
        return FALSE;
      if (!row)
        return TRUE;
      waiting.no = san_query_get_int (query, 0);
      san_query_get_id16 (query, 1, &waiting.peer);
      waiting.bytes = san_query_dup_bytes (query, 2);
      g_array_append_val (list, waiting);
    }
}

static gboolean
drop (SanDb *db, gint64 no, GError **error)
{
  g_autoptr(SanQuery) query = san_query (db, "DELETE FROM waiting WHERE no = ?1", error);

  if (!query)
    return FALSE;
  san_query_put_int (query, 1, no);
  return san_query_run (query, error);
}

/* Tries one again; what may wait for it in turn is appended to @next. */
static gboolean
retry (SanTx *tx, const Waiting *waiting, GArray *next, GError **error)
{
  g_autoptr(SanEntry) entry = san_entry_new_from_bytes (waiting->bytes, NULL);
  SanApplyOutcome outcome;

  if (!drop (tx->store->db, waiting->no, error))
    return FALSE;
  if (!entry)
    return TRUE;
  if (!san_intake_take (tx, entry, &waiting->peer, FALSE, &outcome, error))
    return FALSE;
  if (outcome == SAN_APPLY_NEW || outcome == SAN_APPLY_ERASED)
    tx->summary.n_freed++;
  if (outcome != SAN_APPLY_WAITING)
    g_array_append_vals (next, san_entry_get_id (entry), 1);
  return TRUE;
}

gboolean
san_waiting_ask (SanTx *tx, const SanId32 *id, GError **error)
{
  g_autoptr(GArray) next = g_array_new (FALSE, FALSE, sizeof (SanId32));

  if (!tx->has_aside)
    return TRUE;
  g_array_append_vals (next, id, 1);
  while (next->len > 0)
    {
      SanId32 need = g_array_index (next, SanId32, next->len - 1);
      g_autoptr(GArray) list = g_array_new (FALSE, FALSE, sizeof (Waiting));

      g_array_set_clear_func (list, waiting_clear);
      g_array_set_size (next, next->len - 1);
      if (!list_waiting (tx->store->db, &need, list, error))
        return FALSE;
      for (guint i = 0; i < list->len; i++)
        if (!retry (tx, &g_array_index (list, Waiting, i), next, error))
          return FALSE;
    }
  return TRUE;
}
