/* san-busy-button.h - a button that shows in itself that its work is under way */
#pragma once
#include <gtk/gtk.h>
G_BEGIN_DECLS
#define SAN_TYPE_BUSY_BUTTON (san_busy_button_get_type ())
G_DECLARE_FINAL_TYPE (SanBusyButton, san_busy_button, SAN, BUSY_BUTTON, GtkButton)

/* Property "word": what stands on it. While busy it takes no press and keeps its width. */
void     san_busy_button_set_busy (SanBusyButton *self, gboolean busy);
gboolean san_busy_button_is_busy  (SanBusyButton *self);
G_END_DECLS
