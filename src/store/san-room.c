/* san-room.c - how much others may bring: into the tray of offers, and of entries that decide
 *
 * What a dossier's entries of kinds 1 and 2 come to is worked out from all of them at once, up to
 * SAN_AUTHORITY_LIMIT. So nobody may bring so many that there is no room for the others: each
 * centre has a share, and what is beyond it is not had. Only seats that count speak for a centre,
 * else anybody could use up another one's share. What is beyond comes in all the same where our own
 * people, or those of the centre that founded the dossier, built on it elsewhere: their entries
 * would wait for it for ever. */
#include "san-intake-private.h"
#include "san-authority.h"
#include "san-dossier-rights.h"
#include "san-store-rights.h"

#define OF_CENTRE       500u         /* a partner with a case of a lifetime writes some 20 */
#define OF_FOUNDER      5000u
#define OF_OTHERS       3000u        /* all together, but for those with whom it is shared */
#define KEPT_FOR_US     1000u
#define WANTED_LIMIT    4096u        /* entries of the waiting room */

typedef struct
{
  SanId32     founder;
  GHashTable *of;                    /* SanId32 centre -> guint64; zero: seats that count nowhere */
  guint64     of_others;
} Shares;

static void
shares_free (gpointer data)
{
  Shares *self = data;

  g_hash_table_unref (self->of);
  g_free (self);
}

GHashTable *
san_room_new_shares (void)
{
  return g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, shares_free);
}

static gboolean
speaks_for (SanStore *self, const SanId32 *centre, const SanId32 *pk)
{
  const SanAuthority *authority = san_store_get_authority (self, centre, NULL);

  return authority != NULL && (san_authority_find_seat (authority, pk) != NULL ||
                               san_authority_is_recovery (authority, pk));
}

/* Whose seat or recovery key this is; zero: nobody's that counts. */
static gboolean
find_centre (SanStore *self, const SanId32 *pk, SanId32 *out, GError **error)
{
  g_autoptr(GArray) claimed = g_array_new (FALSE, FALSE, sizeof (SanId32));
  g_autoptr(SanQuery) query = san_query (
      self->db,
      "SELECT centre FROM seat WHERE pk = ?1 UNION SELECT centre FROM recovery WHERE pk = ?1",
      error);
  gboolean row;

  if (!query)
    return FALSE;
  san_query_put_blob (query, 1, pk->b, sizeof pk->b);
  while (TRUE)
    {
      SanId32 centre;

      if (!san_query_step (query, &row, error))
        return FALSE;
      if (!row)
        break;
      if (san_query_get_id32 (query, 0, &centre))
        g_array_append_val (claimed, centre);
    }
  *out = san_id32_zero;
  for (guint i = 0; i < claimed->len && san_id32_is_zero (out); i++)
    if (speaks_for (self, &g_array_index (claimed, SanId32, i), pk))
      *out = g_array_index (claimed, SanId32, i);
  return TRUE;
}

static guint64
share_of (const Shares *self, const SanId32 *centre)
{
  const guint64 *n = g_hash_table_lookup (self->of, centre);

  return n != NULL ? *n : 0;
}

static void
add_share (const SanStore *store, Shares *self, const SanId32 *centre, guint64 more)
{
  guint64 *n = g_hash_table_lookup (self->of, centre);

  if (n == NULL)
    {
      n = g_new0 (guint64, 1);
      g_hash_table_insert (self->of, san_id32_copy (centre), n);
    }
  *n += more;
  if (!san_id32_equal (centre, &store->centre) && !san_id32_equal (centre, &self->founder))
    self->of_others += more;
}

typedef struct { SanId32 pk; guint64 n; } Author;

static GArray *
list_authors (SanStore *self, gint64 dossier, GError **error)
{
  g_autoptr(GArray) authors = g_array_new (FALSE, FALSE, sizeof (Author));
  g_autoptr(SanQuery) query
      = san_query (self->db,
                   "SELECT a.pk, count(*) FROM entry e JOIN author a ON a.no = e.author"
                   " WHERE e.dossier = ?1 AND e.kind NOT IN (0, 3) GROUP BY e.author",
                   error);
  gboolean row;

  if (!query)
    return NULL;
  san_query_put_int (query, 1, dossier);
  while (TRUE)
    {
      Author one;

      if (!san_query_step (query, &row, error))
        return NULL;
      if (!row)
        return g_steal_pointer (&authors);
      san_query_get_id32 (query, 0, &one.pk);
      one.n = san_query_get_int (query, 1);
      g_array_append_val (authors, one);
    }
}

static gboolean
find_founder (SanStore *self, gint64 dossier, SanId32 *out, GError **error)
{
  g_autoptr(SanQuery) query =
      san_query (self->db, "SELECT owner FROM dossier WHERE no = ?1", error);
  gboolean row;

  if (!query)
    return FALSE;
  san_query_put_int (query, 1, dossier);
  if (!san_query_step (query, &row, error))
    return FALSE;
  if (!row || !san_query_get_id32 (query, 0, out))
    *out = san_id32_zero;
  return TRUE;
}

/* Counted once in a transaction, and only for a dossier that has many. */
static Shares *
find_shares (SanTx *tx, gint64 dossier, GError **error)
{
  Shares *self = g_hash_table_lookup (tx->shares, &dossier);
  g_autoptr(GArray) authors = NULL;
  SanId32 founder;

  if (self != NULL)
    return self;
  authors = list_authors (tx->store, dossier, error);
  if (authors == NULL || !find_founder (tx->store, dossier, &founder, error))
    return NULL;
  self = g_new0 (Shares, 1);
  self->founder = founder;
  self->of = g_hash_table_new_full (san_id32_hash, san_id32_equal, g_free, g_free);
  g_hash_table_insert (tx->shares, g_memdup2 (&dossier, sizeof dossier), self);
  for (guint i = 0; i < authors->len; i++)
    {
      const Author *one = &g_array_index (authors, Author, i);
      SanId32 centre;

      if (!find_centre (tx->store, &one->pk, &centre, error))
        return NULL;
      add_share (tx->store, self, &centre, one->n);
    }
  return self;
}

static gboolean
is_shared_with (SanStore *self, const SanId32 *dossier, const SanId32 *centre)
{
  const SanDossierRights *rights = san_store_get_rights (self, dossier, NULL);

  return rights != NULL && (san_dossier_rights_get_reads (rights, centre) |
                            san_dossier_rights_get_writes (rights, centre)) != 0;
}

static guint64
limit_of (const Shares *self, const SanId32 *centre)
{
  return san_id32_equal (centre, &self->founder) ? OF_FOUNDER : OF_CENTRE;
}

/* Those with whom the case has nothing to do have one share between them. */
static gboolean
has_turn (SanStore *store, const Shares *self, const SanId32 *dossier, const SanId32 *centre)
{
  return self->of_others < OF_OTHERS || san_id32_equal (centre, &self->founder)
         || is_shared_with (store, dossier, centre);
}

/* Appends ids of what waits for @id; TRUE in @wanted if one of them is by our own people or by the
 * founder's. */
static gboolean
look_who_waits (SanTx *tx, const Shares *shares, const SanId32 *id, GArray *next, gboolean *wanted,
                GError **error)
{
  g_autoptr(GPtrArray) waiting = g_ptr_array_new_with_free_func ((GDestroyNotify)san_entry_unref);
  g_autoptr(SanQuery) query
      = san_query (tx->store->db, "SELECT entry FROM waiting WHERE need = ?1", error);
  gboolean row;

  if (!query)
    return FALSE;
  san_query_put_blob (query, 1, id->b, sizeof id->b);
  while (TRUE)
    {
      g_autoptr(GBytes) bytes = NULL;
      SanEntry *entry;

      if (!san_query_step (query, &row, error))
        return FALSE;
      if (!row)
        break;
      bytes = san_query_dup_bytes (query, 0);
      entry = bytes != NULL ? san_entry_new_from_bytes (bytes, NULL) : NULL;
      if (entry != NULL)
        g_ptr_array_add (waiting, entry);
    }
  for (guint i = 0; i < waiting->len && !*wanted; i++)
    {
      SanEntry *entry = g_ptr_array_index (waiting, i);
      SanId32 centre;

      if (!find_centre (tx->store, &san_entry_get_header (entry)->author, &centre, error))
        return FALSE;
      *wanted = san_id32_equal (&centre, &tx->store->centre)
                || (!san_id32_is_zero (&centre) && san_id32_equal (&centre, &shares->founder));
      g_array_append_vals (next, san_entry_get_id (entry), 1);
    }
  return TRUE;
}

static gboolean
is_wanted (SanTx *tx, const Shares *shares, const SanId32 *id, gboolean *wanted, GError **error)
{
  g_autoptr(GArray) next = g_array_new (FALSE, FALSE, sizeof (SanId32));

  *wanted = FALSE;
  g_array_append_vals (next, id, 1);
  for (guint i = 0; i < next->len && i < WANTED_LIMIT && !*wanted; i++)
    {
      SanId32 one = g_array_index (next, SanId32, i);

      if (!look_who_waits (tx, shares, &one, next, wanted, error))
        return FALSE;
    }
  return TRUE;
}

/* @n: how many there are. As long as there are fewer than one centre may bring, nobody is asked. */
static gboolean
ask_rules (SanTx *tx, const SanParsed *parsed, const SanTxPlace *place, guint64 n, gboolean *room,
           GError **error)
{
  const SanId32 *dossier = san_entry_get_dossier (parsed->entry);
  SanId32 centre;
  Shares *shares;
  guint64 of;

  *room = n < SAN_AUTHORITY_LIMIT;
  if (!*room || n < OF_CENTRE)
    return TRUE;
  shares = find_shares (tx, place->dossier, error);
  if (shares == NULL || !find_centre (tx->store, &parsed->header->author, &centre, error))
    return FALSE;
  if (!san_id32_equal (&centre, &tx->store->centre))
    {
      of = share_of (shares, &centre);
      if (n >= SAN_AUTHORITY_LIMIT - KEPT_FOR_US)
        *room = FALSE;
      else if (of >= limit_of (shares, &centre) || !has_turn (tx->store, shares, dossier, &centre))
        {
          if (!is_wanted (tx, shares, san_entry_get_id (parsed->entry), room, error))
            return FALSE;
        }
    }
  if (*room)
    add_share (tx->store, shares, &centre, 1);
  return TRUE;
}

static gboolean
is_offered (SanTx *tx, const SanParsed *parsed, const SanTxPlace *place, gboolean *offered,
            GError **error)
{
  SanStore *self = tx->store;
  g_autoptr(SanQuery) query = NULL;

  if (!place->dossier)
    {
      *offered = !san_parsed_founds_authority (parsed)
                 && !san_id32_equal (&parsed->founding->owner, &self->centre);
      return TRUE;
    }
  *offered = tx->asked_offered;
  if (tx->asked_no == place->dossier)
    return TRUE;
  query = san_query (self->db, "SELECT 1 FROM dossier WHERE no = ?1 AND standing = 4", error);
  if (!query)
    return FALSE;
  san_query_put_int (query, 1, place->dossier);
  if (!san_query_step (query, offered, error))
    return FALSE;
  tx->asked_no = place->dossier;
  tx->asked_offered = *offered;
  return TRUE;
}

/* The tray of offers, the authority of a centre, and what decides about a dossier are bounded. */
gboolean
san_room_ask (SanTx *tx, const SanParsed *parsed, const SanTxPlace *place, gboolean *room,
              GError **error)
{
  guint64 size = SAN_HEADER_SIZE + parsed->header->body_size;
  guint8 kind = parsed->header->kind;
  gboolean offered;
  guint64 n = 0;

  *room = TRUE;
  if (place->dossier && kind != SAN_KIND_CHANGES && kind != SAN_KIND_KEY_GRANT)
    {
      if (!san_tx_count_rules (tx, place->dossier, &n, error))
        return FALSE;
      *room = n < SAN_AUTHORITY_LIMIT;
      if (place->is_authority)
        return TRUE;
      if (!ask_rules (tx, parsed, place, n, room, error))
        return FALSE;
    }
  if (!*room)
    return TRUE;
  if (!is_offered (tx, parsed, place, &offered, error))
    return FALSE;
  if (!offered)
    return TRUE;
  *room = tx->store->n_offer_bytes + size <= SAN_OFFERS_BYTES_LIMIT;
  if (*room)
    tx->store->n_offer_bytes += size;
  return TRUE;
}
