/* fuzz-keyring.c - libFuzzer target: the bytes of a keyring; what is read is written the same */
#include "san-keyring.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerInitialize (int *argc, char ***argv);
int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static SanSecret *words;

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  if (!san_crypto_init (NULL))
    return 1;
  words = san_secret_new_copy ("Meera", 5);
  return 0;
}

/* Costs are as the file says: only those that take no time. */
static void
try_opening (const SanKeyring *ring)
{
  for (guint i = 0; i < san_keyring_get_n_slots (ring); i++)
    {
      const SanSlotInfo *slot = san_keyring_get_slot (ring, i);
      g_auto(SanSlotKeys) keys = { NULL };

      if (slot->cost.ops <= 1 && slot->cost.mem <= 65536)
        san_keyring_open (ring, &slot->seat, words, &keys, NULL);
    }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr(GBytes) bytes = g_bytes_new (data, size);
  g_autoptr(SanKeyring) ring = san_keyring_parse (bytes, NULL);
  g_autoptr(GBytes) again = NULL;

  if (ring == NULL)
    return 0;
  again = san_keyring_encode (ring);
  if (!g_bytes_equal (again, bytes))
    abort ();
  try_opening (ring);
  return 0;
}
