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
  SanFactSet     *facts;        /* of one case dossier, or of the house dossier */
  SanDossierKind  dossier;
  guint           readable;     /* mask of the compartments that @facts was filled from */
  guint           compartment;  /* the rows of one view, or SAN_DUE_EVERY_COMPARTMENT */
  gint64          now;          /* ms since 1970 UTC */
  gint16          zone;         /* minutes east: whose midnight ends a day */
  gboolean        doubtful;     /* the clock is: derive again once it is trusted */
} SanDueQuery;

/* Why a date is not to be shown as certain. */
typedef enum
{
  SAN_DUE_CLOCK_DOUBTFUL  = 1 << 0,   /* "now" may be wrong: not judged */
  SAN_DUE_ANCHOR_DOUBTFUL = 1 << 1,   /* the deciding date came from a doubtful clock: not judged */
  SAN_DUE_ANCHOR_ASSUMED  = 1 << 2,   /* nobody said when she came: since that was written */
} SanDueFlags;

typedef enum
{
  SAN_DUE_OVERDUE,
  SAN_DUE_TODAY,
  SAN_DUE_SOON,
  SAN_DUE_LATER,
  SAN_DUE_NOT_JUDGED,
} SanDueState;

typedef struct
{
  const SanMilestone *milestone;
  SanId16       stay;            /* record that began the stay; zero: none (house dossier) */
  SanId16       record;          /* per record: the record it is for; else zero */
  GArray       *children;        /* (nullable) SanId32: house dossier: whom the record names */
  guint         step;            /* which occurrence, from 1 */
  gint64        at;              /* last ms in time: the minute, or the end of its day */
  gint32        day;             /* the local day of it */
  gboolean      exact;           /* counted from the minute: show the hour */
  guint8        precision;       /* SanPrecision of what decides: if no day, it is said */
  gint64        from;            /* an answer counts from here on; G_MININT64: any */
  gint64        notice;          /* from here on it is `soon` */
  gint64        turn;            /* time alone changes rows then: derive again; SAN_DUE_NO_TURN */
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

/* Open dues in a fixed order: at, then milestone, stay, record. Empty, never NULL.
 * (transfer full) (element-type SanDue) */
GPtrArray   *san_due_compute      (const SanDueQuery   *query);
/* What became of a milestone, or (NULL) of all: oldest first.
 * (transfer full) (element-type SanOccurrence) */
GPtrArray   *san_due_list_history (const SanDueQuery   *query,
                                   const SanMilestone  *milestone);
/* Separate from the rows, so that a kept row is judged again at any moment without deriving it. */
SanDueState  san_due_judge        (gint64               at,
                                   gint64               notice,
                                   guint                flags,
                                   gint64               now,
                                   gint16               zone);
SanDueState  san_due_state        (const SanDue        *self,
                                   gint64               now,
                                   gint16               zone);
const char  *san_due_state_name   (SanDueState          state);      /* the last: "unsure" */
void         san_due_free         (SanDue              *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SanDue, san_due_free)

G_END_DECLS
