/* test-example.c - the example centres are kept as a good house is kept: a little is overdue; one
 * that is being made can be left */
#include "carry-fixture.h"
#include "san-dues.h"
#include "san-example.h"
#include "san-example-lives.h"

static char *dir;

static guint
count_dues (SanCentre *centre, const char *state)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) dues = san_dues_list (centre, 0, NULL, NULL, &error);
  guint n = 0;

  g_assert_no_error (error);
  for (guint i = 0; i < dues->len; i++)
    n += g_str_equal (((SanDueItem *) dues->pdata[i])->state, state);
  return n;
}

static void
check_store (const char *name, const char *person, guint children)
{
  g_autofree char *store = g_build_filename (dir, "example", name, NULL);
  g_autofree char *state = g_build_filename (dir, "example", "state", NULL);
  SanPlaceOnDisk where = { store, state, g_getenv ("SAN_DATA_DIR") };
  g_autoptr(SanSecret) words =
      san_secret_new_copy (san_example_get_passphrase (), strlen (san_example_get_passphrase ()));
  g_autoptr(GError) error = NULL;
  g_autoptr(SanCentre) centre = san_centre_unlock (&where, person, words, NULL, &error);
  g_autoptr(GPtrArray) list = NULL;

  g_assert_no_error (error);
  list = san_child_list (centre, NULL, "in-care", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (list->len, ==, children);
  g_test_message ("%s, %s: %u overdue, %u soon, %u later", name, person,
                  count_dues (centre, "overdue"), count_dues (centre, "soon"),
                  count_dues (centre, "later"));
  g_assert_cmpuint (count_dues (centre, "overdue"), >, 0);
  g_assert_cmpuint (count_dues (centre, "overdue"), <=, children / 5);
  g_assert_cmpuint (count_dues (centre, "soon"), >, 0);
  san_centre_lock (centre);
}

static void
test_little_is_overdue (void)
{
  SanPlaceOnDisk where = { NULL, NULL, g_getenv ("SAN_DATA_DIR") };
  g_autofree char *example = NULL;
  g_autoptr(GError) error = NULL;

  dir = carry_begin ();
  example = g_build_filename (dir, "example", NULL);
  g_assert_true (san_example_make (&where, example, 0, NULL, &error));
  g_assert_no_error (error);
  check_store ("shefali-bari", "Sunanda", 22);
  check_store ("shefali-bari", "Mitali", 22);
  check_store ("gulmohar-ghar", "Sunanda", 41);
  check_store ("gulmohar-ghar", "Mitali", 41);
  g_assert_true (san_example_delete (example, &error));
  carry_end (dir);
}

/* Not every day of a leap year was there 18 years before. */
static void
test_birth (void)
{
  SanDate first;

  g_assert_true (san_date_from_ymd (2026, 1, 1, &first));
  for (gint32 today = first.days; today < first.days + 3000; today++)
    {
      SanDate birth = san_example_birth (today);
      g_autofree char *text = san_date_to_text (&birth);
      SanDate read;

      g_assert_true (san_date_from_text (text, &read, NULL));
      g_assert_cmpint (san_date_years_between (read.days, today + 41), ==, 18);
      g_assert_cmpint (san_date_years_between (read.days, today + 39), ==, 17);
    }
}

typedef struct { const char *begun; GCancellable *cancellable; } Cut;

/* As the first centre is there. */
static gpointer
cut (gpointer data)
{
  Cut *self = data;

  /* a minute: if it never begins, what made it fail is told below */
  for (guint i = 0; i < 6000 && !g_file_test (self->begun, G_FILE_TEST_EXISTS); i++)
    g_usleep (G_USEC_PER_SEC / 100);
  g_cancellable_cancel (self->cancellable);
  return NULL;
}

/* Who quits does not wait until both are made. */
static void
test_goes_no_further_once_cancelled (void)
{
  SanPlaceOnDisk where = { NULL, NULL, g_getenv ("SAN_DATA_DIR") };
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autofree char *example = NULL;
  g_autofree char *begun = NULL;
  g_autofree char *second = NULL;
  g_autofree char *readme = NULL;
  g_autoptr(GError) error = NULL;
  GThread *thread;
  Cut self;

  dir = carry_begin ();
  example = g_build_filename (dir, "example", NULL);
  begun = g_build_filename (example, "shefali-bari", "store.db", NULL);
  second = g_build_filename (example, "gulmohar-ghar", NULL);
  readme = g_build_filename (example, "README.txt", NULL);
  self = (Cut) { begun, cancellable };
  thread = g_thread_new ("cut", cut, &self);
  g_assert_false (san_example_make (&where, example, 0, cancellable, &error));
  g_thread_join (thread);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (g_file_test (second, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (readme, G_FILE_TEST_EXISTS));
  g_assert_cmpint (ABS (san_clock_now () - g_get_real_time () / 1000), <, 60 * 1000);
  g_clear_error (&error);
  g_assert_true (san_example_delete (example, &error));
  g_assert_no_error (error);
  carry_end (dir);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/centre/example/little-is-overdue", test_little_is_overdue);
  g_test_add_func ("/centre/example/a-birth-on-any-day", test_birth);
  g_test_add_func ("/centre/example/goes-no-further-once-cancelled",
                   test_goes_no_further_once_cancelled);
  return g_test_run ();
}
