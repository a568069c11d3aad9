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
#include "san-view-private.h"
#include "san-values-rule.h"
#include "san-error.h"

typedef struct
{
  guint field; /* offset in Work.fields */
  guint info;  /* index in Work.entries */
  gint64 entry;
  guint16 number;
  guint8 type;
  gboolean finishes; /* `$finish`, true */
  SanWriteState state;
  guint rank;
  gboolean unseen;
  guint8 was_state;
  guint was_rank;
  gboolean was_unseen;
} Write;

typedef struct
{
  gint64 entry;
  gint32 number;
  gint64 to_entry;
  gint32 to_number;
} Target;

typedef struct
{
  SanView *view;
  gint64 record;
  gboolean by_superintendents; /* of the forms of which R1 speaks */
  GString *fields;             /* names, NUL-ended, one after the other */
  GArray *writes;              /* Write, by field, entry, number */
  GArray *targets;             /* Target, by entry, number */
  GArray *entries;             /* SanEntryInfo */
  GHashTable *places;          /* seq -> index in entries, plus 1 */
  gint64 first, finish;
  gboolean withdrawn;
  guint review;
  guint amends;
} Work;

static void
work_clear (Work *self)
{
  g_string_free (self->fields, TRUE);
  g_array_unref (self->writes);
  g_array_unref (self->targets);
  g_array_unref (self->entries);
  g_hash_table_unref (self->places);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Work, work_clear)

static Write *
write_at (const Work *self, guint i)
{
  return &g_array_index (self->writes, Write, i);
}

static const SanEntryInfo *
info_of (const Work *self, const Write *write)
{
  return &g_array_index (self->entries, SanEntryInfo, write->info);
}

static const char *
field_of (const Work *self, const Write *write)
{
  return self->fields->str + write->field;
}

static gboolean
is_field (const Work *self, const Write *write, const char *name)
{
  return strcmp (field_of (self, write), name) == 0;
}

/* Not closed by a finish, and not edits that a withdrawal may miss. */
static gboolean
goes_on (const Work *self, const Write *write)
{
  return is_field (self, write, SAN_FIELD_AMEND) || is_field (self, write, SAN_FIELD_WITHDRAW)
         || is_field (self, write, SAN_FIELD_LINK);
}

/* Loading */

/* Index in entries, plus 1; 0: none of its writes is in this record. */
static guint
find_entry (const Work *self, gint64 seq)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (self->places, GSIZE_TO_POINTER (seq)));
}

static gboolean
take_entry (Work *self, gint64 seq, guint *index, GError **error)
{
  const SanEntryInfo *info;
  guint place = find_entry (self, seq);

  if (place)
    {
      *index = place - 1;
      return TRUE;
    }
  info = san_ids_get_entry (self->view->store, seq, error);
  if (!info)
    return FALSE;
  *index = self->entries->len;
  g_array_append_vals (self->entries, info, 1);
  g_hash_table_insert (self->places, GSIZE_TO_POINTER (seq), GUINT_TO_POINTER (self->entries->len));
  return TRUE;
}

static SanWriteState
state_by_entry (const Work *self, const SanEntryInfo *info)
{
  if (!(info->visible & (1u << self->view->compartment))
      || (self->by_superintendents && !(info->visible & SAN_VISIBLE_SUPERINTENDENT)))
    return SAN_WRITE_HELD;
  return SAN_WRITE_COUNTS;
}

static guint
keep_field (Work *self, const char *name)
{
  guint last = self->writes->len ? write_at (self, self->writes->len - 1)->field : 0;

  if (self->writes->len && strcmp (self->fields->str + last, name) == 0)
    return last;
  last = self->fields->len;
  g_string_append_len (self->fields, name, strlen (name) + 1);
  return last;
}

static gboolean
load_writes (Work *self, GError **error)
{
  g_autoptr(SanQuery) query
      = san_query (self->view->db,
                   "SELECT field, entry, number, state, rank, unseen, type,"
                   " field = '$finish' AND type = 1 AND value = x'01'"
                   " FROM write WHERE record = ?1 ORDER BY field, entry, number",
                   error);
  gboolean row;

  if (!query)
    return FALSE;
  san_query_put_int (query, 1, self->record);
  while (TRUE)
    {
      Write write = { 0 };

      if (!san_query_step (query, &row, error))
        return FALSE;
      if (!row)
        return TRUE;
      write.field = keep_field (self, san_query_get_text (query, 0));
      write.entry = san_query_get_int (query, 1);
      write.number = san_query_get_int (query, 2);
      write.was_state = san_query_get_int (query, 3);
      write.was_rank = san_query_get_int (query, 4);
      write.was_unseen = san_query_get_int (query, 5) != 0;
      write.type = san_query_get_int (query, 6);
      write.finishes = san_query_get_int (query, 7) != 0;
      if (!take_entry (self, write.entry, &write.info, error))
        return FALSE;
      write.state = state_by_entry (self, info_of (self, &write));
      g_array_append_val (self->writes, write);
    }
}

static gboolean
load_targets (Work *self, GError **error)
{
  g_autoptr(SanQuery) query
      = san_query (self->view->db,
                   "SELECT entry, number, to_entry, to_number FROM target WHERE record = ?1"
                   " ORDER BY entry, number",
                   error);
  gboolean row;

  if (!query)
    return FALSE;
  san_query_put_int (query, 1, self->record);
  while (TRUE)
    {
      Target target;

      if (!san_query_step (query, &row, error))
        return FALSE;
      if (!row)
        return TRUE;
      target.entry = san_query_get_int (query, 0);
      target.number = san_query_get_int (query, 1);
      target.to_entry = san_query_get_int (query, 2);
      target.to_number = san_query_get_int (query, 3);
      g_array_append_val (self->targets, target);
    }
}

/* The targets of one write: they lie together. */
static guint
find_targets (const Work *self, gint64 entry, gint32 number, guint *n)
{
  guint low = 0, high = self->targets->len, first;

  while (low < high)
    {
      guint middle = (low + high) / 2;
      const Target *target = &g_array_index (self->targets, Target, middle);

      if (target->entry < entry || (target->entry == entry && target->number < number))
        low = middle + 1;
      else
        high = middle;
    }
  first = low;
  while (low < self->targets->len && g_array_index (self->targets, Target, low).entry == entry
         && g_array_index (self->targets, Target, low).number == number)
    low++;
  *n = low - first;
  return first;
}

/* Seeing */

static gboolean
names (const Work *self, gint64 entry, gint64 to_entry, gboolean only_closing)
{
  for (guint i = 0; i < self->targets->len; i++)
    {
      const Target *target = &g_array_index (self->targets, Target, i);

      if (target->entry == entry && target->to_entry == to_entry
          && (!only_closing || target->to_number == -1))
        return TRUE;
    }
  return FALSE;
}

static gboolean
saw (const Work *self, gint64 a, gint64 b, gboolean *yes, GError **error)
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
is_spent (const Work *self, const Write *finish, gboolean *spent, GError **error)
{
  *spent = FALSE;
  for (guint i = 0; i < self->writes->len && !*spent; i++)
    {
      const Write *other = write_at (self, i);

      if (other->finishes && other->state == SAN_WRITE_COUNTS && other->entry != finish->entry
          && !saw (self, finish->entry, other->entry, spent, error))
        return FALSE;
    }
  return TRUE;
}

/* Finishes that count: indexes of writes. */
static gboolean
list_finishes (const Work *self, GArray *finishes, GError **error)
{
  for (guint i = 0; i < self->writes->len; i++)
    {
      const Write *write = write_at (self, i);
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
close_write (const Work *self, GArray *finishes, Write *write, GError **error)
{
  gboolean later = FALSE, closed = FALSE;

  for (guint i = 0; i < finishes->len && !closed; i++)
    {
      const Write *finish = write_at (self, g_array_index (finishes, guint, i));
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
apply_finishes (Work *self, GError **error)
{
  g_autoptr(GArray) finishes = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr(GHashTable) counting = g_hash_table_new (NULL, NULL);
  const SanEntryInfo *first = NULL;

  if (!list_finishes (self, finishes, error))
    return FALSE;
  for (guint i = 0; i < finishes->len; i++)
    {
      Write *finish = write_at (self, g_array_index (finishes, guint, i));

      g_hash_table_add (counting, finish);
      if (!first || is_before (info_of (self, finish), first))
        first = info_of (self, finish);
    }
  self->finish = first ? first->seq : 0;
  for (guint i = 0; first && i < self->writes->len; i++)
    {
      Write *write = write_at (self, i);

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
  const Work *self = data;
  const Write *one = write_at (self, *(const guint *)a);
  const Write *two = write_at (self, *(const guint *)b);

  if (one->entry == two->entry)
    return one->number - two->number;
  return is_before (info_of (self, one), info_of (self, two)) ? -1 : 1;
}

static void
rank_amends (Work *self, guint from, guint to)
{
  g_autoptr(GArray) order = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = from; i < to; i++)
    if (write_at (self, i)->state == SAN_WRITE_COUNTS)
      g_array_append_val (order, i);
  g_array_sort_with_data (order, compare_amends, self);
  for (guint i = 0; i < order->len; i++)
    write_at (self, g_array_index (order, guint, i))->rank = i + 1;
  self->amends = order->len;
}

static void
fill_rule_write (const Work *self, const Write *write, SanWriteId *targets, SanWrite *out)
{
  const SanEntryInfo *info = info_of (self, write);
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
      const Target *target = &g_array_index (self->targets, Target, first + i);
      guint place = find_entry (self, target->to_entry);

      /* only writes of this record can be of this field, so only their entries have a place here */
      if (target->to_number < 0 || !place)
        continue;
      targets[out->n_targets].entry = g_array_index (self->entries, SanEntryInfo, place - 1).id;
      targets[out->n_targets].compartment = self->view->compartment;
      targets[out->n_targets++].number = target->to_number;
    }
}

static void
rank_group (Work *self, guint from, guint to)
{
  g_autofree SanWrite *writes = g_new0 (SanWrite, to - from);
  g_autofree SanWriteId *targets = g_new (SanWriteId, MAX (self->targets->len, 1));
  g_autofree guint *current = NULL;
  guint used = 0, n;

  for (guint i = from; i < to; i++)
    {
      fill_rule_write (self, write_at (self, i), targets + used, &writes[i - from]);
      used += writes[i - from].n_targets;
    }
  current = san_values_current (writes, to - from, &n);
  for (guint i = 0; i < n; i++)
    write_at (self, from + current[i])->rank = i + 1;
  if (n > 1 && !san_field_is_reserved (field_of (self, write_at (self, from))))
    self->review |= SAN_REVIEW_CONFLICT;
}

static void
rank_all (Work *self)
{
  for (guint from = 0, to; from < self->writes->len; from = to)
    {
      const Write *first = write_at (self, from);

      for (to = from + 1; to < self->writes->len && write_at (self, to)->field == first->field;
           to++)
        ;
      if (is_field (self, first, SAN_FIELD_AMEND))
        rank_amends (self, from, to);
      else if (to == from + 1)
        write_at (self, from)->rank = first->state == SAN_WRITE_COUNTS;
      else
        rank_group (self, from, to);
    }
}

/* Withdrawing, and review */

static gboolean
names_any_closing (const Work *self, gint64 entry)
{
  for (guint i = 0; i < self->targets->len; i++)
    if (g_array_index (self->targets, Target, i).entry == entry
        && g_array_index (self->targets, Target, i).to_number == -1)
      return TRUE;
  return FALSE;
}

/* Neither saw the other. */
static gboolean
is_unseen_by (const Work *self, const Write *withdrawal, const Write *write, gboolean *unseen,
              GError **error)
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
      && info_of (self, write)->wall <= info_of (self, withdrawal)->wall)
    return TRUE;
  if (!saw (self, write->entry, withdrawal->entry, &yes, error))
    return FALSE;
  *unseen = !yes;
  return TRUE;
}

static gboolean
apply_withdrawals (Work *self, GError **error)
{
  g_autoptr(GArray) list = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < self->writes->len; i++)
    {
      const Write *write = write_at (self, i);

      if (write->type == SAN_VALUE_TEXT && write->state == SAN_WRITE_COUNTS
          && is_field (self, write, SAN_FIELD_WITHDRAW))
        g_array_append_val (list, i);
    }
  self->withdrawn = list->len > 0;
  if (!self->withdrawn)
    return TRUE;
  self->review &= ~SAN_REVIEW_CONFLICT;
  for (guint i = 0; i < self->writes->len; i++)
    {
      Write *write = write_at (self, i);

      if (write->state != SAN_WRITE_COUNTS || write->finishes || goes_on (self, write))
        continue;
      write->unseen = TRUE;
      for (guint j = 0; j < list->len && write->unseen; j++)
        if (!is_unseen_by (self, write_at (self, g_array_index (list, guint, j)), write,
                           &write->unseen, error))
          return FALSE;
      if (write->unseen)
        self->review |= SAN_REVIEW_UNSEEN;
    }
  return TRUE;
}

/* Somebody replaced it, seeing it: decided, even if that write is itself held by the finish. */
static gboolean
is_answered (const Work *self, const Write *proposed)
{
  for (guint i = 0; i < self->targets->len; i++)
    {
      const Target *target = &g_array_index (self->targets, Target, i);

      if (target->to_entry != proposed->entry || target->to_number != proposed->number)
        continue;
      for (guint j = 0; j < self->writes->len; j++)
        {
          const Write *by = write_at (self, j);

          if (by->entry == target->entry && by->number == target->number
              && by->field == proposed->field)
            return by->state != SAN_WRITE_HELD;
        }
    }
  return FALSE;
}

static void
look_over (Work *self)
{
  const SanEntryInfo *first = NULL;

  for (guint i = 0; i < self->writes->len; i++)
    {
      const Write *write = write_at (self, i);

      if (write->state == SAN_WRITE_PROPOSED && !is_answered (self, write))
        self->review |= SAN_REVIEW_PROPOSED;
      if (write->state != SAN_WRITE_HELD && (!first || is_before (info_of (self, write), first)))
        first = info_of (self, write);
    }
  self->first = first ? first->seq : 0;
}

/* Writing back what differs */

static gboolean
put_writes (const Work *self, GError **error)
{
  g_autoptr(SanQuery) query
      = san_query (self->view->db,
                   "UPDATE write SET state = ?5, rank = ?6, unseen = ?7"
                   " WHERE record = ?1 AND field = ?2 AND entry = ?3 AND number = ?4",
                   error);

  if (!query)
    return FALSE;
  for (guint i = 0; i < self->writes->len; i++)
    {
      const Write *write = write_at (self, i);

      if (write->state == write->was_state && write->rank == write->was_rank
          && write->unseen == write->was_unseen)
        continue;
      san_query_put_int (query, 1, self->record);
      san_query_put_text (query, 2, field_of (self, write));
      san_query_put_int (query, 3, write->entry);
      san_query_put_int (query, 4, write->number);
      san_query_put_int (query, 5, write->state);
      san_query_put_int (query, 6, write->rank);
      san_query_put_int (query, 7, write->unseen);
      if (!san_query_run (query, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
put_record (const Work *self, GError **error)
{
  g_autoptr(SanQuery) query = san_query (
      self->view->db,
      "UPDATE record SET first = ?2, finish = ?3, withdrawn = ?4, review = ?5, amends = ?6"
      " WHERE no = ?1 AND (first <> ?2 OR finish <> ?3 OR withdrawn <> ?4"
      " OR review <> ?5 OR amends <> ?6)",
      error);

  if (!query)
    return FALSE;
  san_query_put_int (query, 1, self->record);
  san_query_put_int (query, 2, self->first);
  san_query_put_int (query, 3, self->finish);
  san_query_put_int (query, 4, self->withdrawn);
  san_query_put_int (query, 5, self->review);
  san_query_put_int (query, 6, self->amends);
  return san_query_run (query, error);
}

/* FALSE in @here: the dossier was forgotten meanwhile. */
static gboolean
load_form (Work *self, gboolean *here, GError **error)
{
  g_autoptr(SanQuery) query
      = san_query (self->view->db, "SELECT form FROM record WHERE no = ?1", error);
  const char *form;

  if (!query)
    return FALSE;
  san_query_put_int (query, 1, self->record);
  if (!san_query_step (query, here, error))
    return FALSE;
  form = *here ? san_query_get_text (query, 0) : "";
  self->by_superintendents
      = strcmp (form, SAN_PARTNER_FORM) == 0 || strcmp (form, SAN_OFFER_FORM) == 0;
  return TRUE;
}

gboolean
san_view_settle_record (SanView *view, gint64 record, GError **error)
{
  g_auto(Work) self = {
    .view = view,
    .record = record,
    .fields = g_string_new (NULL),
    .writes = g_array_new (FALSE, FALSE, sizeof (Write)),
    .targets = g_array_new (FALSE, FALSE, sizeof (Target)),
    .entries = g_array_new (FALSE, FALSE, sizeof (SanEntryInfo)),
    .places = g_hash_table_new (NULL, NULL),
  };
  gboolean here;

  if (!load_form (&self, &here, error))
    return FALSE;
  if (!here)
    return TRUE;
  if (!load_writes (&self, error) || !load_targets (&self, error) || !apply_finishes (&self, error))
    return FALSE;
  rank_all (&self);
  if (!apply_withdrawals (&self, error))
    return FALSE;
  look_over (&self);
  return put_writes (&self, error) && put_record (&self, error);
}
