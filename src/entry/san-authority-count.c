/* san-authority-count.c - one pass: what counts, given which removals are left out
 *
 * Step 5, in causal order. An entry counts if its author's seat was appointed in the entry's own
 * past and holds the right, and the entry lies inside every removal that touches that seat, be
 * it effective or in a living cycle. Since the op 2 that appointed her had to count too, the same
 * holds for those above her. */
#include "san-authority-private.h"

typedef struct
{
  SanRound *round;
  const SanFacts *facts;
  const SanRecoveryChain *chain;
  const SanWord *frozen;
  GPtrArray *touching; /* by place of a record: GArray of guint, nodes; or NULL */
  GHashTable *devices; /* SanId16 -> GArray of guint: places of effective device records */
} Count;

static void
free_indexes (gpointer indexes)
{
  if (indexes != NULL)
    g_array_unref (indexes);
}

guint
san_round_find_record (const SanRound *self, const SanFacts *facts, guint key, guint place)
{
  const GArray *records = san_facts_records (facts, key);

  for (guint i = 0; i < records->len; i++)
    {
      guint record = g_array_index (records, guint, i);

      if (record >= place)
        break;
      if (san_bit_get (self->effective, record)
          && (place == SAN_NOWHERE || san_facts_knows (facts, place, record)))
        return record;
    }
  return SAN_NOWHERE;
}

/* Inside every removal, effective or living, that touches the record? */
static SanHeldReason
check_removals (const Count *count, guint place, guint record)
{
  const GArray *nodes = g_ptr_array_index (count->touching, record);
  SanHeldReason reason = SAN_HELD_NOT;

  for (guint i = 0; nodes != NULL && i < nodes->len; i++)
    {
      const SanNode *node
          = &g_array_index (count->round->nodes, SanNode, g_array_index (nodes, guint, i));

      if (san_bit_get (node->inside, place))
        continue;
      if (node->state == SAN_NODE_EFFECTIVE)
        return SAN_HELD_REMOVED;
      reason = SAN_HELD_SUSPENDED;
    }
  return reason;
}

static gboolean
journals_fit (const Count *count, guint place, const SanId16 *device)
{
  const GArray *places = g_hash_table_lookup (count->devices, device);
  const SanNotice *notice = &count->facts->facts[place].body->u.notice;

  for (guint i = 0; places != NULL && i < places->len; i++)
    {
      guint at = g_array_index (places, guint, i);

      if (san_facts_knows (count->facts, place, at))
        return san_journal_fits (&notice->old_journal, &count->facts->facts[at].device->sign_pk)
               && san_journal_fits (&notice->new_journal, &count->facts->facts[at].device->sign_pk);
    }
  return FALSE;
}

/* The right of op 1, 2, 4, 8, 9, 10 to a seat. */
static gboolean
holds_right (const Count *count, guint place, guint record)
{
  const SanFact *fact = &count->facts->facts[place];
  const SanFact *by = &count->facts->facts[record];

  if (fact->op == SAN_OP_JOURNAL_NOTICE)
    return journals_fit (count, place, &by->seat->device);
  return by->superintendent || (fact->op == SAN_OP_SEAT && san_slip_fits (by->seat, fact->seat));
}

/* Whatever the author: what an entry cannot be here. */
static SanHeldReason
check_shape (const Count *count, guint place)
{
  const SanFact *fact = &count->facts->facts[place];

  if (fact->header->kind > SAN_KIND_KEY_GRANT)
    return SAN_HELD_UNKNOWN;
  if (fact->header->kind != SAN_KIND_AUTHORITY || san_op_is_of_case ((guint16)fact->op))
    return SAN_HELD_MISPLACED;
  if (!san_op_is_known ((guint16)fact->op))
    return SAN_HELD_UNKNOWN;
  if ((fact->op == SAN_OP_DEVICE || fact->op == SAN_OP_SEAT || fact->op == SAN_OP_NEW_RECOVERY)
      && !fact->proven)
    return SAN_HELD_BAD_PROOF;
  return SAN_HELD_NOT;
}

static SanHeldReason
check_right (const Count *count, guint place, guint record)
{
  guint op = count->facts->facts[place].op;

  if (op == SAN_OP_NEW_RING)
    return san_round_count_ring (count->round, count->facts, count->chain, count->frozen, place,
                                 record);
  if (op == SAN_OP_RING_GRANT)
    return san_round_count_grant (count->round, count->facts, count->chain, place, record);
  if (op == SAN_OP_NEW_RECOVERY)
    {
      for (guint i = 1; i < count->chain->links->len; i++)
        if (g_array_index (count->chain->links, SanRecoveryLink, i).brought_by == place)
          return SAN_HELD_NOT;
      return record == SAN_NOWHERE ? SAN_HELD_REPLACED : SAN_HELD_NO_RIGHT;
    }
  return record == SAN_NOWHERE || holds_right (count, place, record) ? SAN_HELD_NOT
                                                                     : SAN_HELD_NO_RIGHT;
}

/* An effective superintendent, or the recovery key where it may write at all, wrote what must be
 * understood and is not. */
static void
note_freezer (const Count *count, guint place, guint record)
{
  const SanFact *fact = &count->facts->facts[place];

  if ((fact->header->flags & SAN_FLAG_MUST_UNDERSTAND) != 0
      && (record == SAN_NOWHERE || count->facts->facts[record].superintendent))
    san_bit_set (count->round->freezers, place);
}

static SanHeldReason
judge (const Count *count, guint place)
{
  const SanFact *fact = &count->facts->facts[place];
  SanHeldReason shape = check_shape (count, place);
  SanHeldReason reason;
  guint record = SAN_NOWHERE;

  if (san_bit_get (count->frozen, place))
    return SAN_HELD_FROZEN;
  if (shape != SAN_HELD_NOT && shape != SAN_HELD_UNKNOWN)
    return shape;
  if (count->chain->link_of_key[fact->author] >= 0)
    {
      if (!san_bit_get (count->chain->counts, place))
        return shape != SAN_HELD_NOT ? shape : SAN_HELD_REPLACED;
    }
  else
    {
      record = san_round_find_record (count->round, count->facts, fact->author, place);
      reason
          = record == SAN_NOWHERE ? SAN_HELD_NOT_APPOINTED : check_removals (count, place, record);
      if (reason != SAN_HELD_NOT)
        return shape != SAN_HELD_NOT ? shape : reason;
    }
  if (shape == SAN_HELD_UNKNOWN)
    {
      if (fact->header->kind == SAN_KIND_AUTHORITY)
        note_freezer (count, place, record);
      return shape;
    }
  return check_right (count, place, record);
}

static void
note_device (Count *count, guint place)
{
  const SanDeviceRecord *device = count->facts->facts[place].device;
  GArray *places;

  if (device == NULL)
    return;
  places = g_hash_table_lookup (count->devices, &device->device);
  if (places == NULL)
    {
      places = g_array_new (FALSE, FALSE, sizeof (guint));
      g_hash_table_insert (count->devices, (gpointer)&device->device, places);
    }
  g_array_append_val (places, place);
}

static void
count_removals (Count *count, const SanWord *voided)
{
  SanRound *round = count->round;

  for (guint i = 0; i < count->facts->removals->len; i++)
    {
      guint place = g_array_index (count->facts->removals, guint, i);
      guint author = count->facts->facts[place].author;

      if (san_bit_get (voided, place))
        round->reasons[place] = SAN_HELD_VOIDED;
      else if (count->chain->link_of_key[author] >= 0)
        round->reasons[place] = SAN_HELD_REPLACED;
      else
        round->reasons[place] = SAN_HELD_NO_RIGHT;
      if (san_bit_get (count->frozen, place))
        round->reasons[place] = SAN_HELD_FROZEN;
    }
  for (guint i = 0; i < round->nodes->len; i++)
    {
      const SanNode *node = &g_array_index (round->nodes, SanNode, i);
      const SanHeldReason reasons[] = { SAN_HELD_NOT, SAN_HELD_CYCLE, SAN_HELD_DEAD };

      round->reasons[node->place] = (guint8)reasons[node->state];
      if (node->state == SAN_NODE_EFFECTIVE)
        san_bit_set (round->effective, node->place);
      for (guint c = 0; node->state != SAN_NODE_DEAD && c < node->covers->len; c++)
        {
          gpointer *slot
              = &g_ptr_array_index (count->touching, g_array_index (node->covers, guint, c));

          if (*slot == NULL)
            *slot = g_array_new (FALSE, FALSE, sizeof (guint));
          g_array_append_val ((GArray *)*slot, i);
        }
    }
}

static void
count_others (Count *count)
{
  SanRound *round = count->round;

  for (guint place = 0; place < count->facts->n; place++)
    {
      if (count->facts->facts[place].op == SAN_OP_REMOVE)
        continue;
      round->reasons[place]
          = place == count->facts->found_at ? SAN_HELD_NOT : (guint8)judge (count, place);
      if (round->reasons[place] != SAN_HELD_NOT)
        continue;
      san_bit_set (round->effective, place);
      note_device (count, place);
    }
}

/* What a newer kind knew we cannot read, beyond its previous: it freezes if its author is a
 * superintendent by whatever is here. */
static void
count_newer_kinds (const Count *count)
{
  for (guint place = 0; place < count->facts->n; place++)
    {
      const SanFact *fact = &count->facts->facts[place];
      guint record;

      if (fact->header->kind <= SAN_KIND_KEY_GRANT || san_bit_get (count->frozen, place)
          || count->chain->link_of_key[fact->author] >= 0)
        continue;
      record = san_round_find_record (count->round, count->facts, fact->author, SAN_NOWHERE);
      if (record != SAN_NOWHERE && check_removals (count, place, record) == SAN_HELD_NOT)
        note_freezer (count, place, record);
    }
}

SanRound *
san_round_new (const SanFacts *facts, const SanRecoveryChain *chain, const SanWord *frozen,
               const SanWord *voided)
{
  g_autoptr(GPtrArray) touching = g_ptr_array_new_full (facts->n, free_indexes);
  g_autoptr(GHashTable) devices
      = g_hash_table_new_full (san_id16_hash, san_id16_equal, NULL, free_indexes);
  SanRound *self = g_new0 (SanRound, 1);
  Count count = { self, facts, chain, frozen, touching, devices };

  g_ptr_array_set_size (touching, (int)facts->n);
  self->reasons = g_new0 (guint8, facts->n);
  self->effective = g_new0 (SanWord, facts->words);
  self->freezers = g_new0 (SanWord, facts->words);
  self->rings = g_ptr_array_new_with_free_func ((GDestroyNotify)san_ring_state_free);
  self->rings_by_place = g_hash_table_new (NULL, NULL);
  self->reached = san_reach_new (facts, chain, frozen, NULL);
  self->nodes = san_nodes_new (facts, chain, frozen, voided, self->reached);
  san_nodes_decide (self->nodes, facts, chain, frozen, self->reached);
  count_removals (&count, voided);
  count_others (&count);
  count_newer_kinds (&count);
  return self;
}

void
san_round_free (SanRound *self)
{
  if (self == NULL)
    return;
  g_free (self->reached);
  g_array_unref (self->nodes);
  g_free (self->reasons);
  g_free (self->effective);
  g_free (self->freezers);
  g_ptr_array_unref (self->rings);
  g_hash_table_unref (self->rings_by_place);
  g_free (self);
}
