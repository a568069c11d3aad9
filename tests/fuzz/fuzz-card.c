/* fuzz-card.c - libFuzzer target: cards as they come, as text, and signed by their maker */
#include "san-card.h"
#include "san-test-centre.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerInitialize (int *argc, char ***argv);
int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static TestCentre *ours;

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  if (!san_crypto_init (NULL))
    return 1;
  ours = test_centre_new ("ours");
  return 0;
}

static void
read_signed (const uint8_t *data, size_t size)
{
  guint8 *bytes = g_malloc (size + 64);
  g_autoptr(GBytes) whole = g_bytes_new_take (bytes, size + 64);
  g_autoptr(SanCard) card = NULL;

  memcpy (bytes, data, size);
  san_sign (ours->first.sign, "san1.card", bytes, size, bytes + size);
  card = san_card_parse (whole, &ours->centre, NULL);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr(GBytes) bytes = g_bytes_new (data, size);
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autoptr(SanCard) as_is = san_card_parse (bytes, &ours->centre, NULL);
  g_autoptr(SanCard) as_text = san_card_from_text (text, &ours->centre, NULL);

  read_signed (data, size);
  return 0;
}
