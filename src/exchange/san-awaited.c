/* san-awaited.c - attached files that are still on their way to an audience, or from it
 *
 * A file waits while one of its pieces does. Whose it is, is whose seat attached it; what a third
 * centre attached may come from any partner who shares the child, and counts for each. */
#include "san-awaited.h"
#include "san-pieces.h"
#include "san-store.h"
#include "san-store-entries.h"
#include "san-store-keys.h"
#include "san-store-values.h"
#include "san-wanted.h"

typedef struct
{
  const SanAudience *audience;
  const SanId32     *own;
  SanStore          *store;
  GHashTable        *asked;         /* SanId32: they asked for it, and it is here */
  GHashTable        *missing;       /* SanId32: not here */
  GHashTable        *named;         /* SanId32: by a note that is open here */
  SanAwaited         found;
} Count;

static GHashTable *
id_set_new (void)
{
  return g_hash_table_new_full (san_id32_hash, san_id32_equal, g_free, NULL);
}

static GHashTable *
dup_missing (const SanAudience *audience, SanStore *store, GError **error)
{
  g_autoptr(GArray) wanted = san_wanted_list (store, error);
  g_autoptr(GHashTable) set = id_set_new ();

  if (wanted == NULL)
    return NULL;
  for (guint i = 0; i < wanted->len; i++)
    {
      const SanWanted *row = &g_array_index (wanted, SanWanted, i);

      if (g_hash_table_contains (audience->dossiers, &row->dossier))
        g_hash_table_add (set, san_id32_copy (&row->piece));
    }
  return g_steal_pointer (&set);
}

/* What one device asks for and is here. */
static gboolean
add_asked (SanStore *store, const SanPeer *peer, SanPieces *pieces, GHashTable *set, GError **error)
{
  g_autoptr(GPtrArray) wants = san_peers_list_wants (store, peer, error);

  for (guint w = 0; wants != NULL && w < wants->len; w++)
    {
      SanWant want;

      if (san_want_parse (g_ptr_array_index (wants, w), &want, NULL) && want.is_piece &&
          san_pieces_has (pieces, &want.piece))
        g_hash_table_add (set, san_id32_copy (&want.piece));
    }
  return wants != NULL;
}

static GHashTable *
dup_asked (const SanAudience *audience, SanStore *store, GError **error)
{
  g_autoptr(SanPieces) pieces = san_pieces_open (san_store_get_dir (store), error);
  g_autoptr(GHashTable) set = id_set_new ();

  if (pieces == NULL)
    return NULL;
  for (guint p = 0; p < audience->peers->len; p++)
    if (!add_asked (store, g_ptr_array_index (audience->peers, p), pieces, set, error))
      return NULL;
  return g_steal_pointer (&set);
}

static gboolean
may_come_from_them (const Count *count, const SanStoredWrite *write)
{
  SanKnownSeat seat;

  if (!san_store_find_seat (count->store, &write->author, &seat, NULL) ||
      san_id32_equal (&seat.centre, &count->audience->centre))
    return TRUE;
  return !count->audience->own && !san_id32_equal (&seat.centre, count->own);
}

static gboolean
has_piece_in (const SanAttachment *attachment, GHashTable *set)
{
  for (guint i = 0; i < san_attachment_get_n_pieces (attachment); i++)
    if (g_hash_table_contains (set, san_attachment_get_piece (attachment, i)))
      return TRUE;
  return FALSE;
}

static void
name_pieces (const SanAttachment *attachment, GHashTable *named)
{
  for (guint i = 0; i < san_attachment_get_n_pieces (attachment); i++)
    g_hash_table_add (named, san_id32_copy (san_attachment_get_piece (attachment, i)));
}

static gboolean
count_file (const SanStoredWrite *write, gpointer data)
{
  Count *count = data;
  g_autoptr(SanAttachment) attachment = san_attachment_from_value (write->value, NULL);

  if (attachment == NULL)
    return TRUE;
  name_pieces (attachment, count->named);
  if (!g_hash_table_contains (count->audience->dossiers, &write->dossier))
    return TRUE;
  count->found.to_them += has_piece_in (attachment, count->asked);
  count->found.from_them += has_piece_in (attachment, count->missing) &&
                            may_come_from_them (count, write);
  return TRUE;
}

static gboolean
has_unnamed (GHashTable *set, GHashTable *named)
{
  GHashTableIter each;
  gpointer piece;

  g_hash_table_iter_init (&each, set);
  while (g_hash_table_iter_next (&each, &piece, NULL))
    if (!g_hash_table_contains (named, piece))
      return TRUE;
  return FALSE;
}

gboolean
san_awaited_count (const SanAudience *audience, const SanId32 *own, SanStore *store,
                   SanAwaited *out, GError **error)
{
  g_autoptr(GHashTable) missing = dup_missing (audience, store, error);
  g_autoptr(GHashTable) asked = missing != NULL ? dup_asked (audience, store, error) : NULL;
  g_autoptr(GHashTable) named = id_set_new ();
  Count count = { audience, own, store, asked, missing, named, { 0 } };

  if (asked == NULL)
    return FALSE;
  if (g_hash_table_size (missing) + g_hash_table_size (asked) > 0 &&
      !san_store_each_attachment (store, san_store_get_open_mask (store), count_file, &count,
                                  error))
    return FALSE;
  count.found.more_to_them = has_unnamed (asked, named);
  count.found.more_from_them = has_unnamed (missing, named);
  *out = count.found;
  return TRUE;
}

/* --- what an exchange named first --- */

typedef struct
{
  GHashTable *fresh;                /* SanId32: missing now, not asked for before */
  GHashTable *old;                  /* SanId32: asked for before */
  GHashTable *named;
  guint       files;
} Since;

static gboolean
count_since (const SanStoredWrite *write, gpointer data)
{
  Since *since = data;
  g_autoptr(SanAttachment) attachment = san_attachment_from_value (write->value, NULL);

  if (attachment == NULL)
    return TRUE;
  name_pieces (attachment, since->named);
  since->files += has_piece_in (attachment, since->fresh) && !has_piece_in (attachment, since->old);
  return TRUE;
}

gboolean
san_awaited_count_since (SanStore *store, const GArray *before, guint *files, gboolean *closed,
                         GError **error)
{
  g_autoptr(GArray) now = san_wanted_list (store, error);
  g_autoptr(GHashTable) fresh = id_set_new ();
  g_autoptr(GHashTable) old = id_set_new ();
  g_autoptr(GHashTable) named = id_set_new ();
  Since since = { fresh, old, named, 0 };

  if (now == NULL)
    return FALSE;
  for (guint i = 0; i < before->len; i++)
    g_hash_table_add (old, san_id32_copy (&g_array_index (before, SanWanted, i).piece));
  for (guint i = 0; i < now->len; i++)
    if (!g_hash_table_contains (old, &g_array_index (now, SanWanted, i).piece))
      g_hash_table_add (fresh, san_id32_copy (&g_array_index (now, SanWanted, i).piece));
  if (g_hash_table_size (fresh) > 0 &&
      !san_store_each_attachment (store, san_store_get_open_mask (store), count_since, &since,
                                  error))
    return FALSE;
  *files = since.files;
  *closed = has_unnamed (fresh, named);
  return TRUE;
}
