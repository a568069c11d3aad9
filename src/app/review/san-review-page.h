/* san-review-page.h - what was written without seeing each other, one card at a time */
#pragma once
#include "san-page.h"
G_BEGIN_DECLS
#define SAN_TYPE_REVIEW_PAGE (san_review_page_get_type ())
G_DECLARE_FINAL_TYPE (SanReviewPage, san_review_page, SAN, REVIEW_PAGE, SanPage)
G_END_DECLS
