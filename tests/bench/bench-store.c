/* bench-store.c - the store's own speed: applying, saving, unlocking, searching
 *
 * The floors do the same work on plain SQLite without ours: the rows that the store came to,
 * inserted into the same tables. SAN_BENCH_CHILDREN: how many case dossiers (20,000). */
#include "san-bench.h"
#include "san-search-key.h"
#include "san-vfs.h"
#include "san-passphrase.h"
#include "store-fixture.h"
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <malloc.h>

#define N_ENTRIES 10000
#define PER_PRESS 500

static const char *const names[] = { "Asha",   "Meena", "Khemka", "Parveen", "Rukhsana", "Lakshmi",
                                     "Sunita", "Devi",  "Khatun", "Sheikh",  "Mondal",   "Bibi" };

typedef struct
{
  Centre *centre;
  Laptop *laptop;
  Person *head;
  SanId32 *children;
  guint n_children;
} World;

/* One due row, one summary and one search row a child in the views that read its compartment. */
static gboolean
derive_value (const SanStoredWrite *write, gpointer out)
{
  g_autofree char *text = san_value_dup_text (write->value);

  if (text && strcmp (write->field, "name") == 0)
    {
      g_autofree char *keys = san_search_joined (text);

      san_derived_add_search (out, keys, "name", text);
      san_derived_set_summary (out, text, 1, NULL);
    }
  if (text && strcmp (write->field, "bed") == 0)
    {
      SanDueRow row = { .milestone = "call", .record = write->record, .turn = G_MAXINT64 };

      row.at = g_ascii_strtoll (text, NULL, 10);
      row.notice = row.at;
      san_derived_add_due (out, &row);
    }
  return TRUE;
}

static gboolean
derive (SanStore *store, guint8 compartment, guint mask, const SanDossier *dossier, SanDerived *out,
        gpointer data, GError **error)
{
  return san_store_each_value (store, &dossier->id, NULL, mask, derive_value, out, error);
}

static SanChangeList *
six_changes (const SanId16 *record, guint i)
{
  static const char *const fields[] = { "alias", "bed", "diet", "name", "note", "sign" };
  g_autoptr(SanChangeBuilder) builder = san_change_builder_new ();

  for (guint f = 0; f < G_N_ELEMENTS (fields); f++)
    {
      g_autofree char *text = f == 3 ? g_strdup_printf ("%s %s", names[i % 12], names[i / 12 % 12])
                              : f == 1 ? g_strdup_printf ("%u", i)
                                       : g_strdup_printf ("some words %u", i);
      g_autoptr(SanValue) value = san_value_new_text (text, NULL);

      san_change_builder_add (builder, record, "welcome", fields[f], value, NULL, 0, NULL);
    }
  return san_change_builder_end (builder, NULL);
}

/* A child: founding entry, a case key, house and case parts of six changes. */
static void
press_child (Press *press, World *self, const SanKeyTarget *ring, guint i)
{
  g_autoptr(SanSecret) key = san_secret_new_random (32);
  g_autoptr(SanChangeList) list = NULL;
  g_autoptr(GBytes) body = NULL;
  g_autoptr(GError) error = NULL;
  SanHeader header;
  SanPartDraft parts[2] = { { 0 }, { 1, NULL, key } };
  SanId16 record;

  record_new (&record);
  press_found (press, SAN_FOUNDING_CASE, &self->children[i]);
  press_grant (press, &self->children[i], san_key_grant_make (1, key, NULL, ring, 1, NULL));
  press_header (press, &self->children[i], &header);
  list = six_changes (&record, i);
  parts[0].changes = parts[1].changes = list;
  body = san_data_body_make (&header, parts, 2, NULL, &error);
  g_assert_no_error (error);
  press_entry (press, &self->children[i], SAN_KIND_CHANGES, body, NULL);
}

static void
world_init (World *self, guint n_children)
{
  g_autoptr(GPtrArray) rings = NULL;
  SanKeyTarget ring;

  self->centre = centre_new ();
  self->laptop = laptop_new (self->centre);
  self->head = person_new (self->laptop, "superintendent", NULL);
  centre_found (self->centre, self->head);
  san_store_set_derive (self->laptop->store, "1", derive, NULL, NULL, NULL);
  rings = san_store_list_rings (self->laptop->store, 1, NULL);
  ring.ring = ((SanHeldRing *)rings->pdata[0])->id;
  ring.pk = ((SanHeldRing *)rings->pdata[0])->pk;
  self->n_children = n_children;
  self->children = g_new0 (SanId32, n_children);
  for (guint i = 0; i < n_children;)
    {
      Press *press = press_new (self->head);

      for (guint end = MIN (i + PER_PRESS, n_children); i < end; i++)
        press_child (press, self, &ring, i);
      press_end (press);
    }
}

static void
world_clear (World *self)
{
  g_free (self->children);
  person_free (self->head);
  laptop_free (self->laptop);
  centre_free (self->centre);
}

/* The floor: rows of every table of a store, as SQL values */

typedef struct
{
  char *insert;
  int columns;
  GPtrArray *rows; /* sqlite3_value** */
} Table;

typedef struct
{
  GPtrArray *schema;  /* char* */
  GPtrArray *tables;  /* Table* */
  GPtrArray *entries; /* SanEntry*: to be verified */
} Rows;

static sqlite3 *
open_plain (const char *path)
{
  sqlite3 *db = NULL;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  sqlite3_exec (db,
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA temp_store=MEMORY;"
                "PRAGMA secure_delete=ON",
                NULL, NULL, NULL);
  return db;
}

static void
load_table (sqlite3 *db, const char *name, Rows *out)
{
  g_autofree char *sql = g_strdup_printf ("SELECT * FROM \"%s\"", name);
  Table *table = g_new0 (Table, 1);
  GString *insert = g_string_new (NULL);
  sqlite3_stmt *stmt;

  sqlite3_prepare_v2 (db, sql, -1, &stmt, NULL);
  table->columns = sqlite3_column_count (stmt);
  table->rows = g_ptr_array_new ();
  g_string_printf (insert, "INSERT INTO \"%s\" VALUES(?", name);
  for (int i = 1; i < table->columns; i++)
    g_string_append (insert, ",?");
  table->insert = g_strconcat (insert->str, ")", NULL);
  g_string_free (insert, TRUE);
  while (sqlite3_step (stmt) == SQLITE_ROW)
    {
      sqlite3_value **row = g_new0 (sqlite3_value *, table->columns);

      for (int i = 0; i < table->columns; i++)
        row[i] = sqlite3_value_dup (sqlite3_column_value (stmt, i));
      g_ptr_array_add (table->rows, row);
    }
  sqlite3_finalize (stmt);
  g_ptr_array_add (out->tables, table);
}

/* All but the full-text index, which fills its own tables. */
static void
rows_load (Rows *out, const char *path, const SanSecret *key)
{
  sqlite3 *db = san_vfs_open (path, key, SAN_VFS_QUERY_ONLY, NULL);
  sqlite3_stmt *stmt;

  out->schema = g_ptr_array_new ();
  out->tables = g_ptr_array_new ();
  sqlite3_prepare_v2 (db,
                      "SELECT name, sql, type FROM sqlite_schema WHERE sql NOT NULL"
                      " AND name NOT LIKE 'search%'",
                      -1, &stmt, NULL);
  while (sqlite3_step (stmt) == SQLITE_ROW)
    {
      g_ptr_array_add (out->schema, g_strdup ((const char *)sqlite3_column_text (stmt, 1)));
      if (strcmp ((const char *)sqlite3_column_text (stmt, 2), "table") == 0)
        load_table (db, (const char *)sqlite3_column_text (stmt, 0), out);
    }
  sqlite3_finalize (stmt);
  san_vfs_close (db, NULL);
}

static void
insert_rows (const Rows *rows, const char *path)
{
  sqlite3 *db = open_plain (path);

  sqlite3_exec (db, "BEGIN", NULL, NULL, NULL);
  for (guint i = 0; i < rows->schema->len; i++)
    sqlite3_exec (db, rows->schema->pdata[i], NULL, NULL, NULL);
  for (guint t = 0; t < rows->tables->len; t++)
    {
      const Table *table = rows->tables->pdata[t];
      sqlite3_stmt *stmt;

      sqlite3_prepare_v2 (db, table->insert, -1, &stmt, NULL);
      for (guint r = 0; r < table->rows->len; r++)
        {
          sqlite3_value **row = table->rows->pdata[r];

          for (int i = 0; i < table->columns; i++)
            sqlite3_bind_value (stmt, i + 1, row[i]);
          g_assert_cmpint (sqlite3_step (stmt), ==, SQLITE_DONE);
          sqlite3_reset (stmt);
        }
      sqlite3_finalize (stmt);
    }
  g_assert_cmpint (sqlite3_exec (db, "COMMIT", NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);
}

/* Apply */

typedef struct
{
  World world;
  GPtrArray *setup;   /* what a laptop must have first */
  GPtrArray *entries; /* 10,000 of one child */
  Laptop *target;
  Rows rows;
  char *plain;
} Apply;

static void
prepare_apply (gpointer data)
{
  Apply *self = data;

  g_clear_pointer (&self->target, laptop_free);
  self->target = laptop_new (self->world.centre);
  apply_list (self->target, self->setup, NULL);
}

static void
run_apply (gpointer data)
{
  Apply *self = data;

  apply_list (self->target, self->entries, NULL);
}

static void
prepare_floor (gpointer data)
{
  Apply *self = data;
  g_autofree char *wal = g_strconcat (self->plain, "-wal", NULL);

  g_unlink (self->plain);
  g_unlink (wal);
}

static void
run_apply_floor (gpointer data)
{
  Apply *self = data;

  for (guint i = 0; i < self->entries->len; i++)
    {
      g_autoptr(SanEntry) entry = san_entry_new_from_bytes (self->entries->pdata[i], NULL);

      g_assert_true (san_entry_check_signature (entry, NULL));
    }
  insert_rows (&self->rows, self->plain);
}

static void
bench_apply (void)
{
  Apply self = { 0 };
  g_autofree char *path = NULL;
  guint64 number;
  SanId32 link;

  world_init (&self.world, 1);
  self.setup = entries_of (self.world.laptop);
  self.entries = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  head_of (self.world.laptop, &self.world.children[0], &self.world.laptop->journal, &number, &link);
  for (guint i = 0; i < N_ENTRIES; i++)
    {
      g_autoptr(SanChangeList) list = NULL;
      g_autoptr(GBytes) body = NULL;
      SanHeader header = { 0 };
      SanPartDraft part = { 0 };
      SanId16 record;

      record_new (&record);
      list = six_changes (&record, i);
      part.changes = list;
      body = san_data_body_make (&header, &part, 1, NULL, NULL);
      number++;
      g_ptr_array_add (self.entries, hand_made (self.world.head, &self.world.children[0],
                                                &self.world.laptop->journal, number, &link,
                                                SAN_KIND_CHANGES, body, &link));
    }
  prepare_apply (&self);
  run_apply (&self);
  laptop_close (self.target);
  path = g_build_filename (self.target->dir, "store.db", NULL);
  rows_load (&self.rows, path, self.target->store_key);
  self.plain = g_build_filename (self.world.laptop->dir, "plain.db", NULL);
  san_bench_ratio ("apply 10,000 entries of 6 changes", 2.0, 5, prepare_apply, run_apply, &self,
                   prepare_floor, run_apply_floor, &self);
  prepare_floor (&self);
  laptop_free (self.target);
  world_clear (&self.world);
}

/* With many children */

static void
run_save (gpointer data)
{
  World *self = data;
  static guint turn;
  Save *save = save_new (self->head, &self->children[turn++ % self->n_children]);
  SanId16 record;

  record_new (&record);
  for (guint i = 0; i < 6; i++)
    {
      static const char *const fields[] = { "a", "b", "c", "d", "e", "f" };

      save_blind (save, 0, &record, "welcome", fields[i], "some words", NULL, 0);
    }
  save_end (save, NULL);
}

/* The same rows into the same tables, one signature, one commit. */
typedef struct
{
  sqlite3 *db;
  SanSignKey *key;
  gint64 n;
  sqlite3_stmt *stmts[10];
} SaveFloor;

static const char *const save_floor_sql[] = {
  "BEGIN IMMEDIATE",
  "INSERT INTO entry(id, dossier, journal, number, previous, author, kind, flags, wall, parts,"
  " visible, held, rev, header, body)"
  " VALUES(randomblob(32), 3 + ?1 % 1000, 1, 4 + ?1, 3 + ?1, 1, 0, 0, 1700000000000 + ?1, 1, 65, 0,"
  " 100000 + ?1, randomblob(240), randomblob(330))",
  "DELETE FROM branch WHERE dossier = 3 + ?1 % 1000",
  "INSERT INTO branch(dossier, journal, head, number) VALUES(3 + ?1 % 1000, 1, 100000 + ?1, ?1)",
  "UPDATE dossier SET bytes = bytes + 570 WHERE no = 3 + ?1 % 1000",
  "INSERT INTO record(no, dossier, id, form, first) VALUES(100000 + ?1, 3 + ?1 % 1000,"
  " randomblob(16), 'welcome', ?1)",
  "INSERT INTO write(record, field, entry, number, state, rank, unseen, type, value)"
  " VALUES(100000 + ?1, 'a', ?1, 1, 0, 1, 0, 3, 'some words'), (100000 + ?1, 'b', ?1, 1, 0, 1, 0, "
  "3, 'some words'),"
  "(100000 + ?1, 'c', ?1, 1, 0, 1, 0, 3, 'some words'), (100000 + ?1, 'd', ?1, 1, 0, 1, 0, 3, "
  "'some words'),"
  "(100000 + ?1, 'e', ?1, 1, 0, 1, 0, 3, 'some words'), (100000 + ?1, 'f', ?1, 1, 0, 1, 0, 3, "
  "'some words')",
  "UPDATE view SET value = ?1 WHERE name = 'mark'",
  "COMMIT",
};

static void
run_save_floor (gpointer data)
{
  SaveFloor *self = data;
  guint8 signature[64], blob[176] = { 0 };

  san_sign (self->key, "san1.entry.sig", blob, sizeof blob, signature);
  self->n++;
  for (guint i = 0; i < G_N_ELEMENTS (save_floor_sql); i++)
    {
      sqlite3_bind_int64 (self->stmts[i], 1, self->n);
      g_assert_cmpint (sqlite3_step (self->stmts[i]), ==, SQLITE_DONE);
      sqlite3_reset (self->stmts[i]);
    }
}

static void
bench_save (World *world, const char *plain)
{
  SaveFloor floor = { open_plain (plain), world->head->sign, 0, { NULL } };

  for (guint i = 0; i < G_N_ELEMENTS (save_floor_sql); i++)
    g_assert_cmpint (sqlite3_prepare_v2 (floor.db, save_floor_sql[i], -1, &floor.stmts[i], NULL),
                     ==, SQLITE_OK);
  san_bench_ratio ("children: save of 6 changes", 1.5, 200, NULL, run_save, world, NULL,
                   run_save_floor, &floor);
  for (guint i = 0; i < G_N_ELEMENTS (save_floor_sql); i++)
    sqlite3_finalize (floor.stmts[i]);
  sqlite3_close (floor.db);
}

static void
lock (gpointer data)
{
  san_store_lock (((World *)data)->laptop->store);
}

/* The cheapest that a slot may be: on a real laptop it takes some ten times longer. */
static void
stretch (void)
{
  g_autoptr(SanSecret) words = san_secret_new_copy ("green-river-quiet-lamp", 22);
  g_autoptr(SanSecret) key = NULL;
  SanPassphraseCost cost;
  guint8 salt[SAN_PASSPHRASE_SALT_SIZE] = { 0 };

  san_passphrase_cost_minimum (&cost);
  key = san_passphrase_derive (words, salt, &cost, NULL);
  g_assert_nonnull (key);
}

static void
run_unlock (gpointer data)
{
  World *self = data;
  g_autoptr(GPtrArray) due = NULL;

  stretch ();
  unlock (self->head);
  due = san_store_list_due (self->laptop->store, 0x01, NULL, G_MAXINT64, NULL);
  g_assert_cmpuint (due->len, ==, self->n_children);
}

static void
run_due_floor (gpointer data)
{
  sqlite3_stmt *stmt;
  sqlite3 *db;
  guint n = 0;

  stretch ();
  db = open_plain (data);
  sqlite3_prepare_v2 (db, "SELECT * FROM due WHERE notice <= 9223372036854775807", -1, &stmt, NULL);
  while (sqlite3_step (stmt) == SQLITE_ROW)
    n += sqlite3_column_int64 (stmt, 5) >= 0;
  g_assert_cmpuint (n, >, 0);
  sqlite3_finalize (stmt);
  sqlite3_close (db);
}

static void
run_search (gpointer data)
{
  World *self = data;
  g_autofree char *keys = san_search_joined ("khem");
  g_autoptr(GPtrArray) hits = san_store_search (self->laptop->store, keys, 0x02, 50, NULL);

  g_assert_cmpuint (hits->len, >, 0);
}

/* Bytes in use on the heap: what was given back to the heap before does not blur it. */
static gsize
in_use (void)
{
  struct mallinfo2 info = mallinfo2 ();

  return info.uordblks + info.hblkhd;
}

static void
bench_children (guint n)
{
  g_autofree char *plain = NULL;
  g_autofree char *path = NULL;
  double start = san_bench_now ();
  World world;
  Rows rows;

  world_init (&world, n);
  g_print ("# %u children written in %.1f s\n", n, san_bench_now () - start);
  laptop_close (world.laptop);
  path = g_build_filename (world.laptop->dir, "store.db", NULL);
  rows_load (&rows, path, world.laptop->store_key);
  plain = g_build_filename (world.laptop->dir, "plain.db", NULL);
  insert_rows (&rows, plain);
  {
    gsize before = in_use ();

    laptop_open (world.laptop);
    san_store_set_derive (world.laptop->store, "1", derive, NULL, NULL, NULL);
    unlock (world.head);
    g_print ("# children: %.1f MB more on the heap with the store open and unlocked\n",
             (in_use () - before) / 1e6);
  }
  san_bench_ratio ("children: unlock, list what is due", 1.5, 5, lock, run_unlock, &world, NULL,
                   run_due_floor, plain);
  bench_save (&world, plain);
  san_bench_ratio ("children: search, one keystroke / a save", 1.0, 50, NULL, run_search, &world,
                   NULL, run_save, &world);
  g_unlink (plain);
  world_clear (&world);
}

int
main (int argc, char **argv)
{
  const char *children = g_getenv ("SAN_BENCH_CHILDREN");

  san_crypto_init (NULL);
  g_setenv ("SAN_TEST_DIR", g_get_tmp_dir (), FALSE); /* a disk that makes commits wait */
  san_bench_header ("store");
  if (san_bench_wanted ("apply"))
    bench_apply ();
  if (!g_getenv ("SAN_BENCH_ONLY") || strstr (g_getenv ("SAN_BENCH_ONLY"), "children"))
    bench_children (children ? atoi (children) : 20000);
  return 0;
}
