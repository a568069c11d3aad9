/* san-name.c - how long a name may be, and that it stands on one line as it is written */
#include "san-name.h"

/**
 * san_name_is_short:
 * @name: @n bytes; may hold anything, need not end with a NUL
 *
 * Returns: whether it is UTF-8 without a NUL and has at most 60 letters; "" is short
 */
gboolean
san_name_is_short (const char *name, gsize n)
{
  return n == 0 || (n <= SAN_NAME_BYTES && g_utf8_validate_len (name, n, NULL) &&
                    g_utf8_strlen (name, (gssize) n) <= (glong) SAN_NAME_LETTERS);
}

static gboolean
stands_as_written (gunichar letter)
{
  if (letter == 0x200c || letter == 0x200d)           /* joiners: Indic scripts need them */
    return TRUE;
  switch (g_unichar_type (letter))
    {
    case G_UNICODE_CONTROL:
    case G_UNICODE_FORMAT:
    case G_UNICODE_LINE_SEPARATOR:
    case G_UNICODE_PARAGRAPH_SEPARATOR:
      return FALSE;
    default:
      return TRUE;
    }
}

/**
 * san_name_is_plain:
 * @name: @n bytes; may hold anything, need not end with a NUL
 *
 * For what is shown of somebody before she is trusted: a name that breaks lines or turns the
 * direction of what follows could look like another.
 *
 * Returns: whether it is short and holds no control letters, line ends and marks of direction
 */
gboolean
san_name_is_plain (const char *name, gsize n)
{
  if (!san_name_is_short (name, n))
    return FALSE;
  for (const char *at = name; at < name + n; at = g_utf8_next_char (at))
    if (!stands_as_written (g_utf8_get_char (at)))
      return FALSE;
  return TRUE;
}
