/* san-memo.c - what was computed from the same bytes before is not computed again
 *
 * Many laptops in one process check the same signatures and open the same seals. The functions
 * below give the same result for the same arguments, so they remember it by a hash of these; what
 * was refused is computed each time. Signatures are checked on a second thread, too. */
#include <glib.h>
#include <sodium.h>
#include <string.h>

typedef struct
{
  crypto_generichash_state state;
  guint8 key[16];
} Asked;

static GHashTable *answers;              /* key -> GBytes; under the lock */
static GMutex lock;

static guint
hash_key (gconstpointer key)
{
  guint value;

  memcpy (&value, key, sizeof value);
  return value;
}

static gboolean
equal_keys (gconstpointer a, gconstpointer b)
{
  return memcmp (a, b, sizeof ((Asked *) NULL)->key) == 0;
}

static void
ask (Asked *self, guint8 what)
{
  crypto_generichash_init (&self->state, NULL, 0, sizeof self->key);
  crypto_generichash_update (&self->state, &what, 1);
}

static void
with (Asked *self, const unsigned char *data, unsigned long long n)
{
  crypto_generichash_update (&self->state, data, n);
}

/* A known answer of @n bytes is put into @out. */
static gboolean
known (Asked *self, unsigned char *out, gsize n)
{
  g_autoptr(GMutexLocker) locker = NULL;
  GBytes *answer;

  crypto_generichash_final (&self->state, self->key, sizeof self->key);
  locker = g_mutex_locker_new (&lock);
  if (answers == NULL)
    answers = g_hash_table_new_full (hash_key, equal_keys, g_free, (GDestroyNotify) g_bytes_unref);
  answer = g_hash_table_lookup (answers, self->key);
  if (answer == NULL)
    return FALSE;
  if (n > 0)
    memcpy (out, g_bytes_get_data (answer, NULL), n);
  return TRUE;
}

static int
keep (Asked *self, int result, const unsigned char *out, gsize n)
{
  if (result == 0)
    {
      g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&lock);

      g_hash_table_insert (answers, g_memdup2 (self->key, sizeof self->key), g_bytes_new (out, n));
    }
  return result;
}

#define WRAPPED(name, ...) \
  int __real_##name (__VA_ARGS__); \
  int __wrap_##name (__VA_ARGS__); \
  int __wrap_##name (__VA_ARGS__)

WRAPPED (crypto_sign_verify_detached, const unsigned char *sig, const unsigned char *m,
         unsigned long long n, const unsigned char *pk)
{
  Asked asked;

  ask (&asked, 1);
  with (&asked, sig, crypto_sign_BYTES);
  with (&asked, pk, crypto_sign_PUBLICKEYBYTES);
  with (&asked, m, n);
  return known (&asked, NULL, 0)
             ? 0
             : keep (&asked, __real_crypto_sign_verify_detached (sig, m, n, pk), NULL, 0);
}

WRAPPED (crypto_scalarmult, unsigned char *q, const unsigned char *n, const unsigned char *p)
{
  Asked asked;

  ask (&asked, 2);
  with (&asked, n, crypto_scalarmult_SCALARBYTES);
  with (&asked, p, crypto_scalarmult_BYTES);
  return known (&asked, q, crypto_scalarmult_BYTES)
           ? 0 : keep (&asked, __real_crypto_scalarmult (q, n, p), q, crypto_scalarmult_BYTES);
}

WRAPPED (crypto_scalarmult_base, unsigned char *q, const unsigned char *n)
{
  Asked asked;

  ask (&asked, 3);
  with (&asked, n, crypto_scalarmult_SCALARBYTES);
  return known (&asked, q, crypto_scalarmult_BYTES)
           ? 0 : keep (&asked, __real_crypto_scalarmult_base (q, n), q, crypto_scalarmult_BYTES);
}

WRAPPED (crypto_box_seal_open, unsigned char *m, const unsigned char *c, unsigned long long n,
         const unsigned char *pk, const unsigned char *sk)
{
  Asked asked;
  gsize size = n >= crypto_box_SEALBYTES ? n - crypto_box_SEALBYTES : 0;

  ask (&asked, 4);
  with (&asked, pk, crypto_box_PUBLICKEYBYTES);
  with (&asked, sk, crypto_box_SECRETKEYBYTES);
  with (&asked, c, n);
  return known (&asked, m, size)
             ? 0
             : keep (&asked, __real_crypto_box_seal_open (m, c, n, pk, sk), m, size);
}

typedef int (*MakePair) (unsigned char *pk, unsigned char *sk, const unsigned char *seed);

static int
make_pair (guint8 what, MakePair make, unsigned char *pk, gsize n_pk, unsigned char *sk, gsize n_sk,
           const unsigned char *seed)
{
  unsigned char both[crypto_sign_PUBLICKEYBYTES + crypto_sign_SECRETKEYBYTES];
  Asked asked;

  ask (&asked, what);
  with (&asked, seed, 32);
  if (!known (&asked, both, n_pk + n_sk))
    {
      if (make (both, both + n_pk, seed) != 0)
        return -1;
      keep (&asked, 0, both, n_pk + n_sk);
    }
  memcpy (pk, both, n_pk);
  memcpy (sk, both + n_pk, n_sk);
  return 0;
}

WRAPPED (crypto_sign_seed_keypair, unsigned char *pk, unsigned char *sk, const unsigned char *seed)
{
  return make_pair (5, __real_crypto_sign_seed_keypair, pk, crypto_sign_PUBLICKEYBYTES, sk,
                    crypto_sign_SECRETKEYBYTES, seed);
}

WRAPPED (crypto_box_seed_keypair, unsigned char *pk, unsigned char *sk, const unsigned char *seed)
{
  return make_pair (6, __real_crypto_box_seed_keypair, pk, crypto_box_PUBLICKEYBYTES, sk,
                    crypto_box_SECRETKEYBYTES, seed);
}
