/* san-timeline.h - all that happened, by month, and what kinds of it to show */
#pragma once
#include "san-child-file.h"
#include "san-desk.h"
G_BEGIN_DECLS

/* @file: looked at as long as it is there. Floating. */
GtkWidget *san_timeline_new (SanDesk *desk, SanChildFile *file);

G_END_DECLS
