/* san-unlock-page.h - who are you, and your passphrase */
#pragma once
#include "san-page.h"
G_BEGIN_DECLS
#define SAN_TYPE_UNLOCK_PAGE (san_unlock_page_get_type ())
G_DECLARE_FINAL_TYPE (SanUnlockPage, san_unlock_page, SAN, UNLOCK_PAGE, SanPage)
G_END_DECLS
