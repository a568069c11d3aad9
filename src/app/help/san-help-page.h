/* san-help-page.h - the help of one page, and the way to all topics */
#pragma once
#include "san-page.h"
G_BEGIN_DECLS
#define SAN_TYPE_HELP_PAGE (san_help_page_get_type ())
G_DECLARE_FINAL_TYPE (SanHelpPage, san_help_page, SAN, HELP_PAGE, SanPage)
/* Whether it is one of those that are listed. */
gboolean san_help_has (const char *topic);
G_END_DECLS
