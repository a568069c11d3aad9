/* test-record.c - two who write unseen by each other; finishing, amending, withdrawing */
#include "two-laptops.h"

/* Whatever was written: when they have met, both show the same. */
static void
tear_down (Two *self)
{
  two_meet (self);
  assert_same_views (self->one, self->two, 0x3b);
  two_end (self);
}

static SanStoredRecord *
record_of (Two *self, Laptop *laptop)
{
  g_autoptr(GError) error = NULL;
  SanStoredRecord *record
      = san_store_dup_record (laptop->store, &self->child, &self->record, NULL, &error);

  g_assert_no_error (error);
  return record;
}

static guint
review_count (Laptop *laptop)
{
  g_autoptr(GPtrArray) list = san_store_list_review (laptop->store, ALL, NULL);

  return list->len;
}

static void
set (Two *self, Person *person, const char *field, const char *text)
{
  save_one (person, &self->child, 1, &self->record, "plan", field, text);
}

/* The state of the write of @field that says @text. */
static SanWriteState
state_of (Two *self, Laptop *laptop, const char *field, const char *text)
{
  g_autoptr(GPtrArray) list
      = san_store_list_history (laptop->store, &self->child, &self->record, NULL, field, ALL, NULL);

  for (guint i = 0; i < list->len; i++)
    {
      const SanStoredWrite *write = list->pdata[i];
      g_autofree char *is = san_value_dup_text (write->value);

      if (g_strcmp0 (is, text) == 0)
        return write->state;
    }
  g_assert_not_reached ();
}

static void
test_conflict (void)
{
  Two world;

  two_begin (&world);
  set (&world, world.ana, "school", "first");
  two_meet (&world);
  world.two->wall = world.one->wall + 60000;
  set (&world, world.ana, "school", "by ana");
  set (&world, world.bea, "school", "by bea");
  two_meet (&world);
  assert_text (world.one, &world.child, &world.record, "school", "by bea|by ana");
  assert_text (world.two, &world.child, &world.record, "school", "by bea|by ana");
  g_assert_cmpuint (review_count (world.one), ==, 1);
  /* a person decides; both are replaced */
  set (&world, world.ana, "school", "decided");
  two_meet (&world);
  assert_text (world.two, &world.child, &world.record, "school", "decided");
  g_assert_cmpuint (review_count (world.two), ==, 0);
  tear_down (&world);
}

/* Two writers, both doubtful, equal wall → same order on all devices (entry id). */
static void
test_both_doubtful (void)
{
  Two world;
  g_autofree char *here = NULL;
  g_autofree char *there = NULL;

  two_begin (&world);
  world.one->doubtful = world.two->doubtful = TRUE;
  world.one->wall = world.two->wall = 1600000000000;
  /* the first writer makes a key; writing it twice keeps the clocks in step */
  set (&world, world.ana, "note", "x");
  set (&world, world.bea, "note", "y");
  world.one->wall = world.two->wall = 1600000100000;
  set (&world, world.ana, "school", "by ana");
  set (&world, world.bea, "school", "by bea");
  two_meet (&world);
  here = text_of (world.one, &world.child, &world.record, "school");
  there = text_of (world.two, &world.child, &world.record, "school");
  g_assert_cmpstr (here, ==, there);
  g_assert_nonnull (strchr (here, '|'));
  tear_down (&world);
}

static void
test_undoubted_first (void)
{
  Two world;

  two_begin (&world);
  world.one->doubtful = TRUE;
  world.one->wall = 4000000000000;
  set (&world, world.ana, "school", "clock of 2096");
  set (&world, world.bea, "school", "true clock");
  two_meet (&world);
  assert_text (world.one, &world.child, &world.record, "school", "true clock|clock of 2096");
  tear_down (&world);
}

/* A write names one of another field, record, or compartment as replaced: ignored. */
static void
test_supersedes_elsewhere (void)
{
  Two world;
  g_autoptr(GPtrArray) writes = NULL;
  SanWriteId target;
  SanId16 other;
  Save *save;

  two_begin (&world);
  record_new (&other);
  set (&world, world.ana, "school", "stays");
  writes = san_store_list_values (world.one->store, &world.child, &world.record, NULL, "school",
                                  ALL, NULL);
  target = ((SanStoredWrite *)writes->pdata[0])->id;
  save = save_new (world.ana, &world.child);
  save_blind (save, 1, &world.record, "plan", "level", "other field", &target, 1);
  save_blind (save, 1, &other, "plan", "school", "other record", &target, 1);
  save_blind (save, 0, &world.record, "plan", "school", "other compartment", &target, 1);
  save_end (save, NULL);
  assert_text (world.one, &world.child, &world.record, "school", "other compartment|stays");
  tear_down (&world);
}

/* A ref to an entry that is not here yet finds it when it comes. */
static void
test_ref_comes_later (void)
{
  Two world;
  g_autoptr(GPtrArray) all = NULL;
  g_autoptr(GPtrArray) late = g_ptr_array_new ();
  g_autoptr(GPtrArray) early = g_ptr_array_new ();
  g_autoptr(Laptop) fresh = NULL;

  two_begin (&world);
  save_one (world.ana, &world.child, 0, &world.record, "plan", "school", "one");
  two_meet (&world);
  save_one (world.bea, &world.child, 0, &world.record, "plan", "school", "two");
  two_meet (&world);
  all = entries_of (world.one);
  fresh = laptop_new (world.centre);
  for (guint i = 0; i < all->len; i++)
    {
      g_autoptr(SanEntry) entry = san_entry_new_from_bytes (all->pdata[i], NULL);
      const SanHeader *header = san_entry_get_header (entry);

      g_ptr_array_add (header->kind == SAN_KIND_CHANGES
                               && san_id32_equal (&header->author, person_pk (world.ana))
                           ? late
                           : early,
                       all->pdata[i]);
    }
  apply_list (fresh, early, NULL);
  assert_text (fresh, &world.child, &world.record, "school", "two");
  apply_list (fresh, late, NULL);
  assert_text (fresh, &world.child, &world.record, "school", "two");
  san_store_unlock (fresh->store, person_pk (world.ana), world.ana->box, NULL, NULL);
  assert_same_views (world.one, fresh, 0x3b);
  tear_down (&world);
}

static void
finish (Two *self, Person *person)
{
  Save *save = save_new (person, &self->child);

  save_finish (save, 1, &self->record, "plan");
  save_end (save, NULL);
}

/* Finish names the writes that it closes; a concurrent edit becomes a proposed amendment; later
 * edits by anyone are held. */
static void
test_finish (void)
{
  Two world;
  g_autoptr(SanStoredRecord) record = NULL;

  two_begin (&world);
  set (&world, world.ana, "words", "as she said it");
  two_meet (&world);
  finish (&world, world.ana);
  set (&world, world.bea, "words", "seen too late");
  two_meet (&world);
  assert_text (world.one, &world.child, &world.record, "words", "as she said it");
  g_assert_cmpint (state_of (&world, world.two, "words", "seen too late"), ==, SAN_WRITE_PROPOSED);
  g_assert_cmpuint (review_count (world.one), ==, 1);
  /* later, by the same laptop: held */
  set (&world, world.ana, "words", "changed after");
  set (&world, world.ana, "more", "added after");
  two_meet (&world);
  assert_text (world.two, &world.child, &world.record, "words", "as she said it");
  assert_text (world.two, &world.child, &world.record, "more", "");
  g_assert_cmpint (state_of (&world, world.two, "words", "changed after"), ==,
                   SAN_WRITE_AFTER_FINISH);
  g_assert_cmpint (state_of (&world, world.two, "more", "added after"), ==, SAN_WRITE_AFTER_FINISH);
  record = record_of (&world, world.two);
  g_assert_true (record->finished);
  g_assert_true (san_id32_equal (&record->finished_by, person_pk (world.ana)));
  tear_down (&world);
}

/* A later finish cannot take in what was edited after the first one. */
static void
test_second_finish (void)
{
  Two world;

  two_begin (&world);
  set (&world, world.ana, "words", "first");
  finish (&world, world.ana);
  set (&world, world.ana, "words", "second");
  finish (&world, world.ana);
  assert_text (world.one, &world.child, &world.record, "words", "first");
  tear_down (&world);
}

/* Two who finish unseen by each other: both closings count. */
static void
test_two_finish (void)
{
  Two world;

  two_begin (&world);
  set (&world, world.ana, "words", "both saw this");
  two_meet (&world);
  set (&world, world.ana, "ana", "by ana");
  set (&world, world.bea, "bea", "by bea");
  finish (&world, world.ana);
  finish (&world, world.bea);
  two_meet (&world);
  assert_text (world.one, &world.child, &world.record, "ana", "by ana");
  assert_text (world.one, &world.child, &world.record, "bea", "by bea");
  g_assert_cmpuint (review_count (world.one), ==, 0);
  tear_down (&world);
}

/* Amendments go on, all are shown, oldest first. */
static void
test_amend (void)
{
  Two world;
  g_autoptr(SanStoredRecord) record = NULL;

  two_begin (&world);
  set (&world, world.ana, "words", "said");
  finish (&world, world.ana);
  two_meet (&world);
  world.two->wall = world.one->wall + 1000;
  set (&world, world.bea, SAN_FIELD_AMEND, "later: she meant the aunt");
  two_meet (&world);
  world.one->wall = world.two->wall + 1000;
  set (&world, world.ana, SAN_FIELD_AMEND, "and the uncle");
  two_meet (&world);
  assert_text (world.two, &world.child, &world.record, SAN_FIELD_AMEND,
               "later: she meant the aunt|and the uncle");
  record = record_of (&world, world.two);
  g_assert_cmpuint (record->n_amends, ==, 2);
  g_assert_false (record->in_review);
  tear_down (&world);
}

/* A proposed amendment is decided by writing over it, whatever is written. */
static void
test_proposed_is_answered (void)
{
  Two world;
  g_autoptr(GPtrArray) list = NULL;
  SanWriteId proposed = { 0 };
  Save *save;

  two_begin (&world);
  set (&world, world.ana, "words", "said");
  two_meet (&world);
  finish (&world, world.ana);
  set (&world, world.bea, "words", "proposed");
  two_meet (&world);
  g_assert_cmpuint (review_count (world.one), ==, 1);
  list = san_store_list_history (world.one->store, &world.child, &world.record, NULL, "words", ALL,
                                 NULL);
  for (guint i = 0; i < list->len; i++)
    if (((SanStoredWrite *)list->pdata[i])->state == SAN_WRITE_PROPOSED)
      proposed = ((SanStoredWrite *)list->pdata[i])->id;
  save = save_new (world.ana, &world.child);
  save_blind (save, 1, &world.record, "plan", "words", "said", &proposed, 1);
  save_text (save, 1, &world.record, "plan", SAN_FIELD_AMEND, "taken over: proposed");
  save_end (save, NULL);
  two_meet (&world);
  g_assert_cmpuint (review_count (world.two), ==, 0);
  assert_text (world.two, &world.child, &world.record, "words", "said");
  tear_down (&world);
}

/* Withdraw concurrent with an edit: the record stays withdrawn, the edit is in review. */
static void
test_withdraw (void)
{
  Two world;
  g_autoptr(SanStoredRecord) record = NULL;

  two_begin (&world);
  set (&world, world.ana, "words", "wrong child");
  two_meet (&world);
  set (&world, world.ana, SAN_FIELD_WITHDRAW, "belongs to another child");
  two_meet (&world);
  record = record_of (&world, world.two);
  g_assert_true (record->withdrawn);
  g_assert_cmpuint (review_count (world.two), ==, 0);
  tear_down (&world);
}

static void
test_withdraw_and_edit (void)
{
  Two world;
  g_autoptr(SanStoredRecord) record = NULL;

  two_begin (&world);
  set (&world, world.ana, "words", "wrong child");
  two_meet (&world);
  world.two->wall = world.one->wall + 60000;
  set (&world, world.ana, SAN_FIELD_WITHDRAW, "belongs to another child");
  set (&world, world.bea, "words", "edited meanwhile");
  two_meet (&world);
  record = record_of (&world, world.one);
  g_assert_true (record->withdrawn);
  g_assert_true (record->in_review);
  g_assert_cmpuint (review_count (world.two), ==, 1);
  tear_down (&world);
}

/* With a finish in the same press it is known what the withdrawal saw, clocks or no clocks. */
static void
test_withdraw_with_finish (void)
{
  Two world;
  g_autoptr(SanStoredRecord) record = NULL;
  Save *save;

  two_begin (&world);
  set (&world, world.ana, "words", "wrong child");
  two_meet (&world);
  world.two->wall = world.one->wall - 3600000;
  save = save_new (world.ana, &world.child);
  save_text (save, 1, &world.record, "plan", SAN_FIELD_WITHDRAW, "belongs to another child");
  save_finish (save, 1, &world.record, "plan");
  save_end (save, NULL);
  set (&world, world.bea, "words", "edited meanwhile, by an earlier clock");
  two_meet (&world);
  record = record_of (&world, world.one);
  g_assert_true (record->withdrawn);
  g_assert_true (record->in_review);
  tear_down (&world);
}

/* One record id in two dossiers is two records: nobody replaces a value in a dossier by an entry
 * in another. */
static void
test_same_id_elsewhere (void)
{
  Two world;
  g_autoptr(GPtrArray) writes = NULL;
  SanWriteId target;
  SanId32 other;
  Save *save;

  two_begin (&world);
  admit (world.ana, &other);
  set (&world, world.ana, "school", "stays");
  writes = san_store_list_values (world.one->store, &world.child, &world.record, NULL, "school",
                                  ALL, NULL);
  target = ((SanStoredWrite *)writes->pdata[0])->id;
  save = save_new (world.ana, &other);
  save_blind (save, 1, &world.record, "plan", "school", "elsewhere", &target, 1);
  save_end (save, NULL);
  assert_text (world.one, &world.child, &world.record, "school", "stays");
  assert_text (world.one, &other, &world.record, "school", "elsewhere");
  tear_down (&world);
}

static gboolean
count_record (const SanStoredRecord *record, gpointer n)
{
  ++*(guint *)n;
  return TRUE;
}

static void
test_reading (void)
{
  Two world;
  g_autofree char *hex = NULL;
  g_autoptr(GPtrArray) found = NULL;
  g_autoptr(GPtrArray) closing = NULL;
  g_autoptr(GError) error = NULL;
  guint n = 0;
  Save *save;

  two_begin (&world);
  save = save_new (world.ana, &world.child);
  save_text (save, 0, &world.record, "welcome", "alias", "Asha");
  save_text (save, 1, &world.record, "welcome", "name", "P.");
  save_end (save, NULL);
  save_one (world.ana, &world.child, 1, &world.record, "welcome", "name", "Parveen");
  hex = san_bytes_to_hex (world.record.b, 4);
  found = san_store_match_records (world.one->store, hex, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (found->len, ==, 1);
  g_assert_cmpuint (((SanStoredRecord *)found->pdata[0])->mask, ==, 0x03);
  g_assert_null (san_store_match_records (world.one->store, "12345", &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_INVALID);
  g_assert_true (san_store_each_of_form (world.one->store, "welcome", ALL, count_record, &n, NULL));
  g_assert_true (
      san_store_each_record (world.one->store, &world.child, ALL, count_record, &n, NULL));
  g_assert_cmpuint (n, ==, 2);
  closing
      = san_store_list_closing (world.one->store, &world.child, &world.record, "welcome", 1, NULL);
  g_assert_cmpuint (closing->len, ==, 2);
  tear_down (&world);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/record/two-values-until-one-decides", test_conflict);
  g_test_add_func ("/store/record/both-doubtful-same-order", test_both_doubtful);
  g_test_add_func ("/store/record/undoubted-first", test_undoubted_first);
  g_test_add_func ("/store/record/supersedes-elsewhere-is-ignored", test_supersedes_elsewhere);
  g_test_add_func ("/store/record/ref-comes-later", test_ref_comes_later);
  g_test_add_func ("/store/record/finish-closes", test_finish);
  g_test_add_func ("/store/record/second-finish-takes-nothing-in", test_second_finish);
  g_test_add_func ("/store/record/two-who-finish", test_two_finish);
  g_test_add_func ("/store/record/amendments-go-on", test_amend);
  g_test_add_func ("/store/record/proposed-is-answered", test_proposed_is_answered);
  g_test_add_func ("/store/record/withdrawn", test_withdraw);
  g_test_add_func ("/store/record/withdrawn-and-edited", test_withdraw_and_edit);
  g_test_add_func ("/store/record/withdrawn-and-finished", test_withdraw_with_finish);
  g_test_add_func ("/store/record/same-id-in-two-dossiers", test_same_id_elsewhere);
  g_test_add_func ("/store/record/reading", test_reading);
  return g_test_run ();
}
