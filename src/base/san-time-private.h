/* san-time-private.h - what days, durations and the clock have in common */
#pragma once
#include "san-time.h"
G_BEGIN_DECLS

#define SAN_MAX_ZONE 1439

/* years 1 to 9999 */
#define SAN_FIRST_SECOND G_GINT64_CONSTANT (-62135596800)
#define SAN_LAST_SECOND  G_GINT64_CONSTANT (253402300799)

static inline gint64
san_floor_div (gint64 a, gint64 b)
{
  return a / b - (a % b < 0);
}

static inline gboolean
san_time_take_letter (const char **p, char letter)
{
  if (**p != letter)
    return FALSE;
  (*p)++;
  return TRUE;
}

gboolean san_time_invalid (GError **error, const char *what, const char *text);   /* always FALSE */

G_END_DECLS
