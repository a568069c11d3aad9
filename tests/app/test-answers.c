/* test-answers.c - what stands on screen: typed, saved, offered; days by one key */
#include "house-fixture.h"
#include "san-answers.h"
#include "san-date-keys.h"

static SanAnswers *
open_form (House *house, const char *form, const SanId16 *record)
{
  g_autoptr(GError) error = NULL;
  SanSheet *sheet = san_sheet_open (house->laptop->centre, form, &house->child, record, &error);

  g_assert_no_error (error);
  return san_answers_new (san_centre_get_catalogue (house->laptop->centre), "en", sheet);
}

static const SanField *
field_of (SanAnswers *answers, const char *name)
{
  return san_form_find_field (san_answers_get_sheet (answers)->form, name);
}

static void
save (House *house, SanAnswers *answers, SanId16 *record)
{
  g_autoptr(GPtrArray) typed = san_answers_dup_typed (answers);
  g_autoptr(GError) error = NULL;

  san_sheet_save (house->laptop->centre, san_answers_get_sheet (answers)->form->id, &house->child,
                  record, NULL, typed, FALSE, &error);
  g_assert_no_error (error);
}

/* What was not understood stays, marked, through a draft too. */
static void
test_not_understood_stays (void)
{
  House house = house_begin ();
  g_autoptr(SanAnswers) answers = open_form (&house, "follow-up", NULL);
  g_autoptr(SanAnswers) again = open_form (&house, "follow-up", NULL);
  const SanForm *form = san_answers_get_sheet (answers)->form;
  const SanField *day = NULL;
  g_autoptr(GPtrArray) typed = NULL;

  for (guint i = 0; i < form->n_fields && day == NULL; i++)
    if (form->fields[i]->type == SAN_FIELD_DATE)
      day = form->fields[i];
  g_assert_nonnull (day);
  g_assert_false (san_answers_take_text (answers, day, day->id, "next moon"));
  g_assert_cmpstr (san_answers_get_text (answers, day->id), ==, "next moon");
  g_assert_cmpstr (san_answers_find_bad (answers), ==, day->id);
  typed = san_answers_dup_typed (answers);
  san_answers_load (again, typed);
  g_assert_cmpstr (san_answers_get_text (again, day->id), ==, "next moon");
  g_assert_true (san_answers_take_text (again, day, day->id, "12/11"));
  g_assert_null (san_answers_find_bad (again));
  house_end (&house);
}

static void
test_offers_and_changes (void)
{
  House house = house_begin ();
  SanId16 record = san_id16_zero;

  {
    g_autoptr(SanAnswers) answers = open_form (&house, "contacts", NULL);

    g_assert_cmpint (san_answers_get_from (answers, "on"), ==, SAN_ANSWER_OFFERED);
    g_assert_false (san_answers_is_dirty (answers));
    g_assert_true (
        san_answers_take_text (answers, field_of (answers, "gate"), "gate", "Leave your number."));
    g_assert_true (san_answers_is_dirty (answers));
    save (&house, answers, &record);
  }
  {
    g_autoptr(SanAnswers) answers = open_form (&house, "contacts", &record);

    g_assert_cmpint (san_answers_get_from (answers, "gate"), ==, SAN_ANSWER_SAVED);
    g_assert_cmpint (san_answers_get_from (answers, "on"), ==, SAN_ANSWER_SAVED);
    g_assert_true (
        san_answers_take_text (answers, field_of (answers, "gate"), "gate", "Nobody here."));
    g_assert_cmpint (san_answers_get_from (answers, "gate"), ==, SAN_ANSWER_TYPED);
    g_assert_true (
        san_answers_take_text (answers, field_of (answers, "gate"), "gate", "Leave your number."));
    g_assert_false (san_answers_is_dirty (answers)); /* back to what is saved: nothing to save */
    g_assert_true (san_answers_take_text (answers, field_of (answers, "gate"), "gate", ""));
    g_assert_null (san_answers_get_value (answers, "gate"));
    save (&house, answers, &record);
  }
  {
    g_autoptr(SanAnswers) answers = open_form (&house, "contacts", &record);

    g_assert_cmpint (san_answers_get_from (answers, "gate"), ==, SAN_ANSWER_BLANK);
  }
  house_end (&house);
}

static void
test_rows (void)
{
  House house = house_begin ();
  SanId16 record = san_id16_zero;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  {
    g_autoptr(SanAnswers) answers = open_form (&house, "contacts", NULL);
    const SanTable *table = san_form_find_table (san_answers_get_sheet (answers)->form, "may");
    g_autofree char *name = NULL;
    g_autoptr(GPtrArray) rows = NULL;

    first = san_answers_add_row (answers, table);
    second = san_answers_add_row (answers, table);
    name = san_form_make_name (table, second, table->columns[0]);
    g_assert_true (san_answers_take_text (answers, table->columns[0], name, "Aunt"));
    rows = san_answers_list_rows (answers, table);
    g_assert_cmpuint (rows->len, ==, 2);
    g_assert_cmpstr (rows->pdata[0], ==, first);
    save (&house, answers, &record);
  }
  {
    g_autoptr(SanAnswers) answers = open_form (&house, "contacts", &record);
    const SanTable *table = san_form_find_table (san_answers_get_sheet (answers)->form, "may");
    g_autoptr(GPtrArray) rows = NULL;

    san_answers_remove_row (answers, table, first);
    rows = san_answers_list_rows (answers, table);
    g_assert_cmpuint (rows->len, ==, 1);
    g_assert_cmpstr (rows->pdata[0], ==, second);
    save (&house, answers, &record);
  }
  {
    g_autoptr(SanAnswers) answers = open_form (&house, "contacts", &record);
    const SanTable *table = san_form_find_table (san_answers_get_sheet (answers)->form, "may");
    g_autoptr(GPtrArray) rows = san_answers_list_rows (answers, table);

    g_assert_cmpuint (rows->len, ==, 1);
  }
  house_end (&house);
}

/* A report walks the rows of the plan, in their order there: their keys are random. */
static void
test_lent_rows (void)
{
  static const char *const words[] = { "Finish class 8", "Sing", "Swim", "Sew", "See the sea" };
  House house = house_begin ();
  SanId16 record = san_id16_zero;
  g_autoptr(GPtrArray) lent = NULL;

  {
    g_autoptr(SanAnswers) answers = open_form (&house, "icp-a", NULL);
    const SanTable *table = san_form_find_table (san_answers_get_sheet (answers)->form, "c1");

    for (guint i = 0; i < G_N_ELEMENTS (words); i++)
      {
        g_autofree char *row = san_answers_add_row (answers, table);
        g_autofree char *name = san_form_make_name (table, row, table->columns[0]);

        g_assert_true (san_answers_take_text (answers, table->columns[0], name, words[i]));
      }
    lent = san_answers_list_rows (answers, table);
    save (&house, answers, &record);
  }
  {
    g_autoptr(SanAnswers) answers = open_form (&house, "icp-a", &record);
    const SanTable *table = san_form_find_table (san_answers_get_sheet (answers)->form, "c1");

    san_answers_remove_row (answers, table, lent->pdata[2]);
    save (&house, answers, &record);
    g_ptr_array_remove_index (lent, 2);
  }
  {
    g_autoptr(SanAnswers) answers = open_form (&house, "icp-b", NULL);
    const SanTable *table = san_form_find_table (san_answers_get_sheet (answers)->form, "c1");
    g_autoptr(GPtrArray) rows = san_answers_list_rows (answers, table);

    g_assert_cmpuint (rows->len, ==, lent->len);
    for (guint i = 0; i < rows->len; i++)
      {
        g_autofree char *text = san_answers_dup_row_words (answers, table, rows->pdata[i]);

        g_assert_cmpstr (rows->pdata[i], ==, lent->pdata[i]);
        g_assert_cmpstr (text, ==, words[i < 2 ? i : i + 1]);
      }
    g_assert_false (san_answers_is_dirty (answers));
  }
  house_end (&house);
}

/* Of several answers that are not understood the first on the page, whichever was typed first. */
static void
test_first_bad (void)
{
  House house = house_begin ();
  g_autoptr(SanAnswers) answers = open_form (&house, "exam", NULL);
  const SanForm *form = san_answers_get_sheet (answers)->form;
  const char *first = NULL;

  for (guint i = form->n_fields; i > 0; i--)
    if (form->fields[i - 1]->type == SAN_FIELD_DATE)
      {
        first = form->fields[i - 1]->id;
        g_assert_false (
            san_answers_take_text (answers, form->fields[i - 1], first, "next moon"));
        g_assert_cmpstr (san_answers_find_bad (answers), ==, first);
      }
  g_assert_nonnull (first);
  house_end (&house);
}

/* Conditions follow what is on screen; hidden questions are not counted. */
static void
test_conditions_are_live (void)
{
  House house = house_begin ();
  g_autoptr(SanAnswers) answers = open_form (&house, "welcome", NULL);
  const SanField *what = field_of (answers, "medicine-what");
  guint before = san_answers_count (answers, what->section).asked;

  g_assert_false (san_answers_is_shown (answers, what));
  g_assert_true (san_answers_take_text (answers, field_of (answers, "medicine-tonight"),
                                        "medicine-tonight", "yes"));
  g_assert_true (san_answers_is_shown (answers, what));
  g_assert_cmpuint (san_answers_count (answers, what->section).asked, ==, before + 1);
  g_assert_cmpuint (san_answers_count (answers, what->section).answered, ==, 1);
  g_assert_true (san_answers_take_text (answers, field_of (answers, "medicine-tonight"),
                                        "medicine-tonight", "?refused"));
  g_assert_false (san_answers_is_shown (answers, what));
  g_assert_cmpuint (san_answers_count (answers, what->section).answered, ==, 1);
  house_end (&house);
}

static void
test_days_by_one_key (void)
{
  static const struct
  {
    const char *before;
    gunichar key;
    gboolean time;
    const char *after;
  } rows[] = {
    { "", 't', FALSE, "25/11/2026" },
    { "", 'T', FALSE, "25/11/2026" },
    { "", 'y', FALSE, "24/11/2026" },
    { "", '+', FALSE, "26/11/2026" },
    { "", '-', FALSE, "24/11/2026" },
    { "01/03/2028", '-', FALSE, "29/02/2028" },
    { "31/12/2026", '+', FALSE, "01/01/2027" },
    { "12/11/2026", 't', FALSE, "25/11/2026" },
    { "15 ", 'y', FALSE, NULL },
    { "12", '-', FALSE, NULL },
    { "12/11", '-', FALSE, NULL },
    { "12/11", 't', FALSE, NULL },
    { "99/99/2026", '+', FALSE, NULL },
    { "25/11/2026", '7', FALSE, NULL },
    { "", 't', TRUE, "25/11/2026 20:40" },
    { "25/11/2026 09:15", '+', TRUE, "26/11/2026 09:15" },
    { "25/11/2026 09:15", 'y', TRUE, "24/11/2026 09:15" },
  };
  SanInstant now = san_instant_at_day (0, 0, 330);
  SanDate day;

  g_assert_true (san_date_from_ymd (2026, 11, 25, &day));
  now = san_instant_at_day (day.days, 20 * 60 + 40, 330);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *after = san_date_key (rows[i].before, rows[i].key, rows[i].time, &now);

      g_assert_cmpstr (after, ==, rows[i].after);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/answers/not-understood-stays", test_not_understood_stays);
  g_test_add_func ("/app/answers/offered-saved-typed", test_offers_and_changes);
  g_test_add_func ("/app/answers/rows-come-and-go", test_rows);
  g_test_add_func ("/app/answers/rows-are-lent", test_lent_rows);
  g_test_add_func ("/app/answers/the-first-bad-one", test_first_bad);
  g_test_add_func ("/app/answers/conditions-are-live", test_conditions_are_live);
  g_test_add_func ("/app/date-keys/one-key", test_days_by_one_key);
  return g_test_run ();
}
