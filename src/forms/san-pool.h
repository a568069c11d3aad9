/* san-pool.h - what a catalogue owns: strings, blocks, labels, conditions; freed all at once */
#pragma once
#include "san-condition.h"
#include "san-label.h"
G_BEGIN_DECLS

typedef struct
{
  GStringChunk *strings;
  GPtrArray    *blocks;
  GPtrArray    *labels;
  GPtrArray    *conditions;
} SanPool;

SanPool        *san_pool_new            (void);
void            san_pool_free           (SanPool *self);
/* one copy of equal texts; NULL stays NULL */
const char     *san_pool_string         (SanPool *self, const char *text);
const char     *san_pool_take_string    (SanPool *self, char *text);        /* frees its argument */
gpointer        san_pool_alloc0         (SanPool *self, gsize n);
/* its elements; frees the array's head */
gpointer        san_pool_steal_array    (SanPool *self, GArray *array);
const SanLabel *san_pool_take_label     (SanPool *self, SanLabel *label);      /* NULL stays NULL */
SanCondition   *san_pool_take_condition (SanPool *self, SanCondition *condition);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SanPool, san_pool_free)

G_END_DECLS
