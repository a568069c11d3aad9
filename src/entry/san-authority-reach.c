/* san-authority-reach.c - who could have been somebody, and what each removal leaves inside
 *
 * Reach (step 1) asks only how a seat came about, not whether anybody was removed meanwhile: it
 * decides whose removals take part in the graph, no more. Inside (step 2) is what the remover
 * had: the removal, its past, and what its rows name as far as the head is here. */
#include "san-authority-private.h"

#include <string.h>

gboolean
san_slip_fits (const SanSeatRecord *slip, const SanSeatRecord *seat)
{
  const char *role = san_role_get_slip_of (slip->role);

  return role != NULL && strcmp (role, seat->role) == 0
         && san_id16_equal (&slip->staff, &seat->staff)
         && san_id16_equal (&slip->device, &seat->device);
}

/* Did a reached record in the past of op 2 @place give its author the right to sign it? */
static gboolean
may_seat (const SanFacts *facts, const SanWord *reached, guint place)
{
  const SanFact *fact = &facts->facts[place];
  const GArray *records = san_facts_records (facts, fact->author);

  for (guint i = 0; i < records->len; i++)
    {
      guint record = g_array_index (records, guint, i);
      const SanFact *by = &facts->facts[record];

      if (record >= place)
        break;
      if ((by->superintendent || san_slip_fits (by->seat, fact->seat))
          && san_bit_get (reached, record) && san_facts_knows (facts, place, record))
        return TRUE;
    }
  return FALSE;
}

SanWord *
san_reach_new (const SanFacts *facts, const SanRecoveryChain *chain, const SanWord *frozen,
               const SanWord *without)
{
  SanWord *reached = g_new0 (SanWord, facts->words);

  for (guint i = 0; i < facts->all_records->len; i++)
    {
      guint place = g_array_index (facts->all_records, guint, i);

      if (san_bit_get (frozen, place) || (without != NULL && san_bit_get (without, place)))
        continue;
      if (place == facts->found_at || san_bit_get (chain->counts, place)
          || (chain->link_of_key[facts->facts[place].author] < 0
              && may_seat (facts, reached, place)))
        san_bit_set (reached, place);
    }
  return reached;
}

gboolean
san_reach_is_superintendent (const SanFacts *facts, const SanWord *reached, guint place)
{
  const GArray *records = san_facts_records (facts, facts->facts[place].author);

  for (guint i = 0; i < records->len; i++)
    {
      guint record = g_array_index (records, guint, i);

      if (record >= place)
        break;
      if (facts->facts[record].superintendent && san_bit_get (reached, record)
          && san_facts_knows (facts, place, record))
        return TRUE;
    }
  return FALSE;
}

gboolean
san_removal_covers (const SanFacts *facts, guint place, guint record)
{
  const SanRemove *remove = &facts->facts[place].body->u.remove;
  const SanSeatRecord *seat = facts->facts[record].seat;

  if (remove->what == SAN_REMOVE_SEAT)
    return san_id32_equal (&remove->target, &seat->sign_pk);
  return memcmp (remove->target.b,
                 remove->what == SAN_REMOVE_STAFF ? seat->staff.b : seat->device.b, 16)
             == 0
         && !san_facts_knows (facts, record, place);
}

/* The head of a row and all that it reaches through previous. What is marked already has all its
 * own past marked, so the walk may stop there. */
static void
mark_branch (const SanFacts *facts, SanWord *inside, guint head)
{
  for (guint at = head; at != SAN_NOWHERE && !san_bit_get (inside, at);
       at = facts->facts[at].previous)
    san_bit_set (inside, at);
}

static void
mark_row (const SanFacts *facts, const SanAuthorityBody *body, const SanCutRow *row,
          SanWord *inside)
{
  gpointer found = g_hash_table_lookup (facts->prefixes, row->b + SAN_CUT_ROW_SIZE - 16);

  for (guint next = GPOINTER_TO_UINT (found); next != 0; next = facts->same_prefix[next - 1])
    {
      const SanFact *fact = &facts->facts[next - 1];
      guint8 tag[SAN_CUT_TAG_SIZE];

      if (!san_cut_row_names (row, fact->header->number, fact->id))
        continue;
      san_cut_tag (body->cut_salt, &facts->dossier, &fact->header->journal, tag);
      if (memcmp (tag, row->b, sizeof tag) == 0)
        mark_branch (facts, inside, next - 1);
    }
}

static SanWord *
inside_new (const SanFacts *facts, guint place)
{
  const SanAuthorityBody *body = facts->facts[place].body;
  SanWord *inside = g_memdup2 (san_facts_past (facts, place), facts->words * sizeof (SanWord));

  san_bit_set (inside, place);
  for (guint i = 0; i < body->n_rows; i++)
    mark_row (facts, body, &body->rows[i], inside);
  return inside;
}

static void
node_clear (gpointer data)
{
  SanNode *self = data;

  g_free (self->inside);
  g_array_unref (self->covers);
}

GArray *
san_nodes_new (const SanFacts *facts, const SanRecoveryChain *chain, const SanWord *frozen,
               const SanWord *voided, const SanWord *reached)
{
  GArray *nodes = g_array_new (FALSE, TRUE, sizeof (SanNode));

  g_array_set_clear_func (nodes, node_clear);
  for (guint i = 0; i < facts->removals->len; i++)
    {
      guint place = g_array_index (facts->removals, guint, i);
      SanNode node = { .place = place, .by_recovery = san_bit_get (chain->counts, place) };

      if (san_bit_get (frozen, place) || san_bit_get (voided, place))
        continue;
      if (!node.by_recovery
          && (chain->link_of_key[facts->facts[place].author] >= 0
              || !san_reach_is_superintendent (facts, reached, place)))
        continue;
      node.inside = inside_new (facts, place);
      node.covers = g_array_new (FALSE, FALSE, sizeof (guint));
      for (guint r = 0; r < facts->all_records->len; r++)
        {
          guint record = g_array_index (facts->all_records, guint, r);

          if (san_bit_get (reached, record) && san_removal_covers (facts, place, record))
            g_array_append_val (node.covers, record);
        }
      g_array_append_val (nodes, node);
    }
  return nodes;
}
