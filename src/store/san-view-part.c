/* san-view-part.c - the changes of one entry come into the tables as they stand in its bytes
 *
 * What counts, and which value is current, is not decided here. */
#include "san-view-private.h"
#include "san-data-body.h"
#include "san-error.h"

/* A record that is not here yet is added; @first: its entry, if that is all there is to say. */
static gboolean
find_record (SanView *self, gint64 dossier, const SanChange *change, gint64 first, gint64 *no,
             gboolean *added, GError **error)
{
  g_autoptr(SanQuery) add = san_query (
      self->db, "INSERT OR IGNORE INTO record(id, dossier, form, first) VALUES(?1, ?2, ?3, ?4)",
      error);
  g_autoptr(SanQuery) find = NULL;
  gboolean row;

  if (!add)
    return FALSE;
  san_query_put_blob (add, 1, change->record.b, sizeof change->record.b);
  san_query_put_int (add, 2, dossier);
  san_query_put_text (add, 3, change->form);
  san_query_put_int (add, 4, first);
  if (!san_query_run (add, error))
    return FALSE;
  *added = san_db_get_changes (self->db) > 0;
  *no = san_db_get_last_row (self->db);
  if (*added)
    return TRUE;
  find = san_query (self->db, "SELECT no FROM record WHERE id = ?1 AND dossier = ?2 AND form = ?3",
                    error);
  if (!find)
    return FALSE;
  san_query_put_blob (find, 1, change->record.b, sizeof change->record.b);
  san_query_put_int (find, 2, dossier);
  san_query_put_text (find, 3, change->form);
  if (!san_query_step (find, &row, error))
    return FALSE;
  *no = row ? san_query_get_int (find, 0) : 0;
  return TRUE;
}

/* A first guess at state and rank: counts, and current. Settling the record corrects it. */
static gboolean
add_write (SanView *self, gint64 record, gint64 entry, guint number, const SanChange *change,
           GError **error)
{
  g_autoptr(SanQuery) query = san_query (
      self->db,
      "INSERT OR IGNORE INTO write(record, field, entry, number, state, rank, unseen, type, value)"
      " VALUES(?1, ?2, ?3, ?4, 0, 1, 0, ?5, ?6)",
      error);
  const guint8 *data;
  gsize n;

  if (!query)
    return FALSE;
  data = san_value_get_data (change->value, &n);
  san_query_put_int (query, 1, record);
  san_query_put_text (query, 2, change->field);
  san_query_put_int (query, 3, entry);
  san_query_put_int (query, 4, number);
  san_query_put_int (query, 5, san_value_get_type (change->value));
  san_query_put_blob (query, 6, data, n);
  return san_query_run (query, error);
}

static gboolean
add_target (SanView *self, gint64 record, gint64 entry, guint number, gint64 to_entry,
            int to_number, GError **error)
{
  g_autoptr(SanQuery) query
      = san_query (self->db,
                   "INSERT OR IGNORE INTO target(record, entry, number, to_entry, to_number)"
                   " VALUES(?1, ?2, ?3, ?4, ?5)",
                   error);

  if (!query)
    return FALSE;
  san_query_put_int (query, 1, record);
  san_query_put_int (query, 2, entry);
  san_query_put_int (query, 3, number);
  san_query_put_int (query, 4, to_entry);
  san_query_put_int (query, 5, to_number);
  return san_query_run (query, error);
}

static gboolean
add_missing (SanView *self, const SanId32 *id, gint64 entry, GError **error)
{
  g_autoptr(SanQuery) query
      = san_query (self->db, "INSERT OR IGNORE INTO missing(id, entry) VALUES(?1, ?2)", error);

  if (!query)
    return FALSE;
  san_query_put_blob (query, 1, id->b, sizeof id->b);
  san_query_put_int (query, 2, entry);
  if (!san_query_run (query, error))
    return FALSE;
  self->n_missing += san_db_get_changes (self->db);
  return TRUE;
}

/* seq of each ref; 0 where it is not here, and then it is remembered that we look for it. */
static gboolean
resolve_refs (SanView *self, SanChangeList *list, gint64 entry, GArray *seqs, GError **error)
{
  for (guint i = 0; i < san_change_list_get_n_refs (list); i++)
    {
      const SanId32 *ref = san_change_list_get_ref (list, i);
      gint64 seq;

      if (!san_ids_find_entry (self->store, ref, &seq, error)
          || (!seq && !add_missing (self, ref, entry, error)))
        return FALSE;
      g_array_append_val (seqs, seq);
    }
  return TRUE;
}

static gboolean
add_targets (SanView *self, gint64 record, gint64 entry, guint number, const SanChange *change,
             GArray *seqs, GError **error)
{
  for (guint i = 0; i < change->n_targets; i++)
    {
      gint64 to = g_array_index (seqs, gint64, change->targets[i].ref);

      if (to && !add_target (self, record, entry, number, to, change->targets[i].number, error))
        return FALSE;
    }
  if (strcmp (change->field, SAN_FIELD_FINISH) != 0)
    return TRUE;
  /* a finish closes by entry: all refs of its list, paired or not */
  for (guint i = 0; i < seqs->len; i++)
    {
      gint64 to = g_array_index (seqs, gint64, i);

      if (to && !add_target (self, record, entry, number, to, -1, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
is_same_record (const SanChange *a, const SanChange *b)
{
  return san_id16_equal (&a->record, &b->record) && strcmp (a->form, b->form) == 0;
}

/* Would settling a new record leave what @change says as add_write() puts it? */
static gboolean
is_plain (const SanChange *change)
{
  return change->n_targets == 0
         && (!san_field_is_reserved (change->field)
             || g_str_has_prefix (change->field, SAN_FIELD_FROM));
}

/* The changes of one record, from @from on. In @first: the entry, if nothing of them needs settling
 * as long as there are no others; else 0. Returns: behind the last. */
static guint
look_at_record (SanChangeList *list, guint from, const SanEntryInfo *info, guint8 compartment,
                gint64 *first)
{
  const SanChange *start = san_change_list_get (list, from), *before = NULL;
  gboolean plain = (info->visible & (1u << compartment)) != 0
                   && strcmp (start->form, SAN_PARTNER_FORM) != 0
                   && strcmp (start->form, SAN_OFFER_FORM) != 0;
  guint i;

  for (i = from; i < san_change_list_get_size (list); i++)
    {
      const SanChange *change = san_change_list_get (list, i);

      if (!is_same_record (start, change))
        break;
      plain = plain && is_plain (change) && (!before || strcmp (before->field, change->field) != 0);
      before = change;
    }
  *first = plain ? info->seq : 0;
  return i;
}

static gboolean
put_list (SanView *self, const SanEntryInfo *info, SanChangeList *list, GError **error)
{
  g_autoptr(GArray) seqs = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64 entry = info->seq;
  guint i = 0;

  if (!resolve_refs (self, list, entry, seqs, error))
    return FALSE;
  while (i < san_change_list_get_size (list))
    {
      const SanChange *start = san_change_list_get (list, i);
      gint64 first, record;
      gboolean added;
      guint end = look_at_record (list, i, info, self->compartment, &first);

      if (!find_record (self, info->dossier, start, first, &record, &added, error))
        return FALSE;
      if (!added || !first)
        {
          san_view_forget_memos (self);
          g_hash_table_add (self->records, g_memdup2 (&record, sizeof record));
        }
      else if (!san_view_remember_new (self, info, list, i, end, error))
        return FALSE;
      if (san_view_is_house (self) && strcmp (start->form, SAN_OFFER_FORM) == 0)
        self->store->offers_touched = TRUE;
      for (; i < end; i++)
        if (!add_write (self, record, entry, i, san_change_list_get (list, i), error)
            || !add_targets (self, record, entry, i, san_change_list_get (list, i), seqs, error))
          return FALSE;
    }
  return TRUE;
}

static gboolean
put_closed (SanView *self, gint64 entry, gint64 dossier, const SanId32 *key_id, SanClosedWhy why,
            GError **error)
{
  g_autoptr(SanQuery) query
      = san_query (self->db,
                   "INSERT INTO closed(entry, dossier, key_id, why) VALUES(?1, ?2, ?3, ?4)"
                   " ON CONFLICT(entry) DO UPDATE SET why = ?4",
                   error);

  if (!query)
    return FALSE;
  san_query_put_int (query, 1, entry);
  san_query_put_int (query, 2, dossier);
  san_query_put_blob (query, 3, key_id->b, sizeof key_id->b);
  san_query_put_int (query, 4, why);
  return san_query_run (query, error);
}

/* The list of this view's part. NULL without error: closed, and noted as that. */
static gboolean
open_part (SanView *self, SanDataBody *body, const guint8 *raw, gsize n, gint64 entry,
           gint64 dossier, SanChangeList **out, GError **error)
{
  const SanPartInfo *part = san_data_body_find_part (body, self->compartment);
  g_autoptr(SanSecret) key = NULL;
  g_autoptr(GError) local = NULL;
  SanHeader header;

  *out = NULL;
  if (!part)
    return TRUE;
  if (!san_header_parse (raw, n, &header, error)
      || !san_view_find_key (self, &part->key_id, &key, error))
    return FALSE;
  if (!key)
    return put_closed (self, entry, dossier, &part->key_id, SAN_CLOSED_NO_KEY, error);
  *out = san_data_body_open_part (body, &header, self->compartment, key, &local);
  if (*out)
    return TRUE;
  return put_closed (self, entry, dossier, &part->key_id,
                     g_error_matches (local, SAN_ERROR, SAN_ERROR_UNTRUSTED)
                         ? SAN_CLOSED_NOT_AUTHENTIC
                         : SAN_CLOSED_MALFORMED,
                     error);
}

static gboolean
put_changes (SanView *self, const SanEntryInfo *info, const guint8 *header, gsize n,
             GBytes *bytes, GError **error)
{
  g_autoptr(SanDataBody) body = info->seq == self->store->newest_body_seq
                                    ? san_data_body_ref (self->store->newest_body)
                                    : san_data_body_parse (bytes, error);
  g_autoptr(SanChangeList) opened = NULL;
  SanChangeList *list;

  if (!body)
    return FALSE;
  if (self->compartment == SAN_COMPARTMENT_HOUSE)
    list = san_data_body_get_house (body);
  else
    {
      if (!open_part (self, body, header, n, info->seq, info->dossier, &opened, error))
        return FALSE;
      list = opened;
    }
  if (!list)
    return TRUE;
  san_view_tell_concern (self, info->seq, list);
  return put_list (self, info, list, error);
}

gboolean
san_view_put_entry (SanView *self, gint64 seq, guint8 kind, guint parts, const guint8 *header,
                    gsize n_header, GBytes *body, GError **error)
{
  const SanEntryInfo *kept = san_ids_get_entry (self->store, seq, error);
  SanEntryInfo info;

  if (!kept)
    return FALSE;
  info = *kept; /* what is asked meanwhile may take its place */
  if (kind == SAN_KIND_CHANGES)
    return put_changes (self, &info, header, n_header, body, error);
  if (kind == SAN_KIND_KEY_GRANT && self->compartment != SAN_COMPARTMENT_HOUSE)
    return san_view_learn_grant (self, info.dossier, body, error);
  return TRUE;
}

/* By its number: its part can be opened now, or its refs be found. */
gboolean
san_view_put_again (SanView *self, gint64 seq, GError **error)
{
  g_autoptr(SanQuery) query = san_query (
      self->store->db, "SELECT kind, parts, header, body FROM entry WHERE seq = ?1", error);
  g_autoptr(GBytes) body = NULL;
  const guint8 *header;
  gboolean row;
  gsize n;

  if (!query)
    return FALSE;
  san_query_put_int (query, 1, seq);
  if (!san_query_step (query, &row, error))
    return FALSE;
  body = row ? san_query_dup_bytes (query, 3) : NULL;
  if (!body)
    return TRUE;
  header = san_query_get_blob (query, 2, &n);
  return san_view_put_entry (self, seq, san_query_get_int (query, 0), san_query_get_int (query, 1),
                             header, n, body, error);
}

static gboolean
take_missing (SanView *self, const SanId32 *id, GArray *seqs, GError **error)
{
  g_autoptr(SanQuery) list
      = san_query (self->db, "SELECT entry FROM missing WHERE id = ?1", error);
  g_autoptr(SanQuery) drop = san_query (self->db, "DELETE FROM missing WHERE id = ?1", error);
  gboolean row;

  if (!list || !drop)
    return FALSE;
  san_query_put_blob (list, 1, id->b, sizeof id->b);
  san_query_put_blob (drop, 1, id->b, sizeof id->b);
  while (TRUE)
    {
      gint64 seq;

      if (!san_query_step (list, &row, error))
        return FALSE;
      if (!row)
        break;
      seq = san_query_get_int (list, 0);
      g_array_append_val (seqs, seq);
    }
  self->n_missing -= seqs->len;
  return seqs->len == 0 || san_query_run (drop, error);
}

gboolean
san_view_resolve (SanView *self, gint64 seq, GError **error)
{
  g_autoptr(GArray) seqs = g_array_new (FALSE, FALSE, sizeof (gint64));
  const SanEntryInfo *info = san_ids_get_entry (self->store, seq, error);
  SanId32 id;

  if (!info)
    return FALSE;
  id = info->id;
  if (!take_missing (self, &id, seqs, error))
    return FALSE;
  for (guint i = 0; i < seqs->len; i++)
    if (!san_view_put_again (self, g_array_index (seqs, gint64, i), error))
      return FALSE;
  return TRUE;
}

static gboolean
has_rows (SanView *self, gint64 dossier, gboolean *has, GError **error)
{
  g_autoptr(SanQuery) query
      = san_query (self->db,
                   "SELECT 1 WHERE EXISTS (SELECT 1 FROM record WHERE dossier = ?1)"
                   " OR EXISTS (SELECT 1 FROM closed WHERE dossier = ?1)"
                   " OR EXISTS (SELECT 1 FROM due WHERE dossier = ?1)"
                   " OR EXISTS (SELECT 1 FROM turn WHERE dossier = ?1)"
                   " OR EXISTS (SELECT 1 FROM summary WHERE dossier = ?1)"
                   " OR EXISTS (SELECT 1 FROM search_row WHERE dossier = ?1)"
                   " OR EXISTS (SELECT 1 FROM key WHERE dossier = ?1)",
                   error);

  if (!query)
    return FALSE;
  san_query_put_int (query, 1, dossier);
  return san_query_step (query, has, error);
}

/* Erased, or not accepted any more: no row of the dossier may stay. */
gboolean
san_view_forget (SanView *self, gint64 dossier, GError **error)
{
  static const char *const drops[] = {
    "DELETE FROM write WHERE record IN (SELECT no FROM record WHERE dossier = ?1)",
    "DELETE FROM target WHERE record IN (SELECT no FROM record WHERE dossier = ?1)",
    "DELETE FROM record WHERE dossier = ?1",
    "DELETE FROM closed WHERE dossier = ?1",
    "DELETE FROM key WHERE dossier = ?1",
    "DELETE FROM touched WHERE dossier = ?1",
  };
  gboolean has;

  if (self->forgotten == dossier)
    return TRUE;
  if (!has_rows (self, dossier, &has, error))
    return FALSE;
  self->forgotten = dossier;
  san_view_untouch (self, dossier);
  if (!has)
    return TRUE;
  san_view_forget_memos (self);
  for (guint i = 0; i < G_N_ELEMENTS (drops); i++)
    {
      g_autoptr(SanQuery) query = san_query (self->db, drops[i], error);

      if (!query)
        return FALSE;
      san_query_put_int (query, 1, dossier);
      if (!san_query_run (query, error))
        return FALSE;
    }
  g_hash_table_remove_all (self->keys);
  return san_view_derive_drop (self, dossier, error);
}
