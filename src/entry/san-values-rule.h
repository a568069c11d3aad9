/* san-values-rule.h - which writes of one field are current; a pure function of the set */
#pragma once
#include "san-change.h"
G_BEGIN_DECLS

typedef struct
{
  SanWriteId        id;
  guint64           wall;
  gboolean          doubtful;         /* the clock-doubtful flag of its entry */
  gboolean          visible;          /* FALSE: held */
  const SanWriteId *targets;          /* what it supersedes; unknown ones are ignored */
  guint             n_targets;
} SanWrite;

/**
 * san_values_current:
 * @writes: all writes, held ones too, of one compartment, record, form and field
 *
 * Current = visible writes that no visible write reaches through targets, and targets of targets,
 * through held ones too. Not for `$amend`, of which all visible ones are shown.
 *
 * Returns: (transfer full) (array length=n_current): indexes into @writes in the order in which
 * they are shown: not doubtful first, then later wall clock, then larger entry id. g_free(); never
 * %NULL.
 */
guint *san_values_current      (const SanWrite *writes, guint n, guint *n_current);
/* < 0: a is shown before b */
int    san_write_compare_shown (const SanWrite *a, const SanWrite *b);

G_END_DECLS
