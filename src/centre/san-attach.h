/* san-attach.h - a file that somebody attaches to a record */
#pragma once
#include "san-centre-private.h"
#include "san-value.h"
G_BEGIN_DECLS

SanValue *san_attach_file (SanCentre *self, const char *path, GError **error);

G_END_DECLS
