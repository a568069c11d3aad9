/* san-tries.h - how long to wait after wrong passphrases
 *
 * The first two wrong tries cost nothing, then 2, 5, 15, 30 and from there on 60 seconds: it slows
 * guessing by hand. It is never a lock-out, and what stops a thief is the passphrase. */
#pragma once
#include <glib.h>
G_BEGIN_DECLS

typedef struct { guint wrong; gint64 until_us; } SanTries;

void  san_tries_add_wrong    (SanTries *self, gint64 now_us);
void  san_tries_clear        (SanTries *self);
guint san_tries_seconds_left (const SanTries *self, gint64 now_us);   /* rounded up; 0: try */

G_END_DECLS
