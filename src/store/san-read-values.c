/* san-read-values.c - what was written into records, out of the views of open compartments */
#include "san-view-private.h"
#include "san-error.h"

void
san_stored_write_free (SanStoredWrite *self)
{
  if (!self)
    return;
  g_free ((char *)self->form);
  g_free ((char *)self->field);
  g_clear_pointer (&self->value, san_value_unref);
  g_free (self);
}

#define WRITE_COLUMNS                                                                              \
  "SELECT r.dossier, r.id, r.form, w.field, w.entry, w.number, w.type, w.value, w.state, w.rank, " \
  "w.unseen"

static gboolean
read_write (SanView *view, SanQuery *query, SanStoredWrite *out, GError **error)
{
  SanStore *store = view->store;
  const SanEntryInfo *info;
  const guint8 *data;
  gsize n;

  memset (out, 0, sizeof *out);
  if (!san_ids_get_dossier (store, san_query_get_int (query, 0), &out->dossier, error))
    return FALSE;
  san_query_get_id16 (query, 1, &out->record);
  out->form = san_query_get_text (query, 2);
  out->field = san_query_get_text (query, 3);
  info = san_ids_get_entry (store, san_query_get_int (query, 4), error);
  if (!info)
    return FALSE;
  out->id.entry = info->id;
  out->id.compartment = view->compartment;
  out->id.number = san_query_get_int (query, 5);
  out->wall = info->wall;
  out->doubtful = (info->flags & SAN_FLAG_CLOCK_DOUBTFUL) != 0;
  out->state = san_query_get_int (query, 8);
  out->rank = san_query_get_int (query, 9);
  out->unseen = san_query_get_int (query, 10) != 0;
  if (!san_ids_get_author (store, info->author, &out->author, error))
    return FALSE;
  data = san_query_get_blob (query, 7, &n);
  out->value = san_value_new_raw (san_query_get_int (query, 6), data, n, error);
  return out->value != NULL;
}

/* Which writes: of a dossier or all, perhaps of one record, form, field. */
typedef struct
{
  const char *sql;
  const SanId32 *dossier; /* NULL: of all */
  const SanId16 *record;  /* ?2 */
  const char *form;       /* ?3 */
  const char *field;      /* ?4 */
  gint64 no;              /* ?1: of the dossier; 0: none is */
} WriteQuestion;

static void
bind_question (const WriteQuestion *question, SanQuery *query)
{
  if (question->no)
    san_query_put_int (query, 1, question->no);
  if (question->record)
    san_query_put_blob (query, 2, question->record->b, sizeof question->record->b);
  if (question->form)
    san_query_put_text (query, 3, question->form);
  if (question->field)
    san_query_put_text (query, 4, question->field);
}

static gboolean
each_from (SanView *view, const WriteQuestion *question, SanWriteFunc func, gpointer data,
           gboolean *go_on, GError **error)
{
  g_autoptr(SanQuery) query = san_query (view->db, question->sql, error);
  gboolean row;

  if (!query)
    return FALSE;
  bind_question (question, query);
  while (*go_on)
    {
      SanStoredWrite write;

      if (!san_query_step (query, &row, error))
        return FALSE;
      if (!row)
        return TRUE;
      if (!read_write (view, query, &write, error))
        return FALSE;
      *go_on = func (&write, data);
      san_value_unref (write.value);
    }
  return TRUE;
}

static gboolean
each_write (SanStore *self, WriteQuestion *question, guint mask, SanWriteFunc func,
            gpointer data, GError **error)
{
  gboolean go_on = TRUE;

  if (question->dossier && !san_ids_find_dossier (self, question->dossier, &question->no, error))
    return FALSE;
  for (guint c = 0; c < SAN_N_COMPARTMENTS; c++)
    if ((mask & (1u << c)) && self->views[c]
        && !each_from (self->views[c], question, func, data, &go_on, error))
      return FALSE;
  return TRUE;
}

static gboolean
add_copy (const SanStoredWrite *write, gpointer list)
{
  SanStoredWrite *copy = g_memdup2 (write, sizeof *write);

  copy->form = g_strdup (write->form);
  copy->field = g_strdup (write->field);
  san_value_ref (copy->value);
  g_ptr_array_add (list, copy);
  return TRUE;
}

/* Current values as they lie in the table, which costs no sorting. Only where a field has several
 * is there an order: those that are not shown first are put aside and come last. */
typedef struct
{
  SanWriteFunc func;
  gpointer data;
  GPtrArray *aside; /* SanStoredWrite */
  gboolean go_on;
} Unsorted;

static gboolean
take_unsorted (const SanStoredWrite *write, gpointer data)
{
  Unsorted *self = data;

  if (write->rank > 1)
    return add_copy (write, self->aside);
  self->go_on = self->func (write, self->data);
  return self->go_on;
}

static int
compare_ranks (gconstpointer a, gconstpointer b)
{
  const SanStoredWrite *one = *(gpointer *)a, *two = *(gpointer *)b;

  return (one->rank > two->rank) - (one->rank < two->rank);
}

#define CURRENT_OF_DOSSIER                                                                         \
  WRITE_COLUMNS " FROM record r JOIN write w ON w.record = r.no WHERE r.dossier = ?1 AND w.rank > 0"

gboolean
san_view_read_writes (SanView *self, gint64 dossier, SanViewMemo *memo, gboolean *whole,
                      GError **error)
{
  WriteQuestion question = { .sql = CURRENT_OF_DOSSIER, .no = dossier };

  return each_from (self, &question, san_view_memo_add_write, memo, whole, error);
}

static gboolean
each_of_view (SanView *view, gint64 dossier, Unsorted *unsorted, GError **error)
{
  WriteQuestion question = { .sql = CURRENT_OF_DOSSIER, .no = dossier };
  g_autoptr(SanViewMemo) memo = NULL;

  if (!san_view_recall (view, dossier, &memo, error))
    return FALSE;
  if (memo->is_large)
    return each_from (view, &question, take_unsorted, unsorted, &unsorted->go_on, error);
  for (guint i = 0; i < memo->writes->len && unsorted->go_on; i++)
    take_unsorted (&g_array_index (memo->writes, SanStoredWrite, i), unsorted);
  return TRUE;
}

static gboolean
each_of_dossier (SanStore *self, const SanId32 *dossier, guint mask, SanWriteFunc func,
                 gpointer data, GError **error)
{
  g_autoptr(GPtrArray) aside
      = g_ptr_array_new_with_free_func ((GDestroyNotify)san_stored_write_free);
  Unsorted unsorted = { func, data, aside, TRUE };
  gint64 no;

  if (!san_ids_find_dossier (self, dossier, &no, error))
    return FALSE;
  for (guint c = 0; c < SAN_N_COMPARTMENTS && no; c++)
    if ((mask & (1u << c)) && self->views[c] &&
        !each_of_view (self->views[c], no, &unsorted, error))
      return FALSE;
  g_ptr_array_sort (aside, compare_ranks);
  for (guint i = 0; i < aside->len && unsorted.go_on; i++)
    unsorted.go_on = func (aside->pdata[i], data);
  return TRUE;
}

gboolean
san_store_each_value (SanStore *self, const SanId32 *dossier, const SanId16 *record, guint mask,
                      SanWriteFunc func, gpointer data, GError **error)
{
  WriteQuestion question = {
    .sql = WRITE_COLUMNS
    " FROM record r JOIN write w ON w.record = r.no WHERE r.id = ?2 AND r.dossier = ?1"
    " AND w.rank > 0 ORDER BY r.id, r.form, w.field, w.rank",
    .dossier = dossier,
    .record = record,
  };

  if (!record)
    return each_of_dossier (self, dossier, mask, func, data, error);
  return each_write (self, &question, mask, func, data, error);
}

gboolean
san_store_each_attachment (SanStore *self, guint mask, SanWriteFunc func, gpointer data,
                           GError **error)
{
  WriteQuestion question = {
    .sql = WRITE_COLUMNS
    " FROM write w JOIN record r ON r.no = w.record WHERE w.type = 6 AND w.rank > 0",
  };

  return each_write (self, &question, mask, func, data, error);
}

static int
older_first (gconstpointer a, gconstpointer b)
{
  const SanStoredWrite *one = *(gpointer *)a, *two = *(gpointer *)b;
  int c = strcmp (one->field, two->field);

  if (c == 0 && one->wall != two->wall)
    c = one->wall < two->wall ? -1 : 1;
  if (c == 0)
    c = san_id32_compare (&one->id.entry, &two->id.entry);
  if (c == 0)
    c = (int)one->id.compartment - (int)two->id.compartment;
  return c ? c : (int)one->id.number - (int)two->id.number;
}

GPtrArray *
san_store_list_history (SanStore *self, const SanId32 *dossier, const SanId16 *record,
                        const char *form, const char *field, guint mask, GError **error)
{
  g_autoptr(GPtrArray) list
      = g_ptr_array_new_with_free_func ((GDestroyNotify)san_stored_write_free);
  WriteQuestion question = {
    .sql = field ? WRITE_COLUMNS
        " FROM record r JOIN write w ON w.record = r.no WHERE r.id = ?2 AND r.dossier = ?1"
        " AND (?3 IS NULL OR r.form = ?3) AND w.field = ?4"
          : WRITE_COLUMNS
        " FROM record r JOIN write w ON w.record = r.no WHERE r.id = ?2 AND r.dossier = ?1"
        " AND (?3 IS NULL OR r.form = ?3)",
    .dossier = dossier,
    .record = record,
    .form = form,
    .field = field,
  };

  if (!each_write (self, &question, mask, add_copy, list, error))
    return NULL;
  g_ptr_array_sort (list, older_first);
  return g_steal_pointer (&list);
}

gboolean
san_store_each_write (SanStore *self, const SanId32 *dossier, const SanId16 *record,
                      const char *form, const char *field, guint mask, SanWriteFunc func,
                      gpointer data, GError **error)
{
  g_autoptr(GPtrArray) list
      = san_store_list_history (self, dossier, record, form, field, mask, error);

  if (!list)
    return FALSE;
  for (guint i = 0; i < list->len; i++)
    if (!func (list->pdata[i], data))
      break;
  return TRUE;
}

GPtrArray *
san_store_list_values (SanStore *self, const SanId32 *dossier, const SanId16 *record,
                       const char *form, const char *field, guint mask, GError **error)
{
  g_autoptr(GPtrArray) list
      = g_ptr_array_new_with_free_func ((GDestroyNotify)san_stored_write_free);
  WriteQuestion question = {
    .sql = field ? WRITE_COLUMNS
        " FROM record r JOIN write w ON w.record = r.no WHERE r.id = ?2 AND r.dossier = ?1"
        " AND (?3 IS NULL OR r.form = ?3) AND w.field = ?4 AND w.rank > 0 ORDER BY r.form, w.rank"
          : WRITE_COLUMNS
        " FROM record r JOIN write w ON w.record = r.no WHERE r.id = ?2 AND r.dossier = ?1"
        " AND (?3 IS NULL OR r.form = ?3) AND w.rank > 0 ORDER BY r.form, w.field, w.rank",
    .dossier = dossier,
    .record = record,
    .form = form,
    .field = field,
  };

  return each_write (self, &question, mask, add_copy, list, error) ? g_steal_pointer (&list) : NULL;
}

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  return san_id32_compare (*(gpointer *)a, *(gpointer *)b);
}

GPtrArray *
san_store_list_closing (SanStore *self, const SanId32 *dossier, const SanId16 *record,
                        const char *form, guint8 compartment, GError **error)
{
  g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(SanQuery) query = NULL;
  SanView *view = compartment < SAN_N_COMPARTMENTS ? self->views[compartment] : NULL;
  WriteQuestion question = { .record = record, .form = form };
  gboolean row;

  if (!view)
    {
      g_set_error (error, SAN_ERROR, SAN_ERROR_LOCKED, "compartment %u is not open", compartment);
      return NULL;
    }
  query = san_query (view->db,
                     "SELECT DISTINCT w.entry FROM record r JOIN write w ON w.record = r.no"
                     " WHERE r.id = ?2 AND r.dossier = ?1 AND r.form = ?3 AND w.state = 0",
                     error);
  if (!query || !san_ids_find_dossier (self, dossier, &question.no, error))
    return NULL;
  bind_question (&question, query);
  while (TRUE)
    {
      const SanEntryInfo *info;

      if (!san_query_step (query, &row, error))
        return NULL;
      if (!row)
        break;
      info = san_ids_get_entry (self, san_query_get_int (query, 0), error);
      if (!info)
        return NULL;
      g_ptr_array_add (list, san_id32_copy (&info->id));
    }
  g_ptr_array_sort (list, compare_ids);
  return g_steal_pointer (&list);
}
