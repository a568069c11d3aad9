/* san-tonight.h - who in the house needs something tonight, and what comes near for a child
 *
 * Pure functions of one house card and a moment, so that all faces show the same. */
#pragma once
#include "san-house-card.h"
G_BEGIN_DECLS

/* Smaller is more pressing. */
typedef enum
{
  SAN_TONIGHT_SEE,                  /* somebody asked that she be seen today */
  SAN_TONIGHT_COURT,                /* a hearing today or tomorrow */
  SAN_TONIGHT_EXIT,                 /* her leaving is planned for these weeks, or was */
  SAN_TONIGHT_NEW,                  /* she came in these days */
  SAN_TONIGHT_ALLERGY,
  SAN_TONIGHT_HELP,                 /* somebody wrote what helps her, or what she eats */
  SAN_TONIGHT_NOTHING,
} SanTonight;

SanTonight san_tonight_judge        (const SanHouseCard *card, gint64 now);
gboolean   san_tonight_has_court    (const SanHouseCard *card, gint64 now);
gboolean   san_tonight_has_exit     (const SanHouseCard *card, gint64 now);
gboolean   san_tonight_is_new       (const SanHouseCard *card);
/* Her hearing is near enough to be prepared. */
gboolean   san_house_card_nears_hearing  (const SanHouseCard *card, gint64 now);
/* Half a year or less until she may be 18; FALSE once she may be. */
gboolean   san_house_card_nears_eighteen (const SanHouseCard *card, gint64 now);

G_END_DECLS
