/* due-commands.c - due: what needs someone, overdue first */
#include "san-cli.h"
#include "san-dues.h"
#include <glib/gi18n.h>

static const char *
state_word (const char *state)
{
  if (g_str_equal (state, "overdue"))
    return _("overdue");
  if (g_str_equal (state, "today"))
    return _("today");
  if (g_str_equal (state, "soon"))
    return _("soon");
  return _("later");
}

/* An hour that counts is printed as an instant, a day as a day. */
static char *
at_text (const SanDueItem *row)
{
  SanDate day;

  if (row->exact)
    return san_instant_to_text (&row->at);
  day = san_date_from_instant (&row->at);
  return san_date_to_text (&day);
}

static void
print_json (GPtrArray *rows)
{
  JsonBuilder *b = san_json_begin_list ("due");
  for (guint i = 0; i < rows->len; i++)
    {
      const SanDueItem *row = g_ptr_array_index (rows, i);
      g_autofree char *at = at_text (row);

      json_builder_begin_object (b);
      san_json_id32 (b, "child", &row->child);
      san_json_string (b, "alias", row->alias);
      san_json_string (b, "milestone", row->milestone);
      san_json_string (b, "label", row->label);
      san_json_string (b, "at", at);
      san_json_string (b, "state", row->state);
      san_json_string (b, "role", row->role);
      san_json_string (b, "source", row->source);
      san_json_string (b, "mark", row->mark);
      san_json_id16 (b, "record", &row->record);
      san_json_int (b, "missed", row->missed);
      json_builder_end_object (b);
    }
  san_json_end_list (b);
}

static gboolean
parse_moment (const char *text, gint64 *ms, GError **error)
{
  gint64 now = san_clock_now ();
  SanInstant instant;
  SanDate day;

  if (strchr (text, 'T') != NULL)
    {
      if (!san_instant_from_text (text, san_clock_zone (now), &instant, error))
        return FALSE;
    }
  else
    {
      if (!san_date_from_text (text, &day, error))
        return FALSE;
      instant = san_instant_at_day (day.days, 12 * 60, san_clock_zone (now));
    }
  *ms = instant.ms;
  return TRUE;
}

static int
due (SanCli *cli, int argc, char **argv)
{
  g_autofree char *on = NULL;
  g_autofree char *child_text = NULL;
  g_autofree char *role = NULL;
  g_autoptr(GPtrArray) rows = NULL;
  SanId32 child;
  gint64 now = 0;
  GError *error = NULL;
  int code;
  GOptionEntry entries[] = {
    { "on", 0, 0, G_OPTION_ARG_STRING, &on, NULL, NULL },
    { "child", 0, 0, G_OPTION_ARG_STRING, &child_text, NULL, NULL },
    { "role", 0, 0, G_OPTION_ARG_STRING, &role, NULL, NULL },
    { NULL }
  };

  if (!san_cli_parse (entries, &argc, &argv, "[--on DATE] [--child ID] [--role R]", 0, 0, &code))
    return code;
  if (on != NULL && !parse_moment (on, &now, &error))
    return san_cli_fail (error);
  if (!san_cli_open (cli, &code) ||
      (child_text != NULL && !san_cli_child (cli, child_text, &child, &code)))
    return code;
  rows = san_dues_list (cli->centre, now, child_text != NULL ? &child : NULL, role, &error);
  if (rows == NULL)
    return san_cli_fail (error);
  if (cli->json)
    {
      print_json (rows);
      return SAN_EXIT_DONE;
    }
  if (rows->len == 0)
    g_print (_("Nothing is waiting.\n"));
  for (guint i = 0; i < rows->len; i++)
    {
      const SanDueItem *row = g_ptr_array_index (rows, i);
      g_autofree char *at = at_text (row);

      g_print ("%-8s %-26s %-12s %s (%s)\n", state_word (row->state), at, row->alias, row->label,
               row->role);
    }
  return SAN_EXIT_DONE;
}

const SanCommand san_due_commands[] = {
  { "due", due, "[--on DATE] [--child ID] [--role R]" },
  { NULL }
};
