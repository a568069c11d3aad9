/* san-due.h - what is due for one dossier: a pure function of its answers and the time */
#pragma once
#include "san-fact-set.h"
#include "san-programme.h"
G_BEGIN_DECLS

#define SAN_DUE_EVERY_COMPARTMENT G_MAXUINT
#define SAN_DUE_NO_TURN           G_MAXINT64

typedef struct
{
  SanProgramme   *programme;
  SanFactSet     *facts;         /* of one case dossier, or of the house dossier */
  SanDossierKind  dossier;
  guint           readable;      /* mask of the compartments that @facts was filled from */
  guint           compartment;   /* only milestones of this one: the rows of one view; or SAN_DUE_EVERY_COMPARTMENT */
  gint64          now;           /* ms since 1970 UTC */
  gint16          zone;          /* minutes east: whose midnight ends a day */
  gboolean        doubtful;      /* this laptop's clock is doubtful: derive again once it is trusted */
} SanDueQuery;

/* Why a date is not to be shown as certain. */
typedef enum
{
  SAN_DUE_CLOCK_DOUBTFUL  = 1 << 0,   /* "now" may be wrong: the state is not judged */
  SAN_DUE_ANCHOR_DOUBTFUL = 1 << 1,   /* the deciding answer was written under a doubtful clock: the state is not judged */
  SAN_DUE_ANCHOR_ASSUMED  = 1 << 2,   /* nobody said when she came; counted from when that was written */
} SanDueFlags;

typedef enum { SAN_DUE_OVERDUE, SAN_DUE_TODAY, SAN_DUE_SOON, SAN_DUE_LATER, SAN_DUE_NOT_JUDGED } SanDueState;

typedef struct
{
  const SanMilestone *milestone;
  SanId16       stay;            /* record that began the stay; zero: none (house dossier) */
  SanId16       record;          /* per record: the record it is for; else zero */
  GArray       *children;        /* (nullable) SanId32: house dossier: the children that the record names */
  guint         step;            /* which occurrence, from 1 */
  gint64        at;              /* last ms in time: the minute itself, or the end of its day in the query's zone */
  gint32        day;             /* the local day of it */
  gboolean      exact;           /* counted from the minute: show the hour */
  guint8        precision;       /* SanPrecision of the date that decides: below a day it must be said */
  gint64        from;            /* an answer counts from here on; G_MININT64: any */
  gint64        notice;          /* from here on it is `soon` */
  gint64        turn;            /* time alone changes this row at this ms: derive again; SAN_DUE_NO_TURN */
  guint         missed;          /* earlier occurrences without an answer */
  guint         flags;           /* SanDueFlags */
} SanDue;

/* One occurrence, over or open: for history and for counting what was in time. */
typedef enum
{
  SAN_OCCURRENCE_IN_TIME,
  SAN_OCCURRENCE_LATE,
  SAN_OCCURRENCE_NOT_NEEDED,
  SAN_OCCURRENCE_MISSED,
  SAN_OCCURRENCE_OPEN,
} SanOccurrenceOutcome;

typedef struct
{
  const SanMilestone *milestone;
  SanId16   stay, record;        /* as in SanDue */
  guint     step;
  gint64    at;
  gint32    day;
  gboolean  exact;
  guint8    precision;
  SanOccurrenceOutcome outcome;
  SanId16   answer;              /* record that answered or excused it; zero: none */
  gint64    answered;            /* moment that the answer speaks of; meaningful with an answer */
} SanOccurrence;

/* Open dues in a fixed order: at, then milestone, stay, record. Empty, never NULL. */
GPtrArray   *san_due_compute      (const SanDueQuery   *query);      /* (transfer full) (element-type SanDue) */
/* What became of a milestone, or (NULL) of all: oldest first. */
GPtrArray   *san_due_list_history (const SanDueQuery   *query,
                                   const SanMilestone  *milestone);  /* (transfer full) (element-type SanOccurrence) */
/* Separate from the rows, so that a kept row is judged again at any moment without deriving it. */
SanDueState  san_due_judge        (gint64               at,
                                   gint64               notice,
                                   guint                flags,
                                   gint64               now,
                                   gint16               zone);
SanDueState  san_due_state        (const SanDue        *self,
                                   gint64               now,
                                   gint16               zone);
const char  *san_due_state_name   (SanDueState          state);      /* "overdue", "today", "soon", "later", "unsure" */
void         san_due_free         (SanDue              *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SanDue, san_due_free)

G_END_DECLS
