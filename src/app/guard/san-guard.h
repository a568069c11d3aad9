/* san-guard.h - cover, idle lock, and what goes with a lock: popovers, dialogs, our clipboard
 *
 * Belongs to the window. Idle means: none of the window's own events, by a clock that also runs
 * while the laptop sleeps. */
#pragma once
#include "san-desk.h"
G_BEGIN_DECLS

#define SAN_TYPE_GUARD (san_guard_get_type ())
G_DECLARE_FINAL_TYPE (SanGuard, san_guard, SAN, GUARD, GObject)

/* Signal "covered" (gboolean): show the cover instead of the page, or the page again. */
SanGuard *san_guard_new        (GtkWindow *window, SanDesk *desk);
void      san_guard_cover      (SanGuard *self);                 /* F12 */
gboolean  san_guard_is_covered (SanGuard *self);

G_END_DECLS
