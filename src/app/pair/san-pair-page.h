/* san-pair-page.h - pairing with another centre, or letting in another laptop of ours */
#pragma once
#include "san-page.h"
G_BEGIN_DECLS
#define SAN_TYPE_PAIR_PAGE (san_pair_page_get_type ())
G_DECLARE_FINAL_TYPE (SanPairPage, san_pair_page, SAN, PAIR_PAGE, SanPage)
G_END_DECLS
