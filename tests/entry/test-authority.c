/* test-authority.c - scenes from a centre: who is what after each, the same in every order
 *
 * Staff 0 to 3 are superintendents (seats 0 to 3, laptops 0 to 3), staff 4 is the counsellor (seat
 * 4, laptop 0), staff 5 the house mother (seat 5, laptop 1), unless a scene says otherwise. Every
 * scene is also compared with the slow evaluation. */
#include "authority-world.h"
#include "slow-authority.h"

#define ORDERS 40u
#define HEAD 0u
#define SECOND 1u
#define THIRD 2u
#define COUNSELLOR 4u
#define HOUSE_MOTHER 5u
#define PUPPET 10u
#define CODE RECOVERY

/* Everybody appointed, every laptop knows. */
static World *
peace (void)
{
  static const char *const roles[]
      = { NULL, "superintendent", "superintendent", "superintendent", "counsellor", "house" };
  static const guint devices[] = { 0, 1, 2, 3, 0, 1 };
  World *world = world_new (4711);

  for (guint d = 1; d < 4; d++)
    world_write (world, HEAD, 0, op_device (world, d));
  for (guint s = 1; s < G_N_ELEMENTS (roles); s++)
    world_write (world, HEAD, 0, op_seat (world, s, s, devices[s], roles[s]));
  world_sync_all (world);
  return world;
}

static SanAuthority *
evaluate (World *world)
{
  return slow_evaluate (world->dice, world->entries, ORDERS);
}

static SanHeldReason
reason_of (const World *world, const SanAuthority *authority, guint entry)
{
  SanHeldReason reason = SAN_HELD_NOT;

  g_assert_true (san_authority_find_entry (authority, world_id (world, entry), &reason));
  return reason;
}

#define assert_reason(world, authority, entry, wanted)                                             \
  g_assert_cmpstr (san_held_reason_get_name (reason_of (world, authority, entry)), ==,             \
                   san_held_reason_get_name (wanted))

static const SanSeat *
seat_of (const SanAuthority *authority, guint seat)
{
  return san_authority_find_seat (authority, world_pk (seat));
}

static void
test_peace (void)
{
  g_autoptr(World) world = peace ();
  g_autoptr(SanAuthority) authority = evaluate (world);
  SanId32 heads[SAN_HEADS_LIMIT];
  const SanDevice *device;
  SanId16 id = world_device (2);

  g_assert_cmpuint (san_authority_get_n_seats (authority), ==, 6);
  g_assert_cmpuint (san_authority_count_superintendents (authority), ==, 4);
  g_assert_cmpuint (san_authority_get_n_devices (authority), ==, 4);
  g_assert_cmpuint (san_authority_get_heads (authority, heads), ==, 1);
  g_assert_true (san_id32_equal (&heads[0], world_id (world, world->entries->len - 1)));
  g_assert_true (san_id32_equal (san_authority_get_centre (authority), world_id (world, 0)));
  g_assert_cmpint (san_authority_get_type (authority), ==, SAN_FOUNDING_CENTRE);
  device = san_authority_find_device (authority, &id);
  g_assert_nonnull (device);
  g_assert_true (san_id32_equal (&device->sign_pk, san_sign_key_get_public (world_device_key (2))));
  g_assert_false (device->removed);
  g_assert_cmpstr (seat_of (authority, COUNSELLOR)->role, ==, "counsellor");
}

/* Two superintendents remove each other offline; one also appoints a puppet. */
static void
test_mutual (void)
{
  g_autoptr(World) world = peace ();
  guint by_head = world_write (world, HEAD, 0, op_remove (world, SAN_REMOVE_STAFF, SECOND));
  guint by_second = world_write (world, SECOND, 1, op_remove (world, SAN_REMOVE_STAFF, HEAD));
  guint puppet = world_write (world, SECOND, 1, op_seat (world, PUPPET, 9, 1, "superintendent"));
  guint by_puppet
      = world_write (world, PUPPET, 1, op_seat (world, PUPPET + 1, 8, 1, "superintendent"));
  guint party_voids;
  guint third_voids;

  {
    g_autoptr(SanAuthority) authority = evaluate (world);

    assert_reason (world, authority, by_head, SAN_HELD_CYCLE);
    assert_reason (world, authority, by_second, SAN_HELD_CYCLE);
    assert_reason (world, authority, puppet, SAN_HELD_SUSPENDED);
    assert_reason (world, authority, by_puppet, SAN_HELD_NOT_APPOINTED);
    g_assert_true (seat_of (authority, HEAD)->suspended);
    g_assert_true (seat_of (authority, SECOND)->suspended);
    g_assert_false (seat_of (authority, HEAD)->removed);
    g_assert_false (seat_of (authority, HEAD)->superintendent);
    g_assert_null (seat_of (authority, PUPPET));
    g_assert_cmpuint (san_authority_count_superintendents (authority), ==, 2);
  }
  world_sync_all (world);
  party_voids = world_write (world, HEAD, 0, op_void (world, by_second));
  {
    g_autoptr(SanAuthority) authority = evaluate (world);

    assert_reason (world, authority, party_voids, SAN_HELD_SUSPENDED);
    assert_reason (world, authority, by_second, SAN_HELD_CYCLE);
  }
  third_voids = world_write (world, THIRD, 2, op_void (world, by_second));
  {
    g_autoptr(SanAuthority) authority = evaluate (world);

    assert_reason (world, authority, third_voids, SAN_HELD_NOT);
    assert_reason (world, authority, by_second, SAN_HELD_VOIDED);
    assert_reason (world, authority, by_head, SAN_HELD_NOT);
    g_assert_true (seat_of (authority, HEAD)->superintendent);
    g_assert_true (seat_of (authority, SECOND)->removed);
    g_assert_null (seat_of (authority, PUPPET));
  }
}

/* The same with nobody else in office: the code decides. */
static void
test_mutual_code (void)
{
  g_autoptr(World) world = world_new (1);
  guint by_head;
  guint by_second;
  guint decided;

  world_write (world, HEAD, 0, op_device (world, 1));
  world_write (world, HEAD, 0, op_seat (world, SECOND, SECOND, 1, "superintendent"));
  world_sync_all (world);
  by_head = world_write (world, HEAD, 0, op_remove (world, SAN_REMOVE_SEAT, SECOND));
  by_second = world_write (world, SECOND, 1, op_remove (world, SAN_REMOVE_DEVICE, 0));
  world_sync_all (world);
  {
    g_autoptr(SanAuthority) authority = evaluate (world);

    g_assert_cmpuint (san_authority_count_superintendents (authority), ==, 0);
  }
  decided = world_write (world, CODE, 1, op_void (world, by_head));
  {
    g_autoptr(SanAuthority) authority = evaluate (world);

    assert_reason (world, authority, decided, SAN_HELD_NOT);
    assert_reason (world, authority, by_head, SAN_HELD_VOIDED);
    assert_reason (world, authority, by_second, SAN_HELD_NOT);
    g_assert_true (seat_of (authority, HEAD)->removed);
    g_assert_true (seat_of (authority, SECOND)->superintendent);
  }
}

/* Three in a circle, each removing the next. */
static void
test_cycle_of_three (void)
{
  g_autoptr(World) world = peace ();
  guint removals[3];

  for (guint i = 0; i < 3; i++)
    removals[i] = world_write (world, i, i, op_remove (world, SAN_REMOVE_STAFF, (i + 1) % 3));
  {
    g_autoptr(SanAuthority) authority = evaluate (world);

    for (guint i = 0; i < 3; i++)
      {
        assert_reason (world, authority, removals[i], SAN_HELD_CYCLE);
        g_assert_true (seat_of (authority, i)->suspended);
      }
    g_assert_cmpuint (san_authority_count_superintendents (authority), ==, 1);
  }
  world_sync_all (world);
  world_write (world, 3, 3, op_void (world, removals[2]));
  {
    g_autoptr(SanAuthority) authority = evaluate (world);

    assert_reason (world, authority, removals[0], SAN_HELD_NOT);
    assert_reason (world, authority, removals[1], SAN_HELD_DEAD);
    g_assert_true (seat_of (authority, 0)->superintendent);
    g_assert_true (seat_of (authority, 1)->removed);
    g_assert_true (seat_of (authority, 2)->superintendent);
  }
}

/* Who heard of her removal and strikes back is outside: one removal stays. */
static void
test_causal (void)
{
  g_autoptr(World) world = peace ();
  guint by_head = world_write (world, HEAD, 0, op_remove (world, SAN_REMOVE_STAFF, SECOND));
  guint back;

  world_sync_all (world);
  back = world_write (world, SECOND, 1, op_remove (world, SAN_REMOVE_STAFF, HEAD));
  {
    g_autoptr(SanAuthority) authority = evaluate (world);

    assert_reason (world, authority, by_head, SAN_HELD_NOT);
    assert_reason (world, authority, back, SAN_HELD_DEAD);
    g_assert_true (seat_of (authority, HEAD)->superintendent);
  }
}

/* A dismissed head pretends not to have heard: what she does so is outside the cut, and a puppet
 * has no power. At worst, by her own hand or the puppet's, both are suspended. */
static void
test_hidden_past (void)
{
  g_autoptr(World) world = peace ();
  guint before = world->entries->len - 1;
  guint removal = world_write (world, HEAD, 0, op_remove (world, SAN_REMOVE_STAFF, SECOND));
  guint appointed;
  guint by_puppet;
  guint back;

  world_sync_all (world);
  appointed = world_write_back_dated (world, SECOND, 1,
                                      op_seat (world, PUPPET, 9, 1, "superintendent"), before);
  {
    g_autoptr(SanAuthority) authority = evaluate (world);

    assert_reason (world, authority, removal, SAN_HELD_NOT);
    assert_reason (world, authority, appointed, SAN_HELD_REMOVED);
  }
  by_puppet = world_write_back_dated (world, PUPPET, 1, op_remove (world, SAN_REMOVE_STAFF, HEAD),
                                      appointed);
  back = world_write_back_dated (world, SECOND, 1, op_remove (world, SAN_REMOVE_STAFF, HEAD),
                                 before);
  {
    g_autoptr(SanAuthority) authority = evaluate (world);

    assert_reason (world, authority, removal, SAN_HELD_CYCLE);
    assert_reason (world, authority, by_puppet, SAN_HELD_CYCLE);
    assert_reason (world, authority, back, SAN_HELD_CYCLE);
    assert_reason (world, authority, appointed, SAN_HELD_SUSPENDED);
    g_assert_null (seat_of (authority, PUPPET));
    g_assert_true (seat_of (authority, HEAD)->suspended);
    g_assert_false (seat_of (authority, HEAD)->removed);
  }
}

/* What the remover had by then stays for ever, by her past or by her rows. */
static void
test_cut (void)
{
  g_autoptr(World) world = peace ();
  guint early = world_write (world, SECOND, 1, op_seat (world, 20, 20, 1, "nurse"));
  guint middle = world_write (world, SECOND, 1, op_seat (world, 21, 21, 1, "nurse"));
  guint late = world_write (world, SECOND, 1, op_seat (world, 22, 22, 1, "nurse"));
  SanAuthorityBody *body = op_remove (world, SAN_REMOVE_STAFF, SECOND);
  guint removal;

  op_add_row (world, body, middle);
  removal = world_write (world, HEAD, 0, body);
  {
    g_autoptr(SanAuthority) authority = evaluate (world);

    assert_reason (world, authority, removal, SAN_HELD_NOT);
    assert_reason (world, authority, early, SAN_HELD_NOT);
    assert_reason (world, authority, middle, SAN_HELD_NOT);
    assert_reason (world, authority, late, SAN_HELD_REMOVED);
    g_assert_nonnull (seat_of (authority, 21));
    g_assert_null (seat_of (authority, 22));
    g_assert_cmpuint (seat_of (authority, SECOND)->n_removals, ==, 1);
    g_assert_cmpuint (seat_of (authority, SECOND)->removals[0]->cuts[0].n_rows, ==, 1);
  }
}

/* A row whose head is not here covers nothing, not even what is. */
static void
test_cut_without_head (void)
{
  g_autoptr(World) world = peace ();
  guint early = world_write (world, SECOND, 1, op_seat (world, 20, 20, 1, "nurse"));
  guint head = world_write (world, SECOND, 1, op_seat (world, 21, 21, 1, "nurse"));
  SanAuthorityBody *body = op_remove (world, SAN_REMOVE_STAFF, SECOND);
  g_autoptr(GPtrArray) here = g_ptr_array_new ();

  op_add_row (world, body, head);
  world_write (world, HEAD, 0, body);
  for (guint i = 0; i < world->entries->len; i++)
    if (i != head)
      g_ptr_array_add (here, g_ptr_array_index (world->entries, i));
  {
    g_autoptr(SanAuthority) authority = slow_evaluate (world->dice, here, ORDERS);

    assert_reason (world, authority, early, SAN_HELD_REMOVED);
  }
}

/* Late authority is accepted by an op 10 and a longer op 3 in one press. */
static void
test_longer_cut (void)
{
  g_autoptr(World) world = peace ();
  guint late = world_write (world, SECOND, 1, op_seat (world, 20, 20, 1, "nurse"));
  guint removal = world_write (world, HEAD, 0, op_remove (world, SAN_REMOVE_STAFF, SECOND));
  guint longer;

  world_sync_all (world);
  {
    g_autoptr(SanAuthority) authority = evaluate (world);

    assert_reason (world, authority, late, SAN_HELD_REMOVED);
  }
  world_write (world, HEAD, 0, op_void (world, removal));
  longer = world_write (world, HEAD, 0, op_remove (world, SAN_REMOVE_STAFF, SECOND));
  {
    g_autoptr(SanAuthority) authority = evaluate (world);

    assert_reason (world, authority, removal, SAN_HELD_VOIDED);
    assert_reason (world, authority, longer, SAN_HELD_NOT);
    assert_reason (world, authority, late, SAN_HELD_NOT);
    g_assert_true (seat_of (authority, SECOND)->removed);
  }
}

/* Self-removal kills nothing; who comes back with a new seat is free of the old removal. */
static void
test_comes_back (void)
{
  g_autoptr(World) world = peace ();
  guint goes = world_write (world, SECOND, 1, op_remove (world, SAN_REMOVE_STAFF, SECOND));
  guint still;
  guint acts;

  world_sync_all (world);
  world_write (world, HEAD, 0, op_seat (world, 20, SECOND, 1, "superintendent"));
  world_sync_all (world);
  still = world_write (world, SECOND, 1, op_seat (world, 21, 21, 1, "nurse"));
  acts = world_write (world, 20, 1, op_seat (world, 22, 22, 1, "nurse"));
  {
    g_autoptr(SanAuthority) authority = evaluate (world);

    assert_reason (world, authority, goes, SAN_HELD_NOT);
    assert_reason (world, authority, still, SAN_HELD_REMOVED);
    assert_reason (world, authority, acts, SAN_HELD_NOT);
    g_assert_true (seat_of (authority, SECOND)->removed);
    g_assert_true (seat_of (authority, 20)->superintendent);
  }
}

/* House mother's seat writes a removal, a new recovery key, a house ring, a seat: none counts. */
static void
test_house_mother (void)
{
  g_autoptr(World) world = peace ();
  guint removal = world_write (world, HOUSE_MOTHER, 1, op_remove (world, SAN_REMOVE_STAFF, HEAD));
  guint code = world_write (world, HOUSE_MOTHER, 1, op_recovery (world, HOUSE_MOTHER, 1));
  guint ring = world_write (world, HOUSE_MOTHER, 1, op_ring (world, 0, WORLD_LIMIT, 0));
  guint seat = world_write (world, HOUSE_MOTHER, 1,
                            op_seat (world, 20, HOUSE_MOTHER, 1, "superintendent"));
  guint voids = world_write (world, HOUSE_MOTHER, 1, op_void (world, removal));
  guint forged = world_write (world, RECOVERY + 1, 1, op_seat (world, 21, 9, 1, "superintendent"));
  g_autoptr(SanAuthority) authority = evaluate (world);

  assert_reason (world, authority, removal, SAN_HELD_NO_RIGHT);
  assert_reason (world, authority, code, SAN_HELD_NO_RIGHT);
  assert_reason (world, authority, ring, SAN_HELD_NO_RIGHT);
  assert_reason (world, authority, seat, SAN_HELD_NO_RIGHT);
  assert_reason (world, authority, voids, SAN_HELD_NO_RIGHT);
  assert_reason (world, authority, forged, SAN_HELD_NOT_APPOINTED);
  g_assert_cmpuint (san_authority_get_n_recovery (authority), ==, 1);
  g_assert_cmpuint (san_authority_count_superintendents (authority), ==, 4);
}

/* The recovery code: a new superintendent on every laptop; the old code is refused after op 7. */
static void
test_code (void)
{
  g_autoptr(World) world = peace ();
  guint appointed = world_write (world, CODE, 2, op_seat (world, 20, 20, 2, "superintendent"));
  guint acts = world_write (world, 20, 2, op_seat (world, 21, 21, 2, "nurse"));
  guint replaced = world_write (world, CODE, 2, op_recovery (world, CODE, 1));
  guint old;
  guint fresh;
  guint elsewhere = world_write (world, CODE, 3, op_seat (world, 22, 22, 3, "superintendent"));

  world_sync_all (world);
  old = world_write (world, CODE, 0, op_seat (world, 23, 23, 0, "superintendent"));
  fresh = world_write (world, CODE + 1, 0, op_seat (world, 24, 24, 0, "superintendent"));
  {
    g_autoptr(SanAuthority) authority = evaluate (world);

    assert_reason (world, authority, appointed, SAN_HELD_NOT);
    assert_reason (world, authority, acts, SAN_HELD_NOT);
    assert_reason (world, authority, replaced, SAN_HELD_NOT);
    assert_reason (world, authority, elsewhere, SAN_HELD_REPLACED);
    assert_reason (world, authority, old, SAN_HELD_REPLACED);
    assert_reason (world, authority, fresh, SAN_HELD_NOT);
    g_assert_cmpuint (san_authority_get_n_recovery (authority), ==, 2);
    g_assert_true (san_id32_equal (&san_authority_get_recovery_in_force (authority)->sign_pk,
                                   world_pk (CODE + 1)));
    g_assert_true (san_authority_is_recovery (authority, world_pk (CODE)));
  }
}

/* Two new codes at once: the smallest id; a bad proof and a step back never. */
static void
test_two_codes (void)
{
  g_autoptr(World) world = peace ();
  guint one = world_write (world, CODE, 1, op_recovery (world, CODE, 1));
  guint two = world_write (world, CODE, 2, op_recovery (world, CODE, 2));
  gboolean one_first = san_id32_compare (world_id (world, one), world_id (world, two)) < 0;
  guint back;
  guint bad;

  world_sync_all (world);
  back = world_write (world, CODE + (one_first ? 1 : 2), 0,
                      op_recovery (world, CODE + (one_first ? 1 : 2), 0));
  bad = world_write (world, CODE + (one_first ? 1 : 2), 0, op_recovery (world, HEAD, 3));
  {
    g_autoptr(SanAuthority) authority = evaluate (world);

    assert_reason (world, authority, one_first ? one : two, SAN_HELD_NOT);
    assert_reason (world, authority, one_first ? two : one, SAN_HELD_REPLACED);
    assert_reason (world, authority, back, SAN_HELD_REPLACED);
    assert_reason (world, authority, bad, SAN_HELD_BAD_PROOF);
  }
}

/* A removal by the code is voided only by it, and nothing kills it. */
static void
test_removal_by_code (void)
{
  g_autoptr(World) world = peace ();
  guint removal = world_write (world, CODE, 1, op_remove (world, SAN_REMOVE_STAFF, HEAD));
  guint other = world_write (world, HEAD, 0, op_remove (world, SAN_REMOVE_STAFF, SECOND));
  guint tries;

  world_sync_all (world);
  tries = world_write (world, THIRD, 2, op_void (world, removal));
  {
    g_autoptr(SanAuthority) authority = evaluate (world);

    assert_reason (world, authority, removal, SAN_HELD_NOT);
    assert_reason (world, authority, other, SAN_HELD_DEAD);
    assert_reason (world, authority, tries, SAN_HELD_NOT);
    g_assert_true (seat_of (authority, HEAD)->removed);
  }
  world_write (world, CODE, 1, op_void (world, removal));
  {
    g_autoptr(SanAuthority) authority = evaluate (world);

    assert_reason (world, authority, removal, SAN_HELD_VOIDED);
    assert_reason (world, authority, other, SAN_HELD_NOT);
  }
}

/* Unknown must-understand operation: frozen at that point; without the flag kept, no more. */
static void
test_unknown (void)
{
  g_autoptr(World) world = peace ();
  guint polite = world_write (world, HEAD, 0, op_unknown (world));
  guint by_nobody
      = world_write_flagged (world, HOUSE_MOTHER, 1, op_unknown (world), SAN_FLAG_MUST_UNDERSTAND);
  guint newer;
  guint beside;
  guint after;
  guint code;

  world_sync_all (world);
  {
    g_autoptr(SanAuthority) authority = evaluate (world);

    assert_reason (world, authority, polite, SAN_HELD_UNKNOWN);
    assert_reason (world, authority, by_nobody, SAN_HELD_UNKNOWN);
    g_assert_false (san_authority_is_frozen (authority));
  }
  newer = world_write_flagged (world, HEAD, 0, op_unknown (world), SAN_FLAG_MUST_UNDERSTAND);
  beside = world_write (world, SECOND, 1, op_seat (world, 20, 20, 1, "nurse"));
  world_sync_all (world);
  after = world_write (world, SECOND, 1, op_remove (world, SAN_REMOVE_STAFF, HEAD));
  code = world_write (world, CODE, 1, op_recovery (world, CODE, 1));
  {
    g_autoptr(SanAuthority) authority = evaluate (world);

    g_assert_true (san_authority_is_frozen (authority));
    assert_reason (world, authority, newer, SAN_HELD_UNKNOWN);
    assert_reason (world, authority, beside, SAN_HELD_NOT);
    assert_reason (world, authority, after, SAN_HELD_FROZEN);
    assert_reason (world, authority, code, SAN_HELD_FROZEN);
    g_assert_true (seat_of (authority, HEAD)->superintendent);
    g_assert_cmpuint (san_authority_get_n_recovery (authority), ==, 1);
  }
}

/* A dismissed head cannot freeze the house. */
static void
test_unknown_outside (void)
{
  g_autoptr(World) world = peace ();
  guint newer
      = world_write_flagged (world, SECOND, 1, op_unknown (world), SAN_FLAG_MUST_UNDERSTAND);

  world_write (world, HEAD, 0, op_remove (world, SAN_REMOVE_STAFF, SECOND));
  world_sync_all (world);
  world_write (world, HEAD, 0, op_seat (world, 20, 20, 0, "nurse"));
  {
    g_autoptr(SanAuthority) authority = evaluate (world);

    g_assert_false (san_authority_is_frozen (authority));
    assert_reason (world, authority, newer, SAN_HELD_UNKNOWN);
    g_assert_nonnull (seat_of (authority, 20));
  }
}

/* A newer kind of entry freezes just so. */
static void
test_unknown_kind (void)
{
  g_autoptr(World) world = peace ();
  SanHeader header = { .kind = 9,
                       .flags = SAN_FLAG_MUST_UNDERSTAND,
                       .dossier = *world_id (world, 0),
                       .journal = world->journal[1],
                       .number = 1 };
  g_autoptr(GBytes) body = g_bytes_new_static ("newer", 5);
  g_autoptr(SanEntry) entry = NULL;

  header.number = 2;
  header.previous
      = *world_id (world, world_write (world, SECOND, 1, op_seat (world, 20, 20, 1, "nurse")));
  entry = world_entry (world, SECOND, &header, body);
  g_ptr_array_add (world->entries, san_entry_ref (entry));
  world->parents[world->entries->len - 1] = g_array_new (FALSE, FALSE, sizeof (guint));
  {
    g_autoptr(SanAuthority) authority = evaluate (world);

    g_assert_true (san_authority_is_frozen (authority));
    assert_reason (world, authority, world->entries->len - 1, SAN_HELD_UNKNOWN);
  }
}

/* A slip signs the seat of its person, on its laptop, with its role, and nobody else's. */
static void
test_slip (void)
{
  g_autoptr(World) world = peace ();
  guint slip = world_write (world, HEAD, 0, op_seat (world, 20, 7, 0, "slip.nurse"));
  guint other_person = world_write (world, 20, 0, op_seat (world, 21, 8, 0, "nurse"));
  guint other_laptop = world_write (world, 20, 0, op_seat (world, 22, 7, 1, "nurse"));
  guint other_role = world_write (world, 20, 0, op_seat (world, 23, 7, 0, "superintendent"));
  guint hers;
  guint ring;

  {
    g_autoptr(SanAuthority) authority = evaluate (world);

    g_assert_false (seat_of (authority, 20)->spent);
  }
  hers = world_write (world, 20, 0, op_seat (world, 24, 7, 0, "nurse"));
  ring = world_write (world, 20, 0, op_ring (world, 3, WORLD_LIMIT, 0));
  {
    g_autoptr(SanAuthority) authority = evaluate (world);

    assert_reason (world, authority, slip, SAN_HELD_NOT);
    assert_reason (world, authority, other_person, SAN_HELD_NO_RIGHT);
    assert_reason (world, authority, other_laptop, SAN_HELD_NO_RIGHT);
    assert_reason (world, authority, other_role, SAN_HELD_NO_RIGHT);
    assert_reason (world, authority, hers, SAN_HELD_NOT);
    assert_reason (world, authority, ring, SAN_HELD_NO_RIGHT);
    g_assert_true (seat_of (authority, 20)->spent);
    g_assert_false (seat_of (authority, 24)->spent);
    g_assert_cmpstr (seat_of (authority, 24)->role, ==, "nurse");
  }
}

/* Another record of a key changes nothing: the first effective one wins. */
static void
test_same_key_twice (void)
{
  g_autoptr(World) world = peace ();
  guint twice = world_write (world, HEAD, 0,
                             op_seat (world, HOUSE_MOTHER, HOUSE_MOTHER, 1, "superintendent"));
  guint acts;

  world_sync_all (world);
  acts = world_write (world, HOUSE_MOTHER, 1, op_seat (world, 20, 20, 1, "nurse"));
  {
    g_autoptr(SanAuthority) authority = evaluate (world);

    assert_reason (world, authority, twice, SAN_HELD_NOT);
    assert_reason (world, authority, acts, SAN_HELD_NO_RIGHT);
    g_assert_cmpstr (seat_of (authority, HOUSE_MOTHER)->role, ==, "house");
  }
}

/* A centre certifies a key whose proof names another centre, or another person. */
static void
test_bad_proof (void)
{
  g_autoptr(World) world = peace ();
  SanAuthorityBody *body = op_seat (world, 20, 20, 1, "nurse");
  SanAuthorityBody *device = op_device (world, 4);
  SanId16 staff = world_staff (20);
  SanId16 laptop = world_device (1);
  SanId32 other_centre = world_random_id (world);
  guint seat;
  guint laptop_entry;

  g_assert_true (san_seat_record_make (&body->u.seat, &staff, &laptop, world_key (20),
                                       world_pk (21), "nurse", &other_centre, NULL));
  device->u.device.box_pk = *world_pk (3);
  seat = world_write (world, HEAD, 0, body);
  laptop_entry = world_write (world, HEAD, 0, device);
  {
    g_autoptr(SanAuthority) authority = evaluate (world);

    assert_reason (world, authority, seat, SAN_HELD_BAD_PROOF);
    assert_reason (world, authority, laptop_entry, SAN_HELD_BAD_PROOF);
    g_assert_null (seat_of (authority, 20));
  }
}

/* A stolen laptop goes with all seats on it; people keep their other seats. */
static void
test_stolen_laptop (void)
{
  g_autoptr(World) world = peace ();
  SanId16 id = world_device (1);
  guint removal;

  world_write (world, HEAD, 0, op_seat (world, 20, SECOND, 0, "superintendent"));
  removal = world_write (world, HEAD, 0, op_remove (world, SAN_REMOVE_DEVICE, 1));
  {
    g_autoptr(SanAuthority) authority = evaluate (world);

    assert_reason (world, authority, removal, SAN_HELD_NOT);
    g_assert_true (san_authority_find_device (authority, &id)->removed);
    g_assert_true (seat_of (authority, SECOND)->removed);
    g_assert_true (seat_of (authority, HOUSE_MOTHER)->removed);
    g_assert_true (seat_of (authority, 20)->superintendent);
  }
}

static void
test_changed (void)
{
  g_autoptr(World) world = peace ();
  g_autoptr(SanAuthority) before = evaluate (world);
  g_autoptr(GArray) all = san_authority_list_changed (before, NULL);
  guint removal = world_write (world, HEAD, 0, op_remove (world, SAN_REMOVE_STAFF, COUNSELLOR));
  g_autoptr(SanAuthority) after = evaluate (world);
  g_autoptr(GArray) removed = san_authority_list_changed (after, before);
  g_autoptr(SanAuthority) last = NULL;
  g_autoptr(GArray) accepted = NULL;

  g_assert_cmpuint (all->len, ==, 6);
  g_assert_cmpuint (removed->len, ==, 1);
  g_assert_true (san_id32_equal (&g_array_index (removed, SanId32, 0), world_pk (COUNSELLOR)));
  world_write (world, HEAD, 0, op_accept (world, removal));
  last = evaluate (world);
  accepted = san_authority_list_changed (last, after);
  g_assert_cmpuint (accepted->len, ==, 1);
  g_assert_cmpuint (seat_of (last, COUNSELLOR)->removals[0]->n_cuts, ==, 2);
}

/* What is no authority dossier is refused, and what lacks its past is left out. */
static void
test_sets (void)
{
  g_autoptr(World) world = peace ();
  g_autoptr(GPtrArray) none = g_ptr_array_new ();
  g_autoptr(GPtrArray) part = g_ptr_array_new ();
  g_autoptr(GError) error = NULL;
  g_autoptr(SanAuthority) authority = NULL;

  g_assert_null (san_authority_evaluate (none, NULL, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_INVALID);
  g_clear_error (&error);
  for (guint i = 1; i < world->entries->len; i++)
    g_ptr_array_add (part, g_ptr_array_index (world->entries, i));
  g_assert_null (san_authority_evaluate (part, NULL, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_INVALID);
  g_clear_error (&error);
  g_ptr_array_remove_index (part, 2);
  g_ptr_array_add (part, g_ptr_array_index (world->entries, 0));
  g_ptr_array_add (part, g_ptr_array_index (world->entries, 0));
  authority = san_authority_evaluate (part, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (san_authority_get_n_entries (authority), ==, world->entries->len - 1);
  assert_reason (world, authority, 2, SAN_HELD_NOT);
  assert_reason (world, authority, 4, SAN_HELD_INCOMPLETE);
  g_assert_false (san_authority_find_entry (authority, world_id (world, 3), NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (san_crypto_init (NULL));
  g_test_add_func ("/entry/authority/a-centre-in-peace-is-what-it-says", test_peace);
  g_test_add_func ("/entry/authority/two-who-remove-each-other-are-suspended-and-a-third-decides",
                   test_mutual);
  g_test_add_func ("/entry/authority/two-who-remove-each-other-and-the-code-decides",
                   test_mutual_code);
  g_test_add_func ("/entry/authority/three-in-a-circle-are-suspended", test_cycle_of_three);
  g_test_add_func ("/entry/authority/who-heard-of-her-removal-cannot-strike-back", test_causal);
  g_test_add_func ("/entry/authority/who-hides-what-she-knew-gains-no-puppet", test_hidden_past);
  g_test_add_func ("/entry/authority/what-the-remover-had-stays", test_cut);
  g_test_add_func ("/entry/authority/a-row-without-its-head-covers-nothing", test_cut_without_head);
  g_test_add_func ("/entry/authority/late-authority-is-accepted-by-a-longer-removal",
                   test_longer_cut);
  g_test_add_func ("/entry/authority/who-comes-back-is-free", test_comes_back);
  g_test_add_func ("/entry/authority/a-house-mother-rules-nothing", test_house_mother);
  g_test_add_func ("/entry/authority/the-code-appoints-and-the-old-code-is-refused", test_code);
  g_test_add_func ("/entry/authority/of-two-new-codes-the-smallest-id", test_two_codes);
  g_test_add_func ("/entry/authority/only-the-code-voids-a-removal-by-the-code",
                   test_removal_by_code);
  g_test_add_func ("/entry/authority/what-must-be-understood-freezes", test_unknown);
  g_test_add_func ("/entry/authority/a-dismissed-head-freezes-nothing", test_unknown_outside);
  g_test_add_func ("/entry/authority/a-newer-kind-freezes", test_unknown_kind);
  g_test_add_func ("/entry/authority/a-slip-seats-its-person-only", test_slip);
  g_test_add_func ("/entry/authority/a-second-record-of-a-key-changes-nothing",
                   test_same_key_twice);
  g_test_add_func ("/entry/authority/a-proof-for-another-centre-is-refused", test_bad_proof);
  g_test_add_func ("/entry/authority/a-stolen-laptop-takes-its-seats", test_stolen_laptop);
  g_test_add_func ("/entry/authority/only-touched-seats-are-judged-again", test_changed);
  g_test_add_func ("/entry/authority/what-lacks-its-past-is-left-out", test_sets);
  return g_test_run ();
}
