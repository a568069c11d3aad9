/* san-pair-give.h - the first step of pairing: our own card, onto a pen drive or into a folder */
#pragma once
#include "san-drives.h"
#include "san-desk.h"
G_BEGIN_DECLS

/* @lines: a box, which is emptied; it asks the centre while it stands in the window. */
void san_pair_give_fill (GtkWidget *lines, SanDesk *desk, SanDrives *drives);

G_END_DECLS
