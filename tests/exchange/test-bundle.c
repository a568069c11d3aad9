/* test-bundle.c - a whole bundle there and back */
#include "san-test-forge.h"

#include "san-file.h"
#include "san-stream.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/resource.h>

typedef struct
{
  TestCentre *ours;
  TestCentre *theirs;
  char *dir;
  SanId32 recipients[2];
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->ours = test_centre_new ("ours");
  self->theirs = test_centre_new ("theirs");
  self->dir = test_dir_new ();
  self->recipients[0] = *san_box_key_get_public (self->ours->first.box);
  self->recipients[1] = *san_box_key_get_public (self->theirs->first.box);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  test_centre_free (self->ours);
  test_centre_free (self->theirs);
  g_assert_cmpuint (test_dir_count (self->dir), ==, 0);
  test_dir_remove (self->dir);
}

static GBytes *
slurp (const char *dir, const char *name, gboolean away)
{
  g_autofree char *path = g_build_filename (dir, name, NULL);
  g_autoptr(GError) error = NULL;
  GBytes *bytes = san_file_read (path, SAN_BUNDLE_FILE_LIMIT, &error);

  g_assert_no_error (error);
  if (away)
    g_assert_cmpint (g_unlink (path), ==, 0);
  return bytes;
}

static SanBundleWriter *
begin (Fixture *self, guint16 flags)
{
  SanBundleSpec spec = test_centre_spec (self->ours, self->recipients, 2, self->dir);
  g_autoptr(GError) error = NULL;
  SanBundleWriter *writer;

  spec.flags = flags;
  writer = san_bundle_writer_new (&spec, &error);
  g_assert_no_error (error);
  return writer;
}

static void
add (SanBundleWriter *writer, SanItemType type, GBytes *bytes)
{
  g_autoptr(GError) error = NULL;

  san_bundle_writer_add (writer, type, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes),
                         &error);
  g_assert_no_error (error);
}

static GBytes *
finish (Fixture *self, SanBundleWriter *writer, SanBundleResult *result)
{
  g_autoptr(GError) error = NULL;

  san_bundle_writer_finish (writer, self->dir, result, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (san_bundle_name_is_ours (result->name));
  return slurp (self->dir, result->name, TRUE);
}

static SanSenderKnown
find_ours (const SanId32 *centre, const SanId16 *device, const SanIntro *intro, SanId32 *sign_pk,
           gpointer data)
{
  TestCentre *ours = data;

  *sign_pk = *san_sign_key_get_public (ours->first.sign);
  return SAN_SENDER_KNOWN;
}

static SanBundleReader *
open_as (TestCentre *reader_centre, TestCentre *sender, GBytes *bundle)
{
  g_autoptr(GPtrArray) keys = g_ptr_array_new ();
  g_autoptr(GError) error = NULL;
  SanBundleReader *reader;
  SanId32 commitment;

  g_ptr_array_add (keys, reader_centre->first.seat_box);
  g_ptr_array_add (keys, reader_centre->first.box);
  reader = san_bundle_reader_open (san_source_new_bytes (bundle), keys, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (san_bundle_reader_get_key_index (reader), ==, 1);
  san_bundle_reader_read_header (reader, &commitment, &error);
  g_assert_no_error (error);
  san_bundle_reader_read_manifest (reader, find_ours, sender, &error);
  g_assert_no_error (error);
  return reader;
}

static void
expect (SanBundleReader *reader, SanItemType type, GBytes *bytes)
{
  g_auto(SanBundleItem) item = { SAN_ITEM_END, NULL };
  g_autoptr(GError) error = NULL;

  san_bundle_reader_next (reader, &item, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (item.type, ==, type);
  if (bytes != NULL)
    g_assert_true (g_bytes_equal (item.bytes, bytes));
}

static void
test_round_trip (Fixture *self, gconstpointer data)
{
  guint16 flags = (guint16) GPOINTER_TO_UINT (data);
  g_autoptr(SanBundleWriter) writer = begin (self, flags);
  g_autoptr(GPtrArray) entries = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr(GBytes) have = g_bytes_new_static ("\1", 1);
  g_autoptr(GBytes) bundle = NULL;
  g_autoptr(SanBundleReader) reader = NULL;
  g_auto(SanBundleResult) result = { 0 };
  SanId32 dossier = { { 9 } };

  add (writer, SAN_ITEM_HAVE, have);
  add (writer, SAN_ITEM_AUTHORITY, g_ptr_array_index (self->ours->entries, 0));
  for (guint i = 1; i <= 300; i++)
    {
      GBytes *entry = test_entry (self->ours, &dossier, &self->ours->first.journal, i, i * 17);

      g_ptr_array_add (entries, entry);
      add (writer, SAN_ITEM_ENTRY, entry);
    }
  bundle = finish (self, writer, &result);
  g_assert_cmpuint (result.size, ==, g_bytes_get_size (bundle));
  g_assert_true (san_bundle_size_is_allowed (result.size));
  g_assert_cmpuint (result.manifest.n_entries, ==, 301);

  for (guint who = 0; who < 2; who++)
    {
      g_clear_pointer (&reader, san_bundle_reader_free);
      reader = open_as (who == 0 ? self->ours : self->theirs, self->ours, bundle);
      g_assert_cmpuint (san_bundle_reader_get_manifest (reader)->number, ==, 7);
      expect (reader, SAN_ITEM_HAVE, have);
      expect (reader, SAN_ITEM_AUTHORITY, g_ptr_array_index (self->ours->entries, 0));
      for (guint i = 0; i < entries->len; i++)
        expect (reader, SAN_ITEM_ENTRY, g_ptr_array_index (entries, i));
      expect (reader, SAN_ITEM_END, NULL);
    }
}

static void
test_empty (Fixture *self, gconstpointer data)
{
  guint16 flags = (guint16) GPOINTER_TO_UINT (data);
  g_autoptr(SanBundleWriter) writer = begin (self, flags);
  g_auto(SanBundleResult) result = { 0 };
  g_autoptr(GBytes) bundle = finish (self, writer, &result);
  g_autoptr(SanBundleReader) reader = open_as (self->theirs, self->ours, bundle);

  g_assert_cmpuint (g_bytes_get_size (bundle), ==, SAN_BUNDLE_FILE_MIN);
  expect (reader, SAN_ITEM_END, NULL);
}

/* Every length of payload around the ends of frames and around the smallest file. */
static void
test_sizes (Fixture *self, gconstpointer data)
{
  const guint32 bases[] = { 1, 64100, 65536, 131072, 196608, 300000 };

  for (guint b = 0; b < G_N_ELEMENTS (bases); b++)
    for (guint32 step = 0; step < 3; step++)
      {
        Forge forge;
        g_autoptr(GByteArray) payload = g_byte_array_new ();
        g_autoptr(GBytes) bundle = NULL;
        guint32 wanted = bases[b] + step * 29;

        forge_init (&forge, self->ours, &self->recipients[1]);
        for (guint i = 1; payload->len < wanted; i++)
          {
            SanId32 dossier = { { 1, (guint8) (i >> 8), (guint8) i } };
            g_autoptr(GBytes) entry = test_entry (self->ours, &dossier, &self->ours->first.journal,
                                                   1, MIN (200000, wanted - payload->len));

            forge_put_item (payload, SAN_ITEM_ENTRY, g_bytes_get_data (entry, NULL),
                            g_bytes_get_size (entry));
          }
        forge.payload = g_bytes_new (payload->data, payload->len);
        bundle = forge_bundle (&forge);
        g_bytes_unref (forge.payload);
        g_assert_true (san_bundle_size_is_allowed (g_bytes_get_size (bundle)));
        g_assert_cmpint (forge_read_of (bundle, self->theirs->first.box, self->ours), ==, -1);
      }
}

static void
test_nobody_else (Fixture *self, gconstpointer data)
{
  g_autoptr(SanBundleWriter) writer = begin (self, 0);
  g_auto(SanBundleResult) result = { 0 };
  g_autoptr(GBytes) bundle = finish (self, writer, &result);
  g_autoptr(TestCentre) third = test_centre_new ("third");

  g_assert_cmpint (forge_read_of (bundle, third->first.box, self->ours), ==, SAN_ERROR_NOT_FOR_US);
  g_assert_cmpint (forge_read_of (bundle, self->ours->first.seat_box, self->ours), ==,
                   SAN_ERROR_NOT_FOR_US);
}

/* Two bundles of the same things share nothing that shows. */
static void
test_fresh (Fixture *self, gconstpointer data)
{
  g_autoptr(SanBundleWriter) one = begin (self, 0);
  g_autoptr(SanBundleWriter) other = begin (self, 0);
  g_auto(SanBundleResult) a = { 0 };
  g_auto(SanBundleResult) b = { 0 };
  g_autoptr(GBytes) first = finish (self, one, &a);
  g_autoptr(GBytes) second = finish (self, other, &b);
  const guint8 *x = g_bytes_get_data (first, NULL);
  const guint8 *y = g_bytes_get_data (second, NULL);
  guint same = 0;

  g_assert_false (san_id32_equal (&a.commitment, &b.commitment));
  for (gsize i = 0; i < SAN_BUNDLE_FILE_MIN; i++)
    same += x[i] == y[i];
  g_assert_cmpuint (same, <, SAN_BUNDLE_FILE_MIN / 256 * 2);
}

/* The place of our stanza says nothing: over 200 bundles it is everywhere. */
static void
test_shuffled (Fixture *self, gconstpointer data)
{
  guint seen[SAN_BUNDLE_STANZAS] = { 0 };

  for (guint i = 0; i < 200; i++)
    {
      g_autoptr(SanBundleWriter) writer = begin (self, 0);
      g_auto(SanBundleResult) result = { 0 };
      g_autoptr(GBytes) bundle = finish (self, writer, &result);
      const guint8 *bytes = g_bytes_get_data (bundle, NULL);
      SanId32 ephemeral;

      memcpy (ephemeral.b, bytes, 32);
      for (guint at = 0; at < SAN_BUNDLE_STANZAS; at++)
        {
          g_autoptr(SanSecret) key = san_stanza_find (&ephemeral, self->ours->first.box,
                                                      bytes + 32 + at * SAN_STANZA_SIZE, 1, NULL);
          seen[at] += key != NULL;
        }
    }
  for (guint at = 0; at < SAN_BUNDLE_STANZAS; at++)
    g_assert_cmpuint (seen[at], >, 5);
}

static void
test_refuses (Fixture *self, gconstpointer data)
{
  SanBundleSpec spec = test_centre_spec (self->ours, self->recipients + 1, 1, self->dir);
  g_autoptr(SanBundleWriter) writer = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) want = NULL;
  g_autoptr(GBytes) entry = NULL;
  SanWant piece = { .is_piece = TRUE };
  SanId32 dossier = { { 5 } };

  writer = san_bundle_writer_new (&spec, &error);          /* could not be opened by its maker */
  g_assert_error (error, SAN_ERROR, SAN_ERROR_REFUSED);
  g_assert_null (writer);
  g_clear_error (&error);

  writer = begin (self, 0);
  want = san_want_encode (&piece);
  entry = test_entry (self->ours, &dossier, &self->ours->first.journal, 2, 10);
  add (writer, SAN_ITEM_ENTRY, entry);
  g_assert_false (san_bundle_writer_add (writer, SAN_ITEM_ENTRY, g_bytes_get_data (entry, NULL),
                                         g_bytes_get_size (entry), &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_false (san_bundle_writer_add (writer, SAN_ITEM_WANT, g_bytes_get_data (want, NULL),
                                         g_bytes_get_size (want), &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_false (san_bundle_writer_add (writer, SAN_ITEM_KEYRING, dossier.b, 32, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_REFUSED);
  g_assert_false (san_bundle_writer_has_room (writer, SAN_ITEM_PIECE, SAN_PIECE_LIMIT));
  {
    g_auto(SanBundleResult) result = { 0 };
    g_autoptr(GBytes) bundle = finish (self, writer, &result);

    g_assert_cmpuint (result.manifest.n_entries, ==, 1);
    g_assert_cmpint (forge_read_of (bundle, self->theirs->first.box, self->ours), ==, -1);
  }
}

static void
test_pieces (Fixture *self, gconstpointer data)
{
  guint n = GPOINTER_TO_UINT (data);
  g_autoptr(SanBundleWriter) writer = begin (self, SAN_BUNDLE_ZSTD);
  g_autofree guint8 *random = g_malloc (SAN_PIECE_LIMIT);
  g_auto(SanBundleResult) result = { 0 };
  g_autoptr(GBytes) bundle = NULL;
  g_autoptr(GBytes) whole = NULL;

  san_random (random, SAN_PIECE_LIMIT);
  whole = g_bytes_new (random, SAN_PIECE_LIMIT);
  for (guint i = 0; i < n; i++)
    add (writer, SAN_ITEM_PIECE, whole);
  bundle = finish (self, writer, &result);
  g_assert_cmpuint (result.manifest.n_pieces, ==, n);
  g_assert_cmpint (forge_read_of (bundle, self->theirs->first.box, self->ours), ==, -1);
}

#if !defined(__SANITIZE_ADDRESS__)
static gint64
peak_memory (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return usage.ru_maxrss;                      /* KiB */
}

/* 60 MiB through writer and reader, and the process stays small. */
static void
test_memory (Fixture *self, gconstpointer data)
{
  g_autoptr(SanBundleWriter) writer = begin (self, SAN_BUNDLE_ZSTD);
  g_autofree guint8 *random = g_malloc (SAN_PIECE_LIMIT);
  g_auto(SanBundleResult) result = { 0 };
  g_autoptr(GError) error = NULL;
  g_autofree char *path = NULL;
  gint64 before = peak_memory ();

  san_random (random, SAN_PIECE_LIMIT);
  for (guint i = 0; i < 60; i++)
    san_bundle_writer_add (writer, SAN_ITEM_PIECE, random, SAN_PIECE_LIMIT, &error);
  g_assert_no_error (error);
  san_bundle_writer_finish (writer, self->dir, &result, NULL, &error);   /* reads it whole, too */
  g_assert_no_error (error);
  path = g_build_filename (self->dir, result.name, NULL);
  g_unlink (path);
  g_test_message ("%" G_GINT64_FORMAT " KiB more than before", peak_memory () - before);
  g_assert_cmpint (peak_memory () - before, <, 40 * 1024);
}
#endif

/* What shrinks more than a reader believes travels as it is. */
static void
test_too_good (Fixture *self, gconstpointer data)
{
  g_autoptr(SanBundleWriter) writer = begin (self, SAN_BUNDLE_ZSTD);
  g_autofree guint8 *zeros = g_malloc0 (SAN_PIECE_LIMIT);
  g_autoptr(GBytes) whole = g_bytes_new (zeros, SAN_PIECE_LIMIT);
  g_auto(SanBundleResult) result = { 0 };
  g_autoptr(GBytes) bundle = NULL;

  for (guint i = 0; i < 12; i++)
    add (writer, SAN_ITEM_PIECE, whole);
  bundle = finish (self, writer, &result);
  g_assert_cmpuint (result.manifest.flags & SAN_BUNDLE_ZSTD, ==, 0);
  g_assert_cmpuint (result.manifest.payload_size, ==, 12 * (SAN_PIECE_LIMIT + 8));
  g_assert_cmpint (forge_read_of (bundle, self->theirs->first.box, self->ours), ==, -1);
}

static void
test_names (void)
{
  g_autofree char *name = san_bundle_name_new ();
  g_autofree char *other = san_bundle_name_new ();
  g_autofree char *loud = g_ascii_strup (name, -1);

  g_assert_cmpuint (strlen (name), ==, 30);
  g_assert_cmpstr (name, !=, other);
  g_assert_true (san_bundle_name_is_ours (name));
  g_assert_true (san_bundle_name_is_ours (loud));
  g_assert_false (san_bundle_name_is_ours ("../abcdefghijklmnopqrstuvw.dat"));
  g_assert_false (san_bundle_name_is_ours ("abcdefghijklmnopqrstuvwxy1.dat"));
  g_assert_false (san_bundle_name_is_ours ("abcdefghijklmnopqrstuvwxyz.dax"));
  g_assert_false (san_bundle_name_is_ours ("erased.dat"));
}

/* All sizes that Padmé knows up to the limit can be reached; plain and size go back and forth. */
static void
test_padding (void)
{
  guint n = 0;

  g_assert_cmpuint (san_bundle_size_for (1), ==, SAN_BUNDLE_FILE_MIN);
  for (guint64 size = SAN_BUNDLE_FILE_MIN; size <= (512u << 20); size = san_padme (size + 1), n++)
    {
      guint64 plain = san_bundle_plain_for (size);

      g_assert_true (san_bundle_size_is_allowed (size));
      g_assert_cmpuint (plain, >, 0);
      g_assert_cmpuint (san_bundle_size_for (plain), ==, size);
      g_assert_cmpuint (san_bundle_size_for (plain + 1), >, size);
      g_assert_false (san_bundle_size_is_allowed (size + 1));
    }
  g_assert_cmpuint (n, ==, 417);
  g_assert_cmpuint (san_bundle_plain_for (617), ==, 0);
  g_assert_cmpuint (san_bundle_plain_for (618), ==, 1);
  g_assert_cmpuint (san_bundle_plain_for (600 + 65553), ==, 65536);
  g_assert_cmpuint (san_bundle_plain_for (600 + 65553 + 17), ==, 0);
  g_assert_cmpuint (san_bundle_plain_for (600 + 65553 + 18), ==, 65537);
}

#define ADD(path, data, func)                                                                      \
  g_test_add (path, Fixture, GUINT_TO_POINTER (data), set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (san_crypto_init (NULL));
  g_test_add_func ("/exchange/bundle/names-say-nothing", test_names);
  g_test_add_func ("/exchange/bundle/sizes-are-those-of-padme", test_padding);
#if !defined(__SANITIZE_ADDRESS__)
  ADD ("/exchange/bundle/memory-stays-bounded", 0, test_memory);
#endif
  ADD ("/exchange/bundle/what-goes-in-comes-out", 0, test_round_trip);
  ADD ("/exchange/bundle/what-goes-in-comes-out-compressed", SAN_BUNDLE_ZSTD, test_round_trip);
  ADD ("/exchange/bundle/empty-payload", 0, test_empty);
  ADD ("/exchange/bundle/empty-payload-compressed", SAN_BUNDLE_ZSTD, test_empty);
  ADD ("/exchange/bundle/another-maker-fits-at-all-sizes", 0, test_sizes);
  ADD ("/exchange/bundle/nobody-else-opens-it", 0, test_nobody_else);
  ADD ("/exchange/bundle/nothing-repeats", 0, test_fresh);
  ADD ("/exchange/bundle/stanzas-are-shuffled", 0, test_shuffled);
  ADD ("/exchange/bundle/writer-refuses-what-breaks-the-order", 0, test_refuses);
  ADD ("/exchange/bundle/pieces", 5, test_pieces);
  ADD ("/exchange/bundle/pieces-beyond-what-stays-in-memory", 20, test_pieces);
  ADD ("/exchange/bundle/what-shrinks-too-well-travels-as-it-is", 0, test_too_good);
  return g_test_run ();
}
