/* san-erase.c - a case is erased: bodies go, headers stay, so that chains can still be checked
 *
 * An own dossier: by an op 21 that counts. Another centre's: only by an op 9 of the own centre, its
 * superintendent's word. Bodies of kinds 1 and 2 hold no word about a child and stay: without
 * them nobody could tell later that the dossier was erased.
 *
 * Whether a case is erased is asked anew whenever authority or rights grew, and depends on what is
 * here, not on what came first. If an erasure counts no more (whoever ordered it turns out to have
 * been removed before), the case is shown again, its bodies are asked for, and whoever still has
 * them fills them in. */
#include "san-tx-private.h"
#include "san-rule-private.h"
#include "san-authority-body.h"
#include "san-error.h"

static gboolean
is_told_by_own_centre (SanStore *self, const SanId32 *dossier, gboolean *is, GError **error)
{
  g_autoptr(SanQuery) query = san_query (
      self->db,
      "SELECT e.id FROM erased_row r JOIN entry e ON e.seq = r.entry"
      " JOIN dossier a ON a.no = e.dossier WHERE r.dossier = ?1 AND a.id = ?2",
      error);
  gboolean row;

  *is = FALSE;
  if (!query)
    return FALSE;
  san_query_put_blob (query, 1, dossier->b, sizeof dossier->b);
  san_query_put_blob (query, 2, self->centre.b, sizeof self->centre.b);
  while (!*is)
    {
      SanAuthority *authority;
      SanId32 id;

      if (!san_query_step (query, &row, error))
        return FALSE;
      if (!row)
        return TRUE;
      if (!san_query_get_id32 (query, 0, &id) || !san_rule_refresh (self->rule, error))
        return FALSE;
      authority = san_rule_get_authority (self->rule, &self->centre, error);
      if (!authority)
        return FALSE;
      *is = san_authority_is_effective (authority, &id);
    }
  return TRUE;
}

gboolean
san_erase_is_erased (SanStore *self, const SanId32 *dossier, gboolean *is, GError **error)
{
  SanDossier about;
  gboolean found;
  gint64 no;

  if (!san_ids_find_dossier (self, dossier, &no, error)
      || !san_ids_describe_dossier (self, no, &about, &found, error))
    return FALSE;
  *is = found && about.erased;
  return *is || is_told_by_own_centre (self, dossier, is, error);
}

/* By its own op 9 the centre that owns the case says so to all who have a part in it. */
static gboolean
is_in_a_list (SanStore *self, const SanId32 *id, gboolean *is, GError **error)
{
  g_autoptr(SanQuery) query
      = san_query (self->db,
                   "SELECT 1 FROM erased_row r JOIN entry e ON e.seq = r.entry"
                   " JOIN dossier a ON a.no = e.dossier WHERE r.dossier = ?1"
                   " AND (a.id = ?2 OR a.id = (SELECT owner FROM dossier WHERE id = ?1)) LIMIT 1",
                   error);

  if (!query)
    return FALSE;
  san_query_put_blob (query, 1, id->b, sizeof id->b);
  san_query_put_blob (query, 2, self->centre.b, sizeof self->centre.b);
  return san_query_step (query, is, error);
}

gboolean
san_erase_is_called_erased (SanStore *self, const SanId32 *dossier, gboolean *is, GError **error)
{
  g_autoptr(GPtrArray) rules = NULL;
  gint64 no;

  if (!is_in_a_list (self, dossier, is, error))
    return FALSE;
  if (*is)
    return TRUE;
  if (!san_ids_find_dossier (self, dossier, &no, error))
    return FALSE;
  rules = no ? san_rule_list_entries (self->rule, no, error) : NULL;
  for (guint i = 0; rules && i < rules->len && !*is; i++)
    {
      GBytes *bytes = san_entry_get_body (rules->pdata[i]);
      g_autoptr(SanAuthorityBody) body = NULL;

      if (san_entry_get_header (rules->pdata[i])->kind == SAN_KIND_AUTHORITY && bytes)
        body = san_authority_body_parse (bytes, NULL);
      *is = body && body->op == SAN_OP_ERASE;
    }
  return !no || rules != NULL;
}

gboolean
san_erase_has_bare (SanStore *self, gboolean *has, GError **error)
{
  gint64 n;

  if (!san_db_get_int (self->db,
                       "SELECT EXISTS (SELECT 1 FROM entry e JOIN dossier d ON d.no = e.dossier"
                       " WHERE e.body IS NULL AND NOT d.erased)",
                       &n, error))
    return FALSE;
  *has = n != 0;
  return TRUE;
}

static gboolean
is_bare (SanStore *self, gint64 seq, SanJudged *what, gboolean *is, GError **error)
{
  g_autoptr(SanQuery) query
      = san_query (self->db,
                   "SELECT e.dossier, e.beyond FROM entry e JOIN dossier d ON d.no = e.dossier"
                   " WHERE e.seq = ?1 AND e.body IS NULL AND NOT d.erased",
                   error);

  if (!query)
    return FALSE;
  san_query_put_int (query, 1, seq);
  if (!san_query_step (query, is, error))
    return FALSE;
  what->dossier = *is ? san_query_get_int (query, 0) : 0;
  what->beyond = *is && san_query_get_int (query, 1) != 0;
  return TRUE;
}

static gboolean
put_body (SanStore *self, const SanParsed *parsed, gint64 seq, guint8 visible, gboolean held,
          GError **error)
{
  g_autoptr(SanQuery) query
      = san_query (self->db,
                   "UPDATE entry SET body = ?2, parts = ?3, visible = ?4, held = ?5, rev = ?6"
                   " WHERE seq = ?1",
                   error);

  if (!query)
    return FALSE;
  san_query_put_int (query, 1, seq);
  san_query_put_bytes (query, 2, san_entry_get_body (parsed->entry));
  san_query_put_int (query, 3, parsed->parts);
  san_query_put_int (query, 4, visible);
  san_query_put_int (query, 5, held);
  san_query_put_int (query, 6, ++self->rev);
  return san_query_run (query, error);
}

/* The signature was checked when the header came, and is of the hash that the body must have. */
gboolean
san_erase_fill (SanTx *tx, SanEntry *entry, gint64 seq, gboolean *filled, GError **error)
{
  SanStore *store = tx->store;
  g_autoptr(SanParsed) parsed = NULL;
  SanEntryInfo info = { .seq = seq };
  SanJudged what = { .seq = seq, .entry = entry };
  gboolean bare, held;
  guint8 visible;

  *filled = FALSE;
  if (!is_bare (store, seq, &what, &bare, error))
    return FALSE;
  parsed = bare && san_entry_check_body_hash (entry, NULL) ? san_parsed_new (entry, NULL) : NULL;
  if (!parsed)
    return TRUE;
  info.dossier = what.dossier;
  what.kind = parsed->header->kind;
  what.parts = parsed->parts;
  *filled = TRUE;
  if (!san_rule_refresh (store->rule, error)
      || !san_rule_judge (store->rule, &what, &visible, &held, NULL, error)
      || !put_body (store, parsed, seq, visible, held, error)
      || (parsed->grant && !san_tx_add_grant (store, parsed, &info, error)))
    return FALSE;
  san_ids_forget (store); /* of this entry as it was */
  return TRUE;
}

static gboolean
run_with (SanDb *db, const char *sql, gint64 no, GError **error)
{
  g_autoptr(SanQuery) query = san_query (db, sql, error);

  if (!query)
    return FALSE;
  san_query_put_int (query, 1, no);
  return san_query_run (query, error);
}

static gboolean
drop_waiting (SanDb *db, const SanId32 *dossier, GError **error)
{
  g_autoptr(SanQuery) query = san_query (db, "DELETE FROM waiting WHERE dossier = ?1", error);

  if (!query)
    return FALSE;
  san_query_put_blob (query, 1, dossier->b, sizeof dossier->b);
  return san_query_run (query, error);
}

/* The founding entry gets a new rev, by which every view comes to forget the dossier. */
static gboolean
erase_dossier (SanTx *tx, gint64 no, const SanId32 *id, GError **error)
{
  SanStore *store = tx->store;
  g_autoptr(SanQuery) bump
      = san_query (store->db, "UPDATE entry SET rev = ?2 WHERE id = ?1", error);

  if (!bump)
    return FALSE;
  san_query_put_blob (bump, 1, id->b, sizeof id->b);
  san_query_put_int (bump, 2, ++store->rev);
  g_ptr_array_add (tx->summary.erased, san_id32_copy (id));
  san_ids_forget (store); /* what is visible of its entries */
  return san_query_run (bump, error) && drop_waiting (store->db, id, error)
         && run_with (
             store->db,
             "UPDATE entry SET body = NULL, held = 0, visible = 0, parts = 0 WHERE dossier = ?1"
             " AND kind NOT IN (1, 2) AND body NOT NULL",
             no, error)
         && run_with (store->db, "DELETE FROM key_grant WHERE dossier = ?1", no, error)
         && run_with (store->db, "UPDATE dossier SET erased = 1 WHERE no = ?1", no, error);
}

/* It comes back into the views with what is left of it. */
static gboolean
unerase_dossier (SanTx *tx, gint64 no, const SanId32 *id, GError **error)
{
  SanStore *store = tx->store;
  g_autoptr(SanQuery) bump
      = san_query (store->db, "UPDATE entry SET rev = ?2 WHERE id = ?1", error);

  if (!bump)
    return FALSE;
  san_query_put_blob (bump, 1, id->b, sizeof id->b);
  san_query_put_int (bump, 2, ++store->rev);
  san_ids_dossier_changes (store);
  tx->asked_dossier = san_id32_zero;
  return san_query_run (bump, error)
         && run_with (store->db, "UPDATE dossier SET erased = 0 WHERE no = ?1", no, error);
}

static gboolean
regard (SanTx *tx, gint64 no, gboolean was_erased, GError **error)
{
  SanStore *store = tx->store;
  SanDossierRights *rights;
  gboolean erased;
  SanId32 id;

  if (!san_ids_get_dossier (store, no, &id, error)
      || !is_told_by_own_centre (store, &id, &erased, error))
    return FALSE;
  if (!erased)
    {
      rights = san_rule_get_rights (store->rule, no, error);
      if (!rights)
        return FALSE;
      erased = san_dossier_rights_is_erased (rights, NULL)
               && san_id32_equal (san_dossier_rights_get_owner (rights), &store->centre);
    }
  if (erased == was_erased)
    return TRUE;
  return erased ? erase_dossier (tx, no, &id, error) : unerase_dossier (tx, no, &id, error);
}

static gboolean
add_told (SanStore *store, GArray *nos, GError **error)
{
  g_autoptr(SanQuery) query
      = san_query (store->db,
                   "SELECT d.no FROM erased_row r JOIN dossier d ON d.id = r.dossier"
                   " WHERE d.type > 2 UNION SELECT no FROM dossier WHERE erased",
                   error);

  return query && san_query_numbers (query, nos, error);
}

static gboolean
find_state (SanStore *store, gint64 no, gboolean *is_data, gboolean *erased, GError **error)
{
  g_autoptr(SanQuery) query
      = san_query (store->db, "SELECT erased FROM dossier WHERE no = ?1 AND type > 2", error);

  if (!query)
    return FALSE;
  san_query_put_int (query, 1, no);
  if (!san_query_step (query, is_data, error))
    return FALSE;
  *erased = *is_data && san_query_get_int (query, 0) != 0;
  return TRUE;
}

/* Dossiers whose rights were looked at again, and those that an op 9 names. */
gboolean
san_erase_run (SanTx *tx, GError **error)
{
  g_autoptr(GArray) nos = g_array_new (FALSE, FALSE, sizeof (gint64));
  GHashTableIter iter;
  gpointer no;

  g_hash_table_iter_init (&iter, tx->store->rule->regarded);
  while (g_hash_table_iter_next (&iter, &no, NULL))
    g_array_append_vals (nos, no, 1);
  if (tx->store->rule->authority_grew && !add_told (tx->store, nos, error))
    return FALSE;
  for (guint i = 0; i < nos->len; i++)
    {
      gint64 one = g_array_index (nos, gint64, i);
      gboolean is_data, erased;

      if (!find_state (tx->store, one, &is_data, &erased, error)
          || (is_data && !regard (tx, one, erased, error)))
        return FALSE;
    }
  return TRUE;
}
