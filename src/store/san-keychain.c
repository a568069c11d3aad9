/* san-keychain.c - from a seat's box key to the rings that it holds
 *
 * A ring is opened by a grant to the seat, by the link of a ring that follows it, or by a grant to
 * a ring that is open already. Which one a compartment uses: the leaf that descends from "my
 * ring"; what that leaf's secret leads to is all that its view may use. */
#include "san-keychain-private.h"
#include "san-view-private.h"
#include "san-ring.h"
#include "san-error.h"

static void
ring_key_free (gpointer key)
{
  san_box_key_unref (key);
}

void
san_keychain_free (SanKeychain *self)
{
  if (!self)
    return;
  for (guint c = 0; c < SAN_N_COMPARTMENTS; c++)
    g_clear_pointer (&self->parts[c].reach, g_hash_table_unref);
  g_hash_table_unref (self->rings);
  san_box_key_unref (self->box);
  g_free (self);
}

SanBoxKey *
san_keychain_get_ring (SanKeychain *self, const SanId32 *ring)
{
  return g_hash_table_lookup (self->rings, ring);
}

gboolean
san_keychain_reaches (SanKeychain *self, guint8 compartment, const SanId32 *ring)
{
  GHashTable *reach = self->parts[compartment].reach;

  return reach && g_hash_table_contains (reach, ring);
}

/* Opening */

/* Remembers a ring's key and queues it, since it may open others. */
static void
take_ring (SanKeychain *self, const SanId32 *id, SanBoxKey *key, GArray *queue)
{
  if (g_hash_table_contains (self->rings, id))
    {
      san_box_key_unref (key);
      return;
    }
  g_hash_table_insert (self->rings, san_id32_copy (id), key);
  g_array_append_vals (queue, id, 1);
}

static void
open_holds (SanKeychain *self, const SanRing *ring, const SanId32 *grantee, const SanBoxKey *mine,
            GArray *queue)
{
  for (guint i = 0; i < ring->n_holds; i++)
    {
      SanRingPair pair = { ring->holds[i].grantee, { 0 } };
      SanBoxKey *key;

      if (!san_id32_equal (&pair.grantee, grantee))
        continue;
      memcpy (pair.sealed, ring->holds[i].sealed, sizeof pair.sealed);
      key = san_ring_pair_open (&pair, mine, &ring->pk, NULL);
      if (key)
        {
          take_ring (self, &ring->id, key, queue);
          return;
        }
    }
}

static gboolean
open_link (SanKeychain *self, const SanAuthority *authority, const SanRing *ring, GArray *queue,
           GError **error)
{
  const SanRing *before = san_authority_find_ring (authority, &ring->previous);
  g_autoptr(SanAuthorityBody) body = NULL;
  g_autoptr(SanEntry) entry = NULL;
  SanBoxKey *key;

  if (!before || g_hash_table_contains (self->rings, &before->id))
    return TRUE;
  entry = san_store_dup_entry (self->store, &ring->id, error);
  if (!entry)
    return FALSE;
  body = san_authority_body_parse (san_entry_get_body (entry), error);
  if (!body)
    return FALSE;
  key = san_new_ring_open_link (&body->u.new_ring, san_keychain_get_ring (self, &ring->id),
                                &before->pk, NULL);
  if (key)
    take_ring (self, &before->id, key, queue);
  return TRUE;
}

static gboolean
open_rings (SanKeychain *self, const SanAuthority *authority, GError **error)
{
  g_autoptr(GArray) queue = g_array_new (FALSE, FALSE, sizeof (SanId32));
  guint n = san_authority_get_n_rings (authority);

  for (guint i = 0; i < n; i++)
    open_holds (self, san_authority_get_ring (authority, i), &self->seat, self->box, queue);
  for (guint next = 0; next < queue->len; next++)
    {
      SanId32 id = g_array_index (queue, SanId32, next);
      const SanRing *ring = san_authority_find_ring (authority, &id);
      const SanBoxKey *key = san_keychain_get_ring (self, &id);

      if (!open_link (self, authority, ring, queue, error))
        return FALSE;
      for (guint i = 0; i < n; i++)
        {
          const SanRing *other = san_authority_get_ring (authority, i);

          if (other->compartment == ring->compartment
              && !g_hash_table_contains (self->rings, &other->id))
            open_holds (self, other, &id, key, queue);
        }
    }
  return TRUE;
}

/* Choosing */

static char *
my_ring_name (const SanId32 *seat, guint8 compartment)
{
  g_autofree char *hex = san_id32_to_text (seat);

  return g_strdup_printf ("my-ring.%s.%u", hex, compartment);
}

/* The remembered row; else the first that this seat made or was given, remembered from now on. */
static gboolean
find_my_ring (SanKeychain *self, const SanAuthority *authority, guint8 compartment, GError **error)
{
  g_autofree char *name = my_ring_name (&self->seat, compartment);
  g_autoptr(GError) local = NULL;
  g_autoptr(GBytes) row = san_store_get_state (self->store, name, &local);
  g_autoptr(GBytes) new_row = NULL;
  SanId32 *ring = &self->parts[compartment].my_ring;

  if (local)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (row && g_bytes_get_size (row) == sizeof ring->b)
    {
      memcpy (ring->b, g_bytes_get_data (row, NULL), sizeof ring->b);
      return TRUE;
    }
  if (!san_authority_find_my_ring (authority, &self->seat, compartment, ring))
    return TRUE;
  new_row = g_bytes_new (ring->b, sizeof ring->b);
  return san_store_put_state (self->store, name, new_row, error);
}

static GArray *
list_held (SanKeychain *self)
{
  GArray *held = g_array_new (FALSE, FALSE, sizeof (SanId32));
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, self->rings);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_array_append_vals (held, id, 1);
  return held;
}

/* What the leaf's secret alone opens: links back, and rings handed to any of them. */
static GHashTable *
list_reach (SanKeychain *self, const SanAuthority *authority, const SanId32 *leaf)
{
  GHashTable *reach = g_hash_table_new_full (san_id32_hash, san_id32_equal, g_free, NULL);
  g_autoptr(GArray) queue = g_array_new (FALSE, FALSE, sizeof (SanId32));

  g_array_append_vals (queue, leaf, 1);
  for (guint next = 0; next < queue->len; next++)
    {
      SanId32 id = g_array_index (queue, SanId32, next);
      const SanRing *ring = san_authority_find_ring (authority, &id);

      if (!ring || !g_hash_table_contains (self->rings, &id)
          || !g_hash_table_add (reach, san_id32_copy (&id)))
        continue;
      if (!san_id32_is_zero (&ring->previous))
        g_array_append_vals (queue, &ring->previous, 1);
      for (guint i = 0; i < san_authority_get_n_rings (authority); i++)
        {
          const SanRing *other = san_authority_get_ring (authority, i);

          for (guint j = 0; j < other->n_holds; j++)
            if (san_id32_equal (&other->holds[j].grantee, &id))
              g_array_append_vals (queue, &other->id, 1);
        }
    }
  return reach;
}

static gboolean
choose (SanKeychain *self, const SanAuthority *authority, guint8 compartment, GError **error)
{
  SanKeychainPart *part = &self->parts[compartment];
  g_autoptr(GArray) held = NULL;

  if (!find_my_ring (self, authority, compartment, error))
    return FALSE;
  if (san_id32_is_zero (&part->my_ring))
    return TRUE;
  held = list_held (self);
  if (san_authority_choose_ring (authority, &part->my_ring, (SanId32 *)held->data, held->len,
                                 &part->leaf, NULL)
      == SAN_RING_NONE)
    part->leaf = san_id32_zero;
  if (!san_id32_is_zero (&part->leaf))
    part->reach = list_reach (self, authority, &part->leaf);
  return TRUE;
}

SanKeychain *
san_keychain_new (SanStore *store, const SanId32 *seat, const SanBoxKey *box, GError **error)
{
  SanAuthority *authority = san_store_get_authority (store, &store->centre, error);
  SanKeychain *self;

  if (!authority)
    return NULL;
  self = g_new0 (SanKeychain, 1);
  self->store = store;
  self->seat = *seat;
  self->box = san_box_key_ref ((SanBoxKey *)box);
  self->rings = g_hash_table_new_full (san_id32_hash, san_id32_equal, g_free, ring_key_free);
  if (open_rings (self, authority, error))
    {
      const SanSeat *mine = san_authority_find_seat (authority, seat);
      guint8 c = 0;

      if (!mine || mine->removed)
        return self; /* somebody who was removed: no view opens for her */
      for (; c < SAN_N_COMPARTMENTS && choose (self, authority, c, error); c++)
        ;
      if (c == SAN_N_COMPARTMENTS)
        return self;
    }
  san_keychain_free (self);
  return NULL;
}

/* Following */

static gboolean
follow_ring (SanStore *store, guint8 compartment, GError **error)
{
  const SanId32 *leaf = &store->keychain->parts[compartment].leaf;
  SanView *view = store->views[compartment];

  if (san_id32_is_zero (leaf))
    return !view || san_view_close (g_steal_pointer (&store->views[compartment]), error);
  if (!view)
    return san_view_file_open (store, compartment, error);
  return san_id32_equal (&view->ring, leaf) ? san_view_file_follow (store, compartment, error)
                                            : san_view_file_rekey (store, compartment, error);
}

static void
follow_view (SanStore *store, gboolean rings_changed, guint8 compartment, GCancellable *cancellable)
{
  g_autoptr(GError) error = NULL;
  gboolean was_behind = (store->behind & (1u << compartment)) != 0;
  gboolean ok = (!rings_changed && !was_behind) || follow_ring (store, compartment, &error);

  if (ok && store->views[compartment])
    ok = san_view_catch_up (store->views[compartment], NULL, NULL, cancellable, &error);
  if (!ok && g_error_matches (error, SAN_ERROR, SAN_ERROR_DAMAGED))
    ok = san_view_file_make (store, compartment, NULL)
         && san_view_catch_up (store->views[compartment], NULL, NULL, cancellable, NULL);
  if (ok)
    store->behind &= ~(1u << compartment);
  else
    store->behind |= 1u << compartment;
}

void
san_keychain_follow (SanStore *store, gboolean authority_grew, GCancellable *cancellable)
{
  SanKeychain *before = NULL;

  if (!store->keychain)
    {
      san_ids_keep_newest (store, 0, NULL, NULL);
      return;
    }
  if (authority_grew || store->keychain_behind)
    {
      SanKeychain *now
          = san_keychain_new (store, &store->keychain->seat, store->keychain->box, NULL);

      store->keychain_behind = now == NULL;
      if (now)
        {
          before = store->keychain;
          store->keychain = now;
        }
    }
  for (guint8 c = 1; c < SAN_N_COMPARTMENTS; c++)
    follow_view (store, before != NULL, c, cancellable);
  san_ids_keep_newest (store, 0, NULL, NULL);
  san_store_forget_derived (store);
  san_keychain_free (before);
}

/* Public */

void
san_store_lock (SanStore *self)
{
  for (guint c = 1; c < SAN_N_COMPARTMENTS; c++)
    if (self->views[c])
      san_view_close (g_steal_pointer (&self->views[c]), NULL);
  if (self->views[0])
    san_view_forget_memos (self->views[0]);
  san_ids_keep_newest (self, 0, NULL, NULL);
  san_store_forget_derived (self);
  g_clear_pointer (&self->keychain, san_keychain_free);
  self->keychain_behind = FALSE;
  self->behind = 0;
}

static gboolean
open_views (SanStore *self, GCancellable *cancellable, GError **error)
{
  for (guint8 c = 1; c < SAN_N_COMPARTMENTS; c++)
    {
      if (san_id32_is_zero (&self->keychain->parts[c].leaf))
        continue;
      if (!san_view_file_open (self, c, error))
        return FALSE;
      follow_view (self, FALSE, c, cancellable);
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * san_store_unlock:
 *
 * See the header. Views open in the order of compartments, since case comes before those that
 * read it too.
 */
gboolean
san_store_unlock (SanStore *self, const SanId32 *seat, const SanBoxKey *box,
                  GCancellable *cancellable, GError **error)
{
  if (!san_store_check_idle (self, error))
    return FALSE;
  san_store_lock (self);
  self->keychain = san_keychain_new (self, seat, box, error);
  if (self->keychain && open_views (self, cancellable, error))
    return TRUE;
  san_store_lock (self);
  return FALSE;
}

const SanId32 *
san_store_get_seat (SanStore *self)
{
  return self->keychain ? &self->keychain->seat : NULL;
}

guint
san_store_get_open_mask (SanStore *self)
{
  guint mask = 0;

  for (guint c = 0; c < SAN_N_COMPARTMENTS; c++)
    if (self->views[c])
      mask |= 1u << c;
  return mask;
}

guint
san_store_get_behind_mask (SanStore *self)
{
  return self->behind;
}

void
san_store_settle (SanStore *self)
{
  for (guint c = 1; c < SAN_N_COMPARTMENTS; c++)
    if (self->views[c] && !san_view_settle (self->views[c], NULL))
      self->behind |= 1u << c;
}

static gboolean
need_keychain (SanStore *self, GError **error)
{
  if (self->keychain)
    return TRUE;
  g_set_error (error, SAN_ERROR, SAN_ERROR_LOCKED, "nobody is unlocked");
  return FALSE;
}

static void
add_held (SanKeychain *self, const SanRing *ring, GPtrArray *list)
{
  SanHeldRing *held;

  if (!g_hash_table_contains (self->rings, &ring->id))
    return;
  held = g_new0 (SanHeldRing, 1);
  held->id = ring->id;
  held->pk = ring->pk;
  held->compartment = ring->compartment;
  held->mine = san_id32_equal (&ring->id, &self->parts[ring->compartment].leaf);
  g_ptr_array_insert (list, held->mine ? 0 : (int)list->len, held);
}

GPtrArray *
san_store_list_rings (SanStore *self, int compartment, GError **error)
{
  g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func (g_free);
  SanAuthority *authority;

  if (!need_keychain (self, error))
    return NULL;
  authority = san_store_get_authority (self, &self->centre, error);
  if (!authority)
    return NULL;
  for (guint i = san_authority_get_n_rings (authority); i-- > 0;)
    {
      const SanRing *ring = san_authority_get_ring (authority, i);

      if (compartment < 0 || ring->compartment == compartment)
        add_held (self->keychain, ring, list);
    }
  return g_steal_pointer (&list);
}

SanBoxKey *
san_store_dup_ring (SanStore *self, const SanId32 *ring, GError **error)
{
  SanBoxKey *key;

  if (!need_keychain (self, error))
    return NULL;
  key = san_keychain_get_ring (self->keychain, ring);
  if (key)
    return san_box_key_ref (key);
  g_set_error (error, SAN_ERROR, SAN_ERROR_NOT_FOUND, "this login does not hold that ring");
  return NULL;
}

gboolean
san_store_get_my_ring (SanStore *self, guint8 compartment, SanId32 *out)
{
  if (!self->keychain || compartment >= SAN_N_COMPARTMENTS
      || san_id32_is_zero (&self->keychain->parts[compartment].my_ring))
    return FALSE;
  *out = self->keychain->parts[compartment].my_ring;
  return TRUE;
}

gboolean
san_store_set_my_ring (SanStore *self, guint8 compartment, const SanId32 *ring, GError **error)
{
  g_autofree char *name = NULL;
  g_autoptr(GBytes) row = NULL;

  if (!need_keychain (self, error) || !san_store_check_idle (self, error))
    return FALSE;
  if (compartment >= SAN_N_COMPARTMENTS || !san_keychain_get_ring (self->keychain, ring))
    {
      g_set_error (error, SAN_ERROR, SAN_ERROR_NOT_FOUND, "this login does not hold that ring");
      return FALSE;
    }
  name = my_ring_name (&self->keychain->seat, compartment);
  row = g_bytes_new (ring->b, sizeof ring->b);
  if (!san_store_put_state (self, name, row, error))
    return FALSE;
  san_keychain_follow (self, TRUE, NULL);
  return TRUE;
}
