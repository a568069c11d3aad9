/* san-strips.h - conditions that stay at the page's foot until they are over */
#pragma once
#include "san-desk-private.h"
G_BEGIN_DECLS
#define SAN_TYPE_STRIPS (san_strips_get_type ())
G_DECLARE_FINAL_TYPE (SanStrips, san_strips, SAN, STRIPS, GtkWidget)
void san_strips_set      (SanStrips *self, const SanStrip *strip);   /* one a key: replaces */
/* What leads to this page (a static name) is not seen while it is shown. */
void san_strips_set_page (SanStrips *self, const char *page);
void san_strips_remove   (SanStrips *self, const char *key);
G_END_DECLS
