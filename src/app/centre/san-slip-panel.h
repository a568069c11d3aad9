/* san-slip-panel.h - a slip's four words, shown once */
#pragma once
#include <gtk/gtk.h>
#include "san-secret.h"
G_BEGIN_DECLS
#define SAN_TYPE_SLIP_PANEL (san_slip_panel_get_type ())
G_DECLARE_FINAL_TYPE (SanSlipPanel, san_slip_panel, SAN, SLIP_PANEL, GtkWidget)
/* Signal "done": it was handed over. */
GtkWidget *san_slip_panel_new (const SanSecret *words, const char *name);
G_END_DECLS
