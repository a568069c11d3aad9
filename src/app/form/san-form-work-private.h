/* san-form-work-private.h - what is at work on a record, for the files that work on it */
#pragma once
#include "san-form-work.h"
G_BEGIN_DECLS

struct _SanFormWork
{
  SanPage        *page;
  SanFormWorkPage calls;
  SanDraftKeeper *keeper;           /* (nullable) */
  SanAnswers     *answers;          /* (nullable) */
  char           *form;
  SanId32         child;
  SanId16         record;
  SanId16         draft;            /* zero: none is kept */
  SanId32         draft_child;
  char           *focus;            /* of the view that was found */
  guint           cursor;
  double          scroll;
  guint           timer;
  guint           kept_changes;     /* of the answers, when they were last kept */
  gboolean        saving, finishing;
  char           *correction;       /* (nullable): of a closed record, typed and not signed */
  char           *reason;           /* (nullable): why it is taken back, typed and not signed */
  gboolean        beside_changed;   /* one of the two */
  gboolean        amending;
  GPtrArray      *held;             /* (nullable): a draft's answers that a closed record has no
                                     * place for; kept with the correction */
};

void san_form_work_ask_sheet       (SanFormWork *self);
/* Takes correction and reason out of what was in a draft. */
void san_form_work_take_beside     (SanFormWork *self, GPtrArray *typed);
/* and puts them, and what is held, into one that is made */
void san_form_work_add_beside      (SanFormWork *self, GPtrArray *typed);
/* What was signed as the power went is not shown as if it were not. */
void san_form_work_drop_signed     (SanFormWork *self);

G_END_DECLS
