/* test-derived.c - due rows, summaries and search follow the values, and only when touched */
#include "store-fixture.h"
#include "san-search-key.h"

typedef struct
{
  Centre *centre;
  Laptop *laptop;
  Person *head, *counsellor;
  SanId32 child;
  SanId16 record;
  guint asked; /* how often the function was called */
  gint64 turn;
} World;

typedef struct
{
  SanDerived *out;
  World *world;
  guint n;
} Round;

static gboolean
derive_value (const SanStoredWrite *write, gpointer data)
{
  Round *round = data;
  g_autofree char *text = san_value_dup_text (write->value);

  if (text && strcmp (write->field, "name") == 0)
    {
      g_autofree char *keys = san_search_joined (text);

      san_derived_add_search (round->out, keys, "name", text);
    }
  if (text && strcmp (write->field, "due") == 0)
    {
      SanDueRow row = { .milestone = "call", .record = write->record };

      row.at = g_ascii_strtoll (text, NULL, 10);
      row.notice = row.at - 100;
      row.turn = round->world->turn ? round->world->turn : G_MAXINT64;
      san_derived_add_due (round->out, &row);
    }
  round->n++;
  return TRUE;
}

static gboolean
derive (SanStore *store, guint8 compartment, guint mask, const SanDossier *dossier, SanDerived *out,
        gpointer data, GError **error)
{
  World *world = data;
  Round round = { out, world, 0 };
  g_autofree char *sort = NULL;

  world->asked++;
  if (!san_store_each_value (store, &dossier->id, NULL, mask, derive_value, &round, error))
    return FALSE;
  sort = g_strdup_printf ("%04u", round.n);
  if (round.n)
    san_derived_set_summary (out, sort, round.n % 2, NULL);
  return TRUE;
}

static void
set_up (World *self)
{
  memset (self, 0, sizeof *self);
  self->centre = centre_new ();
  self->laptop = laptop_new (self->centre);
  self->head = person_new (self->laptop, "superintendent", NULL);
  self->counsellor = person_new (self->laptop, "counsellor", NULL);
  centre_found (self->centre, self->head);
  appoint (self->head, self->counsellor);
  unlock (self->counsellor);
  make_ring (self->counsellor, SAN_COMPARTMENT_CLINICAL, NULL);
  admit (self->counsellor, &self->child);
  record_new (&self->record);
  g_assert_true (san_store_set_derive (self->laptop->store, "1", derive, self, NULL, NULL));
}

static void
tear_down (World *self)
{
  person_free (self->counsellor);
  person_free (self->head);
  laptop_free (self->laptop);
  centre_free (self->centre);
}

static void
set (World *self, guint8 compartment, const char *field, const char *text)
{
  save_one (self->counsellor, &self->child, compartment, &self->record, "welcome", field, text);
}

static guint
n_due (World *self, guint mask, gint64 until)
{
  g_autoptr(GPtrArray) rows = san_store_list_due (self->laptop->store, mask, NULL, until, NULL);

  return rows->len;
}

static guint
n_hits (World *self, const char *typed, guint mask)
{
  g_autofree char *keys = san_search_joined (typed);
  g_autoptr(GPtrArray) hits = san_store_search (self->laptop->store, keys, mask, 20, NULL);

  return hits->len;
}

static void
test_due (void)
{
  World world;
  g_autoptr(GPtrArray) rows = NULL;

  set_up (&world);
  set (&world, 0, "due", "5000");
  /* each view that reads house says it: house, case and clinical are open */
  g_assert_cmpuint (n_due (&world, 0x01, 4899), ==, 0);
  g_assert_cmpuint (n_due (&world, 0x01, 4900), ==, 1);
  g_assert_cmpuint (n_due (&world, ALL, 4900), ==, 3);
  set (&world, 1, "due", "6000");
  g_assert_cmpuint (n_due (&world, 0x01, G_MAXINT64), ==, 1);
  g_assert_cmpuint (n_due (&world, 0x02, G_MAXINT64), ==, 2);
  set (&world, 0, "due", "7000");
  rows = san_store_list_due (world.laptop->store, 0x01, &world.child, G_MAXINT64, NULL);
  g_assert_cmpuint (rows->len, ==, 1);
  g_assert_cmpint (((SanDueRow *)rows->pdata[0])->at, ==, 7000);
  g_assert_true (san_id32_equal (&((SanDueRow *)rows->pdata[0])->child, &world.child));
  g_assert_cmpuint (san_store_count_due (world.laptop->store, 0x01, 7000, NULL), ==, 1);
  tear_down (&world);
}

/* One save touches one dossier, in the views that read its compartment. */
static void
test_only_touched (void)
{
  World world;
  SanId32 others[5];

  set_up (&world);
  for (guint i = 0; i < 5; i++)
    admit (world.counsellor, &others[i]);
  set (&world, 0, "due", "1");
  world.asked = 0;
  set (&world, 2, "words", "clinical only");
  g_assert_cmpuint (world.asked, ==, 1);
  world.asked = 0;
  set (&world, 1, "school", "case: case and clinical");
  /* its key was made in the same press, which touches the same dossier once */
  g_assert_cmpuint (world.asked, ==, 2);
  world.asked = 0;
  set (&world, 0, "alias", "house: all three");
  g_assert_cmpuint (world.asked, ==, 3);
  world.asked = 0;
  unlock (world.counsellor);
  g_assert_cmpuint (world.asked, ==, 0);
  tear_down (&world);
}

static void
test_search (void)
{
  World world;

  set_up (&world);
  set (&world, 1, "name", "Khemka Devi");
  g_assert_cmpuint (n_hits (&world, "khem", ALL & ~0x04), ==, 1);
  g_assert_cmpuint (n_hits (&world, "khemka devi", 0x02), ==, 1);
  g_assert_cmpuint (n_hits (&world, "खेमका", 0x02), ==, 1);
  g_assert_cmpuint (n_hits (&world, "khemka singh", 0x02), ==, 0);
  g_assert_cmpuint (n_hits (&world, "khem", 0x01), ==, 0);
  g_assert_cmpuint (n_hits (&world, "\" OR *", 0x02), ==, 0);
  set (&world, 1, "name", "Asha");
  g_assert_cmpuint (n_hits (&world, "khem", 0x02), ==, 0);
  g_assert_cmpuint (n_hits (&world, "asha", 0x02), ==, 1);
  assert_sound (world.laptop);
  san_store_lock (world.laptop->store);
  g_assert_cmpuint (n_hits (&world, "asha", ALL), ==, 0);
  tear_down (&world);
}

static gboolean
count_her (const SanId32 *dossier, guint status, const guint8 *data, gsize n, gpointer world)
{
  g_assert_true (san_id32_equal (dossier, &((World *)world)->child));
  g_assert_cmpuint (status, ==, 0);
  ((World *)world)->asked++;
  return TRUE;
}

static void
test_summary (void)
{
  World world;
  g_autoptr(SanSummaryRow) row = NULL;
  g_autoptr(GPtrArray) list = NULL;

  set_up (&world);
  g_assert_cmpuint (san_store_count_summaries (world.laptop->store, 0, -1, NULL), ==, 0);
  set (&world, 0, "alias", "x");
  set (&world, 0, "bed", "x");
  row = san_store_dup_summary (world.laptop->store, 0, &world.child, NULL);
  g_assert_cmpstr (row->sort, ==, "0002");
  g_assert_cmpuint (row->status, ==, 0);
  list = san_store_list_summaries (world.laptop->store, 0, 0, 0, 10, NULL);
  g_assert_cmpuint (list->len, ==, 1);
  g_assert_cmpuint (san_store_count_summaries (world.laptop->store, 0, 1, NULL), ==, 0);
  world.asked = 0;
  g_assert_true (san_store_each_summary (world.laptop->store, 0, count_her, &world, NULL));
  g_assert_cmpuint (world.asked, ==, 1);
  g_assert_false (san_store_each_summary (world.laptop->store, 9, count_her, &world, NULL));
  tear_down (&world);
}

static guint
concerns_house (const char *form, gpointer data)
{
  g_assert_cmpstr (form, ==, "welcome");
  return 1u << SAN_COMPARTMENT_HOUSE;
}

/* What concerns one view is worked out there alone; the others pass it over, and lose nothing. */
static void
test_concern (void)
{
  World world;

  set_up (&world);
  set (&world, 0, "due", "5000");
  set (&world, 1, "name", "Asha"); /* so that the key is there */
  san_store_set_concern (world.laptop->store, concerns_house);
  world.asked = 0;
  set (&world, 0, "due", "6000");
  g_assert_cmpuint (world.asked, ==, 1);
  g_assert_cmpuint (n_due (&world, 0x01, 5899), ==, 0);
  g_assert_cmpuint (n_due (&world, 0x02, 4900), ==, 1);
  set (&world, 1, "due", "7000"); /* house does not read it, the others are not concerned */
  g_assert_cmpuint (world.asked, ==, 1);
  for (guint i = 0; i < 70; i++)
    set (&world, 0, "bed", i % 2 ? "a" : "b");
  g_assert_cmpuint (world.asked, ==, 71);
  san_store_lock (world.laptop->store);
  unlock (world.counsellor);
  san_store_set_concern (world.laptop->store, NULL);
  world.asked = 0;
  set (&world, 0, "due", "8000");
  g_assert_cmpuint (world.asked, ==, 3);
  g_assert_cmpuint (n_due (&world, 0x02, 6899), ==, 0);
  g_assert_cmpuint (n_due (&world, 0x02, 7900), ==, 2);
  assert_sound (world.laptop);
  tear_down (&world);
}

static void
test_turn (void)
{
  World world;

  san_clock_set (5000);
  set_up (&world);
  world.turn = 9000;
  set (&world, 0, "due", "5000");
  world.asked = 0;
  g_assert_true (san_store_turn (world.laptop->store, 8999, NULL));
  g_assert_cmpuint (world.asked, ==, 0);
  world.turn = 0;
  g_assert_true (san_store_turn (world.laptop->store, 9000, NULL));
  g_assert_cmpuint (world.asked, ==, 3);
  g_assert_true (san_store_turn (world.laptop->store, 9001, NULL));
  g_assert_cmpuint (world.asked, ==, 3);
  san_clock_set (0);
  tear_down (&world);
}

/* A clock that ran years ahead is set right: what was worked out by it is worked out again. */
static void
test_clock_set_back (void)
{
  World world;

  san_clock_set (900000);
  set_up (&world);
  set (&world, 0, "due", "5000");
  world.asked = 0;
  g_assert_true (san_store_turn (world.laptop->store, 900000, NULL));
  g_assert_cmpuint (world.asked, ==, 0);
  san_clock_set (100000);
  g_assert_true (san_store_turn (world.laptop->store, 100000, NULL));
  g_assert_cmpuint (world.asked, >=, 3);
  world.asked = 0;
  g_assert_true (san_store_turn (world.laptop->store, 100000, NULL));
  g_assert_cmpuint (world.asked, ==, 0);
  san_clock_set (0);
  tear_down (&world);
}

/* New definitions: every dossier is asked about again, once. */
static void
test_version (void)
{
  World world;
  guint n;

  set_up (&world);
  set (&world, 0, "due", "5000");
  laptop_close (world.laptop);
  laptop_open (world.laptop);
  world.asked = 0;
  g_assert_true (san_store_set_derive (world.laptop->store, "1", derive, &world, NULL, NULL));
  unlock (world.counsellor);
  g_assert_cmpuint (world.asked, ==, 0);
  g_assert_true (san_store_set_derive (world.laptop->store, "2", derive, &world, NULL, NULL));
  n = world.asked;
  g_assert_cmpuint (n, >=, 3);
  unlock (world.counsellor);
  g_assert_cmpuint (world.asked, ==, n);
  tear_down (&world);
}

/* Nobody was there to ask while the entry came: it is asked later. */
static void
test_no_function_yet (void)
{
  World world;

  set_up (&world);
  laptop_close (world.laptop);
  laptop_open (world.laptop);
  unlock (world.counsellor);
  set (&world, 0, "due", "5000");
  g_assert_cmpuint (n_due (&world, 0x01, G_MAXINT64), ==, 0);
  g_assert_true (san_store_set_derive (world.laptop->store, "1", derive, &world, NULL, NULL));
  g_assert_cmpuint (n_due (&world, 0x01, G_MAXINT64), ==, 1);
  tear_down (&world);
}

/* Derived rows are the same after a rebuild. */
static void
test_rebuild (void)
{
  World world;
  SanId32 before[3], after[3];

  set_up (&world);
  set (&world, 0, "due", "5000");
  set (&world, 1, "name", "Asha");
  set (&world, 2, "due", "8000");
  set (&world, 0, "due", "4000");
  for (guint8 c = 0; c < 3; c++)
    san_store_view_digest (world.laptop->store, c, TRUE, &before[c], NULL);
  g_assert_true (san_store_rebuild (world.laptop->store, ALL, NULL, NULL, NULL, NULL));
  for (guint8 c = 0; c < 3; c++)
    san_store_view_digest (world.laptop->store, c, TRUE, &after[c], NULL);
  g_assert_cmpmem (before, sizeof before, after, sizeof after);
  tear_down (&world);
}

/* A child of whom nothing is written yet is in the lists too, as after a rebuild. */
static void
test_no_notes_yet (void)
{
  World world;
  SanId32 other;

  set_up (&world);
  world.asked = 0;
  admit (world.counsellor, &other);
  g_assert_cmpuint (world.asked, ==, 3);
  tear_down (&world);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/derived/due", test_due);
  g_test_add_func ("/store/derived/only-touched-dossiers-are-asked-about", test_only_touched);
  g_test_add_func ("/store/derived/search", test_search);
  g_test_add_func ("/store/derived/summary", test_summary);
  g_test_add_func ("/store/derived/concern", test_concern);
  g_test_add_func ("/store/derived/turn", test_turn);
  g_test_add_func ("/store/derived/clock-set-back", test_clock_set_back);
  g_test_add_func ("/store/derived/new-version-derives-again", test_version);
  g_test_add_func ("/store/derived/no-function-yet", test_no_function_yet);
  g_test_add_func ("/store/derived/rebuild-is-identical", test_rebuild);
  g_test_add_func ("/store/derived/child-without-notes-is-derived", test_no_notes_yet);
  return g_test_run ();
}
