/* san-children-row.h - one child in the list: tag, day, age, who is responsible, what waits */
#pragma once
#include "san-desk.h"
#include "san-roll.h"
G_BEGIN_DECLS
#define SAN_TYPE_CHILDREN_ROW (san_children_row_get_type ())
G_DECLARE_FINAL_TYPE (SanChildrenRow, san_children_row, SAN, CHILDREN_ROW, GtkWidget)
GtkWidget *san_children_row_new  (void);
/* What it is about, and what is read aloud; @row (nullable: not read yet) stays the list's. */
void       san_children_row_set    (SanChildrenRow *self, const SanRollRow *row);
void       san_children_row_forget (SanChildrenRow *self);
gboolean   san_children_row_is_about (SanChildrenRow *self, const SanRollRow *row);
/* Its labels are still to be made; and making them. */
gboolean   san_children_row_is_folded (SanChildrenRow *self);
void       san_children_row_unfold (SanChildrenRow *self);
/* Words for a person's age: "15 years", "14 or 15 years"; NULL: not known. */
char      *san_children_row_dup_age (const SanHouseCard *card);
const char *san_status_word      (const char *status);
G_END_DECLS
