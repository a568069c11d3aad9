/* san-db.c - one SQLite connection: statements kept ready, errors in our words
 *
 * Nothing here knows a table. Files are opened through the encrypting VFS only.
 *
 * A connection is one thread's at a time: statements of two on it meet in one transaction, and
 * what fails then is the wrong one. So each looks whose it is; san_db_take_over() hands over. */
#include "san-db-private.h"
#include "san-error.h"
#include "san-vfs.h"
#include <sqlite3.h>

/* Its address is the name of the thread: cheaper to ask than g_thread_self(). */
static __thread char here;

struct _SanDb
{
  sqlite3 *db;
  const char *thread;     /* whose it is: the address of here */
  GHashTable *ready; /* SQL text (by address) -> SanQuery, a list by next */
  sqlite3_stmt *rollback; /* ready from the start: it must work when memory is short */
  gboolean in_tx;         /* one was begun and not ended by us */
  gboolean lost;          /* a value could not be handed out for want of memory */
  int      failed;        /* what a query of this transaction ended with, perhaps told to nobody */
};

struct _SanQuery
{
  SanDb *db;
  const char *sql;
  sqlite3_stmt *stmt;
  gboolean busy;
  SanQuery *next;
};

static void
query_list_free (gpointer data)
{
  SanQuery *query = data;

  while (query)
    {
      SanQuery *next = query->next;

      sqlite3_finalize (query->stmt);
      g_free (query);
      query = next;
    }
}

SanDb *
san_db_open (const char *path, const SanSecret *key, GError **error)
{
  sqlite3 *db = san_vfs_open (path, key, SAN_VFS_DEFAULT, error);
  SanDb *self;
  int rc;

  if (!db)
    return NULL;
  self = g_new0 (SanDb, 1);
  self->db = db;
  self->thread = &here;
  self->ready = g_hash_table_new_full (g_direct_hash, g_direct_equal, NULL, query_list_free);
  rc = sqlite3_prepare_v3 (db, "ROLLBACK", -1, SQLITE_PREPARE_PERSISTENT, &self->rollback, NULL);
  if (rc == SQLITE_OK)
    return self;
  san_vfs_set_error (error, db, rc, "opening the database");
  san_db_free (self);
  return NULL;
}

SanDb *
san_db_create (const char *path, const SanSecret *key, GError **error)
{
  if (!san_vfs_create_file (path, key, error))
    return NULL;
  return san_db_open (path, key, error);
}

gboolean
san_db_close (SanDb *self, GError **error)
{
  gboolean ok;

  if (!self)
    return TRUE;
  san_db_take_over (self);
  san_db_rollback (self);
  g_hash_table_unref (self->ready);
  sqlite3_finalize (self->rollback);
  ok = san_vfs_close (self->db, error);
  g_free (self);
  return ok;
}

void
san_db_free (SanDb *self)
{
  san_db_close (self, NULL);
}

void
san_db_take_over (SanDb *self)
{
  self->thread = &here;
}

gboolean
san_db_is_mine (const SanDb *self)
{
  return self->thread == &here;
}

/* Nothing was asked of SQLite, and the transaction of the other thread does not suffer. Of two that
 * are asked for in one breath the first that fails is told. */
static gboolean
check_thread (const SanDb *self, GError **error)
{
  if (G_LIKELY (san_db_is_mine (self)))
    return TRUE;
  if (error == NULL || *error == NULL)
    g_set_error_literal (error, SAN_ERROR, SAN_ERROR_IN_USE,
                         "the store is in use by another thread");
  return FALSE;
}

/* SQLite ends a transaction by itself when memory or the disk fails it. Whoever did not hear of
 * that must not go on: each change would be one of its own. */
static gboolean
check_tx (SanDb *self, GError **error)
{
  if (!self->in_tx || !sqlite3_get_autocommit (self->db))
    return TRUE;
  g_set_error_literal (error, SAN_ERROR, SAN_ERROR_IO,
                       "changing the database: what was begun was taken back");
  return FALSE;
}

gboolean
san_db_exec (SanDb *self, const char *sql, GError **error)
{
  int rc;

  if (!check_thread (self, error) || !check_tx (self, error))
    return FALSE;
  rc = sqlite3_exec (self->db, sql, NULL, NULL, NULL);
  return rc == SQLITE_OK || san_vfs_set_error (error, self->db, rc, "changing the database");
}

gboolean
san_db_begin (SanDb *self, GError **error)
{
  g_autoptr(SanQuery) query = NULL;

  if (!check_thread (self, error))
    return FALSE;
  query = san_query (self, "BEGIN IMMEDIATE", error);
  if (sqlite3_get_autocommit (self->db))
    self->in_tx = FALSE;          /* what came to nothing before is over */
  self->failed = SQLITE_OK;
  self->in_tx = query && san_query_run (query, error);
  return self->in_tx;
}

/* What was worked out from a value that was lost on the way must not be kept. */
static gboolean
check_lost (SanDb *self, GError **error)
{
  if (!self->lost)
    return TRUE;
  self->lost = FALSE;
  return san_vfs_set_error (error, self->db, SQLITE_NOMEM, "reading the database");
}

/* A question that got no answer looks like one that was answered by "nothing": what was decided by
 * it must not be kept either. */
static gboolean
check_failed (SanDb *self, GError **error)
{
  return self->failed == SQLITE_OK ||
         san_vfs_set_error (error, self->db, self->failed, "reading the database");
}

static void
note_failure (SanDb *self, int rc)
{
  if (self->in_tx && self->failed == SQLITE_OK && (rc & 0xff) != SQLITE_CONSTRAINT)
    self->failed = rc;
}

gboolean
san_db_commit (SanDb *self, GError **error)
{
  g_autoptr(SanQuery) query = san_query (self, "COMMIT", error);

  if (!query || !check_lost (self, error) || !check_failed (self, error) || !check_tx (self, error))
    return FALSE;
  self->in_tx = FALSE;
  if (san_query_run (query, error))
    return TRUE;
  self->in_tx = !sqlite3_get_autocommit (self->db);
  return FALSE;
}

void
san_db_rollback (SanDb *self)
{
  if (!san_db_is_mine (self))
    return;
  self->lost = FALSE;
  self->failed = SQLITE_OK;
  self->in_tx = FALSE;
  if (sqlite3_get_autocommit (self->db) || !self->rollback)
    return;
  sqlite3_step (self->rollback);
  sqlite3_reset (self->rollback);
}

gboolean
san_db_is_in_tx (const SanDb *self)
{
  return self->in_tx || !sqlite3_get_autocommit (self->db);
}

gint64
san_db_get_last_row (const SanDb *self)
{
  return sqlite3_last_insert_rowid (self->db);
}

int
san_db_get_changes (const SanDb *self)
{
  return sqlite3_changes (self->db);
}

gboolean
san_db_get_int (SanDb *self, const char *sql, gint64 *out, GError **error)
{
  g_autoptr(SanQuery) query = san_query (self, sql, error);
  gboolean row;

  if (!query || !san_query_step (query, &row, error))
    return FALSE;
  *out = row ? san_query_get_int (query, 0) : 0;
  return TRUE;
}

gboolean
san_db_check (SanDb *self, GError **error)
{
  return check_thread (self, error) && san_vfs_integrity_check (self->db, error);
}

gboolean
san_db_copy (SanDb *self, const char *path, const SanSecret *key, GError **error)
{
  return check_thread (self, error) && san_vfs_copy (self->db, path, key, error);
}

/* Queries */

SanQuery *
san_query (SanDb *db, const char *sql, GError **error)
{
  SanQuery *first;
  SanQuery *query;
  int rc;

  if (!check_thread (db, error))
    return NULL;
  first = g_hash_table_lookup (db->ready, sql);
  for (query = first; query; query = query->next)
    if (!query->busy)
      {
        query->busy = TRUE;
        return query;
      }
  query = g_new0 (SanQuery, 1);
  query->db = db;
  query->sql = sql;
  query->busy = TRUE;
  rc = sqlite3_prepare_v3 (db->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &query->stmt, NULL);
  if (rc != SQLITE_OK)
    {
      /* two are often asked for in one breath: the first that fails is told */
      san_vfs_set_error (error && *error ? NULL : error, db->db, rc, sql);
      note_failure (db, rc);
      g_free (query);
      return NULL;
    }
  if (first)
    {
      query->next = first->next;
      first->next = query;
    }
  else
    g_hash_table_insert (db->ready, (gpointer)sql, query);
  return query;
}

void
san_query_end (SanQuery *self)
{
  if (!self)
    return;
  sqlite3_reset (self->stmt);
  sqlite3_clear_bindings (self->stmt);
  self->busy = FALSE;
}

void
san_query_reset (SanQuery *self)
{
  sqlite3_reset (self->stmt);
}

void
san_query_put_int (SanQuery *self, int i, gint64 v)
{
  sqlite3_bind_int64 (self->stmt, i, v);
}

void
san_query_put_text (SanQuery *self, int i, const char *v)
{
  if (v)
    sqlite3_bind_text (self->stmt, i, v, -1, SQLITE_STATIC);
  else
    sqlite3_bind_null (self->stmt, i);
}

void
san_query_put_blob (SanQuery *self, int i, const void *data, gsize n)
{
  sqlite3_bind_blob64 (self->stmt, i, n ? data : "", n, SQLITE_STATIC);
}

void
san_query_put_bytes (SanQuery *self, int i, GBytes *bytes)
{
  gsize n;
  gconstpointer data;

  if (!bytes)
    {
      sqlite3_bind_null (self->stmt, i);
      return;
    }
  data = g_bytes_get_data (bytes, &n);
  san_query_put_blob (self, i, data, n);
}

void
san_query_put_null (SanQuery *self, int i)
{
  sqlite3_bind_null (self->stmt, i);
}

gboolean
san_query_step (SanQuery *self, gboolean *row, GError **error)
{
  int rc;

  if (!check_thread (self->db, error))
    return FALSE;
  rc = sqlite3_step (self->stmt);
  if (rc != SQLITE_ROW && rc != SQLITE_DONE)
    {
      san_vfs_set_error (error, self->db->db, rc, "reading the database");
      note_failure (self->db, rc);
      sqlite3_reset (self->stmt);
      return FALSE;
    }
  *row = rc == SQLITE_ROW;
  return check_lost (self->db, error);
}

GPtrArray *
san_query_list (SanQuery *self, SanRowFunc read, GDestroyNotify free_item, GError **error)
{
  g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func (free_item);
  gboolean row;

  while (TRUE)
    {
      gpointer item;

      if (!san_query_step (self, &row, error))
        return NULL;
      if (!row)
        return g_steal_pointer (&list);
      item = read (self);
      if (item)
        g_ptr_array_add (list, item);
    }
}

gboolean
san_query_numbers (SanQuery *self, GArray *out, GError **error)
{
  guint before = out->len;
  gboolean row;

  while (san_query_step (self, &row, error))
    {
      gint64 number;

      if (!row)
        return TRUE;
      number = san_query_get_int (self, 0);
      g_array_append_val (out, number);
    }
  g_array_set_size (out, before);
  return FALSE;
}

gboolean
san_query_run (SanQuery *self, GError **error)
{
  int rc;

  if (!check_thread (self->db, error) || !check_tx (self->db, error))
    return FALSE;
  rc = sqlite3_step (self->stmt);
  if (rc != SQLITE_ROW && rc != SQLITE_DONE)
    {
      san_vfs_set_error (error, self->db->db, rc, "changing the database");
      sqlite3_reset (self->stmt);
      return FALSE;
    }
  sqlite3_reset (self->stmt);
  return TRUE;
}

gint64
san_query_get_int (SanQuery *self, int i)
{
  return sqlite3_column_int64 (self->stmt, i);
}

gboolean
san_query_is_null (SanQuery *self, int i)
{
  return sqlite3_column_type (self->stmt, i) == SQLITE_NULL;
}

/* No bytes is also what an empty value gives. */
static void
note_lost (SanQuery *self, int i, gconstpointer data)
{
  if (!data && sqlite3_errcode (self->db->db) == SQLITE_NOMEM
      && sqlite3_column_type (self->stmt, i) != SQLITE_NULL)
    self->db->lost = TRUE;
}

const char *
san_query_get_text (SanQuery *self, int i)
{
  const unsigned char *text = sqlite3_column_text (self->stmt, i);

  note_lost (self, i, text);
  return text ? (const char *)text : "";
}

const guint8 *
san_query_get_blob (SanQuery *self, int i, gsize *n)
{
  const guint8 *data = sqlite3_column_blob (self->stmt, i);

  note_lost (self, i, data);
  *n = data ? (gsize)sqlite3_column_bytes (self->stmt, i) : 0;
  return data;
}

GBytes *
san_query_dup_bytes (SanQuery *self, int i)
{
  gsize n;
  const guint8 *data;

  if (san_query_is_null (self, i))
    return NULL;
  data = san_query_get_blob (self, i, &n);
  return g_bytes_new (data, n);
}

gboolean
san_query_get_id16 (SanQuery *self, int i, SanId16 *out)
{
  gsize n;
  const guint8 *data = san_query_get_blob (self, i, &n);

  if (n != sizeof out->b)
    return FALSE;
  memcpy (out->b, data, n);
  return TRUE;
}

gboolean
san_query_get_id32 (SanQuery *self, int i, SanId32 *out)
{
  gsize n;
  const guint8 *data = san_query_get_blob (self, i, &n);

  if (n != sizeof out->b)
    return FALSE;
  memcpy (out->b, data, n);
  return TRUE;
}
