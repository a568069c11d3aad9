/* san-idle.c - when nobody has touched the window for a while: what to do */
#include "san-idle.h"

#define HOUSE_COVER (2 * 60)
#define HOUSE_LOCK  (10 * 60)

SanIdleRules
san_idle_rules (const char *role, guint minutes)
{
  if (g_strcmp0 (role, "house") == 0)
    return (SanIdleRules) { HOUSE_COVER, HOUSE_LOCK };
  return (SanIdleRules) { 0, minutes * 60 };
}

SanIdleStep
san_idle_judge (const SanIdleRules *rules, guint idle, gboolean covered_by_hand, guint covered)
{
  if (idle >= rules->lock_after || (covered_by_hand && covered >= SAN_IDLE_COVER_FOR))
    return SAN_IDLE_LOCK;
  if (rules->cover_after > 0 && idle >= rules->cover_after)
    return SAN_IDLE_COVER;
  return idle + SAN_IDLE_WARN_BEFORE >= rules->lock_after ? SAN_IDLE_WARN : SAN_IDLE_NOTHING;
}
