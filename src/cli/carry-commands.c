/* carry-commands.c - place add, list; exchange; bundle write, inspect, apply */
#include "san-cli.h"
#include "san-carry.h"
#include "san-sentences.h"
#include <glib/gi18n.h>

static int
place_add (SanCli *cli, int argc, char **argv)
{
  GError *error = NULL;
  int code;

  if (!san_cli_parse (NULL, &argc, &argv, "NAME URI", 2, 2, &code) || !san_cli_open (cli, &code))
    return code;
  if (!san_carry_add_place (cli->centre, argv[1], argv[2], &error))
    return san_cli_fail (error);
  san_cli_say (cli, _("\"exchange %s\" now reads and writes there."), argv[1]);
  return SAN_EXIT_DONE;
}

static void
show_place (JsonBuilder *b, gconstpointer data)
{
  const SanPlaceRow *row = data;

  if (b == NULL)
    {
      g_print ("%-16s %s\n", row->name, row->uri);
      return;
    }
  json_builder_begin_object (b);
  san_json_string (b, "name", row->name);
  san_json_string (b, "uri", row->uri);
  json_builder_end_object (b);
}

static int
place_list (SanCli *cli, int argc, char **argv)
{
  static const SanCliList list = { "places", san_carry_list_places, show_place, NULL };

  return san_cli_list (cli, argc, argv, &list);
}

/* The sentence is for this one place; what it was about stands behind. */
static int
fail_at_place (const char *sentence, const GError *error)
{
  g_autofree char *reason = san_sentence_shorten (error->message);

  g_printerr ("%s (%s)\n", sentence, reason);
  return SAN_EXIT_REFUSED;
}

/* Reading went well, so none of them says that nothing was changed. */
static int
fail_unwritten (const GError *error)
{
  if (g_error_matches (error, SAN_ERROR, SAN_ERROR_NO_SPACE))
    return fail_at_place (
        _("What came is read and safe, but there is no space left to write what is new here. "
           "Free some space, then exchange again."),
        error);
  if (g_error_matches (error, SAN_ERROR, SAN_ERROR_READ_ONLY))
    return fail_at_place (_("What came is read and safe, but this place cannot be written to. "
                            "Unlock it or use another one, then exchange again."), error);
  return fail_at_place (_("What came is read and safe, but writing there failed. What is new here "
                           "goes with the next "
                           "exchange. Check the pen drive, then exchange again."),
                        error);
}

static int
end_exchange (const SanExchangeResult *result)
{
  if (result->unsettled != NULL)
    return fail_at_place (
        _("What came so far is read and safe, but the rest could not be done now. Try again."),
        result->unsettled);
  return result->unwritten != NULL ? fail_unwritten (result->unwritten) : SAN_EXIT_DONE;
}

static void
result_json (const SanExchangeResult *result)
{
  JsonBuilder *b = json_builder_new ();

  json_builder_begin_object (b);
  san_json_int (b, "received", result->received);
  san_json_int (b, "sent", result->sent);
  san_json_int (b, "pieces-received", result->pieces_received);
  san_json_int (b, "pieces-sent", result->pieces_sent);
  san_json_int (b, "files-to-come", result->files_to_come);
  san_json_bool (b, "closed-files-to-come", result->more_files_to_come);
  san_json_int (b, "review", result->review);
  json_builder_set_member_name (b, "places");
  json_builder_begin_array (b);
  for (guint i = 0; i < result->places->len; i++)
    {
      const SanPlaceResult *place = g_ptr_array_index (result->places, i);

      json_builder_begin_object (b);
      san_json_string (b, "name", place->name);
      san_json_int (b, "read", place->read);
      san_json_int (b, "received", place->received);
      san_json_int (b, "sent", place->sent);
      san_json_int (b, "pieces-received", place->pieces_received);
      san_json_int (b, "pieces-sent", place->pieces_sent);
      san_json_int (b, "files", place->files);
      san_json_int (b, "not-for-us", place->not_for_us);
      san_json_int (b, "incomplete", place->incomplete);
      san_json_int (b, "damaged", place->damaged);
      san_json_int (b, "not-looked-at", place->not_looked_at);
      json_builder_set_member_name (b, "problems");
      json_builder_begin_array (b);
      for (guint p = 0; p < place->problems->len; p++)
        json_builder_add_string_value (b, g_ptr_array_index (place->problems, p));
      json_builder_end_array (b);
      json_builder_end_object (b);
    }
  san_json_end_list (b);
}

/* Attached files come after the notes that name them, often alone: then no notes are told of. */
static void
print_moved (const SanExchangeResult *result)
{
  if (result->received + result->sent > 0 || result->pieces_received + result->pieces_sent == 0)
    g_print (_("Received %u notes, sent %u.\n"), result->received, result->sent);
  if (result->pieces_received > 0)
    g_print ("%s\n", _("Attached files arrived."));
  if (result->files_to_come > 0)
    {
      g_print (ngettext ("%u attached file follows: we have asked for it now, and it comes with "
                         "the next exchange.",
                         "%u attached files follow: we have asked for them now, and they come "
                         "with the next exchange.",
                         result->files_to_come),
               result->files_to_come);
      g_print ("\n");
    }
  if (result->more_files_to_come)
    g_print ("%s\n", _("Attached files of notes that you do not read follow with the next "
                       "exchange."));
  if (result->pieces_sent > 0)
    g_print ("%s\n", _("Attached files were sent."));
}

static void
result_print (const SanExchangeResult *result)
{
  print_moved (result);
  for (guint i = 0; i < result->places->len; i++)
    {
      const SanPlaceResult *place = g_ptr_array_index (result->places, i);

      if (place->incomplete > 0)
        g_print (_("%s: %u files are not complete yet; they are tried again next time.\n"),
                 place->name, place->incomplete);
      if (place->not_looked_at > 0)
        g_print (_("%s: %u more files are there. Exchange again to look at them.\n"), place->name,
                 place->not_looked_at);
      for (guint p = 0; p < place->problems->len; p++)
        g_print ("%s: %s\n", place->name, (char *) g_ptr_array_index (place->problems, p));
    }
  if (result->review > 0)
    g_print (ngettext ("%u thing to review (\"review list\").\n",
                       "%u things to review (\"review list\").\n", result->review),
             result->review);
}

static int
exchange (SanCli *cli, int argc, char **argv)
{
  g_autoptr(SanExchangeResult) result = NULL;
  GError *error = NULL;
  int code;

  if (!san_cli_parse (NULL, &argc, &argv, "[PLACE]", 0, 1, &code) || !san_cli_open (cli, &code))
    return code;
  result = san_carry_exchange (cli->centre, argc > 1 ? argv[1] : NULL, NULL, NULL, NULL, &error);
  if (result == NULL && argc > 1 && g_error_matches (error, SAN_ERROR, SAN_ERROR_NOT_FOUND))
    {
      code = fail_at_place (
          _("This place is not there now. Your notes are safe. Is the pen drive plugged in?"),
          error);
      g_error_free (error);
      return code;
    }
  if (result == NULL)
    return san_cli_fail (error);
  if (cli->json)
    result_json (result);
  else
    result_print (result);
  code = end_exchange (result);
  if (code == SAN_EXIT_DONE && !cli->json)
    g_print (_("You can pull the pen drive out now.\n"));
  return code;
}

static int
bundle_write (SanCli *cli, int argc, char **argv)
{
  g_autofree char *to = NULL;
  g_autofree char *out = NULL;
  guint n = 0;
  GError *error = NULL;
  int code;
  GOptionEntry entries[] = {
    { "to", 0, 0, G_OPTION_ARG_STRING, &to, NULL, NULL },
    { "out", 0, 0, G_OPTION_ARG_FILENAME, &out, NULL, NULL },
    { NULL }
  };

  if (!san_cli_parse (entries, &argc, &argv, "--to WHOM --out FILE", 0, 0, &code))
    return code;
  if (to == NULL || out == NULL)
    return san_cli_usage (_("Writing a bundle needs --to (\"devices\" or a partner) and --out."));
  if (!san_cli_open (cli, &code))
    return code;
  if (!san_carry_write (cli->centre, to, out, &n, &error))
    return san_cli_fail (error);
  if (cli->json)
    {
      JsonBuilder *b = json_builder_new ();

      json_builder_begin_object (b);
      san_json_int (b, "entries", n);
      json_builder_end_object (b);
      san_cli_print_json (b);
      return SAN_EXIT_DONE;
    }
  g_print (_("%u notes are in %s.\n"), n, out);
  return SAN_EXIT_DONE;
}

static int
bundle_inspect (SanCli *cli, int argc, char **argv)
{
  g_autoptr(SanBundleInfo) info = NULL;
  GError *error = NULL;
  int code;

  if (!san_cli_parse (NULL, &argc, &argv, "FILE", 1, 1, &code) || !san_cli_open (cli, &code))
    return code;
  info = san_carry_inspect (cli->centre, argv[1], &error);
  if (info == NULL)
    return san_cli_fail (error);
  if (cli->json)
    {
      JsonBuilder *b = json_builder_new ();

      json_builder_begin_object (b);
      san_json_id32 (b, "from", &info->from);
      san_json_string (b, "label", info->from_label);
      san_json_int (b, "number", (gint64) info->number);
      san_json_instant (b, "at", info->wall_ms);
      san_json_int (b, "entries", info->entries);
      san_json_int (b, "pieces", info->pieces);
      san_json_bool (b, "complete", info->complete);
      json_builder_end_object (b);
      san_cli_print_json (b);
      return SAN_EXIT_DONE;
    }
  /* the writer above it tells copies apart, and tells a person nothing */
  g_print (_("From %s, number %u: %u notes, %u pieces, %s.\n"), info->from_label,
           (guint) (info->number & 0xffffff), info->entries, info->pieces,
           info->complete ? _("whole") : _("not complete or damaged"));
  return SAN_EXIT_DONE;
}

static int
bundle_apply (SanCli *cli, int argc, char **argv)
{
  g_autoptr(SanExchangeResult) result = NULL;
  GError *error = NULL;
  int code;

  if (!san_cli_parse (NULL, &argc, &argv, "FILE", 1, 1, &code) || !san_cli_open (cli, &code))
    return code;
  if (!san_carry_apply (cli->centre, argv[1], &result, &error))
    return san_cli_fail (error);
  if (cli->json)
    result_json (result);
  else
    result_print (result);
  return end_exchange (result);
}

const SanCommand san_place_commands[] = {
  { "place add", place_add, "NAME URI" },
  { "place list", place_list, "" },
  { "exchange", exchange, "[PLACE]" },
  { NULL }
};
const SanCommand san_bundle_commands[] = {
  { "bundle write", bundle_write, "--to WHOM --out FILE" },
  { "bundle inspect", bundle_inspect, "FILE" },
  { "bundle apply", bundle_apply, "FILE" },
  { NULL }
};
