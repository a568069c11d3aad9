/* test-child-file.c - what a child's page shows, to whom, and what it writes down */
#include "house-fixture.h"
#include "san-child-file.h"
#include "san-excerpt.h"
#include "san-plan.h"
#include "san-score-series.h"

static House house;

static SanId16
write_record (const char *form, const char *const *answers)
{
  return laptop_write (house.laptop, form, &house.child, answers);
}

static SanChildFile *
read_file (void)
{
  g_autoptr(GError) error = NULL;
  SanChildFile *file = san_child_file_get (house.laptop->centre, &house.child, &error);

  g_assert_no_error (error);
  return file;
}

static const SanFileRow *
find_row (SanChildFile *file, const char *form)
{
  for (guint i = 0; i < file->rows->len; i++)
    if (g_str_equal (((SanFileRow *) file->rows->pdata[i])->form->id, form))
      return file->rows->pdata[i];
  return NULL;
}

static void
test_names_do_not_stand_in_excerpts (void)
{
  g_autoptr(SanChildFile) file = NULL;
  const SanFileRow *row;

  house = house_begin ();
  write_record ("family", (const char *const[]){ "name", "Namuna Rupkatha", "address",
                                                 "Near the house of Rupkatha's aunt", NULL });
  file = read_file ();
  row = find_row (file, "family");
  g_assert_nonnull (row);
  g_assert_cmpstr (row->line, ==, "Near the house of Bakul's aunt");
  g_assert_cmpstr (row->shelf, ==, "family");
  g_assert_null (file->row->name);
  house_end (&house);
}

static void
test_alerts_once_each (void)
{
  g_autoptr(SanChildFile) file = NULL;
  guint help = 0, allergy = 0;

  house = house_begin ();
  write_record ("flags", (const char *const[]){ "help-1", "Door ajar at night", "allergy",
                                                "penicillin", NULL });
  write_record ("flags", (const char *const[]) { "help-1", "Door ajar at night", NULL });
  file = read_file ();
  for (guint i = 0; i < file->alerts->len; i++)
    {
      const SanChildAlert *alert = file->alerts->pdata[i];

      help += g_str_equal (alert->kind, "help");
      allergy += g_str_equal (alert->kind, "allergy");
    }
  g_assert_cmpuint (help, ==, 1);
  g_assert_cmpuint (allergy, ==, 1);
  house_end (&house);
}

static void
test_name_is_logged (void)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *name = NULL;
  g_autoptr(GPtrArray) log = NULL;
  guint shown = 0;

  house = house_begin ();
  g_assert_null (san_child_show_name (house.laptop->centre, &house.child, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_NOT_FOUND);
  g_clear_error (&error);
  write_record ("family", (const char *const[]) { "name", "Namuna Tin", NULL });
  name = san_child_show_name (house.laptop->centre, &house.child, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (name, ==, "Namuna Tin");
  log = san_child_list_access (house.laptop->centre, &house.child, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < log->len; i++)
    shown += g_str_equal (((SanAccessRow *) log->pdata[i])->what, "name");
  g_assert_cmpuint (shown, ==, 1);
  house_end (&house);
}

static void
test_house_login_sees_a_quiet_fact (void)
{
  g_autoptr(SanChildFile) file = NULL;
  g_autoptr(GError) error = NULL;
  gboolean has_case = FALSE;

  house = house_begin ();
  write_record ("family", (const char *const[]) { "name", "Namuna Tin", "address", "far", NULL });
  laptop_add_person (house.laptop, "rokeya", "house");
  file = read_file ();
  g_assert_null (find_row (file, "family"));
  for (guint i = 0; i < file->closed->len; i++)
    {
      const SanProtectedShelf *shelf = file->closed->pdata[i];

      if (shelf->compartment == SAN_COMPARTMENT_CASE)
        {
          has_case = TRUE;
          g_assert_cmpstr (shelf->readers, ==, "sunanda");
        }
    }
  g_assert_true (has_case);
  g_assert_null (san_child_show_name (house.laptop->centre, &house.child, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_LOCKED);
  g_clear_error (&error);
  g_assert_null (san_plan_get (house.laptop->centre, &house.child, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_LOCKED);
  house_end (&house);
}

static void
test_plan_board_finds_what_moved (void)
{
  g_autoptr(SanPlan) plan = NULL;
  g_autoptr(GError) error = NULL;
  const SanPlanCard *card;
  SanId16 report;

  house = house_begin ();
  plan = san_plan_get (house.laptop->centre, &house.child, &error);
  g_assert_no_error (error);
  g_assert_false (plan->has_plan);
  g_assert_cmpuint (plan->cards->len, ==, 10);
  g_clear_pointer (&plan, san_plan_free);
  write_record ("icp-a", (const char *const[]){ "c1.abcdefgh.words", "finish class 8",
                                                "c4.bbbbbbbb.step", "bridge class", NULL });
  report = write_record (
      "icp-b", (const char *const[]){ "to", "2026-11-24", "c4.bbbbbbbb.moved", "some", NULL });
  g_assert_true (san_record_finish (house.laptop->centre, &report, &error));
  g_assert_no_error (error);
  plan = san_plan_get (house.laptop->centre, &house.child, &error);
  g_assert_no_error (error);
  g_assert_true (plan->has_plan);
  g_assert_cmpint (plan->reported_at, >, 0);
  card = plan->cards->pdata[0];
  g_assert_cmpstr (card->hers, ==, "finish class 8");
  g_assert_null (card->moved);
  card = plan->cards->pdata[3];
  g_assert_cmpstr (card->step, ==, "bridge class");
  g_assert_cmpstr (card->moved, ==, "some");
  house_end (&house);
}

static void
test_series_judges_against_the_first (void)
{
  static const char *const low[] = { "on",         "2026-09-24", "i.cheerful", "1",        "i.calm",
                                     "2",          "i.active",   "2",          "i.rested", "2",
                                     "i.interest", "2",          NULL };
  static const char *const high[] = { "on",       "2026-11-24", "i.cheerful", "3",
                                      "i.calm",   "3",          "i.active",   "2",
                                      "i.rested", "3",          "i.interest", "3",
                                      NULL };
  g_autoptr(GPtrArray) list = NULL;
  g_autoptr(GError) error = NULL;
  const SanScoreSeries *series;

  house = house_begin ();
  laptop_add_person (house.laptop, "mitali", "counsellor");
  write_record ("score.who5", high);
  write_record ("score.who5", low);
  list = san_score_series_list (house.laptop->centre, &house.child, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (list->len, ==, 1);
  series = list->pdata[0];
  g_assert_cmpuint (series->points->len, ==, 2);
  g_assert_cmpint (g_array_index (series->points, SanScorePoint, 0).total, ==, 36);
  g_assert_cmpint (g_array_index (series->points, SanScorePoint, 1).total, ==, 56);
  g_assert_cmpint (g_array_index (series->points, SanScorePoint, 1).change, ==, 20);
  g_assert_cmpint (g_array_index (series->points, SanScorePoint, 1).judged, ==, SAN_CHANGE_EASIER);
  house_end (&house);
}

static void
test_excerpts_are_short_and_on_one_line (void)
{
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *lines = san_excerpt_make ("one\n\n two", names, "Bakul");
  g_autofree char *cut = NULL;
  g_autoptr(GString) many = g_string_new (NULL);

  g_assert_cmpstr (lines, ==, "one two");
  for (guint i = 0; i < 100; i++)
    g_string_append (many, "river ");
  cut = san_excerpt_make (many->str, names, "Bakul");
  g_assert_true (g_str_has_suffix (cut, "…"));
  g_assert_cmpint (g_utf8_strlen (cut, -1), <, 160);
}

static SanId16
write_in_house (const char *form, const SanId32 *about, const char *const *answers)
{
  const char *row = g_str_equal (form, "incident") ? "who.k3f9q2aa.child" : "about.k3f9q2aa.child";
  g_autofree char *whom = san_id32_to_text (about);
  g_autoptr(GPtrArray) typed = san_typed_list_new ();
  g_autoptr(GError) error = NULL;
  SanId16 record;

  for (guint i = 0; answers[i] != NULL; i += 2)
    san_typed_list_add (typed, answers[i], answers[i + 1]);
  san_typed_list_add (typed, row, whom);
  g_assert_true (san_record_new (house.laptop->centre, form, NULL, typed, &record, &error));
  g_assert_no_error (error);
  return record;
}

/* Notes of the house that name her, and no others; her real name does not stand in them. */
static void
test_house_notes_on_her_timeline (void)
{
  g_autoptr(SanChildFile) file = NULL;
  g_autoptr(SanChildFile) hers = NULL;
  g_autoptr(GError) error = NULL;
  const SanFileRow *row;
  SanId16 note, taken_back;
  SanId32 other;
  guint before;

  house = house_begin ();
  other = laptop_admit (house.laptop, "Tagar");
  write_record ("family", (const char *const[]) { "name", "Namuna Rupkatha", NULL });
  file = read_file ();
  before = file->rows->len;
  g_clear_pointer (&file, san_child_file_free);
  note = write_in_house ("day-note", &house.child,
                         (const char *const[]){ "note", "Rupkatha drew the river.", NULL });
  write_in_house ("incident", &other,
                  (const char *const[]){ "words", "Quarrel about a comb.", NULL });
  taken_back = write_in_house ("incident", &house.child,
                               (const char *const[]){ "words", "Fell on the stairs.", NULL });
  g_assert_true (san_record_withdraw (house.laptop->centre, &taken_back, "undone", &error));
  file = read_file ();
  g_assert_cmpuint (file->rows->len, ==, before + 1);
  g_assert_null (find_row (file, "incident"));
  row = find_row (file, "day-note");
  g_assert_nonnull (row);
  g_assert_true (san_id16_equal (&row->record, &note));
  g_assert_cmpstr (row->line, ==, "Bakul drew the river.");
  g_assert_cmpstr (row->shelf, ==, "daily");
  laptop_add_person (house.laptop, "rokeya", "house");
  hers = read_file ();
  g_assert_nonnull (find_row (hers, "day-note"));
  house_end (&house);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/centre/child-file/names-do-not-stand-in-excerpts",
                   test_names_do_not_stand_in_excerpts);
  g_test_add_func ("/centre/child-file/each-alert-once", test_alerts_once_each);
  g_test_add_func ("/centre/child-file/showing-a-name-is-written-down", test_name_is_logged);
  g_test_add_func ("/centre/child-file/house-login-sees-a-quiet-fact",
                   test_house_login_sees_a_quiet_fact);
  g_test_add_func ("/centre/child-file/house-notes-stand-on-her-timeline",
                   test_house_notes_on_her_timeline);
  g_test_add_func ("/centre/plan/finds-what-moved-by-row", test_plan_board_finds_what_moved);
  g_test_add_func ("/centre/scores/series-judges-against-the-first",
                   test_series_judges_against_the_first);
  g_test_add_func ("/centre/excerpt/short-and-on-one-line",
                   test_excerpts_are_short_and_on_one_line);
  return g_test_run ();
}
