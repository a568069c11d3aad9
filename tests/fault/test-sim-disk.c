/* test-sim-disk.c - the simulated disk itself: what it keeps, loses, refuses */
#include "san-sim-disk.h"
#include "san-error.h"
#include "san-file.h"
#include <errno.h>
#include <fcntl.h>
#include <string.h>

static GBytes *
text (const char *words)
{
  return g_bytes_new (words, strlen (words));
}

static char *
content (SanSimDisk *disk, const char *path)
{
  g_autoptr(GBytes) bytes = san_sim_disk_get_file (disk, path);

  return bytes != NULL ? g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes))
                       : NULL;
}

static void
test_unsynced_is_lost (void)
{
  g_autoptr(SanSimDisk) disk = san_sim_disk_new (1);
  const SanFileOps *ops = san_file_get_ops ();
  g_autofree char *after = NULL;
  int fd;

  san_sim_disk_make_dir (disk, "/d");
  fd = ops->open ("/d/a", O_RDWR | O_CREAT, 0600);
  g_assert_cmpint (ops->write (fd, "kept", 4), ==, 4);
  g_assert_cmpint (ops->sync (fd), ==, 0);
  g_assert_cmpint (ops->sync_dir ("/d"), ==, 0);
  g_assert_cmpint (ops->write (fd, "lost", 4), ==, 4);
  san_sim_disk_cut_now (disk);
  g_assert_cmpint (ops->write (fd, "dead", 4), ==, -1);
  ops->close (fd);
  san_sim_disk_power_on (disk, SAN_SIM_CUT_LOSE);
  after = content (disk, "/d/a");
  g_assert_cmpstr (after, ==, "kept");
}

static void
test_name_is_owed_too (void)
{
  g_autoptr(SanSimDisk) disk = san_sim_disk_new (1);
  const SanFileOps *ops = san_file_get_ops ();
  int fd;

  san_sim_disk_make_dir (disk, "/d");
  fd = ops->open ("/d/a", O_RDWR | O_CREAT, 0600);
  g_assert_cmpint (ops->sync (fd), ==, 0);
  ops->close (fd);
  san_sim_disk_cut_now (disk);
  san_sim_disk_power_on (disk, SAN_SIM_CUT_LOSE);
  g_assert_false (san_sim_disk_exists (disk, "/d/a"));
}

/* cut at every change, in every manner: the old file or the new one */
static void
test_replace_is_atomic (void)
{
  g_autoptr(GBytes) old = text ("the old one, somewhat longer than the new");
  g_autoptr(GBytes) new = text ("the new one");
  guint n_old = 0, n_new = 0;

  for (guint seed = 0; seed < 200; seed++)
    for (guint cut = 1; cut < 8; cut++)
      {
        g_autoptr(SanSimDisk) disk = san_sim_disk_new (seed);
        g_autofree char *after = NULL;
        gboolean ok;

        san_sim_disk_put_file (disk, "/d/a", old);
        san_sim_disk_cut_after (disk, cut);
        ok = san_file_replace ("/d/a", new, 0600, NULL);
        san_sim_disk_cut_now (disk);
        san_sim_disk_power_on (disk, SAN_SIM_CUT_RANDOM);
        after = content (disk, "/d/a");
        if (!ok && g_str_has_prefix (after, "the old"))
          {
            g_assert_cmpstr (after, ==, "the old one, somewhat longer than the new");
            n_old++;
          }
        else
          {
            g_assert_cmpstr (after, ==, "the new one");
            n_new++;
          }
      }
  g_assert_cmpuint (n_old, >, 0);
  g_assert_cmpuint (n_new, >, 0);
}

static void
test_sectors_tear (void)
{
  guint n_mixed = 0;

  for (guint seed = 0; seed < 20; seed++)
    {
      g_autoptr(SanSimDisk) disk = san_sim_disk_new (seed);
      const SanFileOps *ops = san_file_get_ops ();
      g_autofree char *zeros = g_malloc0 (4096);
      g_autofree char *ones = g_malloc (4096);
      g_autoptr(GBytes) before = g_bytes_new (zeros, 4096);
      g_autoptr(GBytes) after = NULL;
      const char *bytes;
      gboolean has_old = FALSE, has_new = FALSE;
      int fd;

      memset (ones, 1, 4096);
      san_sim_disk_put_file (disk, "/d/a", before);
      fd = ops->open ("/d/a", O_RDWR, 0);
      g_assert_cmpint (ops->write (fd, ones, 4096), ==, 4096);
      ops->close (fd);
      san_sim_disk_cut_now (disk);
      san_sim_disk_power_on (disk, SAN_SIM_CUT_TEAR);
      after = san_sim_disk_get_file (disk, "/d/a");
      bytes = g_bytes_get_data (after, NULL);
      for (guint sector = 0; sector < 8; sector++)
        {
          g_assert_cmpmem (bytes + sector * 512, 512, bytes[sector * 512] ? ones : zeros, 512);
          has_old |= !bytes[sector * 512];
          has_new |= bytes[sector * 512];
        }
      n_mixed += has_old && has_new;
    }
  g_assert_cmpuint (n_mixed, >, 10);
}

static void
test_failures (void)
{
  g_autoptr(SanSimDisk) disk = san_sim_disk_new (1);
  g_autoptr(GBytes) bytes = text ("words");
  g_autoptr(GError) error = NULL;
  guint n = 0;

  san_sim_disk_make_dir (disk, "/d");
  do
    {
      g_clear_error (&error);
      san_sim_disk_fail (disk, SAN_SIM_ANY, ++n, FALSE);
      if (!san_file_replace ("/d/a", bytes, 0600, &error))
        g_assert_error (error, SAN_ERROR, SAN_ERROR_IO);
    }
  while (san_sim_disk_get_n_failed (disk) > 0);
  g_assert_cmpuint (n, >, 4);
  g_assert_no_error (error);
  g_assert_false (san_sim_disk_exists (disk, "/d/a.tmp"));
}

static void
test_full_and_read_only (void)
{
  g_autoptr(SanSimDisk) disk = san_sim_disk_new (1);
  g_autoptr(GBytes) bytes = text ("words");
  g_autoptr(GError) error = NULL;

  san_sim_disk_make_dir (disk, "/d");
  san_sim_disk_set_capacity (disk, 3);
  g_assert_false (san_file_replace ("/d/a", bytes, 0600, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_NO_SPACE);
  g_clear_error (&error);
  san_sim_disk_set_capacity (disk, -1);
  san_sim_disk_set_read_only (disk, TRUE);
  g_assert_false (san_file_replace ("/d/a", bytes, 0600, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_READ_ONLY);
}

static void
test_snapshot (void)
{
  g_autoptr(SanSimDisk) disk = san_sim_disk_new (1);
  g_autoptr(GBytes) bytes = text ("words");
  g_autoptr(SanSimImage) image = NULL;
  g_auto(GStrv) names = NULL;

  san_sim_disk_put_file (disk, "/d/a", bytes);
  image = san_sim_disk_snapshot (disk);
  g_assert_true (san_file_replace ("/d/b", bytes, 0600, NULL));
  g_assert_true (san_file_remove ("/d/a", NULL));
  san_sim_disk_restore (disk, image);
  names = san_sim_disk_list (disk);
  g_assert_cmpstr (names[0], ==, "/d");
  g_assert_cmpstr (names[1], ==, "/d/a");
  g_assert_null (names[2]);
}

static void
test_watch (void)
{
  g_autoptr(SanSimDisk) disk = san_sim_disk_new (1);
  g_autoptr(GBytes) bytes = text ("some words here");

  san_sim_disk_make_dir (disk, "/d");
  san_sim_disk_watch (disk, "words");
  san_sim_disk_watch (disk, "other");
  g_assert_true (san_file_replace ("/d/b", bytes, 0600, NULL));
  g_assert_cmpuint (san_sim_disk_get_n_seen (disk), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/fault/sim-disk/unsynced-is-lost", test_unsynced_is_lost);
  g_test_add_func ("/fault/sim-disk/name-is-owed-too", test_name_is_owed_too);
  g_test_add_func ("/fault/sim-disk/replace-is-atomic", test_replace_is_atomic);
  g_test_add_func ("/fault/sim-disk/sectors-tear", test_sectors_tear);
  g_test_add_func ("/fault/sim-disk/each-call-may-fail", test_failures);
  g_test_add_func ("/fault/sim-disk/full-and-read-only", test_full_and_read_only);
  g_test_add_func ("/fault/sim-disk/snapshot", test_snapshot);
  g_test_add_func ("/fault/sim-disk/watch", test_watch);
  return g_test_run ();
}
