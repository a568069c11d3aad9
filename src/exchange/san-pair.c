/* san-pair.c - the number that two people read out to each other
 *
 * The digits are made only after both cards are in. A number over the cards alone could be met by
 * trying a million labels; this way somebody between the two has one guess a call. */
#include "san-card.h"

#include "san-hash.h"

#include <string.h>

#define MILLION 1000000u

/**
 * san_pair_digits_new:
 *
 * Returns: (transfer full): six random digits
 */
char *
san_pair_digits_new (void)
{
  guint32 dice;

  do
    san_random (&dice, sizeof dice);
  while (dice >= G_MAXUINT32 - G_MAXUINT32 % MILLION);
  return g_strdup_printf ("%06u", dice % MILLION);
}

static gboolean
check_digits (const char *digits, GError **error)
{
  if (strlen (digits) == SAN_PAIR_DIGITS && strspn (digits, "0123456789") == SAN_PAIR_DIGITS)
    return TRUE;
  g_set_error (error, SAN_ERROR, SAN_ERROR_INVALID, "not six digits");
  return FALSE;
}

char *
san_pair_number_raw (const SanId32 *p, const char *digits, GError **error)
{
  SanId32 hash;
  guint64 number;

  if (!check_digits (digits, error))
    return NULL;
  san_keyed_hash (p->b, sizeof p->b, "san1.pair.num", digits, SAN_PAIR_DIGITS, &hash);
  memcpy (&number, hash.b, sizeof number);
  return g_strdup_printf ("%06u", (guint) (GUINT64_FROM_LE (number) % MILLION));
}

/**
 * san_pair_number:
 *
 * The same on both sides: which card is whose does not matter.
 *
 * Returns: (transfer full) (nullable): six digits; %SAN_ERROR_INVALID if @digits are not six,
 *   %SAN_ERROR_REFUSED if both cards are the same
 */
char *
san_pair_number (const SanCard *mine, const SanCard *theirs, const char *digits, GError **error)
{
  GBytes *smaller = san_card_get_bytes (mine);
  GBytes *larger = san_card_get_bytes (theirs);
  g_autoptr(SanHasher) hasher = san_hasher_new ("san1.pair");
  int order = g_bytes_compare (smaller, larger);
  SanId32 p;

  if (order == 0)
    {
      g_set_error (error, SAN_ERROR, SAN_ERROR_REFUSED, "both cards are the same");
      return NULL;
    }
  if (order > 0)
    {
      smaller = san_card_get_bytes (theirs);
      larger = san_card_get_bytes (mine);
    }
  san_hasher_update (hasher, g_bytes_get_data (smaller, NULL), g_bytes_get_size (smaller));
  san_hasher_update (hasher, g_bytes_get_data (larger, NULL), g_bytes_get_size (larger));
  san_hasher_finish (hasher, &p);
  return san_pair_number_raw (&p, digits, error);
}
