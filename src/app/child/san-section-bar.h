/* san-section-bar.h - the sections of a page as a row of flat buttons that wraps
 *
 * Tab enters the one that is chosen, arrows move. */
#pragma once
#include <gtk/gtk.h>
G_BEGIN_DECLS

#define SAN_TYPE_SECTION_BAR (san_section_bar_get_type ())
G_DECLARE_FINAL_TYPE (SanSectionBar, san_section_bar, SAN, SECTION_BAR, GtkWidget)

/* Signal "chosen" (id). */
void        san_section_bar_add    (SanSectionBar *self, const char *id, const char *label,
                                    gboolean is_protected);
/* without the signal; an unknown id is left alone */
void        san_section_bar_choose (SanSectionBar *self, const char *id);
const char *san_section_bar_get    (SanSectionBar *self);                   /* (nullable) */
/* Ctrl+Tab and its like: goes round, with the signal */
void        san_section_bar_step   (SanSectionBar *self, int step);

G_END_DECLS
