/* test-today.c - one person's day: whose work, what everybody may know, what is not needed */
#include "carry-fixture.h"
#include "san-today.h"

#define ALL    1000u
#define DAY_MS ((gint64) 24 * 60 * 60 * 1000)

typedef struct { char *dir; Laptop *laptop; SanId32 child; } Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->dir = carry_begin ();
  self->laptop = laptop_new (self->dir, "office");
  laptop_found (self->laptop, "Shefali Bari");
  self->child = laptop_admit (self->laptop, "Asha");
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  laptop_free (self->laptop);
  carry_end (self->dir);
  san_clock_set (0);
}

static SanToday *
get (Fixture *self, gboolean mine)
{
  g_autoptr(GError) error = NULL;
  SanToday *today = san_today_get (self->laptop->centre, mine, ALL, &error);

  g_assert_no_error (error);
  return today;
}

static SanId16
write_record (Fixture *self, const char *form, const char *const *pairs)
{
  return laptop_write (self->laptop, form, &self->child, pairs);
}

static const SanTodayRow *
find (GPtrArray *rows, const char *milestone)
{
  for (guint i = 0; i < rows->len; i++)
    {
      const SanTodayRow *row = g_ptr_array_index (rows, i);

      if (g_str_equal (row->due->milestone, milestone))
        return row;
    }
  return NULL;
}

static SanHouseCard *
card (Fixture *self)
{
  g_autoptr(GError) error = NULL;
  SanHouseCard *out = san_house_card_get (self->laptop->centre, &self->child, &error);

  g_assert_no_error (error);
  return out;
}

static void
test_card_of_house (Fixture *self, gconstpointer data)
{
  const char *const flags[] = { "help-1",
                                "A light in the corridor.",
                                "help-2",
                                "Speak softly.",
                                "help-3",
                                "Speak softly.",
                                "diet",
                                "No fish.",
                                "allergy",
                                "Penicillin",
                                "leaving-risk",
                                "yes",
                                NULL };
  const char *const exit[] = { "planned", "2099-05-01", NULL };
  g_autoptr(SanHouseCard) mine = NULL;
  g_autoptr(SanHouseCard) theirs = NULL;

  write_record (self, "flags", flags);
  write_record (self, "exit", exit);
  mine = card (self);
  g_assert_cmpstr (mine->alias, ==, "Asha");
  g_assert_cmpuint (mine->help->len, ==, 2);
  g_assert_cmpstr (g_ptr_array_index (mine->diet, 0), ==, "No fish.");
  g_assert_cmpstr (g_ptr_array_index (mine->allergy, 0), ==, "Penicillin");
  g_assert_true (mine->in_care && mine->has_exit_planned);
  g_assert_cmpint (mine->day, ==, 1);
  laptop_add_person (self->laptop, "rokeya", "house");
  theirs = card (self);
  g_assert_cmpuint (theirs->help->len, ==, 2);
  g_assert_cmpstr (g_ptr_array_index (theirs->allergy, 0), ==, "Penicillin");
  g_assert_true (theirs->has_exit_planned);
  g_assert_false (theirs->has_eighteen);
}

static void
test_eighteen_with_the_case (Fixture *self, gconstpointer data)
{
  g_autoptr(SanHouseCard) mine = NULL;
  g_autoptr(SanHouseCard) theirs = NULL;
  g_autoptr(GPtrArray) records = san_child_records (self->laptop->centre, &self->child, NULL);
  const SanRecordView *welcome = g_ptr_array_index (records, 0);
  int year, month, day;

  laptop_set (self->laptop, &welcome->id, "birth", "2010-02-28");
  mine = card (self);
  g_assert_true (mine->has_eighteen);
  san_date_get_ymd (&mine->eighteen, &year, &month, &day);
  g_assert_cmpint (year * 10000 + month * 100 + day, ==, 20280228);
  laptop_add_person (self->laptop, "rokeya", "house");
  theirs = card (self);
  g_assert_false (theirs->has_eighteen);
}

static void
test_order_not_yet (Fixture *self, gconstpointer data)
{
  const char *const order[] = { "on", "2020-03-09", NULL };
  g_autoptr(SanHouseCard) before = card (self);
  g_autoptr(SanHouseCard) after = NULL;
  g_autoptr(SanHouseCard) theirs = NULL;

  g_assert_true (before->lacks_order);
  laptop_add_person (self->laptop, "rokeya", "house");
  theirs = card (self);
  g_assert_false (theirs->lacks_order);
  laptop_unlock (self->laptop, "sunanda");
  write_record (self, "order", order);
  after = card (self);
  g_assert_false (after->lacks_order);
}

static void
test_next_hearing (Fixture *self, gconstpointer data)
{
  const char *const far[] = { "at", "2099-03-09T11:00", NULL };
  const char *const near[] = { "at",     "2098-03-09T11:00", "leaves", "2098-03-09T09:15",
                               "escort", "sunanda",          NULL };
  const char *const gone[] = { "at", "2001-03-09T11:00", NULL };
  g_autoptr(SanHouseCard) mine = NULL;
  g_autofree char *text = NULL;

  write_record (self, "hearing", far);
  write_record (self, "hearing", near);
  write_record (self, "hearing", gone);
  mine = card (self);
  g_assert_true (mine->has_hearing && mine->has_leaves);
  text = san_instant_to_text (&mine->leaves);
  g_assert_true (g_str_has_prefix (text, "2098-03-09T09:15"));
  g_assert_cmpstr (mine->escort, ==, "sunanda");
}

static void
test_see_today_above_all (Fixture *self, gconstpointer data)
{
  const char *const asked[] = { "see", "sunanda", NULL };
  SanId16 record = write_record (self, "safety-today", asked);
  g_autoptr(SanToday) before = NULL;
  g_autoptr(SanToday) house = NULL;
  g_autoptr(SanToday) after = NULL;
  g_autofree char *now = NULL;
  SanInstant moment = { san_clock_now (), san_clock_zone (san_clock_now ()) };
  const SanTodayRow *row;

  before = get (self, TRUE);
  g_assert_cmpuint (before->safety->len, ==, 1);
  row = g_ptr_array_index (before->safety, 0);
  g_assert_cmpstr (row->form, ==, "safety-today");
  g_assert_true (san_id16_equal (&row->record, &record));
  g_assert_null (find (before->rows, "safety-today"));
  g_assert_true (((SanHouseCard *) g_ptr_array_index (before->cards, 0))->see_today);
  laptop_add_person (self->laptop, "rokeya", "house");
  house = get (self, TRUE);
  g_assert_cmpuint (house->safety->len, ==, 1);
  now = san_instant_to_text (&moment);
  laptop_set (self->laptop, &record, "done", now);
  after = get (self, TRUE);
  g_assert_cmpuint (after->safety->len, ==, 0);
  g_assert_false (((SanHouseCard *) g_ptr_array_index (after->cards, 0))->see_today);
}

static void
test_whose_work (Fixture *self, gconstpointer data)
{
  g_autoptr(SanToday) all = get (self, FALSE);
  g_autoptr(SanToday) mine = NULL;
  g_autoptr(SanToday) hers = NULL;
  g_autoptr(SanToday) other = NULL;
  g_autoptr(GPtrArray) records = san_child_records (self->laptop->centre, &self->child, NULL);
  const SanRecordView *welcome = g_ptr_array_index (records, 0);

  g_assert_true (san_today_begins_with_all (self->laptop->centre));
  g_assert_nonnull (find (all->rows, "exam-24h"));
  g_assert_cmpuint (all->rows->len, ==, all->n_overdue + all->n_today + all->n_soon);
  mine = get (self, TRUE);
  g_assert_null (find (mine->rows, "exam-24h"));
  g_assert_nonnull (find (mine->rows, "responsible"));
  g_assert_cmpstr (find (mine->rows, "responsible")->form, ==, "welcome");
  g_assert_true (san_id16_equal (&find (mine->rows, "responsible")->record, &welcome->id));
  laptop_add_person (self->laptop, "anjali", "case-worker");
  laptop_unlock (self->laptop, "sunanda");
  laptop_set (self->laptop, &welcome->id, "responsible", "anjali");
  laptop_unlock (self->laptop, "anjali");
  hers = get (self, TRUE);
  g_assert_nonnull (find (hers->rows, "flags-24h"));
  g_assert_true (find (hers->rows, "flags-24h")->is_me);
  laptop_unlock (self->laptop, "sunanda");
  laptop_add_person (self->laptop, "ira", "case-worker");
  other = get (self, TRUE);
  g_assert_null (find (other->rows, "flags-24h"));
}

/* Whoever is the only one with her role here reads "you"; with a second one it is either's work. */
static void
test_her_own (Fixture *self, gconstpointer data)
{
  g_autoptr(SanToday) alone = get (self, FALSE);
  g_autoptr(SanToday) two = NULL;

  g_assert_true (find (alone->rows, "responsible")->is_me);
  g_assert_false (find (alone->rows, "exam-24h")->is_me);
  laptop_add_person (self->laptop, "lata", "superintendent");
  laptop_unlock (self->laptop, "sunanda");
  two = get (self, FALSE);
  g_assert_false (find (two->rows, "responsible")->is_me);
  g_assert_null (find (two->rows, "responsible")->who);
}

static void
test_not_needed (Fixture *self, gconstpointer data)
{
  g_autoptr(SanToday) before = get (self, FALSE);
  g_autoptr(SanToday) after = NULL;
  g_autoptr(GError) error = NULL;
  const SanTodayRow *row = find (before->rows, "flags-24h");
  SanId16 record;

  g_assert_nonnull (row);
  g_assert_true (row->may_be_unneeded);
  g_assert_false (san_due_not_needed (self->laptop->centre, row->due, "", &record, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_true (san_due_not_needed (self->laptop->centre, row->due, "known from her last stay",
                                     &record, &error));
  g_assert_no_error (error);
  after = get (self, FALSE);
  g_assert_null (find (after->rows, "flags-24h"));
}

static void
test_counts (Fixture *self, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autofree SanCounts *counts = san_counts_get (self->laptop->centre, &error);
  g_autoptr(SanToday) today = get (self, FALSE);

  g_assert_no_error (error);
  g_assert_cmpuint (counts->children, ==, 1);
  g_assert_cmpint (counts->exchanged_ms, ==, 0);
  g_assert_cmpuint (counts->due, ==, today->n_overdue + today->n_today + today->safety->len);
  g_assert_cmpuint (today->n_in_care, ==, 1);
}

static void
test_limit (Fixture *self, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(SanToday) few = san_today_get (self->laptop->centre, FALSE, 2, &error);
  g_autoptr(SanToday) all = get (self, FALSE);

  g_assert_cmpuint (few->rows->len, ==, 2);
  g_assert_cmpuint (few->n_overdue + few->n_today + few->n_soon, ==, all->rows->len);
  g_assert_cmpstr (((SanTodayRow *) g_ptr_array_index (few->rows, 0))->due->milestone, ==,
                   ((SanTodayRow *) g_ptr_array_index (all->rows, 0))->due->milestone);
}

/* What she owes by her first days, and nothing that is late or far. */
static void
test_week (Fixture *self, gconstpointer data)
{
  const char *const asked[] = { "see", "sunanda", NULL };
  g_autoptr(GError) error = NULL;
  g_autoptr(SanToday) today = get (self, FALSE);
  g_autoptr(SanWeek) week = san_week_get (self->laptop->centre, FALSE, ALL, &error);
  g_autoptr(SanWeek) few = NULL;
  g_autoptr(SanWeek) mine = NULL;
  gint64 before = 0;

  g_assert_no_error (error);
  g_assert_cmpuint (week->n, ==, week->rows->len);
  g_assert_cmpuint (week->n, >, today->n_today);
  g_assert_nonnull (find (week->rows, "exam-24h"));
  for (guint i = 0; i < week->rows->len; i++)
    {
      const SanTodayRow *row = g_ptr_array_index (week->rows, i);

      g_assert_cmpint (row->due->at.ms, >=, before);
      g_assert_true (san_week_has (row->due->at.ms));
      before = row->due->at.ms;
    }
  few = san_week_get (self->laptop->centre, FALSE, 2, &error);
  g_assert_cmpuint (few->rows->len, ==, 2);
  g_assert_cmpuint (few->n, ==, week->n);
  write_record (self, "safety-today", asked);
  mine = san_week_get (self->laptop->centre, TRUE, ALL, &error);
  g_assert_cmpuint (mine->n, <, week->n);
  g_assert_null (find (mine->rows, "exam-24h"));
  g_assert_null (find (mine->rows, "safety-today"));
}

static void
test_week_without_overdue (Fixture *self, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(SanToday) today = NULL;
  g_autoptr(SanWeek) week = NULL;

  san_clock_set (san_clock_now () + 3 * DAY_MS);
  laptop_lock (self->laptop);
  laptop_unlock (self->laptop, "sunanda");
  today = get (self, FALSE);
  week = san_week_get (self->laptop->centre, FALSE, ALL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (find (today->rows, "exam-24h")->due->state, ==, "overdue");
  g_assert_null (find (week->rows, "exam-24h"));
  for (guint i = 0; i < week->rows->len; i++)
    {
      const SanTodayRow *row = g_ptr_array_index (week->rows, i);

      g_assert_cmpstr (row->due->state, !=, "overdue");
    }
}

int
main (int argc, char **argv)
{
  static const struct { const char *name; void (*func) (Fixture *, gconstpointer); } tests[] = {
    { "/centre/house-card/says-the-same-to-all", test_card_of_house },
    { "/centre/house-card/eighteen-only-with-the-case", test_eighteen_with_the_case },
    { "/centre/house-card/order-not-yet-only-with-the-case", test_order_not_yet },
    { "/centre/house-card/next-hearing-of-several", test_next_hearing },
    { "/centre/today/safety-stands-above-all", test_see_today_above_all },
    { "/centre/today/whose-work", test_whose_work },
    { "/centre/today/only-one-of-her-role-is-you", test_her_own },
    { "/centre/today/not-needed-because", test_not_needed },
    { "/centre/today/counts-beside-the-pages", test_counts },
    { "/centre/today/only-as-many-as-asked", test_limit },
    { "/centre/week/what-comes-in-seven-days-by-time", test_week },
    { "/centre/week/overdue-stays-on-today", test_week_without_overdue },
  };

  g_test_init (&argc, &argv, NULL);
  g_assert_true (san_crypto_init (NULL));
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].name, Fixture, NULL, set_up, tests[i].func, tear_down);
  return g_test_run ();
}
