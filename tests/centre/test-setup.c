/* test-setup.c - a set-up waits for its recovery code; slips as people type them; examples go whole
 */
#include "carry-fixture.h"
#include "san-about.h"
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

/* Who sits down at an open laptop does not know the present words. */
static void
test_present_words_are_asked (void)
{
  char *dir = carry_begin ();
  Laptop *laptop = laptop_new (dir, "a");
  g_autoptr(GError) error = NULL;
  g_autoptr(SanSecret) present = carry_words ();
  g_autoptr(SanSecret) wrong = san_secret_new_copy ("not the words of hers", 21);
  g_autoptr(SanSecret) fresh = san_secret_new_copy ("seven lanterns on the river", 27);
  g_autoptr(SanSecret) weak = san_secret_new_copy ("lamp", 4);

  laptop_found (laptop, "Shefali");
  g_assert_false (san_staff_set_passphrase (laptop->centre, wrong, fresh, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_LOCKED);
  g_assert_true (g_str_has_prefix (error->message, "wrong "));
  g_clear_error (&error);
  g_assert_false (san_staff_set_passphrase (laptop->centre, present, weak, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_REFUSED);
  g_clear_error (&error);
  laptop_lock (laptop);
  laptop_unlock (laptop, "sunanda");            /* as before */
  g_assert_true (san_staff_set_passphrase (laptop->centre, present, fresh, &error));
  g_assert_no_error (error);
  laptop_lock (laptop);
  laptop->centre = san_centre_unlock (&laptop->where, "sunanda", present, NULL, &error);
  g_assert_error (error, SAN_ERROR, SAN_ERROR_LOCKED);
  g_clear_error (&error);
  laptop->centre = san_centre_unlock (&laptop->where, "sunanda", fresh, NULL, &error);
  g_assert_no_error (error);
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
  g_assert_true (san_example_make (&laptop->where, example, 2, NULL, &error));
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

/* What the centre says of itself can be changed later, by a superintendent only; nothing is written
 * for nothing. */
static void
test_about (void)
{
  char *dir = carry_begin ();
  Laptop *laptop = laptop_new (dir, "a");
  g_autoptr(SanAbout) first = NULL;
  g_autoptr(SanAbout) changed = NULL;
  g_autoptr(SanAbout) last = NULL;
  g_autofree char *now = NULL;
  g_autoptr(GError) error = NULL;
  SanAbout wanted = { (char *) "শেফালি বাড়ি", (char *) "", (char *) "Example Pradesh", 24,
                      (char *) "both" };
  SanAbout strange = { (char *) "Shefali", (char *) "", (char *) "", 0, (char *) "cats" };
  SanAbout nameless = { (char *) "", (char *) "", (char *) "", 0 };
  SanAbout crowded = { (char *) "Shefali", (char *) "", (char *) "", SAN_BEDS_LIMIT + 1 };

  laptop_found (laptop, "Shefali");
  first = san_about_get (laptop->centre, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (first->name, ==, "Shefali");
  g_assert_cmpstr (first->place, ==, "Sundarpur");
  g_assert_cmpstr (first->state, ==, "");
  g_assert_cmpuint (first->beds, ==, 0);
  g_assert_cmpstr (first->children, ==, "");
  g_assert_cmpstr (san_centre_get_children (laptop->centre), ==, "");
  g_assert_true (san_about_set (laptop->centre, &wanted, &error));
  g_assert_true (san_about_set (laptop->centre, &wanted, &error));
  g_assert_no_error (error);
  g_assert_false (san_about_set (laptop->centre, &nameless, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (san_about_set (laptop->centre, &crowded, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (san_about_set (laptop->centre, &strange, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_INVALID);
  g_clear_error (&error);
  laptop_unlock (laptop, "sunanda");
  g_assert_cmpstr (san_centre_get_children (laptop->centre), ==, "both");
  changed = san_about_get (laptop->centre, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (changed->name, ==, wanted.name);
  g_assert_cmpstr (changed->place, ==, "");
  g_assert_cmpstr (changed->state, ==, "Example Pradesh");
  g_assert_cmpuint (changed->beds, ==, 24);
  g_assert_cmpstr (changed->children, ==, "both");
  wanted.children = NULL;               /* as it is */
  g_assert_true (san_about_set (laptop->centre, &wanted, &error));
  now = san_about_dup_children (laptop->centre, &error);
  g_assert_cmpstr (now, ==, "both");
  laptop_add_person (laptop, "rokeya", "house");
  laptop_unlock (laptop, "rokeya");
  wanted.beds = 3;
  g_assert_false (san_about_set (laptop->centre, &wanted, &error));
  g_assert_nonnull (error);
  last = san_about_get (laptop->centre, NULL);
  g_assert_cmpuint (last->beds, ==, 24);
  laptop_free (laptop);
  carry_end (dir);
}

/* (transfer full) (nullable) */
static char *
dup_phone (Laptop *laptop, const SanId16 *staff)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) rows = san_staff_list (laptop->centre, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < rows->len; i++)
    if (san_id16_equal (&((SanStaffRow *) rows->pdata[i])->id, staff))
      return g_strdup (((SanStaffRow *) rows->pdata[i])->phone);
  g_assert_not_reached ();
}

static gint64
since_of (Laptop *laptop, const char *name)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) rows = san_staff_list (laptop->centre, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < rows->len; i++)
    if (g_str_equal (((SanStaffRow *) rows->pdata[i])->name, name))
      return ((SanStaffRow *) rows->pdata[i])->since;
  g_assert_not_reached ();
}

/* Since when somebody is here: a new slip makes a new seat, and her first day stays. */
static void
test_since (void)
{
  char *dir = carry_begin ();
  Laptop *laptop = laptop_new (dir, "a");
  g_autoptr(GError) error = NULL;
  g_autoptr(SanSecret) words = NULL;
  gint64 hers;

  laptop_found (laptop, "Shefali");
  laptop_add_person (laptop, "rokeya", "house");
  laptop_unlock (laptop, "sunanda");
  hers = since_of (laptop, "rokeya");
  g_assert_cmpint (since_of (laptop, "sunanda"), >, 0);
  g_assert_cmpint (hers, >=, since_of (laptop, "sunanda"));
  words = san_staff_slip (laptop->centre, "rokeya", &error);
  g_assert_no_error (error);
  g_assert_cmpint (since_of (laptop, "rokeya"), ==, hers);
  laptop_free (laptop);
  carry_end (dir);
}

/* A superintendent writes down how somebody is reached; everybody reads it, nobody else changes it.
 */
static void
test_phone (void)
{
  char *dir = carry_begin ();
  Laptop *laptop = laptop_new (dir, "a");
  SanId16 sunanda, nobody = { { 7 } };
  g_autofree char *none = NULL;
  g_autofree char *kept = NULL;
  g_autofree char *taken = NULL;
  g_autofree char *longer = g_strnfill (61, '9');
  g_autoptr(GError) error = NULL;

  laptop_found (laptop, "Shefali");
  sunanda = *san_centre_get_staff (laptop->centre);
  none = dup_phone (laptop, &sunanda);
  g_assert_null (none);
  g_assert_true (
      san_staff_set_phone (laptop->centre, &sunanda, "", &error)); /* nothing over nothing */
  g_assert_true (san_staff_set_phone (laptop->centre, &sunanda, "098300 00000", &error));
  g_assert_true (san_staff_set_phone (laptop->centre, &sunanda, "098300 00000", &error));
  g_assert_no_error (error);
  g_assert_false (san_staff_set_phone (laptop->centre, &sunanda, longer, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (san_staff_set_phone (laptop->centre, &nobody, "1", &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_NOT_FOUND);
  g_clear_error (&error);
  laptop_add_person (laptop, "rokeya", "house");
  laptop_unlock (laptop, "rokeya");
  kept = dup_phone (laptop, &sunanda);
  g_assert_cmpstr (kept, ==, "098300 00000");
  g_assert_false (san_staff_set_phone (laptop->centre, &sunanda, "1", &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_REFUSED);
  laptop_unlock (laptop, "sunanda");
  g_assert_true (san_staff_set_phone (laptop->centre, &sunanda, "", NULL));
  taken = dup_phone (laptop, &sunanda);
  g_assert_cmpstr (taken, ==, "");
  laptop_free (laptop);
  carry_end (dir);
}

static char *
letters (guint n)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append (text, "ম");
  return g_string_free (text, FALSE);
}

/* Sixty letters of a script of three bytes a letter: of the centre, of a person, on the card that a
 * partner keeps. */
static void
test_long_names (void)
{
  char *dir = carry_begin ();
  Laptop *a = laptop_new (dir, "a");
  Laptop *b = laptop_new (dir, "b");
  g_autofree char *sixty = letters (60);
  g_autofree char *longer = letters (61);
  g_autofree char *turned = g_strdup ("Shefali \xe2\x80\xae Bari");
  g_autoptr(GPtrArray) partners = NULL;
  g_autoptr(GError) error = NULL;
  SanAbout about = { longer, (char *) "", (char *) "", 24 };

  laptop_found (a, sixty);
  laptop_found (b, "Gulmohar");
  g_assert_false (san_about_set (a->centre, &about, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_INVALID);
  g_clear_error (&error);
  about.name = turned;
  g_assert_false (san_about_set (a->centre, &about, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_INVALID);
  g_clear_error (&error);
  laptop_pair (a, b);
  partners = san_centre_list_partners (b->centre, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (partners->len, ==, 1);
  g_assert_cmpstr (((SanPartnerRow *) g_ptr_array_index (partners, 0))->label, ==, sixty);
  laptop_add_person (a, sixty, "house");
  laptop_unlock (a, "sunanda");
  laptop_unlock (a, sixty);
  laptop_free (a);
  laptop_free (b);
  carry_end (dir);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/centre/setup/present-words-are-asked-for-new-ones",
                   test_present_words_are_asked);
  g_test_add_func ("/centre/setup/counts-after-the-code-is-kept", test_counts_after_the_code);
  g_test_add_func ("/centre/setup/abandoned-leaves-nothing", test_abandoned_leaves_nothing);
  g_test_add_func ("/centre/setup/a-slip-is-read-as-people-type-it", test_slip_as_typed);
  g_test_add_func ("/centre/about/changes-by-a-superintendent-only", test_about);
  g_test_add_func ("/centre/setup/names-of-sixty-letters-of-any-script", test_long_names);
  g_test_add_func ("/centre/staff/a-superintendent-writes-a-telephone-number", test_phone);
  g_test_add_func ("/centre/staff/her-first-day-stays", test_since);
  g_test_add_func ("/centre/example/is-deleted-whole-and-nothing-else", test_example_goes_whole);
  return g_test_run ();
}
