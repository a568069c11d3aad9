/* test-prefill.c - what a new record is offered, and what it never is */
#include "forms-common.h"

#include <string.h>

#define ALL ((1u << SAN_N_COMPARTMENTS) - 1)

static GPtrArray *
propose (SanFactSet *set, const char *form, guint may_write)
{
  SanInstant now = common_instant ("2026-11-25T20:40");

  return san_prefill_propose (san_catalogue_find_form (common_catalogue (), form), set, may_write,
                              &now);
}

static const SanProposal *
find (GPtrArray *proposals, const char *name)
{
  for (guint i = 0; i < proposals->len; i++)
    if (strcmp (((const SanProposal *) proposals->pdata[i])->name, name) == 0)
      return proposals->pdata[i];
  return NULL;
}

static void
assert_offered (GPtrArray *proposals, const char *name, const char *expected, guint from)
{
  const SanProposal *proposal = find (proposals, name);
  g_autofree char *text = NULL;
  SanId16 id = from > 0 ? common_id (from) : san_id16_zero;

  g_assert_nonnull (proposal);
  text = san_answer_to_plain (proposal->value);
  g_assert_cmpstr (text, ==, expected);
  g_assert_true (san_id16_equal (&proposal->from, &id));
}

static SanFactSet *
one_stay (void)
{
  SanFactSet *set = common_set ();

  common_record (set, 1, "welcome", "2026-01-10T21:00");
  common_answer (set, 1, "arrived", "2026-01-10T20:00", "2026-01-10T21:00");
  common_answer (set, 1, "alias", "Kadam", "2026-01-10T21:00");
  common_answer (set, 1, "sign", "umbrella", "2026-01-10T21:00");
  common_answer (set, 1, "bed", "24", "2026-01-10T21:00");
  common_answer (set, 1, "ill-now", "yes", "2026-01-10T21:00");
  common_answer (set, 1, "name", "Rupa", "2026-01-10T21:00");
  common_answer (set, 1, "birth", "2011", "2026-01-10T21:00");
  return set;
}

static void
test_return (void)
{
  g_autoptr(SanFactSet) set = one_stay ();
  g_autoptr(GPtrArray) proposals = propose (set, "return", ALL);

  assert_offered (proposals, "alias", "Kadam", 1);
  assert_offered (proposals, "sign", "umbrella", 1);
  assert_offered (proposals, "bed", "24", 1);
  assert_offered (proposals, "arrived", "2026-11-25T20:40:00+05:30", 0); /* now, not then */
  g_assert_null (find (proposals, "ill-now"));
}

static void
test_family (void)
{
  g_autoptr(SanFactSet) set = one_stay ();
  g_autoptr(GPtrArray) proposals = propose (set, "family", ALL);

  assert_offered (proposals, "name", "Rupa", 1);
  assert_offered (proposals, "birth", "2011", 1);
  assert_offered (proposals, "on", "2026-11-25", 0);
}

static void
test_newest_wins (void)
{
  g_autoptr(SanFactSet) set = one_stay ();
  g_autoptr(GPtrArray) proposals = NULL;

  common_record (set, 2, "family", "2026-01-15T10:00");
  common_answer (set, 2, "name", "Rupkatha", "2026-01-15T10:00");
  common_answer (set, 2, "birth", "?unknown", "2026-01-15T10:00");
  proposals = propose (set, "family", ALL);
  assert_offered (proposals, "name", "Rupkatha", 2);
  assert_offered (proposals, "birth", "2011", 1); /* not known never displaces */
}

static void
test_keep_all (void)
{
  g_autoptr(SanFactSet) set = one_stay ();
  g_autoptr(GPtrArray) proposals = NULL;

  common_answer (set, 1, "tonight", "a light in the corridor", "2026-01-10T21:00");
  common_record (set, 2, "flags", "2026-01-11T10:00");
  common_answer (set, 2, "help-1", "no loud voices", "2026-01-11T10:00");
  common_answer (set, 2, "help-2", "a light in the corridor", "2026-01-11T10:00");
  common_answer (set, 2, "allergy", "nuts", "2026-01-11T10:00");
  proposals = propose (set, "flags", ALL);
  g_assert_nonnull (find (proposals, "help-1"));
  g_assert_nonnull (find (proposals, "help-2"));
  g_assert_null (find (proposals, "help-3")); /* the same twice is one */
  g_assert_false (
      san_value_equal (find (proposals, "help-1")->value, find (proposals, "help-2")->value));
  assert_offered (proposals, "allergy", "nuts", 2);
}

/* Events of the past are not copied into a new record. */
static void
test_no_events (void)
{
  g_autoptr(SanFactSet) set = one_stay ();
  g_autoptr(GPtrArray) proposals = NULL;

  common_record (set, 2, "exam", "2026-01-11T10:00");
  common_answer (set, 2, "at", "2026-01-11T09:00", "2026-01-11T10:00");
  common_answer (set, 2, "dental-on", "2026-01-11", "2026-01-11T10:00");
  common_answer (set, 2, "house-does", "iron tablets after lunch", "2026-01-11T10:00");
  proposals = propose (set, "exam", ALL);
  g_assert_null (find (proposals, "dental-on"));
  assert_offered (proposals, "at", "2026-11-25T20:40:00+05:30", 0);
  assert_offered (proposals, "house-does", "iron tablets after lunch", 2);
}

static void
add_in (SanFactSet *set, guint n, const char *field, const char *text, guint compartment)
{
  g_autoptr(SanValue) value = san_value_new_text (text, NULL);
  SanFactAnswer answer;

  memset (&answer, 0, sizeof answer);
  answer.record = common_id (n);
  answer.field = field;
  answer.value = value;
  answer.compartment = compartment;
  answer.wall = common_instant ("2026-02-01T10:00");
  san_fact_set_add_answer (set, &answer);
}

/* Wherever an answer was written, it never flows to people who could not read it there. */
static void
test_never_more_open (void)
{
  static const struct { guint from; gboolean offered;
  } rows[] = { { SAN_COMPARTMENT_HOUSE, TRUE },     { SAN_COMPARTMENT_CASE, FALSE },
               { SAN_COMPARTMENT_CLINICAL, FALSE }, { SAN_COMPARTMENT_MEDICAL, FALSE },
               { SAN_COMPARTMENT_LEGAL, FALSE },    { SAN_COMPARTMENT_STAFF, FALSE } };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(SanFactSet) set = common_set ();
      g_autoptr(GPtrArray) proposals = NULL;

      common_record (set, 1, "exam", "2026-02-01T10:00");
      add_in (set, 1, "house-does", "medicine at eight", rows[i].from);
      proposals = propose (set, "exam", ALL);
      g_assert_true ((find (proposals, "house-does") != NULL) == rows[i].offered);
    }
}

static void
test_flow_table (void)
{
  const guint house = SAN_COMPARTMENT_HOUSE, cases = SAN_COMPARTMENT_CASE,
              medical = SAN_COMPARTMENT_MEDICAL;

  g_assert_cmpuint (san_compartment_reads_with (house), ==, 1u << house);
  g_assert_cmpuint (san_compartment_reads_with (medical), ==, 1u << house | 1u << medical);
  g_assert_true (san_compartment_reads_with (SAN_COMPARTMENT_CLINICAL) & 1u << cases);
  g_assert_true (san_compartment_reads_with (SAN_COMPARTMENT_LEGAL) & 1u << cases);
  g_assert_false (san_compartment_reads_with (medical) & 1u << cases);
}

/* Who cannot write a compartment is offered nothing for it. */
static void
test_only_what_can_be_written (void)
{
  g_autoptr(SanFactSet) set = one_stay ();
  g_autoptr(GPtrArray) proposals = propose (set, "welcome", 1u << SAN_COMPARTMENT_HOUSE);

  g_assert_nonnull (find (proposals, "alias"));
  g_assert_null (find (proposals, "name"));
}

/* An exit proposes the stay that she is in. */
static void
test_exit (void)
{
  g_autoptr(SanFactSet) set = one_stay ();
  g_autoptr(GPtrArray) proposals = NULL;
  SanId16 id;

  common_record (set, 3, "return", "2026-06-01T09:00");
  common_answer (set, 3, "arrived", "2026-06-01T08:00", "2026-06-01T09:00");
  proposals = propose (set, "exit", ALL);
  g_assert_true (san_value_get_record (find (proposals, "stay")->value, &id));
  g_assert_cmpuint (id.b[0], ==, 3);
  g_assert_true (san_id16_is_zero (&find (proposals, "stay")->from));
  g_assert_null (find (proposals, "left"));
}

static void
test_empty (void)
{
  g_autoptr(SanFactSet) set = common_set ();
  g_autoptr(GPtrArray) proposals = propose (set, "welcome", ALL);

  g_assert_cmpuint (proposals->len, ==, 1);
  g_assert_nonnull (find (proposals, "arrived"));
}

int
main (int argc, char **argv)
{
  int failed;

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/forms/prefill/return-offers-her-old-ones", test_return);
  g_test_add_func ("/forms/prefill/copies-with-provenance", test_family);
  g_test_add_func ("/forms/prefill/newest-answer", test_newest_wins);
  g_test_add_func ("/forms/prefill/facts-that-keep-all", test_keep_all);
  g_test_add_func ("/forms/prefill/never-events", test_no_events);
  g_test_add_func ("/forms/prefill/never-into-a-more-open-compartment", test_never_more_open);
  g_test_add_func ("/forms/prefill/who-reads-with-whom", test_flow_table);
  g_test_add_func ("/forms/prefill/only-what-can-be-written", test_only_what_can_be_written);
  g_test_add_func ("/forms/prefill/exit-proposes-the-stay", test_exit);
  g_test_add_func ("/forms/prefill/first-record", test_empty);
  failed = g_test_run ();
  common_free ();
  return failed;
}
