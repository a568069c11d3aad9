/* share-commands.c - share, share pending, share confirm; offer list, accept, decline */
#include "san-cli.h"
#include "san-partners.h"
#include <glib/gi18n.h>

#define SHARE_ARGS \
  "CHILD --to CENTRE --reason R --basis B --told yes|no --said W [--compartments C,…] " \
  "[--read-only] [--no-history]"

static gboolean
parse_compartments (char **names, guint *mask)
{
  *mask = 0;
  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    {
      g_auto(GStrv) parts = g_strsplit (names[i], ",", -1);

      for (guint p = 0; parts[p] != NULL; p++)
        {
          int compartment = san_compartment_from_name (parts[p]);

          if (compartment < 0)
            return FALSE;
          *mask |= 1u << compartment;
        }
    }
  return TRUE;
}

static int
share (SanCli *cli, int argc, char **argv)
{
  g_autofree char *to = NULL;
  g_auto(GStrv) names = NULL;
  g_autofree char *reason = NULL, *basis = NULL, *told = NULL, *said = NULL;
  g_autoptr(GPtrArray) why = NULL;
  SanShareOrder order = { 0 };
  gboolean no_history = FALSE;
  guint pending = 0;
  SanId32 child;
  SanId32 id;
  SanId16 note;
  GError *error = NULL;
  int code;
  GOptionEntry entries[] = {
    { "to", 0, 0, G_OPTION_ARG_STRING, &to, NULL, NULL },
    { "compartments", 0, 0, G_OPTION_ARG_STRING_ARRAY, &names, NULL, NULL },
    { "read-only", 0, 0, G_OPTION_ARG_NONE, &order.read_only, NULL, NULL },
    { "no-history", 0, 0, G_OPTION_ARG_NONE, &no_history, NULL, NULL },
    { "reason", 0, 0, G_OPTION_ARG_STRING, &reason, NULL, NULL },
    { "basis", 0, 0, G_OPTION_ARG_STRING, &basis, NULL, NULL },
    { "told", 0, 0, G_OPTION_ARG_STRING, &told, NULL, NULL },
    { "said", 0, 0, G_OPTION_ARG_STRING, &said, NULL, NULL },
    { NULL }
  };

  if (!san_cli_parse (entries, &argc, &argv, SHARE_ARGS, 1, 1, &code))
    return code;
  if (to == NULL || !parse_compartments (names, &order.compartments))
    return san_cli_usage (_ (
        "Sharing needs --to CENTRE; --compartments takes house, case, clinical, medical, legal."));
  if (reason == NULL || basis == NULL || told == NULL || said == NULL)
    return san_cli_usage (_ ("Sharing needs --reason, --basis (order, permission, parent, duty or "
                             "other), --told yes or no, and --said: what the child said."));
  if (!san_cli_open (cli, &code) || !san_cli_child (cli, argv[1], &child, &code))
    return code;
  order.to = to;
  order.history = !no_history;
  why = san_share_why_new (reason, basis, told, said);
  order.why = why;
  if (!san_share (cli->centre, &child, &order, &id, &note, &pending, &error))
    return san_cli_fail (error);
  if (cli->json)
    {
      JsonBuilder *b = json_builder_new ();

      json_builder_begin_object (b);
      san_json_id32 (b, "id", &id);
      san_json_id16 (b, "record", &note);
      san_json_int (b, "pending", pending);
      json_builder_end_object (b);
      san_cli_print_json (b);
      return SAN_EXIT_DONE;
    }
  g_print (_("Shared with %s. It travels with the next exchange.\n"), to);
  if (pending > 0)
    g_print (ngettext ("%u part waits for somebody who can read it (\"share pending\").\n",
                       "%u parts wait for somebody who can read them (\"share pending\").\n",
                       pending),
             pending);
  return SAN_EXIT_DONE;
}

static void
show_pending (JsonBuilder *b, gconstpointer data)
{
  const SanPendingShare *row = data;
  g_autofree char *id = san_id32_to_text (&row->id);

  if (b == NULL)
    {
      g_print (_("%.12s  %s of %s, to %s\n"), id, san_compartment_get_name (row->compartment),
               row->alias, row->to_label);
      return;
    }
  json_builder_begin_object (b);
  san_json_string (b, "id", id);
  san_json_id32 (b, "child", &row->child);
  san_json_string (b, "compartment", san_compartment_get_name (row->compartment));
  san_json_string (b, "to", row->to_label);
  json_builder_end_object (b);
}

static int
pending_list (SanCli *cli, int argc, char **argv)
{
  static const SanCliList list = { "pending", san_share_list_pending, show_pending, NULL };

  return san_cli_list (cli, argc, argv, &list);
}

static int
confirm (SanCli *cli, int argc, char **argv)
{
  GError *error = NULL;
  int code;

  if (!san_cli_parse (NULL, &argc, &argv, "ID", 1, 1, &code) || !san_cli_open (cli, &code))
    return code;
  if (!san_share_confirm (cli->centre, argv[1], &error))
    return san_cli_fail (error);
  san_cli_say (cli, _("Confirmed. It travels with the next exchange."));
  return SAN_EXIT_DONE;
}

static void
show_offer (JsonBuilder *b, gconstpointer data)
{
  const SanOfferRow *row = data;
  g_autofree char *id = san_id32_to_text (&row->id);

  if (b == NULL)
    {
      g_print (_("%.12s  from %s: %s\n"), id, row->from_label,
               row->alias != NULL ? row->alias : "");
      return;
    }
  json_builder_begin_object (b);
  san_json_string (b, "id", id);
  san_json_string (b, "from", row->from_label);
  san_json_string (b, "kind", row->kind);
  san_json_string (b, "alias", row->alias);
  json_builder_end_object (b);
}

static int
offer_list (SanCli *cli, int argc, char **argv)
{
  static const SanCliList list = { "offers", san_offer_list, show_offer,
                                   N_("No centre has offered anything.\n") };

  return san_cli_list (cli, argc, argv, &list);
}

static int
offer_accept (SanCli *cli, int argc, char **argv)
{
  GError *error = NULL;
  int code;

  if (!san_cli_parse (NULL, &argc, &argv, "ID", 1, 1, &code) || !san_cli_open (cli, &code))
    return code;
  if (!san_offer_answer (cli->centre, argv[1], TRUE, NULL, &error))
    return san_cli_fail (error);
  san_cli_say (cli, _("Accepted. She stands among your children now."));
  return SAN_EXIT_DONE;
}

static int
offer_decline (SanCli *cli, int argc, char **argv)
{
  g_autofree char *reason = NULL;
  GError *error = NULL;
  int code;
  GOptionEntry entries[] = {
    { "reason", 0, 0, G_OPTION_ARG_STRING, &reason, NULL, NULL },
    { NULL }
  };

  if (!san_cli_parse (entries, &argc, &argv, "ID --reason R", 1, 1, &code))
    return code;
  if (reason == NULL)
    return san_cli_usage (_("Declining needs --reason."));
  if (!san_cli_open (cli, &code))
    return code;
  if (!san_offer_answer (cli->centre, argv[1], FALSE, reason, &error))
    return san_cli_fail (error);
  san_cli_say (cli, _("Declined. Nothing of it is shown here."));
  return SAN_EXIT_DONE;
}

const SanCommand san_share_commands[] = {
  { "share pending", pending_list, "" },
  { "share confirm", confirm, "ID" },
  { "share", share, SHARE_ARGS },
  { NULL }
};
const SanCommand san_offer_commands[] = {
  { "offer list", offer_list, "" },
  { "offer accept", offer_accept, "ID" },
  { "offer decline", offer_decline, "ID --reason R" },
  { NULL }
};
