/* test-format.c - the examples of FORMAT.md are what the code reads and writes
 *
 * Everything in them follows from seeds of 32 equal bytes. If an example is missing or differs,
 * the test prints the one that it expects. */
#include "san-card.h"
#include "san-test-forge.h"

#include "san-stream.h"
#include "san-writer.h"

#include <string.h>

#define WALL 1764000000000

static char *page;

static SanSecret *
equal_bytes (guint8 byte)
{
  SanSecret *secret = san_secret_new (32);

  memset (san_secret_get_mutable (secret), byte, 32);
  return secret;
}

static SanSignKey *
sign_key (guint8 byte)
{
  g_autoptr(SanSecret) seed = equal_bytes (byte);

  return san_sign_key_new_from_seed (seed);
}

static SanBoxKey *
box_key (guint8 byte)
{
  g_autoptr(SanSecret) secret = equal_bytes (byte);

  return san_box_key_new_from_secret (secret);
}

/* The hex digits of the fenced block after "Example: NAME". */
static GBytes *
example (const char *name)
{
  g_autofree char *title = g_strdup_printf ("Example: %s", name);
  const char *at = strstr (page, title);
  g_autoptr(GString) hex = g_string_new (NULL);
  const char *end;

  at = at != NULL ? strstr (at, "```\n") : NULL;
  g_assert_nonnull (at);
  at += 4;
  end = strstr (at, "```");
  g_assert_nonnull (end);
  for (; at < end; at++)
    {
      if (*at == '#')                                 /* a remark up to the line's end */
        at = strchr (at, '\n');
      if (g_ascii_isxdigit (*at))
        g_string_append_c (hex, *at);
      else
        g_assert_true (g_ascii_isspace (*at));
    }
  return san_bytes_from_hex (hex->str, NULL);
}

static void
compare (const char *name, GBytes *expected)
{
  g_autoptr(GBytes) given = example (name);
  gsize n;
  const guint8 *data = g_bytes_get_data (expected, &n);

  if (given != NULL && g_bytes_equal (given, expected))
    return;
  g_print ("# %s\n", name);
  for (gsize at = 0; at < n; at += 32)
    {
      g_autofree char *line = san_bytes_to_hex (data + at, MIN (32, n - at));

      g_print ("# %s\n", line);
    }
  g_test_fail_printf ("the example of %s differs", name);
}

static void
test_card (void)
{
  g_autoptr(SanSignKey) device = sign_key (3);
  g_autoptr(SanBoxKey) device_box = box_key (4);
  g_autoptr(SanSignKey) seat = sign_key (5);
  g_autoptr(SanBoxKey) seat_box = box_key (6);
  SanCardRing ring = { .compartment = 0 };
  SanCardSpec spec = {
    .kind = SAN_CARD_CENTRE,
    .device_sign_key = device,
    .device_box_key = device_box,
    .seat_sign_key = seat,
    .seat_box_key = seat_box,
    .role = "superintendent",
    .rings = &ring,
    .n_rings = 1,
    .label = "Asha Kiran",
    .wall = WALL,
  };
  g_autoptr(SanCard) card = NULL;
  g_autoptr(SanCard) read = NULL;
  g_autoptr(GBytes) given = NULL;
  g_autoptr(GError) error = NULL;

  memset (spec.centre.b, 0x0c, 32);
  memset (spec.device.b, 0x0d, 16);
  memset (spec.staff.b, 0x0e, 16);
  memset (ring.id.b, 0x0a, 32);
  memset (ring.pk.b, 0x0b, 32);
  card = san_card_new (&spec, &error);
  g_assert_no_error (error);
  compare ("a card", san_card_get_bytes (card));
  given = example ("a card");
  read = san_card_parse (given, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (san_card_get_label (read), ==, "Asha Kiran");
}

/* Ephemeral key of 32 x 01, recipient of 32 x 02 in the third place, file key of 32 x 42. */
static GBytes *
make_header (SanId32 *commitment)
{
  g_autoptr(SanBoxKey) ephemeral = box_key (1);
  g_autoptr(SanBoxKey) recipient = box_key (2);
  g_autoptr(SanSecret) file_key = equal_bytes (0x42);
  guint8 header[576];

  memcpy (header, san_box_key_get_public (ephemeral)->b, 32);
  for (guint i = 0; i < 8; i++)
    memset (header + 32 + 64 * i, 0xf0 + (int) i, 64);
  g_assert_true (san_stanza_make (ephemeral, san_box_key_get_public (recipient), file_key,
                                  header + 32 + 128, NULL));
  san_keyed_hash (san_secret_get_data (file_key), 32, "san1.commit", header, 544, commitment);
  memcpy (header + 544, commitment->b, 32);
  return g_bytes_new (header, sizeof header);
}

static GBytes *
make_payload (void)
{
  g_autoptr(GArray) rows = g_array_new (FALSE, FALSE, sizeof (SanHaveRow));
  SanHaveRow row = { .number = 300 };
  SanWant want = { .from = 41, .to = 59 };
  g_autoptr(SanHave) have = NULL;
  g_autoptr(GBytes) have_bytes = NULL;
  g_autoptr(GBytes) want_bytes = NULL;

  memset (row.dossier.b, 0x11, 32);
  memset (row.journal.b, 0x12, 16);
  memset (row.head, 0x13, 16);
  want.dossier = row.dossier;
  want.journal = row.journal;
  g_array_append_val (rows, row);
  have = san_have_new (rows, NULL);
  have_bytes = san_have_encode (have, NULL);
  want_bytes = san_want_encode (&want);
  return forge_payload (SAN_ITEM_HAVE, have_bytes, SAN_ITEM_WANT, want_bytes, 0);
}

static GBytes *
make_front (GBytes *payload, const SanId32 *commitment)
{
  g_autoptr(SanSignKey) device = sign_key (3);
  g_autoptr(SanBoxKey) recipient = box_key (2);
  g_autoptr(GBytes) intro = g_bytes_new (NULL, 0);
  g_autoptr(GBytes) bytes = NULL;
  SanManifest manifest = { .number = 7, .wall = WALL, .n_recipients = 1 };
  guint8 signature[64];
  SanWriter writer;

  memset (manifest.centre.b, 0x0c, 32);
  memset (manifest.device.b, 0x0d, 16);
  manifest.recipients[0] = *san_box_key_get_public (recipient);
  manifest.payload_size = manifest.plain_size = g_bytes_get_size (payload);
  san_hash ("san1.payload", g_bytes_get_data (payload, NULL), g_bytes_get_size (payload),
            &manifest.payload_hash);
  bytes = san_manifest_encode (&manifest, NULL);
  san_manifest_sign (bytes, intro, commitment, device, signature);
  san_writer_init (&writer);
  san_writer_put_u32 (&writer, 0);
  san_writer_put_u32 (&writer, (guint32) g_bytes_get_size (bytes));
  san_writer_put_bytes (&writer, bytes);
  san_writer_put (&writer, signature, 64);
  return san_writer_end (&writer);
}

static void
test_bundle (void)
{
  SanId32 commitment;
  g_autoptr(GBytes) header = make_header (&commitment);
  g_autoptr(GBytes) payload = make_payload ();
  g_autoptr(GBytes) front = make_front (payload, &commitment);

  compare ("a bundle's header", header);
  compare ("a bundle's intro, manifest and signature", front);
  compare ("a bundle's payload", payload);
}

static SanSenderKnown
find (const SanId32 *centre, const SanId16 *device, const SanIntro *intro, SanId32 *sign_pk,
      gpointer data)
{
  *sign_pk = *san_sign_key_get_public (data);
  return SAN_SENDER_KNOWN;
}

/* The page's bytes alone, sealed into the one frame that they fill, make a bundle that is read. */
static void
test_assembled (void)
{
  g_autoptr(GBytes) header = example ("a bundle's header");
  g_autoptr(GBytes) front = example ("a bundle's intro, manifest and signature");
  g_autoptr(GBytes) payload = example ("a bundle's payload");
  g_autoptr(SanBoxKey) recipient = box_key (2);
  g_autoptr(SanSignKey) device = sign_key (3);
  g_autoptr(SanSecret) file_key = forge_open (header, recipient);
  g_autoptr(SanSecret) stream_key = NULL;
  g_autoptr(SanStreamPush) push = NULL;
  g_autoptr(GBytes) bundle = NULL;
  gsize n_front = g_bytes_get_size (front);
  gsize n_plain = (gsize) san_bundle_plain_for (SAN_BUNDLE_FILE_MIN);
  g_autofree guint8 *plain = g_malloc0 (n_plain);
  guint8 *file = g_malloc (SAN_BUNDLE_FILE_MIN);
  guint n_items;

  g_assert_cmpuint (n_plain, ==, 64919);
  g_assert_nonnull (file_key);
  memcpy (file, g_bytes_get_data (header, NULL), 576);
  memcpy (plain, g_bytes_get_data (front, NULL), n_front);
  memcpy (plain + n_front, g_bytes_get_data (payload, NULL), g_bytes_get_size (payload));
  stream_key = san_derive (file_key, "san1.stream", file + 544, 32);
  push = san_stream_push_new (stream_key, file + 576);
  san_stream_push (push, plain, n_plain, TRUE, file + 600);
  bundle = g_bytes_new_take (file, SAN_BUNDLE_FILE_MIN);
  g_assert_cmpint (forge_read (bundle, recipient, find, device, &n_items), ==, -1);
  g_assert_cmpuint (n_items, ==, 2);
}

int
main (int argc, char **argv)
{
  g_autofree char *path = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  g_assert_true (san_crypto_init (NULL));
  path = g_test_build_filename (G_TEST_DIST, "..", "src", "exchange", "FORMAT.md", NULL);
  g_assert_true (g_file_get_contents (path, &page, NULL, NULL));
  g_test_add_func ("/exchange/format/card-of-the-page", test_card);
  g_test_add_func ("/exchange/format/bundle-of-the-page", test_bundle);
  g_test_add_func ("/exchange/format/bundle-of-the-page-is-read", test_assembled);
  status = g_test_run ();
  g_free (page);
  return status;
}
