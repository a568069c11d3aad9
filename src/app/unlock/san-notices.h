/* san-notices.h - what happened at unlock that a person should know, as strips */
#pragma once
#include "san-desk.h"
G_BEGIN_DECLS
void san_notices_show (SanDesk *desk);   /* right after it opened */
G_END_DECLS
