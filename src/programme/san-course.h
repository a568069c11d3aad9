/* san-course.h - private to the room: one milestone running for one stay or one record
 *
 * A course knows from where it is counted, when it ends, and what answers it. san-steps.c makes
 * of it the occurrences that are over and the one that is open. */
#pragma once
#include "san-due.h"
G_BEGIN_DECLS

/* One answer, or one "not needed", that was stated by the end of today. */
typedef struct
{
  gint64   first, last;      /* ms that it can mean */
  gint64   place;            /* where it falls among what comes again */
  gint32   day;              /* its day: that end of an imprecise one which counts */
  guint8   precision;
  gboolean is_dated;         /* FALSE: any answer will do, first is when it was written */
  gboolean not_needed;
  guint    flags;            /* SanDueFlags of a date that others are counted from */
  SanId16  record;
} SanCourseAnswer;

typedef struct
{
  const SanDueQuery  *query;
  const SanMilestone *milestone;
  const SanStay      *stay;          /* (nullable) borrowed from the fact set */
  SanId16             record;        /* per record; else zero */
  SanDate             base;          /* the day it is counted from */
  gint32              base_first;    /* the first day that the anchor can mean */
  SanInstant          base_moment;   /* for what is counted in hours */
  gboolean            base_exact;
  guint8              precision;
  guint               flags;         /* SanDueFlags */
  gint64              plus_ms;
  gint64              end;           /* first ms at which it is over; G_MAXINT64: never */
  gint64              turn;          /* something dated in the future begins to count */
  GArray             *answers;       /* SanCourseAnswer, by place */
} SanCourse;

/* Courses of one milestone. (transfer full) */
GPtrArray *san_course_list        (const SanDueQuery *query, const SanMilestone *milestone);
void       san_course_free        (SanCourse *self);
gboolean   san_course_applies     (const SanCourse *self, gint32 on_day);
/* Fills answers and turn. */
void       san_course_collect     (SanCourse *self);

gint64     san_day_start          (gint64 day, gint16 zone);       /* its first ms there */
gint32     san_day_of             (gint64 ms, gint16 zone);

/* An occurrence and what only the open one needs. */
typedef struct
{
  SanOccurrence shown;
  gint64        from, turn;
  guint         flags;
} SanStep;

/* All that is over and, at most one, OPEN; oldest first. (transfer full) (element-type SanStep) */
GArray    *san_course_walk        (const SanCourse *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SanCourse, san_course_free)

G_END_DECLS
