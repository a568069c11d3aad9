/* san-child-forms.h - which forms she may write for a child, all or those of one section */
#pragma once
#include "san-desk.h"
#include "san-form.h"
G_BEGIN_DECLS

/**
 * san_child_forms_list:
 * @shelf: (nullable): section of a child's page; %NULL: all
 *
 * What her role is offered (data/roles.xml) and may write; a stay is begun on its own page.
 *
 * Returns: (transfer container): SanForm, in the role's order; they belong to the open centre
 */
GPtrArray *san_child_forms_list (SanDesk *desk, const char *shelf);

G_END_DECLS
