/* san-read-wants.c - what is missing here, and whether what others miss is here */
#include "san-store-private.h"

#define BARE_RUNS_LIMIT 4096

/* Between what is here and what waits first. At a gap of unknown shape: from the beginning. */
static gboolean
add_before_waiting (SanStore *self, GPtrArray *list, GError **error)
{
  g_autoptr(SanQuery) query
      = san_query (self->db,
                   "SELECT w.dossier, w.journal, ifnull((SELECT max(b.number) + 1 FROM branch b"
                   " JOIN dossier d ON d.no = b.dossier JOIN journal j ON j.no = b.journal"
                   " WHERE d.id = w.dossier AND j.id = w.journal), 1), min(w.number)"
                   " FROM waiting w GROUP BY w.dossier, w.journal ORDER BY w.dossier, w.journal",
                   error);
  gboolean row;

  if (!query)
    return FALSE;
  while (TRUE)
    {
      guint64 from, first;
      SanWantRange *want;

      if (!san_query_step (query, &row, error))
        return FALSE;
      if (!row)
        return TRUE;
      from = san_query_get_int (query, 2);
      first = san_query_get_int (query, 3);
      want = g_new0 (SanWantRange, 1);
      g_ptr_array_add (list, want);
      san_query_get_id32 (query, 0, &want->dossier);
      san_query_get_id16 (query, 1, &want->journal);
      want->from = from < first ? from : 1;
      want->to = MAX (first, 2) - 1;
    }
}

/* Runs of entries whose bodies are missing, though their case is not erased, or no longer. */
static gboolean
add_bare (SanStore *self, GPtrArray *list, GError **error)
{
  g_autoptr(SanQuery) query
      = san_query (self->db,
                   "SELECT d.id, j.id, e.number FROM entry e JOIN dossier d ON d.no = e.dossier"
                   " JOIN journal j ON j.no = e.journal WHERE e.body IS NULL AND NOT d.erased"
                   " ORDER BY d.id, j.id, e.number",
                   error);
  SanWantRange *last = NULL;
  gboolean row;

  if (!query)
    return FALSE;
  while (TRUE)
    {
      SanWantRange want;

      if (!san_query_step (query, &row, error))
        return FALSE;
      if (!row)
        return TRUE;
      san_query_get_id32 (query, 0, &want.dossier);
      san_query_get_id16 (query, 1, &want.journal);
      want.from = want.to = san_query_get_int (query, 2);
      if (last && san_id32_equal (&last->dossier, &want.dossier)
          && san_id16_equal (&last->journal, &want.journal) && want.from <= last->to + 1)
        last->to = want.to;
      else if (list->len < BARE_RUNS_LIMIT)
        g_ptr_array_add (list, last = g_memdup2 (&want, sizeof want));
    }
}

GPtrArray *
san_store_list_wants (SanStore *self, GError **error)
{
  g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func (g_free);

  if (!add_before_waiting (self, list, error) || !add_bare (self, list, error))
    return NULL;
  return g_steal_pointer (&list);
}

gboolean
san_store_can_answer (SanStore *self, const SanWantRange *want, gboolean *can, GError **error)
{
  g_autoptr(SanQuery) query
      = san_query (self->db,
                   "SELECT 1 FROM entry e JOIN dossier d ON d.no = e.dossier"
                   " WHERE d.id = ?1 AND e.journal = (SELECT no FROM journal WHERE id = ?2)"
                   " AND e.number BETWEEN ?3 AND ?4 AND (e.body NOT NULL OR d.erased) LIMIT 1",
                   error);

  if (!query)
    return FALSE;
  san_query_put_blob (query, 1, want->dossier.b, sizeof want->dossier.b);
  san_query_put_blob (query, 2, want->journal.b, sizeof want->journal.b);
  san_query_put_int (query, 3, want->from);
  san_query_put_int (query, 4, want->to);
  return san_query_step (query, can, error);
}
