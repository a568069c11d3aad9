/* san-key-retry.c - shortcuts under layouts of other scripts */
#include "san-key-retry.h"
#include "san-latin-key.h"

static gboolean
activate (GtkWidget *window, const char *detailed)
{
  g_autofree char *name = NULL;
  g_autoptr(GVariant) target = NULL;

  return g_action_parse_detailed_name (detailed, &name, &target, NULL) &&
         gtk_widget_activate_action_variant (window, name, target);
}

static gboolean
try (GtkApplicationWindow *window, guint keyval, GdkModifierType state)
{
  GtkApplication *app = gtk_window_get_application (GTK_WINDOW (window));
  g_autofree char *accel = gtk_accelerator_name (gdk_keyval_to_lower (keyval), state);
  g_auto(GStrv) actions = app != NULL ? gtk_application_get_actions_for_accel (app, accel) : NULL;

  for (guint i = 0; actions != NULL && actions[i] != NULL; i++)
    if (activate (GTK_WIDGET (window), actions[i]))
      return TRUE;
  return FALSE;
}

static gboolean
key_cb (GtkEventControllerKey *keys, guint keyval, guint keycode, GdkModifierType state, GtkApplicationWindow *window)
{
  GdkModifierType modifiers = state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SHIFT_MASK);
  guint latin;

  if ((modifiers & (GDK_CONTROL_MASK | GDK_ALT_MASK)) == 0)
    return FALSE;
  latin = san_latin_key (gtk_widget_get_display (GTK_WIDGET (window)), keyval, keycode, state);
  if (latin == keyval)
    return FALSE;
  /* "?" and "+" are keys of their own, typed with Shift: "<Control>question" */
  return try (window, latin, modifiers) ||
         ((modifiers & GDK_SHIFT_MASK) != 0 && try (window, latin, modifiers & ~(guint) GDK_SHIFT_MASK));
}

void
san_key_retry_install (GtkApplicationWindow *window)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), window);
  gtk_widget_add_controller (GTK_WIDGET (window), keys);
}
