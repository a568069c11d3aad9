/* test-instrument.c - sheets scored by hand-made vectors */
#include "due-fixture.h"

#include <string.h>

static const SanInstrument *
sheet (const char *id)
{
  const SanInstrument *self = san_programme_find_instrument (due_fixture_programme (), id);

  g_assert_nonnull (self);
  return self;
}

static GHashTable *
answers_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) san_value_unref);
}

static void
answer (GHashTable *answers, const char *key, gint64 v)
{
  g_hash_table_insert (answers, (gpointer) key, san_value_new_int (v));
}

/* Every counted item the same. */
static GHashTable *
all_the_same (const SanInstrument *self, gint64 v)
{
  GHashTable *answers = answers_new ();

  for (guint i = 0; i < self->n_items; i++)
    if (self->items[i].is_counted)
      answer (answers, self->items[i].key, v);
  return answers;
}

static void
assert_total (const SanScore *score, int total, const char *band, gboolean positive)
{
  g_assert_true (score->has_total);
  g_assert_cmpint (score->total, ==, total);
  g_assert_cmpstr (score->band->code, ==, band);
  g_assert_true (!score->is_positive == !positive);
}

static void
assert_alert (const SanScore *score, const char *key)
{
  for (guint i = 0; i < score->alerts->len; i++)
    if (strcmp (((const SanItemDef *) score->alerts->pdata[i])->key, key) == 0)
      return;
  g_error ("no alert for %s", key);
}

/* ---- each sheet ---- */

static void
test_cries8 (void)
{
  const SanInstrument *cries = sheet ("cries8");
  g_autoptr(GHashTable) threes = all_the_same (cries, 3);
  g_autoptr(GHashTable) one_five = all_the_same (cries, 0);
  g_autoptr(SanScore) high = san_instrument_score (cries, threes);
  g_autoptr(SanScore) low = NULL;

  assert_total (high, 24, "look-closer", TRUE);
  g_assert_cmpint (high->subtotals[0], ==, 12);
  g_assert_cmpint (high->subtotals[1], ==, 12);
  answer (one_five, "pictures", 5);
  low = san_instrument_score (cries, one_five);
  assert_total (low, 5, "below", FALSE);
  g_assert_cmpint (low->subtotals[0], ==, 5);      /* pictures come back: intrusion */
  g_assert_cmpint (low->subtotals[1], ==, 0);
  g_assert_cmpint (cries->min_total, ==, 0);
  g_assert_cmpint (cries->max_total, ==, 40);
}

static void
test_cries8_at_the_line (void)
{
  const SanInstrument *cries = sheet ("cries8");
  g_autoptr(GHashTable) answers = all_the_same (cries, 0);
  g_autoptr(SanScore) sixteen = NULL, seventeen = NULL;

  answer (answers, "pictures", 5);
  answer (answers, "reminded", 5);
  answer (answers, "pushes-away", 5);
  answer (answers, "avoids-talking", 1);
  sixteen = san_instrument_score (cries, answers);
  assert_total (sixteen, 16, "below", FALSE);
  answer (answers, "avoids-thinking", 1);
  seventeen = san_instrument_score (cries, answers);
  assert_total (seventeen, 17, "look-closer", TRUE);
}

static void
test_phqa (void)
{
  const SanInstrument *phqa = sheet ("phqa");
  g_autoptr(GHashTable) ones = all_the_same (phqa, 1);
  g_autoptr(GHashTable) only_nine = all_the_same (phqa, 0);
  g_autoptr(GHashTable) ten = all_the_same (phqa, 1);
  g_autoptr(SanScore) score = san_instrument_score (phqa, ones);
  g_autoptr(SanScore) alert = NULL, moderate = NULL, cut = NULL;

  assert_total (score, 9, "mild", FALSE);
  assert_alert (score, "self-harm");
  answer (only_nine, "self-harm", 1);
  alert = san_instrument_score (phqa, only_nine);
  assert_total (alert, 1, "minimal", FALSE);
  assert_alert (alert, "self-harm");
  answer (ten, "sleep", 3);
  answer (ten, "self-harm", 0);
  moderate = san_instrument_score (phqa, ten);
  assert_total (moderate, 10, "moderate", FALSE);  /* below the adolescent cut of 11 */
  g_assert_cmpuint (moderate->alerts->len, ==, 0);
  answer (ten, "mood", 2);
  cut = san_instrument_score (phqa, ten);
  assert_total (cut, 11, "moderate", TRUE);
}

static void
test_phqa_questions_beside (void)
{
  const SanInstrument *phqa = sheet ("phqa");
  g_autoptr(GHashTable) answers = all_the_same (phqa, 0);
  g_autoptr(SanScore) quiet = san_instrument_score (phqa, answers);
  g_autoptr(SanScore) score = NULL;

  g_assert_cmpuint (quiet->alerts->len, ==, 0);
  g_assert_cmpuint (quiet->alerts_blank->len, ==, 2);        /* not asked is not no */
  answer (answers, "difficulty", 3);
  g_hash_table_insert (answers, (gpointer) "low-year", san_value_new_bool (TRUE));
  g_hash_table_insert (answers, (gpointer) "suicide-month", san_value_new_bool (TRUE));
  g_hash_table_insert (answers, (gpointer) "suicide-ever", san_value_new_bool (FALSE));
  score = san_instrument_score (phqa, answers);
  assert_total (score, 0, "minimal", FALSE);
  g_assert_cmpuint (score->alerts->len, ==, 1);
  g_assert_cmpuint (score->alerts_blank->len, ==, 0);
  assert_alert (score, "suicide-month");
}

static void
test_gad7 (void)
{
  const SanInstrument *gad = sheet ("gad7");
  g_autoptr(GHashTable) twos = all_the_same (gad, 2);
  g_autoptr(SanScore) score = san_instrument_score (gad, twos);

  assert_total (score, 14, "moderate", TRUE);
  g_assert_cmpuint (score->alerts->len, ==, 0);
}

static void
test_who5 (void)
{
  const SanInstrument *who = sheet ("who5");
  g_autoptr(GHashTable) threes = all_the_same (who, 3);
  g_autoptr(GHashTable) twelve = all_the_same (who, 2);
  g_autoptr(GHashTable) seven = all_the_same (who, 1);
  g_autoptr(SanScore) fair = san_instrument_score (who, threes);
  g_autoptr(SanScore) low = NULL, very_low = NULL;

  assert_total (fair, 60, "fair", FALSE);
  answer (twelve, "calm", 4);
  low = san_instrument_score (who, twelve);
  g_assert_cmpint (low->raw, ==, 12);
  assert_total (low, 48, "low", TRUE);
  answer (seven, "rested", 3);
  very_low = san_instrument_score (who, seven);
  g_assert_cmpint (very_low->raw, ==, 7);
  assert_total (very_low, 28, "very-low", TRUE);
}

/* ---- what is missing or wrong ---- */

static void
test_missing (void)
{
  static const char *const ids[] = { "who5", "cries8", "phqa", "gad7" };

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      const SanInstrument *self = sheet (ids[i]);
      g_autoptr(GHashTable) answers = all_the_same (self, 1);
      g_autoptr(SanScore) blank = NULL, withheld = NULL, cleared = NULL;
      const char *key = self->items[0].key;

      g_hash_table_remove (answers, key);
      blank = san_instrument_score (self, answers);
      g_hash_table_insert (answers, (gpointer) key,
                           san_value_new_no_answer (SAN_NO_ANSWER_REFUSED));
      withheld = san_instrument_score (self, answers);
      g_hash_table_insert (answers, (gpointer) key, san_value_new_cleared ());
      cleared = san_instrument_score (self, answers);
      g_assert_false (blank->has_total || withheld->has_total || cleared->has_total);
      g_assert_null (blank->band);
      g_assert_false (blank->is_positive);
      g_assert_cmpuint (blank->n_missing, ==, 1);
      g_assert_cmpuint (withheld->n_invalid, ==, 0);
      if (self->n_subscales > 0)
        {
          g_assert_false (blank->has_subtotal[0]);
          g_assert_true (blank->has_subtotal[1]);
        }
    }
}

static void
test_alert_without_total (void)
{
  const SanInstrument *phqa = sheet ("phqa");
  g_autoptr(GHashTable) answers = answers_new ();
  g_autoptr(SanScore) score = NULL;

  answer (answers, "self-harm", 2);
  score = san_instrument_score (phqa, answers);
  g_assert_false (score->has_total);
  assert_alert (score, "self-harm");
}

static void
test_unknown_answers (void)
{
  const SanInstrument *cries = sheet ("cries8");
  static const gint64 wrong[] = { 2, 4, 6, -1, G_MAXINT64, G_MININT64 };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr(GHashTable) answers = all_the_same (cries, 1);
      g_autoptr(SanScore) score = NULL;

      answer (answers, "reminded", wrong[i]);
      score = san_instrument_score (cries, answers);
      g_assert_false (score->has_total);
      g_assert_cmpuint (score->n_invalid, ==, 1);
    }
}

static void
test_pro_rated_and_reversed (void)
{
  static const int allowed[] = { 0, 1, 2 };
  SanItemDef items[5] = { { NULL } };
  SanBand bands[] = { { "all", NULL, 0, 10, NULL, SAN_MARK_OURS } };
  SanInstrument made_up = { .id = "made-up", .n_items = 5, .items = items, .multiply = 1,
                            .max_total = 10, .max_missing = 2, .n_bands = 1, .bands = bands };
  static const char *const keys[] = { "a", "b", "c", "d", "e" };
  g_autoptr(GHashTable) answers = answers_new ();
  g_autoptr(SanScore) whole = NULL, rated = NULL, too_few = NULL;

  for (guint i = 0; i < 5; i++)
    {
      items[i] = (SanItemDef){ .key = keys[i], .allowed = allowed, .n_allowed = 3,
                               .is_counted = TRUE };
      answer (answers, keys[i], i == 0 ? 0 : 1);
    }
  items[0].is_reversed = TRUE;                     /* 0 counts 2 */
  whole = san_instrument_score (&made_up, answers);
  g_assert_cmpint (whole->total, ==, 6);
  g_hash_table_remove (answers, "b");
  g_hash_table_remove (answers, "c");
  rated = san_instrument_score (&made_up, answers);
  g_assert_cmpint (rated->total, ==, 7);           /* 4 of three items: 6.67 for five */
  g_hash_table_remove (answers, "d");
  too_few = san_instrument_score (&made_up, answers);
  g_assert_false (too_few->has_total);
}

/* ---- change ---- */

static SanScore *
who5_of (int raw)
{
  const SanInstrument *who = sheet ("who5");
  g_autoptr(GHashTable) answers = answers_new ();

  for (guint i = 0; i < who->n_items; i++)
    {
      int v = MIN (raw, 5);

      answer (answers, who->items[i].key, v);
      raw -= v;
    }
  return san_instrument_score (who, answers);
}

static void
test_change (void)
{
  g_autoptr(SanScore) low = who5_of (10), near = who5_of (12), high = who5_of (13);
  int change = 99;

  g_assert_cmpint (san_score_compare (low, high, &change), ==, SAN_CHANGE_EASIER);
  g_assert_cmpint (change, ==, 12);
  g_assert_cmpint (san_score_compare (high, low, &change), ==, SAN_CHANGE_HARDER);
  g_assert_cmpint (change, ==, -12);
  g_assert_cmpint (san_score_compare (low, near, &change), ==, SAN_CHANGE_NOT_SURE);
  g_assert_cmpint (change, ==, 8);
  g_assert_cmpint (san_score_compare (low, low, NULL), ==, SAN_CHANGE_NOT_SURE);
  g_assert_cmpstr (san_change_get_name (SAN_CHANGE_NOT_SURE), ==, "not-sure");
}

static void
test_change_without_a_figure (void)
{
  static const char *const ids[] = { "cries8", "phqa", "gad7" };

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      const SanInstrument *self = sheet (ids[i]);
      g_autoptr(GHashTable) ones = all_the_same (self, 1);
      g_autoptr(GHashTable) zeros = all_the_same (self, 0);
      g_autoptr(SanScore) before = san_instrument_score (self, ones);
      g_autoptr(SanScore) after = san_instrument_score (self, zeros);
      int change = 99;

      g_assert_cmpint (san_score_compare (before, after, &change), ==, SAN_CHANGE_NOT_JUDGED);
      g_assert_cmpint (change, ==, -before->total);
      g_assert_null (san_change_get_name (SAN_CHANGE_NOT_JUDGED));
    }
}

static void
test_change_needs_two_totals (void)
{
  g_autoptr(SanScore) some = who5_of (10);
  g_autoptr(GHashTable) nothing = answers_new ();
  g_autoptr(SanScore) none = san_instrument_score (sheet ("who5"), nothing);
  g_autoptr(SanScore) other = san_instrument_score (sheet ("gad7"), nothing);
  int change = 99;

  g_assert_cmpint (san_score_compare (some, none, &change), ==, SAN_CHANGE_NOT_JUDGED);
  g_assert_cmpint (san_score_compare (none, some, &change), ==, SAN_CHANGE_NOT_JUDGED);
  g_assert_cmpint (san_score_compare (some, other, &change), ==, SAN_CHANGE_NOT_JUDGED);
  g_assert_cmpint (change, ==, 99);
}

/* ---- filled-in forms ---- */

static void
add_sheet (DueFixture *fixture, const char *name, const char *written, const char *on,
           const char *v)
{
  const SanInstrument *who = sheet ("who5");

  due_fixture_record (fixture, name, "score.who5", written);
  due_fixture_answer (fixture, name, "on", on, NULL);
  for (guint i = 0; i < who->n_items; i++)
    {
      g_autofree char *field = g_strconcat (SAN_ITEM_FIELD_PREFIX, who->items[i].key, NULL);

      if (v != NULL)
        due_fixture_answer (fixture, name, field, v, NULL);
    }
}

static void
test_records (void)
{
  const SanInstrument *who = sheet ("who5");
  g_autoptr(DueFixture) fixture = due_fixture_new ();
  g_autoptr(SanFactSet) facts = NULL;
  g_autoptr(SanScore) score = NULL, before = NULL, first = NULL, other = NULL;
  SanId16 march = due_fixture_id ("march"), january = due_fixture_id ("january");
  SanId16 nobody = due_fixture_id ("nobody");
  int change;

  add_sheet (fixture, "march", "2027-03-01T10:00", "2027-03-01", "4");
  add_sheet (fixture, "january", "2027-03-02T10:00", "2027-01-10", "2");     /* typed last */
  add_sheet (fixture, "february", "2027-02-01T10:00", "2027-02-01", NULL);   /* blank */
  facts = due_fixture_facts (fixture, FALSE);
  score = san_instrument_score_record (who, facts, &march);
  before = san_instrument_score_before (who, facts, &march);
  g_assert_cmpint (score->total, ==, 80);
  g_assert_cmpint (before->total, ==, 40);
  g_assert_cmpint (san_score_compare (before, score, &change), ==, SAN_CHANGE_EASIER);
  g_assert_cmpint (change, ==, 40);
  first = san_instrument_score_before (who, facts, &january);
  g_assert_null (first);
  g_assert_null (san_instrument_score_before (who, facts, &nobody));
  other = san_instrument_score_record (sheet ("gad7"), facts, &march);
  g_assert_false (other->has_total);
}

static void
test_ages (void)
{
  g_assert_true (san_instrument_fits_age (sheet ("phqa"), 11, 11));
  g_assert_true (san_instrument_fits_age (sheet ("phqa"), 17, 17));
  g_assert_false (san_instrument_fits_age (sheet ("phqa"), 18, 18));
  g_assert_false (san_instrument_fits_age (sheet ("phqa"), 10, 10));
  g_assert_true (san_instrument_fits_age (sheet ("phqa"), 10, 11));    /* perhaps */
  g_assert_false (san_instrument_fits_age (sheet ("gad7"), 11, 11));
  g_assert_true (san_instrument_fits_age (sheet ("gad7"), 40, 40));
  g_assert_false (san_instrument_fits_age (sheet ("who5"), 8, 8));
  g_assert_true (san_instrument_fits_age (sheet ("cries8"), 8, 8));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/programme/instrument/cries8-adds-up", test_cries8);
  g_test_add_func ("/programme/instrument/cries8-turns-at-seventeen", test_cries8_at_the_line);
  g_test_add_func ("/programme/instrument/phqa-adds-up-and-alerts", test_phqa);
  g_test_add_func ("/programme/instrument/phqa-questions-beside-the-total",
                   test_phqa_questions_beside);
  g_test_add_func ("/programme/instrument/gad7-adds-up", test_gad7);
  g_test_add_func ("/programme/instrument/who5-is-times-four", test_who5);
  g_test_add_func ("/programme/instrument/blank-is-never-zero", test_missing);
  g_test_add_func ("/programme/instrument/alert-needs-no-total", test_alert_without_total);
  g_test_add_func ("/programme/instrument/unknown-answers-give-no-total", test_unknown_answers);
  g_test_add_func ("/programme/instrument/pro-rated-and-reversed", test_pro_rated_and_reversed);
  g_test_add_func ("/programme/instrument/change-is-easier-or-harder", test_change);
  g_test_add_func ("/programme/instrument/change-without-a-figure-is-not-judged",
                   test_change_without_a_figure);
  g_test_add_func ("/programme/instrument/change-needs-two-totals", test_change_needs_two_totals);
  g_test_add_func ("/programme/instrument/records-find-the-sheet-before", test_records);
  g_test_add_func ("/programme/instrument/ages", test_ages);
  return g_test_run ();
}
