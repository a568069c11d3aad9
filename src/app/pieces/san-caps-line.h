/* san-caps-line.h - says that Caps Lock is on, beside a passphrase; else it is hidden */
#pragma once
#include <gtk/gtk.h>
G_BEGIN_DECLS

#define SAN_TYPE_CAPS_LINE (san_caps_line_get_type ())
G_DECLARE_FINAL_TYPE (SanCapsLine, san_caps_line, SAN, CAPS_LINE, GtkWidget)

G_END_DECLS
