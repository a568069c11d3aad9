/* test-exchange.c - laptops and centres that carry bundles to each other */
#include "carry-fixture.h"

static void
test_join (void)                          /* cards, a number, one bundle in each direction */
{
  char *dir = carry_begin ();
  g_autofree char *stick = carry_make_place (dir, "stick");
  Laptop *a = laptop_new (dir, "a");
  Laptop *b = laptop_new (dir, "b");
  SanId32 child;
  SanId16 note;
  g_autofree char *text = NULL;

  laptop_found (a, "Asha Griha");
  child = laptop_admit (a, "Kadam");
  note = laptop_note (a, &child, "aunt may visit");
  laptop_join (b, a, stick);
  assert_same (a, b);
  text = laptop_dup_value (b, &note, "gate");
  g_assert_cmpstr (text, ==, "aunt may visit");

  laptop_set (b, &note, "gate", "aunt and uncle");
  laptop_exchange_quietly (b, stick);
  laptop_exchange_quietly (a, stick);
  assert_same (a, b);
  laptop_unlock (b, "sunanda");
  g_assert_false (b->centre->joining);
  assert_same (a, b);
  laptop_free (a);
  laptop_free (b);
  carry_end (dir);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/centre/exchange/second-laptop-joins", test_join);
  return g_test_run ();
}
