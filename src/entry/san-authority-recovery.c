/* san-authority-recovery.c - the recovery key in force: a chain from the founding entry
 *
 * Op 7 counts only from the key in force; of concurrent ones the smallest id; then the replaced
 * key's other entries count only in the past of the op 7 that replaced it. A key that was in force
 * once never comes back, else the chain could run in a circle. */
#include "san-authority-private.h"

static gboolean
was_in_force (const GArray *links, const SanId32 *key)
{
  for (guint i = 0; i < links->len; i++)
    if (san_id32_equal (&g_array_index (links, SanRecoveryLink, i).key.sign_pk, key))
      return TRUE;
  return FALSE;
}

static gboolean
knows_any (const SanFacts *facts, guint place, const GArray *earlier)
{
  for (guint i = 0; i < earlier->len; i++)
    if (san_facts_knows (facts, place, g_array_index (earlier, guint, i)))
      return TRUE;
  return FALSE;
}

/* The op 7 that replaces the last key of @links: by it, to a new key, without another such in its
 * past; of several the smallest id. @within: (nullable): only among these places. */
static guint
find_replacement (const SanFacts *facts, const SanWord *frozen, const SanWord *within,
                  const GArray *links)
{
  const SanRecoveryLink *last = &g_array_index (links, SanRecoveryLink, links->len - 1);
  g_autoptr(GArray) firsts = g_array_new (FALSE, FALSE, sizeof (guint));
  guint best = SAN_NOWHERE;

  for (guint i = 0; i < facts->recoveries->len; i++)
    {
      guint place = g_array_index (facts->recoveries, guint, i);
      const SanFact *fact = &facts->facts[place];

      if (san_bit_get (frozen, place) || (within != NULL && !san_bit_get (within, place))
          || !san_id32_equal (&fact->header->author, &last->key.sign_pk)
          || was_in_force (links, &fact->body->u.new_recovery.sign_pk)
          || knows_any (facts, place, firsts))
        continue;
      g_array_append_val (firsts, place);
      if (best == SAN_NOWHERE || san_id32_compare (fact->id, facts->facts[best].id) < 0)
        best = place;
    }
  return best;
}

static void
append_link (GArray *links, const SanFacts *facts, guint place, const SanId32 *sign,
             const SanId32 *box)
{
  SanRecoveryLink link = {
    .key = { *sign, *box, *facts->facts[place].id },
    .number = san_facts_find_key (facts, sign),
    .brought_by = place,
    .replaced_by = SAN_NOWHERE,
  };

  g_array_append_val (links, link);
}

static GArray *
follow (const SanFacts *facts, const SanWord *frozen, const SanWord *within)
{
  GArray *links = g_array_new (FALSE, FALSE, sizeof (SanRecoveryLink));

  append_link (links, facts, facts->found_at, &facts->founding.recovery_sign,
               &facts->founding.recovery_box);
  for (;;)
    {
      guint place = find_replacement (facts, frozen, within, links);
      const SanNewRecovery *next;

      if (place == SAN_NOWHERE)
        return links;
      next = &facts->facts[place].body->u.new_recovery;
      g_array_index (links, SanRecoveryLink, links->len - 1).replaced_by = place;
      append_link (links, facts, place, &next->sign_pk, &next->box_pk);
    }
}

static gboolean
counts_for (const SanFacts *facts, const SanRecoveryLink *link, guint place)
{
  return facts->facts[place].header->kind == SAN_KIND_AUTHORITY
         && (link->replaced_by == SAN_NOWHERE || link->replaced_by == place
             || san_facts_knows (facts, link->replaced_by, place));
}

SanRecoveryChain *
san_recovery_chain_new (const SanFacts *facts, const SanWord *frozen)
{
  SanRecoveryChain *self = g_new0 (SanRecoveryChain, 1);

  self->links = follow (facts, frozen, NULL);
  self->counts = g_new0 (SanWord, facts->words);
  self->link_of_key = g_new (int, facts->records->len);
  for (guint i = 0; i < facts->records->len; i++)
    self->link_of_key[i] = -1;
  for (guint i = 0; i < self->links->len; i++)
    {
      guint number = g_array_index (self->links, SanRecoveryLink, i).number;

      if (number != SAN_NOWHERE)
        self->link_of_key[number] = (int)i;
    }
  for (guint place = 0; place < facts->n; place++)
    {
      int link = self->link_of_key[facts->facts[place].author];

      if (link >= 0 && !san_bit_get (frozen, place)
          && counts_for (facts, &g_array_index (self->links, SanRecoveryLink, link), place))
        san_bit_set (self->counts, place);
    }
  return self;
}

void
san_recovery_chain_free (SanRecoveryChain *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->links);
  g_free (self->counts);
  g_free (self->link_of_key);
  g_free (self);
}

const SanId32 *
san_recovery_chain_known_at (const SanFacts *facts, const SanWord *frozen, guint place)
{
  g_autoptr(GArray) links = NULL;
  const SanRecoveryLink *last;

  if (facts->recoveries->len == 0)
    return &facts->founding.recovery_sign;
  links = follow (facts, frozen, san_facts_past (facts, place));
  last = &g_array_index (links, SanRecoveryLink, links->len - 1);
  return last->brought_by == facts->found_at
             ? &facts->founding.recovery_sign
             : &facts->facts[last->brought_by].body->u.new_recovery.sign_pk;
}
