/* vfs-model.c - see vfs-model.h */
#include "vfs-model.h"
#include <string.h>

int
model_exec (sqlite3 *db, const char *sql)
{
  int rc = sqlite3_exec (db, sql, NULL, NULL, NULL);

  return rc == SQLITE_OK ? rc : sqlite3_extended_errcode (db);
}

int
model_create (sqlite3 *db)
{
  return model_exec (db, "CREATE TABLE IF NOT EXISTS t (row INTEGER PRIMARY KEY, version INTEGER, "
                         "body TEXT); CREATE INDEX IF NOT EXISTS i ON t (substr (body, 1, 40))");
}

static char *
body_of (guint row, guint version, guint size)
{
  g_autofree char *head = g_strdup_printf ("%u/%u/%s/", version, row, MODEL_PLANTED);
  g_autofree char *fill = g_strnfill (size, 'a' + (row + version) % 26);

  return g_strconcat (head, fill, NULL);
}

int
model_set (Model *self, sqlite3 *db, guint row, guint size)
{
  guint version = ++self->last;
  g_autofree char *body = body_of (row, version, size);
  sqlite3_stmt *statement = NULL;
  int rc
      = sqlite3_prepare_v2 (db, "INSERT OR REPLACE INTO t VALUES (?, ?, ?)", -1, &statement, NULL);

  if (rc == SQLITE_OK)
    {
      sqlite3_bind_int (statement, 1, row);
      sqlite3_bind_int (statement, 2, version);
      rc = sqlite3_bind_text (statement, 3, body, -1, SQLITE_STATIC);
    }
  if (rc == SQLITE_OK)
    rc = sqlite3_step (statement);
  sqlite3_finalize (statement);
  if (rc == SQLITE_DONE)
    self->under_way[row] = version;
  return rc == SQLITE_DONE ? SQLITE_OK : rc;
}

int
model_remove (Model *self, sqlite3 *db, guint row)
{
  g_autofree char *sql = g_strdup_printf ("DELETE FROM t WHERE row = %u", row);
  int rc = model_exec (db, sql);

  if (rc == SQLITE_OK)
    self->under_way[row] = 0;
  return rc;
}

void
model_keep (Model *self)
{
  memcpy (self->acknowledged, self->under_way, sizeof self->acknowledged);
}

void
model_drop (Model *self)
{
  memcpy (self->under_way, self->acknowledged, sizeof self->under_way);
}

static gboolean
read_all (sqlite3 *db, guint *found, char **why)
{
  sqlite3_stmt *statement = NULL;
  int rc = sqlite3_prepare_v2 (db, "SELECT row, version, body FROM t", -1, &statement, NULL);

  memset (found, 0, MODEL_ROWS * sizeof *found);
  while (rc == SQLITE_OK && (rc = sqlite3_step (statement)) == SQLITE_ROW)
    {
      guint row = sqlite3_column_int (statement, 0);
      guint version = sqlite3_column_int (statement, 1);
      const char *body = (const char *) sqlite3_column_text (statement, 2);
      g_autofree char *head = body_of (row, version, 0);
      g_autofree char *right
          = body_of (row, version, strlen (body) - MIN (strlen (body), strlen (head)));

      found[row] = version;
      rc = strcmp (body, right) == 0 ? SQLITE_OK : SQLITE_CORRUPT;
    }
  sqlite3_finalize (statement);
  if (rc != SQLITE_DONE)
    *why = g_strdup_printf ("reading the rows: %d %s", rc, sqlite3_errmsg (db));
  return rc == SQLITE_DONE;
}

gboolean
model_check (Model *self, sqlite3 *db, char **why)
{
  guint found[MODEL_ROWS];
  g_autoptr(GError) error = NULL;

  if (!san_vfs_integrity_check (db, &error))
    {
      *why = g_strdup (error->message);
      return FALSE;
    }
  if (!read_all (db, found, why))
    return FALSE;
  if (memcmp (found, self->acknowledged, sizeof found) != 0 &&
      memcmp (found, self->under_way, sizeof found) != 0)
    {
      for (guint row = 0; row < MODEL_ROWS; row++)
        if (found[row] != self->acknowledged[row])
          {
            *why = g_strdup_printf ("row %u has version %u, acknowledged %u, under way %u", row,
                                    found[row], self->acknowledged[row], self->under_way[row]);
            return FALSE;
          }
    }
  for (guint row = 0; row < MODEL_ROWS; row++)
    self->under_way[row] = self->acknowledged[row] = found[row];
  return TRUE;
}
