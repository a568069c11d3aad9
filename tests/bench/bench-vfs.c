/* bench-vfs.c - the encrypting VFS against plain SQLite, same statements, same settings
 *
 * Rows are of the store's usual shape: an id of 16 bytes, a few numbers, a short text, about 130
 * bytes in all. SAN_BENCH_DIR: where the databases are made (the temporary folder);
 * SAN_BENCH_ROWS: how many rows. */
#include "san-bench.h"
#include "san-vfs.h"
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

typedef struct
{
  gboolean   is_plain;
  char      *path;
  SanSecret *key;
  guint      n_rows;
  sqlite3   *db;
} Side;

static void
run (sqlite3 *db, const char *sql)
{
  if (sqlite3_exec (db, sql, NULL, NULL, NULL) != SQLITE_OK)
    g_error ("%s: %s", sql, sqlite3_errmsg (db));
}

static sqlite3 *
open_plain (const char *path)
{
  sqlite3 *db = NULL;

  if (sqlite3_open_v2 (path, &db,
                       SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, "unix")
      != SQLITE_OK)
    g_error ("%s", sqlite3_errmsg (db));
  sqlite3_busy_timeout (db, 5000);
  run (db, "PRAGMA temp_store=MEMORY; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;"
           "PRAGMA journal_mode=WAL; SELECT count(*) FROM sqlite_schema");
  return db;
}

static void
open_side (gpointer data)
{
  Side *side = data;
  g_autoptr(GError) error = NULL;

  side->db = side->is_plain ? open_plain (side->path)
                            : san_vfs_open (side->path, side->key, SAN_VFS_DEFAULT, &error);
  g_assert_no_error (error);
}

static void
close_side (gpointer data)
{
  Side *side = data;

  if (side->db != NULL && sqlite3_close (side->db) != SQLITE_OK)
    g_error ("not closed");
  side->db = NULL;
}

static void
remove_side (Side *side)
{
  const char *ends[] = { "", "-wal", "-shm", "-journal" };

  close_side (side);
  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_autofree char *path = g_strconcat (side->path, ends[i], NULL);

      g_remove (path);
    }
}

static void
start_empty (Side *side)
{
  remove_side (side);
  if (!side->is_plain)
    g_assert_true (san_vfs_create_file (side->path, side->key, NULL));
  open_side (side);
  run (side->db, "PRAGMA wal_autocheckpoint=0;"
                 "CREATE TABLE t (n INTEGER PRIMARY KEY, record BLOB, field INTEGER, wall INTEGER,"
                 "                value TEXT);"
                 "CREATE INDEX i ON t (record, field)");
}

static guint64
scatter (guint64 n)
{
  n = (n ^ (n >> 31)) * 0x7fb5d329728ea185ull;
  n = (n ^ (n >> 27)) * 0x81dadef4bc2dd44dull;
  return (n ^ (n >> 33)) >> 1;
}

static void
insert_rows (Side *side, guint from, guint n)
{
  static const char words[] = "a few words that somebody wrote about a day, as long as most are, "
                              "some longer and some shorter than these";
  sqlite3_stmt *statement = NULL;

  sqlite3_prepare_v2 (side->db, "INSERT INTO t VALUES (?, ?, ?, ?, ?)", -1, &statement, NULL);
  for (guint i = from; i < from + n; i++)
    {
      guint64 record[2] = { scatter (i / 8), scatter (i / 8 + 77) };

      sqlite3_bind_int64 (statement, 1, i);
      sqlite3_bind_blob (statement, 2, record, sizeof record, SQLITE_STATIC);
      sqlite3_bind_int64 (statement, 3, i % 8);
      sqlite3_bind_int64 (statement, 4, 1700000000000 + i * 1000ll);
      sqlite3_bind_text (statement, 5, words, 60 + scatter (i) % 40, SQLITE_STATIC);
      if (sqlite3_step (statement) != SQLITE_DONE)
        g_error ("insert: %s", sqlite3_errmsg (side->db));
      sqlite3_reset (statement);
    }
  sqlite3_finalize (statement);
}

static void
prepare_no_spill (gpointer data)
{
  start_empty (data);
  run (((Side *) data)->db, "PRAGMA cache_size=-262144");
}

static void
prepare_spill (gpointer data)
{
  start_empty (data);
  run (((Side *) data)->db, "PRAGMA cache_size=-512");
}

static void
prepare_small (gpointer data)
{
  start_empty (data);
}

static void
bulk_insert (gpointer data)
{
  Side *side = data;

  run (side->db, "BEGIN");
  insert_rows (side, 1, side->n_rows);
  run (side->db, "COMMIT");
}

static void
small_commits (gpointer data)
{
  Side *side = data;

  for (guint i = 0; i < 500; i++)
    {
      run (side->db, "BEGIN");
      insert_rows (side, i + 1, 1);
      run (side->db, "COMMIT");
    }
}

/* a filled, checkpointed database, made once, opened anew before each round */
static void
prepare_filled (Side *side, const char *settings)
{
  close_side (side);
  if (!g_file_test (side->path, G_FILE_TEST_EXISTS))
    {
      prepare_no_spill (side);
      bulk_insert (side);
      close_side (side);
    }
  open_side (side);
  run (side->db, settings);
}

static void
prepare_8_mib (gpointer data)
{
  prepare_filled (data, "PRAGMA cache_size=-8192");
}

static void
prepare_512_kib (gpointer data)
{
  prepare_filled (data, "PRAGMA cache_size=-512");
}

static void
point_reads (gpointer data)
{
  Side *side = data;
  sqlite3_stmt *statement = NULL;

  sqlite3_prepare_v2 (side->db, "SELECT value FROM t WHERE n = ?", -1, &statement, NULL);
  for (guint i = 0; i < 100000; i++)
    {
      sqlite3_bind_int64 (statement, 1, 1 + scatter (i) % side->n_rows);
      if (sqlite3_step (statement) != SQLITE_ROW)
        g_error ("read: %s", sqlite3_errmsg (side->db));
      sqlite3_column_text (statement, 0);
      sqlite3_reset (statement);
    }
  sqlite3_finalize (statement);
}

static void
full_scan (gpointer data)
{
  run (((Side *) data)->db, "SELECT sum(length(value)), max(wall), max(record) FROM t NOT INDEXED");
}

static void
integrity_check (gpointer data)
{
  run (((Side *) data)->db, "PRAGMA integrity_check");
}

/* everything in the WAL */
static void
prepare_checkpoint (gpointer data)
{
  prepare_no_spill (data);
  bulk_insert (data);
}

/* about the 1,000 pages at which SQLite checkpoints by itself */
static void
prepare_short_log (gpointer data)
{
  Side *side = data;

  prepare_no_spill (side);
  run (side->db, "BEGIN");
  insert_rows (side, 1, 20000);
  run (side->db, "COMMIT");
}

static void
checkpoint (gpointer data)
{
  run (((Side *) data)->db, "PRAGMA wal_checkpoint(PASSIVE)");
}

static void
prepare_open (gpointer data)
{
  prepare_filled (data, "SELECT 1");
  close_side (data);
}

static void
open_and_look (gpointer data)
{
  Side *side = data;

  for (int i = 0; i < 20; i++)
    {
      open_side (side);
      run (side->db, "SELECT value FROM t WHERE n = 77");
      close_side (side);
    }
}

static void
row (const char *name, double goal, guint rounds, SanBenchFunc prepare, SanBenchFunc func,
     Side *sides)
{
  san_bench_ratio (name, goal, rounds, prepare, func, &sides[0], prepare, func, &sides[1]);
}

static void
rows (Side *sides)
{
  row ("store: bulk insert without cache spill", 1.15, 7, prepare_no_spill, bulk_insert, sides);
  row ("store: bulk insert with cache spill", 1.9, 7, prepare_spill, bulk_insert, sides);
  row ("store: 500 small commits FULL", 1.2, 11, prepare_small, small_commits, sides);
  row ("store: checkpoint, log of 1,000 pages", 1.6, 21, prepare_short_log, checkpoint, sides);
  row ("store: checkpoint, log of 10,000 pages", 1.6, 7, prepare_checkpoint, checkpoint, sides);
  remove_side (&sides[0]);
  remove_side (&sides[1]);
  row ("store: 100,000 point reads, 8 MiB cache", 1.6, 7, prepare_8_mib, point_reads, sides);
  row ("store: 100,000 point reads, 512 KiB cache", 1.9, 7, prepare_512_kib, point_reads, sides);
  row ("store: full scan", 1.7, 11, prepare_512_kib, full_scan, sides);
  row ("store: integrity_check", 2.2, 7, prepare_8_mib, integrity_check, sides);
  row ("store: open", 1.2, 21, prepare_open, open_and_look, sides);
}

int
main (void)
{
  const char *folder = g_getenv ("SAN_BENCH_DIR");
  const char *wish = g_getenv ("SAN_BENCH_ROWS");
  g_autofree char *mine
      = g_build_filename (folder ? folder : g_get_tmp_dir (), "san-bench-XXXXXX", NULL);
  Side sides[2] = { { FALSE }, { TRUE } };
  g_autoptr(GError) error = NULL;

  if (g_mkdtemp (mine) == NULL || !san_vfs_register (NULL, &error))
    g_error ("no folder or no vfs");
  for (int i = 0; i < 2; i++)
    {
      sides[i].path = g_build_filename (mine, i == 0 ? "ours.db" : "plain.db", NULL);
      sides[i].key = san_secret_new_random (32);
      sides[i].n_rows = wish != NULL ? atoi (wish) : 200000;
    }
  san_bench_header ("encrypting vfs (floor: plain SQLite)");
  rows (sides);
  for (int i = 0; i < 2; i++)
    {
      remove_side (&sides[i]);
      g_free (sides[i].path);
      san_secret_unref (sides[i].key);
    }
  g_rmdir (mine);
  return 0;
}
