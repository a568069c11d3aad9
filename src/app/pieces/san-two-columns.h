/* san-two-columns.h - a layout of two children side by side, 60:40, or one under the other
 *
 * They are stacked where the first would get less than 34 em, or either less than it needs. */
#pragma once
#include <gtk/gtk.h>
G_BEGIN_DECLS
#define SAN_TYPE_TWO_COLUMNS (san_two_columns_get_type ())
G_DECLARE_FINAL_TYPE (SanTwoColumns, san_two_columns, SAN, TWO_COLUMNS, GtkLayoutManager)
/* A box laid out so; @share of 100 is the first child's. */
GtkWidget *san_two_columns_box_new (int share);
G_END_DECLS
