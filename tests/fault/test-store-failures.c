/* test-store-failures.c - the whole store over a disk that is cut, fails, and fills up
 *
 * A bundle's worth of entries is applied, and small saves are made; at every change of the disk
 * the power goes, or a call fails. Afterwards the store is as before or as after, never between,
 * what was acknowledged is there, views are what the entries say, and work goes on. */
#include "san-sim-disk.h"
#include "san-db-private.h"
#include "san-vfs.h"
#include "store-fixture.h"

typedef struct
{
  SanSimDisk *disk;
  Centre *centre;
  Laptop *one, *two;
  Person *head, *counsellor;
  SanId32 child;
  SanId16 record;
  GPtrArray *entries;    /* what laptop two has not yet */
  SanSimImage *image;    /* laptop two without them */
  SanId32 before, after; /* heads of laptop two */
} World;

static void
head_digest (Laptop *laptop, SanId32 *out)
{
  g_autoptr(GError) error = NULL;

  san_store_head_digest (laptop->store, out, &error);
  g_assert_no_error (error);
}

/* Laptop two stands half-way: it has the child, and one old value. Then much happens. */
static void
set_up (World *self)
{
  g_autoptr(GError) error = NULL;

  self->disk = san_sim_disk_new (42);
  san_sim_disk_make_dir (self->disk, "/dev/shm");
  san_vfs_register (SAN_SIM_DISK_VFS, &error);
  g_assert_no_error (error);
  self->centre = centre_new ();
  self->one = laptop_new (self->centre);
  self->head = person_new (self->one, "superintendent", NULL);
  self->counsellor = person_new (self->one, "counsellor", NULL);
  centre_found (self->centre, self->head);
  appoint (self->head, self->counsellor);
  admit (self->head, &self->child);
  record_new (&self->record);
  save_one (self->head, &self->child, 1, &self->record, "family", "school", "old");
  self->two = laptop_new (self->centre);
  send_all (self->one, self->two, NULL);
  for (guint i = 0; i < 4; i++)
    {
      g_autofree char *text = g_strdup_printf ("new %u", i);

      unlock (self->counsellor);
      save_one (self->counsellor, &self->child, 0, &self->record, "welcome", "alias", text);
      save_one (self->counsellor, &self->child, 1, &self->record, "family", "school", text);
    }
  unlock (self->head);
  dismiss (self->head, self->counsellor, NULL);
  rotate_ring (self->head, SAN_COMPARTMENT_CASE);
  save_one (self->head, &self->child, 1, &self->record, "family", "school", "newest");
  self->entries = entries_of (self->one);
  head_digest (self->one, &self->after);
  head_digest (self->two, &self->before);
  /* her login has been here once, so that views are there too */
  san_store_unlock (self->two->store, person_pk (self->head), self->head->box, NULL, &error);
  g_assert_no_error (error);
  laptop_close (self->two);
  laptop_close (self->one);
  self->image = san_sim_disk_snapshot (self->disk);
}

static void
tear_down (World *self)
{
  san_sim_disk_restore (self->disk, self->image);
  person_free (self->counsellor);
  person_free (self->head);
  laptop_free (self->two);
  laptop_free (self->one);
  centre_free (self->centre);
  g_ptr_array_unref (self->entries);
  san_sim_image_free (self->image);
  san_sim_disk_free (self->disk);
  san_vfs_register (NULL, NULL);
}

static gboolean
try_open (World *self, GError **error)
{
  self->two->store = san_store_open (self->two->dir, self->two->store_key, error);
  return self->two->store
         && san_store_unlock (self->two->store, person_pk (self->head), self->head->box, NULL,
                              error);
}

static gboolean
try_apply (World *self, GError **error)
{
  SanId16 peer = { { 7 } };
  g_autoptr(SanApply) apply = san_apply_begin (self->two->store, &peer, error);

  if (!apply)
    return FALSE;
  for (guint i = 0; i < self->entries->len; i++)
    if (!san_apply_add (apply, self->entries->pdata[i], NULL, error))
      return FALSE;
  return san_apply_commit (apply, NULL, NULL, error);
}

/* Before or after, and if it was acknowledged, after. */
static gboolean
check_side (World *self, gboolean acknowledged)
{
  gboolean is_after;
  SanId32 now;

  head_digest (self->two, &now);
  is_after = san_id32_equal (&now, &self->after);
  g_assert_true (is_after || (!acknowledged && san_id32_equal (&now, &self->before)));
  assert_text (self->two, &self->child, &self->record, "school", is_after ? "newest" : "old");
  return is_after;
}

static void
open_again (World *self)
{
  g_autoptr(GError) error = NULL;

  try_open (self, &error);
  g_assert_no_error (error);
}

static void
test_power_cut (gconstpointer data)
{
  SanSimCut cut = GPOINTER_TO_UINT (data);
  World world;
  guint n_before = 0, n_after = 0;
  gboolean came_through = FALSE;

  set_up (&world);
  for (guint n = 1; !came_through; n += cut == SAN_SIM_CUT_RANDOM ? 1 : 3)
    {
      gboolean acknowledged;

      san_sim_disk_restore (world.disk, world.image);
      open_again (&world);
      san_sim_disk_cut_after (world.disk, n);
      acknowledged = try_apply (&world, NULL);
      came_through = !san_sim_disk_is_off (world.disk);
      g_clear_pointer (&world.two->store, san_store_free);
      san_sim_disk_power_on (world.disk, cut);
      open_again (&world);
      if (check_side (&world, acknowledged))
        n_after++;
      else
        n_before++;
      if (n % 7 == 0)
        assert_sound (world.two);
      if (n % 11 == 0)
        {
          g_assert_true (try_apply (&world, NULL));
          check_side (&world, TRUE);
        }
      g_clear_pointer (&world.two->store, san_store_free);
    }
  g_test_message ("%u as before, %u as after", n_before, n_after);
  g_assert_cmpuint (n_before, >, 0);
  g_assert_cmpuint (n_after, >, 0);
  tear_down (&world);
}

/* One call fails, once or from then on; the same object goes on when the disk is well again. */
static void
test_failing_calls (gconstpointer data)
{
  SanSimKind kind = GPOINTER_TO_UINT (data);
  World world;

  set_up (&world);
  for (guint n = 1, failed = 1; failed; n++)
    {
      g_autoptr(GError) error = NULL;
      gboolean acknowledged;

      san_sim_disk_restore (world.disk, world.image);
      open_again (&world);
      san_sim_disk_fail (world.disk, kind, n, n % 2);
      acknowledged = try_apply (&world, &error);
      failed = san_sim_disk_get_n_failed (world.disk);
      g_assert_true (acknowledged || (failed && error));
      san_sim_disk_fail (world.disk, kind, 0, FALSE);
      if (!acknowledged)
        check_side (&world, FALSE);
      g_assert_true (try_apply (&world, NULL));
      check_side (&world, TRUE);
      if (n % 9 == 0)
        assert_sound (world.two);
      g_clear_pointer (&world.two->store, san_store_free);
      open_again (&world);
      check_side (&world, TRUE);
      if (n % 5 == 0)
        assert_sound (world.two);
      g_clear_pointer (&world.two->store, san_store_free);
    }
  tear_down (&world);
}

static gint64
disk_used (World *self)
{
  g_auto(GStrv) paths = san_sim_disk_list (self->disk);
  gint64 used = 0;

  for (guint i = 0; paths[i]; i++)
    {
      g_autoptr(GBytes) bytes = san_sim_disk_get_file (self->disk, paths[i]);

      used += bytes ? g_bytes_get_size (bytes) : 0;
    }
  return used;
}

/* Disk full → nothing applied, said so; with room again it applies. */
static void
test_full (void)
{
  World world;
  guint n_full = 0;

  set_up (&world);
  for (gint64 room = 0; room < 400000; room += 12288)
    {
      g_autoptr(GError) error = NULL;
      gboolean acknowledged;

      san_sim_disk_restore (world.disk, world.image);
      san_sim_disk_set_capacity (world.disk, -1);
      open_again (&world);
      san_sim_disk_set_capacity (world.disk, disk_used (&world) + room);
      acknowledged = try_apply (&world, &error);
      if (!acknowledged)
        {
          g_assert_error (error, SAN_ERROR, SAN_ERROR_NO_SPACE);
          n_full++;
          check_side (&world, FALSE);
        }
      san_sim_disk_set_capacity (world.disk, -1);
      g_assert_true (try_apply (&world, NULL));
      check_side (&world, TRUE);
      if (room % 5 == 0)
        assert_sound (world.two);
      g_clear_pointer (&world.two->store, san_store_free);
    }
  g_assert_cmpuint (n_full, >, 2);
  tear_down (&world);
}

static gboolean
try_save (World *self, guint i)
{
  g_autofree char *text = g_strdup_printf ("save %u", i);
  Save *save = save_new (self->head, &self->child);

  save_text (save, 0, &self->record, "welcome", "alias", text);
  return save_try (save, NULL, NULL);
}

/* Saves until the power goes: every acknowledged one is there. */
static void
test_saves (void)
{
  World world;

  set_up (&world);
  for (guint n = 1; n < 160; n += 2)
    {
      g_autofree char *is = NULL;
      guint acknowledged = 0;

      san_sim_disk_restore (world.disk, world.image);
      open_again (&world);
      g_assert_true (try_apply (&world, NULL));
      world.head->laptop = world.two;
      /* the same person, for the test, on her other laptop's journal */
      san_store_set_journal (world.two->store, &world.one->journal, NULL);
      san_sim_disk_cut_after (world.disk, n);
      while (!san_sim_disk_is_off (world.disk) && acknowledged < 12
             && try_save (&world, acknowledged + 1))
        acknowledged++;
      world.head->laptop = world.one;
      g_clear_pointer (&world.two->store, san_store_free);
      san_sim_disk_power_on (world.disk, SAN_SIM_CUT_RANDOM);
      open_again (&world);
      is = text_of (world.two, &world.child, &world.record, "alias");
      if (acknowledged)
        {
          guint got = g_str_has_prefix (is, "save ") ? atoi (is + 5) : 0;

          g_assert_cmpuint (got, >=, acknowledged);
          g_assert_cmpuint (got, <=, acknowledged + 1);
        }
      if (n % 9 == 0)
        assert_sound (world.two);
      g_clear_pointer (&world.two->store, san_store_free);
    }
  tear_down (&world);
}

/* SQLite ends a transaction by itself when memory fails it. Somebody does not look; the changes
 * after that must not count alone. */
static void
test_taken_back (void)
{
  g_autoptr(GError) error = NULL;
  SanSimDisk *disk = san_sim_disk_new (7);
  g_autoptr(SanSecret) key = san_secret_new_random (32);
  gboolean failed = TRUE;
  SanDb *db;

  san_sim_disk_make_dir (disk, "/d");
  san_vfs_register (SAN_SIM_DISK_VFS, &error);
  db = san_db_create ("/d/x.db", key, &error);
  g_assert_no_error (error);
  g_assert_true (san_db_exec (db, "CREATE TABLE t(i INTEGER PRIMARY KEY, b BLOB)", &error));
  for (guint nth = 1; failed; nth++)
    {
      gint64 before, after;
      gboolean done;

      g_assert_true (san_db_get_int (db, "SELECT count(*) FROM t", &before, &error));
      done = san_db_begin (db, NULL) &&
             san_db_exec (db, "INSERT INTO t(b) VALUES(zeroblob(9000))", NULL);
      san_sim_malloc_fail (nth, FALSE);
      san_db_exec (db, "INSERT INTO t(b) SELECT randomblob(9000) FROM t LIMIT 50", NULL);
      failed = san_sim_malloc_get_n_failed () > 0;
      san_sim_malloc_fail (0, FALSE);
      done &= san_db_exec (db, "INSERT INTO t(b) VALUES(zeroblob(10))", NULL) &&
              san_db_commit (db, NULL);
      san_db_rollback (db);
      g_assert_true (san_db_get_int (db, "SELECT count(*) FROM t", &after, &error));
      if (!done)
        g_assert_cmpint (after, ==, before);
      else
        g_assert_cmpint (after, >=, before + 2);
    }
  san_db_free (db);
  san_sim_disk_free (disk);
  san_vfs_register (NULL, NULL);
}

int
main (int argc, char **argv)
{
  san_sim_malloc_install ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/fault/store/power-goes-at-every-change",
                        GUINT_TO_POINTER (SAN_SIM_CUT_RANDOM), test_power_cut);
  g_test_add_data_func ("/fault/store/process-is-killed", GUINT_TO_POINTER (SAN_SIM_CUT_KEEP),
                        test_power_cut);
  g_test_add_data_func ("/fault/store/a-write-fails", GUINT_TO_POINTER (SAN_SIM_WRITE),
                        test_failing_calls);
  g_test_add_data_func ("/fault/store/a-sync-fails", GUINT_TO_POINTER (SAN_SIM_SYNC),
                        test_failing_calls);
  g_test_add_data_func ("/fault/store/a-read-fails", GUINT_TO_POINTER (SAN_SIM_READ),
                        test_failing_calls);
  g_test_add_data_func ("/fault/store/a-truncate-fails", GUINT_TO_POINTER (SAN_SIM_TRUNCATE),
                        test_failing_calls);
  g_test_add_func ("/fault/store/a-transaction-taken-back-stays-so", test_taken_back);
  g_test_add_func ("/fault/store/disk-full", test_full);
  g_test_add_func ("/fault/store/saves-until-the-power-goes", test_saves);
  return g_test_run ();
}
