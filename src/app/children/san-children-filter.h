/* san-children-filter.h - whom of those in care the list shows, and in which order */
#pragma once
#include <gtk/gtk.h>
#include "san-roll.h"
G_BEGIN_DECLS
/* Signal: "changed". Its answers stand side by side and wrap. */
#define SAN_TYPE_CHILDREN_FILTER (san_children_filter_get_type ())
G_DECLARE_FINAL_TYPE (SanChildrenFilter, san_children_filter, SAN, CHILDREN_FILTER, GtkWidget)
/* fills in all but the list itself */
void     san_children_filter_get     (SanChildrenFilter *self, SanRollChoice *choice);
/* without "changed" */
void     san_children_filter_set     (SanChildrenFilter *self, const SanRollChoice *choice);
/* something else than everybody, by bed */
gboolean san_children_filter_is_used (SanChildrenFilter *self);
G_END_DECLS
