/* san-review-more.h - the other things that wait for a person: sharing to confirm, held notes */
#pragma once
#include "san-page.h"
#include "san-partners.h"
#include "san-review.h"
G_BEGIN_DECLS

/* Adds cards to @box. @pending: SanPendingShare. @held: SanHeldNotes. @told: SanTold. Returns how
 * many there are. */
guint san_review_more_show (GtkWidget *box, SanPage *page, GPtrArray *pending, GPtrArray *held,
                            GPtrArray *told);

/* "counselling notes" …, as a page says it of what a compartment holds. */
const char *san_compartment_word (guint compartment);

G_END_DECLS
