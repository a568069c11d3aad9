/* test-mutate-form.c - thousands of damaged forms and conditions: refused or accepted, never a
 * crash */
#include "san-catalogue.h"
#include "san-mutate.h"

#include <string.h>

#define FORM_ROUNDS      6000
#define CONDITION_ROUNDS 60000

static SanCatalogue *catalogue;

static GPtrArray *
read_samples (void)
{
  GPtrArray *samples = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);

  for (guint i = 0; i < san_catalogue_get_n_forms (catalogue); i++)
    {
      g_autofree char *name = g_strdup_printf ("%s.xml", san_catalogue_get_form (catalogue, i)->id);
      g_autofree char *path = g_build_filename (g_getenv ("SAN_DATA_DIR"), "forms", name, NULL);
      char *text = NULL;
      gsize n;

      g_assert_true (g_file_get_contents (path, &text, &n, NULL));
      g_ptr_array_add (samples, g_bytes_new_take (text, n));
    }
  return samples;
}

static void
test_forms (void)
{
  g_autoptr(SanMutator) mutator = san_mutator_new (san_mutate_seed (11));
  g_autoptr(GPtrArray) samples = read_samples ();

  for (guint i = 0; i < san_mutate_rounds (FORM_ROUNDS); i++)
    {
      g_autoptr(GBytes) mutant =
          san_mutator_next (mutator, samples->pdata[san_mutator_below (mutator, samples->len)],
                            samples->pdata[san_mutator_below (mutator, samples->len)]);
      g_autoptr(GError) error = NULL;
      g_autoptr(GPtrArray) mistakes =
          san_catalogue_check_bytes (catalogue, mutant, "mutant.xml", &error);

      if ((mistakes == NULL) != (error != NULL))
        san_mutate_show ("neither good nor refused", mutant);
      g_assert_true ((mistakes == NULL) == (error != NULL));
    }
}

static void
test_conditions (void)
{
  static const char * const texts[] = {
    "age() >= 17 and (kind in ('arrival', \"monthly\") or not answered(exam.at))",
    "height <= 142.55 or on != 2026-11-25", "ill-now", "not not (a.b-c = yes)" };
  g_autoptr(SanMutator) mutator = san_mutator_new (san_mutate_seed (12));

  for (guint i = 0; i < san_mutate_rounds (CONDITION_ROUNDS); i++)
    {
      const char *sample = texts[san_mutator_below (mutator, G_N_ELEMENTS (texts))];
      const char *other = texts[san_mutator_below (mutator, G_N_ELEMENTS (texts))];
      g_autoptr(GBytes) a = g_bytes_new_static (sample, strlen (sample));
      g_autoptr(GBytes) b = g_bytes_new_static (other, strlen (other));
      g_autoptr(GBytes) mutant = san_mutator_next (mutator, a, b);
      g_autofree char *text =
          g_strndup (g_bytes_get_data (mutant, NULL) != NULL ? g_bytes_get_data (mutant, NULL) : "",
                     g_bytes_get_size (mutant));
      g_autoptr(GError) error = NULL;
      g_autoptr(SanCondition) condition = san_condition_parse (text, &error);
      g_autoptr(SanCondition) again = NULL;

      g_assert_true ((condition == NULL) == (error != NULL));
      if (condition == NULL)
        continue;
      again = san_condition_parse (san_condition_get_text (condition), NULL);
      g_assert_nonnull (again);
    }
}

int
main (int argc, char **argv)
{
  int failed;

  g_test_init (&argc, &argv, NULL);
  catalogue = san_catalogue_load (g_getenv ("SAN_DATA_DIR"), NULL);
  g_assert_nonnull (catalogue);
  g_test_add_func ("/fuzz/form/damaged", test_forms);
  g_test_add_func ("/fuzz/condition/damaged", test_conditions);
  failed = g_test_run ();
  san_catalogue_unref (catalogue);
  return failed;
}
