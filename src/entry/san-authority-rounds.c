/* san-authority-rounds.c - the whole evaluation: voids, and what a newer version must understand
 *
 * Step 6 runs steps 0 to 5 twice: once with the voids of the recovery key, once more with those of
 * superintendents who then turned out effective and are party to no living cycle. Around it,
 * whatever knows of an operation that freezes is left out, until no further one is found; one that
 * was found stays, so that this ends and errs on the side of asking for a newer version. */
#include "san-authority-private.h"

/* Marks the removals that op 10 @place names. Not those by a recovery key, unless it is one. */
static void
mark_voided (const SanFacts *facts, const SanRecoveryChain *chain, guint place, SanWord *voided)
{
  const SanVoid *voids = &facts->facts[place].body->u.voids;
  gboolean by_recovery = san_bit_get (chain->counts, place);

  for (guint i = 0; i < voids->n_removals; i++)
    {
      guint removal = san_facts_find (facts, &voids->removals[i]);

      if (removal != SAN_NOWHERE && facts->facts[removal].op == SAN_OP_REMOVE
          && (by_recovery || chain->link_of_key[facts->facts[removal].author] < 0))
        san_bit_set (voided, removal);
    }
}

static void
add_staff (const SanFacts *facts, guint record, GHashTable *parties)
{
  g_hash_table_add (parties, (gpointer)&facts->facts[record].seat->staff);
}

/* Staff who wrote a removal of a living cycle, or are its target. */
static GHashTable *
find_parties (const SanFacts *facts, const SanRound *round)
{
  GHashTable *parties = g_hash_table_new (san_id16_hash, san_id16_equal);

  for (guint i = 0; i < round->nodes->len; i++)
    {
      const SanNode *node = &g_array_index (round->nodes, SanNode, i);
      const SanFact *fact = &facts->facts[node->place];
      const GArray *records = san_facts_records (facts, fact->author);

      if (node->state != SAN_NODE_LIVING)
        continue;
      for (guint r = 0; r < records->len; r++)
        {
          guint record = g_array_index (records, guint, r);

          if (record < node->place && san_bit_get (round->reached, record)
              && san_facts_knows (facts, node->place, record))
            add_staff (facts, record, parties);
        }
      for (guint c = 0; c < node->covers->len; c++)
        add_staff (facts, g_array_index (node->covers, guint, c), parties);
      if (fact->body->u.remove.what == SAN_REMOVE_STAFF)
        g_hash_table_add (parties, (gpointer)&fact->body->u.remove.target); /* its first 16 bytes */
    }
  return parties;
}

/* Does op 10 @place of a seat count? Sets the reason why not. */
static gboolean
may_void (const SanFacts *facts, const SanRound *first, GHashTable *parties, guint place)
{
  guint record;

  if (!san_bit_get (first->effective, place))
    return FALSE;
  record = san_round_find_record (first, facts, facts->facts[place].author, place);
  return !g_hash_table_contains (parties, &facts->facts[record].seat->staff);
}

/* Steps 0 to 6. Whether an op 10 counted was settled in the first pass, so its reason is too. */
static SanRound *
run (const SanFacts *facts, const SanRecoveryChain *chain, const SanWord *frozen)
{
  g_autofree SanWord *voided = g_new0 (SanWord, facts->words);
  g_autofree guint8 *void_reasons = g_new0 (guint8, facts->n);
  g_autoptr(SanRound) first = NULL;
  g_autoptr(GHashTable) parties = NULL;
  SanRound *second;
  gboolean more = FALSE;

  for (guint i = 0; i < facts->n; i++)
    if (facts->facts[i].op == SAN_OP_VOID && san_bit_get (chain->counts, i))
      mark_voided (facts, chain, i, voided);
  first = san_round_new (facts, chain, frozen, voided);
  parties = find_parties (facts, first);
  for (guint i = 0; i < facts->n; i++)
    {
      if (facts->facts[i].op != SAN_OP_VOID)
        continue;
      void_reasons[i] = first->reasons[i];
      if (void_reasons[i] != SAN_HELD_NOT || san_bit_get (chain->counts, i))
        continue;
      if (may_void (facts, first, parties, i))
        {
          mark_voided (facts, chain, i, voided);
          more = TRUE;
        }
      else
        void_reasons[i] = SAN_HELD_SUSPENDED;
    }
  second = more ? san_round_new (facts, chain, frozen, voided) : g_steal_pointer (&first);
  for (guint i = 0; i < facts->n; i++)
    if (facts->facts[i].op == SAN_OP_VOID)
      second->reasons[i] = void_reasons[i];
  return second;
}

static gboolean
has_new_bits (const SanWord *bits, const SanWord *known, guint words)
{
  for (guint i = 0; i < words; i++)
    if ((bits[i] & ~known[i]) != 0)
      return TRUE;
  return FALSE;
}

SanOutcome *
san_outcome_new (const SanFacts *facts)
{
  SanOutcome *self = g_new0 (SanOutcome, 1);
  g_autofree SanWord *freezers = g_new0 (SanWord, facts->words);

  self->frozen = g_new0 (SanWord, facts->words);
  for (;;)
    {
      self->chain = san_recovery_chain_new (facts, self->frozen);
      self->round = run (facts, self->chain, self->frozen);
      if (!has_new_bits (self->round->freezers, freezers, facts->words))
        return self;
      self->is_frozen = TRUE;
      san_bits_or (freezers, self->round->freezers, facts->words);
      g_free (self->frozen);
      self->frozen = san_facts_after (facts, freezers);
      g_clear_pointer (&self->chain, san_recovery_chain_free);
      g_clear_pointer (&self->round, san_round_free);
    }
}

void
san_outcome_free (SanOutcome *self)
{
  if (self == NULL)
    return;
  san_recovery_chain_free (self->chain);
  san_round_free (self->round);
  g_free (self->frozen);
  g_free (self);
}
