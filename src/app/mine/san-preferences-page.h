/* san-preferences-page.h - how this laptop behaves */
#pragma once
#include "san-page.h"
G_BEGIN_DECLS
#define SAN_TYPE_PREFERENCES_PAGE (san_preferences_page_get_type ())
G_DECLARE_FINAL_TYPE (SanPreferencesPage, san_preferences_page, SAN, PREFERENCES_PAGE, SanPage)
G_END_DECLS
