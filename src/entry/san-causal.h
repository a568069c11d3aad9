/* san-causal.h - causal order: what was known before comes before, ties by the smallest id */
#pragma once
#include "san-entry.h"
G_BEGIN_DECLS

/* One entry by its id and what it names: previous (unless zero) and heads. */
typedef struct
{
  SanId32        id;
  const SanId32 *parents;
  guint          n_parents;
} SanCausalNode;

/**
 * san_causal_order:
 * @nodes: a set; ids are different
 *
 * Repeatedly the smallest id among those whose parents are placed; parents that are not in the
 * set count as placed, zero ids too. Nodes in a cycle (which hashes exclude) are left out.
 *
 * Returns: (transfer full) (array length=n_placed): indexes into @nodes. g_free(); never %NULL.
 */
guint     *san_causal_order         (const SanCausalNode *nodes, guint n, guint *n_placed);

/* The same for entries: heads are read from bodies of kind 2. Returns: (transfer container):
 * borrowed pointers in causal order. */
GPtrArray *san_causal_order_entries (SanEntry * const *entries, guint n);

G_END_DECLS
