/* test-due-cases.c - the table of dated cases in due-cases.txt, line by line
 *
 * Words of the table stand at its head. A line that does not hold names its number. */
#include "due-fixture.h"

#include "san-compartment.h"

#include <string.h>

typedef struct
{
  guint       line;
  char       *record;         /* the one that answers are added to */
  char       *compartment;
  DueFixture *fixture;
} Case;

static guint n_checked;

/* Value of NAME=VALUE among the words after @from, or NULL. */
static const char *
option (char **words, guint from, const char *name)
{
  for (guint i = from; i < g_strv_length (words); i++)
    if (g_str_has_prefix (words[i], name) && words[i][strlen (name)] == '=')
      return words[i] + strlen (name) + 1;
  return NULL;
}

static gboolean
has_word (char **words, guint from, const char *word)
{
  for (guint i = from; i < g_strv_length (words); i++)
    if (strcmp (words[i], word) == 0)
      return TRUE;
  return FALSE;
}

static void
fail_line (const Case *self, GPtrArray *dues, const char *what)
{
  g_autofree char *all = dues != NULL ? due_fixture_describe (dues) : g_strdup ("");

  g_error ("due-cases.txt:%u: %s\n%s", self->line, what, all);
}

static void
check_number (const Case *self, GPtrArray *dues, char **words, const char *name, guint is,
              guint otherwise)
{
  const char *text = option (words, 4, name);
  guint wanted = text != NULL ? (guint) g_ascii_strtoull (text, NULL, 10) : otherwise;

  if (is != wanted)
    {
      g_autofree char *what = g_strdup_printf ("%s is %u, not %u", name, is, wanted);

      fail_line (self, dues, what);
    }
}

static void
check_precision (const Case *self, GPtrArray *dues, char **words, const SanDue *due)
{
  static const char *const names[] = { "day", "month", "year" };
  const char *wanted = option (words, 4, "precision");

  if (strcmp (names[due->precision], wanted != NULL ? wanted : "day") != 0)
    fail_line (self, dues, "another precision");
}

/* due MILESTONE AT STATE [record=R] [missed=N] [precision=P] [children=N] [assumed] */
static void
check_due (const Case *self, char **words)
{
  g_autoptr(GPtrArray) dues = due_fixture_compute (self->fixture);
  const SanDue *due = due_fixture_find (dues, words[1], option (words, 4, "record"));
  gboolean has_hour = strchr (words[2], 'T') != NULL;
  SanDueState state;

  if (due == NULL)
    fail_line (self, dues, "no such row");
  if (due->at != due_fixture_at (self->fixture, words[2]) || !due->exact != !has_hour)
    {
      SanInstant at = { due->at, self->fixture->zone };
      g_autofree char *text = san_instant_to_text (&at);

      fail_line (self, dues, text);
    }
  state = san_due_state (due, self->fixture->now, self->fixture->zone);
  if (strcmp (san_due_state_name (state), words[3]) != 0)
    fail_line (self, dues, san_due_state_name (state));
  check_number (self, dues, words, "missed", due->missed, 0);
  check_number (self, dues, words, "children", due->children != NULL ? due->children->len : 0, 0);
  check_precision (self, dues, words, due);
  if (!has_word (words, 4, "assumed") != ((due->flags & SAN_DUE_ANCHOR_ASSUMED) == 0))
    fail_line (self, dues, "assumed?");
}

/* not MILESTONE [record=R] */
static void
check_not (const Case *self, char **words)
{
  g_autoptr(GPtrArray) dues = due_fixture_compute (self->fixture);

  if (due_fixture_find (dues, words[1], option (words, 2, "record")) != NULL)
    fail_line (self, dues, "there is such a row");
}

/* within AT MILESTONE… : these and no others are due by then */
static void
check_within (const Case *self, char **words)
{
  g_autoptr(GPtrArray) dues = due_fixture_compute (self->fixture);
  gint64 limit = due_fixture_at (self->fixture, words[1]);
  guint n = 0;

  for (guint i = 0; i < dues->len; i++)
    {
      const SanDue *due = dues->pdata[i];

      if (due->at > limit)
        continue;
      n++;
      if (!has_word (words, 2, due->milestone->id))
        fail_line (self, dues, due->milestone->id);
    }
  if (n != g_strv_length (words) - 2)
    fail_line (self, dues, "another number of rows");
}

/* was MILESTONE STEP OUTCOME [record=R] */
static void
check_was (const Case *self, char **words)
{
  static const char *const names[] = { "in-time", "late", "not-needed", "missed", "open" };
  g_autoptr(SanFactSet) facts = due_fixture_facts (self->fixture, FALSE);
  g_autoptr(GPtrArray) history = NULL;
  guint step = (guint) g_ascii_strtoull (words[2], NULL, 10);
  const char *name = option (words, 4, "record");
  SanId16 id = due_fixture_id (name != NULL ? name : "");
  SanDueQuery query;

  due_fixture_query (self->fixture, facts, &query);
  history = san_due_list_history (&query, san_programme_find_milestone (query.programme, words[1]));
  for (guint i = 0; i < history->len; i++)
    {
      const SanOccurrence *o = history->pdata[i];

      if (o->step != step
          || (name != NULL && !san_id16_equal (&o->record, &id) && !san_id16_equal (&o->stay, &id)))
        continue;
      if (strcmp (names[o->outcome], words[3]) != 0)
        fail_line (self, NULL, names[o->outcome]);
      return;
    }
  if (strcmp (words[3], "nothing") != 0)
    fail_line (self, NULL, "no such occurrence");
}

/* ---- the story ---- */

static void
begin (Case *self)
{
  g_clear_pointer (&self->fixture, due_fixture_free);
  g_clear_pointer (&self->record, g_free);
  g_clear_pointer (&self->compartment, g_free);
  self->fixture = due_fixture_new ();
}

static gboolean
tell (Case *self, char **words)
{
  DueFixture *f = self->fixture;

  if (strcmp (words[0], "case") == 0)
    begin (self);
  else if (strcmp (words[0], "zone") == 0)
    f->zone = (gint16) g_ascii_strtoll (words[1], NULL, 10);
  else if (strcmp (words[0], "record") == 0)
    {
      g_free (self->record);
      self->record = g_strdup (words[1]);
      due_fixture_record (f, words[1], words[2], words[3]);
    }
  else if (strcmp (words[0], "=") == 0)
    due_fixture_answer (f, self->record, words[1], words[2], self->compartment);
  else if (strcmp (words[0], "of") == 0)
    {
      g_free (self->record);
      self->record = g_strdup (words[1]);
    }
  else if (strcmp (words[0], "in") == 0)
    {
      g_free (self->compartment);
      self->compartment = strcmp (words[1], "own") == 0 ? NULL : g_strdup (words[1]);
    }
  else if (strcmp (words[0], "finished") == 0)
    due_fixture_finish (f, self->record, words[1]);
  else if (strcmp (words[0], "doubtful") == 0)
    f->doubtful = strcmp (words[1], "yes") == 0;
  else if (strcmp (words[0], "clock") == 0)
    f->clock_doubtful = strcmp (words[1], "doubtful") == 0;
  else if (strcmp (words[0], "dossier") == 0)
    f->dossier = strcmp (words[1], "house") == 0 ? SAN_DOSSIER_HOUSE : SAN_DOSSIER_CASE;
  else if (strcmp (words[0], "now") == 0)
    f->now = due_fixture_ms (f, words[1]);
  else if (strcmp (words[0], "as") == 0)
    f->readable = strcmp (words[1], "all") == 0 ? SAN_COMPARTMENT_MASK
                                                : san_role_get_reads (words[1]);
  else
    return FALSE;
  return TRUE;
}

static void
run_line (Case *self, char **words)
{
  if (self->fixture == NULL && strcmp (words[0], "case") != 0)
    fail_line (self, NULL, "before the first case");
  if (tell (self, words))
    return;
  n_checked++;
  if (strcmp (words[0], "due") == 0)
    check_due (self, words);
  else if (strcmp (words[0], "not") == 0)
    check_not (self, words);
  else if (strcmp (words[0], "within") == 0)
    check_within (self, words);
  else if (strcmp (words[0], "was") == 0)
    check_was (self, words);
  else
    fail_line (self, NULL, "no such word");
}

static char **
split_words (const char *line)
{
  g_autofree char *squeezed = g_strdup (line);
  GString *text = g_string_new (NULL);
  char *hash = strchr (squeezed, '#');

  if (hash != NULL)
    *hash = '\0';
  for (const char *p = squeezed; *p != '\0'; p++)
    if (!g_ascii_isspace (*p))
      g_string_append_c (text, *p);
    else if (text->len > 0 && text->str[text->len - 1] != ' ')
      g_string_append_c (text, ' ');
  g_strchomp (text->str);
  {
    char **words = g_strsplit (text->str, " ", -1);

    g_string_free (text, TRUE);
    return words;
  }
}

static void
test_table (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "programme", "due-cases.txt", NULL);
  g_autofree char *text = NULL;
  g_auto(GStrv) lines = NULL;
  g_autoptr(GError) error = NULL;
  Case story = { 0 };

  g_assert_true (g_file_get_contents (path, &text, NULL, &error));
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto(GStrv) words = split_words (lines[i]);

      story.line = i + 1;
      if (words[0] != NULL && words[0][0] != '\0')
        run_line (&story, words);
    }
  g_clear_pointer (&story.fixture, due_fixture_free);
  g_free (story.record);
  g_free (story.compartment);
  g_test_message ("%u dated cases hold", n_checked);
  g_assert_cmpuint (n_checked, >=, 80);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/programme/due/table-of-dated-cases-holds", test_table);
  return g_test_run ();
}
