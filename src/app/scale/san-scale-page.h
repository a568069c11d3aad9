/* san-scale-page.h - the numbers of a paper sheet, and what they say */
#pragma once
#include "san-page.h"
G_BEGIN_DECLS
#define SAN_TYPE_SCALE_PAGE (san_scale_page_get_type ())
G_DECLARE_FINAL_TYPE (SanScalePage, san_scale_page, SAN, SCALE_PAGE, SanPage)
G_END_DECLS
