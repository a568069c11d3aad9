/* staff-commands.c - staff add, slip, list, grant, remove, passphrase, recover; device list,
 * revoke, clock */
#include "san-cli.h"
#include "san-new-code.h"
#include "san-staff.h"
#include <glib/gi18n.h>

static int
report_slip (SanCli *cli, const char *name, const SanId16 *staff, const SanSecret *slip)
{
  const char *words = (const char *) san_secret_get_data (slip);

  if (cli->json)
    {
      JsonBuilder *b = json_builder_new ();

      json_builder_begin_object (b);
      san_json_id16 (b, "id", staff);
      san_json_string (b, "slip", words);
      json_builder_end_object (b);
      san_cli_print_json (b);
      return SAN_EXIT_DONE;
    }
  g_print (_("Slip for %s, good once: %s\n"
             "With it she chooses her own passphrase (\"staff passphrase\").\n"), name, words);
  return SAN_EXIT_DONE;
}

static int
add (SanCli *cli, int argc, char **argv)
{
  g_autofree char *role = NULL;
  g_autofree char *language = NULL;
  g_autoptr(SanSecret) slip = NULL;
  SanId16 staff;
  GError *error = NULL;
  int code;
  GOptionEntry entries[] = {
    { "role", 0, 0, G_OPTION_ARG_STRING, &role, NULL, NULL },
    { "language", 0, 0, G_OPTION_ARG_STRING, &language, NULL, NULL },
    { NULL }
  };

  if (!san_cli_parse (entries, &argc, &argv, "NAME --role R", 1, 1, &code))
    return code;
  if (role == NULL)
    return san_cli_usage (_("Adding a person needs --role."));
  if (!san_cli_open (cli, &code))
    return code;
  slip = san_staff_add (cli->centre, argv[1], role, language != NULL ? language : "en", &staff,
                        &error);
  if (slip == NULL)
    return san_cli_fail (error);
  return report_slip (cli, argv[1], &staff, slip);
}

static const SanStaffRow *
find_row (GPtrArray *rows, const char *name)
{
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    if (g_strcmp0 (((SanStaffRow *) g_ptr_array_index (rows, i))->name, name) == 0)
      return g_ptr_array_index (rows, i);
  return NULL;
}

static int
slip (SanCli *cli, int argc, char **argv)
{
  g_autoptr(SanSecret) words = NULL;
  g_autoptr(GPtrArray) rows = NULL;
  const SanStaffRow *row;
  GError *error = NULL;
  int code;

  if (!san_cli_parse (NULL, &argc, &argv, "NAME", 1, 1, &code) || !san_cli_open (cli, &code))
    return code;
  words = san_staff_slip (cli->centre, argv[1], &error);
  if (words == NULL)
    return san_cli_fail (error);
  rows = san_staff_list (cli->centre, NULL);
  row = find_row (rows, argv[1]);
  return report_slip (cli, argv[1], row != NULL ? &row->id : &san_id16_zero, words);
}

static void
list_json (GPtrArray *rows)
{
  JsonBuilder *b = san_json_begin_list ("staff");
  for (guint i = 0; i < rows->len; i++)
    {
      const SanStaffRow *row = g_ptr_array_index (rows, i);

      json_builder_begin_object (b);
      san_json_id16 (b, "id", &row->id);
      san_json_string (b, "name", row->name);
      san_json_string (b, "role", row->role);
      san_json_id16 (b, "device", &row->device);
      san_json_string (b, "number", row->number);
      json_builder_set_member_name (b, "rings");
      json_builder_begin_array (b);
      for (guint c = 0; c < SAN_N_COMPARTMENTS; c++)
        if (row->rings & (1u << c))
          json_builder_add_string_value (b, san_compartment_get_name (c));
      json_builder_end_array (b);
      san_json_string (b, "state", row->state);
      san_json_bool (b, "same-slip", row->same_slip);
      json_builder_end_object (b);
    }
  san_json_end_list (b);
}

static int
list (SanCli *cli, int argc, char **argv)
{
  g_autoptr(GPtrArray) rows = NULL;
  GError *error = NULL;
  int code;

  if (!san_cli_parse (NULL, &argc, &argv, "", 0, 0, &code) || !san_cli_open (cli, &code))
    return code;
  rows = san_staff_list (cli->centre, &error);
  if (rows == NULL)
    return san_cli_fail (error);
  if (cli->json)
    {
      list_json (rows);
      return SAN_EXIT_DONE;
    }
  for (guint i = 0; i < rows->len; i++)
    {
      const SanStaffRow *row = g_ptr_array_index (rows, i);
      g_autofree char *device = san_id16_to_text (&row->device);

      g_print ("%-16s %-24s %.8s  %s  %s%s\n", row->name, row->role, device, row->number,
               row->state, row->same_slip ? _(", made with a slip that was used twice") : "");
    }
  return SAN_EXIT_DONE;
}

static int
grant (SanCli *cli, int argc, char **argv)
{
  g_autofree char *number = NULL;
  g_autofree char *recovery_file = NULL;
  g_autoptr(SanSecret) recovery = NULL;
  int compartment;
  GError *error = NULL;
  int code;
  GOptionEntry entries[] = {
    { "number", 0, 0, G_OPTION_ARG_STRING, &number, NULL, NULL },
    { "recovery-file", 0, 0, G_OPTION_ARG_FILENAME, &recovery_file, NULL, NULL },
    { NULL }
  };

  if (!san_cli_parse (entries, &argc, &argv, "NAME COMPARTMENT --number N", 2, 2, &code))
    return code;
  compartment = san_compartment_from_name (argv[2]);
  if (number == NULL || compartment < 0)
    return san_cli_usage (
        _("Granting needs a compartment (house, case, clinical, medical, legal, staff) "
           "and --number, compared face to face."));
  if (recovery_file != NULL)
    {
      recovery = san_cli_read_secret (recovery_file, _("Recovery code:"), &error);
      if (recovery == NULL)
        return san_cli_fail (error);
    }
  if (!san_cli_open (cli, &code))
    return code;
  if (!san_staff_grant (cli->centre, argv[1], (SanCompartment) compartment, number, recovery,
                        &error))
    return san_cli_fail (error);
  san_cli_say (cli, _("%s can now read: %s."), argv[1], argv[2]);
  return SAN_EXIT_DONE;
}

static int
remove_person (SanCli *cli, int argc, char **argv)
{
  g_autofree char *reason = NULL;
  GError *error = NULL;
  int code;
  GOptionEntry entries[] = {
    { "reason", 0, 0, G_OPTION_ARG_STRING, &reason, NULL, NULL },
    { NULL }
  };

  if (!san_cli_parse (entries, &argc, &argv, "NAME --reason R", 1, 1, &code))
    return code;
  if (reason == NULL)
    return san_cli_usage (_("Removing a person needs --reason (left, role, lost, stolen, other)."));
  if (!san_cli_open (cli, &code))
    return code;
  if (!san_staff_remove (cli->centre, argv[1], reason, &error))
    return san_cli_fail (error);
  san_cli_say (cli,
               _("%s is removed. What she had read until now cannot be unread; from here on she "
                  "gets nothing."),
               argv[1]);
  return SAN_EXIT_DONE;
}

typedef enum { NO_SLIP, SLIP, PERHAPS_SLIP } IsSlip;

/* Whether the present passphrase is a slip's; where names are not shown only opening tells. */
static gboolean
find_slip (SanCli *cli, IsSlip *out, GError **error)
{
  g_autoptr(GPtrArray) logins = san_centre_list_logins (&cli->where, error);

  *out = NO_SLIP;
  for (guint i = 0; logins != NULL && i < logins->len; i++)
    {
      const SanLoginName *login = g_ptr_array_index (logins, i);

      if (login->is_slip && g_strcmp0 (login->name, cli->staff) == 0)
        *out = SLIP;
      else if (login->is_slip && login->name[0] == '\0' && *out == NO_SLIP)
        *out = PERHAPS_SLIP;
    }
  return logins != NULL;
}

static gboolean
use_slip (SanCli *cli, IsSlip is_slip, const SanSecret *fresh, GError **error)
{
  g_autoptr(GError) local = NULL;

  if (is_slip == NO_SLIP)
    return TRUE;
  cli->centre = san_centre_unlock_slip (&cli->where, cli->staff, cli->passphrase, fresh, &local);
  if (cli->centre != NULL ||
      (is_slip == PERHAPS_SLIP && g_error_matches (local, SAN_ERROR, SAN_ERROR_ALREADY)))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static int
set_passphrase (SanCli *cli, int argc, char **argv)
{
  g_autofree char *new_file = NULL;
  g_autoptr(SanSecret) fresh = NULL;
  IsSlip is_slip;
  GError *error = NULL;
  int code;
  GOptionEntry entries[] = {
    { "new-passphrase-file", 0, 0, G_OPTION_ARG_FILENAME, &new_file, NULL, NULL },
    { NULL }
  };

  if (!san_cli_parse (entries, &argc, &argv, "[--new-passphrase-file F]", 0, 0, &code))
    return code;
  if (!find_slip (cli, &is_slip, &error))
    return san_cli_fail (error);
  cli->passphrase =
      san_cli_read_secret (cli->passphrase_file, _("Present passphrase or slip:"), &error);
  if (cli->passphrase != NULL)
    fresh = san_cli_read_secret (new_file, _("New passphrase:"), &error);
  if (fresh == NULL || !use_slip (cli, is_slip, fresh, &error))
    return san_cli_fail (error);
  if (cli->centre != NULL)
    {
      san_cli_say (cli, _("Welcome. Your own passphrase is set; the slip is used up."));
      return SAN_EXIT_DONE;
    }
  if (!san_cli_open (cli, &code))
    return code;
  if (!san_staff_set_passphrase (cli->centre, cli->passphrase, fresh, &error))
    return san_cli_fail (error);
  san_cli_say (cli, _("Your passphrase is changed."));
  return SAN_EXIT_DONE;
}

/* The new code is on paper, or in its file, before anything is changed. */
static gboolean
recover_with (SanCli *cli, const SanSecret *recovery, const char *new_file, GError **error)
{
  g_autoptr(SanSecret) fresh =
      san_staff_begin_recovery (&cli->where, cli->staff, recovery, cli->passphrase, NULL, error);

  if (fresh == NULL || !san_new_code_hand_over (cli, fresh, new_file, error))
    return FALSE;
  cli->centre =
      san_staff_recover (&cli->where, cli->staff, recovery, cli->passphrase, fresh, error);
  if (cli->centre == NULL)
    g_printerr ("%s\n", _("Keep both recovery codes until one of them has opened this laptop."));
  return cli->centre != NULL;
}

static int
recover (SanCli *cli, int argc, char **argv)
{
  g_autofree char *recovery_file = NULL;
  g_autofree char *new_file = NULL;
  g_autoptr(SanSecret) recovery = NULL;
  GError *error = NULL;
  int code;
  GOptionEntry entries[] = {
    { "recovery-file", 0, 0, G_OPTION_ARG_FILENAME, &recovery_file, NULL, NULL },
    { "new-recovery-file", 0, 0, G_OPTION_ARG_FILENAME, &new_file, NULL, NULL },
    { NULL }
  };

  if (!san_cli_parse (entries, &argc, &argv, "--recovery-file F [--new-recovery-file F2]", 0, 0,
                      &code))
    return code;
  if (!san_new_code_path_is_free (new_file, &error))
    return san_cli_fail (error);
  recovery = san_cli_read_secret (recovery_file, _("Recovery code:"), &error);
  if (recovery != NULL)
    cli->passphrase = san_cli_read_secret (cli->passphrase_file, _("New passphrase:"), &error);
  if (cli->passphrase == NULL || !recover_with (cli, recovery, new_file, &error))
    return san_cli_fail (error);
  san_cli_say (
      cli, _("The recovery code was used: everybody will see it. Your new passphrase is set."));
  if (new_file != NULL)
    san_cli_say (cli,
                 _("The recovery code is in %s. Put it on paper, into a sealed envelope, and "
                    "delete the file."),
                 new_file);
  san_cli_say (cli, _("Make a backup now: those from before open with the old code only."));
  return SAN_EXIT_DONE;
}

static void
show_device (JsonBuilder *b, gconstpointer data)
{
  const SanDeviceRow *row = data;
  g_autofree char *id = san_id16_to_text (&row->id);

  if (b == NULL)
    {
      g_print ("%s  %s%s%s\n", id, row->state, row->is_mine ? _(", this laptop") : "",
               row->exists_twice ? _(", exists twice") : "");
      return;
    }
  json_builder_begin_object (b);
  san_json_string (b, "id", id);
  san_json_string (b, "state", row->state);
  san_json_bool (b, "this", row->is_mine);
  san_json_int (b, "seats", row->n_seats);
  san_json_bool (b, "twice", row->exists_twice);
  json_builder_end_object (b);
}

static int
device_list (SanCli *cli, int argc, char **argv)
{
  static const SanCliList list = { "devices", san_device_list, show_device, NULL };

  return san_cli_list (cli, argc, argv, &list);
}

static int
device_revoke (SanCli *cli, int argc, char **argv)
{
  g_autofree char *reason = NULL;
  GError *error = NULL;
  int code;
  GOptionEntry entries[] = {
    { "reason", 0, 0, G_OPTION_ARG_STRING, &reason, NULL, NULL },
    { NULL }
  };

  if (!san_cli_parse (entries, &argc, &argv, "ID --reason R", 1, 1, &code) ||
      !san_cli_open (cli, &code))
    return code;
  if (!san_device_revoke (cli->centre, argv[1], reason != NULL ? reason : "other", &error))
    return san_cli_fail (error);
  san_cli_say (cli, _("That laptop is removed. It gets nothing more from here."));
  return SAN_EXIT_DONE;
}

/* A doubt is told when the store opens. */
static int
device_clock (SanCli *cli, int argc, char **argv)
{
  g_autofree char *today = san_cli_day_text (san_clock_now ());
  gboolean confirm = FALSE, doubtful;
  gint64 last_known = 0;
  GError *error = NULL;
  int code;
  GOptionEntry entries[] = {
    { "confirm", 0, 0, G_OPTION_ARG_NONE, &confirm, NULL, NULL },
    { NULL }
  };

  if (!san_cli_parse (entries, &argc, &argv, "[--confirm]", 0, 0, &code) ||
      !san_cli_open (cli, &code))
    return code;
  if (confirm && !san_centre_confirm_clock (cli->centre, &error))
    return san_cli_fail (error);
  doubtful = san_centre_get_clock_doubtful (cli->centre, &last_known);
  if (cli->json)
    {
      JsonBuilder *b = json_builder_new ();

      json_builder_begin_object (b);
      san_json_instant (b, "now", san_clock_now ());
      san_json_bool (b, "doubtful", doubtful);
      json_builder_end_object (b);
      san_cli_print_json (b);
    }
  else if (confirm)
    san_cli_say (cli,
                 _("This laptop's date is right: that was said, and it is believed from now on."));
  else if (!doubtful)
    g_print (_("This laptop says %s, and nothing speaks against it.\n"), today);
  return SAN_EXIT_DONE;
}

const SanCommand san_staff_commands[] = {
  { "staff add", add, "NAME --role R [--language L]" },
  { "staff slip", slip, "NAME" },
  { "staff list", list, "" },
  { "staff grant", grant, "NAME COMPARTMENT --number N [--recovery-file F]" },
  { "staff remove", remove_person, "NAME --reason R" },
  { "staff passphrase", set_passphrase, "[--new-passphrase-file F]" },
  { "staff recover", recover, "--recovery-file F [--new-recovery-file F2]" },
  { "device list", device_list, "" },
  { "device revoke", device_revoke, "ID [--reason R]" },
  { "device clock", device_clock, "[--confirm]" },
  { NULL }
};
