/* san-today-page.h - what waits for her today, and who is in the house */
#pragma once
#include "san-page.h"
G_BEGIN_DECLS
#define SAN_TYPE_TODAY_PAGE (san_today_page_get_type ())
G_DECLARE_FINAL_TYPE (SanTodayPage, san_today_page, SAN, TODAY_PAGE, SanPage)
G_END_DECLS
