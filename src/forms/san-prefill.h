/* san-prefill.h - what a new record can be offered from earlier answers: a copy, never a link */
#pragma once
#include "san-answer.h"
#include "san-fact-set.h"
G_BEGIN_DECLS

typedef struct
{
  const SanField *field;
  char           *name;        /* concrete field name */
  SanValue       *value;
  SanId16         from;        /* record for `$from.FIELD`; zero: proposed from the clock */
  const char     *fact;        /* (nullable) borrowed from the catalogue */
} SanProposal;

void       san_proposal_free (SanProposal *self);

/* (transfer full) (element-type SanProposal), in the form's order. @may_write: mask of the
 * compartments in which the new record can be written; @set holds only what this login reads. */
GPtrArray *san_prefill_propose (const SanForm *form,
                                SanFactSet    *set,
                                guint          may_write,
                                const SanInstant *now);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SanProposal, san_proposal_free)

G_END_DECLS
