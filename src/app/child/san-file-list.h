/* san-file-list.h - what happened: records of a child, newest first, one line each */
#pragma once
#include "san-child-file.h"
#include "san-desk.h"
G_BEGIN_DECLS

#define SAN_TYPE_FILE_LIST (san_file_list_get_type ())
G_DECLARE_FINAL_TYPE (SanFileList, san_file_list, SAN, FILE_LIST, GtkWidget)

GtkWidget *san_file_list_new  (SanDesk *desk);
#define SAN_FILE_LIST_HERS "hers"       /* in place of a shelf: what stands in her own words */
/* Shows the rows of one shelf (NULL: of all). @file is looked at as long as the list is there. */
void       san_file_list_show (SanFileList *self, SanChildFile *file, const char *shelf,
                               const char *empty);
/* One heading a month; what belongs to earlier stays waits behind one row. Before it is shown. */
void       san_file_list_group (SanFileList *self);

G_END_DECLS
