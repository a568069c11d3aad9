/* san-centre-page.h - the centre itself: people, laptops, what it is; the stop's part is the tab */
#pragma once
#include "san-page.h"
G_BEGIN_DECLS
#define SAN_TYPE_CENTRE_PAGE (san_centre_page_get_type ())
G_DECLARE_FINAL_TYPE (SanCentrePage, san_centre_page, SAN, CENTRE_PAGE, SanPage)
G_END_DECLS
