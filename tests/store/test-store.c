/* test-store.c - a store is opened, written, closed and found again */
#include "store-fixture.h"

static void
test_create_and_open (void)
{
  g_autoptr(Centre) centre = centre_new ();
  g_autoptr(Laptop) laptop = laptop_new (centre);
  g_autoptr(Person) head = person_new (laptop, "superintendent", NULL);
  SanId32 child;
  SanId16 record;
  Save *save;

  centre_found (centre, head);
  g_assert_cmpuint (san_store_get_open_mask (laptop->store), ==, 0x3b);
  admit (head, &child);
  record_new (&record);
  save = save_new (head, &child);
  save_text (save, 0, &record, "welcome", "alias", "Asha");
  save_text (save, 1, &record, "welcome", "name", "Parveen Khatun");
  save_end (save, NULL);
  assert_text (laptop, &child, &record, "alias", "Asha");
  assert_text (laptop, &child, &record, "name", "Parveen Khatun");
  assert_sound (laptop);
  laptop_close (laptop);
  laptop_open (laptop);
  assert_text (laptop, &child, &record, "alias", "Asha");
  assert_text (laptop, &child, &record, "name", "");
  unlock (head);
  assert_text (laptop, &child, &record, "name", "Parveen Khatun");
  assert_sound (laptop);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/store/what-was-saved-is-there-after-opening", test_create_and_open);
  return g_test_run ();
}
