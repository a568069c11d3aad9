/* san-rows.c - records which rows are written through the connections of this process
 *
 * Connections are met as SQLite opens them. SQLite tells of each row before it changes, tables of
 * virtual ones too; what belongs to one row in one transaction is drawn together. */
#include "san-rows-private.h"
#include "san-vfs.h"
#include <string.h>

SanWatched san_watched[SAN_WATCHED_LIMIT];

static SanRows *recording = NULL;

/* Watching */

static void
closed (void *watched)
{
  ((SanWatched *) watched)->db = NULL;
}

static void
do_nothing (sqlite3_context *context, int n, sqlite3_value **values)
{
}

static int
opened (sqlite3 *db, char **message, const void *unused)
{
  const char *path = sqlite3_db_filename (db, "main");

  if (path == NULL || *path == '\0')
    return SQLITE_OK;
  for (guint i = 0; i < SAN_WATCHED_LIMIT; i++)
    if (san_watched[i].db == NULL)
      {
        SanWatched *watched = &san_watched[i];

        g_free (watched->name);
        watched->name = g_path_get_basename (path);
        watched->db = db;
        watched->tables = NULL;             /* rows that are kept may still name the old ones */
        return sqlite3_create_function_v2 (db, "san_bench_watches", 0, SQLITE_UTF8, watched,
                                           do_nothing, NULL, NULL, closed);
      }
  g_error ("too many databases");
}

void
san_rows_watch (void)
{
  san_vfs_register (NULL, NULL);             /* first, as in the programme: it sets SQLite up */
  sqlite3_auto_extension ((void (*) (void)) opened);
}

/* Tables */

static void
read_columns (sqlite3 *db, SanTable *table)
{
  g_autofree char *sql = g_strdup_printf ("PRAGMA table_info(\"%s\")", table->name);
  g_autoptr(GPtrArray) names = g_ptr_array_new ();
  sqlite3_stmt *statement = NULL;

  sqlite3_prepare_v2 (db, sql, -1, &statement, NULL);
  while (sqlite3_step (statement) == SQLITE_ROW)
    {
      if (sqlite3_column_int (statement, 5) > 0)
        {
          g_assert (table->n_key < (int) G_N_ELEMENTS (table->key));
          table->key[table->n_key++] = sqlite3_column_int (statement, 0);
        }
      g_ptr_array_add (names, g_strdup ((const char *) sqlite3_column_text (statement, 1)));
    }
  sqlite3_finalize (statement);
  table->n = (int) names->len;
  g_ptr_array_add (names, NULL);
  table->columns = (char **) g_ptr_array_steal (names, NULL);
}

static void
read_tables (SanWatched *watched)
{
  sqlite3_stmt *statement = NULL;

  watched->tables = g_hash_table_new (g_str_hash, g_str_equal);
  if (sqlite3_prepare_v2 (watched->db, "PRAGMA table_list", -1, &statement, NULL) != SQLITE_OK)
    g_error ("%s", sqlite3_errmsg (watched->db));
  while (sqlite3_step (statement) == SQLITE_ROW)
    {
      SanTable *table;

      if (strcmp ((const char *) sqlite3_column_text (statement, 2), "virtual") == 0)
        continue;
      table = g_new0 (SanTable, 1);
      table->name = g_strdup ((const char *) sqlite3_column_text (statement, 1));
      read_columns (watched->db, table);
      if (!sqlite3_column_int (statement, 4))
        table->n_key = 0;
      g_hash_table_insert (watched->tables, table->name, table);
    }
  sqlite3_finalize (statement);
}

/* Recording */

static gboolean
is_same (sqlite3_value *a, sqlite3_value *b)
{
  int type = sqlite3_value_type (a);

  if (type != sqlite3_value_type (b))
    return FALSE;
  if (type == SQLITE_INTEGER)
    return sqlite3_value_int64 (a) == sqlite3_value_int64 (b);
  return sqlite3_value_bytes (a) == sqlite3_value_bytes (b) &&
         (sqlite3_value_bytes (a) == 0 ||
          memcmp (sqlite3_value_blob (a), sqlite3_value_blob (b), sqlite3_value_bytes (a)) == 0);
}

gboolean
san_row_is_changed (const SanRow *self, int column)
{
  return !is_same (self->before[column], self->after[column]);
}

static sqlite3_value **
dup_values (sqlite3 *db, int n, int (*get) (sqlite3 *, int, sqlite3_value **))
{
  sqlite3_value **values = g_new0 (sqlite3_value *, n);

  for (int i = 0; i < n; i++)
    {
      sqlite3_value *value = NULL;

      if (get (db, i, &value) != SQLITE_OK)
        g_error ("no value in column %d", i);
      values[i] = sqlite3_value_dup (value);
    }
  return values;
}

static void
free_values (sqlite3_value **values, int n)
{
  for (int i = 0; values != NULL && i < n; i++)
    sqlite3_value_free (values[i]);
  g_free (values);
}

static char *
key_of (const SanRow *row)
{
  sqlite3_value **values = row->after != NULL ? row->after : row->before;
  GString *key = g_string_new (row->table->name);

  if (row->table->n_key == 0)
    g_string_append_printf (key, " %" G_GINT64_FORMAT, row->rowid);
  for (int i = 0; i < row->table->n_key; i++)
    {
      sqlite3_value *value = values[row->table->key[i]];
      g_autofree char *hex =
          g_base64_encode (sqlite3_value_blob (value), sqlite3_value_bytes (value));

      g_string_append_printf (key, " %d %s", sqlite3_value_type (value), hex);
    }
  return g_string_free (key, FALSE);
}

/* What came before and what comes now, as one change. */
static void
draw_together (SanRow *first, SanRow *next)
{
  free_values (next->before, next->table->n);
  free_values (first->after, first->table->n);
  first->after = next->after;
  if (first->before == NULL)
    first->op = first->after != NULL ? SQLITE_INSERT : 0;
  else
    first->op = first->after != NULL ? SQLITE_UPDATE : SQLITE_DELETE;
  g_free (next);
}

static void
before_change (void *data, sqlite3 *db, int op, const char *schema, const char *name,
               sqlite3_int64 old_id, sqlite3_int64 new_id)
{
  SanWatched *watched = data;
  SanTable *table = g_hash_table_lookup (watched->tables, name);
  SanRow *row = g_new0 (SanRow, 1);
  g_autofree char *key = NULL;
  SanRow *first;

  g_assert (table != NULL && (op != SQLITE_UPDATE || table->n_key > 0 || old_id == new_id));
  row->database = (guint) (watched - san_watched);
  row->table = table;
  row->op = op;
  row->rowid = op == SQLITE_INSERT ? new_id : old_id;
  row->before = op != SQLITE_INSERT ? dup_values (db, table->n, sqlite3_preupdate_old) : NULL;
  row->after = op != SQLITE_DELETE ? dup_values (db, table->n, sqlite3_preupdate_new) : NULL;
  key = key_of (row);
  first = g_hash_table_lookup (watched->pending, key);
  if (first != NULL)
    {
      draw_together (first, row);
      return;
    }
  g_hash_table_insert (watched->pending, g_steal_pointer (&key), row);
  g_ptr_array_add (recording->list, row);
}

static int
before_commit (void *data)
{
  SanWatched *watched = data;
  SanRow *row = g_new0 (SanRow, 1);

  row->database = (guint) (watched - san_watched);
  row->op = SQLITE_TRANSACTION;
  g_ptr_array_add (recording->list, row);
  g_hash_table_remove_all (watched->pending);
  return 0;
}

static void
row_free (gpointer data)
{
  SanRow *row = data;

  if (row->table != NULL)
    {
      free_values (row->before, row->table->n);
      free_values (row->after, row->table->n);
    }
  g_free (row);
}

void
san_rows_begin (void)
{
  g_assert (recording == NULL);
  recording = g_new0 (SanRows, 1);
  recording->list = g_ptr_array_new_with_free_func (row_free);
  for (guint i = 0; i < SAN_WATCHED_LIMIT; i++)
    {
      SanWatched *watched = &san_watched[i];

      if (watched->db == NULL)
        continue;
      if (watched->tables == NULL)
        read_tables (watched);
      watched->pending = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      sqlite3_preupdate_hook (watched->db, before_change, watched);
      sqlite3_commit_hook (watched->db, before_commit, watched);
    }
}

SanRows *
san_rows_end (void)
{
  for (guint i = 0; i < SAN_WATCHED_LIMIT; i++)
    {
      g_clear_pointer (&san_watched[i].pending, g_hash_table_unref);
      if (san_watched[i].db == NULL)
        continue;
      sqlite3_preupdate_hook (san_watched[i].db, NULL, NULL);
      sqlite3_commit_hook (san_watched[i].db, NULL, NULL);
    }
  return g_steal_pointer (&recording);
}

guint
san_rows_get_size (const SanRows *self)
{
  guint n = 0;

  for (guint i = 0; i < self->list->len; i++)
    {
      const SanRow *row = g_ptr_array_index (self->list, i);

      n += row->op != 0 && row->op != SQLITE_TRANSACTION;
    }
  return n;
}

guint
san_rows_get_n_databases (const SanRows *self)
{
  guint seen = 0;

  for (guint i = 0; i < self->list->len; i++)
    {
      const SanRow *row = g_ptr_array_index (self->list, i);

      if (row->op != 0 && row->op != SQLITE_TRANSACTION)
        seen |= 1u << row->database;
    }
  return (guint) __builtin_popcount (seen);
}

guint
san_rows_get_n_commits (const SanRows *self)
{
  guint n = 0;

  for (guint i = 0; i < self->list->len; i++)
    n += ((const SanRow *) g_ptr_array_index (self->list, i))->op == SQLITE_TRANSACTION;
  return n;
}

void
san_rows_free (SanRows *self)
{
  g_ptr_array_unref (self->list);
  g_free (self);
}
