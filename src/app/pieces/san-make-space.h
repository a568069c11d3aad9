/* san-make-space.h - the laptop's disk is full while somebody saves */
#pragma once
#include "san-desk.h"
G_BEGIN_DECLS

/* Like san_desk_complain(); a full disk is said with what is safe, what to do, and a button that
 * opens her folder. */
void san_make_space_complain (SanDesk *desk, const GError *error);
void san_make_space_open     (SanDesk *desk);     /* app.make-space: by the desktop's own means */

G_END_DECLS
