/* san-cli.c - what every subcommand shares: opening, secrets, options, sentences */
#include "san-cli.h"
#include "san-sentences.h"
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <fcntl.h>
#include <termios.h>
#include <unistd.h>

#define SECRET_LIMIT 1024

/* Reads one line of at most SECRET_LIMIT bytes straight into locked memory. */
static SanSecret *
read_line (int fd, GError **error)
{
  g_autoptr(SanSecret) line = san_secret_new (SECRET_LIMIT);
  guint8 *at = san_secret_get_mutable (line);
  gsize n = 0;

  while (n < SECRET_LIMIT)
    {
      ssize_t got = read (fd, at + n, 1);

      if (got < 0)
        {
          san_error_set_errno (error, errno, "reading the passphrase");
          return NULL;
        }
      if (got == 0 || at[n] == '\n')
        break;
      n++;
    }
  if (n > 0 && at[n - 1] == '\r')
    n--;
  if (n == 0 || n == SECRET_LIMIT)
    {
      g_set_error_literal (error, SAN_ERROR, SAN_ERROR_INVALID,
                           n == 0 ? "the passphrase is empty" : "the passphrase is too long");
      return NULL;
    }
  return san_secret_new_copy (at, n);
}

static SanSecret *
ask_terminal (const char *prompt, GError **error)
{
  struct termios before, quiet;
  SanSecret *line;
  int tty = open ("/dev/tty", O_RDWR | O_CLOEXEC);

  if (tty < 0 || tcgetattr (tty, &before) != 0)
    {
      if (tty >= 0)
        close (tty);
      g_set_error_literal (error, SAN_ERROR, SAN_ERROR_INVALID,
                           "no terminal to ask on: use --passphrase-file");
      return NULL;
    }
  quiet = before;
  quiet.c_lflag &= ~(tcflag_t) ECHO;
  tcsetattr (tty, TCSAFLUSH, &quiet);
  if (write (tty, prompt, strlen (prompt)) < 0 || write (tty, " ", 1) < 0)
    g_debug ("the terminal did not take the prompt");
  line = read_line (tty, error);
  tcsetattr (tty, TCSAFLUSH, &before);
  if (write (tty, "\n", 1) < 0)
    g_debug ("the terminal did not take the line end");
  close (tty);
  return line;
}

SanSecret *
san_cli_read_secret (const char *file, const char *prompt, GError **error)
{
  SanSecret *line;
  int fd;

  if (file == NULL)
    return ask_terminal (prompt, error);
  if (g_str_equal (file, "-"))
    return read_line (STDIN_FILENO, error);
  fd = g_open (file, O_RDONLY | O_CLOEXEC, 0);
  if (fd < 0)
    {
      san_error_set_errno (error, errno, file);
      return NULL;
    }
  line = read_line (fd, error);
  close (fd);
  return line;
}

/* What happened at unlock that a person should know, on standard error. */
static void
say_notices (SanCli *cli)
{
  g_autoptr(GPtrArray) notices = san_centre_take_notices (cli->centre);
  gint64 last_known = 0;

  for (guint i = 0; i < notices->len; i++)
    {
      const char *code = g_ptr_array_index (notices, i);

      if (g_str_equal (code, "clock-doubtful") &&
          san_centre_get_clock_doubtful (cli->centre, &last_known))
        {
          g_autofree char *now = san_cli_day_text (san_clock_now ());
          g_autofree char *then = san_cli_day_text (last_known);

          g_printerr (_("This laptop says %s, the last note says %s. Set the date, or go on: "
                        "notes stay in order either way.\n"), now, then);
          g_printerr (_("If %s is right, say so: sanrakshan-cli device clock --confirm\n"), now);
        }
      else if (g_str_equal (code, "disk-full"))
        g_printerr (_("There is no space left on this laptop. Everything can be read; nothing can "
                       "be saved.\n"));
      else if (g_str_equal (code, "new-journal"))
        g_printerr (
            _("This store was restored, copied or turned back: it goes on under a new number. "
               "Nothing needs to be done.\n"));
    }
  if (!san_secret_is_locked ())
    g_printerr (_("Memory could not be locked on this laptop: keys may reach its swap space.\n"));
}

const char *
san_cli_language (void)
{
  const char *first = g_get_language_names ()[0];

  return g_str_equal (first, "C") || g_str_has_prefix (first, "C.") ? NULL : first;
}

gboolean
san_cli_open (SanCli *cli, int *code)
{
  g_autoptr(GError) error = NULL;

  if (cli->passphrase == NULL)
    cli->passphrase = san_cli_read_secret (cli->passphrase_file, _("Passphrase:"), &error);
  if (cli->passphrase != NULL)
    cli->centre = san_centre_unlock (&cli->where, cli->staff, cli->passphrase, NULL, &error);
  if (cli->centre == NULL)
    {
      *code = san_cli_fail (g_steal_pointer (&error));
      return FALSE;
    }
  san_centre_set_language (cli->centre, san_cli_language ());
  say_notices (cli);
  return TRUE;
}

int
san_cli_fail (GError *error)
{
  g_autofree char *sentence = san_sentence_for_error (error);
  int code = san_exit_for_error (error);

  g_printerr ("%s\n", sentence);
  g_error_free (error);
  return code;
}

int
san_cli_usage (const char *format, ...)
{
  g_autofree char *text = NULL;
  g_autofree char *shown = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  shown = san_sentence_shorten (text);
  g_printerr ("%s\n", shown);
  return SAN_EXIT_USAGE;
}

int
san_cli_bad_option (const GError *error, const char *name, const char *usage)
{
  if (g_error_matches (error, G_CONVERT_ERROR, G_CONVERT_ERROR_ILLEGAL_SEQUENCE))
    return san_cli_usage (_("An answer in \"%s\" is not text in UTF-8. Nothing was changed. "
                            "Write it again, or put it into a file and give FIELD=@FILE."), name);
  return san_cli_usage (_("%s. Usage: %s %s"), error->message, name, usage);
}

gboolean
san_cli_parse (GOptionEntry *entries, int *argc, char ***argv, const char *usage,
               int min_args, int max_args, int *code)
{
  g_autoptr(GOptionContext) context = g_option_context_new (usage);
  g_autoptr(GError) error = NULL;

  if (entries != NULL)
    g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, argc, argv, &error))
    {
      *code = san_cli_bad_option (error, (*argv)[0], usage);
      return FALSE;
    }
  if (*argc - 1 < min_args || *argc - 1 > max_args)
    {
      *code = san_cli_usage (_("Usage: %s %s"), (*argv)[0], usage);
      return FALSE;
    }
  return TRUE;
}

void
san_cli_print_json (JsonBuilder *builder)
{
  g_autoptr(JsonGenerator) generator = json_generator_new ();
  g_autoptr(JsonNode) root = json_builder_get_root (builder);
  g_autofree char *text = NULL;

  json_generator_set_pretty (generator, TRUE);
  json_generator_set_root (generator, root);
  text = json_generator_to_data (generator, NULL);
  g_print ("%s\n", text);
  g_object_unref (builder);
}

void
san_cli_say (SanCli *cli, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  if (cli->json)
    return;
  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  g_print ("%s\n", text);
}

/* What a file says, if it is text and no longer than an answer may be; *text stays NULL if not. */
static gboolean
read_text (const char *path, char **text, GError **error)
{
  g_autofree char *bytes = g_malloc (SAN_VALUE_LIMIT + 1);
  gsize n = 0;
  ssize_t got = 1;
  int fd = g_open (path, O_RDONLY | O_CLOEXEC | O_NOCTTY, 0);
  int errsv = errno;

  while (fd >= 0 && got > 0 && n <= SAN_VALUE_LIMIT)
    {
      got = read (fd, bytes + n, SAN_VALUE_LIMIT + 1 - n);
      errsv = errno;
      n += got > 0 ? (gsize) got : 0;
    }
  if (fd >= 0)
    close (fd);
  if (fd < 0 || got < 0)
    {
      san_error_set_errno (error, errsv, path);
      g_prefix_error_literal (error, "reading a value: ");
      return FALSE;
    }
  if (n <= SAN_VALUE_LIMIT && g_utf8_validate_len (bytes, n, NULL))
    *text = g_strchomp (g_strndup (bytes, n));
  return TRUE;
}

/* A value that begins with @ is a file: its text for most fields, itself for an attachment. */
static gboolean
add_typed (GPtrArray *list, const char *field, const char *value, GError **error)
{
  g_autofree char *text = NULL;

  if (value[0] != '@')
    {
      san_typed_list_add (list, field, value);
      return TRUE;
    }
  if (!read_text (value + 1, &text, error))
    return FALSE;
  san_typed_list_add_file (list, field, value + 1, text);
  return TRUE;
}

GPtrArray *
san_cli_typed (char **settings, GError **error)
{
  g_autoptr(GPtrArray) list = san_typed_list_new ();

  for (guint i = 0; settings != NULL && settings[i] != NULL; i++)
    {
      const char *equals = strchr (settings[i], '=');
      g_autofree char *field = NULL;

      if (equals == NULL || equals == settings[i])
        {
          g_set_error (error, SAN_ERROR, SAN_ERROR_INVALID,
                       "\"%s\" is not of the form FIELD=VALUE", settings[i]);
          return NULL;
        }
      field = g_strndup (settings[i], (gsize) (equals - settings[i]));
      if (!add_typed (list, field, equals + 1, error))
        return NULL;
    }
  return g_steal_pointer (&list);
}

char *
san_cli_day_text (gint64 ms)
{
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc (ms / 1000);
  g_autoptr(GDateTime) local = utc != NULL ? g_date_time_to_local (utc) : NULL;

  return local != NULL ? g_date_time_format (local, "%a %-d %b %Y %H:%M") : g_strdup ("?");
}

gboolean
san_cli_child (SanCli *cli, const char *text, SanId32 *out, int *code)
{
  GError *error = NULL;

  if (san_child_find (cli->centre, text, out, &error))
    return TRUE;
  *code = san_cli_fail (error);
  return FALSE;
}

gboolean
san_cli_record (SanCli *cli, const char *text, SanId16 *out, int *code)
{
  GError *error = NULL;

  if (san_record_match (cli->centre, text, out, &error))
    return TRUE;
  *code = san_cli_fail (error);
  return FALSE;
}

JsonBuilder *
san_json_begin_list (const char *key)
{
  JsonBuilder *b = json_builder_new ();

  json_builder_begin_object (b);
  json_builder_set_member_name (b, key);
  json_builder_begin_array (b);
  return b;
}

void
san_json_end_list (JsonBuilder *b)
{
  json_builder_end_array (b);
  json_builder_end_object (b);
  san_cli_print_json (b);
}

void
san_json_string (JsonBuilder *b, const char *key, const char *value)
{
  json_builder_set_member_name (b, key);
  if (value != NULL)
    json_builder_add_string_value (b, value);
  else
    json_builder_add_null_value (b);
}

void
san_json_int (JsonBuilder *b, const char *key, gint64 value)
{
  json_builder_set_member_name (b, key);
  json_builder_add_int_value (b, value);
}

void
san_json_bool (JsonBuilder *b, const char *key, gboolean value)
{
  json_builder_set_member_name (b, key);
  json_builder_add_boolean_value (b, value);
}

void
san_json_id16 (JsonBuilder *b, const char *key, const SanId16 *id)
{
  g_autofree char *text = san_id16_is_zero (id) ? NULL : san_id16_to_text (id);

  san_json_string (b, key, text);
}

void
san_json_id32 (JsonBuilder *b, const char *key, const SanId32 *id)
{
  g_autofree char *text = san_id32_is_zero (id) ? NULL : san_id32_to_text (id);

  san_json_string (b, key, text);
}

void
san_json_instant (JsonBuilder *b, const char *key, gint64 ms)
{
  SanInstant instant = { ms, san_clock_zone (ms) };
  g_autofree char *text = san_instant_to_text (&instant);

  san_json_string (b, key, text);
}

int
san_cli_list (SanCli *cli, int argc, char **argv, const SanCliList *about)
{
  g_autoptr(GPtrArray) rows = NULL;
  JsonBuilder *b = NULL;
  GError *error = NULL;
  int code;

  if (!san_cli_parse (NULL, &argc, &argv, "", 0, 0, &code) || !san_cli_open (cli, &code))
    return code;
  rows = about->list (cli->centre, &error);
  if (rows == NULL)
    return san_cli_fail (error);
  if (cli->json)
    b = san_json_begin_list (about->key);
  else if (rows->len == 0 && about->nothing != NULL)
    g_print ("%s", _(about->nothing));
  for (guint i = 0; i < rows->len; i++)
    about->show (b, g_ptr_array_index (rows, i));
  if (b != NULL)
    san_json_end_list (b);
  return SAN_EXIT_DONE;
}
