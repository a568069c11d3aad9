/* test-memo.c - what a view remembers of a dossier is what its tables say */
#include "two-laptops.h"

static void
set (Two *self, Person *person, const char *field, const char *text)
{
  save_one (person, &self->child, 1, &self->record, "plan", field, text);
}

static gboolean
append_value (const SanStoredWrite *write, gpointer data)
{
  g_autofree char *text = san_value_dup_text (write->value);

  g_ptr_array_add (data, g_strdup_printf ("%u %s %s=%s", write->id.compartment, write->form,
                                          write->field, text != NULL ? text : "?"));
  return TRUE;
}

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *)a, *(char *const *)b);
}

/* Current values of the child as a whole, which are remembered, beside those of each record, which
 * are read anew. */
static guint
assert_remembered_rightly (Laptop *laptop, const SanId32 *child)
{
  g_autoptr(GPtrArray) whole = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GPtrArray) records = NULL;
  g_autoptr(GError) error = NULL;

  for (guint twice = 0; twice < 2; twice++)
    {
      g_ptr_array_set_size (whole, 0);
      g_assert_true (
          san_store_each_value (laptop->store, child, NULL, ALL, append_value, whole, &error));
      g_assert_no_error (error);
    }
  records = san_store_list_records (laptop->store, child, ALL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < records->len; i++)
    {
      const SanStoredRecord *record = records->pdata[i];
      g_autoptr(SanStoredRecord) again =
          san_store_dup_record (laptop->store, child, &record->record, record->form, &error);
      g_autoptr(GPtrArray) values = san_store_list_values (
          laptop->store, child, &record->record, record->form, NULL, ALL, &error);

      g_assert_no_error (error);
      g_assert_cmpint (again->finished, ==, record->finished);
      g_assert_cmpint (again->withdrawn, ==, record->withdrawn);
      g_assert_cmpint (again->in_review, ==, record->in_review);
      for (guint v = 0; v < values->len; v++)
        append_value (values->pdata[v], parts);
    }
  g_ptr_array_sort (whole, compare_texts);
  g_ptr_array_sort (parts, compare_texts);
  g_assert_cmpuint (whole->len, ==, parts->len);
  for (guint i = 0; i < whole->len; i++)
    g_assert_cmpstr (whole->pdata[i], ==, parts->pdata[i]);
  return whole->len;
}

/* Everything that changes what a view says of a child, each after it was read. */
static void
test_changes (void)
{
  Two world;
  SanStore *store;
  SanId16 other;
  Save *save;

  two_begin (&world);
  store = world.one->store;
  g_assert_cmpuint (assert_remembered_rightly (world.one, &world.child), ==, 0);
  set (&world, world.ana, "goal", "first");
  g_assert_cmpuint (assert_remembered_rightly (world.one, &world.child), ==, 1);
  set (&world, world.ana, "goal", "second");
  g_assert_cmpuint (assert_remembered_rightly (world.one, &world.child), ==, 1);
  set (&world, world.bea, "step", "unseen");
  g_assert_cmpuint (assert_remembered_rightly (world.two, &world.child), ==, 1);
  two_meet (&world);
  g_assert_cmpuint (assert_remembered_rightly (world.one, &world.child), ==, 2);
  g_assert_cmpuint (assert_remembered_rightly (world.two, &world.child), ==, 2);
  save = save_new (world.ana, &world.child);
  save_finish (save, 1, &world.record, "plan");
  save_end (save, NULL);
  assert_remembered_rightly (world.one, &world.child);
  record_new (&other);
  save_one (world.ana, &world.child, 0, &other, "welcome", "alias", "Asha");
  assert_remembered_rightly (world.one, &world.child);
  san_store_lock (store);
  unlock (world.ana);
  assert_remembered_rightly (world.one, &world.child);
  g_assert_true (san_store_rebuild (store, ALL, NULL, NULL, NULL, NULL));
  assert_remembered_rightly (world.one, &world.child);
  two_end (&world);
}

/* A write that came to nothing leaves nothing behind, also where it was read meanwhile. */
static void
test_undone (void)
{
  Two world;
  g_autoptr(GError) error = NULL;
  Save *save;

  two_begin (&world);
  set (&world, world.ana, "goal", "first");
  assert_remembered_rightly (world.one, &world.child);
  dismiss (world.ana, world.bea, NULL);
  send_all (world.one, world.two, NULL);
  save = save_new (world.bea, &world.child);
  save_text (save, 1, &world.record, "plan", "goal", "too late");
  g_assert_false (save_try (save, NULL, &error));
  g_assert_cmpuint (assert_remembered_rightly (world.two, &world.child), ==,
                    assert_remembered_rightly (world.two, &world.child));
  assert_remembered_rightly (world.one, &world.child);
  two_end (&world);
}

/* More than is kept of one child. */
static void
test_many (void)
{
  Two world;
  Save *save;

  two_begin (&world);
  save = save_new (world.ana, &world.child);
  for (guint i = 0; i < 300; i++)
    {
      g_autofree char *field = g_strdup_printf ("f%03u", i);

      save_text (save, 1, &world.record, "plan", field, "x");
    }
  save_end (save, NULL);
  g_assert_cmpuint (assert_remembered_rightly (world.one, &world.child), ==, 300);
  set (&world, world.ana, "goal", "one more");
  g_assert_cmpuint (assert_remembered_rightly (world.one, &world.child), ==, 301);
  two_end (&world);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/memo/follows-every-change", test_changes);
  g_test_add_func ("/store/memo/keeps-nothing-undone", test_undone);
  g_test_add_func ("/store/memo/more-than-is-kept", test_many);
  return g_test_run ();
}
