/* test-label.c - one text in several languages, however the language is written */
#include "san-label-private.h"

static void
test_modifier (void)
{
  static const char *const as_written[] = { "hi@child", "hi-child", "hi_child" };

  for (guint i = 0; i < G_N_ELEMENTS (as_written); i++)
    {
      SanLabel *label = san_label_new ();

      san_label_add (label, NULL, "English");
      san_label_add (label, "hi", "plain");
      san_label_add (label, as_written[i], "of a child");
      g_assert_cmpstr (san_label_get (label, "hi@child"), ==, "of a child");
      g_assert_cmpstr (san_label_get (label, "hi_IN.UTF-8@child"), ==, "of a child");
      g_assert_cmpstr (san_label_get (label, "hi"), ==, "plain");
      g_assert_cmpstr (san_label_get (label, "mr@child"), ==, "English");
      san_label_free (label);
    }
}

static void
test_country (void)
{
  SanLabel *label = san_label_new ();

  san_label_add (label, NULL, "English");
  san_label_add (label, "bn", "plain");
  san_label_add (label, "bn-IN", "of India");
  san_label_add (label, "sr-Latn", "in Latin letters");
  g_assert_cmpstr (san_label_get (label, "bn_IN.UTF-8"), ==, "of India");
  g_assert_cmpstr (san_label_get (label, "bn-BD"), ==, "plain");
  g_assert_cmpstr (san_label_get (label, "sr_Latn"), ==, "in Latin letters");
  san_label_free (label);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/forms/label/a-modifier-as-older-and-newer-gettext-write-it", test_modifier);
  g_test_add_func ("/forms/label/countries-and-scripts-stay", test_country);
  return g_test_run ();
}
