/* sanrakshan - the window: hardened first, then the language, then GTK */
#include "san-application.h"
#include "san-language.h"
#include "san-probe.h"
#include "san-settings.h"
#include "san-secret.h"
#include <string.h>
#include <unistd.h>

/* What the desktop gave for this start, so that the window may take the focus. GTK took it out of
 * the environment before main(): it is put back for the start that follows. */
static void
keep_start_id (void)
{
  static const char *const names[] = { "DESKTOP_STARTUP_ID=", "XDG_ACTIVATION_TOKEN=" };
  g_autofree char *given = NULL;
  gsize length;

  if (!g_file_get_contents ("/proc/self/environ", &given, &length, NULL))
    return;
  for (const char *one = given; one < given + length; one += strlen (one) + 1)
    for (guint i = 0; i < G_N_ELEMENTS (names); i++)
      if (g_str_has_prefix (one, names[i]))
        {
          g_autofree char *name = g_strndup (names[i], strlen (names[i]) - 1);

          g_setenv (name, one + strlen (names[i]), FALSE);
        }
}

/* GLib's slices would keep what they were given: with this they go through malloc() and free(),
 * which wipes (guard/san-wiping-free.c). Before the process is hardened: then it may not look at
 * itself any more. */
static void
leave_slices (char **argv)
{
  if (g_getenv ("G_SLICE") != NULL)
    return;
  g_setenv ("G_SLICE", "always-malloc", TRUE);
  keep_start_id ();
  execv ("/proc/self/exe", argv);   /* without /proc it goes on as it is */
}

int
main (int argc, char **argv)
{
  g_autoptr(SanApplication) app = NULL;
  g_autoptr(GError) error = NULL;
  const char *locale_dir = g_getenv ("SAN_LOCALE_DIR");

  leave_slices (argv);
  san_process_harden ();
  san_probe_begin (g_getenv ("SAN_PROBE"));
  san_settings_begin (g_getenv ("SAN_DATA_DIR"));
  gtk_disable_setlocale ();         /* it would undo what the next line chooses */
  san_language_begin (locale_dir != NULL ? locale_dir : SAN_LOCALE_DIR);
  if (!san_crypto_init (&error))
    {
      g_printerr ("%s\n", error->message);
      return 1;
    }
  app = san_application_new ();
  return g_application_run (G_APPLICATION (app), argc, argv);
}
