/* slow-authority.h - authority once more, written from the text without a look at the other one
 *
 * Plain sets and fixpoints, n cubed and worse: only right, never fast. */
#pragma once
#include "san-authority.h"
#include "san-rings.h"
G_BEGIN_DECLS

typedef struct _Slow Slow;

Slow *slow_new         (GPtrArray *entries);                           /* SanEntry, any order */
void  slow_free        (Slow *self);
/* Stops the test at the first thing in which they differ. */
void  slow_assert_same (Slow *self, const SanAuthority *fast);
/* Evaluates @entries in @orders random orders, each compared with the slow one, the first without
 * and the others with what is known from before. */
SanAuthority *slow_evaluate (GRand *rand, GPtrArray *entries, guint orders);
/* For coverage: how often a history showed it. */
/* "living" "dead" "effective" "frozen" "voided" … */
guint slow_count       (Slow *self, const char *what);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Slow, slow_free)

G_END_DECLS
