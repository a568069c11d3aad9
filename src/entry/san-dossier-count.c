/* san-dossier-count.c - from a dossier's entries of kinds 1 and 2 to whose it is and who may write
 *
 * Shares are united; only an unshare takes away, and it touches every share to its centre that
 * does not have it in its past (so who is shared with anew is free), as a removal does with
 * seats. What the centre wrote inside the unshare's rows stays. */
#include "san-dossier-rights-private.h"

#include <string.h>

#define OFFERED_MASK (SAN_COMPARTMENT_MASK & ~(1u << SAN_COMPARTMENT_STAFF))

static void
grant_clear (gpointer data)
{
  g_array_unref (((SanRightsGrant *)data)->taken);
}

static SanDossierRights *
rights_new (const SanFacts *facts)
{
  SanDossierRights *self = g_new0 (SanDossierRights, 1);

  self->ref_count = 1;
  self->dossier = facts->dossier;
  self->type = facts->founding.type;
  self->founder = facts->founding.owner;
  self->offers = g_array_new (FALSE, FALSE, sizeof (SanOffer));
  self->links = g_array_new (FALSE, FALSE, sizeof (SanId32));
  self->grants = g_array_new (FALSE, FALSE, sizeof (SanRightsGrant));
  g_array_set_clear_func (self->grants, grant_clear);
  self->unshares = g_array_new (FALSE, FALSE, sizeof (SanRightsUnshare));
  self->reasons = g_hash_table_new_full (san_id32_hash, san_id32_equal, g_free, NULL);
  self->heads = g_array_new (FALSE, FALSE, sizeof (SanId32));
  self->bodies = g_ptr_array_new_with_free_func ((GDestroyNotify)san_authority_body_free);
  return self;
}

/* Authors */

static gboolean
is_recovery_in_force (const SanCentreLookup *centres, const SanId32 *centre, const SanId32 *key)
{
  const SanAuthority *authority = centres->by_centre (centres->data, centre);

  return authority != NULL
         && san_id32_equal (&san_authority_get_recovery_in_force (authority)->sign_pk, key);
}

/* The recovery key of the founding centre, or of one that was offered the dossier. */
static gboolean
find_recovery_centre (const SanRightsWork *work, guint place, SanId32 *out)
{
  const SanFacts *facts = work->facts;
  const SanId32 *key = &facts->facts[place].header->author;

  *out = facts->founding.owner;
  if (is_recovery_in_force (work->centres, out, key))
    return TRUE;
  for (guint i = 0; i < place; i++)
    if (facts->facts[i].op == SAN_OP_TRANSFER_OFFER)
      {
        *out = facts->facts[i].body->u.centre;
        if (is_recovery_in_force (work->centres, out, key))
          return TRUE;
      }
  *out = san_id32_zero;
  return FALSE;
}

static gboolean
may_found (const SanFacts *facts, const SanSeat *seat)
{
  if (facts->founding.type == SAN_FOUNDING_CASE)
    return !san_role_is_slip (seat->role);
  return san_role_is_superintendent (seat->role);
}

static void
check_author (SanRightsWork *work, guint place, const SanChainLookup *chain)
{
  const SanFact *fact = &work->facts->facts[place];
  const SanId32 *author = &fact->header->author;
  const SanAuthority *authority = work->centres->by_seat (work->centres->data, author);
  gboolean is_founding = place == work->facts->found_at;
  const SanSeat *seat;

  if (authority == NULL)
    {
      gboolean found = fact->header->kind == SAN_KIND_AUTHORITY
                       && find_recovery_centre (work, place, &work->centre[place]);

      work->author[place] = found ? SAN_HELD_NOT : SAN_HELD_NOT_APPOINTED;
      return;
    }
  work->centre[place] = *san_authority_get_centre (authority);
  work->author[place] = san_authority_judge_author (authority, fact->entry, !is_founding, chain);
  if (work->author[place] != SAN_HELD_NOT)
    return;
  seat = san_authority_find_seat (authority, author);
  if (is_founding ? !may_found (work->facts, seat)
                        || !san_id32_equal (&work->centre[place], &work->facts->founding.owner)
                  : !san_role_is_superintendent (seat->role))
    work->author[place] = SAN_HELD_NO_RIGHT;
}

/* Counting */

/* A second person of the same centre signed too. */
static gboolean
is_cosigned (const SanRightsWork *work, guint place)
{
  const SanFact *fact = &work->facts->facts[place];
  const SanAuthority *authority
      = work->centres->by_centre (work->centres->data, &work->centre[place]);
  const SanSeat *author;

  if (authority == NULL)
    return FALSE;
  author = san_authority_find_seat (authority, &fact->header->author);
  for (guint i = 0; i < fact->body->n_cosigns; i++)
    {
      const SanSeat *other = san_authority_find_seat (authority, &fact->body->cosigns[i].seat);

      if (other != NULL && !san_role_is_slip (other->role)
          && (author == NULL || !san_id16_equal (&author->staff, &other->staff))
          && san_authority_body_check_cosign (fact->body, i, &work->facts->dossier,
                                              &fact->header->author, NULL))
        return TRUE;
    }
  return FALSE;
}

static SanHeldReason
judge_other (const SanRightsWork *work, guint place)
{
  const SanFact *fact = &work->facts->facts[place];
  gboolean is_known
      = fact->header->kind == SAN_KIND_AUTHORITY && san_op_is_known ((guint16)fact->op);

  if (!is_known)
    {
      if ((fact->header->flags & SAN_FLAG_MUST_UNDERSTAND) != 0
          && san_rights_is_by_owner (work, place))
        san_bit_set (work->freezers, place);
      return SAN_HELD_UNKNOWN;
    }
  if (work->author[place] != SAN_HELD_NOT)
    return work->author[place];
  if (!san_rights_is_by_owner (work, place))
    return SAN_HELD_NO_RIGHT;
  return fact->op == SAN_OP_ERASE && !is_cosigned (work, place) ? SAN_HELD_NEEDS_COSIGN
                                                                : SAN_HELD_NOT;
}

static gboolean
is_misplaced (const SanFacts *facts, guint place)
{
  const SanFact *fact = &facts->facts[place];

  if (fact->header->kind == SAN_KIND_CHANGES || fact->header->kind == SAN_KIND_KEY_GRANT)
    return TRUE;
  return fact->header->kind == SAN_KIND_AUTHORITY && san_op_is_known ((guint16)fact->op)
         && (!san_op_is_of_case ((guint16)fact->op) || facts->founding.type != SAN_FOUNDING_CASE);
}

static void
count (SanRightsWork *work)
{
  for (guint place = 0; place < work->facts->n; place++)
    {
      guint op = work->facts->facts[place].op;

      work->reasons[place]
          = work->author[place] != SAN_HELD_NOT ? work->author[place] : SAN_HELD_NO_RIGHT;
      if (op != SAN_OP_TRANSFER_OFFER && op != SAN_OP_TRANSFER_ACCEPT
          && op != SAN_OP_TRANSFER_DECIDE)
        continue;
      if (work->facts->founding.type != SAN_FOUNDING_CASE)
        work->author[place] = SAN_HELD_MISPLACED;
    }
  san_rights_follow (work);
  for (guint place = 0; place < work->facts->n; place++)
    {
      guint op = work->facts->facts[place].op;

      if (san_bit_get (work->frozen, place))
        work->reasons[place] = SAN_HELD_FROZEN;
      else if (place == work->facts->found_at)
        work->reasons[place] = work->author[place];
      else if (is_misplaced (work->facts, place))
        work->reasons[place] = SAN_HELD_MISPLACED;
      else if (op != SAN_OP_TRANSFER_OFFER && op != SAN_OP_TRANSFER_ACCEPT
               && op != SAN_OP_TRANSFER_DECIDE)
        work->reasons[place] = judge_other (work, place);
    }
}

static gboolean
grow_frozen (SanRightsWork *work, SanWord *all)
{
  guint words = work->facts->words;
  gboolean grown = FALSE;

  for (guint i = 0; i < words; i++)
    grown |= (work->freezers[i] & ~all[i]) != 0;
  if (!grown)
    return FALSE;
  san_bits_or (all, work->freezers, words);
  memset (work->freezers, 0, words * sizeof (SanWord));
  g_free (work->frozen);
  work->frozen = san_facts_after (work->facts, all);
  g_clear_pointer (&work->stages, g_ptr_array_unref);
  return TRUE;
}

/* Result */

static void
add_grant (SanDossierRights *self, const SanId32 *centre, guint mask, gboolean reads,
           gboolean writes, guint place)
{
  SanRightsGrant grant
      = { *centre, mask, reads, writes, place, g_array_new (FALSE, FALSE, sizeof (guint)) };

  g_array_append_val (self->grants, grant);
}

/* Is an unshare of that centre here that the offer did not know? */
static gboolean
is_taken_back (const SanRightsWork *work, const SanStage *stage, guint offer)
{
  for (guint i = 0; i < stage->unshares->len; i++)
    {
      guint unshare = g_array_index (stage->unshares, guint, i);

      if (!san_facts_knows (work->facts, offer, unshare)
          && san_id32_equal (&work->facts->facts[unshare].body->u.centre,
                             &work->facts->facts[offer].body->u.centre))
        return TRUE;
    }
  return FALSE;
}

static SanOffer
describe_offer (const SanRightsWork *work, const SanStage *stage, guint place)
{
  SanOffer offer
      = { .entry = *work->facts->facts[place].id, .to = work->facts->facts[place].body->u.centre };

  for (guint a = stage->accepts->len; a > 0; a--)
    {
      const SanFact *accept = &work->facts->facts[g_array_index (stage->accepts, guint, a - 1)];

      if (san_id32_equal (&accept->body->u.ref, &offer.entry))
        offer.accepted = *accept->id;
    }
  return offer;
}

/* Offers to a centre, and what a former owner wrote. */
static void
put_stages (SanDossierRights *self, const SanRightsWork *work)
{
  for (guint s = 0; s < work->stages->len; s++)
    {
      const SanStage *stage = g_ptr_array_index (work->stages, s);
      gboolean present = s + 1 == work->stages->len;

      if (!present)
        add_grant (self, &stage->owner, SAN_COMPARTMENT_MASK, FALSE, TRUE,
                   g_array_index (stage->by, guint, 0));
      for (guint i = 0; i < stage->offers->len; i++)
        {
          guint place = g_array_index (stage->offers, guint, i);
          SanOffer offer = describe_offer (work, stage, place);

          add_grant (self, &offer.to, OFFERED_MASK, present, TRUE, place);
          if (present
              && (!san_id32_is_zero (&offer.accepted) || !is_taken_back (work, stage, place)))
            g_array_append_val (self->offers, offer);
        }
      if (present)
        {
          self->owner = stage->owner;
          self->n_transfers = s;
          self->transfer = san_stage_is_disputed (work, stage) ? SAN_TRANSFER_DISPUTED
                           : self->offers->len > 0             ? SAN_TRANSFER_OFFERED
                                                               : SAN_TRANSFER_NONE;
        }
    }
}

static void
put_unshare (SanDossierRights *self, SanFact *fact, guint place)
{
  SanRightsUnshare unshare = { .centre = fact->body->u.centre, .place = place };

  unshare.cut.entry = *fact->id;
  memcpy (unshare.cut.salt, fact->body->cut_salt, sizeof unshare.cut.salt);
  unshare.cut.rows = fact->body->rows;
  unshare.cut.n_rows = fact->body->n_rows;
  g_array_append_val (self->unshares, unshare);
}

static void
put_ops (SanDossierRights *self, const SanRightsWork *work)
{
  for (guint place = 0; place < work->facts->n; place++)
    {
      SanFact *fact = &work->facts->facts[place];

      g_hash_table_insert (self->reasons, san_id32_copy (fact->id),
                           GINT_TO_POINTER (work->reasons[place] + 1));
      if (work->reasons[place] != SAN_HELD_NOT)
        continue;
      if (fact->op == SAN_OP_SHARE)
        add_grant (self, &fact->body->u.share.centre, fact->body->u.share.compartments, TRUE,
                   fact->body->u.share.write, place);
      else if (fact->op == SAN_OP_UNSHARE)
        put_unshare (self, fact, place);
      else if (fact->op == SAN_OP_LINK)
        g_array_append_val (self->links, fact->body->u.link);
      else if (fact->op == SAN_OP_ERASE && !self->erased)
        {
          self->erased = TRUE;
          self->erasure = *fact->id;
        }
    }
}

static void
take_away (SanDossierRights *self, const SanFacts *facts)
{
  for (guint g = 0; g < self->grants->len; g++)
    {
      SanRightsGrant *grant = &g_array_index (self->grants, SanRightsGrant, g);

      for (guint u = 0; u < self->unshares->len; u++)
        {
          const SanRightsUnshare *unshare = &g_array_index (self->unshares, SanRightsUnshare, u);

          if (san_id32_equal (&unshare->centre, &grant->centre)
              && !san_facts_knows (facts, grant->place, unshare->place))
            g_array_append_val (grant->taken, u);
        }
    }
}

static void
put_heads (SanDossierRights *self, const SanFacts *facts)
{
  for (int counting = 1; counting >= 0; counting--)
    for (guint i = 0; i < facts->n && self->heads->len < SAN_HEADS_LIMIT; i++)
      {
        SanHeldReason reason
            = GPOINTER_TO_INT (g_hash_table_lookup (self->reasons, facts->facts[i].id)) - 1;

        if (facts->facts[i].is_head && (reason == SAN_HELD_NOT) == counting)
          g_array_append_val (self->heads, *facts->facts[i].id);
      }
  g_array_sort (self->heads, san_id32_compare);
}

static void
put_digest (SanDossierRights *self, const SanFacts *facts)
{
  SanHasher *hasher = san_hasher_new ("san1.rights");

  san_hasher_update (hasher, self->owner.b, sizeof self->owner.b);
  san_hasher_update (hasher, &self->founded, sizeof self->founded);
  for (guint i = 0; i < facts->n; i++)
    if (g_hash_table_lookup (self->reasons, facts->facts[i].id)
        == GINT_TO_POINTER (SAN_HELD_NOT + 1))
      san_hasher_update (hasher, facts->facts[i].id->b, sizeof facts->facts[i].id->b);
  for (guint g = 0; g < self->grants->len; g++)
    {
      const SanRightsGrant *grant = &g_array_index (self->grants, SanRightsGrant, g);
      guint32 flags[] = { grant->mask, grant->writes, grant->taken->len };

      san_hasher_update (hasher, grant->centre.b, sizeof grant->centre.b);
      san_hasher_update (hasher, flags, sizeof flags);
      for (guint i = 0; i < grant->taken->len; i++)
        san_hasher_update (
            hasher,
            g_array_index (self->unshares, SanRightsUnshare, g_array_index (grant->taken, guint, i))
                .cut.entry.b,
            32);
    }
  san_hasher_finish (hasher, &self->digest);
  san_hasher_free (hasher);
}

static SanDossierRights *
build (const SanRightsWork *work, SanFacts *facts, gboolean frozen)
{
  SanDossierRights *self = rights_new (facts);

  self->founded = work->reasons[facts->found_at];
  self->frozen = frozen;
  put_stages (self, work);
  put_ops (self, work);
  take_away (self, facts);
  for (guint i = 0; i < facts->left_out->len; i++)
    {
      const SanLeftOut *out = &g_array_index (facts->left_out, SanLeftOut, i);

      g_hash_table_insert (self->reasons, san_id32_copy (&out->id),
                           GINT_TO_POINTER (out->reason + 1));
    }
  put_heads (self, facts);
  put_digest (self, facts);
  for (guint i = 0; i < self->unshares->len; i++)
    g_ptr_array_add (
        self->bodies,
        g_steal_pointer (
            &facts->facts[g_array_index (self->unshares, SanRightsUnshare, i).place].body));
  return self;
}

/* Founding entry, ops on authority and what a newer version wrote; the rest is not asked here. */
static GPtrArray *
select_entries (GPtrArray *entries)
{
  GPtrArray *selected = g_ptr_array_new ();

  for (guint i = 0; i < entries->len; i++)
    {
      guint8 kind = san_entry_get_header (g_ptr_array_index (entries, i))->kind;

      if (kind != SAN_KIND_CHANGES && kind != SAN_KIND_KEY_GRANT)
        g_ptr_array_add (selected, g_ptr_array_index (entries, i));
    }
  return selected;
}

SanDossierRights *
san_dossier_rights_evaluate (GPtrArray *entries, const SanCentreLookup *centres,
                             const SanChainLookup *chain, GError **error)
{
  g_autoptr(GPtrArray) selected = select_entries (entries);
  g_autoptr(SanFacts) facts = san_facts_new (selected, NULL, error);
  SanRightsWork work = { .facts = facts, .centres = centres };
  g_autofree SanWord *freezers = NULL;
  SanDossierRights *self;
  gboolean frozen = FALSE;

  if (facts == NULL)
    return NULL;
  if (san_founding_is_authority (&facts->founding))
    {
      g_set_error_literal (error, SAN_ERROR, SAN_ERROR_INVALID, "rights of an authority dossier");
      return NULL;
    }
  freezers = g_new0 (SanWord, facts->words);
  work.centre = g_new0 (SanId32, facts->n);
  work.author = g_new0 (SanHeldReason, facts->n);
  work.reasons = g_new0 (SanHeldReason, facts->n);
  work.frozen = g_new0 (SanWord, facts->words);
  work.freezers = g_new0 (SanWord, facts->words);
  for (guint place = 0; place < facts->n; place++)
    check_author (&work, place, chain);
  for (count (&work); grow_frozen (&work, freezers); count (&work))
    frozen = TRUE;
  self = build (&work, facts, frozen);
  g_free (work.centre);
  g_free (work.author);
  g_free (work.reasons);
  g_free (work.frozen);
  g_free (work.freezers);
  g_ptr_array_unref (work.stages);
  return self;
}
