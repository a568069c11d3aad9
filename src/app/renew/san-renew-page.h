/* san-renew-page.h - a new passphrase by a slip's four words, or by the recovery code
 *
 * Pages "slip" and "recovery". The stop's part is her name, where it is known. */
#pragma once
#include "san-page.h"
G_BEGIN_DECLS
#define SAN_TYPE_RENEW_PAGE (san_renew_page_get_type ())
G_DECLARE_FINAL_TYPE (SanRenewPage, san_renew_page, SAN, RENEW_PAGE, SanPage)
G_END_DECLS
