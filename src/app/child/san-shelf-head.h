/* san-shelf-head.h - what stands at the head of a section: its short facts, before its records */
#pragma once
#include "san-desk.h"
#include "san-shelf-facts.h"
G_BEGIN_DECLS

/* (nullable): nothing is written that this section begins with. Signal-free; floating. */
GtkWidget *san_shelf_head_new   (SanDesk *desk, const char *section, const SanShelfFacts *facts);
/**
 * san_shelf_closed_new:
 * @label: the section's name
 * @last: when something of it was last written, ms; 0: never
 * @readers: short names with commas; "" nobody
 *
 * The whole of a section that this login does not read: a quiet fact, who can be asked, and what
 * everybody in the house may know meanwhile.
 */
GtkWidget *san_shelf_closed_new (SanDesk *desk, const char *section, const char *label, gint64 last,
                                 const char *readers, const SanShelfFacts *facts);

G_END_DECLS
