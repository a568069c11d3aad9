/* san-fact-set.h - what is known of one dossier: records, their answers, facts and stays
 *
 * The caller fills a set with the current answers that her login may read; everything asked of
 * it afterwards is a pure function of what was put in, whatever the order. */
#pragma once
#include "san-catalogue.h"
#include "san-condition.h"
#include "san-value.h"
G_BEGIN_DECLS

typedef struct _SanFactSet SanFactSet;      /* reference counted; fill it, then only read it */

/* One filled-in form. Copied when added; pointers in a record handed out belong to the set. */
typedef struct
{
  SanId16     record;
  const char *form;
  SanInstant  written;       /* wall clock of its first entry */
  gboolean    finished;
  SanInstant  finished_at;   /* wall clock of the finishing entry */
} SanFactRecord;

/* One current answer. Copied when added; the value is referenced. */
typedef struct
{
  SanId16     record;
  const char *form;          /* filled in by the set; not looked at when adding */
  const char *field;         /* concrete: `alias`, `people.k3f9q2aa.name` */
  const char *fact;          /* filled in by the set: the fact that the field states, or NULL */
  SanValue   *value;
  guint       compartment;   /* of the part that it was read from */
  SanId32     entry;
  guint       number;        /* of the change in that part */
  SanInstant  wall;          /* wall clock of the entry */
  gboolean    doubtful;
} SanFactAnswer;

/* A moment known to a minute, a day, a month or a year: the first and last ms that it can mean. */
typedef struct { gint64 first, last; gboolean exact; } SanMoment;

/* One admission or return, up to the exit that names it. */
typedef struct
{
  SanId16   start;           /* record that began it */
  SanId16   exit;            /* record of its exit, perhaps only planned; zero: none */
  SanMoment from;            /* arrival; the wall clock of the record while nobody answered it */
  SanMoment left;            /* meaningful with has_left */
  gboolean  has_arrival;     /* the record states child.admitted-at */
  gboolean  has_left;        /* her exit says when she left: the stay is over */
  gint64    until;           /* first ms that belongs to the next stay; G_MAXINT64: the last */
} SanStay;

SanFactSet          *san_fact_set_new           (SanCatalogue        *catalogue);
SanFactSet          *san_fact_set_ref           (SanFactSet          *self);
void                 san_fact_set_unref         (SanFactSet          *self);
SanCatalogue        *san_fact_set_get_catalogue (SanFactSet          *self);   /* (transfer none) */
/* Withdrawn records are not added. Records first, then answers; answers of unknown records are
 * dropped. Of several current answers of one field add all, in the order shown. */
void                 san_fact_set_add_record    (SanFactSet          *self,
                                                 const SanFactRecord *record);
void                 san_fact_set_add_answer    (SanFactSet          *self,
                                                 const SanFactAnswer *answer);

/* Records */
const SanFactRecord *san_fact_set_find_record   (SanFactSet          *self,
                                                 const SanId16       *record);
/* (transfer container) const SanFactRecord*, oldest moment first */
GPtrArray           *san_fact_set_list_records  (SanFactSet          *self,
                                                 const char          *form,      /* NULL: all */
                                                 const SanStay       *stay);     /* NULL: all */
/* (transfer container) const SanFactRecord* whose record fields name @record */
GPtrArray           *san_fact_set_list_naming   (SanFactSet          *self,
                                                 const SanId16       *record);
/* the answer shown, no-answers too; NULL: blank */
const SanValue      *san_fact_set_get_value     (SanFactSet          *self,
                                                 const SanId16       *record,
                                                 const char          *field);
/* (transfer container) const SanFactAnswer* by field name */
GPtrArray           *san_fact_set_list_answers  (SanFactSet          *self,
                                                 const SanId16       *record);
/* (transfer full) (element-type utf8) keys of the rows of a table that were not taken away, by the
 * place that each was given; a row without one comes after those, by its key */
GPtrArray           *san_fact_set_list_rows     (SanFactSet          *self,
                                                 const SanId16       *record,
                                                 const char          *table);
/* The moment that the record speaks of: its form's dated-by field, else when it was written. */
gboolean             san_fact_set_get_moment    (SanFactSet          *self,
                                                 const SanId16       *record,
                                                 SanMoment           *out);

/* Facts. No-answers never count here. Newest first: by stay, then (facts ordered by their
 * record's date) that date, then writing: not doubtful, later wall clock, larger entry id. */
/* (transfer container) const SanFactAnswer* */
GPtrArray           *san_fact_set_list          (SanFactSet          *self,
                                                 const char          *fact,
                                                 const SanStay       *stay);     /* NULL: all */
const SanFactAnswer *san_fact_set_get_newest    (SanFactSet          *self,
                                                 const char          *fact,
                                                 const SanStay       *stay);
const SanFactAnswer *san_fact_set_get_in_record (SanFactSet          *self,
                                                 const char          *fact,
                                                 const SanId16       *record);
/* the fact's compartment is in the mask */
gboolean             san_fact_set_has_readable  (SanFactSet          *self,
                                                 const char          *fact,
                                                 guint                mask);

/* Stays, earliest first. */
guint                san_fact_set_get_n_stays   (SanFactSet          *self);
const SanStay       *san_fact_set_get_stay      (SanFactSet          *self,
                                                 guint                i);
const SanStay       *san_fact_set_get_last_stay (SanFactSet          *self);    /* NULL: none yet */
/* the stay a record belongs to */
const SanStay       *san_fact_set_find_stay     (SanFactSet          *self,
                                                 const SanId16       *record);

/* Age in whole years on a day, as a range: from child.birth, else child.age-said counted on from
 * the day on which it was said. */
gboolean             san_fact_set_get_age       (SanFactSet          *self,
                                                 gint32               on_day,
                                                 int                 *youngest,
                                                 int                 *oldest);
/* Moment that a date or instant means; FALSE for other values. zone: for dates. */
gboolean             san_moment_from_value      (const SanValue      *value,
                                                 gint16               zone,
                                                 SanMoment           *out);

/* A scope for conditions: names are fields of @record (NULL: none) first, then facts, newest in
 * @stay (NULL: any). All borrowed; lives as long as the caller keeps them. */
typedef struct
{
  SanFactSet    *set;
  const SanId16 *record;
  const SanStay *stay;
  gint32         on_day;     /* for age() */
} SanFactScope;
void                 san_fact_scope_init        (const SanFactScope  *self,
                                                 SanConditionScope   *out);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SanFactSet, san_fact_set_unref)

G_END_DECLS
