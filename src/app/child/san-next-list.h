/* san-next-list.h - what is due next for one child */
#pragma once
#include "san-desk.h"
#include "san-today.h"
G_BEGIN_DECLS

#define SAN_TYPE_NEXT_LIST (san_next_list_get_type ())
G_DECLARE_FINAL_TYPE (SanNextList, san_next_list, SAN, NEXT_LIST, GtkWidget)

GtkWidget *san_next_list_new  (SanDesk *desk);
void       san_next_list_show (SanNextList *self, GPtrArray *rows /* SanTodayRow, only looked at */,
                               guint limit);
/* (nullable) where the focus goes after a welcome */
GtkWidget *san_next_list_get_first (SanNextList *self);

G_END_DECLS
