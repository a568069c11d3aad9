/* san-plan.h - the plan board: the ten categories of the care plan and what moved in each */
#pragma once
#include "san-records.h"
#include "san-form.h"
G_BEGIN_DECLS

/**
 * SanPlanCard:
 * @table: the plan's table, its label in the table
 * @hers: (nullable): her words of the newest row
 * @step: (nullable): the newest row's step, or what it is about
 * @n_rows: rows that stand in the plan
 * @moved: (nullable): code of the newest "did it move?" of any of its rows (list `moved`)
 * @moved_at: ms of that report's last day; 0: none
 */
typedef struct
{
  const SanTable *table;
  char           *hers;
  char           *step;
  guint           n_rows;
  char           *moved;
  gint64          moved_at;
} SanPlanCard;

typedef struct
{
  gboolean   has_plan;
  SanId16    plan;                  /* the plan's record; zero: none yet */
  SanId16    report;                /* the newest report, if it is not finished; else zero */
  gint64     reported_at;           /* of the newest finished report; 0: none */
  GPtrArray *cards;                 /* SanPlanCard, in the form's order */
} SanPlan;

/* LOCKED for a login that does not read the plan's compartment. */
SanPlan *san_plan_get  (SanCentre *self, const SanId32 *child, GError **error);
void     san_plan_free (SanPlan *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SanPlan, san_plan_free)

G_END_DECLS
