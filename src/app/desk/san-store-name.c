/* san-store-name.c - a name on the session bus for each store
 *
 * Whoever looks at a store queues for its name; whoever opens it takes the name over, so that the
 * name leads to the window that has the store and not to one that only asks for a passphrase. The
 * bus gives a name to one of two that start together. Without a session bus there is no name, and
 * everything else goes on. */
#include "san-store-name.h"
#include <stdlib.h>

#define BUS_NAME         "org.freedesktop.DBus"
#define BUS_PATH         "/org/freedesktop/DBus"
#define APPLICATION      "org.gtk.Application"
#define ALLOW_REPLACE    1u
#define REPLACE          2u
#define IN_QUEUE         2u         /* the bus's answer: another one has it */
#define HASH_LETTERS     32
#define BUS_MS           2000       /* the bus itself answers at once */
#define WINDOW_MS        5000       /* a window may be starting on an old laptop */

struct _SanStoreName
{
  SanDesk *desk;
  char    *name;                    /* asked for; NULL: none yet */
};

/* The folder whichever way it is named; one that is not there yet by the folder it will be in. */
static char *
dup_real (const char *store)
{
  g_autofree char *whole = g_canonicalize_filename (store, NULL);
  g_autofree char *parent = g_path_get_dirname (whole);
  g_autofree char *last = g_path_get_basename (whole);
  char *real = realpath (whole, NULL);
  char *copy = g_strdup (real);

  free (real);
  if (copy != NULL)
    return copy;
  real = realpath (parent, NULL);
  copy = real != NULL ? g_build_filename (real, last, NULL) : g_steal_pointer (&whole);
  free (real);
  return copy;
}

/**
 * san_store_name_dup:
 *
 * The same for every path that leads to this folder. Returns: (transfer full)
 */
char *
san_store_name_dup (const char *store)
{
  g_autofree char *path = dup_real (store);
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, path, -1);

  return g_strdup_printf ("%s.store-%.*s", SAN_APPLICATION_ID, HASH_LETTERS, hash);
}

static GDBusConnection *
get_bus (void)
{
  GApplication *app = g_application_get_default ();

  return app != NULL ? g_application_get_dbus_connection (app) : NULL;
}

/* When this was begun by the desktop, what allows the other window to take the focus. */
static GVariant *
dup_platform_data (void)
{
  GApplication *app = g_application_get_default ();
  GVariantBuilder data;

  g_variant_builder_init (&data, G_VARIANT_TYPE_VARDICT);
  G_APPLICATION_GET_CLASS (app)->add_platform_data (app, &data);
  return g_variant_builder_end (&data);
}

/* The same for a button that was pressed here. */
static GVariant *
dup_press_data (void)
{
  g_autoptr(GdkAppLaunchContext) context
      = gdk_display_get_app_launch_context (gdk_display_get_default ());
  g_autoptr(GAppInfo) info
      = g_app_info_create_from_commandline ("sanrakshan", "Sanrakshan",
                                            G_APP_INFO_CREATE_SUPPORTS_STARTUP_NOTIFICATION, NULL);
  g_autofree char *id = g_app_launch_context_get_startup_notify_id (G_APP_LAUNCH_CONTEXT (context),
                                                                    info, NULL);
  GVariantBuilder data;

  g_variant_builder_init (&data, G_VARIANT_TYPE_VARDICT);
  if (id != NULL && g_utf8_validate (id, -1, NULL))
    {
      g_variant_builder_add (&data, "{sv}", "desktop-startup-id", g_variant_new_string (id));
      g_variant_builder_add (&data, "{sv}", "activation-token", g_variant_new_string (id));
    }
  return g_variant_builder_end (&data);
}

/* Open for a file, else Activate; any window that answers was asked to come forward.
 * @data: (transfer floating) */
static void
call_window (const char *name, GFile *file, GVariant *data, GCancellable *cancellable,
             GAsyncReadyCallback done, gpointer user_data)
{
  const char *path = g_application_get_dbus_object_path (g_application_get_default ());
  g_autofree char *uri = file != NULL ? g_file_get_uri (file) : NULL;
  const char *uris[] = { uri, NULL };
  GVariant *input = uri != NULL ? g_variant_new ("(^ass@a{sv})", uris, "", data)
                                : g_variant_new ("(@a{sv})", data);

  g_dbus_connection_call (get_bus (), name, path, APPLICATION, uri != NULL ? "Open" : "Activate",
                          input, NULL, G_DBUS_CALL_FLAGS_NO_AUTO_START, WINDOW_MS, cancellable,
                          done, user_data);
}

static GVariant *
make_request (const char *name, guint how)
{
  return g_variant_new ("(su)", name, how);
}

static void
release (SanStoreName *self)
{
  if (self->name != NULL && get_bus () != NULL)
    g_dbus_connection_call (get_bus (), BUS_NAME, BUS_PATH, BUS_NAME, "ReleaseName",
                            g_variant_new ("(s)", self->name), NULL, G_DBUS_CALL_FLAGS_NONE,
                            BUS_MS, NULL, NULL, NULL);
  g_clear_pointer (&self->name, g_free);
}

static void
request (SanStoreName *self, guint how)
{
  g_autofree char *name = san_store_name_dup (san_desk_get_where (self->desk)->store);

  if (g_strcmp0 (name, self->name) != 0)
    release (self);
  g_free (self->name);
  self->name = g_steal_pointer (&name);
  if (get_bus () != NULL)
    g_dbus_connection_call (get_bus (), BUS_NAME, BUS_PATH, BUS_NAME, "RequestName",
                            make_request (self->name, how), NULL, G_DBUS_CALL_FLAGS_NONE, BUS_MS,
                            NULL, NULL, NULL);
}

static void
opened_cb (SanDesk *desk, SanStoreName *self)
{
  request (self, ALLOW_REPLACE | REPLACE);
}

static void
store_changed_cb (SanDesk *desk, SanStoreName *self)
{
  request (self, ALLOW_REPLACE);
}

/**
 * san_store_name_new:
 *
 * From here on the name follows the store that @desk looks at. Nothing is asked for before
 * san_store_name_hand_over().
 */
SanStoreName *
san_store_name_new (SanDesk *desk)
{
  SanStoreName *self = g_new0 (SanStoreName, 1);

  self->desk = g_object_ref (desk);
  g_signal_connect (desk, "opened", G_CALLBACK (opened_cb), self);
  g_signal_connect (desk, "store-changed", G_CALLBACK (store_changed_cb), self);
  return self;
}

/* The name is free again before the window's last work is done: who starts now is on her own. */
void
san_store_name_free (SanStoreName *self)
{
  if (self == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->desk, self);
  release (self);
  if (get_bus () != NULL)
    g_dbus_connection_flush_sync (get_bus (), NULL, NULL);
  g_object_unref (self->desk);
  g_free (self);
}

/* TRUE: another one has the name; this one stands in the queue for it. */
static gboolean
is_taken (SanStoreName *self)
{
  g_autoptr(GVariant) answer = NULL;
  guint32 how = 0;

  self->name = san_store_name_dup (san_desk_get_where (self->desk)->store);
  answer = g_dbus_connection_call_sync (get_bus (), BUS_NAME, BUS_PATH, BUS_NAME, "RequestName",
                                        make_request (self->name, ALLOW_REPLACE),
                                        G_VARIANT_TYPE ("(u)"), G_DBUS_CALL_FLAGS_NONE, BUS_MS,
                                        NULL, NULL);
  if (answer != NULL)
    g_variant_get (answer, "(u)", &how);
  return how == IN_QUEUE;
}

typedef struct { gboolean over, came; } Wait;

static void
handed_cb (GObject *bus, GAsyncResult *result, gpointer data)
{
  Wait *wait = data;

  wait->came = san_store_name_show_finish (bus, result);
  wait->over = TRUE;
}

/**
 * san_store_name_hand_over:
 * @file: (nullable): what this start was given; shown there
 *
 * For the first window of this process, before it is made: takes the name, or lets the window that
 * has it come forward. One that does not answer is as good as none.
 *
 * Returns: TRUE if another window came forward: this process has nothing to do
 */
gboolean
san_store_name_hand_over (SanStoreName *self, GFile *file)
{
  Wait wait = { FALSE, FALSE };

  if (get_bus () == NULL || !is_taken (self))
    return FALSE;
  call_window (self->name, file, dup_platform_data (), NULL, handed_cb, &wait);
  while (!wait.over)
    g_main_context_iteration (NULL, TRUE);
  return wait.came;
}

/**
 * san_store_name_ask_holder:
 *
 * Which process has the name of @store; whoever opened the store has it, if it can. Returns: FALSE
 * without a bus: @done is not called then
 */
gboolean
san_store_name_ask_holder (const char *store, GCancellable *cancellable, GAsyncReadyCallback done,
                           gpointer user_data)
{
  g_autofree char *name = NULL;

  if (get_bus () == NULL)
    return FALSE;
  name = san_store_name_dup (store);
  g_dbus_connection_call (get_bus (), BUS_NAME, BUS_PATH, BUS_NAME, "GetConnectionUnixProcessID",
                          g_variant_new ("(s)", name), G_VARIANT_TYPE ("(u)"),
                          G_DBUS_CALL_FLAGS_NONE, BUS_MS, cancellable, done, user_data);
  return TRUE;
}

/* The process; 0: nobody has the name. */
gint64
san_store_name_ask_holder_finish (GObject *bus, GAsyncResult *result)
{
  g_autoptr(GVariant) answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (bus), result,
                                                              NULL);
  guint32 pid = 0;

  if (answer != NULL)
    g_variant_get (answer, "(u)", &pid);
  return pid;
}

/**
 * san_store_name_show:
 * @file: (nullable): shown there, after unlock if need be
 *
 * Lets the window of @store come forward; for a button of ours that was pressed, after
 * san_store_name_ask_holder().
 */
void
san_store_name_show (const char *store, GFile *file, GCancellable *cancellable,
                     GAsyncReadyCallback done, gpointer user_data)
{
  g_autofree char *name = san_store_name_dup (store);

  call_window (name, file, dup_press_data (), cancellable, done, user_data);
}

gboolean
san_store_name_show_finish (GObject *bus, GAsyncResult *result)
{
  g_autoptr(GVariant) answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (bus), result,
                                                              NULL);

  return answer != NULL;
}
