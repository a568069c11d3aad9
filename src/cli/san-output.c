/* san-output.c - what g_print() and g_printerr() put on the terminal
 *
 * Much of what is printed was written by other people, also at other centres. A control letter in
 * it could move the cursor, rename the window or type into it, so it is shown as \\u001b, which in
 * a JSON string is the same letter. Bytes that are not UTF-8 become U+FFFD. */
#include "san-output.h"
#include <stdio.h>

static gboolean
is_control (gunichar c)
{
  return (c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7f && c < 0xa0);
}

char *
san_output_make_safe (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString *safe = g_string_new (NULL);

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (is_control (c))
        g_string_append_printf (safe, "\\u%04x", c);
      else
        g_string_append_unichar (safe, c);
    }
  return g_string_free (safe, FALSE);
}

static void
put (const char *text, FILE *file)
{
  g_autofree char *safe = san_output_make_safe (text);
  const char *charset;

  if (!g_get_charset (&charset))
    {
      g_autofree char *local =
          g_convert_with_fallback (safe, -1, charset, "UTF-8", "?", NULL, NULL, NULL);

      fputs (local != NULL ? local : safe, file);
    }
  else
    fputs (safe, file);
  fflush (file);
}

static void
put_out (const char *text)
{
  put (text, stdout);
}

static void
put_err (const char *text)
{
  put (text, stderr);
}

void
san_output_begin (void)
{
  g_set_print_handler (put_out);
  g_set_printerr_handler (put_err);
}

gboolean
san_output_end (void)
{
  return fflush (stdout) == 0 && !ferror (stdout);
}
