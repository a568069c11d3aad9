/* san-child-page.h - one child: what happened, her plan, what is next, one section at a time */
#pragma once
#include "san-page.h"
G_BEGIN_DECLS
#define SAN_TYPE_CHILD_PAGE (san_child_page_get_type ())
G_DECLARE_FINAL_TYPE (SanChildPage, san_child_page, SAN, CHILD_PAGE, SanPage)
G_END_DECLS
