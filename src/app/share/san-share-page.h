/* san-share-page.h - sharing one child with one other centre: to whom, what, how it looks, sign */
#pragma once
#include "san-page.h"
G_BEGIN_DECLS
#define SAN_TYPE_SHARE_PAGE (san_share_page_get_type ())
G_DECLARE_FINAL_TYPE (SanSharePage, san_share_page, SAN, SHARE_PAGE, SanPage)
G_END_DECLS
