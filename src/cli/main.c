/* sanrakshan-cli - the second face of the core, for a terminal: global options, then one command */
#include "san-cli.h"
#include "san-output.h"
#include <glib/gi18n.h>
#include <langinfo.h>
#include <locale.h>

static const SanCommand *const groups[] = {
  san_centre_commands, san_staff_commands, san_child_commands, san_record_commands,
  san_due_commands, san_review_commands, san_form_commands, san_card_commands,
  san_share_commands, san_offer_commands, san_place_commands, san_bundle_commands,
  san_backup_commands, san_store_commands, san_example_commands,
};

static const SanCommand *
find_command (int argc, char **argv, int *words)
{
  for (guint g = 0; g < G_N_ELEMENTS (groups); g++)
    for (const SanCommand *c = groups[g]; c->name != NULL; c++)
      {
        g_auto(GStrv) parts = g_strsplit (c->name, " ", -1);
        int n = (int) g_strv_length (parts);
        gboolean same = n <= argc;

        for (int i = 0; same && i < n; i++)
          same = g_str_equal (parts[i], argv[i]);
        if (same)
          {
            *words = n;
            return c;
          }
      }
  return NULL;
}

static void
print_help (void (*print) (const char *format, ...))
{
  print (_("sanrakshan-cli [--store DIR] [--staff NAME] [--passphrase-file FILE] [--json] COMMAND "
            "…\n\n"));
  for (guint g = 0; g < G_N_ELEMENTS (groups); g++)
    for (const SanCommand *c = groups[g]; c->name != NULL; c++)
      print ("  %s %s\n", c->name, c->usage);
}

static int
run_command (SanCli *cli, int argc, char **argv)
{
  int words = 0;
  const SanCommand *command = find_command (argc, argv, &words);
  g_autofree char **rest = NULL;

  if (command == NULL)
    return san_cli_usage (_("There is no command \"%s\". \"sanrakshan-cli --help\" lists them."),
                          argc > 0 ? argv[0] : "");
  /* options of the command see its own arguments only; argv[0] is the whole name for messages */
  rest = g_new0 (char *, (gsize) (argc - words) + 2);
  rest[0] = (char *) command->name;
  for (int i = words; i < argc; i++)
    rest[i - words + 1] = argv[i];
  return command->run (cli, argc - words + 1, rest);
}

/* Names are in many scripts: where no language is set (a script, a rescue system) letters still
 * are UTF-8. */
static void
set_locale (void)
{
  setlocale (LC_ALL, "");
  if (g_str_equal (nl_langinfo (CODESET), "ANSI_X3.4-1968"))
    setlocale (LC_CTYPE, "C.UTF-8");
  bindtextdomain ("sanrakshan", SAN_LOCALE_DIR);
  bind_textdomain_codeset ("sanrakshan", "UTF-8");
  textdomain ("sanrakshan");
}

/* An answer that did not reach its reader (a full disk behind >) must not look like success. */
static int
end_output (int code)
{
  if (san_output_end () || code != SAN_EXIT_DONE)
    return code;
  g_printerr ("%s\n", _("It was done, but the answer could not be written out."));
  return SAN_EXIT_REFUSED;
}

int
main (int argc, char **argv)
{
  SanCli cli = { 0 };
  gboolean help = FALSE;
  g_autofree char *store = NULL;
  g_autofree char *staff = NULL;
  g_autofree char *passphrase_file = NULL;
  GOptionEntry entries[] = {
    { "store", 0, 0, G_OPTION_ARG_FILENAME, &store, NULL, NULL },
    { "staff", 0, 0, G_OPTION_ARG_STRING, &staff, NULL, NULL },
    { "passphrase-file", 0, 0, G_OPTION_ARG_FILENAME, &passphrase_file, NULL, NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &cli.json, NULL, NULL },
    { "help", 'h', 0, G_OPTION_ARG_NONE, &help, NULL, NULL },
    { NULL }
  };
  g_autoptr(GOptionContext) context = g_option_context_new ("COMMAND …");
  GError *error = NULL;
  int code;

  san_process_harden ();
  set_locale ();
  san_output_begin ();

  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_set_strict_posix (context, TRUE);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      code = san_cli_bad_option (error, "sanrakshan-cli", "[OPTION…] COMMAND …");
      g_error_free (error);
      return code;
    }
  if (help || argc < 2)
    {
      print_help (help ? g_print : g_printerr);
      return help ? SAN_EXIT_DONE : SAN_EXIT_USAGE;
    }
  if (!san_crypto_init (&error))
    return san_cli_fail (error);
  cli.store = store != NULL ? g_strdup (store)
                            : g_build_filename (g_get_user_data_dir (), "sanrakshan", NULL);
  cli.where.store = cli.store;
  cli.where.state = g_getenv ("SAN_STATE_DIR");
  cli.where.data = g_getenv ("SAN_DATA_DIR");
  cli.staff = staff;
  cli.passphrase_file = passphrase_file;

  code = run_command (&cli, argc - 1, argv + 1);

  if (cli.centre != NULL)
    san_centre_lock (cli.centre);
  g_clear_object (&cli.centre);
  g_clear_pointer (&cli.passphrase, san_secret_unref);
  g_free (cli.store);
  return end_output (code);
}
