/* san-today-house.h - Today of a house mother: three large buttons, picture and word, one level
 * deep */
#pragma once
#include "san-desk.h"
G_BEGIN_DECLS
gboolean san_today_is_house     (SanDesk *desk);  /* she works in the house and has no other role */
void     san_today_house_fill   (GtkBox *large, SanDesk *desk);
G_END_DECLS
