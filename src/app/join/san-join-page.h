/* san-join-page.h - a second laptop of a centre: its card, you, the number */
#pragma once
#include "san-page.h"
G_BEGIN_DECLS
#define SAN_TYPE_JOIN_PAGE (san_join_page_get_type ())
G_DECLARE_FINAL_TYPE (SanJoinPage, san_join_page, SAN, JOIN_PAGE, SanPage)
G_END_DECLS
