/* san-my-page.h - what is hers: passphrase, number, language, text size */
#pragma once
#include "san-page.h"
G_BEGIN_DECLS
#define SAN_TYPE_MY_PAGE (san_my_page_get_type ())
G_DECLARE_FINAL_TYPE (SanMyPage, san_my_page, SAN, MY_PAGE, SanPage)
G_END_DECLS
