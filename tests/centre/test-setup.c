/* test-setup.c - a set-up waits for its recovery code; slips as people type them; examples go whole */
#include "carry-fixture.h"
#include "san-example.h"
#include <glib/gstdio.h>
#include <string.h>

static SanCentre *
begin_setup (Laptop *laptop)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(SanSecret) words = carry_words ();
  SanSetup setup = { "Shefali", NULL, "sunanda", "en", words, 1, FALSE, TRUE };
  SanCentre *centre = san_setup_create (&laptop->where, &setup, &laptop->code, &error);

  g_assert_no_error (error);
  return centre;
}

static void
test_counts_after_the_code (void)
{
  char *dir = carry_begin ();
  Laptop *laptop = laptop_new (dir, "a");
  g_autoptr(SanCentre) centre = begin_setup (laptop);
  g_autoptr(GError) error = NULL;

  g_assert_nonnull (laptop->code);
  g_assert_false (san_centre_has_store (&laptop->where));
  g_assert_true (san_setup_confirm (centre, &error));
  g_assert_no_error (error);
  g_assert_true (san_centre_has_store (&laptop->where));
  san_setup_abandon (centre);           /* too late: a centre stays */
  g_assert_true (san_centre_has_store (&laptop->where));
  laptop_unlock (laptop, "sunanda");
  laptop_free (laptop);
  carry_end (dir);
}

static void
test_abandoned_leaves_nothing (void)
{
  char *dir = carry_begin ();
  Laptop *laptop = laptop_new (dir, "a");
  g_autoptr(SanCentre) centre = begin_setup (laptop);
  g_autofree char *database = g_build_filename (laptop->store, "store.db", NULL);

  san_setup_abandon (centre);
  g_assert_false (san_centre_has_store (&laptop->where));
  g_assert_false (g_file_test (database, G_FILE_TEST_EXISTS));
  g_clear_pointer (&laptop->code, san_secret_unref);
  laptop_found (laptop, "Shefali");     /* once more, in the same folder */
  laptop_free (laptop);
  carry_end (dir);
}

static void
test_slip_as_typed (void)
{
  char *dir = carry_begin ();
  Laptop *laptop = laptop_new (dir, "a");
  g_autoptr(GError) error = NULL;
  g_autoptr(SanSecret) slip = NULL;
  g_autoptr(SanSecret) own = carry_words ();
  g_autoptr(SanSecret) typed = NULL;
  g_autofree char *text = NULL;
  SanId16 staff;

  laptop_found (laptop, "Shefali");
  slip = san_staff_add (laptop->centre, "mitali", "counsellor", "en", &staff, &error);
  g_assert_no_error (error);
  laptop_lock (laptop);
  text = g_ascii_strup ((const char *) san_secret_get_data (slip), -1);
  {
    g_auto(GStrv) words = g_strsplit (text, "-", -1);
    g_autofree char *joined = g_strjoinv ("  ", words);
    g_autofree char *padded = g_strconcat (" ", joined, " ", NULL);

    typed = san_secret_new_copy (padded, strlen (padded));
  }
  laptop->centre = san_centre_unlock_slip (&laptop->where, "mitali", typed, own, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (san_centre_get_role (laptop->centre), ==, "counsellor");
  laptop_free (laptop);
  carry_end (dir);
}

static void
test_example_goes_whole (void)
{
  char *dir = carry_begin ();
  g_autofree char *example = g_build_filename (dir, "example", NULL);
  g_autofree char *note = g_build_filename (example, "mine.txt", NULL);
  Laptop *laptop = laptop_new (dir, "a");
  g_autoptr(GError) error = NULL;

  g_assert_true (san_example_delete (example, &error));         /* nothing there: fine */
  g_assert_true (san_example_make (&laptop->where, example, 2, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_set_contents (note, "mine", -1, NULL));
  g_assert_true (san_example_delete (example, &error));
  g_assert_no_error (error);
  {
    g_autoptr(GDir) left = g_dir_open (example, 0, NULL);

    g_assert_cmpstr (g_dir_read_name (left), ==, "mine.txt");
    g_assert_null (g_dir_read_name (left));
  }
  g_assert_cmpint (g_unlink (note), ==, 0);
  g_assert_true (san_example_delete (example, &error));
  g_assert_false (g_file_test (example, G_FILE_TEST_EXISTS));
  laptop_free (laptop);
  carry_end (dir);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/centre/setup/counts-after-the-code-is-kept", test_counts_after_the_code);
  g_test_add_func ("/centre/setup/abandoned-leaves-nothing", test_abandoned_leaves_nothing);
  g_test_add_func ("/centre/setup/a-slip-is-read-as-people-type-it", test_slip_as_typed);
  g_test_add_func ("/centre/example/is-deleted-whole-and-nothing-else", test_example_goes_whole);
  return g_test_run ();
}
