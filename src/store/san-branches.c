/* san-branches.c - at most 16 branches of one journal in one dossier count
 *
 * Which ones must not depend on the order in which they came: forks are gone through by number,
 * then by id; at each, the entry with the smallest id goes on, the others open a branch each.
 * Those beyond the limit are held, with all that follows them. */
#include "san-rule-private.h"

typedef struct
{
  gint64 seq;
  gint64 previous;
  gboolean was_beyond;
} Link;

gboolean
san_branches_count (SanStore *self, gint64 dossier, gint64 journal, gint64 *n, GError **error)
{
  g_autoptr(SanQuery) query = san_query (
      self->db, "SELECT count(*) FROM branch WHERE dossier = ?1 AND journal = ?2", error);
  gboolean row;

  if (!query)
    return FALSE;
  san_query_put_int (query, 1, dossier);
  san_query_put_int (query, 2, journal);
  if (!san_query_step (query, &row, error))
    return FALSE;
  *n = san_query_get_int (query, 0);
  return TRUE;
}

static gboolean
list_links (SanStore *self, gint64 dossier, gint64 journal, GArray *links, GError **error)
{
  g_autoptr(SanQuery) query
      = san_query (self->db,
                   "SELECT seq, previous, beyond FROM entry WHERE dossier = ?1 AND journal = ?2"
                   " ORDER BY number, id",
                   error);
  gboolean row;

  if (!query)
    return FALSE;
  san_query_put_int (query, 1, dossier);
  san_query_put_int (query, 2, journal);
  while (TRUE)
    {
      Link link;

      if (!san_query_step (query, &row, error))
        return FALSE;
      if (!row)
        return TRUE;
      link.seq = san_query_get_int (query, 0);
      link.previous = san_query_get_int (query, 1);
      link.was_beyond = san_query_get_int (query, 2) != 0;
      g_array_append_val (links, link);
    }
}

static gboolean
put_beyond (SanStore *self, gint64 seq, gboolean beyond, GError **error)
{
  g_autoptr(SanQuery) query
      = san_query (self->db, "UPDATE entry SET beyond = ?2 WHERE seq = ?1", error);

  if (!query)
    return FALSE;
  san_query_put_int (query, 1, seq);
  san_query_put_int (query, 2, beyond);
  return san_query_run (query, error);
}

/* Goes through the tree from its roots; entries are judged again where the answer changed. */
gboolean
san_branches_limit (SanStore *self, gint64 dossier, gint64 journal, GError **error)
{
  g_autoptr(GArray) links = NULL;
  g_autoptr(GHashTable) gone_on = NULL; /* previous that one entry goes on from */
  g_autoptr(GHashTable) beyond = NULL;
  gboolean changed = FALSE;
  guint branches = 1;
  gint64 n;

  if (!san_branches_count (self, dossier, journal, &n, error))
    return FALSE;
  if (n <= SAN_BRANCHES_LIMIT)
    return TRUE;
  links = g_array_new (FALSE, FALSE, sizeof (Link));
  gone_on = g_hash_table_new (g_int64_hash, g_int64_equal);
  beyond = g_hash_table_new (g_int64_hash, g_int64_equal);
  if (!list_links (self, dossier, journal, links, error))
    return FALSE;
  for (guint i = 0; i < links->len; i++)
    {
      Link *link = &g_array_index (links, Link, i);
      gboolean is = g_hash_table_contains (beyond, &link->previous);

      if (!g_hash_table_add (gone_on, &link->previous) && ++branches > SAN_BRANCHES_LIMIT)
        is = TRUE;
      if (is)
        g_hash_table_add (beyond, &link->seq);
      if (is != link->was_beyond)
        {
          changed = TRUE;
          if (!put_beyond (self, link->seq, is, error))
            return FALSE;
        }
    }
  return !changed || san_rule_rejudge_journal (self->rule, dossier, journal, error);
}
