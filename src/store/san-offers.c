/* san-offers.c - dossiers that other centres founded: they count for nothing until accepted
 *
 * The answer is a record of the house dossier, so all laptops of the centre know it. When it
 * changes, so does the dossier's standing, and its entries come to the views again. */
#include "san-tx-private.h"
#include "san-rule-private.h"
#include "san-view-private.h"
#include "san-error.h"

typedef struct
{
  gint64 no;
  SanId32 id;
  SanStanding standing;
} Offer;

static gboolean
list_offers (SanStore *store, GArray *offers, GError **error)
{
  g_autoptr(SanQuery) query = san_query (
      store->db, "SELECT no, id, standing FROM dossier WHERE standing IN (4, 8, 16)", error);
  gboolean row;

  if (!query)
    return FALSE;
  while (TRUE)
    {
      Offer offer;

      if (!san_query_step (query, &row, error))
        return FALSE;
      if (!row)
        return TRUE;
      offer.no = san_query_get_int (query, 0);
      san_query_get_id32 (query, 1, &offer.id);
      offer.standing = san_query_get_int (query, 2);
      g_array_append_val (offers, offer);
    }
}

static SanStanding
standing_of (SanQuery *answer)
{
  g_autoptr(SanValue) value = NULL;
  const guint8 *data;
  gsize n;

  data = san_query_get_blob (answer, 1, &n);
  value = san_value_new_raw (san_query_get_int (answer, 0), data, n, NULL);
  if (value && san_value_has_code (value, SAN_OFFER_ACCEPT))
    return SAN_STANDING_ACCEPTED;
  if (value && san_value_has_code (value, SAN_OFFER_DECLINE))
    return SAN_STANDING_DECLINED;
  return SAN_STANDING_OFFERED;
}

/* The answer that stands in the house dossier: of several the one shown. */
static gboolean
find_answer (SanStore *store, gint64 house, const Offer *offer, SanStanding *out, GError **error)
{
  g_autoptr(SanQuery) query
      = san_query (store->db,
                   "SELECT w.type, w.value FROM record r JOIN write w ON w.record = r.no"
                   " WHERE r.id = ?1 AND r.dossier = ?2 AND r.form = '" SAN_OFFER_FORM "'"
                   " AND r.withdrawn = 0 AND w.field = '" SAN_OFFER_ANSWER "' AND w.rank = 1",
                   error);
  gboolean row;

  if (!query)
    return FALSE;
  san_query_put_blob (query, 1, offer->id.b, 16);
  san_query_put_int (query, 2, house);
  if (!san_query_step (query, &row, error))
    return FALSE;
  *out = row ? standing_of (query) : SAN_STANDING_OFFERED;
  return TRUE;
}

static gboolean
put_standing (SanStore *store, const Offer *offer, SanStanding standing, GError **error)
{
  g_autoptr(SanQuery) put
      = san_query (store->db, "UPDATE dossier SET standing = ?2 WHERE no = ?1", error);
  g_autoptr(SanQuery) bump
      = san_query (store->db,
                   "UPDATE entry SET rev = rev - (SELECT min(rev) FROM entry WHERE dossier = ?1)"
                   " + ?2 WHERE dossier = ?1",
                   error);

  if (!put || !bump)
    return FALSE;
  san_ids_dossier_changes (store);
  san_query_put_int (put, 1, offer->no);
  san_query_put_int (put, 2, standing);
  /* new revs in the old order, above all given so far */
  san_query_put_int (bump, 1, offer->no);
  san_query_put_int (bump, 2, store->rev + 1);
  return san_query_run (put, error) && san_query_run (bump, error)
         && san_db_get_int (store->db, "SELECT max(rev) FROM entry", &store->rev, error);
}

static gboolean
settle_offer (SanStore *store, gint64 house, const Offer *offer, gboolean *changed, GError **error)
{
  SanStanding standing;

  if (!find_answer (store, house, offer, &standing, error))
    return FALSE;
  if (standing == offer->standing)
    return TRUE;
  *changed = TRUE;
  return put_standing (store, offer, standing, error);
}

gboolean
san_offers_settle (SanTx *tx, gboolean *changed, GError **error)
{
  SanStore *store = tx->store;
  g_autoptr(GArray) offers = NULL;
  g_autoptr(GError) local = NULL;
  gint64 house, bytes;
  SanId32 id;

  if ((!tx->has_new_offer && !store->offers_touched) || san_id32_is_zero (&store->centre))
    return TRUE;
  store->offers_touched = FALSE;
  if (!san_store_find_house (store, &store->centre, &id, &local))
    {
      if (!local)
        return TRUE;
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  offers = g_array_new (FALSE, FALSE, sizeof (Offer));
  if (!san_ids_find_dossier (store, &id, &house, error) || !list_offers (store, offers, error))
    return FALSE;
  for (guint i = 0; i < offers->len; i++)
    if (!settle_offer (store, house, &g_array_index (offers, Offer, i), changed, error))
      return FALSE;
  if (!san_db_get_int (store->db, "SELECT sum(bytes) FROM dossier WHERE standing = 4", &bytes,
                       error))
    return FALSE;
  store->n_offer_bytes = bytes;
  return TRUE;
}
