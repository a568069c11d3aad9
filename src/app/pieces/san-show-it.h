/* san-show-it.h - under "already open on this laptop": the button that leads to that window */
#pragma once
#include "san-desk.h"
G_BEGIN_DECLS
#define SAN_TYPE_SHOW_IT (san_show_it_get_type ())
G_DECLARE_FINAL_TYPE (SanShowIt, san_show_it, SAN, SHOW_IT, GtkButton)

/* Hidden until it was found that a window has the store. Once that window came forward this
 * process ends. */
void san_show_it_look (SanShowIt *self, SanDesk *desk, GtkLabel *said, const GError *error);
void san_show_it_hide (SanShowIt *self);                    /* there is something else to say */
G_END_DECLS
