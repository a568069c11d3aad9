/* test-rings.c - rings of a centre: who holds them, which one to write under
 *
 * Seat 0 and 1 superintendents, 2 and 3 counsellors, 4 a nurse, 5 a house mother, 6 an impostor
 * with a counsellor's role; laptops 0 and 1. */
#include "authority-world.h"
#include "slow-authority.h"

#define ORDERS 20u
#define CLINICAL SAN_COMPARTMENT_CLINICAL
#define HEAD 0u
#define SECOND 1u
#define ASHA 2u
#define BINA 3u
#define NURSE 4u
#define MOTHER 5u
#define PUPPET 6u
#define NEW WORLD_LIMIT

static World *
house (void)
{
  static const char *const roles[]
      = { NULL, "superintendent", "counsellor", "counsellor", "nurse", "house", "counsellor" };
  static const guint devices[] = { 0, 1, 0, 1, 0, 1, 1 };
  World *world = world_new (99);

  world_write (world, HEAD, 0, op_device (world, 1));
  for (guint s = 1; s < G_N_ELEMENTS (roles); s++)
    world_write (world, HEAD, 0, op_seat (world, s, s, devices[s], roles[s]));
  world_sync_all (world);
  return world;
}

static guint
make_ring (World *world, guint author, guint device, guint compartment, guint previous,
           const guint *to, guint n)
{
  SanAuthorityBody *body = op_ring (world, compartment, previous, 0);

  for (guint i = 0; i < n; i++)
    op_ring_give (world, body, to[i]);
  return world_write (world, author, device, body);
}

#define ring_for(world, author, device, compartment, previous, ...)                                \
  make_ring (world, author, device, compartment, previous, (const guint[]){ __VA_ARGS__ },         \
             sizeof ((const guint[]){ __VA_ARGS__ }) / sizeof (guint))

static SanAuthority *
evaluate (World *world)
{
  return slow_evaluate (world->dice, world->entries, ORDERS);
}

static const SanRing *
ring_of (const World *world, const SanAuthority *authority, guint ring)
{
  const SanRing *found = san_authority_find_ring (authority, world_id (world, ring));

  g_assert_nonnull (found);
  return found;
}

static gboolean
holds (const World *world, const SanAuthority *authority, guint seat, guint ring)
{
  return san_authority_holds_ring (authority, world_pk (seat), world_id (world, ring));
}

static SanRingVerdict
choose (const World *world, const SanAuthority *authority, guint seat, guint mine, SanId32 *ring,
        GArray **others)
{
  g_autoptr(GArray) held = san_authority_list_held_rings (authority, world_pk (seat), CLINICAL);

  return san_authority_choose_ring (authority, world_id (world, mine),
                                    (const SanId32 *)(gpointer)held->data, held->len, ring, others);
}

static void
test_first (void)
{
  g_autoptr(World) world = house ();
  guint by_head = ring_for (world, HEAD, 0, CLINICAL, NEW, HEAD);
  guint by_nurse = ring_for (world, NURSE, 0, CLINICAL, NEW, NURSE);
  guint first = ring_for (world, ASHA, 0, CLINICAL, NEW, ASHA);
  guint again;
  guint medical;
  SanId32 mine;

  world_sync_all (world);
  again = ring_for (world, BINA, 1, CLINICAL, NEW, BINA);
  medical = ring_for (world, HEAD, 0, SAN_COMPARTMENT_MEDICAL, NEW, HEAD, NURSE);
  {
    g_autoptr(SanAuthority) authority = evaluate (world);

    g_assert_false (ring_of (world, authority, by_head)->effective);
    g_assert_false (ring_of (world, authority, by_nurse)->effective);
    g_assert_true (ring_of (world, authority, first)->effective);
    g_assert_true (ring_of (world, authority, first)->leaf);
    g_assert_false (ring_of (world, authority, again)->effective);
    g_assert_true (ring_of (world, authority, medical)->effective);
    g_assert_true (holds (world, authority, ASHA, first));
    g_assert_true (holds (world, authority, RECOVERY, first));
    g_assert_false (holds (world, authority, HEAD, first));
    g_assert_cmpuint (ring_of (world, authority, first)->n_holds, ==, 2);
    g_assert_true (san_authority_find_my_ring (authority, world_pk (ASHA), CLINICAL, &mine));
    g_assert_true (san_id32_equal (&mine, world_id (world, first)));
    g_assert_false (san_authority_find_my_ring (authority, world_pk (BINA), CLINICAL, &mine));
    g_assert_cmpint (choose (world, authority, ASHA, first, &mine, NULL), ==, SAN_RING_USE);
    g_assert_cmpint (choose (world, authority, BINA, first, &mine, NULL), ==, SAN_RING_NONE);
  }
}

/* A ring that leaves out the recovery key does not count. */
static void
test_recovery_first (void)
{
  g_autoptr(World) world = house ();
  SanAuthorityBody *body = op_ring (world, CLINICAL, NEW, 1);
  guint ring;
  guint replaced;
  guint after;

  op_ring_give (world, body, ASHA);
  ring = world_write (world, ASHA, 0, body);
  replaced = world_write (world, RECOVERY, 0, op_recovery (world, RECOVERY, 1));
  body = op_ring (world, CLINICAL, NEW, 1);
  after = world_write (world, ASHA, 0, body);
  {
    g_autoptr(SanAuthority) authority = evaluate (world);

    g_assert_false (ring_of (world, authority, ring)->effective);
    g_assert_true (san_authority_is_effective (authority, world_id (world, replaced)));
    g_assert_true (ring_of (world, authority, after)->effective);
  }
}

static void
test_grants (void)
{
  g_autoptr(World) world = house ();
  guint ring = ring_for (world, ASHA, 0, CLINICAL, NEW, ASHA);
  guint to_nurse = world_write (world, ASHA, 0, op_grant (world, ring, NURSE));
  guint slip = world_write (world, HEAD, 0, op_seat (world, 20, 20, 0, "slip.counsellor"));
  guint to_slip = world_write (world, ASHA, 0, op_grant (world, ring, 20));
  guint by_head = world_write (world, HEAD, 0, op_grant (world, ring, BINA));
  guint to_bina = world_write (world, ASHA, 0, op_grant (world, ring, BINA));
  guint on;

  world_sync_all (world);
  on = world_write (world, BINA, 1, op_grant (world, ring, PUPPET));
  {
    g_autoptr(SanAuthority) authority = evaluate (world);
    g_autoptr(GArray) holders = san_authority_list_holders (authority, world_id (world, ring));

    g_assert_true (san_authority_is_effective (authority, world_id (world, slip)));
    g_assert_false (san_authority_is_effective (authority, world_id (world, to_nurse)));
    g_assert_false (san_authority_is_effective (authority, world_id (world, to_slip)));
    g_assert_false (san_authority_is_effective (authority, world_id (world, by_head)));
    g_assert_true (san_authority_is_effective (authority, world_id (world, to_bina)));
    g_assert_true (san_authority_is_effective (authority, world_id (world, on)));
    g_assert_cmpuint (holders->len, ==, 4);
    g_assert_true (ring_of (world, authority, ring)->pending); /* the nurse may have opened it */
  }
}

/* A slip passes on what it holds to the seat that it signed, and is then no heir. */
static void
test_slip (void)
{
  g_autoptr(World) world = house ();
  guint ring = ring_for (world, HEAD, 0, SAN_COMPARTMENT_MEDICAL, NEW, HEAD, NURSE);
  guint hers;

  world_write (world, HEAD, 0, op_seat (world, 20, 20, 0, "slip.nurse"));
  world_write (world, HEAD, 0, op_grant (world, ring, 20));
  world_write (world, 20, 0, op_seat (world, 21, 20, 0, "nurse"));
  hers = world_write (world, 20, 0, op_grant (world, ring, 21));
  {
    g_autoptr(SanAuthority) authority = evaluate (world);
    g_autoptr(GArray) heirs = san_authority_list_heirs (authority, world_id (world, ring));

    g_assert_true (san_authority_is_effective (authority, world_id (world, hers)));
    g_assert_cmpuint (heirs->len, ==, 3);
    for (guint i = 0; i < heirs->len; i++)
      g_assert_false (san_id32_equal (&g_array_index (heirs, SanId32, i), world_pk (20)));
  }
}

/* A puppet counsellor names the true ring as hers, copies a box key, or grants a ring with a
 * smaller id: she is never a holder, and her ring never takes the place of mine. */
static void
test_puppet (void)
{
  g_autoptr(World) world = house ();
  guint before = world->entries->len - 1;
  guint true_ring = ring_for (world, ASHA, 0, CLINICAL, NEW, ASHA);
  guint names;
  guint own;
  guint given;
  guint handed;
  guint stolen;
  SanId32 chosen;

  world_sync_all (world);
  names = ring_for (world, PUPPET, 1, CLINICAL, true_ring, PUPPET, ASHA);
  {
    SanAuthorityBody *body = op_ring (world, CLINICAL, NEW, 0);

    op_ring_give (world, body, PUPPET);
    own = world_write_back_dated (world, PUPPET, 1, body, before);
  }
  world_sync_all (world);
  given = world_write (world, PUPPET, 1, op_grant (world, own, ASHA));
  handed = world_write (world, PUPPET, 1, op_hand (world, own, true_ring));
  stolen = world_write (world, PUPPET, 1, op_hand (world, true_ring, own));
  {
    g_autoptr(SanAuthority) authority = evaluate (world);
    g_autoptr(GArray) leaves
        = san_authority_list_leaves (authority, world_id (world, true_ring), 1);

    g_assert_false (ring_of (world, authority, names)->effective);
    g_assert_true (ring_of (world, authority, own)->effective);
    g_assert_true (san_authority_is_effective (authority, world_id (world, given)));
    g_assert_true (san_authority_is_effective (authority, world_id (world, handed)));
    g_assert_false (san_authority_is_effective (authority, world_id (world, stolen)));
    g_assert_false (holds (world, authority, PUPPET, true_ring));
    g_assert_true (holds (world, authority, ASHA, own));
    g_assert_cmpuint (leaves->len, ==, 1);
    g_assert_true (
        san_id32_equal (&g_array_index (leaves, SanId32, 0), world_id (world, true_ring)));
    g_assert_cmpint (choose (world, authority, ASHA, true_ring, &chosen, NULL), ==, SAN_RING_USE);
    g_assert_true (san_id32_equal (&chosen, world_id (world, true_ring)));
    g_assert_false (san_authority_ring_is_family (authority, world_id (world, own),
                                                  world_id (world, true_ring)));
    g_assert_true (san_authority_ring_is_family (authority, world_id (world, true_ring),
                                                 world_id (world, own)));
  }
}

/* Removal orders rotation; the next holder makes it; links go on. */
static void
test_rotation (void)
{
  g_autoptr(World) world = house ();
  guint ring = ring_for (world, ASHA, 0, CLINICAL, NEW, ASHA, BINA);
  guint next;
  SanId32 chosen;

  world_write (world, HEAD, 0, op_remove (world, SAN_REMOVE_STAFF, BINA));
  {
    g_autoptr(SanAuthority) authority = evaluate (world);
    g_autoptr(GArray) pending = san_authority_list_pending (authority, CLINICAL);
    g_autoptr(GArray) heirs = san_authority_list_heirs (authority, world_id (world, ring));

    g_assert_true (ring_of (world, authority, ring)->pending);
    g_assert_cmpuint (pending->len, ==, 1);
    g_assert_cmpuint (san_authority_get_pending_mask (authority), ==, 1u << CLINICAL);
    g_assert_cmpint (choose (world, authority, ASHA, ring, &chosen, NULL), ==, SAN_RING_ROTATE);
    g_assert_true (san_id32_equal (&chosen, world_id (world, ring)));
    g_assert_cmpuint (heirs->len, ==, 1);
    g_assert_true (san_id32_equal (&g_array_index (heirs, SanId32, 0), world_pk (ASHA)));
  }
  next = ring_for (world, ASHA, 0, CLINICAL, ring, ASHA);
  {
    g_autoptr(SanAuthority) authority = evaluate (world);

    g_assert_cmpuint (san_authority_get_pending_mask (authority), ==, 0);
    g_assert_false (ring_of (world, authority, ring)->leaf);
    g_assert_cmpint (choose (world, authority, ASHA, ring, &chosen, NULL), ==, SAN_RING_USE);
    g_assert_true (san_id32_equal (&chosen, world_id (world, next)));
    g_assert_true (
        san_authority_ring_descends (authority, world_id (world, next), world_id (world, ring)));
    g_assert_false (
        san_authority_ring_descends (authority, world_id (world, ring), world_id (world, next)));
    g_assert_false (holds (world, authority, BINA, next));
  }
}

/* Who is only suspended keeps her rings: no ring rotates by a living cycle. */
static void
test_suspended (void)
{
  g_autoptr(World) world = house ();

  ring_for (world, HEAD, 0, SAN_COMPARTMENT_CASE, NEW, HEAD, SECOND);
  world_sync_all (world);
  world_write (world, HEAD, 0, op_remove (world, SAN_REMOVE_STAFF, SECOND));
  world_write (world, SECOND, 1, op_remove (world, SAN_REMOVE_STAFF, HEAD));
  {
    g_autoptr(SanAuthority) authority = evaluate (world);

    g_assert_cmpuint (san_authority_count_superintendents (authority), ==, 0);
    g_assert_cmpuint (san_authority_get_pending_mask (authority), ==, 0);
  }
}

/* Two rotations at once, without P and without Q: neither is used; the next makes a third. */
static void
test_two_rotations (void)
{
  g_autoptr(World) world = house ();
  guint ring = ring_for (world, ASHA, 0, CLINICAL, NEW, ASHA, BINA, PUPPET, 20);
  guint without_p;
  guint without_q;
  guint third;
  guint smaller;
  SanId32 chosen;

  world_write (world, HEAD, 0, op_seat (world, 20, 20, 0, "counsellor"));
  world_write (world, ASHA, 0, op_grant (world, ring, 20));
  world_sync_all (world);
  world_write (world, HEAD, 0, op_remove (world, SAN_REMOVE_STAFF, PUPPET));
  without_p = ring_for (world, ASHA, 0, CLINICAL, ring, ASHA, BINA, 20);
  world_write (world, SECOND, 1, op_remove (world, SAN_REMOVE_STAFF, 20));
  without_q = ring_for (world, BINA, 1, CLINICAL, ring, ASHA, BINA, PUPPET);
  world_sync_all (world);
  smaller = san_id32_compare (world_id (world, without_p), world_id (world, without_q)) < 0
                ? without_p
                : without_q;
  {
    g_autoptr(SanAuthority) authority = evaluate (world);
    g_autoptr(GArray) others = NULL;

    g_assert_true (ring_of (world, authority, without_p)->pending);
    g_assert_true (ring_of (world, authority, without_q)->pending);
    g_assert_cmpint (choose (world, authority, ASHA, ring, &chosen, &others), ==, SAN_RING_ROTATE);
    g_assert_true (san_id32_equal (&chosen, world_id (world, smaller)));
    g_assert_cmpuint (others->len, ==, 1);
  }
  third = ring_for (world, ASHA, 0, CLINICAL, smaller, ASHA, BINA);
  world_write (world, ASHA, 0,
               op_hand (world, smaller == without_p ? without_q : without_p, third));
  {
    g_autoptr(SanAuthority) authority = evaluate (world);
    g_autoptr(GArray) leaves = san_authority_list_leaves (authority, world_id (world, ring), 1);

    g_assert_cmpuint (leaves->len, ==, 1);
    g_assert_true (san_id32_equal (&g_array_index (leaves, SanId32, 0), world_id (world, third)));
    g_assert_cmpuint (san_authority_get_pending_mask (authority), ==, 0);
    g_assert_false (holds (world, authority, PUPPET, third));
    g_assert_false (holds (world, authority, 20, third));
    g_assert_true (holds (world, authority, BINA, without_p));
    g_assert_cmpint (choose (world, authority, BINA, ring, &chosen, NULL), ==, SAN_RING_USE);
  }
}

/* The counsellor gave her ring, face to face, to a seat whose appointment turns out to lie
 * outside a cut: that seat holds nothing, but it has the ring: rotate. */
static void
test_leaked (void)
{
  g_autoptr(World) world = house ();
  guint ring = ring_for (world, ASHA, 0, CLINICAL, NEW, ASHA);
  guint given;

  world_sync_all (world);
  world_write (world, SECOND, 1, op_seat (world, 20, 20, 1, "counsellor"));
  world_write (world, HEAD, 0, op_remove (world, SAN_REMOVE_STAFF, SECOND));
  {
    SanAuthorityBody *body = op_grant (world, ring, 20);

    for (guint i = 0; i < world->entries->len; i++) /* Asha's laptop had not heard of the removal */
      world->known[2][i] = world->known[1][i];
    given = world_write (world, ASHA, 2, body);
  }
  {
    g_autoptr(SanAuthority) authority = evaluate (world);

    g_assert_false (san_authority_is_effective (authority, world_id (world, given)));
    g_assert_false (holds (world, authority, 20, ring));
    g_assert_true (ring_of (world, authority, ring)->pending);
  }
}

/* No holder left: the code grants, and its grant makes a holder who may rotate. */
static void
test_code_grants (void)
{
  g_autoptr(World) world = house ();
  guint ring = ring_for (world, ASHA, 0, CLINICAL, NEW, ASHA);
  guint next;

  world_write (world, HEAD, 0, op_remove (world, SAN_REMOVE_STAFF, ASHA));
  world_sync_all (world);
  world_write (world, RECOVERY, 1, op_grant (world, ring, BINA));
  next = ring_for (world, BINA, 1, CLINICAL, ring, BINA);
  {
    g_autoptr(SanAuthority) authority = evaluate (world);

    g_assert_true (holds (world, authority, BINA, ring));
    g_assert_true (ring_of (world, authority, next)->effective);
    g_assert_false (ring_of (world, authority, next)->pending);
  }
}

/* A superintendent rotates the house ring in the press that removes, holder or not. */
static void
test_house_ring (void)
{
  g_autoptr(World) world = house ();
  guint ring = ring_for (world, HEAD, 0, SAN_COMPARTMENT_HOUSE, NEW, HEAD, MOTHER);
  guint by_mother;
  guint next;
  guint across;

  world_sync_all (world);
  by_mother = ring_for (world, MOTHER, 1, SAN_COMPARTMENT_HOUSE, ring, MOTHER);
  next = ring_for (world, SECOND, 1, SAN_COMPARTMENT_HOUSE, ring, SECOND, HEAD);
  across = ring_for (world, SECOND, 1, SAN_COMPARTMENT_MEDICAL, ring, SECOND);
  {
    g_autoptr(SanAuthority) authority = evaluate (world);

    g_assert_false (ring_of (world, authority, by_mother)->effective);
    g_assert_true (ring_of (world, authority, next)->effective);
    g_assert_false (ring_of (world, authority, across)->effective);
  }
}

/* Handed in a circle there is no leaf; left out of a rotation I hold none: rotate the newest. */
static void
test_no_leaf (void)
{
  g_autoptr(World) world = house ();
  guint ring = ring_for (world, ASHA, 0, CLINICAL, NEW, ASHA, BINA);
  guint left;
  guint right;
  guint without_me;
  SanId32 chosen;

  world_sync_all (world);
  left = ring_for (world, ASHA, 0, CLINICAL, ring, ASHA, BINA);
  right = ring_for (world, BINA, 1, CLINICAL, ring, ASHA, BINA);
  world_sync_all (world);
  {
    g_autoptr(SanAuthority) authority = evaluate (world);
    SanId32 smaller = *world_id (
        world,
        san_id32_compare (world_id (world, left), world_id (world, right)) < 0 ? left : right);

    g_assert_cmpint (choose (world, authority, ASHA, ring, &chosen, NULL), ==, SAN_RING_USE);
    g_assert_true (san_id32_equal (&chosen, &smaller));
  }
  world_write (world, ASHA, 0, op_hand (world, left, right));
  world_write (world, BINA, 1, op_hand (world, right, left));
  world_sync_all (world);
  {
    g_autoptr(SanAuthority) authority = evaluate (world);
    g_autoptr(GArray) leaves = san_authority_list_leaves (authority, world_id (world, ring), 1);

    g_assert_cmpuint (leaves->len, ==, 0);
    g_assert_cmpint (choose (world, authority, ASHA, ring, &chosen, NULL), ==, SAN_RING_ROTATE);
    g_assert_true (holds (world, authority, ASHA, left));
  }
  without_me = ring_for (world, BINA, 1, CLINICAL, left, BINA);
  {
    g_autoptr(SanAuthority) authority = evaluate (world);

    g_assert_true (ring_of (world, authority, without_me)->leaf);
    g_assert_cmpint (choose (world, authority, ASHA, ring, &chosen, NULL), ==, SAN_RING_ROTATE);
    g_assert_false (san_id32_equal (&chosen, world_id (world, without_me)));
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (san_crypto_init (NULL));
  g_test_add_func ("/entry/rings/the-first-is-made-by-who-reads", test_first);
  g_test_add_func ("/entry/rings/the-recovery-key-comes-first", test_recovery_first);
  g_test_add_func ("/entry/rings/holders-grant-to-readers", test_grants);
  g_test_add_func ("/entry/rings/a-slip-passes-on-what-it-holds", test_slip);
  g_test_add_func ("/entry/rings/a-puppet-is-never-a-holder", test_puppet);
  g_test_add_func ("/entry/rings/a-removal-orders-rotation", test_rotation);
  g_test_add_func ("/entry/rings/a-cycle-rotates-nothing", test_suspended);
  g_test_add_func ("/entry/rings/two-rotations-at-once-make-a-third", test_two_rotations);
  g_test_add_func ("/entry/rings/given-to-nobody-is-leaked", test_leaked);
  g_test_add_func ("/entry/rings/the-code-grants-when-no-holder-is-left", test_code_grants);
  g_test_add_func ("/entry/rings/the-house-ring-is-the-superintendents", test_house_ring);
  g_test_add_func ("/entry/rings/without-a-leaf-the-newest-is-followed", test_no_leaf);
  return g_test_run ();
}
