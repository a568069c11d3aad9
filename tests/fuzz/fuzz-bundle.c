/* fuzz-bundle.c - libFuzzer target: bundles as their sender can sign them
 *
 * The first byte says what the rest is: a file, a manifest, a payload, a compressed payload, an
 * intro, or the bytes of one item. Encryption and signatures are done here, so that the readers
 * behind them are reached. */
#include "san-test-forge.h"

#include <stdint.h>

int LLVMFuzzerInitialize (int *argc, char ***argv);
int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static TestCentre *ours;
static TestCentre *theirs;

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  if (!san_crypto_init (NULL))
    return 1;
  ours = test_centre_new ("ours");
  theirs = test_centre_new ("theirs");
  return 0;
}

static void
send (GBytes *manifest, GBytes *payload, GBytes *intro, gboolean compressed)
{
  Forge forge;
  g_autoptr(GBytes) none = g_bytes_new (NULL, 0);
  g_autoptr(GBytes) bundle = NULL;

  forge_init (&forge, ours, san_box_key_get_public (theirs->first.box));
  forge.raw_manifest = manifest;
  forge.payload = payload != NULL ? payload : none;
  forge.intro = intro;
  if (compressed)
    {
      forge.manifest.flags = SAN_BUNDLE_ZSTD;
      forge.plain_size = g_bytes_get_size (forge.payload) * 20;
    }
  bundle = forge_bundle (&forge);
  forge_read_of (bundle, theirs->first.box, ours);
}

static void
read_items (GBytes *bytes)
{
  g_autoptr(SanHave) have = san_have_parse (bytes, NULL);
  SanWant want;
  SanVolume volume;

  if (have != NULL)
    {
      g_autoptr(GBytes) again = san_have_encode (have, NULL);

      g_assert_true (g_bytes_equal (again, bytes));
    }
  if (san_want_parse (bytes, &want, NULL))
    {
      g_autoptr(GBytes) again = san_want_encode (&want);

      g_assert_true (g_bytes_equal (again, bytes));
    }
  if (san_volume_parse (bytes, &volume, NULL))
    {
      g_autoptr(GBytes) again = san_volume_encode (&volume);

      g_assert_true (g_bytes_equal (again, bytes));
    }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr(GBytes) bytes = NULL;

  if (size < 2 || size > SAN_BUNDLE_INTRO_LIMIT)
    return 0;
  bytes = g_bytes_new (data + 1, size - 1);
  switch (data[0] % 6)
    {
    case 0:
      forge_read_of (bytes, theirs->first.box, ours);
      break;
    case 1:
      send (bytes, NULL, NULL, FALSE);
      break;
    case 2:
      send (NULL, bytes, NULL, FALSE);
      break;
    case 3:
      send (NULL, bytes, NULL, TRUE);
      break;
    case 4:
      send (NULL, NULL, bytes, FALSE);
      break;
    default:
      read_items (bytes);
    }
  return 0;
}
