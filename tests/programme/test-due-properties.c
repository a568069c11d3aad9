/* test-due-properties.c - what must hold for any child's answers, tried on many made-up ones
 *
 * Histories are made from g_test_rand, whose seed GLib prints. */
#include "due-fixture.h"

#include "san-compartment.h"

#include <string.h>

#define N_HISTORIES 120
#define N_HOPS      40
#define DAY_MS      G_GINT64_CONSTANT (86400000)

/* ---- made-up histories ---- */

typedef struct
{
  DueFixture *fixture;
  gint64      begin;          /* ms of the first arrival */
  guint       n_records;
} Story;

static char *
instant_near (const Story *story, int from_day, int to_day)
{
  gint64 ms = story->begin + g_test_rand_int_range (from_day, to_day) * DAY_MS
              + g_test_rand_int_range (0, 1440) * G_GINT64_CONSTANT (60000);
  SanInstant at = { ms, story->fixture->zone };

  return san_instant_to_text (&at);
}

/* A day, or now and then only its month or year. */
static char *
day_near (const Story *story, int from_day, int to_day)
{
  g_autofree char *instant = instant_near (story, from_day, to_day);
  int roughly = g_test_rand_int_range (0, 12);

  return g_strndup (instant, roughly == 0 ? 4 : roughly == 1 ? 7 : 10);
}

static gboolean
one_in (int n)
{
  return g_test_rand_int_range (0, n) == 0;
}

static char *
add_record (Story *story, const char *form)
{
  g_autofree char *written = instant_near (story, 0, 900);
  char *name = g_strdup_printf ("r%u", story->n_records++);

  story->fixture->doubtful = one_in (10);
  due_fixture_record (story->fixture, name, form, written);
  return name;
}

static void
answer_instant (Story *story, const char *record, const char *field, int from, int to)
{
  g_autofree char *text = instant_near (story, from, to);

  due_fixture_answer (story->fixture, record, field, text, NULL);
}

static void
answer_day (Story *story, const char *record, const char *field, int from, int to)
{
  g_autofree char *text = day_near (story, from, to);

  due_fixture_answer (story->fixture, record, field, text, NULL);
}

static const char *
pick_word (const char *const *words)
{
  return words[g_test_rand_int_range (0, (int) g_strv_length ((char **) words))];
}

static char *
add_stay (Story *story, const char *form, int from, int to)
{
  static const char *const yes_no[] = { "yes", "no", "?unknown", NULL };
  char *stay = add_record (story, form);

  answer_instant (story, stay, "arrived", from, to);
  due_fixture_answer (story->fixture, stay, "ill-now", pick_word (yes_no), NULL);
  due_fixture_answer (story->fixture, stay, "afraid", pick_word (yes_no), NULL);
  if (one_in (2))
    answer_instant (story, stay, "produced-at", from, to);
  if (one_in (3))
    due_fixture_answer (story->fixture, stay, "journey-hours", "30", NULL);
  return stay;
}

static void
add_exit (Story *story, const char *stay, int from, int to)
{
  static const char *const kinds[] = { "family", "aftercare", "died", NULL };
  g_autofree char *record = add_record (story, "exit");
  g_autofree char *named = g_strconcat ("@", stay, NULL);

  due_fixture_answer (story->fixture, record, "stay", named, NULL);
  answer_day (story, record, "planned", from, to);
  due_fixture_answer (story->fixture, record, "kind", pick_word (kinds), NULL);
  if (!one_in (3))
    answer_instant (story, record, "left", from, to);
}

static void
add_care (Story *story)
{
  static const char *const kinds[] = { "monthly", "arrival,monthly", "urgent", "before-leaving",
                                       NULL };
  g_autofree char *exam = add_record (story, "exam");
  g_autofree char *session = add_record (story, "session");
  g_autofree char *score = add_record (story, "score.who5");
  g_autofree char *flags = add_record (story, "flags");

  answer_instant (story, exam, "at", -5, 700);
  due_fixture_answer (story->fixture, exam, "kind", pick_word (kinds), NULL);
  if (one_in (2))
    answer_day (story, exam, "dental-on", -5, 700);
  answer_instant (story, session, "at", 0, 700);
  if (one_in (2))
    answer_instant (story, session, "next-at", 0, 700);
  answer_day (story, score, "on", 0, 700);
  answer_day (story, flags, "on", 0, 60);
  if (one_in (2))
    answer_day (story, flags, "screen-on", 0, 20);
}

static void
add_plan (Story *story)
{
  g_autofree char *a = add_record (story, "icp-a");

  answer_day (story, a, "on", 0, 120);
  for (int i = g_test_rand_int_range (0, 8); i > 0; i--)
    {
      g_autofree char *b = add_record (story, "icp-b");

      answer_day (story, b, "to", 0, 700);
      if (!one_in (4))
        due_fixture_finish (story->fixture, b, "2027-01-01T10:00");
      if (one_in (2))
        answer_day (story, b, "committee-on", 0, 700);
      if (one_in (3))
        answer_day (story, b, "prep18-on", 0, 700);
    }
}

static void
add_court (Story *story)
{
  static const char *const which[] = { "preparation", "same-day", "after-3", "after-10", NULL };
  g_autofree char *hearing = add_record (story, "hearing");
  g_autofree char *care = add_record (story, "hearing-care");
  g_autofree char *named = g_strconcat ("@", hearing, NULL);
  g_autofree char *trial = add_record (story, "court-case");
  g_autofree char *order = add_record (story, "order");

  answer_instant (story, hearing, "at", 0, 700);
  if (one_in (2))
    answer_day (story, hearing, "ready-on", 0, 700);
  due_fixture_answer (story->fixture, care, "hearing", named, NULL);
  due_fixture_answer (story->fixture, care, "which", pick_word (which), NULL);
  answer_day (story, care, "on", 0, 700);
  answer_day (story, trial, "support-from", 0, 200);
  answer_day (story, trial, "reports.k3f9q2aa.on", 0, 700);
  answer_day (story, trial, "cognisance", 0, 200);
  if (one_in (2))
    answer_day (story, trial, "judgment", 0, 700);
  answer_day (story, order, "on", -30, 300);
  answer_day (story, order, "until", 0, 700);
  answer_day (story, order, "sir-ordered", 0, 300);
}

static void
add_not_needed (Story *story)
{
  SanProgramme *programme = story->fixture->programme;
  guint n = san_programme_get_n_milestones (programme);
  const SanMilestone *milestone
      = san_programme_get_milestone (programme, (guint) g_test_rand_int_range (0, (int) n));
  const char *where = san_compartment_get_name (
      one_in (4) ? (guint) g_test_rand_int_range (0, 5) : milestone->answer_compartment);
  g_autofree char *record = add_record (story, "not-needed");
  g_autofree char *on = day_near (story, 0, 700);
  g_autofree char *due = day_near (story, 0, 700);

  due_fixture_answer (story->fixture, record, "milestone", milestone->id, where);
  due_fixture_answer (story->fixture, record, "on", on, where);
  if (one_in (2))
    due_fixture_answer (story->fixture, record, "due", due, where);
}

static DueFixture *
make_history (void)
{
  Story story = { due_fixture_new (), 0, 0 };
  g_autofree char *welcome = NULL;

  story.fixture->zone = (gint16) (one_in (4) ? g_test_rand_int_range (-720, 720) : 330);
  story.begin = due_fixture_ms (story.fixture, "2026-01-20T20:40")
                + g_test_rand_int_range (0, 100) * DAY_MS;
  welcome = add_stay (&story, "welcome", 0, 3);
  if (one_in (2))
    due_fixture_answer (story.fixture, welcome, "age", one_in (2) ? "8" : "16", NULL);
  if (one_in (2))
    answer_day (&story, welcome, "birth", -17 * 366, -8 * 366);
  if (one_in (2))
    add_exit (&story, welcome, 30, 500);
  if (one_in (3))
    {
      g_autofree char *again = add_stay (&story, "return", 100, 600);

      if (one_in (3))
        add_exit (&story, again, 300, 800);
    }
  for (int i = g_test_rand_int_range (0, 5); i > 0; i--)
    add_care (&story);
  if (!one_in (3))
    add_plan (&story);
  for (int i = g_test_rand_int_range (0, 3); i > 0; i--)
    add_court (&story);
  for (int i = g_test_rand_int_range (0, 5); i > 0; i--)
    add_not_needed (&story);
  story.fixture->now = story.begin + g_test_rand_int_range (-1, 500) * DAY_MS
                       + g_test_rand_int_range (0, 86400) * G_GINT64_CONSTANT (1000);
  return story.fixture;
}

/* ---- turns ---- */

static GPtrArray *
compute_at (DueFixture *fixture, SanFactSet *facts, gint64 now)
{
  SanDueQuery query;

  fixture->now = now;
  due_fixture_query (fixture, facts, &query);
  return san_due_compute (&query);
}

static gint64
next_turn (GPtrArray *dues)
{
  gint64 turn = SAN_DUE_NO_TURN;

  for (guint i = 0; i < dues->len; i++)
    turn = MIN (turn, ((const SanDue *) dues->pdata[i])->turn);
  return turn;
}

static gint64
moment_before (gint64 now, gint64 turn)
{
  gint64 last = MIN (turn - 1, now + 2000 * DAY_MS);

  if (last <= now || one_in (4))
    return last > now ? last : now;
  return now + (gint64) (g_test_rand_double () * (double) (last - now));
}

static void
test_turns (void)
{
  guint hops = 0, rows = 0;

  for (guint h = 0; h < N_HISTORIES; h++)
    {
      g_autoptr(DueFixture) fixture = make_history ();
      g_autoptr(SanFactSet) facts = due_fixture_facts (fixture, FALSE);
      gint64 now = fixture->now;

      for (guint hop = 0; hop < N_HOPS && now != SAN_DUE_NO_TURN; hop++, hops++)
        {
          g_autoptr(GPtrArray) derived = compute_at (fixture, facts, now);
          g_autofree char *kept = due_fixture_describe (derived);
          gint64 turn = next_turn (derived);

          rows += derived->len;
          g_assert_cmpint (turn, >, now);
          for (guint i = 0; i < 3; i++)
            {
              g_autoptr(GPtrArray) fresh
                  = compute_at (fixture, facts, moment_before (now, turn));
              g_autofree char *text = due_fixture_describe (fresh);

              g_assert_cmpstr (text, ==, kept);
              g_assert_cmpint (next_turn (fresh), ==, turn);
            }
          now = turn;
        }
    }
  g_test_message ("%u histories, %u turns, %u rows", N_HISTORIES, hops, rows);
  g_assert_cmpuint (hops, >, 1000);
}

/* A turn is no false alarm: something is different after it (else rows are derived for nothing). */
static void
test_turns_change_something (void)
{
  guint turns = 0, changes = 0;

  for (guint h = 0; h < N_HISTORIES; h++)
    {
      g_autoptr(DueFixture) fixture = make_history ();
      g_autoptr(SanFactSet) facts = due_fixture_facts (fixture, FALSE);
      g_autoptr(GPtrArray) before = compute_at (fixture, facts, fixture->now);
      gint64 turn = next_turn (before);
      g_autofree char *was = due_fixture_describe (before);
      g_autoptr(GPtrArray) after = NULL;
      g_autofree char *is = NULL;

      if (turn == SAN_DUE_NO_TURN)
        continue;
      after = compute_at (fixture, facts, turn);
      is = due_fixture_describe (after);
      turns++;
      changes += strcmp (was, is) != 0;
    }
  g_test_message ("%u of %u turns change a row", changes, turns);
  g_assert_cmpuint (changes * 10, >, turns * 7);
}

/* ---- order, and views ---- */

static void
test_order_of_filling (void)
{
  for (guint h = 0; h < N_HISTORIES; h++)
    {
      g_autoptr(DueFixture) fixture = make_history ();
      g_autoptr(SanFactSet) forwards = due_fixture_facts (fixture, FALSE);
      g_autoptr(SanFactSet) backwards = due_fixture_facts (fixture, TRUE);
      g_autoptr(GPtrArray) a = compute_at (fixture, forwards, fixture->now);
      g_autoptr(GPtrArray) b = compute_at (fixture, backwards, fixture->now);
      g_autofree char *x = due_fixture_describe (a);
      g_autofree char *y = due_fixture_describe (b);

      g_assert_cmpstr (x, ==, y);
    }
}

/* Rows of one view, derived from what every reader of that compartment reads. */
static void
add_view_rows (DueFixture *fixture, guint compartment, GPtrArray *lines)
{
  g_autoptr(SanFactSet) facts = NULL;
  g_autoptr(GPtrArray) dues = NULL;
  g_autofree char *text = NULL;
  g_auto(GStrv) rows = NULL;
  SanDueQuery query;

  fixture->readable = san_compartment_reads_with (compartment);
  facts = due_fixture_facts (fixture, FALSE);
  due_fixture_query (fixture, facts, &query);
  query.compartment = compartment;
  dues = san_due_compute (&query);
  text = due_fixture_describe (dues);
  rows = g_strsplit (text, "\n", -1);
  for (guint i = 0; rows[i] != NULL; i++)
    if (rows[i][0] != '\0')
      g_ptr_array_add (lines, g_strdup (rows[i]));
}

static int
compare_lines (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static void
check_role (DueFixture *fixture, const char *role)
{
  g_autoptr(GPtrArray) views = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GPtrArray) whole = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GPtrArray) dues = NULL;
  g_autofree char *text = NULL;
  g_auto(GStrv) rows = NULL;

  for (guint c = 0; c < SAN_N_COMPARTMENTS; c++)
    if (san_role_reads (role, c))
      add_view_rows (fixture, c, views);
  fixture->readable = san_role_get_reads (role);
  dues = due_fixture_compute (fixture);
  text = due_fixture_describe (dues);
  rows = g_strsplit (text, "\n", -1);
  for (guint i = 0; rows[i] != NULL; i++)
    if (rows[i][0] != '\0')
      g_ptr_array_add (whole, g_strdup (rows[i]));
  g_ptr_array_sort (views, compare_lines);
  g_ptr_array_sort (whole, compare_lines);
  g_assert_cmpuint (views->len, ==, whole->len);
  for (guint i = 0; i < whole->len; i++)
    g_assert_cmpstr (views->pdata[i], ==, whole->pdata[i]);
}

/* Each view keeps its own rows; together they are what the login would have computed at once. */
static void
test_views (void)
{
  static const char *const roles[] = { "superintendent", "counsellor", "case-worker", "nurse",
                                       "legal", "house", "counsellor+nurse", "coordinator" };

  for (guint h = 0; h < N_HISTORIES / 4; h++)
    {
      g_autoptr(DueFixture) fixture = make_history ();

      for (guint r = 0; r < G_N_ELEMENTS (roles); r++)
        check_role (fixture, roles[r]);
    }
}

static SanFactSet *
facts_without (const DueFixture *fixture, const char *form)
{
  SanFactSet *facts = san_fact_set_new (san_programme_get_catalogue (fixture->programme));

  for (guint i = 0; i < fixture->records->len; i++)
    {
      const FixtureRecord *record = &g_array_index (fixture->records, FixtureRecord, i);

      if (form == NULL || strcmp (record->form, form) != 0)
        san_fact_set_add_record (facts, &record->pub);
    }
  for (guint i = 0; i < fixture->answers->len; i++)
    san_fact_set_add_answer (facts, &g_array_index (fixture->answers, SanFactAnswer, i));
  return facts;
}

static char *
rows_of (DueFixture *fixture, const char *without, guint compartment)
{
  g_autoptr(SanFactSet) facts = facts_without (fixture, without);
  g_autoptr(GPtrArray) dues = NULL;
  SanDueQuery query;

  due_fixture_query (fixture, facts, &query);
  query.compartment = compartment;
  dues = san_due_compute (&query);
  return due_fixture_describe (dues);
}

/* P12: whatever happens to the records of a form, rows of compartments that it does not concern
 * stay as they are. */
static void
test_concern (void)
{
  guint spared = 0, changed = 0;

  for (guint h = 0; h < N_HISTORIES; h++)
    {
      g_autoptr(DueFixture) fixture = make_history ();
      g_autoptr(GHashTable) forms = g_hash_table_new (g_str_hash, g_str_equal);
      GHashTableIter iter;
      gpointer form;

      for (guint i = 0; i < fixture->records->len; i++)
        g_hash_table_add (forms, g_array_index (fixture->records, FixtureRecord, i).form);
      g_hash_table_iter_init (&iter, forms);
      while (g_hash_table_iter_next (&iter, &form, NULL))
        for (guint c = 0; c < SAN_N_COMPARTMENTS; c++)
          {
            g_autofree char *with = rows_of (fixture, NULL, c);
            g_autofree char *without = rows_of (fixture, form, c);
            gboolean concerned =
                (san_programme_get_concerned (fixture->programme, form) & (1u << c)) != 0;

            if (!concerned)
              g_assert_cmpstr (with, ==, without);
            spared += !concerned;
            changed += strcmp (with, without) != 0;
          }
    }
  g_test_message ("%u spared, %u changed", spared, changed);
  g_assert_cmpuint (spared, >, 100);
  g_assert_cmpuint (changed, >, 100);
}

/* At most one open row for a milestone in one stay or for one record; the soonest first. */
static void
test_one_open (void)
{
  for (guint h = 0; h < N_HISTORIES; h++)
    {
      g_autoptr(DueFixture) fixture = make_history ();
      g_autoptr(GPtrArray) dues = due_fixture_compute (fixture);

      for (guint i = 0; i < dues->len; i++)
        for (guint j = 0; j < i; j++)
          {
            const SanDue *a = dues->pdata[i], *b = dues->pdata[j];

            g_assert_cmpint (b->at, <=, a->at);
            g_assert_false (a->milestone == b->milestone && san_id16_equal (&a->stay, &b->stay)
                            && san_id16_equal (&a->record, &b->record));
          }
    }
}

/* Open rows and the open occurrences of history are the same; a missed one lies behind. */
static void
test_history_agrees (void)
{
  for (guint h = 0; h < N_HISTORIES / 2; h++)
    {
      g_autoptr(DueFixture) fixture = make_history ();
      g_autoptr(SanFactSet) facts = due_fixture_facts (fixture, FALSE);
      g_autoptr(GPtrArray) dues = compute_at (fixture, facts, fixture->now);
      g_autoptr(GPtrArray) history = NULL;
      SanDueQuery query;
      guint open = 0;

      due_fixture_query (fixture, facts, &query);
      history = san_due_list_history (&query, NULL);
      for (guint i = 0; i < history->len; i++)
        {
          const SanOccurrence *o = history->pdata[i];

          open += o->outcome == SAN_OCCURRENCE_OPEN;
          if (o->outcome == SAN_OCCURRENCE_MISSED)
            g_assert_cmpint (o->at, <, fixture->now + 400 * DAY_MS);
          if (o->outcome != SAN_OCCURRENCE_OPEN && o->outcome != SAN_OCCURRENCE_MISSED)
            g_assert_false (san_id16_is_zero (&o->answer));
        }
      g_assert_cmpuint (open, ==, dues->len);
    }
}

/* Dates that nobody can mean give no row and no endless walk. */
static void
test_far_dates (void)
{
  static const char *const days[] = { "0001-01-01T00:00", "1899-12-31T23:59", "1900-06-01T00:00",
                                      "2199-06-01T00:00", "2201-01-01T00:00", "9999-12-31T23:59" };

  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    {
      g_autoptr(DueFixture) fixture = due_fixture_new ();
      g_autoptr(GPtrArray) dues = NULL;
      gint64 start = g_get_monotonic_time ();

      fixture->now = due_fixture_ms (fixture, "2026-11-25T21:00");
      due_fixture_record (fixture, "w", "welcome", "2026-11-25T20:50");
      due_fixture_answer (fixture, "w", "arrived", days[i], NULL);
      dues = due_fixture_compute (fixture);
      g_assert_true ((i == 2 || i == 3) == (due_fixture_find (dues, "dental-3m", NULL) != NULL));
      g_assert_cmpint (g_get_monotonic_time () - start, <, 2 * G_USEC_PER_SEC);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/programme/due/deriving-at-the-turns-is-deriving-always", test_turns);
  g_test_add_func ("/programme/due/turns-are-no-false-alarms", test_turns_change_something);
  g_test_add_func ("/programme/due/order-of-filling-changes-nothing", test_order_of_filling);
  g_test_add_func ("/programme/due/views-together-are-the-whole", test_views);
  g_test_add_func ("/programme/due/what-does-not-concern-changes-nothing", test_concern);
  g_test_add_func ("/programme/due/one-open-row-at-most", test_one_open);
  g_test_add_func ("/programme/due/history-and-rows-agree", test_history_agrees);
  g_test_add_func ("/programme/due/far-dates-give-nothing", test_far_dates);
  return g_test_run ();
}
