/* cheap-signature.c - a signature is checked once, for tests that open a centre a thousand times
 *
 * Linked with --wrap of its name. Whether one fits is a pure function of key, words and signature:
 * what was found is remembered by all of them, never by less. */
#include "san-keys.h"
#include <string.h>

#define KEPT 20000u

gboolean __real_san_verify (const SanId32 *public_key, const char *domain, const void *data,
                            gsize n, const guint8 signature[SAN_SIGNATURE_SIZE]);
gboolean __wrap_san_verify (const SanId32 *public_key, const char *domain, const void *data,
                            gsize n, const guint8 signature[SAN_SIGNATURE_SIZE]);

/* GBytes: all that was asked -> 1: fits, 2: does not. Under the lock: two threads check. */
static GHashTable *known;
static GMutex lock;

gboolean
__wrap_san_verify (const SanId32 *public_key, const char *domain, const void *data, gsize n,
                   const guint8 signature[SAN_SIGNATURE_SIZE])
{
  g_autoptr(GByteArray) all = g_byte_array_new ();
  g_autoptr(GBytes) asked = NULL;
  g_autoptr(GMutexLocker) locker = NULL;
  guint found;

  g_byte_array_append (all, public_key->b, sizeof public_key->b);
  g_byte_array_append (all, signature, SAN_SIGNATURE_SIZE);
  g_byte_array_append (all, (const guint8 *) domain, (guint) strlen (domain) + 1);
  g_byte_array_append (all, data, (guint) n);
  asked = g_byte_array_free_to_bytes (g_steal_pointer (&all));
  locker = g_mutex_locker_new (&lock);
  if (known == NULL)
    known =
        g_hash_table_new_full (g_bytes_hash, g_bytes_equal, (GDestroyNotify) g_bytes_unref, NULL);
  found = GPOINTER_TO_UINT (g_hash_table_lookup (known, asked));
  if (found == 0)
    {
      found = __real_san_verify (public_key, domain, data, n, signature) ? 1 : 2;
      if (g_hash_table_size (known) == KEPT)
        g_hash_table_remove_all (known);
      g_hash_table_insert (known, g_steal_pointer (&asked), GUINT_TO_POINTER (found));
    }
  return found == 1;
}

static void __attribute__ ((destructor))
forget (void)
{
  g_clear_pointer (&known, g_hash_table_unref);
}
