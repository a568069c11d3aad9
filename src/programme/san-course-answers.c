/* san-course-answers.c - what answers a course, and what was said not to be needed
 *
 * P4: the day that counts is what the answer says, not when it was typed. What lies in the future
 * does not count before its day, and that day is remembered as a turn (P6). */
#include "san-course.h"

#include <string.h>

#define NOT_NEEDED_FORM      "not-needed"
#define NOT_NEEDED_MILESTONE "milestone"
#define NOT_NEEDED_RECORD    "record"
#define NOT_NEEDED_DUE       "due"
#define NOT_NEEDED_ON        "on"

/* Takes the answer in if its day has come; else remembers when it will. */
static void
take (SanCourse *self, const SanCourseAnswer *answer)
{
  gint16 zone = self->query->zone;
  gint32 day = san_day_of (answer->first, zone);

  if (answer->is_dated && day > san_day_of (self->query->now, zone))
    self->turn = MIN (self->turn, san_day_start (day, zone));
  else
    g_array_append_val (self->answers, *answer);
}

/* The last or, if the milestone says so, first end of an imprecise date. */
static void
place_moment (const SanCourse *self, const SanMoment *moment, SanCourseAnswer *out)
{
  out->first = moment->first;
  out->last = moment->last;
  out->place = self->milestone->precision_first ? moment->first : moment->last;
}

static void
place_value (const SanCourse *self, const SanValue *value, const SanMoment *moment,
             SanCourseAnswer *out)
{
  SanDate date;
  SanInstant instant;

  place_moment (self, moment, out);
  out->is_dated = TRUE;
  if (san_value_get_instant (value, &instant))
    out->day = san_date_from_instant (&instant).days;
  else if (san_value_get_date (value, &date))
    {
      out->day = self->milestone->precision_first ? san_date_get_first (&date)
                                                  : san_date_get_last (&date);
      out->precision = date.precision;
    }
}

static void
take_fact_answer (SanCourse *self, const SanFactAnswer *answer)
{
  SanCourseAnswer taken = { 0 };
  SanMoment moment;

  taken.record = answer->record;
  if (san_moment_from_value (answer->value, self->query->zone, &moment))
    {
      place_value (self, answer->value, &moment, &taken);
      if (answer->doubtful && ABS (moment.first - answer->wall.ms) < G_GINT64_CONSTANT (172800000))
        taken.flags = SAN_DUE_ANCHOR_DOUBTFUL;
    }
  else
    {
      taken.first = taken.last = taken.place = answer->wall.ms;
      taken.day = san_date_from_instant (&answer->wall).days;
    }
  take (self, &taken);
}

/* ---- which records may answer ---- */

static gboolean
holds_in_record (const SanCourse *self, const SanFulfilment *way, const SanId16 *record)
{
  SanFactScope scope = { self->query->facts, record, self->stay,
                         san_day_of (self->query->now, self->query->zone) };
  SanConditionScope asked;
  const SanFactRecord *known = san_fact_set_find_record (self->query->facts, record);
  SanMoment moment;

  if (known == NULL || (way->form != NULL && strcmp (known->form, way->form) != 0)
      || (way->finished && !known->finished))
    return FALSE;
  if (way->only_if == NULL)
    return TRUE;
  if (san_fact_set_get_moment (self->query->facts, record, &moment))
    scope.on_day = san_day_of (moment.first, self->query->zone);
  san_fact_scope_init (&scope, &asked);
  return san_condition_holds (way->only_if, &asked);
}

/* A later record of the same form: its value lies after the anchor record's own. */
static gboolean
is_later (const SanCourse *self, const SanFulfilment *way, const SanFactAnswer *answer)
{
  const SanFactAnswer *own
      = san_fact_set_get_in_record (self->query->facts, way->fact, &self->record);
  SanMoment mine, other;

  if (san_id16_equal (&answer->record, &self->record)
      || !san_moment_from_value (answer->value, self->query->zone, &other))
    return FALSE;
  if (own == NULL || !san_moment_from_value (own->value, self->query->zone, &mine))
    return san_fact_set_get_moment (self->query->facts, &self->record, &mine)
           && other.first > mine.last;
  return other.first > mine.last;
}

static gboolean
is_of_course (const SanCourse *self, const SanFulfilment *way, const SanFactAnswer *answer,
              GPtrArray *naming)
{
  if (self->milestone->per != SAN_PER_RECORD)
    return TRUE;
  if (way->later)
    return is_later (self, way, answer);
  if (san_id16_equal (&answer->record, &self->record))
    return TRUE;
  for (guint i = 0; i < naming->len; i++)
    if (san_id16_equal (&((const SanFactRecord *) naming->pdata[i])->record, &answer->record))
      return TRUE;
  return FALSE;
}

/* Records of other stays may answer what is per record or per child. */
static const SanStay *
answering_stay (const SanCourse *self)
{
  return self->milestone->per == SAN_PER_RECORD || self->milestone->per == SAN_PER_CHILD
             ? NULL : self->stay;
}

static void
collect_facts (SanCourse *self, const SanFulfilment *way, GPtrArray *naming)
{
  g_autoptr(GPtrArray) answers
      = san_fact_set_list (self->query->facts, way->fact, answering_stay (self));

  for (guint i = 0; i < answers->len; i++)
    {
      const SanFactAnswer *answer = answers->pdata[i];

      if (is_of_course (self, way, answer, naming)
          && holds_in_record (self, way, &answer->record))
        take_fact_answer (self, answer);
    }
}

/* Without a fact: the day of finish. */
static void
collect_finished (SanCourse *self, const SanFulfilment *way, GPtrArray *naming)
{
  g_autoptr(GPtrArray) records
      = san_fact_set_list_records (self->query->facts, way->form, answering_stay (self));

  for (guint i = 0; i < records->len; i++)
    {
      const SanFactRecord *record = records->pdata[i];
      SanFactAnswer asked = { .record = record->record };
      g_autoptr(SanValue) value = NULL;
      SanCourseAnswer taken = { .record = record->record };
      SanMoment moment;

      if (!record->finished || !is_of_course (self, way, &asked, naming)
          || !holds_in_record (self, way, &record->record))
        continue;
      value = san_value_new_instant (&record->finished_at);
      if (!san_moment_from_value (value, self->query->zone, &moment))
        continue;
      place_value (self, value, &moment, &taken);
      take (self, &taken);
    }
}

/* ---- not needed ---- */

static gboolean
get_moment (const SanCourse *self, const SanId16 *record, const char *field, SanMoment *out)
{
  const SanValue *value = san_fact_set_get_value (self->query->facts, record, field);

  return value != NULL && san_moment_from_value (value, self->query->zone, out);
}

/* P5: it counts only where those who have the milestone read it: all of them see the same. */
static gboolean
is_written_in_reach (const SanCourse *self, const SanId16 *record)
{
  g_autoptr(GPtrArray) answers = san_fact_set_list_answers (self->query->facts, record);
  guint reach = self->milestone->needs | 1u << SAN_COMPARTMENT_HOUSE;

  for (guint i = 0; i < answers->len; i++)
    {
      const SanFactAnswer *answer = answers->pdata[i];

      if (strcmp (answer->field, NOT_NEEDED_MILESTONE) == 0)
        return (reach & (1u << answer->compartment)) != 0;
    }
  return FALSE;
}

static gboolean
speaks_of_course (const SanCourse *self, const SanId16 *record)
{
  const SanValue *milestone
      = san_fact_set_get_value (self->query->facts, record, NOT_NEEDED_MILESTONE);
  const SanValue *named = san_fact_set_get_value (self->query->facts, record, NOT_NEEDED_RECORD);
  g_autofree char *id = milestone != NULL ? san_value_dup_text (milestone) : NULL;
  SanId16 which;

  if (g_strcmp0 (id, self->milestone->id) != 0 || !is_written_in_reach (self, record))
    return FALSE;
  if (self->milestone->per != SAN_PER_RECORD)
    return TRUE;
  return named != NULL && san_value_get_record (named, &which)
         && san_id16_equal (&which, &self->record);
}

/* Of what comes again, the occurrence is named by the day it was due, else by when it was said. */
static void
take_not_needed (SanCourse *self, const SanId16 *record)
{
  SanCourseAnswer taken = { .record = *record, .not_needed = TRUE, .is_dated = TRUE };
  SanMoment on, due;

  if (!get_moment (self, record, NOT_NEEDED_ON, &on)
      && !san_fact_set_get_moment (self->query->facts, record, &on))
    return;
  place_moment (self, &on, &taken);
  taken.day = san_day_of (taken.place, self->query->zone);
  if (self->milestone->has_rhythm && get_moment (self, record, NOT_NEEDED_DUE, &due))
    taken.place = due.last;
  take (self, &taken);
}

static void
collect_not_needed (SanCourse *self)
{
  g_autoptr(GPtrArray) records = san_fact_set_list_records (self->query->facts, NOT_NEEDED_FORM,
                                                           answering_stay (self));

  for (guint i = 0; i < records->len; i++)
    {
      const SanFactRecord *record = records->pdata[i];

      if (speaks_of_course (self, &record->record))
        take_not_needed (self, &record->record);
    }
}

/* ---- all of it ---- */

/* By place; on the same one real answers first, then by record, so that nothing depends on the
 * order in which the set was filled. */
static int
compare_answers (gconstpointer a, gconstpointer b)
{
  const SanCourseAnswer *x = a, *y = b;

  if (x->place != y->place)
    return x->place < y->place ? -1 : 1;
  if (x->not_needed != y->not_needed)
    return x->not_needed ? 1 : -1;
  if (x->first != y->first)
    return x->first < y->first ? -1 : 1;
  return san_id16_compare (&x->record, &y->record);
}

void
san_course_collect (SanCourse *self)
{
  g_autoptr(GPtrArray) naming = self->milestone->per == SAN_PER_RECORD
                                    ? san_fact_set_list_naming (self->query->facts, &self->record)
                                    : g_ptr_array_new ();

  for (guint i = 0; i < self->milestone->n_fulfilments; i++)
    {
      const SanFulfilment *way = &self->milestone->fulfilments[i];

      if (way->fact != NULL)
        collect_facts (self, way, naming);
      else
        collect_finished (self, way, naming);
    }
  collect_not_needed (self);
  g_array_sort (self->answers, compare_answers);
}
