/* test-ahead.c - what is read ahead is what is read: each item in its order, each signature judged
 */
#include "san-test-forge.h"

#include "san-ahead.h"

#include <string.h>

#define ENTRIES 203u
#define BAD(i)  ((i) % 7 == 3)         /* its signature does not fit */
#define NONE(i) ((i) % 31 == 5)        /* its header is none */

static TestCentre *ours;
static TestCentre *theirs;

static SanSenderKnown
find_ours (const SanId32 *centre, const SanId16 *device, const SanIntro *intro, SanId32 *sign_pk,
           gpointer data)
{
  *sign_pk = *san_sign_key_get_public (ours->first.sign);
  return SAN_SENDER_KNOWN;
}

static void
put_entry (GByteArray *payload, guint i)
{
  SanId32 dossier = { { 3 } };
  g_autoptr(GBytes) entry =
      test_entry (ours, &dossier, &ours->first.journal, i + 1, i % 50 == 49 ? 300000 : 700);
  gsize n = g_bytes_get_size (entry);
  g_autofree guint8 *copy = g_memdup2 (g_bytes_get_data (entry, NULL), n);

  if (BAD (i))
    copy[SAN_SIGNED_SIZE + 5] ^= 1;
  if (NONE (i))
    copy[0] ^= 1;
  forge_put_item (payload, SAN_ITEM_ENTRY, copy, n);
}

static GBytes *
make_bundle (void)
{
  g_autoptr(GByteArray) payload = g_byte_array_new ();
  GBytes *bundle;
  Forge forge;

  for (guint i = 0; i < ENTRIES; i++)
    put_entry (payload, i);
  forge_init (&forge, ours, san_box_key_get_public (theirs->first.box));
  forge.payload = g_bytes_new (payload->data, payload->len);
  bundle = forge_bundle (&forge);
  g_bytes_unref (forge.payload);
  return bundle;
}

static SanBundleReader *
open_bundle (GBytes *bundle)
{
  g_autoptr(GPtrArray) keys = g_ptr_array_new ();
  g_autoptr(GError) error = NULL;
  SanBundleReader *reader;
  SanId32 commitment;

  g_ptr_array_add (keys, theirs->first.box);
  reader = san_bundle_reader_open (san_source_new_bytes (bundle), keys, &error);
  g_assert_no_error (error);
  g_assert_true (san_bundle_reader_read_header (reader, &commitment, NULL));
  g_assert_true (san_bundle_reader_read_manifest (reader, find_ours, NULL, NULL));
  return reader;
}

/* What @ahead gives beside what a reader gives by itself. Returns how many there were. */
static guint
compare (GBytes *bundle, SanAhead *ahead, gboolean all_new, GError **error)
{
  g_autoptr(SanBundleReader) plain = open_bundle (bundle);

  for (guint i = 0;; i++)
    {
      g_auto(SanBundleItem) item = { 0 };
      g_auto(SanBundleItem) wanted = { 0 };
      g_autoptr(SanEntry) entry = NULL;
      g_autoptr(GError) plain_error = NULL;
      gboolean ok = san_ahead_next (ahead, &item, &entry, NULL, error);

      g_assert_cmpint (san_bundle_reader_next (plain, &wanted, NULL, &plain_error), ==, ok);
      if (!ok)
        {
          g_assert_error (*error, plain_error->domain, plain_error->code);
          return i;
        }
      g_assert_cmpint (item.type, ==, wanted.type);
      if (item.type == SAN_ITEM_END)
        return i;
      g_assert_true (g_bytes_equal (item.bytes, wanted.bytes));
      g_assert_cmpint (entry == NULL, ==, NONE (i));
      if (entry != NULL)
        for (guint twice = 0; twice < 2; twice++)
          g_assert_cmpint (san_entry_check_signature (entry, NULL), ==, !BAD (i));
      san_ahead_tell (ahead, all_new || i % 3 == 0);
    }
}

static void
test_same (gconstpointer all_new)
{
  g_autoptr(GBytes) bundle = make_bundle ();
  g_autoptr(SanBundleReader) reader = open_bundle (bundle);
  g_autoptr(SanAhead) ahead = san_ahead_new (reader);
  g_autoptr(GError) error = NULL;

  g_assert_cmpuint (compare (bundle, ahead, all_new != NULL, &error), ==, ENTRIES);
  g_assert_no_error (error);
}

/* A bundle that is cut off gives all that came before the cut, and then says so. */
static void
test_cut (void)
{
  g_autoptr(GBytes) bundle = make_bundle ();

  for (guint parts = 1; parts < 8; parts++)
    {
      g_autoptr(GBytes) cut =
          g_bytes_new_from_bytes (bundle, 0, MAX (g_bytes_get_size (bundle) * parts / 8, 4096u));
      g_autoptr(SanBundleReader) reader = open_bundle (cut);
      g_autoptr(SanAhead) ahead = san_ahead_new (reader);
      g_autoptr(GError) error = NULL;

      g_assert_cmpuint (compare (cut, ahead, TRUE, &error), <, ENTRIES);
      g_assert_nonnull (error);
    }
}

/* Whoever has enough leaves: nothing waits for ever, nothing is left. */
static void
test_left (void)
{
  g_autoptr(GBytes) bundle = make_bundle ();

  for (guint taken = 0; taken < 100; taken++)
    {
      g_autoptr(SanBundleReader) reader = open_bundle (bundle);
      g_autoptr(SanAhead) ahead = san_ahead_new (reader);
      g_autoptr(GCancellable) cancellable = g_cancellable_new ();
      g_autoptr(GError) error = NULL;
      g_auto(SanBundleItem) last = { 0 };
      g_autoptr(SanEntry) none = NULL;

      for (guint i = 0; i < taken; i++)
        {
          g_auto(SanBundleItem) item = { 0 };
          g_autoptr(SanEntry) entry = NULL;

          g_assert_true (san_ahead_next (ahead, &item, &entry, cancellable, NULL));
        }
      g_cancellable_cancel (cancellable);
      g_assert_false (san_ahead_next (ahead, &last, &none, cancellable, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    }
}

int
main (int argc, char **argv)
{
  int result;

  g_test_init (&argc, &argv, NULL);
  ours = test_centre_new ("ours");
  theirs = test_centre_new ("theirs");
  g_test_add_data_func ("/exchange/ahead/gives-what-is-read", GINT_TO_POINTER (1), test_same);
  g_test_add_data_func ("/exchange/ahead/gives-it-unchecked-too", NULL, test_same);
  g_test_add_func ("/exchange/ahead/tells-of-a-cut-in-its-place", test_cut);
  g_test_add_func ("/exchange/ahead/can-be-left", test_left);
  result = g_test_run ();
  test_centre_free (ours);
  test_centre_free (theirs);
  return result;
}
