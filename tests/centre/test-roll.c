/* test-roll.c - the list of children: pages, narrower lists, found by a name */
#include "carry-fixture.h"
#include "san-roll.h"

#define CHILDREN 7u

typedef struct { char *dir; Laptop *laptop; SanId32 first; } Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->dir = carry_begin ();
  self->laptop = laptop_new (self->dir, "office");
  laptop_found (self->laptop, "Shefali Bari");
  self->first = laptop_admit (self->laptop, "Bakul");
  for (guint i = 1; i < CHILDREN; i++)
    {
      g_autofree char *alias = g_strdup_printf ("Child%c", 'a' + (int) i);

      laptop_admit (self->laptop, alias);
    }
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  laptop_free (self->laptop);
  carry_end (self->dir);
}

static SanRoll *
get (Fixture *self, const char *search, SanRollKind kind, guint offset, guint limit)
{
  g_autoptr(GError) error = NULL;
  SanRollChoice choice = { .kind = kind };
  SanRoll *roll = san_roll_get (self->laptop->centre, search, &choice, offset, limit, &error);

  g_assert_no_error (error);
  return roll;
}

static void
set_first (Fixture *self, const char *field, const char *text)
{
  g_autoptr(GPtrArray) records = san_child_records (self->laptop->centre, &self->first, NULL);

  laptop_set (self->laptop, &((SanRecordView *) g_ptr_array_index (records, 0))->id, field, text);
}

static void
test_pages (Fixture *self, gconstpointer data)
{
  g_autoptr(GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint offset = 0; offset < CHILDREN; offset += 3)
    {
      g_autoptr(SanRoll) roll = get (self, NULL, SAN_ROLL_IN_CARE, offset, 3);

      g_assert_cmpuint (roll->n_match, ==, CHILDREN);
      g_assert_cmpuint (roll->n_in_care, ==, CHILDREN);
      g_assert_cmpuint (roll->rows->len, ==, MIN (3, CHILDREN - offset));
      for (guint i = 0; i < roll->rows->len; i++)
        g_hash_table_add (
            seen, g_strdup (((SanRollRow *) g_ptr_array_index (roll->rows, i))->card->alias));
    }
  g_assert_cmpuint (g_hash_table_size (seen), ==, CHILDREN);
}

static void
test_status (Fixture *self, gconstpointer data)
{
  g_autoptr(GPtrArray) typed = san_typed_list_new ();
  g_autoptr(GError) error = NULL;
  g_autoptr(SanRoll) left = NULL;
  g_autofree char *now = NULL;
  SanInstant moment = { san_clock_now (), san_clock_zone (san_clock_now ()) };
  SanId16 record;

  now = san_instant_to_text (&moment);
  san_typed_list_add (typed, "left", now);
  san_record_new (self->laptop->centre, "exit", &self->first, typed, &record, &error);
  g_assert_no_error (error);
  left = get (self, NULL, SAN_ROLL_FOLLOW_UP, 0, 10);
  g_assert_cmpuint (left->n_follow_up, ==, 1);
  g_assert_cmpuint (left->n_in_care, ==, CHILDREN - 1);
  g_assert_cmpstr (((SanRollRow *) g_ptr_array_index (left->rows, 0))->card->alias, ==, "Bakul");
  g_assert_cmpstr (((SanRollRow *) g_ptr_array_index (left->rows, 0))->status, ==, "follow-up");
}

static void
test_narrow (Fixture *self, gconstpointer data)
{
  SanInstant moment = { san_clock_now (), san_clock_zone (san_clock_now ()) };
  SanDate today = san_date_from_instant (&moment);
  SanDate birth = san_date_add (&today, &(SanDuration) { .months = 18 * 12, .negative = TRUE }, 1);
  g_autoptr(SanRoll) before = get (self, NULL, SAN_ROLL_EIGHTEEN, 0, 10);
  g_autoptr(SanRoll) after = NULL;
  g_autoptr(SanRoll) mine = NULL;
  g_autofree char *text = NULL;

  g_assert_cmpuint (before->n_match, ==, 0);
  birth.days += 30;
  text = san_date_to_text (&birth);
  set_first (self, "birth", text);
  set_first (self, "responsible", "sunanda");
  after = get (self, NULL, SAN_ROLL_EIGHTEEN, 0, 10);
  g_assert_cmpuint (after->n_match, ==, 1);
  mine = get (self, NULL, SAN_ROLL_MINE, 0, 10);
  g_assert_cmpuint (mine->n_match, ==, 1);
  g_assert_cmpstr (((SanRollRow *) g_ptr_array_index (mine->rows, 0))->card->alias, ==, "Bakul");
}

static SanRoll *
choose (Fixture *self, SanRollChoice choice)
{
  g_autoptr(GError) error = NULL;
  SanRoll *roll = san_roll_get (self->laptop->centre, NULL, &choice, 0, 10, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (roll->n_match, ==, roll->rows->len);
  return roll;
}

static const SanHouseCard *
card_at (SanRoll *roll, guint i)
{
  return ((SanRollRow *) g_ptr_array_index (roll->rows, i))->card;
}

static void
test_filters (Fixture *self, gconstpointer data)
{
  g_autoptr(SanRoll) band = NULL;
  g_autoptr(SanRoll) grown = NULL;
  g_autoptr(SanRoll) ill = NULL;
  g_autoptr(SanRoll) due = NULL;
  g_autoptr(SanRoll) both = NULL;
  g_autoptr(SanRoll) closed = NULL;
  g_autoptr(GPtrArray) typed = san_typed_list_new ();
  g_autoptr(GError) error = NULL;
  SanId16 record;

  set_first (self, "age", "9");
  san_typed_list_add (typed, "allergy", "penicillin");
  san_record_new (self->laptop->centre, "flags", &self->first, typed, &record, &error);
  g_assert_no_error (error);
  band = choose (self, (SanRollChoice) { .age = SAN_ROLL_7_TO_11 });
  g_assert_cmpuint (band->n_match, ==, 1);
  g_assert_cmpstr (card_at (band, 0)->alias, ==, "Bakul");
  grown = choose (self, (SanRollChoice) { .age = SAN_ROLL_GROWN });
  g_assert_cmpuint (grown->n_match, ==, 0);
  ill = choose (self, (SanRollChoice) { .alert = SAN_ROLL_ALLERGY });
  g_assert_cmpuint (ill->n_match, ==, 1);
  due = choose (self, (SanRollChoice) { .due = SAN_ROLL_OVERDUE });
  for (guint i = 0; i < due->rows->len; i++)
    g_assert_cmpuint (((SanRollRow *) g_ptr_array_index (due->rows, i))->n_overdue, >, 0);
  both = choose (self, (SanRollChoice) { .age = SAN_ROLL_UNDER_7, .alert = SAN_ROLL_ALLERGY });
  g_assert_cmpuint (both->n_match, ==, 0);
  closed = choose (self, (SanRollChoice) { .kind = SAN_ROLL_CLOSED, .age = SAN_ROLL_7_TO_11 });
  g_assert_cmpuint (closed->n_match, ==, 0);
}

static void
test_sorts (Fixture *self, gconstpointer data)
{
  g_autoptr(SanRoll) youngest = NULL;
  g_autoptr(SanRoll) alias = NULL;
  g_autoptr(SanRoll) waits = NULL;

  set_first (self, "age", "4");
  youngest = choose (self, (SanRollChoice) { .sort = SAN_ROLL_YOUNGEST });
  g_assert_cmpuint (youngest->n_match, ==, CHILDREN);
  g_assert_cmpstr (card_at (youngest, 0)->alias, ==, "Bakul");
  alias = choose (self, (SanRollChoice) { .sort = SAN_ROLL_BY_ALIAS });
  for (guint i = 1; i < alias->rows->len; i++)
    g_assert_cmpint (g_utf8_collate (card_at (alias, i - 1)->alias, card_at (alias, i)->alias), <=,
                     0);
  waits = choose (self, (SanRollChoice) { .sort = SAN_ROLL_MOST_OVERDUE });
  for (guint i = 1; i < waits->rows->len; i++)
    g_assert_cmpuint (((SanRollRow *) waits->rows->pdata[i - 1])->n_overdue, >=,
                      ((SanRollRow *) waits->rows->pdata[i])->n_overdue);
}

static void
test_found (Fixture *self, gconstpointer data)
{
  g_autoptr(SanRoll) hit = NULL;
  g_autoptr(SanRoll) none = NULL;
  g_autoptr(SanRoll) house = NULL;

  set_first (self, "name", "Rupkatha Udaharan");
  hit = get (self, "रूपकथा", SAN_ROLL_CLOSED, 0, 10);
  g_assert_cmpuint (hit->n_match, ==, 1);
  g_assert_cmpstr (((SanRollRow *) g_ptr_array_index (hit->rows, 0))->found_by, ==, "name");
  g_assert_cmpuint (((SanRollRow *) g_ptr_array_index (hit->rows, 0))->n_due, >=,
                    ((SanRollRow *) g_ptr_array_index (hit->rows, 0))->n_overdue);
  none = get (self, "zzyzzx", SAN_ROLL_IN_CARE, 0, 10);
  g_assert_cmpuint (none->n_match, ==, 0);
  laptop_add_person (self->laptop, "rokeya", "house");
  house = get (self, "rupkatha", SAN_ROLL_IN_CARE, 0, 10);
  g_assert_cmpuint (house->n_match, ==, 0);
}

int
main (int argc, char **argv)
{
  static const struct { const char *name; void (*func) (Fixture *, gconstpointer); } tests[] = {
    { "/centre/roll/pages-show-each-child-once", test_pages },
    { "/centre/roll/age-alerts-and-what-is-due-narrow-it", test_filters },
    { "/centre/roll/each-order-holds", test_sorts },
    { "/centre/roll/one-status-at-a-time", test_status },
    { "/centre/roll/narrower-lists", test_narrow },
    { "/centre/roll/found-by-name-where-names-are-read", test_found },
  };

  g_test_init (&argc, &argv, NULL);
  g_assert_true (san_crypto_init (NULL));
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].name, Fixture, NULL, set_up, tests[i].func, tear_down);
  return g_test_run ();
}
