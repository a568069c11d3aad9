/* test-bundle-forgery.c - bundles by people who hold some of the keys */
#include "san-test-forge.h"

#include "san-stream.h"
#include "san-writer.h"

#include <string.h>

static TestCentre *ours;         /* the sender */
static TestCentre *theirs;       /* a recipient */
static TestCentre *third;        /* somebody who should have nothing of it */

static GBytes *
entries_payload (guint n, gsize size)
{
  GByteArray *payload = g_byte_array_new ();
  SanId32 dossier = { { 3 } };

  for (guint i = 1; i <= n; i++)
    {
      g_autoptr(GBytes) entry = test_entry (ours, &dossier, &ours->first.journal, i, size);

      forge_put_item (payload, SAN_ITEM_ENTRY, g_bytes_get_data (entry, NULL),
                      g_bytes_get_size (entry));
    }
  return g_byte_array_free_to_bytes (payload);
}

static int
read_forged (const Forge *forge)
{
  g_autoptr(GBytes) bundle = forge_bundle (forge);

  return forge_read_of (bundle, theirs->first.box, ours);
}

/* To both, with a file key that we know. */
static void
init_two (Forge *forge, GBytes *payload)
{
  const SanId32 *a = san_box_key_get_public (theirs->first.box);
  const SanId32 *b = san_box_key_get_public (third->first.box);
  gboolean in_order = san_id32_compare (a, b) < 0;

  forge_init (forge, ours, a);
  forge->manifest.n_recipients = 2;
  forge->manifest.recipients[0] = in_order ? *a : *b;
  forge->manifest.recipients[1] = in_order ? *b : *a;
  forge->stanzas[1] = *b;
  forge->n_stanzas = 2;
  forge->payload = payload;
  forge->file_key = san_secret_new_random (32);
}

/* Intro, manifest and signature of a bundle, as any recipient can see them. */
static void
see_front (GBytes *bundle, const SanSecret *file_key, GBytes **manifest, guint8 signature[64])
{
  const guint8 *data = g_bytes_get_data (bundle, NULL);
  g_autoptr(SanSecret) stream_key = san_derive (file_key, "san1.stream", data + 544, 32);
  g_autoptr(SanStreamPull) pull = san_stream_pull_new (stream_key, data + 576);
  g_autofree guint8 *plain = g_malloc (SAN_BUNDLE_FRAME_SIZE);
  gsize n = MIN (g_bytes_get_size (bundle) - 600, SAN_BUNDLE_FRAME_SIZE + SAN_STREAM_OVERHEAD);
  gboolean final;
  guint32 size;

  g_assert_true (san_stream_pull (pull, data + 600, n, &final, plain));
  memcpy (&size, plain + 4, 4);          /* no intro */
  *manifest = g_bytes_new (plain + 8, size);
  memcpy (signature, plain + 8 + size, 64);
}

static void
test_exchanged_stream (void)
{
  g_autoptr(GBytes) payload = entries_payload (10, 3000);
  g_autoptr(GBytes) other = entries_payload (10, 3001);
  guint8 *touched = g_memdup2 (g_bytes_get_data (payload, NULL), g_bytes_get_size (payload));
  g_autoptr(GBytes) alike = g_bytes_new_take (touched, g_bytes_get_size (payload));
  g_autoptr(GBytes) manifest = NULL;
  g_autoptr(GBytes) bundle = NULL;
  g_autoptr(SanSecret) seen = NULL;
  guint8 signature[64];
  Forge forge;

  init_two (&forge, payload);
  bundle = forge_bundle (&forge);
  g_assert_cmpint (forge_read_of (bundle, theirs->first.box, ours), ==, -1);
  g_assert_cmpint (forge_read_of (bundle, third->first.box, ours), ==, -1);

  /* the third one opens it, keeps header, manifest and signature, and changes what follows */
  seen = forge_open (bundle, third->first.box);
  g_assert_true (san_secret_equal (seen, forge.file_key));
  see_front (bundle, seen, &manifest, signature);
  forge.header = g_bytes_ref (bundle);
  forge.raw_manifest = manifest;
  forge.signature = signature;
  g_assert_cmpint (read_forged (&forge), ==, -1);        /* unchanged */
  forge.payload = other;
  g_assert_cmpint (read_forged (&forge), ==, SAN_ERROR_DAMAGED);
  touched[g_bytes_get_size (payload) - 1] ^= 1;          /* one bit of a body */
  forge.payload = alike;
  g_assert_cmpint (read_forged (&forge), ==, SAN_ERROR_DAMAGED);
  forge.payload = payload;
  forge.fill = 1;
  g_assert_cmpint (read_forged (&forge), ==, SAN_ERROR_DAMAGED);
  g_bytes_unref (forge.header);
  san_secret_unref (forge.file_key);
}

static void
test_wrapped_again (void)
{
  g_autoptr(GBytes) payload = entries_payload (3, 100);
  g_autoptr(TestCentre) fourth = test_centre_new ("fourth");
  g_autoptr(GBytes) bundle = NULL;
  g_autoptr(GBytes) again = NULL;
  g_autoptr(GBytes) manifest = NULL;
  guint8 signature[64];
  Forge forge;

  init_two (&forge, payload);
  bundle = forge_bundle (&forge);
  see_front (bundle, forge.file_key, &manifest, signature);
  forge.raw_manifest = manifest;
  forge.signature = signature;
  forge.stanzas[1] = *san_box_key_get_public (fourth->first.box);
  again = forge_bundle (&forge); /* a new header: the same file key, other stanzas */
  g_assert_cmpint (forge_read_of (again, fourth->first.box, ours), ==, SAN_ERROR_UNTRUSTED);
  g_assert_cmpint (forge_read_of (again, theirs->first.box, ours), ==, SAN_ERROR_UNTRUSTED);
  san_secret_unref (forge.file_key);
}

/* Sealed to us by its true sender, but made for others: as a careless or bribed sender might. */
static void
test_not_named (void)
{
  g_autoptr(GBytes) payload = entries_payload (3, 100);
  Forge forge;

  forge_init (&forge, ours, san_box_key_get_public (third->first.box));
  forge.payload = payload;
  forge.stanzas[1] = *san_box_key_get_public (theirs->first.box);
  forge.n_stanzas = 2;
  g_assert_cmpint (read_forged (&forge), ==, SAN_ERROR_UNTRUSTED);
}

static SanSenderKnown
know_nobody (const SanId32 *centre, const SanId16 *device, const SanIntro *intro, SanId32 *sign_pk,
             gpointer data)
{
  return SAN_SENDER_UNKNOWN;
}

static SanSenderKnown
know_centre (const SanId32 *centre, const SanId16 *device, const SanIntro *intro, SanId32 *sign_pk,
             gpointer data)
{
  return san_id32_equal (centre, data) ? SAN_SENDER_BY_INTRO : SAN_SENDER_UNKNOWN;
}

static int
read_as (const Forge *forge, SanFindSender find, gpointer data)
{
  g_autoptr(GBytes) bundle = forge_bundle (forge);
  guint n_items;
  int code = forge_read (bundle, theirs->first.box, find, data, &n_items);

  if (code >= 0)
    g_assert_cmpuint (n_items, ==, 0);
  return code;
}

static void
test_unknown (void)
{
  g_autoptr(GBytes) payload = entries_payload (3, 100);
  Forge forge;

  forge_init (&forge, ours, san_box_key_get_public (theirs->first.box));
  forge.payload = payload;
  g_assert_cmpint (read_as (&forge, know_nobody, NULL), ==, SAN_ERROR_UNTRUSTED);
  g_assert_cmpint (read_as (&forge, know_centre, &ours->centre), ==,
                   SAN_ERROR_UNTRUSTED); /* no intro came along */
  forge.signer = ours->first.seat;       /* a seat is no device */
  g_assert_cmpint (read_forged (&forge), ==, SAN_ERROR_UNTRUSTED);
  forge.signer = third->first.sign;
  g_assert_cmpint (read_forged (&forge), ==, SAN_ERROR_UNTRUSTED);
}

static void
test_introduced (void)
{
  g_autoptr(GBytes) payload = entries_payload (3, 100);
  g_autoptr(GBytes) intro = NULL;
  g_autoptr(GBytes) foreign = NULL;
  g_autoptr(GError) error = NULL;
  Forge forge;

  intro = san_intro_select (ours->entries, &ours->first.id, &error);
  g_assert_no_error (error);
  foreign = san_intro_select (third->entries, &third->first.id, &error);
  g_assert_no_error (error);
  forge_init (&forge, ours, san_box_key_get_public (theirs->first.box));
  forge.payload = payload;
  forge.intro = intro;
  g_assert_cmpint (read_as (&forge, know_centre, &ours->centre), ==, -1);
  g_assert_cmpint (read_as (&forge, know_centre, &third->centre), ==, SAN_ERROR_UNTRUSTED);
  forge.intro = foreign;
  g_assert_cmpint (read_as (&forge, know_centre, &ours->centre), ==, SAN_ERROR_UNTRUSTED);
  forge.manifest.centre =
      third->centre; /* the centre of the intro, a device that it does not name */
  g_assert_cmpint (read_as (&forge, know_centre, &third->centre), ==, SAN_ERROR_UNTRUSTED);
  forge.manifest.device = third->first.id;          /* names it, but it did not sign */
  g_assert_cmpint (read_as (&forge, know_centre, &third->centre), ==, SAN_ERROR_UNTRUSTED);
  forge.signer = third->first.sign;
  g_assert_cmpint (read_as (&forge, know_centre, &third->centre), ==, -1);
}

/* The intro is under the signature: another one cannot be put in its place. */
static void
test_other_intro (void)
{
  g_autoptr(GBytes) payload = entries_payload (1, 100);
  g_autoptr(GBytes) intro = san_intro_select (ours->entries, &ours->first.id, NULL);
  g_autoptr(GBytes) bundle = NULL;
  g_autoptr(GBytes) manifest = NULL;
  guint8 signature[64];
  Forge forge;

  init_two (&forge, payload);
  bundle = forge_bundle (&forge);
  see_front (bundle, forge.file_key, &manifest, signature);
  forge.header = bundle;
  forge.raw_manifest = manifest;
  forge.signature = signature;
  g_assert_cmpint (read_forged (&forge), ==, -1);
  forge.intro = intro;
  g_assert_cmpint (read_forged (&forge), ==, SAN_ERROR_UNTRUSTED);
  san_secret_unref (forge.file_key);
}

static void
test_lengths (void)
{
  g_autoptr(GBytes) payload = entries_payload (1, 100);
  const guint32 lengths[] = { 262145, 0x7fffffff, 0xffffffff };
  Forge forge;

  forge_init (&forge, ours, san_box_key_get_public (theirs->first.box));
  forge.payload = payload;
  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      forge.intro_length = lengths[i];
      g_assert_cmpint (read_forged (&forge), ==, SAN_ERROR_DAMAGED);
    }
}

/* More zeros than the rule: a channel for whoever repacks, and a file that we would not write. */
static void
test_padding (void)
{
  g_autoptr(GBytes) payload = entries_payload (1, 100);
  Forge forge;

  forge_init (&forge, ours, san_box_key_get_public (theirs->first.box));
  forge.payload = payload;
  forge.size = san_padme (65537);
  g_assert_cmpint (read_forged (&forge), ==, SAN_ERROR_DAMAGED);
  forge.size = 65537;
  g_assert_cmpint (read_forged (&forge), ==, SAN_ERROR_DAMAGED);
  forge.size = 60000;
  g_assert_cmpint (read_forged (&forge), ==, SAN_ERROR_DAMAGED);
  forge.size = 0;
  forge.fill = 0x80;
  g_assert_cmpint (read_forged (&forge), ==, SAN_ERROR_DAMAGED);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  g_assert_true (san_crypto_init (NULL));
  ours = test_centre_new ("ours");
  theirs = test_centre_new ("theirs");
  third = test_centre_new ("third");
  g_test_add_func ("/exchange/forgery/co-recipient-exchanges-the-stream", test_exchanged_stream);
  g_test_add_func ("/exchange/forgery/wrapped-again-for-a-third", test_wrapped_again);
  g_test_add_func ("/exchange/forgery/sealed-to-us-but-made-for-others", test_not_named);
  g_test_add_func ("/exchange/forgery/manifest-by-somebody-we-do-not-know", test_unknown);
  g_test_add_func ("/exchange/forgery/intro-names-the-device", test_introduced);
  g_test_add_func ("/exchange/forgery/intro-cannot-be-exchanged", test_other_intro);
  g_test_add_func ("/exchange/forgery/lengths-refused-before-allocation", test_lengths);
  g_test_add_func ("/exchange/forgery/padding-other-than-the-rule", test_padding);
  status = g_test_run ();
  test_centre_free (ours);
  test_centre_free (theirs);
  test_centre_free (third);
  return status;
}
