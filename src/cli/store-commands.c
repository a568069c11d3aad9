/* store-commands.c - verify, rebuild, form list and check, example, version */
#include "san-cli.h"
#include "san-checks.h"
#include "san-example.h"
#include <glib/gi18n.h>
#include <glib/gstdio.h>

static int
verify (SanCli *cli, int argc, char **argv)
{
  g_autoptr(SanVerifyResult) result = NULL;
  gboolean ok;
  GError *error = NULL;
  int code;

  if (!san_cli_parse (NULL, &argc, &argv, "", 0, 0, &code) || !san_cli_open (cli, &code))
    return code;
  result = san_checks_verify (cli->centre, TRUE, NULL, NULL, NULL, &error);
  if (result == NULL)
    return san_cli_fail (error);
  ok = result->problems->len == 0;
  if (cli->json)
    {
      JsonBuilder *b = json_builder_new ();

      json_builder_begin_object (b);
      san_json_bool (b, "ok", ok);
      san_json_int (b, "entries", (gint64) result->entries);
      json_builder_set_member_name (b, "problems");
      json_builder_begin_array (b);
      for (guint i = 0; i < result->problems->len; i++)
        json_builder_add_string_value (b, g_ptr_array_index (result->problems, i));
      san_json_end_list (b);
    }
  else
    {
      g_print (ok ? _("Everything is in order: %u notes, every signature right.\n")
                  : _("%u notes looked at. Something is damaged:\n"), (guint) result->entries);
      for (guint i = 0; i < result->problems->len; i++)
        g_print ("  %s\n", (char *) g_ptr_array_index (result->problems, i));
    }
  return ok ? SAN_EXIT_DONE : SAN_EXIT_DAMAGED;
}

static int
rebuild (SanCli *cli, int argc, char **argv)
{
  GError *error = NULL;
  int code;

  if (!san_cli_parse (NULL, &argc, &argv, "", 0, 0, &code) || !san_cli_open (cli, &code))
    return code;
  if (!san_checks_rebuild (cli->centre, NULL, &error))
    return san_cli_fail (error);
  san_cli_say (cli, _("Everything shown was made anew from the notes."));
  return SAN_EXIT_DONE;
}

static SanCatalogue *
load_catalogue (SanCli *cli, GError **error)
{
  return san_catalogue_load (san_centre_data_dir (&cli->where), error);
}

static int
form_list (SanCli *cli, int argc, char **argv)
{
  g_autoptr(SanCatalogue) catalogue = NULL;
  JsonBuilder *b = NULL;
  GError *error = NULL;
  int code;

  if (!san_cli_parse (NULL, &argc, &argv, "", 0, 0, &code))
    return code;
  catalogue = load_catalogue (cli, &error);
  if (catalogue == NULL)
    return san_cli_fail (error);
  if (cli->json)
    {
      b = san_json_begin_list ("forms");
    }
  for (guint i = 0; i < san_catalogue_get_n_forms (catalogue); i++)
    {
      const SanForm *form = san_catalogue_get_form (catalogue, i);

      if (b == NULL)
        {
          g_print ("%-16s %-9s %s%s%s\n", form->id, san_compartment_get_name (form->compartment),
                   san_label_get (form->label, san_cli_language ()),
                   form->number != NULL ? ", Form " : "", form->number != NULL ? form->number : "");
          continue;
        }
      json_builder_begin_object (b);
      san_json_string (b, "id", form->id);
      san_json_string (b, "compartment", san_compartment_get_name (form->compartment));
      san_json_string (b, "label", san_label_get (form->label, san_cli_language ()));
      san_json_string (b, "mark", san_mark_get_name (form->mark));
      json_builder_end_object (b);
    }
  if (b != NULL)
    {
      san_json_end_list (b);
    }
  return SAN_EXIT_DONE;
}

static int
form_check (SanCli *cli, int argc, char **argv)
{
  g_autoptr(SanCatalogue) catalogue = NULL;
  g_autoptr(GPtrArray) mistakes = NULL;
  GError *error = NULL;
  int code;

  if (!san_cli_parse (NULL, &argc, &argv, "FILE", 1, 1, &code))
    return code;
  catalogue = load_catalogue (cli, &error);
  if (catalogue != NULL)
    mistakes = san_catalogue_check_form (catalogue, argv[1], &error);
  if (catalogue != NULL && g_error_matches (error, SAN_ERROR, SAN_ERROR_DAMAGED))
    {
      g_printerr ("%s\n", error->message); /* not even XML: file, line and reason stand in it */
      g_error_free (error);
      return SAN_EXIT_REFUSED;
    }
  if (mistakes == NULL)
    return san_cli_fail (error);
  for (guint i = 0; i < mistakes->len; i++)
    g_printerr ("%s: %s\n", argv[1], (char *) g_ptr_array_index (mistakes, i));
  if (mistakes->len > 0)
    return SAN_EXIT_REFUSED;
  san_cli_say (cli, _("The form is in order."));
  return SAN_EXIT_DONE;
}

static int
example (SanCli *cli, int argc, char **argv)
{
  int children = 0;
  GError *error = NULL;
  int code;
  GOptionEntry entries[] = {
    { "children", 0, 0, G_OPTION_ARG_INT, &children, NULL, NULL },
    { NULL }
  };

  if (!san_cli_parse (entries, &argc, &argv, "DIR [--children N]", 1, 1, &code))
    return code;
  if (children < 0)
    return san_cli_usage (_("--children takes a number."));
  if (!san_example_make (&cli->where, argv[1], (guint) children, NULL, &error))
    return san_cli_fail (error);
  san_cli_say (
      cli,
      _("The example is in %s. Nothing in it is real. README.txt there tells the passphrases."),
      argv[1]);
  return SAN_EXIT_DONE;
}

static int
version (SanCli *cli, int argc, char **argv)
{
  int code;

  if (!san_cli_parse (NULL, &argc, &argv, "", 0, 0, &code))
    return code;
  if (cli->json)
    {
      JsonBuilder *b = json_builder_new ();

      json_builder_begin_object (b);
      san_json_string (b, "version", SAN_VERSION);
      san_json_int (b, "entry-format", 1);
      san_json_int (b, "bundle-format", 1);
      san_json_int (b, "store-format", 1);
      san_json_string (b, "libraries", san_centre_describe_libraries ());
      json_builder_end_object (b);
      san_cli_print_json (b);
      return SAN_EXIT_DONE;
    }
  g_print ("sanrakshan-cli %s\n", SAN_VERSION);
  g_print (_("formats: entry 1, bundle 1, store 1\n"));
  g_print ("%s\n", san_centre_describe_libraries ());
  return SAN_EXIT_DONE;
}

const SanCommand san_store_commands[] = {
  { "verify", verify, "" },
  { "rebuild", rebuild, "" },
  { NULL }
};
const SanCommand san_form_commands[] = {
  { "form list", form_list, "" },
  { "form check", form_check, "FILE" },
  { NULL }
};
const SanCommand san_example_commands[] = {
  { "example", example, "DIR [--children N]" },
  { "version", version, "" },
  { NULL }
};
