/* test-whole-power.c - power cuts while a centre works: what was acknowledged is there afterwards
 *
 * Rounds of random acts on one simulated disk that carries databases, keyring, witness, pieces and
 * drafts. The power goes at a change drawn by the seed; what was owed is kept, lost, reordered or
 * torn. Then the store must open and verify. SAN_POWER_CUTS, SAN_SEED. */
#include "whole.h"
#include "san-draft.h"
#include "san-pieces.h"

#define N_CUTS      300u
#define FRESH_EVERY 24u
#define WHOLE_EVERY 20u

typedef struct
{
  Whole       *whole;
  SanSimImage *base;
  GPtrArray   *heads;              /* acknowledged */
  GPtrArray   *pieces;             /* GBytes, sealed */
  SanDraft     draft;              /* content NULL: none acknowledged */
  GBytes      *draft_under_way;
  guint64      n_acts, n_acknowledged, n_set_ups, n_people, n_journals;
} Power;

typedef gboolean (*Act) (Power *self, GError **error);

static gboolean
act_admit (Power *self, GError **error)
{
  return whole_admit (self->whole, error);
}

static gboolean
act_write (Power *self, GError **error)
{
  return whole_write (self->whole, error);
}

static gboolean
act_note (Power *self, GError **error)
{
  return whole_note (self->whole, error);
}

static gboolean
act_finish (Power *self, GError **error)
{
  return whole_finish (self->whole, error);
}

static gboolean
act_remove (Power *self, GError **error)
{
  return whole_remove_person (self->whole, error);
}

static gboolean
act_rebuild (Power *self, GError **error)
{
  return whole_rebuild (self->whole, error);
}

/* Closing folds the WALs into their files; opening looks after witness, clock and rings. */
static gboolean
act_reopen (Power *self, GError **error)
{
  whole_close (self->whole);
  return whole_open (self->whole, error);
}

static gboolean
act_settle (Power *self, GError **error)
{
  san_store_settle (self->whole->centre->store);
  return TRUE;
}

static gboolean
act_attach (Power *self, GError **error)
{
  g_autoptr(SanPieces) pieces = san_pieces_open (self->whole->store, error);
  gsize n = 1 + whole_draw (self->whole, 20000);
  g_autofree guint8 *bytes = g_malloc0 (n);
  g_autoptr(GBytes) sealed = NULL;

  for (gsize i = 0; i < n; i++)
    bytes[i] = (guint8) whole_draw (self->whole, 256);
  sealed = g_bytes_new (bytes, n);
  if (pieces == NULL || !san_pieces_write (pieces, sealed, NULL, error))
    return FALSE;
  g_ptr_array_add (self->pieces, g_steal_pointer (&sealed));
  return TRUE;
}

static gboolean
act_draft (Power *self, GError **error)
{
  g_autoptr(SanDrafts) drafts =
      san_drafts_open (self->whole->store, self->whole->keys.store_key);
  g_autofree char *text = g_strdup_printf ("half a sentence %u", whole_draw (self->whole, 1000000));
  SanDraft draft = self->draft;

  g_clear_pointer (&self->draft_under_way, g_bytes_unref);
  draft.content = self->draft_under_way = g_bytes_new (text, strlen (text));
  if (!san_drafts_put (drafts, &draft, self->whole->keys.box, error))
    return FALSE;
  g_clear_pointer (&self->draft.content, g_bytes_unref);
  self->draft = draft;
  self->draft_under_way = NULL;
  return TRUE;
}

static const Act acts[] = {
  act_admit,  act_admit,  act_write,  act_write,  act_write,  act_note,
  act_note,   act_finish, act_finish, act_finish, act_remove, act_rebuild,
  act_reopen, act_reopen, act_settle, act_attach, act_draft,
};

/* --- what is known to be durable --- */

static void
forget (Power *self)
{
  g_clear_pointer (&self->heads, g_ptr_array_unref);
  self->heads = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_set_size (self->pieces, 0);
  g_clear_pointer (&self->draft.content, g_bytes_unref);
  g_clear_pointer (&self->draft_under_way, g_bytes_unref);
  san_random (self->draft.id.b, sizeof self->draft.id.b);
}

/* Heads are read from memory if the power has just gone; if they are not in memory, the older ones
 * stand. */
static void
acknowledge (Power *self)
{
  GPtrArray *heads = san_store_list_heads (self->whole->centre->store, NULL, NULL);

  self->n_acknowledged++;
  if (heads == NULL)
    return;
  g_ptr_array_unref (self->heads);
  self->heads = heads;
}

static void
check_files (Power *self, const char *when)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(SanPieces) pieces = san_pieces_open (self->whole->store, &error);
  g_autoptr(SanDrafts) drafts =
      san_drafts_open (self->whole->store, self->whole->keys.store_key);
  g_autoptr(GPtrArray) found = NULL;
  g_autoptr(GPtrArray) ids = NULL;
  guint n_damaged = 0;
  GBytes *content;

  g_assert_no_error (error);
  for (guint i = 0; i < self->pieces->len; i++)
    {
      SanId32 id;
      g_autoptr(GBytes) read = NULL;

      san_piece_get_id (g_ptr_array_index (self->pieces, i), &id);
      read = san_pieces_read (pieces, &id, &error);
      g_assert_no_error (error);
      g_assert_true (g_bytes_equal (read, g_ptr_array_index (self->pieces, i)));
    }
  ids = san_pieces_list (pieces, &error);
  for (guint i = 0; ids != NULL && i < ids->len; i++)
    {
      G_GNUC_UNUSED g_autoptr(GBytes) read =
        san_pieces_read (pieces, g_ptr_array_index (ids, i), &error);

      g_assert_no_error (error);       /* also one that was never acknowledged is whole or absent */
    }
  found = san_drafts_list (drafts, self->whole->keys.box, &n_damaged, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n_damaged, ==, 0);
  if (self->draft.content == NULL)
    return;
  g_assert_cmpuint (found->len, ==, 1);
  content = ((SanDraft *) g_ptr_array_index (found, 0))->content;
  if (!g_bytes_equal (content, self->draft.content) &&
      (self->draft_under_way == NULL || !g_bytes_equal (content, self->draft_under_way)))
    g_error ("%s: a draft went back", when);
  g_bytes_ref (content);
  g_bytes_unref (self->draft.content);
  self->draft.content = content;
}

/* --- a round --- */

static void
cut_soon (Power *self)
{
  Whole *whole = self->whole;

  san_sim_disk_set_sector (whole->disk, whole_draw (whole, 2) ? 512 : 4096);
  san_sim_disk_cut_after (whole->disk, 1 + whole_draw (whole, 1u << (1 + whole_draw (whole, 9))));
}

static void
must_be_dark (Power *self, const GError *error, const char *when)
{
  if (!san_sim_disk_is_off (self->whole->disk))
    g_error ("%s: failed with the power on: %s", when, error->message);
}

static void
work_until_dark (Power *self, const char *when)
{
  Whole *whole = self->whole;

  while (!san_sim_disk_is_off (whole->disk))
    {
      g_autoptr(GError) error = NULL;

      if (whole->centre == NULL && !whole_open (whole, &error))
        {
          must_be_dark (self, error, when);
          return;
        }
      self->n_acts++;
      if (acts[whole_draw (whole, G_N_ELEMENTS (acts))] (self, &error))
        acknowledge (self);
      else
        must_be_dark (self, error, when);
    }
}

static void
open_again (Power *self, guint n, const char *when)
{
  g_autoptr(GError) error = NULL;
  Whole *whole = self->whole;
  WholeState state;

  whole_close (whole);
  san_sim_disk_power_on (whole->disk, SAN_SIM_CUT_RANDOM);
  if (n % WHOLE_EVERY == 0 ? !whole_unlock (whole, "sunanda", &error) : !whole_open (whole, &error))
    g_error ("%s: does not open: %s", when, error->message);
  whole_assert_has (whole, self->heads, when);
  check_files (self, when);
  whole_assert_sound (whole, when);
  whole_look (whole, &state);
  self->n_journals = MAX (self->n_journals, state.n_notices);
}

static void
start_fresh (Power *self)
{
  whole_close (self->whole);
  san_sim_disk_restore (self->whole->disk, self->base);
  forget (self);
}

static void
script_round (Power *self, guint n, const char *when)
{
  cut_soon (self);
  work_until_dark (self, when);
  open_again (self, n, when);
  /* and work goes on */
  {
    g_autoptr(GError) error = NULL;

    whole_note (self->whole, &error);
    if (error != NULL)
      g_error ("%s: no more notes: %s", when, error->message);
    acknowledge (self);
  }
}

/* --- the whole --- */

static void
make_base (Power *self)
{
  g_autoptr(GError) error = NULL;
  Whole *whole = self->whole;

  whole_set_up (whole, &error);
  g_assert_no_error (error);
  whole_keep_keys (whole);
  for (guint i = 0; i < 2; i++)
    whole_admit (whole, &error);
  for (guint i = 0; i < 4; i++)
    whole_add_person (whole, NULL, NULL, &error);
  g_assert_no_error (error);
  whole_close (whole);
  self->base = san_sim_disk_snapshot (whole->disk);
}

static void
test_scripts (void)
{
  Power self = { .whole = whole_new ("power cuts", (guint32) g_test_rand_int ()) };
  guint n_cuts = (guint) whole_environment ("SAN_POWER_CUTS", N_CUTS);

  self.pieces = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  make_base (&self);
  for (guint i = 0; i < n_cuts; i++)
    {
      g_autofree char *when =
          g_strdup_printf ("cut %u, SAN_SEED=%" G_GUINT64_FORMAT, i, self.whole->seed);

      if (i % FRESH_EVERY == 0)
        start_fresh (&self);
      script_round (&self, i, when);
    }
  g_test_message ("%u cuts in %" G_GUINT64_FORMAT " acts, %" G_GUINT64_FORMAT
                  " acknowledged, at most %" G_GUINT64_FORMAT " new journals in %u cuts",
                  n_cuts, self.n_acts, self.n_acknowledged, self.n_journals, FRESH_EVERY);
  forget (&self);
  g_ptr_array_unref (self.heads);
  g_ptr_array_unref (self.pieces);
  san_sim_image_free (self.base);
  whole_free (self.whole);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/fault/whole/power-cut-loses-nothing-acknowledged", test_scripts);
  return g_test_run ();
}
