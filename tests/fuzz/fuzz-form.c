/* fuzz-form.c - libFuzzer target: a form of one's own and a condition, from the same bytes */
#include "san-catalogue.h"

#include <stdint.h>
#include <string.h>

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

  g_assert_true (condition == NULL || strcmp (san_condition_get_text (condition), text) == 0);
  for (guint i = 0; mistakes != NULL && i < mistakes->len; i++)
    g_assert_true (g_str_has_prefix (mistakes->pdata[i], "line "));
  return 0;
}
