/* san-access-page.h - who opened a child's file on this laptop, and when */
#pragma once
#include "san-page.h"
G_BEGIN_DECLS
#define SAN_TYPE_ACCESS_PAGE (san_access_page_get_type ())
G_DECLARE_FINAL_TYPE (SanAccessPage, san_access_page, SAN, ACCESS_PAGE, SanPage)
G_END_DECLS
