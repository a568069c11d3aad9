/* san-read-entries.c - reading entries, dossiers, heads, held and quarantined ones */
#include "san-store-private.h"
#include "san-rule-private.h"
#include "san-causal.h"
#include "san-founding.h"
#include "san-error.h"

static gboolean
not_found (const char *what, GError **error)
{
  g_set_error (error, SAN_ERROR, SAN_ERROR_NOT_FOUND, "no such %s here", what);
  return FALSE;
}

/* Entries */

static SanEntry *
read_entry (SanQuery *query, GError **error)
{
  g_autoptr(GBytes) body = san_query_dup_bytes (query, 1);
  const guint8 *header;
  gsize n;

  header = san_query_get_blob (query, 0, &n);
  return san_entry_new (header, n, body, error);
}

SanEntry *
san_store_dup_entry (SanStore *self, const SanId32 *id, GError **error)
{
  g_autoptr(SanQuery) query
      = san_query (self->db, "SELECT header, body FROM entry WHERE id = ?1", error);
  gboolean row;

  if (!query)
    return NULL;
  san_query_put_blob (query, 1, id->b, sizeof id->b);
  if (!san_query_step (query, &row, error))
    return NULL;
  if (row)
    return read_entry (query, error);
  not_found ("entry", error);
  return NULL;
}

gboolean
san_store_has_entry (SanStore *self, const SanId32 *id)
{
  gint64 seq = 0;

  return san_ids_find_entry (self, id, &seq, NULL) && seq != 0;
}

gboolean
san_store_look_entry (SanStore *self, const SanId32 *id, gboolean *here, GError **error)
{
  gint64 seq = 0;

  if (!san_ids_find_entry (self, id, &seq, error))
    return FALSE;
  *here = seq != 0;
  return TRUE;
}

static gboolean
each_entry (SanQuery *query, SanEntryFunc func, gpointer data, GError **error)
{
  gboolean row;

  while (TRUE)
    {
      g_autoptr(SanEntry) entry = NULL;

      if (!san_query_step (query, &row, error))
        return FALSE;
      if (!row)
        return TRUE;
      entry = read_entry (query, error);
      if (!entry)
        return FALSE;
      if (!func (entry, data))
        return TRUE;
    }
}

gboolean
san_store_each_of_journal (SanStore *self, const SanId32 *dossier, const SanId16 *journal,
                           guint64 from, guint64 to, SanEntryFunc func, gpointer data,
                           GError **error)
{
  g_autoptr(SanQuery) query
      = san_query (self->db,
                   "SELECT header, body FROM entry WHERE dossier = ?1 AND journal = ?2"
                   " AND number BETWEEN ?3 AND ?4 ORDER BY number, id",
                   error);
  gint64 dossier_no, journal_no;

  if (!query || !san_ids_find_dossier (self, dossier, &dossier_no, error)
      || !san_ids_find_journal (self, journal, &journal_no, error))
    return FALSE;
  san_query_put_int (query, 1, dossier_no);
  san_query_put_int (query, 2, journal_no);
  san_query_put_int (query, 3, MIN (from, (guint64)G_MAXINT64));
  san_query_put_int (query, 4, MIN (to, (guint64)G_MAXINT64));
  return each_entry (query, func, data, error);
}

gboolean
san_store_get_last_wall (SanStore *self, const SanId32 *dossier, guint8 compartment, guint64 *wall,
                         GError **error)
{
  g_autoptr(SanQuery) query
      = san_query (self->db,
                   "SELECT max(wall) FROM entry WHERE dossier = ?1 AND kind = ?2"
                   " AND visible & ?3",
                   error);
  gint64 no, newest;
  gboolean row;

  if (!query || !san_ids_find_dossier (self, dossier, &no, error))
    return FALSE;
  san_query_put_int (query, 1, no);
  san_query_put_int (query, 2, SAN_KIND_CHANGES);
  san_query_put_int (query, 3, 1 << compartment);
  if (!san_query_step (query, &row, error) || !row)
    return FALSE;
  newest = san_query_get_int (query, 0);
  if (newest <= 0)
    return FALSE;
  *wall = (guint64)newest;
  return TRUE;
}

gboolean
san_store_each_of_dossier (SanStore *self, const SanId32 *dossier, SanEntryFunc func, gpointer data,
                           GError **error)
{
  g_autoptr(SanQuery) query
      = san_query (self->db,
                   "SELECT e.header, e.body FROM entry e JOIN journal j ON j.no = e.journal"
                   " WHERE e.dossier = ?1 ORDER BY e.kind <> 1, j.id, e.number, e.id",
                   error);
  gint64 no;

  if (!query || !san_ids_find_dossier (self, dossier, &no, error))
    return FALSE;
  san_query_put_int (query, 1, no);
  return each_entry (query, func, data, error);
}

gboolean
san_store_each_by_recovery (SanStore *self, const SanId32 *centre, SanEntryFunc func, gpointer data,
                            GError **error)
{
  g_autoptr(SanQuery) query
      = san_query (self->db,
                   "SELECT e.header, e.body FROM entry e JOIN author a ON a.no = e.author"
                   " WHERE a.pk IN (SELECT pk FROM recovery WHERE centre = ?1)"
                   " ORDER BY e.dossier, e.journal, e.number, e.id",
                   error);

  if (!query)
    return FALSE;
  san_query_put_blob (query, 1, centre->b, sizeof centre->b);
  return each_entry (query, func, data, error);
}

GPtrArray *
san_store_list_authority (SanStore *self, const SanId32 *dossier, GError **error)
{
  g_autoptr(GPtrArray) entries = NULL;
  g_autoptr(GPtrArray) order = NULL;
  GPtrArray *list;
  gint64 no;

  if (!san_ids_find_dossier (self, dossier, &no, error))
    return NULL;
  entries = san_rule_list_entries (self->rule, no, error);
  if (!entries)
    return NULL;
  order = san_causal_order_entries ((SanEntry **)entries->pdata, entries->len);
  list = g_ptr_array_new_with_free_func ((GDestroyNotify)san_entry_unref);
  for (guint i = 0; i < order->len; i++)
    g_ptr_array_add (list, san_entry_ref (order->pdata[i]));
  return list;
}

GPtrArray *
san_store_list_authority_heads (SanStore *self, const SanId32 *dossier, GError **error)
{
  g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func (g_free);
  SanId32 heads[SAN_HEADS_LIMIT];
  SanDossier about;
  guint n = 0;

  if (!san_store_find_dossier (self, dossier, &about, error))
    return NULL;
  if (about.type <= SAN_FOUNDING_PROGRAMME)
    {
      SanAuthority *authority = san_store_get_authority (self, dossier, error);

      if (!authority)
        return NULL;
      n = san_authority_get_heads (authority, heads);
    }
  else
    {
      SanDossierRights *rights = san_store_get_rights (self, dossier, error);

      if (!rights)
        return NULL;
      n = san_dossier_rights_get_heads (rights, heads);
    }
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (list, san_id32_copy (&heads[i]));
  return g_steal_pointer (&list);
}

/* Dossiers */

gboolean
san_store_find_dossier (SanStore *self, const SanId32 *id, SanDossier *out, GError **error)
{
  gboolean found;
  gint64 no;

  if (!san_ids_find_dossier (self, id, &no, error)
      || !san_ids_describe_dossier (self, no, out, &found, error))
    return FALSE;
  return found || not_found ("dossier", error);
}

static gpointer
new_dossier (SanQuery *query)
{
  SanDossier *dossier = g_new (SanDossier, 1);

  san_ids_read_dossier (query, dossier);
  return dossier;
}

GPtrArray *
san_store_list_dossiers (SanStore *self, guint8 type, const SanId32 *owner, guint standing_mask,
                         GError **error)
{
  g_autoptr(SanQuery) query
      = san_query (self->db,
                   SAN_DOSSIER_COLUMNS "WHERE (?1 = 0 OR type = ?1) AND (?2 IS NULL OR owner = ?2)"
                                   " AND standing & ?3 ORDER BY wall, id",
                   error);

  if (!query)
    return NULL;
  san_query_put_int (query, 1, type);
  if (owner)
    san_query_put_blob (query, 2, owner->b, sizeof owner->b);
  san_query_put_int (query, 3, standing_mask);
  return san_query_list (query, new_dossier, g_free, error);
}

/* The whole bytes that @hex begins with, and the mask of a last half one: ids from @low up to, not
 * including, @high. FALSE: not hex, or too short to be taken for an id. */
gboolean
san_ids_parse_prefix (const char *hex, gsize size, guint8 *low, guint8 *high, GError **error)
{
  gsize n = strlen (hex);

  memset (low, 0, size);
  memset (high, 0xff, size);
  for (gsize i = 0; i < n && i < 2 * size; i++)
    {
      int digit = g_ascii_xdigit_value (hex[i]);
      int shift = i % 2 ? 0 : 4;

      if (digit < 0)
        break;
      low[i / 2] |= digit << shift;
      high[i / 2] = (high[i / 2] & ~(0xf << shift)) | (digit << shift);
      if (i + 1 == n && n >= 6)
        return TRUE;
    }
  g_set_error (error, SAN_ERROR, SAN_ERROR_INVALID, "%s is not the beginning of an id", hex);
  return FALSE;
}

static gpointer
new_id (SanQuery *query)
{
  SanId32 id;

  return san_query_get_id32 (query, 0, &id) ? san_id32_copy (&id) : NULL;
}

static GPtrArray *
match (SanDb *db, const char *sql, const char *hex, gint64 mask, GError **error)
{
  g_autoptr(SanQuery) query = NULL;
  SanId32 low, high;

  if (!san_ids_parse_prefix (hex, sizeof low.b, low.b, high.b, error))
    return NULL;
  query = san_query (db, sql, error);
  if (!query)
    return NULL;
  san_query_put_blob (query, 1, low.b, sizeof low.b);
  san_query_put_blob (query, 2, high.b, sizeof high.b);
  if (mask)
    san_query_put_int (query, 3, mask);
  return san_query_list (query, new_id, g_free, error);
}

GPtrArray *
san_store_match_dossiers (SanStore *self, const char *hex, guint standing_mask, GError **error)
{
  return match (self->db,
                "SELECT id FROM dossier WHERE id BETWEEN ?1 AND ?2 AND standing & ?3 ORDER BY id",
                hex, standing_mask, error);
}

GPtrArray *
san_store_match_entries (SanStore *self, const char *hex, GError **error)
{
  return match (self->db, "SELECT id FROM entry WHERE id BETWEEN ?1 AND ?2 ORDER BY id", hex, 0,
                error);
}

/* Heads */

static gpointer
new_head (SanQuery *query)
{
  SanHead *head = g_new0 (SanHead, 1);

  san_query_get_id32 (query, 0, &head->dossier);
  san_query_get_id16 (query, 1, &head->journal);
  head->number = san_query_get_int (query, 2);
  san_query_get_id32 (query, 3, &head->id);
  return head;
}

GPtrArray *
san_store_list_heads (SanStore *self, const SanId32 *dossier, GError **error)
{
  g_autoptr(SanQuery) query = san_query (
      self->db,
      dossier ? "SELECT d.id, j.id, b.number, e.id FROM dossier d JOIN branch b ON b.dossier = d.no"
                " JOIN journal j ON j.no = b.journal JOIN entry e ON e.seq = b.head"
                " WHERE d.id = ?1 ORDER BY d.id, j.id, b.number, e.id"
              : "SELECT d.id, j.id, b.number, e.id FROM branch b JOIN dossier d ON d.no = b.dossier"
                " JOIN journal j ON j.no = b.journal JOIN entry e ON e.seq = b.head"
                " ORDER BY d.id, j.id, b.number, e.id",
      error);

  if (!query)
    return NULL;
  if (dossier)
    san_query_put_blob (query, 1, dossier->b, sizeof dossier->b);
  return san_query_list (query, new_head, g_free, error);
}

gboolean
san_store_get_newest_wall (SanStore *self, guint64 *out, GError **error)
{
  gint64 wall;

  if (!san_db_get_int (self->db, "SELECT max(wall) FROM entry WHERE NOT flags & 2", &wall, error))
    return FALSE;
  *out = wall;
  return TRUE;
}

/* Held, forks, quarantine, wants */

static gpointer
new_held (SanQuery *query)
{
  SanHeldRow *held = g_new0 (SanHeldRow, 1);

  san_query_get_id32 (query, 0, &held->dossier);
  san_query_get_id16 (query, 1, &held->journal);
  san_query_get_id32 (query, 2, &held->author);
  held->from = san_query_get_int (query, 3);
  held->to = san_query_get_int (query, 4);
  held->n = san_query_get_int (query, 5);
  held->wall = san_query_get_int (query, 6);
  return held;
}

GPtrArray *
san_store_list_held (SanStore *self, GError **error)
{
  g_autoptr(SanQuery) query = san_query (
      self->db,
      "SELECT d.id, j.id, a.pk, min(e.number), max(e.number), count(*), max(e.wall)"
      " FROM entry e JOIN dossier d ON d.no = e.dossier JOIN journal j ON j.no = e.journal"
      " JOIN author a ON a.no = e.author WHERE e.held AND d.standing IN (1, 8)"
      " GROUP BY e.dossier, e.journal, e.author ORDER BY max(e.wall), d.id, j.id, a.pk",
      error);

  if (!query)
    return NULL;
  return san_query_list (query, new_held, g_free, error);
}

gboolean
san_store_entry_is_held (SanStore *self, const SanId32 *id, gboolean *held, GError **error)
{
  g_autoptr(SanQuery) query = san_query (self->db, "SELECT held FROM entry WHERE id = ?1", error);
  gboolean row;

  if (!query)
    return FALSE;
  san_query_put_blob (query, 1, id->b, sizeof id->b);
  if (!san_query_step (query, &row, error))
    return FALSE;
  if (!row)
    return not_found ("entry", error);
  *held = san_query_get_int (query, 0) != 0;
  return TRUE;
}

static gpointer
new_fork (SanQuery *query)
{
  SanFork *fork = g_new0 (SanFork, 1);

  san_query_get_id32 (query, 0, &fork->dossier);
  san_query_get_id16 (query, 1, &fork->journal);
  fork->number = san_query_get_int (query, 2);
  fork->branches = san_query_get_int (query, 3);
  return fork;
}

GPtrArray *
san_store_list_forks (SanStore *self, GError **error)
{
  g_autoptr(SanQuery) query = san_query (
      self->db,
      "SELECT d.id, j.id, (SELECT min(number) FROM (SELECT number FROM entry"
      " WHERE dossier = b.dossier AND journal = b.journal GROUP BY number HAVING count(*) > 1)), "
      "b.n"
      " FROM (SELECT dossier, journal, count(*) AS n FROM branch GROUP BY dossier, journal"
      " HAVING n > 1) b JOIN dossier d ON d.no = b.dossier JOIN journal j ON j.no = b.journal"
      " ORDER BY d.id, j.id",
      error);

  if (!query)
    return NULL;
  return san_query_list (query, new_fork, g_free, error);
}

static void
quarantined_free (gpointer data)
{
  g_free (((SanQuarantined *)data)->why);
  g_free (data);
}

static gpointer
new_quarantined (SanQuery *query)
{
  SanQuarantined *bad = g_new0 (SanQuarantined, 1);

  san_query_get_id32 (query, 0, &bad->id);
  san_query_get_id32 (query, 1, &bad->dossier);
  san_query_get_id16 (query, 2, &bad->journal);
  bad->number = san_query_get_int (query, 3);
  san_query_get_id32 (query, 4, &bad->author);
  bad->why = g_strdup (san_query_get_text (query, 5));
  return bad;
}

GPtrArray *
san_store_list_quarantined (SanStore *self, GError **error)
{
  g_autoptr(SanQuery) query
      = san_query (self->db,
                   "SELECT id, dossier, journal, number, author, why FROM quarantine"
                   " ORDER BY dossier, journal, number, id",
                   error);

  if (!query)
    return NULL;
  return san_query_list (query, new_quarantined, quarantined_free, error);
}

GPtrArray *
san_store_list_writers (SanStore *self, const SanId32 *dossier, GError **error)
{
  g_autoptr(SanQuery) query =
      san_query (self->db,
                 "SELECT DISTINCT s.centre FROM (SELECT DISTINCT e.author AS author FROM entry e"
                 " JOIN dossier d ON d.no = e.dossier WHERE d.id = ?1) w"
                 " JOIN author a ON a.no = w.author JOIN seat s ON s.pk = a.pk ORDER BY s.centre",
                 error);

  if (!query)
    return NULL;
  san_query_put_blob (query, 1, dossier->b, sizeof dossier->b);
  return san_query_list (query, new_id, g_free, error);
}
