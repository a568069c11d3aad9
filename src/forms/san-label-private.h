/* san-label-private.h - how the readers of this room fill a label */
#pragma once
#include "san-label.h"
G_BEGIN_DECLS

SanLabel *san_label_new (void);
void      san_label_add (SanLabel *self, const char *language, const char *text);

G_END_DECLS
