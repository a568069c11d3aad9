/* san-key-choice.c - under which key of a dossier to write, or to whom to seal a new one
 *
 * A key may be used if it is sealed to the rings of all who are entitled and to no other, by
 * people who hold one of these rings. So a share that nobody confirmed, a key that somebody
 * removed has, and a key brought by a stranger with a ring of her own are all passed over. */
#include "san-key-choice.h"

/* A kind 3 that was read, its author's centre, and the place of neither clock nor arrival. */
typedef struct
{
  SanKeyGrant *grant;
  const SanAuthority *by; /* the author's centre */
  SanId32 author;
} Granted;

/* The leaves of one entitled centre. */
typedef struct
{
  const SanAuthority *authority; /* NULL: not here yet, known by its card */
  GArray *leaves;                /* SanId32: a key must be sealed to these */
  GArray *allowed;               /* SanId32: and may be sealed to these */
  GArray *targets;               /* SanKeyTarget: the leaves with their public keys */
} Side;

typedef struct
{
  const SanKeyQuestion *question;
  GPtrArray *granted; /* Granted */
  GPtrArray *sides;   /* Side */
  SanKeyChoice *choice;
} Work;

static void
granted_free (gpointer data)
{
  Granted *self = data;

  san_key_grant_free (self->grant);
  g_free (self);
}

static void
side_free (gpointer data)
{
  Side *self = data;

  g_array_unref (self->leaves);
  g_array_unref (self->allowed);
  g_array_unref (self->targets);
  g_free (self);
}

static GArray *
ids_new (void)
{
  return g_array_new (FALSE, FALSE, sizeof (SanId32));
}

static gboolean
contains (const GArray *ids, const SanId32 *id)
{
  for (guint i = 0; i < ids->len; i++)
    if (san_id32_equal (&g_array_index (ids, SanId32, i), id))
      return TRUE;
  return FALSE;
}

static void
add_once (GArray *ids, const SanId32 *id)
{
  if (!contains (ids, id))
    g_array_append_val (ids, *id);
}

void
san_key_choice_free (SanKeyChoice *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->others);
  g_array_unref (self->targets);
  g_array_unref (self->entitled);
  g_array_unref (self->unconfirmed);
  g_array_unref (self->ask);
  g_array_unref (self->unlinked);
  g_free (self);
}

static SanKeyChoice *
choice_new (void)
{
  SanKeyChoice *self = g_new0 (SanKeyChoice, 1);

  self->others = ids_new ();
  self->targets = g_array_new (FALSE, FALSE, sizeof (SanKeyTarget));
  self->entitled = ids_new ();
  self->unconfirmed = ids_new ();
  self->ask = ids_new ();
  self->unlinked = ids_new ();
  return self;
}

static const SanAuthority *
find_centre (const Work *work, const SanId32 *centre)
{
  return work->question->centres->by_centre (work->question->centres->data, centre);
}

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  return san_id32_compare (san_entry_get_id (*(SanEntry *const *)a),
                           san_entry_get_id (*(SanEntry *const *)b));
}

/* Grants of the compartment, by id: the caller's order must not matter. */
static GPtrArray *
read_grants (const SanKeyQuestion *question)
{
  GPtrArray *granted = g_ptr_array_new_with_free_func (granted_free);
  g_autoptr(GPtrArray) sorted = g_ptr_array_copy (question->grants, NULL, NULL);

  g_ptr_array_set_free_func (sorted, NULL);
  g_ptr_array_sort (sorted, compare_ids);
  for (guint i = 0; i < sorted->len; i++)
    {
      SanEntry *entry = g_ptr_array_index (sorted, i);
      GBytes *body = san_entry_get_body (entry);
      g_autoptr(SanKeyGrant) grant = body != NULL ? san_key_grant_parse (body, NULL) : NULL;
      Granted *item;

      if (grant == NULL || grant->compartment != question->compartment)
        continue;
      item = g_new0 (Granted, 1);
      item->author = san_entry_get_header (entry)->author;
      item->by = question->centres->by_seat (question->centres->data, &item->author);
      item->grant = g_steal_pointer (&grant);
      g_ptr_array_add (granted, item);
    }
  return granted;
}

static gboolean
is_of_centre (const Granted *item, const SanId32 *centre)
{
  return item->by != NULL && san_id32_equal (san_authority_get_centre (item->by), centre);
}

static gboolean
holds (const Granted *item, const SanId32 *ring)
{
  return item->by != NULL && san_authority_holds_ring (item->by, &item->author, ring);
}

/* Rings of @centre that a grant names, among those of the right compartment. */
static void
add_named_rings (const Work *work, const Granted *item, const SanAuthority *centre, GArray *rings)
{
  for (guint i = 0; i < item->grant->n_pairs; i++)
    {
      const SanRing *ring = san_authority_find_ring (centre, &item->grant->pairs[i].ring);

      if (ring != NULL && ring->effective && ring->compartment == work->question->compartment)
        add_once (rings, &ring->id);
    }
}

/* By which rings the owner is known if nobody has said: those that its own people who hold them
 * used in this dossier, if they are all of one family; else somebody has to say. */
static void
guess_anchors (const Work *work, const SanAuthority *owner, GArray *anchors)
{
  g_autoptr(GArray) used = ids_new ();

  for (guint i = 0; i < work->granted->len; i++)
    {
      const Granted *item = g_ptr_array_index (work->granted, i);
      g_autoptr(GArray) named = ids_new ();

      if (!is_of_centre (item, san_authority_get_centre (owner)))
        continue;
      add_named_rings (work, item, owner, named);
      for (guint r = 0; r < named->len; r++)
        if (holds (item, &g_array_index (named, SanId32, r)))
          add_once (used, &g_array_index (named, SanId32, r));
    }
  for (guint i = 1; i < used->len; i++)
    if (!san_authority_ring_is_family (owner, &g_array_index (used, SanId32, i),
                                       &g_array_index (used, SanId32, 0)))
      return;
  g_array_append_vals (anchors, used->data, used->len);
}

/* By which rings the owner is known: mine if it is my centre. */
static GArray *
find_owner_anchors (const Work *work, const SanId32 *owner)
{
  const SanKeyQuestion *question = work->question;
  const SanAuthority *authority = find_centre (work, owner);
  GArray *anchors = ids_new ();

  if (san_id32_equal (owner, &question->centre))
    {
      if (question->my_ring != NULL)
        g_array_append_val (anchors, *question->my_ring);
      return anchors;
    }
  if (question->anchors != NULL)
    question->anchors (question->data, owner, question->compartment, anchors);
  if (anchors->len == 0 && authority != NULL)
    guess_anchors (work, authority, anchors);
  return anchors;
}

static gboolean
holds_family (const Granted *item, const SanAuthority *owner, const GArray *anchors)
{
  for (guint i = 0; i < san_authority_get_n_rings (owner); i++)
    {
      const SanRing *ring = san_authority_get_ring (owner, i);

      if (!ring->effective || !san_authority_holds_ring (owner, &item->author, &ring->id))
        continue;
      for (guint a = 0; a < anchors->len; a++)
        if (san_authority_ring_is_family (owner, &ring->id, &g_array_index (anchors, SanId32, a)))
          return TRUE;
    }
  return FALSE;
}

/* Rings of @centre to which a holder of the owner's ring has sealed: the confirmation of a share.
 */
static GArray *
find_confirmed (const Work *work, const SanId32 *owner, const GArray *anchors,
                const SanAuthority *centre)
{
  const SanAuthority *authority = find_centre (work, owner);
  GArray *confirmed = ids_new ();

  for (guint i = 0; authority != NULL && i < work->granted->len; i++)
    {
      const Granted *item = g_ptr_array_index (work->granted, i);

      if (is_of_centre (item, owner) && holds_family (item, authority, anchors))
        add_named_rings (work, item, centre, confirmed);
    }
  return confirmed;
}

static GArray *
list_targets (const SanAuthority *authority, const GArray *leaves)
{
  GArray *targets = g_array_new (FALSE, FALSE, sizeof (SanKeyTarget));

  for (guint i = 0; i < leaves->len; i++)
    {
      const SanRing *ring
          = san_authority_find_ring (authority, &g_array_index (leaves, SanId32, i));
      SanKeyTarget target = { ring->id, ring->pk };

      g_array_append_val (targets, target);
    }
  return targets;
}

static void
add_side (Work *work, const SanAuthority *authority, GArray *leaves, GArray *allowed,
          GArray *targets)
{
  Side *side = g_new0 (Side, 1);

  side->authority = authority;
  side->leaves = leaves;
  side->allowed = allowed;
  side->targets = targets;
  g_ptr_array_add (work->sides, side);
}

/* My own centre: the leaf that I write with, and any other good leaf of mine. */
static SanKeyVerdict
add_own (Work *work, const SanAuthority *own)
{
  const SanKeyQuestion *question = work->question;
  GArray *others = NULL;
  SanRingVerdict verdict;
  GArray *leaves;
  GArray *allowed;

  verdict = san_authority_choose_ring (own, question->my_ring, question->held, question->n_held,
                                       &work->choice->ring, &others);
  if (verdict == SAN_RING_NONE)
    return SAN_KEY_NO_RING;
  g_array_unref (work->choice->others);
  work->choice->others = others;
  if (verdict == SAN_RING_ROTATE)
    return SAN_KEY_ROTATE;
  leaves = ids_new ();
  g_array_append_val (leaves, work->choice->ring);
  allowed = san_authority_list_leaves (own, question->my_ring, 1);
  for (guint i = allowed->len; i > 0; i--)
    if (san_authority_find_ring (own, &g_array_index (allowed, SanId32, i - 1))->pending)
      g_array_remove_index (allowed, i - 1);
  add_side (work, own, leaves, allowed, list_targets (own, leaves));
  add_once (work->choice->entitled, &question->centre);
  return SAN_KEY_MAKE;
}

/* Another centre that is entitled: its leaves that descend from the rings by which it is known. */
static void
add_other (Work *work, const SanAuthority *authority, const GArray *anchors)
{
  GArray *leaves = san_authority_list_leaves (authority, (const SanId32 *)(gpointer)anchors->data,
                                              anchors->len);

  add_once (work->choice->entitled, san_authority_get_centre (authority));
  if (leaves->len == 0)
    add_once (work->choice->ask, san_authority_get_centre (authority));
  add_side (work, authority, leaves, g_array_ref (leaves), list_targets (authority, leaves));
}

/* A centre that was paired and has not been heard of: the rings of its card are its leaves. */
static void
add_carded (Work *work, const SanId32 *owner, const GArray *owner_anchors, const SanId32 *centre)
{
  const SanKeyQuestion *question = work->question;
  const SanAuthority *authority = find_centre (work, owner);
  g_autoptr(GArray) targets = g_array_new (FALSE, FALSE, sizeof (SanKeyTarget));
  GArray *leaves = ids_new ();
  gboolean confirmed = FALSE;

  if (question->card_rings != NULL)
    question->card_rings (question->data, centre, question->compartment, targets);
  for (guint i = 0; i < targets->len; i++)
    add_once (leaves, &g_array_index (targets, SanKeyTarget, i).ring);
  for (guint i = 0; authority != NULL && i < work->granted->len; i++)
    {
      const Granted *item = g_ptr_array_index (work->granted, i);

      if (!is_of_centre (item, owner) || !holds_family (item, authority, owner_anchors))
        continue;
      for (guint p = 0; p < item->grant->n_pairs; p++)
        confirmed |= contains (leaves, &item->grant->pairs[p].ring);
    }
  if (!confirmed)
    {
      add_once (work->choice->unconfirmed, centre);
      g_array_unref (leaves);
      return;
    }
  add_once (work->choice->entitled, centre);
  add_side (work, NULL, leaves, g_array_ref (leaves), g_steal_pointer (&targets));
}

static gboolean
has_rings (const SanAuthority *authority, guint8 compartment)
{
  for (guint i = 0; i < san_authority_get_n_rings (authority); i++)
    if (san_authority_get_ring (authority, i)->effective
        && san_authority_get_ring (authority, i)->compartment == compartment)
      return TRUE;
  return FALSE;
}

static void
add_owner (Work *work, const SanId32 *owner, const GArray *anchors)
{
  const SanAuthority *authority = find_centre (work, owner);

  if (san_id32_equal (owner, &work->question->centre))
    return;
  if (authority != NULL && has_rings (authority, work->question->compartment))
    add_other (work, authority, anchors);
  else
    add_once (work->choice->entitled, owner); /* it has no ring there: nothing to seal to */
}

static void
add_reader (Work *work, const SanId32 *owner, const GArray *owner_anchors, const SanId32 *centre)
{
  const SanKeyQuestion *question = work->question;
  const SanAuthority *authority = find_centre (work, centre);
  g_autoptr(GArray) confirmed = NULL;
  g_autoptr(GArray) anchors = ids_new ();

  if (san_id32_equal (centre, owner) || san_id32_equal (centre, &question->centre))
    return;
  if (authority == NULL)
    {
      add_carded (work, owner, owner_anchors, centre);
      return;
    }
  confirmed = find_confirmed (work, owner, owner_anchors, authority);
  if (confirmed->len == 0)
    {
      add_once (work->choice->unconfirmed, centre);
      return;
    }
  if (question->anchors != NULL)
    question->anchors (question->data, centre, question->compartment, anchors);
  add_other (work, authority, anchors->len > 0 ? anchors : confirmed);
}

static gboolean
is_by_holder (const Work *work, const Granted *item)
{
  for (guint s = 0; s < work->sides->len; s++)
    {
      const Side *side = g_ptr_array_index (work->sides, s);

      if (side->authority == NULL
          || !is_of_centre (item, san_authority_get_centre (side->authority)))
        continue;
      for (guint i = 0; i < side->allowed->len; i++)
        if (holds (item, &g_array_index (side->allowed, SanId32, i)))
          return TRUE;
    }
  return FALSE;
}

/* Sealed to every leaf, and to nothing that is not allowed? */
static gboolean
is_exact (const Work *work, const GArray *sealed)
{
  for (guint s = 0; s < work->sides->len; s++)
    {
      const Side *side = g_ptr_array_index (work->sides, s);

      for (guint i = 0; i < side->leaves->len; i++)
        if (!contains (sealed, &g_array_index (side->leaves, SanId32, i)))
          return FALSE;
    }
  for (guint i = 0; i < sealed->len; i++)
    {
      gboolean allowed = FALSE;

      for (guint s = 0; s < work->sides->len && !allowed; s++)
        allowed = contains (((const Side *)g_ptr_array_index (work->sides, s))->allowed,
                            &g_array_index (sealed, SanId32, i));
      if (!allowed)
        return FALSE;
    }
  return TRUE;
}

/* All rings to which holders sealed each key. Returns: (transfer full): key id -> GArray of ids */
static GHashTable *
gather_keys (const Work *work)
{
  GHashTable *keys
      = g_hash_table_new_full (san_id32_hash, san_id32_equal, NULL, (GDestroyNotify)g_array_unref);

  for (guint i = 0; i < work->granted->len; i++)
    {
      const Granted *item = g_ptr_array_index (work->granted, i);
      GArray *sealed = g_hash_table_lookup (keys, &item->grant->key_id);

      if (!is_by_holder (work, item))
        continue;
      if (sealed == NULL)
        {
          sealed = ids_new ();
          g_hash_table_insert (keys, &item->grant->key_id, sealed);
        }
      for (guint p = 0; p < item->grant->n_pairs; p++)
        add_once (sealed, &item->grant->pairs[p].ring);
    }
  return keys;
}

static void
choose_key (Work *work)
{
  g_autoptr(GHashTable) keys = gather_keys (work);
  SanKeyChoice *choice = work->choice;
  GHashTableIter iter;
  gpointer key;
  gpointer sealed;

  g_hash_table_iter_init (&iter, keys);
  while (g_hash_table_iter_next (&iter, &key, &sealed))
    if (is_exact (work, sealed)
        && (choice->verdict != SAN_KEY_USE || san_id32_compare (key, &choice->key_id) < 0))
      {
        choice->verdict = SAN_KEY_USE;
        choice->key_id = *(const SanId32 *)key;
      }
}

/* Keys that holders of the rings in use granted, now or earlier, and no link of another reaches. */
static void
find_unlinked (Work *work, const SanId32 *owner, const GArray *owner_anchors)
{
  const SanAuthority *authority = find_centre (work, owner);
  g_autoptr(GPtrArray) good = g_ptr_array_new ();
  SanKeyChoice *choice = work->choice;

  for (guint i = 0; i < work->granted->len; i++)
    {
      const Granted *item = g_ptr_array_index (work->granted, i);

      if (is_by_holder (work, item)
          || (authority != NULL && is_of_centre (item, owner)
              && holds_family (item, authority, owner_anchors)))
        g_ptr_array_add (good, (gpointer)item);
    }
  for (guint i = 0; i < good->len; i++)
    {
      const SanId32 *id = &((const Granted *)g_ptr_array_index (good, i))->grant->key_id;
      gboolean linked = FALSE;

      for (guint j = 0; j < good->len && !linked; j++)
        linked = san_id32_equal (
            id, &((const Granted *)g_ptr_array_index (good, j))->grant->previous_id);
      if (!linked)
        add_once (choice->unlinked, id);
    }
  g_array_sort (choice->unlinked, san_id32_compare);
}

static int
compare_targets (gconstpointer a, gconstpointer b)
{
  return san_id32_compare (&((const SanKeyTarget *)a)->ring, &((const SanKeyTarget *)b)->ring);
}

static void
put_targets (Work *work)
{
  for (guint s = 0; s < work->sides->len; s++)
    {
      const Side *side = g_ptr_array_index (work->sides, s);

      g_array_append_vals (work->choice->targets, side->targets->data, side->targets->len);
    }
  g_array_sort (work->choice->targets, compare_targets);
}

static void
answer (Work *work, const SanAuthority *own)
{
  const SanKeyQuestion *question = work->question;
  const SanId32 *owner = san_dossier_rights_get_owner (question->rights);
  g_autoptr(GArray) anchors = find_owner_anchors (work, owner);
  g_autoptr(GArray) readers
      = san_dossier_rights_list_readers (question->rights, question->compartment);

  work->choice->verdict = add_own (work, own);
  if (work->choice->verdict != SAN_KEY_MAKE)
    return;
  add_owner (work, owner, anchors);
  for (guint i = 0; i < readers->len; i++)
    add_reader (work, owner, anchors, &g_array_index (readers, SanId32, i));
  choose_key (work);
  find_unlinked (work, owner, anchors);
  put_targets (work);
  g_array_sort (work->choice->entitled, san_id32_compare);
  g_array_sort (work->choice->unconfirmed, san_id32_compare);
  g_array_sort (work->choice->ask, san_id32_compare);
}

SanKeyChoice *
san_key_choose (const SanKeyQuestion *question, GError **error)
{
  const SanAuthority *own
      = question->centres->by_centre (question->centres->data, &question->centre);
  Work work = { .question = question };

  if (question->compartment == SAN_COMPARTMENT_HOUSE || question->compartment >= SAN_N_COMPARTMENTS)
    {
      g_set_error (error, SAN_ERROR, SAN_ERROR_INVALID, "no keys in compartment %u",
                   question->compartment);
      return NULL;
    }
  if (own == NULL)
    {
      g_set_error_literal (error, SAN_ERROR, SAN_ERROR_NOT_FOUND,
                           "the own centre's authority is not here");
      return NULL;
    }
  work.choice = choice_new ();
  work.granted = read_grants (question);
  work.sides = g_ptr_array_new_with_free_func (side_free);
  answer (&work, own);
  g_ptr_array_unref (work.granted);
  g_ptr_array_unref (work.sides);
  return work.choice;
}
