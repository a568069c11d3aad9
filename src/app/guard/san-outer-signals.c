/* san-outer-signals.c - what the desktop tells: the laptop sleeps, its lid closes, the session
 * locks */
#include "san-outer-signals.h"
#include <gio/gio.h>
#include <gio/gunixfdlist.h>
#include <unistd.h>

#define LOGIND_NAME    "org.freedesktop.login1"
#define LOGIND_PATH    "/org/freedesktop/login1"
#define LOGIND_MANAGER "org.freedesktop.login1.Manager"
#define LOGIND_SESSION "org.freedesktop.login1.Session"
#define PROPERTIES     "org.freedesktop.DBus.Properties"

struct _SanOuterSignals
{
  SanOuterLock     lock;
  gpointer         data;
  GCancellable    *cancellable;
  GDBusConnection *system, *session;
  GArray          *system_ids, *session_ids;
  int              delay_fd;        /* -1: logind does not wait for us */
};

static void
close_delay (SanOuterSignals *self)
{
  if (self->delay_fd >= 0)
    close (self->delay_fd);
  self->delay_fd = -1;
}

static void
delay_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(GUnixFDList) fds = NULL;
  g_autoptr(GVariant)
    answer = g_dbus_connection_call_with_unix_fd_list_finish (G_DBUS_CONNECTION (source), &fds,
                                                              result, NULL);
  SanOuterSignals *self = data;
  gint32 handle;

  if (answer == NULL)
    /* no logind, or this object is gone: @self is not to be touched */
    return;
  close_delay (self);
  g_variant_get (answer, "(h)", &handle);
  self->delay_fd = g_unix_fd_list_get (fds, handle, NULL);
}

/* logind waits a few seconds before it sleeps, until the keys are gone. */
static void
take_delay (SanOuterSignals *self)
{
  g_dbus_connection_call_with_unix_fd_list (self->system, LOGIND_NAME, LOGIND_PATH, LOGIND_MANAGER,
                                            "Inhibit",
                                            g_variant_new ("(ssss)", "sleep", "Sanrakshan",
                                                           "Locks before the laptop sleeps",
                                                           "delay"),
                                            G_VARIANT_TYPE ("(h)"), G_DBUS_CALL_FLAGS_NO_AUTO_START,
                                            -1, NULL, self->cancellable, delay_cb, self);
}

/* "(b)": sleeping or screen saver; FALSE: over. */
static void
flag_cb (GDBusConnection *bus, const char *sender, const char *path, const char *interface,
         const char *signal, GVariant *parameters, gpointer data)
{
  SanOuterSignals *self = data;
  gboolean begins;

  if (!g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(b)")))
    return;
  g_variant_get (parameters, "(b)", &begins);
  if (begins)
    self->lock (self->data);
  else if (g_str_equal (signal, "PrepareForSleep"))
    take_delay (self);
}

static void
lock_cb (GDBusConnection *bus, const char *sender, const char *path, const char *interface,
         const char *signal, GVariant *parameters, gpointer data)
{
  SanOuterSignals *self = data;

  self->lock (self->data);
}

/* The lid closed, or somebody else's session came to the front. */
static void
properties_cb (GDBusConnection *bus, const char *sender, const char *path, const char *interface,
               const char *signal, GVariant *parameters, gpointer data)
{
  SanOuterSignals *self = data;
  g_autoptr(GVariant) changed = NULL;
  gboolean value;

  if (!g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(sa{sv}as)")))
    return;
  changed = g_variant_get_child_value (parameters, 1);
  if ((g_variant_lookup (changed, "LidIsClosed", "b", &value) && value) ||
      (g_variant_lookup (changed, "Active", "b", &value) && !value))
    self->lock (self->data);
}

static void
subscribe (SanOuterSignals *self, GDBusConnection *bus, const char *sender, const char *interface,
           const char *signal, const char *arg0, GDBusSignalCallback callback)
{
  GArray *ids = bus == self->system ? self->system_ids : self->session_ids;
  guint id = g_dbus_connection_signal_subscribe (bus, sender, interface, signal, NULL, arg0,
                                                 G_DBUS_SIGNAL_FLAGS_NONE, callback, self, NULL);

  g_array_append_val (ids, id);
}

static void
system_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GDBusConnection *bus = g_bus_get_finish (result, NULL);
  SanOuterSignals *self = data;

  if (bus == NULL)
    return;
  self->system = bus;
  subscribe (self, bus, LOGIND_NAME, LOGIND_MANAGER, "PrepareForSleep", NULL, flag_cb);
  subscribe (self, bus, LOGIND_NAME, LOGIND_SESSION, "Lock", NULL, lock_cb);
  subscribe (self, bus, LOGIND_NAME, PROPERTIES, "PropertiesChanged", LOGIND_SESSION,
             properties_cb);
  subscribe (self, bus, "org.freedesktop.UPower", PROPERTIES, "PropertiesChanged",
             "org.freedesktop.UPower", properties_cb);
  take_delay (self);
}

static void
session_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GDBusConnection *bus = g_bus_get_finish (result, NULL);
  SanOuterSignals *self = data;

  if (bus == NULL)
    return;
  self->session = bus;
  subscribe (self, bus, NULL, "org.freedesktop.ScreenSaver", "ActiveChanged", NULL, flag_cb);
  subscribe (self, bus, NULL, "org.gnome.ScreenSaver", "ActiveChanged", NULL, flag_cb);
}

SanOuterSignals *
san_outer_signals_new (SanOuterLock lock, gpointer data)
{
  SanOuterSignals *self = g_new0 (SanOuterSignals, 1);

  self->lock = lock;
  self->data = data;
  self->delay_fd = -1;
  self->cancellable = g_cancellable_new ();
  self->system_ids = g_array_new (FALSE, FALSE, sizeof (guint));
  self->session_ids = g_array_new (FALSE, FALSE, sizeof (guint));
  g_bus_get (G_BUS_TYPE_SYSTEM, self->cancellable, system_cb, self);
  g_bus_get (G_BUS_TYPE_SESSION, self->cancellable, session_cb, self);
  return self;
}

static void
unsubscribe (GDBusConnection *bus, GArray *ids)
{
  for (guint i = 0; i < ids->len; i++)
    g_dbus_connection_signal_unsubscribe (bus, g_array_index (ids, guint, i));
  g_array_unref (ids);
  g_clear_object (&bus);
}

/* Calls on their way end cancelled, and their answers do not touch this object. */
void
san_outer_signals_free (SanOuterSignals *self)
{
  g_cancellable_cancel (self->cancellable);
  unsubscribe (self->system, self->system_ids);
  unsubscribe (self->session, self->session_ids);
  close_delay (self);
  g_object_unref (self->cancellable);
  g_free (self);
}

void
san_outer_signals_locked (SanOuterSignals *self)
{
  close_delay (self);
}
