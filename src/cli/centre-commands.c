/* centre-commands.c - centre create, join, show */
#include "san-about.h"
#include "san-cli.h"
#include "san-file.h"
#include "san-new-code.h"
#include "san-setup.h"
#include <glib/gi18n.h>

static void
report_created (SanCli *cli, const SanSecret *code, const char *code_file)
{
  g_autofree char *id = san_id32_to_text (san_centre_get_id (cli->centre));

  if (cli->json)
    {
      JsonBuilder *b = json_builder_new ();

      json_builder_begin_object (b);
      san_json_string (b, "id", id);
      san_json_string (b, "code",
                       code_file != NULL ? NULL : (const char *) san_secret_get_data (code));
      json_builder_end_object (b);
      san_cli_print_json (b);
      return;
    }
  g_print (_("The centre is ready. Its number begins with %.12s.\n"), id);
  if (code_file != NULL)
    g_print (_("The recovery code is in %s. Put it on paper, into a sealed envelope, and delete "
                "the file.\n"),
             code_file);
  else
    g_print (_("Recovery code, shown only this once:\n\n    %s\n\n"
               "Write it by hand, put it in a sealed envelope outside the office. "
               "Without it and without a superintendent nobody can open the records.\n"),
             (const char *) san_secret_get_data (code));
}

static int
create (SanCli *cli, int argc, char **argv)
{
  g_autofree char *name = NULL;
  g_autofree char *place = NULL;
  g_autofree char *staff = NULL;
  g_autofree char *language = NULL;
  g_autofree char *children = NULL;
  g_autofree char *code_file = NULL;
  int unlock_ms = 0;
  gboolean ask_name = FALSE;
  g_autoptr(SanSecret) recovery = NULL;
  GError *error = NULL;
  int code;
  GOptionEntry entries[] = {
    { "name", 0, 0, G_OPTION_ARG_STRING, &name, NULL, NULL },
    { "place", 0, 0, G_OPTION_ARG_STRING, &place, NULL, NULL },
    { "staff", 0, 0, G_OPTION_ARG_STRING, &staff, NULL, NULL },
    { "language", 0, 0, G_OPTION_ARG_STRING, &language, NULL, NULL },
    { "children", 0, 0, G_OPTION_ARG_STRING, &children, NULL, NULL },
    { "recovery-file", 0, 0, G_OPTION_ARG_FILENAME, &code_file, NULL, NULL },
    { "unlock-ms", 0, 0, G_OPTION_ARG_INT, &unlock_ms, NULL, NULL },
    { "ask-name", 0, 0, G_OPTION_ARG_NONE, &ask_name, NULL, NULL },
    { NULL }
  };
  SanSetup setup = { 0 };

  if (!san_cli_parse (entries, &argc, &argv, "--name N --staff S [--place P]", 0, 0, &code))
    return code;
  if (name == NULL || (staff == NULL && cli->staff == NULL))
    return san_cli_usage (_("A new centre needs --name and --staff."));
  if (unlock_ms < 0)
    return san_cli_usage (_("--unlock-ms takes a number of milliseconds."));
  if (!san_about_check_children (children, NULL))
    return san_cli_usage (_("--children takes girls, boys or both."));
  if (!san_new_code_path_is_free (code_file, &error))
    return san_cli_fail (error);
  cli->passphrase = san_cli_read_secret (cli->passphrase_file, _("New passphrase:"), &error);
  if (cli->passphrase == NULL)
    return san_cli_fail (error);

  setup.name = name;
  setup.place = place;
  setup.staff = staff != NULL ? staff : cli->staff;
  setup.language = language != NULL ? language : "en";
  setup.passphrase = cli->passphrase;
  setup.unlock_ms = (guint) unlock_ms;
  setup.ask_name = ask_name;
  setup.children = children;
  cli->centre = san_setup_create (&cli->where, &setup, &recovery, &error);
  if (cli->centre == NULL ||
      (code_file != NULL && !san_new_code_write (code_file, recovery, &error)))
    return san_cli_fail (error);
  report_created (cli, recovery, code_file);
  return SAN_EXIT_DONE;
}

static int
join (SanCli *cli, int argc, char **argv)
{
  g_autofree char *staff = NULL;
  g_autofree char *out = NULL;
  int unlock_ms = 0;
  g_autoptr(GBytes) card = NULL;
  g_autoptr(GBytes) joining = NULL;
  GError *error = NULL;
  int code;
  GOptionEntry entries[] = {
    { "staff", 0, 0, G_OPTION_ARG_STRING, &staff, NULL, NULL },
    { "out", 0, 0, G_OPTION_ARG_FILENAME, &out, NULL, NULL },
    { "unlock-ms", 0, 0, G_OPTION_ARG_INT, &unlock_ms, NULL, NULL },
    { NULL }
  };
  SanSetup setup = { 0 };

  if (!san_cli_parse (entries, &argc, &argv, "CARD --staff S --out CARD2", 1, 1, &code))
    return code;
  if (out == NULL || (staff == NULL && cli->staff == NULL))
    return san_cli_usage (_("Joining needs --staff and --out."));
  card = san_file_read (argv[1], 4096, &error);
  if (card == NULL || !san_new_code_path_is_free (out, &error))
    return san_cli_fail (error);
  cli->passphrase = san_cli_read_secret (cli->passphrase_file, _("New passphrase:"), &error);
  if (cli->passphrase == NULL)
    return san_cli_fail (error);

  setup.staff = staff != NULL ? staff : cli->staff;
  setup.language = "en";
  setup.passphrase = cli->passphrase;
  setup.unlock_ms = (guint) MAX (unlock_ms, 0);
  cli->centre = san_setup_join (&cli->where, &setup, card, &joining, &error);
  if (cli->centre == NULL || !san_file_replace (out, joining, 0644, &error))
    return san_cli_fail (error);
  san_cli_say (
      cli,
      _("This laptop is ready to join. Carry %s to the first laptop, compare the number there, "
         "then exchange once in each direction."),
      out);
  return SAN_EXIT_DONE;
}

static void
show_json (SanCli *cli, const char *name, GArray *rings, GPtrArray *partners)
{
  JsonBuilder *b = json_builder_new ();
  const char *children = san_centre_get_children (cli->centre);

  json_builder_begin_object (b);
  san_json_id32 (b, "id", san_centre_get_id (cli->centre));
  san_json_string (b, "name", name);
  san_json_string (b, "children", children != NULL && *children != '\0' ? children : NULL);
  json_builder_set_member_name (b, "rings");
  json_builder_begin_array (b);
  for (guint i = 0; i < rings->len; i++)
    {
      const SanRingState *ring = &g_array_index (rings, SanRingState, i);

      json_builder_begin_object (b);
      san_json_string (b, "compartment", san_compartment_get_name (ring->compartment));
      san_json_string (b, "state", ring->state);
      json_builder_end_object (b);
    }
  json_builder_end_array (b);
  json_builder_set_member_name (b, "partners");
  json_builder_begin_array (b);
  for (guint i = 0; i < partners->len; i++)
    {
      const SanPartnerRow *partner = g_ptr_array_index (partners, i);

      json_builder_begin_object (b);
      san_json_id32 (b, "id", &partner->id);
      san_json_string (b, "label", partner->label);
      san_json_string (b, "state", partner->state);
      json_builder_end_object (b);
    }
  san_json_end_list (b);
}

static int
show (SanCli *cli, int argc, char **argv)
{
  g_autofree char *name = NULL;
  g_autofree char *id = NULL;
  g_autoptr(GArray) rings = NULL;
  g_autoptr(GPtrArray) partners = NULL;
  GError *error = NULL;
  int code;

  if (!san_cli_parse (NULL, &argc, &argv, "", 0, 0, &code) || !san_cli_open (cli, &code))
    return code;
  name = san_centre_dup_name (cli->centre);
  rings = san_centre_list_rings (cli->centre);
  partners = san_centre_list_partners (cli->centre, &error);
  if (partners == NULL)
    return san_cli_fail (error);
  if (cli->json)
    {
      show_json (cli, name, rings, partners);
      return SAN_EXIT_DONE;
    }
  id = san_id32_to_text (san_centre_get_id (cli->centre));
  g_print ("%s  (%s)\n", name, id);
  for (guint i = 0; i < rings->len; i++)
    {
      const SanRingState *ring = &g_array_index (rings, SanRingState, i);

      g_print ("  %-9s %s\n", san_compartment_get_name (ring->compartment), ring->state);
    }
  for (guint i = 0; i < partners->len; i++)
    {
      const SanPartnerRow *partner = g_ptr_array_index (partners, i);

      g_print (_("  %s: %s\n"), partner->label, partner->state);
    }
  return SAN_EXIT_DONE;
}

const SanCommand san_centre_commands[] = { { "centre create", create,
                                             "--name N --staff S [--place P] [--language L] "
                                             "[--children girls|boys|both] [--recovery-file F] "
                                             "[--unlock-ms N] [--ask-name]" },
                                           { "centre join", join,
                                             "CARD --staff S --out CARD2 [--unlock-ms N]" },
                                           { "centre show", show, "" },
                                           { NULL } };
