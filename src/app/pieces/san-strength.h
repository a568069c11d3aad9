/* san-strength.h - how long somebody who steals the laptop would need for a passphrase
 *
 * Number of guesses (zxcvbn) times what one try costs here, divided by a thief's ten thousand
 * machines. */
#pragma once
#include "san-secret.h"
G_BEGIN_DECLS

typedef enum
{
  SAN_STRENGTH_MINUTES,
  SAN_STRENGTH_DAYS,
  SAN_STRENGTH_YEARS,
  SAN_STRENGTH_LIFE
} SanStrength;

/* What makes it easy, strongest reason first. */
typedef enum
{
  SAN_WEAK_SHORT,
  SAN_WEAK_WORD_AND_YEAR,
  SAN_WEAK_OWN,
  SAN_WEAK_WORD,
  SAN_WEAK_REPEATS,
  SAN_WEAK_ROW
} SanWeakness;

/**
 * san_strength_judge:
 * @own: (nullable): %NULL-ended: names of hers and of the centre, that a thief would try first
 * @weakness: (out) (optional): set for those under %SAN_STRENGTH_YEARS
 *
 * Nothing of @passphrase is left behind: the estimator's own copies go back to an allocator that
 * wipes (see main.c), and its part of the stack is overwritten.
 */
SanStrength san_strength_judge     (const SanSecret *passphrase, const char *const *own,
                                    SanWeakness *weakness);
SanStrength san_strength_from_bits (double bits);

G_END_DECLS
