/* san-application.c - the process: one store, one window, keys for the whole of it
 *
 * Two stores are two processes (NON_UNIQUE); a second start on the same store lets the window that
 * is there come forward. That one store is not opened twice is the store's own lock. Nothing
 * reaches the list of recent files. */
#include "san-application.h"
#include "san-arrivals.h"
#include "san-clock-notice.h"
#include "san-i18n.h"
#include "san-make-space.h"
#include "san-settings.h"
#include "san-store-name.h"
#include "san-sudden-stop.h"
#include "san-window.h"
#include "san-worker.h"

struct _SanApplication
{
  AdwApplication parent_instance;

  char         *store;
  SanDesk      *desk;
  SanStoreName *name;               /* NULL once it ends: nobody is let in any more */
  gboolean      begun;              /* it was looked for another window */
  double        text_size;          /* 0.8 to 2.0 */
  gboolean      sized_outside;      /* it was chosen while nobody was in */
};

G_DEFINE_FINAL_TYPE (SanApplication, san_application, ADW_TYPE_APPLICATION)

static void
lock_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  san_desk_lock (SAN_APPLICATION (data)->desk);
}

/* Locks first: drafts are kept, and the worker finishes what it is at. */
static void
quit_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  SanApplication *self = data;
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));

  san_desk_lock (self->desk);
  if (window != NULL)
    gtk_window_destroy (window);
}

static void
set_text_size (SanApplication *self, double size)
{
  self->text_size = size;
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", (int) (96 * 1024 * size), NULL);
}

static void
text_size_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  SanApplication *self = data;
  int step = g_variant_get_int32 (parameter);

  set_text_size (self, step == 0 ? 1.0 : CLAMP (self->text_size + 0.1 * step, 0.8, 2.0));
  self->sized_outside = !san_desk_is_open (self->desk);
  if (!self->sized_outside)
    san_settings_set_text_size (san_centre_get_staff (san_desk_get_centre (self->desk)),
                                self->text_size);
}

/* Hers, as she left it. */
static void
opened_cb (SanDesk *desk, SanApplication *self)
{
  const SanId16 *staff = san_centre_get_staff (san_desk_get_centre (desk));
  double size = san_settings_get_text_size (staff);

  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      (AdwColorScheme) san_settings_get_colours (staff));

  /* what she chose at the door, or at set-up, is hers where she had chosen nothing yet; the size of
   * who was here before her is not */
  if (size == 1.0 && self->sized_outside)
    san_settings_set_text_size (staff, self->text_size);
  else
    set_text_size (self, size);
  self->sized_outside = FALSE;
}

static void
cover_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (data));

  if (SAN_IS_WINDOW (window))
    san_window_cover (SAN_WINDOW (window));
}

static void
clock_right_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  san_clock_notice_right (SAN_APPLICATION (data)->desk);
}

static void
make_space_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  san_make_space_open (SAN_APPLICATION (data)->desk);
}

static void
open_draft_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  san_sudden_stop_open (SAN_APPLICATION (data)->desk);
}

static const GActionEntry actions[] = {
  { "clock-right", clock_right_cb, NULL, NULL, NULL, { 0 } },
  { "cover", cover_cb, NULL, NULL, NULL, { 0 } },
  { "lock", lock_cb, NULL, NULL, NULL, { 0 } },
  { "make-space", make_space_cb, NULL, NULL, NULL, { 0 } },
  { "open-draft", open_draft_cb, NULL, NULL, NULL, { 0 } },
  { "quit", quit_cb, NULL, NULL, NULL, { 0 } },
  { "text-size", text_size_cb, "i", NULL, NULL, { 0 } },
};

static void
set_keys (GtkApplication *app)
{
  static const struct { const char *action, *keys[4];
  } keys[] = {
    { "app.lock", { "<Control>l" } },
    { "app.quit", { "<Control>q" } },
    { "win.help", { "F1" } },
    { "app.cover", { "F12" } },
    { "win.find", { "<Control>f" } },
    { "win.back", { "<Alt>Left", "Escape" } },
    { "win.reveal", { "<Control>h" } },
    { "win.access", { "<Control>i" } },
    { "win.save", { "<Control>s" } },
    { "win.finish", { "<Control>Return" } },
    { "win.next", { "<Control>Page_Down", "<Control>Tab" } },
    { "win.previous",
      { "<Control>Page_Up", "<Control><Shift>Tab", "<Control><Shift>ISO_Left_Tab" } },
    { "win.next-pane", { "F6" } },
    { "win.side", { "F9" } },
    { "win.go::admit", { "<Control>n" } },
    { "win.go::exchange", { "<Control>e" } },
    { "win.go::review", { "<Control>r" } },
    { "win.go::preferences", { "<Control>comma" } },
    { "win.go::shortcuts", { "<Control>question" } },
    { "app.text-size(1)", { "<Control>plus", "<Control>equal" } },
    { "app.text-size(-1)", { "<Control>minus" } },
    { "app.text-size(0)", { "<Control>0" } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_application_set_accels_for_action (app, keys[i].action, keys[i].keys);
  for (int n = 1; n <= 9; n++)
    {
      g_autofree char *action = g_strdup_printf ("win.go-nth(%d)", n);
      g_autofree char *key = g_strdup_printf ("<Alt>%d", n);
      const char *const accels[] = { key, NULL };

      gtk_application_set_accels_for_action (app, action, accels);
    }
}

static void
san_application_startup (GApplication *app)
{
  SanApplication *self = SAN_APPLICATION (app);
  g_autofree char *standard = g_build_filename (g_get_user_data_dir (), "sanrakshan", NULL);
  SanPlaceOnDisk where = { self->store != NULL ? self->store : standard, g_getenv ("SAN_STATE_DIR"),
                           g_getenv ("SAN_DATA_DIR") };

  G_APPLICATION_CLASS (san_application_parent_class)->startup (app);
  /* whole pixels for line heights: GTK 4.8 rounds fractions in two ways and then complains of
   * itself */
  g_object_set (gtk_settings_get_default (), "gtk-recent-files-enabled", FALSE,
                "gtk-hint-font-metrics", TRUE, NULL);
  g_action_map_add_action_entries (G_ACTION_MAP (app), actions, G_N_ELEMENTS (actions), app);
  set_keys (GTK_APPLICATION (app));
  self->desk = san_desk_new (&where);
  self->name = san_store_name_new (self->desk);
  g_signal_connect (self->desk, "opened", G_CALLBACK (opened_cb), self);
}

/* TRUE: nothing to do here: another window came forward, or this one is at its end. */
static gboolean
is_elsewhere (SanApplication *self, GFile *file)
{
  if (self->name == NULL)
    return TRUE;
  if (self->begun)
    return FALSE;
  self->begun = TRUE;
  return san_store_name_hand_over (self->name, file);
}

static void
present (SanApplication *self)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));

  if (window == NULL)
    window = GTK_WINDOW (san_window_new (GTK_APPLICATION (self), self->desk));
  gtk_window_present (window);
}

static void
san_application_activate (GApplication *app)
{
  SanApplication *self = SAN_APPLICATION (app);

  if (!is_elsewhere (self, NULL))
    present (self);
}

/* One bundle or card at a time, as the desktop or a second start hands it over. Anybody in this
 * session may call it: nothing but a place to look at is taken from it. */
static void
san_application_open (GApplication *app, GFile **files, int n_files, const char *hint)
{
  SanApplication *self = SAN_APPLICATION (app);
  GFile *file = n_files > 0 ? files[0] : NULL;

  if (is_elsewhere (self, file))
    return;
  present (self);
  if (file != NULL)
    san_arrivals_open (self->desk, file);
}

static gpointer
nothing (SanCentre *centre, gpointer input, GCancellable *cancellable, GError **error)
{
  return NULL;
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  san_worker_run_finish (result, NULL);
  *(gboolean *) data = TRUE;
}

/* The worker takes one thing after the other: when it has done this, drafts are kept, keys are gone
 * and the store is closed. Else the next start would say that the laptop stopped suddenly. */
static void
wait_for_worker (void)
{
  gboolean done = FALSE;

  san_worker_run_async (NULL, nothing, NULL, NULL, NULL, NULL, done_cb, &done);
  while (!done)
    g_main_context_iteration (NULL, TRUE);
}

static void
san_application_shutdown (GApplication *app)
{
  SanApplication *self = SAN_APPLICATION (app);

  g_clear_pointer (&self->name, san_store_name_free);
  san_desk_lock (self->desk);
  wait_for_worker ();
  g_clear_object (&self->desk);
  G_APPLICATION_CLASS (san_application_parent_class)->shutdown (app);
}

static void
san_application_finalize (GObject *object)
{
  g_free (SAN_APPLICATION (object)->store);
  G_OBJECT_CLASS (san_application_parent_class)->finalize (object);
}

static void
san_application_class_init (SanApplicationClass *klass)
{
  GApplicationClass *app_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = san_application_finalize;
  app_class->startup = san_application_startup;
  app_class->activate = san_application_activate;
  app_class->open = san_application_open;
  app_class->shutdown = san_application_shutdown;
}

static void
san_application_init (SanApplication *self)
{
  GOptionEntry options[] = {
    { "store", 0, 0, G_OPTION_ARG_FILENAME, &self->store, N_("Folder of the store"), N_("DIR") },
    { NULL }
  };

  self->text_size = 1.0;
  g_application_add_main_option_entries (G_APPLICATION (self), options);
}

SanApplication *
san_application_new (void)
{
  return g_object_new (SAN_TYPE_APPLICATION,
                       "application-id", SAN_APPLICATION_ID,
                       "resource-base-path", "/in/sanrakshan/Sanrakshan",
                       "flags", G_APPLICATION_NON_UNIQUE | G_APPLICATION_HANDLES_OPEN,
                       NULL);
}
