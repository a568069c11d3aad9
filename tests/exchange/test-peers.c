/* test-peers.c - whose word about what a laptop has is believed, and when */
#include "san-audience.h"
#include "san-peers.h"
#include "san-secret.h"
#include "san-store.h"
#include "san-store-apply.h"
#include "san-test-centre.h"
#include "san-time.h"
#include <glib/gstdio.h>

typedef struct
{
  char     *dir;
  SanStore *store;
  SanId32   ours, theirs;
  SanId16   laptop;
} World;

static void
world_set_up (World *self, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(SanSecret) key = NULL;

  san_crypto_init (NULL);
  key = san_secret_new_random (32);
  self->dir = g_dir_make_tmp ("san-peers-XXXXXX", &error);
  g_assert_no_error (error);
  self->store = san_store_create (self->dir, key, &error);
  g_assert_no_error (error);
  memset (self->ours.b, 1, sizeof self->ours);
  memset (self->theirs.b, 2, sizeof self->theirs);
  memset (self->laptop.b, 3, sizeof self->laptop);
}

static void
world_tear_down (World *self, gconstpointer data)
{
  g_autoptr(GDir) dir = g_dir_open (self->dir, 0, NULL);
  const char *name;

  san_store_free (self->store);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->dir, name, NULL);

      g_unlink (path);
    }
  g_rmdir (self->dir);
  g_free (self->dir);
}

/* Haves of one row, whose number tells which of them is believed. */
static GBytes *
haves (guint64 number)
{
  g_autoptr(GArray) rows = g_array_new (FALSE, TRUE, sizeof (SanHaveRow));
  g_autoptr(SanHave) have = NULL;
  SanHaveRow row = { .number = number };

  g_array_append_val (rows, row);
  have = san_have_new (rows, NULL);
  return san_have_encode (have, NULL);
}

static void
say (World *self, const SanId32 *centre, guint64 number, gint64 wall_ms, gboolean reset,
     guint8 want)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) have = haves (number);
  g_autoptr(GPtrArray) wants = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  SanSaid said = {
    .device = self->laptop, .centre = *centre, .number = number, .wall_ms = wall_ms, .reset = reset,
    .have = have, .wants = wants,
  };

  g_ptr_array_add (wants, g_bytes_new (&want, 1));
  san_peers_hear (self->store, &said, &error);
  g_assert_no_error (error);
}

static void
assert_believed (World *self, const SanId32 *centre, guint64 number, guint n_wants)
{
  g_autoptr(SanPeer) peer = san_peers_load (self->store, centre, &self->laptop, 0, NULL);
  g_autoptr(GPtrArray) wants = san_peers_list_wants (self->store, peer, NULL);

  g_assert_nonnull (peer);
  g_assert_cmpuint (peer->number, ==, number);
  g_assert_cmpuint (peer->have->rows->len, ==, 1);
  g_assert_cmpuint (g_array_index (peer->have->rows, SanHaveRow, 0).number, ==, number);
  g_assert_cmpuint (wants->len, ==, n_wants);
}

static void
test_old_stick (World *self, gconstpointer data)
{
  say (self, &self->ours, 7, 700, FALSE, 1);
  say (self, &self->ours, 5, 500, FALSE, 2);
  assert_believed (self, &self->ours, 7, 2);       /* what it asked for then is added */
  say (self, &self->ours, 7, 700, FALSE, 1);
  say (self, &self->ours, 6, 700, FALSE, 2);       /* the same again, and another of that moment */
  assert_believed (self, &self->ours, 7, 2);
  say (self, &self->ours, 8, 800, FALSE, 3);
  assert_believed (self, &self->ours, 8, 1);       /* and goes with its next word */
}

static void
test_number_or_clock (World *self, gconstpointer data)
{
  say (self, &self->ours, 7, 700, FALSE, 1);
  say (self, &self->ours, 8, 20, FALSE, 1);        /* its clock fell back to 2000 */
  assert_believed (self, &self->ours, 8, 1);
  say (self, &self->ours, 3, 900, FALSE, 1);       /* its store was turned back */
  assert_believed (self, &self->ours, 3, 1);
  say (self, &self->ours, 1, 10, TRUE, 1);         /* it was restored */
  assert_believed (self, &self->ours, 1, 1);
}

/* A partner gives a device of its own the id of one of our laptops, and speaks for ever. */
static void
test_namesake (World *self, gconstpointer data)
{
  g_autoptr(GPtrArray) ours = NULL;

  say (self, &self->ours, 7, 700, FALSE, 1);
  say (self, &self->theirs, G_GUINT64_CONSTANT (0xffffffffffff), G_MAXINT64, TRUE, 2);
  assert_believed (self, &self->ours, 7, 1);
  say (self, &self->ours, 8, 800, FALSE, 1);
  assert_believed (self, &self->ours, 8, 1);
  ours = san_peers_list (self->store, &self->ours, NULL);
  g_assert_cmpuint (ours->len, ==, 1);
}

static guint
turns (World *self)
{
  g_autoptr(SanPeer) peer = san_peers_load (self->store, &self->ours, &self->laptop, 0, NULL);

  return peer->turns;
}

static void
say_again (World *self, guint64 number, GBytes *have)
{
  g_autoptr(GPtrArray) wants = g_ptr_array_new ();
  SanSaid said = { self->laptop, self->ours, number, (gint64) number * 100, FALSE, have, wants };

  g_assert_true (san_peers_hear (self->store, &said, NULL));
}

/* One that says the same for ever is answered a few times. */
static void
test_repeats (World *self, gconstpointer data)
{
  g_autoptr(GBytes) same = haves (1);
  g_autoptr(GBytes) more = haves (2);
  guint last;

  for (guint number = 1; number <= 9; number++)
    say_again (self, number, same);
  last = turns (self);
  g_assert_cmpuint (last, ==, 3);
  say_again (self, 10, same);
  g_assert_cmpuint (turns (self), ==, last);
  say_again (self, 11, more);
  g_assert_cmpuint (turns (self), ==, last + 1);
  say_again (self, 12, more);
  g_assert_cmpuint (turns (self), ==, last + 2);
}

static void
test_own_number (World *self, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  guint64 number;

  san_peers_keep_number (self->store, 40, &error);
  g_assert_no_error (error);
  san_peers_keep_number (self->store, 20, &error);
  g_assert_no_error (error);
  san_peers_next_number (self->store, &number, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (number, ==, 41);
}

/* --- copies --- */

#define OF_WRITER(writer, count) (((guint64) (writer) << SAN_WRITER_BITS) + (count))
#define DAY_MS                   ((gint64) 24 * 60 * 60 * 1000)

static void
assert_writers (World *self, const guint32 *expected, guint n)
{
  g_autoptr(GArray) writers =
      san_peers_list_writers (self->store, &self->ours, &self->laptop, NULL);

  g_assert_cmpmem (writers->data, writers->len * sizeof (guint32), expected, n * sizeof (guint32));
}

static void
test_copies (World *self, gconstpointer data)
{
  static const guint32 two[] = { 0, 9 };
  g_autoptr(SanPeer) one = NULL;
  g_autoptr(SanPeer) other = NULL;
  g_autoptr(GPtrArray) wants = NULL;

  say (self, &self->ours, 7, 700, FALSE, 1);
  say (self, &self->ours, OF_WRITER (9, 1), 100, FALSE, 2);
  say (self, &self->ours, 8, 50, FALSE, 3);
  assert_believed (self, &self->ours, 8, 1);
  assert_writers (self, two, 2);
  other = san_peers_load (self->store, &self->ours, &self->laptop, 9, NULL);
  g_assert_cmpuint (other->number, ==, OF_WRITER (9, 1));
  g_assert_cmpuint (g_array_index (other->have->rows, SanHaveRow, 0).number, ==, OF_WRITER (9, 1));
  wants = san_peers_list_wants (self->store, other, NULL);
  g_assert_cmpuint (wants->len, ==, 1);
}

/* Whoever invents writers makes nothing grow. */
static void
test_many_writers (World *self, gconstpointer data)
{
  static const guint32 last[] = { 0, 7, 8, 9 };

  for (guint32 writer = 1; writer < 10; writer++)
    {
      san_clock_set (writer * DAY_MS);
      if (writer == 7)
        say (self, &self->ours, OF_WRITER (0, 1), 1, FALSE, 1);
      say (self, &self->ours, OF_WRITER (writer, 1), 1, FALSE, 1);
    }
  assert_writers (self, last, G_N_ELEMENTS (last));
  san_clock_set (0);
}

static guint32
own_writer (World *self)
{
  guint32 writer;

  g_assert_true (san_peers_get_own_writer (self->store, &writer, NULL));
  return writer;
}

static void
test_meet_own (World *self, gconstpointer data)
{
  gboolean twin;
  guint32 before;
  guint64 number;

  for (guint i = 0; i < 3; i++)
    g_assert_true (san_peers_next_number (self->store, &number, NULL));
  g_assert_true (san_peers_meet_own (self->store, 2, &twin, NULL)); /* an old file of mine */
  g_assert_false (twin);
  g_assert_cmpuint (own_writer (self), ==, 0);
  g_assert_true (san_peers_meet_own (self->store, OF_WRITER (5, 1), &twin, NULL));
  g_assert_true (twin);
  g_assert_cmpuint (own_writer (self), ==, 0);                      /* we are apart already */
  g_assert_true (san_peers_meet_own (self->store, 4, &twin, NULL)); /* I have not come so far */
  g_assert_true (twin);
  before = own_writer (self);
  g_assert_cmpuint (before, >, 0);
  g_assert_true (san_peers_next_number (self->store, &number, NULL));
  g_assert_cmpuint (number, ==, OF_WRITER (before, 1));
  g_assert_true (san_peers_begin_writer (self->store, NULL));
  g_assert_cmpuint (own_writer (self), >, before);
}

/* A store with the authority of a centre, whose heads are what there is to send. */
static void
fill (World *self, TestCentre *centre)
{
  g_auto(SanApplySummary) summary = { 0 };
  g_autoptr(GError) error = NULL;
  g_autoptr(SanApply) apply = san_apply_begin (self->store, &self->laptop, &error);

  for (guint i = 0; i < centre->entries->len; i++)
    san_apply_add (apply, g_ptr_array_index (centre->entries, i), NULL, &error);
  san_apply_commit (apply, NULL, &summary, &error);
  g_assert_no_error (error);
}

/* What @writer of the laptop says: that it has all that there is, or nothing. */
static void
say_all (World *self, TestCentre *centre, const SanId32 *of, guint32 writer, gboolean all)
{
  g_autoptr(SanAudience) audience = san_audience_new (self->store, &centre->centre, of, NULL, NULL);
  g_autoptr(GArray) rows = san_audience_list_have (audience, self->store, NULL);
  g_autoptr(SanHave) have = san_have_new (rows, NULL);
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(GPtrArray) wants = g_ptr_array_new ();
  SanSaid said = { self->laptop, *of, OF_WRITER (writer, 1), 0, TRUE, NULL, wants };

  g_assert_cmpuint (rows->len, >, 0);
  if (!all)
    g_array_set_size (have->rows, 0);
  bytes = san_have_encode (have, NULL);
  said.have = bytes;
  g_assert_true (san_peers_hear (self->store, &said, NULL));
}

static guint
lacking (World *self, TestCentre *centre, const SanId32 *of)
{
  g_autoptr(GPtrArray) devices = g_ptr_array_new ();
  gboolean own = san_id32_equal (of, &centre->centre);
  g_autoptr(SanAudience) audience = NULL;
  g_autoptr(GArray) ranges = NULL;

  g_ptr_array_add (devices, &self->laptop);
  audience = san_audience_new (self->store, &centre->centre, of, own ? devices : NULL, NULL);
  ranges = san_audience_list_lacking (audience, self->store, NULL);
  return ranges->len;
}

static void
check_copies_of (World *self, TestCentre *centre, const SanId32 *of)
{
  say_all (self, centre, of, 0, TRUE);
  g_assert_cmpuint (lacking (self, centre, of), ==, 0);
  say_all (self, centre, of, 4, FALSE);
  g_assert_cmpuint (lacking (self, centre, of), >, 0);
  say_all (self, centre, of, 0, TRUE);                     /* nor does the other speak for it */
  g_assert_cmpuint (lacking (self, centre, of), >, 0);
  say_all (self, centre, of, 4, TRUE);
  g_assert_cmpuint (lacking (self, centre, of), ==, 0);
}

/* Two copies of the only laptop of a partner; of a laptop of ours. */
static void
test_each_copy_gets_it (World *self, gconstpointer data)
{
  g_autoptr(TestCentre) centre = test_centre_new ("ours");

  fill (self, centre);
  check_copies_of (self, centre, &self->theirs);
  check_copies_of (self, centre, &centre->centre);
}

/* A copy that was thrown away makes no bundle larger for ever. */
static void
test_ghost (World *self, gconstpointer data)
{
  g_autoptr(TestCentre) centre = test_centre_new ("ours");

  fill (self, centre);
  san_clock_set (1000 * DAY_MS);
  say_all (self, centre, &self->theirs, 0, FALSE);
  san_clock_set (1029 * DAY_MS);
  say_all (self, centre, &self->theirs, 4, TRUE);
  g_assert_cmpuint (lacking (self, centre, &self->theirs), >, 0);
  san_clock_set (1031 * DAY_MS);
  g_assert_cmpuint (lacking (self, centre, &self->theirs), ==, 0);
  san_clock_set (1089 * DAY_MS + DAY_MS * 29);
  g_assert_cmpuint (lacking (self, centre, &self->theirs), ==, 0);
  say_all (self, centre, &self->theirs, 0, FALSE);         /* it was none: it speaks again */
  g_assert_cmpuint (lacking (self, centre, &self->theirs), >, 0);
  san_clock_set (0);
}

#define ADD(name, func) g_test_add (name, World, NULL, world_set_up, func, world_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/exchange/peers/old-stick-lowers-nothing", test_old_stick);
  ADD ("/exchange/peers/news-is-by-number-or-by-clock", test_number_or_clock);
  ADD ("/exchange/peers/namesake-of-another-centre-is-somebody-else", test_namesake);
  ADD ("/exchange/peers/repeating-itself-is-no-news", test_repeats);
  ADD ("/exchange/peers/own-number-never-falls", test_own_number);
  ADD ("/exchange/peers/copies-of-a-laptop-are-heard-apart", test_copies);
  ADD ("/exchange/peers/writers-of-a-laptop-are-few", test_many_writers);
  ADD ("/exchange/peers/own-bundle-from-further-on-begins-a-writer", test_meet_own);
  ADD ("/exchange/peers/each-copy-gets-what-it-lacks", test_each_copy_gets_it);
  ADD ("/exchange/peers/ghost-of-a-copy-goes", test_ghost);
  return g_test_run ();
}
