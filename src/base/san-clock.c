/* san-clock.c - the only clock of the core, and the zone of this laptop */
#include "san-time-private.h"

static _Atomic gint64 clock_for_tests = 0;

gint64
san_clock_now (void)
{
  gint64 set = clock_for_tests;

  return set != 0 ? set : g_get_real_time () / 1000;
}

/* The zone of this laptop. GLib reads its file anew at each question; once a minute is enough to
 * see that somebody changed it. */
static GTimeZone *
local_zone (void)
{
  static GTimeZone *kept = NULL;
  static char *kept_name = NULL;
  static gint64 read_at = 0;
  gint64 now = g_get_monotonic_time ();
  const char *name = g_getenv ("TZ");

  if (kept == NULL || now - read_at > 60 * G_USEC_PER_SEC || g_strcmp0 (name, kept_name) != 0)
    {
      g_clear_pointer (&kept, g_time_zone_unref);
      g_free (kept_name);
      kept = g_time_zone_new_local ();
      kept_name = g_strdup (name);
      read_at = now;
    }
  return kept;
}

gint16
san_clock_zone (gint64 ms)
{
  static GMutex lock;
  gint64 seconds = san_floor_div (ms, 1000);
  gint32 offset;
  GTimeZone *zone;

  if (seconds < SAN_FIRST_SECOND || seconds > SAN_LAST_SECOND)
    return 0;
  g_mutex_lock (&lock);
  zone = local_zone ();
  offset = g_time_zone_get_offset (
      zone, g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, seconds));
  g_mutex_unlock (&lock);
  return (gint16) CLAMP (offset / 60, -SAN_MAX_ZONE, SAN_MAX_ZONE);
}

void
san_clock_set (gint64 ms)
{
  clock_for_tests = ms;
}
