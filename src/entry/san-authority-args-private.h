/* san-authority-args-private.h - the arguments of each operation, one reader and one writer */
#pragma once
#include "san-authority-body.h"
G_BEGIN_DECLS

/* @args holds exactly the argument bytes; @self->op is set. */
gboolean san_authority_args_take (SanAuthorityBody *self, SanReader *args, GError **error);
void     san_authority_args_put  (const SanAuthorityBody *self, SanWriter *writer);

G_END_DECLS
