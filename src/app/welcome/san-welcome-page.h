/* san-welcome-page.h - the first page ever: which language, and which way in */
#pragma once
#include "san-page.h"
G_BEGIN_DECLS
#define SAN_TYPE_WELCOME_PAGE (san_welcome_page_get_type ())
G_DECLARE_FINAL_TYPE (SanWelcomePage, san_welcome_page, SAN, WELCOME_PAGE, SanPage)
G_END_DECLS
