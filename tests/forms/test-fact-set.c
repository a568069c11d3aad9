/* test-fact-set.c - which answer is the newest, which stay a record belongs to, how old she is */
#include "forms-common.h"

#include <string.h>

static char *
newest (SanFactSet *set, const char *fact, const SanStay *stay)
{
  const SanFactAnswer *answer = san_fact_set_get_newest (set, fact, stay);

  return answer != NULL ? san_answer_to_plain (answer->value) : NULL;
}

static void
assert_newest (SanFactSet *set, const char *fact, const SanStay *stay, const char *expected)
{
  g_autofree char *text = newest (set, fact, stay);

  g_assert_cmpstr (text, ==, expected);
}

static guint
stay_of (SanFactSet *set, guint n)
{
  SanId16 id = common_id (n);
  const SanStay *stay = san_fact_set_find_stay (set, &id);

  for (guint i = 0; i < san_fact_set_get_n_stays (set); i++)
    if (stay == san_fact_set_get_stay (set, i))
      return i;
  g_assert_not_reached ();
}

/* Two stays: January to March, and again from June. Records: 1 welcome, 2 exit, 3 return. */
static SanFactSet *
two_stays (void)
{
  SanFactSet *set = common_set ();
  SanId16 first = common_id (1);
  g_autofree char *id = san_id16_to_text (&first);

  common_record (set, 1, "welcome", "2026-01-10T21:00");
  common_answer (set, 1, "arrived", "2026-01-10T20:00", "2026-01-10T21:00");
  common_answer (set, 1, "alias", "Kadam", "2026-01-10T21:00");
  common_record (set, 2, "exit", "2026-03-20T12:00");
  common_answer (set, 2, "stay", id, "2026-03-20T12:00");
  common_answer (set, 2, "left", "2026-03-20T11:00", "2026-03-20T12:00");
  common_record (set, 3, "return", "2026-06-01T09:00");
  common_answer (set, 3, "arrived", "2026-06-01T08:00", "2026-06-01T09:00");
  common_answer (set, 3, "alias", "Lata", "2026-06-01T09:00");
  return set;
}

static void
test_second_stay (void)
{
  g_autoptr(SanFactSet) set = two_stays ();
  const SanStay *first = san_fact_set_get_stay (set, 0);
  const SanStay *second = san_fact_set_get_stay (set, 1);

  g_assert_cmpuint (san_fact_set_get_n_stays (set), ==, 2);
  g_assert_true (first->has_left);
  g_assert_false (second->has_left);
  g_assert_cmpint (first->from.first, ==, common_instant ("2026-01-10T20:00").ms);
  g_assert_cmpint (first->left.first, ==, common_instant ("2026-03-20T11:00").ms);
  g_assert_cmpint (first->until, ==, second->from.first);
  g_assert_cmpint (second->until, ==, G_MAXINT64);
  g_assert_true (san_fact_set_get_last_stay (set) == second);
  assert_newest (set, "child.alias", NULL, "Lata");
  assert_newest (set, "child.alias", first, "Kadam");
  assert_newest (set, "child.admitted-at", NULL, "2026-06-01T08:00:00+05:30");
}

/* Keys of rows are random: their places say the order. What was taken away is not listed. */
static void
test_rows (void)
{
  g_autoptr(SanFactSet) set = common_set ();
  SanId16 id = common_id (1);
  g_autoptr(GPtrArray) rows = NULL;
  g_autoptr(GPtrArray) none = NULL;
  g_autofree char *all = NULL;

  common_record (set, 1, "icp-a", "2026-01-10T21:00");
  common_answer (set, 1, "c1.aaaaaaaa", "3", "2026-01-10T21:00");
  common_answer (set, 1, "c1.aaaaaaaa.words", "third", "2026-01-10T21:00");
  common_answer (set, 1, "c1.mmmmmmmm.words", "no place", "2026-01-10T21:00");
  common_answer (set, 1, "c1.bbbbbbbb", "", "2026-01-10T21:00");
  common_answer (set, 1, "c1.bbbbbbbb.words", "taken away", "2026-01-10T21:00");
  common_answer (set, 1, "c1.zzzzzzzz", "1", "2026-01-10T21:00");
  common_answer (set, 1, "c1.zzzzzzzz.words", "first", "2026-01-10T21:00");
  common_answer (set, 1, "c1.cccccccc", "2", "2026-01-10T21:00");
  common_answer (set, 1, "c2.dddddddd.words", "of another table", "2026-01-10T21:00");
  rows = san_fact_set_list_rows (set, &id, "c1");
  g_ptr_array_add (rows, NULL);
  all = g_strjoinv (" ", (char **) rows->pdata);
  g_assert_cmpstr (all, ==, "zzzzzzzz cccccccc aaaaaaaa mmmmmmmm");
  none = san_fact_set_list_rows (set, &id, "no-such-table");
  g_assert_cmpuint (none->len, ==, 0);
}

/* Correcting the first stay today never moves the second's clock. */
static void
test_correction (void)
{
  g_autoptr(SanFactSet) set = common_set ();
  const SanStay *second;

  common_record (set, 1, "welcome", "2026-01-10T21:00");
  common_answer (set, 1, "arrived", "2026-01-09T20:00", "2026-07-15T10:00"); /* corrected in July */
  common_answer (set, 1, "alias", "Kusum", "2026-07-15T10:00");
  common_record (set, 3, "return", "2026-06-01T09:00");
  common_answer (set, 3, "arrived", "2026-06-01T08:00", "2026-06-01T09:00");
  common_answer (set, 3, "alias", "Lata", "2026-06-01T09:00");
  second = san_fact_set_get_last_stay (set);
  g_assert_cmpint (second->from.first, ==, common_instant ("2026-06-01T08:00").ms);
  assert_newest (set, "child.admitted-at", NULL, "2026-06-01T08:00:00+05:30");
  assert_newest (set, "child.alias", NULL, "Lata");
}

/* An exit typed months late, after she had come back, still ends the stay that it names. */
static void
test_late_exit (void)
{
  g_autoptr(SanFactSet) set = two_stays ();
  SanId16 first = common_id (1);
  g_autofree char *id = san_id16_to_text (&first);

  common_record (set, 9, "exit", "2026-08-01T12:00");
  common_answer (set, 9, "stay", id, "2026-08-01T12:00");
  common_answer (set, 9, "left", "2026-03-21T11:00", "2026-08-01T12:00");
  g_assert_cmpuint (stay_of (set, 9), ==, 0);
  g_assert_cmpint (san_fact_set_get_stay (set, 0)->left.first, ==,
                   common_instant ("2026-03-21T11:00").ms);
  g_assert_false (san_fact_set_get_stay (set, 1)->has_left);
}

/* An exit that names nothing ends the stay of its own date; a planned one ends none. */
static void
test_unnamed_exit (void)
{
  g_autoptr(SanFactSet) set = two_stays ();

  common_record (set, 8, "exit", "2026-09-01T12:00");
  common_answer (set, 8, "planned", "2026-10-01", "2026-09-01T12:00");
  g_assert_true (
      san_id16_equal (&san_fact_set_get_stay (set, 1)->exit, &(SanId16){ { 8, [15] = 1 } }));
  g_assert_false (san_fact_set_get_stay (set, 1)->has_left);
  common_answer (set, 8, "left", "2026-10-01T10:00", "2026-10-01T12:00");
  g_assert_true (san_fact_set_get_stay (set, 1)->has_left);
  g_assert_cmpint (san_fact_set_get_stay (set, 0)->left.first, ==,
                   common_instant ("2026-03-20T11:00").ms);
}

/* Written up in July what happened in February: it belongs to the first stay. */
static void
test_late_write_up (void)
{
  g_autoptr(SanFactSet) set = two_stays ();
  g_autoptr(GPtrArray) answers = NULL;

  common_record (set, 4, "session", "2026-07-01T10:00");
  common_answer (set, 4, "at", "2026-02-01T16:00", "2026-07-01T10:00");
  common_record (set, 5, "session", "2026-06-10T18:00");
  common_answer (set, 5, "at", "2026-06-10T16:00", "2026-06-10T18:00");
  common_record (set, 6, "follow-up", "2026-04-21T18:00");
  common_answer (set, 6, "on", "2026-04-20", "2026-04-21T18:00");
  common_record (set, 7, "session", "2026-07-02T10:00"); /* nobody said when */
  g_assert_cmpuint (stay_of (set, 4), ==, 0);
  g_assert_cmpuint (stay_of (set, 5), ==, 1);
  g_assert_cmpuint (stay_of (set, 6), ==, 0);
  g_assert_cmpuint (stay_of (set, 7), ==, 1);
  answers = san_fact_set_list (set, "session.at", san_fact_set_get_stay (set, 0));
  g_assert_cmpuint (answers->len, ==, 1);
  assert_newest (set, "session.at", NULL, "2026-06-10T16:00:00+05:30");
}

/* A day without an hour belongs to the stay that began on it. */
static void
test_day_of_arrival (void)
{
  g_autoptr(SanFactSet) set = two_stays ();

  common_record (set, 4, "order", "2026-06-02T10:00");
  common_answer (set, 4, "on", "2026-06-01", "2026-06-02T10:00");
  g_assert_cmpuint (stay_of (set, 4), ==, 1);
}

/* A welcome whose arrival nobody answered begins a stay when it was written. */
static void
test_blank_arrival (void)
{
  g_autoptr(SanFactSet) set = common_set ();
  const SanStay *stay;

  g_assert_null (san_fact_set_get_last_stay (set));
  common_record (set, 1, "welcome", "2026-01-10T21:00");
  common_answer (set, 1, "alias", "Kadam", "2026-01-10T21:00");
  stay = san_fact_set_get_last_stay (set);
  g_assert_nonnull (stay);
  g_assert_false (stay->has_arrival);
  g_assert_cmpint (stay->from.first, ==, common_instant ("2026-01-10T21:00").ms);
}

/* An order of last month that is corrected today is not the newest order. */
static void
test_newest_by_date (void)
{
  g_autoptr(SanFactSet) set = common_set ();

  common_record (set, 1, "welcome", "2026-01-10T21:00");
  common_record (set, 2, "order", "2026-01-11T10:00");
  common_answer (set, 2, "on", "2026-01-11", "2026-01-11T10:00");
  common_answer (set, 2, "until", "2026-01-12", "2026-03-01T10:00");              /* typed last */
  common_record (set, 3, "order", "2026-01-12T10:00");
  common_answer (set, 3, "on", "2026-01-12", "2026-01-12T10:00");
  common_answer (set, 3, "until", "2026-07-12", "2026-01-12T10:00");
  assert_newest (set, "order.until", NULL, "2026-07-12");
}

/* A name that is corrected in the older record is the newest name. */
static void
test_newest_by_writing (void)
{
  g_autoptr(SanFactSet) set = common_set ();

  common_record (set, 1, "welcome", "2026-01-10T21:00");
  common_answer (set, 1, "name", "Rupkatha", "2026-02-01T10:00");
  common_record (set, 2, "family", "2026-01-15T10:00");
  common_answer (set, 2, "name", "Rupa", "2026-01-15T10:00");
  assert_newest (set, "child.name", NULL, "Rupkatha");
}

static void
test_no_answer_never_displaces (void)
{
  g_autoptr(SanFactSet) set = common_set ();
  SanId16 family = common_id (2);

  common_record (set, 1, "welcome", "2026-01-10T21:00");
  common_answer (set, 1, "name", "Rupa", "2026-01-10T21:00");
  common_record (set, 2, "family", "2026-01-15T10:00");
  common_answer (set, 2, "name", "?unknown", "2026-01-15T10:00");
  assert_newest (set, "child.name", NULL, "Rupa");
  g_assert_cmpuint (san_value_get_type (san_fact_set_get_value (set, &family, "name")), ==,
                    SAN_VALUE_NO_ANSWER);
}

static void
add_raw (SanFactSet *set, guint n, const char *field, const char *text, const char *wall,
         guint entry, gboolean doubtful)
{
  g_autoptr(SanValue) value = san_value_new_text (text, NULL);
  SanFactAnswer answer;

  memset (&answer, 0, sizeof answer);
  answer.record = common_id (n);
  answer.field = field;
  answer.value = value;
  answer.entry.b[0] = (guint8) entry;
  answer.wall = common_instant (wall);
  answer.doubtful = doubtful;
  san_fact_set_add_answer (set, &answer);
}

/* Not doubtful before doubtful, then the later clock, then the larger entry; never the order of
 * adding. */
static void
test_order_of_writing (void)
{
  for (guint turn = 0; turn < 2; turn++)
    {
      g_autoptr(SanFactSet) set = common_set ();

      common_record (set, 1, "flags", "2026-01-10T21:00");
      common_record (set, 2, "flags", "2026-01-10T21:00");
      common_record (set, 3, "flags", "2026-01-10T21:00");
      for (guint i = 0; i < 3; i++)
        {
          guint n = turn == 0 ? i : 2 - i;

          if (n == 0)
            add_raw (set, 1, "diet", "clock of 2099", "2099-01-01T00:00", 9, TRUE);
          else
            add_raw (set, n + 1, "diet", n == 1 ? "small id" : "large id", "2026-01-10T21:00", n,
                     FALSE);
        }
      assert_newest (set, "care.diet", NULL, "large id");
      {
        g_autoptr(GPtrArray) all = san_fact_set_list (set, "care.diet", NULL);

        g_assert_cmpuint (all->len, ==, 3);
        g_assert_true (((const SanFactAnswer *) all->pdata[2])->doubtful);
      }
    }
}

/* Two allergies written without seeing each other: the record shows one, the fact keeps both. */
static void
test_two_versions (void)
{
  g_autoptr(SanFactSet) set = common_set ();
  g_autoptr(GPtrArray) all = NULL;
  SanId16 id = common_id (1);
  g_autofree char *shown = NULL;

  common_record (set, 1, "flags", "2026-01-10T21:00");
  add_raw (set, 1, "allergy", "penicillin", "2026-01-10T22:00", 1, FALSE);
  add_raw (set, 1, "allergy", "nuts", "2026-01-10T21:30", 2, FALSE);
  all = san_fact_set_list (set, "care.allergy", NULL);
  g_assert_cmpuint (all->len, ==, 2);
  shown = san_answer_to_plain (san_fact_set_get_value (set, &id, "allergy"));
  g_assert_cmpstr (shown, ==, "penicillin");
}

/* Fields, forms and types of a newer version are kept by key and state no fact. */
static void
test_unknown_kept (void)
{
  g_autoptr(SanFactSet) set = common_set ();
  SanFactRecord newer = {
    common_id (5), "dream-diary", common_instant ("2026-01-10T21:00"), FALSE, { 0, 0 }
  };
  SanId16 id = common_id (5), welcome = common_id (1);
  g_autoptr(GPtrArray) answers = NULL;
  g_autoptr(GPtrArray) records = NULL;

  common_record (set, 1, "welcome", "2026-01-10T21:00");
  san_fact_set_add_record (set, &newer);
  add_raw (set, 5, "colour", "green", "2026-01-10T21:00", 1, FALSE);
  add_raw (set, 1, "shoe-size", "36", "2026-01-10T21:00", 2, FALSE);
  add_raw (set, 1, "arrived", "in the evening", "2026-01-10T21:00", 3, FALSE); /* unexpected type */
  add_raw (set, 77, "alias", "nobody", "2026-01-10T21:00", 4, FALSE);          /* no such record */
  g_assert_nonnull (san_fact_set_get_value (set, &id, "colour"));
  g_assert_nonnull (san_fact_set_get_value (set, &welcome, "shoe-size"));
  assert_newest (set, "child.admitted-at", NULL, NULL);
  assert_newest (set, "child.alias", NULL, NULL);
  answers = san_fact_set_list_answers (set, &welcome);
  g_assert_cmpuint (answers->len, ==, 2);
  records = san_fact_set_list_records (set, NULL, NULL);
  g_assert_cmpuint (records->len, ==, 2);
  g_assert_cmpuint (san_fact_set_get_n_stays (set), ==, 1);
}

static void
test_rows_state_facts (void)
{
  g_autoptr(SanFactSet) set = common_set ();
  g_autoptr(GPtrArray) reports = NULL;

  common_record (set, 1, "court-case", "2026-01-10T21:00");
  common_answer (set, 1, "reports.aaaaaaaa.on", "2026-02-10", "2026-02-10T21:00");
  common_answer (set, 1, "reports.bbbbbbbb.on", "2026-03-10", "2026-03-10T21:00");
  common_answer (set, 1, "reports.cccccccc.on", "?unknown", "2026-04-10T21:00");
  reports = san_fact_set_list (set, "support.report", NULL);
  g_assert_cmpuint (reports->len, ==, 2);
}

static void
test_naming (void)
{
  g_autoptr(SanFactSet) set = common_set ();
  SanId16 hearing = common_id (1);
  g_autofree char *id = san_id16_to_text (&hearing);
  g_autoptr(GPtrArray) naming = NULL;

  common_record (set, 1, "hearing", "2026-01-10T21:00");
  common_record (set, 2, "hearing-care", "2026-01-10T21:00");
  common_answer (set, 2, "hearing", id, "2026-01-10T21:00");
  common_record (set, 3, "hearing-care", "2026-01-10T21:00");
  naming = san_fact_set_list_naming (set, &hearing);
  g_assert_cmpuint (naming->len, ==, 1);
  g_assert_cmpuint (((const SanFactRecord *) naming->pdata[0])->record.b[0], ==, 2);
}

static gint32
day (const char *text)
{
  SanDate date = { 0, 0 };

  g_assert_true (san_date_from_text (text, &date, NULL));
  return date.days;
}

static void
test_age (void)
{
  g_autoptr(SanFactSet) set = common_set ();
  int youngest = -1, oldest = -1;

  common_record (set, 1, "welcome", "2026-01-10T21:00");
  g_assert_false (san_fact_set_get_age (set, day ("2026-01-10"), &youngest, &oldest));
  g_assert_cmpint (youngest, ==, -1);
  common_answer (set, 1, "arrived", "2026-01-10T20:00", "2026-01-10T21:00");
  common_answer (set, 1, "age", "15", "2026-01-10T21:00");
  g_assert_true (san_fact_set_get_age (set, day ("2026-01-10"), &youngest, &oldest));
  g_assert_cmpint (youngest, ==, 15);
  g_assert_cmpint (oldest, ==, 15);
  g_assert_true (san_fact_set_get_age (set, day ("2026-07-10"), &youngest, &oldest));
  g_assert_cmpint (youngest, ==, 15);
  g_assert_cmpint (oldest, ==, 16);
  g_assert_true (san_fact_set_get_age (set, day ("2028-01-10"), &youngest, &oldest));
  g_assert_cmpint (youngest, ==, 17);
  common_answer (set, 1, "birth", "2011", "2026-01-10T21:00");
  g_assert_true (san_fact_set_get_age (set, day ("2026-07-10"), &youngest, &oldest));
  g_assert_cmpint (youngest, ==, 14);
  g_assert_cmpint (oldest, ==, 15);
}

static void
test_scope (void)
{
  g_autoptr(SanFactSet) set = two_stays ();
  SanId16 record = common_id (4);
  SanFactScope facts = { set, &record, san_fact_set_get_stay (set, 0), 0 };
  SanConditionScope scope;
  g_autoptr(SanCondition) own = san_condition_parse ("'monthly' in kind", NULL);
  g_autoptr(SanCondition) fact = san_condition_parse ("child.alias = 'Kadam'", NULL);
  g_autoptr(SanCondition) age = san_condition_parse ("age() = 15", NULL);

  facts.on_day = day ("2026-02-01");
  common_record (set, 4, "exam", "2026-02-01T10:00");
  common_answer (set, 4, "kind", "monthly", "2026-02-01T10:00");
  common_answer (set, 1, "age", "15", "2026-01-10T21:00");
  facts.stay = san_fact_set_get_stay (set, 0);
  san_fact_scope_init (&facts, &scope);
  g_assert_true (san_condition_holds (own, &scope));
  g_assert_true (san_condition_holds (fact, &scope));
  g_assert_true (san_condition_holds (age, &scope));
  facts.stay = san_fact_set_get_stay (set, 1);
  g_assert_false (san_condition_holds (fact, &scope));
}

int
main (int argc, char **argv)
{
  int failed;

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/forms/stays/a-second-stay", test_second_stay);
  g_test_add_func ("/forms/rows/by-place-not-by-key", test_rows);
  g_test_add_func ("/forms/stays/correction-moves-no-other-clock", test_correction);
  g_test_add_func ("/forms/stays/late-exit-ends-what-it-names", test_late_exit);
  g_test_add_func ("/forms/stays/unnamed-and-planned-exits", test_unnamed_exit);
  g_test_add_func ("/forms/stays/late-write-up-finds-its-stay", test_late_write_up);
  g_test_add_func ("/forms/stays/day-of-arrival", test_day_of_arrival);
  g_test_add_func ("/forms/stays/blank-arrival", test_blank_arrival);
  g_test_add_func ("/forms/facts/newest-by-date-of-record", test_newest_by_date);
  g_test_add_func ("/forms/facts/newest-by-writing", test_newest_by_writing);
  g_test_add_func ("/forms/facts/not-known-never-displaces", test_no_answer_never_displaces);
  g_test_add_func ("/forms/facts/order-of-writing", test_order_of_writing);
  g_test_add_func ("/forms/facts/two-versions", test_two_versions);
  g_test_add_func ("/forms/facts/unknown-kept-by-key", test_unknown_kept);
  g_test_add_func ("/forms/facts/rows-state-facts", test_rows_state_facts);
  g_test_add_func ("/forms/facts/records-that-name", test_naming);
  g_test_add_func ("/forms/facts/age", test_age);
  g_test_add_func ("/forms/facts/scope-of-conditions", test_scope);
  failed = g_test_run ();
  common_free ();
  return failed;
}
