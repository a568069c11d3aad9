/* san-section-side.h - beside a section of a child's page: what is next there, what can be written
 */
#pragma once
#include "san-desk.h"
G_BEGIN_DECLS

/**
 * san_section_side_new:
 * @section: as forms name it: "health"
 * @dues: SanTodayRow, only looked at: hers, of all sections
 *
 * A form is opened by the page's action `child.write`.
 *
 * Returns: (transfer full) (nullable): floating; %NULL where nothing is next and nothing hers to
 *   write
 */
GtkWidget *san_section_side_new (SanDesk *desk, const char *section, GPtrArray *dues);

G_END_DECLS
