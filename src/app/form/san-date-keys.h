/* san-date-keys.h - one key in a field of days: T today, Y yesterday, + and - a day on and back */
#pragma once
#include "san-time.h"
G_BEGIN_DECLS

/* How a day stands in its field: 25/11/2026, 11/2026, 2026; (transfer full). */
char    *san_date_as_typed   (const SanDate *date);
/* With the time of day: 25/11/2026 20:40. */
char    *san_moment_as_typed (const SanInstant *at);
/**
 * san_date_key:
 * @text: what stands in the field before the key; digits of any script
 * @key: the letter
 * @with_time: the field asks for a moment: its hour is kept
 *
 * A letter within something half typed is only a letter: "15 y", "12-11".
 *
 * Returns: (transfer full) (nullable): what stands there then; %NULL: the key is just typed
 */
char    *san_date_key        (const char *text, gunichar key, gboolean with_time,
                              const SanInstant *now);

G_END_DECLS
