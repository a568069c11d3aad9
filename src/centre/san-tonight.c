/* san-tonight.c - who in the house needs something tonight, and what comes near for a child
 *
 * Someone to be seen comes first, then who leaves for court or for good, then who is new; then
 * whoever somebody wrote something about. */
#include "san-tonight.h"

#define DAY_MS        ((gint64) 24 * 60 * 60 * 1000)
#define COURT_DAYS    1
#define EXIT_DAYS     14
#define NEW_DAYS      3
#define HEARING_DAYS  14
#define EIGHTEEN_DAYS 180

static gint32
day_of (gint64 ms)
{
  SanInstant moment = { ms, san_clock_zone (ms) };

  return san_date_from_instant (&moment).days;
}

gboolean
san_tonight_has_court (const SanHouseCard *card, gint64 now)
{
  return card->has_hearing && day_of (card->hearing.ms) - day_of (now) <= COURT_DAYS;
}

gboolean
san_tonight_has_exit (const SanHouseCard *card, gint64 now)
{
  return card->has_exit_planned &&
         san_date_get_first (&card->exit_planned) - day_of (now) <= EXIT_DAYS;
}

gboolean
san_tonight_is_new (const SanHouseCard *card)
{
  return card->day > 0 && card->day <= NEW_DAYS;
}

/**
 * san_tonight_judge:
 *
 * What is most pressing of all that stands on the card.
 */
SanTonight
san_tonight_judge (const SanHouseCard *card, gint64 now)
{
  if (card->see_today)
    return SAN_TONIGHT_SEE;
  if (san_tonight_has_court (card, now))
    return SAN_TONIGHT_COURT;
  if (san_tonight_has_exit (card, now))
    return SAN_TONIGHT_EXIT;
  if (san_tonight_is_new (card))
    return SAN_TONIGHT_NEW;
  if (card->allergy->len > 0)
    return SAN_TONIGHT_ALLERGY;
  return card->help->len + card->diet->len > 0 ? SAN_TONIGHT_HELP : SAN_TONIGHT_NOTHING;
}

gboolean
san_house_card_nears_hearing (const SanHouseCard *card, gint64 now)
{
  return card->has_hearing && card->hearing.ms - now <= HEARING_DAYS * DAY_MS;
}

gboolean
san_house_card_nears_eighteen (const SanHouseCard *card, gint64 now)
{
  gint32 today = day_of (now);

  return card->has_eighteen && card->eighteen.days >= today &&
         card->eighteen.days - today <= EIGHTEEN_DAYS;
}
