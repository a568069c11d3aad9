/* san-found.h - what the last check found wrong, in words, until somebody locks */
#pragma once
#include "san-desk.h"
G_BEGIN_DECLS

/* @problems: (element-type utf8): as the check told them; none: all is well, forget the last ones
 */
void san_found_keep (SanDesk *desk, GPtrArray *problems);
/* Appends rows to @lines; nothing if nothing was found since the last lock. @again is called when
 * she wants the pages made again from the notes. */
typedef void (*SanFoundAgain) (gpointer data);
void san_found_show (SanDesk *desk, GtkWidget *lines, SanFoundAgain again, gpointer data);

G_END_DECLS
