/* san-passphrase.c - Argon2id from what a person remembers, and words for slips */
#include "san-passphrase.h"

#include "san-words.h"

#include <sodium.h>
#include <string.h>

#define MIB              (G_GUINT64_CONSTANT (1) << 20)
#define MAX_OPS          16u
#define MAX_MEM          (1024 * MIB)         /* as read from a file */
#define CALIBRATED_MEM   (256 * MIB)          /* as chosen by us: a laptop of 4 GB must stand it */
#define PREFERRED_OPS    3u

G_STATIC_ASSERT (SAN_PASSPHRASE_SALT_SIZE == crypto_pwhash_argon2id_SALTBYTES);

void
san_passphrase_cost_minimum (SanPassphraseCost *out)
{
  out->ops = crypto_pwhash_argon2id_OPSLIMIT_INTERACTIVE;
  out->mem = crypto_pwhash_argon2id_MEMLIMIT_INTERACTIVE;
}

/**
 * san_passphrase_cost_check:
 *
 * Numbers from a file are capped before they may cost anything: %SAN_ERROR_DAMAGED.
 */
gboolean
san_passphrase_cost_check (const SanPassphraseCost *self, GError **error)
{
  if (self->ops >= crypto_pwhash_argon2id_OPSLIMIT_MIN && self->ops <= MAX_OPS
      && self->mem >= crypto_pwhash_argon2id_MEMLIMIT_MIN && self->mem <= MAX_MEM)
    return TRUE;
  g_set_error (error, SAN_ERROR, SAN_ERROR_DAMAGED,
               "passphrase cost of %" G_GUINT64_FORMAT " passes over %" G_GUINT64_FORMAT
               " bytes, limits are %u and %" G_GUINT64_FORMAT,
               self->ops, self->mem, MAX_OPS, MAX_MEM);
  return FALSE;
}

/**
 * san_passphrase_derive:
 *
 * Blocks for as long as the cost says; off the main thread.
 *
 * Returns: (transfer full): 32 bytes, or %NULL: %SAN_ERROR_DAMAGED for a cost past the caps,
 *   %SAN_ERROR_IO if there is not the memory
 */
SanSecret *
san_passphrase_derive (const SanSecret *passphrase, const guint8 salt[SAN_PASSPHRASE_SALT_SIZE],
                       const SanPassphraseCost *cost, GError **error)
{
  g_autoptr(SanSecret) key = NULL;

  if (!san_passphrase_cost_check (cost, error))
    return NULL;
  key = san_secret_new (32);
  if (crypto_pwhash (san_secret_get_mutable (key), 32,
                     (const char *) san_secret_get_data (passphrase),
                     san_secret_get_size (passphrase), salt, cost->ops, (size_t) cost->mem,
                     crypto_pwhash_ALG_ARGON2ID13) != 0)
    {
      g_set_error (error, SAN_ERROR, SAN_ERROR_IO,
                   "no memory for a passphrase cost of %" G_GUINT64_FORMAT " bytes", cost->mem);
      return NULL;
    }
  return g_steal_pointer (&key);
}

static gboolean
measure (const SanPassphraseCost *cost, gint64 *microseconds, GError **error)
{
  g_autoptr(SanSecret) passphrase = san_secret_new_copy ("measured", 8);
  g_autoptr(SanSecret) key = NULL;
  guint8 salt[SAN_PASSPHRASE_SALT_SIZE] = { 0 };
  gint64 start = g_get_monotonic_time ();

  key = san_passphrase_derive (passphrase, salt, cost, error);
  *microseconds = MAX (g_get_monotonic_time () - start, 1);
  return key != NULL;
}

/**
 * san_passphrase_calibrate:
 * @milliseconds: what an unlock may take on this machine; 0: the minimum, unmeasured
 *
 * Memory first, up to 256 MiB, then passes; never under libsodium's INTERACTIVE.
 */
gboolean
san_passphrase_calibrate (guint milliseconds, SanPassphraseCost *out, GError **error)
{
  SanPassphraseCost cost;
  gint64 taken;
  double budget;                         /* passes x bytes that fit in the time */

  san_passphrase_cost_minimum (&cost);
  if (milliseconds > 0)
    {
      if (!measure (&cost, &taken, error))
        return FALSE;
      budget = (double) cost.ops * (double) cost.mem * milliseconds * 1000.0 / (double) taken;
      cost.mem = (guint64) CLAMP (budget / PREFERRED_OPS, (double) cost.mem,
                                  (double) CALIBRATED_MEM) / MIB * MIB;
      cost.ops = (guint64) CLAMP (budget / (double) cost.mem, (double) cost.ops, MAX_OPS);
    }
  *out = cost;
  return TRUE;
}

/**
 * san_passphrase_new_words:
 * @n: 1 to 16; four are 41 bits, for a slip that is good once
 *
 * Returns: (transfer full): random words joined by '-'
 */
SanSecret *
san_passphrase_new_words (guint n)
{
  guint indices[16];
  SanSecret *text;
  char *at;
  gsize size;

  g_assert (n >= 1 && n <= G_N_ELEMENTS (indices));
  size = n - 1;
  for (guint i = 0; i < n; i++)
    {
      indices[i] = randombytes_uniform (SAN_N_WORDS);
      size += strlen (san_words[indices[i]]);
    }
  text = san_secret_new (size);
  at = (char *) san_secret_get_mutable (text);
  for (guint i = 0; i < n; i++)
    {
      gsize length = strlen (san_words[indices[i]]);

      if (i > 0)
        *at++ = '-';
      memcpy (at, san_words[indices[i]], length);
      at += length;
    }
  sodium_memzero (indices, sizeof indices);
  return text;
}
