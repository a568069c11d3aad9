/* san-stays.c - her time cut into stays
 *
 * A stay begins with each record of a form that has the fact of arrival, also while its answer is
 * blank. An exit ends the stay that it names; one that names none, the stay of its own date. All
 * other records belong to the stay of the day that they speak of, so a late write-up finds its
 * stay, and correcting the arrival of one stay moves no other. */
#include "san-fact-set-private.h"

#include <string.h>

static SanMoment
moment_of_instant (const SanInstant *instant)
{
  SanMoment moment = { instant->ms, instant->ms, TRUE };

  return moment;
}

/* ---- moments of records ---- */

static void
settle_moment (SanRecordState *record)
{
  const SanFactAnswer *answer = NULL;

  record->moment = moment_of_instant (&record->pub.written);
  if (record->form != NULL && record->form->dated_by != NULL)
    answer = san_record_find (record, record->form->dated_by);
  if (answer != NULL)
    san_moment_from_value (answer->value, answer->wall.zone, &record->moment);
}

/* ---- beginnings ---- */

static int
compare_stays (gconstpointer a, gconstpointer b)
{
  const SanStay *x = a, *y = b;

  if (x->from.first != y->from.first)
    return x->from.first < y->from.first ? -1 : 1;
  return san_id16_compare (&x->start, &y->start);
}

static void
begin_stay (SanFactSet *self, const SanRecordState *record)
{
  const SanFactAnswer *arrival = san_record_find_meaning (self, record, SAN_MEANING_ARRIVAL);
  SanStay stay;

  memset (&stay, 0, sizeof stay);
  stay.start = record->pub.record;
  stay.until = G_MAXINT64;
  stay.from = moment_of_instant (&record->pub.written);
  if (arrival != NULL)
    stay.has_arrival = san_moment_from_value (arrival->value, arrival->wall.zone, &stay.from);
  g_array_append_val (self->stays, stay);
}

/* ---- belonging ---- */

/* The latest stay that had begun by then; before all of them: the first. */
static guint
stay_at (const SanFactSet *self, gint64 last)
{
  guint found = 0;

  for (guint i = 1; i < self->stays->len; i++)
    if (g_array_index (self->stays, SanStay, i).from.first <= last)
      found = i;
  return found;
}

static gboolean
stay_of_start (const SanFactSet *self, const SanId16 *start, guint *out)
{
  for (guint i = 0; i < self->stays->len; i++)
    if (san_id16_equal (&g_array_index (self->stays, SanStay, i).start, start))
      {
        *out = i;
        return TRUE;
      }
  return FALSE;
}

static void
settle_stay_of (SanFactSet *self, SanRecordState *record)
{
  const SanFactAnswer *named;
  SanId16 start;

  if (record->form != NULL && record->form->starts_stay
      && stay_of_start (self, &record->pub.record, &record->stay))
    return;
  named = record->form != NULL && record->form->ends_stay
            ? san_record_find_meaning (self, record, SAN_MEANING_STAY) : NULL;
  if (named != NULL && san_value_get_record (named->value, &start)
      && stay_of_start (self, &start, &record->stay))
    return;
  record->stay = stay_at (self, record->moment.last);
}

/* ---- ends ---- */

/* An exit with a day of leaving goes before one that only plans it, then the newer writing. */
static gboolean
is_better_exit (SanFactSet *self, const SanRecordState *a, const SanRecordState *b)
{
  const SanFactAnswer *left_a = san_record_find_meaning (self, a, SAN_MEANING_LEAVING);
  const SanFactAnswer *left_b = san_record_find_meaning (self, b, SAN_MEANING_LEAVING);

  if (left_a != NULL && left_b != NULL)
    return san_writing_compare (left_a, left_b) < 0;
  if (left_a != NULL || left_b != NULL)
    return left_a != NULL;
  if (a->pub.written.ms != b->pub.written.ms)
    return a->pub.written.ms > b->pub.written.ms;
  return san_id16_compare (&a->pub.record, &b->pub.record) > 0;
}

static void
end_stay (SanFactSet *self, const SanRecordState *record)
{
  SanStay *stay = &g_array_index (self->stays, SanStay, record->stay);
  const SanFactAnswer *left = san_record_find_meaning (self, record, SAN_MEANING_LEAVING);

  if (!san_id16_is_zero (&stay->exit)
      && !is_better_exit (self, record, g_hash_table_lookup (self->records, &stay->exit)))
    return;
  stay->exit = record->pub.record;
  stay->has_left =
      left != NULL && san_moment_from_value (left->value, left->wall.zone, &stay->left);
}

void
san_stays_settle (SanFactSet *self)
{
  g_array_set_size (self->stays, 0);
  for (guint i = 0; i < self->order->len; i++)
    {
      SanRecordState *record = self->order->pdata[i];

      settle_moment (record);
      if (record->form != NULL && record->form->starts_stay)
        begin_stay (self, record);
    }
  g_array_sort (self->stays, compare_stays);
  for (guint i = 1; i < self->stays->len; i++)
    g_array_index (self->stays, SanStay, i - 1).until =
        g_array_index (self->stays, SanStay, i).from.first;
  for (guint i = 0; self->stays->len > 0 && i < self->order->len; i++)
    {
      SanRecordState *record = self->order->pdata[i];

      settle_stay_of (self, record);
      if (record->form != NULL && record->form->ends_stay)
        end_stay (self, record);
    }
}
