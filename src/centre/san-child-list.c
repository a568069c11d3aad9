/* san-child-list.c - the list of children, a page at a time, and the search in it
 *
 * A list page shows some dozens of rows and asks for more when it is scrolled: only what is shown
 * is read and made. A search looks at a bounded number of candidates, ranks them by the text that
 * was found, and makes rows of those that the page asks for. */
#include "san-child-list.h"
#include "san-derive.h"
#include "san-search-key.h"

#define ANY_STATUS     -1
#define NO_SUCH_STATUS -2

typedef struct
{
  int   status;
  guint offset;
  guint limit;
} Page;

void
san_child_row_free (SanChildRow *self)
{
  g_free (self->alias);
  g_free (self->sign);
  g_free (self->bed);
  g_free (self->name);
  g_free (self->status);
  g_free (self->found_by);
  g_free (self->shared_with);
  g_free (self);
}

static int
day_of_stay (gint64 arrived, int zone)
{
  SanInstant from = { arrived, (gint16) zone };
  SanInstant now = { san_clock_now (), san_clock_zone (san_clock_now ()) };

  return san_date_from_instant (&now).days - san_date_from_instant (&from).days + 1;
}

SanChildRow *
san_child_row_new (const SanId32 *child, guint status, const SanKeptSummary *kept)
{
  SanChildRow *row = g_new0 (SanChildRow, 1);

  row->id = *child;
  row->status = g_strdup (san_child_status_name (status));
  row->alias = g_strdup (kept->alias);
  row->sign = g_strdup (kept->sign);
  row->bed = g_strdup (kept->bed);
  row->admitted.ms = kept->arrived;
  row->admitted.zone = (gint16) kept->zone;
  row->stay = (int) kept->stay;
  row->day = kept->has_arrived ? day_of_stay (kept->arrived, kept->zone) : 0;
  return row;
}

static int
status_from_name (const char *status, GError **error)
{
  if (status == NULL)
    return ANY_STATUS;
  for (guint i = 0; i <= SAN_STATUS_CLOSED; i++)
    if (g_str_equal (san_child_status_name (i), status))
      return (int) i;
  g_set_error (error, SAN_ERROR, SAN_ERROR_INVALID,
               "\"%s\" is no status: in-care, follow-up, closed", status);
  return NO_SUCH_STATUS;
}

/* Search */

typedef struct
{
  SanId32     id;
  guint       rank;
  gint64      since;                 /* when she was welcomed, of those that are called the same */
  const char *latin;
  const char *kind;
} Found;

typedef struct
{
  const char   *typed;               /* in Latin letters */
  GArray *found; /* Found, room for all from the start: the table points into it */
  GHashTable   *by_child;            /* SanId32 -> Found */
  GStringChunk *texts;
} Search;

/* A child may be found by several words: the nearest stands for her. */
static gboolean
add_hit (const SanSearchHit *hit, gpointer data)
{
  Search *self = data;
  guint rank = san_search_rank (self->typed, hit->latin);
  Found *found = g_hash_table_lookup (self->by_child, &hit->dossier);

  if (found != NULL && found->rank <= rank)
    return TRUE;
  if (found == NULL)
    {
      g_array_set_size (self->found, self->found->len + 1);
      found = &g_array_index (self->found, Found, self->found->len - 1);
      found->id = hit->dossier;
      found->since = 0;
      g_hash_table_insert (self->by_child, &found->id, found);
    }
  found->rank = rank;
  found->latin = g_string_chunk_insert (self->texts, hit->latin);
  found->kind = g_intern_string (hit->kind);
  return TRUE;
}

static int
compare_called (const Found *one, const Found *two)
{
  int order = (one->rank > two->rank) - (one->rank < two->rank);

  return order != 0 ? order : strcmp (one->latin, two->latin);
}

/* Of those that are called the same, who came last stands first. */
static int
compare_found (gconstpointer a, gconstpointer b)
{
  const Found *one = a;
  const Found *two = b;
  int order = compare_called (one, two);

  if (order == 0)
    order = (one->since < two->since) - (one->since > two->since);
  return order != 0 ? order : san_id32_compare (&one->id, &two->id);
}

static void
sort_found (SanCentre *self, GArray *found)
{
  gboolean any = FALSE;

  g_array_sort (found, compare_found);
  for (guint i = 0; i < found->len; i++)
    {
      Found *here = &g_array_index (found, Found, i);
      SanDossier dossier;

      if ((i == 0 || compare_called (here - 1, here) != 0) &&
          (i + 1 == found->len || compare_called (here, here + 1) != 0))
        continue;
      any = TRUE;
      if (san_store_find_dossier (self->store, &here->id, &dossier, NULL))
        here->since = (gint64) dossier.wall;
    }
  if (any)
    g_array_sort (found, compare_found);
}

typedef struct
{
  const Page  *page;
  const Found *found;                /* in order; those without a summary are left out */
  GPtrArray   *rows;
  guint        n;                    /* that fit */
  gboolean     counts;               /* all of them, not only up to the end of the page */
} Paging;

static gboolean
add_row (const SanId32 *child, guint status, const guint8 *data, gsize n, gpointer user)
{
  Paging *self = user;
  const Page *page = self->page;
  SanKeptSummary kept;
  SanChildRow *row;

  while (!san_id32_equal (&self->found->id, child))
    self->found++;
  if (page->status != ANY_STATUS && (int) status != page->status)
    return TRUE;
  if (self->n++ < page->offset || self->rows->len == page->limit)
    return self->counts || self->rows->len < page->limit;
  san_kept_summary_read (&kept, data, n);
  row = san_child_row_new (child, status, &kept);
  row->found_by = g_strdup (self->found->kind);
  row->found_far = self->found->rank;
  g_ptr_array_add (self->rows, row);
  return TRUE;
}

/* Only those of the page become rows; with no status to be looked at, only those are read. */
static GPtrArray *
page_of (SanCentre *self, GArray *found, const Page *page, guint *n_all, GError **error)
{
  Page part = *page;
  guint first = page->status == ANY_STATUS ? MIN (page->offset, found->len) : 0;
  guint n = page->status == ANY_STATUS ? MIN (page->limit, found->len - first) : found->len;
  g_autofree SanId32 *ids = g_new (SanId32, n + 1);
  g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) san_child_row_free);
  Paging paging = { &part, &g_array_index (found, Found, first), rows, 0, n_all != NULL };

  part.offset -= MIN (first, page->offset);
  for (guint i = 0; i < n; i++)
    ids[i] = paging.found[i].id;
  if (!san_store_each_summary_of (self->store, SAN_COMPARTMENT_HOUSE, ids, n, add_row, &paging,
                                  error))
    return NULL;
  if (n_all != NULL)
    *n_all = page->status == ANY_STATUS ? found->len : paging.n;
  return g_steal_pointer (&rows);
}

/* Candidates by the lossy key, ranked by the letters. */
static GPtrArray *
search_page (SanCentre *self, const char *text, const Page *page, guint *n_all, GError **error)
{
  g_autofree char *latin = san_search_latin (text);
  g_autofree char *keys = san_search_joined (latin);
  g_autoptr(GArray) found =
      g_array_sized_new (FALSE, FALSE, sizeof (Found), SAN_CHILD_SEARCH_LIMIT);
  g_autoptr(GHashTable) by_child = g_hash_table_new (san_id32_hash, san_id32_equal);
  g_autoptr(GStringChunk) texts = g_string_chunk_new (4096);
  Search search = { latin, found, by_child, texts };

  if (!san_store_each_hit (self->store, keys, san_store_get_open_mask (self->store),
                           SAN_CHILD_SEARCH_LIMIT, add_hit, &search, error))
    return NULL;
  sort_found (self, found);
  return page_of (self, found, page, n_all, error);
}

/* All */

static GPtrArray *
list_page (SanCentre *self, const Page *page, guint *n_all, GError **error)
{
  g_autoptr(GPtrArray) summaries = san_store_list_summaries (
      self->store, SAN_COMPARTMENT_HOUSE, page->status, page->offset, page->limit, error);
  GPtrArray *rows;

  if (summaries == NULL)
    return NULL;
  rows = g_ptr_array_new_full (summaries->len, (GDestroyNotify) san_child_row_free);
  for (guint i = 0; i < summaries->len; i++)
    {
      const SanSummaryRow *summary = g_ptr_array_index (summaries, i);
      SanKeptSummary kept;

      if (summary->status == SAN_STATUS_UNDONE)
        continue;
      san_kept_summary_read_bytes (&kept, summary->data);
      g_ptr_array_add (rows, san_child_row_new (&summary->dossier, summary->status, &kept));
    }
  if (n_all != NULL)
    *n_all =
        san_store_count_summaries (self->store, SAN_COMPARTMENT_HOUSE, page->status, NULL) -
        (page->status == ANY_STATUS ? san_store_count_summaries (self->store, SAN_COMPARTMENT_HOUSE,
                                                                 SAN_STATUS_UNDONE, NULL)
                                    : 0);
  return rows;
}

/**
 * san_child_list_slice:
 * @search: (nullable): part of an alias or a name, in any script; nearest first. NULL: all, by bed
 * @status: (nullable): in-care, follow-up or closed; NULL: any
 * @n_all: (out) (optional): how many there are on all pages; a search looks at
 *   %SAN_CHILD_SEARCH_LIMIT candidates at most
 *
 * Returns: (transfer full) (element-type SanChildRow): at most @limit rows from @offset on
 */
GPtrArray *
san_child_list_slice (SanCentre *self, const char *search, const char *status, guint offset,
                      guint limit, guint *n_all, GError **error)
{
  Page page = { status_from_name (status, error), offset, limit };

  if (page.status == NO_SUCH_STATUS)
    return NULL;
  return search != NULL ? search_page (self, search, &page, n_all, error)
                        : list_page (self, &page, n_all, error);
}

GPtrArray *
san_child_list (SanCentre *self, const char *search, const char *status, GError **error)
{
  return san_child_list_slice (self, search, status, 0, G_MAXUINT, NULL, error);
}
