/* san-safety-panel.h - today, for her: what to do, who is responsible, by when */
#pragma once
#include "san-desk.h"
#include "san-sheet.h"
G_BEGIN_DECLS

#define SAN_TYPE_SAFETY_PANEL (san_safety_panel_get_type ())
G_DECLARE_FINAL_TYPE (SanSafetyPanel, san_safety_panel, SAN, SAFETY_PANEL, GtkWidget)

/* Asks for "see her today" at once, so that it stands on everybody's Today whatever happens then.
 * Takes the focus. Signal: "over" (somebody is responsible, or it was closed).
 * @why: one sentence, for this screen only. */
GtkWidget *san_safety_panel_new (SanDesk *desk, const SanSheet *sheet /* borrowed now */,
                                 const SanId32 *child, const char *why);

G_END_DECLS
