/* san-dossier-transfer.c - how a case dossier changes hands
 *
 * One stage for each owner. Within a stage offers count from the owner's superintendents until
 * they know of an acceptance, acceptances from those of the receiving centre. One centre accepted:
 * it is the next owner. Two: disputed, and nobody's but the giver's, until the giver decides. An
 * owner is known to an entry that has its acceptance in its past; so what a former owner writes
 * without having heard of it still counts, and what it writes knowing of it does not. */
#include "san-dossier-rights-private.h"

static SanStage *
get_stage (const SanRightsWork *self, guint i)
{
  return g_ptr_array_index (self->stages, i);
}

static gboolean
knows_any (const SanFacts *facts, guint place, const GArray *places)
{
  for (guint i = 0; i < places->len; i++)
    if (san_facts_knows (facts, place, g_array_index (places, guint, i)))
      return TRUE;
  return FALSE;
}

static gboolean
has (const GArray *places, guint place)
{
  for (guint i = 0; i < places->len; i++)
    if (g_array_index (places, guint, i) == place)
      return TRUE;
  return FALSE;
}

/* The last stage that the entry knows of. */
static const SanStage *
find_stage (const SanRightsWork *self, guint place)
{
  for (guint i = self->stages->len; i > 1; i--)
    if (knows_any (self->facts, place, get_stage (self, i - 1)->by))
      return get_stage (self, i - 1);
  return get_stage (self, 0);
}

gboolean
san_rights_is_by_owner (const SanRightsWork *self, guint place)
{
  return self->author[place] == SAN_HELD_NOT
         && san_id32_equal (&self->centre[place], &find_stage (self, place)->owner);
}

static SanStage *
stage_new (const SanId32 *owner)
{
  SanStage *self = g_new0 (SanStage, 1);

  self->owner = *owner;
  self->by = g_array_new (FALSE, FALSE, sizeof (guint));
  self->offers = g_array_new (FALSE, FALSE, sizeof (guint));
  self->accepts = g_array_new (FALSE, FALSE, sizeof (guint));
  self->decisions = g_array_new (FALSE, FALSE, sizeof (guint));
  self->unshares = g_array_new (FALSE, FALSE, sizeof (guint));
  return self;
}

static void
stage_free (gpointer data)
{
  SanStage *self = data;

  g_array_unref (self->by);
  g_array_unref (self->offers);
  g_array_unref (self->accepts);
  g_array_unref (self->decisions);
  g_array_unref (self->unshares);
  g_free (self);
}

/* Was the offer taken back as far as the acceptance knew? */
static gboolean
is_withdrawn (const SanRightsWork *self, const SanStage *stage, guint offer, guint accept)
{
  const SanId32 *to = &self->facts->facts[offer].body->u.centre;

  for (guint i = 0; i < stage->unshares->len; i++)
    {
      guint unshare = g_array_index (stage->unshares, guint, i);

      if (san_facts_knows (self->facts, accept, unshare)
          && !san_facts_knows (self->facts, offer, unshare)
          && san_id32_equal (&self->facts->facts[unshare].body->u.centre, to))
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_acceptance (const SanRightsWork *self, const SanStage *stage, guint place)
{
  guint offer = san_facts_find (self->facts, &self->facts->facts[place].body->u.ref);

  return offer != SAN_NOWHERE && has (stage->offers, offer)
         && san_facts_knows (self->facts, place, offer)
         && san_id32_equal (&self->centre[place], &self->facts->facts[offer].body->u.centre)
         && !is_withdrawn (self, stage, offer, place);
}

static gboolean
is_offer (const SanRightsWork *self, const SanStage *stage, guint place)
{
  return !san_id32_equal (&self->facts->facts[place].body->u.centre, &stage->owner)
         && !knows_any (self->facts, place, stage->accepts);
}

static gboolean
is_decision (const SanRightsWork *self, const SanStage *stage, guint place)
{
  guint accept = san_facts_find (self->facts, &self->facts->facts[place].body->u.ref);

  return accept != SAN_NOWHERE && has (stage->accepts, accept)
         && san_facts_knows (self->facts, place, accept);
}

static void
take (SanRightsWork *self, GArray *places, guint place)
{
  g_array_append_val (places, place);
  self->reasons[place] = SAN_HELD_NOT;
}

static void
fill_stage (SanRightsWork *self, SanStage *stage)
{
  for (guint place = 0; place < self->facts->n; place++)
    {
      guint op = self->facts->facts[place].op;
      gboolean by_giver;

      if (san_bit_get (self->frozen, place) || self->author[place] != SAN_HELD_NOT)
        continue;
      by_giver = op != SAN_OP_TRANSFER_ACCEPT && find_stage (self, place) == stage
                 && san_id32_equal (&self->centre[place], &stage->owner);
      if (op == SAN_OP_UNSHARE && by_giver)
        g_array_append_val (stage->unshares, place);
      else if (op == SAN_OP_TRANSFER_OFFER && by_giver && is_offer (self, stage, place))
        take (self, stage->offers, place);
      else if (op == SAN_OP_TRANSFER_ACCEPT && is_acceptance (self, stage, place))
        take (self, stage->accepts, place);
      else if (op == SAN_OP_TRANSFER_DECIDE && by_giver && is_decision (self, stage, place))
        take (self, stage->decisions, place);
    }
}

/* The last word: a decision that no other one knows of; of several the smallest id. */
static guint
find_decision (const SanRightsWork *self, const SanStage *stage)
{
  guint best = SAN_NOWHERE;

  for (guint i = 0; i < stage->decisions->len; i++)
    {
      guint here = g_array_index (stage->decisions, guint, i);
      gboolean is_last = TRUE;

      for (guint j = i + 1; j < stage->decisions->len; j++)
        if (san_facts_knows (self->facts, g_array_index (stage->decisions, guint, j), here))
          is_last = FALSE;
      if (is_last
          && (best == SAN_NOWHERE
              || san_id32_compare (self->facts->facts[here].id, self->facts->facts[best].id) < 0))
        best = here;
    }
  return best;
}

gboolean
san_stage_is_disputed (const SanRightsWork *self, const SanStage *stage)
{
  for (guint i = 1; i < stage->accepts->len; i++)
    if (!san_id32_equal (&self->centre[g_array_index (stage->accepts, guint, i)],
                         &self->centre[g_array_index (stage->accepts, guint, 0)]))
      return TRUE;
  return FALSE;
}

/* Returns: (transfer none) (nullable): to whom the dossier goes from here. */
static const SanId32 *
find_next_owner (const SanRightsWork *self, const SanStage *stage)
{
  guint decision = find_decision (self, stage);

  if (decision != SAN_NOWHERE)
    return &self->centre[san_facts_find (self->facts, &self->facts->facts[decision].body->u.ref)];
  if (stage->accepts->len == 0 || san_stage_is_disputed (self, stage))
    return NULL;
  return &self->centre[g_array_index (stage->accepts, guint, 0)];
}

void
san_rights_follow (SanRightsWork *self)
{
  SanStage *stage = stage_new (&self->facts->founding.owner);

  g_array_append_val (stage->by, self->facts->found_at);
  self->stages = g_ptr_array_new_with_free_func (stage_free);
  while (stage != NULL)
    {
      const SanId32 *owner;
      SanStage *next = NULL;

      g_ptr_array_add (self->stages, stage);
      fill_stage (self, stage);
      owner = find_next_owner (self, stage);
      if (owner != NULL)
        next = stage_new (owner);
      for (guint i = 0; next != NULL && i < stage->accepts->len; i++)
        if (san_id32_equal (&self->centre[g_array_index (stage->accepts, guint, i)], owner))
          g_array_append_val (next->by, g_array_index (stage->accepts, guint, i));
      stage = next;
    }
}
