/* san-wanted.c - attachment pieces that are named by what stands written here, but have not come */
#include "san-wanted.h"
#include "san-pieces.h"
#include "san-store.h"
#include "san-store-keys.h"
#include "san-store-values.h"

#define STATE_WANTED "pieces.wanted"      /* rows: dossier 32 || piece 32 */

GArray *
san_wanted_list (SanStore *store, GError **error)
{
  g_autoptr(GBytes) state = NULL;
  GArray *rows;
  gsize n = 0;
  const guint8 *at;

  if (!san_store_look_state (store, STATE_WANTED, &state, error))
    return NULL;
  at = state != NULL ? g_bytes_get_data (state, &n) : NULL;
  rows = g_array_new (FALSE, FALSE, sizeof (SanWanted));
  for (gsize i = 0; i + sizeof (SanWanted) <= n; i += sizeof (SanWanted))
    g_array_append_vals (rows, at + i, 1);
  return rows;
}

gboolean
san_wanted_has (const GArray *wanted, const SanId32 *piece)
{
  for (guint i = 0; i < wanted->len; i++)
    if (san_id32_equal (&g_array_index (wanted, SanWanted, i).piece, piece))
      return TRUE;
  return FALSE;
}

typedef struct
{
  SanPieces *pieces;
  GArray    *rows;
} Search;

static gboolean
add_missing (const SanStoredWrite *write, gpointer data)
{
  Search *search = data;
  g_autoptr(SanAttachment) attachment = san_attachment_from_value (write->value, NULL);
  g_autoptr(GPtrArray) missing = NULL;

  if (attachment == NULL)
    return TRUE;
  missing = san_pieces_list_missing (search->pieces, attachment);
  for (guint i = 0; i < missing->len && search->rows->len < SAN_WANTED_LIMIT; i++)
    {
      SanWanted row = { write->dossier, *(const SanId32 *) g_ptr_array_index (missing, i) };

      g_array_append_val (search->rows, row);
    }
  return search->rows->len < SAN_WANTED_LIMIT;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  return memcmp (a, b, sizeof (SanWanted));
}

static void
drop_repeats (GArray *rows)
{
  guint kept = 0;

  g_array_sort (rows, compare);
  for (guint i = 0; i < rows->len; i++)
    if (i == 0 || compare (&g_array_index (rows, SanWanted, i),
                           &g_array_index (rows, SanWanted, kept - 1)) != 0)
      g_array_index (rows, SanWanted, kept++) = g_array_index (rows, SanWanted, i);
  g_array_set_size (rows, kept);
}

gboolean
san_wanted_refresh (SanStore *store, GError **error)
{
  g_autoptr(SanPieces) pieces = san_pieces_open (san_store_get_dir (store), error);
  g_autoptr(GArray) before = pieces != NULL ? san_wanted_list (store, error) : NULL;
  g_autoptr(GArray) rows = g_array_new (FALSE, FALSE, sizeof (SanWanted));
  g_autoptr(GBytes) state = NULL;
  Search search = { pieces, rows };

  if (before == NULL)
    return FALSE;
  for (guint i = 0; i < before->len; i++)
    if (!san_pieces_has (pieces, &g_array_index (before, SanWanted, i).piece))
      g_array_append_val (rows, g_array_index (before, SanWanted, i));
  if (!san_store_each_attachment (store, san_store_get_open_mask (store), add_missing, &search,
                                  error))
    return FALSE;
  drop_repeats (rows);
  if (rows->len == before->len &&
      (rows->len == 0 || memcmp (rows->data, before->data, rows->len * sizeof (SanWanted)) == 0))
    return TRUE;
  state = rows->len > 0 ? g_bytes_new (rows->data, rows->len * sizeof (SanWanted)) : NULL;
  return san_store_put_state (store, STATE_WANTED, state, error);
}
