/* san-condition.h - the small language of show-if, applies-if and if: CONDITIONS.md */
#pragma once
#include "san-value.h"
G_BEGIN_DECLS

typedef struct _SanCondition SanCondition;  /* immutable, reference counted */

typedef struct
{
  /* (transfer full) (nullable): the answer to a field or fact, no-answers too */
  SanValue *(*get_value) (const char *name, gpointer data);
  /* whole years, as a range; FALSE: not known. NULL: age is never known */
  gboolean  (*get_age)   (int *youngest, int *oldest, gpointer data);
  gpointer    data;
} SanConditionScope;

#define SAN_CONDITION_MAX_LENGTH 1024u
#define SAN_CONDITION_MAX_DEPTH  32u

SanCondition        *san_condition_parse     (const char               *text,
                                              /* INVALID, with the column */
                                              GError                  **error);
SanCondition        *san_condition_ref       (SanCondition             *self);
void                 san_condition_unref     (SanCondition             *self);
/* NULL self: holds */
gboolean             san_condition_holds     (const SanCondition       *self,
                                              const SanConditionScope  *scope);
/* every name used, sorted, NULL-ended */
const char * const  *san_condition_get_names (const SanCondition       *self);
gboolean             san_condition_uses_age  (const SanCondition       *self);
/* Calls @check for every name that is compared with a literal (text, number, yes or no, day), so
 * that a definition cannot ask for a code that its list lacks. Stops at the first FALSE. */
typedef gboolean (*SanConditionCheck) (const char *name, const SanValue *literal, gpointer data,
                  GError **error);
gboolean             san_condition_check     (const SanCondition       *self,
                                              SanConditionCheck         check,
                                              gpointer                  data,
                                              GError                  **error);
const char          *san_condition_get_text  (const SanCondition       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SanCondition, san_condition_unref)

G_END_DECLS
