/* test-worker.c - work runs off the main thread, one after the other, and can be cancelled */
#include "san-worker.h"
#include "carry-fixture.h"

static int running;
static int most;
static GThread *main_thread;

static gpointer
count (SanCentre *centre, gpointer input, GCancellable *cancellable, GError **error)
{
  int now = g_atomic_int_add (&running, 1) + 1;

  most = MAX (most, now);
  g_assert_true (g_thread_self () != main_thread);
  g_usleep (2000);
  g_atomic_int_add (&running, -1);
  return g_strdup (input);
}

static gpointer
fail (SanCentre *centre, gpointer input, GCancellable *cancellable, GError **error)
{
  g_set_error_literal (error, SAN_ERROR, SAN_ERROR_REFUSED, "a rule says no");
  return NULL;
}

typedef struct
{
  guint      left;
  GString   *order;
  GError    *error;
} Waiting;

static void
done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Waiting *waiting = data;
  g_autofree char *text = NULL;

  g_clear_error (&waiting->error);
  text = san_worker_run_finish (result, &waiting->error);
  g_string_append (waiting->order, text != NULL ? text : "!");
  waiting->left--;
}

static void
wait_for (Waiting *waiting)
{
  while (waiting->left > 0)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_one_at_a_time (void)
{
  Waiting waiting = { 26, g_string_new (NULL), NULL };

  for (char c = 'a'; c <= 'z'; c++)
    san_worker_run_async (NULL, count, g_strdup_printf ("%c", c), g_free, g_free, NULL, done_cb,
                          &waiting);
  wait_for (&waiting);
  g_assert_cmpstr (waiting.order->str, ==, "abcdefghijklmnopqrstuvwxyz");
  g_assert_cmpint (most, ==, 1);
  g_string_free (waiting.order, TRUE);
}

static void
test_errors_arrive (void)
{
  Waiting waiting = { 1, g_string_new (NULL), NULL };

  san_worker_run_async (NULL, fail, NULL, NULL, NULL, NULL, done_cb, &waiting);
  wait_for (&waiting);
  g_assert_error (waiting.error, SAN_ERROR, SAN_ERROR_REFUSED);
  g_clear_error (&waiting.error);
  g_string_free (waiting.order, TRUE);
}

static void
test_cancelled_does_not_begin (void)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  Waiting waiting = { 2, g_string_new (NULL), NULL };

  san_worker_run_async (NULL, count, g_strdup ("x"), g_free, g_free, NULL, done_cb, &waiting);
  san_worker_run_async (NULL, count, g_strdup ("y"), g_free, g_free, cancellable, done_cb,
                        &waiting);
  g_cancellable_cancel (cancellable);
  wait_for (&waiting);
  g_assert_cmpstr (waiting.order->str, ==, "x!");
  g_assert_error (waiting.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&waiting.error);
  g_string_free (waiting.order, TRUE);
}

static gpointer
list (SanCentre *centre, gpointer input, GCancellable *cancellable, GError **error)
{
  g_autoptr(GPtrArray) children = san_child_list (centre, NULL, NULL, error);

  return children != NULL ? g_strdup_printf ("%u", children->len) : NULL;
}

/* Once the worker has had a centre, whoever asks it on the main thread hears so each time. */
static void
test_centre_is_the_workers (void)
{
  char *dir = carry_begin ();
  Laptop *laptop = laptop_new (dir, "a");
  Waiting waiting = { 2, g_string_new (NULL), NULL };
  g_autoptr(GPtrArray) children = NULL;
  g_autoptr(GError) error = NULL;

  laptop_found (laptop, "Shefali Bari");
  children = san_child_list (laptop->centre, NULL, NULL, &error);
  g_assert_no_error (error);
  g_clear_pointer (&children, g_ptr_array_unref);
  for (guint i = 0; i < 2; i++)
    san_worker_run_async (laptop->centre, list, NULL, NULL, g_free, NULL, done_cb, &waiting);
  wait_for (&waiting);
  g_assert_cmpstr (waiting.order->str, ==, "00");
  children = san_child_list (laptop->centre, NULL, NULL, &error);
  g_assert_error (error, SAN_ERROR, SAN_ERROR_IN_USE);
  g_assert_null (children);
  g_string_free (waiting.order, TRUE);
  laptop_free (laptop);                                     /* closes it all the same */
  carry_end (dir);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  main_thread = g_thread_self ();
  g_test_add_func ("/centre/worker/one-at-a-time-in-order", test_one_at_a_time);
  g_test_add_func ("/centre/worker/errors-arrive", test_errors_arrive);
  g_test_add_func ("/centre/worker/cancelled-does-not-begin", test_cancelled_does_not_begin);
  g_test_add_func ("/centre/worker/centre-is-the-workers", test_centre_is_the_workers);
  return g_test_run ();
}
