/* san-strength.c - how long somebody who steals the laptop would need for a passphrase */
#include "san-strength.h"
#include "san-setup.h"
#include <math.h>
#include <string.h>
#include <zxcvbn.h>

#define MACHINES   10000.0
#define DAY        86400.0
#define YEAR       (365.25 * DAY)
#define LIFE       (100 * YEAR)
#define OWN_LIMIT  8u
#define STACK      65536u

SanStrength
san_strength_from_bits (double bits)
{
  double seconds = exp2 (bits) * SAN_SETUP_UNLOCK_MS / 1000.0 / MACHINES;

  return seconds < DAY ? SAN_STRENGTH_MINUTES : seconds < YEAR ? SAN_STRENGTH_DAYS
         : seconds < LIFE ? SAN_STRENGTH_YEARS : SAN_STRENGTH_LIFE;
}

static SanWeakness
find_weakness (const ZxcMatch_t *info)
{
  guint seen = 0;

  for (const ZxcMatch_t *match = info; match != NULL; match = match->Next)
    seen |= 1u << ((guint) match->Type % MULTIPLE_MATCH);
#define SEEN(a, b) ((seen & (1u << (a) | 1u << (b))) != 0)
  if ((SEEN (DICTIONARY_MATCH, DICT_LEET_MATCH) || SEEN (USER_MATCH, USER_LEET_MATCH)) &&
      SEEN (DATE_MATCH, YEAR_MATCH))
    return SAN_WEAK_WORD_AND_YEAR;
  if (SEEN (USER_MATCH, USER_LEET_MATCH))
    return SAN_WEAK_OWN;
  if (SEEN (REPEATS_MATCH, REPEATS_MATCH))
    return SAN_WEAK_REPEATS;
  if (SEEN (SEQUENCE_MATCH, SPATIAL_MATCH))
    return SAN_WEAK_ROW;
  return SEEN (DICTIONARY_MATCH, DICT_LEET_MATCH) ? SAN_WEAK_WORD : SAN_WEAK_SHORT;
#undef SEEN
}

static G_GNUC_NO_INLINE void
wipe_stack (void)
{
  guint8 used[STACK];

  san_wipe (used, sizeof used);
}

static G_GNUC_NO_INLINE double
estimate (const char *text, const char *const *own, SanWeakness *weakness)
{
  const char *names[OWN_LIMIT + 1] = { NULL };
  ZxcMatch_t *info = NULL;
  double bits;

  for (guint i = 0, n = 0; own != NULL && own[i] != NULL && n < OWN_LIMIT; i++)
    if (*own[i] != '\0')
      names[n++] = own[i];
  bits = ZxcvbnMatch (text, names, &info);
  *weakness = find_weakness (info);
  ZxcvbnFreeInfo (info);
  return bits;
}

SanStrength
san_strength_judge (const SanSecret *passphrase, const char *const *own, SanWeakness *weakness)
{
  gsize n = san_secret_get_size (passphrase);
  g_autoptr(SanSecret) ended = san_secret_new (n + 1);
  SanWeakness why;
  double bits;

  memcpy (san_secret_get_mutable (ended), san_secret_get_data (passphrase), n);
  bits = estimate ((const char *) san_secret_get_data (ended), own, &why);
  wipe_stack ();
  if (weakness != NULL)
    *weakness = why;
  return san_strength_from_bits (bits);
}
