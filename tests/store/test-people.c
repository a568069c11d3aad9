/* test-people.c - who may, who left, who came: what that does to what is shown */
#include "store-fixture.h"

typedef struct
{
  Centre *centre;
  Laptop *one, *two;
  Person *head, *head2; /* the superintendent on laptops one and two */
  Person *counsellor, *counsellor2;
  Person *house; /* house mother on laptop one */
  SanId32 child;
} World;

static void
set_up (World *self)
{
  self->centre = centre_new ();
  self->one = laptop_new (self->centre);
  self->head = person_new (self->one, "superintendent", NULL);
  centre_found (self->centre, self->head);
  self->two = laptop_new (self->centre);
  self->head2 = person_new (self->two, "superintendent", self->head);
  self->counsellor = person_new (self->one, "counsellor", NULL);
  self->counsellor2 = person_new (self->two, "counsellor", self->counsellor);
  self->house = person_new (self->one, "house", NULL);
  appoint (self->head, self->head2);
  appoint (self->head, self->counsellor);
  appoint (self->head, self->counsellor2);
  appoint (self->head, self->house);
  unlock (self->counsellor);
  make_ring (self->counsellor, SAN_COMPARTMENT_CLINICAL, NULL);
  give_ring (self->counsellor, SAN_COMPARTMENT_CLINICAL, self->counsellor2);
  unlock (self->head);
  admit (self->head, &self->child);
  send_all (self->one, self->two, NULL);
  unlock (self->head2);
}

static void
tear_down (World *self)
{
  person_free (self->house);
  person_free (self->counsellor2);
  person_free (self->counsellor);
  person_free (self->head2);
  person_free (self->head);
  laptop_free (self->two);
  laptop_free (self->one);
  centre_free (self->centre);
}

/* House mother's seat writes a clinical part → held; clinical values unchanged. */
static void
test_clinical_by_house_mother (void)
{
  World world;
  g_autoptr(GError) error = NULL;
  SanId16 record;
  Save *save;

  set_up (&world);
  unlock (world.counsellor);
  record_new (&record);
  save_one (world.counsellor, &world.child, 2, &record, "session", "words", "she spoke of home");
  unlock (world.house);
  save = save_new (world.house, &world.child);
  save_text (save, 2, &record, "session", "words", "nothing");
  /* her own laptop refuses to write what would not count */
  g_assert_false (save_try (save, NULL, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_REFUSED);
  unlock (world.counsellor);
  assert_text (world.one, &world.child, &record, "words", "she spoke of home");
  tear_down (&world);
}

/* The same by hand, with a part that she encrypted under a key of her own. */
static void
test_forged_clinical_part (void)
{
  World world;
  g_autoptr(SanChangeBuilder) builder = san_change_builder_new ();
  g_autoptr(SanValue) value = san_value_new_text ("forged", NULL);
  g_autoptr(SanChangeList) list = NULL;
  g_autoptr(SanSecret) key = san_secret_new_random (32);
  g_autoptr(GBytes) body = NULL;
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(SanEntry) entry = NULL;
  SanHeader header = { 0 };
  SanPartDraft part = { 2, NULL, key };
  SanId16 record;
  guint64 number;

  set_up (&world);
  unlock (world.counsellor);
  record_new (&record);
  save_one (world.counsellor, &world.child, 2, &record, "session", "words", "true");
  san_change_builder_add (builder, &record, "session", "words", value, NULL, 0, NULL);
  list = san_change_builder_end (builder, NULL);
  part.changes = list;
  head_of (world.one, &world.child, &world.one->journal, &number, &header.previous);
  header.dossier = world.child;
  header.journal = world.one->journal;
  header.number = number + 1;
  header.author = *person_pk (world.house);
  header.wall = world.one->wall + 1;
  body = san_data_body_make (&header, &part, 1, NULL, NULL);
  entry = san_entry_sign (&header, body, world.house->sign, NULL);
  bytes = san_entry_to_bytes (entry);
  g_assert_cmpint (apply_one (world.one, bytes), ==, SAN_APPLY_NEW);
  g_assert_cmpuint (count_held (world.one), ==, 1);
  assert_text (world.one, &world.child, &record, "words", "true");
  g_assert_cmpuint (san_store_count_closed (world.one->store, &world.child, 2, NULL), ==, 1);
  tear_down (&world);
}

static gboolean
try_operation (Person *person, SanAuthorityBody *body)
{
  Press *press = press_new (person);

  press_authority (press, &person->laptop->centre->id, body, NULL);
  return press_try (press, NULL);
}

/* House mother's seat writes a removal, a house ring → none counts. */
static void
test_house_mother_rules (void)
{
  World world;
  g_autoptr(SanBoxKey) ring = san_box_key_new_random ();
  SanAuthorityBody *body;
  SanGrantee me, recovery;

  set_up (&world);
  unlock (world.house);
  body = san_authority_body_new (SAN_OP_REMOVE);
  body->u.remove.what = SAN_REMOVE_STAFF;
  body->u.remove.reason = SAN_REASON_OTHER;
  san_removal_target_from_id16 (&world.head->staff, &body->u.remove.target);
  g_assert_false (try_operation (world.house, body));
  me.grantee = *person_pk (world.house);
  me.box_pk = *san_box_key_get_public (world.house->box);
  recovery.grantee = *san_sign_key_get_public (world.centre->recovery_sign);
  recovery.box_pk = *san_box_key_get_public (world.centre->recovery_box);
  body = san_new_ring_make (0, ring, NULL, NULL, &recovery, &me, 1, NULL);
  g_assert_false (try_operation (world.house, body));
  g_assert_false (is_removed (world.head));
  tear_down (&world);
}

/* Device hears the removal after applying her 9 late entries → they become held, values fall
 * back; equal to a device that heard first. Superintendent accepts 9 → visible, 10 stays held. */
static void
test_late_entries (void)
{
  World world;
  g_auto(SanApplySummary) summary = { { 0 } };
  g_autoptr(Laptop) third = NULL;
  SanJournalHead head = { 0 };
  SanAuthorityBody *body;
  SanId32 removal, ids[10];
  SanId16 record;
  Press *press;

  set_up (&world);
  unlock (world.head);
  record_new (&record);
  save_one (world.head, &world.child, 1, &record, "family", "school", "before");
  send_all (world.one, world.two, NULL);
  dismiss (world.head, world.counsellor, &removal);

  /* laptop two has not heard: her ten notes count there */
  unlock (world.counsellor2);
  for (guint i = 0; i < 10; i++)
    {
      Save *save = save_new (world.counsellor2, &world.child);
      g_autofree char *text = g_strdup_printf ("late %u", i + 1);

      save_text (save, 1, &record, "family", "school", text);
      save_end (save, &ids[i]);
    }
  assert_text (world.two, &world.child, &record, "school", "late 10");

  /* she heard of it on Monday */
  send_all (world.one, world.two, &summary);
  g_assert_cmpuint (summary.n_became_held, ==, 10);
  unlock (world.head2);
  assert_text (world.two, &world.child, &record, "school", "before");

  /* heard first */
  send_all (world.two, world.one, NULL);
  g_assert_cmpuint (count_held (world.one), ==, 10);
  assert_text (world.one, &world.child, &record, "school", "before");
  assert_same_views (world.one, world.two, 0x3b);

  /* nine are accepted */
  head.dossier = world.child;
  head.journal = world.two->journal;
  head_of (world.one, &world.child, &world.two->journal, &head.number, &head.head);
  head.number -= 1;
  head.head = ids[8];
  body = san_removal_accept (san_store_get_authority (world.one->store, &world.centre->id, NULL),
                             &removal, &head, 1, NULL);
  press = press_new (world.head);
  press_authority (press, &world.centre->id, body, NULL);
  press_end (press);
  assert_text (world.one, &world.child, &record, "school", "late 9");
  g_assert_cmpuint (count_held (world.one), ==, 1);
  send_all (world.one, world.two, NULL);
  assert_same_views (world.one, world.two, 0x3b);

  /* and whoever comes fresh sees the same */
  third = laptop_new (world.centre);
  send_all (world.two, third, NULL);
  san_store_unlock (third->store, person_pk (world.head), world.head->box, NULL, NULL);
  assert_same_views (world.one, third, 0x3b);
  assert_sound (third);
  tear_down (&world);
}

/* Removed counsellor writes with clock back-dated a year → held, in any arrival order. */
static void
test_back_dated (void)
{
  World world;
  g_autoptr(GPtrArray) all = NULL;
  g_autoptr(GRand) random = g_rand_new_with_seed (99);
  SanId16 record;

  set_up (&world);
  record_new (&record);
  dismiss (world.head, world.counsellor, NULL);
  unlock (world.counsellor2);
  world.two->wall -= 365 * G_GINT64_CONSTANT (86400000);
  save_one (world.counsellor2, &world.child, 1, &record, "family", "school", "last year");
  all = entries_of (world.two);
  send_all (world.one, world.two, NULL);
  send_all (world.two, world.one, NULL);
  assert_text (world.one, &world.child, &record, "school", "");
  g_ptr_array_unref (all);
  all = entries_of (world.one);
  for (guint i = 0; i < 5; i++)
    {
      g_autoptr(Laptop) fresh = laptop_new (world.centre);

      apply_shuffled (fresh, all, random);
      san_store_unlock (fresh->store, person_pk (world.head), world.head->box, NULL, NULL);
      assert_text (fresh, &world.child, &record, "school", "");
      assert_same_views (world.one, fresh, 0x3b);
    }
  tear_down (&world);
}

/* A valid write supersedes what it reaches through a held one: no false disagreement. */
static void
test_through_held (void)
{
  World world;
  SanId16 record;

  set_up (&world);
  record_new (&record);
  save_one (world.head, &world.child, 1, &record, "family", "school", "first");
  send_all (world.one, world.two, NULL);
  unlock (world.head2);
  dismiss (world.head, world.counsellor, NULL);
  unlock (world.counsellor2);
  save_one (world.counsellor2, &world.child, 1, &record, "family", "school", "held");
  unlock (world.head2);
  save_one (world.head2, &world.child, 1, &record, "family", "school", "third");
  send_all (world.one, world.two, NULL);
  send_all (world.two, world.one, NULL);
  unlock (world.head);
  assert_text (world.one, &world.child, &record, "school", "third");
  assert_same_views (world.one, world.two, 0x3b);
  tear_down (&world);
}

/* Two superintendents remove each other offline → both lose the powers, notes go on, the same on
 * every device; the recovery code voids one removal and all is settled. */
static void
test_mutual_removal (void)
{
  World world;
  g_autoptr(Person) other = NULL;
  g_autoptr(Person) other2 = NULL;
  SanAuthorityBody *body;
  SanId32 theirs, ours, removals[1];
  g_autoptr(GPtrArray) heads = NULL;
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(SanEntry) entry = NULL;
  g_autoptr(GBytes) entry_bytes = NULL;
  SanHeader header = { 0 };
  SanId16 record;

  set_up (&world);
  other = person_new (world.one, "superintendent", NULL);
  other2 = person_new (world.two, "superintendent", other);
  appoint (world.head, other);
  appoint (world.head, other2);
  send_all (world.one, world.two, NULL);
  dismiss (world.head, other, &ours);
  unlock (other2);
  dismiss (other2, world.head, &theirs);
  send_all (world.one, world.two, NULL);
  send_all (world.two, world.one, NULL);
  g_assert_true (is_removed (world.head));
  g_assert_true (is_removed (other2));
  unlock (world.counsellor);
  record_new (&record);
  save_one (world.counsellor, &world.child, 1, &record, "family", "school", "work goes on");
  assert_text (world.one, &world.child, &record, "school", "work goes on");

  /* the code voids the removal of world.head; recovery keys need no seat and no journal of ours */
  body = san_authority_body_new (SAN_OP_VOID);
  removals[0] = theirs;
  body->u.voids.removals = removals;
  body->u.voids.n_removals = 1;
  heads = san_store_list_authority_heads (world.one->store, &world.centre->id, NULL);
  for (guint i = 0; i < heads->len; i++)
    body->heads[body->n_heads++] = *(SanId32 *)heads->pdata[i];
  bytes = san_authority_body_encode (body, NULL);
  body->u.voids.removals = NULL;
  san_authority_body_free (body);
  header.kind = SAN_KIND_AUTHORITY;
  header.dossier = world.centre->id;
  san_random (header.journal.b, sizeof header.journal.b);
  header.number = 1;
  header.author = *san_sign_key_get_public (world.centre->recovery_sign);
  header.wall = world.one->wall + 1;
  entry = san_entry_sign (&header, bytes, world.centre->recovery_sign, NULL);
  entry_bytes = san_entry_to_bytes (entry);
  g_assert_cmpint (apply_one (world.one, entry_bytes), ==, SAN_APPLY_NEW);
  g_assert_false (is_removed (world.head));
  send_all (world.one, world.two, NULL);
  g_assert_true (is_removed (other2));
  unlock (world.head);
  unlock (world.head2);
  assert_same_views (world.one, world.two, 0x3b);
  tear_down (&world);
}

/* Every late entry whose cut row names a head that comes later counts once that head is here. */
static void
test_head_of_a_cut_comes_later (void)
{
  World world;
  g_autoptr(Laptop) fresh = NULL;
  g_autoptr(GPtrArray) all = NULL;
  g_autoptr(GPtrArray) early = g_ptr_array_new ();
  SanId16 record;
  SanId32 last;
  Save *save;

  set_up (&world);
  record_new (&record);
  unlock (world.counsellor);
  save_one (world.counsellor, &world.child, 1, &record, "family", "school", "one");
  save = save_new (world.counsellor, &world.child);
  save_text (save, 1, &record, "family", "level", "two");
  save_end (save, &last);
  unlock (world.head);
  dismiss (world.head, world.counsellor, NULL);
  all = entries_of (world.one);
  for (guint i = 0; i < all->len; i++)
    {
      g_autoptr(SanEntry) entry = san_entry_new_from_bytes (all->pdata[i], NULL);

      if (!san_id32_equal (san_entry_get_id (entry), &last))
        g_ptr_array_add (early, all->pdata[i]);
    }
  fresh = laptop_new (world.centre);
  apply_list (fresh, early, NULL);
  san_store_unlock (fresh->store, person_pk (world.head), world.head->box, NULL, NULL);
  assert_text (fresh, &world.child, &record, "school", "");
  apply_list (fresh, all, NULL);
  assert_text (fresh, &world.child, &record, "school", "one");
  assert_text (fresh, &world.child, &record, "level", "two");
  assert_same_views (world.one, fresh, 0x3b);
  tear_down (&world);
}

/* The founding entry comes before the head that the cut names: not founded, until that is here. */
static void
test_founded_inside_a_cut (void)
{
  World world;
  g_autoptr(Laptop) fresh = NULL;
  g_autoptr(GPtrArray) all = NULL;
  g_autoptr(GPtrArray) early = g_ptr_array_new ();
  SanId32 child;
  SanId16 record;

  set_up (&world);
  unlock (world.counsellor);
  admit (world.counsellor, &child);
  record_new (&record);
  save_one (world.counsellor, &child, 1, &record, "family", "school", "one");
  unlock (world.head);
  dismiss (world.head, world.counsellor, NULL);
  save_one (world.head, &child, 1, &record, "family", "level", "two");
  all = entries_of (world.one);
  for (guint i = 0; i < all->len; i++)
    {
      g_autoptr(SanEntry) entry = san_entry_new_from_bytes (all->pdata[i], NULL);

      if (!san_id32_equal (&san_entry_get_header (entry)->dossier, &child))
        g_ptr_array_add (early, all->pdata[i]);
    }
  fresh = laptop_new (world.centre);
  apply_list (fresh, early, NULL);
  g_assert_cmpuint (count_held (fresh), ==, 1);
  apply_list (fresh, all, NULL);
  g_assert_cmpuint (count_held (fresh), ==, 0);
  san_store_unlock (fresh->store, person_pk (world.head), world.head->box, NULL, NULL);
  assert_text (fresh, &child, &record, "level", "two");
  assert_same_views (world.one, fresh, 0x3b);
  assert_sound (fresh);
  tear_down (&world);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/people/own-laptop-refuses-clinical-by-house-mother",
                   test_clinical_by_house_mother);
  g_test_add_func ("/store/people/forged-clinical-part-is-held", test_forged_clinical_part);
  g_test_add_func ("/store/people/house-mother-does-not-rule", test_house_mother_rules);
  g_test_add_func ("/store/people/late-entries-are-held-then-accepted", test_late_entries);
  g_test_add_func ("/store/people/back-dated-is-held", test_back_dated);
  g_test_add_func ("/store/people/supersedes-through-held", test_through_held);
  g_test_add_func ("/store/people/mutual-removal-and-the-code", test_mutual_removal);
  g_test_add_func ("/store/people/head-of-a-cut-comes-later", test_head_of_a_cut_comes_later);
  g_test_add_func ("/store/people/founded-inside-a-cut", test_founded_inside_a_cut);
  return g_test_run ();
}
