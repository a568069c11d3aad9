/* san-due-row.h - one thing that waits: whom it is about, what, why now, who, and the act's button
 *
 * Enter or the button opens the form that answers it; its menu has "Not needed, because…". */
#pragma once
#include "san-desk.h"
#include "san-today.h"
G_BEGIN_DECLS

#define SAN_TYPE_DUE_ROW (san_due_row_get_type ())
G_DECLARE_FINAL_TYPE (SanDueRow, san_due_row, SAN, DUE_ROW, GtkListBoxRow)

/* @row is copied from. @with_tag FALSE: on her own page, where it is clear whom it is about. */
GtkWidget  *san_due_row_new       (SanDesk *desk, const SanTodayRow *row, gboolean with_tag);
/* overdue, today, soon, later, unsure, safety */
const char *san_due_row_get_state (SanDueRow *self);
gint64      san_due_row_get_at    (SanDueRow *self);       /* when it is due */
void        san_due_row_set_state (SanDueRow *self, const char *state);
void        san_due_row_open      (SanDueRow *self);       /* what its button does */

G_END_DECLS
