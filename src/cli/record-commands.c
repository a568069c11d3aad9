/* record-commands.c - record new, set, show, finish, amend, withdraw */
#include "san-cli.h"
#include "san-answer.h"
#include "san-scores.h"
#include <glib/gi18n.h>

static int
new_record (SanCli *cli, int argc, char **argv)
{
  g_autofree char *child_text = NULL;
  g_auto(GStrv) settings = NULL;
  g_autoptr(GPtrArray) typed = NULL;
  g_autofree char *id = NULL;
  SanId32 child;
  SanId16 record;
  GError *error = NULL;
  int code;
  GOptionEntry entries[] = {
    { "child", 0, 0, G_OPTION_ARG_STRING, &child_text, NULL, NULL },
    { "set", 0, 0, G_OPTION_ARG_STRING_ARRAY, &settings, NULL, NULL },
    { NULL }
  };

  if (!san_cli_parse (entries, &argc, &argv, "FORM [--child ID] [--set FIELD=VALUE …]", 1, 1,
                      &code))
    return code;
  typed = san_cli_typed (settings, &error);
  if (typed == NULL)
    return san_cli_fail (error);
  if (!san_cli_open (cli, &code) ||
      (child_text != NULL && !san_cli_child (cli, child_text, &child, &code)))
    return code;
  if (!san_record_new (cli->centre, argv[1], child_text != NULL ? &child : NULL, typed, &record,
                       &error))
    return san_cli_fail (error);
  id = san_id16_to_text (&record);
  if (cli->json)
    {
      JsonBuilder *b = json_builder_new ();

      json_builder_begin_object (b);
      san_json_string (b, "id", id);
      san_json_string (b, "form", argv[1]);
      if (child_text != NULL)
        san_json_id32 (b, "child", &child);
      json_builder_end_object (b);
      san_cli_print_json (b);
      return SAN_EXIT_DONE;
    }
  g_print (_("Saved: %s %s\n"), argv[1], id);
  return SAN_EXIT_DONE;
}

static int
set (SanCli *cli, int argc, char **argv)
{
  g_autoptr(GPtrArray) typed = NULL;
  SanId16 record;
  GError *error = NULL;
  int code;

  if (!san_cli_parse (NULL, &argc, &argv, "REC FIELD=VALUE …", 2, G_MAXINT, &code))
    return code;
  typed = san_cli_typed (argv + 2, &error);
  if (typed == NULL)
    return san_cli_fail (error);
  if (!san_cli_open (cli, &code) || !san_cli_record (cli, argv[1], &record, &code))
    return code;
  if (!san_record_set (cli->centre, &record, typed, &error))
    return san_cli_fail (error);
  san_cli_say (cli, _("Saved."));
  return SAN_EXIT_DONE;
}

static void
version_json (JsonBuilder *b, const SanFieldVersion *version)
{
  g_autofree char *text = san_answer_to_plain (version->value);

  san_json_string (b, "value", text);
  san_json_string (b, "type", san_value_type_name (san_value_get_type (version->value)));
  san_json_string (b, "author", version->author);
  san_json_instant (b, "at", version->at_ms);
}

static void
field_json (JsonBuilder *b, const SanFieldRow *row, gboolean history)
{
  json_builder_set_member_name (b, row->field);
  json_builder_begin_object (b);
  version_json (b, g_ptr_array_index (row->versions, 0));
  json_builder_set_member_name (b, "versions");
  if (!history)
    json_builder_add_int_value (b, row->versions->len);
  else
    {
      json_builder_begin_array (b);
      for (guint v = 0; v < row->versions->len; v++)
        {
          const SanFieldVersion *version = g_ptr_array_index (row->versions, v);

          json_builder_begin_object (b);
          version_json (b, version);
          san_json_string (b, "standing", version->standing);
          json_builder_end_object (b);
        }
      json_builder_end_array (b);
    }
  json_builder_end_object (b);
}

static void
score_json (JsonBuilder *b, const SanScoreView *score)
{
  json_builder_set_member_name (b, "score");
  if (score == NULL)
    {
      json_builder_add_null_value (b);
      return;
    }
  json_builder_begin_object (b);
  json_builder_set_member_name (b, "total");
  if (score->has_total)
    json_builder_add_int_value (b, score->total);
  else
    json_builder_add_null_value (b);
  san_json_string (b, "band", score->band);
  json_builder_set_member_name (b, "change");
  if (score->has_change)
    json_builder_add_int_value (b, score->change);
  else
    json_builder_add_null_value (b);
  san_json_string (b, "judged", score->judged);
  san_json_bool (b, "alert", score->alert);
  json_builder_end_object (b);
}

static void
show_json (const SanRecordView *view, const SanScoreView *score, gboolean history)
{
  JsonBuilder *b = json_builder_new ();

  json_builder_begin_object (b);
  san_json_id16 (b, "id", &view->id);
  san_json_id32 (b, "child", &view->dossier);
  san_json_string (b, "form", view->form);
  san_json_string (b, "author", view->author);
  san_json_bool (b, "finished", view->finished);
  san_json_bool (b, "withdrawn", view->withdrawn);
  json_builder_set_member_name (b, "fields");
  json_builder_begin_object (b);
  for (guint i = 0; i < view->fields->len; i++)
    field_json (b, g_ptr_array_index (view->fields, i), history);
  json_builder_end_object (b);
  json_builder_set_member_name (b, "amendments");
  json_builder_begin_array (b);
  for (guint i = 0; i < view->amendments->len; i++)
    {
      json_builder_begin_object (b);
      version_json (b, g_ptr_array_index (view->amendments, i));
      json_builder_end_object (b);
    }
  json_builder_end_array (b);
  score_json (b, score);
  json_builder_end_object (b);
  san_cli_print_json (b);
}

static void
print_field (SanCli *cli, const SanRecordView *view, const SanFieldRow *row, gboolean history)
{
  SanCatalogue *catalogue = san_centre_get_catalogue (cli->centre);
  const SanForm *form = san_catalogue_find_form (catalogue, view->form);
  const SanField *field = form != NULL ? san_form_find_field (form, row->field) : NULL;
  const char *label =
      field != NULL ? san_label_get (field->label, san_cli_language ()) : row->field;

  for (guint v = 0; v < row->versions->len; v++)
    {
      const SanFieldVersion *version = g_ptr_array_index (row->versions, v);
      g_autofree char *text =
          san_answer_to_display (catalogue, field, version->value, san_cli_language (), NULL);
      g_autofree char *when = san_cli_day_text (version->at_ms);

      g_print ("  %-28s %s   (%s, %s%s%s)\n", v == 0 ? label : "", text, version->author, when,
               history ? ", " : "", history ? version->standing : "");
    }
}

static int
show (SanCli *cli, int argc, char **argv)
{
  gboolean history = FALSE;
  g_autoptr(SanRecordView) view = NULL;
  g_autoptr(SanScoreView) score = NULL;
  SanId16 record;
  GError *error = NULL;
  int code;
  GOptionEntry entries[] = {
    { "history", 0, 0, G_OPTION_ARG_NONE, &history, NULL, NULL },
    { NULL }
  };

  if (!san_cli_parse (entries, &argc, &argv, "REC [--history]", 1, 1, &code) ||
      !san_cli_open (cli, &code) || !san_cli_record (cli, argv[1], &record, &code))
    return code;
  view = san_record_get (cli->centre, &record, history, &error);
  if (view == NULL || !san_score_get (cli->centre, &record, &score, &error))
    return san_cli_fail (error);
  if (cli->json)
    {
      show_json (view, score, history);
      return SAN_EXIT_DONE;
    }
  g_print ("%s · %s%s%s\n", view->form, view->author, view->finished ? _(" · finished") : "",
           view->withdrawn ? _(" · withdrawn") : "");
  for (guint i = 0; i < view->fields->len; i++)
    print_field (cli, view, g_ptr_array_index (view->fields, i), history);
  for (guint i = 0; i < view->amendments->len; i++)
    {
      const SanFieldVersion *version = g_ptr_array_index (view->amendments, i);
      g_autofree char *text = san_answer_to_plain (version->value);

      g_print (_("  added later: %s   (%s)\n"), text, version->author);
    }
  if (score != NULL && score->has_total)
    g_print (_("  total %d, %s%s%s\n"), score->total, score->band,
             score->judged != NULL ? ", " : "", score->judged != NULL ? score->judged : "");
  return SAN_EXIT_DONE;
}

static int
finish (SanCli *cli, int argc, char **argv)
{
  SanId16 record;
  GError *error = NULL;
  int code;

  if (!san_cli_parse (NULL, &argc, &argv, "REC", 1, 1, &code) || !san_cli_open (cli, &code) ||
      !san_cli_record (cli, argv[1], &record, &code))
    return code;
  if (!san_record_finish (cli->centre, &record, &error))
    return san_cli_fail (error);
  san_cli_say (cli,
               _("Finished and signed. From now on it takes additions, each with name and date."));
  return SAN_EXIT_DONE;
}

static int
amend (SanCli *cli, int argc, char **argv)
{
  g_autofree char *text = NULL;
  SanId16 record;
  GError *error = NULL;
  int code;
  GOptionEntry entries[] = {
    { "text", 0, 0, G_OPTION_ARG_STRING, &text, NULL, NULL },
    { NULL }
  };

  if (!san_cli_parse (entries, &argc, &argv, "REC --text T", 1, 1, &code))
    return code;
  if (text == NULL)
    return san_cli_usage (_("What should be added? Give --text."));
  if (!san_cli_open (cli, &code) || !san_cli_record (cli, argv[1], &record, &code))
    return code;
  if (!san_record_amend (cli->centre, &record, text, &error))
    return san_cli_fail (error);
  san_cli_say (cli, _("Added."));
  return SAN_EXIT_DONE;
}

static int
withdraw (SanCli *cli, int argc, char **argv)
{
  g_autofree char *reason = NULL;
  SanId16 record;
  GError *error = NULL;
  int code;
  GOptionEntry entries[] = {
    { "reason", 0, 0, G_OPTION_ARG_STRING, &reason, NULL, NULL },
    { NULL }
  };

  if (!san_cli_parse (entries, &argc, &argv, "REC --reason R", 1, 1, &code))
    return code;
  if (reason == NULL)
    return san_cli_usage (_("Withdrawing needs --reason."));
  if (!san_cli_open (cli, &code) || !san_cli_record (cli, argv[1], &record, &code))
    return code;
  if (!san_record_withdraw (cli->centre, &record, reason, &error))
    return san_cli_fail (error);
  san_cli_say (cli, _("Withdrawn. It stays in the history."));
  return SAN_EXIT_DONE;
}

const SanCommand san_record_commands[] = {
  { "record new", new_record, "FORM [--child ID] [--set FIELD=VALUE …]" },
  { "record set", set, "REC FIELD=VALUE …" },
  { "record show", show, "REC [--history]" },
  { "record finish", finish, "REC" },
  { "record amend", amend, "REC --text T" },
  { "record withdraw", withdraw, "REC --reason R" },
  { NULL }
};
