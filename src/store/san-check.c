/* san-check.c - rebuild views; verify entries, databases, verdicts and views
 *
 * Verifying changes nothing; what it finds is told in the report, an error is only what keeps it
 * from looking. */
#include "san-view-private.h"
#include "san-keychain-private.h"
#include "san-rule-private.h"
#include "san-tx-private.h"
#include "san-schema-private.h"
#include "san-parsed-private.h"
#include "san-error.h"
#include "san-vfs.h"

void
san_verify_report_clear (SanVerifyReport *self)
{
  g_clear_pointer (&self->problems, g_ptr_array_unref);
}

/* Rebuilding */

gboolean
san_store_rebuild (SanStore *self, guint mask, SanProgressFunc progress, gpointer data,
                   GCancellable *cancellable, GError **error)
{
  if (!san_store_check_idle (self, error))
    return FALSE;
  for (guint8 c = 0; c < SAN_N_COMPARTMENTS; c++)
    {
      gboolean ok;

      if (!(mask & (1u << c)) || !self->views[c])
        continue;
      ok = c == SAN_COMPARTMENT_HOUSE ? san_view_empty (self->views[c], error)
                                      : san_view_file_make (self, c, error);
      if (!ok || !san_view_catch_up (self->views[c], progress, data, cancellable, error))
        {
          if (self->views[c])
            san_view_abandon (self->views[c]);
          self->behind |= 1u << c;
          return FALSE;
        }
      self->behind &= ~(1u << c);
    }
  return TRUE;
}

/* Entries */

typedef struct
{
  SanStore *store;
  SanVerifyReport *out;
} Check;

static void G_GNUC_PRINTF (3, 4)
    say (Check *self, const SanEntryInfo *info, const char *format, ...)
{
  g_autofree char *what = NULL;
  g_autofree char *hex = NULL;
  va_list args;

  va_start (args, format);
  what = g_strdup_vprintf (format, args);
  va_end (args);
  hex = info ? san_id32_to_text (&info->id) : NULL;
  g_ptr_array_add (self->out->problems,
                   hex ? g_strdup_printf ("entry %.12s: %s", hex, what) : g_steal_pointer (&what));
}

static gboolean
check_place (Check *self, const SanEntryInfo *info, const SanEntry *entry, GError **error)
{
  const SanHeader *header = san_entry_get_header (entry);
  const SanEntryInfo *before;
  SanId32 dossier, author, previous = san_id32_zero;
  SanId16 journal;

  if (!san_ids_get_dossier (self->store, info->dossier, &dossier, error)
      || !san_ids_get_journal (self->store, info->journal, &journal, error)
      || !san_ids_get_author (self->store, info->author, &author, error))
    return FALSE;
  if (!san_id32_equal (&dossier, san_entry_get_dossier (entry))
      || !san_id16_equal (&journal, &header->journal) || !san_id32_equal (&author, &header->author)
      || info->number != header->number || info->kind != header->kind
      || info->flags != header->flags || info->wall != header->wall)
    say (self, info, "stands in another place than its header says");
  if (info->previous)
    {
      before = san_ids_get_entry (self->store, info->previous, error);
      if (!before)
        return FALSE;
      previous = before->id;
      if (before->number + 1 != header->number)
        say (self, info, "the chain has a gap before it");
    }
  if (!san_id32_equal (&previous, &header->previous))
    say (self, info, "the chain is broken before it");
  return TRUE;
}

static gboolean
check_body (Check *self, const SanEntryInfo *info, SanEntry *entry, gboolean erased, GError **error)
{
  g_autoptr(SanParsed) parsed = NULL;
  g_autoptr(GError) local = NULL;

  if (!san_entry_get_body (entry))
    {
      if (!erased
          && !san_erase_is_called_erased (self->store, san_entry_get_dossier (entry), &erased,
                                           error))
        return FALSE;
      if (!erased || info->kind == SAN_KIND_FOUNDING || info->kind == SAN_KIND_AUTHORITY)
        say (self, info, "its body is missing");
      return TRUE;
    }
  if (erased && (info->kind == SAN_KIND_CHANGES || info->kind == SAN_KIND_KEY_GRANT))
    say (self, info, "has a body, and its case was erased");
  if (!san_entry_check_body_hash (entry, &local))
    {
      say (self, info, "%s", local->message);
      return TRUE;
    }
  parsed = san_parsed_new (entry, &local);
  if (!parsed)
    say (self, info, "%s", local->message);
  else if (parsed->parts != info->parts)
    say (self, info, "has other parts than noted");
  return TRUE;
}

/* Columns: seq, header, body, erased. */
static gboolean
check_entry (Check *self, SanQuery *row, GError **error)
{
  g_autoptr(GBytes) body = san_query_dup_bytes (row, 2);
  g_autoptr(SanEntry) entry = NULL;
  g_autoptr(GError) local = NULL;
  const SanEntryInfo *found = san_ids_get_entry (self->store, san_query_get_int (row, 0), error);
  SanEntryInfo info;
  const guint8 *header;
  gsize n;

  if (!found)
    return FALSE;
  info = *found;
  header = san_query_get_blob (row, 1, &n);
  entry = san_entry_new (header, n, body, &local);
  self->out->n_entries++;
  if (!entry)
    {
      say (self, &info, "%s", local->message);
      return TRUE;
    }
  if (!san_id32_equal (&info.id, san_entry_get_id (entry)))
    say (self, &info, "its id is not that of its header");
  if (!san_entry_check_signature (entry, &local))
    say (self, &info, "%s", local->message);
  return check_body (self, &info, entry, san_query_get_int (row, 3) != 0, error)
         && check_place (self, &info, entry, error);
}

static gboolean
check_entries (Check *self, guint64 since, SanProgressFunc progress, gpointer data,
               GCancellable *cancellable, GError **error)
{
  g_autoptr(SanQuery) query = san_query (self->store->db,
                                          "SELECT e.seq, e.header, e.body, d.erased FROM entry e"
                                          " JOIN dossier d ON d.no = e.dossier WHERE e.rev > ?1",
                                          error);
  guint64 all = self->store->rev - MIN (since, (guint64)self->store->rev);
  gboolean row;

  if (!query)
    return FALSE;
  san_query_put_int (query, 1, since);
  while (TRUE)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error)
          || !san_query_step (query, &row, error))
        return FALSE;
      if (!row)
        return TRUE;
      if (!check_entry (self, query, error))
        return FALSE;
      if (progress && self->out->n_entries % 256 == 0)
        progress (self->out->n_entries, all, data);
    }
}

/* A head is an entry that none follows. */
static gboolean
check_heads (Check *self, GError **error)
{
  gint64 wrong;

  if (!san_db_get_int (
          self->store->db,
          "SELECT count(*) FROM (SELECT e.dossier, e.journal, e.seq FROM entry e WHERE NOT EXISTS"
          " (SELECT 1 FROM entry n WHERE n.dossier = e.dossier AND n.journal = e.journal"
          " AND n.number = e.number + 1 AND n.previous = e.seq)"
          " EXCEPT SELECT dossier, journal, head FROM branch)",
          &wrong, error))
    return FALSE;
  if (wrong)
    say (self, NULL, "%" G_GINT64_FORMAT " journals have another head than noted", wrong);
  return TRUE;
}

/* Databases */

static void
check_database (Check *self, SanDb *db, const char *name)
{
  g_autoptr(GError) local = NULL;

  if (!san_db_check (db, &local))
    say (self, NULL, "%s.db: %s", name, local->message);
}

static void
check_databases (Check *self)
{
  check_database (self, self->store->db, "store");
  for (guint c = 1; c < SAN_N_COMPARTMENTS; c++)
    if (self->store->views[c])
      check_database (self, self->store->views[c]->db, san_compartment_get_name (c));
}

/* Views, against one that is made beside them */

/* What @db held before is gone. */
static gboolean
make_beside (Check *self, SanDb *db, guint8 compartment, GCancellable *cancellable, SanId32 *digest,
             GError **error)
{
  SanView *view;
  gboolean ok;

  if (!san_db_begin (db, error) || !san_schema_drop_view (db, error) || !san_db_commit (db, error))
    return FALSE;
  view = san_view_new (self->store, db, compartment, error);
  if (!view)
    return FALSE;
  view->beside = TRUE;
  ok = san_view_catch_up (view, NULL, NULL, cancellable, error)
       && san_view_digest (view, FALSE, digest, error);
  san_view_leave (view);
  return ok;
}

static gboolean
check_view (Check *self, SanDb *beside, guint8 compartment, GCancellable *cancellable,
            GError **error)
{
  SanId32 is, should_be;

  if (!make_beside (self, beside, compartment, cancellable, &should_be, error)
      || !san_view_digest (self->store->views[compartment], FALSE, &is, error))
    return FALSE;
  if (!san_id32_equal (&is, &should_be))
    say (self, NULL, "what %s shows is not what its entries say; rebuild it",
         san_compartment_get_name (compartment));
  return TRUE;
}

/* One after the other in one database: to make its tables costs more than a small view. */
static gboolean
check_views (Check *self, GCancellable *cancellable, GError **error)
{
  g_autofree char *path = san_store_build_path (self->store, "verify.db");
  g_autoptr(SanSecret) key = san_secret_new_random (32);
  gboolean ok;
  SanDb *db;

  if (!san_vfs_remove_file (path, error))
    return FALSE;
  db = san_db_create (path, key, error);
  ok = db && san_db_begin (db, error) && san_schema_make_view (db, error) &&
       san_db_commit (db, error);
  for (guint8 c = 0; ok && c < SAN_N_COMPARTMENTS; c++)
    ok = !self->store->views[c] || check_view (self, db, c, cancellable, error);
  if (db)
    san_db_free (db);
  san_vfs_remove_file (path, NULL);
  return ok;
}

gboolean
san_store_verify (SanStore *self, SanVerifyWhat what, guint64 since, SanProgressFunc progress,
                  gpointer data, GCancellable *cancellable, SanVerifyReport *out, GError **error)
{
  g_auto(SanVerifyReport) report = { 0, 0, g_ptr_array_new_with_free_func (g_free) };
  Check check = { self, &report };

  if (!san_store_check_idle (self, error))
    return FALSE;
  if ((what & SAN_VERIFY_ENTRIES)
      && (!check_entries (&check, since, progress, data, cancellable, error)
          || !check_heads (&check, error)))
    return FALSE;
  if (what & SAN_VERIFY_DATABASES)
    check_databases (&check);
  if ((what & SAN_VERIFY_AUTHORITY) && !san_rule_compare (self->rule, report.problems, error))
    return FALSE;
  if ((what & SAN_VERIFY_VIEWS) && !check_views (&check, cancellable, error))
    return FALSE;
  *out = report;
  report.problems = NULL;
  return TRUE;
}
