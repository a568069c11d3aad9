/* san-read-records.c - which records there are, out of the views of open compartments
 *
 * A record may lie in several compartments: its parts are merged here, never in a table. */
#include "san-view-private.h"
#include "san-error.h"

void
san_stored_record_free (SanStoredRecord *self)
{
  if (!self)
    return;
  g_free ((char *)self->form);
  g_free (self);
}

#define RECORD_COLUMNS                                                                             \
  "SELECT dossier, id, form, first, finish, withdrawn, review, amends FROM record "

static gboolean
read_record (SanView *view, SanQuery *query, SanStoredRecord *out, GError **error)
{
  SanStore *store = view->store;
  const SanEntryInfo *info;
  gint64 finish = san_query_get_int (query, 4);

  memset (out, 0, sizeof *out);
  if (!san_ids_get_dossier (store, san_query_get_int (query, 0), &out->dossier, error))
    return FALSE;
  san_query_get_id16 (query, 1, &out->record);
  out->form = san_query_get_text (query, 2);
  out->mask = 1u << view->compartment;
  info = san_ids_get_entry (store, san_query_get_int (query, 3), error);
  if (!info)
    return FALSE;
  out->wall = info->wall;
  out->doubtful = (info->flags & SAN_FLAG_CLOCK_DOUBTFUL) != 0;
  if (!san_ids_get_author (store, info->author, &out->author, error))
    return FALSE;
  out->withdrawn = san_query_get_int (query, 5) != 0;
  out->in_review = san_query_get_int (query, 6) != 0;
  out->n_amends = san_query_get_int (query, 7);
  if (!finish)
    return TRUE;
  info = san_ids_get_entry (store, finish, error);
  if (!info)
    return FALSE;
  out->finished = TRUE;
  out->finished_wall = info->wall;
  return san_ids_get_author (store, info->author, &out->finished_by, error);
}

static SanStoredRecord *
copy_record (const SanStoredRecord *record)
{
  SanStoredRecord *copy = g_memdup2 (record, sizeof *record);

  copy->form = g_strdup (record->form);
  return copy;
}

/* Earlier by wall, then by author: the same whatever the compartments in which it was seen. */
static gboolean
is_earlier (guint64 wall, const SanId32 *author, guint64 other_wall, const SanId32 *other_author)
{
  return wall != other_wall ? wall < other_wall : san_id32_compare (author, other_author) < 0;
}

static void
merge_record (SanStoredRecord *into, const SanStoredRecord *record)
{
  into->mask |= record->mask;
  if (is_earlier (record->wall, &record->author, into->wall, &into->author))
    {
      into->wall = record->wall;
      into->author = record->author;
      into->doubtful = record->doubtful;
    }
  if (record->finished
      && (!into->finished
          || is_earlier (record->finished_wall, &record->finished_by, into->finished_wall,
                         &into->finished_by)))
    {
      into->finished = TRUE;
      into->finished_wall = record->finished_wall;
      into->finished_by = record->finished_by;
    }
  into->withdrawn |= record->withdrawn;
  into->in_review |= record->in_review;
  into->n_amends += record->n_amends;
}

static guint
record_hash (gconstpointer data)
{
  const SanStoredRecord *record = data;

  return san_id32_hash (&record->dossier) ^ san_id16_hash (&record->record)
         ^ g_str_hash (record->form);
}

static gboolean
record_equal (gconstpointer a, gconstpointer b)
{
  const SanStoredRecord *one = a, *two = b;

  return san_id16_equal (&one->record, &two->record)
         && san_id32_equal (&one->dossier, &two->dossier) && strcmp (one->form, two->form) == 0;
}

static int
record_compare (gconstpointer a, gconstpointer b)
{
  const SanStoredRecord *one = *(gpointer *)a, *two = *(gpointer *)b;
  int c = san_id32_compare (&one->dossier, &two->dossier);

  c = c ? c : san_id16_compare (&one->record, &two->record);
  return c ? c : strcmp (one->form, two->form);
}

/* What a list of records asks for: bound into each view's query. */
typedef struct
{
  const char *sql;
  const SanId32 *dossier;   /* NULL: of all */
  const char *form;         /* ?2 */
  const guint8 *low, *high; /* ?3, ?4: record ids */
  gboolean whole_dossier;   /* and nothing else */
  gint64 no;                /* ?1: of the dossier; 0: none is */
} RecordQuestion;

#define OF_DOSSIER RECORD_COLUMNS "WHERE dossier = ?1 AND first > 0"

/* One list of records out of several views. */
typedef struct
{
  GHashTable *seen;
  GPtrArray *list;
} Collected;

static gboolean
add_record (const SanStoredRecord *record, gpointer data)
{
  Collected *self = data;
  SanStoredRecord *before = g_hash_table_lookup (self->seen, record);

  if (before)
    {
      merge_record (before, record);
      return TRUE;
    }
  before = copy_record (record);
  g_ptr_array_add (self->list, before);
  g_hash_table_add (self->seen, before);
  return TRUE;
}

static gboolean
each_from (SanView *view, const RecordQuestion *question, SanRecordFunc func, gpointer data,
           gboolean *go_on, GError **error)
{
  g_autoptr(SanQuery) query = san_query (view->db, question->sql, error);
  gboolean row;

  if (!query)
    return FALSE;
  if (question->no)
    san_query_put_int (query, 1, question->no);
  if (question->form)
    san_query_put_text (query, 2, question->form);
  if (question->low)
    {
      san_query_put_blob (query, 3, question->low, sizeof (SanId16));
      san_query_put_blob (query, 4, question->high, sizeof (SanId16));
    }
  while (*go_on)
    {
      SanStoredRecord record;

      if (!san_query_step (query, &row, error))
        return FALSE;
      if (!row)
        return TRUE;
      if (!read_record (view, query, &record, error))
        return FALSE;
      *go_on = func (&record, data);
    }
  return TRUE;
}

gboolean
san_view_read_records (SanView *self, gint64 dossier, SanViewMemo *memo, gboolean *whole,
                       GError **error)
{
  RecordQuestion question = { .sql = OF_DOSSIER, .no = dossier };

  return each_from (self, &question, san_view_memo_add_record, memo, whole, error);
}

static gboolean
collect_from (SanView *view, const RecordQuestion *question, Collected *out, GError **error)
{
  g_autoptr(SanViewMemo) memo = NULL;
  gboolean go_on = TRUE;

  if (question->whole_dossier && !question->no)
    return TRUE;
  if (question->whole_dossier && !san_view_recall (view, question->no, &memo, error))
    return FALSE;
  if (!memo || memo->is_large)
    return each_from (view, question, add_record, out, &go_on, error);
  for (guint i = 0; i < memo->records->len; i++)
    add_record (&g_array_index (memo->records, SanStoredRecord, i), out);
  return TRUE;
}

static GPtrArray *
collect (SanStore *self, RecordQuestion *question, guint mask, GError **error)
{
  g_autoptr(GPtrArray) list
      = g_ptr_array_new_with_free_func ((GDestroyNotify)san_stored_record_free);
  g_autoptr(GHashTable) seen = g_hash_table_new (record_hash, record_equal);
  Collected collected = { seen, list };

  if (question->dossier && !san_ids_find_dossier (self, question->dossier, &question->no, error))
    return NULL;
  for (guint c = 0; c < SAN_N_COMPARTMENTS; c++)
    if ((mask & (1u << c)) && self->views[c]
        && !collect_from (self->views[c], question, &collected, error))
      return NULL;
  g_ptr_array_sort (list, record_compare);
  return g_steal_pointer (&list);
}

static gboolean
each_record (GPtrArray *list, SanRecordFunc func, gpointer data)
{
  for (guint i = 0; i < list->len; i++)
    if (!func (list->pdata[i], data))
      break;
  return TRUE;
}

GPtrArray *
san_store_list_records (SanStore *self, const SanId32 *dossier, guint mask, GError **error)
{
  RecordQuestion question = { .sql = OF_DOSSIER, .dossier = dossier, .whole_dossier = TRUE };

  return collect (self, &question, mask, error);
}

/**
 * san_store_list_filled:
 * @filled: those compartments of @mask that have anything to say of the dossier
 * @state: another one whenever what @filled say may be otherwise
 *
 * Where both are the same, the same is read.
 */
gboolean
san_store_list_filled (SanStore *self, const SanId32 *dossier, guint mask, guint *filled,
                       guint64 *state, GError **error)
{
  guint found = 0;
  guint64 newest = 0;
  gint64 no;

  if (!san_ids_find_dossier (self, dossier, &no, error))
    return FALSE;
  for (guint c = 0; no && c < SAN_N_COMPARTMENTS; c++)
    {
      g_autoptr(SanViewMemo) memo = NULL;

      if (!(mask & (1u << c)) || !self->views[c])
        continue;
      if (!san_view_recall (self->views[c], no, &memo, error))
        return FALSE;
      if (!memo->is_large && memo->records->len == 0 && memo->writes->len == 0)
        continue;
      found |= 1u << c;
      newest = MAX (newest, self->views[c]->stamp);
    }
  *filled = found;
  *state = newest;
  return TRUE;
}

gboolean
san_store_each_record (SanStore *self, const SanId32 *dossier, guint mask, SanRecordFunc func,
                       gpointer data, GError **error)
{
  g_autoptr(GPtrArray) list = san_store_list_records (self, dossier, mask, error);

  return list && each_record (list, func, data);
}

gboolean
san_store_each_of_form (SanStore *self, const char *form, guint mask, SanRecordFunc func,
                        gpointer data, GError **error)
{
  RecordQuestion question
      = { .sql = RECORD_COLUMNS "WHERE form = ?2 AND first > 0", .form = form };
  g_autoptr(GPtrArray) list = collect (self, &question, mask, error);

  return list && each_record (list, func, data);
}

GPtrArray *
san_store_match_records (SanStore *self, const char *hex, GError **error)
{
  SanId16 low, high;
  RecordQuestion question = { .sql = RECORD_COLUMNS "WHERE id BETWEEN ?3 AND ?4 AND first > 0",
                              .low = low.b,
                              .high = high.b };

  if (!san_ids_parse_prefix (hex, sizeof low.b, low.b, high.b, error))
    return NULL;
  return collect (self, &question, SAN_COMPARTMENT_MASK, error);
}

GPtrArray *
san_store_list_review (SanStore *self, guint mask, GError **error)
{
  RecordQuestion question = { .sql = RECORD_COLUMNS "WHERE review AND first > 0" };

  return collect (self, &question, mask, error);
}

SanStoredRecord *
san_store_dup_record (SanStore *self, const SanId32 *dossier, const SanId16 *record,
                      const char *form, GError **error)
{
  RecordQuestion question = {
    .sql = form ? RECORD_COLUMNS
               "WHERE dossier = ?1 AND form = ?2 AND id BETWEEN ?3 AND ?4 AND first > 0"
                : RECORD_COLUMNS "WHERE dossier = ?1 AND id BETWEEN ?3 AND ?4 AND first > 0",
    .dossier = dossier,
    .form = form,
    .low = record->b,
    .high = record->b,
  };
  g_autoptr(GPtrArray) list = collect (self, &question, SAN_COMPARTMENT_MASK, error);

  if (!list)
    return NULL;
  if (list->len == 1)
    return copy_record (list->pdata[0]);
  g_set_error (error, SAN_ERROR, SAN_ERROR_NOT_FOUND,
               list->len ? "several records have that id" : "no such record can be read here");
  return NULL;
}
