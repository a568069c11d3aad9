/* san-settling.c - the rows of one record: read before it is settled, and written back where they
 * differ */
#include "san-settling-private.h"

static gboolean
take_entry (SanSettling *self, gint64 seq, guint *index, GError **error)
{
  const SanEntryInfo *info;
  guint place = san_settling_find_entry (self, seq);

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
state_by_entry (const SanSettling *self, const SanEntryInfo *info)
{
  if (!(info->visible & (1u << self->view->compartment))
      || (self->by_superintendents && !(info->visible & SAN_VISIBLE_SUPERINTENDENT)))
    return SAN_WRITE_HELD;
  return SAN_WRITE_COUNTS;
}

static guint
keep_field (SanSettling *self, const char *name)
{
  guint last = self->writes->len ? san_settling_write_at (self, self->writes->len - 1)->field : 0;

  if (self->writes->len && strcmp (self->fields->str + last, name) == 0)
    return last;
  last = self->fields->len;
  g_string_append_len (self->fields, name, strlen (name) + 1);
  return last;
}

static gboolean
load_writes (SanSettling *self, GError **error)
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
      SanSettledWrite write = { 0 };

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
      write.state = state_by_entry (self, san_settling_info_of (self, &write));
      g_array_append_val (self->writes, write);
    }
}

static gboolean
load_targets (SanSettling *self, GError **error)
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
      SanSettledTarget target;

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

static gboolean
put_writes (const SanSettling *self, GError **error)
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
      const SanSettledWrite *write = san_settling_write_at (self, i);

      if (write->state == write->was_state && write->rank == write->was_rank
          && write->unseen == write->was_unseen)
        continue;
      san_query_put_int (query, 1, self->record);
      san_query_put_text (query, 2, san_settling_field_of (self, write));
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
put_record (const SanSettling *self, GError **error)
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
load_form (SanSettling *self, gboolean *here, GError **error)
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
san_settling_load (SanSettling *self, gboolean *here, GError **error)
{
  if (!load_form (self, here, error))
    return FALSE;
  return !*here || (load_writes (self, error) && load_targets (self, error));
}

gboolean
san_settling_put (const SanSettling *self, GError **error)
{
  san_view_forget_memos (self->view);
  return put_writes (self, error) && put_record (self, error);
}
