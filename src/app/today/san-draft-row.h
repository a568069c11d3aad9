/* san-draft-row.h - something that she began and did not save: go on, or let it go */
#pragma once
#include "san-desk.h"
#include "san-draft-keeper.h"
G_BEGIN_DECLS
#define SAN_TYPE_DRAFT_ROW (san_draft_row_get_type ())
G_DECLARE_FINAL_TYPE (SanDraftRow, san_draft_row, SAN, DRAFT_ROW, GtkListBoxRow)
GtkWidget *san_draft_row_new  (SanDesk *desk, const SanUnfinishedRow *row);
void       san_draft_row_open (SanDraftRow *self);
/* The page that goes on with a draft, and what its form is called. */
void  san_draft_open           (SanDesk *desk, const SanUnfinishedRow *row);
char *san_draft_dup_form_label (SanDesk *desk, const char *form);

G_END_DECLS
