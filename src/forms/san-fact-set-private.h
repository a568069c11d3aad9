/* san-fact-set-private.h - the inside of a fact set, for the file that cuts time into stays */
#pragma once
#include "san-fact-set.h"
G_BEGIN_DECLS

typedef struct
{
  SanFactRecord  pub;
  const SanForm *form;                      /* NULL: unknown to this version */
  GPtrArray     *answers;           /* const SanFactAnswer*, by field, those shown first in front */
  GPtrArray     *gone;              /* (nullable) const char*: places of rows taken away */
  SanMoment      moment;
  guint          stay;                      /* index; meaningless while there is no stay */
} SanRecordState;

struct _SanFactSet
{
  gatomicrefcount ref_count;
  SanCatalogue   *catalogue;
  GStringChunk   *strings;
  GHashTable     *records;                  /* SanId16 -> SanRecordState */
  GPtrArray      *order;                    /* SanRecordState, oldest moment first once settled */
  GHashTable     *facts;  /* name -> GPtrArray of const SanFactAnswer*, newest first once settled */
  GArray         *stays;                    /* of SanStay */
  gboolean        is_settled;
};

/* Moments, stays and the stay of each record; san-fact-set.c sorts by them afterwards. */
void                 san_stays_settle   (SanFactSet *self);
const SanFactAnswer *san_record_find    (const SanRecordState *record, const char *field);
const SanFactAnswer *san_record_find_meaning (const SanFactSet *self, const SanRecordState *record,
                                              SanMeaning meaning);
/* < 0: a is the newer writing */
int                  san_writing_compare (const SanFactAnswer *a, const SanFactAnswer *b);

G_END_DECLS
