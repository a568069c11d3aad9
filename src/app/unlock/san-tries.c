/* san-tries.c - how long to wait after wrong passphrases */
#include "san-tries.h"

#define FREE_TRIES 2

void
san_tries_add_wrong (SanTries *self, gint64 now_us)
{
  static const guint seconds[] = { 2, 5, 15, 30, 60 };

  self->wrong++;
  if (self->wrong > FREE_TRIES)
    self->until_us = now_us +
                     (gint64) seconds[MIN (self->wrong - FREE_TRIES, G_N_ELEMENTS (seconds)) - 1] *
                       G_USEC_PER_SEC;
}

void
san_tries_clear (SanTries *self)
{
  *self = (SanTries) { 0 };
}

guint
san_tries_seconds_left (const SanTries *self, gint64 now_us)
{
  gint64 left = self->until_us - now_us;

  return left <= 0 ? 0 : (guint) ((left + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC);
}
