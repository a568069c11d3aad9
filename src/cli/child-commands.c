/* child-commands.c - child admit, list, show, return */
#include "san-cli.h"
#include "san-dues.h"
#include <glib/gi18n.h>

static void
child_json (JsonBuilder *b, const SanChildRow *row)
{
  san_json_id32 (b, "id", &row->id);
  san_json_string (b, "alias", row->alias);
  san_json_string (b, "sign", row->sign);
  san_json_string (b, "bed", row->bed);
  san_json_string (b, "name", row->name);
  san_json_string (b, "status", row->status);
  san_json_int (b, "day", row->day);
  san_json_int (b, "stay", row->stay);
  if (row->found_by != NULL)
    san_json_string (b, "found-by", row->found_by);
  if (row->shared_with != NULL)
    san_json_string (b, "shared-with", row->shared_with);
}

static int
welcome (SanCli *cli, int argc, char **argv, gboolean back)
{
  g_auto(GStrv) settings = NULL;
  g_autoptr(GPtrArray) typed = NULL;
  g_autoptr(SanChildRow) row = NULL;
  g_autoptr(GPtrArray) dues = NULL;
  SanId16 record;
  SanId32 child;
  GError *error = NULL;
  int code;
  guint soon = 0;
  GOptionEntry entries[] = {
    { "set", 0, 0, G_OPTION_ARG_STRING_ARRAY, &settings, NULL, NULL },
    { NULL }
  };

  if (!san_cli_parse (entries, &argc, &argv,
                      back ? "ID [--set FIELD=VALUE …]" : "[--set FIELD=VALUE …]", back, back,
                      &code))
    return code;
  typed = san_cli_typed (settings, &error);
  if (typed == NULL)
    return san_cli_fail (error);
  if (!san_cli_open (cli, &code) || (back && !san_cli_child (cli, argv[1], &child, &code)))
    return code;
  row = back ? san_child_return (cli->centre, &child, typed, &record, &error)
             : san_child_admit (cli->centre, typed, &record, &error);
  if (row == NULL)
    return san_cli_fail (error);
  if (cli->json)
    {
      JsonBuilder *b = json_builder_new ();

      json_builder_begin_object (b);
      child_json (b, row);
      san_json_id16 (b, "record", &record);
      json_builder_end_object (b);
      san_cli_print_json (b);
      return SAN_EXIT_DONE;
    }
  g_print (_("Welcome, %s. Sign: %s, bed %s.\n"), row->alias, row->sign, row->bed);
  dues = san_dues_list (cli->centre, 0, &row->id, NULL, NULL);
  if (dues == NULL)
    return SAN_EXIT_DONE;            /* she is welcomed, whatever else can be said */
  for (guint i = 0; i < dues->len; i++)
    soon += !g_str_equal (((SanDueItem *) g_ptr_array_index (dues, i))->state, "later");
  g_print (ngettext ("%u thing is due soon.\n", "%u things are due soon.\n", soon), soon);
  return SAN_EXIT_DONE;
}

static int
admit (SanCli *cli, int argc, char **argv)
{
  return welcome (cli, argc, argv, FALSE);
}

static int
come_back (SanCli *cli, int argc, char **argv)
{
  return welcome (cli, argc, argv, TRUE);
}

static int
list (SanCli *cli, int argc, char **argv)
{
  g_autofree char *search = NULL;
  g_autofree char *status = NULL;
  g_autoptr(GPtrArray) rows = NULL;
  GError *error = NULL;
  int code;
  GOptionEntry entries[] = {
    { "search", 0, 0, G_OPTION_ARG_STRING, &search, NULL, NULL },
    { "status", 0, 0, G_OPTION_ARG_STRING, &status, NULL, NULL },
    { NULL }
  };

  if (!san_cli_parse (entries, &argc, &argv, "[--search TEXT] [--status S]", 0, 0, &code) ||
      !san_cli_open (cli, &code))
    return code;
  rows = san_child_list (cli->centre, search, status, &error);
  if (rows == NULL)
    return san_cli_fail (error);
  if (cli->json)
    {
      JsonBuilder *b = san_json_begin_list ("children");
      for (guint i = 0; i < rows->len; i++)
        {
          json_builder_begin_object (b);
          child_json (b, g_ptr_array_index (rows, i));
          json_builder_end_object (b);
        }
      san_json_end_list (b);
      return SAN_EXIT_DONE;
    }
  if (rows->len == 0)
    g_print (search != NULL
                 ? _("No child fits that. Try fewer letters; spelling and script do not matter.\n")
                 : _("No children yet. \"child admit\" welcomes the first one.\n"));
  for (guint i = 0; i < rows->len; i++)
    {
      const SanChildRow *row = g_ptr_array_index (rows, i);
      g_autofree char *id = san_id32_to_text (&row->id);

      g_print (_("%.8s  %-14s %-10s bed %-4s day %d  %s\n"), id, row->alias, row->sign, row->bed,
               row->day, row->status);
    }
  return SAN_EXIT_DONE;
}

static int
show (SanCli *cli, int argc, char **argv)
{
  g_autoptr(SanChildRow) row = NULL;
  g_autoptr(GPtrArray) records = NULL;
  SanId32 child;
  GError *error = NULL;
  int code;

  if (!san_cli_parse (NULL, &argc, &argv, "ID", 1, 1, &code) || !san_cli_open (cli, &code) ||
      !san_cli_child (cli, argv[1], &child, &code))
    return code;
  row = san_child_get (cli->centre, &child, &error);
  if (row != NULL)
    records = san_child_records (cli->centre, &child, &error);
  if (records == NULL)
    return san_cli_fail (error);
  if (cli->json)
    {
      JsonBuilder *b = json_builder_new ();

      json_builder_begin_object (b);
      child_json (b, row);
      json_builder_set_member_name (b, "records");
      json_builder_begin_array (b);
      for (guint i = 0; i < records->len; i++)
        {
          const SanRecordView *record = g_ptr_array_index (records, i);

          json_builder_begin_object (b);
          san_json_id16 (b, "id", &record->id);
          san_json_string (b, "form", record->form);
          san_json_string (b, "author", record->author);
          san_json_instant (b, "at", record->at_ms);
          san_json_bool (b, "finished", record->finished);
          san_json_bool (b, "withdrawn", record->withdrawn);
          json_builder_end_object (b);
        }
      san_json_end_list (b);
      return SAN_EXIT_DONE;
    }
  g_print (_("%s · %s · bed %s · day %d · %s\n"), row->alias, row->sign, row->bed, row->day,
           row->status);
  for (guint i = 0; i < records->len; i++)
    {
      const SanRecordView *record = g_ptr_array_index (records, i);
      g_autofree char *id = san_id16_to_text (&record->id);
      g_autofree char *when = san_cli_day_text (record->at_ms);

      g_print ("  %.8s  %s  %-16s %s%s\n", id, when, record->form, record->author,
               record->withdrawn ? _("  (withdrawn)") : record->finished ? _("  (finished)") : "");
    }
  return SAN_EXIT_DONE;
}

const SanCommand san_child_commands[] = {
  { "child admit", admit, "[--set FIELD=VALUE …]" },
  { "child list", list, "[--search TEXT] [--status S]" },
  { "child show", show, "ID" },
  { "child return", come_back, "ID [--set FIELD=VALUE …]" },
  { NULL }
};
