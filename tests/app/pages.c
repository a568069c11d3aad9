/* pages.c - opens pages of the window one after the other, under a display of its own
 *
 *   pages                              every form, new and saved, in a centre made for it (a test)
 *   pages STORE STAFF FORM [ALIAS]     one form of a store, left open to be looked at and driven
 *
 * The passphrase of the second is the first line of standard input. The main thread asks the
 * centre only before the window has it: from then on it is the worker's alone.
 */
#include "carry-fixture.h"
#include "san-about.h"
#include "san-answers.h"
#include "san-application.h"
#include "san-language.h"
#include "san-page.h"
#include "san-window.h"
#include <string.h>

#define SETTLE_MS  250
#define PATIENCE_S 60

typedef struct
{
  GtkApplication *app;
  SanDesk        *desk;
  Laptop         *laptop;           /* NULL: looking at one form */
  const char     *form, *alias;
  SanCentre      *centre;
  SanId32         child;            /* whose pages are shown; zero: nobody's */
  guint           at;
  gboolean        saved;
  gint64          until;            /* when a page must be there */
  GSourceFunc     step;             /* NULL: every form */
} Show;

static SanId32
find_child (SanCentre *centre, const char *alias)
{
  g_autoptr(GError) error = NULL;
  SanId32 child = san_id32_zero;

  if (alias != NULL)
    san_child_find (centre, alias, &child, &error);
  g_assert_no_error (error);
  return child;
}

static SanPage *
find_page (GtkWidget *widget)
{
  SanPage *page = SAN_IS_PAGE (widget) && gtk_widget_get_mapped (widget) ? SAN_PAGE (widget) : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && page == NULL;
       child = gtk_widget_get_next_sibling (child))
    page = find_page (child);
  return page;
}

/* The widget deepest in the tree that is higher with much width than without a width: GTK warns
 * of it somewhere above, and names only that. */
static gboolean
find_higher (GtkWidget *widget)
{
  int without, with;

  if (!gtk_widget_get_visible (widget))
    return FALSE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (find_higher (child))
      return TRUE;
  gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, -1, &without, NULL, NULL, NULL);
  gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, 100000, &with, NULL, NULL, NULL);
  if (with <= without)
    return FALSE;
  g_printerr ("higher: %s %s, %d and %d\n", G_OBJECT_TYPE_NAME (widget),
              gtk_widget_get_name (widget), without, with);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int a, b;

      gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, -1, &a, NULL, NULL, NULL);
      gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, 100000, &b, NULL, NULL, NULL);
      g_printerr ("  of %s, %d and %d\n", G_OBJECT_TYPE_NAME (child), a, b);
    }
  return TRUE;
}

static SanPage *
shown_page (Show *show)
{
  return find_page (GTK_WIDGET (gtk_application_get_active_window (show->app)));
}

/* A form is opened, saved as it is, and looked at again; then the next one. */
static gboolean
step_cb (gpointer data)
{
  Show *show = data;
  SanCatalogue *catalogue = san_centre_get_catalogue (show->centre);

  if (show->at > 0 && !show->saved)
    {
      SanPage *page = shown_page (show);

      g_assert_nonnull (page);
      if (g_strcmp0 (san_page_get_title (page), "") == 0 && g_get_monotonic_time () < show->until)
        return G_SOURCE_CONTINUE;       /* not read yet */
      g_assert_cmpstr (san_page_get_title (page), !=, "");
      g_assert_false (find_higher (GTK_WIDGET (page)));
      san_page_act (page, "save");
      show->saved = TRUE;
      return G_SOURCE_CONTINUE;
    }
  show->saved = FALSE;
  if (show->at == san_catalogue_get_n_forms (catalogue))
    {
      san_desk_lock (show->desk);
      gtk_window_destroy (gtk_application_get_active_window (show->app));
      return G_SOURCE_REMOVE;
    }
  g_print ("# %s\n", san_catalogue_get_form (catalogue, show->at)->id);
  san_desk_go_form (show->desk, san_catalogue_get_form (catalogue, show->at)->id, &show->child,
                    NULL);
  show->at++;
  show->until = g_get_monotonic_time () + PATIENCE_S * G_USEC_PER_SEC;
  return G_SOURCE_CONTINUE;
}

static gboolean
begin_cb (gpointer data)
{
  Show *show = data;

  show->child = find_child (show->centre, show->alias);
  show->desk = san_window_get_desk (SAN_WINDOW (gtk_application_get_active_window (show->app)));
  san_desk_open (show->desk, g_object_ref (show->centre));
  if (show->laptop != NULL)
    g_timeout_add (SETTLE_MS, show->step != NULL ? show->step : step_cb, show);
  else
    san_desk_go_form (show->desk, show->form,
                      san_id32_is_zero (&show->child) ? NULL : &show->child, NULL);
  return G_SOURCE_REMOVE;
}

static void
activate_cb (GApplication *app, Show *show)
{
  g_idle_add (begin_cb, show);
}

static int
run (Show *show, const char *store)
{
  g_autoptr(SanApplication) app = san_application_new ();
  char *argv[] = { (char *) "pages", (char *) "--store", (char *) store, NULL };
  int status;

  show->app = GTK_APPLICATION (app);
  g_signal_connect_after (app, "activate", G_CALLBACK (activate_cb), show);
  status = g_application_run (G_APPLICATION (app), 3, argv);
  g_clear_object (&show->centre);
  return status;
}

static gpointer
nothing (SanCentre *none, gpointer input, GCancellable *cancellable, GError **error)
{
  return input;
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer answered)
{
  *(gboolean *) answered = TRUE;
}

/* The worker does one thing after the other, locking too. */
static void
wait_for_worker (void)
{
  gboolean answered = FALSE;

  san_worker_run_async (NULL, nothing, NULL, NULL, NULL, NULL, answered_cb, &answered);
  while (!answered)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_every_form (void)
{
  static const char *const people[][2] = {
    { "mitali", "counsellor" }, { "sima", "nurse" }, { "lata", "legal" }, { "rokeya", "house" }
  };
  char *dir = carry_begin ();
  Show show = { .alias = "Bakul" };

  show.laptop = laptop_new (dir, "a");
  laptop_found (show.laptop, "Shefali Bari");
  laptop_admit (show.laptop, "Bakul");
  for (guint i = 0; i < G_N_ELEMENTS (people); i++)
    {
      laptop_add_person (show.laptop, people[i][0], people[i][1]);
      show.centre = g_steal_pointer (&show.laptop->centre);
      show.at = 0;
      g_print ("# as %s\n", people[i][1]);
      g_assert_cmpint (run (&show, show.laptop->store), ==, 0);
      wait_for_worker ();
      laptop_unlock (show.laptop, "sunanda");
    }
  laptop_free (show.laptop);
  carry_end (dir);
}

/* A page that is left while its answers are on their way, and that somebody still holds. */
static gboolean
leave_cb (gpointer data)
{
  Show *show = data;
  SanPage *page;
  SanId16 none = san_id16_zero;

  san_desk_go_form (show->desk, "flags", &show->child, &none);
  page = g_object_ref (shown_page (show));
  wait_for_worker ();
  while (g_strcmp0 (san_page_get_title (page), "") == 0)
    g_main_context_iteration (NULL, TRUE);
  san_page_act (page, "save");
  san_desk_go_page (show->desk, "today");
  wait_for_worker ();
  wait_for_worker ();                   /* what the answer of the first asked for */
  g_assert_null (gtk_widget_get_root (GTK_WIDGET (page)));
  g_object_unref (page);
  san_desk_lock (show->desk);
  gtk_window_destroy (gtk_application_get_active_window (show->app));
  return G_SOURCE_REMOVE;
}

static void
test_left_page_is_not_asked (void)
{
  char *dir = carry_begin ();
  Show show = { .alias = "Bakul", .step = leave_cb };

  show.laptop = laptop_new (dir, "a");
  laptop_found (show.laptop, "Shefali Bari");
  laptop_admit (show.laptop, "Bakul");
  show.centre = g_steal_pointer (&show.laptop->centre);
  g_assert_cmpint (run (&show, show.laptop->store), ==, 0);
  wait_for_worker ();
  laptop_unlock (show.laptop, "sunanda");
  laptop_free (show.laptop);
  carry_end (dir);
}

static gpointer
say_both (SanCentre *centre, gpointer input, GCancellable *cancellable, GError **error)
{
  g_autoptr(SanAbout) about = san_about_get (centre, error);

  g_assert_nonnull (about);
  g_free (about->children);
  about->children = g_strdup ("both");
  g_assert_true (san_about_set (centre, about, error));
  return NULL;
}

/* Who lives here is written as another laptop's would arrive: the window only hears that something
 * came in. What is open stays. */
static gboolean
arrive_cb (gpointer data)
{
  Show *show = data;
  g_autoptr(SanPage) page = g_object_ref (shown_page (show));

  g_assert_cmpstr (san_language_of_labels (), ==, "en");
  san_desk_ask (show->desk, NULL, say_both, NULL, NULL, NULL, NULL, NULL);
  wait_for_worker ();
  san_desk_changed (show->desk);
  while (!g_str_equal (san_language_of_labels (), "en@child"))
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (shown_page (show) == page);
  san_desk_set_children (show->desk, "girls");
  g_assert_cmpstr (san_language_of_labels (), ==, "en");
  g_assert_true (shown_page (show) != page);            /* here it was changed: all is made anew */
  san_desk_lock (show->desk);
  g_assert_cmpstr (san_language_of_labels (), ==, "en@child");
  gtk_window_destroy (gtk_application_get_active_window (show->app));
  return G_SOURCE_REMOVE;
}

static void
test_words_follow_what_came_in (void)
{
  char *dir = carry_begin ();
  Show show = { .alias = "Bakul", .step = arrive_cb };

  san_language_set ("en");
  show.laptop = laptop_new (dir, "a");
  laptop_found (show.laptop, "Shefali Bari");
  laptop_admit (show.laptop, "Bakul");
  show.centre = g_steal_pointer (&show.laptop->centre);
  g_assert_cmpint (run (&show, show.laptop->store), ==, 0);
  wait_for_worker ();
  laptop_unlock (show.laptop, "sunanda");
  g_assert_cmpstr (san_centre_get_children (show.laptop->centre), ==, "both");
  laptop_free (show.laptop);
  carry_end (dir);
}

static int
look (char **argv)
{
  SanPlaceOnDisk where = { argv[1], g_getenv ("SAN_STATE_DIR"), g_getenv ("SAN_DATA_DIR") };
  char words[200] = "";
  g_autoptr(SanSecret) passphrase = NULL;
  g_autoptr(GError) error = NULL;
  Show show = { .form = argv[3], .alias = argv[4] };

  if (fgets (words, sizeof words, stdin) != NULL)
    words[strcspn (words, "\n")] = '\0';
  passphrase = san_secret_new_copy (words, strlen (words));
  show.centre = san_centre_unlock (&where, argv[2], passphrase, NULL, &error);
  g_assert_no_error (error);
  return run (&show, argv[1]);
}

int
main (int argc, char **argv)
{
  const char *locale_dir = g_getenv ("SAN_LOCALE_DIR");

  san_language_begin (locale_dir != NULL ? locale_dir : SAN_LOCALE_DIR);
  g_assert_true (san_crypto_init (NULL));
  if (argc >= 4)
    return look (argv);
  g_test_init (&argc, &argv, NULL);
  g_log_set_always_fatal (G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_ERROR);
  g_test_add_func ("/app/pages/a-page-that-was-left-is-asked-nothing", test_left_page_is_not_asked);
  g_test_add_func ("/app/pages/words-follow-what-came-in", test_words_follow_what_came_in);
  g_test_add_func ("/app/pages/every-form-opens-and-saves", test_every_form);
  return g_test_run ();
}
