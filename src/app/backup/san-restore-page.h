/* san-restore-page.h - a store made anew from a backup, by the recovery code */
#pragma once
#include "san-page.h"
G_BEGIN_DECLS
#define SAN_TYPE_RESTORE_PAGE (san_restore_page_get_type ())
G_DECLARE_FINAL_TYPE (SanRestorePage, san_restore_page, SAN, RESTORE_PAGE, SanPage)
G_END_DECLS
