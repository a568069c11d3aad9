/* san-headbar.h - the bar above the pages: back, search, heading, names, lock, menu */
#pragma once
#include "san-desk.h"
#include "san-pages.h"
G_BEGIN_DECLS
#define SAN_TYPE_HEADBAR (san_headbar_get_type ())
G_DECLARE_FINAL_TYPE (SanHeadbar, san_headbar, SAN, HEADBAR, GtkWidget)
void san_headbar_set_desk    (SanHeadbar *self, SanDesk *desk, GtkRevealer *side);
void san_headbar_set_page    (SanHeadbar *self, const SanPageKind *kind, gboolean has_way_back);
void san_headbar_set_title   (SanHeadbar *self, const char *title);
void san_headbar_set_names   (SanHeadbar *self, gboolean shown);    /* a real name is on the page */
void san_headbar_find        (SanHeadbar *self);         /* focus in the search; again: clears it */
/* (nullable) (borrowed) where the search looks; NULL before it goes */
void san_headbar_set_found   (SanHeadbar *self, SanPage *page);
void san_headbar_toggle_side (SanHeadbar *self);
G_END_DECLS
