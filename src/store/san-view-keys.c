/* san-view-keys.c - dossier keys of one compartment: opened once, kept in the view
 *
 * A key comes from a grant that is sealed to a ring which the view's own ring leads to, or from
 * the link of a later key. Whether the grant counts does not matter for reading: a key proves
 * itself by its id. Parts that waited for a key are put in as soon as it is here. */
#include "san-view-private.h"
#include "san-keychain-private.h"
#include "san-key-grant.h"
#include "san-data-body.h"
#include "san-error.h"

#define KEYS_KEPT 4096u

gboolean
san_view_find_key (SanView *self, const SanId32 *id, SanSecret **key, GError **error)
{
  SanSecret *known = g_hash_table_lookup (self->keys, id);
  g_autoptr(SanQuery) query = NULL;
  const guint8 *data;
  gboolean row;
  gsize n;

  *key = NULL;
  if (known)
    {
      *key = san_secret_ref (known);
      return TRUE;
    }
  query = san_query (self->db, "SELECT secret FROM key WHERE id = ?1", error);
  if (!query)
    return FALSE;
  san_query_put_blob (query, 1, id->b, sizeof id->b);
  if (!san_query_step (query, &row, error))
    return FALSE;
  if (!row)
    return TRUE;
  data = san_query_get_blob (query, 0, &n);
  if (g_hash_table_size (self->keys) >= KEYS_KEPT)
    g_hash_table_remove_all (self->keys);
  *key = san_secret_new_copy (data, n);
  g_hash_table_insert (self->keys, san_id32_copy (id), san_secret_ref (*key));
  return TRUE;
}

static gboolean
put_key (SanView *self, gint64 dossier, const SanId32 *id, const SanSecret *key, GError **error)
{
  g_autoptr(SanQuery) query = san_query (
      self->db, "INSERT OR IGNORE INTO key(id, dossier, secret) VALUES(?1, ?2, ?3)", error);

  if (!query)
    return FALSE;
  san_query_put_blob (query, 1, id->b, sizeof id->b);
  san_query_put_int (query, 2, dossier);
  san_query_put_blob (query, 3, san_secret_get_data (key), san_secret_get_size (key));
  return san_query_run (query, error);
}

static gboolean
list_closed (SanView *self, const SanId32 *key_id, GArray *seqs, GError **error)
{
  g_autoptr(SanQuery) query
      = san_query (self->db, "SELECT entry FROM closed WHERE key_id = ?1 AND why = 0", error);

  if (!query)
    return FALSE;
  san_query_put_blob (query, 1, key_id->b, sizeof key_id->b);
  return san_query_numbers (query, seqs, error);
}

static gboolean
drop_closed (SanView *self, gint64 seq, GError **error)
{
  g_autoptr(SanQuery) query = san_query (self->db, "DELETE FROM closed WHERE entry = ?1", error);

  if (!query)
    return FALSE;
  san_query_put_int (query, 1, seq);
  return san_query_run (query, error);
}

/* The unlock pass: parts that waited for this key. */
static gboolean
open_waiting (SanView *self, gint64 dossier, const SanId32 *key_id, GError **error)
{
  g_autoptr(GArray) seqs = g_array_new (FALSE, FALSE, sizeof (gint64));

  if (!list_closed (self, key_id, seqs, error))
    return FALSE;
  for (guint i = 0; i < seqs->len; i++)
    {
      gint64 seq = g_array_index (seqs, gint64, i);

      if (!drop_closed (self, seq, error) || !san_view_put_again (self, seq, error))
        return FALSE;
    }
  if (seqs->len == 0)
    return TRUE;
  g_array_append_vals (self->reopened, seqs->data, seqs->len);
  return san_view_touch (self, dossier, error);
}

typedef struct
{
  SanId32 id;
  SanSecret *key;
} Found;

/* All grants of a key: each may link back to a key before it. */
static gboolean
follow_links (SanView *self, const Found *found, GArray *queue, GError **error)
{
  g_autoptr(SanQuery) query
      = san_query (self->store->db,
                   "SELECT e.body FROM key_grant g JOIN entry e ON e.seq = g.entry"
                   " WHERE g.key_id = ?1 AND e.body NOT NULL",
                   error);
  gboolean row;

  if (!query)
    return FALSE;
  san_query_put_blob (query, 1, found->id.b, sizeof found->id.b);
  while (TRUE)
    {
      g_autoptr(SanKeyGrant) grant = NULL;
      g_autoptr(GBytes) body = NULL;
      g_autoptr(SanSecret) have = NULL;
      Found before;

      if (!san_query_step (query, &row, error))
        return FALSE;
      if (!row)
        return TRUE;
      body = san_query_dup_bytes (query, 0);
      grant = san_key_grant_parse (body, NULL);
      if (!grant || grant->compartment != self->compartment
          || san_id32_is_zero (&grant->previous_id))
        continue;
      if (!san_view_find_key (self, &grant->previous_id, &have, error))
        return FALSE;
      before.id = grant->previous_id;
      before.key = have ? NULL : san_key_grant_open_link (grant, found->key, NULL);
      if (before.key)
        g_array_append_val (queue, before);
    }
}

static void
found_clear (gpointer data)
{
  san_secret_unref (((Found *)data)->key);
}

/* Keeps a key, opens what waited for it, and goes back along its links. */
static gboolean
take_key (SanView *self, gint64 dossier, const SanId32 *id, SanSecret *key, GError **error)
{
  g_autoptr(GArray) queue = g_array_new (FALSE, FALSE, sizeof (Found));
  Found found = { *id, san_secret_ref (key) };

  g_array_set_clear_func (queue, found_clear);
  g_array_append_val (queue, found);
  for (guint next = 0; next < queue->len; next++)
    {
      found = g_array_index (queue, Found, next);
      if (!put_key (self, dossier, &found.id, found.key, error)
          || !open_waiting (self, dossier, &found.id, error)
          || !follow_links (self, &found, queue, error))
        return FALSE;
    }
  return TRUE;
}

static SanSecret *
open_grant (SanView *self, const SanKeyGrant *grant)
{
  SanKeychain *keychain = self->store->keychain;

  for (guint i = 0; keychain && i < grant->n_pairs; i++)
    {
      const SanId32 *ring = &grant->pairs[i].ring;
      SanBoxKey *ring_key;
      SanSecret *key;

      if (!san_keychain_reaches (keychain, self->compartment, ring))
        continue;
      ring_key = san_keychain_get_ring (keychain, ring);
      key = ring_key ? san_key_grant_open (grant, ring, ring_key, NULL) : NULL;
      if (key)
        return key;
    }
  return NULL;
}

gboolean
san_view_learn_grant (SanView *self, gint64 dossier, GBytes *body, GError **error)
{
  g_autoptr(SanKeyGrant) grant = san_key_grant_parse (body, error);
  g_autoptr(SanSecret) have = NULL;
  g_autoptr(SanSecret) key = NULL;

  if (!grant || !san_view_find_key (self, &grant->key_id, &have, error))
    return FALSE;
  if (have)
    {
      Found found = { grant->key_id, have };
      g_autoptr(GArray) queue = g_array_new (FALSE, FALSE, sizeof (Found));

      /* a later grant of a key that is here may bring a link that the first had not */
      g_array_set_clear_func (queue, found_clear);
      if (!follow_links (self, &found, queue, error))
        return FALSE;
      for (guint i = 0; i < queue->len; i++)
        if (!take_key (self, dossier, &g_array_index (queue, Found, i).id,
                       g_array_index (queue, Found, i).key, error))
          return FALSE;
      return TRUE;
    }
  key = open_grant (self, grant);
  return !key || take_key (self, dossier, &grant->key_id, key, error);
}

static gboolean
retry_all (SanView *self, GError **error)
{
  g_autoptr(SanQuery) query
      = san_query (self->store->db,
                   "SELECT g.dossier, e.body FROM key_grant g JOIN entry e ON e.seq = g.entry"
                   " JOIN dossier d ON d.no = g.dossier WHERE g.compartment = ?1"
                   " AND d.standing IN (1, 8) AND NOT d.erased AND e.body NOT NULL",
                   error);
  gboolean row;

  if (!query)
    return FALSE;
  san_query_put_int (query, 1, self->compartment);
  while (TRUE)
    {
      g_autoptr(GBytes) body = NULL;

      if (!san_query_step (query, &row, error))
        return FALSE;
      if (!row)
        return TRUE;
      body = san_query_dup_bytes (query, 1);
      if (!san_view_learn_grant (self, san_query_get_int (query, 0), body, error))
        return FALSE;
    }
}

/* Settling of what opened, and telling the others, is part of the next catching up. */
gboolean
san_view_retry_grants (SanView *self, GError **error)
{
  if (san_view_begin (self, error) && retry_all (self, error))
    return TRUE;
  san_view_abandon (self);
  return FALSE;
}

/* Public reading */

static SanView *
open_view_of (SanStore *self, guint8 compartment, GError **error)
{
  if (compartment > 0 && compartment < SAN_N_COMPARTMENTS && self->views[compartment])
    return self->views[compartment];
  g_set_error (error, SAN_ERROR, SAN_ERROR_LOCKED, "compartment %u is not open", compartment);
  return NULL;
}

SanSecret *
san_store_dup_dossier_key (SanStore *self, guint8 compartment, const SanId32 *key_id,
                           GError **error)
{
  SanView *view = open_view_of (self, compartment, error);
  SanSecret *key;

  if (!view || !san_view_find_key (view, key_id, &key, error))
    return NULL;
  if (!key)
    g_set_error (error, SAN_ERROR, SAN_ERROR_NOT_FOUND, "that key is not shared with this login");
  return key;
}

GPtrArray *
san_store_list_dossier_keys (SanStore *self, const SanId32 *dossier, guint8 compartment,
                             GError **error)
{
  g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify)san_secret_unref);
  SanView *view = open_view_of (self, compartment, error);
  g_autoptr(SanQuery) query = NULL;
  gboolean row;
  gint64 no;

  if (!view || !san_ids_find_dossier (self, dossier, &no, error))
    return NULL;
  query = san_query (view->db, "SELECT secret FROM key WHERE dossier = ?1 ORDER BY id", error);
  if (!query)
    return NULL;
  san_query_put_int (query, 1, no);
  while (TRUE)
    {
      const guint8 *data;
      gsize n;

      if (!san_query_step (query, &row, error))
        return NULL;
      if (!row)
        return g_steal_pointer (&list);
      data = san_query_get_blob (query, 0, &n);
      g_ptr_array_add (list, san_secret_new_copy (data, n));
    }
}

guint
san_store_count_closed (SanStore *self, const SanId32 *dossier, guint8 compartment, GError **error)
{
  SanView *view = open_view_of (self, compartment, error);
  g_autoptr(SanQuery) query = NULL;
  gboolean row;
  gint64 no;

  if (!view || !san_ids_find_dossier (self, dossier, &no, error))
    return 0;
  query = san_query (view->db, "SELECT count(*) FROM closed WHERE dossier = ?1", error);
  if (!query)
    return 0;
  san_query_put_int (query, 1, no);
  return san_query_step (query, &row, error) && row ? san_query_get_int (query, 0) : 0;
}
