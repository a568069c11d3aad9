/* test-catalogue.c - the shipped data is whole, and says what the field needs */
#include "forms-common.h"

#include <string.h>

static void
test_whole (void)
{
  SanCatalogue *catalogue = common_catalogue ();

  g_assert_cmpuint (san_catalogue_get_n_forms (catalogue), ==, 25);
  g_assert_cmpuint (san_catalogue_get_n_roles (catalogue), ==, 7);
  g_assert_cmpuint (strlen (san_catalogue_get_digest (catalogue)), ==, 64);
}

static void
test_every_form (void)
{
  static const char *const ids[] = { "welcome",    "order",        "family",       "contacts",
                                     "flags",      "session",      "score.who5",   "score.cries8",
                                     "score.phqa", "score.gad7",   "exam",         "court-case",
                                     "hearing",    "hearing-care", "icp-a",        "icp-b",
                                     "exit",       "return",       "follow-up",    "day-note",
                                     "incident",   "staff",        "safety-today", "not-needed",
                                     "share" };

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      const SanForm *form = san_catalogue_find_form (common_catalogue (), ids[i]);

      g_assert_nonnull (form);
      g_assert_cmpstr (form->id, ==, ids[i]);
      g_assert_cmpstr (san_label_get (form->label, NULL), !=, "");
      g_assert_cmpuint (form->n_fields + form->n_tables, >, 1);
    }
}

static void
test_official_ids (void)
{
  const SanForm *form = san_catalogue_find_form (common_catalogue (), "in.jj2016.form7.b");

  g_assert_nonnull (form);
  g_assert_cmpstr (form->id, ==, "icp-b");
  g_assert_cmpstr (form->number, ==, "7 B");
  g_assert_true (form->is_long_note);
  g_assert_false (san_catalogue_find_form (common_catalogue (), "icp-a")->is_long_note);
}

/* Nothing but a signature is needed before a record is signed or printed, never to save; and all
 * text on screen is there. */
static void
test_fields_have_labels (void)
{
  SanCatalogue *catalogue = common_catalogue ();

  for (guint i = 0; i < san_catalogue_get_n_forms (catalogue); i++)
    {
      const SanForm *form = san_catalogue_get_form (catalogue, i);

      for (guint j = 0; j < form->n_fields; j++)
        g_assert_cmpstr (san_label_get (form->fields[j]->label, "en"), !=, "");
      for (guint j = 0; j < form->n_tables; j++)
        for (guint k = 0; k < form->tables[j]->n_columns; k++)
          g_assert_cmpstr (san_label_get (form->tables[j]->columns[k]->label, "en"), !=, "");
    }
}

/* Who holds only the house must find what helps tonight, and nothing of the history. */
static void
test_house_sees_tonight_only (void)
{
  static const char *const house[] = {
    "child.alias", "child.sign",     "child.bed",         "child.admitted-at", "child.age-said",
    "child.sex",   "child.language", "child.responsible", "child.exited-at",   "exit.planned",
    "hearing.at",  "hearing.leaves", "hearing.escort",    "care.diet",         "care.allergy",
    "care.help",   "care.gate",      "care.health",       "care.team",         "safe.opened",
    "safe.done",   "incident.at",    "incident.kind"
  };
  static const char *const others[] = {
    "child.name",    "child.birth", "order.until",     "hearing.ready-on", "session.at",
    "score.phqa.on", "exam.at",     "case.cognisance", "screen.on",        "icp.on"
  };

  for (guint i = 0; i < G_N_ELEMENTS (house); i++)
    g_assert_cmpuint (san_catalogue_find_fact (common_catalogue (), house[i])->compartment, ==,
                      SAN_COMPARTMENT_HOUSE);
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    g_assert_cmpuint (san_catalogue_find_fact (common_catalogue (), others[i])->compartment, !=,
                      SAN_COMPARTMENT_HOUSE);
}

/* A fact that says when something happened must never slip into a new record. */
static void
test_events_are_not_offered (void)
{
  SanCatalogue *catalogue = common_catalogue ();

  for (guint i = 0; i < san_catalogue_get_n_facts (catalogue); i++)
    {
      const SanFact *fact = san_catalogue_get_fact (catalogue, i);

      if (fact->type == SAN_FIELD_INSTANT
          || (fact->type == SAN_FIELD_DATE && fact->meaning != SAN_MEANING_BIRTH))
        g_assert_false (fact->is_offered);
    }
}

static void
test_meanings (void)
{
  static const char *const names[] = { NULL,         "child.admitted-at", "child.exited-at",
                                       "stay.start", "child.birth",       "child.age-said" };

  for (guint i = SAN_MEANING_ARRIVAL; i <= SAN_MEANING_AGE; i++)
    g_assert_cmpstr (san_catalogue_find_meaning (common_catalogue (), (SanMeaning) i)->name, ==,
                     names[i]);
  g_assert_true (san_catalogue_find_form (common_catalogue (), "welcome")->starts_stay);
  g_assert_true (san_catalogue_find_form (common_catalogue (), "return")->starts_stay);
  g_assert_true (san_catalogue_find_form (common_catalogue (), "exit")->ends_stay);
  g_assert_false (san_catalogue_find_form (common_catalogue (), "family")->starts_stay);
}

static void
test_who_writes (void)
{
  const SanForm *session = san_catalogue_find_form (common_catalogue (), "session");
  const SanForm *welcome = san_catalogue_find_form (common_catalogue (), "welcome");

  g_assert_true (san_form_may_write (session, "counsellor"));
  g_assert_true (san_form_may_write (session, "superintendent+counsellor"));
  g_assert_false (san_form_may_write (session, "superintendent"));
  g_assert_false (san_form_may_write (session, "house"));
  g_assert_true (san_form_may_write (welcome, "house"));
}

static void
test_roles (void)
{
  const SanRole *house = san_catalogue_find_role (common_catalogue (), "house");

  g_assert_cmpstr (house->pages[0], ==, "today");
  g_assert_cmpstr (house->forms[0], ==, "day-note");
  g_assert_cmpstr (san_label_get (house->label, NULL), ==, "House staff");
  g_assert_null (san_catalogue_find_role (common_catalogue (), "guest"));
}

/* The roles of the data are those of the list that a staff record uses. */
static void
test_roles_are_listed (void)
{
  const SanList *list = san_catalogue_find_list (common_catalogue (), "roles");

  g_assert_cmpuint (list->n_options, ==, san_catalogue_get_n_roles (common_catalogue ()));
  for (guint i = 0; i < list->n_options; i++)
    g_assert_nonnull (san_catalogue_find_role (common_catalogue (), list->options[i].code));
}

int
main (int argc, char **argv)
{
  int failed;

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/forms/catalogue/is-whole", test_whole);
  g_test_add_func ("/forms/catalogue/has-every-form", test_every_form);
  g_test_add_func ("/forms/catalogue/finds-official-ids", test_official_ids);
  g_test_add_func ("/forms/catalogue/labels-every-field", test_fields_have_labels);
  g_test_add_func ("/forms/catalogue/house-sees-tonight-only", test_house_sees_tonight_only);
  g_test_add_func ("/forms/catalogue/offers-no-events", test_events_are_not_offered);
  g_test_add_func ("/forms/catalogue/knows-meanings", test_meanings);
  g_test_add_func ("/forms/catalogue/says-who-writes", test_who_writes);
  g_test_add_func ("/forms/catalogue/has-roles", test_roles);
  g_test_add_func ("/forms/catalogue/roles-are-listed", test_roles_are_listed);
  failed = g_test_run ();
  common_free ();
  return failed;
}
