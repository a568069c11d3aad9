/* san-seams.h - chance as a sequence, for whole worlds from one number */
#pragma once
#include <glib.h>
G_BEGIN_DECLS

void seams_begin (void);                  /* once, before any key is made */
void seams_seed  (guint32 seed);

G_END_DECLS
