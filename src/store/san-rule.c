/* san-rule.c - authorities of centres and rights of dossiers, worked out when asked for
 *
 * What grew is set aside with its former result; san_rule_refresh() evaluates anew, finds whose
 * entries are judged differently, and has those judged again. */
#include "san-rule-private.h"
#include "san-error.h"

#define RIGHTS_KEPT 4096u

static const SanAuthority *
by_centre (gpointer data, const SanId32 *centre)
{
  SanRule *self = data;
  gpointer before;

  if (self->look_back && g_hash_table_lookup_extended (self->before, centre, NULL, &before))
    return before;
  if (self->error)
    return NULL;
  return san_rule_get_authority (self, centre, &self->error);
}

/* The smallest centre id among those that claim the key. */
static gboolean
find_centre (SanRule *self, const SanId32 *seat, SanId32 *centre)
{
  const SanId32 *known = g_hash_table_lookup (self->centre_of_seat, seat);
  g_autoptr(SanQuery) query = NULL;
  gboolean row;

  if (known)
    {
      *centre = *known;
      return TRUE;
    }
  query = san_query (self->store->db,
                     "SELECT min(centre) FROM (SELECT centre FROM seat WHERE pk = ?1"
                     " UNION SELECT centre FROM recovery WHERE pk = ?1)",
                     &self->error);
  if (!query)
    return FALSE;
  san_query_put_blob (query, 1, seat->b, sizeof seat->b);
  if (!san_query_step (query, &row, &self->error) || !row || !san_query_get_id32 (query, 0, centre))
    return FALSE;
  g_hash_table_insert (self->centre_of_seat, san_id32_copy (seat), san_id32_copy (centre));
  return TRUE;
}

static const SanAuthority *
by_seat (gpointer data, const SanId32 *seat)
{
  SanRule *self = data;
  SanId32 centre;

  if (self->error || !find_centre (self, seat, &centre))
    return NULL;
  return by_centre (self, &centre);
}

/* seq of the entry of that number in the journal whose id begins so; 0: not here. */
static gboolean
find_head (SanRule *self, gint64 dossier, gint64 journal, guint64 number, const guint8 *head,
           gint64 *seq)
{
  g_autoptr(SanQuery) query
      = san_query (self->store->db,
                   "SELECT seq FROM entry WHERE dossier = ?1 AND journal = ?2 AND number = ?3"
                   " AND substr(id, 1, 16) = ?4",
                   &self->error);
  gboolean row;

  if (!query)
    return FALSE;
  san_query_put_int (query, 1, dossier);
  san_query_put_int (query, 2, journal);
  san_query_put_int (query, 3, number);
  san_query_put_blob (query, 4, head, 16);
  if (!san_query_step (query, &row, &self->error))
    return FALSE;
  *seq = row ? san_query_get_int (query, 0) : 0;
  return TRUE;
}

static gboolean
reaches (gpointer data, const SanEntry *entry, guint64 number, const guint8 *head)
{
  SanRule *self = data;
  const SanHeader *header = san_entry_get_header (entry);
  gint64 dossier, journal, seq, top;
  gboolean yes = FALSE;

  if (self->error || number < header->number)
    return FALSE;
  if (number == header->number)
    return memcmp (san_entry_get_id (entry)->b, head, 16) == 0;
  if (!san_ids_find_entry (self->store, san_entry_get_id (entry), &seq, &self->error) || !seq
      || !san_ids_find_dossier (self->store, san_entry_get_dossier (entry), &dossier, &self->error)
      || !san_ids_find_journal (self->store, &header->journal, &journal, &self->error)
      || !find_head (self, dossier, journal, number, head, &top) || !top)
    return FALSE;
  return san_ids_descends (self->store, top, seq, &yes, &self->error) && yes;
}

static void
authority_free (gpointer authority)
{
  if (authority)
    san_authority_unref (authority);
}

static void
rights_free (gpointer rights)
{
  if (rights)
    san_dossier_rights_unref (rights);
}

SanRule *
san_rule_new (SanStore *store)
{
  SanRule *self = g_new0 (SanRule, 1);

  self->store = store;
  self->authorities = g_hash_table_new_full (san_id32_hash, san_id32_equal, g_free, authority_free);
  self->before = g_hash_table_new_full (san_id32_hash, san_id32_equal, g_free, authority_free);
  self->rights = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, rights_free);
  self->rights_before = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, rights_free);
  self->centre_of_seat = g_hash_table_new_full (san_id32_hash, san_id32_equal, g_free, g_free);
  self->regarded = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->lookup = (SanCentreLookup){ by_seat, by_centre, self };
  self->chain = (SanChainLookup){ reaches, self };
  return self;
}

void
san_rule_forget (SanRule *self)
{
  g_hash_table_remove_all (self->authorities);
  g_hash_table_remove_all (self->before);
  g_hash_table_remove_all (self->rights);
  g_hash_table_remove_all (self->rights_before);
  g_hash_table_remove_all (self->centre_of_seat);
  g_hash_table_remove_all (self->regarded);
  g_clear_error (&self->error);
}

void
san_rule_free (SanRule *self)
{
  if (!self)
    return;
  g_clear_error (&self->error);
  g_hash_table_unref (self->authorities);
  g_hash_table_unref (self->before);
  g_hash_table_unref (self->rights);
  g_hash_table_unref (self->rights_before);
  g_hash_table_unref (self->centre_of_seat);
  g_hash_table_unref (self->regarded);
  g_free (self);
}

void
san_rule_begin (SanRule *self, gint64 old_seq)
{
  self->old_seq = old_seq;
  self->n_became_held = 0;
  self->n_became_visible = 0;
  self->authority_grew = FALSE;
  g_hash_table_remove_all (self->regarded);
  if (g_hash_table_size (self->rights) > RIGHTS_KEPT)
    g_hash_table_remove_all (self->rights);
}

gboolean
san_rule_take_error (SanRule *self, GError **error)
{
  if (!self->error)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&self->error));
  return FALSE;
}

gboolean
san_rule_is_stale (const SanRule *self)
{
  return g_hash_table_size (self->before) > 0 || g_hash_table_size (self->rights_before) > 0;
}

GPtrArray *
san_rule_read_entries (SanQuery *query, GError **error)
{
  g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify)san_entry_unref);
  gboolean row;

  while (TRUE)
    {
      g_autoptr(GBytes) body = NULL;
      const guint8 *header;
      SanEntry *entry;
      gsize n;

      if (!san_query_step (query, &row, error))
        return NULL;
      if (!row)
        return g_steal_pointer (&list);
      header = san_query_get_blob (query, 0, &n);
      body = san_query_dup_bytes (query, 1);
      entry = san_entry_new (header, n, body, error);
      if (!entry)
        return NULL;
      g_ptr_array_add (list, entry);
    }
}

GPtrArray *
san_rule_list_entries (SanRule *self, gint64 dossier, GError **error)
{
  g_autoptr(SanQuery) query =
      san_query (self->store->db,
                 "SELECT header, body FROM entry WHERE dossier = ?1 AND kind NOT IN (0, 3)", error);

  if (!query)
    return NULL;
  san_query_put_int (query, 1, dossier);
  return san_rule_read_entries (query, error);
}

static gboolean
evaluate_authority (SanRule *self, const SanId32 *centre, const SanAuthority *known,
                    SanAuthority **out, GError **error)
{
  g_autoptr(GPtrArray) entries = NULL;
  gint64 dossier;

  *out = NULL;
  if (!san_ids_find_dossier (self->store, centre, &dossier, error))
    return FALSE;
  if (!dossier)
    return TRUE;
  entries = san_rule_list_entries (self, dossier, error);
  if (!entries)
    return FALSE;
  if (entries->len == 0)
    return TRUE;
  *out = san_authority_evaluate (entries, known, error);
  return *out != NULL;
}

SanAuthority *
san_rule_get_authority (SanRule *self, const SanId32 *centre, GError **error)
{
  SanAuthority *authority = g_hash_table_lookup (self->authorities, centre);

  if (authority)
    return authority;
  if (!evaluate_authority (self, centre, NULL, &authority, error) || !authority)
    return NULL;
  g_hash_table_insert (self->authorities, san_id32_copy (centre), authority);
  return authority;
}

static gboolean
evaluate_rights (SanRule *self, gint64 dossier, SanDossierRights **out, GError **error)
{
  g_autoptr(GPtrArray) entries = san_rule_list_entries (self, dossier, error);
  g_autoptr(SanDossierRights) rights = NULL;

  *out = NULL;
  if (!entries)
    return FALSE;
  if (entries->len == 0)
    return TRUE;
  rights = san_dossier_rights_evaluate (entries, &self->lookup, &self->chain, error);
  if (!rights || !san_rule_take_error (self, error))
    return FALSE;
  *out = g_steal_pointer (&rights);
  return TRUE;
}

SanDossierRights *
san_rule_get_rights (SanRule *self, gint64 dossier, GError **error)
{
  SanDossierRights *rights = g_hash_table_lookup (self->rights, &dossier);

  if (rights)
    return rights;
  if (!evaluate_rights (self, dossier, &rights, error) || !rights)
    return NULL;
  g_hash_table_insert (self->rights, g_memdup2 (&dossier, sizeof dossier), rights);
  return rights;
}

static gboolean
authority_will_grow (SanRule *self, const SanId32 *centre, GError **error)
{
  g_autoptr(GError) local = NULL;
  SanAuthority *authority;

  self->authority_grew = TRUE;
  if (g_hash_table_contains (self->before, centre))
    {
      g_hash_table_remove (self->authorities, centre);
      return TRUE;
    }
  authority = san_rule_get_authority (self, centre, &local);
  if (local)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  g_hash_table_insert (self->before, san_id32_copy (centre),
                       authority ? san_authority_ref (authority) : NULL);
  g_hash_table_remove (self->authorities, centre);
  return TRUE;
}

/* The rights by which the dossier's entries were judged, set aside; later ones are made anew. */
static gboolean
rights_will_grow (SanRule *self, gint64 dossier, GError **error)
{
  SanDossierRights *rights;
  gboolean ok = TRUE;

  if (!g_hash_table_contains (self->rights_before, &dossier))
    {
      rights = g_hash_table_lookup (self->rights, &dossier);
      if (rights)
        san_dossier_rights_ref (rights);
      else
        {
          self->look_back = TRUE;
          ok = evaluate_rights (self, dossier, &rights, error);
          self->look_back = FALSE;
        }
      if (!ok)
        return FALSE;
      g_hash_table_insert (self->rights_before, g_memdup2 (&dossier, sizeof dossier), rights);
    }
  g_hash_table_remove (self->rights, &dossier);
  return TRUE;
}

gboolean
san_rule_will_grow (SanRule *self, gint64 dossier, gboolean is_authority, const SanId32 *id,
                    GError **error)
{
  return is_authority ? authority_will_grow (self, id, error)
                      : rights_will_grow (self, dossier, error);
}

/* What the rights were before is not known any more: the chain has grown. So all is judged again.
 */
gboolean
san_rule_heads_came (SanRule *self, gint64 dossier, GError **error)
{
  g_autoptr(SanQuery) query
      = san_query (self->store->db,
                   "SELECT 1 FROM entry e JOIN dossier d ON d.no = e.dossier WHERE e.dossier = ?1"
                   " AND e.held AND e.kind NOT IN (0, 3) AND d.type > 2 LIMIT 1",
                   error);
  gboolean row;

  if (!query)
    return FALSE;
  san_query_put_int (query, 1, dossier);
  if (!san_query_step (query, &row, error))
    return FALSE;
  if (!row)
    return TRUE;
  g_hash_table_insert (self->rights_before, g_memdup2 (&dossier, sizeof dossier), NULL);
  g_hash_table_remove (self->rights, &dossier);
  return TRUE;
}

static gboolean
add_dossiers (SanQuery *query, GHashTable *dossiers, GError **error)
{
  g_autoptr(GArray) nos = g_array_new (FALSE, FALSE, sizeof (gint64));

  if (!san_query_numbers (query, nos, error))
    return FALSE;
  for (guint i = 0; i < nos->len; i++)
    g_hash_table_add (dossiers, g_memdup2 (&g_array_index (nos, gint64, i), sizeof (gint64)));
  return TRUE;
}

/* Dossiers whose kinds 1 and 2 the seat wrote: their rights may be other ones now. */
static gboolean
add_dossiers_ruled_by (SanRule *self, gint64 author, GHashTable *dossiers, GError **error)
{
  g_autoptr(SanQuery) query
      = san_query (self->store->db,
                   "SELECT DISTINCT e.dossier FROM entry e JOIN dossier d ON d.no = e.dossier"
                   " WHERE e.author = ?1 AND e.kind NOT IN (0, 3) AND d.type > 2",
                   error);

  if (!query)
    return FALSE;
  san_query_put_int (query, 1, author);
  return add_dossiers (query, dossiers, error);
}

/* Who signed an erasure as the second person wrote nothing there, and yet decides whether it
 * counts. */
static gboolean
add_dossiers_called_erased (SanRule *self, GHashTable *dossiers, GError **error)
{
  g_autoptr(SanQuery) query
      = san_query (self->store->db,
                   "SELECT e.dossier FROM entry e JOIN dossier d ON d.no = e.dossier"
                   " WHERE e.held AND e.kind = 2 AND d.type > 2"
                   " UNION SELECT no FROM dossier WHERE erased",
                   error);

  return query && add_dossiers (query, dossiers, error);
}

/* Evaluates anew what grew; the seats that are judged differently are appended to @authors. */
static gboolean
refresh_authorities (SanRule *self, GArray *authors, GHashTable *dossiers, GError **error)
{
  GHashTableIter iter;
  gpointer centre, before;

  g_hash_table_iter_init (&iter, self->before);
  while (g_hash_table_iter_next (&iter, &centre, &before))
    {
      SanAuthority *now;
      g_autoptr(GArray) changed = NULL;

      if (!evaluate_authority (self, centre, before, &now, error))
        return FALSE;
      if (!now)
        continue;
      g_hash_table_insert (self->authorities, san_id32_copy (centre), now);
      changed = san_authority_list_changed (now, before);
      if (changed->len > 0 && !add_dossiers_called_erased (self, dossiers, error))
        return FALSE;
      for (guint i = 0; i < changed->len; i++)
        {
          gint64 author;

          if (!san_ids_find_author (self->store, &g_array_index (changed, SanId32, i), &author,
                                    error))
            return FALSE;
          if (!author)
            continue;
          g_array_append_val (authors, author);
          if (!add_dossiers_ruled_by (self, author, dossiers, error))
            return FALSE;
        }
    }
  return TRUE;
}

/* Dossiers that did not grow themselves, but whose rights may be other ones now. */
static gboolean
set_aside (SanRule *self, GHashTable *dossiers, GError **error)
{
  GHashTableIter iter;
  gpointer no;

  g_hash_table_iter_init (&iter, dossiers);
  while (g_hash_table_iter_next (&iter, &no, NULL))
    {
      if (!rights_will_grow (self, *(gint64 *)no, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
refresh_rights (SanRule *self, GError **error)
{
  GHashTableIter iter;
  gpointer no, before;

  g_hash_table_iter_init (&iter, self->rights_before);
  while (g_hash_table_iter_next (&iter, &no, &before))
    {
      g_autoptr(GError) local = NULL;
      SanDossierRights *now = san_rule_get_rights (self, *(gint64 *)no, &local);
      gboolean same;

      if (local)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      g_hash_table_add (self->regarded, g_memdup2 (no, sizeof (gint64)));
      same = now && before && san_dossier_rights_equal (before, now);
      if (!san_rule_rejudge_dossier (self, *(gint64 *)no, same, error))
        return FALSE;
    }
  g_hash_table_remove_all (self->rights_before);
  return TRUE;
}

/**
 * san_rule_refresh:
 *
 * Evaluates what grew and judges again the entries that this may touch, and no others.
 */
gboolean
san_rule_refresh (SanRule *self, GError **error)
{
  g_autoptr(GArray) authors = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(GHashTable) dossiers
      = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  if (!san_rule_is_stale (self))
    return TRUE;
  g_hash_table_remove_all (self->centre_of_seat);
  if (!refresh_authorities (self, authors, dossiers, error) || !set_aside (self, dossiers, error))
    return FALSE;
  g_hash_table_remove_all (self->before);
  if (!refresh_rights (self, error))
    return FALSE;
  for (guint i = 0; i < authors->len; i++)
    if (!san_rule_rejudge_author (self, g_array_index (authors, gint64, i), error))
      return FALSE;
  return TRUE;
}

/* Public reading */

SanAuthority *
san_store_get_authority (SanStore *self, const SanId32 *centre, GError **error)
{
  g_autoptr(GError) local = NULL;
  SanAuthority *authority;

  if (self->tx && !san_rule_refresh (self->rule, error))
    return NULL;
  authority = san_rule_get_authority (self->rule, centre, &local);
  if (local)
    g_propagate_error (error, g_steal_pointer (&local));
  else if (!authority)
    g_set_error (error, SAN_ERROR, SAN_ERROR_NOT_FOUND, "no authority dossier of that centre here");
  return authority;
}

gboolean
san_store_look_authority (SanStore *self, const SanId32 *centre, const SanAuthority **out,
                          GError **error)
{
  g_autoptr(GError) local = NULL;
  const SanAuthority *authority = san_store_get_authority (self, centre, &local);

  if (local != NULL && !g_error_matches (local, SAN_ERROR, SAN_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  *out = authority;
  return TRUE;
}

SanDossierRights *
san_store_get_rights (SanStore *self, const SanId32 *dossier, GError **error)
{
  g_autoptr(GError) local = NULL;
  SanDossierRights *rights;
  gint64 no;

  if ((self->tx && !san_rule_refresh (self->rule, error))
      || !san_ids_find_dossier (self, dossier, &no, error))
    return NULL;
  rights = no ? san_rule_get_rights (self->rule, no, &local) : NULL;
  if (local)
    g_propagate_error (error, g_steal_pointer (&local));
  else if (!rights)
    g_set_error (error, SAN_ERROR, SAN_ERROR_NOT_FOUND, "no such dossier here");
  return rights;
}

const SanCentreLookup *
san_store_get_centre_lookup (SanStore *self)
{
  return &self->rule->lookup;
}

gboolean
san_store_check_lookup (SanStore *self, GError **error)
{
  return san_rule_take_error (self->rule, error);
}

const SanChainLookup *
san_store_get_chain_lookup (SanStore *self)
{
  return &self->rule->chain;
}
