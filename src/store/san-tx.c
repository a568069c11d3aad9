/* san-tx.c - one transaction of new entries, own or applied
 *
 * Order at its end: authority and rights evaluated anew and entries judged; late heads; branches
 * beyond the limit; erasures; house views; offers answered; commit. Only then the other views. */
#include "san-tx-private.h"
#include "san-rule-private.h"
#include "san-view-private.h"
#include "san-keychain-private.h"
#include "san-error.h"

static void
summary_init (SanApplySummary *self)
{
  memset (self, 0, sizeof *self);
  self->forks = g_ptr_array_new_with_free_func (g_free);
  self->refused_authors = g_ptr_array_new_with_free_func (g_free);
  self->offers = g_ptr_array_new_with_free_func (g_free);
  self->erased = g_ptr_array_new_with_free_func (g_free);
}

void
san_apply_summary_clear (SanApplySummary *self)
{
  g_clear_pointer (&self->forks, g_ptr_array_unref);
  g_clear_pointer (&self->refused_authors, g_ptr_array_unref);
  g_clear_pointer (&self->offers, g_ptr_array_unref);
  g_clear_pointer (&self->erased, g_ptr_array_unref);
  memset (self, 0, sizeof *self);
}

static void
tx_free (SanTx *self)
{
  self->store->tx = NULL;
  san_apply_summary_clear (&self->summary);
  g_hash_table_unref (self->sizes);
  g_hash_table_unref (self->forks);
  g_hash_table_unref (self->counts);
  g_hash_table_unref (self->shares);
  g_hash_table_unref (self->fits);
  g_free (self);
}

static void
remember (SanTx *self)
{
  SanStore *store = self->store;

  self->old_centre = store->centre;
  self->old_journal = store->journal;
  self->old_rev = store->rev;
  self->old_offer_bytes = store->n_offer_bytes;
  self->old_offers_touched = store->offers_touched;
  self->old_mark = store->views[0]->mark;
  self->old_missing = store->views[0]->n_missing;
}

static void
take_back (SanTx *self)
{
  SanStore *store = self->store;

  store->centre = self->old_centre;
  store->journal = self->old_journal;
  store->rev = self->old_rev;
  store->n_offer_bytes = self->old_offer_bytes;
  store->offers_touched = self->old_offers_touched;
  store->knows_own = FALSE;
  san_view_reset (store->views[0], self->old_mark, self->old_missing);
}

static gboolean
look_around (SanStore *store, gint64 *seq, gint64 *aside, gboolean *bare, GError **error)
{
  return san_db_get_int (store->db, "SELECT max(seq) FROM entry", seq, error)
         && san_db_get_int (store->db, "SELECT EXISTS (SELECT 1 FROM waiting)"
                            " OR EXISTS (SELECT 1 FROM quarantine)", aside, error)
         && san_erase_has_bare (store, bare, error);
}

SanTx *
san_tx_begin (SanStore *store, gboolean own, GError **error)
{
  SanTx *self;
  gint64 seq, aside;
  gboolean bare;

  if (!san_store_check_idle (store, error) || !san_db_begin (store->db, error))
    return NULL;
  if (!look_around (store, &seq, &aside, &bare, error))
    {
      san_db_rollback (store->db);
      return NULL;
    }
  self = g_new0 (SanTx, 1);
  self->store = store;
  self->own = own;
  self->old_seq = seq;
  self->settled_alone = TRUE;
  self->sizes = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  self->forks = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->counts = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  self->shares = san_room_new_shares ();
  self->fits = san_claims_new_memo ();
  summary_init (&self->summary);
  remember (self);
  self->has_aside = aside != 0;
  self->has_bare = bare;
  san_rule_begin (store->rule, seq);
  store->tx = self;
  return self;
}

/* Nothing of the transaction may be left in memory. */
void
san_tx_cancel (SanStore *store)
{
  SanTx *self = store->tx;

  if (!self)
    return;
  san_db_rollback (store->db);
  san_ids_forget (store);
  san_rule_forget (store->rule);
  take_back (self);
  tx_free (self);
}

/* Adding */

static gboolean
add_dossier (SanTx *self, const SanParsed *parsed, gint64 *no, GError **error)
{
  SanStore *store = self->store;
  g_autoptr(SanQuery) query = san_query (
      store->db, "INSERT INTO dossier(id, type, owner, standing, wall) VALUES(?1, ?2, ?3, ?4, ?5)",
      error);
  const SanId32 *id = san_entry_get_id (parsed->entry);
  gboolean rules = san_parsed_founds_authority (parsed);
  const SanId32 *owner = rules ? id : &parsed->founding->owner;
  SanStanding standing = san_id32_equal (owner, &store->centre) ? SAN_STANDING_OWN
                         : rules                                ? SAN_STANDING_AUTHORITY
                                                                : SAN_STANDING_OFFERED;

  if (!query)
    return FALSE;
  san_query_put_blob (query, 1, id->b, sizeof id->b);
  san_query_put_int (query, 2, parsed->founding->type);
  san_query_put_blob (query, 3, owner->b, sizeof owner->b);
  san_query_put_int (query, 4, standing);
  san_query_put_int (query, 5, parsed->header->wall);
  if (!san_query_run (query, error))
    return FALSE;
  *no = san_db_get_last_row (store->db);
  if (standing == SAN_STANDING_OFFERED)
    {
      self->has_new_offer = TRUE;
      g_ptr_array_add (self->summary.offers, san_id32_copy (id));
    }
  return TRUE;
}

static void
note_fork (SanTx *self, const SanParsed *parsed, gint64 dossier, gint64 journal)
{
  gint64 place[2] = { dossier, journal };
  char *name = g_strdup_printf ("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT, dossier, journal);
  SanFork *fork = g_new0 (SanFork, 1);

  g_hash_table_insert (self->forks, name, g_memdup2 (place, sizeof place));
  fork->dossier = *san_entry_get_dossier (parsed->entry);
  fork->journal = parsed->header->journal;
  fork->number = parsed->header->number;
  g_ptr_array_add (self->summary.forks, fork);
}

static gboolean
has_branch (SanDb *db, gint64 dossier, gint64 journal, gboolean *has, GError **error)
{
  g_autoptr(SanQuery) query
      = san_query (db, "SELECT 1 FROM branch WHERE dossier = ?1 AND journal = ?2", error);

  if (!query)
    return FALSE;
  san_query_put_int (query, 1, dossier);
  san_query_put_int (query, 2, journal);
  return san_query_step (query, has, error);
}

/* The entry becomes a head; the one before it is none any more, unless it was none already. */
static gboolean
move_head (SanTx *self, const SanParsed *parsed, const SanEntryInfo *info, GError **error)
{
  SanDb *db = self->store->db;
  g_autoptr(SanQuery) drop = san_query (
      db, "DELETE FROM branch WHERE dossier = ?1 AND journal = ?2 AND head = ?3", error);
  g_autoptr(SanQuery) add = san_query (
      db, "INSERT INTO branch(dossier, journal, head, number) VALUES(?1, ?2, ?3, ?4)", error);
  gboolean forks = FALSE;

  if (!drop || !add)
    return FALSE;
  if (info->previous)
    {
      san_query_put_int (drop, 1, info->dossier);
      san_query_put_int (drop, 2, info->journal);
      san_query_put_int (drop, 3, info->previous);
      if (!san_query_run (drop, error))
        return FALSE;
      forks = san_db_get_changes (db) == 0;
    }
  else if (!has_branch (db, info->dossier, info->journal, &forks, error))
    return FALSE;
  san_query_put_int (add, 1, info->dossier);
  san_query_put_int (add, 2, info->journal);
  san_query_put_int (add, 3, info->seq);
  san_query_put_int (add, 4, info->number);
  if (forks)
    note_fork (self, parsed, info->dossier, info->journal);
  return san_query_run (add, error);
}

static gboolean
add_row (SanStore *store, const SanParsed *parsed, SanEntryInfo *info, gboolean held,
         GError **error)
{
  g_autoptr(SanQuery) query = san_query (
      store->db,
      "INSERT INTO entry(id, dossier, journal, number, previous, author, kind, flags, wall, parts,"
      " visible, held, rev, header, body)"
      " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
      error);

  if (!query)
    return FALSE;
  san_query_put_blob (query, 1, info->id.b, sizeof info->id.b);
  san_query_put_int (query, 2, info->dossier);
  san_query_put_int (query, 3, info->journal);
  san_query_put_int (query, 4, info->number);
  san_query_put_int (query, 5, info->previous);
  san_query_put_int (query, 6, info->author);
  san_query_put_int (query, 7, info->kind);
  san_query_put_int (query, 8, info->flags);
  san_query_put_int (query, 9, info->wall);
  san_query_put_int (query, 10, info->parts);
  san_query_put_int (query, 11, info->visible);
  san_query_put_int (query, 12, held);
  san_query_put_int (query, 13, ++store->rev);
  san_query_put_blob (query, 14, san_entry_get_raw_header (parsed->entry), SAN_HEADER_SIZE);
  san_query_put_bytes (query, 15, san_entry_get_body (parsed->entry));
  if (!san_query_run (query, error))
    return FALSE;
  info->seq = san_db_get_last_row (store->db);
  san_ids_put_entry (store, info);
  san_ids_keep_newest (store, info->seq, parsed->entry, parsed->data);
  store->arrivals[store->rev % SAN_ARRIVAL_SLOTS] = (SanArrival){ store->rev, info->seq };
  return TRUE;
}

gboolean
san_tx_add_grant (SanStore *store, const SanParsed *parsed, const SanEntryInfo *info,
                  GError **error)
{
  g_autoptr(SanQuery) query = san_query (
      store->db,
      "INSERT INTO key_grant(key_id, dossier, compartment, entry) VALUES(?1, ?2, ?3, ?4)", error);

  if (!query)
    return FALSE;
  san_query_put_blob (query, 1, parsed->grant->key_id.b, sizeof parsed->grant->key_id.b);
  san_query_put_int (query, 2, info->dossier);
  san_query_put_int (query, 3, parsed->grant->compartment);
  san_query_put_int (query, 4, info->seq);
  return san_query_run (query, error);
}

static void
count_bytes (SanTx *self, const SanParsed *parsed, gint64 dossier)
{
  gint64 *sum = g_hash_table_lookup (self->sizes, &dossier);

  if (!sum)
    {
      sum = g_new0 (gint64, 1);
      g_hash_table_insert (self->sizes, g_memdup2 (&dossier, sizeof dossier), sum);
    }
  *sum += SAN_HEADER_SIZE + parsed->header->body_size;
}

gboolean
san_tx_count_rules (SanTx *self, gint64 dossier, guint64 *n, GError **error)
{
  guint64 *count = g_hash_table_lookup (self->counts, &dossier);
  g_autoptr(SanQuery) query = NULL;
  gboolean row;

  if (!count)
    {
      query =
          san_query (self->store->db,
                     "SELECT count(*) FROM entry WHERE dossier = ?1 AND kind NOT IN (0, 3)", error);
      if (!query)
        return FALSE;
      san_query_put_int (query, 1, dossier);
      if (!san_query_step (query, &row, error))
        return FALSE;
      count = g_new0 (guint64, 1);
      *count = san_query_get_int (query, 0);
      g_hash_table_insert (self->counts, g_memdup2 (&dossier, sizeof dossier), count);
    }
  *n = *count;
  return TRUE;
}

/* One more of the journal that we write; one that came from elsewhere makes it be counted anew. */
static void
count_own (SanTx *self, const SanParsed *parsed, const SanEntryInfo *info)
{
  SanStore *store = self->store;

  if (!san_id16_equal (&parsed->header->journal, &store->journal))
    return;
  store->knows_own = store->knows_own && self->own;
  store->n_own++;
  store->last_own = info->id;
}

/* What counts is known at once unless authority or rights are about to change by this very entry.
 */
static gboolean
judge_new (SanTx *self, const SanParsed *parsed, SanEntryInfo *info, gboolean is_authority,
           gboolean *held, GError **error)
{
  SanJudged what = {
    .dossier = info->dossier, .entry = parsed->entry, .kind = info->kind, .parts = info->parts,
    .in_authority = is_authority, .erased = san_entry_get_body (parsed->entry) == NULL,
  };

  *held = FALSE;
  if (is_authority)
    info->visible = SAN_VISIBLE_WHOLE;
  else if (info->kind != SAN_KIND_FOUNDING && info->kind != SAN_KIND_AUTHORITY)
    return san_rule_refresh (self->store->rule, error)
           && san_rule_judge (self->store->rule, &what, &info->visible, held, NULL, error);
  return TRUE;
}

gboolean
san_tx_add (SanTx *self, const SanParsed *parsed, const SanTxPlace *place, GError **error)
{
  SanStore *store = self->store;
  const SanHeader *header = parsed->header;
  gboolean rules = header->kind != SAN_KIND_CHANGES && header->kind != SAN_KIND_KEY_GRANT;
  gboolean is_authority = place->is_authority || san_parsed_founds_authority (parsed);
  SanEntryInfo info = {
    .id = *san_entry_get_id (parsed->entry),
    .dossier = place->dossier,
    .number = header->number,
    .previous = place->previous,
    .wall = header->wall,
    .kind = header->kind,
    .flags = header->flags,
    .parts = parsed->parts,
  };
  guint64 *count;
  gboolean held;

  if ((info.dossier == 0 && !add_dossier (self, parsed, &info.dossier, error))
      || !san_ids_intern_journal (store, &header->journal, &info.journal, error)
      || !san_ids_intern_author (store, &header->author, &info.author, error)
      || (rules
          && !san_rule_will_grow (store->rule, info.dossier, is_authority,
                                  san_entry_get_dossier (parsed->entry), error))
      || !judge_new (self, parsed, &info, is_authority, &held, error)
      || !add_row (store, parsed, &info, held, error) || !move_head (self, parsed, &info, error))
    return FALSE;
  count_bytes (self, parsed, info.dossier);
  if (rules)
    self->asked_dossier = san_id32_zero;
  self->settled_alone = self->settled_alone && !rules && !held;
  count_own (self, parsed, &info);
  count = g_hash_table_lookup (self->counts, &info.dossier);
  if (rules && count)
    *count += 1;
  if (parsed->grant && !san_tx_add_grant (store, parsed, &info, error))
    return FALSE;
  return !(rules && is_authority)
         || san_claims_add (store, parsed, san_entry_get_dossier (parsed->entry), info.seq, error);
}

/* Ending */

static gboolean
put_sizes (SanTx *self, GError **error)
{
  g_autoptr(SanQuery) query
      = san_query (self->store->db, "UPDATE dossier SET bytes = bytes + ?2 WHERE no = ?1", error);
  GHashTableIter iter;
  gpointer no, sum;

  if (!query)
    return FALSE;
  g_hash_table_iter_init (&iter, self->sizes);
  while (g_hash_table_iter_next (&iter, &no, &sum))
    {
      san_ids_dossier_grows (self->store, *(gint64 *)no, *(gint64 *)sum);
      san_query_put_int (query, 1, *(gint64 *)no);
      san_query_put_int (query, 2, *(gint64 *)sum);
      if (!san_query_run (query, error))
        return FALSE;
    }
  return TRUE;
}

/* A head that a cut names may have come: what lies before it counts from now on, the rules of the
 * dossier first. */
static gboolean
judge_late_heads (SanTx *self, GError **error)
{
  SanRule *rule = self->store->rule;
  GHashTableIter iter;
  gpointer no;

  g_hash_table_iter_init (&iter, self->sizes);
  while (!self->own && g_hash_table_iter_next (&iter, &no, NULL))
    if (!san_rule_heads_came (rule, *(gint64 *)no, error))
      return FALSE;
  if (!san_rule_refresh (rule, error))
    return FALSE;
  g_hash_table_iter_init (&iter, self->sizes);
  while (!self->own && g_hash_table_iter_next (&iter, &no, NULL))
    if (!san_rule_rejudge_held (rule, *(gint64 *)no, error))
      return FALSE;
  return TRUE;
}

static gboolean
limit_branches (SanTx *self, GError **error)
{
  GHashTableIter iter;
  gpointer place;

  g_hash_table_iter_init (&iter, self->forks);
  while (g_hash_table_iter_next (&iter, NULL, &place))
    if (!san_branches_limit (self->store, ((gint64 *)place)[0], ((gint64 *)place)[1], error))
      return FALSE;
  return TRUE;
}

static gboolean
refuse_held_ones (SanTx *self, GError **error)
{
  g_autoptr(SanQuery) query = san_query (self->store->db,
                                          "SELECT e.id, e.kind, e.held, d.type, d.id FROM entry e"
                                          " JOIN dossier d ON d.no = e.dossier WHERE e.seq > ?1",
                                          error);
  gboolean row;

  if (!query)
    return FALSE;
  if (self->settled_alone && g_hash_table_size (self->forks) == 0)
    return TRUE;
  san_query_put_int (query, 1, self->old_seq);
  while (TRUE)
    {
      SanHeldReason reason = SAN_HELD_NOT;
      SanJudgement why;
      SanId32 id, dossier;
      gboolean refused;

      if (!san_query_step (query, &row, error))
        return FALSE;
      if (!row)
        return TRUE;
      refused = san_query_get_int (query, 2) != 0;
      san_query_get_id32 (query, 0, &id);
      san_query_get_id32 (query, 4, &dossier);
      if (san_query_get_int (query, 3) <= SAN_FOUNDING_PROGRAMME)
        {
          SanAuthority *authority = san_rule_get_authority (self->store->rule, &dossier, error);

          if (!authority)
            return FALSE;
          refused = !san_authority_find_entry (authority, &id, &reason) || reason != SAN_HELD_NOT;
        }
      else if (refused)
        {
          if (!san_store_judge (self->store, &id, &why, error))
            return FALSE;
          reason = why.reason;
        }
      if (refused && reason != SAN_HELD_NEEDS_COSIGN)
        {
          g_set_error (error, SAN_ERROR, SAN_ERROR_REFUSED, "own entry would not count: %s",
                       san_held_reason_get_name (reason));
          return FALSE;
        }
    }
}

static gboolean
count_held (SanTx *self, GError **error)
{
  g_autoptr(SanQuery) query
      = san_query (self->store->db, "SELECT count(*) FROM entry WHERE seq > ?1 AND held", error);
  gboolean row;

  if (!query)
    return FALSE;
  san_query_put_int (query, 1, self->old_seq);
  if (!san_query_step (query, &row, error))
    return FALSE;
  self->summary.n_held = san_query_get_int (query, 0);
  self->summary.n_became_held = self->store->rule->n_became_held;
  self->summary.n_became_visible = self->store->rule->n_became_visible;
  return TRUE;
}

static gboolean
count_branches_of_forks (SanTx *self, GError **error)
{
  g_autoptr(SanQuery) query
      = san_query (self->store->db,
                   "SELECT count(*) FROM branch b JOIN dossier d ON d.no = b.dossier"
                   " JOIN journal j ON j.no = b.journal WHERE d.id = ?1 AND j.id = ?2",
                   error);
  gboolean row;

  if (!query)
    return FALSE;
  for (guint i = 0; i < self->summary.forks->len; i++)
    {
      SanFork *fork = self->summary.forks->pdata[i];

      san_query_put_blob (query, 1, fork->dossier.b, sizeof fork->dossier.b);
      san_query_put_blob (query, 2, fork->journal.b, sizeof fork->journal.b);
      if (!san_query_step (query, &row, error))
        return FALSE;
      fork->branches = san_query_get_int (query, 0);
      san_query_reset (query);
    }
  return TRUE;
}

static gboolean
finish (SanTx *self, gboolean refuse_held, GCancellable *cancellable, GError **error)
{
  SanStore *store = self->store;
  gboolean offers_changed = FALSE;

  if (!san_rule_refresh (store->rule, error) || !judge_late_heads (self, error)
      || !limit_branches (self, error) || (refuse_held && !refuse_held_ones (self, error))
      || !san_erase_run (self, error) || !put_sizes (self, error)
      || !san_view_catch_up (store->views[0], NULL, NULL, cancellable, error)
      || !san_offers_settle (self, &offers_changed, error))
    return FALSE;
  if (offers_changed && !san_view_catch_up (store->views[0], NULL, NULL, cancellable, error))
    return FALSE;
  return (self->own || (count_held (self, error) && count_branches_of_forks (self, error)))
         && !g_cancellable_set_error_if_cancelled (cancellable, error)
         && san_db_commit (store->db, error);
}

gboolean
san_tx_commit (SanTx *self, gboolean refuse_held, GCancellable *cancellable,
               SanApplySummary *summary, GError **error)
{
  SanStore *store = self->store;

  if (!finish (self, refuse_held, cancellable, error))
    {
      san_tx_cancel (store);
      return FALSE;
    }
  if (summary)
    {
      *summary = self->summary;
      memset (&self->summary, 0, sizeof self->summary);
    }
  tx_free (self);
  /* Durable. Views are caches: what fails here is caught up later. */
  san_keychain_follow (store, store->rule->authority_grew, cancellable);
  return TRUE;
}
