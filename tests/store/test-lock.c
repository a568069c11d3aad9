/* test-lock.c - two openers, one store */
#include "san-error.h"
#include "san-lock.h"
#include "san-time.h"

#include <glib/gstdio.h>
#include <sys/wait.h>
#include <unistd.h>

static void
remove_dir (char *dir)
{
  g_autofree char *path = g_build_filename (dir, "lock", NULL);

  g_unlink (path);
  g_assert_cmpint (g_rmdir (dir), ==, 0);
  g_free (dir);
}

static void
test_second_is_told (void)
{
  char *dir = g_dir_make_tmp ("san-lock-XXXXXX", NULL);
  SanLockOwner owner = { 0, 0 };
  g_autoptr(GError) error = NULL;
  g_autoptr(SanLock) first = NULL;

  san_clock_set (1700000000000);
  first = san_lock_take (dir, &owner, NULL);
  g_assert_nonnull (first);
  g_assert_cmpint (owner.pid, ==, 0);
  g_assert_null (san_lock_take (dir, &owner, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_IN_USE);
  g_assert_cmpint (owner.pid, ==, getpid ());
  g_assert_cmpint (owner.since, ==, 1700000000000);
  san_clock_set (0);

  g_clear_pointer (&first, san_lock_free);
  first = san_lock_take (dir, NULL, NULL);
  g_assert_nonnull (first);
  remove_dir (dir);
}

static void
test_dead_process_lets_go (void)
{
  char *dir = g_dir_make_tmp ("san-lock-XXXXXX", NULL);
  g_autoptr(SanLock) lock = NULL;
  int ready[2];
  char byte;
  pid_t child;
  g_autoptr(GError) error = NULL;
  SanLockOwner owner = { 0, 0 };

  g_assert_cmpint (pipe (ready), ==, 0);
  child = fork ();
  if (child == 0)
    {
      SanLock *held = san_lock_take (dir, NULL, NULL);

      if (held == NULL || write (ready[1], "x", 1) != 1)
        _exit (1);
      for (;;)
        pause ();
    }
  g_assert_cmpint (read (ready[0], &byte, 1), ==, 1);
  g_assert_null (san_lock_take (dir, &owner, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_IN_USE);
  g_assert_cmpint (owner.pid, ==, child);
  kill (child, SIGKILL);
  waitpid (child, NULL, 0);
  lock = san_lock_take (dir, NULL, NULL);
  g_assert_nonnull (lock);
  close (ready[0]);
  close (ready[1]);
  remove_dir (dir);
}

static void
test_no_folder (void)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (san_lock_take ("/nonexistent/store", NULL, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_NOT_FOUND);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/lock/second-taker-is-told-who-and-since-when", test_second_is_told);
  g_test_add_func ("/store/lock/dead-process-lets-go", test_dead_process_lets_go);
  g_test_add_func ("/store/lock/no-folder", test_no_folder);
  return g_test_run ();
}
