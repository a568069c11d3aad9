/* san-steps.c - a course becomes occurrences: what was answered, what was missed, what is open
 *
 * P6: everything here depends on the time only through comparisons with moments that are kept as
 * turns: between two turns the same rows come out. What comes again stands on days; only what
 * comes once may stand on a minute. */
#include "san-course.h"

#define MAX_STEPS_AHEAD 400u      /* for one that applies: fifteen years of fortnights */

typedef struct
{
  guint    k;
  gint64   at, from;
  gint32   day;
  gboolean exact;
} When;

static gint64
day_end (gint64 day, gint16 zone)
{
  return san_day_start (day + 1, zone) - 1;
}

static void
stand_on_day (const SanCourse *self, gint32 day, When *out)
{
  out->day = day;
  out->at = day_end (day, self->query->zone);
  out->exact = FALSE;
}

static SanStep *
append_step (const SanCourse *self, GArray *steps, const When *when, SanOccurrenceOutcome outcome,
             const SanCourseAnswer *answer)
{
  SanStep step = { { 0 } };

  step.shown.milestone = self->milestone;
  if (self->stay != NULL)
    step.shown.stay = self->stay->start;
  step.shown.record = self->record;
  step.shown.step = when->k;
  step.shown.at = when->at;
  step.shown.day = when->day;
  step.shown.exact = when->exact;
  step.shown.precision = self->precision;
  step.shown.outcome = outcome;
  if (answer != NULL)
    {
      step.shown.answer = answer->record;
      step.shown.answered = answer->first;
    }
  step.from = when->from;
  step.turn = SAN_DUE_NO_TURN;
  step.flags = self->flags;
  g_array_append_val (steps, step);
  return &g_array_index (steps, SanStep, steps->len - 1);
}

static SanOccurrenceOutcome
outcome_of (const When *when, const SanCourseAnswer *answer)
{
  if (answer->not_needed)
    return SAN_OCCURRENCE_NOT_NEEDED;
  return answer->first <= when->at ? SAN_OCCURRENCE_IN_TIME : SAN_OCCURRENCE_LATE;
}

static gboolean
is_over (const SanCourse *self)
{
  return self->end <= self->query->now;
}

/* ---- what comes once ---- */

static gint64
from_of_once (const SanCourse *self)
{
  const SanMilestone *m = self->milestone;
  SanDate day;

  if (m->from_kind == SAN_FROM_ANY || (m->from_kind == SAN_FROM_DEFAULT && m->due.negative))
    return G_MININT64;
  if (m->from_kind == SAN_FROM_DEFAULT)
    return self->base_exact ? self->base_moment.ms
                            : san_day_start (self->base_first, self->query->zone);
  if (m->from.seconds != 0)
    return san_instant_add (&self->base_moment, &m->from, 1).ms;
  day = san_date_add (&self->base, &m->from, 1);
  return san_day_start (day.days, self->query->zone);
}

static void
settle_once (const SanCourse *self, When *out)
{
  const SanMilestone *m = self->milestone;
  gint32 arrived = self->stay != NULL ? san_day_of (self->stay->from.first, self->query->zone) : 0;
  SanDate day;

  out->k = 1;
  out->from = from_of_once (self);
  if (m->due_exact)
    {
      gint64 at = san_instant_add (&self->base_moment, &m->due, 1).ms + self->plus_ms;

      out->at = at;
      out->day = san_day_of (at, self->query->zone);
      out->exact = self->base_exact;
      if (!out->exact)
        stand_on_day (self, san_day_of (at - 1, self->query->zone), out);
      return;
    }
  day = san_date_add (&self->base, &m->due, 1);
  if (m->has_late && day.days < arrived)
    {
      SanDate start = { arrived, SAN_PRECISION_DAY };

      day = san_date_add (&start, &m->late, 1);
    }
  stand_on_day (self, day.days, out);
}

/* First ms at which it is too late to be worth doing. */
static gint64
lapse_of_once (const SanCourse *self, const When *when)
{
  const SanMilestone *m = self->milestone;
  SanInstant at = { when->at, self->query->zone };

  return m->has_lapse ? san_instant_add (&at, &m->lapse, 1).ms + 1 : G_MAXINT64;
}

/* The earliest answer that counts; without one, what was said not to be needed. */
static const SanCourseAnswer *
answer_of_once (const SanCourse *self, const When *when)
{
  const SanCourseAnswer *excused = NULL;

  for (guint i = 0; i < self->answers->len; i++)
    {
      const SanCourseAnswer *answer = &g_array_index (self->answers, SanCourseAnswer, i);

      if (answer->not_needed)
        excused = excused != NULL ? excused : answer;
      else if (!answer->is_dated || answer->last >= when->from)
        return answer;
    }
  return excused;
}

static void
walk_once (const SanCourse *self, GArray *steps)
{
  const SanCourseAnswer *answer;
  When when;
  gint64 lapse;

  settle_once (self, &when);
  if (!san_course_applies (self, when.day))
    return;
  answer = answer_of_once (self, &when);
  lapse = lapse_of_once (self, &when);
  if (answer != NULL)
    append_step (self, steps, &when, outcome_of (&when, answer), answer);
  else if (is_over (self) ? when.at < self->end : lapse <= self->query->now)
    append_step (self, steps, &when, SAN_OCCURRENCE_MISSED, NULL);
  else if (!is_over (self))
    append_step (self, steps, &when, SAN_OCCURRENCE_OPEN, NULL)->turn
        = MIN (self->turn, MIN (self->end, lapse));
}

/* ---- what comes again, by a rhythm ---- */

/* How often `every` fits into `during`; G_MAXUINT without one. */
static guint
count_first_phase (const SanCourse *self)
{
  const SanMilestone *m = self->milestone;
  gint32 last = san_date_add (&self->base, &m->during, 1).days;
  guint n = 0;

  if (!m->has_during)
    return G_MAXUINT;
  while (san_date_add (&self->base, &m->every, (int) n + 1).days <= last)
    n++;
  return n;
}

/* The day of step k (0: the anchor); FALSE: there is no such step. After the last `every` that
 * fits, every gap is `then`. */
static gboolean
day_of_step (const SanCourse *self, guint n_first, guint k, gint32 *out)
{
  const SanMilestone *m = self->milestone;
  SanDate turned;

  if (k <= n_first)
    {
      *out = san_date_add (&self->base, &m->every, (int) k).days;
      return TRUE;
    }
  if (!m->has_then)
    return FALSE;
  turned = san_date_add (&self->base, &m->every, (int) n_first);
  *out = san_date_add (&turned, &m->then, (int) (k - n_first)).days;
  return TRUE;
}

static gboolean
settle_again (const SanCourse *self, guint n_first, guint k, When *out)
{
  gint32 before, day;

  if (!day_of_step (self, n_first, k - 1, &before) || !day_of_step (self, n_first, k, &day))
    return FALSE;
  out->k = k;
  stand_on_day (self, day, out);
  out->from = san_day_start (day - (day - before) / 2, self->query->zone);
  return TRUE;
}

/* Answers lie sorted; @next stands at the first that is not before this step. */
static const SanCourseAnswer *
answer_of_step (const SanCourse *self, const When *when, gint64 next_from, guint *next)
{
  const SanCourseAnswer *found = NULL;

  for (; *next < self->answers->len; (*next)++)
    {
      const SanCourseAnswer *answer = &g_array_index (self->answers, SanCourseAnswer, *next);

      if (answer->place >= next_from)
        break;
      if (answer->place >= when->from
          && (found == NULL || (found->not_needed && !answer->not_needed)))
        found = answer;
    }
  return found;
}

/* After its end only what was due before it is told. */
static void
tell_step_of_the_past (const SanCourse *self, GArray *steps, const When *when,
                       const SanCourseAnswer *answer)
{
  if (answer != NULL)
    append_step (self, steps, when, outcome_of (when, answer), answer);
  else if (when->at < self->end)
    append_step (self, steps, when, SAN_OCCURRENCE_MISSED, NULL);
}

/* P7: one is open, the latest whose time has come, or, once that is answered, the next. */
static void
walk_again (const SanCourse *self, GArray *steps)
{
  guint n_first = count_first_phase (self), next = 0, ahead = 0;
  gint64 now = self->query->now;
  When when, after;
  gboolean has_after, open = FALSE;

  for (gboolean has = settle_again (self, n_first, 1, &when); has && !open;
       has = has_after, when = after)
    {
      gint64 next_from;
      const SanCourseAnswer *answer;

      has_after = settle_again (self, n_first, when.k + 1, &after);
      next_from = has_after ? after.from : G_MAXINT64;
      answer = answer_of_step (self, &when, next_from, &next);
      if (is_over (self) ? when.from >= self->end
                         : when.from > now && ++ahead > MAX_STEPS_AHEAD)
        return;
      if (!san_course_applies (self, when.day))
        continue;
      if (is_over (self))
        tell_step_of_the_past (self, steps, &when, answer);
      else if (answer != NULL)
        append_step (self, steps, &when, outcome_of (&when, answer), answer);
      else if (next_from <= now)
        append_step (self, steps, &when, SAN_OCCURRENCE_MISSED, NULL);
      else
        {
          append_step (self, steps, &when, SAN_OCCURRENCE_OPEN, NULL)->turn
              = MIN (MIN (self->turn, self->end), next_from);
          open = TRUE;
        }
    }
}

/* ---- what is counted from the last time ---- */

static int
compare_by_day (gconstpointer a, gconstpointer b)
{
  const SanCourseAnswer *x = *(const SanCourseAnswer *const *) a;
  const SanCourseAnswer *y = *(const SanCourseAnswer *const *) b;

  if (x->day != y->day)
    return x->day < y->day ? -1 : 1;
  return x->first != y->first ? (x->first < y->first ? -1 : 1)
                              : san_id16_compare (&x->record, &y->record);
}

static void
settle_from (const SanCourse *self, gint32 from_day, guint k, When *out)
{
  SanDate from = { from_day, SAN_PRECISION_DAY };

  out->k = k;
  out->from = san_day_start (from_day, self->query->zone);
  stand_on_day (self, san_date_add (&from, &self->milestone->due, 1).days, out);
}

static void
close_last (const SanCourse *self, GArray *steps, const When *when, const SanCourseAnswer *from)
{
  SanStep *step;

  if (is_over (self) && when->at >= self->end)
    return;
  step = append_step (self, steps, when,
                      is_over (self) ? SAN_OCCURRENCE_MISSED : SAN_OCCURRENCE_OPEN, NULL);
  step->turn = MIN (self->turn, self->end);
  if (from != NULL)
    {
      step->shown.precision = from->precision;
      step->flags = (self->flags & SAN_DUE_CLOCK_DOUBTFUL) | from->flags;
    }
}

static void
walk_last (const SanCourse *self, GArray *steps)
{
  g_autoptr(GPtrArray) answers = g_ptr_array_new ();
  const SanCourseAnswer *last = NULL;
  When when;

  for (guint i = 0; i < self->answers->len; i++)
    g_ptr_array_add (answers, &g_array_index (self->answers, SanCourseAnswer, i));
  g_ptr_array_sort (answers, compare_by_day);
  settle_from (self, self->base.days, 1, &when);
  for (guint i = 0; i < answers->len; i++)
    {
      const SanCourseAnswer *answer = answers->pdata[i];

      if (san_course_applies (self, when.day))
        append_step (self, steps, &when, outcome_of (&when, answer), answer);
      last = answer;
      settle_from (self, MAX (answer->day, self->base.days), i + 2, &when);
    }
  if (san_course_applies (self, when.day))
    close_last (self, steps, &when, last);
}

GArray *
san_course_walk (const SanCourse *self)
{
  GArray *steps = g_array_new (FALSE, TRUE, sizeof (SanStep));

  if (self->milestone->has_rhythm)
    walk_again (self, steps);
  else if (self->milestone->per == SAN_PER_LAST)
    walk_last (self, steps);
  else
    walk_once (self, steps);
  return steps;
}
