/* test-page-cipher.c - a page opens in its place, under its key, whole; else not at all */
#include "san-page-cipher.h"

#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define PAGE 4056

typedef struct { SanPageCipher *cipher; guint8 plain[PAGE]; guint8 sealed[PAGE + 40]; } Fixture;

static const guint8 place[] = "P page 7";

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autoptr(SanSecret) key = san_secret_new_random (32);

  f->cipher = san_page_cipher_new (key);
  san_random (f->plain, PAGE);
  san_page_cipher_seal (f->cipher, place, sizeof place, f->plain, PAGE, f->sealed);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  san_page_cipher_free (f->cipher);
}

static void
test_round_trip (Fixture *f, gconstpointer data)
{
  guint8 opened[PAGE];

  g_assert_cmpint (memcmp (f->plain, f->sealed, PAGE), !=, 0);
  g_assert_true (san_page_cipher_open (f->cipher, place, sizeof place, f->sealed, PAGE + 40,
                                       opened));
  g_assert_cmpmem (opened, PAGE, f->plain, PAGE);
}

static void
test_in_place (Fixture *f, gconstpointer data)
{
  guint8 page[PAGE + 40];

  memcpy (page, f->plain, PAGE);
  san_page_cipher_seal (f->cipher, place, sizeof place, page, PAGE, page);
  g_assert_true (san_page_cipher_open (f->cipher, place, sizeof place, page, PAGE + 40, page));
  g_assert_cmpmem (page, PAGE, f->plain, PAGE);
}

static void
test_fresh_nonce (Fixture *f, gconstpointer data)
{
  guint8 again[PAGE + 40];

  san_page_cipher_seal (f->cipher, place, sizeof place, f->plain, PAGE, again);
  g_assert_cmpint (memcmp (f->sealed + PAGE, again + PAGE, 24), !=, 0);
  g_assert_cmpint (memcmp (f->sealed, again, PAGE), !=, 0);
}

/* No nonce twice: over many pages, from several threads, and on both sides of a fork. */
enum { PAGES = 1000, THREADS = 4 };

typedef struct { SanPageCipher *cipher; guint8 nonces[PAGES][24]; } Run;

static gpointer
seal_many (gpointer data)
{
  Run *run = data;

  for (guint i = 0; i < PAGES; i++)
    {
      guint8 sealed[40];

      san_page_cipher_seal (run->cipher, NULL, 0, sealed, 0, sealed);
      memcpy (run->nonces[i], sealed, 24);
    }
  return NULL;
}

static int
compare_nonces (const void *a, const void *b)
{
  return memcmp (a, b, 24);
}

static void
test_no_nonce_twice (Fixture *f, gconstpointer data)
{
  g_autofree Run *runs = g_new0 (Run, THREADS);
  g_autofree guint8 (*all)[24] = g_malloc (24 * PAGES * THREADS);
  GThread *threads[THREADS];

  for (guint t = 0; t < THREADS; t++)
    {
      runs[t].cipher = f->cipher;
      threads[t] = g_thread_new ("seal", seal_many, &runs[t]);
    }
  for (guint t = 0; t < THREADS; t++)
    {
      g_thread_join (threads[t]);
      memcpy (all + t * PAGES, runs[t].nonces, sizeof runs[t].nonces);
    }
  qsort (all, PAGES * THREADS, 24, compare_nonces);
  for (guint i = 1; i < PAGES * THREADS; i++)
    g_assert_cmpint (memcmp (all[i - 1], all[i], 24), !=, 0);
}

static void
test_fork (Fixture *f, gconstpointer data)
{
  int ends[2];
  guint8 mine[40], theirs[40];
  pid_t child;

  g_assert_cmpint (pipe (ends), ==, 0);
  child = fork ();
  if (child == 0)
    {
      san_page_cipher_seal (f->cipher, NULL, 0, theirs, 0, theirs);
      _exit (write (ends[1], theirs, 24) == 24 ? 0 : 1);
    }
  san_page_cipher_seal (f->cipher, NULL, 0, mine, 0, mine);
  g_assert_cmpint (read (ends[0], theirs, 24), ==, 24);
  waitpid (child, NULL, 0);
  close (ends[0]);
  close (ends[1]);
  g_assert_cmpint (memcmp (mine, theirs, 24), !=, 0);
}

static void
test_misuse (Fixture *f, gconstpointer data)
{
  g_autoptr(SanSecret) key = san_secret_new_random (32);
  g_autoptr(SanPageCipher) other = san_page_cipher_new (key);
  static const guint8 elsewhere[] = "P page 8";
  guint8 opened[PAGE];
  static const guint8 zeros[PAGE + 40] = { 0 };

  g_assert_false (san_page_cipher_open (other, place, sizeof place, f->sealed, PAGE + 40,
                                        opened));
  g_assert_false (san_page_cipher_open (f->cipher, elsewhere, sizeof elsewhere, f->sealed,
                                        PAGE + 40, opened));
  g_assert_false (san_page_cipher_open (f->cipher, NULL, 0, f->sealed, PAGE + 40, opened));
  g_assert_false (san_page_cipher_open (f->cipher, place, sizeof place - 1, f->sealed, PAGE + 40,
                                        opened));
  /* a hole in the file is no page of zeros */
  g_assert_false (san_page_cipher_open (f->cipher, place, sizeof place, zeros, PAGE + 40,
                                        opened));
  for (gsize n = 0; n < PAGE + 40; n += n < 100 ? 1 : 97)
    g_assert_false (san_page_cipher_open (f->cipher, place, sizeof place, f->sealed, n, opened));
}

static void
test_every_byte (Fixture *f, gconstpointer data)
{
  guint8 opened[PAGE];

  for (gsize i = 0; i < PAGE + 40; i++)
    {
      f->sealed[i] ^= (guint8) (1 << i % 8);
      g_assert_false (san_page_cipher_open (f->cipher, place, sizeof place, f->sealed, PAGE + 40,
                                            opened));
      f->sealed[i] ^= (guint8) (1 << i % 8);
    }
}

static void
test_empty (Fixture *f, gconstpointer data)
{
  guint8 sealed[40], opened[1];

  san_page_cipher_seal (f->cipher, place, sizeof place, f->plain, 0, sealed);
  g_assert_true (san_page_cipher_open (f->cipher, place, sizeof place, sealed, 40, opened));
}

static void
test_wrong_key_size (void)
{
  if (g_test_subprocess ())
    {
      g_autoptr(SanSecret) key = san_secret_new (16);

      san_page_cipher_free (san_page_cipher_new (key));
      return;
    }
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_failed ();
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (san_crypto_init (NULL));
#define ADD(name, func) \
  g_test_add ("/crypto/page-cipher/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("round-trip", test_round_trip);
  ADD ("in-place", test_in_place);
  ADD ("nonce-is-fresh", test_fresh_nonce);
  ADD ("no-nonce-twice", test_no_nonce_twice);
  ADD ("fork-starts-fresh", test_fork);
  ADD ("misuse-does-not-open", test_misuse);
  ADD ("every-byte-is-bound", test_every_byte);
  ADD ("nothing", test_empty);
#undef ADD
  g_test_add_func ("/crypto/page-cipher/wrong-key-size-is-our-mistake", test_wrong_key_size);
  return g_test_run ();
}
