/* san-children-page.h - all children, filtered in place by the search of the header */
#pragma once
#include "san-page.h"
G_BEGIN_DECLS
#define SAN_TYPE_CHILDREN_PAGE (san_children_page_get_type ())
G_DECLARE_FINAL_TYPE (SanChildrenPage, san_children_page, SAN, CHILDREN_PAGE, SanPage)
G_END_DECLS
