/* san-ready-page.h - the centre is ready: what one may do next */
#pragma once
#include "san-page.h"
G_BEGIN_DECLS
#define SAN_TYPE_READY_PAGE (san_ready_page_get_type ())
G_DECLARE_FINAL_TYPE (SanReadyPage, san_ready_page, SAN, READY_PAGE, SanPage)
G_END_DECLS
