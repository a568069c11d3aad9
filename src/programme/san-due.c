/* san-due.c - the rows that are due, what became of them, and how near each is
 *
 * Pure: the same answers and the same time give the same rows, in whatever order the set was
 * filled (P1). The state of a row is asked separately, so that a kept row can be judged at any
 * moment. */
#include "san-due.h"

#include "san-course.h"

#include <string.h>

void
san_due_free (SanDue *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->children, g_array_unref);
  g_free (self);
}

static gboolean
is_asked (const SanDueQuery *query, const SanMilestone *milestone)
{
  return milestone->dossier == query->dossier
         && san_milestone_is_readable (milestone, query->readable)
         && (query->compartment == SAN_DUE_EVERY_COMPARTMENT
             || query->compartment == milestone->compartment);
}

/* ---- rows ---- */

static gint64
notice_of (const SanCourse *course, const SanOccurrence *shown)
{
  const SanDuration *notice = &course->milestone->notice;
  SanInstant at = { shown->at, course->query->zone };
  SanDate day = { shown->day, SAN_PRECISION_DAY };

  if (shown->exact || notice->seconds != 0)
    return san_instant_add (&at, notice, -1).ms;
  return san_day_start (san_date_add (&day, notice, -1).days, course->query->zone);
}

/* The children that a house record names, each once. */
static GArray *
list_children (const SanDueQuery *query, const SanId16 *record)
{
  SanCatalogue *catalogue = san_programme_get_catalogue (query->programme);
  g_autoptr(GPtrArray) answers = san_fact_set_list_answers (query->facts, record);
  g_autoptr(GArray) children = g_array_new (FALSE, FALSE, sizeof (SanId32));

  for (guint i = 0; i < answers->len; i++)
    {
      const SanFactAnswer *answer = answers->pdata[i];
      const SanForm *form = san_catalogue_find_form (catalogue, answer->form);
      const SanField *field = form != NULL ? san_form_find_field (form, answer->field) : NULL;
      gboolean known = FALSE;
      SanId32 child;

      if (field == NULL || field->type != SAN_FIELD_CHILD
          || !san_value_get_id (answer->value, &child))
        continue;
      for (guint c = 0; c < children->len; c++)
        known = known || san_id32_equal (&g_array_index (children, SanId32, c), &child);
      if (!known)
        g_array_append_val (children, child);
    }
  g_array_sort (children, san_id32_compare);
  return children->len > 0 ? g_steal_pointer (&children) : NULL;
}

static SanDue *
due_new (const SanCourse *course, const SanStep *step, guint missed)
{
  const SanOccurrence *shown = &step->shown;
  SanDue *self = g_new0 (SanDue, 1);

  self->milestone = shown->milestone;
  self->stay = shown->stay;
  self->record = shown->record;
  self->step = shown->step;
  self->at = shown->at;
  self->day = shown->day;
  self->exact = shown->exact;
  self->precision = shown->precision;
  self->from = step->from;
  self->notice = notice_of (course, shown);
  self->turn = step->turn;
  self->missed = missed;
  self->flags = step->flags;
  if (course->query->dossier == SAN_DOSSIER_HOUSE)
    self->children = list_children (course->query, &shown->record);
  return self;
}

static void
add_open (GPtrArray *dues, const SanCourse *course)
{
  g_autoptr(GArray) steps = san_course_walk (course);
  guint missed = 0;

  for (guint i = 0; i < steps->len; i++)
    {
      const SanStep *step = &g_array_index (steps, SanStep, i);

      if (step->shown.outcome == SAN_OCCURRENCE_MISSED)
        missed++;
      else if (step->shown.outcome == SAN_OCCURRENCE_OPEN)
        g_ptr_array_add (dues, due_new (course, step, missed));
    }
}

static int
compare_dues (gconstpointer a, gconstpointer b)
{
  const SanDue *x = *(const SanDue *const *) a, *y = *(const SanDue *const *) b;
  int order;

  if (x->at != y->at)
    return x->at < y->at ? -1 : 1;
  order = strcmp (x->milestone->id, y->milestone->id);
  if (order == 0)
    order = san_id16_compare (&x->stay, &y->stay);
  return order != 0 ? order : san_id16_compare (&x->record, &y->record);
}

/**
 * san_due_compute:
 * @query: everything it depends on; borrowed for the call
 *
 * Every change that time alone brings to this list is announced by the turn of a row in it:
 * deriving again at each turn gives what deriving at every moment would (P6).
 */
GPtrArray *
san_due_compute (const SanDueQuery *query)
{
  GPtrArray *dues = g_ptr_array_new_with_free_func ((GDestroyNotify) san_due_free);

  for (guint i = 0; i < san_programme_get_n_milestones (query->programme); i++)
    {
      const SanMilestone *milestone = san_programme_get_milestone (query->programme, i);
      g_autoptr(GPtrArray) courses = NULL;

      if (!is_asked (query, milestone))
        continue;
      courses = san_course_list (query, milestone);
      for (guint c = 0; c < courses->len; c++)
        add_open (dues, courses->pdata[c]);
    }
  g_ptr_array_sort (dues, compare_dues);
  return dues;
}

/* ---- history ---- */

static int
compare_occurrences (gconstpointer a, gconstpointer b)
{
  const SanOccurrence *x = *(const SanOccurrence *const *) a;
  const SanOccurrence *y = *(const SanOccurrence *const *) b;
  int order;

  if (x->at != y->at)
    return x->at < y->at ? -1 : 1;
  order = strcmp (x->milestone->id, y->milestone->id);
  if (order == 0)
    order = san_id16_compare (&x->stay, &y->stay);
  if (order == 0)
    order = san_id16_compare (&x->record, &y->record);
  return order != 0 ? order : (int) x->step - (int) y->step;
}

static void
add_history (GPtrArray *history, const SanDueQuery *query, const SanMilestone *milestone)
{
  g_autoptr(GPtrArray) courses = san_course_list (query, milestone);

  for (guint c = 0; c < courses->len; c++)
    {
      g_autoptr(GArray) steps = san_course_walk (courses->pdata[c]);

      for (guint i = 0; i < steps->len; i++)
        g_ptr_array_add (history, g_memdup2 (&g_array_index (steps, SanStep, i).shown,
                                             sizeof (SanOccurrence)));
    }
}

/**
 * san_due_list_history:
 * @milestone: (nullable): %NULL for all that the query reads
 *
 * What was in time, late, missed or not needed, and what is open.
 */
GPtrArray *
san_due_list_history (const SanDueQuery *query, const SanMilestone *milestone)
{
  GPtrArray *history = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < san_programme_get_n_milestones (query->programme); i++)
    {
      const SanMilestone *candidate = san_programme_get_milestone (query->programme, i);

      if ((milestone == NULL || milestone == candidate) && is_asked (query, candidate))
        add_history (history, query, candidate);
    }
  g_ptr_array_sort (history, compare_occurrences);
  return history;
}

/* ---- how near ---- */

/**
 * san_due_judge:
 * @at: last ms in time
 * @notice: from here on it is soon
 * @flags: #SanDueFlags of the row, or of the clock now
 *
 * A doubtful clock, or a date taken from one, is not judged silently (P10).
 */
SanDueState
san_due_judge (gint64 at, gint64 notice, guint flags, gint64 now, gint16 zone)
{
  if ((flags & (SAN_DUE_CLOCK_DOUBTFUL | SAN_DUE_ANCHOR_DOUBTFUL)) != 0)
    return SAN_DUE_NOT_JUDGED;
  if (now > at)
    return SAN_DUE_OVERDUE;
  if (san_day_of (now, zone) == san_day_of (at, zone))
    return SAN_DUE_TODAY;
  return now >= notice ? SAN_DUE_SOON : SAN_DUE_LATER;
}

SanDueState
san_due_state (const SanDue *self, gint64 now, gint16 zone)
{
  return san_due_judge (self->at, self->notice, self->flags, now, zone);
}

const char *
san_due_state_name (SanDueState state)
{
  static const char *const names[] = { "overdue", "today", "soon", "later", "unsure" };

  return names[state];
}
