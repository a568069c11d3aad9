/* san-store.c - open and close the folder; small state; access rows
 *
 * The folder is locked for the life of a SanStore. Nothing here knows what an entry means. */
#include "san-store-private.h"
#include "san-schema-private.h"
#include "san-view-private.h"
#include "san-rule-private.h"
#include "san-keychain-private.h"
#include "san-tx-private.h"
#include "san-file.h"
#include "san-lock.h"
#include "san-vfs.h"
#include <errno.h>

#define STATE_CENTRE "centre"
#define STATE_JOURNAL "journal"
/* To open a page costs what ten plain reads do: four times as many are kept as by default. */
#define CACHE "PRAGMA cache_size=-8192"

char *
san_store_build_path (SanStore *self, const char *name)
{
  return g_build_filename (self->dir, name, NULL);
}

static SanStore *
store_new (const char *dir)
{
  SanStore *self = g_new0 (SanStore, 1);

  self->dir = g_strdup (dir);
  self->infos = g_new0 (SanEntryInfo, SAN_INFO_SLOTS);
  self->concerns = g_new0 (SanConcern, SAN_CONCERN_SLOTS);
  self->dossier_ids = g_array_new (FALSE, TRUE, sizeof (SanId32));
  self->author_pks = g_array_new (FALSE, TRUE, sizeof (SanId32));
  self->rule = san_rule_new (self);
  return self;
}

void
san_store_free (SanStore *self)
{
  if (!self)
    return;
  san_store_close (self, NULL);
  san_rule_free (self->rule);
  g_clear_pointer (&self->lock, san_lock_free);
  if (self->derive_destroy)
    self->derive_destroy (self->derive_data);
  g_free (self->derive_version);
  g_array_unref (self->dossier_ids);
  g_array_unref (self->author_pks);
  g_free (self->infos);
  g_free (self->concerns);
  san_ids_keep_newest (self, 0, NULL, NULL);
  g_free (self->dir);
  g_free (self);
}

gboolean
san_store_close (SanStore *self, GError **error)
{
  gboolean ok = TRUE;

  san_store_forget_derived (self);
  san_tx_cancel (self);
  san_store_lock (self);
  if (self->views[0])
    ok = san_view_close (g_steal_pointer (&self->views[0]), error);
  if (self->db)
    ok = san_db_close (g_steal_pointer (&self->db), ok ? error : NULL) && ok;
  g_clear_pointer (&self->lock, san_lock_free);
  return ok;
}

gboolean
san_store_take_over (SanStore *self, GError **error)
{
  if (!self->db)                        /* closed: nobody's */
    return TRUE;
  if (self->tx && !san_db_is_mine (self->db))
    {
      g_set_error_literal (error, SAN_ERROR, SAN_ERROR_IN_USE,
                           "the store is in use by another thread");
      return FALSE;
    }
  san_db_take_over (self->db);
  for (guint c = 1; c < SAN_N_COMPARTMENTS; c++)
    if (self->views[c])
      san_db_take_over (self->views[c]->db);
  return TRUE;
}

/* Reads an id of fixed size from state; absent: out untouched. */
static gboolean
load_id (SanStore *self, const char *name, void *out, gsize n, GError **error)
{
  g_autoptr(GError) local = NULL;
  g_autoptr(GBytes) bytes = san_store_get_state (self, name, &local);

  if (local)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (!bytes)
    return TRUE;
  if (g_bytes_get_size (bytes) != n)
    {
      g_set_error (error, SAN_ERROR, SAN_ERROR_DAMAGED,
                   "state %s has %" G_GSIZE_FORMAT " bytes, not %" G_GSIZE_FORMAT, name,
                   g_bytes_get_size (bytes), n);
      return FALSE;
    }
  memcpy (out, g_bytes_get_data (bytes, NULL), n);
  return TRUE;
}

/* What is kept in memory of the file: after opening, and again after a rollback. */
gboolean
san_store_load (SanStore *self, GError **error)
{
  gint64 offered;

  self->centre = san_id32_zero;
  self->journal = san_id16_zero;
  self->knows_own = FALSE;
  if (!load_id (self, STATE_CENTRE, self->centre.b, sizeof self->centre.b, error)
      || !load_id (self, STATE_JOURNAL, self->journal.b, sizeof self->journal.b, error)
      || !san_db_get_int (self->db, "SELECT max(rev) FROM entry", &self->rev, error)
      || !san_db_get_int (self->db, "SELECT sum(bytes) FROM dossier WHERE standing = 4", &offered,
                          error))
    return FALSE;
  self->n_offer_bytes = offered;
  return TRUE;
}

static gboolean
open_house (SanStore *self, GError **error)
{
  gboolean fits;

  if (!san_schema_check_store (self->db, error) || !san_store_load (self, error)
      || !san_schema_check_view (self->db, &fits, error))
    return FALSE;
  if (!fits)
    {
      g_set_error (error, SAN_ERROR, SAN_ERROR_TOO_NEW, "house views are of another version");
      return FALSE;
    }
  self->views[0] = san_view_new (self, self->db, SAN_COMPARTMENT_HOUSE, error);
  return self->views[0] && san_view_catch_up (self->views[0], NULL, NULL, NULL, error);
}

static SanStore *
open_locked (SanStore *self, const SanSecret *store_key, GError **error)
{
  g_autoptr(SanStore) owned = self;
  g_autofree char *path = san_store_build_path (self, "store.db");
  g_autofree char *wal = g_strconcat (path, "-wal", NULL);
  SanFileKind kind;

  if (!san_file_look (wal, &kind, NULL, error))
    return NULL;
  self->unclean = kind != SAN_FILE_NONE;
  self->db = san_db_open (path, store_key, error);
  if (!self->db || !san_db_exec (self->db, CACHE, error) || !open_house (self, error))
    return NULL;
  return g_steal_pointer (&owned);
}

/**
 * san_store_open:
 *
 * See the header. A WAL that is still there means that the last process was stopped.
 */
SanStore *
san_store_open (const char *dir, const SanSecret *store_key, GError **error)
{
  g_autoptr(SanStore) self = store_new (dir);
  g_autofree char *path = san_store_build_path (self, "store.db");
  SanFileKind kind;
  gboolean unfinished;

  if (!san_file_look (path, &kind, NULL, error) ||
      !san_store_look_unfinished (dir, &unfinished, error))
    return NULL;
  if (kind == SAN_FILE_NONE || unfinished)
    {
      g_set_error (error, SAN_ERROR, SAN_ERROR_NOT_FOUND,
                   unfinished ? "the store in %s was not finished" : "no store in %s", dir);
      return NULL;
    }
  self->lock = san_lock_take (dir, NULL, error);
  if (!self->lock)
    return NULL;
  return open_locked (g_steal_pointer (&self), store_key, error);
}

static gboolean
make_tables (SanDb *db, GError **error)
{
  if (san_db_begin (db, error) && san_schema_make_store (db, error)
      && san_schema_make_view (db, error))
    return san_db_commit (db, error);
  san_db_rollback (db);
  return FALSE;
}

static gboolean
make_database (const char *path, const SanSecret *store_key, GError **error)
{
  SanDb *db = san_db_create (path, store_key, error);

  if (!db)
    return FALSE;
  if (make_tables (db, error))
    return san_db_close (db, error);
  san_db_free (db);
  return FALSE;
}

/* The folder is locked. What is left of an unfinished store goes. */
static gboolean
clear_place (SanStore *self, gboolean begins, GError **error)
{
  g_autofree char *path = san_store_build_path (self, "store.db");
  gboolean unfinished;
  SanFileKind kind;

  if (!san_store_look_unfinished (self->dir, &unfinished, error) ||
      (unfinished && !san_unfinished_wipe (self->dir, error)) ||
      !san_file_look (path, &kind, NULL, error))
    return FALSE;
  if (kind != SAN_FILE_NONE)
    {
      g_set_error (error, SAN_ERROR, SAN_ERROR_ALREADY, "there is a store in %s", self->dir);
      return FALSE;
    }
  if (begins)
    return unfinished || san_unfinished_mark (self->dir, error);
  return !unfinished || san_unfinished_unmark (self->dir, error);
}

static SanStore *
create (const char *dir, const SanSecret *store_key, gboolean begins, GError **error)
{
  g_autoptr(SanStore) self = store_new (dir);
  g_autofree char *path = san_store_build_path (self, "store.db");
  SanStore *made = NULL;

  if (!san_file_make_dir (dir, error))
    return NULL;
  self->lock = san_lock_take (dir, NULL, error);
  if (!self->lock || !clear_place (self, begins, error))
    return NULL;
  if (make_database (path, store_key, error))
    made = open_locked (g_steal_pointer (&self), store_key, error);
  if (!made)
    san_vfs_remove_file (path, NULL);
  return made;
}

SanStore *
san_store_create (const char *dir, const SanSecret *store_key, GError **error)
{
  return create (dir, store_key, FALSE, error);
}

SanStore *
san_store_begin (const char *dir, const SanSecret *store_key, GError **error)
{
  return create (dir, store_key, TRUE, error);
}

gboolean
san_store_finish (SanStore *self, GError **error)
{
  if (san_unfinished_unmark (self->dir, error))
    return TRUE;
  san_unfinished_mark_again (self->dir);         /* gone, but perhaps not for good */
  return FALSE;
}

const char *
san_store_get_dir (const SanStore *self)
{
  return self->dir;
}

gboolean
san_store_was_unclean (const SanStore *self)
{
  return self->unclean;
}

guint64
san_store_get_mark (SanStore *self)
{
  return self->rev;
}

gboolean
san_store_check_idle (SanStore *self, GError **error)
{
  if (!self->tx)
    return TRUE;
  g_set_error (error, SAN_ERROR, SAN_ERROR_REFUSED, "another change of the store is running");
  return FALSE;
}

/* State */

GBytes *
san_store_get_state (SanStore *self, const char *name, GError **error)
{
  g_autoptr(SanQuery) query
      = san_query (self->db, "SELECT value FROM state WHERE name = ?1", error);
  gboolean row;

  if (!query)
    return NULL;
  san_query_put_text (query, 1, name);
  if (!san_query_step (query, &row, error) || !row)
    return NULL;
  return san_query_dup_bytes (query, 0);
}

gboolean
san_store_look_state (SanStore *self, const char *name, GBytes **out, GError **error)
{
  g_autoptr(GError) local = NULL;
  GBytes *state = san_store_get_state (self, name, &local);

  if (local == NULL)
    {
      *out = state;
      return TRUE;
    }
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

gboolean
san_store_put_state (SanStore *self, const char *name, GBytes *value, GError **error)
{
  g_autoptr(SanQuery) query = san_query (self->db,
                                          value ? "INSERT INTO state(name, value) VALUES(?1, ?2)"
                                                  " ON CONFLICT(name) DO UPDATE SET value = ?2"
                                                : "DELETE FROM state WHERE name = ?1",
                                          error);

  if (!query)
    return FALSE;
  san_query_put_text (query, 1, name);
  if (value)
    san_query_put_bytes (query, 2, value);
  return san_query_run (query, error);
}

char **
san_store_list_state (SanStore *self, const char *prefix, GError **error)
{
  g_autoptr(SanQuery) query = san_query (
      self->db, "SELECT name FROM state WHERE substr(name, 1, length(?1)) = ?1 ORDER BY name",
      error);
  g_autoptr(GStrvBuilder) names = g_strv_builder_new ();
  gboolean row;

  if (!query)
    return NULL;
  san_query_put_text (query, 1, prefix);
  while (TRUE)
    {
      if (!san_query_step (query, &row, error))
        return NULL;
      if (!row)
        return g_strv_builder_end (names);
      g_strv_builder_add (names, san_query_get_text (query, 0));
    }
}

static gboolean
put_id (SanStore *self, const char *name, const void *id, gsize n, GError **error)
{
  g_autoptr(GBytes) bytes = g_bytes_new (id, n);

  return san_store_put_state (self, name, bytes, error);
}

/* Dossiers that came before it was known whose store this is. */
static gboolean
claim_own (SanStore *self, const SanId32 *centre, GError **error)
{
  g_autoptr(SanQuery) query
      = san_query (self->db, "UPDATE dossier SET standing = 1 WHERE id = ?1 OR owner = ?1", error);

  if (!query)
    return FALSE;
  san_ids_dossier_changes (self);
  san_query_put_blob (query, 1, centre->b, sizeof centre->b);
  return san_query_run (query, error);
}

gboolean
san_store_set_centre (SanStore *self, const SanId32 *centre, GError **error)
{
  if (san_id32_equal (&self->centre, centre))
    return TRUE;
  if (!san_id32_is_zero (&self->centre))
    {
      g_set_error (error, SAN_ERROR, SAN_ERROR_REFUSED, "the store belongs to another centre");
      return FALSE;
    }
  if (!put_id (self, STATE_CENTRE, centre->b, sizeof centre->b, error)
      || !claim_own (self, centre, error))
    return FALSE;
  self->centre = *centre;
  return TRUE;
}

gboolean
san_store_get_centre (SanStore *self, SanId32 *out)
{
  if (san_id32_is_zero (&self->centre))
    return FALSE;
  *out = self->centre;
  return TRUE;
}

gboolean
san_store_set_journal (SanStore *self, const SanId16 *journal, GError **error)
{
  if (!put_id (self, STATE_JOURNAL, journal->b, sizeof journal->b, error))
    return FALSE;
  self->journal = *journal;
  self->knows_own = FALSE;
  return TRUE;
}

gboolean
san_store_get_journal (SanStore *self, SanId16 *out)
{
  if (san_id16_is_zero (&self->journal))
    return FALSE;
  *out = self->journal;
  return TRUE;
}

static gboolean
count_own (SanStore *self, GError **error)
{
  g_autoptr(SanQuery) count = NULL;
  g_autoptr(SanQuery) newest = NULL;
  gint64 journal;
  gboolean row;

  if (!san_ids_find_journal (self, &self->journal, &journal, error))
    return FALSE;
  /* numbers have no gaps, so heads say how many there are */
  count = san_query (self->db,
                     "SELECT sum(n), max(head) FROM (SELECT max(number) AS n, max(head) AS head"
                     " FROM branch WHERE journal = ?1 GROUP BY dossier)",
                     error);
  newest = san_query (self->db, "SELECT id FROM entry WHERE seq = ?1", error);
  if (!count || !newest)
    return FALSE;
  san_query_put_int (count, 1, journal);
  if (!san_query_step (count, &row, error))
    return FALSE;
  san_query_put_int (newest, 1, san_query_get_int (count, 1));
  if (!san_query_step (newest, &row, error))
    return FALSE;
  self->last_own = san_id32_zero;
  if (row)
    san_query_get_id32 (newest, 0, &self->last_own);
  self->n_own = san_query_get_int (count, 0);
  self->knows_own = TRUE;
  return TRUE;
}

/* Looks at every dossier's head once; then each own entry is counted as it comes. */
gboolean
san_store_get_journal_state (SanStore *self, guint64 *n_entries, SanId32 *last, GError **error)
{
  if (!self->knows_own && !count_own (self, error))
    return FALSE;
  *n_entries = self->n_own;
  *last = self->last_own;
  return TRUE;
}

/* Access rows */

static void
access_free (gpointer data)
{
  SanAccess *access = data;

  g_free (access->what);
  g_free (access);
}

gboolean
san_store_add_access (SanStore *self, const SanId32 *dossier, const SanId32 *seat, const char *what,
                      gint64 at, GError **error)
{
  g_autoptr(SanQuery) query = san_query (
      self->db, "INSERT INTO access(dossier, seat, what, at) VALUES(?1, ?2, ?3, ?4)", error);

  if (!query)
    return FALSE;
  san_query_put_blob (query, 1, dossier->b, sizeof dossier->b);
  san_query_put_blob (query, 2, seat->b, sizeof seat->b);
  san_query_put_text (query, 3, what);
  san_query_put_int (query, 4, at);
  return san_query_run (query, error);
}

GPtrArray *
san_store_list_access (SanStore *self, const SanId32 *dossier, guint limit, GError **error)
{
  g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func (access_free);
  g_autoptr(SanQuery) query
      = san_query (self->db,
                   dossier ? "SELECT dossier, seat, what, at FROM access WHERE dossier = ?2"
                             " ORDER BY no DESC LIMIT ?1"
                           : "SELECT dossier, seat, what, at FROM access ORDER BY no DESC LIMIT ?1",
                   error);
  gboolean row;

  if (!query)
    return NULL;
  san_query_put_int (query, 1, limit);
  if (dossier)
    san_query_put_blob (query, 2, dossier->b, sizeof dossier->b);
  while (TRUE)
    {
      SanAccess *access;

      if (!san_query_step (query, &row, error))
        return NULL;
      if (!row)
        return g_steal_pointer (&list);
      access = g_new0 (SanAccess, 1);
      g_ptr_array_add (list, access);
      san_query_get_id32 (query, 0, &access->dossier);
      san_query_get_id32 (query, 1, &access->seat);
      access->what = g_strdup (san_query_get_text (query, 2));
      access->at = san_query_get_int (query, 3);
    }
}

gboolean
san_store_get_free_space (SanStore *self, guint64 *out, GError **error)
{
  return san_file_get_space (self->dir, out, error);
}
