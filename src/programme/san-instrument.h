/* san-instrument.h - a scoring sheet: which items, which totals, and what a number may mean
 *
 * The questionnaire itself stays on paper. A score is a screen, never a diagnosis. Read only;
 * belongs to the programme that it came from. */
#pragma once
#include "san-fact-set.h"
#include "san-form.h"
#include "san-label.h"
#include "san-value.h"
G_BEGIN_DECLS

#define SAN_INSTRUMENT_MAX_ITEMS 128u
#define SAN_ITEM_FIELD_PREFIX    "i."       /* the form's field of item `sleep` is `i.sleep` */

typedef struct
{
  const char     *key;                      /* topic, never a position: editions differ in order */
  const char     *number;                   /* on the sheet that is shipped */
  const SanLabel *label;                    /* the topic in a word or two, own words */
  guint           n_allowed;
  const int      *allowed;                  /* ascending */
  gboolean        yes_no;
  gboolean        is_counted;               /* part of the total */
  gboolean        is_reversed;
  gboolean        has_alert;
  int             alert_from;               /* an answer of this or more needs someone today */
} SanItemDef;

typedef struct
{
  const char         *id;
  const SanLabel     *label;
  guint               n_items;
  const char * const *items;
} SanSubscale;

typedef struct
{
  const char     *code;                     /* "mild" */
  const SanLabel *label;
  int             from, to;                 /* both included */
  const char     *source;
  SanMark         mark;
} SanBand;

typedef struct
{
  const char        *id;
  guint              version;
  const SanLabel    *label;
  const SanLabel    *meaning;
  const SanLabel    *licence;
  const char        *form;                  /* `score.ID` */
  gboolean           has_min_age, has_max_age;
  int                min_age, max_age;      /* years, both included */
  gboolean           higher_is_better;
  guint              n_items;
  const SanItemDef  *items;
  guint              n_subscales;
  const SanSubscale *subscales;
  int                multiply;              /* total = sum x this */
  int                min_total, max_total;
  guint              max_missing;           /* counted items that may be blank */
  guint              n_bands;
  const SanBand     *bands;                 /* ascending, together the whole range */
  gboolean           has_cut;
  int                cut;                   /* look closer: there, or worse */
  const char        *cut_source;            /* (nullable) */
  SanMark            cut_mark;
  gboolean           has_change;
  int                change;                /* smallest change that is surely one */
  const char        *change_source;         /* (nullable) */
  SanMark            change_mark;
} SanInstrument;

typedef enum
{
  SAN_CHANGE_NOT_JUDGED,                    /* no total, or no published figure */
  SAN_CHANGE_EASIER,
  SAN_CHANGE_NOT_SURE,
  SAN_CHANGE_HARDER,
} SanChangeJudged;

typedef struct
{
  const SanInstrument *instrument;
  guint          n_answered, n_missing;     /* of the counted items */
  guint          n_invalid;                 /* unknown to the sheet; no total then */
  gboolean       has_total;
  int            total;
  int            raw;                       /* sum before it is multiplied */
  gboolean      *has_subtotal;              /* by subscale */
  int           *subtotals;
  const SanBand *band;                      /* (nullable) NULL without a total */
  gboolean       is_positive;               /* at or beyond the cut; FALSE without a total */
  GPtrArray     *alerts;                    /* const SanItemDef*, whatever the total */
  GPtrArray     *alerts_blank;              /* const SanItemDef*: alert items without an answer */
} SanScore;

const SanItemDef *san_instrument_find_item     (const SanInstrument  *self,
                                                const char           *key);     /* (nullable) */
/* Is this age one that the sheet was made for? A range that reaches into it is enough. */
gboolean          san_instrument_fits_age      (const SanInstrument  *self,
                                                int                   youngest,
                                                int                   oldest);
SanScore         *san_instrument_score         (const SanInstrument  *self,
                                                GHashTable           *answers);
/* The same of a filled-in form: its fields `i.KEY`. */
SanScore         *san_instrument_score_record  (const SanInstrument  *self,
                                                SanFactSet           *facts,
                                                const SanId16        *record);
/* (transfer full) (nullable): the last sheet before it that has a total, whatever the stay. */
SanScore         *san_instrument_score_before  (const SanInstrument  *self,
                                                SanFactSet           *facts,
                                                const SanId16        *record);
void              san_score_free               (SanScore             *self);
/* @change: (out) (optional): after - before; untouched without two totals */
SanChangeJudged   san_score_compare            (const SanScore       *before,
                                                const SanScore       *after,
                                                int                  *change);
/* "easier", "harder", "not-sure"; NULL: not judged */
const char       *san_change_get_name          (SanChangeJudged       judged);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SanScore, san_score_free)

G_END_DECLS
