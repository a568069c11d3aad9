/* san-checks.h - verify and rebuild */
#pragma once
#include "san-carry.h"
G_BEGIN_DECLS

typedef struct { guint64 entries; guint64 pieces; GPtrArray *problems; /* (element-type utf8) */ } SanVerifyResult;
void             san_verify_result_free (SanVerifyResult *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SanVerifyResult, san_verify_result_free)
SanVerifyResult *san_checks_verify      (SanCentre *self, gboolean whole, SanProgress progress, gpointer data,
                                         GCancellable *cancellable, GError **error);   /* a whole check is remembered: san_carry_get_times() */
gboolean         san_checks_rebuild     (SanCentre *self, GCancellable *cancellable, GError **error);
char            *san_checks_digest      (SanCentre *self, GError **error);   /* of all views that this login reads; equal for equal entries and keyrings */

G_END_DECLS
