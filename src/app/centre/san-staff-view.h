/* san-staff-view.h - the people of the centre: who, which role, slips, removal */
#pragma once
#include "san-desk.h"
G_BEGIN_DECLS
#define SAN_TYPE_STAFF_VIEW (san_staff_view_get_type ())
G_DECLARE_FINAL_TYPE (SanStaffView, san_staff_view, SAN, STAFF_VIEW, GtkWidget)
GtkWidget *san_staff_view_new     (SanDesk *desk);
void       san_staff_view_refresh (SanStaffView *self);
G_END_DECLS
