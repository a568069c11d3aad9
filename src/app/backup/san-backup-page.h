/* san-backup-page.h - last backup, last check, last exchange, and doing the first two now */
#pragma once
#include "san-page.h"
G_BEGIN_DECLS
#define SAN_TYPE_BACKUP_PAGE (san_backup_page_get_type ())
G_DECLARE_FINAL_TYPE (SanBackupPage, san_backup_page, SAN, BACKUP_PAGE, SanPage)
G_END_DECLS
