/* san-today-empty.h - what stands on Today when no row does */
#pragma once
#include "san-desk.h"
#include "san-today.h"
G_BEGIN_DECLS

/* What comes first instead, with a way to the week if it is in it; or how a new centre begins. */
GtkWidget *san_today_empty_new      (SanDesk *desk, const SanToday *today, GCallback see_week,
                                     gpointer data);
GtkWidget *san_today_empty_week_new (void);

G_END_DECLS
