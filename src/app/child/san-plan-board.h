/* san-plan-board.h - the ten categories of the care plan as cards */
#pragma once
#include "san-desk.h"
#include "san-plan.h"
G_BEGIN_DECLS

#define SAN_TYPE_PLAN_BOARD (san_plan_board_get_type ())
G_DECLARE_FINAL_TYPE (SanPlanBoard, san_plan_board, SAN, PLAN_BOARD, GtkWidget)

GtkWidget *san_plan_board_new  (SanDesk *desk, const SanId32 *child);
void       san_plan_board_show (SanPlanBoard *self, const SanPlan *plan);   /* only looked at */

G_END_DECLS
