/* san-key-retry.c - shortcuts under layouts of other scripts
 *
 * The keys of the window and its access keys; and what a text itself does with Ctrl, since GTK
 * looks for a Latin letter only among the layouts that are set up, and there may be none. */
#include "san-key-retry.h"
#include "san-latin-key.h"

static const struct { guint key; GdkModifierType state; const char *action; } of_texts[] = {
  { GDK_KEY_a, GDK_CONTROL_MASK, "selection.select-all" },
  { GDK_KEY_c, GDK_CONTROL_MASK, "clipboard.copy" },
  { GDK_KEY_v, GDK_CONTROL_MASK, "clipboard.paste" },
  { GDK_KEY_x, GDK_CONTROL_MASK, "clipboard.cut" },
  { GDK_KEY_z, GDK_CONTROL_MASK, "text.undo" },
  { GDK_KEY_z, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "text.redo" },
};

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

/* A text that has nothing to take back leaves the key to the last saved act. */
static gboolean
try_text (GtkApplicationWindow *window, guint keyval, GdkModifierType state)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (window));

  if (focus == NULL)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (of_texts); i++)
    if (of_texts[i].key == gdk_keyval_to_lower (keyval) && of_texts[i].state == state)
      {
        if ((GTK_IS_TEXT (focus) || GTK_IS_TEXT_VIEW (focus)) &&
            !(GTK_IS_TEXT_VIEW (focus) && of_texts[i].key == GDK_KEY_z &&
              !gtk_text_buffer_get_can_undo (gtk_text_view_get_buffer (GTK_TEXT_VIEW (focus))) &&
              !gtk_text_buffer_get_can_redo (gtk_text_view_get_buffer (GTK_TEXT_VIEW (focus)))))
          return gtk_widget_activate_action (focus, of_texts[i].action, NULL);
        return g_str_equal (of_texts[i].action, "text.undo") &&
               gtk_widget_activate_action (focus, "shell.undo", NULL);
      }
  return FALSE;
}

/* The access key of what is in sight: the letter that is underlined while Alt is held. */
static gboolean
try_mnemonic (GtkWidget *widget, guint keyval)
{
  if (!gtk_widget_get_mapped (widget))
    return FALSE;
  if (GTK_IS_LABEL (widget) && gtk_widget_is_sensitive (widget) &&
      gdk_keyval_to_lower (gtk_label_get_mnemonic_keyval (GTK_LABEL (widget))) ==
        gdk_keyval_to_lower (keyval))
    return gtk_widget_mnemonic_activate (widget, FALSE);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (try_mnemonic (child, keyval))
      return TRUE;
  return FALSE;
}

static gboolean
key_cb (GtkEventControllerKey *keys, guint keyval, guint keycode, GdkModifierType state,
        GtkApplicationWindow *window)
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
         ((modifiers & GDK_SHIFT_MASK) != 0 &&
          try (window, latin, modifiers & ~(guint) GDK_SHIFT_MASK)) ||
         try_text (window, latin, modifiers) ||
         (modifiers == GDK_ALT_MASK && try_mnemonic (GTK_WIDGET (window), latin));
}

void
san_key_retry_install (GtkApplicationWindow *window)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), window);
  gtk_widget_add_controller (GTK_WIDGET (window), keys);
}
