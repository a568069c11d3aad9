/* slow-authority-private.h - what evaluation and comparison of the slow one share */
#pragma once
#include "slow-authority.h"

#include "san-founding.h"
#include "san-ring.h"

#include <string.h>

#define NONE 600

typedef enum
{
  OPEN,
  EFFECTIVE,
  LIVING,
  DEAD
} Fate;

struct _Slow
{
  guint n;
  SanEntry *entry[NONE];
  SanAuthorityBody *body[NONE];
  const SanId32 *id[NONE];
  SanFounding founding;
  guint found;
  guint8 good[NONE];     /* proofs */
  guint rank[NONE];      /* place in causal order */
  guint8 (*knows)[NONE]; /* [later][earlier] */

  guint8 after[NONE]; /* has a freezing operation in its past */
  gboolean frozen;
  guint chain[NONE]; /* op 7s in force one after the other */
  guint n_chain;

  guint8 reach[NONE];
  guint8 taking_part[NONE]; /* removals in the graph */
  guint8 (*inside)[NONE];
  guint8 (*kills)[NONE];
  guint8 (*path)[NONE];
  Fate fate[NONE];
  guint8 voided[NONE];
  guint8 counted[NONE]; /* 0 not asked, 1 no, 2 yes */
  guint8 good_void[NONE];
};

gboolean slow_is_op (const Slow *s, guint e, guint op);
guint slow_find (const Slow *s, const SanId32 *id);
const SanSeatRecord *slow_record (const Slow *s, guint e);
gboolean slow_covers (const Slow *s, guint r, guint x);
guint slow_won (Slow *s, const SanId32 *key, guint e);
gboolean slow_is_holder (Slow *s, const SanId32 *who, guint ring, guint e);
gboolean slow_counts (Slow *s, guint e);
gboolean slow_in_chain (const Slow *s, guint n_chain, const SanId32 *key);
gboolean slow_author_counts (Slow *s, guint e, const SanSeatRecord **by);
gboolean slow_may_give (Slow *s, guint e, const SanSeatRecord *by);
const SanId32 *slow_chain_key (const Slow *s, guint i);
