/* san-about-view.h - what this centre is, and what this programme is made of */
#pragma once
#include "san-desk.h"
G_BEGIN_DECLS
#define SAN_TYPE_ABOUT_VIEW (san_about_view_get_type ())
G_DECLARE_FINAL_TYPE (SanAboutView, san_about_view, SAN, ABOUT_VIEW, GtkWidget)
GtkWidget *san_about_view_new (SanDesk *desk);
G_END_DECLS
