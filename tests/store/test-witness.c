/* test-witness.c - the note outside the store, and what is concluded from it */
#include "san-error.h"
#include "san-file.h"
#include "san-witness.h"

#include <glib/gstdio.h>
#include <string.h>

static const SanWitness sample = {
  .store = { { 1 } }, .machine = { { 2 } }, .journal = { { 3 } },
  .n_entries = 41, .last = { { 4 } }, .page_sum = { { 0 } },
};

typedef struct
{
  char      *dir;
  char      *path;
  SanSecret *key;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->dir = g_dir_make_tmp ("san-witness-XXXXXX", NULL);
  f->path = g_build_filename (f->dir, "deeper", "w", NULL);
  f->key = san_secret_new_random (32);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_autofree char *deeper = g_path_get_dirname (f->path);

  g_unlink (f->path);
  g_rmdir (deeper);
  g_assert_cmpint (g_rmdir (f->dir), ==, 0);
  san_secret_unref (f->key);
  g_free (f->path);
  g_free (f->dir);
}

static void
test_round_trip (Fixture *f, gconstpointer data)
{
  SanWitness found = { 0 };
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = NULL;

  g_assert_false (san_witness_load (f->path, &sample.store, f->key, &found, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_NOT_FOUND);
  g_assert_true (san_witness_save (f->path, &sample, f->key, NULL));
  g_assert_true (san_witness_load (f->path, &sample.store, f->key, &found, NULL));
  g_assert_cmpmem (&found.store, 16, &sample.store, 16);
  g_assert_cmpmem (&found.journal, 16, &sample.journal, 16);
  g_assert_cmpuint (found.n_entries, ==, 41);
  g_assert_cmpmem (&found.last, 32, &sample.last, 32);
  bytes = san_file_read (f->path, 1000, NULL);
  g_assert_cmpuint (g_bytes_get_size (bytes), ==, 156);
}

static void
test_foreign (Fixture *f, gconstpointer data)
{
  g_autoptr(SanSecret) other = san_secret_new_random (32);
  SanId16 other_store = { { 9 } };
  SanWitness found = { .n_entries = 7 };
  g_autoptr(GError) error = NULL;

  g_assert_true (san_witness_save (f->path, &sample, f->key, NULL));
  g_assert_false (san_witness_load (f->path, &sample.store, other, &found, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_UNTRUSTED);
  g_clear_error (&error);
  g_assert_false (san_witness_load (f->path, &other_store, f->key, &found, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_UNTRUSTED);
  g_assert_cmpuint (found.n_entries, ==, 7);
}

static void
test_damaged (Fixture *f, gconstpointer data)
{
  g_autoptr(GBytes) whole = NULL;
  SanWitness found;

  g_assert_true (san_witness_save (f->path, &sample, f->key, NULL));
  whole = san_file_read (f->path, 1000, NULL);
  for (gsize n = 0; n < g_bytes_get_size (whole); n++)
    {
      g_autoptr(GBytes) part = g_bytes_new_from_bytes (whole, 0, n);
      g_autofree guint8 *flipped = g_memdup2 (g_bytes_get_data (whole, NULL), 156);
      g_autoptr(GBytes) changed = NULL;
      g_autoptr(GError) error = NULL;

      g_assert_true (san_file_replace (f->path, part, 0600, NULL));
      g_assert_false (san_witness_load (f->path, &sample.store, f->key, &found, &error));
      g_assert_error (error, SAN_ERROR, SAN_ERROR_DAMAGED);
      flipped[n] ^= 0x10;
      changed = g_bytes_new (flipped, 156);
      g_assert_true (san_file_replace (f->path, changed, 0600, NULL));
      g_assert_false (san_witness_load (f->path, &sample.store, f->key, &found, NULL));
    }
}

/* The example of FORMAT-files.md. */
static const char example[] =
  "53414e57000102030405060708090a0b0c0d0e0f666666666666666666666666"
  "6666666677777777777777777777777777777777290000000000000088888888"
  "8888888888888888888888888888888888888888888888888888888800000000"
  "00000000000000000000000000000000000000000000000000000000b7a3a38a"
  "bc933b1a3e7509020b2dc81df98e0fac3748c5d86c51c369b75e7123";

static void
test_example (Fixture *f, gconstpointer data)
{
  g_autoptr(GBytes) expected = san_bytes_from_hex (example, NULL);
  g_autoptr(GBytes) written = NULL;
  SanWitness witness = { .n_entries = 41 };
  SanWitness found;

  memset (san_secret_get_mutable (f->key), 3, 32);
  for (guint8 i = 0; i < 16; i++)
    witness.store.b[i] = i;
  memset (witness.machine.b, 0x66, 16);
  memset (witness.journal.b, 0x77, 16);
  memset (witness.last.b, 0x88, 32);
  g_assert_true (san_witness_save (f->path, &witness, f->key, NULL));
  written = san_file_read (f->path, 1000, NULL);
  g_assert_true (g_bytes_equal (written, expected));
  g_assert_true (san_witness_load (f->path, &witness.store, f->key, &found, NULL));
}

static void
test_judge (void)
{
  SanWitness now = sample;

  g_assert_cmpint (san_witness_judge (NULL, &now), ==, SAN_WITNESS_MISSING);
  g_assert_cmpint (san_witness_judge (&sample, &now), ==, SAN_WITNESS_FITS);
  now.n_entries = 42;                    /* cut off between the save and the witness */
  now.last.b[0] = 5;
  g_assert_cmpint (san_witness_judge (&sample, &now), ==, SAN_WITNESS_FITS);
  now.n_entries = 41;                    /* as many, but others */
  g_assert_cmpint (san_witness_judge (&sample, &now), ==, SAN_WITNESS_ROLLED_BACK);
  now = sample;
  now.n_entries = 40;
  g_assert_cmpint (san_witness_judge (&sample, &now), ==, SAN_WITNESS_ROLLED_BACK);
  now = sample;
  now.journal.b[0] = 8;
  g_assert_cmpint (san_witness_judge (&sample, &now), ==, SAN_WITNESS_ROLLED_BACK);
  now = sample;
  now.machine.b[0] = 8;
  g_assert_cmpint (san_witness_judge (&sample, &now), ==, SAN_WITNESS_OTHER_MACHINE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (san_crypto_init (NULL));
#define ADD(name, func) g_test_add ("/store/witness/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("round-trip", test_round_trip);
  ADD ("foreign-is-untrusted", test_foreign);
  ADD ("example-of-the-format", test_example);
  ADD ("every-truncation-and-flip-is-refused", test_damaged);
#undef ADD
  g_test_add_func ("/store/witness/verdicts", test_judge);
  return g_test_run ();
}
