/* san-ids.c - small numbers for long ids, and the columns of entries that are asked for often
 *
 * Caches: ids of dossiers and authors by number, and a direct-mapped one of entries. They may be
 * thrown away at any time; after a rollback they must be. */
#include "san-store-private.h"
#include "san-error.h"

static gboolean
find_no (SanDb *db, const char *sql, const void *id, gsize n, gint64 *no, GError **error)
{
  g_autoptr(SanQuery) query = san_query (db, sql, error);
  gboolean row;

  if (!query)
    return FALSE;
  san_query_put_blob (query, 1, id, n);
  if (!san_query_step (query, &row, error))
    return FALSE;
  *no = row ? san_query_get_int (query, 0) : 0;
  return TRUE;
}

static gboolean
add_no (SanDb *db, const char *insert, const void *id, gsize n, gint64 *no, GError **error)
{
  g_autoptr(SanQuery) query = san_query (db, insert, error);

  if (!query)
    return FALSE;
  san_query_put_blob (query, 1, id, n);
  if (!san_query_run (query, error))
    return FALSE;
  *no = san_db_get_last_row (db);
  return TRUE;
}

static gboolean
no_such (gint64 no, const char *what, GError **error)
{
  g_set_error (error, SAN_ERROR, SAN_ERROR_DAMAGED, "no %s with number %" G_GINT64_FORMAT, what,
               no);
  return FALSE;
}

static gboolean
get_id (SanDb *db, const char *sql, gint64 no, void *out, gsize n, const char *what, GError **error)
{
  g_autoptr(SanQuery) query = san_query (db, sql, error);
  const guint8 *data;
  gboolean row;
  gsize size;

  if (!query)
    return FALSE;
  san_query_put_int (query, 1, no);
  if (!san_query_step (query, &row, error))
    return FALSE;
  data = row ? san_query_get_blob (query, 0, &size) : NULL;
  if (!data || size != n)
    return no_such (no, what, error);
  memcpy (out, data, n);
  return TRUE;
}

gboolean
san_ids_find_dossier (SanStore *self, const SanId32 *id, gint64 *no, GError **error)
{
  SanDossierNo *asked
      = &self->asked_dossiers[san_id32_hash (id) % G_N_ELEMENTS (self->asked_dossiers)];

  if (asked->no && san_id32_equal (&asked->id, id))
    {
      *no = asked->no;
      return TRUE;
    }
  if (!find_no (self->db, "SELECT no FROM dossier WHERE id = ?1", id->b, sizeof id->b, no, error))
    return FALSE;
  asked->id = *id;
  asked->no = *no;
  return TRUE;
}

/* An id out of an array by number, read into it when it is first asked for. */
static gboolean
get_kept (SanDb *db, GArray *kept, const char *sql, gint64 no, SanId32 *out, const char *what,
          GError **error)
{
  SanId32 *slot;

  if (no < 1)
    return no_such (no, what, error);
  if (kept->len <= (guint64)no)
    g_array_set_size (kept, no + 256);
  slot = &g_array_index (kept, SanId32, no);
  if (san_id32_is_zero (slot) && !get_id (db, sql, no, slot->b, sizeof slot->b, what, error))
    return FALSE;
  *out = *slot;
  return TRUE;
}

gboolean
san_ids_get_dossier (SanStore *self, gint64 no, SanId32 *out, GError **error)
{
  return get_kept (self->db, self->dossier_ids, "SELECT id FROM dossier WHERE no = ?1", no, out,
                   "dossier", error);
}

gboolean
san_ids_read_dossiers (SanStore *self, GError **error)
{
  g_autoptr(SanQuery) query
      = san_query (self->db, "SELECT no, id FROM dossier WHERE no > ?1 ORDER BY no", error);
  gboolean row;

  if (!query)
    return FALSE;
  san_query_put_int (query, 1, self->n_dossiers_read);
  while (TRUE)
    {
      gint64 no;

      if (!san_query_step (query, &row, error))
        return FALSE;
      if (!row)
        return TRUE;
      no = san_query_get_int (query, 0);
      if (self->dossier_ids->len <= (guint64) no)
        g_array_set_size (self->dossier_ids, MAX (no + 256, 2 * self->dossier_ids->len));
      san_query_get_id32 (query, 1, &g_array_index (self->dossier_ids, SanId32, no));
      self->n_dossiers_read = no;
    }
}

void
san_ids_read_dossier (SanQuery *query, SanDossier *out)
{
  memset (out, 0, sizeof *out);
  san_query_get_id32 (query, 0, &out->id);
  out->type = san_query_get_int (query, 1);
  san_query_get_id32 (query, 2, &out->owner);
  out->standing = san_query_get_int (query, 3);
  out->wall = san_query_get_int (query, 4);
  out->bytes = san_query_get_int (query, 5);
  out->erased = san_query_get_int (query, 6) != 0;
}

gboolean
san_ids_describe_dossier (SanStore *self, gint64 no, SanDossier *out, gboolean *found,
                          GError **error)
{
  g_autoptr(SanQuery) query = NULL;
  SanDossier about;

  *found = TRUE;
  if (no && no == self->known_dossier_no)
    {
      *out = self->known_dossier;
      return TRUE;
    }
  query = san_query (self->db, SAN_DOSSIER_COLUMNS "WHERE no = ?1", error);
  if (!query)
    return FALSE;
  san_query_put_int (query, 1, no);
  if (!san_query_step (query, found, error))
    return FALSE;
  if (!*found)
    return TRUE;
  san_ids_read_dossier (query, &about);
  self->known_dossier = about;
  self->known_dossier_no = no;
  *out = about;
  return TRUE;
}

void
san_ids_dossier_changes (SanStore *self)
{
  self->known_dossier_no = 0;
}

void
san_ids_dossier_grows (SanStore *self, gint64 no, gint64 bytes)
{
  if (self->known_dossier_no == no)
    self->known_dossier.bytes += bytes;
}

gboolean
san_ids_find_journal (SanStore *self, const SanId16 *id, gint64 *no, GError **error)
{
  if (self->asked_journal_no && san_id16_equal (&self->asked_journal, id))
    {
      *no = self->asked_journal_no;
      return TRUE;
    }
  if (!find_no (self->db, "SELECT no FROM journal WHERE id = ?1", id->b, sizeof id->b, no, error))
    return FALSE;
  self->asked_journal = *id;
  self->asked_journal_no = *no;
  return TRUE;
}

gboolean
san_ids_intern_journal (SanStore *self, const SanId16 *id, gint64 *no, GError **error)
{
  return san_ids_find_journal (self, id, no, error)
         && (*no || add_no (self->db, "INSERT INTO journal(id) VALUES(?1)", id->b, sizeof id->b,
                            no, error));
}

gboolean
san_ids_get_journal (SanStore *self, gint64 no, SanId16 *out, GError **error)
{
  return get_id (self->db, "SELECT id FROM journal WHERE no = ?1", no, out->b, sizeof out->b,
                 "journal", error);
}

gboolean
san_ids_find_author (SanStore *self, const SanId32 *pk, gint64 *no, GError **error)
{
  if (self->asked_author_no && san_id32_equal (&self->asked_author, pk))
    {
      *no = self->asked_author_no;
      return TRUE;
    }
  if (!find_no (self->db, "SELECT no FROM author WHERE pk = ?1", pk->b, sizeof pk->b, no, error))
    return FALSE;
  self->asked_author = *pk;
  self->asked_author_no = *no;
  return TRUE;
}

gboolean
san_ids_intern_author (SanStore *self, const SanId32 *pk, gint64 *no, GError **error)
{
  return san_ids_find_author (self, pk, no, error)
         && (*no || add_no (self->db, "INSERT INTO author(pk) VALUES(?1)", pk->b, sizeof pk->b, no,
                            error));
}

gboolean
san_ids_get_author (SanStore *self, gint64 no, SanId32 *out, GError **error)
{
  return get_kept (self->db, self->author_pks, "SELECT pk FROM author WHERE no = ?1", no, out,
                   "author", error);
}

gboolean
san_ids_find_entry (SanStore *self, const SanId32 *id, gint64 *seq, GError **error)
{
  if (self->newest_seq && san_id32_equal (&self->newest_id, id))
    {
      *seq = self->newest_seq; /* most often it is the one before in the journal */
      return TRUE;
    }
  return find_no (self->db, "SELECT seq FROM entry WHERE id = ?1", id->b, sizeof id->b, seq, error);
}

const SanEntryInfo *
san_ids_get_entry (SanStore *self, gint64 seq, GError **error)
{
  SanEntryInfo *slot = &self->infos[seq % SAN_INFO_SLOTS];
  g_autoptr(SanQuery) query = NULL;
  SanEntryInfo info = { .seq = seq };
  gboolean row;

  if (slot->seq == seq && seq != 0)
    return slot;
  query = san_query (
      self->db,
      "SELECT id, dossier, journal, number, previous, author, wall, kind, flags, parts, visible"
      " FROM entry WHERE seq = ?1",
      error);
  if (!query)
    return NULL;
  san_query_put_int (query, 1, seq);
  if (!san_query_step (query, &row, error))
    return NULL;
  if (!row || !san_query_get_id32 (query, 0, &info.id))
    {
      no_such (seq, "entry", error);
      return NULL;
    }
  info.dossier = san_query_get_int (query, 1);
  info.journal = san_query_get_int (query, 2);
  info.number = san_query_get_int (query, 3);
  info.previous = san_query_get_int (query, 4);
  info.author = san_query_get_int (query, 5);
  info.wall = san_query_get_int (query, 6);
  info.kind = san_query_get_int (query, 7);
  info.flags = san_query_get_int (query, 8);
  info.parts = san_query_get_int (query, 9);
  info.visible = san_query_get_int (query, 10);
  *slot = info;
  return slot;
}

void
san_ids_put_entry (SanStore *self, const SanEntryInfo *info)
{
  self->infos[info->seq % SAN_INFO_SLOTS] = *info;
  self->newest_id = info->id;
  self->newest_seq = info->seq;
}

const SanEntryInfo *
san_ids_recall_arrival (SanStore *self, gint64 rev)
{
  const SanArrival *arrival = &self->arrivals[rev % SAN_ARRIVAL_SLOTS];
  const SanEntryInfo *info = &self->infos[arrival->seq % SAN_INFO_SLOTS];

  return arrival->rev == rev && arrival->seq == info->seq ? info : NULL;
}

void
san_ids_keep_newest (SanStore *self, gint64 seq, SanEntry *entry, SanDataBody *body)
{
  g_clear_pointer (&self->newest_body, san_data_body_unref);
  g_clear_pointer (&self->newest_entry, san_entry_unref);
  self->newest_entry = body ? san_entry_ref (entry) : NULL;
  self->newest_body = body ? san_data_body_ref (body) : NULL;
  self->newest_body_seq = body ? seq : 0;
}

void
san_ids_forget (SanStore *self)
{
  san_ids_keep_newest (self, 0, NULL, NULL);
  memset (self->arrivals, 0, sizeof self->arrivals);
  memset (self->infos, 0, SAN_INFO_SLOTS * sizeof *self->infos);
  memset (self->concerns, 0, SAN_CONCERN_SLOTS * sizeof *self->concerns);
  g_array_set_size (self->dossier_ids, 0);
  g_array_set_size (self->author_pks, 0);
  memset (self->asked_dossiers, 0, sizeof self->asked_dossiers);
  self->asked_journal_no = 0;
  self->asked_author_no = 0;
  self->newest_seq = 0;
  self->n_dossiers_read = 0;
  self->known_dossier_no = 0;
}

gboolean
san_ids_descends (SanStore *self, gint64 a, gint64 b, gboolean *yes, GError **error)
{
  const SanEntryInfo *info = san_ids_get_entry (self, b, error);
  SanEntryInfo low;
  gint64 branches;

  if (!info)
    return FALSE;
  low = *info;
  info = san_ids_get_entry (self, a, error);
  if (!info)
    return FALSE;
  *yes = info->dossier == low.dossier && info->journal == low.journal && info->number >= low.number;
  if (!*yes || a == b)
    return TRUE;
  if (!san_branches_count (self, low.dossier, low.journal, &branches, error))
    return FALSE;
  if (branches <= 1)
    return TRUE;
  while (info->number > low.number)
    {
      info = san_ids_get_entry (self, info->previous, error);
      if (!info)
        return FALSE;
    }
  *yes = info->seq == b;
  return TRUE;
}
