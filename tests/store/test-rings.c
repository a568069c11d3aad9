/* test-rings.c - rings that rotate, join and lie; keys given without history; couriers */
#include "store-fixture.h"

typedef struct
{
  Centre *centre;
  Laptop *one, *two;
  Person *ana, *bea;     /* superintendents on laptops one and two */
  Person *cook, *driver; /* case workers, one to leave at each */
  SanId32 child;
  SanId16 record;
} World;

static void
meet (World *self)
{
  send_all (self->one, self->two, NULL);
  send_all (self->two, self->one, NULL);
}

static void
set_up (World *self)
{
  self->centre = centre_new ();
  self->one = laptop_new (self->centre);
  self->ana = person_new (self->one, "superintendent", NULL);
  centre_found (self->centre, self->ana);
  self->two = laptop_new (self->centre);
  self->bea = person_new (self->two, "superintendent", NULL);
  self->cook = person_new (self->one, "case-worker", NULL);
  self->driver = person_new (self->two, "case-worker", NULL);
  appoint (self->ana, self->bea);
  appoint (self->ana, self->cook);
  appoint (self->ana, self->driver);
  admit (self->ana, &self->child);
  record_new (&self->record);
  save_one (self->ana, &self->child, 1, &self->record, "family", "school", "before");
  meet (self);
  unlock (self->bea);
}

static void
tear_down (World *self)
{
  assert_sound (self->one);
  person_free (self->driver);
  person_free (self->cook);
  person_free (self->bea);
  person_free (self->ana);
  laptop_free (self->two);
  laptop_free (self->one);
  centre_free (self->centre);
}

static guint
count_leaves (World *self)
{
  const SanAuthority *authority
      = san_store_get_authority (self->one->store, &self->centre->id, NULL);
  guint n = 0;

  for (guint i = 0; i < san_authority_get_n_rings (authority); i++)
    {
      const SanRing *ring = san_authority_get_ring (authority, i);

      n += ring->compartment == SAN_COMPARTMENT_CASE && ring->leaf;
    }
  return n;
}

/* Two rotations at once (without P; without Q) → neither key is used to write; next write makes a
 * third; P and Q read nothing newer. */
static void
test_two_rotations (void)
{
  World world;

  set_up (&world);
  dismiss (world.ana, world.cook, NULL);
  rotate_ring (world.ana, SAN_COMPARTMENT_CASE);
  save_one (world.ana, &world.child, 1, &world.record, "family", "by-ana", "without the cook");
  dismiss (world.bea, world.driver, NULL);
  rotate_ring (world.bea, SAN_COMPARTMENT_CASE);
  save_one (world.bea, &world.child, 1, &world.record, "family", "by-bea", "without the driver");
  meet (&world);
  g_assert_cmpuint (count_leaves (&world), ==, 2);
  /* each reads what the other wrote only after the branches were joined: the next write does it */
  save_one (world.ana, &world.child, 1, &world.record, "family", "school", "after both");
  g_assert_cmpuint (count_leaves (&world), ==, 1);
  meet (&world);
  assert_text (world.one, &world.child, &world.record, "school", "after both");
  assert_text (world.two, &world.child, &world.record, "school", "after both");
  assert_text (world.one, &world.child, &world.record, "by-bea", "without the driver");
  assert_text (world.two, &world.child, &world.record, "by-ana", "without the cook");
  assert_same_views (world.one, world.two, 0x3b);
  unlock (world.cook);
  g_assert_cmpuint (san_store_get_open_mask (world.one->store), ==, 0x01);
  unlock (world.driver);
  g_assert_cmpuint (san_store_get_open_mask (world.two->store), ==, 0x01);
  unlock (world.ana);
  tear_down (&world);
}

/* A puppet counsellor names the true ring in her own op 5, or grants the counsellor a ring with a
 * smaller id → nothing is sealed to her ring unasked, and no view is made under it. */
static void
test_puppet_ring (void)
{
  World world;
  g_autoptr(Person) counsellor = NULL;
  g_autoptr(Person) puppet = NULL;
  g_autoptr(GBytes) before = NULL;
  g_autoptr(GBytes) after = NULL;
  g_autoptr(GPtrArray) held = NULL;
  SanId32 true_ring, false_ring, mine;

  set_up (&world);
  counsellor = person_new (world.one, "counsellor", NULL);
  puppet = person_new (world.one, "counsellor", NULL);
  appoint (world.ana, counsellor);
  appoint (world.ana, puppet);
  unlock (counsellor);
  make_ring (counsellor, SAN_COMPARTMENT_CLINICAL, &true_ring);
  save_one (counsellor, &world.child, 2, &world.record, "session", "words", "hers");
  before = san_store_get_state (world.one->store, "view-key.clinical", NULL);
  /* the puppet has not heard of that ring when she makes her own first one: on the other laptop */
  meet (&world);
  unlock (counsellor);
  unlock (puppet);
  g_assert_cmpuint (san_store_get_open_mask (world.one->store), ==, 0x03);
  assert_text (world.one, &world.child, &world.record, "words", "");
  unlock (counsellor);
  g_assert_true (san_store_get_my_ring (world.one->store, SAN_COMPARTMENT_CLINICAL, &mine));
  g_assert_true (san_id32_equal (&mine, &true_ring));
  {
    /* made without knowing of hers: a first ring of a laptop that has not met */
    g_autoptr(Laptop) away = laptop_new (world.centre);
    Person there = *puppet;
    g_autoptr(GPtrArray) all = entries_of (world.one);
    g_autoptr(GPtrArray) known = g_ptr_array_new ();

    for (guint i = 0; i < all->len; i++)
      {
        g_autoptr(SanEntry) entry = san_entry_new_from_bytes (all->pdata[i], NULL);

        if (!san_id32_equal (san_entry_get_id (entry), &true_ring)
            && !san_id32_equal (&san_entry_get_header (entry)->author, person_pk (counsellor)))
          g_ptr_array_add (known, all->pdata[i]);
      }
    apply_list (away, known, NULL);
    there.laptop = away;
    /* a second journal of the same laptop, as after a clone */
    san_journal_new (san_sign_key_get_public (world.one->sign), &away->journal);
    san_store_set_journal (away->store, &away->journal, NULL);
    unlock (&there);
    make_ring (&there, SAN_COMPARTMENT_CLINICAL, &false_ring);
    give_ring (&there, SAN_COMPARTMENT_CLINICAL, counsellor);
    send_all (away, world.one, NULL);
  }
  unlock (counsellor);
  held = san_store_list_rings (world.one->store, SAN_COMPARTMENT_CLINICAL, NULL);
  g_assert_cmpuint (held->len, ==, 2);
  g_assert_true (san_id32_equal (&((SanHeldRing *)held->pdata[0])->id, &true_ring));
  g_assert_true (((SanHeldRing *)held->pdata[0])->mine);
  g_assert_false (((SanHeldRing *)held->pdata[1])->mine);
  after = san_store_get_state (world.one->store, "view-key.clinical", NULL);
  g_assert_true (g_bytes_equal (before, after));
  assert_text (world.one, &world.child, &world.record, "words", "hers");
  unlock (world.ana);
  tear_down (&world);
}

/* Partner without clinical key relays to a third which has it → third opens; bytes identical. */
static void
test_relay (void)
{
  World world;
  g_autoptr(Laptop) third = NULL;
  g_autoptr(GPtrArray) here = NULL;
  g_autoptr(GPtrArray) there = NULL;

  set_up (&world);
  save_one (world.ana, &world.child, 3, &world.record, "exam", "height", "140");
  /* laptop two carries while nobody there can read medical: nothing is unlocked */
  san_store_lock (world.two->store);
  send_all (world.one, world.two, NULL);
  third = laptop_new (world.centre);
  send_all (world.two, third, NULL);
  san_store_unlock (third->store, person_pk (world.ana), world.ana->box, NULL, NULL);
  assert_text (third, &world.child, &world.record, "height", "140");
  assert_same_views (world.one, third, 0x3b);
  here = entries_of (world.one);
  there = entries_of (third);
  g_assert_cmpuint (here->len, ==, there->len);
  for (guint i = 0; i < here->len; i++)
    {
      gboolean found = FALSE;

      for (guint j = 0; j < there->len && !found; j++)
        found = g_bytes_equal (here->pdata[i], there->pdata[j]);
      g_assert_true (found);
    }
  tear_down (&world);
}

/* While she is unlocked, somebody hands her a ring: the view opens without another login. */
static void
test_ring_while_unlocked (void)
{
  World world;
  g_autoptr(Person) nurse = NULL;

  set_up (&world);
  save_one (world.ana, &world.child, 3, &world.record, "exam", "height", "140");
  meet (&world);
  nurse = person_new (world.two, "nurse", NULL);
  appoint (world.ana, nurse);
  send_all (world.one, world.two, NULL);
  unlock (nurse);
  g_assert_cmpuint (san_store_get_open_mask (world.two->store), ==, 0x09);
  assert_text (world.two, &world.child, &world.record, "height", "140");
  unlock (world.bea);
  dismiss (world.ana, nurse, NULL);
  unlock (nurse);
  g_assert_cmpuint (san_store_get_open_mask (world.two->store), ==, 0x09);
  /* the removal arrives while she is unlocked: her views close */
  send_all (world.one, world.two, NULL);
  g_assert_cmpuint (san_store_get_open_mask (world.two->store), ==, 0x01);
  tear_down (&world);
}

static gboolean
is_leaf (World *self, const SanHeldRing *ring)
{
  const SanAuthority *authority
      = san_store_get_authority (self->one->store, &self->centre->id, NULL);

  return san_authority_find_ring (authority, &ring->id)->leaf;
}

static void
hand_to_ring (Person *by, const SanHeldRing *ring, const SanId32 *to_id)
{
  const SanRing *to = san_authority_find_ring (
      san_store_get_authority (by->laptop->store, &by->laptop->centre->id, NULL), to_id);
  g_autoptr(SanBoxKey) key = san_store_dup_ring (by->laptop->store, &ring->id, NULL);
  SanGrantee grantee = { to->id, to->pk };
  Press *press = press_new (by);

  press_authority (press, &by->laptop->centre->id,
                   san_ring_grant_make (&ring->id, key, &grantee, NULL), NULL);
  press_end (press);
}

/* While she is not there her ring comes to lead to another one, and no longer to it: whoever handed
 * it over had been removed. Her view says both times what the entries say. */
static void
test_reach_while_locked (void)
{
  World world;
  g_autoptr(Laptop) third = NULL;
  g_autoptr(Person) carl = NULL;
  g_autoptr(GPtrArray) held = NULL;
  const char *field = "by-bea";
  const SanHeldRing *other;

  set_up (&world);
  third = laptop_new (world.centre);
  carl = person_new (third, "superintendent", NULL);
  appoint (world.ana, carl);
  dismiss (world.ana, world.cook, NULL);
  rotate_ring (world.ana, SAN_COMPARTMENT_CASE);
  save_one (world.ana, &world.child, 1, &world.record, "family", "by-ana", "without the cook");
  dismiss (world.bea, world.driver, NULL);
  rotate_ring (world.bea, SAN_COMPARTMENT_CASE);
  save_one (world.bea, &world.child, 1, &world.record, "family", "by-bea", "without the driver");
  meet (&world);
  send_all (world.one, third, NULL);
  held = san_store_list_rings (world.two->store, SAN_COMPARTMENT_CASE, NULL);
  /* her leaf first, the other leaf: by chance which of the two each wrote under */
  other = is_leaf (&world, held->pdata[1]) ? held->pdata[1] : held->pdata[2];
  {
    g_autofree char *text = text_of (world.two, &world.child, &world.record, field);

    if (*text)
      field = "by-ana";
  }
  assert_text (world.two, &world.child, &world.record, field, "");
  san_store_lock (world.two->store);
  hand_to_ring (world.ana, other, &((SanHeldRing *)held->pdata[0])->id);
  send_all (world.one, world.two, NULL);
  unlock (world.bea);
  {
    g_autofree char *text = text_of (world.two, &world.child, &world.record, field);

    g_assert_true (g_str_has_prefix (text, "without the "));
  }
  assert_sound (world.two);
  san_store_lock (world.two->store);
  unlock (carl);
  dismiss (carl, world.ana, NULL);
  send_all (third, world.two, NULL);
  unlock (world.bea);
  assert_sound (world.two);
  assert_text (world.two, &world.child, &world.record, field, "");
  unlock (world.ana);
  tear_down (&world);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/rings/two-rotations-at-once", test_two_rotations);
  g_test_add_func ("/store/rings/puppet-ring-is-not-used", test_puppet_ring);
  g_test_add_func ("/store/rings/relay-without-the-key", test_relay);
  g_test_add_func ("/store/rings/rings-come-and-go-while-unlocked", test_ring_while_unlocked);
  g_test_add_func ("/store/rings/what-a-ring-leads-to-changes-while-locked",
                   test_reach_while_locked);
  return g_test_run ();
}
