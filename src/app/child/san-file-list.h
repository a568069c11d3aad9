/* san-file-list.h - what happened: records of a child, newest first, one line each */
#pragma once
#include "san-child-file.h"
#include "san-desk.h"
G_BEGIN_DECLS

#define SAN_TYPE_FILE_LIST (san_file_list_get_type ())
G_DECLARE_FINAL_TYPE (SanFileList, san_file_list, SAN, FILE_LIST, GtkWidget)

GtkWidget *san_file_list_new  (SanDesk *desk);
/* Shows the rows of one shelf (NULL: of all), grouped by month. @file is only looked at. */
void       san_file_list_show (SanFileList *self, SanChildFile *file, const char *shelf,
                               const char *empty);

G_END_DECLS
