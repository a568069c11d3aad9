/* test-welcome.c - a child at the door: proposals, a name that must not show, one who comes back */
#include "carry-fixture.h"
#include "san-roll.h"
#include "san-welcome.h"

typedef struct { char *dir; Laptop *laptop; } Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->dir = carry_begin ();
  self->laptop = laptop_new (self->dir, "office");
  laptop_found (self->laptop, "Shefali Bari");
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  laptop_free (self->laptop);
  carry_end (self->dir);
}

static SanWelcomed *
welcome (Fixture *self, const SanId32 *back, const char *const *pairs)
{
  g_autoptr(GPtrArray) typed = san_typed_list_new ();
  g_autoptr(GError) error = NULL;
  SanWelcomed *welcomed;

  for (guint i = 0; pairs[i] != NULL; i += 2)
    san_typed_list_add (typed, pairs[i], pairs[i + 1]);
  welcomed = san_welcome (self->laptop->centre, back, typed, &error);
  g_assert_no_error (error);
  return welcomed;
}

static guint
count_children (Fixture *self)
{
  g_autoptr(GPtrArray) rows = san_child_list (self->laptop->centre, NULL, NULL, NULL);

  return rows->len;
}

static void
test_least (Fixture *self, gconstpointer data)
{
  const char *const least[] = { "age", "15", "brought-by", "helpline", NULL };
  g_autoptr(SanWelcomed) welcomed = welcome (self, NULL, least);

  g_assert_cmpint (welcomed->verdict, ==, SAN_ALIAS_FREE);
  g_assert_cmpuint (strlen (welcomed->alias), >, 0);
  g_assert_cmpuint (welcomed->n_due, >, 2);
  g_assert_cmpint (welcomed->by, >, san_clock_now ());
  g_assert_cmpint (welcomed->by, <=, san_clock_now () + (gint64) 24 * 60 * 60 * 1000);
}

static void
test_offer_is_free (Fixture *self, gconstpointer data)
{
  const char *const nothing[] = { NULL };

  for (guint i = 0; i < 4; i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(SanWelcomeOffer) offer = san_welcome_offer (self->laptop->centre, NULL, &error);
      g_autoptr(SanWelcomeLook) look = NULL;
      g_autoptr(SanWelcomed) welcomed = NULL;

      g_assert_no_error (error);
      look = san_welcome_look (self->laptop->centre, offer->alias, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpint (look->verdict, ==, SAN_ALIAS_FREE);
      welcomed = welcome (self, NULL, nothing);
    }
  g_assert_cmpuint (count_children (self), ==, 4);
}

static void
test_close_to_name (Fixture *self, gconstpointer data)
{
  const char *const close[] = { "alias", "Rupkotha", "name", "रूपकथा Udaharan", NULL };
  const char *const first[] = { "alias", "Bakul", NULL };
  const char *const taken[] = { "alias", "bakul", NULL };
  g_autoptr(SanWelcomed) a = welcome (self, NULL, close);
  g_autoptr(SanWelcomed) b = NULL;
  g_autoptr(SanWelcomed) c = NULL;

  g_assert_cmpint (a->verdict, ==, SAN_ALIAS_CLOSE);
  g_assert_cmpuint (count_children (self), ==, 0);
  b = welcome (self, NULL, first);
  c = welcome (self, NULL, taken);
  g_assert_cmpint (b->verdict, ==, SAN_ALIAS_FREE);
  g_assert_cmpint (c->verdict, ==, SAN_ALIAS_TAKEN);
  g_assert_cmpuint (count_children (self), ==, 1);
}

/* One who left is found by her name, in another script, and gets what she had. */
static void
test_back (Fixture *self, gconstpointer data)
{
  const char *const first[] = { "alias", "Bakul", "bed", "7", "name", "Rupkatha Udaharan",
                                "age",   "14",    NULL };
  const char *const again[] = { "age", "15", "brought-by", "herself", "belongings", "a bag", NULL };
  g_autoptr(SanWelcomed) one = welcome (self, NULL, first);
  g_autoptr(SanWelcomed) two = NULL;
  g_autoptr(SanWelcomeLook) here = san_welcome_look (self->laptop->centre, NULL, "rupkatha", NULL);
  g_autoptr(SanWelcomeLook) gone = NULL;
  g_autoptr(SanWelcomeOffer) offer = NULL;
  g_autoptr(SanChildRow) row = NULL;
  g_autoptr(GPtrArray) typed = san_typed_list_new ();
  g_autoptr(GError) error = NULL;
  g_autofree char *left = NULL;
  SanInstant moment = { san_clock_now (), san_clock_zone (san_clock_now ()) };
  SanId16 record;

  g_assert_cmpuint (here->before->len, ==, 0);
  left = san_instant_to_text (&moment);
  san_typed_list_add (typed, "left", left);
  san_record_new (self->laptop->centre, "exit", &one->child, typed, &record, &error);
  g_assert_no_error (error);
  gone = san_welcome_look (self->laptop->centre, NULL, "রূপকথা", NULL);
  g_assert_cmpuint (gone->before->len, ==, 1);
  offer = san_welcome_offer (self->laptop->centre, &one->child, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (offer->alias, ==, "Bakul");
  g_assert_cmpstr (offer->bed, ==, "7");
  san_clock_set (moment.ms + 60 * 1000);
  two = welcome (self, &one->child, again);
  row = san_child_get (self->laptop->centre, &one->child, &error);
  san_clock_set (0);
  g_assert_no_error (error);
  g_assert_true (san_id32_equal (&two->child, &one->child));
  g_assert_cmpint (row->stay, ==, 2);
  g_assert_cmpstr (row->status, ==, "in-care");
  g_assert_cmpuint (count_children (self), ==, 1);
}

/* Taken back a moment later: in no list, found by nothing, alias and bed free again. */
static void
test_undone (Fixture *self, gconstpointer data)
{
  const char *const typed[] = { "alias", "Bakul", "bed", "7", "name", "Rupkatha Udaharan",
                                "age",   "14",    NULL };
  g_autoptr(SanWelcomed) one = welcome (self, NULL, typed);
  g_autoptr(SanWelcomed) two = NULL;
  g_autoptr(SanChildRow) row = NULL;
  g_autoptr(GPtrArray) found = NULL;
  g_autoptr(SanRoll) roll = NULL;
  g_autoptr(GError) error = NULL;
  guint n = 9;

  g_assert_true (san_record_withdraw (self->laptop->centre, &one->record, "undone", &error));
  g_assert_no_error (error);
  row = san_child_get (self->laptop->centre, &one->child, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (row->status, ==, "undone");
  g_assert_cmpuint (count_children (self), ==, 0);
  found = san_child_list_slice (self->laptop->centre, NULL, NULL, 0, 10, &n, NULL);
  g_assert_cmpuint (n, ==, 0);
  g_ptr_array_unref (found);
  found = san_child_list (self->laptop->centre, "rupkatha", NULL, NULL);
  g_assert_cmpuint (found->len, ==, 0);
  for (SanRollKind kind = SAN_ROLL_IN_CARE; kind <= SAN_ROLL_CLOSED; kind++)
    {
      SanRollChoice choice = { kind, SAN_ROLL_ANY_AGE, SAN_ROLL_ANY_ALERT, SAN_ROLL_ANY_DUE,
                               SAN_ROLL_BY_BED };

      roll = san_roll_get (self->laptop->centre, NULL, &choice, 0, 10, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (roll->rows->len, ==, 0);
      g_assert_cmpuint (roll->n_match, ==, 0);
      g_clear_pointer (&roll, san_roll_free);
    }
  two = welcome (self, NULL, typed);
  g_assert_cmpint (two->verdict, ==, SAN_ALIAS_FREE);
  g_assert_cmpuint (count_children (self), ==, 1);
}

/* A second stay taken back: she is where she was. */
static void
test_return_undone (Fixture *self, gconstpointer data)
{
  const char *const first[] = { "alias", "Bakul", "age", "14", NULL };
  const char *const again[] = { "age", "15", NULL };
  g_autoptr(SanWelcomed) one = welcome (self, NULL, first);
  g_autoptr(SanWelcomed) two = NULL;
  g_autoptr(SanChildRow) row = NULL;
  g_autoptr(GPtrArray) typed = san_typed_list_new ();
  g_autoptr(GError) error = NULL;
  g_autofree char *left = NULL;
  SanInstant moment = { san_clock_now (), san_clock_zone (san_clock_now ()) };
  SanId16 record;

  left = san_instant_to_text (&moment);
  san_typed_list_add (typed, "left", left);
  san_record_new (self->laptop->centre, "exit", &one->child, typed, &record, &error);
  g_assert_no_error (error);
  san_clock_set (moment.ms + 60 * 1000);
  two = welcome (self, &one->child, again);
  g_assert_true (san_record_withdraw (self->laptop->centre, &two->record, "undone", &error));
  row = san_child_get (self->laptop->centre, &one->child, &error);
  san_clock_set (0);
  g_assert_no_error (error);
  g_assert_cmpstr (row->status, ==, "follow-up");
  g_assert_cmpint (row->stay, ==, 1);
}

int
main (int argc, char **argv)
{
  static const struct { const char *name; void (*func) (Fixture *, gconstpointer); } tests[] = {
    { "/centre/welcome/two-answers-are-enough", test_least },
    { "/centre/welcome/what-is-proposed-is-free", test_offer_is_free },
    { "/centre/welcome/alias-must-not-give-her-name-away", test_close_to_name },
    { "/centre/welcome/one-who-comes-back", test_back },
    { "/centre/welcome/taken-back-leaves-nobody", test_undone },
    { "/centre/welcome/a-return-taken-back-leaves-her-where-she-was", test_return_undone },
  };

  g_test_init (&argc, &argv, NULL);
  g_assert_true (san_crypto_init (NULL));
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].name, Fixture, NULL, set_up, tests[i].func, tear_down);
  return g_test_run ();
}
