/* san-exchange-page.h - pen drives and folders, what goes and comes, and how far partners are */
#pragma once
#include "san-page.h"
G_BEGIN_DECLS
#define SAN_TYPE_EXCHANGE_PAGE (san_exchange_page_get_type ())
G_DECLARE_FINAL_TYPE (SanExchangePage, san_exchange_page, SAN, EXCHANGE_PAGE, SanPage)
G_END_DECLS
