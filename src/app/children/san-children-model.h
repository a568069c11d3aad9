/* san-children-model.h - children as a list that reads a page of rows when they come into view */
#pragma once
#include "san-desk.h"
#include "san-roll.h"
G_BEGIN_DECLS

/* One place of the list. Signal "filled": its row is there, or another one than before. */
#define SAN_TYPE_CHILDREN_ITEM (san_children_item_get_type ())
G_DECLARE_FINAL_TYPE (SanChildrenItem, san_children_item, SAN, CHILDREN_ITEM, GObject)
const SanRollRow *san_children_item_get_row (SanChildrenItem *self);  /* (nullable): not read yet */

#define SAN_TYPE_CHILDREN_MODEL (san_children_model_get_type ())
G_DECLARE_FINAL_TYPE (SanChildrenModel, san_children_model, SAN, CHILDREN_MODEL, GObject)

/* Signals: "counted": a first page came, counts are known. */
/* @asker: not owned, outlives the model's use */
SanChildrenModel *san_children_model_new    (SanDesk *desk, GtkWidget *asker);
void              san_children_model_ask    (SanChildrenModel *self,
                                             const char *search /* nullable */,
                                             const SanRollChoice *choice);
void              san_children_model_reload (SanChildrenModel *self);
/* (nullable): its rows are not meant */
const SanRoll    *san_children_model_get_counts (SanChildrenModel *self);
void              san_children_model_detach (SanChildrenModel *self);        /* the asker goes */

G_END_DECLS
