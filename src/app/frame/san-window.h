/* san-window.h - the one window: the door (outside), the pages (inside), the cover */
#pragma once
#include <adwaita.h>
#include "san-desk.h"
G_BEGIN_DECLS

#define SAN_TYPE_WINDOW (san_window_get_type ())
G_DECLARE_FINAL_TYPE (SanWindow, san_window, SAN, WINDOW, AdwApplicationWindow)

SanWindow *san_window_new      (GtkApplication *app, SanDesk *desk);
SanDesk   *san_window_get_desk (SanWindow *self);
void       san_window_cover    (SanWindow *self);             /* F12 */
/* buttons, rows, what is pressed */
void       san_window_set_larger (SanWindow *self, gboolean larger);

G_END_DECLS
