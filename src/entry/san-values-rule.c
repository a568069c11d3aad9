/* san-values-rule.c - the value rule: what is current is what nobody visible has replaced
 *
 * A held write replaces nothing by itself, but the way through it counts: who saw it and wrote
 * on top replaced what it had replaced. No clock decides what is current; clocks only order what
 * is shown when two wrote without seeing each other. Linear in writes and targets. */
#include "san-values-rule.h"

#include <stdlib.h>

static guint
hash_write (gconstpointer write)
{
  const SanWriteId *id = write;

  return san_id32_hash (&id->entry) ^ (guint) id->compartment << 16 ^ id->number;
}

static gboolean
equal_writes (gconstpointer a, gconstpointer b)
{
  const SanWriteId *one = a, *other = b;

  return one->number == other->number && one->compartment == other->compartment &&
         san_id32_equal (&one->entry, &other->entry);
}

int
san_write_compare_shown (const SanWrite *a, const SanWrite *b)
{
  if (!a->doubtful != !b->doubtful)
    return a->doubtful ? 1 : -1;
  if (a->wall != b->wall)
    return a->wall > b->wall ? -1 : 1;
  return san_id32_compare (&b->id.entry, &a->id.entry);
}

/* Marks what the targets of write @from name, and puts each on the stack once. */
static void
follow (const SanWrite *from, GHashTable *index, gboolean *reached, GArray *stack)
{
  for (guint i = 0; i < from->n_targets; i++)
    {
      gpointer at;

      if (!g_hash_table_lookup_extended (index, &from->targets[i], NULL, &at) ||
          reached[GPOINTER_TO_UINT (at)])
        continue;
      reached[GPOINTER_TO_UINT (at)] = TRUE;
      g_array_append_val (stack, (guint) { GPOINTER_TO_UINT (at) });
    }
}

static void
mark_reached (const SanWrite *writes, guint n, gboolean *reached)
{
  g_autoptr(GHashTable) index = g_hash_table_new (hash_write, equal_writes);
  g_autoptr(GArray) stack = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < n; i++)
    g_hash_table_insert (index, (gpointer) &writes[i].id, GUINT_TO_POINTER (i));
  for (guint i = 0; i < n; i++)
    if (writes[i].visible)
      follow (&writes[i], index, reached, stack);
  while (stack->len > 0)
    {
      guint at = g_array_index (stack, guint, stack->len - 1);

      g_array_set_size (stack, stack->len - 1);
      follow (&writes[at], index, reached, stack);
    }
}

static int
compare_indexes (gconstpointer a, gconstpointer b, gpointer writes)
{
  const SanWrite *all = writes;

  return san_write_compare_shown (&all[*(const guint *) a], &all[*(const guint *) b]);
}

guint *
san_values_current (const SanWrite *writes, guint n, guint *n_current)
{
  g_autofree gboolean *reached = g_new0 (gboolean, n + 1);
  guint *current = g_new (guint, n + 1);
  guint count = 0;

  mark_reached (writes, n, reached);
  for (guint i = 0; i < n; i++)
    if (writes[i].visible && !reached[i])
      current[count++] = i;
  g_qsort_with_data (current, (gint) count, sizeof *current, compare_indexes, (gpointer) writes);
  *n_current = count;
  return current;
}
