/* review-commands.c - review list, pick, accept */
#include "san-cli.h"
#include "san-review.h"
#include "san-answer.h"
#include <glib/gi18n.h>

static char *
value_text (const SanFieldVersion *version)
{
  return san_answer_to_plain (version->value);
}

static void
list_json (GPtrArray *rows, GPtrArray *held)
{
  JsonBuilder *b = san_json_begin_list ("review");
  for (guint i = 0; i < rows->len; i++)
    {
      const SanReviewRow *row = g_ptr_array_index (rows, i);

      json_builder_begin_object (b);
      san_json_id32 (b, "child", &row->child);
      san_json_id16 (b, "record", &row->record);
      san_json_string (b, "form", row->form);
      san_json_string (b, "field", row->field);
      json_builder_set_member_name (b, "values");
      json_builder_begin_array (b);
      for (guint v = 0; v < row->values->len; v++)
        {
          const SanFieldVersion *version = g_ptr_array_index (row->values, v);
          g_autofree char *text = value_text (version);

          json_builder_begin_object (b);
          san_json_string (b, "value", text);
          san_json_string (b, "author", version->author);
          san_json_instant (b, "at", version->at_ms);
          json_builder_end_object (b);
        }
      json_builder_end_array (b);
      json_builder_end_object (b);
    }
  json_builder_end_array (b);
  json_builder_set_member_name (b, "held");
  json_builder_begin_array (b);
  for (guint i = 0; i < held->len; i++)
    {
      const SanHeldNotes *row = g_ptr_array_index (held, i);

      json_builder_begin_object (b);
      san_json_id32 (b, "id", &row->id);
      san_json_string (b, "staff", row->name);
      san_json_id16 (b, "device", &row->device);
      san_json_int (b, "from", (gint64) row->from);
      san_json_int (b, "to", (gint64) row->to);
      json_builder_end_object (b);
    }
  san_json_end_list (b);
}

static int
list (SanCli *cli, int argc, char **argv)
{
  g_autoptr(GPtrArray) rows = NULL;
  g_autoptr(GPtrArray) held = NULL;
  GError *error = NULL;
  int code;

  if (!san_cli_parse (NULL, &argc, &argv, "", 0, 0, &code) || !san_cli_open (cli, &code))
    return code;
  rows = san_review_list (cli->centre, &error);
  if (rows != NULL)
    held = san_review_list_held (cli->centre, &error);
  if (held == NULL)
    return san_cli_fail (error);
  if (cli->json)
    {
      list_json (rows, held);
      return SAN_EXIT_DONE;
    }
  if (rows->len + held->len == 0)
    g_print (_("Nobody has written over anybody. Nothing to review.\n"));
  for (guint i = 0; i < rows->len; i++)
    {
      const SanReviewRow *row = g_ptr_array_index (rows, i);
      g_autofree char *id = san_id16_to_text (&row->record);

      g_print (_("Two people wrote %s of %s (%.8s) without seeing each other:\n"), row->field,
               row->form, id);
      for (guint v = 0; v < row->values->len; v++)
        {
          const SanFieldVersion *version = g_ptr_array_index (row->values, v);
          g_autofree char *text = value_text (version);

          g_print ("  %u  %s  (%s)\n", v + 1, text, version->author);
        }
    }
  for (guint i = 0; i < held->len; i++)
    {
      const SanHeldNotes *row = g_ptr_array_index (held, i);
      g_autofree char *id = san_id32_to_text (&row->id);

      if (san_id32_is_zero (&row->id))
        g_print (_("Notes of %s, number %u to %u, do not count: that login had no right to write "
                    "them.\n"),
                 row->name != NULL ? row->name : "?", (guint) row->from, (guint) row->to);
      else
        g_print (_("Late notes of %s, number %u to %u: \"review accept %.8s\" lets them count.\n"),
                 row->name != NULL ? row->name : "?", (guint) row->from, (guint) row->to, id);
    }
  return SAN_EXIT_DONE;
}

static int
pick (SanCli *cli, int argc, char **argv)
{
  SanId16 record;
  GError *error = NULL;
  guint64 which;
  int code;

  if (!san_cli_parse (NULL, &argc, &argv, "REC FIELD 1|2", 3, 3, &code))
    return code;
  if (!g_ascii_string_to_unsigned (argv[3], 10, 1, 64, &which, &error))
    {
      g_clear_error (&error);
      return san_cli_usage (_("Which one? Give its number, from 1."));
    }
  if (!san_cli_open (cli, &code) || !san_cli_record (cli, argv[1], &record, &code))
    return code;
  if (!san_review_pick (cli->centre, &record, argv[2], (guint) which, &error))
    return san_cli_fail (error);
  san_cli_say (cli, _("Decided. Both stay in the history."));
  return SAN_EXIT_DONE;
}

static int
accept_held (SanCli *cli, int argc, char **argv)
{
  gint64 to = 0;
  guint n = 0;
  GError *error = NULL;
  int code;
  GOptionEntry entries[] = {
    { "to", 0, 0, G_OPTION_ARG_INT64, &to, NULL, NULL },
    { NULL }
  };

  if (!san_cli_parse (entries, &argc, &argv, "ID [--to N]", 1, 1, &code) ||
      !san_cli_open (cli, &code))
    return code;
  if (!san_review_accept (cli->centre, argv[1], (guint64) MAX (to, 0), &n, &error))
    return san_cli_fail (error);
  san_cli_say (cli, ngettext ("%u late note counts now.", "%u late notes count now.", n), n);
  return SAN_EXIT_DONE;
}

const SanCommand san_review_commands[] = {
  { "review list", list, "" },
  { "review pick", pick, "REC FIELD 1|2" },
  { "review accept", accept_held, "ID [--to N]" },
  { NULL }
};
