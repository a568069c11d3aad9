/* sanrakshan - the window: hardened first, then the language, then GTK */
#include "san-application.h"
#include "san-language.h"
#include "san-settings.h"
#include "san-secret.h"

int
main (int argc, char **argv)
{
  g_autoptr(SanApplication) app = NULL;
  g_autoptr(GError) error = NULL;
  const char *locale_dir = g_getenv ("SAN_LOCALE_DIR");

  san_process_harden ();
  san_settings_begin (g_getenv ("SAN_DATA_DIR"));
  san_language_begin (locale_dir != NULL ? locale_dir : SAN_LOCALE_DIR);
  if (!san_crypto_init (&error))
    {
      g_printerr ("%s\n", error->message);
      return 1;
    }
  app = san_application_new ();
  return g_application_run (G_APPLICATION (app), argc, argv);
}
