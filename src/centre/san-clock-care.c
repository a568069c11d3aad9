/* san-clock-care.c - is this laptop's clock right?
 *
 * It is doubtful before the newest note that is here, before the last use, and more than a month
 * after it: a flat battery says 2000, a slip of a finger 2099. Notes of such a login carry the
 * doubt, and no one is asked to believe them before others. A person ends it
 * (san_centre_confirm_clock), or use on three days in a row of the same reckoning does: by then
 * everybody has seen the date. A doubtful use is never remembered as the last one, so a clock
 * that is put right is believed again at once.
 *
 * Somebody else's clock must not make ours doubtful for ever: while our own use goes on evenly,
 * notes from more than a year ahead say nothing. */
#include "san-clock-care.h"

#define SLACK_MS ((gint64) 60 * 60 * 1000) /* other laptops' clocks run a little ahead */
#define DAY_MS         ((gint64) 24 * 60 * 60 * 1000)
#define IDLE_LIMIT_MS  (30 * DAY_MS)
#define AHEAD_LIMIT_MS (366 * DAY_MS)
#define DAYS_TO_BELIEVE 3u
#define STATE_LAST_USE "last-use"
#define STATE_DOUBTED  "doubted-use"

/* A run of uses by a clock that is in doubt: its last one, and on how many days. */
typedef struct
{
  gint64 at;
  gint64 days;
} Doubted;

static gboolean
load (SanCentre *self, const char *name, void *out, gsize n, GError **error)
{
  g_autoptr(GError) local = NULL;
  g_autoptr(GBytes) state = san_store_get_state (self->store, name, &local);

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (state != NULL && g_bytes_get_size (state) == n)
    memcpy (out, g_bytes_get_data (state, NULL), n);
  return TRUE;
}

static gboolean
is_even (gint64 before, gint64 now)
{
  return now + SLACK_MS >= before && now - before <= IDLE_LIMIT_MS;
}

gboolean
san_clock_judge (SanCentre *self, GError **error)
{
  gint64 now = san_clock_now ();
  gint64 last_use = 0;
  guint64 newest = 0;
  gboolean used_evenly;

  if (!san_store_get_newest_wall (self->store, &newest, error) ||
      !load (self, STATE_LAST_USE, &last_use, sizeof last_use, error))
    return FALSE;
  used_evenly = last_use > 0 && is_even (last_use, now);
  if (used_evenly && (gint64) newest - now > AHEAD_LIMIT_MS)
    newest = 0;
  self->last_known_ms = MAX ((gint64) newest, last_use);
  self->clock_doubtful = now + SLACK_MS < self->last_known_ms || (last_use > 0 && !used_evenly);
  if (self->clock_doubtful)
    san_centre_notice (self, "clock-doubtful");
  return TRUE;
}

static gboolean
put (SanCentre *self, const char *name, const void *data, gsize n, GError **error)
{
  g_autoptr(GBytes) state = g_bytes_new (data, n);

  return san_store_put_state (self->store, name, state, error);
}

static gboolean
believe (SanCentre *self, gint64 now, GError **error)
{
  return put (self, STATE_LAST_USE, &now, sizeof now, error) &&
         san_store_put_state (self->store, STATE_DOUBTED, NULL, error);
}

/* Going back behind notes is never believed by use alone: they are evidence. */
static gboolean
remember_doubted (SanCentre *self, gint64 now, GError **error)
{
  Doubted run = { 0, 0 };

  if (!load (self, STATE_DOUBTED, &run, sizeof run, error))
    return FALSE;
  if (run.days == 0 || !is_even (run.at, now))
    run.days = 1;
  else if (now / DAY_MS != run.at / DAY_MS)
    run.days++;
  run.at = now;
  if (run.days >= DAYS_TO_BELIEVE && now >= self->last_known_ms)
    return believe (self, now, error);
  return put (self, STATE_DOUBTED, &run, sizeof run, error);
}

gboolean
san_clock_remember (SanCentre *self, GError **error)
{
  gint64 now = san_clock_now ();

  if (self->clock_doubtful)
    return remember_doubted (self, now, error);
  if (now < self->last_known_ms)
    return TRUE;
  return put (self, STATE_LAST_USE, &now, sizeof now, error);
}

gboolean
san_centre_confirm_clock (SanCentre *self, GError **error)
{
  if (!believe (self, san_clock_now (), error))
    return FALSE;
  self->clock_doubtful = FALSE;
  return TRUE;
}
