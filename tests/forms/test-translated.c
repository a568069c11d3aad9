/* test-translated.c - what the build merges out of po/ and the definitions is a whole data folder
 */
#include "san-answer.h"

static SanCatalogue *
load (const char *variable)
{
  g_autoptr(GError) error = NULL;
  SanCatalogue *catalogue = san_catalogue_load (g_getenv (variable), &error);

  g_assert_no_error (error);
  return catalogue;
}

static void
test_same_definitions (void)
{
  g_autoptr(SanCatalogue) plain = load ("SAN_DATA_DIR");
  g_autoptr(SanCatalogue) built = load ("SAN_BUILT_DATA_DIR");

  g_assert_cmpuint (san_catalogue_get_n_forms (built), ==, san_catalogue_get_n_forms (plain));
  g_assert_cmpuint (san_catalogue_get_n_facts (built), ==, san_catalogue_get_n_facts (plain));
  for (guint i = 0; i < san_catalogue_get_n_forms (plain); i++)
    {
      const SanForm *a = san_catalogue_get_form (plain, i);
      const SanForm *b = san_catalogue_get_form (built, i);

      g_assert_cmpstr (a->id, ==, b->id);
      g_assert_cmpuint (a->n_fields, ==, b->n_fields);
      g_assert_cmpstr (san_label_get (a->label, "en"), ==, san_label_get (b->label, "en"));
    }
}

static void
test_words (void)
{
  static const struct { const char *language, *yes;
  } rows[] = {
    { NULL, "Yes" }, { "en", "Yes" }, { "hi", "हाँ" }, { "bn_IN.UTF-8", "হ্যাঁ" }, { "mr", "होय" }
  };
  g_autoptr(SanCatalogue) built = load ("SAN_BUILT_DATA_DIR");
  const SanField *field =
      san_form_find_field (san_catalogue_find_form (built, "welcome"), "ill-now");
  g_autoptr(SanValue) yes = san_value_new_bool (TRUE);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = san_answer_to_display (built, field, yes, rows[i].language, NULL);

      g_assert_cmpstr (text, ==, rows[i].yes);
    }
}

/* Where a sentence is written again for homes in which not only girls live, that one; else the
 * language's own; else English. */
static void
test_words_of_a_child (void)
{
  g_autoptr(SanCatalogue) built = load ("SAN_BUILT_DATA_DIR");
  const SanForm *form = san_catalogue_find_form (built, "welcome");
  const SanLabel *who = san_form_find_field (form, "language")->label;
  const SanLabel *other = san_form_find_field (form, "ill-now")->label;

  g_assert_cmpstr (san_label_get (who, "en"), ==, "Language she speaks best");
  g_assert_cmpstr (san_label_get (who, "en@child"), ==, "Language the child speaks best");
  g_assert_cmpstr (san_label_get (who, "mr@child"), !=, san_label_get (who, "mr"));
  g_assert_cmpstr (san_label_get (who, "mr_IN.UTF-8@child"), ==, san_label_get (who, "mr@child"));
  g_assert_cmpstr (san_label_get (who, "bn@child"), ==, san_label_get (who, "bn"));
  g_assert_cmpstr (san_label_get (other, "en@child"), ==, san_label_get (other, NULL));
  g_assert_cmpstr (san_label_get (other, "hi@child"), ==, san_label_get (other, "hi"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/forms/translated/same-definitions", test_same_definitions);
  g_test_add_func ("/forms/translated/words-of-each-language", test_words);
  g_test_add_func ("/forms/translated/words-of-a-child", test_words_of_a_child);
  return g_test_run ();
}
