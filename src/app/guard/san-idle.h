/* san-idle.h - when nobody has touched the window for a while: what to do
 *
 * Times in seconds, of a clock that also runs while the laptop sleeps. */
#pragma once
#include <glib.h>
G_BEGIN_DECLS

#define SAN_IDLE_WARN_BEFORE 30u    /* a strip says that it locks soon */
#define SAN_IDLE_COVER_FOR   30u    /* a cover made by hand becomes a lock */

typedef struct { guint cover_after /* 0: never */, lock_after; } SanIdleRules;
typedef enum { SAN_IDLE_NOTHING, SAN_IDLE_WARN, SAN_IDLE_COVER, SAN_IDLE_LOCK } SanIdleStep;

/* @role "house": her hands are often full: covered at 2 minutes, locked at 10, whatever was chosen.
 */
SanIdleRules san_idle_rules (const char *role, guint minutes);
SanIdleStep  san_idle_judge (const SanIdleRules *rules, guint idle, gboolean covered_by_hand,
                             guint covered);

G_END_DECLS
