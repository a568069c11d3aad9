/* test-peers.c - whose word about what a laptop has is believed, and when */
#include "san-peers.h"
#include "san-secret.h"
#include "san-store.h"
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
say (World *self, const SanId32 *centre, guint64 number, gint64 wall_ms, gboolean reset, guint8 want)
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
  g_autoptr(SanPeer) peer = san_peers_load (self->store, centre, &self->laptop, NULL);
  g_autoptr(GPtrArray) wants = san_peers_list_wants (self->store, centre, &self->laptop, NULL);

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
  g_autoptr(SanPeer) peer = san_peers_load (self->store, &self->ours, &self->laptop, NULL);

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
  return g_test_run ();
}
