/* test-due-words.c - words of the grammar that no shipped milestone uses, or not in this mixture */
#include "due-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

static const char words[] =
    "<programme format='1' id='words'>"
    /* without a fact: the day of finish */
    "<milestone id='finish' role='any' per='stay' anchor='icp.on' due='P10D' source='-' mark='o'>"
    "<label>x</label><meaning>x</meaning><fulfilled-by form='icp-b'/></milestone>"
    "<milestone id='finish-again' role='any' per='stay' anchor='icp.on' every='P10D' source='-' "
    "mark='o'>"
    "<label>x</label><meaning>x</meaning><fulfilled-by form='icp-b' "
    "if='answered(committee-on)'/></milestone>"
    /* hours from a day; the first day of an imprecise one */
    "<milestone id='hours' role='any' per='record' anchor='order.on' due='PT36H' source='-' "
    "mark='o'>"
    "<label>x</label><meaning>x</meaning><fulfilled-by form='order' "
    "fact='order.final-on'/></milestone>"
    "<milestone id='hours-first' role='any' per='record' anchor='order.on' due='PT24H' "
    "precision='first' source='-' mark='o'>"
    "<label>x</label><meaning>x</meaning><fulfilled-by form='order' "
    "fact='order.final-on'/></milestone>"
    /* two ways to answer, one of them of one form only */
    "<milestone id='either' role='any' per='stay' anchor='child.admitted-at' due='P5D' source='-' "
    "mark='o'>"
    "<label>x</label><meaning>x</meaning><fulfilled-by form='welcome' fact='child.produced-at'/>"
    "<fulfilled-by form='contacts' fact='contacts.on'/></milestone>"
    /* until, for a stay; notice in hours; from in hours */
    "<milestone id='until' role='any' per='stay' anchor='child.admitted-at' due='P30D' "
    "until='order.final-on' notice='PT6H' source='-' mark='o'>"
    "<label>x</label><meaning>x</meaning><fulfilled-by form='contacts' "
    "fact='contacts.on'/></milestone>"
    "<milestone id='from-hours' role='any' per='stay' anchor='child.admitted-at' due='PT48H' "
    "from='PT12H' source='-' mark='o'>"
    "<label>x</label><meaning>x</meaning><fulfilled-by form='exam' fact='exam.at'/></milestone>"
    /* while she stays and no longer, for records */
    "<milestone id='stay-only' role='any' per='record' anchor='order.on' due='P100D' source='-' "
    "mark='o'>"
    "<label>x</label><meaning>x</meaning><fulfilled-by form='order' "
    "fact='order.final-on'/></milestone>"
    /* every … for …, and then no more */
    "<milestone id='thrice' role='any' per='stay' anchor='child.admitted-at' every='P1M' for='P3M' "
    "source='-' mark='o'>"
    "<label>x</label><meaning>x</meaning><fulfilled-by form='contacts' "
    "fact='contacts.on'/></milestone>"
    "</programme>";

static char *data_dir;

static void
put (const char *folder, const char *name, const char *text)
{
  g_autofree char *dir = g_build_filename (data_dir, folder, NULL);
  g_autofree char *path = g_build_filename (dir, name, NULL);

  g_mkdir (dir, 0700);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
copy (const char *folder, const char *name)
{
  g_autofree char *from = g_build_filename (g_getenv ("SAN_DATA_DIR"), folder, name, NULL);
  g_autofree char *text = NULL;

  g_assert_true (g_file_get_contents (from, &text, NULL, NULL));
  put (folder, name, text);
}

static void
drop (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (data_dir, folder, name, NULL);

  g_remove (path);
}

/* Our words instead of the shipped ones. */
static SanProgramme *
load_words (void)
{
  SanCatalogue *catalogue = san_programme_get_catalogue (due_fixture_programme ());
  g_autoptr(GError) error = NULL;
  SanProgramme *programme;

  data_dir = g_dir_make_tmp ("san-words-XXXXXX", NULL);
  copy ("programme", "programme.rng");
  copy ("instruments", "instrument.rng");
  put ("programme", "words.xml", words);
  programme = san_programme_load (data_dir, catalogue, &error);
  g_assert_no_error (error);
  drop ("programme", "words.xml");
  drop ("programme", "programme.rng");
  drop ("programme", "");
  drop ("instruments", "instrument.rng");
  drop ("instruments", "");
  g_rmdir (data_dir);
  g_free (data_dir);
  return programme;
}

static DueFixture *
begin (SanProgramme *programme)
{
  DueFixture *fixture = due_fixture_new ();

  fixture->programme = programme;
  due_fixture_record (fixture, "w", "welcome", "2026-11-25T20:50");
  due_fixture_answer (fixture, "w", "arrived", "2026-11-25T20:40", NULL);
  return fixture;
}

/* @at NULL: no such row. */
static void
expect (DueFixture *fixture, const char *now, const char *milestone, const char *at)
{
  g_autoptr(GPtrArray) dues = NULL;
  const SanDue *due;

  fixture->now = due_fixture_ms (fixture, now);
  dues = due_fixture_compute (fixture);
  due = due_fixture_find (dues, milestone, NULL);
  if ((due == NULL) != (at == NULL))
    g_error ("%s at %s: %s", milestone, now, due == NULL ? "no row" : "a row");
  if (at != NULL)
    {
      g_assert_cmpint (due->at, ==, due_fixture_at (fixture, at));
      g_assert_true (!due->exact == (strchr (at, 'T') == NULL));
    }
}

static void
test_finish (void)
{
  g_autoptr(SanProgramme) programme = load_words ();
  g_autoptr(DueFixture) fixture = begin (programme);

  due_fixture_record (fixture, "a", "icp-a", "2026-12-01T10:00");
  due_fixture_answer (fixture, "a", "on", "2026-12-01", NULL);
  due_fixture_record (fixture, "b", "icp-b", "2026-12-02T10:00");
  due_fixture_answer (fixture, "b", "to", "2026-12-02", NULL);
  expect (fixture, "2026-12-03T09:00", "finish", "2026-12-11");
  due_fixture_finish (fixture, "b", "2026-12-07T10:00");
  expect (fixture, "2026-12-06T09:00", "finish", "2026-12-11");
  expect (fixture, "2026-12-07T11:00", "finish", NULL);
  expect (fixture, "2026-12-07T11:00", "finish-again", "2026-12-11");
  due_fixture_answer (fixture, "b", "committee-on", "2026-12-20", NULL);
  expect (fixture, "2026-12-07T11:00", "finish-again", "2026-12-21");
  g_assert_cmpuint (san_programme_find_milestone (programme, "finish")->answer_compartment, ==, 1);
}

static void
test_hours_from_a_day (void)
{
  g_autoptr(SanProgramme) programme = load_words ();
  g_autoptr(DueFixture) fixture = begin (programme);

  due_fixture_record (fixture, "o", "order", "2026-12-01T10:00");
  due_fixture_answer (fixture, "o", "on", "2026-12-01", NULL);
  expect (fixture, "2026-12-01T11:00", "hours", "2026-12-03");         /* from the end of the day */
  expect (fixture, "2026-12-01T11:00", "hours-first", "2026-12-01");   /* from its first minute */
  due_fixture_answer (fixture, "o", "on", "2026-12", NULL);
  expect (fixture, "2026-12-01T11:00", "hours-first", "2026-12-01");
  expect (fixture, "2026-12-01T11:00", "hours", "2027-01-02");
}

static void
test_two_ways (void)
{
  g_autoptr(SanProgramme) programme = load_words ();
  g_autoptr(DueFixture) fixture = begin (programme);

  expect (fixture, "2026-11-26T09:00", "either", "2026-11-30");
  due_fixture_record (fixture, "c", "contacts", "2026-11-26T10:00");
  due_fixture_answer (fixture, "c", "on", "2026-11-26", NULL);
  expect (fixture, "2026-11-26T11:00", "either", NULL);
  due_fixture_answer (fixture, "c", "on", "?unknown", NULL);
  expect (fixture, "2026-11-26T11:00", "either", "2026-11-30");
  due_fixture_answer (fixture, "w", "produced-at", "2026-11-26T10:30", NULL);
  expect (fixture, "2026-11-26T11:00", "either", NULL);
}

/* The way names one form; the same fact in another does not answer. */
static void
test_of_one_form (void)
{
  g_autoptr(SanProgramme) programme = load_words ();
  g_autoptr(DueFixture) fixture = due_fixture_new ();

  fixture->programme = programme;
  due_fixture_record (fixture, "r", "return", "2026-11-25T20:50");
  due_fixture_answer (fixture, "r", "arrived", "2026-11-25T20:40", NULL);
  due_fixture_answer (fixture, "r", "produced-at", "2026-11-26T10:30", NULL);
  expect (fixture, "2026-11-26T11:00", "either", "2026-11-30");
}

static void
test_until_and_hours (void)
{
  g_autoptr(SanProgramme) programme = load_words ();
  g_autoptr(DueFixture) fixture = begin (programme);
  g_autoptr(GPtrArray) dues = NULL;
  const SanDue *due;

  expect (fixture, "2026-11-26T09:00", "until", "2026-12-25");
  dues = due_fixture_compute (fixture);
  due = due_fixture_find (dues, "until", NULL);
  g_assert_cmpint (due->notice, ==, due_fixture_ms (fixture, "2026-12-25T18:00") - 1);
  due = due_fixture_find (dues, "from-hours", NULL);
  g_assert_cmpint (due->from, ==, due_fixture_ms (fixture, "2026-11-26T08:40"));
  due_fixture_record (fixture, "o", "order", "2026-12-01T10:00");
  due_fixture_answer (fixture, "o", "on", "2026-12-01", NULL);
  due_fixture_answer (fixture, "o", "final-on", "2026-12-10", NULL);
  expect (fixture, "2026-12-09T23:59", "until", "2026-12-25");
  expect (fixture, "2026-12-10T00:00", "until", NULL);
  due_fixture_record (fixture, "e", "exam", "2026-11-26T10:00");
  due_fixture_answer (fixture, "e", "at", "2026-11-26T08:00", NULL);
  expect (fixture, "2026-11-26T10:00", "from-hours", "2026-11-27T20:40");
  due_fixture_answer (fixture, "e", "at", "2026-11-26T08:40", NULL);
  expect (fixture, "2026-11-26T10:00", "from-hours", NULL);
}

static void
test_while_she_stays (void)
{
  g_autoptr(SanProgramme) programme = load_words ();
  g_autoptr(DueFixture) fixture = begin (programme);

  due_fixture_record (fixture, "o", "order", "2026-12-01T10:00");
  due_fixture_answer (fixture, "o", "on", "2026-12-01", NULL);
  due_fixture_record (fixture, "x", "exit", "2026-12-20T10:00");
  due_fixture_answer (fixture, "x", "left", "2026-12-20T10:00", NULL);
  expect (fixture, "2026-12-20T09:59", "stay-only", "2027-03-11");
  expect (fixture, "2026-12-20T10:00", "stay-only", NULL);
  due_fixture_answer (fixture, "o", "on", "2026-12-24", NULL);           /* of after she left */
  expect (fixture, "2026-12-25T10:00", "stay-only", "2027-04-03");
  due_fixture_record (fixture, "r", "return", "2027-01-10T10:00");
  due_fixture_answer (fixture, "r", "arrived", "2027-01-10T10:00", NULL);
  expect (fixture, "2027-01-10T11:00", "stay-only", NULL);
}

static void
test_no_more (void)
{
  g_autoptr(SanProgramme) programme = load_words ();
  g_autoptr(DueFixture) fixture = begin (programme);

  expect (fixture, "2030-01-01T10:00", "thrice", "2027-02-25");
  due_fixture_record (fixture, "c", "contacts", "2027-02-20T10:00");
  due_fixture_answer (fixture, "c", "on", "2027-02-20", NULL);
  expect (fixture, "2027-02-21T10:00", "thrice", NULL);
  due_fixture_answer (fixture, "c", "on", "2027-02-01", NULL);          /* the second, late */
  expect (fixture, "2027-02-02T10:00", "thrice", "2027-02-25");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/programme/words/without-a-fact-the-day-of-finish", test_finish);
  g_test_add_func ("/programme/words/hours-from-a-day", test_hours_from_a_day);
  g_test_add_func ("/programme/words/two-ways-to-answer", test_two_ways);
  g_test_add_func ("/programme/words/a-way-of-one-form", test_of_one_form);
  g_test_add_func ("/programme/words/until-and-hours", test_until_and_hours);
  g_test_add_func ("/programme/words/while-she-stays", test_while_she_stays);
  g_test_add_func ("/programme/words/for-without-then-stops", test_no_more);
  return g_test_run ();
}
