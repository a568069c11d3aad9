/* san-admit-page.h - welcome a child: one page, two fields, everything else may wait */
#pragma once
#include "san-page.h"
G_BEGIN_DECLS
#define SAN_TYPE_ADMIT_PAGE (san_admit_page_get_type ())
G_DECLARE_FINAL_TYPE (SanAdmitPage, san_admit_page, SAN, ADMIT_PAGE, SanPage)
G_END_DECLS
