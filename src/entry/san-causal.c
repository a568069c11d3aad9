/* san-causal.c - causal order of a set, by a heap of those that may be placed
 *
 * The order depends on the set alone, never on how it arrived. */
#include "san-causal.h"

#include "san-authority-body.h"

typedef struct
{
  guint  *items;                       /* indexes of nodes; smallest id on top */
  guint   n;
  const SanCausalNode *nodes;
} Heap;

typedef struct
{
  guint  *waits;                       /* how many parents of each node are not placed yet */
  GArray *children;                    /* Edge, of all nodes in one chain per parent */
  guint  *first;                       /* head of each parent's chain, 1-based; 0: none */
} Graph;

typedef struct { guint child; guint next; } Edge;

static gboolean
is_less (const Heap *heap, guint a, guint b)
{
  return san_id32_compare (&heap->nodes[heap->items[a]].id, &heap->nodes[heap->items[b]].id) < 0;
}

static void
swap (Heap *heap, guint a, guint b)
{
  guint item = heap->items[a];

  heap->items[a] = heap->items[b];
  heap->items[b] = item;
}

static void
push (Heap *heap, guint item)
{
  guint at = heap->n++;

  heap->items[at] = item;
  for (; at > 0 && is_less (heap, at, (at - 1) / 2); at = (at - 1) / 2)
    swap (heap, at, (at - 1) / 2);
}

static guint
pop (Heap *heap)
{
  guint top = heap->items[0];
  guint at = 0;

  heap->items[0] = heap->items[--heap->n];
  for (;;)
    {
      guint least = at;

      for (guint child = 2 * at + 1; child <= 2 * at + 2 && child < heap->n; child++)
        if (is_less (heap, child, least))
          least = child;
      if (least == at)
        return top;
      swap (heap, at, least);
      at = least;
    }
}

static void
build_graph (Graph *graph, const SanCausalNode *nodes, guint n)
{
  g_autoptr(GHashTable) index = g_hash_table_new (san_id32_hash, san_id32_equal);

  graph->waits = g_new0 (guint, n + 1);
  graph->first = g_new0 (guint, n + 1);
  graph->children = g_array_new (FALSE, FALSE, sizeof (Edge));
  for (guint i = 0; i < n; i++)
    g_hash_table_insert (index, (gpointer) &nodes[i].id, GUINT_TO_POINTER (i));
  for (guint i = 0; i < n; i++)
    for (guint p = 0; p < nodes[i].n_parents; p++)
      {
        gpointer parent;
        Edge edge = { .child = i };

        if (!g_hash_table_lookup_extended (index, &nodes[i].parents[p], NULL, &parent))
          continue;
        edge.next = graph->first[GPOINTER_TO_UINT (parent)];
        g_array_append_val (graph->children, edge);
        graph->first[GPOINTER_TO_UINT (parent)] = graph->children->len;
        graph->waits[i]++;
      }
}

static void
clear_graph (Graph *graph)
{
  g_free (graph->waits);
  g_free (graph->first);
  g_array_unref (graph->children);
}

guint *
san_causal_order (const SanCausalNode *nodes, guint n, guint *n_placed)
{
  Graph graph = { 0 };
  Heap heap = { .items = g_new (guint, n + 1), .nodes = nodes };
  guint *order = g_new (guint, n + 1);
  guint placed = 0;

  build_graph (&graph, nodes, n);
  for (guint i = 0; i < n; i++)
    if (graph.waits[i] == 0)
      push (&heap, i);
  while (heap.n > 0)
    {
      guint here = pop (&heap);

      order[placed++] = here;
      for (guint e = graph.first[here]; e != 0;
           e = g_array_index (graph.children, Edge, e - 1).next)
        {
          guint child = g_array_index (graph.children, Edge, e - 1).child;

          if (--graph.waits[child] == 0)
            push (&heap, child);
        }
    }
  clear_graph (&graph);
  g_free (heap.items);
  *n_placed = placed;
  return order;
}

/* previous, and the heads of an authority entry, appended to @parents */
static void
add_parents (SanEntry *entry, GArray *parents)
{
  const SanHeader *header = san_entry_get_header (entry);
  g_autoptr(SanAuthorityBody) body = NULL;

  if (!san_id32_is_zero (&header->previous))
    g_array_append_val (parents, header->previous);
  if (header->kind == SAN_KIND_AUTHORITY && san_entry_get_body (entry) != NULL)
    body = san_authority_body_parse (san_entry_get_body (entry), NULL);
  if (body != NULL && body->n_heads > 0)
    g_array_append_vals (parents, body->heads, body->n_heads);
}

/**
 * san_causal_order_entries:
 *
 * Returns: (transfer container): the entries of @entries, borrowed, in causal order
 */
GPtrArray *
san_causal_order_entries (SanEntry * const *entries, guint n)
{
  g_autofree SanCausalNode *nodes = g_new0 (SanCausalNode, n + 1);
  g_autofree guint *starts = g_new0 (guint, n + 1);
  g_autofree guint *order = NULL;
  g_autoptr(GArray) parents = g_array_new (FALSE, FALSE, sizeof (SanId32));
  GPtrArray *sorted = g_ptr_array_sized_new (n);
  guint placed;

  for (guint i = 0; i < n; i++)
    {
      starts[i] = parents->len;
      add_parents (entries[i], parents);
      nodes[i].id = *san_entry_get_id (entries[i]);
      nodes[i].n_parents = parents->len - starts[i];
    }
  for (guint i = 0; i < n; i++)
    if (nodes[i].n_parents > 0)
      nodes[i].parents = &g_array_index (parents, SanId32, starts[i]);
  order = san_causal_order (nodes, n, &placed);
  for (guint i = 0; i < placed; i++)
    g_ptr_array_add (sorted, entries[order[i]]);
  return sorted;
}
