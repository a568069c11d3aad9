/* card-commands.c - card show, number, accept: pairing two centres, or a second laptop */
#include "san-cli.h"
#include "san-file.h"
#include "san-partners.h"
#include <glib/gi18n.h>

#define CARD_LIMIT 4096

static int
show (SanCli *cli, int argc, char **argv)
{
  g_autofree char *out = NULL;
  g_autoptr(GBytes) card = NULL;
  GError *error = NULL;
  int code;
  GOptionEntry entries[] = {
    { "out", 0, 0, G_OPTION_ARG_FILENAME, &out, NULL, NULL },
    { NULL }
  };

  if (!san_cli_parse (entries, &argc, &argv, "--out FILE", 0, 0, &code))
    return code;
  if (out == NULL)
    return san_cli_usage (_("Where should the card go? Give --out FILE."));
  if (!san_cli_open (cli, &code))
    return code;
  card = san_card_make (cli->centre, &error);
  if (card == NULL || !san_file_replace (out, card, 0644, &error))
    return san_cli_fail (error);
  san_cli_say (cli, _("The card is in %s. It holds no secret: it may travel any way you like."),
               out);
  return SAN_EXIT_DONE;
}

static int
number (SanCli *cli, int argc, char **argv)
{
  g_autofree char *digits = NULL;
  g_autofree char *digits_out = NULL;
  g_autofree char *result = NULL;
  g_autoptr(GBytes) card = NULL;
  GError *error = NULL;
  int code;
  GOptionEntry entries[] = {
    { "digits", 0, 0, G_OPTION_ARG_STRING, &digits, NULL, NULL },
    { NULL }
  };

  if (!san_cli_parse (entries, &argc, &argv, "FILE [--digits R]", 1, 1, &code))
    return code;
  card = san_file_read (argv[1], CARD_LIMIT, &error);
  if (card == NULL)
    return san_cli_fail (error);
  if (!san_cli_open (cli, &code))
    return code;
  if (!san_card_number (cli->centre, card, digits, &digits_out, &result, &error))
    return san_cli_fail (error);
  if (cli->json)
    {
      JsonBuilder *b = json_builder_new ();

      json_builder_begin_object (b);
      san_json_string (b, "digits", digits_out);
      san_json_string (b, "number", result);
      json_builder_end_object (b);
      san_cli_print_json (b);
      return SAN_EXIT_DONE;
    }
  if (digits == NULL)
    g_print (_("Tell the other centre these six digits: %s\n"), digits_out);
  g_print (_("Read this number out, and type the one that they read to you: %s\n"), result);
  return SAN_EXIT_DONE;
}

static int
accept_card (SanCli *cli, int argc, char **argv)
{
  g_autofree char *result = NULL;
  g_autoptr(GBytes) card = NULL;
  GError *error = NULL;
  int code;
  GOptionEntry entries[] = {
    { "number", 0, 0, G_OPTION_ARG_STRING, &result, NULL, NULL },
    { NULL }
  };

  if (!san_cli_parse (entries, &argc, &argv, "FILE --number N", 1, 1, &code))
    return code;
  if (result == NULL)
    return san_cli_usage (_("Give the number that the other side read out: --number N."));
  card = san_file_read (argv[1], CARD_LIMIT, &error);
  if (card == NULL)
    return san_cli_fail (error);
  if (!san_cli_open (cli, &code))
    return code;
  if (!san_card_accept (cli->centre, card, result, &error))
    return san_cli_fail (error);
  san_cli_say (cli, _("The numbers agree. You are paired."));
  return SAN_EXIT_DONE;
}

const SanCommand san_card_commands[] = {
  { "card show", show, "--out FILE" },
  { "card number", number, "FILE [--digits R]" },
  { "card accept", accept_card, "FILE --number N" },
  { NULL }
};
