/* san-paper-page.h - a file that is attached to a record, looked at inside the window */
#pragma once
#include "san-page.h"
G_BEGIN_DECLS
#define SAN_TYPE_PAPER_PAGE (san_paper_page_get_type ())
G_DECLARE_FINAL_TYPE (SanPaperPage, san_paper_page, SAN, PAPER_PAGE, SanPage)

/* Goes there: @record's answer @name; @form is its form, whose question is the title. */
void san_paper_page_go (SanDesk *desk, const char *form, const SanId32 *child,
                        const SanId16 *record, const char *name);
G_END_DECLS
