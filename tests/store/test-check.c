/* test-check.c - verify finds what somebody changed behind our back */
#include "store-fixture.h"
#include "san-vfs.h"
#include <sqlite3.h>

typedef struct
{
  Centre *centre;
  Laptop *laptop;
  Person *head;
  SanId32 child;
  SanId16 record;
} World;

static void
set_up (World *self)
{
  self->centre = centre_new ();
  self->laptop = laptop_new (self->centre);
  self->head = person_new (self->laptop, "superintendent", NULL);
  centre_found (self->centre, self->head);
  admit (self->head, &self->child);
  record_new (&self->record);
  for (guint i = 0; i < 4; i++)
    {
      g_autofree char *text = g_strdup_printf ("Class %u", i);

      save_one (self->head, &self->child, 0, &self->record, "family", "school", text);
      save_one (self->head, &self->child, 1, &self->record, "family", "school", text);
    }
}

static void
tear_down (World *self)
{
  person_free (self->head);
  laptop_free (self->laptop);
  centre_free (self->centre);
}

/* Changes store.db with its own key, as a bug or an attacker with the key would. */
static void
change (World *self, const char *sql)
{
  g_autofree char *path = g_build_filename (self->laptop->dir, "store.db", NULL);
  sqlite3 *db;

  laptop_close (self->laptop);
  db = san_vfs_open (path, self->laptop->store_key, SAN_VFS_DEFAULT, NULL);
  g_assert_nonnull (db);
  g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_changes (db), >, 0);
  g_assert_true (san_vfs_close (db, NULL));
  laptop_open (self->laptop);
  unlock (self->head);
}

static guint
count_problems (World *self, SanVerifyWhat what, guint64 since)
{
  g_auto(SanVerifyReport) report = { 0 };
  g_autoptr(GError) error = NULL;

  san_store_verify (self->laptop->store, what, since, NULL, NULL, NULL, &report, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < report.problems->len; i++)
    g_test_message ("%s", (char *)report.problems->pdata[i]);
  return report.problems->len;
}

static void
test_entries (void)
{
  static const char *const changes[] = {
    /* the last byte becomes another one, whatever it was */
    "UPDATE entry SET body = substr(body, 1, length(body) - 1) || iif(substr(body, -1) = x'ff', "
    "x'00', x'ff') WHERE seq = 9",
    "UPDATE entry SET body = NULL WHERE seq = 10",
    "UPDATE entry SET header = substr(header, 1, 128) || x'0000000000000001' || substr(header, "
    "137) WHERE seq = 10",
    "UPDATE entry SET header = substr(header, 1, 239) || iif(substr(header, -1) = x'00', x'01', "
    "x'00') WHERE seq = 11",
    "UPDATE entry SET previous = 9 WHERE seq = 12",
    "UPDATE entry SET number = 99 WHERE seq = 16",
    "UPDATE entry SET id = zeroblob(32) WHERE seq = 16",
    "UPDATE entry SET wall = wall + 1 WHERE seq = 14",
    "UPDATE entry SET parts = 3 WHERE seq = 15",
    "UPDATE branch SET head = 9 WHERE dossier = 3",
  };

  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      World world;

      g_test_message ("%s", changes[i]);
      set_up (&world);
      g_assert_cmpuint (count_problems (&world, SAN_VERIFY_ENTRIES, 0), ==, 0);
      change (&world, changes[i]);
      g_assert_cmpuint (count_problems (&world, SAN_VERIFY_ENTRIES, 0), >, 0);
      tear_down (&world);
    }
}

static void
test_verdicts (void)
{
  World world;

  set_up (&world);
  g_assert_cmpuint (count_problems (&world, SAN_VERIFY_AUTHORITY, 0), ==, 0);
  change (&world, "UPDATE entry SET visible = 0, held = 1 WHERE seq = 10");
  g_assert_cmpuint (count_problems (&world, SAN_VERIFY_AUTHORITY, 0), ==, 1);
  tear_down (&world);
}

static void
test_views (void)
{
  World world;

  set_up (&world);
  g_assert_cmpuint (count_problems (&world, SAN_VERIFY_VIEWS, 0), ==, 0);
  change (&world, "UPDATE write SET value = x'41' WHERE rank = 1");
  g_assert_cmpuint (count_problems (&world, SAN_VERIFY_VIEWS, 0), ==, 1);
  g_assert_true (san_store_rebuild (world.laptop->store, 0x01, NULL, NULL, NULL, NULL));
  g_assert_cmpuint (count_problems (&world, SAN_VERIFY_ALL, 0), ==, 0);
  tear_down (&world);
}

/* Since a mark: only what came after it is walked. */
static void
test_since (void)
{
  World world;
  guint64 mark;

  set_up (&world);
  mark = san_store_get_mark (world.laptop->store);
  change (&world, "UPDATE entry SET body = NULL WHERE seq = 10");
  g_assert_cmpuint (count_problems (&world, SAN_VERIFY_ENTRIES, mark), ==, 0);
  g_assert_cmpuint (count_problems (&world, SAN_VERIFY_ENTRIES, 0), ==, 1);
  tear_down (&world);
}

static void
test_cancelled (void)
{
  World world;
  g_autoptr(GCancellable) stop = g_cancellable_new ();
  g_auto(SanVerifyReport) report = { 0 };
  g_autoptr(GError) error = NULL;

  set_up (&world);
  g_cancellable_cancel (stop);
  g_assert_false (
      san_store_verify (world.laptop->store, SAN_VERIFY_ALL, 0, NULL, NULL, stop, &report, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_false (san_store_rebuild (world.laptop->store, ALL, NULL, NULL, stop, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  /* stopped half-way, all is as before, or is made good at the next unlock */
  unlock (world.head);
  assert_text (world.laptop, &world.child, &world.record, "school", "Class 3|Class 3");
  assert_sound (world.laptop);
  tear_down (&world);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/check/changed-entries-are-found", test_entries);
  g_test_add_func ("/store/check/changed-verdicts-are-found", test_verdicts);
  g_test_add_func ("/store/check/changed-views-are-found", test_views);
  g_test_add_func ("/store/check/since-a-mark", test_since);
  g_test_add_func ("/store/check/cancelled", test_cancelled);
  return g_test_run ();
}
