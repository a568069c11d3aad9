/* san-authority-graph.c - removals that undo one another: who kills whom, and who stays
 *
 * Steps 3 and 4. The graph is a matrix of bits over the removals; its strongly connected
 * components are found by Tarjan's walk, written without recursion, which yields those first
 * that kill nobody outside: so the components are decided from the last one backwards. */
#include "san-authority-private.h"

typedef struct
{
  GArray *nodes;
  guint n;
  guint words;
  SanWord *kills; /* row r, bit q: r kills q */
} Graph;

static SanNode *
get_node (const Graph *graph, guint i)
{
  return &g_array_index (graph->nodes, SanNode, i);
}

static SanWord *
get_row (const Graph *graph, guint i)
{
  return graph->kills + (gsize)i * graph->words;
}

/* r's target wrote q outside inside (r): she did if a record of hers that r touches stands in the
 * past of q. */
static void
kill_own (Graph *graph, const SanFacts *facts, guint r, GPtrArray *by_author)
{
  const SanNode *node = get_node (graph, r);

  for (guint c = 0; c < node->covers->len; c++)
    {
      guint record = g_array_index (node->covers, guint, c);
      GArray *wrote = g_ptr_array_index (by_author, facts->facts[record].seat_key);

      for (guint i = 0; wrote != NULL && i < wrote->len; i++)
        {
          guint q = g_array_index (wrote, guint, i);
          guint place = get_node (graph, q)->place;

          if (q != r && !get_node (graph, q)->by_recovery && !san_bit_get (node->inside, place)
              && san_facts_knows (facts, place, record))
            san_bit_set (get_row (graph, r), q);
        }
    }
}

/* The op 2s that r's target wrote outside inside (r); what a recovery key wrote it wrote as such,
 * even if somebody made a seat of it. Returns: (transfer full) (nullable) */
static SanWord *
find_seatings (const SanFacts *facts, const SanRecoveryChain *chain, const SanNode *node,
               const SanWord *reached)
{
  SanWord *outside = NULL;

  for (guint c = 0; c < node->covers->len; c++)
    {
      guint record = g_array_index (node->covers, guint, c);
      const GArray *seatings = g_ptr_array_index (facts->seatings, facts->facts[record].seat_key);

      if (chain->link_of_key[facts->facts[record].seat_key] >= 0)
        continue;
      for (guint i = 0; i < seatings->len; i++)
        {
          guint place = g_array_index (seatings, guint, i);

          if (!san_bit_get (reached, place) || san_bit_get (node->inside, place)
              || !san_facts_knows (facts, place, record))
            continue;
          if (outside == NULL)
            outside = g_new0 (SanWord, facts->words);
          san_bit_set (outside, place);
        }
    }
  return outside;
}

/* Those who are no longer superintendent once what r's target seated outside is left out. */
static void
kill_seated (Graph *graph, const SanFacts *facts, const SanRecoveryChain *chain,
             const SanWord *frozen, const SanWord *reached, guint r)
{
  g_autofree SanWord *outside = find_seatings (facts, chain, get_node (graph, r), reached);
  g_autofree SanWord *rest = NULL;

  if (outside == NULL)
    return;
  rest = san_reach_new (facts, chain, frozen, outside);
  for (guint q = 0; q < graph->n; q++)
    if (q != r && !get_node (graph, q)->by_recovery
        && !san_reach_is_superintendent (facts, rest, get_node (graph, q)->place))
      san_bit_set (get_row (graph, r), q);
}

static void
free_indexes (gpointer indexes)
{
  if (indexes != NULL)
    g_array_unref (indexes);
}

static GPtrArray *
sort_by_author (const Graph *graph, const SanFacts *facts)
{
  GPtrArray *by_author = g_ptr_array_new_full (facts->records->len, free_indexes);

  g_ptr_array_set_size (by_author, (int)facts->records->len);
  for (guint i = 0; i < graph->n; i++)
    {
      guint author = facts->facts[get_node (graph, i)->place].author;

      if (g_ptr_array_index (by_author, author) == NULL)
        g_ptr_array_index (by_author, author) = g_array_new (FALSE, FALSE, sizeof (guint));
      g_array_append_val ((GArray *)g_ptr_array_index (by_author, author), i);
    }
  return by_author;
}

/* Tarjan's algorithm. */

typedef struct
{
  guint node;
  guint next;
} Frame;

typedef struct
{
  const Graph *graph;
  guint *order; /* when first met, from 1; 0: not yet */
  guint *low;
  guint *component; /* from 1; 0: still on the stack */
  GArray *stack;    /* guint */
  GArray *frames;   /* Frame */
  guint met;
  guint n_components;
} Walk;

static void
enter (Walk *walk, guint node)
{
  Frame frame = { node, 0 };

  walk->order[node] = walk->low[node] = ++walk->met;
  g_array_append_val (walk->stack, node);
  g_array_append_val (walk->frames, frame);
}

static void
close_component (Walk *walk, guint node)
{
  guint member;

  walk->n_components++;
  do
    {
      member = g_array_index (walk->stack, guint, walk->stack->len - 1);
      g_array_set_size (walk->stack, walk->stack->len - 1);
      walk->component[member] = walk->n_components;
    }
  while (member != node);
}

/* The next node that @node kills, from @from on; n if none. */
static guint
find_next (const Graph *graph, guint node, guint from)
{
  const SanWord *row = get_row (graph, node);

  for (guint w = from / 64; w < graph->words; w++)
    {
      SanWord word = row[w];

      if (w == from / 64)
        word &= ~G_GUINT64_CONSTANT (0) << (from % 64);
      if (word != 0)
        return w * 64 + (guint)__builtin_ctzll (word);
    }
  return graph->n;
}

static void
walk_from (Walk *walk, guint start)
{
  enter (walk, start);
  while (walk->frames->len > 0)
    {
      Frame *frame = &g_array_index (walk->frames, Frame, walk->frames->len - 1);
      guint node = frame->node;
      guint next = find_next (walk->graph, node, frame->next);

      if (next < walk->graph->n)
        {
          frame->next = next + 1;
          if (walk->order[next] == 0)
            enter (walk, next);
          else if (walk->component[next] == 0)
            walk->low[node] = MIN (walk->low[node], walk->order[next]);
          continue;
        }
      if (walk->low[node] == walk->order[node])
        close_component (walk, node);
      g_array_set_size (walk->frames, walk->frames->len - 1);
      if (walk->frames->len > 0)
        {
          guint parent = g_array_index (walk->frames, Frame, walk->frames->len - 1).node;

          walk->low[parent] = MIN (walk->low[parent], walk->low[node]);
        }
    }
}

/* Step 4: killers first. */
static void
decide (Graph *graph, const Walk *walk)
{
  g_autofree SanWord *hit = g_new0 (SanWord, graph->words);
  g_autoptr(GPtrArray) members = g_ptr_array_new_with_free_func ((GDestroyNotify)g_array_unref);

  for (guint c = 0; c < walk->n_components; c++)
    g_ptr_array_add (members, g_array_new (FALSE, FALSE, sizeof (guint)));
  for (guint i = 0; i < graph->n; i++)
    g_array_append_val ((GArray *)g_ptr_array_index (members, walk->component[i] - 1), i);
  for (guint c = walk->n_components; c > 0; c--)
    {
      const GArray *here = g_ptr_array_index (members, c - 1);
      SanNodeState state = here->len == 1 ? SAN_NODE_EFFECTIVE : SAN_NODE_LIVING;

      for (guint i = 0; i < here->len; i++)
        if (san_bit_get (hit, g_array_index (here, guint, i)))
          state = SAN_NODE_DEAD;
      for (guint i = 0; i < here->len; i++)
        {
          guint member = g_array_index (here, guint, i);

          get_node (graph, member)->state = state;
          if (state != SAN_NODE_DEAD)
            san_bits_or (hit, get_row (graph, member), graph->words);
        }
    }
}

static void
walk_components (Graph *graph)
{
  g_autofree guint *order = g_new0 (guint, graph->n);
  g_autofree guint *low = g_new0 (guint, graph->n);
  g_autofree guint *component = g_new0 (guint, graph->n);
  g_autoptr(GArray) stack = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr(GArray) frames = g_array_new (FALSE, FALSE, sizeof (Frame));
  Walk walk = { graph, order, low, component, stack, frames, 0, 0 };

  for (guint i = 0; i < graph->n; i++)
    if (order[i] == 0)
      walk_from (&walk, i);
  decide (graph, &walk);
}

/* Draws the graph of @nodes and decides the state of each. */
void
san_nodes_decide (GArray *nodes, const SanFacts *facts, const SanRecoveryChain *chain,
                  const SanWord *frozen, const SanWord *reached)
{
  Graph graph = { .nodes = nodes, .n = nodes->len, .words = SAN_WORDS (nodes->len) };
  g_autofree SanWord *kills = g_new0 (SanWord, (gsize)graph.n * graph.words);
  g_autoptr(GPtrArray) by_author = NULL;

  if (graph.n == 0)
    return;
  graph.kills = kills;
  by_author = sort_by_author (&graph, facts);
  for (guint r = 0; r < graph.n; r++)
    {
      kill_own (&graph, facts, r, by_author);
      kill_seated (&graph, facts, chain, frozen, reached, r);
    }
  walk_components (&graph);
}
