/* san-today-side.h - the side of Today: in the house tonight, hearings, turning 18, exchange */
#pragma once
#include "san-desk.h"
#include "san-today.h"
G_BEGIN_DECLS

/* Fills an empty box. @all: every child instead of the first few; @more (nullable) is called for
 * that. */
void     san_today_side_fill    (GtkBox *side, SanDesk *desk, const SanToday *today, gboolean all,
                                 GCallback more, gpointer data);
/* of whoever is at the keyboard, and in this version */
gboolean san_role_has_page      (SanDesk *desk, const char *page);

G_END_DECLS
