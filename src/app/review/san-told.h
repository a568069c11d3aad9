/* san-told.h - what everybody is told: the recovery code was used; a slip was used twice, a
 * laptop exists twice */
#pragma once
#include <gtk/gtk.h>
#include "san-desk.h"
G_BEGIN_DECLS

/* @can_see: "Seen" ends it for her; else it stays until it is mended. */
typedef struct { char *sentence, *more; gboolean can_see; } SanTold;

/* On the worker. (transfer full): SanTold; of slips and laptops a superintendent alone is told. */
GPtrArray *san_told_list (SanCentre *centre, GError **error);
void       san_told_add  (GtkWidget *lines, GPtrArray *told);    /* a row each */
/* A strip, or none; at coming in, and whenever something changed. */
void       san_told_look (SanDesk *desk);
void       san_told_seen (SanDesk *desk);                        /* she has pressed Seen */

G_END_DECLS
