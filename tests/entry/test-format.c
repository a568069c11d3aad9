/* test-format.c - the hex example of FORMAT.md: built here, decoded, encoded again
 *
 * The page is the promise: the example stands there once and is read from there. */
#include "samples.h"

#include <string.h>

static char *
read_page (void)
{
  g_autofree char *path
      = g_test_build_filename (G_TEST_DIST, "..", "src", "entry", "FORMAT.md", NULL);
  g_autoptr(GError) error = NULL;
  char *page = NULL;

  g_file_get_contents (path, &page, NULL, &error);
  g_assert_no_error (error);
  return page;
}

/* The hex between the fences that follow the heading; what stands behind a # is a remark. */
static GBytes *
read_example (const char *heading)
{
  g_autofree char *page = read_page ();
  char *start = strstr (page, heading);
  char *end;
  g_auto(GStrv) lines = NULL;
  g_autoptr(GString) hex = g_string_new (NULL);
  GBytes *bytes;

  g_assert_nonnull (start);
  start = strstr (start, "```\n");
  g_assert_nonnull (start);
  end = strstr (start + 4, "```");
  g_assert_nonnull (end);
  *end = '\0';
  lines = g_strsplit (start + 4, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    for (const char *c = lines[i]; *c != '\0' && *c != '#'; c++)
      if (g_ascii_isxdigit (*c))
        g_string_append_c (hex, *c);
  bytes = san_bytes_from_hex (hex->str, NULL);
  g_assert_nonnull (bytes);
  return bytes;
}

static void
test_founding (void)
{
  g_autoptr(GBytes) example = read_example ("## Example: a founding entry");
  g_autoptr(Person) author = person_new (0x11);
  g_autoptr(SanEntry) built = founding_entry (author, SAN_FOUNDING_CENTRE);
  g_autoptr(GBytes) bytes = san_entry_to_bytes (built);
  g_autoptr(SanEntry) entry = san_entry_new_from_bytes (example, NULL);
  g_autoptr(GBytes) again = NULL;
  SanFounding founding;
  guint8 header[SAN_HEADER_SIZE];
  g_autofree char *id = NULL;
  g_autofree char *page = read_page ();

  assert_same_bytes (example, bytes);
  g_assert_nonnull (entry);
  g_assert_true (san_entry_check_signature (entry, NULL));
  g_assert_true (san_entry_check_body_hash (entry, NULL));
  san_header_encode (san_entry_get_header (entry), header);
  g_assert_cmpmem (header, sizeof header, san_entry_get_raw_header (entry), SAN_HEADER_SIZE);
  g_assert_true (san_founding_parse (san_entry_get_body (entry), &founding, NULL));
  g_assert_true (san_founding_verify (&founding, san_entry_get_header (entry), NULL));
  again = san_founding_encode (&founding);
  assert_same_bytes (again, san_entry_get_body (entry));
  id = san_id32_to_text (san_entry_get_id (entry));
  g_assert_nonnull (strstr (page, id));
}

static void
test_data (void)
{
  g_autoptr(GBytes) example = read_example ("## Example: a data body");
  g_autoptr(SanDataBody) body = san_data_body_parse (example, NULL);
  SanChangeList *list;
  const SanChange *change;
  g_autofree char *text = NULL;
  g_autoptr(GBytes) again = NULL;

  g_assert_nonnull (body);
  list = san_data_body_get_house (body);
  g_assert_cmpuint (san_change_list_get_size (list), ==, 2);
  change = san_change_list_get (list, 0);
  g_assert_cmpstr (change->form, ==, "bed");
  g_assert_cmpstr (change->field, ==, "number");
  text = san_value_dup_text (change->value);
  g_assert_cmpstr (text, ==, "4");
  g_assert_cmpuint (change->n_targets, ==, 1);
  g_assert_cmpuint (change->targets[0].number, ==, 2);
  g_assert_cmpuint (san_change_list_get (list, 1)->n_targets, ==, 0);
  again = reread_list (san_change_list_get_bytes (list), NULL);
  assert_same_bytes (again, san_change_list_get_bytes (list));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (san_crypto_init (NULL));
  g_test_add_func ("/entry/format/example-of-a-founding-entry-decodes-and-encodes", test_founding);
  g_test_add_func ("/entry/format/example-of-a-data-body-decodes-and-encodes", test_data);
  return g_test_run ();
}
