/* san-new-code.c - a recovery code on its way to paper: to a file, or shown and typed back */
#include "san-new-code.h"
#include "san-file.h"
#include "san-staff.h"
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define TRIES 3u

gboolean
san_new_code_path_is_free (const char *path, GError **error)
{
  if (path == NULL || !g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;
  g_set_error (error, SAN_ERROR, SAN_ERROR_REFUSED, "%s exists already", path);
  return FALSE;
}

static gsize
length_of (const SanSecret *text)
{
  gsize n = san_secret_get_size (text);

  return n > 0 && san_secret_get_data (text)[n - 1] == 0 ? n - 1 : n;
}

gboolean
san_new_code_write (const char *path, const SanSecret *code, GError **error)
{
  int fd = g_open (path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  gboolean ok;

  if (fd < 0)
    return san_error_set_errno (error, errno, path);
  ok = san_file_write_all (fd, san_secret_get_data (code), length_of (code), error) &&
       san_file_write_all (fd, "\n", 1, error);
  if (fsync (fd) != 0)
    ok = ok && san_error_set_errno (error, errno, path);
  close (fd);
  return ok;
}

static gboolean
say (int fd, const char *text, GError **error)
{
  return san_file_write_all (fd, text, strlen (text), error);
}

static gboolean
show (int fd, const SanSecret *code, GError **error)
{
  return say (fd, _("The new recovery code:"), error) && say (fd, "\n\n    ", error) &&
         san_file_write_all (fd, san_secret_get_data (code), length_of (code), error) &&
         say (fd, "\n\n", error) &&
         say (fd,
              _("Write it by hand, put it in a sealed envelope outside the office. "
                 "From here on the old one opens this centre no more."),
              error) &&
         say (fd, "\n", error);
}

static gboolean
type_back (const SanSecret *code, GError **error)
{
  for (guint i = 0; i < TRIES; i++)
    {
      g_autoptr(SanSecret) typed =
          san_cli_read_secret (NULL, _("Type it back from your sheet:"), error);

      if (typed == NULL)
        return FALSE;
      if (san_staff_code_fits (code, typed))
        return TRUE;
      g_printerr ("%s\n", _("That is not the code. Look at your sheet once more."));
    }
  g_set_error_literal (error, SAN_ERROR, SAN_ERROR_REFUSED,
                       "the new recovery code was not typed back");
  return FALSE;
}

/* Good only with the exit code 0: it is printed before the change. */
static gboolean
print_json (const SanSecret *code, GError **error)
{
  JsonBuilder *b = json_builder_new ();

  json_builder_begin_object (b);
  san_json_string (b, "code", code != NULL ? (const char *) san_secret_get_data (code) : NULL);
  json_builder_end_object (b);
  san_cli_print_json (b);
  if (fflush (stdout) == 0 && !ferror (stdout))
    return TRUE;
  return san_error_set_errno (error, EIO, "standard output");
}

gboolean
san_new_code_hand_over (SanCli *cli, const SanSecret *code, const char *file, GError **error)
{
  gboolean ok;
  int tty;

  if (file != NULL)
    return san_new_code_write (file, code, error) && (!cli->json || print_json (NULL, error));
  if (cli->json)
    return print_json (code, error);
  tty = open ("/dev/tty", O_RDWR | O_CLOEXEC);
  if (tty < 0)
    return show (STDOUT_FILENO, code, error);
  ok = show (tty, code, error);
  close (tty);
  return ok && type_back (code, error);
}
