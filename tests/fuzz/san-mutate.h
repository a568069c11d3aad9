/* san-mutate.h - seeded damage for bytes of any kind
 *
 * Knows nothing of formats: bits, bytes, integers at their extremes, ranges cut, repeated, moved
 * and exchanged with another sample. The same seed and samples give the same mutants. */
#pragma once
#include <glib.h>
G_BEGIN_DECLS

typedef struct _SanMutator SanMutator;

SanMutator *san_mutator_new   (guint32 seed);
void        san_mutator_free  (SanMutator *self);                     /* says how many there were */
void        san_mutator_count (SanMutator *self);          /* one more, made by the caller itself */
/* A damaged copy: one to four edits. @other (nullable) lends ranges to splices. (transfer full) */
GBytes     *san_mutator_next  (SanMutator *self, GBytes *sample, GBytes *other);
guint32     san_mutator_below (SanMutator *self, guint32 limit);  /* 0 … limit - 1; 0 for limit 0 */

/* Seed of a run: the environment's SAN_FUZZ_SEED, else @fallback; printed as a TAP comment. */
guint32     san_mutate_seed   (guint32 fallback);
/* How many mutants: @n, or SAN_FUZZ_ROUNDS times as many. */
guint       san_mutate_rounds (guint n);
/* Prints @bytes in hex, so that a mutant that broke something can be kept. */
void        san_mutate_show   (const char *what, GBytes *bytes);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SanMutator, san_mutator_free)

G_END_DECLS
