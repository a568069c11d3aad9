/* forms-common.h - the shipped catalogue, and dossiers written down in a few words */
#pragma once
#include "san-answer.h"
#include "san-fact-set.h"
#include "san-prefill.h"
G_BEGIN_DECLS

#define IST 330            /* minutes east of Greenwich */

SanCatalogue  *common_catalogue  (void);   /* the one of SAN_DATA_DIR; borrowed, lives to the end */
void           common_free       (void);
SanId16        common_id         (guint n);                       /* record n */
SanInstant     common_instant    (const char *text);              /* 2026-11-25T20:40, in IST */
SanFactSet    *common_set        (void);
void           common_record     (SanFactSet *set, guint n, const char *form, const char *written);
/* @text as typed at the moment @wall; entries are numbered in the order of the calls */
void           common_answer     (SanFactSet *set, guint n, const char *field, const char *text,
                                  const char *wall);
SanValue      *common_parse      (const char *form, const char *field, const char *text,
                                  const char *now, GError **error);

G_END_DECLS
