/* san-devices-view.h - the laptops of the centre */
#pragma once
#include "san-desk.h"
G_BEGIN_DECLS
#define SAN_TYPE_DEVICES_VIEW (san_devices_view_get_type ())
G_DECLARE_FINAL_TYPE (SanDevicesView, san_devices_view, SAN, DEVICES_VIEW, GtkWidget)
GtkWidget *san_devices_view_new     (SanDesk *desk);
void       san_devices_view_refresh (SanDevicesView *self);
G_END_DECLS
