/* fuzz-picture.c - libFuzzer target: photos as they come; a clean one stays as it is */
#include "san-picture.h"
#include "picture-samples.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr(GBytes) bytes = g_bytes_new (data, size);
  g_autoptr(GBytes) found = san_picture_clean (bytes, NULL);
  g_autoptr(GBytes) again = NULL;

  if (found == NULL)
    return 0;
  picture_assert_clean (found);
  again = san_picture_clean (found, NULL);
  g_assert_true (again != NULL && g_bytes_equal (again, found));
  return 0;
}
