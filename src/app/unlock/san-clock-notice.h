/* san-clock-notice.h - the laptop's date does not fit the notes: said in a strip, until somebody
 * says that it is right */
#pragma once
#include "san-desk.h"
G_BEGIN_DECLS
void san_clock_notice_look  (SanDesk *desk);      /* after unlock: the strip, if there is a doubt */
void san_clock_notice_right (SanDesk *desk);      /* its button: the date is right */
G_END_DECLS
