/* san-change-private.h - what the reader and the builder of change lists check alike */
#pragma once
#include "san-change.h"
G_BEGIN_DECLS

int      san_change_compare     (const SanId16 *record_a, const char *form_a, const char *field_a,
                                 const SanId16 *record_b, const char *form_b, const char *field_b);
int      san_target_compare     (const SanTarget *a, const SanTarget *b);
gboolean san_field_is_well_formed (const char *field, gsize n);
/* Why a value cannot stand in the field: a reserved field's type, or a superseding $amend; NULL: it
 * can. */
const char *san_field_refuses   (const char *field, const SanValue *value, guint n_targets);

G_END_DECLS
