/* san-shortcuts-page.h - every key, and what it does */
#pragma once
#include "san-page.h"
G_BEGIN_DECLS
#define SAN_TYPE_SHORTCUTS_PAGE (san_shortcuts_page_get_type ())
G_DECLARE_FINAL_TYPE (SanShortcutsPage, san_shortcuts_page, SAN, SHORTCUTS_PAGE, SanPage)
G_END_DECLS
