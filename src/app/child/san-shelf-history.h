/* san-shelf-history.h - when the notes of a section were written, also those taken back */
#pragma once
#include "san-desk.h"
#include "san-id.h"
G_BEGIN_DECLS

/* Below @heading a list that its button opens and closes; asked for when it is opened. @shelf:
 * static. Floating. */
GtkWidget *san_shelf_history_new (SanDesk *desk, const SanId32 *child, const char *shelf,
                                  GtkWidget *heading);

G_END_DECLS
