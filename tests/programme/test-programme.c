/* test-programme.c - the shipped data is whole, and a mistake in it is refused with its line */
#include "due-fixture.h"

#include "san-compartment.h"

#include <glib/gstdio.h>
#include <string.h>

/* ---- what is shipped ---- */

typedef struct { const char *id, *compartment, *role, *mark; } Expected;

static const Expected expected[] = {
  { "cwc-24h", "case", "case-worker", "V-" },
  { "exam-24h", "medical", "nurse", "V" },
  { "exam-urgent", "medical", "nurse", "V" },
  { "medicine", "medical", "nurse", "o" },
  { "afraid", "case", "case-worker", "o" },
  { "responsible", "house", "superintendent", "o" },
  { "flags-24h", "house", "case-worker", "o" },
  { "not-told-24h", "case", "case-worker", "o" },
  { "screen-24h", "clinical", "counsellor", "o" },
  { "first-session", "clinical", "counsellor", "o" },
  { "family-7d", "case", "case-worker", "o" },
  { "who5-first", "clinical", "counsellor", "o" },
  { "cries8-first", "clinical", "counsellor", "o" },
  { "phqa-first", "clinical", "counsellor", "o" },
  { "settling-14d", "house", "case-worker", "V-" },
  { "sir-15d", "case", "case-worker", "V" },
  { "icp-1m", "case", "case-worker", "V" },
  { "icp-b", "case", "case-worker", "V" },
  { "icp-review", "case", "superintendent", "V" },
  { "check-monthly", "medical", "nurse", "V" },
  { "dental-3m", "medical", "nurse", "V" },
  { "eye-3m", "medical", "nurse", "V" },
  { "skin-3m", "medical", "nurse", "V" },
  { "unseen-14d", "clinical", "counsellor", "o" },
  { "next-session", "clinical", "counsellor", "V-" },
  { "who5-again", "clinical", "counsellor", "o" },
  { "cries8-again", "clinical", "counsellor", "o" },
  { "phqa-again", "clinical", "counsellor", "o" },
  { "review-90d", "case", "superintendent", "o" },
  { "inquiry-4m", "case", "superintendent", "V-" },
  { "order-ends", "case", "superintendent", "V" },
  { "prep18-12m", "case", "case-worker", "V-" },
  { "prep18-6m", "case", "case-worker", "V-" },
  { "prep18-3m", "case", "case-worker", "V-" },
  { "prep18-1m", "case", "case-worker", "V-" },
  { "exam-before", "medical", "nurse", "V" },
  { "follow-1m", "case", "case-worker", "V" },
  { "follow-2m", "case", "case-worker", "V" },
  { "follow-3m", "case", "case-worker", "o" },
  { "follow-6m", "case", "case-worker", "V" },
  { "follow-12m", "case", "case-worker", "o" },
  { "follow-24m", "case", "case-worker", "V-" },
  { "aftercare-6m", "case", "case-worker", "V" },
  { "court-prep", "case", "counsellor", "o" },
  { "court-ready", "case", "counsellor", "o" },
  { "court-escort", "house", "case-worker", "o" },
  { "aftercare-0", "case", "counsellor", "o" },
  { "aftercare-3", "case", "counsellor", "o" },
  { "aftercare-10", "case", "counsellor", "o" },
  { "support-month", "legal", "legal", "V" },
  { "evidence-30d", "legal", "legal", "V" },
  { "trial-1y", "legal", "legal", "V" },
  { "comp-30d", "legal", "legal", "V" },
  { "not-found", "house", "superintendent", "M" },
  { "incident-seen", "house", "superintendent", "o" },
  { "safety-today", "house", "any", "o" },
};

static void
test_milestones (void)
{
  SanProgramme *programme = due_fixture_programme ();

  g_assert_cmpuint (G_N_ELEMENTS (expected), ==, 56);
  g_assert_cmpuint (san_programme_get_n_milestones (programme), ==, 56);
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      const SanMilestone *m = san_programme_find_milestone (programme, expected[i].id);

      g_assert_nonnull (m);
      g_assert_cmpstr (san_compartment_get_name (m->compartment), ==, expected[i].compartment);
      g_assert_cmpstr (m->role, ==, expected[i].role);
      g_assert_cmpstr (san_mark_get_name (m->mark), ==, expected[i].mark);
    }
  g_assert_null (san_programme_find_milestone (programme, "no-such-thing"));
}

/* P2, and words for people: nothing of it may be empty. */
static void
test_every_milestone_is_told (void)
{
  SanProgramme *programme = due_fixture_programme ();

  for (guint i = 0; i < san_programme_get_n_milestones (programme); i++)
    {
      const SanMilestone *m = san_programme_get_milestone (programme, i);

      g_assert_cmpstr (san_label_get (m->label, NULL), !=, "");
      g_assert_cmpuint (strlen (san_label_get (m->meaning, NULL)), >, 20);
      g_assert_cmpstr (m->source, !=, "");
      g_assert_cmpuint (m->needs & ~san_compartment_reads_with (m->compartment), ==, 0);
      g_assert_true ((m->form != NULL) == (m->n_fulfilments > 0));
      g_assert_cmpuint (m->needs & (1u << m->answer_compartment), !=, 0);
      if (strcmp (m->role, "any") != 0)
        g_assert_true (san_milestone_is_readable (m, san_role_get_reads (m->role)));
    }
}

static void
test_sheets (void)
{
  SanProgramme *programme = due_fixture_programme ();
  static const char *const ids[] = { "cries8", "gad7", "phqa", "who5" };

  g_assert_cmpuint (san_programme_get_n_instruments (programme), ==, G_N_ELEMENTS (ids));
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      const SanInstrument *sheet = san_programme_get_instrument (programme, i);

      g_assert_cmpstr (sheet->id, ==, ids[i]);
      g_assert_cmpstr (san_label_get (sheet->label, NULL), !=, "");
      g_assert_cmpstr (san_label_get (sheet->licence, NULL), !=, "");
      g_assert_true (sheet->has_change == (strcmp (ids[i], "who5") == 0));
    }
  g_assert_cmpuint (strlen (san_programme_get_digest (programme)), ==, 64);
}

/* Sheets and milestones of one age agree. */
static void
test_ages_agree (void)
{
  static const struct { const char *first, *again, *sheet; } pairs[] = {
    { "who5-first", "who5-again", "who5" },
    { "cries8-first", "cries8-again", "cries8" },
    { "phqa-first", "phqa-again", "phqa" },
  };
  SanProgramme *programme = due_fixture_programme ();

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    for (int age = 3; age < 25; age++)
      {
        const SanInstrument *sheet = san_programme_find_instrument (programme, pairs[i].sheet);
        g_autoptr(DueFixture) fixture = due_fixture_new ();
        g_autofree char *born = g_strdup_printf ("%d-11-01", 2026 - age);
        g_autoptr(GPtrArray) dues = NULL;
        gboolean fits = san_instrument_fits_age (sheet, age, age);

        fixture->now = due_fixture_ms (fixture, "2026-11-25T21:00");
        due_fixture_record (fixture, "w", "welcome", "2026-11-25T20:50");
        due_fixture_answer (fixture, "w", "arrived", "2026-11-25T20:40", NULL);
        due_fixture_answer (fixture, "w", "birth", born, NULL);
        dues = due_fixture_compute (fixture);
        g_assert_true ((due_fixture_find (dues, pairs[i].first, NULL) != NULL) == fits);
        if (fits || strcmp (pairs[i].sheet, "who5") != 0)    /* that waits until she is nine */
          g_assert_true ((due_fixture_find (dues, pairs[i].again, NULL) != NULL) == fits);
      }
}

/* ---- mistakes ---- */

typedef struct
{
  const char  *file;              /* the copy that is broken */
  const char  *what, *by;         /* the first such text is replaced */
  SanErrorCode code;
  const char  *reason;            /* part of the message */
} Mistake;

#define A "programme/arrival.xml"
#define C "programme/care.xml"
#define T "programme/court.xml"
#define S "programme/safety.xml"
#define P "instruments/phqa.xml"
#define R "instruments/cries8.xml"

static const Mistake mistakes[] = {
  { A, "</label>", "</lable>", SAN_ERROR_DAMAGED, "lable" },
  { A, "format=\"1\"", "format=\"2\"", SAN_ERROR_TOO_NEW, "2" },
  { A, "due=\"PT24H\"", "dew=\"PT24H\"", SAN_ERROR_INVALID, "" },
  { A, "due=\"PT24H\"", "due=\"tomorrow\"", SAN_ERROR_INVALID, "" },
  { A, "due=\"PT24H\"", "due=\"P24H\"", SAN_ERROR_INVALID, "due: " },
  { A, "anchor=\"child.admitted-at\"", "anchor=\"child.admited-at\"", SAN_ERROR_INVALID,
    "no such fact" },
  { A, "anchor=\"child.admitted-at\"", "anchor=\"child.name\"", SAN_ERROR_INVALID,
    "does not say when" },
  { A, "role=\"case-worker\"", "role=\"gardener\"", SAN_ERROR_INVALID, "no such role" },
  { A, "plus-hours=\"child.journey-hours\"", "plus-hours=\"child.name\"", SAN_ERROR_INVALID,
    "plus-hours" },
  { A, "id=\"exam-24h\"", "id=\"cwc-24h\"", SAN_ERROR_INVALID, "exists already" },
  { A, "form=\"exam\" fact=\"exam.at\"", "form=\"exma\" fact=\"exam.at\"", SAN_ERROR_INVALID,
    "no such form" },
  { A, "form=\"exam\" fact=\"exam.at\"", "form=\"exam\" fact=\"session.at\"", SAN_ERROR_INVALID,
    "does not state" },
  { A, "form=\"exam\" fact=\"exam.at\"", "form=\"incident\" fact=\"incident.at\"",
    SAN_ERROR_INVALID, "another dossier" },
  { A, "applies-if=\"child.ill-now\"", "applies-if=\"child.ill-now and\"", SAN_ERROR_INVALID,
    "applies-if: " },
  { A, "applies-if=\"child.ill-now\"", "applies-if=\"child.unwell\"", SAN_ERROR_INVALID,
    "no such field or fact" },
  { A, "applies-if=\"child.ill-now\"", "applies-if=\"answered(session.at)\"", SAN_ERROR_INVALID,
    "readers of no compartment" },
  { A, "applies-if=\"child.ill-now\"", "applies-if=\"age() > 3\"", SAN_ERROR_INVALID,
    "readers of no compartment" },
  { C, "kind in ('monthly'", "kind in ('montly'", SAN_ERROR_INVALID, "no code" },
  { C, "every=\"P14D\"", "every=\"PT24H\"", SAN_ERROR_INVALID, "whole days or months" },
  { C, "every=\"P14D\"", "every=\"P0D\"", SAN_ERROR_INVALID, "whole days or months" },
  { C, "then=\"P1M\"", "then=\"-P1M\"", SAN_ERROR_INVALID, "whole days or months" },
  { C, "for=\"P3M\" then=\"P1M\"", "then=\"P1M\"", SAN_ERROR_INVALID, "then needs for" },
  { C, "every=\"P14D\"", "due=\"P14D\" every=\"P14D\"", SAN_ERROR_INVALID, "either due or every" },
  { C, "every=\"P14D\" for=\"P3M\" then=\"P1M\" ", "", SAN_ERROR_INVALID, "either due or every" },
  { C, "form=\"session\" fact=\"session.at\"/>", "/>", SAN_ERROR_INVALID, "a form or a fact" },
  { C, "for=\"P3M\"", "for=\"P3M\" lapse=\"P3D\"", SAN_ERROR_INVALID, "lapse" },
  { C, "for=\"P3M\"", "for=\"P3M\" from=\"P3D\"", SAN_ERROR_INVALID, "from" },
  { C, "due=\"P14D\" source", "due=\"P14D\" from=\"P1D\" source", SAN_ERROR_INVALID, "from" },
  { C, "due=\"P14D\" source", "due=\"-P14D\" source", SAN_ERROR_INVALID, "per last" },
  { C, "notice=\"P1D\"", "notice=\"-P1D\"", SAN_ERROR_INVALID, "notice" },
  { C, "later=\"yes\"", "later=\"perhaps\"", SAN_ERROR_INVALID, "" },
  { C, "fact=\"exam.dental\"/>", "fact=\"exam.dental\" later=\"yes\"/>", SAN_ERROR_INVALID,
    "later" },
  { C, "<fulfilled-by form=\"session\" fact=\"session.at\"/>", "", SAN_ERROR_INVALID,
    "needs an answer" },
  { C, "due=\"P17Y\"", "due=\"P17Y\" late=\"PT9H\"", SAN_ERROR_INVALID, "late" },
  { T, "until=\"case.judgment\"", "until=\"case.verdict\"", SAN_ERROR_INVALID, "no such fact" },
  { T, "fact=\"support.report\"", "fact=\"hearing.escort\"", SAN_ERROR_INVALID, "does not state" },
  { S, "per=\"record\" anchor=\"incident.at\"", "per=\"stay\" anchor=\"incident.at\"",
    SAN_ERROR_INVALID, "per record" },
  { S, "'ran-out'", "'ran-away'", SAN_ERROR_INVALID, "no code" },
  { P, "max=\"27\"", "max=\"28\"", SAN_ERROR_INVALID, "add up" },
  { P, "from=\"5\" to=\"9\"", "from=\"6\" to=\"9\"", SAN_ERROR_INVALID, "begin at 5" },
  { P, "from=\"20\" to=\"27\"", "from=\"20\" to=\"26\"", SAN_ERROR_INVALID, "end at 26" },
  { P, "key=\"sleep\"", "key=\"mood\"", SAN_ERROR_INVALID, "twice" },
  { P, "key=\"sleep\"", "key=\"dreams\"", SAN_ERROR_INVALID, "has no field" },
  { P, "alert-from=\"1\"", "alert-from=\"4\"", SAN_ERROR_INVALID, "never be answered" },
  { P, "cut at=\"11\"", "cut at=\"99\"", SAN_ERROR_INVALID, "no total" },
  { P, "form=\"score.phqa\"", "form=\"score.gad7\"", SAN_ERROR_INVALID, "not scored by" },
  { P, "min-age=\"11\"", "min-age=\"19\"", SAN_ERROR_INVALID, "years old" },
  { P, "id=\"phqa\"", "id=\"who5\"", SAN_ERROR_INVALID, "" },
  { P, "yes-no=\"yes\"", "", SAN_ERROR_INVALID, "either allowed or yes-no" },
  { R, "0 1 3 5", "0 3 1 5", SAN_ERROR_INVALID, "rise" },
  { R, "items=\"comes-to-mind", "items=\"forgets", SAN_ERROR_INVALID, "no such counted item" },
};

static void
copy_folder (const char *to, const char *folder, const Mistake *mistake, guint *line)
{
  g_autofree char *source = g_build_filename (g_getenv ("SAN_DATA_DIR"), folder, NULL);
  g_autofree char *target = g_build_filename (to, folder, NULL);
  g_autoptr(GDir) dir = g_dir_open (source, 0, NULL);
  const char *name;

  g_assert_cmpint (g_mkdir (target, 0700), ==, 0);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *from = g_build_filename (source, name, NULL);
      g_autofree char *path = g_build_filename (target, name, NULL);
      g_autofree char *short_name = g_build_filename (folder, name, NULL);
      g_autofree char *text = NULL;
      g_autoptr(GString) broken = NULL;
      char *at;

      g_assert_true (g_file_get_contents (from, &text, NULL, NULL));
      broken = g_string_new (text);
      if (mistake != NULL && strcmp (short_name, mistake->file) == 0)
        {
          at = strstr (text, mistake->what);
          g_assert_nonnull (at);
          g_string_truncate (broken, (gsize) (at - text));
          *line = 1;
          for (gsize i = 0; i < broken->len; i++)
            *line += broken->str[i] == '\n';
          g_string_append (broken, mistake->by);
          g_string_append (broken, at + strlen (mistake->what));
        }
      g_assert_true (g_file_set_contents (path, broken->str, -1, NULL));
    }
}

static void
remove_folder (const char *path)
{
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *inner = g_build_filename (path, name, NULL);

      if (g_file_test (inner, G_FILE_TEST_IS_DIR))
        remove_folder (inner);
      else
        g_remove (inner);
    }
  g_rmdir (path);
}

static SanProgramme *
load_copy (const Mistake *mistake, guint *line, GError **error)
{
  SanCatalogue *catalogue = san_programme_get_catalogue (due_fixture_programme ());
  g_autofree char *to = g_dir_make_tmp ("san-programme-XXXXXX", NULL);
  SanProgramme *programme;

  copy_folder (to, "programme", mistake, line);
  copy_folder (to, "instruments", mistake, line);
  programme = san_programme_load (to, catalogue, error);
  remove_folder (to);
  return programme;
}

/* File, line (of the tag that is wrong, or the one that it stands in) and reason. */
static void
test_mistakes (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (mistakes); i++)
    {
      const Mistake *mistake = &mistakes[i];
      g_autoptr(GError) error = NULL;
      g_autofree char *begin = g_strconcat (mistake->file, ": line ", NULL);
      guint line = 0, said;
      SanProgramme *programme = load_copy (mistake, &line, &error);

      if (programme != NULL)
        g_error ("%s: “%s” for “%s” was taken", mistake->file, mistake->by, mistake->what);
      g_test_message ("%s", error->message);
      g_assert_error (error, SAN_ERROR, (gint) mistake->code);
      g_assert_nonnull (strstr (error->message, mistake->reason));
      if (mistake->code == SAN_ERROR_TOO_NEW)        /* of the file as a whole */
        continue;
      g_assert_true (g_str_has_prefix (error->message, begin));
      said = (guint) g_ascii_strtoull (error->message + strlen (begin), NULL, 10);
      if (said + 5 < line || said > line + 5)
        g_error ("line %u, but the mistake stands in %u: %s", said, line, error->message);
    }
}

static void
test_digest (void)
{
  Mistake harmless = { A, "Medical examination", "Examination", SAN_ERROR_INVALID, "" };
  guint line;
  g_autoptr(SanProgramme) copy = load_copy (NULL, &line, NULL);
  g_autoptr(SanProgramme) other = load_copy (&harmless, &line, NULL);

  g_assert_cmpstr (san_programme_get_digest (copy), ==,
                   san_programme_get_digest (due_fixture_programme ()));
  g_assert_cmpstr (san_programme_get_digest (other), !=, san_programme_get_digest (copy));
}

static void
test_missing_folder (void)
{
  SanCatalogue *catalogue = san_programme_get_catalogue (due_fixture_programme ());
  g_autoptr(GError) error = NULL;

  g_assert_null (san_programme_load ("/nonexistent", catalogue, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_NOT_FOUND);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/programme/data/fifty-six-milestones", test_milestones);
  g_test_add_func ("/programme/data/every-milestone-is-told", test_every_milestone_is_told);
  g_test_add_func ("/programme/data/four-sheets", test_sheets);
  g_test_add_func ("/programme/data/ages-of-sheets-and-milestones-agree", test_ages_agree);
  g_test_add_func ("/programme/data/mistakes-are-refused-with-their-line", test_mistakes);
  g_test_add_func ("/programme/data/digest-follows-the-files", test_digest);
  g_test_add_func ("/programme/data/missing-folder-is-not-found", test_missing_folder);
  return g_test_run ();
}
