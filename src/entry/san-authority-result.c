/* san-authority-result.c - from places and bits to what callers see
 *
 * Everything is copied or taken over: the result borrows nothing from the entries. */
#include "san-authority-private.h"

#include <string.h>

typedef struct
{
  SanAuthority *self;
  SanFacts *facts;
  const SanOutcome *outcome;
} Build;

static void
seat_free (gpointer data)
{
  SanSeat *self = data;

  g_free ((gpointer)self->removals);
  g_free (self);
}

static void
removal_free (gpointer data)
{
  SanRemoval *self = data;

  g_free ((gpointer)self->cuts);
  g_free (self);
}

static void
ring_row_free (gpointer data)
{
  SanRingRow *self = data;

  g_array_unref (self->holds);
  g_ptr_array_unref (self->next);
  g_free (self);
}

static SanAuthority *
authority_new (const SanFacts *facts)
{
  SanAuthority *self = g_new0 (SanAuthority, 1);

  self->ref_count = 1;
  self->centre = facts->dossier;
  self->type = facts->founding.type;
  self->entries = g_array_new (FALSE, FALSE, sizeof (SanLeftOut));
  self->entry_index = g_hash_table_new (san_id32_hash, san_id32_equal);
  self->heads = g_array_new (FALSE, FALSE, sizeof (SanId32));
  self->recovery = g_array_new (FALSE, FALSE, sizeof (SanRecovery));
  self->seats = g_ptr_array_new_with_free_func (seat_free);
  self->seat_index = g_hash_table_new (san_id32_hash, san_id32_equal);
  self->devices = g_ptr_array_new_with_free_func (g_free);
  self->removals = g_ptr_array_new_with_free_func (removal_free);
  self->removal_index = g_hash_table_new (san_id32_hash, san_id32_equal);
  self->rings = g_ptr_array_new_with_free_func (ring_row_free);
  self->ring_index = g_hash_table_new (san_id32_hash, san_id32_equal);
  self->bodies = g_ptr_array_new_with_free_func ((GDestroyNotify)san_authority_body_free);
  self->proofs = g_hash_table_ref (facts->proofs);
  return self;
}

SanAuthority *
san_authority_ref (SanAuthority *self)
{
  g_atomic_int_inc (&self->ref_count);
  return self;
}

void
san_authority_unref (SanAuthority *self)
{
  if (self == NULL || !g_atomic_int_dec_and_test (&self->ref_count))
    return;
  g_array_unref (self->entries);
  g_hash_table_unref (self->entry_index);
  g_array_unref (self->heads);
  g_array_unref (self->recovery);
  g_hash_table_unref (self->seat_index);
  g_ptr_array_unref (self->seats);
  g_ptr_array_unref (self->devices);
  g_hash_table_unref (self->removal_index);
  g_ptr_array_unref (self->removals);
  g_hash_table_unref (self->ring_index);
  g_ptr_array_unref (self->rings);
  g_ptr_array_unref (self->bodies);
  g_hash_table_unref (self->proofs);
  g_free (self);
}

static void
put_entries (const Build *build)
{
  SanAuthority *self = build->self;
  const SanFacts *facts = build->facts;

  for (guint i = 0; i < facts->n; i++)
    {
      SanLeftOut entry = { *facts->facts[i].id, build->outcome->round->reasons[i] };

      g_array_append_val (self->entries, entry);
    }
  g_array_append_vals (self->entries, facts->left_out->data, facts->left_out->len);
  for (guint i = 0; i < self->entries->len; i++)
    g_hash_table_insert (self->entry_index, &g_array_index (self->entries, SanLeftOut, i).id,
                         GUINT_TO_POINTER (i + 1));
}

/* Those that count first, should there be more than an entry can name. */
static void
put_heads (const Build *build)
{
  GArray *heads = build->self->heads;

  for (int counting = 1; counting >= 0; counting--)
    for (guint i = 0; i < build->facts->n && heads->len < SAN_HEADS_LIMIT; i++)
      if (build->facts->facts[i].is_head
          && san_bit_get (build->outcome->round->effective, i) == counting)
        g_array_append_val (heads, *build->facts->facts[i].id);
  g_array_sort (heads, san_id32_compare);
}

static void
put_recovery (const Build *build)
{
  const GArray *links = build->outcome->chain->links;

  for (guint i = 0; i < links->len; i++)
    g_array_append_val (build->self->recovery, g_array_index (links, SanRecoveryLink, i).key);
}

/* Rows of the op 3 itself, then of the op 4s that count and name it. */
static void
append_cut (GArray *cuts, const SanFact *fact)
{
  SanCut cut = { .entry = *fact->id, .rows = fact->body->rows, .n_rows = fact->body->n_rows };

  memcpy (cut.salt, fact->body->cut_salt, sizeof cut.salt);
  g_array_append_val (cuts, cut);
}

static GArray *
gather_cuts (const Build *build, guint place, const GArray *accepts)
{
  GArray *cuts = g_array_new (FALSE, FALSE, sizeof (SanCut));

  append_cut (cuts, &build->facts->facts[place]);
  for (guint i = 0; i < accepts->len; i++)
    {
      const SanFact *fact = &build->facts->facts[g_array_index (accepts, guint, i)];

      if (san_id32_equal (&fact->body->u.removal, build->facts->facts[place].id))
        append_cut (cuts, fact);
    }
  return cuts;
}

static GArray *
gather_accepts (const Build *build)
{
  GArray *accepts = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < build->facts->n; i++)
    if (build->facts->facts[i].op == SAN_OP_ACCEPT
        && san_bit_get (build->outcome->round->effective, i))
      g_array_append_val (accepts, i);
  return accepts;
}

static void
put_removals (const Build *build)
{
  g_autoptr(GArray) accepts = gather_accepts (build);

  for (guint i = 0; i < build->facts->removals->len; i++)
    {
      guint place = g_array_index (build->facts->removals, guint, i);
      const SanFact *fact = &build->facts->facts[place];
      GArray *cuts = gather_cuts (build, place, accepts);
      SanRemoval *removal = g_new0 (SanRemoval, 1);

      removal->id = *fact->id;
      removal->author = fact->header->author;
      removal->what = fact->body->u.remove.what;
      removal->target = fact->body->u.remove.target;
      removal->why = fact->body->u.remove.reason;
      removal->reason = build->outcome->round->reasons[place];
      removal->effective = removal->reason == SAN_HELD_NOT;
      removal->living = removal->reason == SAN_HELD_CYCLE;
      removal->n_cuts = cuts->len;
      removal->cuts = (const SanCut *)(gpointer)g_array_free (cuts, FALSE);
      g_ptr_array_add (build->self->removals, removal);
      g_hash_table_insert (build->self->removal_index, &removal->id, removal);
    }
}

/* Removals in force that touch the record, in causal order; nodes and removals rise alike. */
static void
touch_seat (const Build *build, SanSeat *seat, guint record)
{
  g_autoptr(GPtrArray) touching = g_ptr_array_new ();
  const GArray *nodes = build->outcome->round->nodes;

  for (guint i = 0; i < nodes->len; i++)
    {
      const SanNode *node = &g_array_index (nodes, SanNode, i);

      if (node->state == SAN_NODE_DEAD || !san_removal_covers (build->facts, node->place, record))
        continue;
      seat->removed |= node->state == SAN_NODE_EFFECTIVE;
      seat->suspended |= node->state == SAN_NODE_LIVING;
      g_ptr_array_add (touching, (gpointer)san_authority_find_removal (
                                     build->self, build->facts->facts[node->place].id));
    }
  seat->n_removals = touching->len;
  seat->removals = (const SanRemoval *const *)g_ptr_array_steal (touching, NULL);
}

static gboolean
is_spent (const Build *build, guint key, const SanSeatRecord *record)
{
  const GArray *seatings = g_ptr_array_index (build->facts->seatings, key);

  for (guint i = 0; san_role_is_slip (record->role) && i < seatings->len; i++)
    if (san_bit_get (build->outcome->round->effective, g_array_index (seatings, guint, i)))
      return TRUE;
  return FALSE;
}

static int
compare_seats (gconstpointer a, gconstpointer b)
{
  return san_id32_compare (&(*(const SanSeat *const *)a)->seat,
                           &(*(const SanSeat *const *)b)->seat);
}

static void
put_seats (const Build *build)
{
  SanAuthority *self = build->self;

  for (guint key = 0; key < build->facts->records->len; key++)
    {
      guint place = san_round_find_record (build->outcome->round, build->facts, key, SAN_NOWHERE);
      const SanSeatRecord *record;
      SanSeat *seat;

      if (place == SAN_NOWHERE)
        continue;
      record = build->facts->facts[place].seat;
      seat = g_new0 (SanSeat, 1);
      seat->seat = record->sign_pk;
      seat->box_pk = record->box_pk;
      seat->staff = record->staff;
      seat->device = record->device;
      memcpy (seat->role, record->role, sizeof seat->role);
      seat->appointed_by = *build->facts->facts[place].id;
      seat->spent = is_spent (build, key, record);
      touch_seat (build, seat, place);
      seat->superintendent
          = build->facts->facts[place].superintendent && !seat->removed && !seat->suspended;
      g_ptr_array_add (self->seats, seat);
      g_hash_table_insert (self->seat_index, &seat->seat, seat);
    }
  g_ptr_array_sort (self->seats, compare_seats);
}

static gboolean
is_device_removed (const Build *build, guint place)
{
  const GArray *nodes = build->outcome->round->nodes;
  const SanDeviceRecord *device = build->facts->facts[place].device;

  for (guint i = 0; i < nodes->len; i++)
    {
      const SanNode *node = &g_array_index (nodes, SanNode, i);
      const SanRemove *remove = &build->facts->facts[node->place].body->u.remove;

      if (node->state == SAN_NODE_EFFECTIVE && remove->what == SAN_REMOVE_DEVICE
          && memcmp (remove->target.b, device->device.b, sizeof device->device.b) == 0
          && !san_facts_knows (build->facts, place, node->place))
        return TRUE;
    }
  return FALSE;
}

static int
compare_devices (gconstpointer a, gconstpointer b)
{
  return san_id16_compare (&(*(const SanDevice *const *)a)->device,
                           &(*(const SanDevice *const *)b)->device);
}

static void
put_devices (const Build *build)
{
  g_autoptr(GHashTable) seen = g_hash_table_new (san_id16_hash, san_id16_equal);

  for (guint i = 0; i < build->facts->n; i++)
    {
      const SanFact *fact = &build->facts->facts[i];
      SanDevice *device;

      if (fact->device == NULL || !san_bit_get (build->outcome->round->effective, i)
          || !g_hash_table_add (seen, (gpointer)&fact->device->device))
        continue;
      device = g_new0 (SanDevice, 1);
      device->device = fact->device->device;
      device->sign_pk = fact->device->sign_pk;
      device->box_pk = fact->device->box_pk;
      device->entry = *fact->id;
      device->removed = is_device_removed (build, i);
      g_ptr_array_add (build->self->devices, device);
    }
  g_ptr_array_sort (build->self->devices, compare_devices);
}

static SanRingRow *
ring_row_new (const Build *build, guint place)
{
  const SanFact *fact = &build->facts->facts[place];
  const SanNewRing *made = &fact->body->u.new_ring;
  SanRingRow *row = g_new0 (SanRingRow, 1);

  row->ring.id = *fact->id;
  row->ring.compartment = made->compartment;
  row->ring.pk = made->ring_pk;
  row->ring.previous = made->previous;
  row->ring.maker = fact->header->author;
  row->holds = g_array_new (FALSE, FALSE, sizeof (SanRingHold));
  row->next = g_ptr_array_new ();
  row->index = build->self->rings->len;
  return row;
}

/* Has the ring, or may have it, and should not: somebody removed, a role that does not read it, a
 * key that is nobody's. */
static gboolean
is_outsider (const SanAuthority *self, const SanId32 *grantee, guint compartment)
{
  const SanSeat *seat = san_authority_find_seat (self, grantee);

  if (seat != NULL)
    return seat->removed || !san_role_reads (seat->role, compartment);
  return !san_authority_is_recovery (self, grantee)
         && !g_hash_table_contains (self->ring_index, grantee);
}

static void
fill_ring (const Build *build, SanRingRow *row, const SanRingState *state)
{
  SanAuthority *self = build->self;
  SanRingRow *previous = g_hash_table_lookup (self->ring_index, &row->ring.previous);

  row->ring.effective = TRUE;
  row->ring.leaf = !state->followed && state->handed->len == 0;
  for (guint i = 0; i < state->holds->len; i++)
    {
      const SanHold *hold = &g_array_index (state->holds, SanHold, i);
      const SanFact *by = &build->facts->facts[hold->by];
      SanRingHold out = { .grantee = hold->grantee, .by = *by->id };

      memcpy (out.sealed,
              by->op == SAN_OP_NEW_RING ? by->body->u.new_ring.pairs[hold->pair].sealed
                                        : by->body->u.ring_grant.pair.sealed,
              sizeof out.sealed);
      g_array_append_val (row->holds, out);
      row->ring.pending
          |= row->ring.leaf && is_outsider (self, &hold->grantee, row->ring.compartment);
    }
  for (guint i = 0; i < state->leaked->len; i++)
    row->ring.pending
        |= row->ring.leaf
           && is_outsider (self, &g_array_index (state->leaked, SanId32, i), row->ring.compartment);
  for (guint i = 1; i < state->handed->len; i += 2)
    g_ptr_array_add (
        row->next,
        g_hash_table_lookup (self->ring_index,
                             build->facts->facts[g_array_index (state->handed, guint, i)].id));
  if (previous != NULL)
    g_ptr_array_add (previous->next, row);
  row->ring.holds = (const SanRingHold *)(gpointer)row->holds->data;
  row->ring.n_holds = row->holds->len;
}

static void
put_rings (const Build *build)
{
  SanAuthority *self = build->self;

  for (guint i = 0; i < build->facts->n; i++)
    if (build->facts->facts[i].op == SAN_OP_NEW_RING)
      {
        SanRingRow *row = ring_row_new (build, i);

        g_ptr_array_add (self->rings, row);
        g_hash_table_insert (self->ring_index, &row->ring.id, row);
      }
  for (guint i = 0; i < self->rings->len; i++)
    {
      SanRingRow *row = g_ptr_array_index (self->rings, i);
      guint place = san_facts_find (build->facts, &row->ring.id);
      const SanRingState *state
          = g_hash_table_lookup (build->outcome->round->rings_by_place, GUINT_TO_POINTER (place));

      if (state != NULL)
        fill_ring (build, row, state);
    }
}

/* The rows of cuts stay where they were read: their bodies move to the result. */
static void
take_bodies (const Build *build)
{
  for (guint i = 0; i < build->facts->n; i++)
    {
      SanFact *fact = &build->facts->facts[i];

      if (fact->op == SAN_OP_REMOVE
          || (fact->op == SAN_OP_ACCEPT && san_bit_get (build->outcome->round->effective, i)))
        g_ptr_array_add (build->self->bodies, g_steal_pointer (&fact->body));
    }
}

SanAuthority *
san_authority_evaluate (GPtrArray *entries, const SanAuthority *known, GError **error)
{
  g_autoptr(SanFacts) facts = san_facts_new (entries, known != NULL ? known->proofs : NULL, error);
  g_autoptr(SanOutcome) outcome = NULL;
  Build build = { NULL, facts, NULL };

  if (facts == NULL)
    return NULL;
  if (!san_founding_is_authority (&facts->founding))
    {
      g_set_error_literal (error, SAN_ERROR, SAN_ERROR_INVALID, "not an authority dossier");
      return NULL;
    }
  outcome = san_outcome_new (facts);
  build.self = authority_new (facts);
  build.outcome = outcome;
  build.self->frozen = outcome->is_frozen;
  put_entries (&build);
  put_heads (&build);
  put_recovery (&build);
  put_removals (&build);
  put_seats (&build);
  put_devices (&build);
  put_rings (&build);
  take_bodies (&build);
  return build.self;
}
