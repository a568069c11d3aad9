/* test-causal.c - causal order: one order for a set, however it arrives */
#include "samples.h"
#include "san-causal.h"

#include <string.h>

#define MAX_NODES  40

typedef struct
{
  SanCausalNode nodes[MAX_NODES];
  SanId32       parents[MAX_NODES][MAX_NODES];
  guint         n;
} Set;

static gboolean
is_placed (const Set *set, const gboolean placed[], const SanId32 *parent)
{
  for (guint i = 0; i < set->n; i++)
    if (san_id32_equal (&set->nodes[i].id, parent))
      return placed[i];
  return TRUE;                         /* not in the set */
}

/* The words of the format, literally: repeatedly the smallest id among those whose past is placed.
 */
static guint
slow_order (const Set *set, SanId32 out[])
{
  gboolean placed[MAX_NODES] = { FALSE };

  for (guint count = 0; count < set->n; count++)
    {
      int best = -1;

      for (guint i = 0; i < set->n; i++)
        {
          gboolean ready = !placed[i];

          for (guint p = 0; p < set->nodes[i].n_parents; p++)
            ready = ready && is_placed (set, placed, &set->nodes[i].parents[p]);
          if (ready && (best < 0 || san_id32_compare (&set->nodes[i].id, &set->nodes[best].id) < 0))
            best = (int) i;
        }
      if (best < 0)
        return count;
      placed[best] = TRUE;
      out[count] = set->nodes[best].id;
    }
  return set->n;
}

static void
random_set (Set *set, GRand *rand)
{
  set->n = (guint) g_rand_int_range (rand, 1, MAX_NODES);
  for (guint i = 0; i < set->n; i++)
    {
      SanCausalNode *node = &set->nodes[i];
      guint32 id = g_rand_int (rand);

      memset (node, 0, sizeof *node);
      memcpy (node->id.b, &id, sizeof id);
      node->parents = set->parents[i];
      for (guint p = 0; p < 3 && i > 0; p++)
        {
          guint earlier = (guint) g_rand_int_range (rand, 0, (gint32) i + 1);

          set->parents[i][node->n_parents]
              = earlier < i ? set->nodes[earlier].id : seed_id32 (0xfe);
          node->n_parents += g_rand_boolean (rand) ? 1 : 0;
        }
    }
}

static void
shuffle (Set *set, GRand *rand)
{
  for (guint i = set->n; i > 1; i--)
    {
      guint j = (guint) g_rand_int_range (rand, 0, (gint32) i);
      SanCausalNode node = set->nodes[i - 1];

      set->nodes[i - 1] = set->nodes[j];
      set->nodes[j] = node;
    }
}

static void
test_model (void)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (7);
  g_autofree Set *set = g_new0 (Set, 1);
  SanId32 expected[MAX_NODES];

  for (guint round = 0; round < 2000; round++)
    {
      random_set (set, rand);
      g_assert_cmpuint (slow_order (set, expected), ==, set->n);
      for (guint order = 0; order < 4; order++)
        {
          guint n;
          g_autofree guint *sorted = NULL;

          shuffle (set, rand);
          sorted = san_causal_order (set->nodes, set->n, &n);
          g_assert_cmpuint (n, ==, set->n);
          for (guint i = 0; i < n; i++)
            g_assert_true (san_id32_equal (&set->nodes[sorted[i]].id, &expected[i]));
        }
    }
}

static void
test_cycle (void)
{
  SanId32 a = seed_id32 (1), b = seed_id32 (2);
  SanCausalNode nodes[] = {
    { seed_id32 (1), &b, 1 },
    { seed_id32 (2), &a, 1 },
    { seed_id32 (3), &a, 1 },
    { seed_id32 (4), NULL, 0 },
  };
  guint n;
  g_autofree guint *order = san_causal_order (nodes, 4, &n);
  g_autofree guint *empty = NULL;

  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpuint (order[0], ==, 3);
  empty = san_causal_order (NULL, 0, &n);
  g_assert_cmpuint (n, ==, 0);
  g_assert_nonnull (empty);
}

static void
test_long_chain (void)
{
  const guint n = 100000;
  g_autofree SanCausalNode *nodes = g_new0 (SanCausalNode, n);
  g_autofree guint *order = NULL;
  guint placed;

  for (guint i = 0; i < n; i++)
    {
      guint32 id = GUINT32_TO_BE (n - i);    /* ids run against time */

      memcpy (nodes[i].id.b, &id, sizeof id);
      nodes[i].parents = i > 0 ? &nodes[i - 1].id : NULL;
      nodes[i].n_parents = i > 0 ? 1 : 0;
    }
  order = san_causal_order (nodes, n, &placed);
  g_assert_cmpuint (placed, ==, n);
  for (guint i = 0; i < n; i++)
    g_assert_cmpuint (order[i], ==, i);
}

static SanEntry *
sign_op (const Person *author, guint64 number, const SanId32 *previous, const SanId32 *heads,
         guint n_heads)
{
  g_autoptr(SanAuthorityBody) body = san_authority_body_new (SAN_OP_JOURNAL_NOTICE);
  g_autoptr(GBytes) bytes = NULL;
  SanHeader draft = draft_header (author, SAN_KIND_AUTHORITY, number);
  g_autoptr(GError) error = NULL;
  SanEntry *entry;

  body->u.notice.why = SAN_NOTICE_CLONE;
  g_assert_true (san_authority_body_set_heads (body, heads, n_heads, NULL));
  bytes = san_authority_body_encode (body, &error);
  g_assert_no_error (error);
  draft.previous = previous != NULL ? *previous : san_id32_zero;
  entry = san_entry_sign (&draft, bytes, author->seat_key, &error);
  g_assert_no_error (error);
  return entry;
}

/* Heads count as well as previous: two journals that saw each other. */
static void
test_entries (void)
{
  g_autoptr(Person) one = person_new (0x11);
  g_autoptr(Person) two = person_new (0x21);
  g_autoptr(SanEntry) founding = founding_entry (one, SAN_FOUNDING_CENTRE);
  const SanId32 *root = san_entry_get_id (founding);
  g_autoptr(SanEntry) a = sign_op (two, 1, NULL, root, 1);
  g_autoptr(SanEntry) b = sign_op (one, 2, root, san_entry_get_id (a), 1);
  g_autoptr(SanEntry) c = sign_op (two, 2, san_entry_get_id (a), san_entry_get_id (b), 1);
  SanEntry *orders[][4] = { { c, b, a, founding }, { founding, a, b, c }, { b, founding, c, a } };

  for (guint i = 0; i < G_N_ELEMENTS (orders); i++)
    {
      g_autoptr(GPtrArray) sorted = san_causal_order_entries (orders[i], 4);

      g_assert_cmpuint (sorted->len, ==, 4);
      g_assert_true (g_ptr_array_index (sorted, 0) == founding);
      g_assert_true (g_ptr_array_index (sorted, 1) == a);
      g_assert_true (g_ptr_array_index (sorted, 2) == b);
      g_assert_true (g_ptr_array_index (sorted, 3) == c);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (san_crypto_init (NULL));
  g_test_add_func ("/entry/causal/agrees-with-the-words-of-the-format", test_model);
  g_test_add_func ("/entry/causal/cycles-are-left-out", test_cycle);
  g_test_add_func ("/entry/causal/long-chains-are-quick", test_long_chain);
  g_test_add_func ("/entry/causal/heads-count-as-previous-does", test_entries);
  return g_test_run ();
}
