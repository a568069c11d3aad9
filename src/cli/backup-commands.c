/* backup-commands.c - backup, restore */
#include "san-cli.h"
#include "san-carry.h"
#include <glib/gi18n.h>

static int
backup (SanCli *cli, int argc, char **argv)
{
  guint n_entries = 0;
  guint n_pieces = 0;
  GError *error = NULL;
  int code;

  if (!san_cli_parse (NULL, &argc, &argv, "FOLDER", 1, 1, &code) || !san_cli_open (cli, &code))
    return code;
  if (!san_carry_backup (cli->centre, argv[1], NULL, NULL, &n_entries, &n_pieces, NULL, &error))
    return san_cli_fail (error);
  if (cli->json)
    {
      JsonBuilder *b = json_builder_new ();

      json_builder_begin_object (b);
      san_json_int (b, "entries", n_entries);
      san_json_int (b, "pieces", n_pieces);
      json_builder_end_object (b);
      san_cli_print_json (b);
      return SAN_EXIT_DONE;
    }
  g_print (
      _("The backup is written and was read back: %u notes. Only the recovery code opens it.\n"),
      n_entries);
  return SAN_EXIT_DONE;
}

static int
report_restored (SanCli *cli, SanRestoreResult *result)
{
  const char *code =
      result->code != NULL ? (const char *) san_secret_get_data (result->code) : NULL;

  if (cli->json)
    {
      JsonBuilder *b = json_builder_new ();

      json_builder_begin_object (b);
      san_json_int (b, "entries", result->entries);
      san_json_int (b, "missing", result->missing);
      san_json_string (b, "code", code);
      json_builder_end_object (b);
      san_cli_print_json (b);
    }
  else
    {
      g_print (_("Restored %u notes.\n"), result->entries);
      if (result->missing > 0)
        g_print (_("%u volumes of the backup are missing; put them into the folder and restore "
                    "again.\n"),
                 result->missing);
      if (code != NULL)
        g_print (_("New recovery code, shown only this once: %s\n"), code);
      g_print (_("Before you write anything, exchange once with every place that you have.\n"));
    }
  g_clear_pointer (&result->code, san_secret_unref);
  return SAN_EXIT_DONE;
}

static int
restore (SanCli *cli, int argc, char **argv)
{
  g_autofree char *store = NULL;
  g_autofree char *recovery_file = NULL;
  g_autofree char *old_laptop = NULL;
  g_autofree char *staff = NULL;
  g_autoptr(SanSecret) recovery = NULL;
  SanRestoreResult result = { 0 };
  gboolean dead;
  GError *error = NULL;
  int code;
  GOptionEntry entries[] = {
    { "store", 0, 0, G_OPTION_ARG_FILENAME, &store, NULL, NULL },
    { "recovery-file", 0, 0, G_OPTION_ARG_FILENAME, &recovery_file, NULL, NULL },
    { "old-laptop", 0, 0, G_OPTION_ARG_STRING, &old_laptop, NULL, NULL },
    { "staff", 0, 0, G_OPTION_ARG_STRING, &staff, NULL, NULL },
    { NULL }
  };

  if (!san_cli_parse (entries, &argc, &argv,
                      "FOLDER --store DIR --recovery-file F --old-laptop dead|lost [--staff S]", 1,
                      1, &code))
    return code;
  dead = g_strcmp0 (old_laptop, "dead") == 0;
  if (!dead && g_strcmp0 (old_laptop, "lost") != 0)
    return san_cli_usage (_ (
        "Where is the old laptop? --old-laptop dead (broken, still ours) or lost (also stolen)."));
  if (store != NULL)
    cli->where.store = store;
  if (!dead && staff == NULL)
    return san_cli_usage (_("For a lost laptop give --staff, the superintendent who begins anew."));
  recovery = san_cli_read_secret (recovery_file, _("Recovery code:"), &error);
  if (recovery != NULL && !dead)
    cli->passphrase = san_cli_read_secret (cli->passphrase_file, _("New passphrase:"), &error);
  if (error != NULL)
    return san_cli_fail (error);
  cli->centre = san_carry_restore (&cli->where, argv[1], recovery, dead, staff, cli->passphrase,
                                   &result, &error);
  if (error != NULL)
    return san_cli_fail (error);
  return report_restored (cli, &result);
}

const SanCommand san_backup_commands[] = {
  { "backup", backup, "FOLDER" },
  { "restore", restore, "FOLDER --store DIR --recovery-file F --old-laptop dead|lost [--staff S]" },
  { NULL }
};
