/* test-key-choice.c - under which key of a case to write, and to whom to seal a new one */
#include "town.h"
#include "san-key-choice.h"

#define CLINICAL SAN_COMPARTMENT_CLINICAL
#define NEW WORLD_LIMIT

typedef struct
{
  Town *town;
  guint ring[N_CENTRES];    /* clinical ring of each centre, an entry of its authority */
  GArray *cards[N_CENTRES]; /* SanId32: by which rings centre 0 knows the others */
  SanId32 card_pk;   /* of every ring on a card */
  GPtrArray *grants;        /* SanEntry: kinds 3 */
} Scene;

static guint
make_ring (Town *town, guint c, guint author, guint previous)
{
  World *world = town->centre[c];
  SanAuthorityBody *body = op_ring (world, CLINICAL, previous, 6 * c);

  op_ring_give (world, body, author);
  return world_write (world, author, author % 20 == 6 ? 2 * c + 1 : 2 * c, body);
}

static Scene *
scene_new (void)
{
  Scene *self = g_new0 (Scene, 1);

  self->town = town_new (SAN_FOUNDING_CASE, HEAD_OF (0), 0);
  self->grants = g_ptr_array_new ();
  for (guint c = 0; c < N_CENTRES; c++)
    {
      self->ring[c] = make_ring (self->town, c, COUNSELLOR_OF (c), NEW);
      self->cards[c] = g_array_new (FALSE, FALSE, sizeof (SanId32));
    }
  town_update (self->town);
  return self;
}

static void
scene_free (Scene *self)
{
  town_free (self->town);
  g_ptr_array_unref (self->grants);
  for (guint c = 0; c < N_CENTRES; c++)
    g_array_unref (self->cards[c]);
  g_free (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Scene, scene_free)

static const SanId32 *
ring_id (const Scene *self, guint c, guint ring)
{
  return world_id (self->town->centre[c], ring);
}

static SanId32
key_id (guint8 byte)
{
  SanId32 id = { { byte } };

  return id;
}

static int
compare_pairs (gconstpointer a, gconstpointer b)
{
  return san_id32_compare (&((const SanKeyPair *)a)->ring, &((const SanKeyPair *)b)->ring);
}

/* A kind 3 by @seat that seals key @key to rings of centres. */
static guint
grant (Scene *self, guint seat, guint8 key, guint8 previous, const SanId32 *rings, guint n)
{
  SanKeyGrant body = { .compartment = CLINICAL, .key_id = key_id (key), .n_pairs = n };
  g_autofree SanKeyPair *pairs = g_new0 (SanKeyPair, n);
  g_autoptr(GBytes) bytes = NULL;
  guint entry;

  for (guint i = 0; i < n; i++)
    pairs[i].ring = rings[i];
  qsort (pairs, n, sizeof *pairs, compare_pairs);
  body.pairs = pairs;
  if (previous != 0)
    body.previous_id = key_id (previous);
  bytes = san_key_grant_encode (&body);
  entry = world_write_data (self->town->dossier, seat, 2 * (seat / 20), SAN_KIND_KEY_GRANT, bytes);
  g_ptr_array_add (self->grants, g_ptr_array_index (self->town->dossier->entries, entry));
  return entry;
}

#define grant_to(self, seat, key, previous, ...)                                                   \
  grant (self, seat, key, previous, (const SanId32[]){ __VA_ARGS__ },                              \
         sizeof ((const SanId32[]){ __VA_ARGS__ }) / sizeof (SanId32))

static void
give_anchors (gpointer data, const SanId32 *centre, guint8 compartment, GArray *out)
{
  Scene *self = data;

  for (guint c = 0; c < N_CENTRES; c++)
    if (san_id32_equal (centre, town_id (self->town, c)))
      g_array_append_vals (out, self->cards[c]->data, self->cards[c]->len);
}

/* The cards of the scene name only rings that the centres made. */
static void
give_card (gpointer data, const SanId32 *centre, guint8 compartment, GArray *out)
{
  Scene *self = data;
  g_autoptr(GArray) rings = g_array_new (FALSE, FALSE, sizeof (SanId32));

  give_anchors (data, centre, compartment, rings);
  for (guint i = 0; i < rings->len; i++)
    {
      SanKeyTarget target = { g_array_index (rings, SanId32, i), self->card_pk };

      g_array_append_val (out, target);
    }
}

/* What the writer at @seat with @mine as her ring is told; only visible grants are shown. */
static SanKeyChoice *
choose (Scene *self, guint seat, const SanId32 *mine)
{
  Town *town = self->town;
  guint c = seat / 20;
  g_autoptr(SanDossierRights) rights = town_rights (town);
  g_autoptr(GArray) held
      = san_authority_list_held_rings (town->authority[c], world_pk (seat), CLINICAL);
  g_autoptr(GPtrArray) seen = g_ptr_array_new ();
  g_autoptr(GError) error = NULL;
  SanKeyQuestion question = { .rights = rights,
                              .centres = &town->centres,
                              .grants = seen,
                              .centre = *town_id (town, c),
                              .compartment = CLINICAL,
                              .my_ring = mine,
                              .held = (const SanId32 *)(gpointer)held->data,
                              .n_held = held->len,
                              .anchors = give_anchors,
                              .card_rings = give_card,
                              .data = self };
  SanKeyChoice *choice;

  for (guint i = 0; i < self->grants->len; i++)
    {
      SanEntry *entry = g_ptr_array_index (self->grants, i);
      SanJudgement judged;

      san_authority_judge (town->centres.by_seat (town, &san_entry_get_header (entry)->author),
                           entry, 1u << CLINICAL, rights, &town->chain, &judged);
      if (judged.visible != 0)
        g_ptr_array_insert (seen, g_random_int_range (0, (gint32)seen->len + 1), entry);
    }
  choice = san_key_choose (&question, &error);
  g_assert_no_error (error);
  return choice;
}

static void
assert_uses (const SanKeyChoice *choice, guint8 key)
{
  SanId32 wanted = key_id (key);

  g_assert_cmpint (choice->verdict, ==, SAN_KEY_USE);
  g_assert_true (san_id32_equal (&choice->key_id, &wanted));
}

static gboolean
has_target (const SanKeyChoice *choice, const SanId32 *ring)
{
  for (guint i = 0; i < choice->targets->len; i++)
    if (san_id32_equal (&g_array_index (choice->targets, SanKeyTarget, i).ring, ring))
      return TRUE;
  return FALSE;
}

/* The first key is made for my own leaf; then the smallest that fits is used. */
static void
test_own (void)
{
  g_autoptr(Scene) scene = scene_new ();
  const SanId32 *mine = ring_id (scene, 0, scene->ring[0]);
  g_autoptr(SanKeyChoice) none = choose (scene, COUNSELLOR_OF (0), mine);
  g_autoptr(SanKeyChoice) nurse = choose (scene, NURSE_OF (0), NULL);
  g_autoptr(SanKeyChoice) one = NULL;
  g_autoptr(SanKeyChoice) two = NULL;

  g_assert_cmpint (none->verdict, ==, SAN_KEY_MAKE);
  g_assert_cmpuint (none->targets->len, ==, 1);
  g_assert_true (has_target (none, mine));
  g_assert_true (san_id32_equal (&g_array_index (none->targets, SanKeyTarget, 0).pk,
                                 &san_authority_find_ring (scene->town->authority[0], mine)->pk));
  g_assert_cmpint (nurse->verdict, ==, SAN_KEY_NO_RING);
  grant_to (scene, COUNSELLOR_OF (0), 9, 0, *mine);
  one = choose (scene, COUNSELLOR_OF (0), mine);
  assert_uses (one, 9);
  grant_to (scene, COUNSELLOR_OF (0), 5, 9, *mine);
  two = choose (scene, COUNSELLOR_OF (0), mine);
  assert_uses (two, 5);
  g_assert_cmpuint (two->unlinked->len, ==, 1);
  g_assert_cmpuint (two->entitled->len, ==, 1);
}

/* Ticked clinical at sharing: nothing is sealed to the partner until a holder confirms, and from
 * then on every new key is. */
static void
test_confirmed (void)
{
  g_autoptr(Scene) scene = scene_new ();
  const SanId32 *mine = ring_id (scene, 0, scene->ring[0]);
  const SanId32 *theirs = ring_id (scene, 1, scene->ring[1]);
  g_autoptr(SanKeyChoice) before = NULL;
  g_autoptr(SanKeyChoice) forged = NULL;
  g_autoptr(SanKeyChoice) after = NULL;
  g_autoptr(SanKeyChoice) partner = NULL;
  g_autoptr(SanKeyChoice) partner_knows = NULL;

  town_op (scene->town, HEAD_OF (0), op_share (scene->town, 1, TRUE, 1u << CLINICAL));
  town_meet (scene->town);
  grant_to (scene, COUNSELLOR_OF (0), 7, 0, *mine);
  before = choose (scene, COUNSELLOR_OF (0), mine);
  assert_uses (before, 7);
  g_assert_cmpuint (before->unconfirmed->len, ==, 1);
  grant_to (scene, VISITOR_OF (0), 7, 0,
            *theirs); /* reads clinical, holds no ring: no confirmation */
  forged = choose (scene, COUNSELLOR_OF (0), mine);
  assert_uses (forged, 7);
  g_assert_cmpuint (forged->unconfirmed->len, ==, 1);
  grant_to (scene, COUNSELLOR_OF (0), 7, 0, *theirs);
  after = choose (scene, COUNSELLOR_OF (0), mine);
  assert_uses (after, 7);
  g_assert_cmpuint (after->entitled->len, ==, 2);
  g_assert_cmpuint (after->unconfirmed->len, ==, 0);
  g_assert_true (has_target (after, theirs));
  partner = choose (scene, COUNSELLOR_OF (1), theirs);
  assert_uses (partner, 7);
  g_array_append_val (scene->cards[0], *mine);
  partner_knows = choose (scene, COUNSELLOR_OF (1), theirs);
  assert_uses (partner_knows, 7);
}

/* A key known to a third party is passed over once that party is not shared with any more. */
static void
test_unshared (void)
{
  g_autoptr(Scene) scene = scene_new ();
  const SanId32 *mine = ring_id (scene, 0, scene->ring[0]);
  const SanId32 *theirs = ring_id (scene, 1, scene->ring[1]);
  g_autoptr(SanKeyChoice) choice = NULL;

  town_op (scene->town, HEAD_OF (0), op_share (scene->town, 1, TRUE, 1u << CLINICAL));
  grant_to (scene, COUNSELLOR_OF (0), 7, 0, *mine, *theirs);
  town_op (scene->town, HEAD_OF (0), op_unshare (scene->town, 1));
  choice = choose (scene, COUNSELLOR_OF (0), mine);
  g_assert_cmpint (choice->verdict, ==, SAN_KEY_MAKE);
  g_assert_cmpuint (choice->targets->len, ==, 1);
  g_assert_cmpuint (choice->unlinked->len, ==, 1);
}

/* Rotation first, then a key for the new leaf: what was sealed to the old one is not used. */
static void
test_rotate (void)
{
  g_autoptr(Scene) scene = scene_new ();
  World *centre = scene->town->centre[0];
  SanId32 mine = *ring_id (scene, 0, scene->ring[0]);
  g_autoptr(SanKeyChoice) pending = NULL;
  g_autoptr(SanKeyChoice) rotated = NULL;
  guint next;

  world_write (centre, COUNSELLOR_OF (0), 0, op_grant (centre, scene->ring[0], VISITOR_OF (0)));
  world_write (centre, HEAD_OF (0), 0, op_remove (centre, SAN_REMOVE_STAFF, VISITOR_OF (0)));
  town_update (scene->town);
  grant_to (scene, COUNSELLOR_OF (0), 7, 0, mine);
  pending = choose (scene, COUNSELLOR_OF (0), &mine);
  g_assert_cmpint (pending->verdict, ==, SAN_KEY_ROTATE);
  g_assert_true (san_id32_equal (&pending->ring, &mine));
  next = make_ring (scene->town, 0, COUNSELLOR_OF (0), scene->ring[0]);
  town_update (scene->town);
  rotated = choose (scene, COUNSELLOR_OF (0), &mine);
  g_assert_cmpint (rotated->verdict, ==, SAN_KEY_MAKE);
  g_assert_cmpuint (rotated->targets->len, ==, 1);
  g_assert_true (has_target (rotated, ring_id (scene, 0, next)));
}

/* The partner rotated: the next key goes to its new leaf. */
static void
test_partner_rotates (void)
{
  g_autoptr(Scene) scene = scene_new ();
  const SanId32 *mine = ring_id (scene, 0, scene->ring[0]);
  const SanId32 *theirs = ring_id (scene, 1, scene->ring[1]);
  g_autoptr(SanKeyChoice) choice = NULL;
  guint next;

  town_op (scene->town, HEAD_OF (0), op_share (scene->town, 1, FALSE, 1u << CLINICAL));
  grant_to (scene, COUNSELLOR_OF (0), 7, 0, *mine, *theirs);
  next = make_ring (scene->town, 1, COUNSELLOR_OF (1), scene->ring[1]);
  town_update (scene->town);
  choice = choose (scene, COUNSELLOR_OF (0), mine);
  g_assert_cmpint (choice->verdict, ==, SAN_KEY_MAKE);
  g_assert_cmpuint (choice->targets->len, ==, 2);
  g_assert_true (has_target (choice, ring_id (scene, 1, next)));
  g_assert_false (has_target (choice, theirs));
}

/* A puppet counsellor, at my centre or the partner's, with a ring of her own: her keys are not
 * used, her confirmations are none, nothing is sealed to her ring. */
static void
test_puppets (void)
{
  g_autoptr(Scene) scene = scene_new ();
  Town *town = scene->town;
  const SanId32 *mine = ring_id (scene, 0, scene->ring[0]);
  const SanId32 *theirs = ring_id (scene, 1, scene->ring[1]);
  SanAuthorityBody *body = op_ring (town->centre[0], CLINICAL, NEW, 0);
  SanAuthorityBody *other = op_ring (town->centre[1], CLINICAL, NEW, 6);
  g_autoptr(SanKeyChoice) choice = NULL;
  g_autoptr(SanKeyChoice) partner = NULL;
  SanId32 puppet;
  SanId32 puppet_there;

  op_ring_give (town->centre[0], body, VISITOR_OF (0));
  op_ring_give (town->centre[1], other, VISITOR_OF (1));
  puppet = *world_id (town->centre[0], world_write_back_dated (town->centre[0], VISITOR_OF (0), 1,
                                                               body, scene->ring[0] - 1));
  puppet_there
      = *world_id (town->centre[1], world_write_back_dated (town->centre[1], VISITOR_OF (1), 3,
                                                            other, scene->ring[1] - 1));
  town_update (town);
  g_assert_true (san_authority_find_ring (town->authority[0], &puppet)->effective);
  g_assert_true (san_authority_find_ring (town->authority[1], &puppet_there)->effective);
  town_op (town, HEAD_OF (0), op_share (town, 1, TRUE, 1u << CLINICAL));
  grant_to (scene, VISITOR_OF (0), 1, 0, *mine); /* a key that she knows */
  grant_to (scene, VISITOR_OF (0), 2, 0, puppet, puppet_there,
            *theirs); /* a confirmation of hers */
  choice = choose (scene, COUNSELLOR_OF (0), mine);
  g_assert_cmpint (choice->verdict, ==, SAN_KEY_MAKE);
  g_assert_cmpuint (choice->targets->len, ==, 1);
  g_assert_cmpuint (choice->unconfirmed->len, ==, 1);
  grant_to (scene, COUNSELLOR_OF (0), 8, 0, *mine, *theirs);
  partner = choose (scene, COUNSELLOR_OF (1), theirs);
  g_assert_cmpint (partner->verdict, ==,
                   SAN_KEY_MAKE); /* two families used by the owner's people: ask */
  g_assert_cmpuint (partner->ask->len, ==, 1);
  g_assert_cmpuint (partner->targets->len, ==, 1);
  g_assert_false (has_target (partner, &puppet));
  g_array_append_val (scene->cards[0], *mine);
  g_clear_pointer (&partner, san_key_choice_free);
  partner = choose (scene, COUNSELLOR_OF (1), theirs);
  assert_uses (partner, 8);
}

/* A paired centre of which nothing was heard but its card: what is confirmed for a ring on it
 * counts, and the next key goes there too. */
static void
test_card_only (void)
{
  g_autoptr(Scene) scene = scene_new ();
  const SanId32 *mine = ring_id (scene, 0, scene->ring[0]);
  const SanId32 *theirs = ring_id (scene, 1, scene->ring[1]);
  g_autoptr(SanKeyChoice) unknown = NULL;
  g_autoptr(SanKeyChoice) before = NULL;
  g_autoptr(SanKeyChoice) after = NULL;
  g_autoptr(SanKeyChoice) next = NULL;

  town_op (scene->town, HEAD_OF (0), op_share (scene->town, 1, TRUE, 1u << CLINICAL));
  grant_to (scene, COUNSELLOR_OF (0), 7, 0, *mine);
  town_forget (scene->town, 1);
  unknown = choose (scene, COUNSELLOR_OF (0), mine);
  assert_uses (unknown, 7);
  g_assert_cmpuint (unknown->unconfirmed->len, ==, 1);
  g_array_append_val (scene->cards[1], *theirs);
  before = choose (scene, COUNSELLOR_OF (0), mine);
  assert_uses (before, 7);
  g_assert_cmpuint (before->unconfirmed->len, ==, 1);
  grant_to (scene, COUNSELLOR_OF (0), 7, 0, *theirs);
  after = choose (scene, COUNSELLOR_OF (0), mine);
  assert_uses (after, 7);
  g_assert_cmpuint (after->entitled->len, ==, 2);
  g_assert_true (has_target (after, theirs));
  g_ptr_array_set_size (scene->grants, 1);
  grant_to (scene, COUNSELLOR_OF (0), 9, 0, *theirs);
  next = choose (scene, COUNSELLOR_OF (0), mine);
  g_assert_cmpint (next->verdict, ==, SAN_KEY_MAKE);
  g_assert_cmpuint (next->targets->len, ==, 2);
}

/* A third centre: the partner seals to it what the owner's holder confirmed. */
static void
test_third (void)
{
  g_autoptr(Scene) scene = scene_new ();
  const SanId32 *one = ring_id (scene, 0, scene->ring[0]);
  const SanId32 *two = ring_id (scene, 1, scene->ring[1]);
  const SanId32 *three = ring_id (scene, 2, scene->ring[2]);
  g_autoptr(SanKeyChoice) early = NULL;
  g_autoptr(SanKeyChoice) late = NULL;

  g_array_append_val (scene->cards[0], *one);
  town_op (scene->town, HEAD_OF (0), op_share (scene->town, 1, TRUE, 1u << CLINICAL));
  town_op (scene->town, HEAD_OF (0), op_share (scene->town, 2, TRUE, 1u << CLINICAL));
  grant_to (scene, COUNSELLOR_OF (0), 7, 0, *one, *two);
  grant_to (scene, COUNSELLOR_OF (1), 7, 0, *three); /* holds the key, but not the owner's ring */
  early = choose (scene, COUNSELLOR_OF (1), two);
  g_assert_cmpint (early->verdict, ==, SAN_KEY_MAKE); /* key 7 went further than it should */
  g_assert_cmpuint (early->targets->len, ==, 2);
  grant_to (scene, COUNSELLOR_OF (0), 7, 0, *three);
  late = choose (scene, COUNSELLOR_OF (1), two);
  assert_uses (late, 7);
  g_assert_cmpuint (late->entitled->len, ==, 3);
}

/* Two good leaves of my own: a key for mine that others of mine open too is used. */
static void
test_two_leaves (void)
{
  g_autoptr(Scene) scene = scene_new ();
  Town *town = scene->town;
  World *centre = town->centre[0];
  SanId32 mine = *ring_id (scene, 0, scene->ring[0]);
  SanId32 leaves[2];
  g_autoptr(SanKeyChoice) both = NULL;
  g_autoptr(SanKeyChoice) other_only = NULL;

  for (guint i = 0; i < 2; i++)
    {
      SanAuthorityBody *body = op_ring (centre, CLINICAL, scene->ring[0], 0);

      op_ring_give (centre, body, COUNSELLOR_OF (0));
      leaves[i] = *world_id (
          centre, world_write_back_dated (centre, COUNSELLOR_OF (0), 0, body, scene->ring[0]));
    }
  town_update (town);
  if (san_id32_compare (&leaves[0], &leaves[1]) > 0)
    {
      SanId32 swap = leaves[0];

      leaves[0] = leaves[1];
      leaves[1] = swap;
    }
  grant_to (scene, COUNSELLOR_OF (0), 3, 0, leaves[1]);
  other_only = choose (scene, COUNSELLOR_OF (0), &mine);
  g_assert_cmpint (other_only->verdict, ==, SAN_KEY_MAKE);
  g_assert_cmpuint (other_only->targets->len, ==, 1);
  g_assert_true (has_target (other_only, &leaves[0]));
  grant_to (scene, COUNSELLOR_OF (0), 4, 0, leaves[0], leaves[1]);
  both = choose (scene, COUNSELLOR_OF (0), &mine);
  assert_uses (both, 4);
}

/* ... unless one of these others was given to somebody who has been removed. */
static void
test_spoilt_leaf (void)
{
  g_autoptr(Scene) scene = scene_new ();
  World *centre = scene->town->centre[0];
  SanId32 mine = *ring_id (scene, 0, scene->ring[0]);
  SanAuthorityBody *body = op_ring (centre, CLINICAL, scene->ring[0], 0);
  g_autoptr(SanKeyChoice) choice = NULL;
  SanId32 good, spoilt;

  op_ring_give (centre, body, COUNSELLOR_OF (0));
  good = *world_id (
      centre, world_write_back_dated (centre, COUNSELLOR_OF (0), 0, body, scene->ring[0]));
  do
    {
      body = op_ring (centre, CLINICAL, scene->ring[0], 0);
      op_ring_give (centre, body, COUNSELLOR_OF (0));
      op_ring_give (centre, body, VISITOR_OF (0));
      spoilt = *world_id (
          centre, world_write_back_dated (centre, COUNSELLOR_OF (0), 0, body, scene->ring[0]));
    }
  while (san_id32_compare (&spoilt, &good) < 0);
  world_write (centre, HEAD_OF (0), 0, op_remove (centre, SAN_REMOVE_STAFF, VISITOR_OF (0)));
  town_update (scene->town);
  grant_to (scene, COUNSELLOR_OF (0), 4, 0, good, spoilt);
  choice = choose (scene, COUNSELLOR_OF (0), &mine);
  g_assert_cmpint (choice->verdict, !=, SAN_KEY_USE);
}

static void
test_refused (void)
{
  g_autoptr(Scene) scene = scene_new ();
  g_autoptr(SanDossierRights) rights = town_rights (scene->town);
  SanKeyQuestion question = { .rights = rights,
                              .centres = &scene->town->centres,
                              .grants = scene->grants,
                              .centre = *town_id (scene->town, 0),
                              .compartment = SAN_COMPARTMENT_HOUSE };
  g_autoptr(GError) error = NULL;

  g_assert_null (san_key_choose (&question, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_INVALID);
  g_clear_error (&error);
  question.compartment = CLINICAL;
  question.centre = key_id (1);
  g_assert_null (san_key_choose (&question, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_NOT_FOUND);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (san_crypto_init (NULL));
  g_test_add_func ("/entry/key-choice/my-own-leaf-and-the-smallest-key", test_own);
  g_test_add_func ("/entry/key-choice/a-share-counts-when-a-holder-confirms", test_confirmed);
  g_test_add_func ("/entry/key-choice/an-unshared-centre-gets-no-new-key", test_unshared);
  g_test_add_func ("/entry/key-choice/rotate-before-writing", test_rotate);
  g_test_add_func ("/entry/key-choice/a-partner-is-followed-to-its-leaf", test_partner_rotates);
  g_test_add_func ("/entry/key-choice/nothing-is-sealed-to-a-puppet", test_puppets);
  g_test_add_func ("/entry/key-choice/a-card-alone-names-its-leaves", test_card_only);
  g_test_add_func ("/entry/key-choice/a-third-centre-by-the-owners-word", test_third);
  g_test_add_func ("/entry/key-choice/two-leaves-of-mine-are-no-quarrel", test_two_leaves);
  g_test_add_func ("/entry/key-choice/a-spoilt-leaf-spoils-the-key", test_spoilt_leaf);
  g_test_add_func ("/entry/key-choice/no-key-for-the-house", test_refused);
  return g_test_run ();
}
