/* test-apply.c - what happens to entries that arrive, in the order of the checks */
#include "store-fixture.h"

typedef struct
{
  Centre *centre;
  Laptop *one, *two;
  Person *head, *second; /* superintendents on laptops one and two */
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
  self->second = person_new (self->two, "superintendent", self->head);
  appoint (self->head, self->second);
  admit (self->head, &self->child);
  send_all (self->one, self->two, NULL);
  unlock (self->second);
}

static void
tear_down (World *self)
{
  person_free (self->second);
  person_free (self->head);
  laptop_free (self->two);
  laptop_free (self->one);
  centre_free (self->centre);
}

/* The same entry with other flags, signed again. */
static GBytes *
with_flag (Person *person, GBytes *entry, guint8 flags)
{
  gsize n;
  g_autofree guint8 *bytes = g_memdup2 (g_bytes_get_data (entry, &n), g_bytes_get_size (entry));

  bytes[5] = flags;
  san_sign (person->sign, "san1.entry.sig", bytes, SAN_SIGNED_SIZE, bytes + SAN_SIGNED_SIZE);
  return g_bytes_new (bytes, n);
}

static guint
count_entries (Laptop *laptop)
{
  g_autoptr(GPtrArray) all = entries_of (laptop);

  return all->len;
}

static void
test_repeated (void)
{
  World world;
  g_auto(SanApplySummary) summary = { { 0 } };
  g_autoptr(GPtrArray) all = NULL;
  SanId32 before, after;

  set_up (&world);
  all = entries_of (world.one);
  san_store_head_digest (world.two->store, &before, NULL);
  for (guint i = 0; i < 100; i++)
    {
      san_apply_summary_clear (&summary);
      apply_list (world.two, all, &summary);
      g_assert_cmpuint (summary.n[SAN_APPLY_HAD], ==, all->len);
    }
  san_store_head_digest (world.two->store, &after, NULL);
  g_assert_cmpmem (&before, sizeof before, &after, sizeof after);
  assert_same_views (world.one, world.two, 0x3b);
  tear_down (&world);
}

static void
test_damaged_copy (void)
{
  World world;
  g_autoptr(GBytes) entry = NULL;
  guint64 number;
  SanId32 link;
  gsize n;

  set_up (&world);
  head_of (world.two, &world.child, &world.two->journal, &number, &link);
  entry = next_by_hand (world.second, &world.child, &world.two->journal, &number, &link, "kept");
  n = g_bytes_get_size (entry);
  for (gsize at = 0; at < n; at++)
    {
      g_autofree guint8 *copy = g_memdup2 (g_bytes_get_data (entry, NULL), n);
      g_autoptr(GBytes) bytes = NULL;
      SanApplyOutcome outcome;

      copy[at] ^= 1u << (at % 8);
      bytes = g_bytes_new (copy, n);
      outcome = apply_one (world.one, bytes);
      g_assert_true (outcome == SAN_APPLY_REFUSED || outcome == SAN_APPLY_UNKNOWN_SEAT);
    }
  /* nobody is harmed by the copies: the true one comes and is taken */
  g_assert_cmpint (apply_one (world.one, entry), ==, SAN_APPLY_NEW);
  tear_down (&world);
}

static void
test_unknown_seat (void)
{
  World world;
  g_autoptr(Person) stranger = NULL;
  g_autoptr(GBytes) entry = NULL;
  guint before;
  guint64 number = 0;
  SanId32 link;

  set_up (&world);
  before = count_entries (world.one);
  stranger = person_new (world.one, "superintendent", NULL);
  entry = next_by_hand (stranger, &world.child, &world.one->journal, &number, &link, "forged");
  g_assert_cmpint (apply_one (world.one, entry), ==, SAN_APPLY_UNKNOWN_SEAT);
  g_assert_cmpuint (count_entries (world.one), ==, before);
  tear_down (&world);
}

/* Seat of laptop 1 signs in laptop 2's journal → refused; laptop 2's real entry with that number
 * applies. */
static void
test_foreign_journal (void)
{
  World world;
  g_autoptr(GBytes) forged = NULL;
  g_autoptr(GBytes) real = NULL;
  guint64 number, again;
  SanId32 link, same;

  set_up (&world);
  head_of (world.two, &world.child, &world.two->journal, &number, &link);
  same = link;
  again = number;
  forged = next_by_hand (world.head, &world.child, &world.two->journal, &number, &link, "not mine");
  real = next_by_hand (world.second, &world.child, &world.two->journal, &again, &same, "mine");
  g_assert_cmpint (apply_one (world.one, forged), ==, SAN_APPLY_UNKNOWN_SEAT);
  g_assert_cmpint (apply_one (world.one, real), ==, SAN_APPLY_NEW);
  g_assert_cmpuint (count_held (world.one), ==, 0);
  tear_down (&world);
}

/* Gap: 60-80 arrive, 41-59 missing → waiting, asked for, then applied in order. */
static void
test_gap (void)
{
  World world;
  g_autoptr(GPtrArray) chain = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  g_autoptr(GPtrArray) part = g_ptr_array_new ();
  g_auto(SanApplySummary) summary = { { 0 } };
  g_autoptr(GPtrArray) wants = NULL;
  const SanWantRange *want;
  guint64 number;
  SanId32 link;

  set_up (&world);
  head_of (world.two, &world.child, &world.two->journal, &number, &link);
  g_assert_cmpuint (number, ==, 0);
  for (guint i = 1; i <= 80; i++)
    g_ptr_array_add (chain, next_by_hand (world.second, &world.child, &world.two->journal, &number,
                                          &link, "day"));
  for (guint i = 0; i < 40; i++)
    g_ptr_array_add (part, chain->pdata[i]);
  for (guint i = 59; i < 80; i++)
    g_ptr_array_add (part, chain->pdata[i]);
  apply_list (world.one, part, &summary);
  g_assert_cmpuint (summary.n[SAN_APPLY_NEW], ==, 40);
  g_assert_cmpuint (summary.n[SAN_APPLY_WAITING], ==, 21);
  wants = san_store_list_wants (world.one->store, NULL);
  g_assert_cmpuint (wants->len, ==, 1);
  want = wants->pdata[0];
  g_assert_cmpuint (want->from, ==, 41);
  g_assert_cmpuint (want->to, ==, 59);
  san_apply_summary_clear (&summary);
  g_ptr_array_set_size (part, 0);
  for (guint i = 40; i < 59; i++)
    g_ptr_array_add (part, chain->pdata[i]);
  apply_list (world.one, part, &summary);
  g_assert_cmpuint (summary.n[SAN_APPLY_NEW], ==, 19);
  g_assert_cmpuint (summary.n_freed, ==, 21);
  head_of (world.one, &world.child, &world.two->journal, &number, &link);
  g_assert_cmpuint (number, ==, 80);
  assert_sound (world.one);
  tear_down (&world);
}

/* 10,000 forged ones → none stored (no valid seat); 10,000 real ones → 4,096 kept, rest re-sent
 * later. */
static void
test_waiting_room_is_bounded (void)
{
  World world;
  g_autoptr(GPtrArray) chain = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  g_auto(SanApplySummary) summary = { { 0 } };
  g_autoptr(GBytes) first = NULL;
  guint64 number = 0;
  SanId32 link;

  set_up (&world);
  for (guint i = 0; i < SAN_WAITING_LIMIT + 900; i++)
    g_ptr_array_add (chain, next_by_hand (world.second, &world.child, &world.two->journal, &number,
                                          &link, "day"));
  first = g_bytes_ref (chain->pdata[0]);
  g_ptr_array_remove_index (chain, 0);
  apply_list (world.one, chain, &summary);
  g_assert_cmpuint (summary.n[SAN_APPLY_WAITING], ==, chain->len);
  g_assert_cmpuint (summary.n[SAN_APPLY_NEW], ==, 0);
  /* the first one comes: those that it frees are gone, what is kept waits on for the rest */
  g_assert_cmpint (apply_one (world.one, first), ==, SAN_APPLY_NEW);
  head_of (world.one, &world.child, &world.two->journal, &number, &link);
  g_assert_cmpuint (number, ==, 1);
  san_apply_summary_clear (&summary);
  apply_list (world.one, chain, &summary);
  g_assert_cmpuint (summary.n[SAN_APPLY_NEW], ==, 900 - 1);
  g_assert_cmpuint (summary.n_freed, ==, SAN_WAITING_LIMIT);
  head_of (world.one, &world.child, &world.two->journal, &number, &link);
  g_assert_cmpuint (number, ==, SAN_WAITING_LIMIT + 900);
  tear_down (&world);
}

/* A malformed entry: its journal is quarantined from there, the rest applied, the author named. */
static void
test_quarantine (void)
{
  World world;
  g_autoptr(GPtrArray) chain = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  g_autoptr(GBytes) bad = g_bytes_new_static ("no body of ours", 15);
  g_autoptr(GPtrArray) list = NULL;
  g_auto(SanApplySummary) summary = { { 0 } };
  guint64 number;
  SanId32 link, fork;

  set_up (&world);
  head_of (world.two, &world.child, &world.two->journal, &number, &link);
  g_ptr_array_add (chain, next_by_hand (world.second, &world.child, &world.two->journal, &number,
                                        &link, "good"));
  fork = link;
  number++;
  g_ptr_array_add (chain, hand_made (world.second, &world.child, &world.two->journal, number, &link,
                                     SAN_KIND_CHANGES, bad, &link));
  g_ptr_array_add (chain, next_by_hand (world.second, &world.child, &world.two->journal, &number,
                                        &link, "after it"));
  number = 1;
  g_ptr_array_add (chain, next_by_hand (world.second, &world.child, &world.two->journal, &number,
                                        &fork, "beside it"));
  apply_list (world.one, chain, &summary);
  g_assert_cmpuint (summary.n[SAN_APPLY_NEW], ==, 2);
  g_assert_cmpuint (summary.n[SAN_APPLY_QUARANTINED], ==, 2);
  g_assert_cmpuint (summary.refused_authors->len, ==, 1);
  g_assert_true (san_id32_equal (summary.refused_authors->pdata[0], person_pk (world.second)));
  list = san_store_list_quarantined (world.one->store, NULL);
  g_assert_cmpuint (list->len, ==, 2);
  /* what waits for it is not kept waiting */
  san_apply_summary_clear (&summary);
  apply_list (world.one, chain, &summary);
  g_assert_cmpuint (summary.n[SAN_APPLY_QUARANTINED], ==, 2);
  g_assert_cmpuint (summary.n[SAN_APPLY_WAITING], ==, 0);
  tear_down (&world);
}

/* The order in which a bad entry and what follows it come does not matter. */
static void
test_quarantine_in_any_order (void)
{
  World world;
  g_autoptr(GBytes) bad_body = g_bytes_new_static ("x", 1);
  g_autoptr(GBytes) bad = NULL;
  g_autoptr(GBytes) after = NULL;
  g_autoptr(GPtrArray) list = NULL;
  guint64 number = 1;
  SanId32 link;

  set_up (&world);
  bad = hand_made (world.second, &world.child, &world.two->journal, 1, NULL, SAN_KIND_CHANGES,
                   bad_body, &link);
  after = next_by_hand (world.second, &world.child, &world.two->journal, &number, &link, "after");
  g_assert_cmpint (apply_one (world.one, after), ==, SAN_APPLY_WAITING);
  g_assert_cmpint (apply_one (world.one, bad), ==, SAN_APPLY_QUARANTINED);
  list = san_store_list_quarantined (world.one->store, NULL);
  g_assert_cmpuint (list->len, ==, 2);
  tear_down (&world);
}

static void
test_data_in_authority (void)
{
  World world;
  g_autoptr(GBytes) entry = NULL;
  guint64 number;
  SanId32 link;

  set_up (&world);
  head_of (world.one, &world.centre->id, &world.one->journal, &number, &link);
  entry = next_by_hand (world.head, &world.centre->id, &world.one->journal, &number, &link, "data");
  g_assert_cmpint (apply_one (world.two, entry), ==, SAN_APPLY_QUARANTINED);
  tear_down (&world);
}

/* Higher kinds are kept and forwarded byte-identical, and shown nowhere. */
static void
test_newer_kind (void)
{
  World world;
  g_autoptr(GBytes) body = g_bytes_new_static ("from the future", 15);
  g_autoptr(GBytes) entry = NULL;
  g_autoptr(GBytes) back = NULL;
  g_autoptr(SanEntry) stored = NULL;
  guint64 number;
  SanId32 link, id;

  set_up (&world);
  head_of (world.two, &world.child, &world.two->journal, &number, &link);
  entry = hand_made (world.second, &world.child, &world.two->journal, number + 1, &link, 9, body,
                     &id);
  g_assert_cmpint (apply_one (world.one, entry), ==, SAN_APPLY_NEW);
  stored = san_store_dup_entry (world.one->store, &id, NULL);
  back = san_entry_to_bytes (stored);
  g_assert_true (g_bytes_equal (back, entry));
  g_assert_cmpuint (count_held (world.one), ==, 0);
  assert_sound (world.one);
  tear_down (&world);
}

/* A newer kind in an authority dossier does not stop what comes after it, unless it must be
 * understood: then whatever knows of it does not count, and a newer version is asked for. */
static void
test_newer_kind_of_authority (void)
{
  for (int must = 0; must <= 1; must++)
    {
      World world;
      g_autoptr(GBytes) body = g_bytes_new_static ("from the future", 15);
      g_autoptr(GBytes) made = NULL;
      g_autoptr(GBytes) entry = NULL;
      g_autoptr(Person) nurse = NULL;
      SanAuthority *authority;
      guint64 number;
      SanId32 link, id;

      set_up (&world);
      head_of (world.two, &world.centre->id, &world.two->journal, &number, &link);
      made = hand_made (world.second, &world.centre->id, &world.two->journal, number + 1,
                        number ? &link : NULL, 9, body, &id);
      entry = must ? with_flag (world.second, made, SAN_FLAG_MUST_UNDERSTAND) : g_bytes_ref (made);
      g_assert_cmpint (apply_one (world.one, entry), ==, SAN_APPLY_NEW);
      g_assert_cmpint (apply_one (world.two, entry), ==, SAN_APPLY_NEW);
      authority = san_store_get_authority (world.one->store, &world.centre->id, NULL);
      g_assert_cmpint (san_authority_is_frozen (authority), ==, must);
      if (!must)
        {
          nurse = person_new (world.two, "nurse", NULL);
          appoint (world.second, nurse);
          send_all (world.two, world.one, NULL);
          authority = san_store_get_authority (world.one->store, &world.centre->id, NULL);
          g_assert_nonnull (san_authority_find_seat (authority, person_pk (nurse)));
        }
      assert_sound (world.one);
      tear_down (&world);
    }
}

/* Cloned laptop, both write → both branches at all devices, no note lost. */
static void
test_fork (void)
{
  World world;
  g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  g_auto(SanApplySummary) summary = { { 0 } };
  g_autoptr(GPtrArray) forks = NULL;
  g_autoptr(GPtrArray) heads = NULL;
  guint64 number = 0, again;
  SanId32 link, fork;

  set_up (&world);
  g_ptr_array_add (list, next_by_hand (world.second, &world.child, &world.two->journal, &number,
                                       &link, "before"));
  fork = link;
  again = number;
  g_ptr_array_add (
      list, next_by_hand (world.second, &world.child, &world.two->journal, &number, &link, "here"));
  g_ptr_array_add (
      list, next_by_hand (world.second, &world.child, &world.two->journal, &again, &fork, "clone"));
  apply_list (world.one, list, &summary);
  g_assert_cmpuint (summary.n[SAN_APPLY_NEW], ==, 3);
  g_assert_cmpuint (summary.forks->len, ==, 1);
  g_assert_cmpuint (((SanFork *)summary.forks->pdata[0])->branches, ==, 2);
  forks = san_store_list_forks (world.one->store, NULL);
  g_assert_cmpuint (forks->len, ==, 1);
  g_assert_cmpuint (((SanFork *)forks->pdata[0])->number, ==, 2);
  g_assert_cmpuint (count_held (world.one), ==, 0);
  assert_sound (world.one);
  tear_down (&world);
}

/* Fork with 17 branches → 16 applied, others held, device named; whatever the order. */
static void
test_many_branches (void)
{
  World world;
  g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  g_autoptr(GRand) random = g_rand_new_with_seed (4711);
  g_autoptr(Laptop) third = NULL;
  SanId32 a, b;

  set_up (&world);
  for (guint i = 0; i < 19; i++)
    {
      guint64 number = 0;
      SanId32 link;

      g_ptr_array_add (list, next_by_hand (world.second, &world.child, &world.two->journal, &number,
                                           &link, "branch"));
      g_ptr_array_add (list, next_by_hand (world.second, &world.child, &world.two->journal, &number,
                                           &link, "goes on"));
    }
  third = laptop_new (world.centre);
  send_all (world.one, third, NULL);
  apply_shuffled (world.one, list, random);
  apply_shuffled (third, list, random);
  g_assert_cmpuint (count_held (world.one), ==, 6);
  g_assert_cmpuint (count_held (third), ==, 6);
  san_store_view_digest (world.one->store, 0, FALSE, &a, NULL);
  san_store_view_digest (third->store, 0, FALSE, &b, NULL);
  g_assert_cmpmem (&a, sizeof a, &b, sizeof b);
  assert_sound (third);
  tear_down (&world);
}

/* A file of hostile sizes: nothing is taken at its word. */
static void
test_sizes (void)
{
  World world;
  guint8 bytes[240] = "SAN1";

  set_up (&world);
  for (guint n = 0; n <= sizeof bytes; n += 60)
    {
      g_autoptr(GBytes) entry = NULL;

      memset (bytes + 4, 0xff, sizeof bytes - 4);
      entry = g_bytes_new (bytes, n);
      g_assert_cmpint (apply_one (world.one, entry), ==, SAN_APPLY_REFUSED);
    }
  tear_down (&world);
}

/* What was not committed leaves nothing: neither on the disk nor in memory. */
static void
test_rolled_back (void)
{
  World world;
  g_autoptr(GPtrArray) all = NULL;
  SanId16 peer = { { 1 } };
  SanId32 before, after;
  SanApply *apply;

  set_up (&world);
  all = entries_of (world.one);
  {
    g_autoptr(Laptop) fresh = laptop_new (world.centre);
    g_autoptr(GCancellable) stop = g_cancellable_new ();
    g_autoptr(GError) error = NULL;

    san_store_head_digest (fresh->store, &before, NULL);
    for (guint i = 0; i < 2; i++)
      {
        apply = san_apply_begin (fresh->store, &peer, NULL);
        for (guint j = 0; j < all->len; j++)
          san_apply_add (apply, all->pdata[j], NULL, NULL);
        g_cancellable_cancel (stop);
        if (i == 1)
          g_assert_false (san_apply_commit (apply, stop, NULL, &error));
        san_apply_free (apply);
      }
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    san_store_head_digest (fresh->store, &after, NULL);
    g_assert_cmpmem (&before, sizeof before, &after, sizeof after);
    apply_list (fresh, all, NULL);
    san_store_unlock (fresh->store, person_pk (world.head), world.head->box, NULL, NULL);
    assert_same_views (world.one, fresh, 0x3b);
  }
  tear_down (&world);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/apply/again-changes-nothing", test_repeated);
  g_test_add_func ("/store/apply/damaged-copies-are-forgotten", test_damaged_copy);
  g_test_add_func ("/store/apply/unknown-seat-is-not-stored", test_unknown_seat);
  g_test_add_func ("/store/apply/seat-in-foreign-journal-is-refused", test_foreign_journal);
  g_test_add_func ("/store/apply/gap-waits-and-is-asked-for", test_gap);
  g_test_add_func ("/store/apply/waiting-room-is-bounded", test_waiting_room_is_bounded);
  g_test_add_func ("/store/apply/bad-entry-quarantines-what-follows", test_quarantine);
  g_test_add_func ("/store/apply/quarantine-in-any-order", test_quarantine_in_any_order);
  g_test_add_func ("/store/apply/data-in-authority-dossier", test_data_in_authority);
  g_test_add_func ("/store/apply/newer-kind-is-kept", test_newer_kind);
  g_test_add_func ("/store/apply/newer-kind-of-authority-freezes", test_newer_kind_of_authority);
  g_test_add_func ("/store/apply/fork-keeps-both-branches", test_fork);
  g_test_add_func ("/store/apply/sixteen-branches-count", test_many_branches);
  g_test_add_func ("/store/apply/hostile-sizes", test_sizes);
  g_test_add_func ("/store/apply/rolled-back-leaves-nothing", test_rolled_back);
  return g_test_run ();
}
