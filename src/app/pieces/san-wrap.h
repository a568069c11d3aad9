/* san-wrap.h - a layout of children one after the other, in as many lines as they need
 *
 * Each as wide as it likes to be, from the beginning of the line; a GtkFlowBox would spread them.
 * What is left of a line goes to the first child in it that is set to expand. Children whose valign
 * is GTK_ALIGN_BASELINE stand on one line, whatever their scripts. */
#pragma once
#include <gtk/gtk.h>
G_BEGIN_DECLS
#define SAN_TYPE_WRAP (san_wrap_get_type ())
G_DECLARE_FINAL_TYPE (SanWrap, san_wrap, SAN, WRAP, GtkLayoutManager)
GtkWidget *san_wrap_box_new (int gap);       /* a GtkBox that is laid out so */
GtkWidget *san_wrap_box_new_as (int gap, GtkAccessibleRole role);
void       san_wrap_set_gap (SanWrap *self, int gap);
/**
 * san_wrap_set_columns:
 * @widths: (not nullable): of 100, a 0 at the end; static
 *
 * While there are 56 em for them, children stand in columns, so that rows below each other make a
 * table. A child of which the least does not fit its column makes its row wrap as ever.
 */
void       san_wrap_set_columns (SanWrap *self, const guint8 *widths);
/* Appends to a box laid out so; @column from 0 on, each at most once. */
void       san_wrap_append_at   (GtkWidget *box, GtkWidget *child, guint column);
/* (transfer none): @child in a box that has no baseline. A GtkBox of GTK 4.8 counts baselines in
 * one of its two ways to measure only: icon and word of another script beside each other make it
 * report two heights. One of the two is to stand in this. */
GtkWidget *san_without_baseline (GtkWidget *child);
G_END_DECLS
