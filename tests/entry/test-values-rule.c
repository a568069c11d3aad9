/* test-values-rule.c - the value rule by examples, and against a slow second implementation */
#include "san-values-rule.h"

#include <string.h>

#define MAX_WRITES  24
#define HISTORIES   3000

typedef struct
{
  SanWrite   writes[MAX_WRITES];
  SanWriteId targets[MAX_WRITES][MAX_WRITES];
  guint      n;
} History;

static SanWriteId
write_id (guint8 entry, guint16 number)
{
  SanWriteId id = { { { 0 } }, 1, number };

  id.entry.b[0] = entry;
  return id;
}

/* Adds a write of entry @entry, with the wall clock of the same number. */
static SanWrite *
add (History *h, guint8 entry, gboolean visible)
{
  SanWrite *write = &h->writes[h->n];

  memset (write, 0, sizeof *write);
  write->id = write_id (entry, 0);
  write->wall = entry;
  write->visible = visible;
  write->targets = h->targets[h->n++];
  return write;
}

static void
target (History *h, SanWrite *write, guint8 entry)
{
  h->targets[write - h->writes][write->n_targets++] = write_id (entry, 0);
}

static void
assert_current (const History *h, const char *expected)
{
  guint n;
  g_autofree guint *current = san_values_current (h->writes, h->n, &n);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%s%u", i > 0 ? " " : "", h->writes[current[i]].id.entry.b[0]);
  g_assert_cmpstr (text->str, ==, expected);
  g_string_free (text, TRUE);
}

static void
test_plain (void)
{
  g_autofree History *h = g_new0 (History, 1);

  assert_current (h, "");
  add (h, 1, TRUE);
  assert_current (h, "1");
  target (h, add (h, 2, TRUE), 1);
  assert_current (h, "2");
  add (h, 3, TRUE);                    /* wrote without seeing the others */
  assert_current (h, "3 2");
  target (h, add (h, 4, TRUE), 2);
  target (h, &h->writes[3], 3);
  assert_current (h, "4");
}

static void
test_held (void)
{
  g_autofree History *h = g_new0 (History, 1);

  add (h, 1, TRUE);
  target (h, add (h, 2, FALSE), 1);
  assert_current (h, "1");             /* a held write supersedes nothing */
  target (h, add (h, 3, TRUE), 2);
  assert_current (h, "3");             /* but the way through it counts */
  h->writes[2].visible = FALSE;
  assert_current (h, "1");
}

static void
test_chain_of_held (void)
{
  g_autofree History *h = g_new0 (History, 1);

  add (h, 1, TRUE);
  for (guint8 i = 2; i < 20; i++)
    target (h, add (h, i, FALSE), i - 1);
  assert_current (h, "1");
  target (h, add (h, 20, TRUE), 19);
  assert_current (h, "20");
}

static void
test_strangers (void)
{
  g_autofree History *h = g_new0 (History, 1);

  add (h, 1, TRUE);
  target (h, add (h, 2, TRUE), 77);    /* not here */
  assert_current (h, "2 1");
  h->targets[1][0] = write_id (1, 5);  /* another field of the same entry */
  assert_current (h, "2 1");
  h->targets[1][0] = write_id (1, 0);
  h->targets[1][0].compartment = 2;    /* another compartment */
  assert_current (h, "2 1");
}

/* Two writers, both doubtful, equal wall → same order on all devices (entry id) */
static void
test_shown (void)
{
  g_autofree History *h = g_new0 (History, 1);

  for (guint8 i = 1; i <= 5; i++)
    add (h, i, TRUE);
  h->writes[4].doubtful = TRUE;        /* 5: latest, but doubtful */
  h->writes[3].doubtful = TRUE;
  h->writes[4].wall = h->writes[3].wall = 9;
  h->writes[0].wall = h->writes[1].wall = 7;
  assert_current (h, "2 1 3 5 4");
}

static void
test_cycles (void)
{
  g_autofree History *h = g_new0 (History, 1);

  target (h, add (h, 1, TRUE), 2);
  target (h, add (h, 2, TRUE), 1);
  add (h, 3, TRUE);
  target (h, &h->writes[2], 3);        /* itself */
  add (h, 4, TRUE);
  assert_current (h, "4");             /* each of the others is reached, if only by itself */
}

/* ---- a slow second implementation: does a visible write reach w by any path? ---- */

static int
find_write (const History *h, const SanWriteId *id)
{
  for (guint i = 0; i < h->n; i++)
    if (memcmp (&h->writes[i].id.entry, &id->entry, 32) == 0
        && h->writes[i].id.compartment == id->compartment && h->writes[i].id.number == id->number)
      return (int) i;
  return -1;
}

static gboolean
reaches (const History *h, guint from, guint to)
{
  for (guint t = 0; t < h->writes[from].n_targets; t++)
    {
      int next = find_write (h, &h->writes[from].targets[t]);

      if (next >= 0 && ((guint) next == to || reaches (h, (guint) next, to)))
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_current (const History *h, guint w)
{
  if (!h->writes[w].visible)
    return FALSE;
  for (guint v = 0; v < h->n; v++)
    if (h->writes[v].visible && reaches (h, v, w))
      return FALSE;
  return TRUE;
}

/* Each write may target earlier ones, or something unknown. */
static void
random_history (History *h, GRand *rand)
{
  guint n = (guint) g_rand_int_range (rand, 1, 14);

  memset (h, 0, sizeof *h);
  for (guint i = 0; i < n; i++)
    {
      SanWrite *write = add (h, (guint8) (i + 1), g_rand_int_range (rand, 0, 3) > 0);

      write->doubtful = g_rand_int_range (rand, 0, 4) == 0;
      write->wall = (guint64) g_rand_int_range (rand, 0, 4);
      for (guint t = 0; t < 3 && i > 0; t++)
        if (g_rand_boolean (rand))
          target (h, write, (guint8) g_rand_int_range (rand, 1, (gint32) i + 2));
      for (guint t = 0; t < write->n_targets; t++)
        if (h->targets[i][t].entry.b[0] == i + 1)
          h->targets[i][t].entry.b[0] = 99;
    }
}

static void
shuffle (History *h, GRand *rand)
{
  for (guint i = h->n; i > 1; i--)
    {
      guint j = (guint) g_rand_int_range (rand, 0, (gint32) i);
      SanWrite write = h->writes[i - 1];

      h->writes[i - 1] = h->writes[j];
      h->writes[j] = write;
    }
}

static char *
current_text (const History *h)
{
  guint n;
  g_autofree guint *current = san_values_current (h->writes, h->n, &n);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%u ", h->writes[current[i]].id.entry.b[0]);
  return g_string_free (text, FALSE);
}

static void
test_model (void)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (20251125);
  g_autofree History *h = g_new0 (History, 1);

  for (guint i = 0; i < HISTORIES; i++)
    {
      guint n;
      g_autofree guint *current = NULL;
      g_autofree char *first = NULL;
      g_autofree gboolean *found = g_new0 (gboolean, MAX_WRITES);

      random_history (h, rand);
      current = san_values_current (h->writes, h->n, &n);
      for (guint c = 0; c < n; c++)
        found[current[c]] = TRUE;
      for (guint w = 0; w < h->n; w++)
        g_assert_cmpint (found[w], ==, is_current (h, w));
      first = current_text (h);
      for (guint order = 0; order < 5; order++)
        {
          g_autofree char *again = NULL;

          shuffle (h, rand);
          again = current_text (h);
          g_assert_cmpstr (first, ==, again);
        }
    }
}

/* A field that was corrected a hundred thousand times. */
static void
test_long_chain (void)
{
  const guint n = 100000;
  g_autofree SanWrite *writes = g_new0 (SanWrite, n);
  g_autofree SanWriteId *ids = g_new0 (SanWriteId, n);
  g_autofree guint *current = NULL;
  guint n_current;

  for (guint i = 0; i < n; i++)
    {
      memcpy (ids[i].entry.b, &i, sizeof i);
      writes[i].id = ids[i];
      writes[i].visible = i % 2 == 0;
      writes[i].targets = i > 0 ? &ids[i - 1] : NULL;
      writes[i].n_targets = i > 0 ? 1 : 0;
    }
  current = san_values_current (writes, n, &n_current);
  g_assert_cmpuint (n_current, ==, 1);
  g_assert_cmpuint (current[0], ==, n - 2);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/entry/values/newest-that-saw-the-others-is-current", test_plain);
  g_test_add_func ("/entry/values/a-held-write-supersedes-nothing-but-is-passed-through",
                   test_held);
  g_test_add_func ("/entry/values/any-number-of-held-writes-is-passed-through", test_chain_of_held);
  g_test_add_func ("/entry/values/targets-of-other-fields-and-compartments-are-ignored",
                   test_strangers);
  g_test_add_func ("/entry/values/two-doubtful-with-equal-wall-have-one-order", test_shown);
  g_test_add_func ("/entry/values/cycles-do-no-harm", test_cycles);
  g_test_add_func ("/entry/values/agrees-with-a-slow-second-implementation", test_model);
  g_test_add_func ("/entry/values/long-chains-are-quick", test_long_chain);
  return g_test_run ();
}
