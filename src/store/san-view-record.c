/* san-view-record.c - what the writes of one record come to: which count, which are current
 *
 * A function of the set of writes, whatever the order in which they came. A record is settled as
 * a whole:
 *  R1 a write counts if its part does; in the forms `partner` and `offer` only if a superintendent
 *     of the own centre wrote it
 *  R2 a finish closes the writes of its own entry and of the entries that its list names. One that
 *     saw another finish is spent: it is itself a later edit
 *  R3 in a finished record, a write outside of what is closed is held if it saw a finish, else it
 *     is a proposed amendment. Amendments, withdrawals and links go on
 *  R4 `$amend`: all are current, oldest first. Others: the value rule
 *  R5 once withdrawn, always withdrawn; a write that no withdrawal saw, and that saw none, is in
 *     review
 * "a saw b": a names b's entry in this record, or comes after it in the same journal. A withdrawal
 * that names no entries saw what has no later clock than itself. */
#include "san-settling-private.h"
#include "san-values-rule.h"

/* Not closed by a finish, and not edits that a withdrawal may miss. */
static gboolean
goes_on (const SanSettling *self, const SanSettledWrite *write)
{
  return san_settling_is_field (self, write, SAN_FIELD_AMEND)
         || san_settling_is_field (self, write, SAN_FIELD_WITHDRAW)
         || san_settling_is_field (self, write, SAN_FIELD_LINK);
}

/* The targets of one write: they lie together. */
static guint
find_targets (const SanSettling *self, gint64 entry, gint32 number, guint *n)
{
  guint low = 0, high = self->targets->len, first;

  while (low < high)
    {
      guint middle = (low + high) / 2;
      const SanSettledTarget *target = &g_array_index (self->targets, SanSettledTarget, middle);

      if (target->entry < entry || (target->entry == entry && target->number < number))
        low = middle + 1;
      else
        high = middle;
    }
  first = low;
  while (low < self->targets->len &&
         g_array_index (self->targets, SanSettledTarget, low).entry == entry &&
         g_array_index (self->targets, SanSettledTarget, low).number == number)
    low++;
  *n = low - first;
  return first;
}

/* Seeing */

static gboolean
names (const SanSettling *self, gint64 entry, gint64 to_entry, gboolean only_closing)
{
  for (guint i = 0; i < self->targets->len; i++)
    {
      const SanSettledTarget *target = &g_array_index (self->targets, SanSettledTarget, i);

      if (target->entry == entry && target->to_entry == to_entry
          && (!only_closing || target->to_number == -1))
        return TRUE;
    }
  return FALSE;
}

static gboolean
saw (const SanSettling *self, gint64 a, gint64 b, gboolean *yes, GError **error)
{
  if (a == b)
    *yes = FALSE;
  else if (names (self, a, b, FALSE))
    *yes = TRUE;
  else
    return san_ids_descends (self->view->store, a, b, yes, error);
  return TRUE;
}

/* Finishing */

static gboolean
is_spent (const SanSettling *self, const SanSettledWrite *finish, gboolean *spent, GError **error)
{
  *spent = FALSE;
  for (guint i = 0; i < self->writes->len && !*spent; i++)
    {
      const SanSettledWrite *other = san_settling_write_at (self, i);

      if (other->finishes && other->state == SAN_WRITE_COUNTS && other->entry != finish->entry
          && !saw (self, finish->entry, other->entry, spent, error))
        return FALSE;
    }
  return TRUE;
}

/* Finishes that count: indexes of writes. */
static gboolean
list_finishes (const SanSettling *self, GArray *finishes, GError **error)
{
  for (guint i = 0; i < self->writes->len; i++)
    {
      const SanSettledWrite *write = san_settling_write_at (self, i);
      gboolean spent;

      if (!write->finishes || write->state != SAN_WRITE_COUNTS)
        continue;
      if (!is_spent (self, write, &spent, error))
        return FALSE;
      if (!spent)
        g_array_append_val (finishes, i);
    }
  return TRUE;
}

static gboolean
is_before (const SanEntryInfo *a, const SanEntryInfo *b)
{
  return a->wall != b->wall ? a->wall < b->wall : san_id32_compare (&a->id, &b->id) < 0;
}

/* The state of one write in a finished record. */
static gboolean
close_write (const SanSettling *self, GArray *finishes, SanSettledWrite *write, GError **error)
{
  gboolean later = FALSE, closed = FALSE;

  for (guint i = 0; i < finishes->len && !closed; i++)
    {
      const SanSettledWrite *finish =
          san_settling_write_at (self, g_array_index (finishes, guint, i));
      gboolean yes;

      closed = finish->entry == write->entry || names (self, finish->entry, write->entry, TRUE);
      if (!closed && !saw (self, write->entry, finish->entry, &yes, error))
        return FALSE;
      later = later || (!closed && yes);
    }
  if (!closed)
    write->state = later ? SAN_WRITE_AFTER_FINISH : SAN_WRITE_PROPOSED;
  return TRUE;
}

static gboolean
apply_finishes (SanSettling *self, GError **error)
{
  g_autoptr(GArray) finishes = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr(GHashTable) counting = g_hash_table_new (NULL, NULL);
  const SanEntryInfo *first = NULL;

  if (!list_finishes (self, finishes, error))
    return FALSE;
  for (guint i = 0; i < finishes->len; i++)
    {
      SanSettledWrite *finish = san_settling_write_at (self, g_array_index (finishes, guint, i));

      g_hash_table_add (counting, finish);
      if (!first || is_before (san_settling_info_of (self, finish), first))
        first = san_settling_info_of (self, finish);
    }
  self->finish = first ? first->seq : 0;
  for (guint i = 0; first && i < self->writes->len; i++)
    {
      SanSettledWrite *write = san_settling_write_at (self, i);

      if (write->state != SAN_WRITE_COUNTS || goes_on (self, write)
          || g_hash_table_contains (counting, write))
        continue;
      if (!close_write (self, finishes, write, error))
        return FALSE;
    }
  return TRUE;
}

/* Ranks */

static int
compare_amends (gconstpointer a, gconstpointer b, gpointer data)
{
  const SanSettling *self = data;
  const SanSettledWrite *one = san_settling_write_at (self, *(const guint *)a);
  const SanSettledWrite *two = san_settling_write_at (self, *(const guint *)b);

  if (one->entry == two->entry)
    return one->number - two->number;
  return is_before (san_settling_info_of (self, one), san_settling_info_of (self, two)) ? -1 : 1;
}

static void
rank_amends (SanSettling *self, guint from, guint to)
{
  g_autoptr(GArray) order = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = from; i < to; i++)
    if (san_settling_write_at (self, i)->state == SAN_WRITE_COUNTS)
      g_array_append_val (order, i);
  g_array_sort_with_data (order, compare_amends, self);
  for (guint i = 0; i < order->len; i++)
    san_settling_write_at (self, g_array_index (order, guint, i))->rank = i + 1;
  self->amends = order->len;
}

static void
fill_rule_write (const SanSettling *self, const SanSettledWrite *write, SanWriteId *targets,
                 SanWrite *out)
{
  const SanEntryInfo *info = san_settling_info_of (self, write);
  guint n, first = find_targets (self, write->entry, write->number, &n);

  out->id.entry = info->id;
  out->id.compartment = self->view->compartment;
  out->id.number = write->number;
  out->wall = info->wall;
  out->doubtful = (info->flags & SAN_FLAG_CLOCK_DOUBTFUL) != 0;
  out->visible = write->state == SAN_WRITE_COUNTS;
  out->targets = targets;
  out->n_targets = 0;
  for (guint i = 0; i < n; i++)
    {
      const SanSettledTarget *target = &g_array_index (self->targets, SanSettledTarget, first + i);
      guint place = san_settling_find_entry (self, target->to_entry);

      /* only writes of this record can be of this field, so only their entries have a place here */
      if (target->to_number < 0 || !place)
        continue;
      targets[out->n_targets].entry = g_array_index (self->entries, SanEntryInfo, place - 1).id;
      targets[out->n_targets].compartment = self->view->compartment;
      targets[out->n_targets++].number = target->to_number;
    }
}

static void
rank_group (SanSettling *self, guint from, guint to)
{
  g_autofree SanWrite *writes = g_new0 (SanWrite, to - from);
  g_autofree SanWriteId *targets = g_new (SanWriteId, MAX (self->targets->len, 1));
  g_autofree guint *current = NULL;
  guint used = 0, n;

  for (guint i = from; i < to; i++)
    {
      fill_rule_write (self, san_settling_write_at (self, i), targets + used, &writes[i - from]);
      used += writes[i - from].n_targets;
    }
  current = san_values_current (writes, to - from, &n);
  for (guint i = 0; i < n; i++)
    san_settling_write_at (self, from + current[i])->rank = i + 1;
  if (n > 1 &&
      !san_field_is_reserved (san_settling_field_of (self, san_settling_write_at (self, from))))
    self->review |= SAN_REVIEW_CONFLICT;
}

static void
rank_all (SanSettling *self)
{
  for (guint from = 0, to; from < self->writes->len; from = to)
    {
      const SanSettledWrite *first = san_settling_write_at (self, from);

      for (to = from + 1;
           to < self->writes->len && san_settling_write_at (self, to)->field == first->field; to++)
        ;
      if (san_settling_is_field (self, first, SAN_FIELD_AMEND))
        rank_amends (self, from, to);
      else if (to == from + 1)
        san_settling_write_at (self, from)->rank = first->state == SAN_WRITE_COUNTS;
      else
        rank_group (self, from, to);
    }
}

/* Withdrawing, and review */

static gboolean
names_any_closing (const SanSettling *self, gint64 entry)
{
  for (guint i = 0; i < self->targets->len; i++)
    if (g_array_index (self->targets, SanSettledTarget, i).entry == entry
        && g_array_index (self->targets, SanSettledTarget, i).to_number == -1)
      return TRUE;
  return FALSE;
}

/* Neither saw the other. */
static gboolean
is_unseen_by (const SanSettling *self, const SanSettledWrite *withdrawal,
              const SanSettledWrite *write, gboolean *unseen, GError **error)
{
  gboolean yes;

  *unseen = FALSE;
  if (withdrawal->entry == write->entry)
    return TRUE;
  if (!saw (self, withdrawal->entry, write->entry, &yes, error))
    return FALSE;
  if (yes)
    return TRUE;
  if (!names_any_closing (self, withdrawal->entry)
      && san_settling_info_of (self, write)->wall <= san_settling_info_of (self, withdrawal)->wall)
    return TRUE;
  if (!saw (self, write->entry, withdrawal->entry, &yes, error))
    return FALSE;
  *unseen = !yes;
  return TRUE;
}

static gboolean
apply_withdrawals (SanSettling *self, GError **error)
{
  g_autoptr(GArray) list = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < self->writes->len; i++)
    {
      const SanSettledWrite *write = san_settling_write_at (self, i);

      if (write->type == SAN_VALUE_TEXT && write->state == SAN_WRITE_COUNTS
          && san_settling_is_field (self, write, SAN_FIELD_WITHDRAW))
        g_array_append_val (list, i);
    }
  self->withdrawn = list->len > 0;
  if (!self->withdrawn)
    return TRUE;
  self->review &= ~SAN_REVIEW_CONFLICT;
  for (guint i = 0; i < self->writes->len; i++)
    {
      SanSettledWrite *write = san_settling_write_at (self, i);

      if (write->state != SAN_WRITE_COUNTS || write->finishes || goes_on (self, write))
        continue;
      write->unseen = TRUE;
      for (guint j = 0; j < list->len && write->unseen; j++)
        if (!is_unseen_by (self, san_settling_write_at (self, g_array_index (list, guint, j)),
                           write, &write->unseen, error))
          return FALSE;
      if (write->unseen)
        self->review |= SAN_REVIEW_UNSEEN;
    }
  return TRUE;
}

/* Somebody replaced it, seeing it: decided, even if that write is itself held by the finish. */
static gboolean
is_answered (const SanSettling *self, const SanSettledWrite *proposed)
{
  for (guint i = 0; i < self->targets->len; i++)
    {
      const SanSettledTarget *target = &g_array_index (self->targets, SanSettledTarget, i);

      if (target->to_entry != proposed->entry || target->to_number != proposed->number)
        continue;
      for (guint j = 0; j < self->writes->len; j++)
        {
          const SanSettledWrite *by = san_settling_write_at (self, j);

          if (by->entry == target->entry && by->number == target->number
              && by->field == proposed->field)
            return by->state != SAN_WRITE_HELD;
        }
    }
  return FALSE;
}

static void
look_over (SanSettling *self)
{
  const SanEntryInfo *first = NULL;

  for (guint i = 0; i < self->writes->len; i++)
    {
      const SanSettledWrite *write = san_settling_write_at (self, i);

      if (write->state == SAN_WRITE_PROPOSED && !is_answered (self, write))
        self->review |= SAN_REVIEW_PROPOSED;
      if (write->state != SAN_WRITE_HELD &&
          (!first || is_before (san_settling_info_of (self, write), first)))
        first = san_settling_info_of (self, write);
    }
  self->first = first ? first->seq : 0;
}

gboolean
san_view_settle_record (SanView *view, gint64 record, GError **error)
{
  g_auto(SanSettling) self = {
    .view = view,
    .record = record,
    .fields = g_string_new (NULL),
    .writes = g_array_new (FALSE, FALSE, sizeof (SanSettledWrite)),
    .targets = g_array_new (FALSE, FALSE, sizeof (SanSettledTarget)),
    .entries = g_array_new (FALSE, FALSE, sizeof (SanEntryInfo)),
    .places = g_hash_table_new (NULL, NULL),
  };
  gboolean here;

  if (!san_settling_load (&self, &here, error))
    return FALSE;
  if (!here)
    return TRUE;
  if (!apply_finishes (&self, error))
    return FALSE;
  rank_all (&self);
  if (!apply_withdrawals (&self, error))
    return FALSE;
  look_over (&self);
  return san_settling_put (&self, error);
}
