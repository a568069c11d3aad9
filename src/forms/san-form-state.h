/* san-form-state.h - a form with its answers: what is shown, what is still open, what opens beside
 * it */
#pragma once
#include "san-form.h"
G_BEGIN_DECLS

/* Its own condition and its section's; a hidden field keeps its answer. */
gboolean   san_field_is_shown    (const SanField          *self,
                                  const SanConditionScope *scope);
/* Fields shown, needed for that and blank; the three other answers count as answered. For SIGN
 * what is needed to print counts too. (transfer container) (element-type const SanField*) */
GPtrArray *san_form_list_open    (const SanForm           *self,
                                  SanRequired              required,
                                  const SanConditionScope *scope);
/* (nullable): id of the form of which a record is to be opened now ("see her today") */
const char *san_form_get_opened  (const SanForm           *self,
                                  const SanConditionScope *scope);

G_END_DECLS
