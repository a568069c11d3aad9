/* test-manifest.c - each number of a manifest beyond its limit */
#include "san-test-forge.h"

#include <string.h>

static TestCentre *ours;
static TestCentre *theirs;

static void
fill (SanManifest *m)
{
  memset (m, 0, sizeof *m);
  m->centre.b[0] = 1;
  m->device.b[0] = 2;
  m->number = 3;
  m->wall = 4;
  m->n_recipients = 2;
  m->recipients[0].b[0] = 5;
  m->recipients[1].b[0] = 6;
  m->payload_size = 5000;
  m->plain_size = 5000;
  m->n_entries = 7;
  m->payload_hash.b[0] = 8;
}

static void
test_there_and_back (void)
{
  SanManifest in, out;
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(GBytes) again = NULL;
  g_autoptr(GError) error = NULL;

  fill (&in);
  bytes = san_manifest_encode (&in, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (bytes), ==,
                    2 + 2 + 32 + 16 + 8 + 8 + 1 + 64 + 8 + 8 + 4 + 4 + 32);
  g_assert_true (san_manifest_parse (bytes, &out, &error));
  again = san_manifest_encode (&out, NULL);
  g_assert_true (g_bytes_equal (bytes, again));
}

static void
test_cuts (void)
{
  SanManifest in, out;
  g_autoptr(GBytes) bytes = NULL;

  fill (&in);
  bytes = san_manifest_encode (&in, NULL);
  for (gsize n = 0; n < g_bytes_get_size (bytes); n++)
    {
      g_autoptr(GBytes) cut = g_bytes_new_from_bytes (bytes, 0, n);
      g_autoptr(GError) error = NULL;

      g_assert_false (san_manifest_parse (cut, &out, &error));
      g_assert_error (error, SAN_ERROR, SAN_ERROR_DAMAGED);
    }
}

static void break_number (SanManifest *m) { m->number = 0; }
static void break_number_high (SanManifest *m) { m->number = G_MAXUINT64; }
static void break_order (SanManifest *m) { m->recipients[1] = m->recipients[0]; }
static void break_order_down (SanManifest *m) { m->recipients[1].b[0] = 1; }
static void break_none (SanManifest *m) { m->n_recipients = 0; }
static void break_payload (SanManifest *m) { m->payload_size = m->plain_size = (512u << 20) + 1; }
static void break_payload_huge (SanManifest *m) { m->payload_size = m->plain_size = G_MAXUINT64; }
static void
break_plain (SanManifest *m)
{
  m->flags = SAN_BUNDLE_ZSTD;
  m->payload_size = 512u << 20;
  m->plain_size = (1u << 30) + 1;
}
static void break_unequal (SanManifest *m) { m->plain_size++; }
static void
break_ratio (SanManifest *m)
{
  m->flags = SAN_BUNDLE_ZSTD;
  m->plain_size = 5000 * 200 + 1;
}
static void
break_entries (SanManifest *m)
{
  m->payload_size = m->plain_size = 512u << 20;
  m->n_entries = 500001;
}
static void break_entries_huge (SanManifest *m) { m->n_entries = G_MAXUINT32; }
static void break_entries_many (SanManifest *m) { m->n_entries = 21; }
static void
break_pieces (SanManifest *m)
{
  m->payload_size = m->plain_size = 512u << 20;
  m->n_entries = 0;
  m->n_pieces = 513;
}
static void break_pieces_huge (SanManifest *m) { m->n_entries = 0; m->n_pieces = G_MAXUINT32; }
static void
break_both (SanManifest *m)
{
  m->n_pieces = 1;
  m->payload_size = m->plain_size = 50000;
}

static int
send (const SanManifest *manifest, GBytes *payload)
{
  g_autoptr(GBytes) bundle = NULL;
  Forge forge;

  forge_init (&forge, ours, san_box_key_get_public (theirs->first.box));
  forge.manifest = *manifest;
  forge.keep_manifest = TRUE;
  forge.payload = payload;
  bundle = forge_bundle (&forge);
  return forge_read_of (bundle, theirs->first.box, ours);
}

/* Refused by the writer, by the parser, and in a signed bundle of a known device. */
static void
test_limits (void)
{
  static void (*const breaks[]) (SanManifest *) = {
    break_number, break_number_high, break_order, break_order_down, break_none, break_payload,
    break_payload_huge, break_plain, break_unequal, break_ratio, break_entries, break_entries_huge,
    break_entries_many, break_pieces, break_pieces_huge, break_both,
  };
  g_autoptr(GBytes) payload = g_bytes_new_static ("\1\0\0\0\1\0\0\0\1", 9);

  for (guint i = 0; i < G_N_ELEMENTS (breaks); i++)
    {
      g_autoptr(GError) error = NULL;
      SanManifest manifest;

      fill (&manifest);
      manifest.centre = ours->centre;
      manifest.device = ours->first.id;
      breaks[i] (&manifest);
      g_test_message ("case %u", i);
      g_assert_null (san_manifest_encode (&manifest, &error));
      g_assert_error (error, SAN_ERROR, SAN_ERROR_REFUSED);
      g_assert_cmpint (send (&manifest, payload), ==, SAN_ERROR_DAMAGED);
    }
}

static void
set_u16 (GBytes *bytes, gsize at, guint16 value, SanManifest *out, SanErrorCode expected)
{
  gsize n = g_bytes_get_size (bytes);
  guint8 *copy = g_memdup2 (g_bytes_get_data (bytes, NULL), n);
  g_autoptr(GBytes) changed = NULL;
  g_autoptr(GError) error = NULL;

  copy[at] = (guint8) value;
  copy[at + 1] = (guint8) (value >> 8);
  changed = g_bytes_new_take (copy, n);
  g_assert_false (san_manifest_parse (changed, out, &error));
  g_assert_error (error, SAN_ERROR, (int) expected);
}

static void
test_newer (void)
{
  SanManifest in, out;
  g_autoptr(GBytes) bytes = NULL;

  fill (&in);
  bytes = san_manifest_encode (&in, NULL);
  set_u16 (bytes, 0, 2, &out, SAN_ERROR_TOO_NEW);
  set_u16 (bytes, 0, 0xffff, &out, SAN_ERROR_TOO_NEW);
  set_u16 (bytes, 0, 0, &out, SAN_ERROR_DAMAGED);
  set_u16 (bytes, 2, 8, &out, SAN_ERROR_TOO_NEW);
  set_u16 (bytes, 2, 0x8000, &out, SAN_ERROR_TOO_NEW);
}

static void
test_counts (void)
{
  SanId32 dossier = { { 3 } };
  g_autoptr(GBytes) entry = test_entry (ours, &dossier, &ours->first.journal, 1, 600);
  g_autoptr(GBytes) payload = forge_payload (SAN_ITEM_ENTRY, entry, 0);
  SanManifest manifest;

  fill (&manifest);
  manifest.centre = ours->centre;
  manifest.device = ours->first.id;
  manifest.n_recipients = 1;
  manifest.recipients[0] = *san_box_key_get_public (theirs->first.box);
  manifest.payload_size = manifest.plain_size = g_bytes_get_size (payload);
  san_hash ("san1.payload", g_bytes_get_data (payload, NULL), g_bytes_get_size (payload),
            &manifest.payload_hash);
  manifest.n_entries = 1;
  g_assert_cmpint (send (&manifest, payload), ==, -1);
  manifest.n_entries = 0;
  g_assert_cmpint (send (&manifest, payload), ==, SAN_ERROR_DAMAGED);
  manifest.n_entries = 2;
  g_assert_cmpint (send (&manifest, payload), ==, SAN_ERROR_DAMAGED);
  manifest.n_entries = 1;
  manifest.payload_hash.b[31] ^= 1;
  g_assert_cmpint (send (&manifest, payload), ==, SAN_ERROR_DAMAGED);
  manifest.payload_hash.b[31] ^= 1;
  manifest.payload_size = ++manifest.plain_size; /* one more than there is: a zero of the padding */
  g_assert_cmpint (send (&manifest, payload), ==, SAN_ERROR_DAMAGED);
  manifest.payload_size = manifest.plain_size -= 2;
  g_assert_cmpint (send (&manifest, payload), ==, SAN_ERROR_DAMAGED);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  g_assert_true (san_crypto_init (NULL));
  ours = test_centre_new ("ours");
  theirs = test_centre_new ("theirs");
  g_test_add_func ("/exchange/manifest/written-and-read-is-the-same", test_there_and_back);
  g_test_add_func ("/exchange/manifest/every-cut-is-damage", test_cuts);
  g_test_add_func ("/exchange/manifest/numbers-beyond-limits-refused-before-allocation",
                   test_limits);
  g_test_add_func ("/exchange/manifest/later-versions-are-too-new", test_newer);
  g_test_add_func ("/exchange/manifest/counts-and-hash-must-agree", test_counts);
  status = g_test_run ();
  test_centre_free (ours);
  test_centre_free (theirs);
  return status;
}
