/* test-flood.c - a partner that decides without end: its share is taken, and everybody else goes on
 */
#include "store-fixture.h"

#define SHARE 500                    /* of one centre in one case */

typedef struct
{
  Centre *here, *there;
  Laptop *one, *other, *two;         /* two of ours, one of theirs */
  Person *head, *second, *theirs;
  SanId32 child;
  SanId16 record;
} World;

/* A case of ours that they may write in; all three laptops have it. */
static void
set_up (World *self)
{
  self->here = centre_new ();
  self->there = centre_new ();
  self->one = laptop_new (self->here);
  self->two = laptop_new (self->there);
  self->head = person_new (self->one, "superintendent", NULL);
  self->theirs = person_new (self->two, "superintendent", NULL);
  centre_found (self->here, self->head);
  centre_found (self->there, self->theirs);
  self->other = laptop_new (self->here);
  self->second = person_new (self->other, "superintendent", NULL);
  appoint (self->head, self->second);
  admit (self->head, &self->child);
  share (self->head, &self->child, self->there, TRUE, 0x01);
  record_new (&self->record);
  save_one (self->head, &self->child, 0, &self->record, "welcome", "alias", "Asha");
  send_all (self->one, self->other, NULL);
  send_all (self->one, self->two, NULL);
  send_all (self->two, self->one, NULL);
  send_all (self->two, self->other, NULL);
  unlock (self->second);
}

static void
tear_down (World *self)
{
  assert_sound (self->one);
  assert_sound (self->other);
  person_free (self->theirs);
  person_free (self->second);
  person_free (self->head);
  laptop_free (self->two);
  laptop_free (self->other);
  laptop_free (self->one);
  centre_free (self->there);
  centre_free (self->here);
}

/* @n decisions of theirs about the case, one after the other in a journal of its own. */
static GPtrArray *
flood (World *self, guint n)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  SanId32 previous = san_id32_zero;

  laptop_new_journal (self->two);
  for (guint i = 1; i <= n; i++)
    {
      g_autoptr(SanAuthorityBody) body = san_authority_body_new (SAN_OP_SHARE);
      g_autoptr(GBytes) bytes = NULL;

      body->u.share.centre = self->there->id;
      body->u.share.write = TRUE;
      body->u.share.compartments = 0x3f;
      bytes = san_authority_body_encode (body, NULL);
      g_ptr_array_add (list, hand_made (self->theirs, &self->child, &self->two->journal, i,
                                        &previous, SAN_KIND_AUTHORITY, bytes, &previous));
    }
  return list;
}

static guint
count_decisions (Laptop *laptop, const SanId32 *dossier)
{
  g_autoptr(GPtrArray) all = san_store_list_authority (laptop->store, dossier, NULL);

  return all->len;
}

static void
assert_readable (Laptop *laptop, const World *world)
{
  g_autoptr(GError) error = NULL;
  const SanDossierRights *rights = san_store_get_rights (laptop->store, &world->child, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (san_dossier_rights_get_writes (rights, &world->there->id), ==, 0x01);
}

/* Beyond its share nothing of theirs is had; ours and its own earlier notes count, and ours go on.
 */
static void
test_refused (void)
{
  World world;
  g_autoptr(GPtrArray) many = NULL;
  g_auto(SanApplySummary) summary = { { 0 } };
  SanId16 record;

  set_up (&world);
  record_new (&record);
  save_one (world.theirs, &world.child, 0, &record, "welcome", "note", "she is well");
  send_all (world.two, world.one, NULL);
  many = flood (&world, 2 * SHARE);
  apply_list (world.one, many, &summary);
  g_assert_cmpuint (summary.n[SAN_APPLY_NEW], ==, SHARE);
  g_assert_cmpuint (summary.n[SAN_APPLY_NO_ROOM], ==, 1);            /* what follows it waits */
  g_assert_cmpuint (count_decisions (world.one, &world.child), ==, SHARE + 2);
  assert_readable (world.one, &world);
  assert_text (world.one, &world.child, &record, "note", "she is well");
  save_one (world.head, &world.child, 0, &world.record, "welcome", "alias", "Usha");
  share (world.head, &world.child, world.there, FALSE, 0x03);
  assert_readable (world.one, &world);
  send_all (world.one, world.other, NULL);
  assert_text (world.other, &world.child, &world.record, "alias", "Usha");
  g_assert_cmpuint (count_decisions (world.other, &world.child), ==, SHARE + 3);
  tear_down (&world);
}

/* Each of our laptops has had another flood, and both decided on top of it: what one built on comes
 * in at the other, though it is beyond the share. */
static void
test_two_floods (void)
{
  World world;
  g_autoptr(GPtrArray) first = NULL;
  g_autoptr(GPtrArray) second = NULL;

  set_up (&world);
  first = flood (&world, SHARE + 10);
  second = flood (&world, SHARE + 10);
  apply_list (world.one, first, NULL);
  apply_list (world.other, second, NULL);
  share (world.head, &world.child, world.there, FALSE, 0x03);
  save_one (world.head, &world.child, 0, &world.record, "welcome", "alias", "Usha");
  share (world.second, &world.child, world.there, FALSE, 0x03);
  save_one (world.second, &world.child, 0, &world.record, "welcome", "note",
            "from the other laptop");
  for (guint i = 0; i < 3; i++)
    {
      send_all (world.one, world.other, NULL);
      send_all (world.other, world.one, NULL);
    }
  assert_text (world.one, &world.child, &world.record, "note", "from the other laptop");
  assert_text (world.other, &world.child, &world.record, "alias", "Usha");
  g_assert_cmpuint (count_decisions (world.one, &world.child), ==, 2 * SHARE + 4);
  assert_readable (world.one, &world);
  assert_readable (world.other, &world);
  assert_same_views (world.one, world.other, 0x01);
  tear_down (&world);
}

/* Somebody with whom the case has nothing to do uses up no share but its own. */
static void
test_strangers (void)
{
  World world;
  g_autoptr(Centre) far = centre_new ();
  g_autoptr(Laptop) three = laptop_new (far);
  g_autoptr(Person) stranger = person_new (three, "superintendent", NULL);
  g_autoptr(GPtrArray) many = NULL;
  g_auto(SanApplySummary) summary = { { 0 } };
  Person *theirs;
  Laptop *two;
  guint had;

  set_up (&world);
  centre_found (far, stranger);
  send_all (three, world.one, NULL);
  theirs = world.theirs;
  two = world.two;
  world.theirs = stranger;
  world.two = three;
  many = flood (&world, SHARE + 50);
  world.theirs = theirs;
  world.two = two;
  apply_list (world.one, many, &summary);
  had = summary.n[SAN_APPLY_NEW];
  g_assert_cmpuint (had, ==, SHARE);
  g_clear_pointer (&many, g_ptr_array_unref);
  many = flood (&world, 20);
  san_apply_summary_clear (&summary);
  memset (&summary, 0, sizeof summary);
  apply_list (world.one, many, &summary);
  g_assert_cmpuint (summary.n[SAN_APPLY_NEW], ==, 20);
  assert_readable (world.one, &world);
  tear_down (&world);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (san_crypto_init (NULL));
  g_test_add_func ("/store/flood/a-share-and-no-more", test_refused);
  g_test_add_func ("/store/flood/what-our-own-built-on-comes-in", test_two_floods);
  g_test_add_func ("/store/flood/strangers-take-nobodys-share", test_strangers);
  return g_test_run ();
}
