/* san-rule-judge.c - which entries count: judged when stored, and again when something grew
 *
 * An entry whose verdict changes gets a new rev, and so comes to every view again. */
#include "san-rule-private.h"
#include "san-founding.h"
#include "san-error.h"

typedef struct
{
  gint64 seq;
  guint8 visible;
  guint8 held;
} Verdict;

/* Written by a superintendent of this store's own centre? Asked for a few forms only. */
static gboolean
is_own_superintendent (SanRule *self, const SanAuthority *authority, const SanId32 *author)
{
  const SanSeat *seat;

  if (!authority || !san_id32_equal (san_authority_get_centre (authority), &self->store->centre))
    return FALSE;
  seat = san_authority_find_seat (authority, author);
  return (seat && san_role_is_superintendent (seat->role))
         || san_authority_is_recovery (authority, author);
}

static void
read_judgement (const SanJudged *what, const SanJudgement *judgement, guint8 *visible,
                gboolean *held)
{
  guint counts = judgement->visible & what->parts;

  switch (what->kind)
    {
    case SAN_KIND_CHANGES:
      *visible = counts;
      *held = counts != what->parts;
      return;
    case SAN_KIND_KEY_GRANT:
      *visible = counts ? counts | SAN_VISIBLE_WHOLE : 0;
      *held = !counts;
      return;
    case SAN_KIND_FOUNDING:
    case SAN_KIND_AUTHORITY:
      *visible = judgement->visible ? SAN_VISIBLE_WHOLE : 0;
      *held = !judgement->visible;
      return;
    default:
      *visible = 0; /* a newer version knows what it is */
      *held = FALSE;
    }
}

gboolean
san_rule_judge (SanRule *self, const SanJudged *what, guint8 *visible, gboolean *held,
                SanJudgement *why, GError **error)
{
  const SanId32 *author = &san_entry_get_header (what->entry)->author;
  const SanAuthority *authority;
  SanDossierRights *rights;
  SanJudgement judgement = { 0, SAN_HELD_NOT };

  if (what->erased)
    {
      *visible = 0;
      *held = FALSE;
      if (why)
        *why = judgement;
      return TRUE;
    }
  if (what->in_authority)
    {
      *visible = SAN_VISIBLE_WHOLE; /* SanAuthority knows better, and is asked */
      *held = FALSE;
      return TRUE;
    }
  rights = san_rule_get_rights (self, what->dossier, &self->error);
  authority = self->lookup.by_seat (self, author);
  if (!san_rule_take_error (self, error))
    return FALSE;
  if (what->beyond || !rights)
    judgement.reason = SAN_HELD_INCOMPLETE;
  else
    san_authority_judge (authority, what->entry, what->parts, rights, &self->chain, &judgement);
  if (!san_rule_take_error (self, error))
    return FALSE;
  read_judgement (what, &judgement, visible, held);
  if (what->kind == SAN_KIND_CHANGES && is_own_superintendent (self, authority, author))
    *visible |= SAN_VISIBLE_SUPERINTENDENT;
  if (why)
    *why = judgement;
  return TRUE;
}

/* Columns: seq, dossier, kind, parts, beyond, visible, held, header, type, erased. */
#define JUDGED_COLUMNS                                                                             \
  "SELECT e.seq, e.dossier, e.kind, e.parts, e.beyond, e.visible, e.held, e.header, d.type,"       \
  " e.body IS NULL AND e.kind NOT IN (1, 2)"                                                       \
  " FROM entry e JOIN dossier d ON d.no = e.dossier WHERE "

static gboolean
judge_row (SanRule *self, SanQuery *row, Verdict *out, gboolean *differs, GError **error)
{
  g_autoptr(SanEntry) entry = NULL;
  SanJudged what = { 0 };
  const guint8 *header;
  gboolean held;
  gsize n;

  header = san_query_get_blob (row, 7, &n);
  entry = san_entry_new (header, n, NULL, error);
  if (!entry)
    return FALSE;
  what.seq = san_query_get_int (row, 0);
  what.dossier = san_query_get_int (row, 1);
  what.kind = san_query_get_int (row, 2);
  what.parts = san_query_get_int (row, 3);
  what.beyond = san_query_get_int (row, 4) != 0;
  what.in_authority = san_query_get_int (row, 8) <= SAN_FOUNDING_PROGRAMME;
  what.erased = san_query_get_int (row, 9) != 0;
  what.entry = entry;
  if (!san_rule_judge (self, &what, &out->visible, &held, NULL, error))
    return FALSE;
  out->seq = what.seq;
  out->held = held;
  *differs = out->visible != san_query_get_int (row, 5) || out->held != san_query_get_int (row, 6);
  return TRUE;
}

static gboolean
put_verdict (SanRule *self, const Verdict *verdict, GError **error)
{
  SanStore *store = self->store;
  g_autoptr(SanQuery) query = san_query (
      store->db, "UPDATE entry SET visible = ?2, held = ?3, rev = ?4 WHERE seq = ?1", error);
  SanEntryInfo *slot = &store->infos[verdict->seq % SAN_INFO_SLOTS];

  if (!query)
    return FALSE;
  san_query_put_int (query, 1, verdict->seq);
  san_query_put_int (query, 2, verdict->visible);
  san_query_put_int (query, 3, verdict->held);
  san_query_put_int (query, 4, ++store->rev);
  if (slot->seq == verdict->seq)
    slot->visible = verdict->visible;
  if (verdict->seq <= self->old_seq)
    {
      self->n_became_held += verdict->held;
      self->n_became_visible += !verdict->held;
    }
  return san_query_run (query, error);
}

/* Judges the rows of a query, first all, then writes: what is read must not change meanwhile. */
static gboolean
rejudge (SanRule *self, SanQuery *query, GError **error)
{
  g_autoptr(GArray) verdicts = g_array_new (FALSE, FALSE, sizeof (Verdict));
  gboolean row;

  while (TRUE)
    {
      Verdict verdict;
      gboolean differs;

      if (!san_query_step (query, &row, error))
        return FALSE;
      if (!row)
        break;
      if (!judge_row (self, query, &verdict, &differs, error))
        return FALSE;
      if (differs)
        g_array_append_val (verdicts, verdict);
    }
  for (guint i = 0; i < verdicts->len; i++)
    if (!put_verdict (self, &g_array_index (verdicts, Verdict, i), error))
      return FALSE;
  return TRUE;
}

static gboolean
rejudge_where (SanRule *self, const char *sql, gint64 one, gint64 two, GError **error)
{
  g_autoptr(SanQuery) query = san_query (self->store->db, sql, error);

  if (!query)
    return FALSE;
  san_query_put_int (query, 1, one);
  if (two)
    san_query_put_int (query, 2, two);
  return rejudge (self, query, error);
}

gboolean
san_rule_rejudge_author (SanRule *self, gint64 author, GError **error)
{
  return rejudge_where (self, JUDGED_COLUMNS "e.author = ?1", author, 0, error);
}

gboolean
san_rule_rejudge_dossier (SanRule *self, gint64 dossier, gboolean only_rules, GError **error)
{
  return only_rules ? rejudge_where (self, JUDGED_COLUMNS "e.dossier = ?1 AND e.kind NOT IN (0, 3)",
                                     dossier, 0, error)
                    : rejudge_where (self, JUDGED_COLUMNS "e.dossier = ?1", dossier, 0, error);
}

gboolean
san_rule_rejudge_held (SanRule *self, gint64 dossier, GError **error)
{
  return rejudge_where (self, JUDGED_COLUMNS "e.dossier = ?1 AND e.held", dossier, 0, error);
}

gboolean
san_rule_rejudge_journal (SanRule *self, gint64 dossier, gint64 journal, GError **error)
{
  return rejudge_where (self, JUDGED_COLUMNS "e.dossier = ?1 AND e.journal = ?2", dossier, journal,
                        error);
}

gboolean
san_rule_compare (SanRule *self, GPtrArray *problems, GError **error)
{
  g_autoptr(SanQuery) query = san_query (self->store->db, JUDGED_COLUMNS "1", error);
  gboolean row, differs;
  Verdict verdict;

  if (!query)
    return FALSE;
  while (TRUE)
    {
      if (!san_query_step (query, &row, error))
        return FALSE;
      if (!row)
        return TRUE;
      if (!judge_row (self, query, &verdict, &differs, error))
        return FALSE;
      if (differs)
        g_ptr_array_add (problems,
                         g_strdup_printf ("entry %" G_GINT64_FORMAT " is marked as %s, and is not",
                                          verdict.seq, verdict.held ? "counting" : "held"));
    }
}

/* Public reading */

gboolean
san_store_judge (SanStore *self, const SanId32 *id, SanJudgement *out, GError **error)
{
  g_autoptr(SanQuery) query = san_query (self->db, JUDGED_COLUMNS "e.id = ?1", error);
  g_autoptr(SanEntry) entry = NULL;
  SanJudgement why = { 0, SAN_HELD_NOT };
  SanJudged what = { 0 };
  const guint8 *header;
  guint8 visible;
  gboolean row, held;
  gsize n;

  if (!query || (self->tx && !san_rule_refresh (self->rule, error)))
    return FALSE;
  san_query_put_blob (query, 1, id->b, sizeof id->b);
  if (!san_query_step (query, &row, error))
    return FALSE;
  if (!row)
    {
      g_set_error (error, SAN_ERROR, SAN_ERROR_NOT_FOUND, "no such entry here");
      return FALSE;
    }
  header = san_query_get_blob (query, 7, &n);
  entry = san_entry_new (header, n, NULL, error);
  if (!entry)
    return FALSE;
  what.dossier = san_query_get_int (query, 1);
  what.kind = san_query_get_int (query, 2);
  what.parts = san_query_get_int (query, 3);
  what.beyond = san_query_get_int (query, 4) != 0;
  what.in_authority = san_query_get_int (query, 8) <= SAN_FOUNDING_PROGRAMME;
  what.erased = san_query_get_int (query, 9) != 0;
  what.entry = entry;
  if (!san_rule_judge (self->rule, &what, &visible, &held, &why, error))
    return FALSE;
  *out = why;
  return TRUE;
}

GPtrArray *
san_store_list_key_grants (SanStore *self, const SanId32 *dossier, guint8 compartment,
                           GError **error)
{
  g_autoptr(SanQuery) query
      = san_query (self->db,
                   "SELECT e.header, e.body FROM key_grant g JOIN entry e ON e.seq = g.entry"
                   " WHERE g.dossier = ?1 AND g.compartment = ?2 AND e.visible & 128"
                   " AND e.body NOT NULL ORDER BY e.id",
                   error);
  gint64 no;

  if (!query || !san_ids_find_dossier (self, dossier, &no, error))
    return NULL;
  san_query_put_int (query, 1, no);
  san_query_put_int (query, 2, compartment);
  return san_rule_read_entries (query, error);
}

gboolean
san_store_find_house (SanStore *self, const SanId32 *centre, SanId32 *out, GError **error)
{
  g_autoptr(SanQuery) query
      = san_query (self->db,
                   "SELECT min(+d.id) FROM dossier d JOIN entry e ON e.id = d.id"
                   " JOIN entry f ON f.id = ?1 WHERE d.type = 3 AND d.owner = ?1"
                   " AND e.author = f.author AND e.visible & 128",
                   error);
  gboolean row;

  if (!query || (self->tx && !san_rule_refresh (self->rule, error)))
    return FALSE;
  san_query_put_blob (query, 1, centre->b, sizeof centre->b);
  if (!san_query_step (query, &row, error))
    return FALSE;
  return row && san_query_get_id32 (query, 0, out);
}
