/* san-grant-view.h - who waits to read what you can read: compare her number, then let her
 *
 * Also a page of its own, "grant": the strip that says so leads there. */
#pragma once
#include "san-page.h"
G_BEGIN_DECLS
#define SAN_TYPE_GRANT_VIEW (san_grant_view_get_type ())
G_DECLARE_FINAL_TYPE (SanGrantView, san_grant_view, SAN, GRANT_VIEW, GtkWidget)
GtkWidget *san_grant_view_new     (SanDesk *desk);
void       san_grant_view_refresh (SanGrantView *self);

#define SAN_TYPE_GRANT_PAGE (san_grant_page_get_type ())
G_DECLARE_FINAL_TYPE (SanGrantPage, san_grant_page, SAN, GRANT_PAGE, SanPage)

/* What a compartment holds, in a word or two. */
const char *san_grant_word        (SanCompartment compartment);
/* Looks on the worker, and says with a strip that somebody waits. */
void       san_grant_look         (SanDesk *desk);
G_END_DECLS
