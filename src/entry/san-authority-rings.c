/* san-authority-rings.c - op 5 and op 6: whose ring, who holds it, who may pass it on
 *
 * Called in causal order for entries whose author is in good standing. Everything is asked within
 * the entry's own past: what the writer could not know gives no right. */
#include "san-authority-private.h"

static void
free_indexes (gpointer indexes)
{
  g_array_unref (indexes);
}

static SanRingState *
ring_state_new (guint place, guint8 compartment)
{
  SanRingState *self = g_new0 (SanRingState, 1);

  self->place = place;
  self->compartment = compartment;
  self->holds = g_array_new (FALSE, FALSE, sizeof (SanHold));
  self->by_grantee = g_hash_table_new_full (san_id32_hash, san_id32_equal, g_free, free_indexes);
  self->handed = g_array_new (FALSE, FALSE, sizeof (guint));
  self->leaked = g_array_new (FALSE, FALSE, sizeof (SanId32));
  return self;
}

void
san_ring_state_free (SanRingState *self)
{
  g_array_unref (self->holds);
  g_hash_table_unref (self->by_grantee);
  g_array_unref (self->handed);
  g_array_unref (self->leaked);
  g_free (self);
}

/* An effective ring in the past of @place. */
static SanRingState *
find_ring (const SanRound *self, const SanFacts *facts, const SanId32 *id, guint place)
{
  guint at = san_facts_find (facts, id);

  if (at == SAN_NOWHERE || !san_facts_knows (facts, place, at))
    return NULL;
  return g_hash_table_lookup (self->rings_by_place, GUINT_TO_POINTER (at));
}

static void
add_hold (SanRingState *ring, const SanId32 *grantee, guint by, guint pair)
{
  SanHold hold = { *grantee, by, pair };
  GArray *places = g_hash_table_lookup (ring->by_grantee, grantee);

  if (places == NULL)
    {
      places = g_array_new (FALSE, FALSE, sizeof (guint));
      g_hash_table_insert (ring->by_grantee, san_id32_copy (grantee), places);
    }
  g_array_append_val (places, by);
  g_array_append_val (ring->holds, hold);
}

static gboolean
was_granted (const SanRingState *ring, const SanFacts *facts, const SanId32 *who, guint place)
{
  const GArray *places = g_hash_table_lookup (ring->by_grantee, who);

  for (guint i = 0; places != NULL && i < places->len; i++)
    if (san_facts_knows (facts, place, g_array_index (places, guint, i)))
      return TRUE;
  return FALSE;
}

/* Granted to her, or handed to a ring that she holds; rings may be handed in a circle. */
static gboolean
is_holder (const SanRound *self, const SanFacts *facts, const SanRingState *ring,
           const SanId32 *who, guint place)
{
  g_autoptr(GPtrArray) queue = g_ptr_array_new ();

  g_ptr_array_add (queue, (gpointer)ring);
  for (guint i = 0; i < queue->len; i++)
    {
      const SanRingState *here = g_ptr_array_index (queue, i);

      if (was_granted (here, facts, who, place))
        return TRUE;
      for (guint h = 0; h + 1 < here->handed->len; h += 2)
        {
          gpointer to = g_hash_table_lookup (
              self->rings_by_place, GUINT_TO_POINTER (g_array_index (here->handed, guint, h + 1)));

          if (san_facts_knows (facts, place, g_array_index (here->handed, guint, h))
              && !g_ptr_array_find (queue, to, NULL))
            g_ptr_array_add (queue, to);
        }
    }
  return FALSE;
}

/* Is there none of this compartment in the past of @place? */
static gboolean
is_first (const SanRound *self, const SanFacts *facts, guint8 compartment, guint place)
{
  for (guint i = 0; i < self->rings->len; i++)
    {
      const SanRingState *ring = g_ptr_array_index (self->rings, i);

      if (ring->compartment == compartment && san_facts_knows (facts, place, ring->place))
        return FALSE;
    }
  return TRUE;
}

static gboolean
may_make (const SanRound *self, const SanFacts *facts, guint place, guint record,
          const SanRingState *previous)
{
  const SanNewRing *ring = &facts->facts[place].body->u.new_ring;
  const SanFact *by = &facts->facts[record];

  if (ring->compartment == SAN_COMPARTMENT_HOUSE)
    return by->superintendent;
  if (previous != NULL)
    return is_holder (self, facts, previous, &by->seat->sign_pk, place);
  return (san_role_get_writes (by->seat->role) >> ring->compartment & 1) != 0
         && is_first (self, facts, ring->compartment, place);
}

SanHeldReason
san_round_count_ring (SanRound *self, const SanFacts *facts, const SanRecoveryChain *chain,
                      const SanWord *frozen, guint place, guint record)
{
  const SanNewRing *ring = &facts->facts[place].body->u.new_ring;
  SanRingState *previous = NULL;
  SanRingState *made;

  if (!san_id32_equal (&ring->pairs[0].grantee, san_recovery_chain_known_at (facts, frozen, place)))
    return SAN_HELD_MALFORMED;
  if (!san_id32_is_zero (&ring->previous))
    {
      previous = find_ring (self, facts, &ring->previous, place);
      if (previous == NULL || previous->compartment != ring->compartment)
        return SAN_HELD_NO_RIGHT;
    }
  if (record != SAN_NOWHERE && !may_make (self, facts, place, record, previous))
    return SAN_HELD_NO_RIGHT;
  made = ring_state_new (place, ring->compartment);
  for (guint i = 0; i < ring->n_pairs; i++)
    add_hold (made, &ring->pairs[i].grantee, place, i);
  if (previous != NULL)
    previous->followed = TRUE;
  g_ptr_array_add (self->rings, made);
  g_hash_table_insert (self->rings_by_place, GUINT_TO_POINTER (place), made);
  return SAN_HELD_NOT;
}

static gboolean
is_recovery_key (const SanRecoveryChain *chain, const SanId32 *key)
{
  for (guint i = 0; i < chain->links->len; i++)
    if (san_id32_equal (&g_array_index (chain->links, SanRecoveryLink, i).key.sign_pk, key))
      return TRUE;
  return FALSE;
}

static gboolean
is_any_ring (const SanFacts *facts, const SanId32 *id)
{
  guint at = san_facts_find (facts, id);

  return at != SAN_NOWHERE && facts->facts[at].op == SAN_OP_NEW_RING;
}

static SanHeldReason
hand_over (SanRound *self, const SanFacts *facts, SanRingState *ring, const SanId32 *to,
           guint place)
{
  SanRingState *taker = find_ring (self, facts, to, place);

  if (taker == NULL || taker == ring || taker->compartment != ring->compartment)
    return SAN_HELD_NO_RIGHT;
  g_array_append_val (ring->handed, place);
  g_array_append_val (ring->handed, taker->place);
  add_hold (ring, to, place, 0);
  return SAN_HELD_NOT;
}

/* A holder gave it to a key that is no seat with the right to it, at least not any more: it does
 * not make a holder, but whoever has that key may open the ring, so it has to be followed. */
static SanHeldReason
give_to_seat (SanRound *self, const SanFacts *facts, SanRingState *ring, const SanId32 *to,
              guint place)
{
  guint key = san_facts_find_key (facts, to);
  guint record = key != SAN_NOWHERE ? san_round_find_record (self, facts, key, place) : SAN_NOWHERE;

  if (record == SAN_NOWHERE || !san_role_reads (facts->facts[record].seat->role, ring->compartment))
    {
      g_array_append_val (ring->leaked, *to);
      return SAN_HELD_NO_RIGHT;
    }
  add_hold (ring, to, place, 0);
  return SAN_HELD_NOT;
}

SanHeldReason
san_round_count_grant (SanRound *self, const SanFacts *facts, const SanRecoveryChain *chain,
                       guint place, guint record)
{
  const SanRingGrant *grant = &facts->facts[place].body->u.ring_grant;
  SanRingState *ring = find_ring (self, facts, &grant->ring, place);
  const SanId32 *to = &grant->pair.grantee;

  if (ring == NULL)
    return SAN_HELD_NO_RIGHT;
  if (record != SAN_NOWHERE
      && !is_holder (self, facts, ring, &facts->facts[record].seat->sign_pk, place))
    return SAN_HELD_NO_RIGHT;
  if (is_any_ring (facts, to))
    return hand_over (self, facts, ring, to, place);
  if (record != SAN_NOWHERE && !is_recovery_key (chain, to))
    return give_to_seat (self, facts, ring, to, place);
  add_hold (ring, to, place, 0);
  return SAN_HELD_NOT;
}
