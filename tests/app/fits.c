/* fits.c - bars 19 and 21 on every page, in an example centre, as each of its people: nothing is
 * cut in four languages, at 100 and 200 %, and with words that are 40 % longer; words stand out on
 * light and dark pages, and no state is told by colour alone
 *
 *   fits                          the test: Hindi and Marathi at 100 %, a few forms
 *   SAN_FITS_WHOLE=1 fits         every form, language and size (a soak)
 *   SAN_FITS_ONLY="form" fits     only pages with that in their name
 *   SAN_FITS_LARGER=1 fits        with larger buttons
 */
#include "carry-fixture.h"
#include "contrast.h"
#include "fit.h"
#include "san-application.h"
#include "san-example.h"
#include "san-language.h"
#include "san-idle.h"
#include "san-settings.h"
#include "san-page.h"
#include "san-window.h"
#include <string.h>

typedef struct { const char *language; gboolean longer; } Tongue;

static const Tongue tongues[] = {
  { "hi", FALSE }, { "bn", FALSE }, { "mr", FALSE }, { "en", FALSE }, { "en", TRUE }
};

/* page, part; "*" of a form: each of the catalogue */
typedef struct { const char *page, *part, *form; gboolean child; } Place;

/* Of those forms, where not all are looked at: the longest, tables, scales, the session. */
static const char *const chosen_forms[] = { "court-case", "exam",    "icp-b", "incident",
                                            "score.phqa", "session", NULL };

static const Place outside[] = {
  { "welcome", NULL, NULL, FALSE }, { "setup", NULL, NULL, FALSE }, { "join", NULL, NULL, FALSE },
  { "recovery", NULL, NULL, FALSE },
  { "slip", "Ira", NULL, FALSE }, { "restore", NULL, NULL, FALSE }, { "help", NULL, NULL, FALSE },
  { "unlock", NULL, NULL, FALSE },
};
static const Place everybody[] = { { "today", NULL, NULL, FALSE } };
static const Place superintendent[] = {
  { "today", NULL, NULL, FALSE }, { "children", NULL, NULL, FALSE }, { "admit", NULL, NULL, FALSE },
  { "child", "overview", NULL, TRUE }, { "child", "plan", NULL, TRUE },
  { "child", "health", NULL, TRUE },
  { "child", "counselling", NULL, TRUE }, { "child", "court", NULL, TRUE },
  { "child", "family", NULL, TRUE },
  { "child", "papers", NULL, TRUE }, { "child", "outcomes", NULL, TRUE },
  { "child", "daily", NULL, TRUE },
  { "access", NULL, NULL, TRUE }, { "centre", "staff", NULL, FALSE },
  { "centre", "devices", NULL, FALSE }, { "centre", "about", NULL, FALSE },
  { "exchange", NULL, NULL, FALSE }, { "pair", NULL, NULL, FALSE },
  { "share", NULL, NULL, FALSE }, { "review", NULL, NULL, FALSE },
  { "backup", NULL, NULL, FALSE }, { "my-page", NULL, NULL, FALSE },
  { "preferences", NULL, NULL, FALSE }, { "shortcuts", NULL, NULL, FALSE },
  { "ready", NULL, NULL, FALSE }, { "help", NULL, NULL, FALSE },
  { "help", "exchange", NULL, FALSE }, { "form", NULL, "*", TRUE },
};
static const Place counsellor[] = {
  { "today", NULL, NULL, FALSE }, { "children", NULL, NULL, FALSE },
  { "child", "counselling", NULL, TRUE }, { "child", "outcomes", NULL, TRUE },
  { "grant", NULL, NULL, FALSE }, { "form", NULL, "*", TRUE },
};

static const struct { const char *name; const Place *places; guint n;
} people[] = {
  { "Sunanda", superintendent, G_N_ELEMENTS (superintendent) },
  { "Mitali", counsellor, G_N_ELEMENTS (counsellor) },
  { "Sima", everybody, 1 },
  { "Rokeya", everybody, 1 },
  { "Lata", everybody, 1 },
  { "Anjali", everybody, 1 },
};

typedef struct
{
  GtkApplication *app;
  SanDesk        *desk;
  char           *store, *state;
  SanId32         child;            /* looked up before the window has the centre */
  gboolean        whole;
  gboolean        large;            /* 200 % now */
  guint           views;
  Fit             fit;
  Contrast        light, dark;
} Round;

static gpointer
nothing (SanCentre *centre, gpointer input, GCancellable *cancellable, GError **error)
{
  return GINT_TO_POINTER (1);
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  san_worker_run_finish (result, NULL);
  *(gboolean *) data = TRUE;
}

static void
painted_cb (GdkFrameClock *clock, guint *left)
{
  if (*left > 0)
    --*left;
}

static GtkWidget *
window_of (Round *round)
{
  return GTK_WIDGET (gtk_application_get_active_window (round->app));
}

/* Until the window was laid out and painted with what it holds now. */
static void
wait_for_paint (Round *round)
{
  GtkWidget *window = window_of (round);
  GdkFrameClock *clock = gtk_widget_get_frame_clock (window);
  guint left = 2;
  gulong handler = g_signal_connect (clock, "after-paint", G_CALLBACK (painted_cb), &left);

  while (left > 0)
    {
      gtk_widget_queue_draw (window);
      g_main_context_iteration (NULL, TRUE);
    }
  g_signal_handler_disconnect (clock, handler);
}

/* Until the worker has answered everything that the page asks, also what it asks on an answer. */
static void
wait_for_answers (Round *round)
{
  for (guint i = 0; i < 3; i++)
    {
      gboolean done = FALSE;

      if (san_desk_is_open (round->desk))
        san_desk_ask (round->desk, NULL, nothing, NULL, NULL, NULL, done_cb, &done);
      else
        san_desk_ask_outside (round->desk, NULL, nothing, NULL, NULL, NULL, done_cb, &done);
      while (!done)
        g_main_context_iteration (NULL, TRUE);
      while (g_main_context_iteration (NULL, FALSE))
        ;
    }
}

static void
set_size (Round *round, gboolean large)
{
  if (round->large == large)
    return;
  round->large = large;
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", 96 * 1024 * (large ? 2 : 1), NULL);
}

static void
look (Round *round, const char *who, const char *what, const Tongue *tongue, gboolean large)
{
  g_autofree char *where = g_strdup_printf ("%s %s %s%s %d %%", who, what, tongue->language,
                                            tongue->longer ? " +40 %" : "", large ? 200 : 100);

  set_size (round, large);
  san_window_set_larger (SAN_WINDOW (window_of (round)), g_getenv ("SAN_FITS_LARGER") != NULL);
  wait_for_paint (round);
  if (gtk_widget_get_width (window_of (round)) > FIT_WIDTH ||
      gtk_widget_get_height (window_of (round)) > FIT_HEIGHT)
    { /* it stays large when a page needed that: it may be smaller now */
      gtk_window_set_default_size (GTK_WINDOW (window_of (round)), FIT_WIDTH, FIT_HEIGHT);
      wait_for_paint (round);
    }
  fit_look (&round->fit, GTK_WINDOW (window_of (round)), where);
  round->views++;
}

/* The page as it is, light and dark. */
static void
look_at_colours (Round *round, const char *who, const char *what)
{
  AdwStyleManager *style = adw_style_manager_get_default ();
  g_autofree char *light = g_strdup_printf ("%s %s light", who, what);
  g_autofree char *dark = g_strdup_printf ("%s %s dark", who, what);

  contrast_look (&round->light, GTK_WINDOW (window_of (round)), light);
  adw_style_manager_set_color_scheme (style, ADW_COLOR_SCHEME_FORCE_DARK);
  wait_for_paint (round);
  contrast_look (&round->dark, GTK_WINDOW (window_of (round)), dark);
  adw_style_manager_set_color_scheme (style, ADW_COLOR_SCHEME_FORCE_LIGHT);
}

static void
look_at_stop (Round *round, const char *who, const SanStop *stop, const Tongue *tongue)
{
  g_autofree char *what =
      g_strjoin (" ", stop->page, stop->form != NULL ? stop->form : stop->part, NULL);
  const char *only = g_getenv ("SAN_FITS_ONLY");

  if (only != NULL && strstr (what, only) == NULL)
    return;
  san_desk_go (round->desk, san_stop_copy (stop));
  wait_for_answers (round);
  if (tongue->longer)
    {
      wait_for_paint (round);
      fit_lengthen (window_of (round));
    }
  look (round, who, what, tongue, FALSE);
  if (g_str_equal (tongue->language, "en") && !tongue->longer)
    look_at_colours (round, who, what);
  if (round->whole || strchr ("eb", tongue->language[0]) != NULL)
    look (round, who, what, tongue, TRUE);
}

static SanStop *
stop_of (Round *round, const Place *place, const char *form)
{
  SanStop *stop = san_stop_new (place->page);

  stop->part = g_strdup (place->part);
  if (place->child)
    stop->child = round->child;
  if (form != NULL)
    {
      stop->form = g_strdup (form);
      stop->page = g_str_has_prefix (form, "score.") ? "scale"
                   : g_str_equal (form, "session")   ? "session"
                                                     : "form";
    }
  return stop;
}

static void
look_at_places (Round *round, const char *who, const Place *places, guint n, const Tongue *tongue)
{
  for (guint i = 0; i < n; i++)
    {
      SanCatalogue *catalogue = places[i].form != NULL
                                    ? san_centre_get_catalogue (san_desk_get_centre (round->desk))
                                    : NULL;
      guint forms = catalogue != NULL ? san_catalogue_get_n_forms (catalogue) : 1;

      for (guint f = 0; f < forms; f++)
        {
          const char *form = catalogue != NULL ? san_catalogue_get_form (catalogue, f)->id : NULL;
          g_autoptr(SanStop) stop = stop_of (round, &places[i], form);

          if (form == NULL || round->whole || g_strv_contains (chosen_forms, form))
            look_at_stop (round, who, stop, tongue);
        }
    }
}

static void
come_in (Round *round, const char *name)
{
  SanPlaceOnDisk where = { round->store, round->state, g_getenv ("SAN_DATA_DIR") };
  g_autoptr(SanSecret) words =
      san_secret_new_copy (san_example_get_passphrase (), strlen (san_example_get_passphrase ()));
  g_autoptr(GError) error = NULL;
  SanCentre *centre = san_centre_unlock (&where, name, words, NULL, &error);

  g_assert_no_error (error);
  san_child_find (centre, "Bakul", &round->child, &error);       /* then it is the worker's alone */
  g_assert_no_error (error);
  san_desk_open (round->desk, centre);
}

static gboolean
go_round_cb (gpointer data)
{
  Round *round = data;

  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE,
                NULL); /* no colours half way */
  round->desk = san_window_get_desk (SAN_WINDOW (window_of (round)));
  for (guint t = 0; t < G_N_ELEMENTS (tongues); t++)
    {
      san_desk_set_language (round->desk, tongues[t].language);
      look_at_places (round, "nobody", outside, G_N_ELEMENTS (outside), &tongues[t]);
    }
  for (guint p = 0; p < G_N_ELEMENTS (people); p++)
    {
      gint64 begun = g_get_monotonic_time ();
      come_in (round, people[p].name);
      for (guint t = 0; t < G_N_ELEMENTS (tongues); t++)
        {
          set_size (round, FALSE);
          san_desk_set_language (round->desk, tongues[t].language);
          look_at_places (round, people[p].name, people[p].places, people[p].n, &tongues[t]);
        }
      san_desk_lock (round->desk);
      wait_for_answers (round);     /* the store is closed by the worker */
      g_print ("# %s: %.1f s\n", people[p].name, (g_get_monotonic_time () - begun) / 1e6);
    }
  gtk_window_destroy (gtk_application_get_active_window (round->app));
  return G_SOURCE_REMOVE;
}

/* Instead of the window's own: nobody touches it, and a slow machine may take longer than until an
 * idle lock. */
SanIdleStep __wrap_san_idle_judge (const SanIdleRules *rules, guint idle, gboolean covered_by_hand,
                                   guint covered);

SanIdleStep
__wrap_san_idle_judge (const SanIdleRules *rules, guint idle, gboolean covered_by_hand,
                       guint covered)
{
  return SAN_IDLE_NOTHING;
}

static void
activate_cb (GApplication *app, Round *round)
{
  g_idle_add (go_round_cb, round);
}

static void
make_example (Round *round, const char *dir)
{
  g_autofree char *example = g_build_filename (dir, "example", NULL);
  SanPlaceOnDisk where = { NULL, round->state, g_getenv ("SAN_DATA_DIR") };
  g_autoptr(GError) error = NULL;

  round->state = g_build_filename (dir, "state", NULL);
  where.state = round->state;
  g_setenv ("SAN_STATE_DIR", round->state, TRUE);
  san_example_make (&where, example, 0, NULL, &error);
  g_assert_no_error (error);
  round->store = g_build_filename (example, "shefali-bari", NULL);
}

static Round done;                  /* one walk for all tests */

static void
walk (void)
{
  char *dir = carry_begin ();
  g_autoptr(SanApplication) app = NULL;
  char *argv[] = { (char *) "fits", (char *) "--store", NULL, NULL };

  done.whole = g_getenv ("SAN_FITS_WHOLE") != NULL;
  make_example (&done, dir);
  argv[2] = done.store;
  app = san_application_new ();
  done.app = GTK_APPLICATION (app);
  g_signal_connect_after (app, "activate", G_CALLBACK (activate_cb), &done);
  g_assert_cmpint (g_application_run (G_APPLICATION (app), 3, argv), ==, 0);
  g_free (done.store);
  g_free (done.state);
  g_clear_pointer (&done.fit.told, g_hash_table_unref);
  g_clear_pointer (&done.light.told, g_hash_table_unref);
  g_clear_pointer (&done.dark.told, g_hash_table_unref);
  carry_end (dir);
}

static void
test_nothing_is_cut (void)
{
  const Fit *fit = &done.fit;

  g_print ("# bar 19: %u views, %u labels: %u ellipsised, %u clipped, %u overlaps, %u sideways (0 "
           "wanted)\n",
           done.views, fit->labels, fit->ellipsised, fit->clipped, fit->overlaps, fit->sideways);
  g_assert_cmpuint (fit->labels, >, 0);
  g_assert_cmpuint (fit_count (fit), ==, 0);
}

static void
assert_contrast (const Contrast *found, const char *shade)
{
  g_print ("# bar 21, %s: %u labels, least contrast %.2f (4.5 wanted); %u icons, least %.2f (3 "
           "wanted); %u faint; "
           "%u states by colour alone\n",
           shade, found->words, found->least_word, found->marks, found->least_mark, found->faint,
           found->colour_alone);
  g_assert_cmpuint (found->words, >, 0);
  g_assert_cmpuint (found->faint, ==, 0);
  g_assert_cmpuint (found->colour_alone, ==, 0);
}

static void
test_light (void)
{
  assert_contrast (&done.light, "light");
}

static void
test_dark (void)
{
  assert_contrast (&done.dark, "dark");
}

int
main (int argc, char **argv)
{
  const char *locale_dir = g_getenv ("SAN_LOCALE_DIR");

  san_language_begin (locale_dir != NULL ? locale_dir : SAN_LOCALE_DIR);
  san_settings_begin (g_getenv ("SAN_DATA_DIR"));
  g_assert_true (san_crypto_init (NULL));
  g_test_init (&argc, &argv, NULL);
  g_log_set_always_fatal (G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_ERROR);
  walk ();
  g_test_add_func ("/app/bar-19/nothing-is-cut", test_nothing_is_cut);
  g_test_add_func ("/app/bar-21/words-stand-out-on-light", test_light);
  g_test_add_func ("/app/bar-21/words-stand-out-on-dark", test_dark);
  return g_test_run ();
}
