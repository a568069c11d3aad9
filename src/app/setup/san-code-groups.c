/* san-code-groups.c - a recovery code that is typed back: which of its groups are right */
#include "san-code-groups.h"
#include <string.h>

#define SYMBOLS (SAN_CODE_GROUPS * SAN_CODE_GROUP_LENGTH)

/* The symbols alone, one more than fit, so that too many are noticed. */
static guint
fold (const SanSecret *text, char out[SYMBOLS + 1])
{
  const char *from = (const char *) san_secret_get_data (text);
  guint n = 0;

  for (gsize i = 0; i < san_secret_get_size (text) && n <= SYMBOLS; i++)
    {
      char c = g_ascii_toupper (from[i]);

      if (c == ' ' || c == '-' || c == '\0')
        continue;
      out[n++] = c == 'O' ? '0' : c == 'I' || c == 'L' ? '1' : c;
    }
  return n;
}

guint
san_code_groups_match (const SanSecret *code, const SanSecret *typed, gboolean *is_whole)
{
  g_autoptr(SanSecret) room = san_secret_new (2 * (SYMBOLS + 1));
  char *right = (char *) san_secret_get_mutable (room);
  char *given = right + SYMBOLS + 1;
  guint mask = 0, n;

  *is_whole = FALSE;
  if (typed == NULL || fold (code, right) != SYMBOLS)
    return 0;
  n = fold (typed, given);
  for (guint g = 0; g < SAN_CODE_GROUPS; g++)
    if (n >= (g + 1) * SAN_CODE_GROUP_LENGTH &&
        memcmp (right + g * SAN_CODE_GROUP_LENGTH, given + g * SAN_CODE_GROUP_LENGTH,
                SAN_CODE_GROUP_LENGTH) == 0)
      mask |= 1u << g;
  *is_whole = n == SYMBOLS && mask == (1u << SAN_CODE_GROUPS) - 1;
  return mask;
}
