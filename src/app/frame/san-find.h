/* san-find.h - the search of the header: a child by any spelling, or a page
 *
 * On a page that filters in place (#SanPageClass.find) it hands the words over; on any other it
 * shows what it found below itself. */
#pragma once
#include "san-page.h"
G_BEGIN_DECLS
#define SAN_TYPE_FIND (san_find_get_type ())
G_DECLARE_FINAL_TYPE (SanFind, san_find, SAN, FIND, GtkWidget)
GtkWidget *san_find_new      (SanDesk *desk);
void       san_find_set_page (SanFind *self, SanPage *page /* borrowed; told before it goes */);
void       san_find_focus    (SanFind *self);           /* again: cleared */
void       san_find_set_narrow (SanFind *self, gboolean narrow);
G_END_DECLS
