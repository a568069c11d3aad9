/* san-scale-items.h - the items of a sheet: a digit answers and goes on */
#pragma once
#include <gtk/gtk.h>
#include "san-answers.h"
#include "san-instrument.h"
G_BEGIN_DECLS

#define SAN_TYPE_SCALE_ITEMS (san_scale_items_get_type ())
G_DECLARE_FINAL_TYPE (SanScaleItems, san_scale_items, SAN, SCALE_ITEMS, GtkWidget)

/* Signals: "answered" (an item changed), "through" (Enter, or the last one was answered). */
GtkWidget *san_scale_items_new         (SanAnswers *answers /* borrowed, outlives it */,
                                        const SanInstrument *instrument);
void       san_scale_items_set_current (SanScaleItems *self, guint at);
guint      san_scale_items_get_current (SanScaleItems *self);

G_END_DECLS
