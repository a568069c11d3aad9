/* san-course.c - from where a milestone is counted, for which stay or record, and when it ends
 *
 * P3: each stay has its own anchor; nothing of one stay is looked at for another, except where a
 * milestone is per child. Anchors before 1900 or after 2200 are nobody's dates and give no
 * course, which also bounds every walk. */
#include "san-course.h"

#include <string.h>

#define DAY_MS         G_GINT64_CONSTANT (86400000)
#define EARLIEST_DAY   (-25567)          /* 1900-01-01 */
#define LATEST_DAY     84006             /* 2200-01-01 */
#define MAX_PLUS_HOURS 240
#define NEAR_CLOCK_MS  (2 * DAY_MS)

gint64
san_day_start (gint64 day, gint16 zone)
{
  return day * DAY_MS - zone * G_GINT64_CONSTANT (60000);
}

gint32
san_day_of (gint64 ms, gint16 zone)
{
  gint64 local = ms + zone * G_GINT64_CONSTANT (60000);

  return (gint32) (local / DAY_MS - (local % DAY_MS < 0));
}

void
san_course_free (SanCourse *self)
{
  g_array_unref (self->answers);
  g_free (self);
}

/* ---- the anchor ---- */

/* P10: a date that was taken from a doubtful clock makes all that is counted from it doubtful; one
 * that differs from that clock by days was typed by a person. */
static guint
doubt_of (const SanFactAnswer *answer, const SanMoment *moment)
{
  gint64 wall = answer->wall.ms;

  return answer->doubtful && moment->last > wall - NEAR_CLOCK_MS
                 && moment->first < wall + NEAR_CLOCK_MS
             ? SAN_DUE_ANCHOR_DOUBTFUL : 0;
}

static void
set_base_date (SanCourse *self, const SanDate *date)
{
  gboolean first = self->milestone->precision_first;
  gint16 zone = self->query->zone;

  self->base_first = san_date_get_first (date);
  self->base.days = first ? self->base_first : san_date_get_last (date);
  self->base.precision = SAN_PRECISION_DAY;
  self->base_moment.ms = san_day_start ((gint64) self->base.days + !first, zone);
  self->base_moment.zone = zone;
  self->base_exact = FALSE;
  self->precision = date->precision;
}

static void
set_base_instant (SanCourse *self, const SanInstant *instant)
{
  self->base = san_date_from_instant (instant);
  self->base_first = self->base.days;
  self->base_moment = *instant;
  self->base_exact = TRUE;
  self->precision = SAN_PRECISION_DAY;
}

static gboolean
set_base (SanCourse *self, const SanFactAnswer *answer)
{
  SanDate date;
  SanInstant instant;
  SanMoment moment;

  if (!san_moment_from_value (answer->value, self->query->zone, &moment))
    return FALSE;
  if (moment.first < san_day_start (EARLIEST_DAY, 0) || moment.last > san_day_start (LATEST_DAY, 0))
    return FALSE;
  if (san_value_get_instant (answer->value, &instant))
    set_base_instant (self, &instant);
  else if (san_value_get_date (answer->value, &date))
    set_base_date (self, &date);
  else
    return FALSE;
  self->flags |= doubt_of (answer, &moment);
  return TRUE;
}

/* The answer that counts, of those in one stay (NULL: in all). */
static const SanFactAnswer *
pick_answer (const SanDueQuery *query, const SanMilestone *milestone, const SanStay *stay)
{
  g_autoptr(GPtrArray) answers = san_fact_set_list (query->facts, milestone->anchor, stay);
  const SanFactAnswer *best = answers->len > 0 ? answers->pdata[0] : NULL;
  SanMoment chosen, other;

  if (best == NULL || milestone->pick == SAN_PICK_NEWEST
      || !san_moment_from_value (best->value, query->zone, &chosen))
    return best;
  for (guint i = 1; i < answers->len; i++)
    {
      const SanFactAnswer *candidate = answers->pdata[i];

      if (!san_moment_from_value (candidate->value, query->zone, &other))
        continue;
      if (milestone->pick == SAN_PICK_FIRST ? other.first < chosen.first
                                            : other.last > chosen.last)
        {
          best = candidate;
          chosen = other;
        }
    }
  return best;
}

static gboolean
is_meaning (const SanDueQuery *query, const char *fact, SanMeaning meaning)
{
  SanCatalogue *catalogue = san_programme_get_catalogue (query->programme);
  const SanFact *known = san_catalogue_find_meaning (catalogue, meaning);

  return known != NULL && strcmp (known->name, fact) == 0;
}

/* Arrival is what the stay's own record says, or, assumed, when that was written; leaving counts
 * once her exit says when. */
static gboolean
set_base_for_stay (SanCourse *self)
{
  const SanDueQuery *query = self->query;
  const char *anchor = self->milestone->anchor;
  const SanFactAnswer *answer;

  if (is_meaning (query, anchor, SAN_MEANING_LEAVING) && !self->stay->has_left)
    return FALSE;
  if (!is_meaning (query, anchor, SAN_MEANING_ARRIVAL))
    {
      answer = pick_answer (query, self->milestone, self->stay);
      return answer != NULL && set_base (self, answer);
    }
  answer = san_fact_set_get_in_record (query->facts, anchor, &self->stay->start);
  if (answer != NULL)
    return set_base (self, answer);
  set_base_instant (self, &(SanInstant){ self->stay->from.first, query->zone });
  self->flags |= SAN_DUE_ANCHOR_ASSUMED;
  return self->base.days > EARLIEST_DAY && self->base.days < LATEST_DAY;
}

/* ---- its end ---- */

static gint64
end_of_stay (const SanStay *stay, SanEnds ends, gint64 since)
{
  if (stay == NULL || ends == SAN_ENDS_NEVER)
    return G_MAXINT64;
  if (ends == SAN_ENDS_EXIT && stay->has_left && since < stay->left.first)
    return MIN (stay->left.first, stay->until);
  return stay->until;
}

static const SanFactAnswer *
find_until (const SanCourse *self)
{
  const char *fact = self->milestone->until;
  const SanFactAnswer *answer;

  if (self->milestone->per != SAN_PER_RECORD)
    return san_fact_set_get_newest (self->query->facts, fact,
                                    self->milestone->per == SAN_PER_CHILD ? NULL : self->stay);
  answer = san_fact_set_get_in_record (self->query->facts, fact, &self->record);
  if (answer == NULL)
    {
      g_autoptr(GPtrArray) naming = san_fact_set_list_naming (self->query->facts, &self->record);

      for (guint i = 0; answer == NULL && i < naming->len; i++)
        answer = san_fact_set_get_in_record (self->query->facts, fact,
                                             &((const SanFactRecord *) naming->pdata[i])->record);
    }
  return answer;
}

/* What happened after she left (a session in aftercare) does not end by her having left. */
static void
settle_end (SanCourse *self)
{
  gint64 since = G_MININT64;
  const SanFactAnswer *until;
  SanMoment moment;

  if (self->milestone->per == SAN_PER_RECORD
      && san_fact_set_get_moment (self->query->facts, &self->record, &moment))
    since = moment.first;
  self->end = end_of_stay (self->stay, self->milestone->ends, since);
  if (self->milestone->until == NULL || (until = find_until (self)) == NULL)
    return;
  if (san_moment_from_value (until->value, self->query->zone, &moment))
    self->end = MIN (self->end, moment.first);
}

static void
settle_plus (SanCourse *self)
{
  const char *fact = self->milestone->plus_hours;
  const SanFactAnswer *answer = NULL;
  gint64 hours;

  if (fact == NULL)
    return;
  answer = self->milestone->per == SAN_PER_RECORD
               ? san_fact_set_get_in_record (self->query->facts, fact, &self->record)
               : san_fact_set_get_newest (self->query->facts, fact, self->stay);
  if (answer != NULL && san_value_get_int (answer->value, &hours))
    self->plus_ms = CLAMP (hours, 0, MAX_PLUS_HOURS) * G_GINT64_CONSTANT (3600000);
}

/* ---- one course ---- */

static SanCourse *
course_new (const SanDueQuery *query, const SanMilestone *milestone, const SanStay *stay)
{
  SanCourse *self = g_new0 (SanCourse, 1);

  self->query = query;
  self->milestone = milestone;
  self->stay = stay;
  self->end = G_MAXINT64;
  self->turn = SAN_DUE_NO_TURN;
  self->flags = query->doubtful ? SAN_DUE_CLOCK_DOUBTFUL : 0;
  self->answers = g_array_new (FALSE, TRUE, sizeof (SanCourseAnswer));
  return self;
}

static void
add_course (GPtrArray *courses, SanCourse *course)
{
  settle_end (course);
  settle_plus (course);
  san_course_collect (course);
  g_ptr_array_add (courses, course);
}

/* Already due before she came: counted from her arrival if the milestone says so, else nobody's
 * work here. */
static gboolean
fits_the_stay (SanCourse *self)
{
  SanDate due = san_date_add (&self->base, &self->milestone->due, 1);

  if (due.days >= san_day_of (self->stay->from.first, self->query->zone))
    return TRUE;
  return self->milestone->has_late;
}

static void
list_for_stays (GPtrArray *courses, const SanDueQuery *query, const SanMilestone *milestone)
{
  for (guint i = 0; i < san_fact_set_get_n_stays (query->facts); i++)
    {
      g_autoptr(SanCourse) course
          = course_new (query, milestone, san_fact_set_get_stay (query->facts, i));

      if (set_base_for_stay (course))
        add_course (courses, g_steal_pointer (&course));
    }
}

static void
list_for_child (GPtrArray *courses, const SanDueQuery *query, const SanMilestone *milestone)
{
  const SanStay *stay = san_fact_set_get_last_stay (query->facts);
  const SanFactAnswer *answer = pick_answer (query, milestone, NULL);
  g_autoptr(SanCourse) course = NULL;

  if (stay == NULL || answer == NULL)
    return;
  course = course_new (query, milestone, stay);
  if (set_base (course, answer) && fits_the_stay (course))
    add_course (courses, g_steal_pointer (&course));
}

/* Of several answers in one record (a table) the first shown. */
static void
list_for_records (GPtrArray *courses, const SanDueQuery *query, const SanMilestone *milestone)
{
  g_autoptr(GPtrArray) answers = san_fact_set_list (query->facts, milestone->anchor, NULL);
  g_autoptr(GHashTable) seen = g_hash_table_new (san_id16_hash, san_id16_equal);

  for (guint i = 0; i < answers->len; i++)
    {
      const SanFactAnswer *answer = answers->pdata[i];
      g_autoptr(SanCourse) course = NULL;

      if (!g_hash_table_add (seen, (gpointer) &answer->record))
        continue;
      course = course_new (query, milestone,
                           san_fact_set_find_stay (query->facts, &answer->record));
      course->record = answer->record;
      if (set_base (course, answer))
        add_course (courses, g_steal_pointer (&course));
    }
}

GPtrArray *
san_course_list (const SanDueQuery *query, const SanMilestone *milestone)
{
  GPtrArray *courses = g_ptr_array_new_with_free_func ((GDestroyNotify) san_course_free);

  switch (milestone->per)
    {
    case SAN_PER_RECORD:
      list_for_records (courses, query, milestone);
      break;
    case SAN_PER_CHILD:
      list_for_child (courses, query, milestone);
      break;
    case SAN_PER_STAY:
    case SAN_PER_LAST:
    default:
      list_for_stays (courses, query, milestone);
      break;
    }
  return courses;
}

gboolean
san_course_applies (const SanCourse *self, gint32 on_day)
{
  SanFactScope scope = { self->query->facts,
                         self->milestone->per == SAN_PER_RECORD ? &self->record : NULL,
                         self->stay, on_day };
  SanConditionScope asked;

  if (self->milestone->applies_if == NULL)
    return TRUE;
  san_fact_scope_init (&scope, &asked);
  return san_condition_holds (self->milestone->applies_if, &asked);
}
