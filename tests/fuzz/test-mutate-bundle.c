/* test-mutate-bundle.c - thousands of damaged bundles, by strangers and by people with keys
 *
 * A stranger changes bytes of the file; a co-recipient opens it, changes what is inside and seals
 * it again under the same header; a known sender signs whatever it likes. The first two must
 * never get to the end; the third only with bytes that are in canonical form. */
#include "san-mutate.h"
#include "san-test-forge.h"

#include "san-writer.h"

#include <string.h>
#include <zstd.h>

#define ROUNDS 1500

static TestCentre *ours;
static TestCentre *theirs;
static GBytes *payload;
static GBytes *packed;
static GBytes *intro;

static GBytes *
make_payload (void)
{
  g_autoptr(GArray) rows = g_array_new (FALSE, TRUE, sizeof (SanHaveRow));
  GByteArray *bytes = g_byte_array_new ();
  SanWant want = { .from = 3, .to = 9 };
  g_autoptr(GBytes) want_bytes = san_want_encode (&want);
  g_autoptr(SanHave) have = NULL;
  g_autoptr(GBytes) have_bytes = NULL;
  SanId32 dossier = { { 3 } };

  for (guint8 i = 1; i < 6; i++)
    {
      SanHaveRow row = { .dossier = { { i } }, .journal = { { 1 } }, .number = i };

      g_array_append_val (rows, row);
    }
  have = san_have_new (rows, NULL);
  have_bytes = san_have_encode (have, NULL);
  forge_put_item (bytes, SAN_ITEM_HAVE, g_bytes_get_data (have_bytes, NULL),
                  g_bytes_get_size (have_bytes));
  forge_put_item (bytes, SAN_ITEM_WANT, g_bytes_get_data (want_bytes, NULL),
                  g_bytes_get_size (want_bytes));
  for (guint i = 0; i < ours->entries->len; i++)
    {
      GBytes *entry = g_ptr_array_index (ours->entries, i);

      forge_put_item (bytes, SAN_ITEM_AUTHORITY, g_bytes_get_data (entry, NULL),
                      g_bytes_get_size (entry));
    }
  for (guint i = 1; i <= 8; i++)
    {
      g_autoptr(GBytes) entry = test_entry (ours, &dossier, &ours->first.journal, i, 50 * i);

      forge_put_item (bytes, SAN_ITEM_ENTRY, g_bytes_get_data (entry, NULL),
                      g_bytes_get_size (entry));
    }
  return g_byte_array_free_to_bytes (bytes);
}

static GBytes *
pack (GBytes *bytes)
{
  ZSTD_CCtx *context = ZSTD_createCCtx ();
  gsize room = ZSTD_compressBound (g_bytes_get_size (bytes));
  guint8 *out = g_malloc (room);
  gsize n;

  ZSTD_CCtx_setParameter (context, ZSTD_c_windowLog, 20);
  ZSTD_CCtx_setParameter (context, ZSTD_c_contentSizeFlag, 0);
  n = ZSTD_compress2 (context, out, room, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_assert_false (ZSTD_isError (n));
  ZSTD_freeCCtx (context);
  return g_bytes_new_take (out, n);
}

/* --- reading, with all that came kept --- */

typedef struct { GByteArray *items; gboolean by_intro; } Taken;

static SanSenderKnown
find (const SanId32 *centre, const SanId16 *device, const SanIntro *found, SanId32 *sign_pk,
      gpointer data)
{
  const Taken *taken = data;

  if (!san_id32_equal (centre, &ours->centre))
    return SAN_SENDER_UNKNOWN;
  if (taken->by_intro)
    return SAN_SENDER_BY_INTRO;
  *sign_pk = *san_sign_key_get_public (ours->first.sign);
  return SAN_SENDER_KNOWN;
}

static gboolean
read_steps (GBytes *bundle, Taken *taken, SanManifest *manifest, GError **error)
{
  g_autoptr(GPtrArray) keys = g_ptr_array_new ();
  g_autoptr(SanBundleReader) reader = NULL;
  SanId32 commitment;

  g_ptr_array_add (keys, theirs->first.box);
  reader = san_bundle_reader_open (san_source_new_bytes (bundle), keys, error);
  if (reader == NULL || !san_bundle_reader_read_header (reader, &commitment, error)
      || !san_bundle_reader_read_manifest (reader, find, taken, error))
    return FALSE;
  *manifest = *san_bundle_reader_get_manifest (reader);
  for (;;)
    {
      g_auto(SanBundleItem) item = { SAN_ITEM_END, NULL };

      if (!san_bundle_reader_next (reader, &item, NULL, error))
        return FALSE;
      if (item.type == SAN_ITEM_END)
        return TRUE;
      forge_put_item (taken->items, (guint8) item.type, g_bytes_get_data (item.bytes, NULL),
                      g_bytes_get_size (item.bytes));
    }
}

static gboolean
read_whole (GBytes *bundle, Taken *taken, SanManifest *manifest)
{
  g_autoptr(GError) error = NULL;
  gboolean ok;

  taken->items = g_byte_array_new ();
  ok = read_steps (bundle, taken, manifest, &error);
  g_assert_true (ok == (error == NULL));
  if (error != NULL)
    g_assert_true (error->domain == SAN_ERROR);
  return ok;
}

static gboolean
is_taken (GBytes *bundle, gboolean by_intro)
{
  Taken taken = { NULL, by_intro };
  SanManifest manifest;
  gboolean ok = read_whole (bundle, &taken, &manifest);

  g_byte_array_unref (taken.items);
  return ok;
}

static void
init (Forge *forge, gboolean compressed)
{
  forge_init (forge, ours, san_box_key_get_public (theirs->first.box));
  forge->payload = compressed ? packed : payload;
  if (compressed)
    {
      forge->manifest.flags = SAN_BUNDLE_ZSTD;
      forge->manifest.n_entries = 8 + ours->entries->len;
      forge->plain_size = g_bytes_get_size (payload);
    }
}

/* --- strangers --- */

static void
test_stranger (void)
{
  g_autoptr(SanMutator) mutator = san_mutator_new (san_mutate_seed (1));
  guint rounds = san_mutate_rounds (ROUNDS);

  for (guint i = 0; i < rounds; i++)
    {
      Forge forge;
      g_autoptr(GBytes) bundle = NULL;
      g_autoptr(GBytes) mutant = NULL;

      init (&forge, i % 2);
      bundle = forge_bundle (&forge);
      if (i < 4)
        g_assert_true (is_taken (bundle, FALSE));
      mutant = san_mutator_next (mutator, bundle, payload);
      if (!g_bytes_equal (mutant, bundle) && is_taken (mutant, FALSE))
        g_test_fail_printf ("a changed file was taken, round %u", i);
    }
}

/* --- co-recipients --- */

static void
test_co_recipient (void)
{
  g_autoptr(SanMutator) mutator = san_mutator_new (san_mutate_seed (2));
  guint rounds = san_mutate_rounds (ROUNDS);
  guint8 signature[64];

  for (guint i = 0; i < rounds; i++)
    {
      Forge forge;
      g_autoptr(GBytes) bundle = NULL;
      g_autoptr(GBytes) again = NULL;
      g_autoptr(GBytes) mutant = NULL;
      g_autoptr(GBytes) no_intro = g_bytes_new (NULL, 0);
      g_autoptr(GBytes) manifest = NULL;
      SanManifest fields = { 0 };
      SanId32 commitment;

      init (&forge, i % 2);
      fields = forge.manifest;
      fields.payload_size = g_bytes_get_size (forge.payload);
      fields.plain_size = g_bytes_get_size (payload);
      fields.n_entries = 8 + ours->entries->len;
      san_hash ("san1.payload", g_bytes_get_data (forge.payload, NULL), fields.payload_size,
                &fields.payload_hash);
      manifest = san_manifest_encode (&fields, NULL);
      forge.file_key = san_secret_new_random (32);
      bundle = forge_bundle (&forge);
      memcpy (commitment.b, (const guint8 *) g_bytes_get_data (bundle, NULL) + 544, 32);
      san_manifest_sign (manifest, no_intro, &commitment, ours->first.sign, signature);
      forge.header = bundle;
      forge.signature = signature;
      forge.raw_manifest = manifest;
      mutant = san_mutator_next (mutator, i % 3 == 0 ? manifest : forge.payload, payload);
      if (i % 3 == 0)
        forge.raw_manifest = mutant;
      else
        forge.payload = mutant;
      again = forge_bundle (&forge);
      if (!g_bytes_equal (mutant, i % 3 == 0 ? manifest
                                  : i % 2    ? packed
                                             : payload) &&
          is_taken (again, FALSE))
        g_test_fail_printf ("a changed stream was taken, round %u", i);
      san_secret_unref (forge.file_key);
    }
}

/* --- the sender itself --- */

static void
test_manifest (void)
{
  g_autoptr(SanMutator) mutator = san_mutator_new (san_mutate_seed (3));
  guint rounds = san_mutate_rounds (ROUNDS);
  guint n_taken = 0;

  for (guint i = 0; i < rounds; i++)
    {
      Forge forge;
      g_autoptr(GBytes) bundle = NULL;
      g_autoptr(GBytes) good = NULL;
      g_autoptr(GBytes) mutant = NULL;
      g_autoptr(GBytes) again = NULL;
      Taken taken = { NULL, FALSE };
      SanManifest fields;

      init (&forge, i % 2);
      fields = forge.manifest;
      fields.payload_size = g_bytes_get_size (forge.payload);
      fields.plain_size = g_bytes_get_size (payload);
      fields.n_entries = 8 + ours->entries->len;
      san_hash ("san1.payload", g_bytes_get_data (forge.payload, NULL), fields.payload_size,
                &fields.payload_hash);
      good = san_manifest_encode (&fields, NULL);
      mutant = san_mutator_next (mutator, good, payload);
      forge.raw_manifest = mutant;
      bundle = forge_bundle (&forge);
      if (read_whole (bundle, &taken, &fields))
        {
          again = san_manifest_encode (&fields, NULL);
          g_assert_nonnull (again);
          g_assert_true (g_bytes_equal (again, mutant));
          g_assert_cmpmem (taken.items->data, taken.items->len, g_bytes_get_data (payload, NULL),
                           g_bytes_get_size (payload));
          n_taken++;
        }
      g_byte_array_unref (taken.items);
    }
  g_test_message ("%u of %u manifests were as good as any", n_taken, rounds);
}

static void
test_payload (void)
{
  g_autoptr(SanMutator) mutator = san_mutator_new (san_mutate_seed (4));
  guint rounds = san_mutate_rounds (ROUNDS);
  guint n_taken = 0;

  for (guint i = 0; i < rounds; i++)
    {
      Forge forge;
      g_autoptr(GBytes) bundle = NULL;
      g_autoptr(GBytes) mutant = san_mutator_next (mutator, payload, intro);
      Taken taken = { NULL, FALSE };
      SanManifest fields;

      init (&forge, FALSE);
      forge.payload = mutant;
      bundle = forge_bundle (&forge);
      if (read_whole (bundle, &taken, &fields))
        {
          g_assert_cmpmem (taken.items->data, taken.items->len, g_bytes_get_data (mutant, NULL),
                           g_bytes_get_size (mutant));
          n_taken++;
        }
      g_byte_array_unref (taken.items);
    }
  g_test_message ("%u of %u payloads were whole items in order", n_taken, rounds);
}

static void
test_compressed (void)
{
  g_autoptr(SanMutator) mutator = san_mutator_new (san_mutate_seed (5));
  guint rounds = san_mutate_rounds (ROUNDS);

  for (guint i = 0; i < rounds; i++)
    {
      Forge forge;
      g_autoptr(GBytes) bundle = NULL;
      g_autoptr(GBytes) mutant = san_mutator_next (mutator, packed, payload);
      Taken taken = { NULL, FALSE };
      SanManifest fields;

      init (&forge, TRUE);
      forge.payload = mutant;
      bundle = forge_bundle (&forge);
      if (read_whole (bundle, &taken, &fields))
        g_assert_cmpuint (taken.items->len, ==, g_bytes_get_size (payload));
      g_byte_array_unref (taken.items);
    }
}

/* The sender's own intro, signed over: only the chain that its centre signed introduces it. */
static void
test_intro (void)
{
  g_autoptr(SanMutator) mutator = san_mutator_new (san_mutate_seed (6));
  guint rounds = san_mutate_rounds (ROUNDS);

  for (guint i = 0; i < rounds; i++)
    {
      Forge forge;
      g_autoptr(GBytes) bundle = NULL;
      g_autoptr(GBytes) mutant = san_mutator_next (mutator, intro, payload);

      init (&forge, FALSE);
      if (g_bytes_get_size (mutant) == 0)
        continue;
      forge.intro = i == 0 ? intro : mutant;
      bundle = forge_bundle (&forge);
      if (i == 0)
        g_assert_true (is_taken (bundle, TRUE));
      else if (!g_bytes_equal (mutant, intro) && is_taken (bundle, TRUE))
        {
          g_autoptr(SanIntro) chain = san_intro_parse (mutant, NULL);

          /* a shorter chain of the same entries is still one */
          g_assert_nonnull (chain);
          g_assert_cmpuint (g_bytes_get_size (mutant), <, g_bytes_get_size (intro));
        }
    }
}

int
main (int argc, char *argv[])
{
  TestDevice second;
  int status;

  g_test_init (&argc, &argv, NULL);
  g_assert_true (san_crypto_init (NULL));
  ours = test_centre_new ("ours");
  theirs = test_centre_new ("theirs");
  test_device_init (&second, "second");
  test_centre_add_device (ours, &second);
  test_centre_add_seat (ours, &second, "case-worker");
  payload = make_payload ();
  packed = pack (payload);
  intro = san_intro_select (ours->entries, &second.id, NULL);
  g_test_add_func ("/exchange/mutants/changed-files-are-never-taken", test_stranger);
  g_test_add_func ("/exchange/mutants/changed-by-a-co-recipient-never-taken", test_co_recipient);
  g_test_add_func ("/exchange/mutants/signed-manifests-are-canonical-or-refused", test_manifest);
  g_test_add_func ("/exchange/mutants/signed-payloads-are-whole-items-or-refused", test_payload);
  g_test_add_func ("/exchange/mutants/signed-frames-of-zstd-keep-their-size", test_compressed);
  g_test_add_func ("/exchange/mutants/changed-intros-introduce-nobody", test_intro);
  status = g_test_run ();
  g_bytes_unref (payload);
  g_bytes_unref (packed);
  g_bytes_unref (intro);
  test_device_clear (&second);
  test_centre_free (ours);
  test_centre_free (theirs);
  return status;
}
