/* san-session-page.h - a counselling session, written up in two minutes */
#pragma once
#include "san-form-page.h"
G_BEGIN_DECLS
#define SAN_TYPE_SESSION_PAGE (san_session_page_get_type ())
G_DECLARE_FINAL_TYPE (SanSessionPage, san_session_page, SAN, SESSION_PAGE, SanFormPage)
G_END_DECLS
