/* bench-many.c - one centre with very many children: unlock, the list of what is due, search,
 * memory
 *
 * Floors: Argon2id alone and plain SQLite reading the due rows; a save alone; a plain FTS5 table of
 * the same folded keys. Plain SQLite reads plain copies of the very databases. */
#include "san-bench.h"
#include "san-bench-centre.h"
#include "san-dues.h"
#include "san-today.h"
#include "san-records.h"
#include "san-rows.h"
#include "san-search-key.h"
#include <locale.h>
#include <stdlib.h>
#include <string.h>

#define VIEW_NAMES { "store.db", "case.db", "clinical.db", "medical.db", "legal.db", "staff.db" }
#define SEARCH_LIMIT 500
#define A_PAGE 50
#define A_FEW  8
#define FRAME_MS 16.0
#define FIRST_ROWS_MS 200.0
#define MEMORY_LIMIT_MB 150.0

typedef struct
{
  SanBenchStore    *store;
  SanCentre        *centre;
  GPtrArray        *dues;
  GPtrArray        *children;
  guint             next;
  SanPlain         *plain;
  sqlite3          *words;               /* plain FTS5 */
  SanPassphraseCost cost;
  char             *typed;               /* so far */
  guint             hits;
  guint             offset;              /* of the page of children */
} Work;

static void
query_all (sqlite3 *db, const char *sql, guint *n)
{
  sqlite3_stmt *statement = NULL;

  if (sqlite3_prepare_v2 (db, sql, -1, &statement, NULL) != SQLITE_OK)
    g_error ("%s: %s", sql, sqlite3_errmsg (db));
  while (sqlite3_step (statement) == SQLITE_ROW)
    {
      for (int i = 0; i < sqlite3_column_count (statement); i++)
        if (sqlite3_column_type (statement, i) == SQLITE_INTEGER)
          sqlite3_column_int64 (statement, i);
        else
          sqlite3_column_blob (statement, i);
      ++*n;
    }
  sqlite3_finalize (statement);
}

/* Unlock */

static void
close_centre (gpointer data)
{
  Work *self = data;

  g_clear_pointer (&self->dues, g_ptr_array_unref);
  g_clear_object (&self->centre);
}

static void
fill_today (gpointer data)
{
  Work *self = data;
  g_auto(SanDuesToday) today = { 0 };
  g_autoptr(GError) error = NULL;

  san_dues_today (self->centre, A_FEW, NULL, NULL, &today, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (today.items->len, >, 0);
}

/* With all that stands on the page: whose work it is, cards of the children, drafts, partners. */
static void
fill_page (gpointer data)
{
  Work *self = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(SanToday) today = san_today_get (self->centre, FALSE, A_FEW, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (today->rows->len, ==, A_FEW);
}

static void
unlock_to_today (gpointer data)
{
  Work *self = data;

  self->centre = san_bench_store_unlock (self->store);
  fill_page (self);
}

static void
derive (const SanPassphraseCost *cost)
{
  static const guint8 salt[SAN_PASSPHRASE_SALT_SIZE] = { 7 };
  g_autoptr(SanSecret) passphrase =
      san_secret_new_copy (SAN_BENCH_PASSPHRASE, strlen (SAN_BENCH_PASSPHRASE));
  g_autoptr(SanSecret) key = san_passphrase_derive (passphrase, salt, cost, NULL);

  g_assert (key != NULL);
}

static void
count_due_tables (Work *self, guint *n)
{
  static const char *const names[] = VIEW_NAMES;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (san_plain_get (self->plain, names[i]) != NULL)
      query_all (san_plain_get (self->plain, names[i]), "SELECT * FROM due", n);
}

static void
read_due_tables (gpointer data)
{
  guint n = 0;

  count_due_tables (data, &n);
}

static void
derive_and_read (gpointer data)
{
  Work *self = data;

  derive (&self->cost);
  read_due_tables (self);
}

/* The person's slot, made again with another cost. */
static void
set_cost (Work *self, guint milliseconds)
{
  g_autoptr(SanSecret) passphrase =
      san_secret_new_copy (SAN_BENCH_PASSPHRASE, strlen (SAN_BENCH_PASSPHRASE));
  g_autoptr(SanKeyring) keyring = san_keyring_load (self->store->store, NULL);
  g_auto(SanSlotKeys) keys = { 0 };
  SanSlotInfo info;
  SanId32 seat;
  gboolean ok =
      san_keyring_open_named (keyring, SAN_BENCH_PERSON, passphrase, &seat, &keys, NULL) &&
      san_passphrase_calibrate (milliseconds, &self->cost, NULL);

  g_assert (ok);
  info = *san_keyring_find_seat (keyring, &seat);
  ok = san_keyring_add (keyring, &info.staff, info.kind, info.name, TRUE, info.role, info.language,
                        &keys, passphrase, &self->cost, NULL) &&
       san_keyring_save (keyring, self->store->store, NULL);
  g_assert (ok);
}

static void
bench_unlock (Work *self)
{
  guint n = 0;

  set_cost (self, 700);
  san_bench_ratio ("unlock to Today filled, passphrase of 0.7 s", 1.5, 7, close_centre,
                   unlock_to_today, self, NULL, derive_and_read, self);
  close_centre (self);
  set_cost (self, 1);
  san_bench_ratio ("unlock to Today filled, cheapest passphrase", 1.5, 7, close_centre,
                   unlock_to_today, self, NULL, derive_and_read, self);
  close_centre (self);
  self->centre = san_bench_store_unlock (self->store);
  count_due_tables (self, &n);
  g_print ("# %u due rows\n", n);
}

static void
list_dues (gpointer data)
{
  Work *self = data;

  g_clear_pointer (&self->dues, g_ptr_array_unref);
  self->dues = san_dues_list (self->centre, 0, NULL, NULL, NULL);
}

/* A save, and the rows of that child again */

static void
save_one (Work *self, SanId32 *child)
{
  const SanChildRow *row =
      g_ptr_array_index (self->children, self->next++ * 7919 % self->children->len);
  g_autoptr(GPtrArray) typed = san_typed_list_new ();
  g_autoptr(GError) error = NULL;
  SanId16 record;

  san_typed_list_add (typed, "on", "2026-03-14");
  san_typed_list_add (typed, "help-1", "A light in the corridor.");
  san_typed_list_add (typed, "help-2", "Speak softly; leave the door ajar.");
  san_typed_list_add (typed, "diet", "Vegetarian on Tuesdays.");
  san_typed_list_add (typed, "sleeps", "Wakes at four.");
  san_typed_list_add (typed, "leaving-risk", "no");
  *child = row->id;
  san_record_new (self->centre, "flags", child, typed, &record, &error);
  g_assert_no_error (error);
}

static void
save_alone (gpointer data)
{
  SanId32 child;

  save_one (data, &child);
}

static void
save_and_refresh (gpointer data)
{
  Work *self = data;
  g_autoptr(GPtrArray) rows = NULL;
  SanId32 child;

  save_one (self, &child);
  rows = san_dues_list (self->centre, 0, &child, NULL, NULL);
  g_assert (rows->len > 0);
}

/* Search */

static void
search (gpointer data)
{
  Work *self = data;
  g_autoptr(GPtrArray) rows =
      san_child_list_slice (self->centre, self->typed, NULL, 0, A_PAGE, &self->hits, NULL);

  g_assert (rows->len > 0);
}

static void
search_plainly (gpointer data)
{
  Work *self = data;
  g_autofree char *keys = san_search_joined (self->typed);
  g_autofree char *sql =
      g_strdup_printf ("SELECT rowid, keys FROM words WHERE words MATCH '\"%s\"*' LIMIT %d",
                       g_strdelimit (keys, " ", '\0'), SEARCH_LIMIT);
  guint n = 0;

  query_all (self->words, sql, &n);
}

static void
fill_words (Work *self)
{
  static const char *const names[] = VIEW_NAMES;
  sqlite3_stmt *insert = NULL;

  sqlite3_open (":memory:", &self->words);
  sqlite3_exec (self->words, "CREATE VIRTUAL TABLE words USING fts5(keys); BEGIN", NULL, NULL,
                NULL);
  sqlite3_prepare_v2 (self->words, "INSERT INTO words(keys) VALUES(?1)", -1, &insert, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      sqlite3 *db = san_plain_get (self->plain, names[i]);
      sqlite3_stmt *all = NULL;

      sqlite3_prepare_v2 (db, "SELECT keys FROM search_row", -1, &all, NULL);
      while (sqlite3_step (all) == SQLITE_ROW)
        {
          sqlite3_bind_value (insert, 1, sqlite3_column_value (all, 0));
          sqlite3_step (insert);
          sqlite3_reset (insert);
        }
      sqlite3_finalize (all);
    }
  sqlite3_finalize (insert);
  sqlite3_exec (self->words, "COMMIT", NULL, NULL, NULL);
}

/* The list of children: a page of rows, as it is opened and as it is scrolled */

static void
list_slice (gpointer data)
{
  Work *self = data;
  g_autoptr(GPtrArray) rows =
      san_child_list_slice (self->centre, NULL, "in-care", self->offset, A_PAGE, &self->hits, NULL);

  g_assert (rows->len > 0);
}

static void
list_slice_plainly (gpointer data)
{
  Work *self = data;
  g_autofree char *sql = g_strdup_printf (
      "SELECT d.id, s.sort, s.status, s.data FROM summary s JOIN dossier d ON d.no = s.dossier"
      " WHERE s.status = 0 ORDER BY s.sort, s.dossier LIMIT %d OFFSET %u",
      A_PAGE, self->offset);
  guint n = 0;

  query_all (san_plain_get (self->plain, "store.db"), sql, &n);
  query_all (san_plain_get (self->plain, "store.db"),
             "SELECT count(*) FROM summary WHERE status = 0", &n);
}

static void
bench_slices (Work *self)
{
  static const guint offsets[] = { 0, 50, 1000, 10000 };
  double start;

  close_centre (self);
  self->centre = san_bench_store_unlock (self->store);
  start = san_bench_now ();
  self->offset = 0;
  list_slice (self);
  san_bench_limit ("first rows after unlocking", (san_bench_now () - start) * 1e3, FIRST_ROWS_MS,
                   "ms");
  for (guint i = 0; i < G_N_ELEMENTS (offsets); i++)
    {
      g_autofree char *row = g_strdup_printf ("%d rows from %u on", A_PAGE, offsets[i]);

      self->offset = MIN (offsets[i], san_bench_children () - 1);
      san_bench_ratio (row, 1.5, 21, NULL, list_slice, self, NULL, list_slice_plainly, self);
    }
}

/* What a person types, letter by letter, in two scripts. */
static void
bench_search (Work *self)
{
  static const char *const names[] = { "Udaharan", "रामी", "shulo" };
  double slowest = 0;

  fill_words (self);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    for (const char *end = g_utf8_next_char (names[i]);; end = g_utf8_next_char (end))
      {
        g_autofree char *row = NULL;
        double start;

        self->typed = g_strndup (names[i], end - names[i]);
        row = g_strdup_printf ("search after typing %s", self->typed);
        san_bench_ratio (row, 1.0, 21, NULL, search, self, NULL, search_plainly, self);
        start = san_bench_now ();
        search (self);
        slowest = MAX (slowest, san_bench_now () - start);
        g_free (self->typed);
        if (*end == '\0')
          break;
      }
  san_bench_limit ("slowest of these, against one frame", slowest * 1e3, FRAME_MS, "ms");
}

/* Memory, of a process of its own */

static double
peak_mb (void)
{
  g_autofree char *status = NULL;
  const char *line;

  g_file_get_contents ("/proc/self/status", &status, NULL, NULL);
  line = strstr (status, "VmHWM:");
  return atof (line + strlen ("VmHWM:")) / 1024;
}

static int
report_memory (const char *dir)
{
  g_autofree char *store = g_build_filename (dir, "many", NULL);
  g_autofree char *state = g_build_filename (dir, "state", NULL);
  SanBenchStore where = { NULL, store, state, { store, state, g_getenv ("SAN_BUILT_DATA_DIR") } };
  Work self = { .store = &where };
  gboolean ok;

  self.centre = san_bench_store_unlock (&where);
  ok = san_bench_limit ("memory at most, unlocking (Argon2id takes 64)", peak_mb (),
                        MEMORY_LIMIT_MB, "MiB");
  self.dues = san_dues_list (self.centre, 0, NULL, NULL, NULL);
  self.children = san_child_list (self.centre, NULL, NULL, NULL);
  ok &= san_bench_limit ("and with the whole due list, all children in a list", peak_mb (),
                         MEMORY_LIMIT_MB, "MiB");
  g_ptr_array_unref (self.children);
  close_centre (&self);
  return ok ? 0 : 1;
}

static gboolean
bench_memory (Work *self, const char *program)
{
  const char *argv[] = { program, "--memory", self->store->dir, NULL };

  close_centre (self);
  return san_bench_child (argv);
}

int
main (int argc, char **argv)
{
  Work self = { 0 };
  g_autofree char *plain = NULL;
  gboolean ok;

  setlocale (LC_ALL, "C.UTF-8");
  g_assert_true (san_crypto_init (NULL));
  if (argc == 3 && strcmp (argv[1], "--memory") == 0)
    return report_memory (argv[2]);
  san_rows_watch ();
  self.store = san_bench_store_new (san_bench_children ());
  self.centre = san_bench_store_unlock (self.store);
  plain = san_bench_store_path (self.store, "plain");
  self.plain = san_plain_copy (plain);
  g_print ("%u children\n", san_bench_children ());
  san_bench_header ("due list (floor: Argon2id, plain SQLite reading the due rows; a save alone)");
  bench_unlock (&self);
  san_bench_ratio ("what is due today, alone", 1.5, 15, NULL, fill_today, &self, NULL,
                   read_due_tables, &self);
  san_bench_ratio ("the page Today with its cards, alone", 1.5, 7, NULL, fill_page, &self, NULL,
                   read_due_tables, &self);
  san_bench_ratio ("the whole due list", 2.5, 7, NULL, list_dues, &self, NULL, read_due_tables,
                   &self);
  self.children = san_child_list (self.centre, NULL, NULL, NULL);
  san_bench_ratio ("save and the due rows again / save", 1.1, 101, NULL, save_and_refresh, &self,
                   NULL, save_alone, &self);
  san_bench_header ("list of children (floor: plain SQLite, the same rows and their number)");
  bench_slices (&self);
  san_bench_header ("search (floor: plain FTS5 of the folded keys)");
  bench_search (&self);
  ok = bench_memory (&self, argv[0]);
  sqlite3_close (self.words);
  san_plain_free (self.plain);
  g_ptr_array_unref (self.children);
  close_centre (&self);
  san_bench_store_free (self.store);
  return ok ? 0 : 1;
}
