/* san-plain.c - recorded rows into plain SQLite, settings as the store's own */
#include "san-rows-private.h"
#include <glib/gstdio.h>

struct _SanPlain
{
  char       *dir;
  sqlite3    *db[SAN_WATCHED_LIMIT];
  GHashTable *statements[SAN_WATCHED_LIMIT];     /* SQL -> sqlite3_stmt */
};

static void
run (sqlite3 *db, const char *sql)
{
  if (sqlite3_exec (db, sql, NULL, NULL, NULL) != SQLITE_OK)
    g_error ("%s: %s", sql, sqlite3_errmsg (db));
}

static void
free_statement (gpointer statement)
{
  sqlite3_finalize (statement);
}

static sqlite3 *
copy_one (const SanWatched *watched, const char *dir)
{
  g_autofree char *path = g_build_filename (dir, watched->name, NULL);
  sqlite3 *db = NULL;
  sqlite3_backup *backup;

  if (sqlite3_open_v2 (path, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX,
                       "unix") != SQLITE_OK)
    g_error ("%s", sqlite3_errmsg (db));
  backup = sqlite3_backup_init (db, "main", watched->db, "main");
  if (backup == NULL || sqlite3_backup_step (backup, -1) != SQLITE_DONE)
    g_error ("copying %s: %s", watched->name, sqlite3_errmsg (db));
  sqlite3_backup_finish (backup);
  run (db, "PRAGMA temp_store=MEMORY; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;"
           "PRAGMA journal_mode=WAL; SELECT count(*) FROM sqlite_schema");
  if (g_str_equal (watched->name, "store.db"))
    run (db, "PRAGMA cache_size=-8192");
  return db;
}

SanPlain *
san_plain_copy (const char *dir)
{
  SanPlain *self = g_new0 (SanPlain, 1);

  self->dir = g_strdup (dir);
  g_mkdir_with_parents (dir, 0700);
  sqlite3_reset_auto_extension ();                 /* copies are not watched */
  for (guint i = 0; i < SAN_WATCHED_LIMIT; i++)
    {
      if (san_watched[i].db != NULL)
        self->db[i] = copy_one (&san_watched[i], dir);
      self->statements[i] = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_statement);
    }
  san_rows_watch ();
  return self;
}

/* Statements */

static void
append_key (GString *sql, const SanTable *table)
{
  if (table->n_key == 0)
    g_string_append_printf (sql, " WHERE rowid = ?%d", table->n + 1);
  for (int i = 0; i < table->n_key; i++)
    g_string_append_printf (sql, " %s \"%s\" = ?%d", i == 0 ? "WHERE" : "AND",
                            table->columns[table->key[i]], table->n + 1 + i);
}

static char *
sql_of (const SanRow *row)
{
  const SanTable *table = row->table;
  GString *sql = g_string_new (NULL);
  guint n = 0;

  if (row->op == SQLITE_INSERT)
    {
      g_string_append_printf (sql, "INSERT INTO \"%s\" VALUES(", table->name);
      for (int i = 0; i < table->n; i++)
        g_string_append_printf (sql, "%s?%d", i == 0 ? "" : ", ", i + 1);
      g_string_append_c (sql, ')');
    }
  else if (row->op == SQLITE_UPDATE)
    {
      g_string_append_printf (sql, "UPDATE \"%s\" SET", table->name);
      for (int i = 0; i < table->n; i++)
        if (san_row_is_changed (row, i))
          g_string_append_printf (sql, "%s \"%s\" = ?%d", n++ == 0 ? "" : ",", table->columns[i],
                                  i + 1);
      append_key (sql, table);
    }
  else
    {
      g_string_append_printf (sql, "DELETE FROM \"%s\"", table->name);
      append_key (sql, table);
    }
  if (row->op == SQLITE_UPDATE && n == 0)
    g_string_truncate (sql, 0);
  return g_string_free (sql, FALSE);
}

void
san_plain_load (SanPlain *self, SanRows *rows)
{
  for (guint i = 0; i < rows->list->len; i++)
    {
      SanRow *row = g_ptr_array_index (rows->list, i);
      g_autofree char *sql = NULL;

      if (row->op == 0 || row->op == SQLITE_TRANSACTION)
        continue;
      sql = sql_of (row);
      if (*sql == '\0')
        {
          row->op = 0;
          continue;
        }
      row->statement = g_hash_table_lookup (self->statements[row->database], sql);
      if (row->statement != NULL)
        continue;
      if (sqlite3_prepare_v3 (self->db[row->database], sql, -1, SQLITE_PREPARE_PERSISTENT,
                              &row->statement, NULL) != SQLITE_OK)
        g_error ("%s: %s", sql, sqlite3_errmsg (self->db[row->database]));
      g_hash_table_insert (self->statements[row->database], g_steal_pointer (&sql), row->statement);
    }
}

/* Writing */

static void
bind (const SanRow *row)
{
  const SanTable *table = row->table;

  for (int i = 0; row->after != NULL && i < table->n; i++)
    if (row->op == SQLITE_INSERT || san_row_is_changed (row, i))
      sqlite3_bind_value (row->statement, i + 1, row->after[i]);
  if (row->op == SQLITE_INSERT)
    return;
  if (table->n_key == 0)
    sqlite3_bind_int64 (row->statement, table->n + 1, row->rowid);
  for (int i = 0; i < table->n_key; i++)
    sqlite3_bind_value (row->statement, table->n + 1 + i, row->before[table->key[i]]);
}

void
san_plain_write (SanPlain *self, const SanRows *rows)
{
  for (guint i = 0; i < rows->list->len; i++)
    {
      const SanRow *row = g_ptr_array_index (rows->list, i);
      sqlite3 *db = self->db[row->database];

      if (row->op == SQLITE_TRANSACTION && !sqlite3_get_autocommit (db))
        run (db, "COMMIT");
      if (row->op == SQLITE_TRANSACTION || row->op == 0)
        continue;
      if (sqlite3_get_autocommit (db))
        run (db, "BEGIN");
      bind (row);
      if (sqlite3_step (row->statement) != SQLITE_DONE || sqlite3_changes (db) != 1)
        g_error ("%s: %s", sqlite3_sql (row->statement), sqlite3_errmsg (db));
      sqlite3_reset (row->statement);
    }
}

void
san_plain_commit (SanPlain *self)
{
  for (guint i = 0; i < SAN_WATCHED_LIMIT; i++)
    if (self->db[i] != NULL)
      {
        if (!sqlite3_get_autocommit (self->db[i]))
          run (self->db[i], "COMMIT");
        run (self->db[i], "PRAGMA wal_checkpoint(TRUNCATE)");
      }
}

sqlite3 *
san_plain_get (SanPlain *self, const char *name)
{
  for (guint i = 0; i < SAN_WATCHED_LIMIT; i++)
    if (self->db[i] != NULL && g_str_has_suffix (sqlite3_db_filename (self->db[i], "main"), name))
      return self->db[i];
  return NULL;
}

void
san_plain_free (SanPlain *self)
{
  static const char *const ends[] = { "", "-wal", "-shm" };

  for (guint i = 0; i < SAN_WATCHED_LIMIT; i++)
    {
      g_autofree char *path = NULL;

      g_hash_table_unref (self->statements[i]);
      if (self->db[i] == NULL)
        continue;
      path = g_strdup (sqlite3_db_filename (self->db[i], "main"));
      sqlite3_close (self->db[i]);
      for (guint end = 0; end < G_N_ELEMENTS (ends); end++)
        {
          g_autofree char *file = g_strconcat (path, ends[end], NULL);

          g_remove (file);
        }
    }
  g_rmdir (self->dir);
  g_free (self->dir);
  g_free (self);
}
