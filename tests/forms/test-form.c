/* test-form.c - concrete names, rows of tables, labels */
#include "forms-common.h"

#include <string.h>

static const SanForm *
form_of (const char *id)
{
  return san_catalogue_find_form (common_catalogue (), id);
}

static void
test_finds_cells (void)
{
  const SanForm *form = form_of ("family");
  const SanField *cell = san_form_find_field (form, "people.k3f9q2aa.name");
  const SanField *row = san_form_find_field (form, "people.k3f9q2aa");

  g_assert_nonnull (cell);
  g_assert_cmpint (cell->type, ==, SAN_FIELD_TEXT);
  g_assert_true (cell->is_name);
  g_assert_cmpint (row->type, ==, SAN_FIELD_ROW);
  g_assert_true (row->table == cell->table);
}

static void
test_leaves_unknown_names (void)
{
  static const char *const unknown[] = { "people",
                                         "people.",
                                         "people.short",
                                         "people.k3f9q2aa.",
                                         "people.k3f9q2aa.eyes",
                                         "people.k3f9q2aa.name.x",
                                         "people.K3f9q2aa.name",
                                         "people.3abcdefg",
                                         "peoples.k3f9q2aa.name",
                                         "nothing",
                                         "" };

  for (guint i = 0; i < G_N_ELEMENTS (unknown); i++)
    g_assert_null (san_form_find_field (form_of ("family"), unknown[i]));
}

/* `c1.words` is a field of its own beside the table `c1`. */
static void
test_field_beside_table (void)
{
  const SanForm *form = form_of ("icp-b");

  g_assert_null (san_form_find_field (form, "c1.words")->table);
  g_assert_cmpstr (san_form_find_field (form, "c1.k3f9q2aa.moved")->id, ==, "moved");
}

static void
test_splits_and_makes_names (void)
{
  const SanForm *form = form_of ("icp-a");
  const SanTable *table = NULL;
  const SanField *column = NULL;
  char row[SAN_ROW_KEY_LENGTH + 1];

  g_assert_true (san_form_split_name (form, "c10.abcdefgh.step", &table, row, &column));
  g_assert_cmpstr (table->id, ==, "c10");
  g_assert_cmpstr (row, ==, "abcdefgh");
  g_assert_cmpstr (column->id, ==, "step");
  {
    g_autofree char *name = san_form_make_name (table, row, column);
    g_autofree char *place = san_form_make_name (table, row, NULL);

    g_assert_cmpstr (name, ==, "c10.abcdefgh.step");
    g_assert_cmpstr (place, ==, "c10.abcdefgh");
  }
  g_assert_false (san_form_split_name (form, "stay", &table, row, &column));
}

/* Part B walks the rows of Part A, category by category. */
static void
test_rows_from (void)
{
  const SanForm *part_b = form_of ("icp-b");

  g_assert_cmpuint (part_b->n_tables, ==, 10);
  for (guint i = 0; i < part_b->n_tables; i++)
    {
      g_assert_cmpstr (part_b->tables[i]->rows_form, ==, "icp-a");
      g_assert_cmpstr (part_b->tables[i]->rows_table, ==, part_b->tables[i]->id);
    }
}

static void
test_row_keys (void)
{
  g_autoptr(GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < 10000; i++)
    {
      char *key = san_row_key_new ();

      g_assert_true (san_row_key_is_valid (key));
      g_assert_true (g_hash_table_add (seen, key));
    }
  g_assert_false (san_row_key_is_valid ("abcdefg"));
  g_assert_false (san_row_key_is_valid ("abcdefghi"));
  g_assert_false (san_row_key_is_valid ("1bcdefgh"));
  g_assert_false (san_row_key_is_valid ("abc.efgh"));
}

static void
test_compartments (void)
{
  g_assert_cmpuint (form_of ("flags")->compartments, ==,
                    1u << SAN_COMPARTMENT_HOUSE | 1u << SAN_COMPARTMENT_CASE |
                        1u << SAN_COMPARTMENT_CLINICAL);
  g_assert_cmpuint (form_of ("day-note")->compartments, ==, 1u << SAN_COMPARTMENT_HOUSE);
  g_assert_true (form_of ("not-needed")->compartment_varies);
}

static void
test_types_have_names (void)
{
  for (guint i = 0; i < SAN_N_FIELD_TYPES; i++)
    g_assert_cmpint (san_field_type_from_name (san_field_type_get_name ((SanFieldType) i)), ==,
                     (int) i);
  g_assert_cmpint (san_field_type_from_name ("colour"), ==, -1);
}

int
main (int argc, char **argv)
{
  int failed;

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/forms/form/finds-cells", test_finds_cells);
  g_test_add_func ("/forms/form/leaves-unknown-names", test_leaves_unknown_names);
  g_test_add_func ("/forms/form/field-beside-table", test_field_beside_table);
  g_test_add_func ("/forms/form/splits-and-makes-names", test_splits_and_makes_names);
  g_test_add_func ("/forms/form/part-b-walks-part-a", test_rows_from);
  g_test_add_func ("/forms/form/row-keys", test_row_keys);
  g_test_add_func ("/forms/form/compartments", test_compartments);
  g_test_add_func ("/forms/form/types-have-names", test_types_have_names);
  failed = g_test_run ();
  common_free ();
  return failed;
}
