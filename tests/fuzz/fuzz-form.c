/* fuzz-form.c - libFuzzer target: a form of one's own and a condition, from the same bytes */
#include "san-catalogue.h"

#include <stdint.h>

int LLVMFuzzerInitialize (int *argc, char ***argv);
int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static SanCatalogue *catalogue;

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  catalogue = san_catalogue_load (g_getenv ("SAN_DATA_DIR"), NULL);
  return catalogue == NULL;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr(GBytes) bytes = g_bytes_new (data, size);
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autoptr(GPtrArray) mistakes = san_catalogue_check_bytes (catalogue, bytes, "input.xml", NULL);
  g_autoptr(SanCondition) condition = san_condition_parse (text, NULL);

  return 0;
}
