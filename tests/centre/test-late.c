/* test-late.c - a login that was made on one laptop while its person was removed on another */
#include "carry-fixture.h"
#include "san-error.h"

#include <string.h>

typedef struct
{
  char   *dir;
  char   *stick;
  Laptop *a, *b;
  SanId32 child;
  SanId16 note;
} Two;

static void
meet (Two *self)
{
  for (guint i = 0; i < 2; i++)
    {
      laptop_exchange_quietly (self->b, self->stick);
      laptop_exchange_quietly (self->a, self->stick);
    }
  laptop_exchange_quietly (self->b, self->stick);
}

/* A slip lies at the second laptop; both know of it. */
static SanSecret *
give_slip (Two *self, const char *name)
{
  g_autoptr(GError) error = NULL;
  SanSecret *slip = san_staff_slip (self->b->centre, name, &error);
  SanSecret *typed;

  g_assert_no_error (error);
  typed = san_secret_new_copy (san_secret_get_data (slip),
                               strlen ((const char *) san_secret_get_data (slip)));
  san_secret_unref (slip);
  return typed;
}

static void
use_slip (Laptop *laptop, const char *name, SanSecret *slip)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(SanSecret) words = carry_words ();

  laptop_lock (laptop);
  laptop->centre = san_centre_unlock_slip (&laptop->where, name, slip, words, &error);
  g_assert_no_error (error);
}

static void
two_begin (Two *self, const char *role)
{
  self->dir = carry_begin ();
  self->stick = carry_make_place (self->dir, "stick");
  self->a = laptop_new (self->dir, "a");
  self->b = laptop_new (self->dir, "b");
  laptop_found (self->a, "Asha Griha");
  laptop_join (self->b, self->a, self->stick);
  self->child = laptop_admit (self->a, "Kadam");
  laptop_add_person (self->a, "rina", role);
  self->note = laptop_note (self->a, &self->child, "from the first laptop");
  laptop_unlock (self->a, "sunanda");
  meet (self);
}

static void
two_end (Two *self)
{
  laptop_free (self->a);
  laptop_free (self->b);
  g_free (self->stick);
  carry_end (self->dir);
}

static void
remove_her (Two *self)
{
  g_autoptr(GError) error = NULL;

  san_staff_remove (self->a->centre, "rina", "left", &error);
  g_assert_no_error (error);
}

/* Rows that can be accepted, all of one removal; its id. */
static guint
list_held (Laptop *laptop, char **id)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) rows = san_review_list_held (laptop->centre, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < rows->len; i++)
    {
      const SanHeldNotes *row = g_ptr_array_index (rows, i);
      g_autofree char *text = san_id32_to_text (&row->id);

      g_assert_false (san_id32_is_zero (&row->id));
      g_assert_cmpstr (row->name, ==, "rina");
      g_free (*id);
      *id = g_steal_pointer (&text);
    }
  return rows->len;
}

static void
assert_says (Laptop *laptop, const SanId16 *note, const char *expected)
{
  g_autofree char *text = laptop_dup_value (laptop, note, "gate");

  g_assert_cmpstr (text, ==, expected);
}

static void
assert_removed (Laptop *laptop)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) rows = san_staff_list (laptop->centre, &error);

  g_assert_no_error (error);
  for (guint r = 0; r < rows->len; r++)
    {
      const SanStaffRow *row = g_ptr_array_index (rows, r);

      if (g_strcmp0 (row->name, "rina") == 0)
        g_assert_cmpstr (row->state, ==, "removed");
    }
}

static void
test_accepted (void)
{
  Two two;
  g_autoptr(SanSecret) slip = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *id = NULL;
  SanId16 late;
  SanId16 later;
  guint n = 0;

  two_begin (&two, "case-worker");
  slip = give_slip (&two, "rina");
  meet (&two);
  remove_her (&two);
  use_slip (two.b, "rina", slip);                          /* b has not heard of it */
  late = laptop_note (two.b, &two.child, "written at night");
  laptop_set (two.b, &two.note, "gate", "from the second laptop");
  laptop_exchange_quietly (two.b, two.stick);
  laptop_exchange_quietly (two.a, two.stick);
  g_assert_cmpuint (list_held (two.a, &id), ==, 1);
  assert_says (two.a, &two.note, "from the first laptop");
  g_assert_true (san_review_accept (two.a->centre, id, 0, &n, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n, >=, 2);
  g_assert_cmpuint (list_held (two.a, &id), ==, 0);
  assert_says (two.a, &two.note, "from the second laptop");
  assert_says (two.a, &late, "written at night");
  later = laptop_note (two.b, &two.child, "after that");   /* b still has not heard of anything */
  laptop_exchange_quietly (two.b, two.stick);
  laptop_exchange_quietly (two.a, two.stick);
  g_assert_cmpuint (list_held (two.a, &id), ==,
                    1); /* held by the new removal, and accepted the same way */
  laptop_unlock (two.b, "sunanda");
  meet (&two);
  g_assert_cmpuint (list_held (two.b, &id), ==, 1);
  assert_says (two.b, &two.note, "from the second laptop");
  g_assert_true (san_review_accept (two.b->centre, id, 0, &n, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, 1);
  meet (&two);
  assert_says (two.a, &later, "after that");
  assert_removed (two.a);
  assert_removed (two.b);
  assert_same (two.a, two.b);
  two_end (&two);
}

/* Somebody else's notes, and hers of before, count as they did. */
static void
test_nothing_falls_out (void)
{
  Two two;
  g_autoptr(SanSecret) slip = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *id = NULL;
  SanId16 early[8];
  SanId16 other;
  guint n = 0;

  two_begin (&two, "case-worker");
  laptop_unlock (two.a, "rina");
  for (guint i = 0; i < G_N_ELEMENTS (early); i++)
    early[i] = laptop_note (two.a, &two.child, "early");
  laptop_unlock (two.a, "sunanda");
  slip = give_slip (&two, "rina");
  meet (&two);
  remove_her (&two);
  other = laptop_note (two.a, &two.child, "not hers");
  use_slip (two.b, "rina", slip);
  laptop_note (two.b, &two.child, "one");
  laptop_note (two.b, &two.child, "two");
  laptop_exchange_quietly (two.b, two.stick);
  laptop_exchange_quietly (two.a, two.stick);
  g_assert_cmpuint (list_held (two.a, &id), ==, 1);
  g_assert_true (san_review_accept (two.a->centre, id, 0, &n, &error));
  g_assert_cmpuint (list_held (two.a, &id), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (early); i++)
    assert_says (two.a, &early[i], "early");
  assert_says (two.a, &other, "not hers");
  assert_removed (two.a);
  two_end (&two);
}

/* What she decided about other people meanwhile must not come in with her notes. */
static void
test_refused (void)
{
  Two two;
  g_autoptr(SanSecret) slip = NULL;
  g_autoptr(SanSecret) puppet = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *id = NULL;
  SanId16 staff;
  guint n = 0;

  two_begin (&two, "superintendent");
  slip = give_slip (&two, "rina");
  meet (&two);
  remove_her (&two);
  use_slip (two.b, "rina", slip);
  laptop_note (two.b, &two.child, "one");
  puppet = san_staff_add (two.b->centre, "puppet", "superintendent", "en", &staff, &error);
  g_assert_no_error (error);
  laptop_exchange_quietly (two.b, two.stick);
  laptop_exchange_quietly (two.a, two.stick);
  g_assert_cmpuint (list_held (two.a, &id), >=, 1);
  g_assert_false (san_review_accept (two.a->centre, id, 0, &n, &error));
  g_assert_error (error, SAN_ERROR, SAN_ERROR_REFUSED);
  g_assert_nonnull (strstr (error->message, "other people"));
  g_assert_cmpuint (list_held (two.a, &id), >=, 1);
  assert_removed (two.a);
  two_end (&two);
}

static guint
count_same_slip (Laptop *laptop)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) rows = san_staff_list (laptop->centre, &error);
  guint n = 0;

  g_assert_no_error (error);
  for (guint i = 0; i < rows->len; i++)
    n += ((const SanStaffRow *) g_ptr_array_index (rows, i))->same_slip;
  return n;
}

/* Rina came in by two slips, and Sunanda: three seats of one laptop at the least, and two people.
 */
static void
assert_two_people (Laptop *laptop)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) rows = san_device_list (laptop->centre, &error);
  guint n = 0;

  g_assert_no_error (error);
  for (guint i = 0; i < rows->len; i++)
    {
      const SanDeviceRow *row = g_ptr_array_index (rows, i);

      if (!row->is_mine)
        continue;
      g_assert_cmpuint (row->n_seats, >=, 3);
      g_assert_cmpuint (row->n_people, ==, 2);
      n++;
    }
  g_assert_cmpuint (n, ==, 1);
}

/* The folder was copied while a slip lay in it, and she used it in both: a superintendent is told,
 * and a new slip ends both logins. */
static void
test_slip_twice (void)
{
  Two two;
  Laptop *copy;
  g_autoptr(SanSecret) slip = NULL;
  g_autoptr(SanSecret) again = NULL;

  two_begin (&two, "case-worker");
  laptop_unlock (two.b, "sunanda");
  slip = give_slip (&two, "rina");
  meet (&two);
  g_assert_cmpuint (count_same_slip (two.b), ==, 0);
  copy = laptop_new (two.dir, "copy");
  laptop_lock (two.b);
  laptop_copy (two.b, copy);
  use_slip (two.b, "rina", slip);
  laptop_exchange_quietly (two.b, two.stick);
  use_slip (copy, "rina", slip);
  laptop_exchange_quietly (copy, two.stick);
  laptop_exchange_quietly (two.a, two.stick);
  laptop_unlock (two.a, "sunanda");
  g_assert_cmpuint (count_same_slip (two.a), ==, 2);
  laptop_unlock (two.b, "sunanda");
  meet (&two);
  g_assert_cmpuint (count_same_slip (two.b), ==, 2);
  again = give_slip (&two, "rina");
  g_assert_cmpuint (count_same_slip (two.b), ==, 0);
  use_slip (two.b, "rina", again);
  laptop_unlock (two.b, "sunanda");
  g_assert_cmpuint (count_same_slip (two.b), ==, 0);
  assert_two_people (two.b);
  laptop_free (copy);
  two_end (&two);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/centre/late/a-login-made-meanwhile-is-accepted", test_accepted);
  g_test_add_func ("/centre/late/what-counted-goes-on-counting", test_nothing_falls_out);
  g_test_add_func ("/centre/late/decisions-of-hers-do-not-come-in", test_refused);
  g_test_add_func ("/centre/late/a-slip-used-on-a-copy-too-is-told", test_slip_twice);
  return g_test_run ();
}
