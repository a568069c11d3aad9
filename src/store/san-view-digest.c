/* san-view-digest.c - what a view says, in one digest: ordered by ids, free of inner numbers */
#include "san-view-private.h"
#include "san-hash.h"
#include "san-error.h"

#define DOMAIN_VIEW "san1.view.digest"

static void
put_int (SanHasher *hasher, gint64 v)
{
  gint64 bytes = GINT64_TO_LE (v);

  san_hasher_update (hasher, &bytes, sizeof bytes);
}

static void
put_block (SanHasher *hasher, const void *data, gsize n)
{
  put_int (hasher, n);
  if (n)
    san_hasher_update (hasher, data, n);
}

static void
put_text (SanHasher *hasher, const char *text)
{
  put_block (hasher, text, strlen (text));
}

static gboolean
put_entry_id (SanView *self, SanHasher *hasher, gint64 seq, GError **error)
{
  const SanEntryInfo *info = &(const SanEntryInfo){ 0 };

  if (seq)
    info = san_ids_get_entry (self->store, seq, error);
  if (info)
    put_block (hasher, info->id.b, sizeof info->id.b);
  return info != NULL;
}

typedef struct
{
  SanId32 entry;
  gint64 number;
  char *field;
  GBytes *rest; /* digest of state, rank, value … */
} DigestWrite;

static void
digest_write_clear (gpointer data)
{
  DigestWrite *write = data;

  g_free (write->field);
  g_bytes_unref (write->rest);
}

static int
digest_write_compare (gconstpointer a, gconstpointer b)
{
  const DigestWrite *one = a, *two = b;
  int c = strcmp (one->field, two->field);

  c = c ? c : san_id32_compare (&one->entry, &two->entry);
  return c ? c : (one->number > two->number) - (one->number < two->number);
}

static GBytes *
digest_of_write (SanQuery *query)
{
  SanHasher *hasher = san_hasher_new (DOMAIN_VIEW);
  const guint8 *data;
  SanId32 digest;
  gsize n;

  for (int i = 3; i <= 6; i++)
    put_int (hasher, san_query_get_int (query, i));
  data = san_query_get_blob (query, 7, &n);
  put_block (hasher, data, n);
  san_hasher_finish (hasher, &digest);
  san_hasher_free (hasher);
  return g_bytes_new (digest.b, sizeof digest.b);
}

static gboolean
put_writes (SanView *self, SanHasher *hasher, gint64 record, GError **error)
{
  g_autoptr(GArray) writes = g_array_new (FALSE, FALSE, sizeof (DigestWrite));
  g_autoptr(SanQuery) query
      = san_query (self->db,
                   "SELECT field, entry, number, state, rank, unseen, type, value FROM write"
                   " WHERE record = ?1",
                   error);
  gboolean row;

  g_array_set_clear_func (writes, digest_write_clear);
  if (!query)
    return FALSE;
  san_query_put_int (query, 1, record);
  while (TRUE)
    {
      const SanEntryInfo *info;
      DigestWrite write;

      if (!san_query_step (query, &row, error))
        return FALSE;
      if (!row)
        break;
      info = san_ids_get_entry (self->store, san_query_get_int (query, 1), error);
      if (!info)
        return FALSE;
      write.entry = info->id;
      write.number = san_query_get_int (query, 2);
      write.field = g_strdup (san_query_get_text (query, 0));
      write.rest = digest_of_write (query);
      g_array_append_val (writes, write);
    }
  g_array_sort (writes, digest_write_compare);
  for (guint i = 0; i < writes->len; i++)
    {
      const DigestWrite *write = &g_array_index (writes, DigestWrite, i);

      put_text (hasher, write->field);
      put_block (hasher, write->entry.b, sizeof write->entry.b);
      put_int (hasher, write->number);
      put_block (hasher, g_bytes_get_data (write->rest, NULL), g_bytes_get_size (write->rest));
    }
  return TRUE;
}

static gboolean
put_records (SanView *self, SanHasher *hasher, gint64 dossier, GError **error)
{
  g_autoptr(SanQuery) query
      = san_query (self->db,
                   "SELECT no, id, form, first, finish, withdrawn, review, amends FROM record"
                   " WHERE dossier = ?1 ORDER BY id, form",
                   error);
  gboolean row;

  if (!query)
    return FALSE;
  san_query_put_int (query, 1, dossier);
  while (TRUE)
    {
      const guint8 *id;
      gsize n;

      if (!san_query_step (query, &row, error))
        return FALSE;
      if (!row)
        return TRUE;
      id = san_query_get_blob (query, 1, &n);
      put_block (hasher, id, n);
      put_text (hasher, san_query_get_text (query, 2));
      if (!put_entry_id (self, hasher, san_query_get_int (query, 3), error)
          || !put_entry_id (self, hasher, san_query_get_int (query, 4), error))
        return FALSE;
      for (int i = 5; i <= 7; i++)
        put_int (hasher, san_query_get_int (query, i));
      if (!put_writes (self, hasher, san_query_get_int (query, 0), error))
        return FALSE;
    }
}

/* Rows whose columns are all texts, blobs and numbers without inner meaning, in a fixed order. */
static gboolean
put_rows (SanView *self, SanHasher *hasher, const char *sql, int columns, gint64 dossier,
          GError **error)
{
  g_autoptr(SanQuery) query = san_query (self->db, sql, error);
  gboolean row;

  if (!query)
    return FALSE;
  san_query_put_int (query, 1, dossier);
  while (TRUE)
    {
      if (!san_query_step (query, &row, error))
        return FALSE;
      if (!row)
        return TRUE;
      for (int i = 0; i < columns; i++)
        {
          gsize n;
          const guint8 *data = san_query_get_blob (query, i, &n);

          put_block (hasher, data, n);
        }
    }
}

static int
id_compare (gconstpointer a, gconstpointer b)
{
  return san_id32_compare (*(gpointer *)a, *(gpointer *)b);
}

/* Closed parts by entry id; they must be the same ones, for the same reason. */
static gboolean
put_closed (SanView *self, SanHasher *hasher, gint64 dossier, GError **error)
{
  g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(SanQuery) query
      = san_query (self->db, "SELECT entry, why FROM closed WHERE dossier = ?1", error);
  gboolean row;

  if (!query)
    return FALSE;
  san_query_put_int (query, 1, dossier);
  while (TRUE)
    {
      const SanEntryInfo *info;
      guint8 *item;

      if (!san_query_step (query, &row, error))
        return FALSE;
      if (!row)
        break;
      info = san_ids_get_entry (self->store, san_query_get_int (query, 0), error);
      if (!info)
        return FALSE;
      item = g_malloc (sizeof info->id.b + 1);
      memcpy (item, info->id.b, sizeof info->id.b);
      item[sizeof info->id.b] = san_query_get_int (query, 1);
      g_ptr_array_add (list, item);
    }
  g_ptr_array_sort (list, id_compare);
  for (guint i = 0; i < list->len; i++)
    put_block (hasher, list->pdata[i], sizeof (SanId32) + 1);
  return TRUE;
}

static gboolean
put_dossier (SanView *self, SanHasher *hasher, gint64 no, gboolean derived, GError **error)
{
  if (!put_records (self, hasher, no, error) || !put_closed (self, hasher, no, error)
      || !put_rows (self, hasher, "SELECT id FROM key WHERE dossier = ?1 ORDER BY id", 1, no,
                    error))
    return FALSE;
  if (!derived)
    return TRUE;
  return put_rows (self, hasher,
                   "SELECT child, milestone, record, at, exact, notice, turn, data FROM due"
                   " WHERE dossier = ?1 ORDER BY no",
                   8, no, error)
         && put_rows (self, hasher, "SELECT sort, status, data FROM summary WHERE dossier = ?1", 3,
                      no, error)
         && put_rows (self, hasher,
                      "SELECT keys, kind, latin FROM search_row WHERE dossier = ?1 ORDER BY no", 3,
                      no, error)
         && put_rows (self, hasher, "SELECT at FROM turn WHERE dossier = ?1", 1, no, error);
}

gboolean
san_view_digest (SanView *self, gboolean derived, SanId32 *out, GError **error)
{
  g_autoptr(SanHasher) hasher = san_hasher_new (DOMAIN_VIEW);
  g_autoptr(SanQuery) query
      = san_query (self->store->db, "SELECT no, id FROM dossier ORDER BY id", error);
  gboolean row;

  if (!query)
    return FALSE;
  while (TRUE)
    {
      const guint8 *id;
      gsize n;

      if (!san_query_step (query, &row, error))
        return FALSE;
      if (!row)
        break;
      id = san_query_get_blob (query, 1, &n);
      put_block (hasher, id, n);
      if (!put_dossier (self, hasher, san_query_get_int (query, 0), derived, error))
        return FALSE;
    }
  san_hasher_finish (hasher, out);
  return TRUE;
}

gboolean
san_store_view_digest (SanStore *self, guint8 compartment, gboolean derived, SanId32 *out,
                       GError **error)
{
  if (compartment < SAN_N_COMPARTMENTS && self->views[compartment])
    return san_view_digest (self->views[compartment], derived, out, error);
  g_set_error (error, SAN_ERROR, SAN_ERROR_LOCKED, "compartment %u is not open", compartment);
  return FALSE;
}

gboolean
san_store_head_digest (SanStore *self, SanId32 *out, GError **error)
{
  g_autoptr(GPtrArray) heads = san_store_list_heads (self, NULL, error);
  g_autoptr(SanHasher) hasher = NULL;

  if (!heads)
    return FALSE;
  hasher = san_hasher_new ("san1.head.digest");
  for (guint i = 0; i < heads->len; i++)
    {
      const SanHead *head = heads->pdata[i];

      put_block (hasher, head->dossier.b, sizeof head->dossier.b);
      put_block (hasher, head->journal.b, sizeof head->journal.b);
      put_int (hasher, head->number);
      put_block (hasher, head->id.b, sizeof head->id.b);
    }
  san_hasher_finish (hasher, out);
  return TRUE;
}
