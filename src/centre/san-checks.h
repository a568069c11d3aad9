/* san-checks.h - verify and rebuild */
#pragma once
#include "san-carry.h"
G_BEGIN_DECLS

typedef struct
{
  guint64 entries;
  guint64 pieces;
  GPtrArray *problems; /* (element-type utf8) */
} SanVerifyResult;
void             san_verify_result_free (SanVerifyResult *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SanVerifyResult, san_verify_result_free)
SanVerifyResult *san_checks_verify      (SanCentre *self, gboolean whole, SanProgress progress,
                                         gpointer data,
                                         /* a whole check is remembered: san_carry_get_times() */
                                         GCancellable *cancellable, GError **error);
/**
 * SanProblemKind:
 * @SAN_PROBLEM_FILE: a database cannot be read whole
 * @SAN_PROBLEM_NOTE: an entry, or its place among the others
 * @SAN_PROBLEM_PIECE: a piece of an attached file
 * @SAN_PROBLEM_PAGES: what is shown is not what the entries say; san_checks_rebuild() helps
 */
typedef enum
{
  SAN_PROBLEM_FILE,
  SAN_PROBLEM_NOTE,
  SAN_PROBLEM_PIECE,
  SAN_PROBLEM_PAGES,
  SAN_N_PROBLEM_KINDS
} SanProblemKind;
/* one of #SanVerifyResult.problems */
SanProblemKind   san_checks_get_kind    (const char *problem);
gboolean         san_checks_rebuild     (SanCentre *self, GCancellable *cancellable,
                                         GError **error);
/* of all views that this login reads; equal for equal entries and keyrings */
char            *san_checks_digest      (SanCentre *self, GError **error);

G_END_DECLS
