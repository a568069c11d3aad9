/* san-alias.h - an alias must not give away a name */
#pragma once
#include "san-fact-set.h"
G_BEGIN_DECLS

/* FALSE with REFUSED if a word of @alias is a word of any name written in @set (hers, pet names,
 * family, people she fears). A login that reads no names cannot be told. */
gboolean san_alias_check (SanFactSet *set, const char *alias, GError **error);

G_END_DECLS
