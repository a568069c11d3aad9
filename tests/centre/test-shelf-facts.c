/* test-shelf-facts.c - the head of each section: what it says, and to whom it says nothing */
#include "house-fixture.h"
#include "san-shelf-facts.h"

static House house;

static void
write_record (const char *form, const char *const *answers)
{
  laptop_write (house.laptop, form, &house.child, answers);
}

static void
write_file (void)
{
  write_record ("family", (const char *const[]) { "name", "Namuna Rupkatha", NULL });
  write_record ("contacts",
                (const char *const[]){
                    "may.aaaaaaaa.name", "Meena Rupkatha", "may.aaaaaaaa.relation", "aunt",
                    "may.aaaaaaaa.phone", "1234", "may.aaaaaaaa.say", "Rupkatha is well",
                    "may.aaaaaaaa.no-message", "yes", "not-told.bbbbbbbb.relation", "neighbour",
                    "gate", "Leave your number.", NULL });
  write_record ("exam", (const char *const[]){ "at", "2026-10-01T10:00", "weight", "42", "height",
                                               "150", "dental-on", "2026-10-01", NULL });
  write_record ("exam",
                (const char *const[]){ "at", "2026-11-01T10:00", "weight", "43.5", "advice",
                                       "secret advice", "medicines.cccccccc.name", "Iron",
                                       "medicines.cccccccc.dose", "one", "medicines.dddddddd.name",
                                       "Over long ago", "medicines.dddddddd.until", "2020-01-01",
                                       "house-does", "Iron tablet after breakfast.", NULL });
  write_record ("hearing", (const char *const[]){ "at", "2099-01-02T11:00", "court", "Court 2",
                                                  "ready", "not-yet", "ready-words",
                                                  "I am afraid of the room", NULL });
  write_record ("court-case", (const char *const[]){ "statement", "2026-10-03", "support-person",
                                                     "Leela", "ordered", "2026-11-01", NULL });
}

static SanShelfFacts *
read_facts (void)
{
  g_autoptr(GError) error = NULL;
  SanShelfFacts *facts = san_shelf_facts_get (house.laptop->centre, &house.child, &error);

  g_assert_no_error (error);
  return facts;
}

static const SanShelfCard *
find_card (const SanShelfFacts *facts, SanShelfCardKind kind)
{
  for (guint i = 0; i < facts->cards->len; i++)
    if (((const SanShelfCard *) facts->cards->pdata[i])->kind == kind)
      return facts->cards->pdata[i];
  return NULL;
}

static gboolean
has_text (const SanShelfCard *card, const char *text)
{
  for (guint i = 0; i < card->lines->len; i++)
    if (g_str_equal (((const SanShelfLine *) card->lines->pdata[i])->text, text))
      return TRUE;
  return FALSE;
}

static guint
count (const SanShelfFacts *facts, SanShelfCardKind kind)
{
  guint n = 0;

  for (guint i = 0; i < facts->cards->len; i++)
    n += ((const SanShelfCard *) facts->cards->pdata[i])->kind == kind;
  return n;
}

static void
test_superintendent_reads_all_heads (void)
{
  g_autoptr(SanShelfFacts) facts = NULL;
  const SanGrowthPoint *point;

  house = house_begin ();
  write_file ();
  facts = read_facts ();
  g_assert_cmpstr (find_card (facts, SAN_SHELF_CONTACT)->title, ==, "Meena · aunt");
  g_assert_true (has_text (find_card (facts, SAN_SHELF_CONTACT), "Bakul is well"));
  g_assert_true (has_text (find_card (facts, SAN_SHELF_CONTACT), "1234"));
  g_assert_cmpstr (find_card (facts, SAN_SHELF_NOT_TOLD)->title, ==, "neighbour");
  g_assert_cmpstr (facts->house->gate, ==, "Leave your number.");
  g_assert_true (facts->house->has_hearing);
  g_assert_true (has_text (find_card (facts, SAN_SHELF_HEARING), "Court 2"));
  g_assert_true (has_text (find_card (facts, SAN_SHELF_READY), "I am afraid of the room"));
  g_assert_true (has_text (find_card (facts, SAN_SHELF_SUPPORT), "Leela"));
  g_assert_cmpuint (find_card (facts, SAN_SHELF_MONEY)->lines->len, ==, 1);
  g_assert_cmpuint (count (facts, SAN_SHELF_MEDICINE), ==, 1);
  g_assert_cmpuint (find_card (facts, SAN_SHELF_CHECKS)->lines->len, ==, 1);
  g_assert_cmpuint (facts->growth->len, ==, 2);
  point = facts->growth->pdata[0];
  g_assert_nonnull (strstr (point->weight, "43.5"));
  g_assert_true (point->has_gain);
  g_assert_cmpfloat_with_epsilon (point->gain, 1.5, 0.001);
  g_assert_null (point->height);
  house_end (&house);
}

/* Whatever the login does not read is not there, nor is that it is there. */
static void
test_others_get_their_own_part (void)
{
  static const struct
  {
    const char *name, *role;
    gboolean family, health, court, ready;
  } people[] = {
    { "rokeya", "house", FALSE, FALSE, FALSE, FALSE },
    { "sima", "nurse", FALSE, TRUE, FALSE, FALSE },
    { "leela", "legal", TRUE, FALSE, TRUE, TRUE },
    { "anjali", "case-worker", TRUE, FALSE, FALSE, TRUE },
  };

  house = house_begin ();
  write_file ();
  for (guint i = 0; i < G_N_ELEMENTS (people); i++)
    {
      g_autoptr(SanShelfFacts) facts = NULL;

      if (i > 0)
        {
          laptop_lock (house.laptop);
          laptop_unlock (house.laptop, "sunanda");
        }
      laptop_add_person (house.laptop, people[i].name, people[i].role);
      facts = read_facts ();
      g_assert_cmpint (find_card (facts, SAN_SHELF_CONTACT) != NULL, ==, people[i].family);
      g_assert_cmpint (find_card (facts, SAN_SHELF_NOT_TOLD) != NULL, ==, people[i].family);
      g_assert_cmpint (find_card (facts, SAN_SHELF_MEDICINE) != NULL, ==, people[i].health);
      g_assert_cmpint (find_card (facts, SAN_SHELF_CHECKS) != NULL, ==, people[i].health);
      g_assert_cmpint (facts->growth->len > 0, ==, people[i].health);
      g_assert_cmpint (find_card (facts, SAN_SHELF_HEARING) != NULL, ==, people[i].court);
      g_assert_cmpint (find_card (facts, SAN_SHELF_SUPPORT) != NULL, ==, people[i].court);
      g_assert_cmpint (find_card (facts, SAN_SHELF_MONEY) != NULL, ==, people[i].court);
      g_assert_cmpint (find_card (facts, SAN_SHELF_READY) != NULL, ==, people[i].ready);
      g_assert_true (facts->house->has_hearing);              /* that is known in the house */
      g_assert_cmpstr (facts->house->gate, ==, "Leave your number.");
      g_assert_cmpstr (facts->house->health, ==, "Iron tablet after breakfast.");
    }
  house_end (&house);
}

static gint64
last_written (guint compartment)
{
  return san_shelf_last_written (house.laptop->centre, &house.child, compartment);
}

/* The day stands outside of what is closed; of what nobody wrote there is none. */
static void
test_last_written_needs_no_key (void)
{
  gint64 before, wall;

  house = house_begin ();
  g_assert_cmpint (last_written (SAN_COMPARTMENT_MEDICAL), ==, 0);
  before = san_clock_now ();
  write_record ("exam", (const char *const[]) { "weight", "42", NULL });
  laptop_add_person (house.laptop, "rokeya", "house");
  wall = last_written (SAN_COMPARTMENT_MEDICAL);
  g_assert_cmpint (wall, >=, before);
  g_assert_cmpint (wall, <=, san_clock_now ());
  g_assert_cmpint (last_written (SAN_COMPARTMENT_LEGAL), ==, 0);
  house_end (&house);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/centre/shelf-facts/superintendent-reads-all-heads",
                   test_superintendent_reads_all_heads);
  g_test_add_func ("/centre/shelf-facts/others-get-their-own-part",
                   test_others_get_their_own_part);
  g_test_add_func ("/centre/shelf-facts/last-written-needs-no-key",
                   test_last_written_needs_no_key);
  return g_test_run ();
}
