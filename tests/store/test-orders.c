/* test-orders.c - the same entries in any order come to the same views, on every laptop
 *
 * Random histories of several people on two to four laptops, half of it written without having
 * heard of the rest; then applied to fresh laptops in random orders and pieces. */
#include "store-fixture.h"

#define N_CHILDREN 3
#define N_RECORDS 4
#define N_STEPS 60

typedef struct
{
  GRand *random;
  Centre *centre;
  guint n_laptops;
  Laptop *laptops[4];
  Person *people[4][3]; /* superintendent, counsellor, house mother of each laptop */
  SanId32 children[N_CHILDREN];
  SanId16 records[N_CHILDREN][N_RECORDS];
} World;

static const char *const roles[] = { "superintendent", "counsellor", "house" };
static const char *const fields[] = { "alias", "bed", "note", "diet" };
static const char *const forms[] = { "welcome", "session" };

static void
set_up (World *self, guint32 seed)
{
  memset (self, 0, sizeof *self);
  self->random = g_rand_new_with_seed (seed);
  self->centre = centre_new ();
  self->n_laptops = g_rand_int_range (self->random, 2, 5);
  for (guint l = 0; l < self->n_laptops; l++)
    {
      self->laptops[l] = laptop_new (self->centre);
      for (guint p = 0; p < 3; p++)
        self->people[l][p] = person_new (self->laptops[l], roles[p], l ? self->people[0][p] : NULL);
      if (l == 0)
        centre_found (self->centre, self->people[0][0]);
    }
  for (guint l = 0; l < self->n_laptops; l++)
    for (guint p = 0; p < 3; p++)
      if (l || p)
        appoint (self->people[0][0], self->people[l][p]);
  unlock (self->people[0][1]);
  make_ring (self->people[0][1], SAN_COMPARTMENT_CLINICAL, NULL);
  for (guint l = 1; l < self->n_laptops; l++)
    give_ring (self->people[0][1], SAN_COMPARTMENT_CLINICAL, self->people[l][1]);
  unlock (self->people[0][0]);
  for (guint c = 0; c < N_CHILDREN; c++)
    {
      admit (self->people[0][0], &self->children[c]);
      for (guint r = 0; r < N_RECORDS; r++)
        record_new (&self->records[c][r]);
    }
  for (guint l = 1; l < self->n_laptops; l++)
    send_all (self->laptops[0], self->laptops[l], NULL);
}

static void
tear_down (World *self)
{
  for (guint l = 0; l < self->n_laptops; l++)
    {
      for (guint p = 0; p < 3; p++)
        person_free (self->people[l][p]);
      laptop_free (self->laptops[l]);
    }
  centre_free (self->centre);
  g_rand_free (self->random);
}

static guint
pick (World *self, guint n)
{
  return g_rand_int_range (self->random, 0, n);
}

static void
write_something (World *self, Person *person, guint compartment)
{
  guint c = pick (self, N_CHILDREN), r = pick (self, N_RECORDS);
  const SanId16 *record = &self->records[c][r];
  const char *form = forms[pick (self, 2)];
  Save *save = save_new (person, &self->children[c]);
  g_autofree char *text = g_strdup_printf ("%u", pick (self, 1000));
  g_autoptr(GError) error = NULL;

  switch (pick (self, 12))
    {
    case 0:
      save_text (save, compartment, record, form, "last", text);
      save_finish (save, compartment, record, form);
      break;
    case 1:
      save_text (save, compartment, record, form, SAN_FIELD_AMEND, text);
      break;
    case 2:
      save_text (save, compartment, record, form, SAN_FIELD_WITHDRAW, text);
      break;
    default:
      save_text (save, compartment, record, form, fields[pick (self, 4)], text);
    }
  save_try (save, NULL, &error);
  if (error)
    g_assert_error (error, SAN_ERROR, SAN_ERROR_REFUSED);
}

static void
step (World *self)
{
  guint l = pick (self, self->n_laptops), p = pick (self, 3);
  static const guint compartments[3][3] = { { 0, 1, 3 }, { 0, 1, 2 }, { 0, 0, 0 } };
  Person *person = self->people[l][p];

  if (pick (self, 8) == 0)
    {
      guint other = pick (self, self->n_laptops);

      if (other != l)
        send_all (self->laptops[l], self->laptops[other], NULL);
      return;
    }
  self->laptops[l]->doubtful = pick (self, 10) == 0;
  if (pick (self, 5) == 0)
    self->laptops[l]->wall = 1700000000000 + pick (self, 50) * 1000;
  if (is_removed (person))
    return;
  unlock (person);
  write_something (self, person, compartments[p][pick (self, 3)]);
}

static void
exchange_all (World *self)
{
  for (guint round = 0; round < 2; round++)
    for (guint a = 0; a < self->n_laptops; a++)
      for (guint b = 0; b < self->n_laptops; b++)
        if (a != b)
          send_all (self->laptops[a], self->laptops[b], NULL);
}

/* Views of a compartment are those of a role that reads it. */
static void
compare (World *self, Laptop *one, Laptop *two)
{
  static const guint masks[3] = { 0x3b, 0x07, 0x01 };

  for (guint p = 0; p < 3; p++)
    {
      guint mask = p == 1 && is_removed (self->people[0][1]) ? 0x01 : masks[p];
      g_autoptr(GError) error = NULL;

      for (guint i = 0; i < 2; i++)
        san_store_unlock (i ? one->store : two->store, person_pk (self->people[0][p]),
                          self->people[0][p]->box, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (san_store_get_open_mask (one->store), ==, mask);
      assert_same_views (one, two, mask);
    }
}

/* What is needed to unlock, and a bit more; then views are open while the rest arrives. */
static void
apply_some_and_unlock (Laptop *fresh, Person *person, GPtrArray *entries)
{
  g_autoptr(GPtrArray) first = g_ptr_array_new ();
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < entries->len / 2; i++)
    g_ptr_array_add (first, entries->pdata[i]);
  apply_list (fresh, first, NULL);
  san_store_unlock (fresh->store, person_pk (person), person->box, NULL, &error);
  g_assert_no_error (error);
}

static void
run_history (guint32 seed, gboolean removal)
{
  World world;
  g_autoptr(GPtrArray) entries = NULL;

  g_test_message ("seed %u", seed);
  set_up (&world, seed);
  for (guint i = 0; i < N_STEPS; i++)
    {
      if (removal && i == N_STEPS / 2)
        {
          unlock (world.people[0][0]);
          dismiss (world.people[0][0], world.people[1][1], NULL);
          rotate_ring (world.people[0][0], SAN_COMPARTMENT_CASE);
        }
      step (&world);
    }
  exchange_all (&world);
  entries = entries_of (world.laptops[0]);
  for (guint l = 1; l < world.n_laptops; l++)
    compare (&world, world.laptops[0], world.laptops[l]);
  unlock (world.people[0][0]);
  assert_sound (world.laptops[0]);
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr(Laptop) fresh = laptop_new (world.centre);

      if (i == 0) /* following step by step, not all at the end */
        apply_some_and_unlock (fresh, world.people[0][0], entries);
      apply_shuffled (fresh, entries, world.random);
      compare (&world, world.laptops[0], fresh);
      assert_sound (fresh);
    }
  tear_down (&world);
}

static void
test_any_order (void)
{
  for (guint i = 0; i < 6; i++)
    run_history (g_test_rand_int (), FALSE);
}

static void
test_any_order_with_removal (void)
{
  for (guint i = 0; i < 6; i++)
    run_history (g_test_rand_int (), TRUE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/orders/any-order-same-views", test_any_order);
  g_test_add_func ("/store/orders/any-order-with-a-removal", test_any_order_with_removal);
  return g_test_run ();
}
