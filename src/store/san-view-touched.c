/* san-view-touched.c - dossiers whose derived rows are to be worked out again
 *
 * An entry touches its dossier in a view if that view's readers read a part of it which may
 * change what is derived there; whoever knows the forms is asked, once a part. A part that was
 * not taken in, or too long ago, concerns everybody.
 *
 * Mostly that happens in the transaction that touches them, and memory is enough. The table of that
 * name is for what must outlive a commit. */
#include "san-view-private.h"
#include <string.h>

#define TOUCHED_KEPT 64u

/* @list: of this view's part of the entry */
void
san_view_tell_concern (SanView *self, gint64 seq, SanChangeList *list)
{
  SanStore *store = self->store;
  SanConcern *concern = &store->concerns[seq % SAN_CONCERN_SLOTS];
  const char *last = NULL;

  if (!store->concern)
    return;
  if (concern->seq != seq)
    *concern = (SanConcern){ .seq = seq };
  for (guint i = 0; i < san_change_list_get_size (list); i++)
    {
      const char *form = san_change_list_get (list, i)->form;

      if (!last || strcmp (last, form) != 0)
        concern->concerned |= store->concern (form, store->derive_data);
      last = form;
    }
  concern->told |= 1u << self->compartment;
}

gboolean
san_view_is_concerned (SanView *self, gint64 seq, guint parts)
{
  const SanConcern *concern = &self->store->concerns[seq % SAN_CONCERN_SLOTS];
  guint read = parts & self->reads;

  if (!read || concern->seq != seq || (read & ~concern->told))
    return read != 0;
  return (concern->concerned & (1u << self->compartment)) != 0;
}

static gboolean
put_touched (SanView *self, gint64 dossier, GError **error)
{
  g_autoptr(SanQuery) query
      = san_query (self->db, "INSERT OR IGNORE INTO touched(dossier) VALUES(?1)", error);

  self->has_touched = TRUE;
  if (!query)
    return FALSE;
  san_query_put_int (query, 1, dossier);
  return san_query_run (query, error);
}

gboolean
san_view_put_touched (SanView *self, GError **error)
{
  for (guint i = 0; i < self->touched->len; i++)
    if (!put_touched (self, g_array_index (self->touched, gint64, i), error))
      return FALSE;
  g_array_set_size (self->touched, 0);
  return TRUE;
}

gboolean
san_view_touch (SanView *self, gint64 dossier, GError **error)
{
  for (guint i = self->touched->len; i > 0; i--)
    if (g_array_index (self->touched, gint64, i - 1) == dossier)
      return TRUE;
  if (self->touched->len == TOUCHED_KEPT && !san_view_put_touched (self, error))
    return FALSE;
  g_array_append_val (self->touched, dossier);
  return TRUE;
}

void
san_view_untouch (SanView *self, gint64 dossier)
{
  for (guint i = self->touched->len; i > 0; i--)
    if (g_array_index (self->touched, gint64, i - 1) == dossier)
      g_array_remove_index_fast (self->touched, i - 1);
}

gboolean
san_view_touch_all (SanView *self, GError **error)
{
  g_autoptr(SanQuery) query = san_query (
      self->store->db,
      "SELECT no FROM dossier WHERE standing IN (1, 8) AND NOT erased AND type > 2", error);
  g_autoptr(GArray) dossiers = g_array_new (FALSE, FALSE, sizeof (gint64));

  if (!query || !san_query_numbers (query, dossiers, error))
    return FALSE;
  for (guint i = 0; i < dossiers->len; i++)
    if (!put_touched (self, g_array_index (dossiers, gint64, i), error))
      return FALSE;
  return TRUE;
}

gboolean
san_view_list_touched (SanView *self, GArray *dossiers, GError **error)
{
  g_autoptr(SanQuery) query = NULL;

  if (self->has_touched && !san_view_put_touched (self, error))
    return FALSE;
  g_array_append_vals (dossiers, self->touched->data, self->touched->len);
  if (!self->has_touched)
    return TRUE;
  query = san_query (self->db, "SELECT dossier FROM touched ORDER BY dossier", error);
  return query && san_query_numbers (query, dossiers, error);
}

gboolean
san_view_is_touched (SanView *self, gboolean *any, GError **error)
{
  gint64 rows = 0;

  if (self->has_touched
      && !san_db_get_int (self->db, "SELECT EXISTS (SELECT 1 FROM touched)", &rows, error))
    return FALSE;
  self->has_touched = rows != 0;
  *any = self->has_touched || self->touched->len > 0;
  return TRUE;
}

gboolean
san_view_drop_touched (SanView *self, GError **error)
{
  g_autoptr(SanQuery) query = NULL;

  g_array_set_size (self->touched, 0);
  if (!self->has_touched)
    return TRUE;
  query = san_query (self->db, "DELETE FROM touched", error);
  if (!query || !san_query_run (query, error))
    return FALSE;
  self->has_touched = FALSE;
  return TRUE;
}
