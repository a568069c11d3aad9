/* san-setup-page.h - a new centre: its name, you, a passphrase, the recovery code */
#pragma once
#include "san-page.h"
G_BEGIN_DECLS
#define SAN_TYPE_SETUP_PAGE (san_setup_page_get_type ())
G_DECLARE_FINAL_TYPE (SanSetupPage, san_setup_page, SAN, SETUP_PAGE, SanPage)
G_END_DECLS
