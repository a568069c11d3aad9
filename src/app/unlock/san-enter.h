/* san-enter.h - somebody came in: her language, who was here last, what she should know */
#pragma once
#include "san-desk.h"
G_BEGIN_DECLS

/* Opens the desk. The page that asked may be gone afterwards: hold @desk. */
void san_enter (SanDesk *desk, SanCentre *centre /* (transfer full) */, const char *name);

G_END_DECLS
