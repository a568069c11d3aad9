/* test-exchange-unlucky.c - laptops that were turned back, are silent, have a wrong clock, say no
 */
#include "carry-fixture.h"
#include "san-file.h"
#include "san-store-keys.h"
#include "san-store-rights.h"
#include <glib/gstdio.h>

#define DAY_MS        (G_GINT64_CONSTANT (86400) * 1000)
#define YEAR_2000_MS  (G_GINT64_CONSTANT (946684800) * 1000)

static guint
exchange_files (Laptop *self, const char *place)
{
  g_autoptr(SanExchangeResult) result = laptop_exchange (self, place);

  return ((const SanPlaceResult *) g_ptr_array_index (result->places, 0))->files;
}

/* What it had only received is gone with it, and nobody could know: it says so with smaller numbers
 * than before, and is believed. */
static void
test_turned_back (void)
{
  char *dir = carry_begin ();
  g_autofree char *stick = carry_make_place (dir, "stick");
  g_autofree char *other = carry_make_place (dir, "other");
  Laptop *a = laptop_new (dir, "a");
  Laptop *b = laptop_new (dir, "b");
  Laptop *kept = laptop_new (dir, "kept");
  SanId32 child;

  laptop_found (a, "Asha Griha");
  laptop_join (b, a, stick);
  laptop_lock (b);
  laptop_copy (b, kept);
  laptop_unlock (b, "sunanda");
  child = laptop_admit (a, "Kadam");
  for (guint i = 0; i < 3; i++)
    {
      laptop_note (a, &child, "aunt may visit");
      laptop_exchange_quietly (a, stick);
      laptop_exchange_quietly (b, stick);
    }
  laptop_exchange_quietly (a, stick);
  assert_same (a, b);
  laptop_lock (b);
  laptop_copy (kept, b);
  laptop_unlock (b, "sunanda");
  laptop_exchange_quietly (b, other);
  laptop_exchange_quietly (a, other);
  laptop_exchange_quietly (b, other);
  laptop_exchange_quietly (a, other);
  assert_same (a, b);
  laptop_free (a);
  laptop_free (b);
  laptop_free (kept);
  carry_end (dir);
}

static guint
count_authority (Laptop *self)
{
  const SanId32 *id = san_centre_get_id (self->centre);

  return san_authority_get_n_entries (san_store_get_authority (self->centre->store, id, NULL));
}

/* The only laptop of its centre, with a ring that is no longer the newest: what a partner seals for
 * the newest it could not open, and nobody else can bring it. */
static void
test_only_laptop (void)
{
  char *dir = carry_begin ();
  g_autofree char *stick = carry_make_place (dir, "stick");
  g_autofree char *other = carry_make_place (dir, "other");
  Laptop *a = laptop_new (dir, "a");
  Laptop *b = laptop_new (dir, "b");
  Laptop *kept = laptop_new (dir, "kept");
  g_autoptr(GError) error = NULL;
  guint n;

  laptop_found (a, "Asha Griha");
  laptop_found (b, "Maitri Bhavan");
  laptop_pair (a, b);
  laptop_add_person (b, "rina", "case-worker");
  laptop_exchange_quietly (b, stick);
  laptop_exchange_quietly (a, stick);
  laptop_lock (b);
  laptop_copy (b, kept);
  laptop_unlock (b, "sunanda");
  san_staff_remove (b->centre, "rina", "left", &error);
  g_assert_no_error (error);
  n = count_authority (b);
  laptop_exchange_quietly (b, stick);
  laptop_exchange_quietly (a, stick);
  laptop_lock (b);
  laptop_copy (kept, b);
  laptop_unlock (b, "sunanda");
  for (guint i = 0; i < 2; i++)
    {
      laptop_exchange_quietly (b, other);
      laptop_exchange_quietly (a, other);
    }
  laptop_exchange_quietly (b, other);
  g_assert_cmpuint (count_authority (b), >=, n);
  laptop_free (a);
  laptop_free (b);
  laptop_free (kept);
  carry_end (dir);
}

/* One that says nothing any more lacks more and more: the others do not write it again and again
 * because of each other. */
static void
test_silent (void)
{
  char *dir = carry_begin ();
  g_autofree char *stick = carry_make_place (dir, "stick");
  Laptop *a = laptop_new (dir, "a");
  Laptop *b = laptop_new (dir, "b");
  Laptop *silent = laptop_new (dir, "silent");
  guint files = 1;

  laptop_found (a, "Asha Griha");
  laptop_join (b, a, stick);
  laptop_join (silent, a, stick);
  laptop_admit (a, "Kadam");
  for (guint i = 0; i < 6 && files > 0; i++)
    files = exchange_files (b, stick) + exchange_files (a, stick);
  g_assert_cmpuint (files, ==, 0);
  assert_same (a, b);
  laptop_free (a);
  laptop_free (b);
  laptop_free (silent);
  carry_end (dir);
}

/* Its bundles say 2000, but they came today. */
static void
test_clock_of_2000 (void)
{
  char *dir = carry_begin ();
  g_autofree char *stick = carry_make_place (dir, "stick");
  g_autofree char *other = carry_make_place (dir, "other");
  Laptop *a = laptop_new (dir, "a");
  Laptop *b = laptop_new (dir, "b");
  Laptop *c = laptop_new (dir, "c");
  gint64 now = san_clock_now ();

  laptop_found (a, "Asha Griha");
  laptop_join (b, a, stick);
  laptop_join (c, a, stick);
  for (guint i = 0; i < 2; i++)
    {
      laptop_exchange_quietly (b, stick);
      laptop_exchange_quietly (c, stick);
      laptop_exchange_quietly (a, stick);
    }
  san_clock_set (now + 100 * DAY_MS);
  laptop_admit (c, "Kadam");
  san_clock_set (YEAR_2000_MS);
  laptop_admit (b, "Bakul");
  laptop_exchange_quietly (b, stick);
  san_clock_set (now + 100 * DAY_MS);
  laptop_exchange_quietly (c, stick);
  laptop_exchange_quietly (a, stick);
  laptop_exchange_quietly (c, stick);
  laptop_exchange_quietly (a, other);
  san_clock_set (YEAR_2000_MS);
  laptop_exchange_quietly (b, other);
  san_clock_set (0);
  assert_same (a, b);
  laptop_free (a);
  laptop_free (b);
  laptop_free (c);
  carry_end (dir);
}

static void
forget_witness (Laptop *self)
{
  g_autoptr(GDir) dir = g_dir_open (self->state, 0, NULL);
  const char *name;
  guint n = 0;

  while ((name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, ".witness"))
      {
        g_autofree char *path = g_build_filename (self->state, name, NULL);

        g_assert_cmpint (g_unlink (path), ==, 0);
        n++;
      }
  g_assert_cmpuint (n, ==, 1);
}

/* Two who removed each other have no say until a third decides; they still sit down and read, also
 * where the laptop begins a new journal, which they cannot tell the others of. */
static void
test_suspended (void)
{
  char *dir = carry_begin ();
  g_autofree char *stick = carry_make_place (dir, "stick");
  Laptop *a = laptop_new (dir, "a");
  Laptop *b = laptop_new (dir, "b");
  g_autoptr(GError) error = NULL;

  laptop_found (a, "Asha Griha");
  laptop_join (b, a, stick);
  laptop_add_person (b, "rina", "superintendent");
  laptop_exchange_quietly (b, stick);
  laptop_exchange_quietly (a, stick);
  san_staff_remove (a->centre, "rina", "left", &error);
  g_assert_no_error (error);
  san_staff_remove (b->centre, "sunanda", "left", &error);
  g_assert_no_error (error);
  laptop_exchange_quietly (b, stick);
  laptop_exchange_quietly (a, stick);
  laptop_lock (a);
  forget_witness (a);
  laptop_unlock (a, "sunanda");
  laptop_lock (a);
  laptop_unlock (a, "sunanda");
  laptop_free (a);
  laptop_free (b);
  carry_end (dir);
}

/* What she brings on the stick is her own removal: nothing stays open behind the error. */
static void
test_own_removal (void)
{
  char *dir = carry_begin ();
  g_autofree char *stick = carry_make_place (dir, "stick");
  Laptop *a = laptop_new (dir, "a");
  Laptop *b = laptop_new (dir, "b");
  g_autoptr(GError) error = NULL;
  g_autoptr(SanExchangeResult) result = NULL;
  g_autoptr(SanBoxKey) ring = NULL;
  g_autoptr(GPtrArray) rings = NULL;
  SanId32 id;

  laptop_found (a, "Asha Griha");
  laptop_join (b, a, stick);
  laptop_add_person (b, "rina", "case-worker");
  laptop_exchange_quietly (b, stick);
  laptop_exchange_quietly (a, stick);
  rings = san_store_list_rings (b->centre->store, SAN_COMPARTMENT_CASE, &error);
  g_assert_no_error (error);
  id = ((const SanHeldRing *) g_ptr_array_index (rings, 0))->id;
  san_staff_remove (a->centre, "rina", "left", &error);
  g_assert_no_error (error);
  laptop_exchange_quietly (a, stick);
  result = san_carry_exchange (b->centre, stick, NULL, NULL, NULL, &error);
  g_assert_error (error, SAN_ERROR, SAN_ERROR_LOCKED);
  g_clear_error (&error);
  g_assert_cmpuint (san_store_get_open_mask (b->centre->store), ==, 0x01);
  ring = san_store_dup_ring (b->centre->store, &id, &error);
  g_assert_error (error, SAN_ERROR, SAN_ERROR_LOCKED);
  g_assert_null (ring);
  laptop_free (a);
  laptop_free (b);
  carry_end (dir);
}

static void
decline_offer (Laptop *self)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) rows = san_offer_list (self->centre, &error);
  g_autofree char *id = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (rows->len, ==, 1);
  id = san_id32_to_text (&((const SanOfferRow *) g_ptr_array_index (rows, 0))->id);
  san_offer_answer (self->centre, id, FALSE, "no bed", &error);
  g_assert_no_error (error);
}

/* What was declined is not sent again for ever. */
static void
test_declined (void)
{
  char *dir = carry_begin ();
  g_autofree char *stick = carry_make_place (dir, "stick");
  Laptop *a = laptop_new (dir, "a");
  Laptop *b = laptop_new (dir, "b");
  g_autoptr(GError) error = NULL;
  g_autofree char *path = g_build_filename (dir, "hand.dat", NULL);
  SanId32 child;
  guint n;

  laptop_found (a, "Asha Griha");
  laptop_found (b, "Maitri Bhavan");
  laptop_pair (a, b);
  child = laptop_admit (a, "Kadam");
  laptop_share (a, &child, "Maitri Bhavan");
  laptop_exchange_quietly (a, stick);
  laptop_exchange_quietly (b, stick);
  decline_offer (b);
  laptop_exchange_quietly (b, stick);
  laptop_exchange_quietly (a, stick);
  san_carry_write (a->centre, "Maitri Bhavan", path, &n, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, 0);
  laptop_free (a);
  laptop_free (b);
  carry_end (dir);
}

static guint
count_files (const char *folder)
{
  g_auto(GStrv) names = san_file_list (folder, NULL);

  g_assert_nonnull (names);
  return g_strv_length (names);
}

/* A file by hand that cannot get its name, here that of a folder: no bundle stays under another. */
static void
test_name_is_taken (void)
{
  char *dir = carry_begin ();
  g_autofree char *folder = carry_make_place (dir, "desk");
  g_autofree char *taken = carry_make_place (folder, "hand.dat");
  g_autofree char *free_name = g_build_filename (folder, "other.dat", NULL);
  Laptop *a = laptop_new (dir, "a");
  Laptop *b = laptop_new (dir, "b");
  g_autoptr(GError) error = NULL;
  guint n = 77;

  laptop_found (a, "Asha Griha");
  laptop_found (b, "Maitri Bhavan");
  laptop_pair (a, b);
  g_assert_false (san_carry_write (a->centre, "Maitri Bhavan", taken, &n, &error));
  g_assert_nonnull (error);
  g_assert_cmpuint (n, ==, 77);
  g_assert_cmpuint (count_files (folder), ==, 1);
  g_clear_error (&error);
  g_assert_true (san_carry_write (a->centre, "Maitri Bhavan", free_name, &n, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (count_files (folder), ==, 2);
  laptop_free (a);
  laptop_free (b);
  carry_end (dir);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/centre/exchange/turned-back-laptop-gets-again-what-it-had", test_turned_back);
  g_test_add_func ("/centre/exchange/only-laptop-turned-back-gets-its-ring-from-a-partner",
                   test_only_laptop);
  g_test_add_func ("/centre/exchange/silent-laptop-makes-no-chatter", test_silent);
  g_test_add_func ("/centre/exchange/clock-of-2000-is-no-silence", test_clock_of_2000);
  g_test_add_func ("/centre/exchange/suspended-person-sits-down-with-a-new-journal",
                   test_suspended);
  g_test_add_func ("/centre/exchange/own-removal-leaves-nothing-open", test_own_removal);
  g_test_add_func ("/centre/exchange/declined-offer-is-not-sent-again", test_declined);
  g_test_add_func ("/centre/exchange/no-name-leaves-no-bundle", test_name_is_taken);
  return g_test_run ();
}
