/* san-focus.h - where the focus was, and how it comes back there */
#pragma once
#include "san-desk-private.h"
G_BEGIN_DECLS

/* Returns: (transfer floating) (nullable): where in @page the focus is, as numbers and kinds of
 * widgets; NULL: it is elsewhere */
GVariant *san_focus_dup_place (GtkWidget *page);
/* Once @page has what it asked for, unless somebody pressed a key there or went elsewhere
 * meanwhile. */
void      san_focus_find_place (GtkWidget *page, SanDesk *desk, GVariant *place);

/* A bar that comes by itself: what had the focus before the bar is remembered while it stands. */
void      san_focus_watch     (GtkWidget *bar);
/* Before something in @bar goes away: the focus, if that has it, returns to where it was. */
void      san_focus_give_back (GtkWidget *bar, GtkWidget *part);

G_END_DECLS
