/* san-guard.c - cover, idle lock, and what goes with a lock: popovers, dialogs, our clipboard */
#include "san-guard.h"
#include "san-i18n.h"
#include "san-idle.h"
#include "san-outer-signals.h"
#include "san-settings.h"
#include <time.h>

#define STRIP "locks-soon"

typedef enum { UNCOVERED, BY_HAND, BY_IDLENESS, BY_ABSENCE } Cover;

struct _SanGuard
{
  GObject parent_instance;

  GtkWindow       *window;          /* borrowed: owns this */
  SanDesk         *desk;
  SanOuterSignals *outer;
  Cover            cover;
  GtkWidget       *focus;           /* (nullable) weak: where it was before the cover */
  gint64           touched, covered;   /* seconds */
  double           x, y;            /* where the pointer was: it has to move to count */
  guint            timer, away;
  gboolean         warned;
};

enum { COVERED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SanGuard, san_guard, G_TYPE_OBJECT)

static gint64
boot_seconds (void)
{
  struct timespec now;

  clock_gettime (CLOCK_BOOTTIME, &now);
  return (gint64) now.tv_sec;
}

static void
close_popovers (GtkWidget *widget)
{
  GtkWidget *next;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = next)
    {
      next = gtk_widget_get_next_sibling (child);
      close_popovers (child);
      if (GTK_IS_POPOVER (child) && gtk_widget_get_visible (child))
        gtk_popover_popdown (GTK_POPOVER (child));
    }
}

/* Questions and choosers: closing one is its safe answer. */
static void
close_dialogs (SanGuard *self)
{
  GList *windows = gtk_window_list_toplevels ();

  /* one may take others with it */
  g_list_foreach (windows, (GFunc) (void (*) (void)) g_object_ref, NULL);
  for (GList *l = windows; l != NULL; l = l->next)
    if (GTK_IS_WINDOW (l->data) && GTK_WINDOW (l->data) != self->window)
      gtk_window_close (l->data);
  g_list_free_full (windows, g_object_unref);
}

static void
forget_clipboard (GdkClipboard *clipboard)
{
  if (gdk_clipboard_is_local (clipboard))
    gdk_clipboard_set_content (clipboard, NULL);
}

static void
close_all (SanGuard *self)
{
  GdkDisplay *display = gtk_widget_get_display (GTK_WIDGET (self->window));

  close_popovers (GTK_WIDGET (self->window));
  close_dialogs (self);
  forget_clipboard (gdk_display_get_clipboard (display));
  forget_clipboard (gdk_display_get_primary_clipboard (display));
}

static void
cover (SanGuard *self, Cover why)
{
  if (self->cover != UNCOVERED)
    return;
  close_all (self);
  g_set_weak_pointer (&self->focus, gtk_window_get_focus (self->window));
  self->cover = why;
  self->covered = boot_seconds ();
  g_signal_emit (self, signals[COVERED], 0, TRUE);
  gtk_window_set_focus (self->window, NULL);
}

static void
uncover (SanGuard *self)
{
  GtkWidget *focus = self->focus;

  if (self->cover == UNCOVERED)
    return;
  self->cover = UNCOVERED;
  g_signal_emit (self, signals[COVERED], 0, FALSE);
  if (focus != NULL)
    gtk_widget_grab_focus (focus);
  g_clear_weak_pointer (&self->focus);
}

void
san_guard_cover (SanGuard *self)
{
  cover (self, BY_HAND);
}

gboolean
san_guard_is_covered (SanGuard *self)
{
  return self->cover != UNCOVERED;
}

static void
touched (SanGuard *self)
{
  self->touched = boot_seconds ();
  if (!self->warned)
    return;
  self->warned = FALSE;
  san_desk_strip_away (self->desk, STRIP);
}

static void
warn (SanGuard *self)
{
  if (self->warned)
    return;
  self->warned = TRUE;
  san_desk_strip (self->desk, STRIP, "system-lock-screen-symbolic",
                  _("Locks in 30 seconds. Press any key to stay."), NULL, NULL);
}

static gboolean
tick_cb (gpointer data)
{
  SanGuard *self = data;
  gint64 now = boot_seconds ();
  SanIdleRules rules;

  if (!san_desk_is_open (self->desk))
    return G_SOURCE_CONTINUE;
  rules = san_idle_rules (san_centre_get_role (san_desk_get_centre (self->desk)),
                          san_settings_get_lock_minutes ());
  switch (san_idle_judge (&rules, (guint) MAX (now - self->touched, 0), self->cover == BY_HAND,
                          (guint) MAX (now - self->covered, 0)))
    {
    case SAN_IDLE_LOCK:
      san_desk_lock (self->desk);
      break;
    case SAN_IDLE_COVER:
      cover (self, BY_IDLENESS);
      break;
    case SAN_IDLE_WARN:
      warn (self);
      break;
    case SAN_IDLE_NOTHING:
    default:
      break;
    }
  return G_SOURCE_CONTINUE;
}

/* The pointer's own tremble, and events without one, do not count. */
static gboolean
has_moved (SanGuard *self, GdkEvent *event)
{
  double x, y;
  gboolean moved;

  if (!gdk_event_get_position (event, &x, &y))
    return FALSE;
  moved = x != self->x || y != self->y;
  self->x = x;
  self->y = y;
  return moved;
}

/* While covered, the press that lifts the cover does nothing else. */
static gboolean
event_cb (GtkEventControllerLegacy *controller, GdkEvent *event, SanGuard *self)
{
  GdkEventType type = gdk_event_get_event_type (event);
  gboolean press = type == GDK_KEY_PRESS || type == GDK_BUTTON_PRESS || type == GDK_TOUCH_BEGIN;

  if (type == GDK_MOTION_NOTIFY ? has_moved (self, event) : press || type == GDK_SCROLL)
    {
      if (self->cover == UNCOVERED)
        touched (self);
    }
  if (self->cover == UNCOVERED || !(press || type == GDK_KEY_RELEASE || type == GDK_BUTTON_RELEASE))
    return FALSE;
  if (press)
    {
      tick_cb (self);               /* too late: it is a lock by now */
      touched (self);
      uncover (self);
    }
  return TRUE;
}

static void
locked_cb (SanDesk *desk, SanGuard *self)
{
  self->warned = FALSE;
  g_clear_weak_pointer (&self->focus);
  if (self->cover != UNCOVERED)
    {
      self->cover = UNCOVERED;
      g_signal_emit (self, signals[COVERED], 0, FALSE);
    }
  close_all (self);
}

static void
opened_cb (SanDesk *desk, SanGuard *self)
{
  touched (self);
}

static gpointer
nothing (SanCentre *none, gpointer input, GCancellable *cancellable, GError **error)
{
  return NULL;
}

static void
keys_gone_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(SanGuard) self = data;

  if (self->outer != NULL)
    san_outer_signals_locked (self->outer);
}

/* The worker takes one piece of work after the other: after this one the keys are gone. */
static void
outer_lock_cb (gpointer data)
{
  SanGuard *self = data;

  san_desk_lock (self->desk);
  san_worker_run_async (NULL, nothing, NULL, NULL, NULL, NULL, keys_gone_cb, g_object_ref (self));
}

static gboolean
one_of_ours_is_active (void)
{
  g_autoptr(GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next)
    if (GTK_IS_WINDOW (l->data) && gtk_window_is_active (l->data))
      return TRUE;
  return FALSE;
}

/* A little later: between two windows of ours none is in front for a moment. */
static gboolean
away_cb (gpointer data)
{
  SanGuard *self = data;

  self->away = 0;
  if (san_settings_get_cover_away () && san_desk_is_open (self->desk) && !one_of_ours_is_active ())
    cover (self, BY_ABSENCE);
  return G_SOURCE_REMOVE;
}

static void
active_cb (GtkWindow *window, GParamSpec *pspec, SanGuard *self)
{
  g_clear_handle_id (&self->away, g_source_remove);
  if (!gtk_window_is_active (window))
    self->away = g_timeout_add (200, away_cb, self);
  else if (self->cover == BY_ABSENCE)
    uncover (self);
}

static void
san_guard_dispose (GObject *object)
{
  SanGuard *self = SAN_GUARD (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_handle_id (&self->away, g_source_remove);
  g_clear_pointer (&self->outer, san_outer_signals_free);
  g_clear_weak_pointer (&self->focus);
  if (self->desk != NULL)
    g_signal_handlers_disconnect_by_data (self->desk, self);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (san_guard_parent_class)->dispose (object);
}

static void
san_guard_class_init (SanGuardClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = san_guard_dispose;
  signals[COVERED] = g_signal_new ("covered", SAN_TYPE_GUARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
}

static void
san_guard_init (SanGuard *self)
{
}

SanGuard *
san_guard_new (GtkWindow *window, SanDesk *desk)
{
  SanGuard *self = g_object_new (SAN_TYPE_GUARD, NULL);
  GtkEventController *events = gtk_event_controller_legacy_new ();

  self->window = window;
  self->desk = g_object_ref (desk);
  self->touched = boot_seconds ();
  gtk_event_controller_set_propagation_phase (events, GTK_PHASE_CAPTURE);
  g_signal_connect_object (events, "event", G_CALLBACK (event_cb), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (window), events);
  g_signal_connect_object (window, "notify::is-active", G_CALLBACK (active_cb), self, 0);
  g_signal_connect (desk, "locked", G_CALLBACK (locked_cb), self);
  g_signal_connect (desk, "opened", G_CALLBACK (opened_cb), self);
  self->timer = g_timeout_add_seconds (1, tick_cb, self);
  self->outer = san_outer_signals_new (outer_lock_cb, self);
  return self;
}
