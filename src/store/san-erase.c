/* san-erase.c - a case is erased: bodies go, headers stay, so that chains can still be checked
 *
 * An own dossier: by an op 21 that counts. Another centre's: only by an op 9 of the own centre, its
 * superintendent's word. Bodies of kinds 1 and 2 hold no word about a child and stay: without
 * them nobody could tell later that the dossier was erased. */
#include "san-tx-private.h"
#include "san-rule-private.h"
#include "san-error.h"

static gboolean
is_told_by_own_centre (SanStore *self, const SanId32 *dossier, gboolean *is, GError **error)
{
  g_autoptr(SanQuery) query = san_query (
      self->db,
      "SELECT e.id FROM erased_row r JOIN entry e ON e.seq = r.entry WHERE r.dossier = ?1", error);
  gboolean row;

  *is = FALSE;
  if (!query)
    return FALSE;
  san_query_put_blob (query, 1, dossier->b, sizeof dossier->b);
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
  g_autoptr(SanQuery) query
      = san_query (self->db, "SELECT erased FROM dossier WHERE id = ?1", error);
  gboolean row;

  if (!query)
    return FALSE;
  san_query_put_blob (query, 1, dossier->b, sizeof dossier->b);
  if (!san_query_step (query, &row, error))
    return FALSE;
  *is = row && san_query_get_int (query, 0) != 0;
  return *is || is_told_by_own_centre (self, dossier, is, error);
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
  san_ids_forget (store);
  return san_query_run (bump, error) && drop_waiting (store->db, id, error)
         && run_with (
             store->db,
             "UPDATE entry SET body = NULL, held = 0, visible = 0, parts = 0 WHERE dossier = ?1"
             " AND kind NOT IN (1, 2) AND body NOT NULL",
             no, error)
         && run_with (store->db, "DELETE FROM key_grant WHERE dossier = ?1", no, error)
         && run_with (store->db, "UPDATE dossier SET erased = 1 WHERE no = ?1", no, error);
}

static gboolean
regard (SanTx *tx, gint64 no, GError **error)
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
  return !erased || erase_dossier (tx, no, &id, error);
}

static gboolean
add_told (SanStore *store, GArray *nos, GError **error)
{
  g_autoptr(SanQuery) query
      = san_query (store->db,
                   "SELECT DISTINCT d.no FROM erased_row r JOIN dossier d ON d.id = r.dossier"
                   " WHERE d.erased = 0 AND d.type > 2",
                   error);
  gboolean row;

  if (!query)
    return FALSE;
  while (TRUE)
    {
      gint64 no;

      if (!san_query_step (query, &row, error))
        return FALSE;
      if (!row)
        return TRUE;
      no = san_query_get_int (query, 0);
      g_array_append_val (nos, no);
    }
}

static gboolean
is_whole (SanStore *store, gint64 no, gboolean *whole, GError **error)
{
  g_autoptr(SanQuery) query = san_query (
      store->db, "SELECT 1 FROM dossier WHERE no = ?1 AND erased = 0 AND type > 2", error);

  if (!query)
    return FALSE;
  san_query_put_int (query, 1, no);
  return san_query_step (query, whole, error);
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
      gboolean whole;

      if (!is_whole (tx->store, one, &whole, error) || (whole && !regard (tx, one, error)))
        return FALSE;
    }
  return TRUE;
}
