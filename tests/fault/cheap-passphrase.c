/* cheap-passphrase.c - Argon2id replaced by one hash, for tests that open a slot a thousand times
 *
 * Linked into a test, it stands before libsodium's own; nothing of the programme knows of it. The
 * cost written in a slot is checked as ever, only nobody pays it. */
#include "san-hash.h"
#include <string.h>

int crypto_pwhash (unsigned char *const out, unsigned long long n_out, const char *const words,
                   unsigned long long n_words, const unsigned char *const salt,
                   unsigned long long ops, size_t memory, int algorithm);

int
crypto_pwhash (unsigned char *const out, unsigned long long n_out, const char *const words,
               unsigned long long n_words, const unsigned char *const salt, unsigned long long ops,
               size_t memory, int algorithm)
{
  g_autoptr(GByteArray) all = g_byte_array_new ();
  SanId32 digest;

  g_byte_array_append (all, salt, 16);
  g_byte_array_append (all, (const guint8 *) words, (guint) n_words);
  san_hash ("san1.cheap", all->data, all->len, &digest);
  for (unsigned long long i = 0; i < n_out; i++)
    out[i] = digest.b[i % sizeof digest.b];
  return 0;
}
